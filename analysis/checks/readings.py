"""Other readings under which two figures would agree, tried in a fixed order before anything is called an error.

The order goes from the most to the least ordinary: digits cut off instead of rounded, another base in the same
paragraph, a class that includes those before it, points for per cent, swapped operands, a power of ten, two
transposed digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from analysis.checks.findings import Finding, decimals, finding, measured, numeral, out_of, percents, say
from analysis.checks.results import CUT, percent
from analysis.checks.sheet import Level, Sheet
from analysis.figure import Figure
from analysis.intervals import AS_WRITTEN, HALVES, Interval, unround

__all__ = ["GAP", "RATIO", "Reading", "agrees", "bases", "computed", "explain", "judged", "per_cent", "said"]

Computation = Callable[[str], Interval]

# By how much a stated number and the computed one can differ and still be of the same things. What lies further apart
# and fits no reading is more likely a link gone wrong than a slip of the report, and nothing is said.
RATIO = Fraction(2)  # shares and attainments
GAP = Fraction(3)  # changes and margins, which are differences of larger numbers
UNITS = {"%": "%", "pp": " percentage points", "times": " times"}  # after a number with as many digits as stated


@dataclass(frozen=True)
class Reading:
    """A way to compute the figure in question, and how to say it."""

    phrase: str
    compute: Computation


def judged(
    sheet: Sheet,
    check: str,
    stated: Figure,
    readings: Sequence[Reading],
    factor: Fraction,
    others: Sequence[Figure],
    *,
    linked: bool = True,
    **unusual: Iterable[Reading],
) -> Iterator[Finding]:
    """The finding on a stated number that no ordinary reading gives, if any.

    Args:
        sheet: the figures of the report.
        check: the id of the rule.
        stated: the figure in question.
        readings: the ordinary ways to compute it, the most ordinary first.
        factor: how far apart the stated and the computed number may lie and still be of the same things, where the
            sentence has other figures that could have been meant.
        others: the figures it is computed from.
        linked: whether links say what it is computed from; where only words do, it is told only if a reading fits.
        unusual: the unusual readings, by the names that ``explain`` knows.
    """
    found = computed(readings[0].compute) if readings else None
    if found is None or any(agrees(stated, reading.compute) for reading in readings):
        return
    why = explain(stated, readings[0].compute, **unusual)
    if not why and (not linked or (far_apart(stated, found, factor) and not _unmistakable(sheet, stated, others))):
        return
    given = f"{readings[0].phrase} is {in_words(readings[0], found, stated)}, while the report gives {say(stated)}"
    yield finding(check, stated, given, found=found, explanation=why, others=others)


def _unmistakable(sheet: Sheet, stated: Figure, others: Sequence[Figure]) -> bool:
    """Whether the sentence has no other level that a link could have led to instead; of a change one never knows."""
    if stated.measure == "change":
        return False
    row = sheet.sentences[stated.sentence_start]
    known = {one.figure_id for one in others}
    level = [one for one in row if one is not stated and one.unit == others[0].unit and one.measure != "attainment"]
    return known <= {one.figure_id for one in row} and all(one.figure_id in known for one in level)


def in_words(reading: Reading, found: Interval, stated: Figure) -> str:
    """What a reading gives in the unit of the stated number: as written, and where it differs with all rounding.

    A reader redoes the first by hand; the second is all that the rounding of the numbers behind it can change.
    """
    point = computed(reading.compute, AS_WRITTEN) or found
    if point == found or point.low != point.high:
        return _ends(found, stated)
    if stated.unit in UNITS or stated.unit == "count":
        return f"{_ends(point, stated)} ({percents(found, stated.step, '')} with rounding)"
    return f"{_ends(point, stated)} ({_ends(found, stated)} with rounding)"


def _ends(values: Interval, stated: Figure) -> str:
    if stated.unit in UNITS or (stated.unit == "count" and values.low.denominator > 1):
        return percents(values, stated.step, UNITS.get(stated.unit, ""))
    low, high = measured(values.low, stated.unit), measured(values.high, stated.unit)
    return low if low == high else f"{low} to {high}"


def agrees(figure: Figure, compute: Computation, roundings: Iterable[str] = HALVES) -> bool:
    """Whether there is one rounding rule under which the computation gives the written figure."""
    for rounding in roundings:
        found = computed(compute, rounding)
        if found is not None and found.meets(figure.as_stated(rounding)):
            return True
    return False


def fits(figure: Figure, compute: Computation) -> bool:
    """Whether an unusual reading gives the written figure from the other numbers as they are written.

    Nothing is granted to it that an ordinary reading gets for the rounding of its operands: with one or two coarse
    numbers something always fits.
    """
    found = computed(compute, AS_WRITTEN)
    return found is not None and any(found.meets(figure.as_stated(rounding)) for rounding in HALVES)


def far_apart(figure: Figure, found: Interval, factor: Fraction) -> bool:
    """Whether the stated number and the computed one differ by more than a factor."""
    stated = figure.as_stated("half_up")
    return stated.low > found.high * factor or stated.high * factor < found.low


def computed(compute: Computation, rounding: str = "half_up") -> Interval | None:
    """What the computation gives, or nothing where it divides by zero or by a number of unknown sign."""
    try:
        return compute(rounding)
    except ValueError:
        return None


def explain(
    figure: Figure,
    plain: Computation,
    *,
    bases: Iterable[Reading] = (),
    nested: Iterable[Reading] = (),
    points: Iterable[Reading] = (),
    swapped: Iterable[Reading] = (),
) -> str:
    """The first reading, in the fixed order, under which the figure agrees with the others; else empty."""
    found = computed(plain, AS_WRITTEN)
    if found is not None and (found.meets(figure.as_stated("truncate")) or agrees(figure, plain, ("truncate",))):
        number = numeral(found.low, decimals(figure.step) + 2) if found.low == found.high else "the result"
        return f"{say(figure)} is {number} with {CUT}"
    for readings in (bases, nested, points, swapped, tens(figure, plain)):
        for reading in readings:
            if fits(figure, reading.compute):
                return reading.phrase
    return _transposed(figure, plain)


def per_cent(part: Level, whole: Level) -> Reading:
    """The part in per cent of the whole."""
    return Reading(out_of(part, whole), lambda rounding: percent(part.as_operand(rounding), whole.as_operand(rounding)))


def bases(sheet: Sheet, figure: Figure, part: Level, known: Iterable[Level] = ()) -> Iterator[Reading]:
    """The per cents of the part against each other level of the paragraph that has its unit, nearest first."""
    tried = {part.value, *(level.value for level in known)}
    for near in sheet.nearby(figure):
        for base in (Level(near), Level(near, of=True)):
            if near.measure == "amount" and near.like(part.figure) and base.value > 0 and base.value not in tried:
                tried.add(base.value)
                yield said(figure, per_cent(part, base))


def said(figure: Figure, reading: Reading) -> Reading:
    """The reading as a clause on the figure in question."""
    return Reading(f"{say(figure)} is {reading.phrase}", reading.compute)


def tens(figure: Figure, plain: Computation) -> Iterator[Reading]:
    """The plain computation off by a power of ten, a slip of the decimal mark or of a scale word."""
    for power in (1, -1, 2, -2, 3, -3):
        factor = Fraction(10) ** power

        def compute(rounding: str, factor: Fraction = factor) -> Interval:
            return plain(rounding) * factor

        yield Reading(f"{say(figure)} is off by a factor of {numeral(factor if power > 0 else 1 / factor)}", compute)


def _transposed(figure: Figure, plain: Computation) -> str:
    places = decimals(figure.step)
    for digits in swaps(numeral(abs(figure.value), places).replace(",", "") if figure.step <= 1 else ""):
        value = Fraction(digits)
        found = computed(plain, AS_WRITTEN)
        if found is not None and any(found.meets(unround(value, figure.step, rounding)) for rounding in HALVES):
            return f"with two digits of {say(figure)} swapped it would be {numeral(value, places)}"
    return ""


def swaps(digits: str) -> Sequence[str]:
    """The numbers that two swapped neighbouring digits can give; the decimal mark stays where it is.

    >>> swaps("58.7")
    ('85.7', '57.8')
    """
    at = [n for n, sign in enumerate(digits) if sign.isdigit()]
    found = []
    for a, b in pairwise(at):
        if digits[a] != digits[b]:
            signs = list(digits)
            signs[a], signs[b] = signs[b], signs[a]
            found.append("".join(signs))
    return tuple(found)
