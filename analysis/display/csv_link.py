"""A table's rows as a CSV file that a page carries in a link: no server, no script, every digit.

>>> import pandas as pd
>>> link = csv_link(pd.DataFrame({"place": ["Xa An"], "value": [0.1 + 0.2]}), ["place", "value"], "One place")
>>> link.file, link.rows, b64decode(link.href.partition(",")[2]).decode("utf-8-sig").splitlines()
('one-place.csv', 1, ['place,value', 'Xa An,0.30000000000000004'])
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.csv_file import as_csv
from analysis.writing.links import slug

__all__ = ["CsvLink", "b64decode", "csv_link"]

LARGEST = 200_000  # bytes of CSV in one link: a page of several tables has to stay well under two megabytes
_KEYS = ("comparison_id", "finding_id", "figure_id", "report", "place")
_MEANS = {
    "period": ("period_start", "period_end"),
    "evidence": ("figure_ids", "figure_id", "start", "end"),
    "value": ("value", "low", "high", "qualifier", "unit", "per", "out_of"),
}


@dataclass(frozen=True)
class CsvLink:
    """A file in a link: its name, its address, and how many rows are in it."""

    file: str
    href: str
    rows: int


def csv_link(frame: pd.DataFrame, columns: Sequence[str], caption: str) -> CsvLink:
    """The rows at full precision, as many as a page can carry, under the names that the tables' files have.

    Args:
        frame: the rows.
        columns: as shown; each brings the columns that it stands for, such as both ends of its interval.
        caption: what the table shows; it names the file.
    """
    names = list(dict.fromkeys(name for name in _written(frame, columns) if name in frame.columns))
    rows, content = len(frame), as_csv(frame[names])
    while len(content) > LARGEST and rows > 1:
        rows = max(1, min(rows - 1, rows * LARGEST // len(content)))
        content = as_csv(frame[names].head(rows))
    href = "data:text/csv;charset=utf-8;base64," + b64encode(content).decode("ascii")
    return CsvLink(f"{slug(caption) or 'table'}.csv", href, rows)


def _written(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[str]:
    yield from (name for name in _KEYS if name in frame.columns)
    for name in columns:
        yield from _MEANS.get(name, (name, f"{name}_low", f"{name}_high"))
        if name in ("target", "achieved", "stated", "recomputed_low"):
            yield from ("unit", "per")
