"""The arithmetic behind the checks: a few numbers in, one result out, no table and no sheet.

``audit`` calls these functions with the figures of a report; by hand they are called with numbers as strings, where
their written digits matter. A bare count ("524") is exact, a decimal ("92.4") is known to half a unit of its last
digit, and a stated per cent is always known to its last digit only; an ``Interval`` says anything else. The rounding
rule is an argument, one of ``ROUNDINGS`` or several. Everything is computed in exact fractions:

>>> print(part_whole_share("524", "2744", "19.1", rounding="half_up"))
524 of 2,744 is 19.10%, as stated
>>> print(attainment(183, 160, "114.3"))
183 of 160 is 114.38%, while the report gives 114.3%; 114.3% is 114.375 with further digits cut off rather than rounded
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from analysis.checks.results import (
    Amount,
    Level,
    Reading,
    Result,
    Rounding,
    Stated,
    compared,
    given,
    in_full,
    operand,
    per_cent,
    quotient,
    rules,
    say,
    step,
    value_of,
)
from analysis.comparison.figure import Figure
from analysis.formatting import decimals, fixed, number
from analysis.intervals import AS_WRITTEN, Interval, Number

__all__ = [
    "attainment",
    "change",
    "class_base",
    "class_sum",
    "complement",
    "gap",
    "including",
    "margin",
    "part_whole_share",
    "pp_or_percent",
    "rate",
    "sum_total",
]


def part_whole_share(
    part: Amount, whole: Amount | Sequence[Amount], share: Stated, rounding: Rounding = "half_up"
) -> Result:
    """Whether ``share`` per cent is ``part`` of ``whole``; several wholes are added up.

    >>> print(part_whole_share("524", "2847", "19.1"))
    524 of 2,847 is 18.41%, while the report gives 19.1%
    >>> print(part_whole_share("1.27", "2.6", "49.9"))
    1.27 of 2.6 is 48.85% (47.74 to 50.00 with rounding), which agrees with 49.9% by rounding alone
    """
    return compared(quotient(part, whole), share, rounding)


def attainment(result: Amount, target: Amount, stated: Stated, rounding: Rounding = "half_up") -> Result:
    """Whether ``stated`` per cent of the target was reached.

    >>> attainment(183, 160, "114.4").ok
    True
    """
    return part_whole_share(result, target, stated, rounding)


def margin(
    result: Amount, target: Amount, stated: Stated, rounding: Rounding = "half_up", *, unit: str = "%"
) -> Result:
    """Whether the result passes or misses the target by ``stated``; arguments as for ``change``.

    >>> margin("92.4", "84", "8.7").ok, margin("74", "70", "4", unit="count").ok
    (False, True)
    """
    return change(result, target, stated, rounding, unit=unit)


def change(
    later: Amount,
    earlier: Amount,
    stated: Stated,
    rounding: Rounding = "half_up",
    *,
    unit: str = "%",
    years: int = 1,
    compound: bool = False,
) -> Result:
    """Whether a level changed by ``stated`` from the earlier to the later.

    Args:
        later, earlier: the two levels.
        stated: the change, without its sign.
        rounding: a rule of ``ROUNDINGS``, or several of which one has to fit.
        unit: ``%`` relative to the earlier level, ``times`` for the ratio, ``times more`` for the ratio less one,
            anything else for the difference.
        years: how many years the change is an average of.
        compound: whether the average builds up year by year; only in per cent.

    >>> change("276.3", "231", "22.8").ok, change("512", "262", "1.95", unit="times").ok
    (False, True)
    >>> print(change("14.6", "8.9", "2.4", unit="pp", years=3))
    (14.6 - 8.9) / 3 years is 1.90 percentage points (1.87 to 1.93 with rounding), while the report gives \
