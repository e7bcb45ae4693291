"""A PDF in, its text out, page by page; tables of results row by row. A page without text is told as scanned.

Which letters make a line of a column, pdfminer's analysis of the layout says; columns are read one after another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import pdfplumber

from analysis.formatting import count, join
from analysis.reading.formats import Found, Unreadable
from analysis.reading.table_rows import spoken
from analysis.reading.text import composed

__all__ = ["read"]

_Line = dict[str, Any]

_MOST = 500  # pages
_FULL = 0.85  # of the way to the right edge, up to which a line is full
_ITEM = re.compile(r"\s*(?:[-+*•–]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")  # begins an item of a list
_HYPHEN = re.compile(r"\w-$")
_LAYOUT = {"boxes_flow": None}  # lines only: to put boxes in an order takes time by the square of their number
_LEAST_ROWS = 5  # with lines side by side, from which a page has columns; the two heads of a letter are three or four
_LEAST_WORDS = 3  # of such a line, or it is a cell of a table
_GAP = 1.3  # times the usual step from line to line, beyond which a paragraph begins


def read(data: bytes) -> list[Found]:
    """The one text of a PDF.

    Raises:
        Unreadable: it is damaged, locked or too long, or has no page with text.
    """
    lost: list[str] = []
    scanned: list[str] = []
    pages: list[str] = []
    try:
        with pdfplumber.open(io.BytesIO(data), laparams=_LAYOUT) as document:
            total = len(document.pages)
            if total > _MOST:
                raise Unreadable(f"has {total:,} pages; up to {_MOST:,} are read")
            for page in document.pages:
                text = "\n\n".join(_blocks(page, lost))
                (pages if text else scanned).append(text or str(page.page_number))
                page.close()
    except Unreadable:
        raise
    except Exception as error:  # whatever a library makes of damaged bytes
        raise Unreadable(f"is damaged, or locked by a password ({error or type(error).__name__})") from None
    if not total:
        raise Unreadable("is damaged: no page was found in it")
    if not pages:
        raise Unreadable(f"is scanned: {count(total, 'page')} without text; put it through text recognition (OCR)")
    if scanned:
        lost.insert(0, f"page{'' if len(scanned) == 1 else 's'} {join(scanned)}: no text, scanned or empty")
    return [Found(composed("\n\n".join(pages)), lost=tuple(lost))]


def _blocks(page: Any, lost: list[str]) -> Iterator[str]:
    """The text between the tables of a page, and the tables, from top to bottom."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    below = page.bbox[1]
    for table in tables:
        _, top, _, bottom = table.bbox
        if top > below:
            yield from _text(page, below, top)
        told = spoken([[cell or "" for cell in row] for row in table.extract()])
        lost += told.lost
        if told.lines:
            yield "\n".join(told.lines)
        below = max(below, bottom)
    if below < page.bbox[3]:
        yield from _text(page, below, page.bbox[3])


def _text(page: Any, top: float, bottom: float) -> Iterator[str]:
    """The paragraphs of a part of a page."""
    own = [line for line in page.textlinehorizontals if top <= (line["top"] + line["bottom"]) / 2 < bottom]
    columns = _columns(own)
    if len(columns) > 1:
        for lines in _in_order(own, columns):
            yield from _paragraphs(lines)
    else:
        left, _, right, _ = page.bbox
        yield from _paragraphs(page.crop((left, top, right, bottom)).extract_text_lines(return_chars=False))


def _columns(lines: list[_Line]) -> list[tuple[float, float]]:
    """From where to where the columns of a page reach: what lines that stand side by side take up, all together."""
    long = [line for line in lines if len(line["text"].split()) >= _LEAST_WORDS]
    ordered = sorted(long, key=lambda line: line["top"])
    rows = [list(row) for _, row in groupby(ordered, key=lambda line: round(line["top"]))]
    beside = [row for row in rows if len(row) > 1]
    if len(beside) < _LEAST_ROWS:
        return []
    columns: list[tuple[float, float]] = []
    for start, end in sorted((line["x0"], line["x1"]) for row in beside for line in row):
        if columns and start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return columns


def _in_order(lines: list[_Line], columns: list[tuple[float, float]]) -> Iterator[list[_Line]]:
    """The lines as they are read: what goes across the columns, and between two such lines column by column.

    In one list are lines that may go on in the next one, at the foot of a column in the head of the other.
    """

    def column(line: _Line) -> int:
        met = [n for n, (start, end) in enumerate(columns) if line["x0"] < end and line["x1"] > start]
        return met[0] if len(met) == 1 else -1

    ordered = sorted(lines, key=lambda line: line["top"])
    for across, part in groupby(ordered, key=lambda line: column(line) < 0):
        own = list(part)
        if across:
            yield own
        else:
            chain = sorted(own, key=column)
            starts = [columns[column(line)][0] for line in chain]
            yield [line | {"x0": line["x0"] - x, "x1": line["x1"] - x} for line, x in zip(chain, starts, strict=True)]


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """The paragraphs that lines make; a line that reaches the right edge goes on in the next."""
    steps = [below["top"] - above["top"] for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    left, right = (pick((line[x] for line in lines), default=0.0) for pick, x in ((min, "x0"), (max, "x1")))
    edge = left + _FULL * (right - left)
    block, reached = "", 0.0
    for line, step in zip(lines, [0.0, *steps], strict=False):
        if step > _GAP * usual and block:
            yield block
            block = ""
        text = line["text"].strip()
        goes_on = block and reached >= edge and not _ITEM.match(text)
        apart = "" if _HYPHEN.search(block) else " "  # "7.5-" goes on in "8%"
        block += (apart if goes_on else "\n" if block else "") + text
        reached = line["x1"]
    if block:
        yield block
