"""The candidates of a sentence in, what each measures in the report's own words out, with its indicator.

The words are the noun phrase after a count, before a level, or behind a share; or those of the figure that it is about.
Where they name none, or only who did something, there is no subject.

>>> from analysis.extraction.figures import extract_figures
>>> extract_figures("Rice output reached 41 tons, up 3%. The farm supplied 5 tons.")["subject"].tolist()
['Rice output', 'Rice output', '']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.descriptions import (
    counted,
    head_before,
    measured,
    only_counts,
    owned,
    shared,
    verb_before,
)
from analysis.extraction.indicators import indicator
from analysis.extraction.noun_phrases import noun_phrases
from analysis.lexicon import rows
from analysis.sieve import Sifted

__all__ = ["name"]

_VALUE = re.compile(r"^[\s,]*(?:totall?ing|worth|valued at|at a (?:total )?cost of)\b", re.IGNORECASE)
_ACCOUNTS = Sifted(r"\b(?:account|equal|equivalent|mak|or\s|reach|represent|occup|up\s|down\s)")
_IS_DONE = re.compile(r"\s(?:ha(?:s|ve|d)\s(?:not\s)?(?:yet\s)?been|was|were|will\sbe)\s")
_PURE = ("count", "%", "pp", "point", "rank", "times")
_OF_ALL = re.compile(r"\W*(?:of|among)\s", re.IGNORECASE)
_GROUP = Sifted(
    r"(?:[\w-]+\s){0,6}?with\s(?:the\s|very\s)?(?:high|low|good|fast|slow|larg|small|poor)(?:e?st|e?r)?\s(?P<what>.+)",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"(?P<name>[^\W\d_a-z][\w'’-]*(?:\s(?:(?:of|for|and|on|the)\s)*[^\W\d_a-z][\w'’-]*)*)\s*$")
_MOST_STEPS = 3


def name(figures: Sequence[Candidate], previous: Sequence[Candidate] = ()) -> None:
    """Set ``subject`` and ``indicator`` of the figures of one sentence; ``previous`` are those of the one before."""
    own = [_own(figures, n) for n in range(len(figures))]
    for figure, found in zip(figures, own, strict=True):
        figure.subject = found or ""
    for n, figure in enumerate(figures):
        if own[n] == "" or (own[n] is None and figure.about):
            figure.subject = _carried(figures, n, previous)
        said = counted(figure.words.right).said if figure.measure.word == "share" and figure.subject else ""
        if said and not shared(figure.words.right):
            figure.subject = f"{_root(figure.subject)} {said}"
        figure.indicator = _indicator(figure)
        if own[n] == "" and figure.about and figure.about.subject == figure.subject:
            figure.indicator = figure.about.indicator
    for figure in figures:
        figure.subject = _AIMS.sub(r"\1", _of_member(figure))


def _own(figures: Sequence[Candidate], n: int) -> str | None:
    """The subject that the words around a figure name; empty where they leave it to another figure.

    Nothing where they say only who did something.
    """
    figure, words, measure = figures[n], figures[n].words, figures[n].measure.word
    follows = n > 0 and (figures[n - 1].number.end >= words.clause or figure.bracketed)
    outside, _, inside = words.left.rpartition("(") if figure.bracketed else ("", "", words.left)
    grows = measure == "change" and figure.unit in ("%", "pp")
    named = measured(inside, behind_number=follows and not outside, grows=grows)
    counts = figure.number.unit == "count" and measure in ("amount", "margin", "change")
    if counts and (found := _of_count(figures, n)):
        return (named or "") if only_counts(found, words.left) else found
    if _VALUE.match(words.near) and (base := _base(figures, n)):
        return f"value of {base}"
    if figure.unit not in _PURE and (found := owned(words.right)):
        return found
    whole = measure in ("share", "score") and not (follows and _ACCOUNTS.search(words.near))
    if whole and (not named or _OF_ALL.match(inside)) and (found := shared(words.right)):
        return found
    if named:
        return named
    if is_money(figure.unit) or measure == "rank":
        named = owned(words.right, "of|in|from|for" if measure != "rank" else "of") or named
    if outside and not named and not (follows and not re.search(r"[,;:)]", outside)):
        return measured(outside, behind_number=follows)
    return named


def _of_member(figure: Candidate) -> str:
    """What is measured of one of a group: "localities with high spending rates include An Lac (61%)"."""
    group = _GROUP.match(figure.subject) if figure.bracketed else None
    if group is None:
        return figure.subject
    member = _MEMBER.search(figure.words.near.rpartition("(")[0])
    return f"{group['what']} of {member['name']}" if member else group["what"]


def _carried(figures: Sequence[Candidate], n: int, previous: Sequence[Candidate]) -> str:
    """The subject of the figure that one is about, else of the one before it."""
    figure, about, steps = figures[n], figures[n].about, 0
    while about is not None and about.about is not None and not about.subject and steps < _MOST_STEPS:
        about, steps = about.about, steps + 1
    if about is not None and about.subject:
        return about.subject
    if _IS_DONE.match(figure.words.right) and not any(one.named for one in noun_phrases(figure.words.left)):
        earlier = [one for one in (*previous, *figures[:n]) if one.subject and (n or one.unit == figure.unit)]
        return re.sub(r"\s(?:plan|estimate|target)$", "", earlier[-1].subject) if earlier else ""
    return figures[n - 1].subject if n else ""


_INSIDE = re.compile(r"\s([a-z]+)\sout\sof\b")
_AIMS = re.compile(  # "targets that were met" are targets
    r"^((?:[\w-]+\s){0,3}?(?:targets|goals|norms|indicators|objectives))\s"
    r"(?:(?:that|which)\s)?(?:were|was|have|has|are|met|reached|achieved|completed|exceeded|fulfilled|failed|missed)\b.*"
)
_PLURAL = re.compile(r"(?:\w+\s)?(?:\w+s|women|men|people|children)")


def _of_count(figures: Sequence[Candidate], n: int) -> str:
    figure, words = figures[n], figures[n].words
    if inside := _INSIDE.search(figure.number.text):
        return inside.group(1)  # "18 targets out of 22"
    found = counted(words.right)
    if not found.noun:
        base = _base(figures, n)
        if _PLURAL.fullmatch(found.said):
            return found.said
        if not found.said and (verb := verb_before(words.near)) and (things := noun_phrases(base)):
            return f"{things[0].text} {verb}"  # "received 84 dossiers and resolved 83"
        said = "" if base.endswith(found.said) else found.said
        return f"{base} {said}".strip() if base and found.said else ""
    noun = found.noun
    head, verb = head_before(words.near), "" if found.done else verb_before(words.near)
    figure.head, figure.verb = head, verb
    if head.startswith("signs "):  # which are not counted: "found signs of violations in 9 units"
        figure.base = f"{noun} with {head.rpartition(' ')[0]}"
    else:
        figure.base = f"{head} {noun}" if head else f"{noun} {verb}" if verb and verb not in noun else noun
    return figure.base


def _base(figures: Sequence[Candidate], n: int) -> str:
    """The subject of the nearest count before that names its own."""
    found = next((figure.base for figure in reversed(figures[:n]) if figure.base), "")
    return _root(found)


def _root(noun: str) -> str:
    """The noun phrase without its relative clause."""
    return _WHO.split(noun, maxsplit=1)[0]


_WHO = re.compile(r"\s(?:that|who)\s")


@cache
def _stocks() -> frozenset[str]:
    """The indicators of all there are, of which the classes of a rating are parts."""
    return frozenset(name for row in rows("checks/classes") for name in row["stock"].split(";"))


def _indicator(figure: Candidate) -> str:
    """The indicator of the subject, else of the subject with the words right around the number."""
    words, unit, measure = figure.words, figure.unit, figure.measure.word
    if not figure.subject:
        return ""
    counts = figure.number.unit == "count"
    context = f"{figure.verb} {figure.head} {words.right[:90]}" if counts else f"{figure.subject} {words.near[-60:]}"
    found = indicator(figure.subject, unit, measure)
    if found in _stocks() and _root(figure.subject) != figure.subject:
        return ""  # some of them are not all: "party cells that completed their tasks"
    return found or indicator(context, unit, measure)
