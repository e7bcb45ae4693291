"""What to ask the authority: a question for each finding, missed target and target without a result.

The questions stand in ``analysis/data/pages/questions.csv``, each with its reason; what they ask about is filled in.

>>> from analysis.reading.reports import Reports, from_text
>>> from analysis.tables import tabulate
>>> tables = tabulate(Reports([from_text("In 2023 the district met 22 out of 25 targets.", "note")]))
>>> questions(tables, "targets")["question"].item()
'targets (2023): 22 out of 25, so which were missed, and by how much?'
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import isnan

import pandas as pd

from analysis import formatting
from analysis.comparison.asks import is_bound, next_pairs
from analysis.display.cells import Record, records, word
from analysis.display.naming import about_findings
from analysis.lexicon import rows
from analysis.schema import COUNTS_OF_TARGETS
from analysis.tables import Tables

__all__ = ["COLUMNS", "questions"]

COLUMNS = ["place", "question", "why", "report", "figure_ids", "start", "quote"]
_ANY = "*"
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def questions(tables: Tables, about: str) -> pd.DataFrame:
    """One row per question: place, question, why it is asked, and the words of the report that it is about.

    Args:
        tables: what ``tabulate`` returned.
        about: ``targets`` (missed, undecided, without a result), ``figures`` (that do not add up) or ``next`` (targets
            that ask for less than was reached).

    Raises:
        ValueError: there are no questions about that.
    """
    if about not in {row["about"] for row in _templates().values()}:
        raise ValueError(f"There are no questions about {about!r}; ask about targets, figures or next.")
    order = list(_templates())
    made = [
        (_GRAVITY.get(str(row.get("severity")), 2), order.index(found["kind"]), _question(found, row))
        for kind, row in _occasions(tables)
        if (found := _template(kind))["about"] == about
    ]
    asked = [row for _, _, row in sorted(made, key=lambda entry: entry[:2])]
    return pd.DataFrame(asked, columns=COLUMNS).drop_duplicates(["place", "question"], ignore_index=True)


@cache
def _templates() -> dict[str, dict[str, str]]:
    return {row["kind"]: row for row in rows("pages/questions")}


def _template(kind: str) -> dict[str, str]:
    return _templates().get(kind, _templates()[_ANY])


def _occasions(tables: Tables) -> Iterator[tuple[str, Record]]:
    """What there is to ask about, with the kind of its question."""
    for row, what in zip(records(tables.findings), about_findings(tables.findings, tables.figures), strict=True):
        if row["check"] != "target_below_result":
            yield str(row["check"]), row | {"about": what}
    for row in records(tables.aimed[tables.aimed["doubt"] == ""]):
        if row["verdict"] == "missed" and row["indicator"] != COUNTS_OF_TARGETS:
            yield "percent_only" if row["basis"] == "percent only" else "missed", row
        elif row["verdict"] == "undetermined":
            yield "undetermined", row
    for row in records(tables.figures[tables.figures["due"] == "due"]):
        yield "unanswered", row | {"figure_ids": (row["figure_id"],), "target": row["value"]}
    pairs = next_pairs(tables.outlook, tables.figures)
    for row in records(pairs[pairs["asks"] == "less"]):
        how = "was projected" if row["projected"] is True else "had been reached"
        yield "target_below_result", row | {"how": how}


def _question(found: dict[str, str], row: Record) -> Record:
    """The question with its gaps filled, or the one that fits anything where a number is missing."""
    if "{recomputed}" in found["question"] and isnan(row["recomputed_low"]):
        found = _template(_ANY)
    names_period = "{period}" in found["question"]
    what = row.get("about") or formatting.of_what(row, dated=not names_period)
    asked = found["question"].format_map(_filled(row))
    return {
        "place": row["place"],
        "question": f"{what}: {asked}" if what else asked,
        "why": found["why"] + (f" But {row['caution']}." if row.get("caution") else ""),
        "report": row["report"],
        "figure_ids": tuple(row["figure_ids"]),
        "start": row.get("start", 0),
        "quote": row.get("quote", ""),
    }


def _filled(row: Record) -> dict[str, str]:
    """The words for the gaps of a question."""
    unit, per = word(row.get("unit")), word(row.get("per"))
    filled: dict[str, str] = {name: _amount(row, name, unit, per) for name in ("target", "achieved") if name in row}
    if "attainment" in row:
        filled["attainment"] = formatting.percent(row["attainment"])
    filled |= {"how": word(row.get("how"))}
    if "recomputed_low" in row:
        filled["recomputed"] = formatting.between(row["recomputed_low"], row["recomputed_high"], unit, per)
    if "period_start" in row:
        filled["period"] = formatting.period(row["period_start"], row["period_end"]) or "a period that is not told"
    return filled | {
        "quote": " ".join(word(row.get("quote")).split()),
    }


def _amount(row: Record, name: str, unit: str, per: str) -> str:
    """The amount, as a bound or a range where it is one, as near where it was worked out from a per cent."""
    low, high = row.get(f"{name}_low", row.get("low")), row.get(f"{name}_high", row.get("high"))
    if name == "target" and row.get("basis") in ("attainment", "margin"):
        return f"about {formatting.worked_out(row[name], unit, row['target_low'], row['target_high'])}"
    if low is not None and high is not None and ((name == "target" and low < high) or is_bound(low, high)):
        return formatting.between(low, high, unit, per)
    return formatting.amount(row[name], unit, per)
