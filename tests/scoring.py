"""Scores of the library's tables against gold, for the tests and for the accuracy benchmark."""

from __future__ import annotations

import tempfile
from pathlib import Path

import analysis
from tests import ROOT, score

GOLD = ROOT / "tests" / "gold"
SETS = {"seeds": (ROOT / "seeds", GOLD / "seeds"), "invented": (GOLD / "invented", GOLD / "invented")}
"""The sets of reports that have gold: where the reports are, and where the gold is."""


def scores(reports: Path, gold: Path) -> dict[str, float]:
    """The scores of ``tests/score.py`` for the tables of a folder of reports, by their names there."""
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in reports.glob("*.txt")}
    with tempfile.TemporaryDirectory() as folder:
        analysis.tabulate(analysis.read(reports)).write(folder)
        tables = {name: score.rows(Path(folder) / f"{name}.csv") for name in analysis.schema.TABLES}
    wanted = score.rows(gold / "comparisons.csv")
    found = score.score_figures(tables["figures"], score.rows(gold / "figures.csv"), texts, _silent)
    for name in ("comparisons", "outlook"):
        if name == "comparisons" or any(row["basis"] == "outlook" for row in wanted):
            found |= score.score_comparisons(tables[name], wanted, _silent, name)
    return found | score.score_findings(tables["findings"], score.rows(gold / "findings.csv"), _silent)


def _silent(*_: object) -> None:
    """The scorer's complaints are for its command line."""
