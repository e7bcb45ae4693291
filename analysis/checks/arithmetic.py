"""The arithmetic behind the checks: a few written numbers in, one result out, no table and no text.

Numbers are given as strings where their written digits matter. A bare count ("524") is exact, a decimal ("92.4") is
known to half a unit of its last digit, and a stated per cent is always known to its last digit only; an ``Interval``
says anything else. The rounding rule is an argument, one of ``ROUNDINGS``. Everything is computed in exact fractions,
and every result keeps its arithmetic as one line:

>>> print(part_whole_share("524", "2744", "19.1", rounding="half_up"))
524 / 2744 = 19.10%, as stated
>>> print(attainment(183, 160, "114.3"))
183 / 160 = 114.38%, not 114.3%; further digits cut off rather than rounded
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checks.amounts import numeral
from analysis.checks.results import Amount, Result, compared, percent, spoken
from analysis.checks.results import total as added_up
from analysis.intervals import AS_WRITTEN, Interval, as_operand, as_stated, exact

__all__ = [
    "INCLUDING",
    "attainment",
    "bounds",
    "change",
    "class_sum",
    "complement",
    "implied_target",
    "including",
    "margin",
    "over_whole",
    "part_whole_share",
    "rate",
    "sum_total",
]

INCLUDING = "may include what is listed before it"


def part_whole_share(part: Amount, whole: Amount, share: str | Interval, rounding: str = "half_up") -> Result:
    """Whether ``share`` per cent is ``part`` of ``whole``.

    >>> part_whole_share("524", "2847", "19.1").ok
    False
    >>> print(part_whole_share("524", "2847", "19.1"))
    524 / 2847 = 18.41%, not 19.1%
    >>> print(part_whole_share("1.27", "2.6", "49.9"))
    1.27 / 2.6 = 48.85% (47.74% to 50.00% with rounding), which agrees with 49.9% by rounding alone
    >>> part_whole_share("2316", "20280", "11.42").ok
    True
    """
    formula = f"{spoken(part)} / {spoken(whole)}"
    return compared(lambda rule: percent(as_operand(part, rule), as_operand(whole, rule)), share, rounding, formula)


def attainment(result: Amount, target: Amount, stated: str | Interval, rounding: str = "half_up") -> Result:
    """Whether ``stated`` per cent of the target was reached.

    >>> attainment(183, 160, "114.3").explanation
    'further digits cut off rather than rounded'
    """
    return part_whole_share(result, target, stated, rounding)


def margin(
    result: Amount, target: Amount, stated: str | Interval, rounding: str = "half_up", *, unit: str = "%"
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
    later: Amount, earlier: Amount, stated: str | Interval, rounding: str = "half_up", *, unit: str = "%"
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

    def computed(rule: str) -> Interval:
        new, old = as_operand(later, rule), as_operand(earlier, rule)
        if unit == "times":
            return new.over(old)
        return abs(percent(new, old) - 100) if unit == "%" else abs(new - old)

    new, old = spoken(later), spoken(earlier)
    formula = {"times": f"{new} / {old}", "%": f"{new} / {old} - 1"}.get(unit, f"{new} - {old}")
    after = {"times": " times", "%": "%", "pp": " points"}.get(unit, "")
    return compared(computed, stated, rounding, formula, after)


def rate(amount: Amount, base: Amount, stated: str | Interval, rounding: str = "half_up") -> Result:
    """Whether so much per something is the amount divided by the base.

    >>> rate(12915, "24.6", "525").ok, rate(12915, "24.6", "575").ok
    (True, False)
    """
    formula = f"{spoken(amount)} / {spoken(base)}"
    return compared(lambda rule: as_operand(amount, rule).over(as_operand(base, rule)), stated, rounding, formula, "")


def sum_total(parts: Sequence[Amount], total: Amount, rounding: str = "half_up", *, complete: bool = True) -> Result:
    """Whether the parts add up to the total, or, where the list need not be complete, do not exceed it.

    >>> sum_total([9, 4, 2], 14).ok, sum_total([2, 12, 1], 15).ok
    (False, True)
    >>> sum_total([3, 2, 18], 171).ok, sum_total([3, 2, 18], 171, complete=False).ok
    (False, True)
    """
    added, whole = added_up(parts, rounding), as_operand(total, rounding)
    ok = added.meets(whole) or (not complete and added.low <= whole.high)
    point, written = added_up(parts, AS_WRITTEN), as_operand(total, AS_WRITTEN)
    exactly = point.meets(written) or (not complete and point.low <= written.high)
    says = ", as stated" if exactly else f", which agrees with {spoken(total)} by rounding alone"
    text = f"{' + '.join(spoken(part) for part in parts)} = {spoken(point)}"
    return Result(
        ok,
        added.low,
        added.high,
        by_rounding=ok and not exactly,
        message=text + (says if ok else f", not {spoken(total)}"),
    )


def class_sum(shares: Sequence[str | Interval], rounding: str = "half_up") -> Result:
    """Whether the shares of all classes of one whole can add up to 100%.

    ``low`` and ``high`` are the sums that rounding allows. If the sum is larger, the explanation may be a class that
    includes those listed before it.

    >>> class_sum(["17.2", "45.6", "32.1", "5.2"]).ok, class_sum(["31.5", "29.7", "40.1"]).ok
    (True, False)
    >>> class_sum(["33.3", "33.3", "33.3"], rounding="truncate").ok
    True
    >>> print(class_sum(["20.0", "95.0", "4.5", "0.5"]))
    20.0 + 95.0 + 4.5 + 0.5 = 120.00% (119.80% to 120.20% with rounding), not 100%; 95.0% may include what is listed \
