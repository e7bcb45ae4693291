"""A report over which the library itself fails is listed with its reason; the others come out as if it were not there.

No text is known that does so: one step is made to fail over a word.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis import checks
from analysis.__main__ import main
from analysis.checks import across
from analysis.commands.shared import FAILED, UNREAD
from analysis.comparison import comparisons
from analysis.corpus import tabulate as in_parts
from analysis.extraction import claims, figures
from analysis.pages.instead import made_or_instead
from analysis.reading import shelf
from tests import ROOT
from tests.browser import write_notebook

TEXT = (
    "Kep Xa district\n\nIn 2023 the district planted 9 hectares, 90% of the plan. In 2024 it will plant 12 hectares."
    " The results have met and exceeded the set targets."
)
TWIN = TEXT.replace("Kep Xa", "Kem Xa")

STEPS: dict[str, tuple[Any, str]] = {
    "opening": (shelf, "keep_within"),
    "what it is about": (figures, "frame_of"),
    "its figures": (figures, "doubt_of"),
    "its claims": (claims, "frame_of"),
    "its comparisons": (comparisons, "counted_until"),
    "its checks": (checks.limits, "scale"),
}

START = """
import analysis.extraction.figures as figures
before = figures.frame_of
def failing(report):
    if "Kep Xa" in report.text:
        raise ZeroDivisionError("at Kep Xa")
    return before(report)
figures.frame_of = failing
"""  # of a Python that reads, in whatever process

PAGE = """
import analysis.pages.{module} as pages
before = pages.{step}
def failing(*given, **more):
    if "Kep Xa" in repr(given):
        raise ZeroDivisionError("at Kep Xa")
    return before(*given, **more)
pages.{step} = failing
"""  # of one that makes pages


def failing(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return the step, made to fail over anything of the text."""

    def fails(*given: Any) -> Any:
        if "Kep Xa" in repr(given) or "Kep Xa" in getattr(given[0], "text", ""):
            raise ZeroDivisionError("at Kep Xa")
        return step(*given)

    return fails


