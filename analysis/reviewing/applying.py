"""Corrections on the table of figures, and those that no longer fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from typing import Any

import pandas as pd

from analysis.reading.reports import Report
from analysis.reviewing.corrections import Correction, digest
from analysis.schema import VOCABULARIES

__all__ = ["REVIEWED", "Stale", "applied", "with_reviewed"]

REVIEWED = "reviewed"
"""What stands where a rule would be named, had not a person decided."""

_DECIDED = {
    "role": "role_cue",
    "measure": "measure_cue",
    "place": "place_source",
    "period_start": "period_source",
    "period_end": "period_source",
}


@dataclass(frozen=True)
class Stale:
    """A correction that is not applied, and why."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        one = self.correction
        return f"{one.report}: the correction of {one.quote!r} at {one.start} is not applied: {self.reason}."


def applied(
    figures: pd.DataFrame, corrections: Sequence[Correction], reports: Iterable[Report]
) -> tuple[pd.DataFrame, tuple[Stale, ...]]:
    """The figures as corrected, with the column ``reviewed``; and the corrections that no longer fit.

    A correction of a text that is not among the reports is no concern of theirs, unless a report of that name is.

    Args:
        figures: what ``extract_figures`` made of the reports.
        corrections: as ``corrections_of`` gives them.
        reports: those that the figures are from.
    """
    if not corrections:
        return figures.assign(reviewed=_truths([False] * len(figures), figures)), ()
    names: dict[str, list[str]] = {}
    ids = set()
    for report in reports:
        names.setdefault(digest(report.text), []).append(report.id)
        ids.add(report.id)
    spans = dict(zip(figures["figure_id"], figures["end"], strict=True))
    fits: dict[str, Correction] = {}
    stale = []
    for one in corrections:
        known = [f"{name}:{one.start}" for name in names.get(one.text, ())]
        found = [id for id in known if spans.get(id) == one.end and _about(id, one) in {"", *spans}]
        fits.update(dict.fromkeys(found, one))
        if not known and one.report in ids:
            stale.append(Stale(one, "the text has changed"))
        elif len(found) < len(known):
            stale.append(Stale(one, "no such figure, or none that it is paired with, is found there now"))
    return _changed(figures, fits), tuple(stale)


def with_reviewed(table: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """A table of rows that rest on figures, with the column ``reviewed``: whether all of them have been.

    Args:
        table: comparisons, findings or the like.
        figures: as ``applied`` gives them.
    """
    known = set(figures.loc[figures["reviewed"], "figure_id"])
    told = [bool(ids) and known.issuperset(ids) for ids in table["figure_ids"]]
    return table.assign(reviewed=_truths(told, table))


def _changed(figures: pd.DataFrame, fits: Mapping[str, Correction]) -> pd.DataFrame:
    """The figures without those that are struck, the others as corrected."""
    struck = {id for id, one in fits.items() if one.strike}
    kept = figures[~figures["figure_id"].isin(list(struck))].reset_index(drop=True)
    rows = {id: number for number, id in enumerate(kept["figure_id"])}
    cells: dict[str, dict[int, Any]] = {}
    for name in ("about", "part_of"):
        cells[name] = {row: "" for row, to in enumerate(kept[name]) if to in struck}
    levels = dict(zip(kept["place"], kept["place_level"], strict=True))
    for id, one in fits.items():
        if id in rows:
            for column, cell in _cells(id, one, kept.iloc[rows[id]], levels).items():
                cells.setdefault(column, {})[rows[id]] = cell
    changed = kept.assign(**{name: _column(kept[name], told) for name, told in cells.items() if told})
    return changed.assign(reviewed=_truths([id in fits for id in changed["figure_id"]], changed))


def _truths(told: Sequence[bool], table: pd.DataFrame) -> pd.Series:
    return pd.Series(told, index=table.index, dtype="boolean")


def _cells(id: str, one: Correction, row: pd.Series, levels: Mapping[str, Any]) -> dict[str, Any]:
    """What is to stand in the row, also where it follows from what was corrected."""
    told: dict[str, Any] = dict(one.cells)
    told |= {_DECIDED[name]: REVIEWED for name in told if name in _DECIDED}
    if "about" in told:
        told |= {"about": _about(id, one), "link": "explicit" if told["about"] != "" else None}
    if told.get("subject"):
        told["wording"] = ""  # it stands alone
    if "place" in told:
        told["place_level"] = levels.get(told["place"])
    if "value" in told:
        told |= _numbers(float(told["value"]), row)
    return told


def _about(id: str, one: Correction) -> str:
    """The figure that the correction pairs this one with; empty where it says nothing."""
    start = dict(one.cells).get("about", "")
    return "" if start == "" else f"{id.rpartition(':')[0]}:{start}"


def _numbers(value: float, row: pd.Series) -> dict[str, float]:
    """The value with what its words allow: as before where only the decimal mark or the scale was read wrongly."""
    if value and row["value"] and value / row["value"] > 0:
        times = value / row["value"]
        if abs(log10(times) - round(log10(times))) < 1e-9:
            factor = 10.0 ** round(log10(times))
            return {"value": value, **{name: row[name] * factor for name in ("low", "high", "step")}}
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return {"value": value, "low": value, "high": value, "step": 10.0 ** min(int(exponent), 0)}


def _column(column: pd.Series, told: Mapping[int, Any]) -> pd.Series:
    """The column with some cells replaced, of the same dtype."""
    values = column.astype("object").tolist()
    for row, cell in told.items():
        values[row] = cell
    if isinstance(column.dtype, pd.CategoricalDtype):
        blank = str(column.name) not in VOCABULARIES or "" not in VOCABULARIES[str(column.name)]
        values = [None if (cell == "" and blank) or cell != cell else cell for cell in values]
        known = [*column.cat.categories, *sorted({cell for cell in values if cell} - set(column.cat.categories))]
        return pd.Series(pd.Categorical(values, categories=known), index=column.index)
    if pd.api.types.is_datetime64_any_dtype(column):
        days = pd.to_datetime(pd.Series([None if cell == "" else cell for cell in values], dtype="object"))
        return pd.Series(days.astype(column.dtype).array, index=column.index)
    return pd.Series(values, index=column.index, dtype=column.dtype)
