"""What each report covers in time: spans with the number of figures in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.dot_plot import arrow, mark
from analysis.charts.labels import Record, records, source, word
from analysis.charts.layout import NOWHERE, Board, ChartRow, Plan, render, widen
from analysis.charts.lettering import say, width
from analysis.charts.style import INK, look
from analysis.charts.titles import coverage_title
from analysis.formatting import count, period

__all__ = ["coverage"]

COLUMNS = ("report", "place", "role", "period_start", "period_end", "report_date")
LIMIT = 10  # rows
LANES = 4  # spans in a row
LANE = 0.25  # inches
BAR = 0.14
LABEL = 10.75
DAY = 1 / 365
STILL_TO_COME = 31 * DAY  # a review of the year that appears at its end is on the whole of it
BESIDE = 0.08
ARROW = 0.22
YEARS = 12  # either side of the median; a founding year must not squash the present
YEAR_ROOM = 0.6  # inches that the number of a year needs
EDGE = 0.05
THINNEST = 0.04


@dataclass(frozen=True)
class Span:
    """Figures of one kind about one period, as it is drawn: years with their fractions, and which ends go on."""

    kind: str
    figures: int
    start: float
    end: float
    before: bool = False
    after: bool = False
    when: str = ""

    @property
    def words(self) -> str:
        """The label: the number of figures, and the period where what is drawn does not show it."""
        return ", ".join(filter(None, [count(self.figures, self.kind), self.when]))

    @property
    def is_stock(self) -> bool:
        """Whether it is one day, the date of a stock."""
        return self.end - self.start < 1.5 * DAY and not (self.before or self.after)

    @property
    def beyond(self) -> float:
        """Inches from its end to the end of its label."""
        return BESIDE + (ARROW if self.after else 0) + width(self.words, LABEL)


def coverage(figures: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """A timeline of what each report covers: spans of its results (solid) and targets (hatched), stocks as dots.

    Args:
        figures: the table of that name.
        ax: axes whose room the chart takes up; without them it opens a figure as high as it has rows.

    Raises:
        ValueError: the table lacks columns of figures.
    """
    rows = _counted(figures)
    known = sorted(year for row in rows for year in (row["start"], row["end"]) if not isnan(year))
    low, high = _window(known)
    by_row: dict[tuple[str, str], list[Record]] = {}
    for row in rows:
        by_row.setdefault((word(row, "report"), word(row, "place")), []).append(row)
    kept = set(sorted(by_row, key=lambda key: -_total(by_row[key]))[:LIMIT])
    lines = [(key, _spans(by_row[key], low, high)) for key in by_row if key in kept]
    told = {report: _told(own["report_date"]) for report, own in figures.groupby("report", sort=False)}
    title = coverage_title(
        len({report for report, _ in by_row}),
        len({place for _, place in by_row if place}),
        _total(rows),
        _total([row for row in rows if row["kind"] == "target"]),
        (int(known[0]), int(known[-1] - DAY)) if known else None,
    )
    plan = Plan(
        title=title,
        subtitle="One row for each report and place. Solid: results. Hatched: targets. Dots: stocks on a day.",
        source=source(figures, "figure"),
        alt=f"Timeline with {count(len(lines), 'row')}: {title}." if rows else f"Chart without rows: {title}.",
        rows=[_row(key, spans, told[key[0]]) for key, spans in lines],
        draw=(lambda board: _draw(board, [spans[:LANES] for _, spans in lines], low, high)),
        notes=_notes(len(by_row) - len(kept), _total([row for row in rows if _is_undated(row)])),
        grouped=False,
    )
    return render(plan, ax)


def _counted(figures: pd.DataFrame) -> list[Record]:
    """How many figures each report states about each place and period, targets and results apart."""
    records(figures, COLUMNS, "figures")
    dates = {name: pd.to_datetime(figures[name]) for name in ("period_start", "period_end")}
    kinds = figures["role"].astype("string").eq("target").fillna(False).map({True: "target", False: "result"})
    latest = pd.to_datetime(figures["report_date"]) + pd.Timedelta(days=1)
    keys = [figures["report"], figures["place"], kinds.rename("kind"), *dates.values(), latest.rename("told")]
    table = figures.groupby(keys, dropna=False, sort=False, observed=True).size().reset_index(name="figures")
    table["start"] = _years_of(table["period_start"])
    table["end"] = _years_of(table["period_end"] + pd.Timedelta(days=1))
    table["told"] = _years_of(table["told"])
    return records(table, tuple(table.columns), "figures")


def _years_of(days: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    """The dates as years with their fractions."""
    return days.dt.year + (days.dt.day_of_year - 1) / (365 + days.dt.is_leap_year)


def _total(rows: Sequence[Record]) -> int:
    return sum(row["figures"] for row in rows)


def _is_undated(row: Record) -> bool:
    return isnan(row["start"]) and isnan(row["end"])


def _notes(hidden: int, undated: int) -> list[str]:
    notes = [f"{count(hidden, 'more row')} not shown; these have the most figures."] if hidden else []
    return notes + ([f"{count(undated, 'figure')} without a period not drawn."] if undated else [])


def _window(known: Sequence[float]) -> tuple[float, float]:
    """The years that the axis spans."""
    if not known:
        return 0.0, 1.0
    middle = median(known)
    low, high = max(known[0], middle - YEARS), min(known[-1], middle + YEARS)
    return (low, high) if high - low > 0.5 else (low - 0.5, high + 0.5)


def _spans(rows: Sequence[Record], low: float, high: float) -> list[Span]:
    """The periods with their numbers of figures: the fullest in order of time, then the rest.

    Results that go on "to the present" are drawn as far as other results of the report go, not into its plans.
    """
    ends = [row["end"] for row in rows if row["kind"] == "result" and not isnan(row["end"])]
    latest = min(max(ends, default=high), high)
    dated = (row for row in rows if not _is_undated(row))
    spans = [_span(row, low, latest if row["kind"] == "result" else high, high) for row in dated]
    fullest = sorted(spans, key=lambda span: -span.figures)
    return sorted(fullest[:LANES], key=lambda span: (span.kind, span.start, span.end)) + fullest[LANES:]


def _span(row: Record, low: float, open_end: float, high: float) -> Span:
    """The span clipped to the axis, and to the day of the report: no result is from later, whatever its period.

    Its label names the period where an end is open, lies beyond the axis, or is still to come.
    """
    first, last = row["start"], row["end"]
    before, after = not first >= low, not last <= high
    early = row["kind"] == "result" and first < row["told"] < last - STILL_TO_COME
    told = period(row["period_start"], row["period_end"]) if before or after or early else ""
    if early:
        last, after = row["told"], False
    start = low if before else min(first, high)
    end = open_end if isnan(last) else min(max(last, low), high)
    return Span(row["kind"], row["figures"], start, max(start, end), before, after, told)


def _row(key: tuple[str, str], spans: Sequence[Span], told: str) -> ChartRow:
    more = sum(span.figures for span in spans[LANES:])
    note = f"{told}; {count(more, 'more figure')} in other periods" if more else told
    return ChartRow("", key[1] or NOWHERE, note, room=min(len(spans), LANES) * LANE)


def _told(dates: pd.Series[pd.Timestamp]) -> str:
    """When a report is from, to the year: of many, no more is known, and the table has the last day that it can be."""
    latest = pd.to_datetime(dates).max()
    return "undated" if pd.isna(latest) else f"report of {latest.year}"


def _draw(board: Board, lines: Sequence[Sequence[Span]], low: float, high: float) -> None:
    needs = [(span.end, 0.0, span.beyond + EDGE) for spans in lines for span in spans]
    left, right = widen(low, high, board.wide, [(low, ARROW, 0.0), *needs])
    inch = (right - left) / board.wide
    board.ax.set_xlim(left, right)
    _years(board, low, high, inch)
    for spans, middle in zip(lines, board.middles, strict=True):
        top = middle - LANE * (len(spans) - 1) / 2
        for lane, span in enumerate(spans):
            _bar(board.ax, span, top + lane * LANE, inch)


def _bar(ax: Axes, span: Span, y: float, inch: float) -> None:
    shape = look("role", span.kind)
    if span.is_stock:
        mark(ax, span.start, y, shape, 6.0)
    else:
        box = Rectangle((span.start, y - BAR / 2), max(span.end - span.start, THINNEST * inch), BAR, zorder=3)
        box.set(facecolor=shape.colour, edgecolor=INK["text"], linewidth=0.8, hatch=shape.hatch or None, clip_on=False)
        ax.add_patch(box)
    if span.before:
        arrow(ax, span.start, span.start - ARROW * inch, y)
    if span.after:
        arrow(ax, span.end, span.end + ARROW * inch, y)
    beside = span.end + (span.beyond - width(span.words, LABEL)) * inch
    say(ax, beside, y, span.words, LABEL, ha="left", color=INK["text"], zorder=5)


def _years(board: Board, low: float, high: float, inch: float) -> None:
    """Lines where years begin; the number of a year over its middle while there is room, else at its line."""
    first, last = int(low), int(high) + (high > int(high))
    step = next((s for s in (1, 2, 5, 10) if s >= YEAR_ROOM * inch), 20)
    starts = [year for year in range(first, last + 1) if year % step == 0 and year >= low - 0.5]
    ax = board.ax
    ax.set_xticks(starts, [""] * len(starts))
    board.uprights(starts, color=INK["grid"], linewidth=0.8)
    shift = 0.5 if step == 1 else 0.0
    for year in starts:
        if year + shift <= high + 0.01 or not shift:
            style = {"ha": "center", "va": "bottom", "color": INK["soft"], "transform": ax.get_xaxis_transform()}
            say(ax, year + shift, 1.0, str(year), LABEL, **style)
