"""The rows of a spreadsheet in, its texts out: a report in each row, or one report of a table of results.

>>> [found.text for found in texts([["Title", "Text"], ["A good year", "It has 9 members."]])]
['A good year\\n\\nIt has 9 members.']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis.reading.formats import Found, Unreadable
from analysis.reading.settings import of_report
from analysis.reading.table_rows import Table, fields, spoken
from analysis.schema import TABLES

__all__ = ["texts"]

_MOST = 20_000  # rows
_OWN = {next(iter(columns)) for columns in TABLES.values()}  # first columns of the library's own tables


def texts(table: Table, name: str = "") -> list[Found]:
    """The reports of a sheet; ``name`` is the sheet's, where there are several.

    Raises:
        Unreadable: it has neither a column of texts nor one of indicators with their plans or results.
    """
    numbered = [(n, row) for n, row in enumerate(table, start=1) if any(cell.strip() for cell in row)]
    cells = [row for _, row in numbered]
    if len(cells) > _MOST:
        raise Unreadable(f"has {len(cells):,} rows; up to {_MOST:,} are read")
    if cells and cells[0][0] in _OWN:
        raise Unreadable("is a table that an earlier run wrote")
    columns = fields("reports", cells[0]) if cells else {}
    if "text" in columns.values():
        return [_report(row, columns, f"{name} row {n}".strip()) for n, row in numbered[1:]]
    told = spoken(cells)
    if not told.results:
        raise Unreadable("has no column of texts (text, content), nor one of indicators with their plans or results")
    return [Found("\n".join(told.lines), name, lost=told.lost)]


def _report(row: Sequence[str], columns: dict[int, str], part: str) -> Found:
    said = {field: row[at].strip() for at, field in columns.items() if at < len(row)}
    text = "\n\n".join(said[field] for field in ("headline", "text") if said.get(field))
    return Found(text, part, _day(said.get("date", "")), said.get("source", ""), said.get("address", ""))


def _day(said: str) -> dt.date | None:
    try:
        return of_report({"date": said[:10]}, "").date
    except ValueError:
        return None
