"""What a written number can stand for under a rounding rule, with open and closed ends kept apart.

A closed interval is enough to draw a figure; to accuse a report it is not. 87% cannot be 87.5% and also exceed 86% by
what rounds to 2 points, whichever way halves are rounded, and only ends that are kept open show it.

>>> unround(exact("58.7"), exact("0.1"), "half_up")
Range[58.65, 58.75)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from analysis.intervals import exact, step_of
from analysis.lexicon import rows

__all__ = ["AS_WRITTEN", "HALVES", "ROUNDINGS", "Range", "Rounding", "as_operand", "as_stated", "percent", "unround"]


@dataclass(frozen=True)
class Rounding:
    """How far the true value may lie from the written one, in units of the last digit, and which ends belong to it."""

    below: Fraction
    above: Fraction
    keeps_below: bool | None
    keeps_above: bool | None
    why: str


def _roundings() -> dict[str, Rounding]:
    known = {"yes": True, "no": False, "if even": None}
    return {
        row["rule"]: Rounding(
            exact(row["below"]), exact(row["above"]), known[row["keeps_below"]], known[row["keeps_above"]], row["why"]
        )
        for row in rows("numbers/roundings")
    }


# The rules that a check can be asked for. None: the end belongs to the number if its last digit is even.
ROUNDINGS: dict[str, Rounding] = _roundings()
HALVES = ("half_up", "half_down", "half_even")
AS_WRITTEN = "as written"  # in place of a rounding rule: the written number itself


@dataclass(frozen=True)
class Range:
    """All values between two exact ends, each of which may be left out."""

    low: Fraction
    high: Fraction
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def point(cls, number: str | int | Fraction) -> Range:
        """The range that holds one number only."""
        return cls(exact(number), exact(number))

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies in the range."""
        above = self.low < number or (self.low == number and not self.open_low)
        return above and (number < self.high or (number == self.high and not self.open_high))

    def meets(self, other: Range) -> bool:
        """Whether the two have a value in common.

        >>> as_stated("87", "half_up").minus(Range.point(86)).meets(as_stated("2", "half_up"))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and self.holds(low) and other.holds(low))

    def plus(self, other: Range) -> Range:
        """The sums of a value from each."""
        return Range(
            self.low + other.low,
            self.high + other.high,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def minus(self, other: Range) -> Range:
        """The differences of a value from each."""
        return self.plus(other.mirrored())

    def times(self, factor: Fraction | int) -> Range:
        """The multiples by one positive number."""
        return Range(self.low * factor, self.high * factor, self.open_low, self.open_high)

    def over(self, other: Range) -> Range:
        """The quotients of a value from each; both ranges must be positive.

        Raises:
            ValueError: the numerator may be negative or the denominator may be zero or negative.
        """
        if self.low < 0 or other.low <= 0:
            raise ValueError(f"A ratio needs positive numbers, not {self} over {other}; give both as amounts.")
        return Range(
            self.low / other.high,
            self.high / other.low,
            self.open_low or other.open_high,
            self.open_high or other.open_low,
        )

    def mirrored(self) -> Range:
        """The same values with the sign turned."""
        return Range(-self.high, -self.low, self.open_high, self.open_low)

    def size(self) -> Range:
        """The same values without their sign; a range across zero starts at zero."""
        if self.low >= 0:
            return self
        if self.high <= 0:
            return self.mirrored()
        return Range(Fraction(0), max(-self.low, self.high))

    def whole_numbers(self) -> Iterator[int]:
        """The whole numbers inside, in ascending order."""
        return (n for n in range(ceil(self.low), floor(self.high) + 1) if self.holds(Fraction(n)))

    def __repr__(self) -> str:
        left, right = "(" if self.open_low else "[", ")" if self.open_high else "]"
        return f"Range{left}{float(self.low):.6g}, {float(self.high):.6g}{right}"


def unround(value: Fraction, step: Fraction, rounding: str) -> Range:
    """The true values that a written number can stand for.

    Args:
        value: the number as written.
        step: the unit of its last written digit.
        rounding: a rule of ``ROUNDINGS``; negative numbers are rounded as their mirror image.

    Raises:
        ValueError: the rule is not known.

    >>> unround(exact("0.7"), exact("0.1"), "truncate"), unround(exact("0.7"), exact("0.1"), "half_even")
    (Range[0.7, 0.8), Range(0.65, 0.75))
    """
    if rounding == AS_WRITTEN:
        return Range.point(value)
    if rounding not in ROUNDINGS:
        raise ValueError(f"The rounding rule {rounding!r} is not known; use one of {', '.join(ROUNDINGS)}.")
    if value < 0:
        return unround(-value, step, rounding).mirrored()
    rule, even = ROUNDINGS[rounding], (value / step) % 2 == 0
    keeps_below = even if rule.keeps_below is None else rule.keeps_below
    keeps_above = even if rule.keeps_above is None else rule.keeps_above
    return Range(value - rule.below * step, value + rule.above * step, not keeps_below, not keeps_above)


def as_stated(number: str | Range, rounding: str) -> Range:
    """The values of a number that is known to its written digits only; ``58.70`` says more than ``58.7``."""
    return number if isinstance(number, Range) else unround(exact(number), step_of(number.replace(",", "")), rounding)


def as_operand(number: str | int | Range, rounding: str) -> Range:
    """The values of a number that others are computed from: a bare count is exact, a decimal is rounded.

    >>> as_operand("2,744", "half_up"), as_operand("92.4", "half_up")
    (Range[2744, 2744], Range[92.35, 92.45))
    """
    if isinstance(number, Range):
        return number
    return as_stated(number, rounding) if isinstance(number, str) and "." in number else Range.point(number)


def percent(part: Range, whole: Range) -> Range:
    """The part in per cent of the whole."""
    return part.over(whole).times(100)
