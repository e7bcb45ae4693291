"""A headless Chromium for tests, and what it saw; and a small set of notebooks and reports to export."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)


def without_browser() -> NoReturn:
    """Skip the test, or fail where ANALYSIS_REQUIRE_BROWSER=1 says that there must be a browser."""
    reason = f"There is no {CHROMIUM} with {DRIVER}: install the packages chromium and chromium-driver."
    pytest.fail(reason) if os.environ.get("ANALYSIS_REQUIRE_BROWSER") == "1" else pytest.skip(reason)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Give a browser that logs its network traffic and its console; without one, see ``without_browser``."""
    if not (CHROMIUM.exists() and DRIVER.exists()):
        without_browser()
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = Chrome(options=options, service=Service(str(DRIVER)))
    # Some releases give the page of a headless window no focus: keys go nowhere, JupyterLab has no current notebook.
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    try:
        yield browser
    finally:
        browser.quit()


def requests(browser: Chrome) -> list[str]:
    """Return the addresses that were asked for since the last call, the log emptied."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [params["request"]["url"] for params in asked]


def complaints(browser: Chrome) -> list[str]:
    """Return what the console holds since the last call."""
    return [entry["message"] for entry in browser.get_log("browser")]


HOSTILE_NAME = "x & <y> #1 50%"
HOSTILE_TEXT = """\
Xa An "reports" <script>document.title = 'owned'</script>

In 2023 <img src="http://127.0.0.1:9/x.png" onerror="document.title='owned'"> Xa An commune admitted 120 new party \
members, reaching 120% of the plan.
"><svg onload="document.title='owned'"> Budget revenue reached 408 billion VND, exceeding the estimate by 34.6%.
[click](javascript:document.title='owned') ![x](http://127.0.0.1:9/y.png) Average income reached 53.4 million VND.
- Recruit 130 new party members;
"""
# What reports.toml says about it, and about two files that are therefore not read.
OWNED = "document.title = 'owned'"
HOSTILE_SETTINGS = f"""
[[report]]
file = "{HOSTILE_NAME}.txt"
date = "2023-12-28"
language = '''en" onload="{OWNED}'''
source = '''<script>{OWNED}</script>"><img src=x onerror="{OWNED}">'''
address = '''javascript:{OWNED}//"><img src=x onerror="{OWNED}">'''

[[report.places]]
name = '''Xa An<img src=x onerror="{OWNED}">'''
level = '''"><svg onload="{OWNED}">'''
province = '''</script>'''

[[report]]
file = "plain.txt"
address = '''https://example.org/"><img src=x onerror="{OWNED}">'''

[[report]]
file = "dated.txt"
date = '''<img src=x onerror="{OWNED}">'''

[[report]]
file = '''gone<img src=x onerror="{OWNED}">.txt'''
"""
PLAIN_TEXT = (
    "In 2023 the district planned 24 targets.\n"
    "The district admitted 183 party members, reaching 114.3% of the target (160).\n"
)

CODE = {
    "0-hostile.ipynb": [
        "# Is a report's <em>text</em> only ever text?\n\nA report may hold anything.",
        ('REPORTS = "nowhere"', "parameters"),
        "import analysis\nfrom IPython.display import Markdown\n"
        "reports = analysis.read(REPORTS)\ntables = analysis.tabulate(reports)",
        "## The answer",
        (
            "Markdown(f'**{len(reports)} reports** hold {len(tables.figures)} figures. "
            "' + ' '.join(report.text for report in reports))",
            "answer",
        ),
        "## The table\n\n### Every figure",
        "from analysis.display.table import show\nshow(tables.figures, caption='Figures')",
        "## The table",
        "from analysis.display.evidence import evidence\nevidence(tables.figures, reports)",
        "tables.figures",
        "reports",
        "analysis.charts.coverage(tables.figures);",
        "analysis.show(tables.comparisons, caption='Comparisons', figures=tables.figures)",
        "analysis.show(tables.findings, caption='Findings', figures=tables.figures)",
        "import sys\nprint(reports[0].text)\nprint('mumbled', file=sys.stderr)",
    ],
    "1-chart.ipynb": [
        "# How much was read?",
        ('REPORTS = "nowhere"', "parameters"),
        "import analysis\nnumber = len(analysis.read(REPORTS))\nprint(number)",
        ("print(f'{number} reports & more')", "answer"),
        "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
        "figure, axes = plt.subplots(figsize=(4, 2))\naxes.bar([1], [number])\n"
        "display(figure, metadata={'image/png': {'alt': 'One \"bar\"'}})\nplt.close(figure)",
        "# A second title",
    ],
}


def write_notebook(path: Path, cells: list[Any]) -> None:
    """Write a notebook; text that starts with # is Markdown, and a pair is a code cell with a tag."""
    made = []
    for cell in cells:
        if isinstance(cell, str) and cell.startswith("#"):
            made.append(new_markdown_cell(cell))
        else:
            source, *tags = (cell,) if isinstance(cell, str) else cell
            made.append(new_code_cell(source, metadata={"tags": tags}))
    path.parent.mkdir(parents=True, exist_ok=True)
    # The same ids every time, so that the same cells make the same file.
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    nbformat.write(new_notebook(cells=made), path)


def one_report(folder: Path) -> Path:
    """Write a report into a folder, which is made where there is none; return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "plain.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    return folder


def write_small_set(folder: Path) -> tuple[Path, Path]:
    """Write two notebooks, and four reports, two of them readable and one hostile; return both folders."""
    for name, cells in CODE.items():
        write_notebook(folder / "notebooks" / name, cells)
    reports = folder / "reports of mine"
    reports.mkdir()
    (reports / f"{HOSTILE_NAME}.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    (reports / "plain.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    (reports / "broken.txt").write_bytes(b"caf\xe9")
    (reports / "dated.txt").write_text(PLAIN_TEXT, encoding="utf-8")
    (reports / "reports.toml").write_text(HOSTILE_SETTINGS, encoding="utf-8")
    return folder / "notebooks", reports


@cache
def _axe() -> str:
    """Return axe-core, the accessibility checker, out of the package that brings it."""
    package = find_spec("axe_playwright_python")
    assert package and package.submodule_search_locations, "axe-playwright-python is missing: run make setup"
    return Path(package.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


AXE_RUN = """
const [tags, done] = arguments;
axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(result => done(
  result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))
), error => done([String(error)]));
"""


def barriers(browser: Chrome, tags: Sequence[str]) -> list[str]:
    """Return what axe-core has against the page that the browser shows, by the rules with these tags.

    The driver's scripts run beside the page's Content-Security-Policy, which therefore stays as it is.
    """
    browser.execute_script(_axe())
    found: list[str] = browser.execute_async_script(AXE_RUN, list(tags))
    return found


@contextmanager
def emulated(browser: Chrome, width: int = 0, **media: str) -> Iterator[None]:
    """Let the browser be a telephone of that width, or of a person who prefers this or that, inside the block."""
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    if width:
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
