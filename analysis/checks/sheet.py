"""The figures of one report as the checks see them: exact numbers, links, and the words around a figure.

A check never searches the text for figures; it follows the links of the figures table (``about``, ``part_of``,
``sentence_start``). Words are only looked up next to a figure that is already known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from analysis.checks.hand_typed import completed
from analysis.comparison.figure import Figure, by_report, figures_of, same_rate
from analysis.currencies import is_money
from analysis.intervals import WIDTHS, Widths, exact

# What counts as nearby: sentences with figures, characters, and figures on either side, of which tables have no end.
SENTENCES_BEFORE, SENTENCES_AFTER, REACH, NEAR = 4, 1, 2000, 40


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
    def about(self) -> Mapping[str, float]:
        """The value of a figure, by its id, as quick to reckon with as it is inexact."""
        return {figure.figure_id: float(figure.value) for figure in self.figures}

    @cached_property
    def kinds(self) -> Mapping[str, Hashable]:
        """What a figure has in common with those that it can be added to, by its id; shares have any role."""
        found = {}
        for one in self.figures:
            role = "" if one.measure == "share" else "achieved" if one.is_result else one.role
            found[one.figure_id] = one.measure, one.unit, one.per, one.place, role, one.bounded
        return found

    @cached_property
    def _order(self) -> Mapping[int, int]:
        """The number of a sentence among those that hold figures, by its start."""
        return {start: n for n, start in enumerate(sorted(self.sentences))}

    @cached_property
    def _rows(self) -> Sequence[Sequence[Figure]]:
        return [self.sentences[start] for start in self._order]

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
        here, order = self._order[figure.sentence_start], self._order
        sentences = range(here - SENTENCES_BEFORE, here + SENTENCES_AFTER + 1)
        some = [one for one in self.around(figure, NEAR) if abs(one.start - figure.start) <= REACH]
        near = [one for one in some if order[one.sentence_start] in sentences]
        return sorted(near, key=lambda one: abs(one.start - figure.start))

    def around(self, figure: Figure, most: int) -> Sequence[Figure]:
        """At most so many figures on either side of this one, in the order of the text."""
        at = bisect_left(self._starts, figure.start)
        return [*self.figures[max(at - most, 0) : at], *self.figures[at + 1 : at + 1 + most]]

    def earlier(self, figure: Figure, most: int) -> Sequence[Figure]:
        """At most so many figures that stand before this one, in the order of the text."""
        at = bisect_left(self._starts, figure.start)
        return self.figures[max(at - most, 0) : at]

    @cached_property
    def _aims(self) -> Sequence[Figure]:
        return [one for one in self.figures if one.role in ("target", "projected")]  # "it expects 7 million guests"

    def targets_near(self, figure: Figure, most: int) -> Sequence[Figure]:
        """At most so many targets, or levels expected, on either side of a figure, however far away they stand."""
        at = bisect_left(self._aims, figure.start, key=lambda one: one.start)
        return self._aims[max(at - most, 0) : at + most]

    def before(self, figure: Figure) -> Figure | None:
        """The figure right before this one in the same sentence."""
        n = self._places[figure.figure_id]
        return self.sentences[figure.sentence_start][n - 1] if n else None

    def after(self, figure: Figure) -> Figure | None:
        """The figure right after this one in the same sentence."""
        row, n = self.sentences[figure.sentence_start], self._places[figure.figure_id] + 1
        return row[n] if n < len(row) else None

    def beside(self, figure: Figure) -> list[Sequence[Figure]]:
        """The figures of its sentence, of the one before, and of the one after, as far as there are such."""
        n, rows = self._order[figure.sentence_start], self._rows
        return [rows[n], *rows[max(n - 1, 0) : n], *rows[n + 1 : n + 2]]

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
        figures: the figures table, or one that somebody typed: see ``hand_typed``.
        widths: how far "over", "nearly" and "about" reach, where it is not to be as in ``widths.csv``.

    Raises:
        ValueError: the frame is not a figures table.
    """
    for report in by_report(figures_of(completed(figures))):
        yield Sheet.of([_widened(figure, widths) for figure in report] if widths else report)


def alike(one: Figure, other: Figure) -> bool:
    """Whether two linked levels can be compared: an income per person is often given the second time without it."""
    return one.like(other) or (one.unit == other.unit and is_money(one.unit) and same_rate(one, other))


def _widened(figure: Figure, widths: Widths) -> Figure:
    """The figure with the range that its rounding word stands for under other widths; targets have bounds instead."""
    usual, wanted, value = WIDTHS.get(figure.qualifier), widths.get(figure.qualifier), figure.value
    fixed = figure.role == "target" or not figure.bounded or figure.low == figure.high
    if usual is None or wanted is None or fixed:
        return figure
    unit = (figure.high - figure.low) / sum(usual)
    below, above = (exact(end) * unit for end in wanted)
    return replace(figure, low=value - below, high=value + above)


def _grouped(figures: Sequence[Figure], link: str) -> Mapping[str, Sequence[Figure]]:
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if getattr(figure, link):
            groups[getattr(figure, link)].append(figure)
    return groups
