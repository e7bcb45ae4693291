"""Amounts, per cents, periods and lists as people write them.

A table keeps ``387500000000`` and ``VND``; a reader wants ``387.5 billion VND``. Numbers that are short as they stand
are kept to the last digit; long ones, which only ever come from a computation, are rounded to four significant digits.

>>> amount(53_400_000, "VND"), amount(4_700, "count", qualifier="almost"), percent(1.174)
('53.4 million VND', 'nearly 4,700', '117.4%')
>>> fixed(Fraction(52400, 2847), 2)
'18.41'
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor, inf, isinf, isnan, log10, nan
from typing import Any

import pandas as pd

from analysis.currencies import is_money
from analysis.lexicon import month_name

__all__ = [
    "amount",
    "between",
    "count",
    "decimals",
    "every",
    "fixed",
    "join",
    "known_date",
    "number",
    "of_what",
    "ordinal",
    "percent",
    "period",
    "ratio",
    "reading",
    "stated",
    "subject",
    "worked_out",
]

SIGNIFICANT = 4
TELLING = 0.02  # from two percentage points on, the interval of a ratio is told rather than its middle
SCALES = ((10**13, 12, " trillion"), (10**9, 9, " billion"), (10**6, 6, " million"))
PLACES = 12  # decimals to which a number is rounded at most
HUGE = 18  # digits from which a number is told as a power of ten
QUALIFIERS = {
    "about": "about",
    "almost": "nearly",
    "over": "over",
    "at_least": "at least",
    "under": "under",
    "at_most": "at most",
}
_ENDS = re.compile(r"\d%?(?:\s[a-z]+)?\s?(?:[-–—~]|\b(?:to|or)\b)\s?[^\d\s]{0,4}\s?\d")
_TURNED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
SYMBOLS = {"m2": "m²", "km2": "km²", "m3": "m³", "km3": "km³"}


def number(value: float | Fraction, digits: int = SIGNIFICANT) -> str:
    """The number with thousands commas; at most two decimals as it stands, else rounded to the significant digits.

    >>> number(4318.65), number(3.007518797), number(49723.75691), number(-0.5)
    ('4,318.65', '3.008', '49,724', '-0.5')
    """
    exact = Decimal(repr(float(value)))
    if exact.adjusted() >= HUGE:
        return f"{value:.{digits - 1}e}"
    if not _is_short(exact):
        places = max(0, digits - (exact.adjusted() + 1))
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(
    value: float | Fraction, unit: str, per: str = "", qualifier: str = "exact", digits: int = SIGNIFICANT
) -> str:
    """The amount with its scale word and unit.

    Args:
        value: in the base unit, as in the tables.
        unit: a unit of the tables: ``VND``, ``%``, ``pp``, ``count``, ``point``, ``rank``, ``times``, ``ha``, ….
        per: what a rate is per, in the tables' words: ``person year``.
        qualifier: a qualifier of the tables; it is put in front.
        digits: significant digits for a number that is too long to be kept as it stands.

    >>> amount(1_950_000_000_000, "VND"), amount(1, "pp"), amount(38.4, "km2"), amount(3, "rank")
    ('1,950 billion VND', '1 percentage point', '38.4 km²', '3rd')
    >>> amount(53_400_000, "VND", per="person year"), amount(70, "count", qualifier="at_least")
    ('53.4 million VND/person/year', 'at least 70')
    """
    if isnan(value):
        return "not stated"
    front = f"{QUALIFIERS[qualifier]} " if qualifier in QUALIFIERS else ""
    back = "".join(f"/{word}" for word in per.split())
    if isinf(value):
        return f"{front}{'no upper limit' if value > 0 else 'no lower limit'}"
    if unit == "rank":
        return f"{front}{ordinal(value)}{back}"
    scaled, word = _scale(value, unit)
    return f"{front}{number(scaled, digits)}{word}{_unit(number(scaled, digits), unit)}{back}"


def stated(row: Mapping[str, Any]) -> str:
    """The value of a row of figures as an amount: a fall "by over 4" lies below -4, and a change of rank is in places.

    >>> row = {"value": -4.0, "unit": "pp", "per": "", "qualifier": "over", "measure": "change"}
    >>> stated(row), stated(row | {"value": 31.0, "unit": "rank", "qualifier": "exact"})
    ('under -4 percentage points', '31 places')
    >>> stated({"value": 76.0, "low": 75.0, "high": 77.0, "unit": "%", "quote": "75-77%"})
    '75 to 77%'
    """
    unit, per, qualifier = (_words(row.get(name)) for name in ("unit", "per", "qualifier"))
    if is_range(_words(row.get("quote"))):
        return between(row["low"], row["high"], unit, per)
    if unit == "rank" and row.get("measure") == "change":
        return f"{number(row['value'])} place{'' if abs(row['value']) == 1 else 's'}"
    return amount(row["value"], unit, per, _TURNED.get(qualifier, qualifier) if row["value"] < 0 else qualifier)


def is_range(quote: str) -> bool:
    """Whether a report's words give two ends rather than one number.

    >>> is_range("12.5%-13%"), is_range("7,000 or 8,000"), is_range("22 out of 25"), is_range("-4%")
    (True, True, False, False)
    """
    return _ENDS.search(quote) is not None


def worked_out(value: float | Fraction, unit: str, low: float | Fraction = nan, high: float | Fraction = nan) -> str:
    """An amount that follows from rounded numbers: people and things are whole, and no digit is more than is known.

    Args:
        value: in the base unit, as in the tables.
        unit: a unit of the tables.
        low: the least that it can be, where that is known.
        high: the most.

    >>> worked_out(291.3, "count"), worked_out(0.4, "count"), worked_out(291.3, "ha")
    ('291', '0.4', '291.3 ha')
    >>> worked_out(8_147, "count", 8_091, 8_203), worked_out(71_600_000, "VND", 71_400_000, 99_000_000)
    ('8,150', '72 million VND')
    """
    number_ = _known(float(value), float(low), float(high))
    whole = unit == "count" and abs(number_) >= 1 and not (isnan(number_) or isinf(number_))
    return amount(round(number_) if whole else number_, unit)


def _known(value: float, low: float, high: float) -> float:
    """The value to the last digit that its interval leaves standing; the roundest number that lies inside."""
    if not 0 < high - low < inf or not low <= value <= high:
        return value
    for power in range(floor(log10((high - low) / 2)), -PLACES, -1):
        step = Decimal(1).scaleb(power)
        rounded = float((Decimal(repr(value)) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step)
        if low <= rounded <= high:
            return rounded
    return value


def fixed(value: float | Fraction, places: int) -> str:
    """The number to so many decimals, halves away from zero, computed exactly.

    >>> fixed(Fraction(3492), 0), fixed(Fraction(-5, 2), 1), fixed(Fraction(1, 3), 2)
    ('3,492', '-2.5', '0.33')
    """
    cents = (2 * abs(Fraction(value)) * 10**places + 1) // 2
    digits = f"{cents // 10**places:,}" + (f".{cents % 10**places:0{places}}" if places else "")
    return f"-{digits}" if value < 0 and cents else digits


def decimals(step: Fraction) -> int:
    """How many decimals a number has whose last digit has this unit.

    >>> decimals(Fraction(1, 100)), decimals(Fraction(1000))
    (2, 0)
    """
    return len(str(step.denominator)) - 1


def between(low: float | Fraction, high: float | Fraction, unit: str, per: str = "", *, word: str = "to") -> str:
    """The interval in words, with as many digits as it takes to tell its ends apart; ``word`` stands between them.

    >>> between(387_450_000_000, 387_550_000_000, "VND"), between(48.65, 49.04, "%")
    ('387.45 to 387.55 billion VND', '48.65 to 49.04%')
    >>> between(70, float("inf"), "count"), between(0, 185, "count"), between(15, 15, "count")
    ('at least 70', 'at most 185', '15')
    """
    if isnan(low) or isnan(high):
        return amount(high if isnan(low) else low, unit, per)
    if low == high:
        return amount(low, unit, per)
    if isinf(high):
        return "any amount" if isinf(low) else amount(low, unit, per, "at_least")
    if isinf(low) or low == 0:
        return amount(high, unit, per, "at_most")
    first, second = next(
        (pair for digits in range(SIGNIFICANT, 16) if (pair := _pair(low, high, unit, per, digits))[0] != pair[1]),
        (amount(low, unit, per), amount(high, unit, per)),
    )
    return first if first == second else f"{_without_common_end(first, second)} {word} {second}"


def percent(ratio: float) -> str:
    """The ratio as a per cent with one decimal; more only where it would else pass for exactly 100%.

    >>> percent(1.174), percent(1), percent(0.58), percent(6), percent(0.99987), percent(1e30)
    ('117.4%', '100%', '58%', '600%', '99.99%', '1.000e+32%')
    """
    if isnan(ratio) or isinf(ratio):
        return "not stated" if isnan(ratio) else "no limit"
    exact = Decimal(repr(float(ratio))) * 100
    if exact.adjusted() >= HUGE:
        return f"{exact:.{SIGNIFICANT - 1}e}%"
    for places in range(1, 12):
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if rounded != 100 or exact == 100:
            break
    return f"{rounded:,f}".rstrip("0").rstrip(".") + "%"


def ratio(low: float, high: float, value: float) -> str:
    """The ratio as a per cent; its interval where that is wide enough to matter, or all that is known.

    >>> ratio(1.1735, 1.1745, 1.174), ratio(1.1, 1.2, 1.15)
    ('117.4%', '110 to 120%')
    """
    is_wide = isnan(value) or high - low > TELLING
    return between(round(100 * low, 1), round(100 * high, 1), "%") if is_wide else percent(value)


def count(n: int, noun: str, plural: str = "") -> str:
    """The number with its noun, singular or plural.

    >>> count(1, "target"), count(2, "target"), count(0, "target"), count(3, "commune party", "commune parties")
    ('1 target', '2 targets', 'no targets', '3 commune parties')
    """
    return f"{n:,} {noun}" if n == 1 else f"{f'{n:,}' if n else 'no'} {plural or f'{noun}s'}"


def every(n: int, noun: str) -> str:
    """All of so many things, as the subject of a sentence.

    >>> every(1, "miss"), every(2, "target"), every(3, "target")
    ('The one miss', 'Both targets', 'All 3 targets')
    """
    return f"The one {noun}" if n == 1 else f"{'Both' if n == 2 else f'All {n:,}'} {noun}s"


def join(parts: Sequence[str], last: str = "and") -> str:
    """The parts as a list in prose.

    >>> join(["a", "b", "c"]), join(["a", "b"]), join(["a"]), join([])
    ('a, b and c', 'a and b', 'a', '')
    """
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def ordinal(value: float | Fraction) -> str:
    """The ordinal in digits.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 22, 2.5)]
    ['1st', '2nd', '3rd', '11th', '22nd', '2.5']
    """
    if value != int(value):
        return number(value)
    n = int(value)
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def period(start: Any, end: Any) -> str:
    """The period in the fewest words that name it; empty where neither end is known.

    >>> period("2024-01-01", "2024-12-31"), period("2020-01-01", "2025-12-31"), period("2024-01-01", "2024-06-30")
    ('2024', '2020 to 2025', 'January to June 2024')
    >>> period("2023-12-31", "2023-12-31"), period("2021-01-01", None), period("2024-05-01", "2024-05-31")
    ('31 December 2023', 'since 2021', 'May 2024')
    """
    first, last = (pd.Timestamp(day) for day in (start, end))  # of one day, ``to_datetime`` takes 20 times as long
    if pd.isna(first) and pd.isna(last):
        return ""
    if pd.isna(last):
        return f"since {_date(first, first.day == 1, first.day == first.month == 1)}"
    ends_month = last.day == monthrange(last.year, last.month)[1]
    ends_year = ends_month and last.month == 12
    if pd.isna(first):
        return f"until {_date(last, ends_month, ends_year)}"
    if first.day != 1 or not ends_month:
        return _date(first) if first == last else f"{_date(first)} to {_date(last)}"
    if first.month == 1 and ends_year:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if first.year != last.year:
        return f"{_date(first, True)} to {_date(last, True)}"
    names = [month_name(day.month) for day in (first, last)]
    months = names[0] if first.month == last.month else " to ".join(names)
    return f"{months} {last.year}"


def known_date(dated: str) -> str:
    """A date as narrowly as it is known, in words.

    >>> known_date("2023-12-28"), known_date("2024-07"), known_date("2023"), known_date("")
    ('28 December 2023', 'July 2024', '2023', '')
    """
    parts = dated.split("-")
    if len(parts) == 1:
        return dated
    first = pd.Timestamp(dated)
    return _date(first, whole_month=len(parts) == 2)


def reading(explanation: str) -> str:
    """The reading under which the figures of a finding agree, as a sentence of its own; empty where there is none.

    >>> reading("19.1% is 524 of 2,744"), reading("")
    ('A reading that fits: 19.1% is 524 of 2,744.', '')
    """
    return f"A reading that fits: {explanation.removesuffix('.')}." if explanation else ""


def subject(row: Mapping[str, object], other: str = "", unknown: str = "subject not stated") -> str:
    """What a row is about: its subject, else other words for it, else the report's words around the figure, quoted.

    A subject that does not stand alone, such as a clause, has these words too, and they stand for it.

    >>> subject({"subject": "rice output"}), subject({"subject": "", "wording": "the farm supplied 41 tons"})
    ('rice output', '“the farm supplied 41 tons”')
    """
    named, wording = (cell if isinstance(cell := row.get(name), str) else "" for name in ("subject", "wording"))
    return (named if not wording else "") or other or (f"“{wording}”" if wording else unknown)


def of_what(row: Mapping[str, object], *, dated: bool = True) -> str:
    """What a row is about, with its place and period: what a number has to be told with.

    >>> of_what({"subject": "rice output", "place": "Xa An", "period_start": "2024-01-01", "period_end": "2024-12-31"})
    'rice output (Xa An, 2024)'
    >>> of_what({"subject": "", "wording": "", "place": "Xa An", "period_start": None, "period_end": None})
    'Xa An'
    """
    when = period(row.get("period_start"), row.get("period_end")) if dated else ""
    where = ", ".join(filter(None, [_words(row.get("place")), when]))
    named = subject(row, unknown="")
    return f"{named} ({where})" if named and where else named or where


def _words(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _date(day: pd.Timestamp, whole_month: bool = False, whole_year: bool = False) -> str:
    if whole_year:
        return f"{day.year}"
    return f"{month_name(day.month)} {day.year}" if whole_month else f"{day.day} {month_name(day.month)} {day.year}"


def _is_short(exact: Decimal) -> bool:
    return exact.adjusted() < HUGE and exact == exact.quantize(Decimal("0.01"))


def _scale(value: float | Fraction, unit: str) -> tuple[float | Fraction, str]:
    """Money is told in trillions from ten on, as the reports tell it; counts only where no digit is lost."""
    exact = Decimal(repr(float(value)))
    for least, power, word in SCALES:
        if abs(exact) >= least:
            scaled = exact.scaleb(-power)
            if is_money(unit) or _is_short(scaled) or value != int(value):
                return float(scaled), word
    return value, ""


def _unit(digits: str, unit: str) -> str:
    many = "" if digits == "1" else "s"
    words = {"count": "", "": "", "%": "%", "pp": f" percentage point{many}", "point": f" point{many}"}
    return words.get(unit, f" {SYMBOLS.get(unit, unit)}")


def _pair(low: float | Fraction, high: float | Fraction, unit: str, per: str, digits: int) -> tuple[str, str]:
    return amount(low, unit, per, digits=digits), amount(high, unit, per, digits=digits)


def _without_common_end(first: str, second: str) -> str:
    """The first amount without the unit that the second repeats: ``387.45`` of ``387.45 billion VND``."""
    tail = first.lstrip("-0123456789.,")
    return first.removesuffix(tail) if second.lstrip("-0123456789.,") == tail else first
