"""Is there any whole number that gives this rounded number? The GRIM test, by attainment, share and mean.

Things that are counted come in whole numbers, so a per cent or a mean of few of them can take few values only; a value
between them belongs to something else (Brown and Heathers 2017, doi 10.1177/1948550616673876).
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from analysis.checks.results import CUT, Amount, Result, Rounding, Stated, given, per_cent, rules, say, step, value_of
from analysis.formatting import decimals, fixed, number
from analysis.intervals import Interval, exact

__all__ = ["attainment_grain", "mean_grain", "share_grain"]


def attainment_grain(result: Amount, stated: Stated, rounding: Rounding = "half_up") -> Result:
    """Whether some whole target makes ``result`` things done ``stated`` per cent of it.

    People and enterprises are planned in whole numbers, so most per cents are impossible for a small count. The check
    decides only where neighbouring targets lie further apart than the last written digit. ``low`` and ``high`` are the
    nearest per cents that a whole target can give.

    >>> print(attainment_grain(171, "58.7"))
    171 is 58.7% of no whole target: 171/291 is 58.76% and 171/292 is 58.56%; 58.7% is 171/291 with further digits \
cut off rather than rounded
    >>> attainment_grain(123, "100").ok, attainment_grain(1043, "49.7").ok, attainment_grain(9870, "82.3").decided
    (True, True, False)
    """
    done, allowed = value_of(result), [given(stated, rule) for rule in rules(rounding)]
    if done <= 0 or done.denominator > 1 or allowed[0].low <= 0:
        return Result(True, allowed[0], decided=False)
    hundredfold = Interval.of(100 * done)
    targets = [hundredfold.over(one) for one in allowed]
    below = max(floor(targets[0].low), 1)
    found = Interval(100 * done / (below + 1), 100 * done / below)
    decided = 100 * done / targets[0].high ** 2 > step(stated)
    whole, places = next(filter(None, map(_whole, targets)), None), decimals(step(stated)) + 1
    if whole or not decided:
        text = f"{say(result)} is {per_cent(stated)} of a whole target: {say(result)}/{whole} is " if whole else ""
        text += f"{fixed(100 * done / whole, places)}%" if whole else ""
        return Result(True, found, text, decided=decided)
    near = " and ".join(f"{say(result)}/{n:,} is {fixed(100 * done / n, places)}%" for n in (below, below + 1))
    cut = _whole(hundredfold.over(given(stated, "truncate")))
    why = f"{per_cent(stated)} is {say(result)}/{cut:,} with {CUT}" if cut else ""
    return Result(False, found, f"{say(result)} is {per_cent(stated)} of no whole target: {near}", why)


def share_grain(share: Stated, whole: Amount, rounding: Rounding = "half_up") -> Result:
    """Whether some whole part of ``whole`` things is ``share`` per cent of them: the GRIM test for per cents.

    Decides only where one thing more or less changes the per cent by more than its last written digit.

    >>> share_grain("32.1", 28).ok, share_grain("33.3", 2847).decided
    (True, False)
    >>> print(share_grain("66.6", 15))
    66.6% is no whole number out of 15: 9 would be 60.00% and 10 would be 66.67%; 66.6% is 10/15 with further digits \
cut off rather than rounded
    """
    return _grain(share, value_of(whole), rounding, 100, "%")


def mean_grain(mean: str, n: int | str, items: int = 1, rounding: Rounding = "half_up") -> Result:
    """Whether some whole sum of ``n`` answers gives the mean: the GRIM test for means of integer data.

    Args:
        mean: the mean as it is written; its digits count, ``5.10`` is not ``5.1``.
        n: how many were asked.
        items: how many whole numbers are averaged for each of them.
        rounding: a rule of ``ROUNDINGS``, or several of which one has to fit.

    >>> mean_grain("5.23", 40).ok, mean_grain("5.23", 40, rounding="half_down").ok
    (True, False)
    >>> print(mean_grain("3.45", 21))
    3.45 is no whole number out of 21: 72 would be 3.429 and 73 would be 3.476
    """
    return _grain(mean, exact(n) * items, rounding, 1, "")


def _grain(stated: Stated, whole: Fraction, rounding: Rounding, scale: int, unit: str) -> Result:
    """Whether some whole number, times the scale and divided by the whole, is written so."""
    allowed = [given(stated, rule) for rule in rules(rounding)]
    if whole <= 0 or whole.denominator > 1 or scale / whole <= step(stated):
        return Result(True, allowed[0], decided=False)
    counts = [one * (whole / scale) for one in allowed]
    below, places = floor(counts[0].high), decimals(step(stated)) + 1
    found = Interval(scale * below / whole, scale * (below + 1) / whole)
    part = next((n for one in counts for n in one.whole_numbers()), None)
    if part is not None:
        return Result(
            True, found, f"{part:,} of {number(whole)} is {fixed(scale * part / whole, places)}{unit}, as stated"
        )
    near = " and ".join(f"{n:,} would be {fixed(scale * n / whole, places)}{unit}" for n in (below, below + 1))
    cut = next((given(stated, "truncate") * (whole / scale)).whole_numbers(), None)
    told = per_cent(stated) if unit else say(stated)
    why = "" if cut is None else f"{told} is {cut:,}/{number(whole)} with {CUT}"
    return Result(False, found, f"{told} is no whole number out of {number(whole)}: {near}", why)


def _whole(values: Interval) -> int | None:
    """The smallest whole number above zero in the interval."""
    return next((n for n in values.whole_numbers() if n > 0), None)
