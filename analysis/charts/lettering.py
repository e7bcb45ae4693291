"""Words on a chart: cleaned, measured, wrapped and written as they are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

__all__ = ["clean", "line_height", "say", "width", "wrap"]

ELLIPSIS = "…"
INCH = 72  # points
ROUNDED = 1.045  # a screen rounds every letter to whole pixels
LEADING = 1.28  # of the font size, from one line to the next
ANY_LETTER = "n"  # of average width; stands for one that the font lacks
INVISIBLE = ("Cc", "Cf", "Cs", "Cn")  # controls, marks of direction, half characters, unassigned
LONGEST = 2000  # characters of one label that are looked at; no chart has room for more


def clean(words: object) -> str:
    """The words as one line: composed letters, single spaces, nothing invisible, nothing that is not XML.

    Vietnamese may come decomposed, and then the font would set its accents beside the letters.

    >>> clean("tỉ lệ" + chr(10) + " 5" + chr(0) + "$")
    'tỉ lệ 5$'
    """
    plain = unicodedata.normalize("NFC", str(words)[:LONGEST])
    visible = (c for c in plain if c.isspace() or unicodedata.category(c) not in INVISIBLE)
    return " ".join("".join(visible).split())


@lru_cache(maxsize=4096)
def width(words: str, size: float, bold: bool = False) -> float:
    """The width of one line in inches, in the font of the charts."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    known = _letters(bold)
    drawn = "".join(c if ord(c) in known else ANY_LETTER * 2 for c in words)
    return float(text_to_path.get_text_width_height_descent(drawn, font, False)[0]) / INCH * ROUNDED


@lru_cache(maxsize=2)
def _letters(bold: bool) -> frozenset[int]:
    path = fontManager.findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal"))
    return frozenset(get_font(path).get_charmap())


def line_height(size: float) -> float:
    """From one line to the next, in inches."""
    return size * LEADING / INCH


def wrap(words: object, inches: float, size: float, lines: int = 1, bold: bool = False) -> list[str]:
    """At most that many lines that fit the width; an ellipsis ends what had to be cut.

    >>> wrap("communes meeting advanced new rural standards", 1.4, 9, lines=2)
    ['communes meeting', 'advanced new rura…']
    """
    wrapped: list[str] = []
    rest = clean(words).split(" ")
    while rest and len(wrapped) < lines:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size, bold) <= inches:
            taken += 1
        line, rest = " ".join(rest[:taken]), rest[taken:]
        if width(line, size, bold) > inches and len(wrapped) < lines - 1:
            line, tail = _broken(line, inches, size, bold)
            rest = [tail, *rest] if tail else rest
        wrapped.append(line)
    if rest or width(wrapped[-1], size, bold) > inches:
        whole = " ".join([wrapped[-1], *rest])
        wrapped[-1] = _broken(whole, inches - width(ELLIPSIS, size, bold), size, bold)[0].rstrip(" ,;:-") + ELLIPSIS
    return [line for line in wrapped if line]


def _broken(line: str, inches: float, size: float, bold: bool) -> tuple[str, str]:
    """The longest beginning that fits, at least one letter, and what is left; found by halving."""
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(line[:middle], size, bold) <= inches else (low, middle - 1)
    return line[:low], line[low:]


def say(ax: Axes, x: float, y: float, words: str, size: float, **style: Any) -> Text:
    """Words put on the axes as they are: no mathematics in them, not cut at the edge."""
    options: dict[str, Any] = {"va": "center", "clip_on": False, "parse_math": False} | style
    return ax.text(x, y, words, fontsize=size, **options)
