"""An Excel workbook in, the texts of its sheets out: values as they were last computed, no formula or macro is run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import openpyxl

from analysis.reading.archives import check_packed
from analysis.reading.formats import Found, Unreadable
from analysis.reading.sheet import texts
from analysis.reading.text import composed

__all__ = ["read"]


def read(data: bytes) -> list[Found]:
    """The reports of each sheet; ``lost`` of the first names sheets without any.

    Raises:
        Unreadable: no sheet has a report, or the file is damaged.
    """
    check_packed(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
    found: list[Found] = []
    reasons: list[str] = []
    filled = [(title, rows) for title, rows in sheets if any(map(any, rows))]
    for title, rows in filled:
        try:
            found += texts(rows, title if len(filled) > 1 else "")
        except Unreadable as error:
            reasons.append(f"the sheet {title}, which {error}")
    if not found:
        raise Unreadable(f"holds no report: {'; '.join(reasons)}" if reasons else "has only empty sheets")
    first = found[0]
    return [Found(first.text, first.part, first.date, first.source, first.address, (*first.lost, *reasons)), *found[1:]]


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_told(cell.value, getattr(cell, "number_format", "") or "") for cell in row]


def _told(value: object, shown: str) -> str:
    """A cell's value as its sheet shows it, as far as that matters: per cents, whole numbers, days."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return composed(str(value))
    return f"{value * 100:.12g}%" if "%" in shown else f"{value:.12g}"
