"""Checks that need more than one report or table: conflicts, low targets, misses and claims without figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isinf
from typing import Any

import pandas as pd

from analysis.checks import ordering
from analysis.checks.findings import RULES, Finding, Recomputation, words
from analysis.checks.results import say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure, meaning
from analysis.comparison.figure import words as words_of
from analysis.formatting import decimals, fixed
from analysis.intervals import exact
from analysis.schema import COUNTS_OF_TARGETS

__all__ = ["conflicts", "key_of", "target_below_result", "told_twice", "totals", "unnamed_misses", "unsupported_claim"]

Key = tuple[Any, ...]
BOUNDS = ("over", "at_least", "under", "at_most")
_OF_SOME = re.compile(  # "In border areas, the poverty rate fell to 8%": not that of all
    r"\W*(?:In|Among|For|Across)\s(?:the\s|its\s)?(?:[\w-]+\s){1,3}"
    r"(?:areas?|zones?|households|groups?|regions?|communes|villages|hamlets|districts|schools)\b"
)
FEW = 3  # different digits, which two numbers share by chance no more


def totals(sheet: Sheet) -> Iterator[tuple[Key, Figure]]:
    """The figures of which each place and period can have one value only, by what they are the value of."""
    yield from ((key_of(figure), figure) for figure in sheet.figures if _is_total(sheet, figure))


def key_of(figure: Figure) -> Key:
    """What a figure is the value of: the thing measured, the place and the period."""
    subject = " ".join(figure.subject.casefold().split())
    what = (figure.indicator, subject, figure.measure, figure.unit, figure.per, figure.out_of)
    return (figure.place, figure.place_level, *what, figure.period_start, figure.period_end)


def conflicts(found: Iterable[tuple[Key, Figure]]) -> Iterator[Recomputation]:
    """Two values of one place, indicator and period may be of two dates or definitions; a reader cannot tell which.

    Within one report the two must stand in different sentences.
    """
    alike: dict[Key, list[Figure]] = defaultdict(list)
    for key, figure in found:
        alike[key].append(figure)
    for figures in alike.values():
        for one, other in pairwise(figures):
            where = "elsewhere in the report" if one.report == other.report else f"in {one.report}"
            result = ordering.conflict(other, one, where=where)
            if (one.report, one.sentence_start) != (other.report, other.sentence_start) and not result.ok:
                yield Recomputation("conflict", other, result, others=[one])


def told_twice(sheet: Sheet) -> Iterator[Recomputation]:
    """One number told in two sentences, as in the headline and the body, with a slip between them.

    Many things can have two values under one name, so only digits in another order, or at another power of ten, are
    told as ``conflict``, and only where no third number bears the name, as in a list.
    """
    alike: dict[Key, list[Figure]] = defaultdict(list)
    for figure in sheet.figures:
        if figure.is_result and figure.qualifier == "exact" and figure.bounded and not figure.part_of:
            period = figure.period_start, figure.period_end
            alike[figure.measure, figure.unit, figure.per, figure.out_of, period].append(figure)
    for figures in alike.values():
        by_digits: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            by_digits[_digits(figure)].append(figure)
        for one, other in (pair for same in by_digits.values() if len(same) == 2 for pair in pairwise(same)):
            result = ordering.conflict(other, one, where="elsewhere in the report")
            apart = one.sentence_start != other.sentence_start and not result.ok and _same_thing(one, other)
            if apart and sum(_same_thing(one, each) for each in figures) == 2:
                yield Recomputation("conflict", other, result, others=[one])


def _same_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures bear one name, of which one may say more."""
    left, right = words_of(one.subject), words_of(other.subject)
    named = bool(left and right) and (left <= right or right <= left)
    return named and (one.place == other.place or not (one.place and other.place))


def _digits(figure: Figure) -> str:
    """The significant digits in order of size, which two swapped ones, or a power of ten, leave as they are.

    Short numbers, which have them in common by chance, keep their own.
    """
    digits = fixed(abs(figure.value), decimals(figure.step)).replace(",", "").replace(".", "").strip("0")
    return "".join(sorted(digits)) if len(set(digits)) >= FEW else figure.figure_id


