"""Checks against rules that somebody else set: how many may be classed excellent, how many criteria there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from analysis.checks import arithmetic, remarks
from analysis.checks.classlists import ClassList, Entry, class_lists
from analysis.checks.findings import Finding, finding, numeral, pattern, percents, say
from analysis.checks.sheet import Sheet
from analysis.figure import Figure
from analysis.intervals import Interval, exact
from analysis.lexicon import rows

__all__ = ["criteria", "excellent_cap"]


def excellent_cap(sheet: Sheet) -> Iterator[Finding]:
    """More than a fifth of those classed good or better are classed excellent, which the Party's guidance forbids.

    Needs a list of the yearly grades with the excellent and the good, both as counts or both as shares. Where the good
    are said to include the excellent they are not added again. One alone can always be excellent.
    """
    for one in class_lists(sheet):
        named = {entry.name: entry for entry in one.entries}
        if one.partition == "task_rating" and {"excellent", "good"} <= named.keys():
            pair = _pair(named["excellent"], named["good"])
            if pair is not None:
                yield from _above(one, *pair)


def criteria(sheet: Sheet) -> Iterator[Finding]:
    """A commune cannot meet more criteria than its standard has; told as ``bounds``."""
    for figure in sheet.figures:
        if figure.unit != "count" or figure.measure != "amount" or figure.role == "target":
            continue
        words = f"{sheet.words_after(figure)} | {figure.subject}" if figure.out_of is None else ""
        for named, most in _standards() if words else ():
            result = arithmetic.bounds(figure.low, most, "score")  # an average, so any number
            if named.search(words) and not result.ok:
                message = f"{say(figure)} criteria are more than the {numeral(most)} that the standard has"
                yield finding("bounds", figure, message, found=Interval(result.low, result.high))
                break


def _above(one: ClassList, excellent: Figure, good: Figure) -> Iterator[Finding]:
    top, others = excellent.as_operand("half_up"), good.as_operand("half_up")
    nested = arithmetic.including([share.as_stated("half_up") for share in one.shares])
    inside = excellent.measure == "share" and nested is not None and one.shares[nested] is good
    both = others if inside else top + others
    result = remarks.excellent_cap(top, both)
    if result.ok:
        return
    per_cent = percents(Interval(result.low, result.high), Fraction(1, 10))
    whole = say(good) if inside else f"{say(excellent)} + {say(good)}"
    message = (
        f"{say(excellent)} / ({whole}) is {per_cent} of those classed good or better, "
        f"above the {remarks.CAP}% that Guidance 21-HD/BTCTW allows to be classed excellent"
    )
    yield finding("excellent_cap", excellent, message, found=Interval(Fraction(0), exact(remarks.CAP)), others=[good])


def _pair(excellent: Entry, good: Entry) -> tuple[Figure, Figure] | None:
    if excellent.count and good.count and excellent.count.counted and good.count.counted:
        return (excellent.count, good.count) if excellent.count.value > 1 else None
    if excellent.share and good.share and excellent.share.rounded and good.share.rounded:
        return excellent.share, good.share
    return None


@cache
def _standards() -> tuple[tuple[re.Pattern[str], Fraction], ...]:
    return tuple((pattern(row["words"].split(";")), exact(row["criteria"])) for row in rows("checks/standards"))
