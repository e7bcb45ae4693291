"""What the charts take from a table's rows: words, numbers, labels, and the phrases that sum them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import isinf, isnan, nan
from typing import Any

import pandas as pd

from analysis.formatting import amount, count, join, period, subject, worked_out

__all__ = ["Record", "amounts", "counted", "labels", "numeral", "records", "source", "spread", "word"]

_NAMED = 3  # places in a source

Record = Mapping[str, Any]


def records(table: pd.DataFrame, columns: Sequence[str], name: str) -> list[Record]:
    """The rows as plain records.

    Raises:
        TypeError: it is no table.
        ValueError: the table lacks a column that the chart needs.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"This chart draws the table {name}; pass tables.{name} rather than {type(table).__name__}.")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(
            f"This chart draws the table {name}, and the table given lacks its columns {join(missing)}; "
            f"pass the {name} that analysis.tabulate returns."
        )
    kept = [*columns, *(name for name in ("wording", "projected") if name in table.columns)]
    return table[kept].to_dict("records")  # type: ignore[return-value]


def word(record: Record, column: str) -> str:
    """The cell as text, empty where it is missing."""
    cell = record.get(column)
    return "" if cell is None or pd.isna(cell) else str(cell)


def numeral(record: Record, column: str) -> float:
    """The cell as a number, not-a-number where it is missing."""
    cell = record.get(column)
    return nan if cell is None or pd.isna(cell) else float(cell)


def labels(
    rows: Sequence[Record], with_period: bool = True, told: Callable[[Record, str], str] | None = None
) -> list[tuple[str, str]]:
    """What each row measures, and what else a reader has to know to tell it from the others.

    Args:
        rows: of comparisons or the outlook.
        with_period: whether to name the periods of rows, where they are not all the same.
        told: words that come first, given the row and who set its target where that has to be said.
    """
    subjects = [subject(row, word(row, "indicator")) for row in rows]
    places = [(word(row, "place"), named) for row, named in zip(rows, subjects, strict=True)]
    same_place = Counter(places)
    whens = [period(row["period_start"], row["period_end"]) if with_period else "" for row in rows]
    notes = []
    for row, place, when in zip(rows, places, whens, strict=True):
        by = word(row, "set_by") if same_place[place] > 1 else ""
        parts = [told(row, by)] if told else [f"target: {by}"] if by else []
        parts += [when] if len(set(whens)) > 1 else []
        parts += ["lower is better"] if word(row, "direction") == "lower" else []
        notes.append("; ".join(filter(None, parts)))
    return list(zip(subjects, notes, strict=True))


def counted(words: Sequence[str], order: Sequence[str]) -> list[tuple[int, str]]:
    """How often each word occurs, in the given order, without those that do not."""
    counts = Counter(words)
    return [(counts[item], item) for item in order if counts[item]]


def spread(low: float, high: float, value: float) -> tuple[float, float, float]:
    """Low end, high end and the point to draw; what is missing follows from the rest, all missing stays so."""
    low, high = (value if isnan(low) else low), (value if isnan(high) else high)
    if isnan(value):
        ends = [end for end in (low, high) if not (isnan(end) or isinf(end))]
        value = sum(ends) / len(ends) if ends else nan
    return low, high, value


def side(record: Record, name: str) -> str:
    """Target or result as an amount, in brackets where it is the side that was computed from the other."""
    other = "achieved" if name == "target" else "target"
    value, unit = numeral(record, name), word(record, "unit")
    follows = word(record, "basis") in ("attainment", "margin")
    if follows and _looseness(record, name) > _looseness(record, other):
        return f"({worked_out(value, unit, numeral(record, f'{name}_low'), numeral(record, f'{name}_high'))})"
    return _expected(record) * (name == "achieved") + amount(value, unit, qualifier=_bound(record, name))


def _expected(record: Record) -> str:
    return "projected " if record.get("projected") is True else ""


def _bound(record: Record, name: str) -> str:
    """Whether the amount is an end of what it can be: "over 641,000", "nearly 4,700"."""
    low, high, value = spread(numeral(record, f"{name}_low"), numeral(record, f"{name}_high"), numeral(record, name))
    if value == low < high:
        return "at_least" if isinf(high) else "over"
    return ("at_most" if low <= 0 else "almost") if low < value == high else "exact"


def amounts(record: Record, by: str = "") -> str:
    """Result and target, the one that was worked out marked as near; empty where only a per cent is known.

    Args:
        record: a row of comparisons.
        by: who set the target, where it has to be said.
    """
    if any(isnan(numeral(record, name)) for name in ("target", "achieved")):
        return "; ".join(filter(None, [_expected(record).strip(), f"target: {by}" if by else ""]))
    result, target = (side(record, name).replace("(", "≈ ").rstrip(")") for name in ("achieved", "target"))
    if word(record, "basis") == "out_of" and not by:
        return f"{result} of {target}"
    return f"{result}; target{f' ({by})' if by else ''} {target}"


def _looseness(record: Record, name: str) -> float:
    """Width of the interval, relative to the value: what is computed from rounded numbers is the wider of the two."""
    low, high, value = spread(numeral(record, f"{name}_low"), numeral(record, f"{name}_high"), numeral(record, name))
    return (high - low) / abs(value) if value else 0.0


def source(table: pd.DataFrame, noun: str) -> str:
    """The line that says what a chart rests on: how many rows in how many reports, and whom they are about."""
    if table.empty:
        return ""
    places = [place for place in table["place"].drop_duplicates() if place]
    about = join(places) if len(places) <= _NAMED else count(len(places), "place")
    where = count(table["report"].nunique(), "report") + (f" on {about}" if places else "")
    return f"Source: {count(len(table), noun)} in {where}."
