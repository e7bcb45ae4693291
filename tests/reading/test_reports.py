"""Files into reports: what is wrong with one of them is told and loses no other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import analysis
from analysis.reading.reports import from_text


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_bad_files_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, good="It has 9 members.")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05")
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["good"]
    assert [str(failure) for failure in reports.failed] == [
        f"{tmp_path / 'bad.txt'} is no text, whatever its name says: a picture, a program or the like."
    ]


def test_line_ends_are_kept(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"First.\r\nIt has 9 members.\r\n")
    (report,) = analysis.read(tmp_path)
    assert report.text == "First.\r\nIt has 9 members.\r\n"
    assert analysis.extract_figures(report)["start"].tolist() == [report.text.index("9")]


def test_settings_say_what_the_text_leaves_out(tmp_path: Path) -> None:
    write(tmp_path, one="It has 9 members.")
    (tmp_path / "reports.toml").write_text(
        '[[report]]\nfile = "one.txt"\ndate = "2024-02"\nplaces = [{ name = "An Xa", level = "commune" }]\n',
        encoding="utf-8",
    )
    (report,) = analysis.read(tmp_path)
    assert (report.date, report.dated) == (dt.date(2024, 2, 29), "2024-02")
    figure = analysis.extract_figures(report).iloc[0]
    assert (figure["place"], figure["place_level"], figure["place_source"]) == ("An Xa", "commune", "reports.toml")


@pytest.mark.parametrize(
    ("settings", "read", "failed"),
    [
        ('[[report]]\nfile = "one.txt"\ndate = "soon"\n', 0, "the date 'soon' of one.txt is none"),
        ('[[report]]\nfile = "one.txt"\nplaces = [{ level = "commune" }]\n', 0, "a place of one.txt has no name"),
        ('[[report]]\nfile = "two.txt"\n', 1, "names two.txt, which is not there"),
        ("[[report]\n", 1, "the reports are read without it"),
    ],
)
def test_settings_that_are_wrong_are_told(tmp_path: Path, settings: str, read: int, failed: str) -> None:
    write(tmp_path, one="It has 9 members.")
    (tmp_path / "reports.toml").write_text(settings, encoding="utf-8")
    reports = analysis.read(tmp_path)
    assert len(reports) == read
    assert len(reports.failed) == 1
    assert failed in str(reports.failed[0])


def test_reports_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, same=f"Commune {folder} has 9 members.")
    reports = analysis.read(tmp_path / "a", tmp_path / "b")
    assert [report.id for report in reports] == ["b - same", "same"]
    assert [report.path for report in reports] == [tmp_path / "b" / "same.txt", tmp_path / "a" / "same.txt"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="There is no file or folder"):
        analysis.read(tmp_path / "nothing")


def test_an_unknown_id_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="the ids are one"):
        analysis.read(write(tmp_path, one="x"))["two"]


def test_a_headline_is_not_the_name_of_the_site() -> None:
    assert from_text("Vietnam.vn - Portal\n\nThe headline\n\nText.").title == "The headline"


def test_a_report_knows_its_headline() -> None:
    assert from_text("\n\n  The headline \nText.").title == "The headline"


@pytest.mark.parametrize(("above", "read"), [(1, [0, 1, 2, 3]), (3, [0, 1, 2])])
def test_a_source_ends_an_article_of_which_most_stands_above_it(above: int, read: list[int]) -> None:
    told = "In 2023, said the chairman of its People's Committee at a meeting that closed the year, the commune of Binh"
    told += " Son, with the help of its young people and of the families of its hamlets, planted {} trees there."
    texts = [told.format(f"{n + 1}1,000") for n in range(4)]
    flat = "\n\n".join([*texts[:above], "Source: People's Committee", *texts[above:]])
    assert list(analysis.extract_figures(flat)["quote"]) == [f"{n + 1}1,000" for n in read]


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("It planted 9 hectares, and built 12 schools|", ["9 hectares", "12"]),
        ("It planted 9.5 hectares, and built 12 schools |", ["9.5 hectares", "12"]),
        ("It built seven schools |", ["seven"]),
        ("A corner of the school |", []),  # what is left of an image table
        ("Delegates at the 12th congress, 3/5/2023 |", []),
    ],
)
def test_a_line_of_text_may_end_in_a_bar(line: str, quotes: list[str]) -> None:
    figures = analysis.extract_figures(f"In 2023 the town met.\n{line}\nIt has 5 roads.")
    assert figures["quote"].tolist() == [*quotes, "5"]


def test_a_row_of_a_table_is_no_furniture() -> None:
    rows = "| Indicator | Plan | Result |\n|---|---|---|\n| Trees planted | 90 | 95 |\n![A map](a.png) |\nA caption |\n"
    figures = analysis.extract_figures(f"Results of 2023\n\n{rows}")
    assert figures["quote"].tolist() == ["90", "95"]
    assert "caption" not in " ".join(figures["sentence"])
