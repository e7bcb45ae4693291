"""Expressions of time: each row of the table reads its own example, and no earlier row takes it away."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.extraction.periods import Calendar, Period
from analysis.extraction.times.expressions import times
from analysis.lexicon import rows

CALENDAR = Calendar(2024, Period(dt.date(2020, 1, 1), dt.date(2025, 12, 31)), dt.date(2024, 12, 28), fiscal=(7, 1))
NO_TIME = {"two_years_season"}


@pytest.mark.parametrize("row", rows("times/expressions"), ids=lambda row: row["name"])
def test_an_expression_is_read_by_its_row(row: dict[str, str]) -> None:
    found = times(row["example"], calendar=CALENDAR)
    assert [time.kind for time in found][:1] == ([] if row["name"] in NO_TIME else [row["kind"]])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("As of 30 June 2024, it had 9 members.", "2024-06-30..2024-06-30"),
        ("As of 30/6/2024, it had 9 members.", "2024-06-30..2024-06-30"),
        ("In the second half of the year, it admitted 9.", "2024-07-01..2024-12-31"),
        ("In quarter III of 2023, it admitted 9.", "2023-07-01..2023-09-30"),
        ("In the last 3 months of the year, it admitted 9.", "2024-10-01..2024-12-31"),
        ("Over the past term, it admitted 9.", "2020-01-01..2025-12-31"),
        ("In the past 5 years, it admitted 9.", "2020-01-01..2025-12-31"),
        ("In the past 3 years, it admitted 9.", "2022-01-01..2024-12-31"),
        ("From 2025 to 2021, it admitted 9.", None),
        ("The hall stands at 2010 prices.", None),
    ],
)
def test_an_expression_is_a_period(text: str, period: str | None) -> None:
    found = times(text, calendar=CALENDAR)
    assert [str(time.period) for time in found] == ([period] if period else [])
