"""Ratios as dots about a reference line at 100%: the drawing that three charts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, inf, isinf
from statistics import median
from typing import Any

from matplotlib.axes import Axes

from analysis.charts.layout import Board, ChartRow, widen
from analysis.charts.lettering import say, width
from analysis.charts.style import INK, Look
from analysis.formatting import percent

Options = dict[str, Any]

__all__ = ["Dot", "arrow", "cut_at", "draw_dots", "mark"]

LABEL = 10.75
MARK = 9.0  # points
BESIDE = 0.13  # inches from the middle of a mark to its label
ARROW = 0.26
HIDDEN = 0.1  # inches; a narrower interval lies behind its mark
EDGE = 0.05
LEAST_CAP = 1.5
LEAST_FLOOR = -0.25
STEPS = (0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
FURTHEST = 20.0  # the end of the longest scale; ten thousand times the target is a slip, not a distance to draw
TICK_ROOM = 0.7
LEAST_VALUES = 0.4  # of the plot; the rest is for labels


@dataclass(frozen=True)
class Dot:
    """A ratio with its interval, its look, and the words beyond it (and, on a dumbbell, beyond the reference)."""

    row: ChartRow
    value: float
    low: float
    high: float
    look: Look
    outer: str
    inner: str = ""
    brief: str = ""  # the words beyond it where the plot is too narrow for all


@dataclass(frozen=True)
class Scale:
    """The part of the axis where values are drawn, and the axis with room for labels."""

    floor: float
    cap: float
    left: float
    right: float

    def clip(self, value: float) -> float:
        """The value, or the end of the scale that it lies beyond."""
        return min(max(value, self.floor), self.cap)

    def cut(self, value: float) -> int:
        """+1 above the scale, -1 below it, 0 on it."""
        return (value > self.cap) - (value < self.floor)


def cut_at(dots: Sequence[Dot]) -> tuple[float, ...]:
    """The ends of the scale that some dot lies beyond."""
    if not dots:
        return ()
    low, high = _limits(dots)
    ends = ((low, any(dot.value < low for dot in dots)), (high, any(dot.value > high for dot in dots)))
    return tuple(end for end, is_passed in ends if is_passed)


def draw_dots(
    board: Board, dots: Sequence[Dot], reference: str, dumbbell: bool = False, from_zero: bool = False
) -> None:
    """The dots with stems from the reference line, whiskers, labels, and arrows where a value is beyond the scale."""
    dots = _fitted(dots, board.wide, reference, from_zero)
    scale = _scale(dots, board.wide, reference, from_zero)
    ax = board.ax
    ax.set_xlim(scale.left, scale.right)
    _ticks(board, scale, reference)
    inch = (scale.right - scale.left) / board.wide
    for dot, y in zip(dots, board.middles, strict=True):
        at, beyond = scale.clip(dot.value), scale.cut(dot.value)
        stem: Options = {"color": INK["line"], "linewidth": 1.6 if dumbbell else 1.2, "zorder": 2}
        ax.plot([1, at], [y, y], linestyle=(0, (2, 1.5)) if beyond else "-", **stem)
        _whisker(ax, dot, y, scale, inch)
        mark(ax, at, y, dot.look, MARK)
        if beyond:
            arrow(ax, at + beyond * 0.06 * inch, at + beyond * ARROW * inch, y)
        _label(ax, dot, y, scale, inch)


def _fitted(dots: Sequence[Dot], inches: float, reference: str, from_zero: bool) -> list[Dot]:
    """The dots, the longest labels made brief until enough of the plot is left for the values."""
    fitted = list(dots)
    for longest in sorted({width(dot.outer, LABEL) for dot in dots}, reverse=True):
        scale = _scale(fitted, inches, reference, from_zero)
        if scale.cap - scale.floor >= LEAST_VALUES * (scale.right - scale.left):
            break
        fitted = [replace(d, outer=d.brief) if d.brief and width(d.outer, LABEL) >= longest else d for d in fitted]
    return fitted


def _limits(dots: Sequence[Dot]) -> tuple[float, float]:
    """The ends of the scale: one value of 600% must not press all others into a corner."""
    values = [dot.value for dot in dots]
    wanted = max(LEAST_CAP, 2 * median(values), min(max(values), 1.1 * LEAST_CAP))
    cap = ceil(4 * min(wanted, FURTHEST)) / 4
    ends = [end for dot in dots for end in (dot.value, dot.low, dot.high) if not isinf(end)]
    return max(min([1.0, *ends]), LEAST_FLOOR), min(max([1.0, *ends]), cap)


def _scale(dots: Sequence[Dot], inches: float, reference: str, from_zero: bool) -> Scale:
    """The axis, widened at both ends until every label has its room."""
    low, high = _limits(dots)
    low = 0.0 if 0 <= low < (inf if from_zero else 0.6) else low
    bare = Scale(low, high, low, high)
    half = width(reference, LABEL, bold=True) / 2
    left, right = min(low, 0.98), max(high, 1.02)
    needs = [(1.0, half, half), (left, width("00%", LABEL) / 2, 0.0)]
    for dot in dots:
        (at_low, over_low), (at_high, over_high) = _reach(dot, bare)
        needs += [(at_low, over_low, 0.0), (at_high, 0.0, over_high + EDGE)]
    return Scale(low, high, *widen(left, right, inches, needs))


def _reach(dot: Dot, scale: Scale) -> tuple[tuple[float, float], tuple[float, float]]:
    """The outermost things to the left and to the right: a position on the scale, and inches beyond it."""
    at = scale.clip(dot.value)
    low, high = _ends(dot, scale)
    outer = BESIDE + _run(dot, scale) + width(dot.outer, LABEL)
    inner = BESIDE * 1.2 + width(dot.inner, LABEL) if dot.inner else BESIDE
    if at >= 1:
        return (min(low, 1.0), inner), (high, outer)
    if not dot.inner:  # beyond the reference line, so that the words of all rows begin right of it
        onward = ARROW if isinf(dot.high) else 0.0
        return (low, BESIDE + _run(dot, scale)), (max(high, 1.0), BESIDE + onward + width(dot.outer, LABEL))
    return (low, outer), (max(high, 1.0), inner)


def _run(dot: Dot, scale: Scale) -> float:
    """Inches that an arrow takes up between a mark and its label."""
    outward = dot.high if dot.value >= 1 else dot.low
    return ARROW if scale.cut(dot.value) or isinf(outward) else 0.0


def _ends(dot: Dot, scale: Scale) -> tuple[float, float]:
    """Both ends of the whisker on the scale; an open end stops at the mark, where an arrow goes on."""
    low = dot.value if isinf(dot.low) else dot.low
    high = dot.value if isinf(dot.high) else dot.high
    return scale.clip(min(low, dot.value)), scale.clip(max(high, dot.value))


def _label(ax: Axes, dot: Dot, y: float, scale: Scale, inch: float) -> None:
    """The words on both sides, each beginning or ending right beside its mark."""
    (left, before), (right, after) = _reach(dot, scale)
    on_right = scale.clip(dot.value) >= 1 or not dot.inner
    first, second = (dot.inner, dot.outer) if on_right else (dot.outer, dot.inner)
    style: Options = {"color": INK["text"], "zorder": 5}
    say(ax, left - (before - width(first, LABEL)) * inch, y, first, LABEL, ha="right", **style)
    say(ax, right + (after - width(second, LABEL)) * inch, y, second, LABEL, ha="left", **style)


def mark(ax: Axes, x: float, y: float, shape: Look, size: float = MARK) -> None:
    """One mark in its shape and colour, outlined so that light colours show."""
    line: Options = {"markeredgecolor": INK["text"], "markeredgewidth": 0.8, "clip_on": False, "zorder": 4}
    ax.plot([x], [y], marker=shape.marker, markersize=size, markerfacecolor=shape.colour, linestyle="none", **line)


def _whisker(ax: Axes, dot: Dot, y: float, scale: Scale, inch: float) -> None:
    """The interval that the words allow, capped; an open end is an arrow."""
    low, high = _ends(dot, scale)
    line: Options = {"color": INK["text"], "linewidth": 1.1, "zorder": 3}
    if high - low > HIDDEN * inch:
        ax.plot([low, high], [y, y], marker="|", markersize=7, markeredgewidth=1.1, **line)
    if scale.cut(dot.value) == 0:
        for end, way in ((dot.low, -1), (dot.high, 1)):
            if isinf(end):
                arrow(ax, scale.clip(dot.value), scale.clip(dot.value) + way * ARROW * inch, y)


def arrow(ax: Axes, start: float, end: float, y: float) -> None:
    """A small level arrow: the value, or what is allowed, goes on that way."""
    props: Options = {"arrowstyle": "-|>,head_length=0.35,head_width=0.18", "color": INK["text"], "linewidth": 1.1}
    ax.annotate("", (end, y), (start, y), arrowprops={**props, "shrinkA": 0, "shrinkB": 0}, annotation_clip=False)


def _ticks(board: Board, scale: Scale, reference: str) -> None:
    """Ticks where values are drawn, one of them the reference, which also has its name above it."""
    inch = (scale.right - scale.left) / board.wide
    step = next((s for s in STEPS if s >= TICK_ROOM * inch), STEPS[-1])
    low, high = ceil(round(scale.floor / step, 6)), floor(round(scale.cap / step, 6))
    ticks = [n * step for n in range(low, high + 1) if abs(n * step - 1) >= TICK_ROOM * inch]
    board.ax.set_xticks([*ticks, 1.0], [percent(round(tick, 6)) for tick in ticks] + ["100%"], fontsize=LABEL)
    board.uprights(ticks, color=INK["grid"], linewidth=0.8)
    board.uprights([1.0], color=INK["text"], linewidth=1.4)
    above = 1 + 0.35 / board.high
    style: Options = {
        "ha": "center",
        "color": INK["text"],
        "weight": "bold",
        "transform": board.ax.get_xaxis_transform(),
    }
    say(board.ax, 1, above, reference, LABEL, **style)
