"""All that ``import analysis`` offers by name; loaded when the first of the names is asked for."""

from __future__ import annotations

from functools import wraps

import pandas as pd

from analysis.checks import audit
from analysis.comparison.comparisons import compare_targets
from analysis.comparison.outlook import outlook
from analysis.display import evidence as _words
from analysis.display import looks as _looks  # noqa: F401  gives reports and tables their looks
from analysis.display.explorer import explore
from analysis.display.reviewer import review
from analysis.display.table import show
from analysis.extraction.figures import extract_figures
from analysis.reading.reports import Reports, read
from analysis.tables import Tables, tabulate

__all__ = [
    "Reports",
    "Tables",
    "audit",
    "cards",
    "compare_targets",
    "evidence",
    "explore",
    "extract_figures",
    "outlook",
    "read",
    "review",
    "show",
    "tabulate",
]


@wraps(_words.evidence)
def evidence(  # noqa: D103
    rows: pd.Series | pd.DataFrame, reports: Reports, figures: pd.DataFrame | None = None
) -> _words.Evidence:
    _words.check_rows(rows)
    return _words.evidence(rows, reports, _figures_behind(rows, reports) if figures is None else figures)


@wraps(_words.cards)
def cards(  # noqa: D103
    findings: pd.DataFrame, reports: Reports | None, figures: pd.DataFrame | None = None, limit: int | None = None
) -> _words.Cards:
    if figures is None and reports is not None:
        figures = _figures_behind(findings, reports)
    return _words.cards(findings, reports, figures, limit)


def _figures_behind(rows: pd.Series | pd.DataFrame, reports: Reports) -> pd.DataFrame | None:
    """The figures of the reports that rows rest on, extracted once more; none for rows that say where they stand."""
    if "figure_id" in rows or "figure_ids" not in rows:
        return None
    ids = [rows["figure_ids"]] if isinstance(rows, pd.Series) else rows["figure_ids"]
    return extract_figures([reports[one] for one in {i.rpartition(":")[0] for own in ids for i in own}])
