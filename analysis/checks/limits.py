"""Figures beyond a limit: ranks and scores out of range, too many classed excellent, more criteria than there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from analysis.checks import arithmetic, ordering
from analysis.checks.classes import Entry, class_lists
from analysis.checks.findings import Recomputation, pattern
from analysis.checks.readings import tried
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.currencies import is_money
from analysis.lexicon import rows

__all__ = ["TARGET", "bounds", "criteria", "excellent_cap", "scale"]

PART, TARGET = ("0.2", 1), ("0.5", 2)  # what times a whole, or a target, an amount is that a slip made a thousand times


def bounds(sheet: Sheet) -> Iterator[Recomputation]:
    """A rank beyond the number of those ranked, or a score above the highest possible, belongs to another list."""
    for figure in sheet.figures:
        if figure.out_of is not None and figure.measure in ("rank", "score"):
            result = ordering.bounds(figure, figure.out_of, figure.measure)
            if not result.ok and (figure.measure == "rank" or figure.low > figure.out_of):
                yield Recomputation("bounds", figure, result)


def excellent_cap(sheet: Sheet) -> Iterator[Recomputation]:
    """More than a fifth of those classed good or better are classed excellent, which the Party's guidance forbids.

    Needs a list of the yearly grades with the excellent and the good, both as counts or both as shares. Where the good
    are said to include the excellent they are not added again. One alone can always be excellent.
    """
    for one in class_lists(sheet):
        named = {entry.name: entry for entry in one.entries}
        if one.partition == "task_rating" and {"excellent", "good"} <= named.keys():
            pair = _pair(named["excellent"], named["good"])
            if pair is not None:
                excellent, good = pair
                nested = arithmetic.including(one.shares)
                inside = excellent.measure == "share" and nested is not None and one.shares[nested] is good
                way = partial(ordering.excellent_cap, excellent, good if inside else pair, None)
                result = tried(way, "half_up")
                if result is not None and not result.ok:
                    yield Recomputation("excellent_cap", excellent, result, others=[good])


def criteria(sheet: Sheet) -> Iterator[Recomputation]:
    """A commune cannot meet more criteria than its standard has; told as ``bounds``."""
    for figure in sheet.figures:
        if figure.unit != "count" or figure.measure != "amount" or figure.role == "target":
            continue
        words = f"{sheet.words_after(figure)} | {figure.subject}" if figure.out_of is None else ""
        for named, most in _standards() if words else ():
            result = ordering.bounds(figure, most, "criteria") if named.search(words) else None
            if result is not None and not result.ok:
                yield Recomputation("bounds", figure, result)
                break


def scale(sheet: Sheet) -> Iterator[Recomputation]:
    """Billion for million: an amount far larger than its whole, or its target, that a thousandth of it would fit.

    Needs ``part_of``, or a target ``about`` a result, and amounts of money or with a scale word, as others seldom slip.
    A part that is too small for its whole is nothing unusual.
    """
    for one in sheet.figures:
        whole, result = sheet.whole(one), sheet.subject(one)
        if whole is not None and _can_slip(one, whole) and one.role == whole.role and one.value > whole.value:
            found = ordering.scale(one, whole, *PART)
            if not found.ok:
                yield Recomputation("scale", one, found, others=[whole])
        if result is not None and one.role == "target" and result.role != "target" and _can_slip(result, one):
            found = ordering.scale(result, one, *TARGET)
            if not found.ok:
                yield Recomputation("scale", result, found, others=[one])


def _can_slip(one: Figure, other: Figure) -> bool:
    levels = one.measure == other.measure == "amount" and one.like(other) and one.bounded and other.bounded
    sized = is_money(one.unit) or any(_scale_word().search(each.quote) for each in (one, other))
    return levels and one.value > 0 and other.value > 0 and sized


@cache
def _scale_word() -> re.Pattern[str]:
    return pattern([row["word"] for row in rows("numbers/scales")])


def _pair(excellent: Entry, good: Entry) -> tuple[Figure, Figure] | None:
    if excellent.count and good.count and excellent.count.counted and good.count.counted:
        return (excellent.count, good.count) if excellent.count.value > 1 else None
    if excellent.share and good.share and excellent.share.rounded and good.share.rounded:
        return excellent.share, good.share
    return None


@cache
def _standards() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((pattern(row["words"].split(";")), int(row["criteria"])) for row in rows("checks/standards"))
