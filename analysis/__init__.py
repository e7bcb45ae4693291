"""Targets and results that Vietnamese local governments and Party committees report, as tables that can be checked.

>>> import analysis
>>> figures = analysis.extract_figures("It admitted 123 members, achieving 100% of the target set by the province.")
>>> analysis.compare_targets(figures)[["target", "achieved", "verdict"]].values.tolist()
[[123.0, 123.0, 'met']]

``read`` reports, ``tabulate`` them, and look at ``tables.figures``, ``.comparisons``, ``.outlook`` and ``.findings``;
``charts`` draws the tables, ``evidence`` shows the words behind a row, ``explore`` gives pickers in JupyterLab, and
``export`` writes the notebooks as pages.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from analysis.checks import audit
from analysis.comparison.comparisons import compare_targets
from analysis.comparison.outlook import outlook
from analysis.display.cards import cards
from analysis.display.evidence import evidence
from analysis.display.explorer import explore
from analysis.display.table import show
from analysis.extraction.figures import extract_figures
from analysis.reading.reports import read
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
    "show",
    "tabulate",
]


def __getattr__(name: str) -> Any:
    """What needs matplotlib or nbconvert is loaded when it is first asked for."""
    if name == "charts":
        return importlib.import_module("analysis.charts")
    if name == "export":
        from analysis.exporting.export import export

        return export
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion; what is loaded late is among them."""
    return sorted(__all__)
