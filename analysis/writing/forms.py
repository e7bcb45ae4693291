"""Tables in, the files of each form out."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from analysis.csv_file import as_csv
from analysis.reading.reports import Reports
from analysis.writing.iati import as_iati
from analysis.writing.links import link
from analysis.writing.names import RESULTS, WORKBOOK
from analysis.writing.package import as_package
from analysis.writing.workbook import as_workbook

__all__ = ["About", "Written", "as_parquet", "base_of", "made"]


class Written(Protocol):
    """Tables with their names."""

    @property
    def comparisons(self) -> pd.DataFrame:
        """Targets set against results."""
        ...

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]: ...


@dataclass(frozen=True)
class About:
    """What files may say besides the tables: where the pages are, which reports were read, under which licence."""

    pages: str | None = None
    reports: Reports | None = None
    licence: str = ""


def made(tables: Written, forms: Sequence[str], about: About) -> dict[str, bytes]:
    """The files in some forms, by their names.

    Raises:
        MissingExtra: a form needs a package that is not installed.
    """
    files: dict[str, bytes] = {}
    if "xlsx" in forms:
        base = about.pages
        files[WORKBOOK] = as_workbook(tables, None if base is None else lambda id: link(id, base))
    if "csv" in forms:
        files |= {f"{name}.csv": as_csv(table) for name, table in tables}
    if "parquet" in forms:
        files |= {f"{name}.parquet": as_parquet(table) for name, table in tables}
    if "package" in forms:
        files |= as_package(tables, about.reports, about.licence)
    if "iati" in forms:
        files[RESULTS] = f"{json.dumps(as_iati(tables.comparisons), ensure_ascii=False, indent=2)}\n".encode()
    return files


def base_of(pages: str | Path | None, beside: Path) -> str | None:
    """What comes before the name of a page in a link.

    Args:
        pages: their folder or its address; None for no links.
        beside: the folder that the file with the links lies in.
    """
    if pages is None or "://" in str(pages):
        return None if pages is None else f"{str(pages).rstrip('/')}/"
    return f"{Path(os.path.relpath(pages, beside)).as_posix()}/"


def as_parquet(table: pd.DataFrame) -> bytes:
    """A table as a Parquet file."""
    listed = table.assign(figure_ids=table["figure_ids"].map(list)) if "figure_ids" in table else table
    file = io.BytesIO()
    listed.to_parquet(file, index=False)
    return file.getvalue()
