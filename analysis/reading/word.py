"""A Word file in, its text out: paragraphs and tables in their order, list items with a mark."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from analysis.reading.archives import check_packed
from analysis.reading.formats import Found
from analysis.reading.table_rows import spoken
from analysis.reading.text import composed

__all__ = ["read"]


def read(data: bytes) -> list[Found]:
    """The one text of a Word file.

    Raises:
        Unreadable: it is damaged.
    """
    check_packed(data)
    lost: list[str] = []
    text = "\n\n".join(_blocks(data, lost))
    return [Found(composed(text), lost=tuple(lost))]


def _blocks(data: bytes, lost: list[str]) -> Iterator[str]:
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Paragraph):
            text = block.text.strip()
            listed = (block.style and "List" in str(block.style.name)) or block._p.xpath("./w:pPr/w:numPr")
            yield f"- {text}" if listed and text else text
        elif isinstance(block, Table):
            told = spoken([[cell.text for cell in row.cells] for row in block.rows])
            lost += told.lost
            yield "\n".join(told.lines)
