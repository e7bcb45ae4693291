"""Tables of results as sentences, and that the other steps read those as they read prose."""

from __future__ import annotations

import json
from typing import Any

import pytest

import analysis
from analysis.reading.table_rows import spoken
from tests import ROOT

CASES = json.loads((ROOT / "tests/cases/reading/tables.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_table_says_what_its_rows_say(case: dict[str, Any]) -> None:
    told = spoken(case["table"])
    assert list(told.lines) == case["lines"]
    assert list(told.lost) == case.get("lost", [])


@pytest.mark.parametrize("unit", ["billion VND", "people", "%", "km", "houses", "tons", "households"])
@pytest.mark.parametrize("result", [84, 100, 112])
def test_a_row_becomes_a_comparison(unit: str, result: int) -> None:
    head = ["Indicator", "Unit", "Target 2023", "Result 2023", "Completion (%)"]
    table = [head, ["Contribution of the upper hamlets", unit, "50", f"{result / 2:g}", f"{result}"]]
    (line,) = spoken(table).lines
    (row,) = analysis.tabulate(f"The district in 2023\n\n{line}").comparisons.itertuples()
    scale = 1e9 if "billion" in unit else 1
    assert (row.target / scale, row.achieved / scale, row.basis) == (50, result / 2, "stated")
    assert row.verdict == {84: "missed", 100: "met", 112: "exceeded"}[result]
    assert (row.period_start.year, row.period_end.year) == (2023, 2023)


def test_a_plan_alone_is_a_target_to_come() -> None:
    table = [["Indicator", "Result 2023", "Plan 2024"], ["Trees planted (trees)", "4,000", "4,500"]]
    figures = analysis.extract_figures("\n\n".join(["The district in 2023", *spoken(table).lines]))
    assert figures["role"].tolist() == ["achieved", "target"]
    assert figures["period_end"].dt.year.tolist() == [2023, 2024]


def test_a_result_that_is_not_final_is_projected() -> None:
    table = [["Indicator", "Plan 2023", "Estimated result 2023"], ["Budget revenue (billion VND)", "40", "41.5"]]
    figures = analysis.extract_figures("\n\n".join(["The district in 2023", *spoken(table).lines]))
    assert figures["role"].tolist() == ["projected", "target"]
