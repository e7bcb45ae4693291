"""The round trip: figures out as a workbook, corrected by a person, taken, and applied on every later run."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis.__main__ import main
from analysis.reviewing.corrections import FILE, Correction, ReviewError, checked, corrections_in, digest, written
from analysis.schema import TABLES, VOCABULARIES
from analysis.tables import Tables

TEXT = (
    "Xa An district, 28 December 2023\n\n"
    "In 2023 the district planted 1,250 trees. It built 12 schools.\n"
    "The district had aimed at 1,000 saplings along its roads.\n"
    "Budget revenue reached 4.5 billion VND, 90% of the plan; 83 of 90 households have water.\n"
)
OTHER = "In 2023 Xa Binh commune recruited 40 members, 80% of the target set by the district.\n"
SAVED_BY = [
    "openpyxl",
    pytest.param("LibreOffice", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="none")),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reports" / "b.txt").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("reports")


def enter(changes: dict[tuple[str, str], Any], saved_by: str = "openpyxl") -> Path:
    """Fill cells of review.xlsx, named by the figure's quote and the column, and save it as a program does."""
    path = Path("review.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["review"]
    head = [cell.value for cell in sheet[1]]
    rows = {row[head.index("quote")].value: row for row in sheet.iter_rows(min_row=2)}
    for (quote, column), value in changes.items():
        rows[quote][head.index(column)].value = value
    book.save(path)
    if saved_by == "LibreOffice":
        profile = f"-env:UserInstallation={Path('profile').absolute().as_uri()}"
        line = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "again", str(path)]
        subprocess.run(line, check=True, capture_output=True, timeout=120)
        return Path("again", "review.xlsx")
    return path


def row(tables: Tables, quote: str) -> pd.Series:
    return tables.figures.set_index("quote").loc[quote]


def same(one: pd.DataFrame, other: pd.DataFrame, but: list[str]) -> None:
    pd.testing.assert_frame_equal(one.drop(columns=but), other.drop(columns=but), check_categorical=False)


@pytest.mark.parametrize("saved_by", SAVED_BY)
def test_what_is_entered_is_applied_and_nothing_else_changes(folder: Path, saved_by: str) -> None:
    before = analysis.tabulate(folder)
    assert main(["review", str(folder), "--quiet"]) == 0
    target = row(before, "1,000")["figure_id"]
    result = row(before, "1,250")["figure_id"]
    entered = {
        ("1,000", "subject"): "trees planted",
        ("12", "period_end"): dt.datetime(2024, 1, 1),
        ("1,000", "about"): result,
        ("1,000", "why"): "the plan of the year",
        ("4.5 billion VND", "value"): 45_000_000_000,
        ("4.5 billion VND", "indicator"): "budget_revenue",
        ("12", "mark"): "strike",
        ("90%", "role"): "projected",
        ("90%", "period_start"): None,
        ("90%", "period_end"): dt.datetime(2024, 6, 30),
        ("40", "mark"): "right",
        ("83 of 90", "place"): "Thon Ba",
        ("83 of 90", "measure"): "share",
    }
    assert main(["review", str(folder), "--take", str(enter(entered, saved_by)), "--by", "An", "--quiet"]) == 0
    after = analysis.tabulate(folder)

    paired = row(after, "1,000")
    assert (paired["role"], paired["about"], paired["link"], paired["subject"]) == (
        *("target", result, "explicit", "trees planted"),
    )
    money = row(after, "4.5 billion VND")
    assert (money["value"], money["low"], money["high"]) == (4.5e10, 4.45e10, 4.55e10)
    water = row(after, "83 of 90")
    assert (water["place"], water["measure"], pd.isna(water["place_level"])) == ("Thon Ba", "share", True)
    assert (water["place_source"], water["measure_cue"]) == ("reviewed", "reviewed")
    share = row(after, "90%")
    assert (share["role"], share["period_end"]) == ("projected", pd.Timestamp(2024, 6, 30))
    assert pd.isna(share["period_start"]) and share["period_source"] == "reviewed"
    assert "12" not in set(after.figures["quote"])

    compared = after.comparisons.set_index(after.comparisons["figure_ids"].map(frozenset))
    pair = compared.loc[[frozenset({target, result})]].iloc[0]
    assert (pair["target"], pair["achieved"], pair["verdict"], pair["reviewed"]) == (1000, 1250, "exceeded", False)
    reviewed = after.figures.set_index("quote")["reviewed"]
    assert set(reviewed[reviewed].index) == {"1,000", "4.5 billion VND", "90%", "40", "83 of 90"}

    touched = ["1,000", "4.5 billion VND", "12", "90%", "83 of 90"]
    left = [one.figures[~one.figures["quote"].isin(touched)].reset_index(drop=True) for one in (before, after)]
    same(*left, ["reviewed", "answered", "due"])
    for name in TABLES:
        tables = (getattr(before, name), getattr(after, name))
        same(*(table[table["report"] == "b"].reset_index(drop=True) for table in tables), ["reviewed"])

    kept = {one.quote: one for one in corrections_in(folder / FILE)}
    assert set(kept) == {*touched, "40"}
    assert all((one.who, one.when) == ("An", dt.date.today()) for one in kept.values())
    assert (kept["1,000"].why, kept["12"].strike, kept["40"].right) == ("the plan of the year", True, True)
    assert kept["40"].text == digest(OTHER)


