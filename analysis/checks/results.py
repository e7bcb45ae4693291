"""What the checks compute with and what they give: amounts with their words, readings, and results.

An amount is a number that others are computed from: digits as they are written (a bare count is exact, a decimal is
known to half a unit of its last digit), an ``Interval``, or a figure of a report, which knows its own words. The
arithmetic is kept in one line, so that a reader can redo it.

>>> print(compared(quotient("9.5", "19"), "50", "half_up"))
9.5 of 19 is 50.0% (49.7 to 50.3 with rounding), as stated
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from analysis.comparison.figure import Figure
from analysis.formatting import QUALIFIERS, amount, between, decimals, fixed, number
from analysis.intervals import AS_WRITTEN, Interval, Number, as_operand, as_stated, exact, step_of, unround

IN_FULL = 12  # digits of a sum, which is to be redone by hand
CUT = "further digits cut off rather than rounded"
DIGITS = {"%": "%", "pp": " percentage points", "times": " times"}  # units told to one digit more than is stated
COUNTS = ("", "count")
_WORDED = re.compile(r"(?P<digits>[1-9][\d,]*(?:\.\d+)?) (?P<words>\D+)")  # 26,772 million VND
_SCALES = (10**6, 10**9, 10**12)  # smaller ones are told in full

Rounding = str | Sequence[str]  # a rule of ROUNDINGS, or several, of which one has to fit
Stated = str | Interval | Figure  # the number in question


@dataclass(frozen=True)
class Level:
    """A figure's own number, or the M of its "N of M"."""

    figure: Figure
    of: bool = False

    @property
    def value(self) -> Fraction:
        """The number as written; zero where there is no M."""
        return (self.figure.out_of or Fraction(0)) if self.of else self.figure.value

    def as_operand(self, rounding: str) -> Interval:
        """The true values behind it under a rounding rule; M is written to the same digit as N."""
        if not self.of:
            return self.figure.as_operand(rounding)
        exact = rounding == AS_WRITTEN or not self.figure.rounded
        return Interval.of(self.value) if exact else unround(self.value, self.figure.step, rounding)


Amount = str | int | Fraction | Interval | Figure | Level


@dataclass(frozen=True)
class Reading:
    """A way to compute a number from others under a rounding rule, how to say it, and a clause on what was added up."""

    phrase: str
    compute: Callable[[str], Interval]
    added: str = ""


@dataclass(frozen=True)
class Result:
    """Whether some numbers agree, and what the others allow for the one in question.

    Attributes:
        ok: they agree, or the check cannot decide.
        found: what the others allow, in the unit of the number in question.
        message: the arithmetic in one sentence, to redo by hand; it does not say which number is wrong.
        explanation: where they do not agree, the reading under which they would, such as digits cut off.
        decided: False where the numbers are too coarse or too large for the check to find anything.
        by_rounding: they agree only thanks to the rounding of the numbers behind; as written they do not.
    """

    ok: bool
    found: Interval
    message: str = ""
    explanation: str = ""
    decided: bool = True
    by_rounding: bool = False

    @property
    def low(self) -> Number:
        """The low end of what the others allow."""
        return self.found.low

    @property
    def high(self) -> Number:
        """The high end of what the others allow."""
        return self.found.high

    def __str__(self) -> str:
        return f"{self.message}; {self.explanation}" if self.explanation else self.message


def operand(one: Amount | Sequence[Amount], rounding: str) -> Interval:
    """The values of an amount under a rounding rule or ``AS_WRITTEN``; of several their sum."""
    if isinstance(one, Figure | Level):
        return one.as_operand(rounding)
    if isinstance(one, Fraction):
        return Interval.of(one)
    if isinstance(one, str | int | Interval):
        return as_operand(one, rounding)
    return sum((operand(part, rounding) for part in one), Interval.of(0))


def value_of(one: Amount) -> Fraction:
    """The number as written; of an interval its low end."""
    if isinstance(one, Figure | Level):
        return one.value
    return Fraction(one.low) if isinstance(one, Interval) else exact(one)


def unit_of(one: Amount) -> str:
    """The unit of a figure; other amounts are counts."""
    figure = one.figure if isinstance(one, Level) else one
    return figure.unit if isinstance(figure, Figure) else "count"


def rules(rounding: Rounding) -> Sequence[str]:
    """The rounding rules that were asked for."""
    return (rounding,) if isinstance(rounding, str) else rounding


def say(one: Amount | Sequence[Amount]) -> str:
    """An amount in words: its digits as written, and the report's own words for what is not a count or a rate.

    >>> say("2744"), say(Interval.of(4600, 4700)), say(["9", "4.50"])
    ('2,744', '4,600 to 4,700', '(9 + 4.50)')
    """
    if isinstance(one, Interval):
        return between(one.low, one.high, "count")
    if isinstance(one, Fraction | int):
        return number(one)
    if isinstance(one, str):
        return fixed(exact(one), decimals(step_of(one)))
    if isinstance(one, Figure):
        return _figure(one)
    if isinstance(one, Level):
        return _level(one) if one.of or one.figure.out_of is not None else _figure(one.figure)
    return f"({' + '.join(map(say, one))})"


def in_full(value: Fraction, like: Amount) -> str:
    """An amount with all its digits, in the scale of another, so that it can be computed with and held beside it.

    >>> in_full(Fraction(2_847), "2850")
    '2,847'
    """
    figure = like.figure if isinstance(like, Level) else like
    told = _WORDED.fullmatch(" ".join(figure.quote.split())) if isinstance(figure, Figure) else None
    scale = figure.value / Fraction(told["digits"].replace(",", "")) if told and isinstance(figure, Figure) else 1
    if told and scale in _SCALES:
        return f"{number(value / scale, IN_FULL)} {told['words']}"
    return amount(value, unit_of(like), digits=IN_FULL)


