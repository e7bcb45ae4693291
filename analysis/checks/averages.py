"""Checks on averages: what several places have each and together.

A rate, a yield or an income per head of some places lies between the least and the most of them, however large each is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checks.findings import Recomputation, words
from analysis.checks.results import Result, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.intervals import Interval
from analysis.lexicon import number_words

__all__ = ["mean_of_parts"]

WIDE = Fraction(3, 2)  # times a number that the range for it may be wide, to test anything
MOST = 12  # parts of one average
_WORD = re.compile(r"\w+")


def mean_of_parts(sheet: Sheet) -> Iterator[Recomputation]:
    """An average of several places lies between the least and the most of them.

    Needs a figure that is an average by its words, and after "of which" those of its places, two or more; it is in
    question where there are as many as the words say ("the three communes") and links lead to each, else only told if
    it holds, as a place may be left out.
    """
    before: Sequence[Figure] = ()
    for row in sheet.sentences.values():
        first = next((n for n, one in enumerate(row) if words("of_which").search(sheet.words_before(one))), None)
        if first is not None:
            whole = next((one for one in [*reversed(row[:first]), *reversed(before)] if _is_average(one)), None)
            parts = [one for one in row[first : first + MOST] if whole is not None and _is_part(one, whole)]
            if whole is not None and len(parts) > 1 and len({one.place for one in parts}) == len(parts):
                yield from _judged(whole, parts)
        before = row


def _judged(whole: Figure, parts: Sequence[Figure]) -> Iterator[Recomputation]:
    least, most = min(parts, key=lambda one: one.value), max(parts, key=lambda one: one.value)
    found = Interval.of(least.low, most.high)
    ok = found.meets(whole.span)
    around = f"between {say(least)} and {say(most)}, the least and the most of its parts"
    result = Result(ok, found, f"{say(whole)} {'lies' if ok else 'does not lie'} {around}")
    linked = all(one.part_of == whole.figure_id for one in parts)
    if ok and most.high - least.low <= WIDE * whole.value:
        yield Recomputation("mean_of_parts", whole, result, parts, tie="" if linked else "inherited")
    elif not ok and linked and _says_how_many(whole, len(parts)):
        yield Recomputation("mean_of_parts", whole, replace(result, ok=False), parts)


def _is_average(one: Figure) -> bool:
    """Whether its words say that it is one: a rate, or so much per head."""
    level = one.measure in ("amount", "share", "score") and one.bounded and one.value > 0 and one.role != "target"
    named = words("averaged").search(f"{one.subject} {one.quote}") or words("averaged").search(_before(one))
    return level and (bool(set(one.per.split()) - {"year", "month"}) or named is not None)


def _before(one: Figure) -> str:
    """The words of its sentence up to it."""
    return one.sentence[: max(one.start - one.sentence_start, 0)]


def _is_part(one: Figure, whole: Figure) -> bool:
    same = one.measure == whole.measure and one.like(whole) and one.role == whole.role
    return same and one.bounded and bool(one.place)


def _says_how_many(whole: Figure, many: int) -> bool:
    """Whether the words of an average say of how many places it is one."""
    known = {word for word, value in number_words().items() if value == many} | {str(many)}
    return any(word.lower() in known for word in _WORD.findall(whole.subject))
