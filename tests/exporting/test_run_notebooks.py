"""Notebooks side by side: kernels copied from a nursery, tables computed once, a bar for those who wait."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import progressbar
from analysis.exporting.kernels import Nursery
from analysis.exporting.lending import LENT, borrow, lend
from analysis.exporting.run_notebooks import Run, run
from analysis.reading.reports import Reports, from_text
from tests.browser import write_notebook

TEXT = "In 2023 Xa An district admitted 12 members, reaching 120% of the plan."
REPORTS = Reports([from_text(TEXT, "one")])
forks = pytest.mark.skipif(sys.platform != "linux", reason="kernels are copied on Linux only")


def output(done: Run) -> str:
    """Return what the last cell printed."""
    return done.notebook.cells[-1].outputs[0]["text"].strip()


@pytest.fixture(scope="module")
def nursery() -> Nursery:
    with Nursery() as started:
        yield started


@forks
def test_a_copied_kernel_is_a_process_of_its_own(nursery: Nursery, tmp_path: Path) -> None:
    for name in ("a", "b"):
        cell = "import os, sys\nmine = 'mine' in dir()\nprint(os.getpid(), mine, 'analysis.charts' in sys.modules)"
        write_notebook(tmp_path / f"{name}.ipynb", [cell])
    first, second = (output(done).split() for done in run(tmp_path, tmp_path, nursery=nursery))
    assert first[0] != second[0] and str(os.getpid()) not in (first[0], second[0])
    assert first[1:] == second[1:] == ["False", "True"]


@forks
def test_a_copied_kernel_has_its_folder_its_variables_and_its_children(nursery: Nursery, tmp_path: Path) -> None:
    cell = (
        "import os, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-c', 'raise SystemExit(3)'])\n"
        "print(os.getcwd(), os.environ['COLOUR'], done.returncode)"
    )
    write_notebook(tmp_path / "a.ipynb", [cell])
    (done,) = run(tmp_path, tmp_path, environment={"COLOUR": "green"}, nursery=nursery)
    assert output(done) == f"{tmp_path} green 3"


@forks
def test_copied_and_new_kernels_give_the_same_outputs(nursery: Nursery, tmp_path: Path) -> None:
    cells = [
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(1, 1))\n_ = axes.plot([1, 2])",
        "1/3",
        "print('last')",
    ]
    write_notebook(tmp_path / "a.ipynb", cells)
    (copied,), (new,) = run(tmp_path, tmp_path, nursery=nursery), run(tmp_path, tmp_path)
    assert "image/png" in copied.notebook.cells[0].outputs[0]["data"]
    assert copied.notebook.cells == new.notebook.cells


@forks
def test_no_kernel_outlives_its_nursery(tmp_path: Path) -> None:
    with Nursery() as started:
        pid = started.fork(["-f", str(tmp_path / "connection.json")], str(tmp_path), dict(os.environ))
        assert Path(f"/proc/{pid}").exists()
    assert not started
    with pytest.raises(OSError):
        started.fork([], str(tmp_path), {})
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()


@forks
def test_a_notebook_runs_even_where_the_nursery_has_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_notebook(tmp_path / "a.ipynb", ["print('here')"])
    with Nursery() as started:
        monkeypatch.setattr(Nursery, "__bool__", lambda self: True)
        os.kill(started._process.pid, 9)
        (done,) = run(tmp_path, tmp_path, nursery=started)
    assert output(done) == "here"


def test_each_notebook_is_handed_over_as_soon_as_it_has_run(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", ["import time\ntime.sleep(2)\nprint('slow')"])
    write_notebook(tmp_path / "b.ipynb", ["print('quick')"])
    finished: list[str] = []
    done = run(tmp_path, tmp_path, 2, finish=lambda one: finished.append(output(one)))
    assert finished == ["quick", "slow"]
    assert [output(one) for one in done] == ["slow", "quick"]


def test_tables_are_lent_to_those_who_read_the_same_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = analysis.tabulate(REPORTS)
    assert borrow(REPORTS) is None
    lend(REPORTS, made, tmp_path / "tables")
    monkeypatch.setenv(LENT, str(tmp_path / "tables"))
    lent = analysis.tabulate(REPORTS)
    assert lent is not made
    for (name, table), (_, other) in zip(lent, made, strict=True):
        pd.testing.assert_frame_equal(table, other, obj=name)
    lent.figures.loc[:, "value"] = 0.0
    assert analysis.tabulate(REPORTS).figures["value"].tolist() == made.figures["value"].tolist()


@pytest.mark.parametrize(
    "other",
    [Reports(), Reports([from_text(TEXT.replace("12 m", "13 m"), "one")]), Reports([from_text(TEXT, "two")])],
    ids=["none", "another text", "another name"],
)
def test_tables_of_other_reports_are_computed(other: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lend(REPORTS, analysis.tabulate(REPORTS), tmp_path / "tables")
    monkeypatch.setenv(LENT, str(tmp_path / "tables"))
    assert borrow(other) is None
    monkeypatch.setenv(LENT, str(tmp_path / "gone"))
    assert borrow(REPORTS) is None


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