2.4 percentage points
    """
    if compound:
        return compared(_growth(later, earlier, stated, years), stated, rounding)
    whole = gap(later, earlier, unit)
    yearly = Reading(f"({whole.phrase}) / {years} years", lambda rule: whole.compute(rule) / years)
    return compared(whole if years == 1 else yearly, stated, rounding, unit.removesuffix(" more"))


def grown(
    later: Amount, amount: Amount, stated: Stated, rounding: Rounding = "half_up", *, fell: bool = False
) -> Result:
    """Whether a change in number of a level is the change in per cent that is stated.

    Args:
        later: the level after the change.
        amount: how much it has changed, without its sign.
        stated: the change in per cent, without its sign.
        rounding: a rule of ``ROUNDINGS``, or several of which one has to fit.
        fell: whether it was a decrease.

    >>> grown("1284.6", "18.4", "1.5").ok, grown("1284.6", "18.4", "2.5").ok
    (True, False)
    >>> print(grown("27340", "410", "3.5", fell=True))
    410 / (27,340 + 410) is 1.48%, while the report gives 3.5%
    """

    def compute(rule: str) -> Interval:
        more, level = operand(amount, rule), operand(later, rule)
        return more.over(level + more if fell else level - more) * 100

    return compared(
        Reading(f"{say(amount)} / ({say(later)} {'+' if fell else '-'} {say(amount)})", compute), stated, rounding
    )


def gap(later: Amount, earlier: Amount, unit: str = "%") -> Reading:
    """How far one level is from another, sign aside, in a unit as for ``change``."""
    more, less = (later, earlier) if value_of(later) >= value_of(earlier) else (earlier, later)
    apart = f"{say(more)} - {say(less)}"
    if unit == "times":
        return Reading(f"{say(later)} / {say(earlier)}", lambda rule: operand(later, rule).over(operand(earlier, rule)))
    if unit not in ("%", "times more"):
        return Reading(apart, lambda rule: abs(operand(later, rule) - operand(earlier, rule)))
    scale = 100 if unit == "%" else 1
    return Reading(
        f"({apart}) / {say(earlier)}",
        lambda rule: abs(operand(later, rule).over(operand(earlier, rule)) * scale - scale),
    )


def rate(level: Amount, base: Amount, stated: Stated, rounding: Rounding = "half_up", *, things: str = "") -> Result:
    """Whether so much per something is the level divided by the base; ``things`` says what a bare base counts.

    >>> rate(12915, "24.6", "525").ok, rate(12915, "24.6", "575").ok
    (True, False)
    """
    phrase = " ".join(filter(None, [f"{say(level)} / {say(base)}", things]))
    reading = Reading(phrase, lambda rule: operand(level, rule).over(operand(base, rule)))
    return compared(reading, stated, rounding, "count")


def pp_or_percent(later: Amount, earlier: Amount, stated: Stated, rounding: Rounding = "half_up") -> Result:
    """Whether a change that is given in per cent between two per cents is one in per cent, not only in points.

    ``ok`` is also where neither fits: then it is no question of the unit.

    >>> print(pp_or_percent("3.05", "4.12", "1.07"))
    1.07% is a difference between two per cents, which is 1.07 percentage points; 4.12 - 3.05 is 1.07 percentage points
    >>> pp_or_percent("3.05", "4.12", "26.0").ok
    True
    """
    relative = change(later, earlier, stated, rounding)
    if relative.ok or not change(later, earlier, stated, rounding, unit="pp").ok:
        return Result(True, relative.found, relative.message)
    why = f"{gap(later, earlier, 'pp').phrase} is {in_points(stated)}"
    return Result(False, relative.found, only_points(stated), why)


def only_points(stated: Stated) -> str:
    """What is to be said of a change in per cent that is one in percentage points."""
    points = in_points(stated)
    digits = points.removesuffix("s").removesuffix(" percentage point")
    return f"{digits}% is a difference between two per cents, which is {points}"


def in_points(stated: Stated) -> str:
    """The number in question as percentage points."""
    return say(stated) if isinstance(stated, Figure) else f"{say(stated)} percentage points"


def sum_total(
    parts: Sequence[Amount], total: Amount, rounding: Rounding = "half_up", *, complete: bool = True
) -> Result:
    """Whether the parts add up to the total, or, where the list need not be complete, do not exceed it.

    >>> print(sum_total([9, 4, 2], 14))
    The parts add up to 9 + 4 + 2 = 15, while the whole is given as 14
    >>> sum_total([2, 12, 1], 15).ok, sum_total([3, 2, 18], 171).ok, sum_total([3, 2, 18], 171, complete=False).ok
    (True, False, True)
    """

    def fits(rule: str) -> bool:
        added, whole = operand(parts, rule), operand(total, rule)
        return added.meets(whole) or (not complete and added.low <= whole.high)

    ok = any(map(fits, rules(rounding)))
    written = sum(map(value_of, parts), Fraction(0))
    by_rounding = ok and not (fits(AS_WRITTEN) and (not complete or _is_written(total, written)))
    added = in_full(written, total)
    text = f"The parts add up to {' + '.join(map(say, parts))} = {added}"
    how = f"which agrees with {say(total)} by rounding alone" if by_rounding else "as stated"
    text += f", {how}" if ok else f", while the whole is given as {say(total)}"
    return Result(ok, operand(parts, rules(rounding)[0]), text, by_rounding=by_rounding)


def _is_written(total: Amount, added: Fraction) -> bool:
    """Whether a sum of numbers as they are written rounds to the total, whatever the word before that leaves open."""
    figure = total.figure if isinstance(total, Level) else total
    return not isinstance(figure, Figure) or abs(added - value_of(total)) * 2 <= figure.step


def class_base(counts: Sequence[Amount], stock: Amount, rounding: Rounding = "half_up") -> Result:
    """Whether the counts of all classes make up the stock that is stated.

    >>> print(class_base([524, 2220, 83, 20], 3492))
    The 4 classes make up 524 + 2,220 + 83 + 20 = 2,847, while 3,492 are stated in all
    """
    result = sum_total(counts, stock, rounding)
    sums = f"{' + '.join(map(say, counts))} = {number(sum(map(value_of, counts)))}"
    how = ", as stated" if result.ok else f", while {say(stock)} are stated in all"
    return Result(result.ok, result.found, f"The {len(counts)} classes make up {sums}{how}")


def complement(done: Amount, in_progress: Amount, assigned: Amount, *, state: str = "in progress") -> Result:
    """Whether what is done and what is in progress, or in another ``state``, make up what was assigned.

    >>> complement(133, 22, 155).ok, complement("7.4", "1.2", "8.6", state="left").ok
    (True, True)
    >>> print(complement(133, 15, 155))
    133 done and 15 in progress make 148, while 155 are given in all; the others may be overdue or not begun
    """
    made, added = value_of(done) + value_of(in_progress), operand([done, in_progress], "half_up")
    text = f"{say(done)} done and {say(in_progress)} {state} make {in_full(made, assigned)}"
    ok = added.meets(operand(assigned, "half_up"))
    why = "the others may be overdue or not begun" if made < value_of(assigned) else ""
    text += ", as stated" if ok else f", while {say(assigned)} are given in all"
    return Result(ok, Interval.of(made), text, why, by_rounding=ok and made != value_of(assigned))


def class_sum(shares: Sequence[Stated], rounding: Rounding = "half_up") -> Result:
    """Whether the shares of all classes of one whole can add up to 100%.

    ``low`` and ``high`` are the sums of the written shares that rounding allows. If the sum is larger, the explanation
    may be a class that includes those listed before it.

    >>> class_sum(["17.2", "45.6", "32.1", "5.2"]).ok, class_sum(["33.3", "33.3", "33.3"], rounding="truncate").ok
    (True, True)
    >>> print(class_sum(["20.0", "95.0", "4.5", "0.5"]))
    The shares of the 4 classes add up to 20.0% + 95.0% + 4.5% + 0.5% = 120%, not to 100%, and rounding accounts for \
