"""The tables as an Excel workbook: typed cells, a head that stays, filters, links, and what the columns mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.csv_file import is_formula, joined
from analysis.errors import UserError
from analysis.extras import needed
from analysis.schema import TABLES
from analysis.writing.codebook import INDICATOR, columns, indicators

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Link", "WorkbookError", "as_workbook", "fill"]

Link = Callable[[str], str]
"""From a figure's id to the address of its sentence in the pages."""

DATE = "yyyy-mm-dd"
_LONGEST_CELL = 32_767  # characters, Excel's limit
_MOST_ROWS = 1_048_576  # of a sheet with its head, Excel's limit
_MOST_LINKS = 65_530  # on a sheet, Excel's limit
_FIRST_DAY = pd.Timestamp(1900, 3, 1)  # before it, spreadsheets disagree on what number a day has
_WIDE = {"sentence", "message", "arithmetic", "explanation", "meaning", "words"}
_MIDDLE = {"subject", "quote", "wording", "against", "doubt", "figure_ids", "label"}


class WorkbookError(UserError, ValueError):
    """The tables do not fit into a workbook; the message says what does not, and what to do."""


def as_workbook(tables: Iterable[tuple[str, pd.DataFrame]], link: Link | None = None) -> bytes:
    """The workbook as a file.

    Args:
        tables: with their names, in the order of the sheets.
        link: gives the address of a figure; without it, links lead only from a row to its first figure.

    Raises:
        MissingExtra: openpyxl is not installed.
        WorkbookError: a table has more rows, or a cell more characters, than Excel can hold.
    """
    openpyxl = needed("openpyxl", "office")
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = dict(tables)
    rows = {id: number for number, id in enumerate(named["figures"]["figure_id"], start=2)}
    for name, table in named.items():
        sheet = fill(book.create_sheet(name), list(table.columns), table.to_dict("records"))
        _to_evidence(sheet, table, link) if name == "figures" else _to_figures(sheet, table, rows)
    explained = [
        {"table": table, "column": one.name, "type": one.dtype, "meaning": one.meaning, "words": ", ".join(one.words)}
        for table in TABLES
        for one in columns(table)
    ]
    fill(book.create_sheet("codebook"), list(explained[0]), explained)
    fill(book.create_sheet("indicators"), list(INDICATOR), indicators())
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def fill(sheet: Worksheet, names: Sequence[str], rows: Sequence[Mapping[Any, Any]]) -> Worksheet:
    """Write rows under a head that stays in view, with filters.

    Raises:
        WorkbookError: there are more rows, or more characters in a cell, than Excel can hold.
    """
    if len(rows) >= _MOST_ROWS:
        told = f"{sheet.title} has {len(rows):,} rows, and a sheet of Excel holds {_MOST_ROWS - 1:,}"
        raise WorkbookError(f"{told}; write csv or parquet, or the tables of fewer reports at a time.")
    bold = needed("openpyxl.styles", "office").Font(bold=True)
    for at, name in enumerate(names, start=1):
        cell = sheet.cell(1, at, name)
        cell.font = bold
        width = 60 if name in _WIDE else 28 if name in _MIDDLE else max(12, len(name) + 4)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, record in enumerate(rows, start=2):
        for at, name in enumerate(names, start=1):
            _write(sheet, row, at, record[name])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    return sheet


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """One cell with its type; text is text, whatever it begins with."""
    value = joined(value)
    if not isinstance(value, str):
        if value is None or value is pd.NA or value != value:
            return
        if isinstance(value, pd.Timestamp):
            value = value.to_pydatetime() if value >= _FIRST_DAY else value.date().isoformat()
        elif isinstance(value, float) and math.isinf(value):
            value = str(value)  # a spreadsheet has no such number
    if value == "":
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        if len(value) > _LONGEST_CELL:
            told = f"{sheet.title}, {cell.coordinate} ({value[:40]}...) has {len(value):,} characters"
            raise WorkbookError(f"{told}, and a cell of Excel holds {_LONGEST_CELL:,}; write csv or parquet.")
        cell.value = _printable(value)
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)  # what an apostrophe before it would be to a person
    else:
        cell.value = value
        if isinstance(value, pd.Timestamp) or hasattr(value, "year"):
            cell.number_format = DATE


def _printable(text: str) -> str:
    """The text without what no XML file may hold."""
    illegal = needed("openpyxl.cell.cell", "office").ILLEGAL_CHARACTERS_RE
    cleaned: str = illegal.sub("\N{REPLACEMENT CHARACTER}", text)
    return cleaned.encode("utf-8", "replace").decode("utf-8")


def _to_evidence(sheet: Worksheet, figures: pd.DataFrame, link: Link | None) -> None:
    """Let each figure's words lead to their sentence in the pages."""
    if link is None:
        return
    at = list(figures.columns).index("quote") + 1
    for row, id in enumerate(figures["figure_id"][:_MOST_LINKS], start=2):
        cell = sheet.cell(row, at)
        cell.hyperlink = link(id)
        _underlined(cell)


def _to_figures(sheet: Worksheet, table: pd.DataFrame, rows: Mapping[str, int]) -> None:
    """Let the ids of each row lead to the first of its figures."""
    hyperlink = needed("openpyxl.worksheet.hyperlink", "office").Hyperlink
    at = list(table.columns).index("figure_ids") + 1
    for row, ids in enumerate(table["figure_ids"][:_MOST_LINKS], start=2):
        found = next((rows[id] for id in ids if id in rows), None)
        if found is not None:
            cell = sheet.cell(row, at)
            cell.hyperlink = hyperlink(ref=cell.coordinate, location=f"figures!A{found}")
            _underlined(cell)


def _underlined(cell: Any) -> None:
    cell.font = needed("openpyxl.styles", "office").Font(underline="single", color="0563C1")
