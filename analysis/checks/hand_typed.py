"""A figures table as somebody typed it, with a few columns only and no text behind it.

What is not given follows from what is: the written digits from the value (a string keeps ``58.70``), the unit from the
measure, the range of true values from both. Rows are taken in the order of the table, as if one sentence listed them.

>>> table = completed(pd.DataFrame({"figure_id": ["a", "b"], "value": ["524", "19.1"], "measure": ["amount", "share"]}))
>>> table[["value", "unit", "low", "step"]].values.tolist()
[[524.0, 'count', 524.0, 1.0], [19.1, '%', 19.05, 0.1]]
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from analysis import schema
from analysis.formatting import decimals, fixed
from analysis.intervals import exact, qualified, step_of

__all__ = ["completed"]

NEEDED = ("figure_id", "value", "measure")
PER_CENT = frozenset({"share", "change", "attainment", "margin"})
UNITS = {"rank": "rank", "score": "point"}
SIGNS = {"%": "%", "count": "", "rank": "", "point": ""}

Row = dict[str, Any]


def completed(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures table with the contract's columns, those that were not typed filled in.

    Raises:
        ValueError: a column is lacking that nothing can be made of, a value is no number, or a word is not known.
    """
    missing = [name for name in NEEDED if name not in figures.columns]
    if missing:
        raise ValueError(f"The table figures lacks the columns {', '.join(missing)}; add them or rebuild the table.")
    absent = [name for name in schema.FIGURES if name not in figures.columns]
    told = figures.replace("", pd.NA) if absent else figures
    schema.validate("figures", told.assign(**dict.fromkeys(absent)))
    if not absent and pd.api.types.is_numeric_dtype(figures["value"]) and figures["step"].notna().all():
        return figures
    rows = told.astype(object).where(told.notna(), None).to_dict("records")
    return schema.frame("figures", [_filled({str(k): v for k, v in row.items()}, n) for n, row in enumerate(rows)])


def _filled(row: Row, number: int) -> Row:
    """One row with every column that follows from others; what is made later is made of what is made before."""
    digits = _digits(row)
    made: Row = {"start": number, "end": number, "sign": 1, "qualifier": "exact", "role": "achieved", "whole": ""}
    made |= {name: cell for name, cell in row.items() if cell is not None} | {"value": float(exact(digits))}
    made.setdefault("unit", UNITS.get(made["measure"], "%" if made["measure"] in PER_CENT else "count"))
    low, high = _ends(made, digits)
    unit = SIGNS.get(made["unit"], f" {made['unit']}")
    return {"step": float(step_of(digits)), "low": low, "high": high, "quote": digits + unit} | made


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
    return fixed(value, decimals(step)).replace(",", "")


def _ends(row: Row, digits: str) -> tuple[float, float]:
    """What the written number can stand for: a bare count and a target are exact, the rest is rounded."""
    rounded = row["role"] != "target" and ("." in digits or row["unit"] in ("%", "pp", "times"))
    span = qualified(digits.lstrip("-"), row["qualifier"], role=row["role"], rounded=rounded)
    span = -span if digits.startswith("-") else span
    return span.floats()
