"""The notebooks in JupyterLab, as a person opens them: each is opened in a browser, and all its cells are run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import analysis
from analysis.reviewing.corrections import corrections_in
from tests import ROOT
from tests.browser import chromium

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

TOKEN = "for-this-test-only"
PATIENCE = 120  # seconds
# Opens a notebook, runs it to its end, and gives its cells as they then are, or says what went wrong.
RUN_ALL = """
const [path, done] = arguments;
(async () => {
  const app = window.jupyterapp;
  const panel = await app.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await panel.context.ready;
  await panel.sessionContext.ready;
  app.shell.activateById(panel.id);
  await app.commands.execute('notebook:run-all-cells');
  await app.commands.execute('docmanager:save');
  return panel.content.model.sharedModel.toJSON().cells;
})().then(done, error => done(String(error)));
"""
# The numbers that open their sentence, of those outputs that are drawn; and what one of them shows when it is open.
NUMBERS = """
const notebook = window.jupyterapp.shell.currentWidget.node;
return [...notebook.querySelectorAll('details.said > summary')].filter(number => number.checkVisibility());
"""
CARD = """
const card = arguments[0].parentElement.querySelector('blockquote');
return [card.checkVisibility(), card.querySelector('mark')?.textContent ?? '', card.getBoundingClientRect().width];
"""
READY = "return Boolean(window.jupyterapp?.commands.hasCommand('notebook:run-all-cells'))"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chrome, Path]]:
    """JupyterLab on copies of the notebooks and the reports, in a browser; and the folder of the notebooks."""
    folder = tmp_path_factory.mktemp("lab")
    with chromium(folder / "profile") as browser:
        for name in ("notebooks", "seeds"):
            shutil.copytree(ROOT / name, folder / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = (
            *("--no-browser", "--allow-root", "--expose-app-in-browser", f"--ServerApp.port={port}"),
            *("--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url="),
        )
        command = [sys.executable, "-m", "analysis", "lab", "--notebooks", str(folder / "notebooks"), *options]
        places = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
        own = {f"JUPYTER_{place}": str(folder / place) for place in places}
        own |= {f"JUPYTERLAB_{place}_DIR": str(folder / place) for place in ("SETTINGS", "WORKSPACES")}
        environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server,
        ):
            try:
                address = f"http://127.0.0.1:{port}/lab?token={TOKEN}"
                wait_for(address, server)
                browser.get(address)
                browser.set_script_timeout(PATIENCE)
                yield browser, folder / "notebooks"
            finally:
                server.terminate()


def wait_for(address: str, server: subprocess.Popen[Any]) -> None:
    """Return as soon as the server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(address, timeout=10).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("JupyterLab does not answer")