def _is_total(sheet: Sheet, figure: Figure) -> bool:
    stated = figure.role == "achieved" and figure.bounded and figure.measure in ("amount", "score", "share")
    alone = not (figure.part_of or figure.about or sheet.parts.get(figure.figure_id)) and bool(figure.subject)
    alone = alone and not sheet.qualifying(figure, measure="change")
    alone = alone and not _OF_SOME.match(figure.sentence)
    dated = figure.period_start is not None and figure.period_end is not None and bool(figure.place)
    return stated and alone and dated and bool(words("single_valued").fullmatch(figure.indicator))


@dataclass(frozen=True)
class Row:
    """One row of comparisons or outlook, with the figures it rests on."""

    cells: dict[str, Any]
    figures: tuple[Figure, ...]

    def plain(self, name: str, figure: Figure) -> Figure:
        """The row's target or result as a number that is known as the row has it, without the report's words."""
        value = exact(self.cells[name])
        ends = [self.cells[f"{name}_{end}"] if name == "achieved" else self.cells[name] for end in ("low", "high")]
        low, high = (exact(end) if pd.notna(end) and not isinf(end) else value for end in ends)
        role = "projected" if figure.role == "projected" and name == "achieved" else "achieved"
        return replace(figure, value=value, low=low, high=high, role=role, qualifier="exact", quote="")


def rows(table: pd.DataFrame | None, by_id: dict[str, Figure]) -> list[Row]:
    """The rows of a table whose figures are known."""
    records = [] if table is None else table.to_dict("records")
    found = [({str(k): v for k, v in record.items()}, record["figure_ids"] or ()) for record in records]
    return [Row(cells, tuple(by_id[one] for one in ids if one in by_id)) for cells, ids in found]


def target_below_result(outlook: Sequence[Row]) -> Iterator[Recomputation]:
    """A next target below what has been reached is no effort; there may be good reason, which the report can give."""
    for row in outlook:
        easier = "above" if row.cells["direction"] == "lower" else "below"
        target, result = (next((one for one in row.figures if one.is_target == aimed), None) for aimed in (True, False))
        if target is None or result is None or row.cells["verdict"] != easier:
            continue
        numbers = row.plain("target", target), row.plain("achieved", result)
        bound = say(target) if target.qualifier in BOUNDS else ""
        found = ordering.target_below_result(*numbers, direction=row.cells["direction"], bound=bound)
        if not found.ok:
            yield Recomputation("target_below_result", target, found, others=[result])


def unnamed_misses(comparisons: Sequence[Row]) -> Iterator[Recomputation]:
    """Where some of a number of targets were missed, which ones is what a reader has to ask about.

    While their time is running, none was missed.
    """
    missed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in comparisons:
        if row.cells["verdict"] == "missed" and row.cells["indicator"] != COUNTS_OF_TARGETS:
            missed[row.cells["report"], row.cells["place"]].add(str(row.cells["comparison_id"]))
    seen = set()
    for row in comparisons:
        counted = next((one for one in row.figures if one.indicator == COUNTS_OF_TARGETS and one.out_of), None)
        if counted is None or counted.out_of is None or counted.counted is False or _runs_on(row, counted):
            continue
        key = counted.report, counted.place
        result = ordering.unnamed_misses(counted.value, counted.out_of, len(missed[key]))
        if key not in seen and not result.ok:
            seen.add(key)
            yield Recomputation("unnamed_misses", counted, result)


def _runs_on(row: Row, counted: Figure) -> bool:
    """Whether the time of the targets counted is known not to be up."""
    known = pd.notna(row.cells["period_end"]) or bool(meaning("unfinished", counted.sentence))
    return row.cells["verdict"] == "in progress" and known


def unsupported_claim(claims: pd.DataFrame | None) -> Iterator[Finding]:
    """A claim that targets were met without any figure can be neither checked nor compared."""
    for claim in [] if claims is None else claims.to_dict("records"):
        quote = " ".join(str(claim["quote"]).split())
        yield {
            "finding_id": f"{claim['report']}:unsupported_claim:{claim['start']}",
            "check": "unsupported_claim",
            "severity": RULES["unsupported_claim"].severity,
            "message": f'"{quote}" is said without a figure in the sentence.',
            "figure_ids": (),
            **{name: claim[name] for name in ("report", "start", "end", "quote")},
            "place": claim["place"] if pd.notna(claim["place"]) else "",
        }
