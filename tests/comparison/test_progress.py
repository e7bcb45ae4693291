"""Progress: from a baseline for rates and where less is better, and the pace at which a target is approached."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.comparison.progress import elapsed, travelled
from analysis.intervals import Interval

YEAR = {"period_start": "2024-01-01", "period_end": "2024-12-31"}
HALF = {"period_start": "2024-01-01", "period_end": "2024-06-30"}
BEFORE = {"period_start": "2023-12-31", "period_end": "2023-12-31"}


def row(*figures: dict[str, Any]) -> dict[str, Any]:
    """The one comparison of some figures, the first of which is the result."""
    common = {"report": "r", "place": "Here", "subject": "rate", "role": "achieved", "measure": "share", "unit": "%"}
    rows = [
        {"figure_id": f"r:{n}", "low": figure["value"], "high": figure["value"]} | common | figure
        for n, figure in enumerate(figures)
    ]
    table = analysis.compare_targets(pd.DataFrame(rows))
    assert len(table) == 1
    return {str(name): cell for name, cell in table.iloc[0].items()}


def target(value: float, **more: Any) -> dict[str, Any]:
    return {"value": value, "role": "target", "about": "r:0"} | YEAR | more


def test_a_level_is_told_as_a_share_of_its_target() -> None:
    level = {"measure": "amount", "unit": "count"}
    found = row({"value": 171} | level | HALF, target(300, **level))
    assert found["progress"] == found["attainment"] == 0.57
    assert pd.isna(found["baseline"])


def test_a_falling_rate_is_told_from_its_baseline() -> None:
    found = row({"value": 3.1, "subject": "poverty rate"} | YEAR, target(3.5, subject="poverty rate"),
                {"value": 4.5, "subject": "poverty rate"} | BEFORE)  # fmt: skip
    assert (found["baseline"], found["direction"]) == (4.5, "lower")
    assert found["progress"] == pytest.approx(1.4)


def test_a_change_gives_the_baseline_where_no_earlier_level_does() -> None:
    change = {"value": 2.0, "measure": "change", "unit": "pp", "about": "r:0"} | YEAR
    found = row({"value": 92.0} | YEAR, target(94.0), change)
    assert found["baseline"] == 90.0 and found["progress"] == pytest.approx(0.5)


def test_without_a_baseline_a_rate_has_no_progress() -> None:
    found = row({"value": 92.0} | YEAR, target(94.0))
    assert pd.isna(found["progress"]) and pd.isna(found["pace"]) and found["attainment"] == pytest.approx(92 / 94)


@pytest.mark.parametrize("other", [{"place": "There"}, {"subject": "other"}, {"period_end": "2024-03-31"}])
def test_only_an_earlier_level_of_the_same_thing_is_a_baseline(other: dict[str, Any]) -> None:
    found = row({"value": 92.0} | YEAR, target(94.0), {"value": 90.0} | BEFORE | other)
    assert pd.isna(found["baseline"])


def test_two_earlier_levels_are_no_baseline() -> None:
    found = row({"value": 92.0} | YEAR, target(94.0), {"value": 90.0} | BEFORE, {"value": 89.0} | BEFORE)
    assert pd.isna(found["baseline"])


def test_half_of_the_year_at_more_than_half_of_the_target_is_ahead_of_an_even_pace() -> None:
    found = row({"value": 58.7, "measure": "attainment"} | HALF)
    assert found["elapsed"] == pytest.approx(182 / 366)
    assert found["pace"] == pytest.approx(0.587 / (182 / 366)) and found["pace"] > 1


@pytest.mark.parametrize("more", [{"measure": "change"}, {"measure": "amount", "unit": "count", "per": "year"}])
def test_what_does_not_pile_up_has_no_pace(more: dict[str, Any]) -> None:
    assert pd.isna(row({"value": 8.0} | more | HALF, target(9.0, **more))["pace"])


def test_a_caseload_has_no_pace() -> None:
    caseload = {"measure": "amount", "unit": "count", "whole": "caseload", "out_of": 20}
    found = row({"value": 10} | caseload | HALF)
    assert found["progress"] == 0.5 and pd.isna(found["pace"]) and pd.isna(found["elapsed"])


def test_the_day_of_the_report_ends_what_has_passed() -> None:
    level = {"measure": "amount", "unit": "count", "report_date": "2024-06-30"}
    assert row({"value": 171} | level | YEAR, target(300, **level))["elapsed"] == pytest.approx(182 / 366)


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2024, 1, 1), Fraction(1, 366)), (date(2025, 1, 1), Fraction(1)), (date(2023, 12, 31), None)],
)
def test_elapsed(day: date, share: Fraction | None) -> None:
    assert elapsed(date(2024, 1, 1), date(2024, 12, 31), day) == share


numbers = st.fractions(0, 100, max_denominator=20)


@given(numbers, numbers, numbers, st.fractions(0, 1, max_denominator=9))
def test_travelled_holds_every_combination(a: Fraction, b: Fraction, t: Fraction, s: Fraction) -> None:
    half = Fraction(1, 20)
    spans = [Interval(number - half, number + half) for number in (a, b, t)]
    found = travelled(*spans)
    if found is None:
        assert abs(b - t) <= 2 * half
        return
    x, y, z = (span.low + s * (span.high - span.low) for span in spans)
    assert found.low <= (x - y) / (z - y) <= found.high
    assert found.low <= (x - spans[1].high) / (z - spans[1].high) <= found.high
