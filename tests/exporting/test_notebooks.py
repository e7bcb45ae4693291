"""The notebooks run on any folder of reports, and their answers are right for none, one and many."""

from __future__ import annotations

import ast
import re
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


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_reckons_in_the_open_and_labels_nothing(path: Path) -> None:
    code = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    calls = [node for node in ast.walk(ast.parse("\n".join(code))) if isinstance(node, ast.Call)]
    shown = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "show"]
    given = [value for call in shown for value in (*call.args, *(keyword.value for keyword in call.keywords))]
    assert not any(isinstance(value, ast.Dict) for value in given)
    used = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    assert len(used & {"query", "groupby", "crosstab", "merge"}) >= 2
    assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse("\n".join(code))))


STORY = {
    "01_what_the_reports_say": [
        "Binh Thuan states targets and not one result. Duc Trong states results, and no target with a number.",
        "2 claims of success have no figure in the sentence. For Binh Thuan no result is stated anywhere",
        "No figure can be set beside one of another report.",
        "+228%, is of international visitors (Nghi Xuan, 2023): about 2,039 more, from about 895 to 2,934.",
        "For 2023, 3 places state 7 rates, of 7 subjects in the reports' own words.",
        "Hong Linh spent VND 742 billion and took in VND 300 billion: 2.5 times as much.",
    ],
    "02_how_a_sentence_becomes_a_row": ["5 targets of Cam Xuyen would pass for results by the verb alone."],
    "03_were_the_targets_met": [
        "Cam Xuyen and Nghi Xuan missed 5 targets by their own counts.",
        "Single missed targets with a figure of their own: none. No figure says which they were; the text may.",
        "a projected 408 billion VND is 134.6% of the lower target and 100% of the higher",
        "Targets of this kind: 5. With a result here: none.",
        "3 of the 4 caseloads were dealt with to the last case. In 1, more was dealt with than there was",
    ],
    "04_do_the_figures_add_up": [
        "No figure of Cam Xuyen, Vinh Phuc, Nghi Xuan and 1 more was recomputed",
        "Lists of three shares or more: 1. Lists whose shares fit no single whole: 1.",
        "171 is said to be 58.7% of the target.",
    ],
    "05_is_next_years_bar_lower": [
        "10 of the 19 targets for a time wholly after the report stand without a result to be measured by.",
        "Pairs of a result and a next target: 9. With the last target known too: 3.",
        "the last target: Budget revenue (Cam Xuyen, 2024), last target by the province (the result is a projection).",
        "after +13%, a target of +11% makes +25.4% in two years (but the target is for “growth rate”, the result of",
    ],
}


@pytest.mark.parametrize("name", STORY)
def test_the_seeds_have_a_story(name: str, real: Exported) -> None:
    page = BeautifulSoup((real.pages / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    told = " ".join(page.main.get_text(" ").split())
    assert [sentence for sentence in STORY[name] if sentence not in told] == []


NO_FIT = re.compile(
    r"(?<![\d.,])1 (?:claims|figures|targets|things|places|reports|rates|lists|pairs|caseloads|remarks|periods)\b"
    r"|\b(?:None of the|All|Of no) (?:1|\w+s,) |\b0 of them|\(\)|\bNone states?\b|: \."
)


def test_sentences_fit_none_and_one_and_many(other: Exported) -> None:
    for path in other.html():
        if path.stem in STORY:
            page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
            told = [" ".join(paragraph.get_text(" ").split()) for paragraph in page.main.find_all("p")]
            assert [sentence for sentence in told if NO_FIT.search(sentence)] == [], path.name


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


def test_every_page_can_be_mailed(other: Exported, real: Exported) -> None:
    assert {path.name: path.stat().st_size for path in other.html() + real.html() if path.stat().st_size > 2e6} == {}
