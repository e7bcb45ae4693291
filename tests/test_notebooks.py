"""The five notebooks run on any folder of reports, and their answers are right for none, one and many."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

import analysis
from analysis.exporter import export
from analysis.notebooks import run

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
INVENTED = ROOT / "tests" / "gold" / "invented"


@pytest.fixture
def no_figure(tmp_path: Path) -> Path:
    (tmp_path / "rhetoric.txt").write_text("Unity is strength. The 13th Congress said so in 2021.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def one_report(tmp_path: Path) -> Path:
    text = (
        "An Lac\n28/12/2023\nIn 2023 An Lac district met 9 out of 10 targets. "
        "Revenue reached 5.2 billion VND, 104% of the plan."
    )
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_there_are_five_questions() -> None:
    titles = [nbformat.read(path, 4).cells[0].source for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    assert len(titles) == 5
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
    example = "".join(cell.source for cell in notebook.cells if "sentence = (" in cell.source)
    quotes = {quote for quote in figures["quote"] if len(quote) > 4 and quote not in example}
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not [quote for quote in quotes if quote in prose]


@pytest.mark.parametrize("folder", [ROOT / "seeds", INVENTED], ids=["seeds", "invented"])
def test_the_notebooks_run_on_many_reports(folder: Path) -> None:
    assert len(run(NOTEBOOKS, folder)) == 5


@pytest.mark.parametrize("kind", ["one_report", "no_figure", "tmp_path"])
def test_the_notebooks_become_pages_for_one_report_or_none(kind: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(kind)
    index = export(NOTEBOOKS, folder, folder / "pages")
    assert len(list((folder / "pages").glob("0*.html"))) == 5
    assert "<h1" in index.read_text(encoding="utf-8")
