"""Checks on lists of classes: their shares, their sum, their base.

The whole of a list is often not stated. Then the counts themselves show it: the sum of the classes, if most of the
shares are shares of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis.checks import arithmetic
from analysis.checks.classlists import ClassList, class_lists, classes
from analysis.checks.findings import Finding, finding, numeral, percents, say
from analysis.checks.readings import Computation, Reading, agrees, explain, said
from analysis.checks.sheet import Sheet
from analysis.figure import Figure
from analysis.intervals import HALVES, Interval

__all__ = ["class_base", "class_sum", "listed_share"]

LEAST = Fraction(90)  # per cent; a smaller sum is a list that is not meant to be complete, or was not read in full
UNLISTED = Fraction(2)  # per cent that a class which may be left out can take up without anybody missing it


@dataclass(frozen=True)
class Base:
    """The whole that the shares of a list are shares of, and how it was added up where no one figure states it."""

    value: Fraction
    added: str = ""


def class_sum(sheet: Sheet) -> Iterator[Finding]:
    """Each thing is in one class, so the shares of all classes add up to 100%, give or take the rounding of each.

    A list that may leave out a class is only tested for too large a sum. Needs the classes of the shares and, to
    explain a sum, their counts (``about``).
    """
    for one in class_lists(sheet):
        shares, whole = one.shares, _stated_whole(sheet, one)
        total = sum((share.value for share in shares), Fraction(0))
        closed = one.complete or (whole is not None and whole == one.total())
        if len(shares) < max(len(one.entries), 3) or any(share.qualifier != "exact" for share in shares):
            continue
        if _adds_up(shares) or (total < 100 and (total < LEAST or not closed)) or _common_base(sheet, one):
            continue
        if total < 100 - UNLISTED and one.optional_missing:
            continue
        slack = sum((share.step / 2 for share in shares), Fraction(0))
        sums = " + ".join(say(share) for share in shares)
        message = (
            f"The shares of the {len(shares)} classes add up to {sums} = {numeral(total)}%, not to 100%, "
            f"and rounding accounts for {numeral(slack)} points at most"
        )
        found, why = Interval(100 - slack, 100 + slack), _why_not_100(sheet, one, total)
        yield finding("class_sum", shares[0], message, stated=total, found=found, explanation=why, others=shares[1:])


def class_base(sheet: Sheet) -> Iterator[Finding]:
    """Counts of classes that do not make up the stated stock leave some out, and the shares then have another base.

    Most of a stock is classified; a stock more than twice as large is of something else.
    """
    for one in class_lists(sheet):
        total, stock = one.total(), _stock(sheet, one)
        if total is None or stock is None or not one.complete:
            continue
        if total not in (stock.value, _stated_whole(sheet, one)) and stock.value < 2 * total:
            sums = " + ".join(say(count) for count in one.counts)
            message = (
                f"The {len(one.counts)} classes make up {sums} = {numeral(total)}, while {say(stock)} are stated in all"
            )
            yield finding("class_base", stock, message, found=Interval.of(total), others=one.counts)


def listed_share(sheet: Sheet) -> Iterator[Finding]:
    """The shares of a class list are of one whole: the stated one, else the sum of the classes.

    Reported as ``part_whole_share``. Where all shares are of another stock of the paragraph, that is one finding, on
    the largest share.
    """
    for one in class_lists(sheet):
        base = _base(sheet, one)
        if base is None:
            continue
        wrong = [pair for pair in _pairs(one) if not agrees(pair[1], _of(pair[0].value, base.value))]
        common = _common_base(sheet, one) if wrong else None
        for count, share in [max(wrong, key=lambda pair: pair[1].value)] if common else wrong:
            if common:
                why = f"{say(share)}, like the other shares of the list, is of {say(common)}"
            else:
                why = _reading(sheet, one, base, count, share)
            found = Interval.of(100 * count.value / base.value)
            message = (
                f"{say(count)} of {numeral(base.value)} is {percents(found, share.step)}{base.added}, "
                f"while the report gives {say(share)}"
            )
            others = [count, *one.counts, *([common] if common else [])]
            yield finding("part_whole_share", share, message, found=found, explanation=why, others=others)


def _pairs(one: ClassList) -> list[tuple[Figure, Figure]]:
    return [(entry.count, entry.share) for entry in one.entries if entry.count and entry.share]


def _adds_up(shares: list[Figure]) -> bool:
    return any(arithmetic.class_sum([share.as_stated(rule) for share in shares], rule).ok for rule in HALVES)


def _why_not_100(sheet: Sheet, one: ClassList, total: Fraction) -> str:
    """The reading under which the shares hold although their sum is not 100%."""
    if arithmetic.class_sum([share.as_stated("truncate") for share in one.shares], "truncate").ok:
        return "the digits after the last one were cut off rather than rounded"
    base, pairs = _base(sheet, one), _pairs(one)
    if base is not None and len(pairs) == len(one.entries):
        held = [agrees(share, _of(count.value, base.value)) for count, share in pairs]
        why = [_reading(sheet, one, base, *pair) for pair, holds in zip(pairs, held, strict=True) if not holds]
        if why and all(why):
            return "; ".join(why)
    nested = [arithmetic.including([share.as_stated(rule) for share in one.shares], rule) for rule in HALVES]
    number = next((n for n in nested if n is not None), None)
    if number is not None:
        return f"{say(one.shares[number])} {arithmetic.INCLUDING}, since the shares from there on add up to 100%"
    if total < 100 and one.optional_missing:
        return "a further class that is not listed may make up the rest"
    return ""


def _base(sheet: Sheet, one: ClassList) -> Base | None:
    """The stated whole, else the sum of the classes if at least two shares, and half of them, are shares of it."""
    whole = _stated_whole(sheet, one)
    if whole is not None:
        return Base(whole)
    total, pairs = one.total(), _pairs(one)
    if not total:
        return None
    holding = sum(agrees(share, _of(count.value, total)) for count, share in pairs)
    return Base(total, _added(one.counts)) if holding >= 2 and 2 * holding >= len(pairs) else None


def _reading(sheet: Sheet, one: ClassList, base: Base, count: Figure, share: Figure) -> str:
    """The reading under which a share that is not of the base holds; empty where there is none."""
    return explain(
        share,
        _of(count.value, base.value),
        bases=(said(share, reading) for reading in _other_bases(sheet, one, count, base.value)),
        nested=(said(share, reading) for reading in _cumulative(one, count, base.value)),
    )


def _other_bases(sheet: Sheet, one: ClassList, count: Figure, tried: Fraction) -> Iterator[Reading]:
    """Other wholes of a class: stocks nearby, and the sums of neighbouring classes that include it."""
    for stock in sheet.nearby(count):
        if stock.counted and stock.value != tried and stock.value > count.value and stock not in one.counts:
            yield Reading(f"{say(count)} of {say(stock)}", _of(count.value, stock.value))
    for run in _runs(one):
        if count in run and len(run) < len(one.counts):
            yield Reading(f"{say(count)} of {numeral(_sum(run))}{_added(run)}", _of(count.value, _sum(run)))


def _cumulative(one: ClassList, count: Figure, base: Fraction) -> Iterator[Reading]:
    """The class together with those listed right before or after it."""
    for run in _runs(one):
        if count in (run[0], run[-1]):
            yield Reading(f"{numeral(_sum(run))} of {numeral(base)}{_added(run)}", _of(_sum(run), base))


def _runs(one: ClassList) -> Iterator[list[Figure]]:
    """Two or more classes that are listed one after the other."""
    counts = one.counts
    return (counts[a:b] for a in range(len(counts)) for b in range(a + 2, len(counts) + 1))


def _added(run: list[Figure]) -> str:
    """How a sum came about, as a clause after it."""
    return f", with {numeral(_sum(run))} = {' + '.join(say(count) for count in run)}"


def _sum(run: list[Figure]) -> Fraction:
    return sum((count.value for count in run), Fraction(0))


def _common_base(sheet: Sheet, one: ClassList) -> Figure | None:
    """A stock nearby, other than the stated whole, of which every share of the list is a share."""
    pairs, whole = _pairs(one), _stated_whole(sheet, one)
    for stock in sheet.nearby(pairs[0][0]) if len(pairs) > 1 and len(pairs) == len(one.entries) else ():
        other = stock.counted and stock.value != whole and stock not in one.counts
        if other and all(agrees(share, _of(count.value, stock.value)) for count, share in pairs):
            return stock
    return None


def _stated_whole(sheet: Sheet, one: ClassList) -> Fraction | None:
    """The whole stated for the list: the one that all counts are linked to, else their sum right before."""
    wholes = {count.part_of for count in one.counts}
    whole = sheet.by_id.get(wholes.pop()) if len(wholes) == 1 else None
    if whole is None and one.counts:
        before = sheet.before(one.counts[0])
        whole = before if before is not None and before.value == one.total() else None
    return whole.value if whole is not None and whole.counted else None


def _stock(sheet: Sheet, one: ClassList) -> Figure | None:
    """The stock of those that could be classified, stated shortly before the list."""
    for count in one.counts:
        wanted = {row.stock[count.indicator] for row in classes() if count.indicator in row.stock} - {""}
        for near in sheet.nearby(count) if wanted else ():
            if near.indicator in wanted and near.counted and near.role == "achieved" and near.start < count.start:
                return near if near.place == count.place else None
    return None


def _of(part: Fraction, whole: Fraction) -> Computation:
    return lambda rounding: Interval.of(100 * part / whole)