def test_a_second_round_starts_from_the_first(folder: Path) -> None:
    main(["review", str(folder), "--quiet"])
    main(["review", str(folder), "--take", str(enter({("1,250", "role"): "projected"})), "--by", "An", "--quiet"])
    first = (folder / FILE).read_text(encoding="utf-8")
    main(["review", str(folder), "--quiet", "--force"])
    sheet = openpyxl.load_workbook("review.xlsx")["review"]
    assert "projected" in {cell.value for line in sheet.iter_rows() for cell in line}
    assert main(["review", str(folder), "--take", "review.xlsx", "--by", "Binh", "--quiet"]) == 0
    assert (folder / FILE).read_text(encoding="utf-8") == first
    main(["review", str(folder), "--take", str(enter({("1,250", "role"): "achieved"})), "--by", "Binh", "--quiet"])
    assert corrections_in(folder / FILE) == []
    assert not analysis.tabulate(folder).figures["reviewed"].any()


def test_a_correction_of_a_text_that_changed_is_reported_and_not_applied(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", str(folder), "--quiet"])
    book = enter({("1,250", "role"): "projected", ("40", "mark"): "strike"})
    main(["review", str(folder), "--take", str(book), "--quiet"])
    (folder / "a.txt").write_text(TEXT.replace("12 schools", "13 schools"), encoding="utf-8")
    (folder / "b.txt").rename(folder / "renamed.txt")
    capsys.readouterr()
    assert main(["tabulate", str(folder), "--to", "out", "--quiet"]) == 0
    told = capsys.readouterr().err
    assert told.startswith("a: the correction of '1,250'") and "text has changed" in told and told.count("\n") == 1
    tables = analysis.tabulate(folder)
    assert row(tables, "1,250")["role"] == "achieved"
    assert "40" not in set(tables.figures["quote"])  # the text of a file that is renamed is the same
    assert "1 correction not applied" in repr(tables)
    before = (folder / FILE).read_text(encoding="utf-8")
    assert main(["review", str(folder), "--take", "review.xlsx", "--quiet"]) == 0
    assert "a: not taken" in capsys.readouterr().err
    assert (folder / FILE).read_text(encoding="utf-8") == before  # it is kept: the old text may come back


SENSELESS: dict[str, tuple[tuple[str, str], Any]] = {
    "is no role": (("1,250", "role"), "goal"),
    "is no measure": (("1,250", "measure"), "sum"),
    "is no indicator": (("1,250", "indicator"), "joy"),
    "is no number": (("1,250", "value"), "many"),
    "is no day": (("1,250", "period_end"), "soon"),
    "is no figure of this report": (("1,250", "about"), "b:34"),
    "the mark 'maybe' is none": (("1,250", "mark"), "maybe"),
}


@pytest.mark.parametrize("says", SENSELESS)
def test_a_cell_that_makes_no_sense_is_named_and_nothing_is_taken(
    says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", str(folder), "--quiet"])
    cell, value = SENSELESS[says]
    assert main(["review", str(folder), "--take", str(enter({("12", "mark"): "strike", cell: value}))]) == 1
    told = capsys.readouterr().err
    assert "review.xlsx, row " in told and says in told and told.count("\n") == 1
    assert not (folder / FILE).exists()


def test_words_are_offered_for_the_cells_that_have_some(folder: Path) -> None:
    main(["review", str(folder), "--quiet"])
    book = openpyxl.load_workbook("review.xlsx")
    sheet = book["review"]
    letters = {cell.column_letter: cell.value for cell in sheet[1]}
    offered: dict[str, list[list[str]]] = {}
    for one in sheet.data_validations.dataValidation:
        name, _, cells = one.formula1.lstrip("=").rpartition("!")
        words = [line[0].value for line in book[name.strip("'")][cells.replace("$", "")]]
        offered.setdefault(letters[str(one.sqref)[0]], []).append(words)
    assert set(offered) == {"role", "measure", "indicator", "unit", "place", "about", "mark"}
    assert offered["role"] == [list(VOCABULARIES["role"])] and offered["mark"] == [["right", "strike"]]
    figures = analysis.extract_figures(folder)
    assert offered["about"] == [list(own["figure_id"]) for _, own in figures.groupby("report")]
    assert book["as read"].sheet_state == "hidden" and sheet.freeze_panes


def test_a_broken_file_is_told_in_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("[[correction]", "[[correction]]\nreport = 'a'", "correction = 5"):
        (folder / FILE).write_text(text, encoding="utf-8")
        assert main(["tabulate", str(folder), "--to", "out"]) == 1
        told = capsys.readouterr().err
        assert f"{FILE} cannot be read" in told and told.count("\n") == 1
    Path("no.xlsx").write_text("none", encoding="utf-8")
    (folder / FILE).unlink()
    assert main(["review", str(folder), "--take", "no.xlsx"]) == 1
    assert "no.xlsx is no workbook" in capsys.readouterr().err


@pytest.mark.parametrize("why", ["", 'say "no"\\', "two\nlines\tand \x7f \x1b", "Điện Biên – 5 %", "# = [x]"])
def test_any_text_survives_the_file(why: str, tmp_path: Path) -> None:
    one = Correction("sha256:0", 1, 2, why, why, (("value", 5.5), ("place", why), ("about", 3)), who=why, why=why)
    (tmp_path / FILE).write_text(written([one]), encoding="utf-8")
    assert corrections_in(tmp_path / FILE) == [one]


def test_pages_say_how_much_was_reviewed(folder: Path) -> None:
    from analysis.display.naming import basis

    reports = analysis.read(folder)
    assert "reviewed" not in basis(reports, analysis.tabulate(reports).figures)
    main(["review", str(folder), "--quiet"])
    main(["review", str(folder), "--take", str(enter({("1,250", "mark"): "right"})), "--quiet"])
    figures = analysis.tabulate(reports).figures
    assert f"1 of {len(figures)} figures reviewed by a person" in basis(reports, figures)


@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), 1e70, None, "5"])
def test_a_value_is_a_number(value: Any) -> None:
    with pytest.raises(ReviewError):
        checked("value", value, ())


def test_corrections_of_several_folders_are_kept_in_the_folder_of_each(folder: Path) -> None:
    Path("more").mkdir()
    Path("more", "c.txt").write_text("In 2023 Xa Ba district mended 37 boats.", encoding="utf-8")
    assert main(["review", "reports", "more", "--quiet"]) == 0
    book = enter({("12", "mark"): "strike", ("37", "subject"): "boats mended"})
    assert main(["review", "reports", "more", "--take", str(book), "--by", "An", "--quiet"]) == 0
    kept = {name: [one.quote for one in corrections_in(Path(name, FILE))] for name in ("reports", "more")}
    assert kept == {"reports": ["12"], "more": ["37"]}
    assert main(["review", "more", "--take", str(enter({("37", "mark"): "strike"})), "--by", "An", "--quiet"]) == 0
    assert [one.strike for one in corrections_in(Path("more", FILE))] == [True]
    assert [one.quote for one in corrections_in(folder / FILE)] == ["12"]
