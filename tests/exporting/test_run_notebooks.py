"""Notebooks side by side: each as in a kernel of its own, tables computed once, a bar for those who wait."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import progressbar
from analysis.exporting.run_notebooks import Run, running
from analysis.reading.reports import Reports, from_text
from tests.browser import write_notebook

TEXT = "In 2023 Xa An district admitted 12 members, reaching 120% of the plan."


def run(folder: Path, **options: float) -> list[Run]:
    """Return what the notebooks of a folder give, in the order in which they finish."""
    with running(folder, [folder], **options) as runs:
        return list(runs)


def output(done: Run) -> str:
    """Return what the last cell printed."""
    return done.notebook.cells[-1].outputs[0]["text"].strip()


def test_several_places_of_reports_are_handed_in_as_a_list(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", [('REPORTS = "seeds"', "parameters"), "print(REPORTS)"])
    one, other = tmp_path / "one", tmp_path / "other.txt"
    for given, named in ([one], str(one)), ([one, other], str([str(one), str(other)])):
        with running(tmp_path, given) as runs:
            assert [output(done) for done in runs] == [named]


# What a notebook leaves behind, and how the next one would notice.
LEFT = {
    "variables": ("left = 1", "'left' in dir()"),
    "results": ("1 + 1", "_"),
    "history": ("2", "len(In)"),
    "the folder": ("os.chdir('/')", "os.getcwd()"),
    "arguments": ("sys.argv.append('--left')", "'--left' in sys.argv"),
    "paths": ("sys.path.insert(0, 'left')", "'left' in sys.path"),
    "the environment": ("os.environ['LEFT'] = '1'", "'LEFT' in os.environ"),
    "options of pandas": ("pd.options.display.max_rows = 3", "pd.options.display.max_rows"),
    "options of numpy": ("np.set_printoptions(precision=1)", "np.array([1 / 3])"),
    "settings of matplotlib": ("plt.rcParams['figure.figsize'] = (1, 1)", "plt.rcParams['figure.figsize']"),
    "open figures": ("%config InlineBackend.close_figures = False\nplt.figure()", "plt.get_fignums()"),
    "the form of figures": ("%config InlineBackend.figure_formats = ['svg']", "_ = plt.figure(figsize=(1, 1))"),
    "another backend": ("%matplotlib agg", "_ = plt.figure(figsize=(1, 1))"),
    "warnings switched off": ("warnings.simplefilter('ignore')", "warnings.warn('now')"),
}
LOADED = "import os, sys, warnings\nimport matplotlib.pyplot as plt, numpy as np, pandas as pd"


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """What a notebook notices after another one in the same kernel, and what it notices alone."""
    folder = tmp_path_factory.mktemp("noticed")
    write_notebook(folder / "b.ipynb", [LOADED, *(notice for _, notice in LEFT.values())])
    (alone,) = run(folder)
    write_notebook(folder / "a.ipynb", [LOADED, *(leave for leave, _ in LEFT.values())])
    _, after = run(folder, jobs=1)
    found = [
        [re.sub(r"ipykernel_\d+", "kernel", str(cell.outputs)) for cell in done.notebook.cells[1:]]
        for done in (after, alone)
    ]
    return dict(zip(LEFT, zip(*found, strict=True), strict=True))


@pytest.mark.parametrize("what", LEFT)
def test_a_notebook_begins_as_in_a_kernel_of_its_own(what: str, noticed: dict[str, tuple[str, str]]) -> None:
    after, alone = noticed[what]
    assert after == alone != "[]"


def test_as_many_kernels_as_jobs_share_the_notebooks(tmp_path: Path) -> None:
    for name in "abc":
        write_notebook(tmp_path / f"{name}.ipynb", ["import os, time\ntime.sleep(1)\nprint(os.getpid())"])
    assert len({output(done) for done in run(tmp_path, jobs=2)}) == 2


def test_a_notebook_may_import_what_lies_beside_it_and_is_given_variables(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("COLOUR = 'green'", encoding="utf-8")
    write_notebook(tmp_path / "a.ipynb", ["import os, beside\nprint(beside.COLOUR, os.environ['SHADE'])"])
    (done,) = run(tmp_path, environment={"SHADE": "dark"})
    assert output(done) == "green dark"


def test_each_notebook_is_handed_over_as_soon_as_it_has_run(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", ["import time\ntime.sleep(2)\nprint('slow')"])
    write_notebook(tmp_path / "b.ipynb", ["print('quick')"])
    assert [output(done) for done in run(tmp_path)] == ["quick", "slow"]


def test_tables_are_computed_once_and_nobody_changes_those_of_another() -> None:
    made = analysis.tabulate(Reports([from_text(TEXT, "one")]))
    figures = analysis.tabulate(Reports([from_text(TEXT, "one")])).figures
    figures["value"] = 0.0
    figures.columns.name = figures.index.name = "changed"
    again = analysis.tabulate(Reports([from_text(TEXT, "one")]))
    assert again.figures is not made.figures
    for (name, table), (_, other) in zip(made, again, strict=True):
        pd.testing.assert_frame_equal(table, other, obj=name)


@pytest.mark.parametrize(
    ("text", "name"), [(TEXT.replace("12 m", "13 m"), "one"), (TEXT, "two")], ids=["another text", "another name"]
)
def test_tables_of_other_reports_are_other_tables(text: str, name: str) -> None:
    analysis.tabulate(Reports([from_text(TEXT, "one")]))
    figures = analysis.tabulate(Reports([from_text(text, name)])).figures
    assert set(figures["report"]) == {name}
    assert ("13" in set(figures["quote"])) == ("13" in text)


class Terminal:
    """A place to write to, which says that somebody looks at it."""

    def __init__(self, is_one: bool) -> None:
        self.text, self._is_one = "", is_one

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return self._is_one


@pytest.mark.parametrize(
    ("is_one", "quiet", "delay", "shows"),
    [(True, "", 0.0, True), (True, "", 60.0, False), (False, "", 0.0, False), (True, "1", 0.0, False)],
    ids=["somebody waits", "not for long", "no terminal", "an export"],
)
def test_a_bar_is_shown_to_those_who_wait_and_see_it(
    is_one: bool, quiet: str, delay: float, shows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(is_one)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progressbar, "_PATIENCE", delay)
    monkeypatch.setenv(progressbar.QUIET, quiet)
    assert list(progressbar.watched(["a", "b", "c"], "Reading")) == ["a", "b", "c"]
    assert ("Reading" in terminal.text) == shows
    assert not shows or terminal.text.endswith("\r")  # gone at the end
