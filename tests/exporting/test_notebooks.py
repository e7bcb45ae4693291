"""The notebooks run on any folder of reports, and their answers are right for none, one and many."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

import analysis
from tests import ROOT
from tests.conftest import Exported

NOTEBOOKS = ROOT / "notebooks"


def test_there_are_six_questions() -> None:
    titles = [nbformat.read(path, 4).cells[0].source for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    assert len(titles) == 6
    assert all(title.startswith("# ") and title.endswith("?") for title in titles)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_only_calls(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert not any("def " in cell.source or "class " in cell.source for cell in code)
    assert [cell.metadata.get("tags") for cell in code].count(["parameters"]) == 1
    assert [cell.metadata.get("tags") for cell in code].count(["answer"]) == 1
    assert notebook.cells[-1].cell_type == "markdown" and "## Limits" in notebook.cells[-1].source


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_figure_of_a_report_is_typed_into_prose(path: Path) -> None:
    """The prose may explain the rules with the example sentence of its own notebook, and states nothing else."""
    notebook = nbformat.read(path, 4)
    figures = analysis.tabulate(analysis.read(ROOT / "seeds")).figures
    example = "".join(cell.source for cell in notebook.cells if "sentence = " in cell.source)
    quotes = {quote for quote in figures["quote"] if len(quote) > 4 and quote not in example}
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not [quote for quote in quotes if quote in prose]


def test_the_notebooks_run_unchanged_on_any_folder(other: Exported) -> None:
    names = {path.stem for path in other.html()}
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} <= names
    reports = {path.stem for path in other.reports.glob("*.txt")}
    assert sum(name.startswith("report-") for name in names) == len(reports)
    for path in other.html():
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert len(page.find_all("h1")) == 1 and page.main.text.strip()
        assert "Traceback" not in page.text, path.name
        assert "nan" not in page.main.text.lower().split(), path.name


def test_a_folder_without_reports_is_told_on_the_front_page(other: Exported) -> None:
    front = BeautifulSoup((other.pages / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert ("There is no report in the folder" in front.text) == (not any(other.reports.glob("*.txt")))


def test_every_page_can_be_mailed(other: Exported, real: Exported) -> None:
    assert {path.name: path.stat().st_size for path in other.html() + real.html() if path.stat().st_size > 2e6} == {}