def quotient(part: Amount | Sequence[Amount], whole: Amount | Sequence[Amount]) -> Reading:
    """The part in per cent of the whole: ``524 of 2,847``, or the report's own ``241.3/268.7 billion VND``.

    >>> quotient(524, [524, 2220]).phrase, quotient(524, [524, 2220]).added
    ('524 of 2,744', ', with 2,744 = 524 + 2,220')
    """
    phrase, added = f"{_sum(part)} of {_sum(whole)}", ""
    for one in (part, whole):
        if _is_several(one):
            added += f", with {_sum(one)} = {say(one)[1:-1]}"
    if isinstance(part, Level) and isinstance(whole, Level) and whole.of and part.figure is whole.figure:
        phrase = phrase if part.figure.unit == "count" else " ".join(part.figure.quote.split())
    return Reading(phrase, lambda rule: operand(part, rule).over(operand(whole, rule)) * 100, added)


def compared(reading: Reading, stated: Stated, rounding: Rounding, unit: str = "%") -> Result:
    """The result of a computation beside the number stated for it.

    Args:
        reading: the computation.
        stated: the number in question.
        rounding: a rule of ``ROUNDINGS``; of several, one has to fit, and the first gives the interval.
        unit: the stated number's, where it is no figure.

    Raises:
        ValueError: it divides by what may be zero, or takes a ratio of what may be negative.
    """
    found, point = reading.compute(rules(rounding)[0]), reading.compute(AS_WRITTEN)
    first = rules(rounding)[0]
    every = ((rule, found if rule == first else reading.compute(rule)) for rule in rules(rounding))
    rule = next((rule for rule, one in every if one.meets(given(stated, rule))), None)
    told = say(stated) if isinstance(stated, Figure) else f"{say(stated)}{DIGITS.get(unit, '')}"
    text = f"{reading.phrase} is {_in_words(point, found, stated, unit)}{reading.added}"
    if rule is None:
        why = "" if "truncate" in rules(rounding) else _cut(reading, point, stated, told)
        return Result(False, found, f"{text}, while the report gives {told}", why)
    by_rounding = not point.meets(given(stated, rule))
    how = f"which agrees with {told} by rounding alone" if by_rounding else "as stated"
    return Result(True, found, f"{text}, {how}", by_rounding=by_rounding)


def per_cent(stated: Stated) -> str:
    """The number in question with its sign for per cent."""
    return say(stated) if isinstance(stated, Figure) else f"{say(stated)}%"


def given(stated: Stated, rounding: str) -> Interval:
    """The values of the number in question under a rounding rule."""
    return stated.as_stated(rounding) if isinstance(stated, Figure) else as_stated(stated, rounding)


def step(stated: Stated) -> Fraction:
    """The unit of the last digit of the number in question; of an interval a tenth."""
    if isinstance(stated, Figure):
        return stated.step
    return Fraction(1, 10) if isinstance(stated, Interval) else step_of(stated)


def _cut(reading: Reading, point: Interval, stated: Stated, told: str) -> str:
    """The first of all other readings: the digits that follow were cut off."""
    cut = given(stated, "truncate")
    if isinstance(stated, Interval) or not (point.meets(cut) or reading.compute("truncate").meets(cut)):
        return ""
    return f"{told} is {fixed(point.low, decimals(step(stated)) + 2) if point.is_point else 'the result'} with {CUT}"


def _in_words(point: Interval, found: Interval, stated: Stated, unit: str) -> str:
    """What was computed, in the unit of the stated number: as written, and where it differs with all rounding.

    A reader redoes the first by hand; the second is all that the rounding of the numbers behind it can change.
    """
    unit = stated.unit if isinstance(stated, Figure) else unit
    if point == found or not point.is_point:
        return ends(found, step(stated), unit)
    rounded = _fixed(found, step(stated)) if unit in DIGITS or unit in COUNTS else ends(found, step(stated), unit)
    return f"{ends(point, step(stated), unit)} ({rounded} with rounding)"


def ends(values: Interval, step: Fraction, unit: str) -> str:
    """The two ends of what was computed: rates and quotients to one digit more than is stated, amounts as ever."""
    whole = isinstance(values.low, Fraction) and values.low.denominator == 1
    if unit in DIGITS or (unit in COUNTS and not whole):
        return _fixed(values, step, DIGITS.get(unit, ""))
    return between(values.low, values.high, "count" if unit == "rank" else unit)


def _fixed(values: Interval, step: Fraction, unit: str = "") -> str:
    low, high = (fixed(end, decimals(step) + 1) for end in (values.low, values.high))
    return f"{low}{unit}" if low == high else f"{low}{unit if unit == '%' else ''} to {high}{unit}"


def _sum(one: Amount | Sequence[Amount]) -> str:
    return in_full(sum(map(value_of, one), Fraction(0)), one[0]) if _is_several(one) else say(one)


def _is_several(one: Amount | Sequence[Amount]) -> TypeGuard[Sequence[Amount]]:
    return not isinstance(one, str | int | Fraction | Interval | Figure | Level)


def _figure(one: Figure) -> str:
    front = f"{QUALIFIERS[one.qualifier]} " if one.qualifier in QUALIFIERS else ""
    digits = fixed(abs(one.value), decimals(one.step))
    if one.unit in ("%", "count", "rank", "point", ""):
        return f"{front}{digits}{'%' if one.unit == '%' else ''}"
    if one.unit == "pp":
        return f"{front}{digits} percentage point{'' if digits == '1' else 's'}"
    return " ".join(one.quote.split()) or amount(one.value, one.unit)


def _level(one: Level) -> str:
    return amount(one.value, "count" if one.figure.unit == "rank" else one.figure.unit)
