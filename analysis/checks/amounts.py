"""Exact numbers as a reader writes them.

>>> percents(Interval(Fraction(18405, 1000), Fraction(18406, 1000)), Fraction(1, 10))
'18.41%'
"""

from __future__ import annotations

from fractions import Fraction

from analysis.intervals import Interval

__all__ = ["decimals", "measured", "numeral", "percents"]

LARGE = ((10**13, 10**12, "trillion"), (10**9, 10**9, "billion"), (10**6, 10**6, "million"))  # from, unit, name


def numeral(number: Fraction, places: int | None = None) -> str:
    """The number as a reader writes it; without ``places`` to as many digits as it needs, four at most.

    >>> numeral(Fraction(52400, 2847), 2), numeral(Fraction(3492)), numeral(Fraction(963, 10))
    ('18.41', '3,492', '96.3')
    """
    scaled = 10 ** (4 if places is None else places)
    cents = (abs(number) * scaled * 2 + 1) // 2
    digits = f"{cents // scaled:,}" + (f".{cents % scaled:0{len(str(scaled)) - 1}}" if scaled > 1 else "")
    digits = digits.rstrip("0").rstrip(".") if places is None and "." in digits else digits
    return ("-" if number < 0 and cents else "") + digits


def decimals(step: Fraction) -> int:
    """How many decimals a number has whose last digit has this unit."""
    return max(len(str(step.denominator)) - 1, 0)


def measured(value: Fraction, unit: str, places: int = 1) -> str:
    """An amount with its unit, large ones with a scale word.

    >>> measured(Fraction(303_120_000_000), "VND"), measured(Fraction(3), "%"), measured(Fraction(350_123), "count")
    ('303.1 billion VND', '3%', '350,123')
    """
    for least, size, name in LARGE:
        if abs(value) >= least and unit != "count":
            return f"{numeral(value / size, places).removesuffix('.0')} {name} {unit}"
    return numeral(value) + {"%": "%", "pp": " percentage points", "count": "", "rank": "", "": ""}.get(
        unit, f" {unit}"
    )


def percents(found: Interval, step: Fraction, unit: str = "%") -> str:
    """A computed per cent to one digit more than the stated one, or its two ends where they differ."""
    places = decimals(step) + 1
    low, high = numeral(found.low, places), numeral(found.high, places)
    first = "" if unit.startswith(" ") else unit
    return f"{low}{unit}" if low == high else f"{low}{first} to {high}{unit}"
