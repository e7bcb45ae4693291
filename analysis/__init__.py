"""Targets and results that Vietnamese local governments and Party committees report, as tables that can be checked.

>>> import analysis
>>> figures = analysis.extract_figures("It admitted 123 members, achieving 100% of the target set by the province.")
>>> analysis.compare_targets(figures)[["target", "achieved", "verdict"]].values.tolist()
[[123.0, 123.0, 'met']]

``read`` reports, ``tabulate`` them, and look at ``tables.figures``, ``.comparisons``, ``.outlook``, ``.findings`` and
``.recomputations``;
``charts`` draws the tables, ``evidence`` shows the words behind a row, ``explore`` gives pickers in JupyterLab,
``review`` a form to correct figures, and ``export`` writes the notebooks as pages.
"""

from __future__ import annotations

import importlib
from functools import wraps
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from analysis import charts
    from analysis.exporting.export import export

__all__ = [
    "Tables",
    "audit",
    "cards",
    "charts",
    "compare_targets",
    "evidence",
    "explore",
    "export",
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


def __getattr__(name: str) -> Any:
    """What needs matplotlib or nbconvert is loaded, and the version looked up, when it is first asked for."""
    if name == "charts":
        return importlib.import_module("analysis.charts")
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("targets-and-results")
        except PackageNotFoundError:
            return "unknown"  # run from a folder that is not installed
    if name == "export":
        from analysis.exporting.export import export

        return export
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion; what is loaded late is among them."""
    return sorted(__all__)
