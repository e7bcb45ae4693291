"""The look of every chart: one palette, one set of rc parameters, and a figure that shows itself as accessible SVG."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from io import StringIO
from os import PathLike, fspath
from typing import Any, cast
from warnings import catch_warnings, filterwarnings
from zlib import crc32

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from analysis.lexicon import rows

__all__ = ["INK", "Look", "Picture", "look", "picture", "style"]

# Laid over matplotlib's own defaults, so that a chart looks the same whatever style the user has chosen.
RC: dict[str, Any] = {
    "font.family": "sans-serif",  # DejaVu Sans comes with matplotlib and has every Vietnamese letter
    "font.size": 9,
    "text.parse_math": False,  # a report's dollar signs are dollar signs
    "axes.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.dpi": 150,
    "svg.fonttype": "none",  # text stays text: searchable, selectable, read aloud
    "svg.hashsalt": "analysis",  # the same table gives the same file
}


@dataclass(frozen=True)
class Look:
    """How a word of a vocabulary is drawn; shape and hatch tell as much as the colour."""

    colour: str
    marker: str
    sign: str  # the marker as a letter, for a line of text
    hatch: str


@contextmanager
def style() -> Iterator[None]:
    """The charts' style for as long as the block runs; nothing stays changed behind it."""
    with plt.style.context(["default", RC]):
        yield


@cache
def palette() -> dict[tuple[str, str], Look]:
    """Every look by group and word, from ``analysis/data/pages/palette.csv``."""
    fields = ("colour", "marker", "sign", "hatch")
    return {(row["group"], row["word"]): Look(*(row[field] for field in fields)) for row in rows("pages/palette")}


def look(group: str, word: str) -> Look:
    """The look of a word, an open white box for a word that the palette does not know.

    >>> look("verdict", "missed").marker, look("verdict", "").marker
    ('v', 's')
    """
    return palette().get((group, word), palette()["verdict", "undetermined"])


INK = {word: entry.colour for (group, word), entry in palette().items() if group == "ink"}


# What a page that is dark calls its inks; anywhere else the colour that follows the name counts.
VARIABLES = {
    "#ffffff": "--paper",
    INK["text"].lower(): "--ink",
    INK["soft"].lower(): "--muted",
    INK["line"].lower(): "--chart-line",
    INK["grid"].lower(): "--chart-grid",
    INK["stripe"].lower(): "--wash",
    INK["range"].lower(): "--chart-range",
}
_SHAPE = re.compile(r'(\bid="|href="#|url\(#)([a-z][0-9a-f]{10}[")])')
_PAINT = re.compile(rf"\b(fill|stroke): ({'|'.join(VARIABLES)})\b", re.IGNORECASE)


class Picture(Figure):
    """A figure that is saved in the charts' style and shows itself in a notebook as one SVG with alternative text."""

    description = ""  # the alternative text
    widened: Callable[[], str] | None = None  # the same chart drawn for a wide screen, as an element of a page

    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Save as matplotlib does, with stable SVG: no date, no version, text as text."""
        target = fspath(fname) if isinstance(fname, str | PathLike) else ""
        if str(kwargs.get("format") or str(target).rpartition(".")[2]).lower() == "svg":
            own = {"Date": None, "Creator": None, "Description": self.description}
            kwargs["metadata"] = own | (kwargs.get("metadata") or {})
        with style(), catch_warnings():
            filterwarnings("ignore", "Glyph .* missing from")  # a box for a letter without a shape is warning enough
            super().savefig(fname, **kwargs)

    def to_svg(self) -> str:
        """The chart as one ``svg`` element for a page: named for screen readers, with ids that no other chart has.

        Its paper and inks are those of the page, by the names of ``VARIABLES``, so that it is dark where the page is.
        """
        file = StringIO()
        self.savefig(file, format="svg")
        svg = file.getvalue()
        svg = re.sub(r'<g id="[^"]*"', "<g", svg[svg.index("<svg") :])
        own = f"{crc32(svg.encode()):08x}"  # matplotlib names shapes by what they look like, and charts share shapes
        svg = _SHAPE.sub(rf"\g<1>{own}-\g<2>", svg)
        svg = _PAINT.sub(lambda found: f"{found[1]}: var({VARIABLES[found[2].lower()]}, {found[2]})", svg)
        name = f'role="img" aria-label="{escape(self.description)}"'
        return svg.replace("<svg", f'<svg {name} preserveAspectRatio="xMinYMin"', 1)

    def to_html(self) -> str:
        """The chart for a page, wide and narrow: a style sheet shows the one for which there is room."""
        narrow = self.to_svg()
        if self.widened is None:
            return narrow
        return f'<div class="wide">{self.widened()}</div><div class="narrow">{narrow}</div>'

    def _ipython_display_(self) -> None:
        """Publish the SVG itself, where the inline backend would print a bitmap without a description."""
        from IPython.display import publish_display_data

        told, narrow = {"alt": self.description}, self.to_svg()
        wide = self.widened() if self.widened else narrow
        publish_display_data(
            {"image/svg+xml": wide, "text/plain": self.description},
            {"image/svg+xml": told | ({"narrow": narrow} if self.widened else {})},
        )


def picture(width: float, height: float) -> Picture:
    """A new figure of pyplot's, in inches, so that a notebook shows it at the end of its cell."""
    figure = plt.figure(FigureClass=Picture, figsize=(width, height), dpi=100, facecolor="white", layout="none")
    return cast(Picture, figure)