before it
    """
    formula = " + ".join(spoken(share) for share in shares)
    found = compared(lambda rule: _shares(shares, rule), Interval.of(100), rounding, formula, written=shares)
    nested = None if found.ok or found.explanation else including(shares, rounding)
    return found if nested is None else replace(found, explanation=f"{spoken(shares[nested])}% {INCLUDING}")


def including(shares: Sequence[str | Interval], rounding: str = "half_up") -> int | None:
    """Which share of too large a sum may be of a class that includes those before it: from there on they make 100%.

    >>> including(["20.0", "95.0", "4.5", "0.5"]), including(["31.5", "29.7", "40.1"])
    (1, None)
    """
    if _shares(shares, rounding).low <= 100:
        return None
    return next((n for n in range(1, len(shares)) if _shares(shares[n:], rounding).contains(Fraction(100))), None)


def complement(done: int, in_progress: int, assigned: int) -> Result:
    """Whether what is done and what is in progress make up what was assigned.

    >>> complement(133, 22, 155).ok, complement(133, 25, 155).ok
    (True, False)
    """
    made = Fraction(done + in_progress)
    text = f"{done:,} + {in_progress:,} = {numeral(made)}"
    return Result(
        made == assigned, made, made, message=text + (", as stated" if made == assigned else f", not {assigned:,}")
    )


def over_whole(part: Amount, whole: Amount, rounding: str = "half_up") -> Result:
    """Whether the part is no more than the whole.

    >>> over_whole(487, 485).ok, over_whole(517, 517).ok
    (False, True)
    """
    inside, around = as_operand(part, rounding), as_operand(whole, rounding)
    ok = inside.low <= around.high
    text = f"{spoken(part)} is {'no ' if ok else ''}more than {spoken(whole)}"
    return Result(ok, Fraction(0), around.high, message=text)


def bounds(value: int | str | Fraction, of: int | str | Fraction, kind: str = "rank") -> Result:
    """Whether a rank, a score or a number of criteria lies within what there is.

    Args:
        value: the rank, score or number.
        of: how many are ranked, the highest possible score, or how many criteria the standard has.
        kind: ``rank`` (a whole number from 1), ``criteria`` (a whole number from 0) or ``score`` (any number from 0).

    Raises:
        ValueError: the kind is none of these.

    >>> bounds(1, 30).ok, bounds(12, 10).ok
    (True, False)
    >>> bounds("88.4", "100", "score").ok, bounds(20, 19, "criteria").ok
    (True, False)
    """
    if kind not in ("rank", "criteria", "score"):
        raise ValueError(f"The kind {kind!r} is not known; use rank, criteria or score.")
    number, last, first = exact(value), exact(of), Fraction(1 if kind == "rank" else 0)
    ok = first <= number <= last and (kind == "score" or number.denominator == 1)
    text = f"{numeral(number)} lies {'within' if ok else 'outside'} {numeral(first)} to {numeral(last)}"
    return Result(ok, first, last, message=text)


def implied_target(
    result: Amount, stated: str | Interval, rounding: str = "half_up", *, over: bool = False
) -> Interval:
    """The targets that a result and its stated attainment allow; with ``over``, its stated margin above the target.

    >>> implied_target(Interval(exact(4600), exact(4700)), "117.4")
    Interval(3916.56, 4005.11]
    """
    ratio = as_stated(stated, rounding)
    return (as_operand(result, rounding) * 100).over(ratio + 100 if over else ratio)


def _shares(shares: Sequence[str | Interval], rounding: str) -> Interval:
    return added_up([as_stated(share, rounding) for share in shares], rounding)