0.2 points at most; 95.0% may include what is listed before it, since the shares from there on add up to 100%
    """
    told = list(map(per_cent, shares))
    total = _added(shares, AS_WRITTEN)
    allowed = [total - _added(shares, rule) + 100 for rule in rules(rounding)]
    ok = any(one.meets(total) for one in allowed)
    slack = max(allowed[0].high - 100, 100 - allowed[0].low)
    text = f"The shares of the {len(shares)} classes add up to {' + '.join(told)} = {_digits(total.low, shares)}%, "
    text += f"{'' if ok else 'not to 100%, '}and rounding accounts for {number(slack)} points at most"
    return Result(ok, allowed[0], text, "" if ok else _why_not_100(shares, told, rounding))


def including(shares: Sequence[Stated], rounding: Rounding = "half_up") -> int | None:
    """Which share of too large a sum may be of a class that includes those before it: from there on they make 100%.

    >>> including(["20.0", "95.0", "4.5", "0.5"]), including(["31.5", "29.7", "40.1"])
    (1, None)
    """
    for rule in rules(rounding) if shares else ():
        from_last = list(accumulate(given(share, rule) for share in reversed(shares)))
        if from_last.pop().low > 100:
            for n, rest in enumerate(reversed(from_last), 1):
                if rest.contains(100):
                    return n
    return None


def _added(shares: Sequence[Stated], rounding: str) -> Interval:
    return sum((given(share, rounding) for share in shares), Interval.of(0))


def _digits(total: Number, shares: Sequence[Stated]) -> str:
    """The sum with as many digits as the shares have."""
    text = fixed(total, max(decimals(step(share)) for share in shares))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _why_not_100(shares: Sequence[Stated], told: Sequence[str], rounding: Rounding) -> str:
    """The reading under which shares that do not add up to 100% hold, from the shares alone."""
    if "truncate" not in rules(rounding) and class_sum(shares, "truncate").ok:
        return "the digits after the last one were cut off rather than rounded"
    n = including(shares, rounding)
    if n is None:
        return ""
    return f"{told[n]} may include what is listed before it, since the shares from there on add up to 100%"


def _growth(later: Amount, earlier: Amount, stated: Stated, years: int) -> Reading:
    """Growth that builds up year by year; the stated rate is put to the power, so that no root is drawn."""

    def compute(rule: str) -> Interval:
        grown, rate = operand(later, rule).over(operand(earlier, rule)), given(stated, rule)
        sign = 1 if value_of(later) >= value_of(earlier) else -1
        ends = sorted((1 + sign * end / 100) ** years for end in (rate.low, rate.high))
        return rate if Interval(ends[0], ends[1]).meets(grown) else abs(grown * 100 - 100)

    return Reading(f"growth of {say(later)} on {say(earlier)} in {years} years", compute)
