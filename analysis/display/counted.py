"""What the rows behind "so many targets" are: single targets, counts of targets, results beside a second target.

>>> from analysis import schema
>>> rows = [{"report": "r", "subject": "revenue", "achieved": 9.0, "target": target} for target in (8.0, 10.0, 12.0)]
>>> counted_alike(schema.frame("comparisons", rows))
'In 2 a result stands beside a further target.'
"""

from __future__ import annotations

import pandas as pd

from analysis import formatting
from analysis.comparison.verdicts import outcome
from analysis.display.cells import Record, word
from analysis.display.digest import are, which
from analysis.schema import COUNTS_OF_TARGETS, OUTCOMES

__all__ = ["are_counts", "counted_alike", "counts_of_targets", "is_count", "outcomes", "went"]


_WENT = {
    "reached": ("was reached", "were reached"),
    "projected": ("is projected to be reached", "are projected to be reached"),
    "missed": ("was missed", "were missed"),
    "in progress": ("is in progress", "are in progress"),
    "undetermined": ("is undetermined", "are undetermined"),
}
_TARGETS = r"(?i)\b(?:targets|indicators)\b"  # as the codebook's phrases for that indicator name them
_RESULT = ["report", "place", "subject", "unit", "achieved", "period_start", "period_end"]


def outcomes(aimed: pd.DataFrame) -> pd.Series:
    """How each target went: its verdict, or that it is only projected to be reached.

    Args:
        aimed: targets set against results.
    """
    projected = aimed["projected"].fillna(False).astype(bool)
    told = [outcome(*pair) for pair in zip(aimed["verdict"], projected, strict=True)]
    kinds = pd.CategoricalDtype(list(OUTCOMES), ordered=True)
    return pd.Series(told, index=aimed.index, name="outcome", dtype=kinds)


def went(aimed: pd.DataFrame) -> str:
    """How many targets went which way, in a sentence; those projected to be reached are not among the reached.

    Args:
        aimed: targets set against results, at least one.

    >>> from analysis import schema
    >>> rows = [{"verdict": "met", "projected": n > 0} for n in range(3)] + [{"verdict": "missed", "projected": False}]
    >>> print(went(schema.frame("comparisons", rows)))
    Of 4 targets set beside a result, 1 was reached, 2 are projected to be reached and 1 was missed.
    >>> print(went(schema.frame("comparisons", rows[1:3])))
    Both targets set beside a result are projected to be reached.
    """
    seen = outcomes(aimed).astype(str).replace({"exceeded": "reached", "met": "reached"}).value_counts()
    told = [(int(seen[kind]), are(int(seen[kind]), *verbs)) for kind, verbs in _WENT.items() if seen.get(kind, 0)]
    if len(told) == 1:
        return f"{formatting.every(len(aimed), 'target')} set beside a result {told[0][1]}."
    some = formatting.join([f"{n:,} {verb}" for n, verb in told])
    return f"Of {len(aimed):,} targets set beside a result, {some}."


def counted_alike(aimed: pd.DataFrame) -> str:
    """How many of the comparisons are no single targets, or no result of their own; empty where all are.

    Args:
        aimed: targets set against results.
    """
    tallies = are_counts(aimed)
    single = aimed[~tallies & aimed["achieved"].notna() & (aimed["subject"] != "")]
    again = int(single.duplicated(_RESULT).sum())
    n = int(tallies.sum())
    if len(aimed) == 1 or not n + again:
        return ""
    many = are(n, "is a count of targets, and stands", "are counts of targets, and stand")
    parts = [f"{which(n, len(aimed), 'target')} {many} for many"] if n else []
    parts += [f"in {again:,} {'of the others ' if n else ''}a result stands beside a further target"] if again else []
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}."


def is_count(row: Record) -> bool:
    """Whether a row tells how many of so many, as "22 of 25" and "22 against a target of 25 targets" do."""
    if row["basis"] == "out_of":
        return word(row["unit"]) == "count"
    return word(row["indicator"]) == COUNTS_OF_TARGETS and bool(row["achieved"] <= row["target"])


def are_counts(rows: pd.DataFrame) -> pd.Series:
    """Which rows count targets: those of the indicator, unless the words name other things ("4,000 of 9,000 homes").

    Args:
        rows: of the table comparisons.
    """
    is_tally = rows["indicator"].astype("string").fillna("") == COUNTS_OF_TARGETS
    names_them = rows["subject"].str.contains(_TARGETS) | (rows["subject"] == "")
    return is_tally & names_them & (rows["achieved"] <= rows["target"])


def counts_of_targets(missed: pd.DataFrame) -> tuple[int, int]:
    """How many of these rows are counts of targets, and how many targets were missed in them.

    A report that counts those of a place twice means the same targets.
    """
    tallies = missed[are_counts(missed)]
    short = (tallies["target"] - tallies["achieved"]).groupby([tallies["report"], tallies["place"]]).max()
    return len(tallies), round(float(short.sum()))
