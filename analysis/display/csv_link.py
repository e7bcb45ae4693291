"""A table's rows as a CSV file that a page carries in a link: no server, no script, every digit.

>>> import pandas as pd
>>> link = csv_link(pd.DataFrame({"place": ["Xa An"], "value": [0.1 + 0.2]}), ["place", "value"], "One place")
>>> link.file, link.rows, b64decode(link.href.partition(",")[2]).decode("utf-8-sig").splitlines()
('one-place.csv', 1, ['place,value', 'Xa An,0.30000000000000004'])
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.display.links import slug

__all__ = ["CsvLink", "b64decode", "csv_link"]

LARGEST = 200_000  # bytes of CSV in one link: a page of several tables has to stay well under two megabytes
_KEYS = ("comparison_id", "finding_id", "figure_id", "report", "place")
_MEANS = {
    "period": ("period_start", "period_end"),
    "evidence": ("figure_ids", "figure_id", "start", "end"),
    "value": ("value", "low", "high", "qualifier", "unit", "per", "out_of"),
}
# A spreadsheet runs a cell that begins like this, and text from a report is text. A number may begin with a sign.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d)")


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
    plain, rows = frame[names].map(_as_text) if len(frame) else frame[names], len(frame)
    content = _bytes(plain)
    while len(content) > LARGEST and rows > 1:
        rows = max(1, min(rows - 1, rows * LARGEST // len(content)))
        content = _bytes(plain.head(rows))
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    href = "data:text/csv;charset=utf-8;base64," + b64encode(b"\xef\xbb\xbf" + content).decode("ascii")
    return CsvLink(f"{slug(caption) or 'table'}.csv", href, rows)


def _written(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[str]:
    yield from (name for name in _KEYS if name in frame.columns)
    for name in columns:
        yield from _MEANS.get(name, (name, f"{name}_low", f"{name}_high"))
        if name in ("target", "achieved", "stated", "recomputed_low"):
            yield from ("unit", "per")


def _bytes(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n").encode("utf-8", "replace")


def _as_text(value: object) -> object:
    if isinstance(value, tuple | list):
        value = " ".join(map(str, value))
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