@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))])
def test_run_all_runs_every_cell_without_an_error(name: str, lab: tuple[Chrome, Path]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser, _ = lab
    WebDriverWait(browser, PATIENCE).until(lambda _: browser.execute_script(READY))
    cells = browser.execute_async_script(RUN_ALL, f"notebooks/{name}")
    assert isinstance(cells, list), cells
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = {output["output_type"] for cell in code for output in cell["outputs"]}
    assert "error" not in kinds and kinds & {"display_data", "execute_result"}
    assert_a_number_opens_its_sentence(browser)


def assert_a_number_opens_its_sentence(browser: Chrome) -> None:
    """Click the first and the last number that cite a report; look at the sentence, in the page that was open."""
    from selenium.webdriver.support.ui import WebDriverWait

    address, tabs = browser.current_url, browser.window_handles
    numbers = WebDriverWait(browser, PATIENCE).until(lambda _: browser.execute_script(NUMBERS))
    for number in (numbers[0], numbers[-1]):
        browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", number)
        browser.execute_script(NOTICES)
        assert browser.execute_script(CARD, number)[0] is False
        number.click()
        is_seen, words, width = browser.execute_script(CARD, number)
        assert is_seen and words and width > 250
    assert (browser.current_url, browser.window_handles) == (address, tabs)


MONEY = (
    "In 2023 Xa An district met 3 of 5 targets. It earned $2.6 million, 110% of the plan, after $1.27 million in 2022."
)
EXPLORED = f"""
import analysis
from analysis.display import answers
reports = analysis.Reports([analysis.reading.reports.from_text({MONEY!r}, "note")])
tables = analysis.tabulate(reports)
display(tables.figures[["sentence"]].map(str), analysis.evidence(tables.aimed, reports), answers.targets_met(tables))
display(analysis.cards(tables.findings, reports), analysis.show(tables.figures[["quote", "sentence"]]))
analysis.explore(tables)
"""
# A notice of JupyterLab's own may lie over what is to be clicked.
NOTICES = "document.querySelectorAll('.Toastify__toast').forEach(notice => notice.remove())"
PICKERS = "return [...document.querySelectorAll('.widget-dropdown select')]"
OPTIONS = "return [...arguments[0].options].map(option => option.text.replaceAll('\\u00a0', ' '))"
EXPLORED_ROWS = """
return [...document.querySelectorAll('.widget-html table.data tbody tr')].map(
  row => getComputedStyle(row).backgroundColor);
"""


def test_explore_follows_its_pickers_and_opens_its_sentences(lab: tuple[Chrome, Path]) -> None:
    from selenium.webdriver.support.ui import Select, WebDriverWait

    browser, folder = lab
    own = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    nbformat.write(new_notebook(cells=[new_code_cell(EXPLORED)], metadata=own.metadata), folder / "explore.ipynb")
    wait = WebDriverWait(browser, PATIENCE)
    wait.until(lambda _: browser.execute_script(READY))
    (cell,) = browser.execute_async_script(RUN_ALL, "notebooks/explore.ipynb")
    assert "error" not in {output["output_type"] for output in cell["outputs"]}
    *_, verdict = wait.until(lambda _: browser.execute_script(PICKERS))
    rows = wait.until(lambda _: browser.execute_script(EXPLORED_ROWS))
    assert len(rows) == 2 and len(set(rows)) == 2  # striped
    # Two amounts of dollars in a sentence are money, not what stands between the signs of a formula.
    assert browser.execute_script("return document.querySelectorAll('mjx-container').length") == 0
    assert_a_number_opens_its_sentence(browser)
    Select(verdict).select_by_visible_text("missed (1)")
    assert wait.until(lambda _: len(browser.execute_script(EXPLORED_ROWS)) == 1)
    place, *_ = browser.execute_script(PICKERS)
    assert wait.until(lambda _: browser.execute_script(OPTIONS, place) == ["any (1)", "Xa An (1)"])
    (number,) = wait.until(lambda _: browser.execute_script(NUMBERS)[-1:])
    number.click()
    assert browser.execute_script(CARD, number)[:2] == [True, "3 of 5"]


REVIEWED = """
import analysis
tables = analysis.tabulate("../own")
analysis.review(tables, who="An")
"""
FIELD = """
const box = [...document.querySelectorAll('.jp-OutputArea .widget-text, .jp-OutputArea .widget-dropdown')].find(
  one => one.querySelector('label')?.textContent === arguments[0]);
return box?.querySelector('input, select') ?? null;
"""
IDLE = "return window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
TOLD = "return [...document.querySelectorAll('.jp-OutputArea .widget-html')].map(one => one.textContent).join(' ')"


def test_a_figure_is_corrected_in_the_form(lab: tuple[Chrome, Path]) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select, WebDriverWait

    browser, folder = lab
    reports = folder.parent / "own"
    reports.mkdir()
    (reports / "note.txt").write_text("In 2023 Xa An district planted 120 trees and built 15 roads.", encoding="utf-8")
    own = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    cells = [new_code_cell(REVIEWED)]
    nbformat.write(new_notebook(cells=cells, metadata=own.metadata), folder / "review.ipynb")
    wait = WebDriverWait(browser, PATIENCE)
    wait.until(lambda _: browser.execute_script(READY))
    (cell,) = browser.execute_async_script(RUN_ALL, "notebooks/review.ipynb")
    assert "error" not in {output["output_type"] for output in cell["outputs"]}
    Select(wait.until(lambda _: browser.execute_script(FIELD, "Figure"))).select_by_index(1)
    value = browser.execute_script(FIELD, "value")
    wait.until(lambda _: value.get_property("value") == "15")
    assert "built 15 roads" in browser.execute_script(TOLD)
    value.send_keys(Keys.CONTROL, "a")
    value.send_keys("51", Keys.TAB)
    Select(browser.execute_script(FIELD, "role")).select_by_visible_text("target")
    browser.execute_script(FIELD, "why").send_keys("two digits swapped", Keys.TAB)
    (save,) = (one for one in browser.find_elements(By.CSS_SELECTOR, ".jupyter-button") if one.text == "Save")
    wait.until(lambda _: browser.execute_script(IDLE))
    save.click()
    wait.until(lambda _: "1 of 2 figures reviewed; kept in corrections.toml" in browser.execute_script(TOLD))
    (one,) = corrections_in(reports / "corrections.toml")
    assert (one.quote, dict(one.cells)) == ("15", {"value": 51, "role": "target"})
    assert (one.who, one.why) == ("An", "two digits swapped")
    assert list(analysis.tabulate(reports).figures["value"]) == [120, 51]


def test_an_error_would_be_seen(lab: tuple[Chrome, Path]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser, folder = lab
    own = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    nbformat.write(new_notebook(cells=[new_code_cell("1/0")], metadata=own.metadata), folder / "bad.ipynb")
    WebDriverWait(browser, PATIENCE).until(lambda _: browser.execute_script(READY))
    (cell,) = browser.execute_async_script(RUN_ALL, "notebooks/bad.ipynb")
    assert [output["ename"] for output in cell["outputs"]] == ["ZeroDivisionError"]
