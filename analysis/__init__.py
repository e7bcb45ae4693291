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

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts
    from analysis.exporting.export import export
    from analysis.interface import (
        Reports,
        Tables,
        audit,
        cards,
        compare_targets,
        evidence,
        explore,
        extract_figures,
        outlook,
        read,
        review,
        show,
        tabulate,
    )

__all__ = [
    "Reports",
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

_APART = {"export": "analysis.exporting.export"}  # needs nbconvert


def __getattr__(name: str) -> Any:
    """Nothing is loaded before it is asked for: pandas and the rules of reading take a second."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("targets-and-results")
        except PackageNotFoundError:
            return "unknown"  # run from a folder that is not installed
    if name in __all__ and name != "charts":
        return getattr(import_module(_APART.get(name, "analysis.interface")), name)
    if not name.startswith("_") and find_spec(f"analysis.{name}"):
        return import_module(f"analysis.{name}")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
