"""A batch as it was read and what was found between reports in, its share of each table out, as Parquet files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

import pandas as pd

from analysis import checks
from analysis.checks.findings import RULES
from analysis.comparison.answered import with_answers
from analysis.corpus.batch import PRINT, stored
from analysis.corpus.between import Found
from analysis.corpus.store import Store
from analysis.reading.documents import STEPS
from analysis.schema import TABLES, categories, frame
from analysis.writing.forms import as_parquet

__all__ = ["REPORTS", "finish"]

REPORTS = "reports"
"""The folder of the texts that were read, beside those of the tables."""


def finish(store: Store, name: str, lost: Mapping[str, str], found: Found) -> dict[str, object]:
    """Write a batch's part of each table, unless it is there; its name, how many rows it has, and what was not read.

    Args:
        store: where the tables go.
        name: of the file of the batch.
        lost: the reports in it whose texts are those of others, and what to tell of them.
        found: what was found between its reports and others.
    """
    found.outlook.sort(key=lambda row: str(row["comparison_id"]))
    found.told.sort(key=lambda one: (one.figure.figure_id, one.check, [other.figure_id for other in one.others]))
    known = repr((name, sorted(lost.items()), found.outlook, found.told, sorted(found.reviewed)))
    key = sha256(known.encode("utf-8", "backslashreplace")).hexdigest()[:32]
    done = f"{STEPS}/{key}.json"
    if not store.has(done):
        tables = stored(store, name, [*TABLES, REPORTS])
        failed = [*tables.pop("told")["failed"], *_same(tables[REPORTS], lost)]
        tables[REPORTS] = tables[REPORTS].drop(columns=list(PRINT))
        kept = {table: rows[~rows["report"].isin(list(lost))] for table, rows in tables.items()}
        whole = _with(kept, found)
        for table, rows in whole.items():
            store.put(f"{table}/{key}.parquet", as_parquet(rows.reset_index(drop=True)))
        told = {"rows": {table: len(rows) for table, rows in whole.items()}, "failed": failed}
        store.put(done, json.dumps(told).encode())
    told = json.loads(store.get(done))
    return {"step": name, "done": done, "key": key, **told}


def _same(reports: pd.DataFrame, lost: Mapping[str, str]) -> list[tuple[str, str]]:
    files = dict(zip(reports["report"], reports["file"], strict=True))
    return [(files[report], f"holds the same text as {other}.") for report, other in lost.items()]


def _with(tables: Mapping[str, pd.DataFrame], found: Found) -> dict[str, pd.DataFrame]:
    """The tables with what was found between reports."""
    told = checks.told([], found.told)
    more = {"outlook": frame("outlook", found.outlook), "findings": told, "recomputations": told.recomputations}
    whole = dict(tables)
    for name, rows in more.items():
        reviewed = [bool(ids) and found.reviewed.issuperset(ids) for ids in rows["figure_ids"]]
        rows = rows.assign(reviewed=pd.Series(reviewed, index=rows.index, dtype="boolean"))
        whole[name] = _in_order(name, _joined(name, tables[name], rows))
    whole["figures"] = with_answers(tables["figures"], tables["comparisons"], whole["outlook"])
    return whole


def _joined(name: str, own: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """The rows of both, one for each id."""
    if more.empty:
        return own
    both = pd.concat([own.astype(_as_text(name)), more.astype(_as_text(name))], ignore_index=True)
    both = both.drop_duplicates(next(iter(TABLES[name])), ignore_index=True)
    for column in _as_text(name):
        both[column] = pd.Categorical(both[column], categories=categories(column, name, both[column]))
    return both


def _as_text(name: str) -> dict[str, str]:
    return {column: "object" for column, dtype in TABLES[name].items() if dtype == "category"}


def _in_order(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by report and place in the text, as on one core."""
    rank = {check: n for n, check in enumerate(RULES)}
    own = rows["start"] if "start" in rows else [0] * len(rows)
    starts = [int(ids[0].rpartition(":")[2]) if ids else at for ids, at in zip(rows["figure_ids"], own, strict=True)]
    order = pd.DataFrame({"report": rows["report"].astype("object"), "start": starts}, index=rows.index)
    order["rank"] = rows["check"].astype("object").map(rank) if "check" in rows else 0
    return rows.loc[order.sort_values(["report", "start", "rank"], kind="stable").index]
