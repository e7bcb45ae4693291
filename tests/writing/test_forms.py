"""Workbook, data package, IATI and Parquet: the same rows in each, valid, and nothing that a spreadsheet runs."""

from __future__ import annotations

import datetime as dt
import json
import math
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis.__main__ import main
from analysis.extras import MissingExtra
from analysis.schema import TABLES
from analysis.tables import Tables
from analysis.writing import workbook
from analysis.writing.codebook import columns, indicators
from analysis.writing.forms import About, base_of
from analysis.writing.iati import as_iati
from analysis.writing.names import FORMS, files_of
from analysis.writing.workbook import WorkbookError
from tests import ROOT

INVENTED = ROOT / "tests" / "gold" / "invented"
NASTY = (
    "Results of 2023 in Xa An:\n- Recruit 5 members;\n+ Built 12 \x07roads, 120% of the plan;\n=2+5 schools, #N/A of 9."
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return analysis.tabulate(INVENTED)


def expected(value: Any) -> Any:
    """What a cell holds, as Parquet tells it."""
    if isinstance(value, tuple | list) or hasattr(value, "tolist"):
        return " ".join(value) or None
    if value is None or value is pd.NA or value != value or value == "":
        return None
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def differing(book: Path, folder: Path) -> list[Any]:
    """The cells of a workbook that are not those of the Parquet files."""
    import openpyxl

    found, wrong = openpyxl.load_workbook(book, data_only=True), []  # LibreOffice writes TRUE as a formula
    for name in TABLES:
        table = pd.read_parquet(folder / f"{name}.parquet")
        head, *rows = found[name].iter_rows(values_only=True)
        assert list(head) == list(table.columns) and len(rows) == len(table)
        for row, record in zip(rows, table.to_dict("records"), strict=True):
            for cell, (column, value) in zip(row, record.items(), strict=True):
                wanted = expected(value)
                same = math.isclose(cell, wanted, rel_tol=1e-12) if isinstance(cell, float) else cell == wanted
                wrong += [] if same else [(name, column, cell, wanted)]
    return wrong


def test_a_workbook_has_the_values_of_the_parquet_with_their_types(tables: Tables, tmp_path: Path) -> None:
    import openpyxl

    tables.write(tmp_path)
    book = tables.to_excel(tmp_path / "tables.xlsx")
    assert differing(book, tmp_path) == []
    found = openpyxl.load_workbook(book)
    figures = found["figures"]
    assert (figures.freeze_panes, figures.auto_filter.ref) == ("B2", figures.dimensions)
    starts = list(figures.iter_cols())[list(TABLES["figures"]).index("period_start")]
    assert {(type(cell.value), cell.number_format) for cell in starts[1:] if cell.value} == {
        (dt.datetime, "yyyy-mm-dd")
    }
    assert found["codebook"].max_row == 1 + sum(map(len, TABLES.values()))
    assert found["indicators"].max_row == 1 + len(indicators())


@pytest.mark.skipif(not shutil.which("soffice"), reason="there is no LibreOffice here")
def test_libreoffice_opens_the_workbook_with_the_same_values(tables: Tables, tmp_path: Path) -> None:
    tables.write(tmp_path, FORMS)
    again = tmp_path / "again"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    line = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again)]
    subprocess.run([*line, str(tmp_path / "tables.xlsx")], check=True, capture_output=True, timeout=120)
    assert differing(again / "tables.xlsx", tmp_path) == []


