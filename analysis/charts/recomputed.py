"""Stated figures against what the reports' other figures allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf, isnan

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.dot_plot import arrow, mark
from analysis.charts.labels import Record, numeral, records, source, word
from analysis.charts.layout import Board, ChartRow, Plan, render
from analysis.charts.lettering import say, width
from analysis.charts.style import INK, look
from analysis.charts.titles import recomputed_title
from analysis.formatting import amount, between, count

__all__ = ["stated_and_recomputed"]

LIMIT = 8  # rows; each is as high as six lines
MEANINGS = {
    "error": "Errors: the report contradicts itself",
    "warning": "Warnings: the figures agree only under an unusual reading",
    "note": "Notes: worth knowing",
}
COLUMNS = (
    "report",
    "place",
    "check",
    "severity",
    "message",
    "stated",
    "recomputed_low",
    "recomputed_high",
    "unit",
    "per",
)
LABEL = 10.75
ROOM = 0.8  # inches: the words above the mark, the mark, the words below the bar
ABOVE = 0.25
BAR = 0.15
EDGE = 0.05
THINNEST = 0.04  # inches
FIRST, LAST = 0.16, 0.84  # the part of the plot that a row's own scale fills
SHOWN_BAR = 1.5  # a bar is cut where it is longer than that many times the gap


@dataclass(frozen=True)
class Recomputed:
    """A finding with its stated figure and the interval that the others allow, in one unit."""

    row: ChartRow
    severity: str
    stated: float
    low: float
    high: float
    unit: str
    per: str

    @property
    def is_comparable(self) -> bool:
        """Whether there are two things to compare: not if the interval is missing, or is the stated figure itself."""
        return not any(map(isnan, (self.stated, self.low, self.high))) and not self.low == self.stated == self.high

    @property
    def gap(self) -> float:
        """How far the stated figure lies outside the interval; nothing if it lies inside."""
        return max(self.low - self.stated, self.stated - self.high, 0.0)


def stated_and_recomputed(findings: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Each stated figure (mark) against the interval that the other figures allow (bar), a scale for every row.

    Args:
        findings: the table of that name; findings that set nothing against the stated figure are left out, and counted.
        ax: axes whose room the chart takes up; without them it opens a figure as high as it has rows.

    Raises:
        ValueError: the table lacks columns of findings.

    >>> from analysis.schema import frame
    >>> from matplotlib.figure import Figure
    >>> row = {"report": "r", "severity": "error", "stated": 79.8, "recomputed_low": 76.8, "recomputed_high": 76.9}
    >>> stated_and_recomputed(frame("findings", [row]), ax=Figure().subplots()).get_title().partition(": ")[2]
    '1 error'
    """
    pairs = [_pair(row) for row in records(findings, COLUMNS, "findings")]
    both = [pair for pair in pairs if pair.is_comparable]
    kept = sorted(both, key=lambda pair: list(MEANINGS).index(pair.severity))[:LIMIT]
    notes = []
    if hidden := len(both) - len(kept):
        notes.append(f"{hidden:,} more not shown; errors come first, then warnings.")
    if missing := len(pairs) - len(both):
        notes.append(f"{count(missing, 'finding')} with nothing to set against each other not drawn.")
    title = recomputed_title(sum(pair.gap > 0 for pair in both), [pair.severity for pair in both])
    plan = Plan(
        title=title,
        subtitle="Mark: the figure as stated. Bar: what the report's other figures allow. Every row has its own scale.",
        source=source(findings, "finding"),
        alt=_alt(title, kept),
        rows=[pair.row for pair in kept],
        draw=(lambda board: _draw(board, kept)),
        notes=notes,
        grouped=True,
        axis_room=0.05,
    )
    return render(plan, ax)


def _pair(row: Record) -> Recomputed:
    severity = word(row, "severity") or "note"
    low, high = numeral(row, "recomputed_low"), numeral(row, "recomputed_high")
    return Recomputed(
        row=ChartRow(
            MEANINGS[severity], ": ".join(filter(None, [word(row, "place"), word(row, "message")])), "", ROOM, 4
        ),
        severity=severity,
        stated=numeral(row, "stated"),
        low=high if isnan(low) else low,
        high=low if isnan(high) else high,
        unit=word(row, "unit"),
        per=word(row, "per"),
    )


def _alt(title: str, pairs: Sequence[Recomputed]) -> str:
    if not pairs:
        return f"Chart without rows: {title}."
    first = pairs[0]
    allowed = between(first.low, first.high, first.unit, first.per)
    example = f"First row: stated {amount(first.stated, first.unit, first.per)}, recomputed {allowed}."
    return f"Chart of {count(len(pairs), 'row')}, stated marks against recomputed bars: {title}. {example}"


def _draw(board: Board, pairs: Sequence[Recomputed]) -> None:
    board.ax.set_xlim(0, 1)
    for pair, y in zip(pairs, board.middles, strict=True):
        stated, left, right, opened = _places(pair)
        thick = max(right - left, THINNEST / board.wide)
        middle = (left + right) / 2
        box = Rectangle((middle - thick / 2, y - BAR / 2), thick, BAR, clip_on=False, zorder=3)
        box.set(facecolor=INK["range"], edgecolor=INK["text"], linewidth=0.8)
        board.ax.add_patch(box)
        board.ax.plot([stated, middle], [y, y], color=INK["line"], linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=2)
        for end, way in ((left, -1), (right, 1)):
            if way in opened:
                arrow(board.ax, end, end + way * 0.2 / board.wide, y)
        mark(board.ax, stated, y, look("severity", pair.severity))
        _say_at(board, stated, y - ABOVE, f"stated {amount(pair.stated, pair.unit, pair.per)}")
        _say_at(board, middle, y + ABOVE, f"recomputed {between(pair.low, pair.high, pair.unit, pair.per)}")


def _places(pair: Recomputed) -> tuple[float, float, float, tuple[int, ...]]:
    """Where the mark and both ends of the bar go on the row's own scale, and which ends go on beyond it."""
    reach = SHOWN_BAR * pair.gap if pair.gap else max((abs(pair.stated - e) for e in _ends(pair)), default=0.0)
    near_low, near_high = (pair.low, pair.high) if pair.gap else (pair.stated, pair.stated)
    low = max(pair.low, (near_high if pair.stated > pair.high else near_low) - reach) if reach else pair.low
    high = min(pair.high, (near_low if pair.stated < pair.low else near_high) + reach) if reach else pair.high
    start, end = min(low, pair.stated), max(high, pair.stated)
    opened = tuple(way for way, cut in ((-1, low > pair.low), (1, high < pair.high)) if cut)

    def place(value: float) -> float:
        return FIRST + (LAST - FIRST) * (value - start) / (end - start) if end > start else (FIRST + LAST) / 2

    return place(pair.stated), place(low), place(high), opened


def _ends(pair: Recomputed) -> list[float]:
    return [end for end in (pair.low, pair.high) if not isinf(end)]


def _say_at(board: Board, x: float, y: float, words: str) -> None:
    """The words centred on a mark, but not beyond the edges of the plot."""
    half = (width(words, LABEL) / 2 + EDGE) / board.wide
    say(board.ax, min(max(x, half), 1 - half), y, words, LABEL, ha="center", color=INK["text"], zorder=5)
