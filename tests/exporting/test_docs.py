"""The documentation: it is built from the sources, the tutorial runs, and nothing that is known is missing from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import analysis
from analysis.commands.app import app
from analysis.lexicon import rows
from analysis.schema import TABLES
from tests import ROOT

DATA = ROOT / "analysis" / "data"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages by their names, as `make docs` writes them."""
    to = tmp_path_factory.mktemp("docs")
    command = [sys.executable, str(ROOT / ".ci" / "docs.py"), "--to", str(to)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return {path.stem: path.read_text(encoding="utf-8") for path in to.glob("*.html")}


def words(page: str) -> str:
    """What a page says."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_every_table_check_indicator_hint_and_data_file_is_told(docs: dict[str, str]) -> None:
    cells = set(re.findall(r"<td>(.*?)</td>", docs["tables"]))
    assert {name for columns in TABLES.values() for name in columns} <= cells
    assert all(row["id"] in docs["checks"] for row in rows("checks/checks"))
    assert {row["id"] for row in rows("indicators/indicators")} <= set(
        re.findall(r"<td>(.*?)</td>", docs["indicators"])
    )
    told = words(docs["hints"])
    assert all(row["hint"] in told and " ".join(row["why"].split()) in told for row in rows("frame/hints"))
    files = {path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.csv")}
    assert set(re.findall(r"<h2 id=[^>]*><code>(.*?)</code>", docs["vocabulary"])) == files


def test_every_command_and_every_public_name_is_told(docs: dict[str, str]) -> None:
    assert all(f"<code>analysis {name}</code></h2>" in docs["commands"] for name in app.commands)
    assert all(f"<code>analysis.{name}</code></h2>" in docs["python"] for name in analysis.__all__)
    for thing in ("phrase", "unit", "check", "chart", "format", "indicator", "hint"):
        assert re.search(rf"<strong>An? {thing}\.</strong>", docs["adding"])


def test_the_page_on_security_is_there(docs: dict[str, str]) -> None:
    told = words(docs["security"])
    assert "What can hostile input not do?" in told and "Telling what does not hold" in told
    assert "](" not in told


def test_the_tutorial_reads_corrects_and_hands_on(docs: dict[str, str]) -> None:
    told = words(docs["your_own_reports"])
    for said in (
        "empty.txt - is empty",
        "tin.txt - is in Vietnamese",
        "3 entries drafted",
        "set = { value = 51",
        "is not applied: the text has changed",
        "package/datapackage.json",
        "report-xa-an.html",
    ):
        assert said in told, said
    assert "5,552" not in told.partition("Say what the texts leave out")[2]


def test_pages_ask_for_nothing_and_lead_somewhere(docs: dict[str, str]) -> None:
    for name in docs.keys() - {"your_own_reports"}:  # whose code quotes a page
        page = docs[name]
        body = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
        for address in re.findall(r'href="([^"]*)"', body):
            file, _, part = address.partition("#")
            if address.startswith(("https://", "data:")):
                continue
            assert not file or Path(file).stem in docs, (name, address)
            assert not part or f'id="{part}"' in docs[Path(file).stem if file else name], (name, address)
    assert set(docs) - {"index"} == {Path(one).stem for one in re.findall(r'<li><a href="([\w.]+)"', docs["index"])}
