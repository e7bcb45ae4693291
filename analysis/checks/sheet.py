"""The figures of one report as the checks see them: exact numbers, links, and the words around a figure.

A check never searches the text for figures; it follows the links of the figures table (``about``, ``part_of``,
``sentence_start``). Words are only looked up next to a figure that is already known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import Any

import pandas as pd

from analysis.checks.hand_typed import completed
from analysis.intervals import AS_WRITTEN, WIDTHS, Interval, Widths, exact, unround

__all__ = ["Figure", "Level", "Sheet", "sheets"]

SENTENCES_BEFORE, SENTENCES_AFTER, REACH = 4, 1, 2000  # what counts as nearby: sentences with figures, characters
RATES = frozenset({"%", "pp", "point", "rank", "times", "count"})  # units whose targets are set to the last digit


@dataclass(frozen=True)
class Figure:
    """One row of the figures table with exact numbers; names are those of the data contract."""

    figure_id: str
    report: str
    start: int
    end: int
    quote: str
    sentence: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    qualifier: str
    unit: str
    per: str
    subject: str
    indicator: str
    measure: str
    role: str
    out_of: Fraction | None
    place: str
    place_level: str
    period_start: pd.Timestamp | None
    period_end: pd.Timestamp | None
    step: Fraction
    sign: int
    whole: str
    against: str
    set_by: str
    about: str
    part_of: str
    measure_cue: str
    role_cue: str
    sentence_start: int

    @property
    def bounded(self) -> bool:
        """Whether both ends of what the words allow are finite."""
        return self.low is not None and self.high is not None

    @property
    def rounded(self) -> bool:
        """Whether the number is known to half a unit of its last digit, rather than exact or loosened by a word."""
        return self.qualifier == "exact" and self.low is not None and self.high is not None and self.low < self.high

    @property
    def counted(self) -> bool:
        """Whether it is an exact whole number of things."""
        whole = self.unit == "count" and self.measure == "amount" and self.value.denominator == 1
        return whole and self.qualifier == "exact" and not self.rounded and self.value > 0

    def as_operand(self, rounding: str) -> Interval:
        """The true values behind the figure as an operand, under a rounding rule or ``AS_WRITTEN``.

        A target in per cent or as a count is set, not measured, so it is exact; in money it may be quoted in round
        numbers, but nobody cuts off its digits.
        """
        if self.low is not None and self.high is not None and self.high - self.low not in (0, self.step):
            return Interval(self.low, self.high)  # what a qualifier allows, or a target that is itself a range
        set_exactly = self.role == "target" and (self.unit in RATES or self.qualifier != "exact")
        if rounding == AS_WRITTEN or set_exactly or not (self.rounded or self.role == "target"):
            return Interval.of(self.value)
        cut = rounding == "truncate" and self.role == "target"
        return unround(self.value, self.step, "half_up" if cut else rounding)

    def as_stated(self, rounding: str) -> Interval:
        """The true values behind the figure where it is the one in question, sign aside."""
        if self.qualifier != "exact" and self.bounded:
            return abs(Interval(self.low or Fraction(0), self.high or Fraction(0)))
        if self.unit == "count" and not self.rounded and not self.per:
            return Interval.of(abs(self.value))  # a rate per something is a quotient, so it was rounded
        return unround(abs(self.value), self.step, rounding)

    def since(self, other: Figure) -> bool:
        """Whether its period is not over before that of the other begins."""
        return self.period_end is None or other.period_start is None or self.period_end >= other.period_start

    @property
    def kind(self) -> str:
        """The measure; shares, scores and attainments in per cent are one kind, which words hardly tell apart."""
        return "rate" if self.unit == "%" and self.measure in ("share", "score", "attainment") else self.measure

    def like(self, other: Figure) -> bool:
        """Whether two levels can be compared: the same unit, per the same thing."""
        return self.unit == other.unit and self.per == other.per


@dataclass(frozen=True)
class Level:
    """A number to compute with: a figure's own, or the M of its "N of M"."""

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


