"""Other readings under which two figures would agree, tried in a fixed order before anything is called an error.

The order goes from the most to the least ordinary: digits cut off instead of rounded, another base in the same
paragraph, a class that includes those before it, points for per cent, swapped operands, a power of ten, two
transposed digits, a lost digit. Where the words speak of the prices of one year, levels and growth can be at others, so
that nothing but a question is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise

from analysis.checks.findings import Recomputation
from analysis.checks.results import Level, Reading, Result, Rounding, quotient, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.formatting import decimals, fixed, number
from analysis.intervals import AS_WRITTEN, HALVES, Interval, unround

Way = Callable[[Rounding], Result]  # a pure check with its numbers filled in

# By how much a stated number and the computed one can differ and still be of the same things. What lies further apart
# and fits no reading is more likely a link gone wrong than a slip of the report, and nothing is said.
RATIO = Fraction(2)  # shares and attainments
GAP = Fraction(3)  # changes and margins, which are differences of larger numbers
ABSURD = Fraction(100)  # whatever the sentence holds


def judged(
    sheet: Sheet,
    check: str,
    stated: Figure,
    ways: Sequence[tuple[Way, Sequence[Figure]]],
    factor: Fraction,
    *,
    linked: bool = True,
    tie: str = "",
    **unusual: Iterable[Reading],
) -> Iterator[Recomputation]:
    """A stated number recomputed, by the first ordinary way that gives it, else by the first of all.

    Nothing is said where neither that nor another reading comes near it: then a link has gone wrong.

    Args:
        sheet: the figures of the report.
        check: the id of the rule.
        stated: the figure in question.
        ways: the ordinary ways to compute it with the figures it takes, the most ordinary first.
        factor: how far apart the stated and the computed number may lie and still be of the same things, where the
            sentence has other figures that could have been meant.
        linked: whether links say what it is computed from; where only words do, it is told only if a reading fits.
        tie: what ties the figures together, where that is weaker than their own links.
        unusual: the unusual readings, by the names that ``explain`` knows.
    """
    results = [(tried(way), others) for way, others in ways]
    agreeing = [(result, others) for result, others in results if result is not None and result.ok]
    if agreeing:
        result, others = min(agreeing, key=lambda one: one[0].by_rounding)
        yield Recomputation(check, stated, result, others, tie=tie)
        return
    first, others = results[0] if results else (None, ())
    if first is None:
        return
    point = tried(ways[0][0], AS_WRITTEN)
    why = explain(stated, first, None if point is None else point.found, **unusual)
    far = _far_apart(stated, first, factor) and not _unmistakable(sheet, stated, others)
    if not why and (not linked or far or _far_apart(stated, first, ABSURD)):
        return
    why = why or _lost(stated, None if point is None else point.found)
    yield Recomputation(check, stated, replace(first, explanation=why), others, tie=tie)


def tried(way: Way, rounding: Rounding = HALVES) -> Result | None:
    """What a way gives, or nothing where it divides by zero or by a number of unknown sign."""
    try:
        return way(rounding)
    except ValueError:
        return None


def explain(
    figure: Figure,
    plain: Result,
    point: Interval | None,
    *,
    bases: Iterable[Reading] = (),
    nested: Iterable[Reading] = (),
    points: Iterable[Reading] = (),
    swapped: Iterable[Reading] = (),
) -> str:
    """The first reading, in the fixed order, under which the figure agrees with the others; else empty.

    Args:
        figure: the figure in question.
        plain: what the ordinary way gives; it knows whether cut digits explain the figure.
        point: the same from the numbers as they are written.
        bases, nested, points, swapped: the unusual readings.
    """
    if plain.explanation:
        return plain.explanation
    stated = [figure.as_stated(rule) for rule in HALVES]
    for readings in (bases, nested, points, swapped, _tens(figure, point)):
        for reading in readings:
            if _fits(stated, reading):
                return reading.phrase
    return _transposed(figure, point)


def bases(sheet: Sheet, figure: Figure, part: Level, known: Iterable[Level] = ()) -> Iterator[Reading]:
    """The per cents of the part against each other level of the paragraph that has its unit, nearest first."""
    tried = {part.value, *(level.value for level in known)}
    for near in sheet.nearby(figure):
        for base in (Level(near), Level(near, of=True)):
            if near.measure == "amount" and near.like(part.figure) and base.value > 0 and base.value not in tried:
                tried.add(base.value)
                yield said(figure, quotient(part, base))


def said(figure: Figure, reading: Reading) -> Reading:
    """The reading as a clause on the figure in question."""
    return replace(reading, phrase=f"{say(figure)} is {reading.phrase}{reading.added}")


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


def _fits(stated: Sequence[Interval], reading: Reading) -> bool:
    """Whether an unusual reading gives what the written figure stands for, from the other numbers as they are written.

    Nothing is granted to it that an ordinary reading gets for the rounding of its operands: with one or two coarse
    numbers something always fits.
    """
    try:
        found = reading.compute(AS_WRITTEN)
    except ValueError:
        return False
    return any(found.meets(one) for one in stated)


def _far_apart(figure: Figure, result: Result, factor: Fraction) -> bool:
    """Whether the stated number and the computed one differ by more than a factor."""
    stated = figure.as_stated("half_up")
    return stated.low > result.high * factor or stated.high * factor < result.low


def _unmistakable(sheet: Sheet, stated: Figure, others: Sequence[Figure]) -> bool:
    """Whether the sentence has no other level that a link could have led to instead; of a change one never knows."""
    if stated.measure == "change":
        return False
    row = sheet.sentences[stated.sentence_start]
    known = {one.figure_id for one in others}
    level = [one for one in row if one is not stated and one.unit == others[0].unit and one.measure != "attainment"]
    return known <= {one.figure_id for one in row} and all(one.figure_id in known for one in level)


def _tens(figure: Figure, point: Interval | None) -> Iterator[Reading]:
    """The plain computation off by a power of ten, a slip of the decimal mark or of a scale word."""
    if point is None:
        return
    for power in (1, -1, 2, -2, 3, -3):
        factor = Fraction(10) ** power
        phrase = f"{say(figure)} is off by a factor of {number(max(factor, 1 / factor))}"
        yield Reading(phrase, partial(_exactly, point * factor))


def _exactly(value: Interval, rounding: str) -> Interval:
    return value


def _lost(figure: Figure, point: Interval | None) -> str:
    """The digit without which what was computed reads as it is stated; it explains only what would be told anyway.

    The last digit is none of them, as a number without it is one that was cut off.
    """
    if point is None or not point.is_point or figure.step > 1:
        return ""
    places = decimals(figure.step)
    for digits in (fixed(point.low, n).replace(",", "") for n in (places, places + 1)):
        for n, sign in enumerate(digits[:-1]):
            left = digits[:n] + digits[n + 1 :]
            if sign.isdigit() and left == fixed(abs(figure.value), places).replace(",", ""):
                return f"with a digit that {say(figure)} lacks it would be {digits}"
    return ""


def _transposed(figure: Figure, point: Interval | None) -> str:
    if point is None or figure.step > 1:
        return ""
    places = decimals(figure.step)
    for swapped in swaps(fixed(abs(figure.value), places).replace(",", "")):
        if any(point.meets(unround(Fraction(swapped), figure.step, rule)) for rule in HALVES):
            return f"with two digits of {say(figure)} swapped it would be {fixed(Fraction(swapped), places)}"
    return ""
