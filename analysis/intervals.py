"""Intervals of exact fractions: what a written number can mean, and arithmetic on it.

Floats never enter the arithmetic: numbers come in as they were written, because ``34.60`` says more than ``34.6``. An
end belongs to an interval unless it is left open. To draw a figure closed ends are enough; to accuse a report they are
not: 87% cannot be 87.5% and also exceed 86% by what rounds to 2 points, whichever way halves are rounded, and only
ends that are kept open show it.

>>> written("34.6"), Interval.of(4600, 4700) / (written("117.4") / 100)
(Interval[34.55, 34.65], Interval[3916.56, 4005.11])
>>> qualified("4700", "almost"), qualified("53", "over", role="target")
(Interval[4600, 4700], Interval[53, inf])
>>> as_stated("58.7", "half_up"), as_operand("2,744", "half_up")
(Interval[58.65, 58.75), Interval[2744, 2744])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, inf, isinf

from analysis.lexicon import rows

__all__ = [
    "AS_WRITTEN",
    "HALVES",
    "ROUNDINGS",
    "WIDTHS",
    "Interval",
    "Number",
    "Rounding",
    "Widths",
    "as_operand",
    "as_stated",
    "exact",
    "qualified",
    "step_of",
    "unround",
    "written",
]

Widths = Mapping[str, tuple[int | float | str | Fraction, int | float | str | Fraction]]
Number = Fraction | float  # a float only ever stands for plus or minus infinity


def exact(number: str | int | float | Decimal | Fraction) -> Fraction:
    """The number as a fraction, read from its decimal digits (a float by its shortest repr).

    >>> exact(0.1)
    Fraction(1, 10)
    """
    if isinstance(number, Fraction):
        return number
    return Fraction(Decimal(repr(float(number)) if isinstance(number, float) else str(number).replace(",", "")))


@dataclass(frozen=True)
class Rounding:
    """How far the true value may lie from the written one, in units of the last digit, and which ends belong to it."""

    below: Fraction
    above: Fraction
    keeps_below: bool | None
    keeps_above: bool | None
    why: str


_KEEPS = {"yes": True, "no": False, "if even": None}

# The rules that a number can be read by. None: the end belongs to the number if its last digit is even.
ROUNDINGS: Mapping[str, Rounding] = {
    row["rule"]: Rounding(
        exact(row["below"]), exact(row["above"]), _KEEPS[row["keeps_below"]], _KEEPS[row["keeps_above"]], row["why"]
    )
    for row in rows("numbers/roundings")
}
HALVES = ("half_up", "half_down", "half_even")
AS_WRITTEN = "as written"  # in place of a rounding rule: the written number itself

# How far a rounding word reaches below and above its number, in units of the last significant digit.
WIDTHS: Mapping[str, tuple[Fraction, Fraction]] = {
    row["qualifier"]: (exact(row["below"]), exact(row["above"])) for row in rows("numbers/widths")
}


@dataclass(frozen=True)
class Interval:
    """All true values that some words allow; an end is part of it unless it is open, and can be infinite."""

    low: Number
    high: Number
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def of(cls, low: str | int | float | Fraction, high: str | int | float | Fraction | None = None) -> Interval:
        """The closed interval between two written numbers; one number makes a point."""
        ends = [
            end if isinstance(end, float) and isinf(end) else exact(end) for end in (low, low if high is None else high)
        ]
        return cls(min(ends), max(ends))

    def __add__(self, other: Interval | int | Fraction) -> Interval:
        other = _interval(other)
        opens = self.open_low or other.open_low, self.open_high or other.open_high
        return Interval(self.low + other.low, self.high + other.high, *opens)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.open_high, self.open_low)

    def __sub__(self, other: Interval | int | Fraction) -> Interval:
        return self + (-_interval(other))

    def __abs__(self) -> Interval:
        if self.low >= 0 or self.high <= 0:
            return self if self.low >= 0 else -self
        ends = ((-self.low, self.open_low), (self.high, self.open_high))
        high, is_open = max(ends, key=lambda end: (end[0], not end[1]))
        return Interval(Fraction(0), high, open_high=is_open)

    def __mul__(self, other: Interval | int | Fraction) -> Interval:
        if isinstance(other, int | Fraction) and other > 0:  # what most products are, and quicker
            return Interval(self.low * other, self.high * other, self.open_low, self.open_high)
        factor = _interval(other)
        endless = isinstance(self.high, float) or isinstance(factor.high, float)
        if not endless and self.low > 0 and factor.low > 0:  # as nearly all others are
            opens = self.open_low or factor.open_low, self.open_high or factor.open_high
            return Interval(self.low * factor.low, self.high * factor.high, *opens)
        corners = [_product(a, b) for a in self._ends() for b in factor._ends()]
        low, high = min(corners), max(corners, key=lambda end: (end[0], not end[1]))
        return Interval(low[0], high[0], low[1], high[1])

    def __truediv__(self, other: Interval | int | Fraction) -> Interval:
        other = _interval(other)
        if other.low <= 0 <= other.high:
            return Interval(-inf, inf) if self.low < 0 or other.low < 0 else self._over_positive_with_zero(other)
        return self * Interval(_inverse(other.high), _inverse(other.low), other.open_high, other.open_low)

    def over(self, other: Interval) -> Interval:
        """The quotient of two amounts, of which neither may be negative nor the second zero.

        Raises:
            ValueError: the numerator is negative, beyond what rounding leaves open of zero, or the denominator may be
                zero or negative.
        """
        if self.high < 0 or other.low <= 0:
            raise ValueError(f"A ratio needs positive numbers, not {self} over {other}; give both as amounts.")
        return self / other

    def _ends(self) -> tuple[tuple[Number, bool], tuple[Number, bool]]:
        return (self.low, self.open_low), (self.high, self.open_high)

    def _over_positive_with_zero(self, other: Interval) -> Interval:
        low = Fraction(0) if isinf(other.high) or not other.high else self.low / other.high
        return Interval(low, inf, self.open_low or other.open_high)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common.

        >>> (as_stated("87", "half_up") - 86).meets(as_stated("2", "half_up"))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and self._holds(low) and other._holds(low))

    def contains(self, number: str | int | float | Fraction) -> bool:
        """Whether the number lies inside."""
        return self._holds(exact(number))

    def _holds(self, number: Number) -> bool:
        above = self.low < number or (self.low == number and not self.open_low)
        return above and (number < self.high or (number == self.high and not self.open_high))

    def whole_numbers(self) -> Iterator[int]:
        """The whole numbers inside, in ascending order."""
        return (n for n in range(ceil(self.low), floor(self.high) + 1) if self._holds(Fraction(n)))

    @property
    def is_point(self) -> bool:
        """Whether it holds one value only."""
        return self.low == self.high

    def floats(self) -> tuple[float, float]:
        """Both ends as floats, for a table."""
        return float(self.low), float(self.high)

    def __repr__(self) -> str:
        left, right = "(" if self.open_low else "[", ")" if self.open_high else "]"
        return f"Interval{left}{float(self.low):.6g}, {float(self.high):.6g}{right}"


@lru_cache(maxsize=10_000)
def step_of(digits: str) -> Fraction:
    """The unit of the last written digit.

    >>> step_of("58.70"), step_of("4,700")
    (Fraction(1, 100), Fraction(1, 1))
    """
    places = len(digits.partition(".")[2])
    return Fraction(1, 10**places)


def written(digits: str) -> Interval:
    """The values that round to a written number: half a unit of its last digit either way, both ends included."""
    value, half = exact(digits), step_of(digits) / 2
    return Interval(value - half, value + half)


def unround(value: Fraction, step: Fraction, rounding: str) -> Interval:
    """The true values that a written number can stand for under a rounding rule.

    Args:
        value: the number as written.
        step: the unit of its last written digit.
        rounding: a rule of ``ROUNDINGS``, or ``AS_WRITTEN``; negative numbers are rounded as their mirror image.

    Raises:
        ValueError: the rule is not known.

    >>> unround(exact("0.7"), exact("0.1"), "truncate"), unround(exact("0.7"), exact("0.1"), "half_even")
    (Interval[0.7, 0.8), Interval(0.65, 0.75))
    """
    if rounding == AS_WRITTEN:
        return Interval(value, value)
    if rounding not in ROUNDINGS:
        raise ValueError(f"The rounding rule {rounding!r} is not known; use one of {', '.join(ROUNDINGS)}.")
    if value < 0:
        return -unround(-value, step, rounding)
    rule, even = ROUNDINGS[rounding], (value / step) % 2 == 0
    keeps_below = even if rule.keeps_below is None else rule.keeps_below
    keeps_above = even if rule.keeps_above is None else rule.keeps_above
    return Interval(value - rule.below * step, value + rule.above * step, not keeps_below, not keeps_above)


def as_stated(number: str | Interval, rounding: str) -> Interval:
    """The values of a number that is known to its written digits only; ``58.70`` says more than ``58.7``."""
    return number if isinstance(number, Interval) else unround(exact(number), step_of(number), rounding)


def as_operand(number: str | int | Interval, rounding: str) -> Interval:
    """The values of a number that others are computed from: a bare count is exact, a decimal is rounded.

    >>> as_operand("92.4", "half_up")
    Interval[92.35, 92.45)
    """
    if isinstance(number, Interval):
        return number
    return as_stated(number, rounding) if isinstance(number, str) and "." in number else Interval.of(number)


def significant_step(digits: str) -> Fraction:
    """One unit of the last significant digit, the width of a rounding word.

    >>> significant_step("641,000"), significant_step("2.9"), significant_step("53")
    (Fraction(1000, 1), Fraction(1, 10), Fraction(1, 1))
    """
    plain = digits.replace(",", "").lstrip("+-")
    if "." in plain:
        return step_of(plain)
    zeros = len(plain) - len(plain.rstrip("0"))
    return Fraction(10 ** min(zeros, max(len(plain) - 1, 0)))


@lru_cache(maxsize=10_000)  # most numbers of reports are small, and come again and again
def qualified(
    digits: str,
    qualifier: str,
    *,
    role: str = "achieved",
    rounded: bool = False,
    floor: Number = 0,
) -> Interval:
    """The values that a number with its qualifier allows.

    Args:
        digits: the number as written, ``34.6`` or ``4,700``.
        qualifier: a word of the data contract: ``exact``, ``about``, ``almost``, ``over``, ``at_least``, ``under`` or
            ``at_most``.
        role: on a target ``over``, ``at_least``, ``under`` and ``at_most`` are bounds, on results rounding words.
        rounded: whether an exact number is known to half a unit only, as decimals, per cents and scaled numbers are.
        floor: the least possible value, the low end of a ceiling.
    """
    value, width = exact(digits), significant_step(digits)
    above, below = Interval(value, inf), Interval(floor, value)
    bounds = {"over": above, "at_least": above, "under": below, "at_most": below}
    if qualifier in bounds and (role == "target" or qualifier in ("at_least", "at_most")):
        return bounds[qualifier]
    if qualifier in WIDTHS:
        below_it, above_it = (end * width for end in WIDTHS[qualifier])
        return Interval(value - below_it, value + above_it)
    return written(digits) if rounded else Interval(value, value)


def _interval(other: Interval | int | Fraction) -> Interval:
    return other if isinstance(other, Interval) else Interval.of(other)


def _product(a: tuple[Number, bool], b: tuple[Number, bool]) -> tuple[Number, bool]:
    """The product of two ends, and whether it is left out: zero is reached as soon as one factor is zero."""
    if a[0] == 0 or b[0] == 0:
        return Fraction(0), not any(end == (0, False) for end in (a, b))
    return a[0] * b[0], a[1] or b[1]


def _inverse(number: Number) -> Number:
    return Fraction(0) if isinstance(number, float) and isinf(number) else 1 / number