@dataclass(frozen=True, eq=False)
class Sheet:
    """The figures of one report in the order of the text, with every link followed both ways."""

    figures: tuple[Figure, ...]
    by_id: Mapping[str, Figure] = field(repr=False)

    @classmethod
    def of(cls, figures: Sequence[Figure]) -> Sheet:
        """The sheet of some figures of one report."""
        ordered = tuple(sorted(figures, key=lambda figure: figure.start))
        return cls(ordered, {figure.figure_id: figure for figure in ordered})

    @cached_property
    def qualifiers(self) -> Mapping[str, Sequence[Figure]]:
        """The figures that qualify a figure, by its id: shares, attainments, changes, targets beside it."""
        return _grouped(self.figures, "about")

    @cached_property
    def parts(self) -> Mapping[str, Sequence[Figure]]:
        """The parts of a whole, by its id."""
        return _grouped(self.figures, "part_of")

    @cached_property
    def sentences(self) -> Mapping[int, Sequence[Figure]]:
        """The figures of a sentence, by its start."""
        groups: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            groups[figure.sentence_start].append(figure)
        return groups

    @cached_property
    def _order(self) -> Mapping[int, int]:
        """The number of a sentence among those that hold figures, by its start."""
        return {start: n for n, start in enumerate(sorted(self.sentences))}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where a figure stands in its sentence, by its id."""
        return {figure.figure_id: n for row in self.sentences.values() for n, figure in enumerate(row)}

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [figure.start for figure in self.figures]

    def subject(self, figure: Figure) -> Figure | None:
        """The figure that this one is about, where the report states it."""
        return self.by_id.get(figure.about)

    def whole(self, figure: Figure) -> Figure | None:
        """What a figure is a part of, where the report states it."""
        return self.by_id.get(figure.part_of)

    def qualifying(self, figure: Figure, **wanted: str) -> list[Figure]:
        """The figures about this one that have the given measure, role or unit."""
        found = self.qualifiers.get(figure.figure_id, ())
        return [one for one in found if all(getattr(one, name) == value for name, value in wanted.items())]

    def nearby(self, figure: Figure) -> list[Figure]:
        """Other figures of the same paragraph or so, nearest first."""
        first, last = bisect_left(self._starts, figure.start - REACH), bisect_right(self._starts, figure.start + REACH)
        here, order = self._order[figure.sentence_start], self._order
        sentences = range(here - SENTENCES_BEFORE, here + SENTENCES_AFTER + 1)
        near = [one for one in self.figures[first:last] if order[one.sentence_start] in sentences and one is not figure]
        return sorted(near, key=lambda one: abs(one.start - figure.start))

    def earlier(self, figure: Figure, most: int) -> Sequence[Figure]:
        """At most so many figures that stand before this one, in the order of the text."""
        at = bisect_left(self._starts, figure.start)
        return self.figures[max(at - most, 0) : at]

    def before(self, figure: Figure) -> Figure | None:
        """The figure right before this one in the same sentence."""
        n = self._places[figure.figure_id]
        return self.sentences[figure.sentence_start][n - 1] if n else None

    def after(self, figure: Figure) -> Figure | None:
        """The figure right after this one in the same sentence."""
        row, n = self.sentences[figure.sentence_start], self._places[figure.figure_id] + 1
        return row[n] if n < len(row) else None

    def words_before(self, figure: Figure) -> str:
        """The words of the sentence between the figure before and this one."""
        before = self.before(figure)
        return self._words(figure, before.end if before else figure.sentence_start, figure.start)

    def words_after(self, figure: Figure) -> str:
        """The words of the sentence between this figure and the next."""
        row, n = self.sentences[figure.sentence_start], self._places[figure.figure_id]
        end = figure.sentence_start + len(figure.sentence)
        return self._words(figure, figure.end, row[n + 1].start if n + 1 < len(row) else end)

    @staticmethod
    def _words(figure: Figure, start: int, end: int) -> str:
        return figure.sentence[max(start - figure.sentence_start, 0) : max(end - figure.sentence_start, 0)]


def sheets(figures: pd.DataFrame, widths: Widths | None = None) -> Iterator[Sheet]:
    """One sheet per report, in the order in which the reports first appear.

    Args:
        figures: the figures table, or one that somebody typed: see ``typed``.
        widths: how far "over", "nearly" and "about" reach, where it is not to be as in ``widths.csv``.

    Raises:
        ValueError: the frame is not a figures table.
    """
    columns = completed(figures)
    rows: dict[str, list[int]] = defaultdict(list)
    for n, report in enumerate(columns["report"]):
        rows[report].append(n)
    for numbers in rows.values():
        found = [_figure({name: column[n] for name, column in columns.items()}) for n in numbers]
        yield Sheet.of([_widened(figure, widths) for figure in found] if widths else found)


def _widened(figure: Figure, widths: Widths) -> Figure:
    """The figure with the range that its rounding word stands for under other widths; targets have bounds instead."""
    usual, wanted = WIDTHS.get(figure.qualifier), widths.get(figure.qualifier)
    low, high, value = figure.low, figure.high, figure.value
    if figure.role == "target" or usual is None or wanted is None or low is None or high is None or low == high:
        return figure
    unit = (high - low) / sum(usual)
    below, above = (exact(end) * unit for end in wanted)
    return replace(figure, low=value - below, high=value + above)


def _figure(row: dict[str, Any]) -> Figure:
    row["value"], row["step"] = exact(row["value"] or 0), exact(row["step"] or 1)
    for name in ("low", "high", "out_of"):
        row[name] = None if row[name] is None or isinf(row[name]) else exact(row[name])
    return Figure(**{name: row[name] for name in Figure.__dataclass_fields__})


def _grouped(figures: Sequence[Figure], link: str) -> Mapping[str, Sequence[Figure]]:
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if getattr(figure, link):
            groups[getattr(figure, link)].append(figure)
    return groups
