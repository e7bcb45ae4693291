"""Grain: is there any whole number that gives this rounded number? The GRIM test, by result, share and mean.

Things that are counted come in whole numbers, so a per cent or a mean of few of them can take few values only; a value
between them belongs to something else (Brown and Heathers 2017, doi 10.1177/1948550616673876).

>>> attainment_grain(171, "58.7").explanation
'171/291 with further digits cut off rather than rounded'
>>> share_grain("33.3", 28).ok, mean_grain("5.19", 28).ok
(False, False)
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from analysis.checks.amounts import decimals, numeral
from analysis.checks.results import CUT, Result
from analysis.intervals import Interval, as_stated, exact, step_of

__all__ = ["attainment_grain", "mean_grain", "share_grain"]


def attainment_grain(result: int | str, stated: str, rounding: str = "half_up") -> Result:
    """Whether some whole target makes ``result`` things done ``stated`` per cent of it.

    People and enterprises are planned in whole numbers, so most per cents are impossible for a small count. The check
    decides only where neighbouring targets lie further apart than the last written digit. ``low`` and ``high`` are the
    nearest per cents that a whole target can give.

    >>> found = attainment_grain(171, "58.7")
    >>> found.ok, round(float(found.low), 2), round(float(found.high), 2)
    (False, 58.56, 58.76)
    >>> print(found)
    171/291 = 58.76% and 171/292 = 58.56%, not 58.7%; 171/291 with further digits cut off rather than rounded
    >>> attainment_grain(123, "100").ok, attainment_grain(1043, "49.7").ok
    (True, True)
    >>> attainment_grain(9870, "82.3").decided
    False
    """
    done, allowed = exact(result), as_stated(stated, rounding)
    if done <= 0 or done.denominator > 1 or allowed.low <= 0:
        return Result(True, allowed.low, allowed.high, decided=False)
    hundredfold = Interval.of(100 * done)
    targets = hundredfold.over(allowed)
    below = max(floor(targets.low), 1)
    low, high = Fraction(100 * done, below + 1), Fraction(100 * done, below)
    decided = 100 * done / targets.high**2 > step_of(stated)
    whole = _whole(targets)
    places = decimals(step_of(stated)) + 1
    if whole or not decided:
        text = f"{numeral(done)}/{whole} = {numeral(100 * done / whole, places)}%, as stated" if whole else ""
        return Result(True, low, high, decided=decided, message=text)
    cut = _whole(hundredfold.over(as_stated(stated, "truncate")))
    near = ((below, high), (below + 1, low))
    text = " and ".join(f"{numeral(done)}/{target} = {numeral(value, places)}%" for target, value in near)
    text += f", not {stated}%"
    return Result(False, low, high, explanation=f"{numeral(done)}/{cut} with {CUT}" if cut else "", message=text)


def share_grain(share: str, whole: int | str, rounding: str = "half_up") -> Result:
    """Whether some whole part of ``whole`` things is ``share`` per cent of them: the GRIM test for per cents.

    Decides only where one thing more or less changes the per cent by more than its last written digit.

    >>> share_grain("33.3", 28).ok, share_grain("32.1", 28).ok, share_grain("33.3", 2847).decided
    (False, True, False)
    >>> print(share_grain("66.6", 15))
    9/15 = 60.00% and 10/15 = 66.67%, not 66.6%; 10/15 with further digits cut off rather than rounded
    """
    return _grain(share, exact(whole), rounding, Fraction(100), "%")


def mean_grain(mean: str, n: int | str, items: int = 1, rounding: str = "half_up") -> Result:
    """Whether some whole sum of ``n`` answers gives the mean: the GRIM test for means of integer data.

    Args:
        mean: the mean as it is written; its digits count, ``5.10`` is not ``5.1``.
        n: how many were asked.
        items: how many whole numbers are averaged for each of them.
        rounding: a rule of ``ROUNDINGS``.

    >>> mean_grain("5.19", 28).ok, mean_grain("5.18", 28).ok
    (False, True)
    >>> mean_grain("5.23", 40).ok, mean_grain("5.23", 40, rounding="half_down").ok
    (True, False)
    >>> print(mean_grain("3.45", 21))
    72/21 = 3.429 and 73/21 = 3.476, not 3.45
    """
    return _grain(mean, exact(n) * items, rounding, Fraction(1), "")


def _grain(stated: str, whole: Fraction, rounding: str, scale: Fraction, unit: str) -> Result:
    """Whether some whole number, times the scale and divided by the whole, is written so."""
    allowed = as_stated(stated, rounding)
    if whole <= 0 or whole.denominator > 1 or scale / whole <= step_of(stated):
        return Result(True, allowed.low, allowed.high, decided=False)
    counts = allowed * (whole / scale)
    below = floor(counts.high)
    low, high = scale * below / whole, scale * (below + 1) / whole
    places = decimals(step_of(stated)) + 1
    part = next(counts.whole_numbers(), None)
    if part is not None:
        text = f"{numeral(Fraction(part))}/{numeral(whole)} = {numeral(scale * part / whole, places)}{unit}, as stated"
        return Result(True, low, high, message=text)
    cut = next((as_stated(stated, "truncate") * (whole / scale)).whole_numbers(), None)
    text = " and ".join(
        f"{numeral(Fraction(count))}/{numeral(whole)} = {numeral(scale * count / whole, places)}{unit}"
        for count in (below, below + 1)
    )
    why = "" if cut is None else f"{numeral(Fraction(cut))}/{numeral(whole)} with {CUT}"
    return Result(False, low, high, explanation=why, message=f"{text}, not {stated}{unit}")


def _whole(values: Interval) -> int | None:
    """The smallest whole number above zero in the range."""
    return next((number for number in values.whole_numbers() if number > 0), None)
