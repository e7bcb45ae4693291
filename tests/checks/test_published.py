"""The checks as pure functions, on cases that others have published: GRIM tables, shares and class tables."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from analysis import checks
from analysis.formatting import decimals, fixed
from analysis.intervals import exact, step_of
from tests import CASES

FOLDER = CASES / "published"
SLIP = 2  # units of the last digit by which a published share is moved; no rounding explains so much


def cases(name: str) -> list[Any]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return [
            pytest.param(row, id=" ".join(filter(None, [*row.values()][:-1])).replace(" or ", "|"))
            for row in csv.DictReader(handle)
        ]


@pytest.mark.parametrize("row", cases("grim_means"))
def test_means_of_whole_numbers(row: dict[str, str]) -> None:
    rules = row["rounding"].split(" or ")
    found = [checks.mean_grain(row["mean"], row["n"], int(row["items"]), rounding=rule) for rule in rules]
    assert any(one.ok for one in found) == (row["possible"] == "yes"), list(map(str, found))


@pytest.mark.parametrize("row", cases("grim_percents"))
def test_per_cents_of_whole_numbers(row: dict[str, str]) -> None:
    rules = row["rounding"].split(" or ")
    found = [checks.share_grain(row["percent"], int(row["n"]), rounding=rule) for rule in rules]
    assert any(one.ok for one in found) == (row["possible"] == "yes"), list(map(str, found))


@pytest.mark.parametrize("row", cases("grim_percents"))
def test_a_mean_of_yes_and_no_is_a_share(row: dict[str, str]) -> None:
    share = exact(row["percent"])
    mean = fixed(share / 100, decimals(step_of(row["percent"])) + 2)
    assert checks.mean_grain(mean, row["n"]).ok == checks.share_grain(row["percent"], row["n"]).ok


@pytest.mark.parametrize("row", cases("shares"))
def test_shares_of_other_reports(row: dict[str, str]) -> None:
    found = checks.part_whole_share(row["part"], row["whole"], row["share"])
    assert found.ok == (row["agrees"] == "yes"), str(found)
    assert checks.attainment(row["part"], row["whole"], row["share"]).ok == found.ok


@pytest.mark.parametrize("row", [case for case in cases("shares") if case.values[0]["agrees"] == "yes"])
@pytest.mark.parametrize("rule", list(checks.ROUNDINGS))
def test_a_published_share_that_is_moved_is_caught(row: dict[str, str], rule: str) -> None:
    step = step_of(row["share"])
    for moved in (exact(row["share"]) + SLIP * step, exact(row["share"]) - SLIP * step):
        if moved > 0:
            digits = fixed(moved, decimals(step))
            assert not checks.part_whole_share(row["part"], row["whole"], digits, rounding=rule).ok


@pytest.mark.parametrize("row", cases("classes"))
def test_class_tables_of_other_reports(row: dict[str, str]) -> None:
    shares, counts = row["shares"].split(), [int(count) for count in row["counts"].split()]
    if shares:
        found = checks.class_sum(shares)
        assert found.ok == (row["agrees"] == "yes"), str(found)
    if counts:
        assert checks.sum_total(counts, row["total"]).ok and checks.class_base(counts, row["total"]).ok
        assert not checks.sum_total([*counts[:-1], counts[-1] + 1], row["total"]).ok


def test_a_class_table_names_the_class_that_includes_the_one_before() -> None:
    assert "96.38% may include" in checks.class_sum(["19.1", "96.38", "2.92", "0.7"]).explanation


@pytest.mark.parametrize(
    ("result", "stated", "rule", "ok", "decided"),
    [
        (171, "58.7", "half_up", False, True),
        (171, "58.7", "truncate", True, True),
        (171, "58.8", "half_up", True, True),
        (171, "58.70", "half_up", False, True),
        (123, "100", "half_even", True, False),
        (9870, "82.3", "half_up", True, False),
        (60, "600", "half_down", True, True),
    ],
)
def test_attainments_of_whole_targets(result: int, stated: str, rule: str, ok: bool, decided: bool) -> None:
    found = checks.attainment_grain(result, stated, rounding=rule)
    assert (found.ok, found.decided) == (ok, decided), str(found)


@pytest.mark.parametrize(("rule", "written"), [("half_up", "0.13"), ("half_down", "0.12"), ("half_even", "0.12")])
def test_a_half_is_rounded_by_the_rule_that_is_asked_for(rule: str, written: str) -> None:
    others = {"0.12", "0.13"} - {written}
    assert checks.mean_grain(written, 8, rounding=rule).ok  # 1/8 = 0.125
    assert not checks.mean_grain(others.pop(), 8, rounding=rule).ok


def test_agreement_by_rounding_alone_is_said() -> None:
    found = checks.change("276.3", "231.0", "19.62")
    assert found.ok and found.by_rounding and "by rounding alone" in found.message
    plain = checks.change("276.3", "231.0", "19.61")
    assert plain.ok and not plain.by_rounding
