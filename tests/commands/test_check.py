"""``analysis check``: a line for each finding, where an editor finds it; the same as JSON and SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

import analysis
from analysis.__main__ import main
from analysis.writing.positions import Lines
from tests import ROOT

WRONG = "Results of 2023\r\n\r\nXa An has 2,847 households,\rof which 524 are poor, accounting for 19.1%.\n"
RIGHT = WRONG.replace("19.1%", "18.41%")
LINE = re.compile(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+): (?P<level>[a-z-]+) (?P<check>\w+) (?P<message>.+)")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report that is wrong and one that is right, named as a person there names it."""
    (tmp_path / "my reports").mkdir()
    (tmp_path / "my reports" / "a b%.txt").write_bytes(WRONG.encode())
    (tmp_path / "my reports" / "b.txt").write_bytes(RIGHT.encode())
    monkeypatch.chdir(tmp_path)
    return Path("my reports")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["check", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_finding_is_a_line_that_leads_to_its_words(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, reports)
    assert code == 4
    said = LINE.fullmatch(out.strip())
    assert said and said["file"] == str(reports / "a b%.txt")
    assert (said["line"], said["level"], said["check"]) == ("4", "error", "part_whole_share")
    line = re.split("\r\n|\n|\r", WRONG)[3]
    assert line[int(said["column"]) - 1 :].startswith("19.1%")
    assert err == "1 error in 2 reports\n"


def test_every_recomputation_can_be_told(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, reports, "--all", "--exit-zero", "--quiet")
    told = [LINE.fullmatch(line) for line in out.splitlines()]
    assert code == 0 and [said and said["level"] for said in told] == ["error", "yes"]


@pytest.mark.parametrize(("severity", "lines"), [("note", 19), ("warning", 5), ("error", 1)])
def test_only_what_is_grave_enough_is_told(severity: str, lines: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, ROOT / "seeds", "--severity", severity)
    assert (code, len(out.splitlines())) == (4, lines)
    assert err.endswith("in 5 reports\n")


def test_notes_are_no_failure_and_a_file_that_is_not_read_is_one(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, reports / "b.txt")[0] == 0
    (reports / "c.txt").write_bytes(b"\xff")
    code, out, err = run(capsys, reports / "b.txt", reports / "c.txt", "--quiet")
    assert (code, out) == (3, "") and err.count("\n") == 1 and "c.txt" in err
    assert run(capsys, reports / "c.txt")[0] == 1


def test_json_has_the_same(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, reports, "--json")
    (one,) = json.loads(out)
    assert code == 4 and one["quote"] == "19.1%"
    assert (one["line"], one["end_line"], one["end_column"] - one["column"]) == (4, 4, 5)
    assert one["figure_ids"] and one["id"] == analysis.tabulate(reports).findings["finding_id"].iloc[0]


@pytest.mark.parametrize("folder", ["seeds", "tests/gold/invented"])
@pytest.mark.parametrize("every", [(), ("--all",)])
def test_sarif_is_valid(folder: str, every: tuple[str, ...], tmp_path: Path) -> None:
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    file = tmp_path / "findings.sarif"
    assert main(["check", str(ROOT / folder), "--format", "sarif", "--to", str(file), "--quiet", *every]) == 4
    log = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") == (result["level"] != "none")


def test_sarif_names_files_as_addresses_and_what_was_not_read(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "c.txt").write_bytes(b"\xff")
    (run_,) = json.loads(run(capsys, reports, "--format", "sarif")[1])["runs"]
    (result,) = run_["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "my%20reports/a%20b%25.txt"
    (invocation,) = run_["invocations"]
    assert not invocation["executionSuccessful"]
    assert "c.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_file_is_replaced_only_when_told(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("kept.json").write_text("mine", encoding="utf-8")
    code, out, err = run(capsys, reports, "--json", "--to", "kept.json")
    assert (code, out) == (1, "") and "kept.json exists already" in err and err.count("\n") == 1
    assert Path("kept.json").read_text(encoding="utf-8") == "mine"
    assert run(capsys, reports, "--json", "--to", "kept.json", "--force")[0] == 4
    assert json.loads(Path("kept.json").read_text(encoding="utf-8"))


def test_a_report_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Xa\x1b[31m An has 2,847 house\x07holds, of which 524 are poor, accounting for 19.1%."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, tmp_path, "--all")
    assert out and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb\rc\nd", "\r\r\n\n", "đ\u2028e\nf\x0bg"])
def test_offsets_and_lines_agree(text: str) -> None:
    lines, line, column = Lines(text), 1, 1
    for offset, letter in enumerate(text):
        assert lines.at(offset) == (line, column)
        ends = letter == "\n" or (letter == "\r" and text[offset + 1 : offset + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    assert lines.at(len(text)) == (line, column)
