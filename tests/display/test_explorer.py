"""Interactive use: pickers in JupyterLab, the whole table in a page, names that complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import analysis
from analysis import schema
from analysis.display.explorer import PICKERS, explore
from analysis.exporting.export import export
from analysis.reading.reports import Reports, from_text
from analysis.tables import Tables, tabulate
from tests import ROOT
from tests.browser import write_notebook

VIEW = "application/vnd.jupyter.widget-view+json"
ROWS = [
    {"place": "Xa An", "indicator": "poverty_rate", "verdict": "missed", "figure_ids": ()},
    {"place": "Xa An", "indicator": None, "verdict": "exceeded", "figure_ids": ()},
    {"place": "", "indicator": "poverty_rate", "verdict": "missed", "figure_ids": ()},
]


def tables(rows: list[dict[str, Any]]) -> Tables:
    """Return tables with these comparisons and nothing else."""
    empty = (schema.empty("outlook"), schema.empty("findings"))
    return Tables(schema.empty("figures"), schema.frame("comparisons", rows), *empty)


def rows_of(html: str) -> int:
    """Return how many rows a table of HTML has."""
    return len(BeautifulSoup(html, "html.parser").select("table.data tbody tr"))


PICKS = {
    "nothing": ({}, 3),
    "a place": ({"place": "Xa An"}, 2),
    "no place": ({"place": "(none)"}, 1),
    "an indicator": ({"indicator": "poverty_rate"}, 2),
    "a verdict": ({"verdict": "exceeded"}, 1),
    "two that meet": ({"place": "Xa An", "verdict": "missed"}, 1),
    "two that do not": ({"place": "(none)", "verdict": "exceeded"}, 0),
}


@pytest.mark.parametrize("case", PICKS)
def test_rows_agree_with_everything_picked(case: str) -> None:
    picked, expected = PICKS[case]
    explorer = explore(tables(ROWS)).pick(**picked)
    assert len(explorer.rows) == expected == rows_of(explorer._repr_html_())


def test_choices_are_those_that_occur_with_their_number() -> None:
    explorer = explore(tables(ROWS))
    assert explorer.choices("place") == [("Xa An (2)", "Xa An"), ("(none) (1)", "(none)")]
    assert explorer.choices("indicator") == [("poverty rate (2)", "poverty_rate"), ("(none) (1)", "(none)")]
    assert [word for _, word in explorer.choices("verdict")] == ["exceeded", "missed"]
    with pytest.raises(ValueError, match="No comparison has the place 'Xa'; there are Xa An"):
        explorer.pick(place="Xa")


def test_pickers_change_the_table_below_them() -> None:
    explorer = explore(tables(ROWS))
    pickers, shown = explorer.widget().children
    assert [picker.description.lower() for picker in pickers.children] == list(PICKERS)
    assert rows_of(shown.value) == 3
    pickers.children[0].value = "Xa An"
    assert rows_of(shown.value) == 2
    pickers.children[2].value = "missed"
    assert rows_of(shown.value) == len(explorer.rows) == 1
    pickers.children[0].index = 0
    assert rows_of(shown.value) == 2


def test_counts_follow_what_is_picked_from_the_other_pickers() -> None:
    place, _, verdict = explore(tables(ROWS)).widget().children[0].children
    verdict.value = "exceeded"
    assert [words for words, _ in place.options] == ["any (1)", "Xa An (1)", "(none) (0)"]
    assert [words for words, _ in verdict.options] == ["any (3)", "exceeded (1)", "missed (2)"]
    assert (place.value, verdict.value) == ("", "exceeded")
    verdict.value = ""
    assert place.options[0] == ("any (3)", "")


def test_a_notebook_gets_the_pickers_and_the_table() -> None:
    bundle = explore(tables(ROWS))._repr_mimebundle_()
    assert set(bundle) == {VIEW, "text/html", "text/plain"}
    assert rows_of(bundle["text/html"]) == 3


def test_without_widgets_there_is_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert set(explore(tables(ROWS))._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_where_there_is_nothing_to_pick_there_is_an_empty_table() -> None:
    explorer = explore(tables([]))
    assert explorer.choices("place") == [] and rows_of(explorer._repr_html_()) == 0
    assert explorer.widget() is not None


def test_words_of_reports_are_text_in_the_table() -> None:
    (row,) = [ROWS[0] | {"place": "<img src=x onerror=1>", "subject": "<script>1</script>"}]
    html = explore(tables([row]))._repr_html_()
    assert not BeautifulSoup(html, "html.parser").find_all(["script", "img"])


def test_an_exported_page_holds_the_whole_table_and_asks_for_no_widget(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    text = "In 2023 Xa An district met 22 out of 25 targets."
    (tmp_path / "reports" / "one.txt").write_text(text, encoding="utf-8")
    code = "import analysis\nanalysis.explore(analysis.tabulate(analysis.read(REPORTS)))"
    write_notebook(tmp_path / "notebooks" / "a.ipynb", ["# Which?", ('REPORTS = ""', "parameters"), code])
    export(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "pages")
    page = (tmp_path / "pages" / "a.html").read_text(encoding="utf-8")
    assert rows_of(page) == 1
    assert "widget" not in BeautifulSoup(page, "html.parser").main.decode()
    assert "require.js" not in page and "jupyter-widgets" not in page


# --- completion ------------------------------------------------------------------------------------------------------


def test_names_complete() -> None:
    assert {"charts", "explore", "export", "read", "tabulate"} <= set(dir(analysis))
    assert all(getattr(analysis, name) is not None for name in dir(analysis))
    reports = Reports([from_text("a", "one"), from_text("b", "two words")])
    shell = InteractiveShell.instance()
    shell.user_ns |= {"reports": reports, "tables": tabulate(reports)}

    def completed(code: str) -> set[str]:
        with provisionalcompleter():
            return {found.text.strip('"].') for found in shell.Completer.completions(code, len(code))}

    assert "two words" in completed('reports["t') and "one" not in completed('reports["t')
    assert "comparisons" in completed("tables.comp")


def test_tables_tell_what_they_hold() -> None:
    reports = analysis.read(ROOT / "seeds")
    found = tabulate(reports)
    cells = BeautifulSoup(found._repr_html_(), "html.parser").select("tbody tr")
    names = ["figures", "comparisons", "aimed", "caseloads", "outlook", "findings", "recomputations"]
    assert [row.th.text for row in cells] == [f".{name}" for name in names]
    assert [int(row.td.text) for row in cells] == [len(getattr(found, name)) for name in names]
    assert f"warning: {(found.findings['severity'] == 'warning').sum()}" in cells[-2].text
    assert "what counts" in cells[2].text
    assert len(BeautifulSoup(tabulate(Reports())._repr_html_(), "html.parser").select("tbody tr")) == 7


# --- what people try first -------------------------------------------------------------------------------------------


def test_a_folder_a_text_and_a_list_will_do_for_reports() -> None:
    text, seeds = "In 2023 Xa An district met 22 out of 25 targets.", ROOT / "seeds"
    read = analysis.read([seeds / "000_7acac973da2e3ad7.txt", seeds / "004_56a80109ba288b84.txt"])
    assert len(read) == 2 and len(tabulate(str(seeds)).figures) == len(tabulate(analysis.read(seeds)).figures)
    assert len(tabulate(text).aimed) == 1
    assert list(analysis.extract_figures([text, from_text("It planted 9 trees.", "own")])["report"]) == [
        "text 1",
        "own",
    ]


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        (lambda tables, reports: tabulate("no/such/folder"), "There is no file or folder no/such/folder"),
        (lambda tables, reports: tabulate("reports/2024"), "There is no file or folder reports/2024"),
        (lambda tables, reports: tabulate(tables.figures), "rather than DataFrame"),
        (lambda tables, reports: tabulate(7), "the path of a folder of reports"),
        (lambda tables, reports: analysis.evidence(0, reports), "tables.findings.iloc"),
        (lambda tables, reports: analysis.charts.attainment(tables), "pass tables.comparisons rather than Tables"),
        (lambda tables, reports: analysis.charts.coverage(tables), "pass tables.figures rather than Tables"),
        (lambda tables, reports: explore(tables.figures), "explore\\(tables\\)"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(tried: Any, told: str) -> None:
    reports = Reports([from_text("In 2023 Xa An district met 22 out of 25 targets.", "r")])
    with pytest.raises((TypeError, FileNotFoundError), match=told):
        tried(tabulate(reports), reports)


def test_a_table_for_people_is_told_shortly_where_nothing_can_be_shown() -> None:
    assert repr(analysis.show(tabulate("It planted 9 trees.").figures)) == "<Table: 1 row of 7 columns>"
    assert analysis.__version__


def test_importing_the_library_loads_nothing_heavy() -> None:
    heavy = ["matplotlib", "nbconvert", "ipywidgets", "jupyterlab"]
    code = f"import analysis, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
