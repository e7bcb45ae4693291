"""A table as a CSV file that a spreadsheet opens as it is meant: letters as letters, text as text.

Every CSV file that the library writes comes from here.

>>> import pandas as pd
>>> said = pd.DataFrame({"said": ["Điện Biên", "- 5 schools", "-5"], "ids": [("a:1", "a:9"), (), ()]})
>>> as_csv(said).decode("utf-8-sig")
"said,ids\\r\\nĐiện Biên,a:1 a:9\\r\\n'- 5 schools,\\r\\n-5,\\r\\n"
"""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["as_csv", "inert", "is_formula", "joined"]

# What spreadsheets take for the beginning of a formula, behind blanks and in East Asian width too.
_BEGINS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?", re.ASCII)


def as_csv(frame: pd.DataFrame) -> bytes:
    """The table as a file: RFC 4180, in UTF-8 with the mark by which Excel knows it.

    Dates are ISO 8601, several ids in a cell are joined by blanks, what is missing is empty, an open bound is ``inf``.
    """
    words = [str(name) for name in frame.columns if not _is_plain(frame[name])]
    cells = {name: pd.Series([inert(joined(cell)) for cell in frame[name]], frame.index, "object") for name in words}
    plain = frame.assign(**cells)
    text = plain.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
    return text.encode("utf-8-sig", "replace")


def is_formula(cell: object) -> bool:
    """Whether a spreadsheet would run the cell; a sign is safe only where all of the cell is a number.

    >>> [is_formula(cell) for cell in ("=1+1", "-1+cmd|'/C calc'!A0", "- 5 schools", "-5", "+3.4%", "5", None)]
    [True, True, True, False, False, False, False]
    """
    return isinstance(cell, str) and bool(_BEGINS.match(cell)) and not _NUMBER.fullmatch(cell)


def inert(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would run."""
    return f"'{cell}" if is_formula(cell) else cell


def joined(cell: object) -> object:
    """Several ids as one text, with blanks between them; anything else as it is."""
    return " ".join(map(str, cell)) if isinstance(cell, tuple | list) else cell


def _is_plain(column: pd.Series) -> bool:
    """Whether a column holds numbers, dates or truths, so that no text can stand in it."""
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
