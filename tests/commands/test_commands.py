"""The command line: files written, counts told, one sentence where something is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import corpus
from analysis.__main__ import main
from analysis.commands.app import app
from analysis.commands.shared import FAILED, FOUND, UNREAD, WRONG
from analysis.schema import TABLES
from analysis.writing.names import USUAL, files_of
from tests import ROOT
from tests.browser import PLAIN_TEXT, write_notebook


def command(*arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
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


@pytest.mark.parametrize(
    ("line", "scheduler"),
    [
        (["in", "--to", "out", "--partitions"], None),
        (["in", "--to", "out", "--scheduler", "tcp://host:8786"], "tcp://host:8786"),
        (["s3://bucket/in", "--to", "s3://bucket/out"], None),
    ],
)
def test_tabulate_in_parts(
    line: list[str], scheduler: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def made(paths: object, to: object, *, scheduler: str | None) -> corpus.Corpus:
        asked.append(([str(path) for path in paths], str(to), scheduler))  # type: ignore[attr-defined]
        return corpus.Corpus(str(to), 2, {"figures": 3}, 3, 3, [("b.txt", "is empty.")], ["stale"])

    monkeypatch.setattr(corpus, "tabulate", made)
    assert main(["tabulate", *line]) == UNREAD
    assert asked == [([line[0]], line[2], scheduler)]
    told = capsys.readouterr()
    assert told.out == f"figures: 3 rows in {line[2]}/figures\n"
    assert told.err == "stale\nb.txt: is empty.\n"


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
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("analysis ")


REFUSED = {
    "no such report": (["tabulate", "gone.txt", "--to", "out"], "gone.txt"),
    "no such notebooks": (["export", "--notebooks", "gone"], "There is no folder gone"),
    "no such reports": (["export", "gone", "--notebooks", "nb"], "There is no folder gone"),
    "a failing notebook": (["export", ".", "--notebooks", "nb"], "a.ipynb failed in code cell 1 (1/0)"),
    "a slow notebook": (
        ["export", ".", "--notebooks", "slow", "--time-limit", "3"],
        "a.ipynb was still running in code cell 1 (__import__('time').sleep(600)) after 3 seconds",
    ),
    "no such reports to work on": (["lab", "gone", "--notebooks", "nb"], "There is no folder gone"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_told_in_one_sentence(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(tmp_path / "nb" / "a.ipynb", ["# A", "1/0"])
    write_notebook(tmp_path / "slow" / "a.ipynb", ["# A", "__import__('time').sleep(600)"])
    (tmp_path / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    arguments, says = REFUSED[case]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("analysis: ") and says in told.err and len(told.err.splitlines()) == 1


def test_only_files_that_cannot_be_read_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.txt").write_bytes(b"\xff")
    assert main(["tabulate", str(tmp_path), "--to", str(tmp_path / "out")]) == 1
    assert "b.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["tabulate", "a.txt"],
        ["export", "--port=1"],
        ["export", "--jobs", "x"],
        ["tabulate", "a.txt", "--to", __file__],
    ],
)
def test_a_wrong_command_shows_its_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Usage: analysis" in capsys.readouterr().err


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
    arguments = ["lab", "--notebooks", str(tmp_path / "nb"), str(tmp_path / "mine")]
    main(arguments)
    copy = tmp_path / "nb-on-mine" / "a.ipynb"
    sources = [cell.source for cell in nbformat.read(copy, as_version=4).cells]
    assert sources == ["# A", 'REPORTS = "../seeds"', f"REPORTS = {str(tmp_path / 'mine')!r}", "2"]
    copy.write_text(copy.read_text(encoding="utf-8").replace("# A", "# Mine"), encoding="utf-8")
    main(arguments)
    assert "# Mine" in copy.read_text(encoding="utf-8")
    assert started[-1][-1].endswith("/lab/tree/nb-on-mine")
    (tmp_path / "yours").mkdir()
    main([*arguments, str(tmp_path / "yours"), "--no-browser"])
    assert started[-1][-2:] == ["--LabApp.default_url=/lab/tree/nb-on-mine-and-yours", "--no-browser"]
    both = nbformat.read(tmp_path / "nb-on-mine-and-yours" / "a.ipynb", as_version=4).cells[2].source
    assert both == f"REPORTS = {[str(tmp_path / 'mine'), str(tmp_path / 'yours')]!r}"


def test_tables_are_replaced_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "outlook.parquet").write_text("mine", encoding="utf-8")
    arguments = ["tabulate", str(tmp_path / "a.txt"), "--to", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert "outlook.parquet exists already" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["outlook.parquet"]
    assert main([*arguments, "--force"]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} >= set(files_of(USUAL))


def test_tabulate_tells_as_much_as_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    arguments = ["tabulate", str(tmp_path / "a.txt"), "--to", str(tmp_path / "out"), "--force"]
    assert main([*arguments, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main([*arguments, "--verbose"]) == 0
    assert "1 report" in capsys.readouterr().err
    assert main([*arguments, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["rows"]) == set(TABLES) and len(said["files"]) >= 2 * len(TABLES) and said["not_read"] == []


@pytest.mark.parametrize("name", app.commands)
def test_every_command_has_help_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Examples:" in told and f"analysis {name}" in told.partition("Examples:")[2]
    assert "--reports" not in told


def test_the_codes_are_stated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(re.search(rf"^ +{code}\b", told, re.MULTILINE) for code in (0, FAILED, WRONG, UNREAD, FOUND, 130))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands(shell: str) -> None:
    script = command("completion", shell, folder=ROOT).stdout
    assert "_ANALYSIS_COMPLETE" in script
    asked = {"bash": ("analysis ch", "1"), "zsh": ("analysis ch", "1"), "fish": ("analysis ch", "ch")}[shell]
    asks = {"_ANALYSIS_COMPLETE": f"{shell}_complete", "COMP_WORDS": asked[0], "COMP_CWORD": asked[1]}
    assert "check" in command(folder=ROOT, **asks).stdout


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes that close")
@pytest.mark.parametrize("arguments", ["--help", "check seeds --all", "check seeds --format sarif"])
def test_a_reader_that_has_seen_enough_gets_no_traceback(arguments: str) -> None:
    line = [sys.executable, "-m", "analysis", *arguments.split()]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        said = running.stderr.read().decode()
    assert "Traceback" not in said and "BrokenPipe" not in said and "Exception" not in said


@pytest.mark.skipif(os.name != "posix", reason="a terminal of this kind is there on POSIX only")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_it_wants_none(variables: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | variables
    line = [sys.executable, "-m", "analysis", "check", "seeds", "--severity", "error"]
    subprocess.run(line, cwd=ROOT, env=environment, stdout=theirs, stderr=subprocess.DEVNULL, check=False)
    os.close(theirs)
    said = os.read(ours, 4096)
    os.close(ours)
    assert b"over_whole" in said and (b"\x1b[" in said) == coloured
