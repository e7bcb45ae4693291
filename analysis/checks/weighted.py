"""A whole against its parts where each has a per cent: growth, or the per cent of a target.

What a whole grows by is the mean of what its parts grow by, weighted by what they were before; so it lies between the
smallest and the largest, whatever the weights. Where the amounts are known too, the mean itself can be worked out: a
part that is 102 now and grew by 2% was 100. For per cents of a target the weights are the targets.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from analysis.checks.results import (
    Amount,
    Reading,
    Result,
    Rounding,
    Stated,
    compared,
    given,
    operand,
    rules,
    say,
    step,
    value_of,
)
from analysis.comparison.figure import Figure
from analysis.formatting import decimals, fixed
from analysis.intervals import Interval

__all__ = ["attainment_of_whole", "growth_of_whole", "margin_of_whole"]


def growth_of_whole(
    whole: Stated, parts: Sequence[Stated], amounts: Sequence[Amount] = (), rounding: Rounding = "half_up"
) -> Result:
    """Whether a whole can grow by ``whole`` per cent while its parts grow by ``parts``; a fall is negative.

    Args:
        whole: the growth of the whole.
        parts: the growth of each of the parts that make it up.
        amounts: what each part has grown to; without them any weights will do.
        rounding: a rule of ``ROUNDINGS``, or several of which one has to fit.

    >>> growth_of_whole("7.9", ["7.2", "9.6", "5.2"]).ok, growth_of_whole("6.0", ["12.0", "-2.0"]).ok
    (True, True)
    >>> print(growth_of_whole("12.7", ["7.2", "9.6", "5.2"]))
    12.7% does not lie between 5.2% and 9.6%, the least and the most of its parts
    >>> growth_of_whole("5.0", ["2.0", "8.0"], [102, 1080]).ok, growth_of_whole("7.45", ["2.0", "8.0"], [102, 1080]).ok
    (False, True)
    """
    return _of_parts(whole, parts, amounts, rounding, 100)


def attainment_of_whole(
    whole: Stated, parts: Sequence[Stated], amounts: Sequence[Amount] = (), rounding: Rounding = "half_up"
) -> Result:
    """Whether a whole can stand at ``whole`` per cent of its target while its parts stand at ``parts`` of theirs.

    >>> attainment_of_whole("103", ["96.0", "101.5"]).ok
    False
    >>> print(attainment_of_whole("102", ["119", "88"], ["9600", "8300"]))
    (9,600 + 8,300) / (9,600 / 119% + 8,300 / 88%) is 102.3% (101.8 to 102.8 with rounding), as stated
    """
    return _of_parts(whole, parts, amounts, rounding, 0)


def margin_of_whole(
    whole: Stated, parts: Sequence[Stated], amounts: Sequence[Amount] = (), rounding: Rounding = "half_up"
) -> Result:
    """Whether a whole can pass its target by ``whole`` per cent while its parts pass theirs by ``parts``.

    What misses its target does so by a negative per cent.

    >>> margin_of_whole("7.9", ["12.4", "-3.1"]).ok, margin_of_whole("13.0", ["12.4", "-3.1"]).ok
    (True, False)
    """
    return _of_parts(whole, parts, amounts, rounding, 100)


def _of_parts(
    whole: Stated, parts: Sequence[Stated], amounts: Sequence[Amount], rounding: Rounding, base: int
) -> Result:
    """Whether the whole is the mean of its parts; of growth 100% is the level before."""

    def span(rule: str) -> Interval:
        found = [_signed(part, rule) for part in parts]
        return Interval(min(one.low for one in found), max(one.high for one in found))

    def mean(rule: str) -> Interval:
        now = [operand(amount, rule) for amount in amounts]
        before = [one.over(_signed(part, rule) + base) for one, part in zip(now, parts, strict=True)]
        found = sum(now, Interval.of(0)).over(sum(before, Interval.of(0))) - base
        return -found if isinstance(whole, Figure) and _value(whole) < 0 else found

    least, most = _told(min(parts, key=_value)), _told(max(parts, key=_value))
    around = f"between {least} and {most}, the least and the most of its parts"
    if not any(span(rule).meets(_signed(whole, rule)) for rule in rules(rounding)):
        return Result(False, span(rules(rounding)[0]), f"{_told(whole)} does not lie {around}")
    if not amounts:
        return Result(True, span(rules(rounding)[0]), f"{_told(whole)} lies {around}")
    before = " + ".join(f"{say(one)} / {_told(part, base)}" for one, part in zip(amounts, parts, strict=True))
    more = " - 100%" if base else ""
    return compared(Reading(f"({' + '.join(map(say, amounts))}) / ({before}){more}", mean), whole, rounding)


def _signed(one: Stated, rounding: str) -> Interval:
    """The values of a per cent with its sign: growth can be negative."""
    values = given(one, rounding)
    return -values if isinstance(one, Figure) and _value(one) < 0 else values


def _value(one: Stated) -> Fraction:
    """The number with its sign; that of a margin stands beside it."""
    missed = isinstance(one, Figure) and one.measure == "margin" and one.sign < 0
    return -value_of(one) if missed else value_of(one)


def _told(one: Stated, base: int = 0) -> str:
    return f"{fixed(_value(one) + base, decimals(step(one)))}%"
