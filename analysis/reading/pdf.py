"""A PDF in, its text out, page by page; tables of results row by row. A page without text is told as scanned."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber

from analysis.formatting import count, join
from analysis.reading.formats import Found, Unreadable
from analysis.reading.table_rows import spoken
from analysis.reading.text import composed

__all__ = ["read"]

_MOST = 500  # pages
_FULL = 0.85  # of the way to the right edge, up to which a line is full
_ITEM = re.compile(r"\s*(?:[-+*•–]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")  # begins an item of a list
_HYPHEN = re.compile(r"\w-$")
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
        with pdfplumber.open(io.BytesIO(data)) as document:
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
    """The paragraphs of a part of a page; a line that reaches the right edge goes on in the next."""
    left, _, right, _ = page.bbox
    lines = page.crop((left, top, right, bottom)).extract_text_lines(return_chars=False)
    steps = [below["top"] - above["top"] for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    edge = _FULL * max((line["x1"] for line in lines), default=0.0)
    block, reached = "", 0.0
    for line, step in zip(lines, [0.0, *steps], strict=False):
        if step > _GAP * usual and block:
            yield block
            block = ""
        goes_on = block and reached >= edge and not _ITEM.match(line["text"])
        apart = "" if _HYPHEN.search(block) else " "  # "7.5-" goes on in "8%"
        block += (apart if goes_on else "\n" if block else "") + line["text"]
        reached = line["x1"]
    if block:
        yield block
