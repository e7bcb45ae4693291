"""Figures beside a change in, out those that tell a change too: the same one in numbers, the next of a list, the first.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("In 2023 fires rose by 14 cases, 2 deaths and 1 injured person.")
>>> figures["measure"].tolist()
['change', 'change', 'change']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["as_the_next", "in_amounts", "listed_amount", "worded_alike"]

_REACHED = phrase("reached_before_percent")
_ONLY_BRACKET = re.compile(
    expand(r"(?P<base>\s(?:against|over|on|versus|from|(?:as\s)?{compared})\s{earlier})?")
    + r"\s?\(\s?(?P<equal>(?:equal(?:ling)?\sto|equivalent\sto|or|i\.e\.,?|that\sis,?)\s)?(?:about\s|nearly\s|over\s)?"
)
_TO_LEVEL = re.compile(r"[^()\d]{0,30}\)\sto\s(?:only\s|about\s|over\s|nearly\s)?\S{0,3}\d")
_HELD_BEHIND = re.compile(
    expand(r"[^()\d]{0,30}\)\s(?:(?:as\s)?{compared}|versus|against|over|from)\s{earlier}"),
    re.IGNORECASE,
)
_NEXT_OF_LIST = re.compile(r"\s?[a-z]*(?:\s[a-z]+){0,2}(?:,|,?\sand)\s(?:about\s|over\s|nearly\s)?")
_DONE = re.compile(r"\s(?:[\w-]+\s){0,3}?(?:were|was|have|has|had|are|is)\b")
_COMMA = re.compile(r"(?:,|,?\sand)\s")


def in_amounts(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """The bracket behind a change is the same change where words or numbers bear it out.

    "fell by 41.3% (128 cases) to 310", "up 8% (equal to 0.6 billion USD)", "down 9.8% (787 ha) compared to 2022",
    "7,214 ha, down 9.84% (787 ha)"; else it is a level. In another currency, it is what it is converted from.
    """
    last = earlier[-1] if earlier else None
    amount = figure.measure.cue == "unit" and figure.measure.word == "amount"
    if last is not None and amount and _in_other_money(flat, figure, last):
        figure.measure = Decision(last.measure.word, "in other words", last.measure.text)
        return
    if last is None or last.measure.word != "change" or last.unit != "%" or last.bracketed:
        return
    told = _ONLY_BRACKET.fullmatch(flat, last.number.end, figure.number.opens) if amount else None
    if told is None:
        return
    behind = flat, figure.number.end
    worded = not told["base"] and (told["equal"] or _TO_LEVEL.match(*behind) or _HELD_BEHIND.match(*behind))
    if worded or _makes(figure, last, earlier):
        figure.measure = Decision("change", "in other words", last.measure.text)


def _in_other_money(flat: str, figure: Candidate, last: Candidate) -> bool:
    """Whether a bracket tells in another currency what was gained or missed: "3 million VND (130 USD) more than"."""
    moved = last.measure.word in ("change", "margin") and not last.bracketed
    both = is_money(last.unit) and is_money(figure.unit) and last.unit != figure.unit
    return moved and both and bool(_CONVERTED.fullmatch(flat, last.number.end, figure.number.opens))


_CONVERTED = re.compile(r"\s?\(\s?(?:(?:about|over|nearly|some|or|equal\sto|equivalent\sto)\s)*")


def _makes(figure: Candidate, change: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a level before has changed by so many, and so by the per cent told."""
    levels = [d.number.value for d in earlier if d.is_level and d.unit == figure.unit]
    moved, told, near = figure.number.value, change.number.value, 2 * change.number.step
    return any(
        abs(100 * moved / old - told) <= near
        for level in levels
        for old in (level - moved, level + moved)
        if old > moved > 0
    )


def listed_amount(flat: str, figure: Candidate, last: Candidate) -> None:
    """The next of a list of changes is one: "down 4 cases, 2 deaths and 1 injured person"."""
    bare = figure.measure.cue == "unit" and figure.measure.word == "amount" and not figure.bracketed
    moved = last.measure.word == "change" and last.measure.cue in ("change_direct_amount", "change_by", "listed change")
    if not bare or not moved or last.unit in ("%", "pp") or figure.unit != last.unit or _DONE.match(figure.words.right):
        return
    if _NEXT_OF_LIST.fullmatch(flat, last.number.end, figure.number.opens):
        figure.measure = Decision("change", "listed change", last.measure.text)


def worded_alike(figure: Candidate, percents: Sequence[Candidate]) -> Candidate | None:
    """The change before with the same verb: "maize, equal to 91.5% of the year before; beans, equal to 76%"."""
    verb = _REACHED.search(figure.words.near)
    alike = [d for d in percents if verb and (said := _REACHED.search(d.words.near)) and said.group() == verb.group()]
    return alike[-1] if alike and alike[-1].measure.word == "change" else None


def as_the_next(flat: str, figures: Sequence[Candidate]) -> None:
    """Bare per cents before the one that says what all of them are held against.

    "equal to 98%, 95% and 97% as compared with 2022"; "maize, equal to 97%; cassava, equal to 96% of last year's".
    """
    for n in range(len(figures) - 2, -1, -1):
        figure, following = figures[n], figures[n + 1]
        bare = figure.measure.word == "share" and figure.measure.cue in ("unit", "inherited") and figure.unit == "%"
        if not bare or figure.role.word == "target":
            continue
        together = following.measure.cue == _AS_NEXT or "respectively" in following.words.right[:_BESIDE]
        listed = together and _COMMA.fullmatch(flat, figure.number.end, following.number.opens)
        said = _EQUAL.search(figure.words.near)
        alike = said and next((d for d in figures[n + 1 :] if d.unit == "%" and _EQUAL.search(d.words.near)), None)
        found = following if listed and _is_change(following) else alike if alike and _is_change(alike) else None
        if found:
            figure.measure = Decision("change", _AS_NEXT, found.measure.text)


_AS_NEXT = "as the one behind it"
_BESIDE = 30  # characters
_EQUAL = Sifted(r"\bequal(?:ing|ling)?\sto\s(?:about\s|only\s|nearly\s|over\s)?$")


def _is_change(figure: Candidate) -> bool:
    return figure.unit == "%" and figure.measure.word == "change" and figure.role.word != "target"
