"""The command line: files written, counts told, one sentence where something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis.__main__ import TABLES, main
from tests import ROOT
from tests.browser import PLAIN_TEXT, write_notebook


def command(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_tabulate_writes_every_table_and_counts_its_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    done = command("tabulate", "a.txt", "b.txt", "--to", "out", folder=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "b.txt" in done.stderr and "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(TABLES)
    for name, line in zip(TABLES, lines, strict=True):
        rows = len(pd.read_csv(tmp_path / "out" / f"{name}.csv"))
        assert rows == len(pd.read_parquet(tmp_path / "out" / f"{name}.parquet"))
        assert line.startswith(f"{name}: {rows} row")
    assert not lines[0].startswith("figures: 0")


def test_export_runs_the_notebooks_of_this_folder(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    write_notebook(
        tmp_path / "notebooks" / "a.ipynb", ["# A", ('REPORTS = ""', "parameters"), ("print(REPORTS)", "answer")]
    )
    done = command("export", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(Path("reports", "index.html"))
    assert str(tmp_path / "seeds") in (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("analysis ")


WRONG = {
    "no such report": (["tabulate", "gone.txt", "--to", "out"], "gone.txt"),
    "no such notebooks": (["export", "--notebooks", "gone"], "There is no folder gone"),
    "no such reports": (["export", "--notebooks", "nb", "--reports", "gone"], "There is no folder gone"),
    "a failing notebook": (["export", "--notebooks", "nb", "--reports", "."], "a.ipynb failed in code cell 1 (1/0)"),
    "a slow notebook": (
        ["export", "--notebooks", "slow", "--reports", ".", "--time-limit", "3"],
        "a.ipynb was still running in code cell 1 (__import__('time').sleep(600)) after 3 seconds",
    ),
    "no such reports to work on": (["lab", "--notebooks", "nb", "--reports", "gone"], "There is no folder gone"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_in_one_sentence(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(tmp_path / "nb" / "a.ipynb", ["# A", "1/0"])
    write_notebook(tmp_path / "slow" / "a.ipynb", ["# A", "__import__('time').sleep(600)"])
    (tmp_path / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    arguments, says = WRONG[case]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("analysis: ") and says in told.err and len(told.err.splitlines()) == 1


def test_only_files_that_cannot_be_read_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.txt").write_bytes(b"\xff")
    assert main(["tabulate", str(tmp_path), "--to", str(tmp_path / "out")]) == 1
    assert "b.txt" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["tabulate", "a.txt"], ["export", "--port=1"], ["export", "--jobs", "x"]])
def test_a_wrong_command_shows_its_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: analysis" in capsys.readouterr().err


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would take this process's place."""
    lines: list[list[str]] = []
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.setattr(os, "execv", lambda path, line: lines.append(line))
    monkeypatch.setattr(subprocess, "call", lambda line: 0)
    return lines


def test_lab_opens_the_notebooks_with_the_project_as_its_root(started: list[list[str]], tmp_path: Path) -> None:
    write_notebook(tmp_path / "my notebooks" / "a.ipynb", ["# A"])
    assert main(["lab", "--notebooks", str(tmp_path / "my notebooks"), "--no-browser"]) == 0
    (line,) = started
    assert line[:3] == [sys.executable, "-m", "jupyterlab"]
    assert line[3:] == [
        f"--ServerApp.root_dir={tmp_path}",
        "--LabApp.default_url=/lab/tree/my%20notebooks",
        "--no-browser",
    ]


def test_lab_on_other_reports_opens_copies_and_keeps_changed_ones(started: list[list[str]], tmp_path: Path) -> None:
    write_notebook(tmp_path / "nb" / "a.ipynb", ["# A", ('REPORTS = "../seeds"', "parameters"), "2"])
    (tmp_path / "mine").mkdir()
    arguments = ["lab", "--notebooks", str(tmp_path / "nb"), "--reports", str(tmp_path / "mine")]
    main(arguments)
    copy = tmp_path / "nb-on-mine" / "a.ipynb"
    sources = [cell.source for cell in nbformat.read(copy, as_version=4).cells]
    assert sources == ["# A", 'REPORTS = "../seeds"', f"REPORTS = {str(tmp_path / 'mine')!r}", "2"]
    copy.write_text(copy.read_text(encoding="utf-8").replace("# A", "# Mine"), encoding="utf-8")
    main(arguments)
    assert "# Mine" in copy.read_text(encoding="utf-8")
    assert started[-1][-1].endswith("/lab/tree/nb-on-mine")
