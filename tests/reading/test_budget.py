"""What a report may cost: its numbers, however they are written, and who may allow more."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis

SENTENCE = "The town of Xa An planted trees along all of its roads and canals. "


def read(folder: Path, text: str) -> analysis.reading.reports.Reports:
    (folder / "reports.toml").write_text('[[report]]\nfile = "x.txt"\nlanguage = "en"\n', encoding="utf-8")
    (folder / "x.txt").write_text(text, encoding="utf-8")
    (folder / "other.txt").write_text("It has 9 members.", encoding="utf-8")
    return analysis.read(folder)


@pytest.mark.parametrize("unit", ["5 ", "5% ", "1/1/1/", "five ", "5 out of 6 ", "&#53; "])
def test_a_text_of_nothing_but_numbers_is_listed_and_the_others_are_read(unit: str, tmp_path: Path) -> None:
    reports = read(tmp_path, f"It has {unit * 3000}")
    assert [report.id for report in reports] == ["other"]
    (failure,) = reports.failed
    assert "numbers, more than one in 16 characters" in failure.message and "ANALYSIS_NUMBERS" in failure.message


@pytest.mark.parametrize(
    "text",
    [
        "It has " + "5 " * 1990,  # many, but not for long
        "New trees reached 420 and were 35 more than planned.\n" * 3000,  # long, but with words between them
        SENTENCE * 650 + "5 " * 2900,  # a long table in a longer text
        "1.000." * 5000,  # one number, whatever it is
    ],
)
def test_a_report_with_many_numbers_is_read(text: str, tmp_path: Path) -> None:
    reports = read(tmp_path, text + SENTENCE)
    assert [report.id for report in reports] == ["other", "x"]


def test_whoever_has_such_tables_may_allow_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSIS_NUMBERS", "3001")
    assert not read(tmp_path, "It has " + "5 " * 3001).failed
    assert read(tmp_path, "It has " + "5 " * 3002).failed


def test_a_budget_that_is_no_number_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSIS_NUMBERS", "many")
    assert "ANALYSIS_NUMBERS is 'many', which is no number" in str(read(tmp_path, SENTENCE).failed[0])
