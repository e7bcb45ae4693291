"""A CSV file in, its texts out: with commas, semicolons or tabs, in any encoding.

>>> read(b"indicator;plan;result\\nNew trees;400;420\\n")[0].text
'New trees reached 420 (plan 400).'
"""

from __future__ import annotations

import csv
import io

from analysis.reading.formats import Found, Unreadable
from analysis.reading.sheet import texts
from analysis.reading.text import decoded

__all__ = ["read"]

_SAMPLE = 20_000  # characters, from which the delimiter is told


def read(data: bytes) -> list[Found]:
    """The reports of a CSV file.

    Raises:
        Unreadable: its rows are no reports, or it is no CSV.
    """
    text = decoded(data)
    try:
        kind: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:_SAMPLE], ",;\t|")
    except csv.Error:
        kind = csv.excel  # of one column, or of long texts
    try:
        return texts(list(csv.reader(io.StringIO(text, newline=""), kind)))
    except csv.Error as error:
        raise Unreadable(f"is no table: {error}") from None
