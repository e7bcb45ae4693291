"""PDF files: printed by a browser that is there, with one sentence where there is none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.exporting.export import export
from analysis.exporting.pdf import BROWSER, PrintError, browser, printed
from analysis.exporting.publish import publish
from tests.browser import CHROMIUM, one_report, without_browser
from tests.conftest import Exported

A4 = b"/MediaBox [0 0 594.95996 841.91998]"


def test_no_browser_is_told_in_one_sentence_before_anything_is_done(
    small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv(BROWSER, raising=False)
    folders = ["--notebooks", str(small.notebooks), str(small.reports), "--to", str(tmp_path / "pages")]
    assert main(["export", "--pdf", *folders]) == 1
    told = capsys.readouterr().err
    assert told.startswith("analysis: There is no Chromium, Chrome or Edge to print with: ") and told.count("\n") == 1
    assert not (tmp_path / "pages").exists()


def program(path: Path, script: str) -> str:
    """Write a program that stands for a browser."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_the_browser_is_the_named_one_or_the_first_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(BROWSER, raising=False)
    chrome = program(tmp_path / "google-chrome", "exit 0")
    assert browser() == chrome
    chromium = program(tmp_path / "chromium", "exit 0")
    assert browser() == chromium
    own = program(tmp_path / "my browser", "exit 0")
    monkeypatch.setenv(BROWSER, own)
    assert browser() == own
    monkeypatch.setenv(BROWSER, "gone")
    with pytest.raises(PrintError, match="There is no gone to print with"):
        browser()


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
def test_a_browser_that_fails_is_told_with_the_page(tmp_path: Path) -> None:
    failing = program(tmp_path / "chromium", "exit 7")
    with pytest.raises(PrintError, match=r"could not print a page\.html \(exit code 7\); leave out --pdf"):
        printed({"a page.html": "<p>"}, failing)


def test_every_page_is_printed_on_a4_without_the_address_of_a_folder(small: Exported, tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        without_browser()
    pages = {path.name: path.read_text(encoding="utf-8") for path in small.pages.glob("*.html")}
    files = printed(pages, str(CHROMIUM))
    assert sorted(files) == sorted(name.replace(".html", ".pdf") for name in pages)
    for name, content in files.items():
        assert content.startswith(b"%PDF-"), name
        assert A4 in content, name
        assert b"file:" not in content and str(small.pages).encode() not in content, name


def test_an_export_with_pdf_writes_both_and_the_next_without_removes_the_old(small: Exported, tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        without_browser()
    (tmp_path / "notebooks").mkdir()
    chart = (small.notebooks / "1-chart.ipynb").read_bytes()
    (tmp_path / "notebooks" / "1-chart.ipynb").write_bytes(chart)
    where = tmp_path / "notebooks", one_report(tmp_path / "one"), tmp_path / "pages"
    export(*where, pdf=True)
    (tmp_path / "pages" / "own.pdf").write_bytes(b"mine")
    pages = {path.name for path in (tmp_path / "pages").glob("*.html")}
    assert pages >= {"index.html", "1-chart.html"}
    printed = {path.name for path in (tmp_path / "pages").glob("*.pdf")} - {"own.pdf"}
    assert printed == {name.replace(".html", ".pdf") for name in pages}
    export(*where)
    assert {path.name for path in (tmp_path / "pages").glob("*.pdf")} == {"own.pdf"}


def test_pdf_files_are_written_as_they_are(tmp_path: Path) -> None:
    publish({"index.html": "ü", "index.pdf": b"%PDF-\xff"}, tmp_path / "pages")
    assert (tmp_path / "pages" / "index.pdf").read_bytes() == b"%PDF-\xff"
    assert (tmp_path / "pages" / "index.html").read_text(encoding="utf-8") == "ü"
