"""The arithmetic behind the checks: a few written numbers in, one result out, no table and no text.

Numbers are given as strings where their written digits matter. A bare count ("524") is exact, a decimal ("92.4") is
known to half a unit of its last digit, and a stated per cent is always known to its last digit only; a :class:`Range`
says anything else. The rounding rule is an argument, one of ``ROUNDINGS``. Everything is computed in exact fractions.

>>> part_whole_share("524", "2744", "19.1", rounding="half_up").ok
True
>>> attainment_grain(171, "58.7").explanation
'171/291 with further digits cut off rather than rounded'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.checks.ranges import Range, as_operand, as_stated, percent
from analysis.intervals import exact, step_of

__all__ = [
    "Result",
    "attainment",
    "attainment_grain",
    "bounds",
    "change",
    "class_sum",
    "complement",
    "implied_target",
    "margin",
    "over_whole",
    "part_whole_share",
    "share_grain",
    "sum_total",
]

Amount = str | int | Range
CUT = "further digits cut off rather than rounded"


@dataclass(frozen=True)
class Result:
    """Whether some numbers agree, and the range of values that the other numbers allow for the one in question.

    Attributes:
        ok: they agree, or the check cannot decide.
        low, high: what the others allow, in the unit of the number in question.
        explanation: where they only agree if digits were cut off instead of rounded, that reading.
        decided: False where the numbers are too coarse or too large for the check to find anything.
    """

    ok: bool
    low: Fraction
    high: Fraction
    explanation: str = ""
    decided: bool = True


def part_whole_share(part: Amount, whole: Amount, share: str | Range, rounding: str = "half_up") -> Result:
    """Whether ``share`` per cent is ``part`` of ``whole``.

    >>> part_whole_share("524", "2847", "19.1").ok
    False
    >>> part_whole_share("2316", "20280", "11.42").ok
    True
    """
    return _compared(lambda rule: percent(as_operand(part, rule), as_operand(whole, rule)), share, rounding)


def attainment(result: Amount, target: Amount, stated: str | Range, rounding: str = "half_up") -> Result:
    """Whether ``stated`` per cent of the target was reached.

    >>> attainment(183, 160, "114.3").explanation
    'further digits cut off rather than rounded'
    """
    return part_whole_share(result, target, stated, rounding)


def margin(
    result: Amount, target: Amount, stated: str | Range, rounding: str = "half_up", *, unit: str = "%"
) -> Result:
    """Whether the result passes or misses the target by ``stated``.

    Args:
        result, target: the two levels.
        stated: the gap between them, without its sign.
        rounding: a rule of ``ROUNDINGS``.
        unit: ``%`` for a gap relative to the target, anything else for a difference.

    >>> margin("92.4", "84", "8.7").ok, margin("92.4", "84", "10.0").ok
    (False, True)
    >>> margin("74", "70", "4", unit="count").ok
    True
    """
    return change(result, target, stated, rounding, unit=unit)


def change(
    later: Amount, earlier: Amount, stated: str | Range, rounding: str = "half_up", *, unit: str = "%"
) -> Result:
    """Whether a level changed by ``stated`` from the earlier to the later.

    Args:
        later, earlier: the two levels.
        stated: the change, without its sign.
        rounding: a rule of ``ROUNDINGS``.
        unit: ``%`` relative to the earlier level, ``times`` for the ratio, anything else for the difference.

    >>> change("276.3", "231", "22.8").ok, change("276.3", "231", "19.6").ok
    (False, True)
    >>> change(4125, 4780, "655", unit="count").ok, change("512", "262", "1.95", unit="times").ok
    (True, True)
    """

    def computed(rule: str) -> Range:
        new, old = as_operand(later, rule), as_operand(earlier, rule)
        if unit == "times":
            return new.over(old)
        return percent(new, old).minus(Range.point(100)).size() if unit == "%" else new.minus(old).size()

    return _compared(computed, stated, rounding)


def attainment_grain(result: int, stated: str, rounding: str = "half_up") -> Result:
    """Whether some whole target makes ``result`` things done ``stated`` per cent of it.

    People and enterprises are planned in whole numbers, so most per cents are impossible for a small count. The check
    decides only where neighbouring targets lie further apart than the last written digit. ``low`` and ``high`` are the
    nearest per cents that a whole target can give.

    >>> found = attainment_grain(171, "58.7")
    >>> found.ok, round(float(found.low), 2), round(float(found.high), 2)
    (False, 58.56, 58.76)
    >>> attainment_grain(123, "100").ok, attainment_grain(1043, "49.7").ok
    (True, True)
    >>> attainment_grain(9870, "82.3").decided
    False
    """
    allowed = as_stated(stated, rounding)
    if result <= 0 or allowed.low <= 0:
        return Result(True, allowed.low, allowed.high, decided=False)
    targets = Range.point(100 * result).over(allowed)
    below = max(int(targets.low), 1)
    low, high = Fraction(100 * result, below + 1), Fraction(100 * result, below)
    decided = Fraction(100 * result) / targets.high**2 > step_of(stated)
    if not decided or _whole(targets):
        return Result(True, low, high, decided=decided)
    cut = _whole(Range.point(100 * result).over(as_stated(stated, "truncate")))
    return Result(False, low, high, explanation=f"{result}/{cut} with {CUT}" if cut else "")


def share_grain(share: str, whole: int, rounding: str = "half_up") -> Result:
    """Whether some whole part of ``whole`` things is ``share`` per cent of them.

    Decides only where one thing more or less changes the per cent by more than its last written digit.

    >>> share_grain("33.3", 28).ok, share_grain("32.1", 28).ok, share_grain("33.3", 2847).decided
    (False, True, False)
    >>> share_grain("66.6", 15).explanation
    '10/15 with further digits cut off rather than rounded'
    """
    allowed = as_stated(share, rounding)
    if whole <= 0 or Fraction(100, whole) <= step_of(share):
        return Result(True, allowed.low, allowed.high, decided=False)
    of_whole = Fraction(whole, 100)
    below = int(allowed.high * of_whole)
    low, high = Fraction(100 * below, whole), Fraction(100 * (below + 1), whole)
    if allowed.low <= 0 or _whole(allowed.times(of_whole)):
        return Result(True, low, high)
    cut = _whole(as_stated(share, "truncate").times(of_whole))
    return Result(False, low, high, explanation=f"{cut}/{whole} with {CUT}" if cut else "")


def sum_total(parts: Sequence[Amount], total: Amount, rounding: str = "half_up", *, complete: bool = True) -> Result:
    """Whether the parts add up to the total, or, where the list need not be complete, do not exceed it.

    >>> sum_total([9, 4, 2], 14).ok, sum_total([2, 12, 1], 15).ok
    (False, True)
    >>> sum_total([3, 2, 18], 171).ok, sum_total([3, 2, 18], 171, complete=False).ok
    (False, True)
    """
    added = _sum([as_operand(part, rounding) for part in parts])
    whole = as_operand(total, rounding)
    ok = added.meets(whole) or (not complete and added.low <= whole.high)
    return Result(ok, added.low, added.high)


def class_sum(shares: Sequence[str | Range], rounding: str = "half_up") -> Result:
    """Whether the shares of all classes of one whole can add up to 100%.

    ``low`` and ``high`` are the sums that rounding allows.

    >>> class_sum(["17.2", "45.6", "32.1", "5.2"]).ok, class_sum(["31.5", "29.7", "40.1"]).ok
    (True, False)
    >>> class_sum(["33.3", "33.3", "33.3"], rounding="truncate").ok
    True
    """
    return _compared(
        lambda rule: _sum([as_stated(share, rule) for share in shares]), Range.point(100), rounding, shares
    )


def complement(done: int, in_progress: int, assigned: int) -> Result:
    """Whether what is done and what is in progress make up what was assigned.

    >>> complement(133, 22, 155).ok, complement(133, 25, 155).ok
    (True, False)
    """
    total = Fraction(done + in_progress)
    return Result(total == assigned, total, total)


def over_whole(part: Amount, whole: Amount, rounding: str = "half_up") -> Result:
    """Whether the part is no more than the whole.

    >>> over_whole(487, 485).ok, over_whole(517, 517).ok
    (False, True)
    """
    inside, around = as_operand(part, rounding), as_operand(whole, rounding)
    return Result(inside.low <= around.high, Fraction(0), around.high)


def bounds(rank: int | str, of: int | str) -> Result:
    """Whether a rank is a whole number from 1 to the number of those ranked.

    >>> bounds(1, 30).ok, bounds(12, 10).ok
    (True, False)
    """
    place, last = exact(rank), exact(of)
    return Result(1 <= place <= last and place.denominator == 1, Fraction(1), last)


def implied_target(result: Amount, stated: str | Range, rounding: str = "half_up", *, over: bool = False) -> Range:
    """The targets that a result and its stated attainment allow; with ``over``, its stated margin above the target.

    >>> implied_target(Range(exact(4600), exact(4700)), "117.4")
    Range(3916.56, 4005.11]
    """
    ratio = as_stated(stated, rounding)
    return as_operand(result, rounding).times(100).over(ratio.plus(Range.point(100)) if over else ratio)


def _compared(
    compute: Callable[[str], Range], stated: str | Range, rounding: str, written: Sequence[object] | None = None
) -> Result:
    found = compute(rounding)
    if found.meets(as_stated(stated, rounding)):
        return Result(True, found.low, found.high)
    digits = all(isinstance(number, str) for number in ([stated] if written is None else written))
    cut = digits and rounding != "truncate" and compute("truncate").meets(as_stated(stated, "truncate"))
    return Result(False, found.low, found.high, explanation=CUT if cut else "")


def _whole(values: Range) -> int | None:
    """The smallest whole number above zero in the range."""
    return next((number for number in values.whole_numbers() if number > 0), None)


def _sum(ranges: Sequence[Range]) -> Range:
    total = Range.point(0)
    for number in ranges:
        total = total.plus(number)
    return total
