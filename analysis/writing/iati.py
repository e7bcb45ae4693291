"""Targets against results in the form of IATI's results (version 2.03 of the standard), as JSON.

Each place is an activity, each thing counted there a result with one indicator, each comparison a period of it with its
target and its actual value. A report is no IATI publisher: identifiers are left to those who publish.

>>> from analysis.tables import tabulate
>>> made = as_iati(tabulate("In 2023 Xa An district met 22 out of 25 targets.").comparisons)
>>> made["iati-activities"]["iati-activity"][0]["result"][0]["indicator"][0]["period"][0]["target"]
[{'value': '25', 'comment': [{'narrative': ['stated as N of M']}]}]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.writing.codebook import indicators

__all__ = ["as_iati"]

VERSION = "2.03"
_OUTPUT, _OTHER = "1", "9"  # code list ResultType
_UNIT, _PERCENTAGE, _ORDINAL = "1", "2", "4"  # code list IndicatorMeasure
_BASIS = {
    "attainment": "following from a stated per cent of the target",
    "margin": "following from a stated margin",
    "out_of": "stated as N of M",
    "percent only": "only a per cent of the target is stated",
}


def as_iati(comparisons: pd.DataFrame) -> dict[str, Any]:
    """The comparisons that state or imply a target and a result, by place and indicator.

    Args:
        comparisons: the table; rows without a period are left out, which IATI asks for.
    """
    labels = {row["id"]: row["label"] for row in indicators()}
    places: dict[str, dict[tuple[str, ...], list[Mapping[Hashable, Any]]]] = defaultdict(lambda: defaultdict(list))
    dated = comparisons.dropna(subset=["period_start", "period_end"])
    for row in dated.astype({"indicator": "string"}).to_dict("records"):
        indicator = "" if pd.isna(row["indicator"]) else row["indicator"]
        what = labels.get(indicator) or row["subject"] or row["wording"]
        places[row["place"]][indicator, what, _text(row["unit"]), _text(row["direction"])].append(row)
    activities = [
        {"title": _narrative(place), "result": [_result(key, rows) for key, rows in groups.items()]}
        for place, groups in places.items()
    ]
    return {"iati-activities": {"version": VERSION, "iati-activity": activities}}


def _result(key: tuple[str, ...], rows: list[Mapping[Hashable, Any]]) -> dict[str, Any]:
    indicator, what, unit, direction = key
    measure = _PERCENTAGE if unit in ("%", "pp") else _ORDINAL if unit == "rank" else _UNIT
    told: dict[str, Any] = {"measure": measure, "ascending": direction != "lower", "title": _narrative(what)}
    if unit not in ("%", "count"):
        told["description"] = _narrative(f"in {unit}")
    if indicator:
        told["reference"] = [{"vocabulary": "99", "code": indicator}]
    told["period"] = [_period(row) for row in rows]
    return {"type": _OUTPUT if measure == _UNIT else _OTHER, "title": _narrative(what), "indicator": [told]}


def _period(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    basis = _BASIS.get(_text(row["basis"]), "")
    told = f"{row['verdict']}, by report {row['report']}"
    return {
        "period-start": {"iso-date": row["period_start"].date().isoformat()},
        "period-end": {"iso-date": row["period_end"].date().isoformat()},
        "target": _value(row["target"], basis),
        "actual": _value(row["achieved"], "; ".join(filter(None, [told, basis]))),
    }


def _value(number: float, comment: str) -> list[dict[str, Any]]:
    """A value as the text that IATI has; none where the report gives none."""
    if pd.isna(number):
        return []
    return [{"value": f"{number:.15g}", **({"comment": _narrative(comment)} if comment else {})}]


def _narrative(words: str) -> Any:
    return [{"narrative": [words]}]


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)
