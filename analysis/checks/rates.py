"""Checks on rates: so much per hectare, so many people per square kilometre."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from analysis.checks import arithmetic
from analysis.checks.findings import Recomputation
from analysis.checks.readings import RATIO, judged
from analysis.checks.results import Level
from analysis.checks.sheet import Sheet
from analysis.figure import Figure, words

__all__ = ["rate"]

_PER = re.compile(r"\s*(\w+)\s?/\s?(\w+)")  # "people/km2", right after the number


def rate(sheet: Sheet) -> Iterator[Recomputation]:
    """A rate per something equals the amount divided by it, where one sentence gives all three.

    Needs the rate's ``per``, or the words "people/km2" right after it, and in its sentence exactly one amount and
    exactly one base of the units that these name.
    """
    for row in sheet.sentences.values():
        for figure in row if len(row) > 2 else ():
            stated, noun = _rate(sheet, figure)
            if stated.measure != "amount" or stated.role not in ("achieved", "projected") or not stated.per:
                continue
            bases = [one for one in row if one.unit == stated.per and _is_level(one, stated)]
            amounts = [one for one in row if one is not figure and one.unit == stated.unit and _is_level(one, stated)]
            amounts = [one for one in amounts if not noun or noun <= words(one.subject + sheet.words_after(one))]
            if len(bases) == 1 and len(amounts) == 1 and amounts[0] is not bases[0]:
                way = partial(arithmetic.rate, Level(amounts[0]), Level(bases[0]), stated)
                yield from judged(sheet, "rate", stated, [(way, [amounts[0], bases[0]])], RATIO)


def _rate(sheet: Sheet, figure: Figure) -> tuple[Figure, frozenset[str]]:
    """The figure with what it is per, and the noun of which it counts so many per that."""
    said = _PER.match(sheet.words_after(figure)) if figure.unit == "count" and not figure.per else None
    return (replace(figure, per=said[2]), words(said[1])) if said else (figure, frozenset())


def _is_level(one: Figure, stated: Figure) -> bool:
    result = one.role in ("achieved", "projected") and one.measure == "amount" and one.out_of is None
    return result and one.bounded and one.value > 0 and not one.per and one.place == stated.place
