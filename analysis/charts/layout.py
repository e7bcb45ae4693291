"""The frame that all charts share: heading, labelled rows in groups, axis on top, source below.

A chart is first a ``Plan``, which is only data; ``render`` alone touches matplotlib's figures. Heights are counted in
inches and rows grow with their labels, so that text never runs into text however many rows there are.

Words stand above the marks that they belong to, and the whole is narrow: shown as wide as a telephone, the smallest
letters are still eleven pixels high, and on paper they are those of the text. For a wide screen the same plan is drawn
again, with the words beside the marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from analysis.charts.lettering import LEADING, clean, line_height, say, width, wrap
from analysis.charts.style import INK, Picture, picture, style

__all__ = ["Board", "ChartRow", "Plan", "alt_text", "render", "widen"]

WIDTH = 4.75  # of which 350 pixels, the column of a small telephone, are three quarters
WIDE = 9.2  # 880 pixels
BESIDE = 7.0  # from here on words stand beside the marks
LABELS = 0.4  # of the width, for the words
MARGIN = 0.1
TITLE, BODY, SMALL = 14.0, 11.5, 10.75
ROW_PAD = 0.1
TRACK = 0.27  # the room of marks in a line
HEAD_PAD = 0.14
BETWEEN = 0.2  # a label and the note at the end of its line
PASSES = 12
NOWHERE = "place not stated"

Box = tuple[float, float, float, float]

ALT: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


@dataclass(frozen=True)
class ChartRow:
    """One labelled row: its group (a place), what is measured, a second line, and how high its marks are."""

    group: str
    label: str
    note: str = ""
    room: float = TRACK  # inches
    lines: int = 2  # of the label at most


@dataclass(frozen=True)
class Plan:
    """All that a chart says, before anything is drawn; ``draw`` puts the marks on the board."""

    title: str
    subtitle: str
    source: str
    alt: str = ""
    rows: Sequence[ChartRow] = ()
    draw: Callable[[Board], None] | None = None
    notes: Sequence[str] = ()
    grouped: bool | None = None  # headings for groups: always, never, or where groups hold more than one row
    axis_room: float = 0.27  # inches above the plot for the ticks


@dataclass(frozen=True)
class Board:
    """The axes with the place of every row in it: y is in inches from the top, growing downwards."""

    ax: Axes
    middles: tuple[float, ...]
    wide: float  # the plot in inches
    high: float
    rooms: tuple[float, ...] = ()  # of the rows' marks, in inches

    def uprights(self, places: Sequence[float], **look: Any) -> None:
        """Lines at these places, drawn only where marks are, so that no word is struck through."""
        for middle, room in zip(self.middles, self.rooms, strict=True):
            self.ax.vlines(places, middle - room / 2, middle + room / 2, zorder=1, clip_on=False, **look)


@dataclass(frozen=True)
class _TextLine:
    """One line of text as it will be written."""

    words: str
    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True)
class _Block:
    """A row as it is laid out: wrapped lines, and below them the room of its marks."""

    row: int  # its number, -1 for the heading of a group
    label: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    room: float = 0.0
    aside: bool = False  # whether the note stands at the end of the label's line
    beside: bool = False  # whether the words stand beside the marks, not above them

    @property
    def text(self) -> float:
        """The height of its words."""
        return len(self.label) * line_height(BODY) + (0 if self.aside else len(self.note)) * line_height(SMALL)

    @property
    def height(self) -> float:
        inner = max(self.text, self.room) if self.beside else self.text + self.room
        return inner + (HEAD_PAD if self.row < 0 else ROW_PAD)


def alt_text(ax: Axes) -> str:
    """The alternative text of a chart: one or two sentences that say what a reader would see.

    Raises:
        KeyError: the axes hold none of these charts.
    """
    try:
        return ALT[ax]
    except KeyError:
        raise KeyError("These axes hold no chart of analysis.charts; pass the axes that a chart returned.") from None


def render(plan: Plan, ax: Axes | None = None) -> Axes:
    """The plan drawn on a new figure as high as it needs to be, or into the room that the given axes take up."""
    return _render(plan, WIDTH if ax is None else _region(ax)[2], ax)


def _wide_svg(plan: Plan) -> str:
    """The plan drawn wide, as an element of a page."""
    figure = _render(plan, WIDE).figure
    assert isinstance(figure, Picture)
    plt.close(figure)
    return figure.to_svg()


def _render(plan: Plan, wide: float, ax: Axes | None = None) -> Axes:
    beside = LABELS * wide if wide >= BESIDE else 0.0
    blocks = _blocks(plan, wide - 2 * MARGIN, beside)
    heading, footing = _heading(plan, wide - 3 * MARGIN), _footing(plan, wide - 3 * MARGIN)
    above = MARGIN + _height(heading) + (plan.axis_room if blocks else 0)
    below = MARGIN + _height(footing)
    body = sum(block.height for block in blocks)
    if ax is None:
        # Outside the style: opening a figure may load a backend, whose settings have to outlive this call.
        figure = picture(wide, above + max(body, MARGIN) + below)
        figure.description = plan.alt
        figure.widened = partial(_wide_svg, plan)
    with style():
        ax = figure.add_axes((0, 0, 1, 1)) if ax is None else ax
        region = _region(ax)
        plot = _inset(ax, region, above, below, beside)
        _write(ax, region, plot, heading, footing)
        _bare(ax, body)
        middles = _label_rows(ax, blocks, region, plot)
        if plan.draw and blocks:
            plan.draw(Board(ax, tuple(middles), plot[2], plot[3], tuple(row.room for row in plan.rows)))
    ALT[ax] = plan.alt
    # IPython draws what is stale as a bitmap at the end of a cell, before the figure shows itself as SVG.
    ax.figure.stale = False
    return ax


def widen(low: float, high: float, inches: float, needs: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """The axis from low to high, widened until everything on it has its room; each pass comes closer.

    Args:
        low: the least value to be shown.
        high: the greatest.
        inches: the width of the plot.
        needs: values, each with the inches that are taken up before it and after it.
    """
    wanted = list(needs)
    for _ in range(PASSES):
        inch = (high - low) / inches
        low, high = (
            min([low, *(at - before * inch for at, before, _ in wanted)]),
            max([high, *(at + after * inch for at, _, after in wanted)]),
        )
    return low, high


def _region(ax: Axes) -> Box:
    """The room of the axes in inches: left, bottom, width, height."""
    wide, high = _size(ax)
    place = ax.get_position()
    return place.x0 * wide, place.y0 * high, place.width * wide, place.height * high


def _size(ax: Axes) -> tuple[float, float]:
    """The figure or subfigure around the axes, in inches."""
    return ax.figure.bbox.width / ax.figure.dpi, ax.figure.bbox.height / ax.figure.dpi


def _inset(ax: Axes, region: Box, above: float, below: float, beside: float) -> Box:
    """Move the axes inwards, so that heading, source and words beside it have the rest; the plot in inches."""
    x, y, wide, high = region
    plot = (x + MARGIN + beside, y + below, max(wide - 2 * MARGIN - beside, 0.5), max(high - above - below, 0.01))
    total_wide, total_high = _size(ax)
    ax.set_position((plot[0] / total_wide, plot[1] / total_high, plot[2] / total_wide, plot[3] / total_high))
    return plot


def _heading(plan: Plan, inches: float) -> list[_TextLine]:
    title = [_TextLine(line, TITLE, INK["text"], True) for line in wrap(plan.title, inches, TITLE, 4, bold=True)]
    return title + [_TextLine(line, BODY, INK["soft"]) for line in wrap(plan.subtitle, inches, BODY, 4) if plan.source]


def _footing(plan: Plan, inches: float) -> list[_TextLine]:
    lines = (line for words in (*plan.notes, plan.source) for line in wrap(words, inches, SMALL, 3))
    return [_TextLine(line, SMALL, INK["soft"]) for line in lines]


def _height(lines: Sequence[_TextLine]) -> float:
    return sum(line_height(line.size) for line in lines) + (MARGIN / 2 if lines else 0)


def _write(ax: Axes, region: Box, plot: Box, heading: Sequence[_TextLine], footing: Sequence[_TextLine]) -> None:
    """The title as the title of the axes, the rest as lines under it and under the plot, all flush left."""
    x, y, _, high = region
    left = (x + MARGIN - plot[0]) / plot[2]
    top = y + high - MARGIN
    titles = [line for line in heading if line.bold]
    flush: dict[str, Any] = {"x": left, "y": (top - plot[1]) / plot[3], "va": "top", "ha": "left", "pad": 0}
    words = "\n".join(line.words for line in titles)
    title = ax.set_title(words, loc="center", fontsize=TITLE, fontweight="bold", color=INK["text"], **flush)
    title.set(linespacing=LEADING, parse_math=False)
    top -= sum(line_height(line.size) for line in titles)
    for start, lines in ((top, heading[len(titles) :]), (plot[1] - MARGIN / 2, footing)):
        at = start
        for line in lines:
            at -= line_height(line.size)
            height = (at - plot[1]) / plot[3]
            say(ax, left, height, line.words, line.size, va="bottom", color=line.colour, transform=ax.transAxes)


def _bare(ax: Axes, body: float) -> None:
    """Axes with nothing on them yet: y grows downwards in inches, ticks on top, no box."""
    ax.set_ylim(max(body, 0.01), 0)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    ax.patch.set_visible(False)
    ax.set_axisbelow(True)
    ax.tick_params(axis="x", top=False, bottom=False, labeltop=True, labelbottom=False, pad=3, colors=INK["soft"])


def _blocks(plan: Plan, inches: float, beside: float) -> list[_Block]:
    """Rows with their text wrapped, into the room beside the marks if there is any; a heading before each group."""
    room = beside - BETWEEN if beside else inches
    groups = [clean(row.group) or NOWHERE for row in plan.rows]
    changes = 1 + sum(a != b for a, b in pairwise(groups))
    heads = 2 * changes <= len(groups) + 1 if plan.grouped is None else plan.grouped
    blocks: list[_Block] = []
    for number, (row, group) in enumerate(zip(plan.rows, groups, strict=True)):
        if heads and (number == 0 or groups[number - 1] != group):
            blocks.append(_Block(-1, wrap(group, inches, BODY, 2, bold=True)))
        words = row.label if heads or plan.grouped is False else f"{group}: {row.label}"
        note = wrap(row.note, room, SMALL, 2) if row.note else []
        label = wrap(words, room, BODY, row.lines)
        taken = [width(lines[0], size) for lines, size in ((label, BODY), (note, SMALL)) if lines]
        aside = not beside and len(label) == len(note) == 1 and sum(taken) + BETWEEN <= inches
        blocks.append(_Block(number, label, note, row.room, aside, bool(beside)))
    return blocks


def _label_rows(ax: Axes, blocks: Sequence[_Block], region: Box, plot: Box) -> list[float]:
    """The labels of all rows, every second row shaded; the middle of each row's marks."""
    left = (region[0] + MARGIN - plot[0]) / plot[2]
    across = blended_transform_factory(ax.transAxes, ax.transData)
    middles, top = [], 0.0
    for block in blocks:
        heading = block.row < 0
        text = [_TextLine(words, BODY, INK["text"], heading) for words in block.label]
        notes = [_TextLine(words, SMALL, INK["soft"]) for words in block.note]
        text += [] if block.aside else notes
        if block.row % 2 == 0:
            stripe = Rectangle((left - 0.01, top), 1.01 - left, block.height, transform=across, clip_on=False, zorder=0)
            stripe.set(facecolor=INK["stripe"], edgecolor="none")
            ax.add_patch(stripe)
        at = top + (HEAD_PAD * 0.7 if heading else ROW_PAD * 0.6)
        at = at if heading or not block.beside else top + (block.height - block.text) / 2
        for line in text:
            at += line_height(line.size)
            weight = "bold" if line.bold else "normal"
            middle = at - line_height(line.size) / 2
            say(ax, left, middle, line.words, line.size, color=line.colour, weight=weight, transform=across)
            for note in notes if block.aside else ():
                say(ax, 1, middle, note.words, note.size, color=note.colour, ha="right", transform=across)
        if not heading:
            middles.append(top + block.height / 2 if block.beside else at + block.room / 2)
        top += block.height
    return middles
