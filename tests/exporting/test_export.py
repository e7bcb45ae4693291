"""Export: pages that are whole, self-contained and computed, or none at all."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

import analysis
from analysis.exporting.export import export
from analysis.exporting.publish import PublishError, publish
from analysis.exporting.run_notebooks import NotebookError
from analysis.pages.notebook import ReportExporter
from analysis.reading.unread import NoReportError
from analysis.writing.links import report_file
from tests.browser import HOSTILE_NAME, one_report, write_notebook
from tests.conftest import Exported

PAGES = ["0-hostile.html", "1-chart.html", "index.html", "report-plain.html", report_file(HOSTILE_NAME)]
PAGES += ["place-no-place-named.html", "place-xa-an-img-src-x-onerror-document-title-owned.html"]
POLICY = {"default-src 'none'", "img-src data:", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"}


def soup(path: Path) -> BeautifulSoup:
    """Return a page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, and beside it."""
    return {
        path.name: path.read_bytes() if path.is_file() else b""
        for path in [*folder.parent.iterdir(), *folder.iterdir()]
    }


def test_there_is_a_page_for_each_notebook_report_and_place(small: Exported) -> None:
    assert sorted(path.name for path in small.pages.iterdir()) == sorted([*PAGES, "not_read.csv"])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_and_runs_only_its_own_script(small: Exported, name: str) -> None:
    page = soup(small.pages / name)
    (script,) = page.find_all("script")
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"].split("; ")
    digest = b64encode(sha256(script.string.encode()).digest()).decode()
    assert set(policy) == POLICY | {f"script-src 'sha256-{digest}'"}
    assert not script.attrs
    assert [link["href"] for link in page.find_all("link")] == ["data:,"]
    assert all(image["src"].startswith("data:") for image in page.find_all("img"))
    assert not page.find_all(["iframe", "object", "embed", "video", "audio", "base", "form"])
    style = "".join(style.string for style in page.find_all("style"))
    assert "url(" not in style and "@import" not in style


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everyone(small: Exported, name: str) -> None:
    page = soup(small.pages / name)
    assert page.html["lang"] == "en"
    assert page.title.text.strip() and page.find("meta", {"name": "description"})["content"].strip()
    assert len(page.find_all("h1")) == 1
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4"])]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    skip = page.body.find("a")
    assert skip["class"] == ["skip"] and page.find(id=skip["href"].removeprefix("#")).name == "main"
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(cell.get("scope") for cell in page.select("table.data th"))
    for label in page.find_all(attrs={"aria-labelledby": True}):
        assert label["aria-labelledby"] in ids


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_has_an_end(small: Exported, name: str) -> None:
    folder, page = small.pages, soup(small.pages / name)
    for anchor in page.find_all("a", href=True, download=False):  # a file to save is in the link itself
        file, _, fragment = anchor["href"].partition("#")
        if urlsplit(file).scheme:
            continue  # where the report stands on the web
        target = soup(folder / unquote(file)) if file else page
        assert not fragment or target.find(id=fragment), anchor


def test_report_text_is_text_wherever_it_stands(small: Exported) -> None:
    for name in PAGES:
        page = soup(small.pages / name)
        assert not page.find(attrs={"onerror": True}) and not page.find(attrs={"onload": True})
        assert not [a for a in page.find_all("a", href=True) if a["href"].startswith("javascript:")]
    assert "<script>document.title" in soup(small.pages / report_file(HOSTILE_NAME)).main.text


def test_the_overview_shows_questions_with_computed_answers(small: Exported) -> None:
    tables = analysis.tabulate(analysis.read(small.reports))
    first, second = soup(small.pages / "index.html").select(".answers > li")
    assert first.h3.text == "Is a report's text only ever text?"
    assert first.h3.a["href"] == "0-hostile.html"
    assert first.strong.text == "2 reports"
    assert f"hold {len(tables.figures)} figures" in first.text
    assert "2 reports & more" in second.text


def test_the_overview_counts_verdicts_and_names_what_was_not_read(small: Exported) -> None:
    tables = analysis.tabulate(analysis.read(small.reports))
    page = soup(small.pages / "index.html")
    rows = [
        [cell.text for cell in row.find_all(["th", "td"])]
        for row in page.find(id="scorecard").parent.table.find_all("tr")
    ]
    told = 0
    for place, reached, *_ in rows[1:]:
        verdicts = tables.aimed.loc[tables.aimed["place"] == place.replace("No place named", ""), "verdict"]
        met, of = map(int, reached.split(" of ")) if reached else (0, 0)
        assert (met, of) == (verdicts.isin(["exceeded", "met"]).sum(), len(verdicts))
        told += of
    assert told == len(tables.aimed) > 0
    assert "broken.txt" in page.find(id="reports").parent.ul.text


def test_code_is_behind_a_switch_and_charts_have_a_description(small: Exported) -> None:
    page = soup(small.pages / "1-chart.html")
    assert "nowhere" in page.select(".code")[0].text
    assert page.find("input", id="show-code")["type"] == "checkbox"
    assert page.find("img")["alt"] == 'One "bar"'
    assert [heading.name for heading in page.find_all(["h1", "h2"])] == ["h1", "h2"]
    assert str(small.reports) not in page.text
    assert not soup(small.pages / "index.html").find("input", id="show-code")


def test_what_is_computed_as_markdown_is_not_obeyed_as_html(small: Exported) -> None:
    answer = soup(small.pages / "0-hostile.html").select_one(".answer .output")
    assert answer.strong.text == "2 reports"
    assert "<script>document.title = 'owned'</script>" in answer.text


def test_the_same_input_makes_the_same_pages_and_the_notebooks_stay(small: Exported, tmp_path: Path) -> None:
    before = snapshot(small.notebooks)
    export(small.notebooks, small.reports, tmp_path / "again", jobs=1)
    assert snapshot(small.notebooks) == before
    for name in PAGES:
        assert (tmp_path / "again" / name).read_bytes() == (small.pages / name).read_bytes(), name


def test_a_folder_without_reports_leaves_the_pages_that_there_are(small: Exported, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    publish({"index.html": '<meta name="generator" content="analysis">'}, tmp_path / "pages")
    before = snapshot(tmp_path / "pages")
    with pytest.raises(NoReportError, match=r"no report that can be read in .*none\. Found: nothing at all"):
        export(small.notebooks, tmp_path / "none", tmp_path / "pages")
    assert snapshot(tmp_path / "pages") == before


FAILING = {
    "1/0": "ZeroDivisionError: division by zero",
    "import os\nos._exit(1)": "Kernel died",
    "raise SystemExit('enough')": "SystemExit: enough",
    "raise ValueError('two\\nlines')": "ValueError: two",
}


@pytest.mark.parametrize("source", FAILING)
def test_a_failing_notebook_is_named_with_its_cell_and_changes_nothing(source: str, tmp_path: Path) -> None:
    notebooks, pages = tmp_path / "notebooks", tmp_path / "pages"
    one_report(tmp_path / "seeds")
    publish({"index.html": '<meta name="generator" content="analysis">'}, pages)
    write_notebook(notebooks / "bad.ipynb", ["# Bad", ('REPORTS = ""', "parameters"), (f"# why\n{source}", "tag"), "2"])
    write_notebook(notebooks / "slow.ipynb", ["# Slow", "import time\ntime.sleep(600)"])
    before = snapshot(pages)
    with pytest.raises(NotebookError) as raised:
        export(notebooks, tmp_path / "seeds", pages)
    says = str(raised.value)
    assert "bad.ipynb failed in code cell 2 (# why): " in says
    assert says.endswith(f"{FAILING[source]}.") and "\n" not in says
    assert snapshot(pages) == before


def test_a_notebook_that_takes_too_long_is_named_with_its_cell(tmp_path: Path) -> None:
    one_report(tmp_path / "seeds")
    write_notebook(tmp_path / "long.ipynb", ["# Long", "1", "import time\ntime.sleep(600)"])
    with pytest.raises(NotebookError) as raised:
        export(tmp_path, tmp_path / "seeds", tmp_path / "pages", time_limit=3.5)
    assert str(raised.value) == (
        f"The notebook {tmp_path / 'long.ipynb'} was still running in code cell 2 (import time) after 3.5 seconds; "
        "make it faster, or allow more with --time-limit."
    )
    assert not (tmp_path / "pages").exists()


def test_a_kernel_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    write_notebook(tmp_path / "a.ipynb", ["# A", "1"])
    with pytest.raises(NotebookError, match=r"No notebook can run: Kernel died .*; see what .* says"):
        export(tmp_path, one_report(tmp_path), tmp_path / "pages")


def test_an_export_can_be_started_in_a_notebook(tmp_path: Path) -> None:
    write_notebook(tmp_path / "inner" / "a.ipynb", ["# Inner", "1"])
    write_notebook(
        tmp_path / "a.ipynb", ["# Outer", f"import analysis\nanalysis.export('inner', '.', {str(tmp_path / 'in')!r})"]
    )
    export(tmp_path, one_report(tmp_path), tmp_path / "out")
    assert soup(tmp_path / "in" / "a.html").h1.text == "Inner"


def test_a_notebook_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"broken\.ipynb cannot be read: .*; repair or remove it"):
        export(tmp_path, one_report(tmp_path), tmp_path / "pages")


def test_no_folder_and_no_notebooks_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotebookError, match=r"There is no folder .*gone; name the folder of your notebooks"):
        export(tmp_path / "gone")
    with pytest.raises(NotebookError, match="There are no notebooks"):
        export(tmp_path)
    write_notebook(tmp_path / "a.ipynb", ["# A"])
    with pytest.raises(FileNotFoundError, match=r"There is no folder .*gone; name the folder of your reports"):
        export(tmp_path, tmp_path / "gone")


def test_a_notebook_may_not_take_the_name_of_another_page(tmp_path: Path) -> None:
    write_notebook(tmp_path / "index.ipynb", ["# Mine"])
    with pytest.raises(PublishError, match=r"would be called index\.html"):
        export(tmp_path, one_report(tmp_path), tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_an_overview_that_no_export_wrote_is_kept(small: Exported, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="was not written by an export"):
        export(small.notebooks, small.reports, tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def test_pictures_of_markdown_are_in_the_page_or_told_to_be_lost(tmp_path: Path) -> None:
    dot = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    (tmp_path / "dot.png").write_bytes(dot)
    cells = [
        "# Pictures\n\n![A dot](dot.png) ![Gone](gone.png) ![Far](https://example.org/x.png)",
        '# And HTML <img src="dot.png" alt="A dot"> <img src="../out.png" alt="Outside">',
        ('REPORTS = ""', "parameters"),
    ]
    write_notebook(tmp_path / "notebooks" / "a.ipynb", cells)
    (tmp_path / "dot.png").rename(tmp_path / "notebooks" / "dot.png")
    one_report(tmp_path / "reports")
    with pytest.warns(UserWarning, match="is no file in the notebook's folder") as told:
        export(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "pages")
    page = soup(tmp_path / "pages" / "a.html")
    assert [picture["src"][:22] for picture in page.main.find_all("img")] == ["data:image/png;base64,"] * 2
    assert [words.text for words in page.main.find_all("em")] == ["Gone", "Far", "Outside"]
    assert [str(one.message).split("picture ")[1].split()[0] for one in told] == [
        "gone.png",
        "https://example.org/x.png",
        "../out.png",
    ]


def test_a_description_in_a_cells_metadata_is_used(tmp_path: Path) -> None:
    draw = "%matplotlib inline\nimport matplotlib.pyplot as plt\n_ = plt.figure(figsize=(1, 1))\nplt.plot([1, 2]);"
    path = tmp_path / "notebooks" / "a.ipynb"
    write_notebook(path, ["# Line", ('REPORTS = ""', "parameters"), draw])
    notebook = nbformat.read(path, 4)
    notebook.cells[2].metadata["alt"] = 'A "line" that rises'
    nbformat.write(notebook, path)
    one_report(tmp_path / "reports")
    export(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "pages")
    assert soup(tmp_path / "pages" / "a.html").main.img["alt"] == 'A "line" that rises'


def test_pages_no_longer_made_go_and_other_files_stay(small: Exported, tmp_path: Path) -> None:
    overview = (small.pages / "index.html").read_text(encoding="utf-8")
    publish({"index.html": overview, "0-hostile.html": "old", "report-plain.html": "old"}, tmp_path / "pages")
    (tmp_path / "pages" / "own.html").write_text("mine", encoding="utf-8")
    publish({"index.html": "new", "report-plain.html": "new"}, tmp_path / "pages")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").iterdir()} == {
        "index.html": "new",
        "report-plain.html": "new",
        "own.html": "mine",
    }


@pytest.mark.parametrize("failing", range(1, 5))
def test_pages_are_moved_all_or_none(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tmp_path / "pages"
    publish({"index.html": "old", "a.html": "old", "gone.html": "old"}, pages)
    before, real, calls = snapshot(pages), os.replace, []

    def failing_once(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == failing:
            raise OSError("no space left")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing_once)
    with pytest.raises(PublishError, match="no space left"):
        publish({"index.html": "new", "a.html": "new", "b.html": "new"}, pages)
    assert snapshot(pages) == before


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PublishError, match="choose another folder with --to"):
        publish({"index.html": ""}, tmp_path / "file")


def test_the_exporter_works_on_its_own(small: Exported) -> None:
    html, _ = ReportExporter().from_filename(str(small.notebooks / "1-chart.ipynb"))
    page = BeautifulSoup(html, "html.parser")
    assert page.h1.text == page.title.text == "How much was read?"


def test_what_only_makes_sense_in_jupyterlab_is_not_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "notebooks" / "a.ipynb"
    write_notebook(path, ["# Which?", "# Run it again.", ('REPORTS = ""', "parameters"), ("print('shown')", "own")])
    notebook = nbformat.read(path, 4)
    notebook.cells[1].metadata["tags"] = ["lab"]
    nbformat.write(notebook, path)
    one_report(tmp_path / "reports")
    export(tmp_path / "notebooks", tmp_path / "reports", tmp_path / "pages")
    text = soup(tmp_path / "pages" / "a.html").text
    assert "shown" in text and "Run it again" not in text
