"""Figures that a sentence tells in order, and their answers in the same order, linked one to one.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("Tea and rice reached 41 tons and 90 tons, up 2% and 3%.")
>>> named = figures.set_index("figure_id")["quote"]
>>> figures["about"].map(named).fillna("").tolist()
['', '', '41 tons', '90 tons']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction.candidate import Candidate
from analysis.lexicon import phrase

__all__ = ["answered_in_order", "link_in_order", "link_lists", "lists"]

_NO_NOUN = phrase("no_noun_after")
_RESPECTIVELY = re.compile(r"[^.;\d]{0,40}\brespectively\b")
_SEVERAL_AIMS = re.compile(r"\b(?:targets|goals|plans|norms)\s(?:of|for|at|were)\s")
_NEXT_IN_BRACKET = re.compile(r"\s*[;,/-]\s*(?:[A-Za-z][^;()\d]{0,50}(?::|\smade\sup)\s?)?|\s*;\s(?:[A-Za-z-]+\s){1,3}")
_LISTED = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|and|,\s?and)\s*")
_RELATIVE = ("attainment", "margin", "change")
_NEVER_PASSING = ("attainment", "margin", "rank")  # measures of what passes no plan by so much


def link_in_order(figures: Sequence[Candidate]) -> None:
    """As many results as aims before them, each without a noun of its own: "was to inspect 9 and supervise 6; it has
    inspected 7 and supervised 6".
    """
    aims = [d for d in figures if d.role.word == "target" and d.about is not None and d.measure.word == "amount"]
    answers = {id(d.about) for d in aims}
    if len(aims) < 2 or len(answers) != 1 or len({d.unit for d in aims}) != 1:
        return
    told = [d for d in figures if d.is_level and d.unit == aims[0].unit and d.number.start > aims[-1].number.end]
    if len(told) == len(aims) and all(_NO_NOUN.match(d.words.right) for d in told):
        for aim, result in zip(aims, told, strict=True):
            aim.about = result


def answered_in_order(flat: str, figures: Sequence[Candidate]) -> dict[int, Candidate | None]:
    """Targets listed in one bracket answer as many results before it, each its own; otherwise they answer none.

    "Agriculture made up 43%, industry 21%, services 36% (resolution: 42%; 22%; 36%)"
    """
    found: dict[int, Candidate | None] = {}
    for n, first in enumerate(figures):
        if first.role.word != "target" or first.words.bracket is None or n in found:
            continue
        end = n + 1
        while end < len(figures) and _follows_in_bracket(flat, figures[end - 1], figures[end]):
            if figures[end].role.cue == "of_last_year":
                break  # "(plan: 43, previous year: 41)"
            end += 1
        listed = figures[n:end]
        if len(listed) < 2:
            continue
        results = [d for d in figures[:n] if d.is_level and d.unit == first.unit]
        answered = results[-len(listed) :] if len(results) >= len(listed) else [None] * len(listed)
        for m, (figure, result) in enumerate(zip(listed, answered, strict=True), start=n):
            figure.role, figure.measure, found[m] = first.role, first.measure, result
    return found


def link_lists(flat: str, figures: Sequence[Candidate]) -> None:
    """As many answers as levels listed before them: each is about its own, "41 tons and 90 tons, up 2% and 3%"."""
    levels: list[Candidate] = []
    for listed in lists(flat, [d for d in figures if not d.bracketed]):
        first = listed[0]
        target = first.role.word == "target"
        relative = first.measure.word in _RELATIVE or target
        if target and len(listed) > 1:
            told = [d for d in figures[: figures.index(first)] if d.role.word in ("achieved", "projected")]
            told = [d for d in told if (d.unit, d.measure.word) == (first.unit, first.measure.word)]
            as_many = len(told) == len(listed) and _SEVERAL_AIMS.search(first.words.near)
            if as_many or _RESPECTIVELY.match(flat, listed[-1].number.end):
                levels = told[-len(listed) :]
        elif first.measure.word in ("margin", "attainment") and _RESPECTIVELY.match(flat, listed[-1].number.end):
            told = [d for d in figures[: figures.index(first)] if d.measure.word not in _NEVER_PASSING]
            levels = told if len(told) == len(listed) and len({d.measure.word for d in told}) == 1 else levels
        shared = _shared(figures, listed) if first.measure.cue == "accounting_for" else []
        if shared:
            _answer(shared, listed)
        elif not relative and first.role.word in ("achieved", "projected"):
            levels = [d for d in listed if d.is_level]
        elif len(listed) == len(levels) > 1 and (relative or first.unit == levels[0].unit):
            _answer(levels, listed)


def _shared(figures: Sequence[Candidate], shares: Sequence[Candidate]) -> Sequence[Candidate]:
    """The amounts before as many shares of one whole: "61 farms and 76 gardens, making up 7.4% and 9.2% of them"."""
    told = [d for d in figures[: figures.index(shares[0])] if not d.bracketed][-len(shares) - 1 :]
    alike = all(d.is_level and d.unit == told[0].unit != "%" for d in told)
    return told if len(shares) == len(told) > 1 and alike else []


def _answer(levels: Sequence[Candidate], listed: Sequence[Candidate]) -> None:
    """Make each of a list about the level of its number."""
    for level, answer in zip(levels, listed, strict=True):
        answer.about, answer.role = level, listed[0].role


def lists(flat: str, figures: Sequence[Candidate]) -> list[list[Candidate]]:
    """The figures of a sentence, those of one unit and measure together with which nothing else stands between."""
    found: list[list[Candidate]] = []
    for figure in figures:
        last = found[-1][-1] if found else None
        alike = last is not None and last.unit == figure.unit and last.measure.word == figure.measure.word
        if alike and last and _LISTED.fullmatch(flat, last.number.end, figure.number.opens):
            found[-1].append(figure)
        else:
            found.append([figure])
    return found


def _follows_in_bracket(flat: str, one: Candidate, other: Candidate) -> bool:
    """Whether two figures stand side by side in a bracket, with a mark and at most a name between them."""
    return bool(_NEXT_IN_BRACKET.fullmatch(flat, one.number.end, other.number.start))
