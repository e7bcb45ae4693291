"""CSV files: letters as letters, numbers as numbers, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.csv_file import as_csv, is_formula
from analysis.display.csv_link import b64decode, csv_link
from tests import ROOT

RUNS = [
    *("=1+1", "=", "@SUM(A1)", "+1+1", "-1+cmd|'/C calc'!A0", "- 5 schools", "+ 5", "-", "+", "--5", "-5 km", "-1,2,3"),
    *("\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1", "＝1+1", "＋1", "－1", "＠A", "-5%%", "-5e", "-٣", "+84 24 3825"),
]
SAFE = ["", "5", "-5", "+5", "-5.25", "+3.4%", "-1,250,000", "-1e-5", "5-6", "a=b", "– 5", "−5", "'=1", "(-5)", "nan"]


@pytest.mark.parametrize("cell", RUNS)
def test_what_a_spreadsheet_would_run_is_told(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", SAFE)
def test_numbers_and_other_text_are_left_alone(cell: str) -> None:
    assert not is_formula(cell)


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("dtype", ["string", "object", "category"])
def test_text_of_any_dtype_is_made_inert_and_numbers_keep_their_sign(dtype: str) -> None:
    frame = pd.DataFrame({"said": pd.Series(["=1", None, "-5"], dtype=dtype), "value": [-1.5, float("inf"), None]})
    assert read(as_csv(frame)) == [["said", "value"], ["'=1", "-1.5"], ["", "inf"], ["-5", ""]]


def test_ids_are_joined_and_what_is_no_letter_is_replaced() -> None:
    assert read(as_csv(pd.DataFrame({"ids": [("=a:1", "b:2"), ["c:3"]]})))[1:] == [["'=a:1 b:2"], ["c:3"]]
    assert read(as_csv(pd.DataFrame({"said": ["a\ud800b"]}, dtype="object")))[1:] == [["a?b"]]


def test_files_and_links_of_pages_are_written_alike(tmp_path: Path) -> None:
    tables = analysis.tabulate("Results of 2023:\n- Recruit 5 members;\n+ Built 12 roads, 120% of the plan.")
    tables.write(tmp_path)
    head, *rows = read((tmp_path / "figures.csv").read_bytes())
    sentences = [row[head.index("sentence")] for row in rows]
    assert sentences and all(one.startswith(("'- ", "'+ ")) for one in sentences)
    assert list(pd.read_parquet(tmp_path / "figures.parquet")["sentence"]) == [one[1:] for one in sentences]
    shown = b64decode(csv_link(tables.figures, ["sentence"], "Said").href.partition(",")[2])
    assert [row[-1] for row in read(shown)[1:]] == sentences


def test_no_other_module_writes_csv() -> None:
    own = ROOT / "analysis" / "csv_file.py"
    others = [path for path in (ROOT / "analysis").rglob("*.py") if path != own]
    assert [path.name for path in others if "to_csv(" in path.read_text(encoding="utf-8")] == []
