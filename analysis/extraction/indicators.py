"""A subject in, its indicator of the codebook out: the longest phrase that the subject begins with, else holds.

The phrases stand in ``data/indicators/indicators.csv``. Words may stand between the words of a phrase, plural endings
do not matter, and a phrase that opens with what was done ("disciplined party members") is found the other way round
too.

>>> indicator("average per capita income", "VND", "amount")
'income_per_capita'
>>> indicator("Party members disciplined", "count", "amount"), indicator("bicycles", "count", "amount")
('party_members_disciplined', '')
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from analysis.currencies import is_money
from analysis.lexicon import indicators, rows

__all__ = ["indicator"]

_WORD = re.compile(r"[^\W_]+(?:[-/'][^\W_]+)*")
_FAMILY = {"pp": "%", "times": "%"}
_OPENING = 3  # words: a phrase that starts so early is what the subject is about


def indicator(text: str, unit: str, measure: str) -> str:
    """The id of the indicator that a text names, or nothing.

    Args:
        text: the subject, or the subject with the words around it.
        unit: the figure's unit; only indicators of the same family of units are considered.
        measure: what the figure measures; a rank may belong to an indicator of any unit.
    """
    family = _family(unit)
    words = _stems(text)
    found = []
    for stem in set(words.split()):
        for number, identity, indicator_family, length, pattern in _phrases().get(stem, ()):
            if (measure == "rank" or indicator_family == family) and (match := pattern.search(words)):
                early = words[: match.start()].count(" ") < _OPENING
                found.append((early, length, -number, identity))
    return max(found)[-1] if found else ""


def _family(unit: str) -> str:
    return "money" if is_money(unit) else _FAMILY.get(unit, unit)


def _stems(text: str) -> str:
    """The words of a text in lower case without plural endings, between blanks."""
    words = _WORD.findall(text.lower())
    return " " + " ".join(_stem(word) for word in words) + " "


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@cache
def _phrases() -> dict[str, list[tuple[int, str, str, int, re.Pattern[str]]]]:
    """The phrases by the rarest of their stems, each with its place in the codebook, which decides between equals."""
    done = {form for row in rows("cues/verbs") for form in row["forms"].split("|")}
    written = []
    for identity, row in indicators().items():
        for phrase in filter(None, map(str.strip, row["phrases"].split(";"))):
            words = phrase.split()
            orders = [words, words[1:] + words[:1]] if words[0].lower() in done and len(words) > 1 else [words]
            family = _family(row["unit"])
            written += [(identity, family, len(phrase), _stems(" ".join(order)).split()) for order in orders]
    often = Counter(stem for *_, stems in written for stem in stems)
    index: dict[str, list[tuple[int, str, str, int, re.Pattern[str]]]] = {}
    for number, (identity, family, length, stems) in enumerate(written):
        pattern = re.compile(" " + r" (?:\S+ ){0,2}?".join(map(re.escape, stems)) + " ")
        index.setdefault(min(stems, key=often.__getitem__), []).append((number, identity, family, length, pattern))
    return index
