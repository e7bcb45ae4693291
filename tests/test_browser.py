"""The exported pages in a real browser: nothing fetched, nothing run but the page's own, every link at its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest

import analysis
from analysis.evidence import link, report_file
from tests.browser import HOSTILE_NAME, chromium, complaints, requests
from tests.conftest import Exported

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

# Where each link with a fragment ends: the link's address, and the text and id of the element that the browser is at.
FIGURES_HERE = "return [...document.querySelectorAll('.report .figure')].map(e => [e.id, e.textContent])"
LINKS_HERE = "return [...document.querySelectorAll('main a[href]')].map(e => e.href)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests of this module."""
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(params=["small", "real"])
def exported(request: pytest.FixtureRequest, browser: Chrome) -> Exported:
    """Both exports; the browser first, so that nothing is exported where there is none."""
    return request.getfixturevalue(request.param)


def pages(exported: Exported) -> list[Path]:
    """Return the exported pages."""
    return sorted(exported.pages.glob("*.html"))


def test_opening_a_page_asks_for_nothing_else_and_complains_of_nothing(browser: Chrome, exported: Exported) -> None:
    for page in pages(exported):
        browser.get("about:blank")
        requests(browser), complaints(browser)
        browser.get(page.as_uri())
        asked = [url for url in requests(browser) if not url.startswith("data:")]
        assert [url for url in asked if url != page.as_uri()] == [], page.name
        assert complaints(browser) == [], page.name


def test_the_page_is_no_wider_than_a_telephone(browser: Chrome, exported: Exported) -> None:
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for page in pages(exported):
            browser.get(page.as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 390, page.name
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_figure_of_every_report_is_marked_with_its_own_words(browser: Chrome, exported: Exported) -> None:
    reports = analysis.read(exported.reports)
    figures = analysis.tabulate(reports).figures
    assert len(figures) > 0
    for report in reports:
        own = figures[figures["report"] == report.id]
        browser.get((exported.pages / report_file(report.id)).as_uri())
        marked = {tuple(pair) for pair in browser.execute_script(FIGURES_HERE)}
        assert marked == {(f"f{row.start}", report.text[row.start : row.end]) for row in own.itertuples()}


def test_every_evidence_link_ends_at_its_figure(browser: Chrome, exported: Exported) -> None:
    quotes = {
        (exported.pages / report_file(row.report)).as_uri() + f"#f{row.start}": row.quote
        for row in analysis.tabulate(analysis.read(exported.reports)).figures.itertuples()
    }
    seen = set()
    for page in pages(exported):
        browser.get(page.as_uri())
        seen |= {href for href in browser.execute_script(LINKS_HERE) if re.search(r"/report-[^/]*#f\d+$", href)}
    assert len(seen) > 0
    for href in sorted(seen):
        browser.get(href)
        assert browser.execute_script("return document.querySelector(':target')?.textContent") == quotes[href], href


def test_nothing_in_a_report_runs(browser: Chrome, small: Exported) -> None:
    for page in pages(small):
        browser.get(page.as_uri())
        assert browser.title != "owned", page.name
        assert browser.execute_script("return document.querySelectorAll('script').length") == 1, page.name
        blocked = (
            "const s = document.createElement('script'); s.text = \"document.title = 'owned'\"; document.body.append(s)"
        )
        browser.execute_script(blocked)
        assert browser.title != "owned", page.name


def test_a_figure_tells_what_it_was_read_as_to_pointer_and_keyboard(browser: Chrome, small: Exported) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    browser.get((small.pages / report_file(HOSTILE_NAME)).as_uri())
    figure = browser.find_element(By.CSS_SELECTOR, ".report .figure")
    card = browser.find_element(By.ID, figure.get_attribute("aria-describedby"))
    assert not card.is_displayed()
    ActionChains(browser).move_to_element(figure).perform()
    assert card.is_displayed() and "120" in card.text
    ActionChains(browser).move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()
    assert not card.is_displayed()
    browser.execute_script("arguments[0].focus()", figure)
    assert card.is_displayed()
    figure.click()
    row = browser.execute_script("return document.querySelector(':target')")
    assert row.tag_name == "tr" and "120" in row.text


def test_the_code_shows_when_switched_on_by_key(browser: Chrome, small: Exported) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.get((small.pages / "1-chart.html").as_uri())
    code = browser.find_elements(By.CLASS_NAME, "code")
    assert code and not any(cell.is_displayed() for cell in code)
    browser.find_element(By.ID, "show-code").send_keys(Keys.SPACE)
    assert all(cell.is_displayed() for cell in code)
    browser.find_element(By.ID, "show-code").send_keys(Keys.SPACE)
    assert not any(cell.is_displayed() for cell in code)


def test_links_of_the_overview_open_pages(browser: Chrome, exported: Exported) -> None:
    browser.get((exported.pages / "index.html").as_uri())
    for href in {urldefrag(href)[0] for href in browser.execute_script(LINKS_HERE)}:
        browser.get(href)
        assert browser.execute_script("return document.querySelectorAll('h1').length") == 1, href


def test_a_link_made_by_hand_ends_where_the_browser_ends(browser: Chrome, small: Exported) -> None:
    row = analysis.tabulate(analysis.read(small.reports)).figures.iloc[-1]
    browser.get(small.pages.as_uri() + "/" + link(row["figure_id"], base=""))
    assert browser.execute_script("return document.querySelector(':target').textContent") == row["quote"]
