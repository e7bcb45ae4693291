"""Whatever lies in a folder: each thing that cannot be read is listed with its reason, and the rest is read."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis
from analysis.reading import files
from analysis.reading.reports import from_text

GOOD = "In 2023 the district planted 9 hectares."
ENTRY = '[[report]]\nfile = "good.txt"\n'
Make = Callable[[Path], object]

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def holding(data: bytes | str, name: str = "x.txt") -> Make:
    return lambda folder: (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def link(target: str) -> Make:
    return lambda folder: (folder / "x.txt").symlink_to(target)


UNREADABLE: dict[str, tuple[Make, str]] = {
    "a pipe": (lambda folder: os.mkfifo(folder / "x.txt"), "x.txt is no ordinary file"),
    "a device without end": (link("/dev/zero"), "x.txt is no ordinary file"),
    "a link to nothing": (link("gone"), "x.txt cannot be opened"),
    "a link to itself": (link("x.txt"), "x.txt cannot be opened"),
    "a name that is not UTF-8": (
        lambda folder: os.mkfifo(os.fsencode(folder) + b"/\xe9.txt"),
        r"/\xe9.txt has a name that is not UTF-8",
    ),
    "a picture": (holding(bytes(range(128)) * 9), "x.txt is no text"),
    "a file of 200 MB": (
        lambda folder: os.truncate(_touched(folder / "x.txt"), 200_000_000),
        "x.txt has 200,000,000 bytes, where 100,000,000 are read at most",
    ),
    "a line of 3 MB": (
        holding("word " * 600_000),
        "x.txt has 3,000,000 characters, where 2,000,000 are allowed",
    ),
}


def _touched(path: Path) -> Path:
    path.touch()
    return path


@posix
@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_listed_and_the_rest_is_read(case: str, tmp_path: Path) -> None:
    make, says = UNREADABLE[case]
    holding(GOOD, "good.txt")(tmp_path)
    make(tmp_path)
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["good"]
    (failure,) = map(str, reports.failed)
    assert says in failure and failure.isprintable() and failure.endswith(".")


READABLE: dict[str, bytes] = {
    "UTF-16 with a mark": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-16 of a large machine": GOOD.encode("utf-16-be"),
    "UTF-32": GOOD.encode("utf-32-le"),
    "half a character": GOOD.encode() + b"\xed\xa0\x80",
    "UTF-8 with a mark": GOOD.encode("utf-8-sig"),
    "a stray control character": GOOD.replace("planted", "plan\x00ted").encode(),
}


@pytest.mark.parametrize("case", READABLE)
def test_what_can_be_read_is_read(case: str, tmp_path: Path) -> None:
    holding(READABLE[case])(tmp_path)
    figures = analysis.extract_figures(analysis.read(tmp_path))
    assert figures["quote"].tolist() == ["9 hectares"]


# What a ``reports.toml`` says, and what is told of it; the report is read all the same.
TOLD: dict[str, tuple[bytes | str, str]] = {
    "one table instead of a list": ('[report]\nfile = "good.txt"\n', "report is no list, and is ignored"),
    "a number": ("report = 5\n", "report is no list, and is ignored"),
    "numbers": ("report = [5]\n", "an entry names no file, and is ignored"),
    "no file": ('[[report]]\nsource = "x"\n', "an entry names no file, and is ignored"),
    "a number for a file": ("[[report]]\nfile = 5\n", "file of 5 is ignored; write text"),
    "places as text": (ENTRY + 'places = "Xa An"\n', "places of good.txt is ignored; write a list"),
    "a number for a source": (ENTRY + "source = 5\n", "source of good.txt is ignored; write text"),
    "a key that nobody knows": (ENTRY + 'plcae = "x"\n', "'plcae' of good.txt is ignored; known there: file, date"),
    "a key of a place": (ENTRY + 'places = [{ name = "A", is = "b" }]\n', "'is' of a place of good.txt is ignored"),
    "a key beside the entries": ("reports = 5\n" + ENTRY, "'reports' of it is ignored; known there: report."),
    "an entry twice": (ENTRY + ENTRY, "good.txt has several entries; the last one holds"),
    "a file that cannot be": ('[[report]]\nfile = "a\\u0000.txt"\n', r"names a\x00.txt, which is not there"),
    "a name too long": ('[[report]]\nfile = "' + "a" * 5000 + '"\n', "which is not there"),
    "deep nesting": ("a = " + "[\n" * 5000 + "]\n" * 5000, "it is nested too deeply; the reports are read without it"),
    "a long line": ("a." * 50_000 + "b = 1", "a line has more than 10,000 characters; the reports are"),
    "a large number": (ENTRY + "date = " + "9" * 5000, "the reports are read without it"),
    "a large file": ("# x\n" * 300_000, "reports.toml has 1,200,000 characters, where 1,000,000"),
    "no text": (b"\xff\xff\xff", "reports.toml: byte 0 is not UTF-8; save the file as UTF-8 text; the reports"),
}


@pytest.mark.parametrize("case", TOLD)
def test_settings_without_effect_are_told(case: str, tmp_path: Path) -> None:
    said, told = TOLD[case]
    holding(GOOD, "good.txt")(tmp_path)
    holding(said, "reports.toml")(tmp_path)
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["good"]
    (failure,) = map(str, reports.failed)
    assert told in failure and str(tmp_path / "reports.toml") in failure


@posix
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("gone", path)])
def test_settings_that_are_no_file_are_told(make: Callable[[Path], object], tmp_path: Path) -> None:
    holding(GOOD, "good.txt")(tmp_path)
    make(tmp_path / "reports.toml")
    reports = analysis.read(tmp_path)
    assert len(reports) == 1
    assert "reports.toml is no file" in str(reports.failed[0])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("name", ["reports.toml", "x.txt"])
def test_a_file_of_somebody_else_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    holding(GOOD, "good.txt")(tmp_path)
    holding("", name)(tmp_path)
    (tmp_path / name).chmod(0)
    os.seteuid(65534)
    try:
        reports = analysis.read(tmp_path)
    finally:
        os.seteuid(0)
    assert [report.id for report in reports] == ["good"]
    assert f"{name} cannot be opened: Permission denied" in str(reports.failed[0])


@pytest.mark.parametrize("stated", ['"1500-01-01"', "2300-01-01", '"1677"', '"2262-01"'])
def test_a_date_that_no_table_can_hold_is_told(stated: str, tmp_path: Path) -> None:
    holding(GOOD, "good.txt")(tmp_path)
    holding(GOOD, "x.txt")(tmp_path)
    holding(f"{ENTRY}date = {stated}\n", "reports.toml")(tmp_path)
    reports = analysis.read(tmp_path)
    assert [report.id for report in reports] == ["x"]
    assert "of good.txt is before 1678 or after 2261" in str(reports.failed[0])


@pytest.mark.parametrize("stated", ['"1678"', "2261-12-31", "2023-12-28T07:30:00Z"])
def test_the_outermost_dates_reach_the_tables(stated: str, tmp_path: Path) -> None:
    holding(GOOD, "good.txt")(tmp_path)
    holding(f"{ENTRY}date = {stated}\n", "reports.toml")(tmp_path)
    reports = analysis.read(tmp_path)
    assert not reports.failed and not analysis.extract_figures(reports)["report_date"].isna().any()


def test_a_mark_before_the_settings_is_passed_over(tmp_path: Path) -> None:
    holding(GOOD, "good.txt")(tmp_path)
    holding(b"\xef\xbb\xbf" + ENTRY.encode() + b"date = 2023-12-28\n", "reports.toml")(tmp_path)
    reports = analysis.read(tmp_path)
    assert (reports["good"].dated, reports.failed) == ("2023-12-28", ())


def test_how_long_a_report_may_be_is_for_the_reader_to_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holding(GOOD)(tmp_path)
    monkeypatch.setenv(files.LONGEST, "39")
    assert "x.txt has 40 characters, where 39" in str(analysis.read(tmp_path).failed[0])
    monkeypatch.setenv(files.LONGEST, "40")
    assert len(analysis.read(tmp_path)) == 1
    monkeypatch.setenv(files.LONGEST, "many")
    assert "is 'many', which is no number" in str(analysis.read(tmp_path).failed[0])


def test_half_a_character_in_a_string_is_replaced_in_its_place(tmp_path: Path) -> None:
    tables = analysis.tabulate(
        [from_text("In 2023 the \ud800 district planted 9 hectares, 90%\udfff of the plan.", "a\ud800")]
    )
    assert tables.figures["quote"].tolist() == ["9 hectares", "90%"]
    assert set(tables.figures["report"]) == {"a�"}
    tables.write(tmp_path)


@pytest.mark.parametrize("name", ["../other.txt", "/etc/passwd", "a/../../other.txt"])
def test_settings_of_a_file_elsewhere_are_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("It has 9 members.", encoding="utf-8")
    (tmp_path / "reports.toml").write_text(f'[[report]]\nfile = "{name}"\n', encoding="utf-8")
    (failure,) = analysis.read(tmp_path).failed
    assert failure.message.endswith(f"names {name}, which lies outside its folder; correct the name.")


def test_no_name_in_a_reason_moves_the_cursor(tmp_path: Path) -> None:
    for name in ("a\x1b[31m\nb.txt", "good.txt"):
        try:
            (tmp_path / name).write_text("It has 9 members.", encoding="utf-8")
        except OSError:
            pytest.skip("this system has no such names")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("../\x1b[2J.txt", "It has 8 members.")
    failed = analysis.read(tmp_path).failed
    assert len(failed) == 2
    assert all(failure.message.isprintable() and failure.name.isprintable() for failure in failed)
