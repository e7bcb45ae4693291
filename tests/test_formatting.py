"""Amounts, per cents and periods as people write them: the cases that the doctests leave out."""

from math import inf, nan

import pandas as pd
import pytest

from analysis.formatting import amount, between, count, join, number, ordinal, percent, period

AMOUNTS = [
    (387_500_000_000, "VND", "", "387.5 billion VND"),
    (4_318_650_000_000, "VND", "", "4,318.65 billion VND"),
    (8_361_829_025_840, "VND", "", "8,362 billion VND"),
    (12_508_226_691_042, "VND", "", "12.51 trillion VND"),
    (75_000, "VND", "", "75,000 VND"),
    (1_270_000_000, "USD", "", "1.27 billion USD"),
    (2_900_000, "count", "", "2.9 million"),
    (2_954_301, "count", "", "2,954,301"),
    (3.007518797, "count", "", "3.008"),
    (-3.8, "%", "", "-3.8%"),
    (1.07, "pp", "", "1.07 percentage points"),
    (1, "point", "", "1 point"),
    (1.95, "times", "", "1.95 times"),
    (449, "person", "km2", "449 person/km2"),
    (0, "VND", "", "0 VND"),
    (1e300, "count", "", "1.000e+300"),
    (inf, "count", "", "no upper limit"),
    (nan, "VND", "", "not stated"),
]


@pytest.mark.parametrize(("value", "unit", "per", "told"), AMOUNTS, ids=[case[3] for case in AMOUNTS])
def test_amount(value: float, unit: str, per: str, told: str) -> None:
    assert amount(value, unit, per) == told


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [
        (4_318_649_500_000, 4_318_650_500_000, "VND", "4,318.6 to 4,318.7 billion VND"),
        (999_500_000, 1_000_500_000, "VND", "999.5 million VND to 1.001 billion VND"),
        (-5, -3, "%", "-5 to -3%"),
        (1.866, 1.934, "pp", "1.866 to 1.934 percentage points"),
        (-inf, 5, "count", "at most 5"),
        (-inf, inf, "count", "any amount"),
        (nan, 5, "count", "5"),
        (nan, nan, "count", "not stated"),
    ],
)
def test_between(low: float, high: float, unit: str, told: str) -> None:
    assert between(low, high, unit) == told


@pytest.mark.parametrize(
    ("ratio", "told"), [(0, "0%"), (-0.02, "-2%"), (1.0004, "100.04%"), (0.99996, "99.996%"), (1234.5, "123,450%")]
)
def test_percent_never_rounds_to_the_target(ratio: float, told: str) -> None:
    assert percent(ratio) == told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-01-15", "2024-12-31", "15 January 2024 to 31 December 2024"),
        ("2024-11-01", "2025-01-31", "November 2024 to January 2025"),
        ("2021-06-15", None, "since 15 June 2021"),
        (pd.NaT, pd.Timestamp("2024-06-30"), "until June 2024"),
        (None, None, ""),
    ],
)
def test_period(start: object, end: object, told: str) -> None:
    assert period(start, end) == told


def test_counts_and_lists() -> None:
    assert [count(n, "party", "parties") for n in (0, 1, 1234)] == ["no parties", "1 party", "1,234 parties"]
    assert join(["a", "b", "c"], last="or") == "a, b or c"
    assert [ordinal(n) for n in (12, 13, 101, 1002)] == ["12th", "13th", "101st", "1,002nd"]
    assert number(1e-9) == "0.000000001"