def test_links_lead_to_the_figure_and_to_its_page(tables: Tables, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(tables.to_excel(tmp_path / "a" / "t.xlsx", tmp_path / "my pages"))
    figures = book["figures"]
    quote = list(TABLES["figures"]).index("quote") + 1
    first = tables.figures.iloc[0]
    address = f"../my pages/report-{first['report']}.html#f{first['start']}"
    assert figures.cell(2, quote).hyperlink.target == address
    for name in ("comparisons", "findings", "recomputations", "outlook"):
        at = list(TABLES[name]).index("figure_ids") + 1
        for row, ids in enumerate(getattr(tables, name)["figure_ids"], start=2):
            link = book[name].cell(row, at).hyperlink
            assert (link is None) == (not ids)
            assert link is None or figures[link.location.partition("!")[2]].value == ids[0]


@pytest.mark.parametrize(
    ("pages", "base"),
    [(None, None), ("out", "../out/"), ("https://a.vn/b", "https://a.vn/b/"), ("https://a.vn/", "https://a.vn/")],
)
def test_where_pages_are_seen_from(
    pages: str | None, base: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert base_of(pages, Path("tables")) == base


def test_no_cell_of_a_workbook_is_run(tmp_path: Path) -> None:
    import openpyxl

    tables = analysis.tabulate(NASTY)
    sheet = openpyxl.load_workbook(tables.to_excel(tmp_path / "t.xlsx"))["figures"]
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    begins = [cell for cell in cells if cell.value[0] in "=+-"]
    assert begins and all(cell.quotePrefix for cell in begins)
    assert not any("\x07" in cell.value for cell in cells)


@pytest.mark.parametrize("text", [None, NASTY, "Nothing is told here."])
def test_a_package_is_valid_and_says_what_it_holds(text: str | None, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    reports = analysis.read(ROOT / "seeds")
    tables = analysis.tabulate(text if text else reports)
    path = tables.to_package(tmp_path / "package", None if text else reports, "CC-BY-4.0")
    validated = frictionless.validate(str(path))
    assert validated.valid, validated.flatten(["type", "note"])
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["licenses"] == [{"name": "CC-BY-4.0"}]
    assert text or (len(said["sources"]) == 5 and "Vietnam.vn" in said["sources"][2]["title"])
    fields = {one["name"]: one["schema"]["fields"] for one in said["resources"]}
    for name in TABLES:
        assert [field["name"] for field in fields[name]] == list(TABLES[name])
        assert all(field["description"] for field in fields[name])


def test_a_package_that_was_changed_is_not_valid(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    path = analysis.tabulate(NASTY).to_package(tmp_path)
    file = tmp_path / "figures.csv"
    file.write_bytes(file.read_bytes().replace(b",achieved,", b",archived,", 1))
    assert not frictionless.validate(str(path)).valid


def test_a_package_can_be_an_archive(tmp_path: Path) -> None:
    one, two = (analysis.tabulate(NASTY).to_package(tmp_path / name) for name in ("a.zip", "b.ZIP"))
    assert one.read_bytes() == two.read_bytes()
    assert set(zipfile.ZipFile(one).namelist()) == set(files_of(["package"]))


def test_iati_has_a_period_for_each_comparison_that_has_one(tables: Tables) -> None:
    told = as_iati(tables.comparisons)["iati-activities"]["iati-activity"]
    results = [result for activity in told for result in activity["result"]]
    periods = [period for result in results for period in result["indicator"][0]["period"]]
    dated = tables.comparisons.dropna(subset=["period_start", "period_end"])
    assert len(periods) == len(dated) > 50
    values = [float(one["value"]) for period in periods for one in period["target"]]
    assert sorted(values) == pytest.approx(sorted(dated["target"].dropna()))
    assert all(result["title"][0]["narrative"][0] for result in results)


def test_the_command_writes_the_forms_that_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(NASTY, encoding="utf-8")
    for form in FORMS:
        to = tmp_path / form
        assert main(["tabulate", str(tmp_path / "a.txt"), "--to", str(to), "--format", form]) == 0
        assert {path.name for path in to.iterdir()} >= set(files_of([form]))
    capsys.readouterr()
    assert main(["tabulate", str(tmp_path / "a.txt"), "--to", str(tmp_path / "xlsx"), "--format", "xlsx"]) == 1
    assert "tables.xlsx exists already" in capsys.readouterr().err


def test_a_missing_extra_is_named_with_its_command_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"pip install 'targets-and-results\[office\]'"):
        analysis.tabulate(NASTY).to_excel(tmp_path / "t.xlsx")
    assert main(["tabulate", "gone", "--to", str(tmp_path / "t"), "--format", "xlsx", "--format", "csv"]) == 1
    assert "targets-and-results[office]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_extras_are_imported_only_when_used() -> None:
    code = "import sys, analysis.commands.app; print([m for m in ('openpyxl', 'frictionless') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_duckdb_reads_the_parquet(tables: Tables, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    tables.write(tmp_path, ["parquet"], About())
    asked = f"SELECT count(*) FROM '{tmp_path}/comparisons.parquet' WHERE verdict = 'missed'"
    assert duckdb.sql(asked).fetchall() == [((tables.comparisons["verdict"] == "missed").sum(),)]


def test_every_column_has_its_meaning() -> None:
    for table, names in TABLES.items():
        found = columns(table)
        assert [one.name for one in found] == list(names)
        assert all(one.meaning and one.example for one in found)


def test_what_no_workbook_holds_is_told_and_nothing_is_written(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = tables.figures.assign(sentence="a" * 32_768)
    with pytest.raises(WorkbookError, match=r"figures, F2 \(aaa.* 32,768 characters.* 32,767; write csv or parquet"):
        replace(tables, figures=columns).to_excel(tmp_path / "long.xlsx")
    monkeypatch.setattr(workbook, "_MOST_ROWS", len(tables.figures) + 1)
    tables.to_excel(tmp_path / "fits.xlsx")
    monkeypatch.setattr(workbook, "_MOST_ROWS", len(tables.figures))
    most = f"{len(tables.figures) - 1:,}"
    with pytest.raises(WorkbookError, match=f"figures has {len(tables.figures):,} rows, .* holds {most}; write csv"):
        tables.write(tmp_path, ["csv", "xlsx"])
    assert [path.name for path in tmp_path.iterdir()] == ["fits.xlsx"]
