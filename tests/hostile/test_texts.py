"""Texts that nobody would write: no crash, and what holds of all tables and pages holds of theirs."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
from analysis.reading.reports import Reports, from_text
from tests import CASES
from tests.hostile import texts
from tests.hostile.invariants import broken, lively, pages

FOUND: dict[str, str] = json.loads((CASES / "hostile" / "found.json").read_text(encoding="utf-8"))
"""What a fuzzer or a reader found, reworded."""

SETTINGS = [
    *("[[report]]\n", 'file = "good.txt"\n', "[report]\n", "date = ", "places = ", "source = ", "2023\n", "true\n"),
    *("[1, {}]\n", '[{ name = "A" }]\n', '"2023"\n', "1e9\n", "{ a = 1 }\n"),
]


def nothing_breaks(*written: str) -> None:
    """Check the tables and the pages of some reports."""
    reports = Reports([from_text(text, f"r{n}") for n, text in enumerate(written)])
    tables = analysis.tabulate(reports)
    assert broken(tables, reports) == []
    assert [tag for page in pages(tables, reports).values() for tag in lively(page)] == []


@pytest.mark.parametrize("case", FOUND)
def test_what_was_found_once_holds(case: str) -> None:
    nothing_breaks(FOUND[case])


@pytest.mark.parametrize("case", texts.strings())
def test_a_string_that_breaks_things_breaks_nothing(case: str) -> None:
    told = texts.strings()[case]
    nothing_breaks(f"{told}\n{told} district planted 9 trees in 2023, 90% of the target.\nIt has 5 {told} and {told}5.")


def test_nor_do_all_of_them_in_every_setting() -> None:
    told = " ".join(texts.strings().values())
    place = analysis.reading.settings.Place(told, told, told)
    report = analysis.reading.reports.Report(told, f"It planted 9 trees, 90% of the target.\n{told}", None, (place,))
    reports = Reports([report])
    tables = analysis.tabulate(reports)
    assert broken(tables, reports) == []
    assert [tag for page in pages(tables, reports).values() for tag in lively(page)] == []


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_text_breaks_anything(data: st.DataObject) -> None:
    def choose(n: int) -> int:
        return data.draw(st.integers(0, n - 1))

    nothing_breaks(*(texts.text_from(choose) for _ in range(1 + choose(2))))


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_nor_does_any_string(text: str) -> None:
    nothing_breaks(text)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "x.txt").write_bytes(data)
    (folder / "reports.toml").write_bytes(data)
    (folder / "good.txt").write_text("In 2023 it planted 9 trees.", encoding="utf-8")
    reports = analysis.read(folder)
    assert "good" in [report.id for report in reports]
    read = "x" in [report.id for report in reports]
    assert read or any(failure.path.name == "x.txt" for failure in reports.failed)
    assert all(str(failure).endswith(".") for failure in reports.failed)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SETTINGS)))
def test_any_settings_are_used_or_told(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "reports.toml").write_text("".join(lines), encoding="utf-8")
    for name in ("good", "other"):
        (folder / f"{name}.txt").write_text(f"In 2023 the {name} town planted 9 trees.", encoding="utf-8")
    reports = analysis.read(folder)
    assert "other" in [report.id for report in reports]
    analysis.extract_figures(reports)
