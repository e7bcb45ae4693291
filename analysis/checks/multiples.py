"""Checks on words that say how many times one level is of another: doubled, tripled, halved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from analysis.checks import arithmetic
from analysis.checks.changes import changed_from, led_from, same_kind
from analysis.checks.findings import Recomputation, pattern, words
from analysis.checks.results import Level
from analysis.checks.sheet import Sheet, alike
from analysis.comparison.figure import Figure
from analysis.intervals import HALVES, Interval, exact
from analysis.lexicon import rows

__all__ = ["multiple"]

_WORD = re.compile(r"\w+")
_OUT_OF_BRACKET = re.compile(r"[^()]*\)")  # "9 (more than 10 a year before), nearly double the 5 of 2021" is told of 9
MORE = 100  # times as much as the word says that "more than" can still mean
CLOSE = 2  # words beside the one that says how many times: "nearly double", "doubled from"


@dataclass(frozen=True)
class Multiple:
    """One row of ``multiples.csv``."""

    words: re.Pattern[str]
    times: Fraction
    span: Interval


def multiple(sheet: Sheet) -> Iterator[Recomputation]:
    """Who says that a number doubled gives its two levels, and a reader hears the word only.

    Needs the word between a result and an earlier level, or a target, that follows it in the sentence ("1,050, nearly
    double the estimate of 540"), or before the two that it led from and to ("doubled from 34 to 68").
    """
    for later in sheet.figures:
        earlier, follows = sheet.before(later), sheet.after(later)
        if not later.is_result or not later.bounded or later.value <= 0 or later.measure == "change":
            continue
        between = sheet.words_before(follows) if follows is not None else ""
        if follows is not None and _is_base(later, follows) and not _OUT_OF_BRACKET.match(between):
            timed = follows.role == "target" or (_dated(later, follows) and changed_from(later, follows))
            for found in _said(later, follows, follows, between):
                if timed or found.result.ok:
                    yield found
        if earlier is not None and led_from(sheet, later) is earlier:
            yield from _said(later, earlier, earlier, sheet.words_before(earlier))


def _is_base(later: Figure, other: Figure) -> bool:
    """Whether a level that follows a result may be what it is so many times of: a target, or an earlier level."""
    if other.role == "target":
        return alike(later, other) and later.kind == other.kind and other.bounded and other.value > 0
    return same_kind(other, later) and other.value > 0


def _dated(*levels: Figure) -> bool:
    return all(one.period_end is not None for one in levels)


def _said(later: Figure, earlier: Figure, at: Figure, text: str) -> Iterator[Recomputation]:
    """The word in the text before a figure, and whether the two levels bear it out."""
    for one in _multiples():
        for found in one.words.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            if len(_WORD.findall(after if at.start < later.start else before)) <= CLOSE:
                start, span = at.start - len(after) - len(found[0]), _narrowed(one, before)
                said = replace(later, start=start, end=start + len(found[0]), quote=found[0], unit="times", per="")
                said = replace(said, value=one.times, low=span.low, high=span.high, qualifier="about")
                result = arithmetic.change(Level(later), Level(earlier), said, HALVES, unit="times")
                yield Recomputation("multiple", said, result, others=[later, earlier])
                return


def _narrowed(one: Multiple, before: str) -> Interval:
    """The ratios that the word stands for, others where one right before it says nearly or more than."""
    last = " ".join(before.split()[-CLOSE:])
    if words("nearly").search(last):
        return Interval.of(one.times, one.span.low if one.times > 1 else one.span.high)
    if words("more_than").search(last):  # ten times as much is more than double, too
        return Interval.of(one.times, one.times * MORE if one.times > 1 else one.times / MORE)
    return one.span


@cache
def _multiples() -> tuple[Multiple, ...]:
    table = rows("checks/multiples")
    return tuple(
        Multiple(pattern(row["words"].split(";")), exact(row["times"]), Interval.of(row["low"], row["high"]))
        for row in table
    )
