"""Closed intervals of exact fractions: what a written number can mean, and arithmetic on it.

Floats never enter the arithmetic: numbers come in as they were written, because ``34.60`` says more than ``34.6``.

>>> written("34.6")
Interval(34.55, 34.65)
>>> Interval.of(4600, 4700) / (written("117.4") / 100)
Interval(3916.56, 4005.11)
>>> qualified("4700", "almost")
Interval(4600, 4700)
>>> qualified("53", "over", role="target")
Interval(53, inf)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf, isinf

from analysis.lexicon import rows

__all__ = ["WIDTHS", "Interval", "Widths", "exact", "qualified", "step_of", "written"]

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


# How far a rounding word reaches below and above its number, in units of the last significant digit.
WIDTHS: Mapping[str, tuple[Fraction, Fraction]] = {
    row["qualifier"]: (exact(row["below"]), exact(row["above"])) for row in rows("numbers/widths")
}


@dataclass(frozen=True)
class Interval:
    """All true values that some words allow, both ends included; an open end is infinite."""

    low: Number
    high: Number

    @classmethod
    def of(cls, low: str | int | float | Fraction, high: str | int | float | Fraction | None = None) -> Interval:
        """The interval between two written numbers; one number makes a point."""
        ends = [
            end if isinstance(end, float) and isinf(end) else exact(end) for end in (low, low if high is None else high)
        ]
        return cls(min(ends), max(ends))

    def __add__(self, other: Interval | int | Fraction) -> Interval:
        other = _interval(other)
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval | int | Fraction) -> Interval:
        return self + (-_interval(other))

    def __mul__(self, other: Interval | int | Fraction) -> Interval:
        other = _interval(other)
        ends = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval | int | Fraction) -> Interval:
        other = _interval(other)
        if other.low <= 0 <= other.high:
            return Interval(-inf, inf) if self.low < 0 or other.low < 0 else self._over_positive_with_zero(other)
        return self * Interval(_inverse(other.high), _inverse(other.low))

    def _over_positive_with_zero(self, other: Interval) -> Interval:
        low = 0 if isinf(other.high) or not other.high else self.low / other.high
        return Interval(exact(low) if not isinstance(low, float) else low, inf)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def contains(self, number: str | int | float | Fraction) -> bool:
        """Whether the number lies inside, ends included."""
        return self.low <= exact(number) <= self.high

    def widened(self, by: Fraction) -> Interval:
        """The interval with both ends moved outward."""
        return Interval(self.low - by, self.high + by)

    @property
    def is_point(self) -> bool:
        """Whether it holds one value only."""
        return self.low == self.high

    def floats(self) -> tuple[float, float]:
        """Both ends as floats, for a table."""
        return float(self.low), float(self.high)

    def __repr__(self) -> str:
        return f"Interval({float(self.low):.6g}, {float(self.high):.6g})"


def step_of(digits: str) -> Fraction:
    """The unit of the last written digit.

    >>> step_of("58.70"), step_of("4,700")
    (Fraction(1, 100), Fraction(1, 1))
    """
    places = len(digits.partition(".")[2])
    return Fraction(1, 10**places)


def written(digits: str, step: Fraction | None = None) -> Interval:
    """The values that round to a written number: half a unit of its last digit either way."""
    half = (step_of(digits) if step is None else step) / 2
    return Interval.of(digits).widened(half)


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


def qualified(
    digits: str,
    qualifier: str,
    *,
    role: str = "achieved",
    rounded: bool = False,
    floor: Number = 0,
    widths: Widths | None = None,
) -> Interval:
    """The values that a number with its qualifier allows.

    Args:
        digits: the number as written, ``34.6`` or ``4,700``.
        qualifier: a word of the data contract: ``exact``, ``about``, ``almost``, ``over``, ``at_least``, ``under`` or
            ``at_most``.
        role: on a target ``over``, ``at_least``, ``under`` and ``at_most`` are bounds, on results rounding words.
        rounded: whether an exact number is known to half a unit only, as decimals, per cents and scaled numbers are.
        floor: the least possible value, the low end of a ceiling.
        widths: how far each rounding word reaches below and above, in units of the last significant digit; as in
            ``data/numbers/widths.csv`` where it is not given.
    """
    value, width = exact(digits), significant_step(digits)
    above, below = Interval(value, inf), Interval(floor, value)
    bounds = {"over": above, "at_least": above, "under": below, "at_most": below}
    if qualifier in bounds and (role == "target" or qualifier in ("at_least", "at_most")):
        return bounds[qualifier]
    if qualifier in WIDTHS:
        below_it, above_it = (exact(end) * width for end in {**WIDTHS, **(widths or {})}[qualifier])
        return Interval(value - below_it, value + above_it)
    return written(digits) if rounded else Interval(value, value)


def _interval(other: Interval | int | Fraction) -> Interval:
    return other if isinstance(other, Interval) else Interval.of(other)


def _times(a: Number, b: Number) -> Number:
    return Fraction(0) if a == 0 or b == 0 else a * b


def _inverse(number: Number) -> Number:
    return Fraction(0) if isinstance(number, float) and isinf(number) else 1 / number
