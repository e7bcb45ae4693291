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


def test_an_error_would_be_seen(lab: tuple[Chrome, Path]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser, folder = lab
    own = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    nbformat.write(new_notebook(cells=[new_code_cell("1/0")], metadata=own.metadata), folder / "bad.ipynb")
    WebDriverWait(browser, PATIENCE).until(lambda _: browser.execute_script(READY))
    (cell,) = browser.execute_async_script(RUN_ALL, "notebooks/bad.ipynb")
    assert [output["ename"] for output in cell["outputs"]] == ["ZeroDivisionError"]
