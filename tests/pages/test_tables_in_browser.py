"""Tables in a real browser: sorted, filtered, copied and downloaded, with nothing but what is on the page."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import analysis
from analysis.display.table import show
from analysis.pages.base import page
from analysis.writing.links import report_file
from tests.browser import chromium, complaints, requests
from tests.conftest import Exported

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SECTION = "section[aria-labelledby=figures]"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def browser(profile: Path) -> Iterator[Chrome]:
    """One browser for all tests of this module, which saves files where a test finds them."""
    with chromium(profile) as started:
        behaviour = {"behavior": "allow", "downloadPath": str(profile), "eventsEnabled": False}
        started.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
        yield started


@pytest.fixture
def own(browser: Chrome, real: Exported) -> pd.DataFrame:
    """The figures of the report that has most of them, with its page open."""
    figures = analysis.tabulate(analysis.read(real.reports)).figures
    most = figures["report"].value_counts().idxmax()
    browser.get((real.pages / report_file(most)).as_uri())
    return figures[figures["report"] == most].sort_values("start")


def table(browser: Chrome) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, f"{SECTION} table")


def column(browser: Chrome, number: int) -> list[str]:
    """What the shown rows hold in a column: the exact value of a number, else the words."""
    words = f"r => r.cells[{number}]?.dataset.value ?? r.cells[{number}]?.textContent"
    return browser.execute_script(f"return [...arguments[0].tBodies[0].rows].map({words})", table(browser))


def wait_for(found: Any) -> Any:
    """Return what the function finds, as soon as it does."""
    for _ in range(200):
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("nothing came")


def test_a_table_sorts_by_pointer_and_by_key(browser: Chrome, own: pd.DataFrame) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    head = table(browser).find_elements(By.CSS_SELECTOR, "thead th")[1]
    button = head.find_element(By.CSS_SELECTOR, "[role=button]")
    assert "Value" in button.get_attribute("aria-label")
    button.click()
    assert wait_for(lambda: head.get_attribute("aria-sort")) == "ascending"
    assert list(map(float, column(browser, 1))) == sorted(own["value"])
    button.send_keys(Keys.ENTER)
    wait_for(lambda: head.get_attribute("aria-sort") == "descending")
    assert list(map(float, column(browser, 1))) == sorted(own["value"], reverse=True)


@pytest.fixture
def small_table(browser: Chrome, tmp_path: Path) -> Any:
    """A table of 21 rows, one without a value and one that would run if it were not text."""
    rows = [{"words": f"row {n}", "n": float(10 * n)} for n in range(19)]
    rows += [{"words": "nothing", "n": None}, {"words": "&lt; <img src=x onerror=document.title='owned'>", "n": -1.0}]
    html = page("T", f"<h1>T</h1>{show(pd.DataFrame(rows), caption='T').html()}", description="T")
    (tmp_path / "t.html").write_text(html, encoding="utf-8")
    browser.get((tmp_path / "t.html").as_uri())
    return browser.find_element("css selector", "table")


def test_a_row_without_a_value_is_last_either_way(browser: Chrome, small_table: Any) -> None:
    head = small_table.find_elements("css selector", "thead th")[1]
    seen = "return [...arguments[0].tBodies[0].rows].map(r => r.cells[1].textContent)"
    for direction, first in (("ascending", "-1"), ("descending", "180")):
        head.find_element("css selector", "[role=button]").click()
        wait_for(lambda way=direction: head.get_attribute("aria-sort") == way)
        found = browser.execute_script(seen, small_table)
        assert (found[0], found[-1]) == (first, "")


def test_searching_text_that_looks_like_a_page_runs_nothing(browser: Chrome, small_table: Any) -> None:
    complaints(browser), requests(browser)
    box = browser.find_element("css selector", "input[type=search]")
    box.send_keys("onerror=")
    wait_for(lambda: browser.find_element("css selector", "[role=status]").text == "1 of 21 rows")
    assert browser.title == "T" and complaints(browser) == [] and requests(browser) == []
    box.clear()
    box.send_keys("class=")  # stands in the page's own code, not in a cell
    wait_for(lambda: browser.find_element("css selector", "[role=status]").text == "0 of 21 rows")


def test_a_table_of_twenty_rows_has_no_filter(browser: Chrome, tmp_path: Path) -> None:
    html = show(pd.DataFrame({"n": range(20)}), caption="T").html()
    (tmp_path / "t.html").write_text(page("T", f"<h1>T</h1>{html}", description="T"), encoding="utf-8")
    browser.get((tmp_path / "t.html").as_uri())
    assert browser.find_elements("css selector", "th[aria-sort], th [role=button]")
    assert browser.find_elements("css selector", "input[type=search], [role=status]") == []


def test_a_table_is_searched(browser: Chrome, own: pd.DataFrame) -> None:
    from selenium.webdriver.common.by import By

    box = browser.find_element(By.CSS_SELECTOR, f"{SECTION} input[type=search]")
    status = browser.find_element(By.CSS_SELECTOR, f"{SECTION} [role=status]")
    assert status.text == f"{len(own)} of {len(own)} rows"
    box.send_keys("TARGET")
    wait_for(lambda: not status.text.startswith(f"{len(own)} "))
    left = column(browser, 3)
    assert status.text == f"{len(left)} of {len(own)} rows"
    assert 0 < len(left) < len(own) and "target" in left
    box.clear()
    box.send_keys("no such words anywhere")
    wait_for(lambda: column(browser, 0) == ["No row holds these words."])
    assert status.text == f"0 of {len(own)} rows"


def test_a_link_to_a_row_that_the_filter_hides_shows_it(browser: Chrome, own: pd.DataFrame) -> None:
    from selenium.webdriver.common.by import By

    box = browser.find_element(By.CSS_SELECTOR, f"{SECTION} input[type=search]")
    row = f"r{own['start'].iloc[0]}"
    box.send_keys("no such words anywhere")
    wait_for(lambda: not browser.execute_script("return document.getElementById(arguments[0])", row))
    browser.execute_script("location.hash = arguments[0]", row)
    assert wait_for(lambda: browser.execute_script("return document.getElementById(arguments[0])", row)).is_displayed()


def test_the_header_stays_in_view(browser: Chrome, own: pd.DataFrame) -> None:
    assert len(own) > 12
    tops = browser.execute_script(
        "const t = arguments[0], s = t.closest('.scroll'); s.scrollIntoView(); s.scrollTop = s.scrollHeight;"
        "const top = e => e.getBoundingClientRect().top; return [top(t.tHead.rows[0].cells[0]), top(s), top(t)]",
        table(browser),
    )
    assert abs(tops[0] - tops[1]) < 3 and tops[2] < tops[1] - 20


def test_the_file_is_saved_with_every_digit_and_no_request(browser: Chrome, own: pd.DataFrame, profile: Path) -> None:
    from selenium.webdriver.common.by import By

    requests(browser)
    link = browser.find_element(By.CSS_SELECTOR, f"{SECTION} .take a")
    browser.execute_script("arguments[0].click()", link)
    saved = profile / link.get_attribute("download")
    wait_for(saved.exists)
    found = pd.read_csv(io.BytesIO(saved.read_bytes()))
    assert found["value"].tolist() == own["value"].tolist()
    assert found["figure_id"].tolist() == own["figure_id"].tolist()
    assert [url for url in requests(browser) if not url.startswith("data:")] == []
    assert complaints(browser) == []


def test_cells_are_copied_with_every_digit_and_words_as_they_read(browser: Chrome, own: pd.DataFrame) -> None:
    copied = """
        const [row, first, last] = [arguments[0].tBodies[0].rows[0], arguments[1], arguments[2]];
        const range = document.createRange(), data = new DataTransfer();
        range.setStart(row.cells[first], 0); range.setEnd(row.cells[last], row.cells[last].childNodes.length);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
        row.dispatchEvent(event);
        return event.defaultPrevented ? data.getData("text/plain") : null;"""
    first = own.iloc[0]
    quote, value, measure = browser.execute_script(copied, table(browser), 0, 2).split("\t")
    assert (quote, float(value), measure) == (first["quote"], first["value"], first["measure"])
    assert browser.execute_script(copied, table(browser), 1, 1) is None


def test_the_copy_button_gives_the_file_in_tabs(browser: Chrome, own: pd.DataFrame) -> None:
    from selenium.webdriver.common.by import By

    browser.execute_script("navigator.clipboard.writeText = async words => { window.copied = words }")
    button = browser.find_element(By.CSS_SELECTOR, f"{SECTION} .take button")
    assert "Every figure" in button.get_attribute("aria-label")
    button.click()
    copied = wait_for(lambda: browser.execute_script("return window.copied"))
    found = pd.read_csv(io.StringIO(copied), sep="\t")
    assert found["value"].tolist() == own["value"].tolist()
    assert (
        wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, f"{SECTION} .take [role=status]"))[0].text == "Copied."
    )
