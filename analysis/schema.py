"""The columns, dtypes and vocabularies of the tables, declared once.

>>> FIGURES["value"]
'float64'
>>> empty("findings").columns[0]
'finding_id'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COUNTS_OF_TARGETS", "TABLES", "VOCABULARIES", "categories", "empty", "frame", "validate"]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "qualifier": ("exact", "about", "almost", "over", "at_least", "under", "at_most"),
    "measure": ("amount", "share", "change", "attainment", "margin", "score", "rank"),
    "role": ("target", "achieved", "projected", "benchmark"),
    "whole": ("", "target", "caseload", "standing", "part"),
    "direction": ("higher", "lower"),
    "basis": ("stated", "attainment", "margin", "out_of", "percent only"),
    "severity": ("error", "warning", "note"),
    "link": ("explicit", "beside", "arithmetic", "inherited"),
    "agrees": ("yes", "by rounding", "other reading", "no"),
    "due": ("due", "running", "ahead", "no date"),
}
VERDICTS = ("exceeded", "met", "missed", "in progress", "undetermined")
OUTCOMES = (*VERDICTS[:2], "projected", *VERDICTS[2:])  # "projected": reached by a result that is not final
COUNTS_OF_TARGETS = "targets_met"  # the indicator of "22 out of 25 targets", each of which stands for many
OUTLOOK_VERDICTS = ("above", "equal", "below", "undetermined")

FIGURES: dict[str, str] = {
    "figure_id": "string",
    "report": "string",
    "start": "int64",
    "end": "int64",
    "quote": "string",
    "sentence": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "qualifier": "category",
    "unit": "category",
    "per": "string",
    "subject": "string",
    "indicator": "category",
    "measure": "category",
    "role": "category",
    "out_of": "float64",
    "place": "string",
    "place_level": "category",
    "period_start": "datetime64[ns]",
    "period_end": "datetime64[ns]",
    # Beyond the contract: how a row came about, and what it is measured against.
    "step": "float64",
    "sign": "int64",
    "whole": "category",
    "against": "string",
    "set_by": "string",
    "about": "string",
    "part_of": "string",
    "link": "category",
    "measure_cue": "string",
    "role_cue": "string",
    "doubt": "string",
    "place_source": "string",
    "period_source": "string",
    "sentence_start": "int64",
    # The report's words around the number, where it has no subject, or one that does not stand alone.
    "wording": "string",
    "report_date": "datetime64[ns]",
    # Whether the words of a report without a date show that the period was not over.
    "unfinished": "boolean",
    # Of targets: whether a comparison or a row of the outlook rests on it; if none does, whether its time was up.
    "answered": "boolean",
    "due": "category",
    # Whether a person has looked at it, and corrected it where that was due; of other rows, at all their figures.
    "reviewed": "boolean",
}

COMPARISONS: dict[str, str] = {
    "comparison_id": "string",
    "report": "string",
    "place": "string",
    "indicator": "category",
    "subject": "string",
    "unit": "category",
    "period_start": "datetime64[ns]",
    "period_end": "datetime64[ns]",
    "set_by": "string",
    "target": "float64",
    "target_low": "float64",
    "target_high": "float64",
    "achieved": "float64",
    "achieved_low": "float64",
    "achieved_high": "float64",
    "attainment": "float64",
    "attainment_low": "float64",
    "attainment_high": "float64",
    "stated_attainment": "float64",
    "direction": "category",
    "verdict": "category",
    "basis": "category",
    "figure_ids": "object",
    # Beyond the contract: whether the result is not final yet.
    "projected": "boolean",
    # How far from the baseline, and how fast: see analysis.progress.
    "baseline": "float64",
    "progress": "float64",
    "progress_low": "float64",
    "progress_high": "float64",
    "elapsed": "float64",
    "pace": "float64",
    # Why the row should not be quoted before its sentences are read; empty for nearly all.
    "doubt": "string",
    # The report's words around the figure, where it has no subject, or one that does not stand alone.
    "wording": "string",
    "reviewed": "boolean",
}

FINDINGS: dict[str, str] = {
    "finding_id": "string",
    "report": "string",
    "place": "string",
    "check": "category",
    "severity": "category",
    "message": "string",
    "stated": "float64",
    "recomputed_low": "float64",
    "recomputed_high": "float64",
    "explanation": "string",
    "figure_ids": "object",
    # Beyond the contract: the words in question, also where no figure stands in them.
    "start": "int64",
    "end": "int64",
    "quote": "string",
    "unit": "string",
    "per": "string",
    "reviewed": "boolean",
}

RECOMPUTATIONS: dict[str, str] = {
    "recomputation_id": "string",
    "report": "string",
    "place": "string",
    "check": "category",
    "stated": "float64",
    "recomputed_low": "float64",
    "recomputed_high": "float64",
    "agrees": "category",
    "arithmetic": "string",
    "link": "category",
    "figure_ids": "object",
    "reviewed": "boolean",
}

TABLES: dict[str, dict[str, str]] = {
    "figures": FIGURES,
    "comparisons": COMPARISONS,
    "outlook": COMPARISONS,
    "findings": FINDINGS,
    "recomputations": RECOMPUTATIONS,
}


def frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """One table with the columns and dtypes of the contract, from plain rows.

    Missing keys become missing values (an empty string in text columns); the frame is built once, column by column.
    """
    import pandas as pd  # here: the commands need the words, and no table, before they run

    columns = TABLES[table]
    records = list(rows)
    data = {name: _column([row.get(name) for row in records], dtype, name, table) for name, dtype in columns.items()}
    return pd.DataFrame(data, columns=list(columns))


def empty(table: str) -> pd.DataFrame:
    """The table with no row in it, dtypes as ever."""
    return frame(table, [])


def validate(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """The same frame, if it has the contract's columns and vocabularies.

    Raises:
        ValueError: a required column is missing, or a cell holds a word that the vocabulary does not know.
    """
    missing = [name for name in TABLES[table] if name not in data.columns]
    if missing:
        raise ValueError(f"The table {table} lacks the columns {', '.join(missing)}; add them or rebuild the table.")
    for name, words in VOCABULARIES.items():
        if name in data.columns and name in TABLES[table]:
            unknown = sorted(set(data[name].dropna().astype(str)) - set(words))
            if unknown:
                raise ValueError(f"The column {name} of {table} holds {unknown[0]!r}; it may hold {', '.join(words)}.")
    return data


def _column(values: list[object], dtype: str, name: str, table: str) -> pd.Series:
    import pandas as pd

    if dtype == "category":
        return pd.Series(
            pd.Categorical([_blank_to_none(v, name) for v in values], categories=categories(name, table, values))
        )
    if dtype == "string":
        return pd.Series(["" if v is None else v for v in values], dtype="string")
    if dtype == "int64":
        return pd.Series([0 if v is None else v for v in values], dtype="int64")
    if dtype == "datetime64[ns]":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[ns]"))
    return pd.Series(values, dtype=dtype)


def _blank_to_none(value: object, name: str) -> object:
    return value if value != "" or name == "whole" else None


def categories(name: str, table: str, values: Iterable[object]) -> list[str]:
    """The categories of a column: the vocabulary where there is one, else the words that occur, sorted."""
    if name == "verdict":
        return list(OUTLOOK_VERDICTS if table == "outlook" else VERDICTS)
    if name in VOCABULARIES:
        return list(VOCABULARIES[name])
    return sorted({str(v) for v in values if v is not None and v == v and v != ""})
