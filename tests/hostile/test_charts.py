"""Charts bound what they draw, whatever the numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import inf, nan
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import analysis
from analysis import charts
from analysis.schema import frame

# Ratios from nothing to everything; 1.3 billion is one that a lost word makes.
RATIOS = (-inf, -1e308, -1e25, -21.0, -1.0, -0.0, 5e-324, 1e-25, 0.5, 1.0, 20.1, 1.3e9, 1e25, 1.7e308, inf, nan)
MOST = 200  # artists of an axis with its 15 rows


def comparison(ratio: float, **cells: Any) -> dict[str, Any]:
    """Return a row of comparisons."""
    sides = {"target": 1.0, "achieved": ratio, "attainment": ratio}
    ends = {f"{name}_{end}": value for name, value in sides.items() for end in ("low", "high")}
    named = {"report": "r", "place": "Xa An", "subject": "trees", "unit": "count", "verdict": "missed"}
    return {**named, **sides, **ends, **cells}


def finding(stated: float, recomputed: float) -> dict[str, Any]:
    """Return a row of findings."""
    row = {"report": "r", "severity": "error", "message": "It does not add up.", "unit": "count", "check": "share"}
    return {**row, "stated": stated, "recomputed_low": recomputed, "recomputed_high": recomputed}


def drawn(chart: Callable[..., Axes], table: pd.DataFrame) -> Axes:
    """Return the chart as it is drawn in earnest."""
    axes = chart(table, ax=Figure(figsize=(5, 4)).subplots())
    axes.figure.canvas.draw()
    assert len(axes.get_xticks()) <= 30
    assert len(axes.lines) + len(axes.collections) + len(axes.patches) <= MOST
    assert charts.alt_text(axes)
    return axes


@pytest.mark.parametrize("chart", [charts.attainment, charts.targets_and_results])
@pytest.mark.parametrize("ratio", RATIOS)
def test_any_ratio_can_be_drawn(chart: Callable[..., Axes], ratio: float) -> None:
    drawn(chart, frame("comparisons", [comparison(ratio)]))
    drawn(chart, frame("comparisons", [comparison(ratio), comparison(0.9)]))


@pytest.mark.parametrize("ratio", RATIOS)
def test_any_next_target_can_be_drawn(ratio: float) -> None:
    drawn(charts.next_targets, frame("outlook", [comparison(ratio, verdict="above")]))
    target = {"target": ratio, "target_low": ratio, "target_high": ratio}
    drawn(charts.next_targets, frame("outlook", [comparison(1.0, verdict="above", **target)]))


@pytest.mark.parametrize(("stated", "recomputed"), list(product(RATIOS[::2], RATIOS[1::2])))
def test_any_finding_can_be_drawn(stated: float, recomputed: float) -> None:
    drawn(charts.stated_and_recomputed, frame("findings", [finding(stated, recomputed), finding(79.8, 76.8)]))


def test_any_years_can_be_drawn() -> None:
    years = [("1678-01-01", "2261-12-31"), ("2023-01-01", "2023-12-31"), (None, "2261-12-31"), ("1678-01-01", None)]
    rows = [{"report": "r", "place": "p", "role": "achieved", "period_start": a, "period_end": b} for a, b in years]
    drawn(charts.coverage, frame("figures", [row | {"report_date": "2261-12-31"} for row in rows * 30]))


def test_a_lost_word_is_no_distance_to_draw() -> None:
    tables = analysis.tabulate("In 2023 Xa An district collected 517 billion VND (target 403 VND).")
    assert tables.comparisons["attainment"].iloc[0] > 1e9
    for chart in (charts.attainment, charts.targets_and_results):
        drawn(chart, tables.comparisons.assign(doubt=""))
