"""Stated figures against what the reports' other figures allow, all at their true distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf, isnan, nan

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.dot_plot import Dot, cut_at, draw_dots
from analysis.charts.labels import Record, numeral, records, source, word
from analysis.charts.layout import Board, ChartRow, Plan, render
from analysis.charts.style import INK, look
from analysis.charts.titles import recomputed_title
from analysis.formatting import amount, between, count, join, percent

__all__ = ["stated_and_recomputed"]

LIMIT = 12  # rows; each is as high as its message
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
BAR = 0.13
AXIS_ROOM = 0.47
TIMES = 20.0  # from here on a number is told as so many times another
FAR = 1e6  # what an end that is not known stands at: beyond every scale


@dataclass(frozen=True)
class Recomputed:
    """A finding with its stated figure and the interval that the others allow, in one unit."""

    row: ChartRow
    severity: str
    stated: float
    low: float
    high: float
    is_grain: bool  # whether the others allow both ends of the interval, and nothing between them

    @property
    def is_comparable(self) -> bool:
        """Whether there are two things to compare: not if the interval is missing, or is the stated figure itself."""
        return not any(map(isnan, (self.stated, self.low, self.high))) and not self.low == self.stated == self.high

    @property
    def nearest(self) -> float:
        """The number nearest to the stated one that the others allow."""
        if self.is_grain:
            return min((self.low, self.high), key=lambda end: abs(end - self.stated))
        return min(max(self.stated, self.low), self.high)

    @property
    def ratio(self) -> float:
        """The stated figure by the nearest; none where they have no ratio, as a rise and a fall."""
        nearest = self.nearest
        return self.stated / nearest if nearest and not isinf(nearest) and self.stated / nearest >= 0 else nan

    @property
    def dot(self) -> Dot:
        """The mark, with what reaches from it to the far end of the interval."""
        ends = [self.ratio, *(FAR if isinf(end) else end / self.nearest for end in (self.low, self.high) if end > 0)]
        said = f"{self.ratio:,.0f} times" if self.ratio > TIMES else percent(self.ratio)
        return Dot(self.row, self.ratio, min(ends), max(ends), look("severity", self.severity), said)

    @property
    def bar(self) -> tuple[float, float]:
        """Both ends of the interval on the scale."""
        low, high = sorted(
            end / self.nearest if not isinf(end) else FAR * (1 if end > 0 else -1) for end in (self.low, self.high)
        )
        return low, high


def stated_and_recomputed(findings: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Each stated figure (mark) as a per cent of the nearest one that the other figures allow (bar).

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
    both = [pair for pair in pairs if pair.is_comparable and not isnan(pair.ratio)]
    ranked = sorted(both, key=lambda pair: (list(MEANINGS).index(pair.severity), -abs(pair.ratio - 1)))
    kept = ranked[:LIMIT]
    dots = [pair.dot for pair in kept]
    title = recomputed_title(sum(pair.ratio != 1 for pair in both), [pair.severity for pair in both])
    plan = Plan(
        title=title,
        subtitle="Mark: the figure, stated or added up. Bar: what the others allow. The nearest of that is 100%.",
        source=source(findings, "finding"),
        alt=_alt(title, kept),
        rows=[pair.row for pair in kept],
        draw=(lambda board: _draw(board, kept)),
        notes=_notes(pairs, both, kept, dots),
        grouped=True,
        axis_room=AXIS_ROOM,
    )
    return render(plan, ax)


def _pair(row: Record) -> Recomputed:
    severity = word(row, "severity") or "note"
    stated, low, high = (numeral(row, name) for name in ("stated", "recomputed_low", "recomputed_high"))
    low, high = (high if isnan(low) else low), (low if isnan(high) else high)
    unit, per = word(row, "unit"), word(row, "per")
    is_grain = word(row, "check").endswith("_grain")
    allowed = join([amount(end, unit, per) for end in (low, high)]) if is_grain else between(low, high, unit, per)
    label = ": ".join(filter(None, [word(row, "place"), word(row, "message")]))
    note = "" if isnan(low) else f"{amount(stated, unit, per)}; the others allow {allowed}"
    return Recomputed(ChartRow(MEANINGS[severity], label, note, lines=5), severity, stated, low, high, is_grain)


def _notes(
    pairs: Sequence[Recomputed], both: Sequence[Recomputed], kept: Sequence[Recomputed], dots: Sequence[Dot]
) -> list[str]:
    """What is drawn otherwise than the reader may think, and what is not drawn."""
    notes = [f"Beyond {percent(end)} an arrow stands for the distance." for end in cut_at(dots)]
    if hidden := len(both) - len(kept):
        notes.append(f"{hidden:,} more not shown; errors come first, then warnings, those furthest off before others.")
    if missing := len(pairs) - len(both):
        notes.append(f"{count(missing, 'finding')} with nothing to set against each other not drawn.")
    return notes


def _alt(title: str, pairs: Sequence[Recomputed]) -> str:
    if not pairs:
        return f"Chart without rows: {title}."
    head = f"Chart of {count(len(pairs), 'row')}, 100% is what the other figures allow: {title}."
    return f"{head} First row: {pairs[0].row.note}."


def _draw(board: Board, pairs: Sequence[Recomputed]) -> None:
    draw_dots(board, [pair.dot for pair in pairs], "recomputed")
    left, right = board.ax.get_xlim()
    for pair, y in zip(pairs, board.middles, strict=True):
        low, high = (min(max(end, left), right) for end in pair.bar)
        box = Rectangle((low, y - BAR / 2), high - low, BAR, clip_on=False, zorder=3)
        box.set(facecolor=INK["range"], edgecolor=INK["text"], linewidth=0.8)
        board.ax.add_patch(box)