def arrange(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Make a step fail."""
    module, name = STEPS[at]
    made = failing(getattr(module, name))
    monkeypatch.setattr(module, name, made)
    if at == "its checks":
        monkeypatch.setitem(checks.CHECKS, name, made)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two reports, of which one makes a step fail, in a folder and one below it."""
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "in" / "below" / "kep.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "kem.txt").write_text(TWIN, encoding="utf-8")
    return tmp_path / "in"


def check_told(name: str, reason: str) -> None:
    """See that a file is listed, with where it failed and what to do."""
    assert name == "below/kep.txt"
    assert reason.startswith("is left out, since this library failed over it (ZeroDivisionError in ")
    assert "line " in reason and "at Kep Xa" in reason
    assert reason.endswith(
        "report that as SECURITY.md says, with this line and the text, or the least part of it that does the same."
    )


@pytest.mark.parametrize("at", STEPS)
def test_the_others_are_tabulated(
    at: str, pile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = analysis.tabulate(analysis.read(pile / "kem.txt"))
    arrange(monkeypatch, at)
    tables = analysis.tabulate(analysis.read(pile))
    (failure,) = tables.reports.failed
    check_told(failure.name, failure.reason)
    assert repr(tables).endswith("1 file not read>")
    for (_, one), (_, other) in zip(tables, twin, strict=True):
        pd.testing.assert_frame_equal(one, other, check_categorical=False)

    assert main(["tabulate", str(pile), "--to", str(pile.parent / "out")]) == UNREAD
    assert f"{pile / 'below' / 'kep.txt'} is left out" in capsys.readouterr().err
    (told,) = pd.read_csv(pile.parent / "out" / "not_read.csv").itertuples(index=False)
    check_told(*told)
    assert set(pd.read_csv(pile.parent / "out" / "figures.csv")["report"]) == {"kem"}


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    """A worker in this process."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(1, processes=False, dashboard_address="127.0.0.1:0") as cluster,
        distributed.Client(cluster) as made,
    ):
        yield made


@pytest.mark.filterwarnings("ignore")  # of Dask's own
@pytest.mark.parametrize("at", STEPS)
def test_so_they_are_in_parts(at: str, pile: Path, client: object, monkeypatch: pytest.MonkeyPatch) -> None:
    arrange(monkeypatch, at)
    made = in_parts(pile, pile.parent / "out", client=client)
    ((name, reason),) = made.failed
    check_told(name, reason)
    assert made.reports == 1 and made.rows["figures"] == 3
    (told,) = pd.read_csv(pile.parent / "out" / "not_read.csv").itertuples(index=False)
    check_told(*told)


def test_each_command_lists_it(pile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arrange(monkeypatch, "what it is about")
    assert main(["check", str(pile), "--format", "sarif"]) == UNREAD
    (note,) = json.loads(capsys.readouterr().out)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "kep.txt is left out" in note["message"]["text"]
    assert main(["review", str(pile), "--to", str(pile.parent / "review.xlsx")]) == UNREAD
    assert "kep.txt is left out" in capsys.readouterr().err
    assert main(["tabulate", str(pile / "below"), "--to", str(pile.parent / "out")]) == FAILED
    assert "kep.txt is left out" in capsys.readouterr().err
    monkeypatch.setattr("analysis.commands.drafting.frame_of", figures.frame_of)
    assert main(["init", str(pile)]) == UNREAD
    assert "kep.txt is left out" in capsys.readouterr().err


def exported(folder: Path, start: str) -> subprocess.CompletedProcess[str]:
    """Export the pile, by a Python that runs some lines as it starts."""
    write_notebook(
        folder / "notebooks" / "a.ipynb",
        ["# A", ('REPORTS = ""', "parameters"), "import analysis\nanalysis.tabulate(analysis.read(REPORTS)).reports"],
    )
    (folder / "sitecustomize.py").write_text(start, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    line = [sys.executable, "-m", "analysis", "export", "in", "--to", "pages"]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_so_do_the_pages(pile: Path, tmp_path: Path) -> None:
    done = exported(tmp_path, START)
    assert done.returncode == UNREAD, done.stderr
    assert "kep.txt is left out" in done.stderr
    for page in ("index.html", "a.html"):
        assert "below/kep.txt is left out" in (tmp_path / "pages" / page).read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "pages").glob("report-*")] == ["report-kem.html"]
    (told,) = pd.read_csv(tmp_path / "pages" / "not_read.csv").itertuples(index=False)
    check_told(*told)


def pages_of(folder: Path) -> dict[str, str]:
    """Read the pages of an export."""
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "pages").glob("*.html")}


@pytest.fixture
def whole(pile: Path, tmp_path: Path) -> dict[str, str]:
    """The pages where none of them fails."""
    done = exported(tmp_path, "")
    assert done.returncode == 0, done.stderr
    return pages_of(tmp_path)


PAGES = [
    ("report", "_marked_text", "report-kep.html", "below/kep.txt", "This report has no page like the others"),
    ("place", "page", "place-kep-xa.html", "place-kep-xa.html", "This place has no page like the others"),
]


@pytest.mark.parametrize(("module", "step", "page", "name", "said"), PAGES)
def test_a_page_that_fails_says_so_and_all_others_are_whole(
    module: str, step: str, page: str, name: str, said: str, whole: dict[str, str], tmp_path: Path
) -> None:
    done = exported(tmp_path, PAGE.format(module=module, step=step))
    assert done.returncode == UNREAD, done.stderr
    assert f"{name} has no page like the others, since this library failed over it (ZeroDivisionError" in done.stderr
    pages = pages_of(tmp_path)
    assert pages.keys() == whole.keys()
    assert {one for one in pages if pages[one] != whole[one]} == {page, "index.html"}
    assert said in pages[page] and "at Kep Xa" in pages[page] and said not in whole[page]
    assert f"{name} has no page like the others" in pages["index.html"]
    (told,) = pd.read_csv(tmp_path / "pages" / "not_read.csv").itertuples(index=False)
    assert told[0] == name and "at Kep Xa" in told[1]


def test_a_page_that_fails_has_the_words_and_every_figure_in_its_place(pile: Path) -> None:
    reports, failed = analysis.read(pile), dict[str, str]()
    tables = analysis.tabulate(reports)

    def fails() -> str:
        raise ZeroDivisionError

    starts = tables.figures.loc[tables.figures["report"] == "kep", "start"]
    html = made_or_instead(fails, "kep", ("report", "<Kep>", TEXT + " 1 < 2", list(starts)), failed)
    assert set(failed) == {"kep"} and "<h1>&lt;Kep&gt;</h1>" in html
    assert all(f'<span id="f{start}"></span>{TEXT[start]}' in html for start in starts) and len(starts) == 3
    assert html.count('<span id="f') == 3
    words = re.sub(r"<[^>]+>", "", html[html.index("<div>") :])
    assert " ".join(words.split()).startswith(" ".join(f"{TEXT} 1 &lt; 2".split()))
    with pytest.raises(ZeroDivisionError):
        made_or_instead(fails, "kep", ("report", "", "", ()))


def test_what_fails_across_reports_is_raised(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(across, "conflicts", failing(across.conflicts))
    monkeypatch.setattr(across, "totals", lambda sheet: [("", sheet.figures[0])])
    with pytest.raises(ZeroDivisionError, match="at Kep Xa"):
        analysis.tabulate(analysis.read(pile))


def test_so_is_what_fails_over_one_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    arrange(monkeypatch, "its figures")
    with pytest.raises(ZeroDivisionError):
        analysis.extract_figures(TEXT)
    assert len(analysis.extract_figures(TWIN)) == 3
