"""Checks on rates: so much per hectare, so many people per square kilometre."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from analysis.checks import arithmetic
from analysis.checks.findings import Recomputation
from analysis.checks.readings import RATIO, judged, tried
from analysis.checks.results import Level, Result, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure, words
from analysis.formatting import decimals, fixed
from analysis.intervals import Interval

__all__ = ["rate"]

_PER = re.compile(r"\s*(\w+)\s?/\s?(\w+)")  # "people/km2", right after the number


def rate(sheet: Sheet) -> Iterator[Recomputation]:
    """A rate per something equals the amount divided by it, where one sentence, or the one before, gives all three.

    Needs the rate's ``per``, or the words "people/km2" right after it, and exactly one amount and exactly one base of
    the units that these name. What stands in the sentence before may be of something else, so only what agrees with it,
    or does under another reading, is told. An average per year is that of the years of its amount's period.
    """
    before: Sequence[Figure] = ()
    for row in sheet.sentences.values():
        for figure in row:
            stated, noun = _rate(sheet, figure)
            if stated.measure == "amount" and stated.role in ("achieved", "projected") and _is_told(stated):
                yield from _yearly(sheet, stated) if stated.per == "year" else _per(sheet, stated, noun, row, before)
        before = row


def _per(
    sheet: Sheet, stated: Figure, noun: frozenset[str], row: Sequence[Figure], before: Sequence[Figure]
) -> Iterator[Recomputation]:
    """The rate by the amount and the base that its sentence gives, else the one before."""
    near_by: list[Sequence[Figure]] = []
    sure = True
    for unit in (stated.unit, stated.per):
        near = [[one for one in each if one.unit == unit and _is_level(one, stated)] for each in (row, before)]
        if unit == stated.per and not any(near):  # so much per house, and a number of houses
            counted = [one for one in row if one.counted and words(stated.per) <= words(one.subject)]
            near, sure = [counted, []], False
        near = [[one for one in each if one.figure_id != stated.figure_id] for each in near]
        if unit == stated.unit and noun:
            near = [[one for one in each if noun <= words(one.subject + sheet.words_after(one))] for each in near]
        near_by.append(near[0] or near[1])
    amounts, bases = near_by
    if len(amounts) == len(bases) == 1 and amounts != bases:
        amount, base = amounts[0], bases[0]
        way = partial(arithmetic.rate, Level(amount), Level(base), stated)
        tie = "" if amount.sentence_start == base.sentence_start == stated.sentence_start else "inherited"
        for found in judged(sheet, "rate", stated, [(way, [amount, base])], RATIO, linked=sure and not tie, tie=tie):
            yield replace(found, result=_in_base_units(found.result, stated))


def _in_base_units(result: Result, stated: Figure) -> Result:
    """The result with a rate that the report gives in another unit, such as quintals, in the one computed as well."""
    digits, told = fixed(stated.value, decimals(stated.step)), say(stated)
    if stated.unit == "count" or digits in told:
        return result
    return replace(result, message=result.message.replace(told, f"{told} ({digits} {stated.unit}/{stated.per})"))


def _yearly(sheet: Sheet, stated: Figure) -> Iterator[Recomputation]:
    """The average of a whole term, by the amount before it: told if it agrees, as terms begin and end within a year."""
    row = sheet.sentences[stated.sentence_start]
    levels = [one for one in row if one.start < stated.start and one.unit == stated.unit and _is_level(one, stated)]
    whole = levels[-1] if levels else None
    if whole is None or whole.period_start is None or whole.last_day is None:
        return
    years = whole.last_day.year - whole.period_start.year
    for n in range(years + 1, max(years, 2) - 1, -1):
        result = tried(partial(arithmetic.rate, Level(whole), Interval.of(n), stated, things="years"))
        if result is not None and result.ok:
            yield Recomputation("rate", stated, result, [whole], tie="beside")
            return


def _rate(sheet: Sheet, figure: Figure) -> tuple[Figure, frozenset[str]]:
    """The figure with what it is per, and the noun of which it counts so many per that."""
    said = _PER.match(sheet.words_after(figure)) if figure.unit == "count" and not figure.per else None
    return (replace(figure, per=said[2]), words(said[1])) if said else (figure, frozenset())


def _is_told(stated: Figure) -> bool:
    """Whether it says how much per something, rather than a bound for it, which agrees with nearly anything."""
    return bool(stated.per) and stated.qualifier not in ("at_least", "at_most")


def _is_level(one: Figure, stated: Figure) -> bool:
    result = one.role in ("achieved", "projected") and one.measure == "amount" and one.out_of is None
    return result and one.bounded and one.value > 0 and not one.per and one.place == stated.place
