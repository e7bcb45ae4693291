"""A folder as people have it, of files of every kind: what can be read is, and what cannot is told with its reason."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.__main__ import main
from analysis.exporting.export import export
from analysis.pages.overview import overview
from analysis.reading.formats import read_bytes
from analysis.reading.reports import Reports
from analysis.reading.unread import NoReportError, told
from tests import ROOT
from tests.browser import write_notebook
from tests.reading.mixed import NOT_READ, PASSED_OVER, READ, pdf, sentence, write_mixed

LOST = "half scanned.pdf"  # read, without its second page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mixed(tmp_path_factory.mktemp("mixed"))


@pytest.fixture(scope="module")
def reports(folder: Path) -> Reports:
    return analysis.read(folder)


@pytest.fixture(scope="module")
def tables(reports: Reports) -> analysis.Tables:
    return analysis.tabulate(reports)


def test_there_are_forty_files() -> None:
    assert len(READ) + len(NOT_READ) >= 40


def test_all_that_can_be_read_is_read_for_its_figure(tables: analysis.Tables, reports: Reports) -> None:
    by_path = {str(report.path): report.id for report in reports}
    read = {value for value, _ in READ.values()}
    found = tables.figures[tables.figures["value"].isin(read) & (tables.figures["unit"] == "count")]
    for name, (value, _) in READ.items():
        inside = name.removesuffix(".zip")
        of = {id for path, id in by_path.items() if f"/{name}" in path}
        assert of, inside
        assert set(found.loc[found["value"] == value, "report"]) & of, name


def test_nothing_around_an_article_is_a_figure(tables: analysis.Tables) -> None:
    assert tables.figures.loc[tables.figures["value"].between(5550, 5580), "sentence"].tolist() == []


def test_every_figure_points_into_the_text_that_is_kept(tables: analysis.Tables, reports: Reports) -> None:
    for row in tables.figures.itertuples():
        assert reports[row.report].text[row.start : row.end] == row.quote


def test_each_file_that_is_not_read_is_told_with_its_reason(reports: Reports) -> None:
    by_name = {failure.name: failure.reason for failure in reports.failed}
    assert set(by_name) == {*NOT_READ, LOST}
    assert len(reports.failed) == len(by_name)
    for name, (reason, _) in NOT_READ.items():
        assert reason in by_name[name], name
    assert by_name[LOST].startswith("was read without page 2")


def test_what_nobody_would_miss_is_not_told(reports: Reports) -> None:
    assert not [line for line in told(reports) if any(name in line for name in PASSED_OVER)]


def test_what_a_page_says_of_itself(reports: Reports) -> None:
    page = reports["article"]
    assert (page.title, page.source) == ("Tan Lap commune looks back", "Tan Lap News")
    assert (page.address, str(page.date)) == ("https://news.example/tan-lap/1", "2023-12-28")
    assert page.frame.date_source == "page"
    assert reports["one file"].address == "https://moclan.example/2"
    assert "Hà Tĩnh" in reports["LAYOUT"].text  # its encoding is the one that it declares


def test_tables_in_documents_are_read_as_rows(tables: analysis.Tables) -> None:
    for report, number in (("article", 121), ("text", 131), ("report", 141)):
        rows = tables.comparisons[tables.comparisons["report"] == report]
        assert sorted(rows["target"]) == [50, 200], report
        assert sorted(rows["achieved"]) == [number / 2, 2 * number], report
        assert set(rows["stated_attainment"].round(4)) == {number / 100}, report


def test_a_line_of_a_pdf_goes_on_in_the_next_where_it_is_full() -> None:
    lines = [
        "An Xa district in 2023",
        "In 2023 the district of An Xa admitted new members, 41 of them women, and aimed at 7.5-",
        "8% more for the year to come, when it wants to mend all of the roads to the market and",
        "the bridge.",
        "- Recruit 130 members in the communes along the river, where nobody had joined before,",
        "- Build 12 wells.",
    ]
    (found,) = read_bytes(pdf([lines]), ".pdf")
    assert found.text.splitlines() == [lines[0], f"{lines[1]}{lines[2]} {lines[3]}", *lines[4:]]


def test_one_release_in_two_newspapers_is_told(reports: Reports) -> None:
    pairs = {(one.id, other.id) for one, other, _ in reports.alike}
    assert pairs == {("paper one", "paper two"), ("divisions", "one file")}
    assert [line for line in told(reports) if "paper one.txt and " in line and "one release" in line]


def test_the_list_is_on_the_terminal_in_the_file_and_in_the_exit_code(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tabulate", str(folder), "--to", str(tmp_path / "out")]) == 3
    lines = capsys.readouterr().err.splitlines()
    with (tmp_path / "out" / "not_read.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["file"] for row in rows} == {*NOT_READ, LOST}
    for name in NOT_READ:
        assert sum(line.startswith(f"{folder / name} ") for line in lines) == 1, name


def test_the_texts_are_kept_and_give_the_same_tables(
    folder: Path, reports: Reports, tables: analysis.Tables, tmp_path: Path
) -> None:
    main(["tabulate", str(folder), "--to", str(tmp_path)])
    kept = analysis.read(tmp_path / "texts")
    assert [report.id for report in kept] == [report.id for report in reports]
    assert [report.text for report in kept] == [report.text for report in reports]
    assert [report.address for report in kept] == [report.address for report in reports]
    again = analysis.tabulate(kept)
    columns = ["figure_id", "quote", "value", "role", "place", "period_end"]
    assert again.figures[columns].equals(tables.figures[columns])
    assert analysis.evidence(again.figures.iloc[0], kept)


def test_texts_of_an_earlier_run_are_taken_away(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("It has 9 members.", encoding="utf-8")
        main(["tabulate", "--force", str(tmp_path / name), "--to", str(tmp_path / "out")])
    assert sorted(path.name for path in (tmp_path / "out" / "texts").iterdir()) == ["reports.toml", "two.txt"]


def test_a_run_does_not_read_what_an_earlier_one_wrote(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has 9 members.", encoding="utf-8")
    main(["tabulate", str(tmp_path), "--to", str(tmp_path / "out")])
    again = analysis.read(tmp_path)
    assert [report.id for report in again] == ["a"]
    assert [failure.told for failure in again.failed] == ["out holds the tables of an earlier run."]


def test_a_run_does_not_read_what_it_wrote_among_the_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has 9 members.", encoding="utf-8")
    assert [main(["tabulate", "--force", str(tmp_path), "--to", str(tmp_path)]) for _ in range(2)] == [0, 0]
    assert [report.id for report in analysis.read(tmp_path)] == ["a"]
    (tmp_path / "index.html").write_text(overview("Targets", [], analysis.read(tmp_path), analysis.tabulate(tmp_path)))
    assert [failure.told for failure in analysis.read(tmp_path).failed] == [
        "index.html is a page that an earlier run made."
    ]


@pytest.mark.parametrize("name", ["figures", "comparisons", "findings"])
def test_a_table_that_the_library_wrote_is_no_report(name: str, tmp_path: Path) -> None:
    analysis.tabulate("In 2023 the district met 22 out of 25 targets.").write(tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "out" / f"{name}.csv").rename(tmp_path / "mine" / "a.csv")
    (failure,) = analysis.read(tmp_path / "mine").failed
    assert failure.told == "a.csv is a table that an earlier run wrote."


def test_rows_that_are_the_same_are_told_in_one_line(tmp_path: Path) -> None:
    rows = ["text", *[sentence(number).replace("\n", " ") for number in (7, 8, 8, 8)], " "]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["a row 2", "a row 3"]
    assert [failure.told for failure in reports.failed] == ["a.csv, row 4 and 1 more, holds the same text as another."]


def test_pages_name_files_as_seen_from_the_folder(reports: Reports, tables: analysis.Tables, folder: Path) -> None:
    page = overview("Targets", [], reports, tables)
    assert str(folder) not in page
    for name in ("old.doc", "bomb.zip/zeros.txt", "more/same.txt"):
        assert f"<li>{name} " in page


@pytest.mark.parametrize(("files", "found"), [({}, "nothing at all"), ({"a.jpg": b"x"}, "a.jpg is of no format")])
def test_a_folder_without_a_report_is_an_error_that_says_what_is_there(
    files: dict[str, bytes], found: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(tmp_path / "notebooks" / "a.ipynb", ["# A", "1"])
    (tmp_path / "mine").mkdir()
    for name, content in files.items():
        (tmp_path / "mine" / name).write_bytes(content)
    assert main(["tabulate", str(tmp_path / "mine"), "--to", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert found in error and len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()
    with pytest.raises(NoReportError, match=found):
        export(tmp_path / "notebooks", tmp_path / "mine", tmp_path / "pages")


# --- what is installed -----------------------------------------------------------------------------------------------

READERS = {"web": ("trafilatura", "a.html"), "pdf": ("pdfplumber", "a.pdf"), "office": ("docx", "a.docx")}


def test_readers_are_imported_only_when_used() -> None:
    modules = ["trafilatura", "lxml", "pdfplumber", "docx", "openpyxl", "py3langid", "tomlkit"]
    code = f"import analysis, sys\nprint([name for name in {modules} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("extra", READERS)
def test_a_missing_reader_is_named_with_the_command_that_installs_it(
    extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, name = READERS[extra]
    monkeypatch.setitem(sys.modules, library, None)
    for module in ("web", "pdf", "word", "excel"):
        monkeypatch.delitem(sys.modules, f"analysis.reading.{module}", raising=False)
    (tmp_path / name).write_bytes(b"%PDF")
    (failure,) = analysis.read(tmp_path).failed
    command = f'pip install "targets-and-results[{extra}]"'
    assert failure.told == f"{name} needs {library} to be read, which is not installed: {command}."
