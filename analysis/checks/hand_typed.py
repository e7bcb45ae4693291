"""A figures table as somebody typed it, with a few columns only and no text behind it.

What is not given follows from what is: the written digits from the value (a string keeps ``58.70``), the unit from the
measure, the range of true values from both. Rows are taken in the order of the table, as if one sentence listed them.

>>> import pandas as pd
>>> rows = completed(pd.DataFrame({"figure_id": ["a", "b"], "value": ["524", "19.1"], "measure": ["amount", "share"]}))
>>> rows["unit"], rows["low"], [str(step) for step in rows["step"]]
(['count', '%'], [524.0, 19.05], ['1', '1/10'])
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf, isinf
from typing import Any

import pandas as pd

from analysis import schema
from analysis.checks.amounts import decimals, numeral
from analysis.intervals import exact, qualified, step_of

__all__ = ["completed"]

NEEDED = ("figure_id", "value", "measure")
PER_CENT = frozenset({"share", "change", "attainment", "margin"})
UNITS = {"rank": "rank", "score": "point"}
BLANKS: dict[str, Any] = {"qualifier": "exact", "role": "achieved", "sign": 1, "whole": "", "sentence_start": 0}

Row = dict[str, Any]


def completed(figures: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns of a figures table as plain lists, those that were not typed filled in.

    Raises:
        ValueError: a column is lacking that nothing can be made of, a value is no number, or a word is not known.
    """
    missing = [name for name in NEEDED if name not in figures.columns]
    if missing:
        raise ValueError(f"The table figures lacks the columns {', '.join(missing)}; add them or rebuild the table.")
    absent = [name for name in schema.FIGURES if name not in figures.columns]
    told = figures.replace("", pd.NA) if absent else figures
    schema.validate("figures", told.assign(**dict.fromkeys(absent)))
    columns = {name: _plain(figures[name], schema.FIGURES[name]) for name in schema.FIGURES if name not in absent}
    if not absent and not any(isinstance(value, str) for value in columns["value"]):
        return columns
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    filled = [_filled(row, n) for n, row in enumerate(rows)]
    return {name: [row[name] for row in filled] for name in schema.FIGURES}


def _filled(row: Row, number: int) -> Row:
    """One row with every column."""
    digits = _digits(row)
    made: Row = dict(row)
    made["value"] = float(exact(digits))
    made |= {name: blank for name, blank in BLANKS.items() if row.get(name) in (None, "")}
    made |= {name: number for name in ("start", "end") if name not in row}
    for name, make in MADE.items():
        if row.get(name) in (None, ""):
            made[name] = make(made, digits)
    for name, dtype in schema.FIGURES.items():
        made.setdefault(name, "" if dtype in ("string", "category") else None)
    return made


def _digits(row: Row) -> str:
    """The number as it was written, without thousands marks; of a number that is no text its shortest form."""
    try:
        value = exact(row["value"])
    except (ArithmeticError, ValueError, TypeError) as error:
        raise ValueError(
            f"The value {row['value']!r} of figure {row['figure_id']} is no number; write it with a decimal point."
        ) from error
    if isinstance(row["value"], str):
        return row["value"].strip().replace(",", "")
    step = Fraction(1)
    while value % step and decimals(step) < 9:
        step /= 10
    return numeral(value, decimals(step)).replace(",", "")


def _unit(row: Row, digits: str) -> str:
    return UNITS.get(row["measure"], "%" if row["measure"] in PER_CENT else "count")


def _low(row: Row, digits: str) -> float | None:
    return _ends(row, digits)[0]


def _high(row: Row, digits: str) -> float | None:
    return _ends(row, digits)[1]


def _ends(row: Row, digits: str) -> tuple[float | None, float | None]:
    """What the written number can stand for: a bare count and a target are exact, the rest is rounded."""
    rounded = row["role"] != "target" and ("." in digits or row["unit"] in ("%", "pp", "times"))
    span = qualified(digits.lstrip("-"), row["qualifier"], role=row["role"], rounded=rounded)
    ends = [inf if isinf(end) else float(end) for end in (span.low, span.high)]
    low, high = (-ends[1], -ends[0]) if digits.startswith("-") else (ends[0], ends[1])
    return low, high


def _quote(row: Row, digits: str) -> str:
    return digits + {"count": "", "%": "%", "rank": "", "point": ""}.get(row["unit"], f" {row['unit']}")


# In this order: what comes later is made of what comes before.
MADE: dict[str, Callable[[Row, str], Any]] = {
    "unit": _unit,
    "step": lambda row, digits: step_of(digits),
    "low": _low,
    "high": _high,
    "quote": _quote,
}


def _plain(column: pd.Series, dtype: str) -> list[Any]:
    """The cells as plain Python objects: an empty string for missing words, None for missing numbers and dates."""
    blank = "" if dtype in ("string", "category") else None
    if dtype == "datetime64[ns]":
        column = pd.to_datetime(column)
    return [blank if missing else cell for cell, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]
