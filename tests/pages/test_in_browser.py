"""The exported pages in a real browser: nothing fetched, nothing run but the page's own, every link at its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest

import analysis
from analysis import schema
from analysis.pages.overview import overview
from analysis.reading.reports import Place, Report, Reports
from analysis.tables import Tables
from analysis.writing.links import link, report_file
from tests.browser import HOSTILE_NAME, OWNED, barriers, chromium, complaints, emulated, requests
from tests.conftest import Exported

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

ACCESSIBLE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CARD = """
const card = document.getElementById(arguments[0]);
return [card.textContent, [...card.querySelectorAll('a')].map(link => link.href)];
"""
# The figures and the references to findings in the text, and how many stops the whole page has for the keyboard.
MARKS = """
const marks = [...document.querySelectorAll('.report .figure, .report sup a')].map(mark => mark.id || mark.hash);
return [marks, document.querySelectorAll('a[href], button, input, [tabindex]').length];
"""
REMEMBER = """
window.reached = [];
document.addEventListener('focusin', event => window.reached.push(event.target.id || event.target.hash));
"""
# Elements with a handler in an attribute, and links that are scripts.
HANDLERS = """
return [...document.querySelectorAll('*')].filter(
  element => [...element.attributes].some(
    ({ name, value }) => name.startsWith('on') || /^\\s*javascript:/i.test(value))).map(element => element.tagName);
"""
# Tables that have to be moved sideways to be read.
WIDE = """
return [...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1)
  .map(box => box.ariaLabel);
"""
# Counters and their words that run past the margin which the heading keeps.
PAST_THE_MARGIN = """
const margin = document.body.getBoundingClientRect().right - parseFloat(getComputedStyle(document.body).paddingRight);
return [...document.querySelectorAll('.outcome :is(h3, .total, ul, p)')].filter(
  part => part.getBoundingClientRect().right > margin + 1
    || part.clientWidth && part.scrollWidth > part.clientWidth + 1).map(part => part.textContent);
"""
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
    with emulated(browser, 390):
        for page in pages(exported):
            browser.get(page.as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 390, page.name


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
def test_four_counters_keep_to_the_margin(browser: Chrome, width: int, tmp_path: Path) -> None:
    rows = [{"report": "r", "verdict": verdict, "figure_ids": ("r:1",)} for verdict in schema.VERDICTS]
    names = ("figures", "comparisons", "outlook", "findings")
    tables = Tables(*(schema.frame(name, rows if name == "comparisons" else []) for name in names))
    page = tmp_path / "index.html"
    page.write_text(overview("T", [], Reports(), tables), encoding="utf-8")
    with emulated(browser, width):
        browser.get(page.as_uri())
        assert browser.execute_script(PAST_THE_MARGIN) == []


def test_no_table_is_wider_than_the_page_on_a_desk(browser: Chrome, real: Exported) -> None:
    for page in pages(real):
        browser.get(page.as_uri())
        assert browser.execute_script(WIDE) == [], page.name


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


@pytest.fixture
def unprotected(browser: Chrome) -> Iterator[Chrome]:
    """The browser, which takes no notice of the pages' Content-Security-Policy."""
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    yield browser
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    browser.get("about:blank")


def test_nothing_in_a_report_runs_even_without_the_policy(unprotected: Chrome, small: Exported) -> None:
    for page in pages(small):
        unprotected.get(page.as_uri())
        assert unprotected.title != "owned", page.name
        assert unprotected.execute_script("return document.querySelectorAll('script').length") == 1, page.name
        assert unprotected.execute_script(HANDLERS) == [], page.name


def test_what_would_run_without_the_policy_is_seen(unprotected: Chrome, small: Exported, tmp_path: Path) -> None:
    html = (small.pages / "index.html").read_text(encoding="utf-8")
    owned = tmp_path / "owned.html"
    owned.write_text(html.replace("<main", f'<img src=x onerror="{OWNED}"><main'), encoding="utf-8")
    unprotected.get(owned.as_uri())
    assert unprotected.title == "owned"
    assert unprotected.execute_script(HANDLERS) == ["IMG"]


def test_the_policy_stops_what_is_not_escaped(browser: Chrome, small: Exported, tmp_path: Path) -> None:
    html = (small.pages / "index.html").read_text(encoding="utf-8")
    owned = tmp_path / "owned.html"
    bad = f'<img src=x onerror="{OWNED}"><script>{OWNED}</script><main'
    owned.write_text(html.replace("<main", bad), encoding="utf-8")
    browser.get(owned.as_uri())
    assert browser.title != "owned"
    complaints(browser)


def test_every_part_of_a_hostile_report_is_shown_as_it_is(browser: Chrome, small: Exported) -> None:
    browser.get((small.pages / report_file(HOSTILE_NAME)).as_uri())
    text = browser.execute_script("return document.body.textContent")
    for part in (
        f"<script>{OWNED}</script>",
        f'Xa An<img src=x onerror="{OWNED}">',
        HOSTILE_NAME,
        "[click](javascript:",
    ):
        assert part in text
    browser.get((small.pages / "index.html").as_uri())
    front = browser.execute_script("return document.body.textContent")
    for part in (f'Xa An<img src=x onerror="{OWNED}">', f'gone<img src=x onerror="{OWNED}">.txt'):
        assert part in front
    assert f"the date '<img src=x onerror=\"{OWNED}\">'" in front.replace("\\", "")


def test_axe_finds_nothing_on_any_page_light_or_dark(browser: Chrome, exported: Exported) -> None:
    for scheme in ("light", "dark"):
        with emulated(browser, prefers_color_scheme=scheme):
            for page in pages(exported):
                browser.get(page.as_uri())
                assert barriers(browser, ACCESSIBLE) == [], f"{page.name}, {scheme}"


def test_the_pages_on_any_folder_are_as_clean(browser: Chrome, other: Exported) -> None:
    checked = [page for page in other.html() if not page.name.startswith("report-")]
    for page in [*checked, *other.html()[-1:]]:
        browser.get("about:blank")
        requests(browser), complaints(browser)
        browser.get(page.as_uri())
        assert {url for url in requests(browser) if not url.startswith("data:")} == {page.as_uri()}
        assert complaints(browser) == [], page.name
        assert barriers(browser, ACCESSIBLE) == [], page.name
        assert browser.execute_script(WIDE) == [], page.name


def test_axe_finds_what_is_wrong(browser: Chrome, small: Exported) -> None:
    browser.get((small.pages / "index.html").as_uri())
    browser.execute_script(
        "const p = document.createElement('p'); p.textContent = 'Grey'; p.style.color = '#ddd';"
        "p.style.background = '#eee'; document.querySelector('main').append(p)"
    )
    (found,) = barriers(browser, ACCESSIBLE)
    assert found.startswith("color-contrast")


def test_the_pages_are_dark_where_a_reader_prefers_it(browser: Chrome, small: Exported) -> None:
    browser.get((small.pages / "index.html").as_uri())
    paper = "return getComputedStyle(document.body).backgroundColor"
    with emulated(browser, prefers_color_scheme="light"):
        assert browser.execute_script(paper) == "rgb(255, 255, 255)"
    with emulated(browser, prefers_color_scheme="dark"):
        assert browser.execute_script(paper) != "rgb(255, 255, 255)"


def test_enter_opens_the_first_page_whose_name_fits(browser: Chrome, tmp_path: Path) -> None:
    from selenium.webdriver import Keys
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    many = range(400)
    reports = Reports([Report(f"{n:03}", "words", places=(Place(f"Xa {n}", "commune"),)) for n in many])
    rows = [{"figure_id": f"{n:03}:1", "report": f"{n:03}", "place": f"Xa {n}", "role": "target"} for n in many]
    empty = (schema.empty(name) for name in ("comparisons", "outlook", "findings"))
    front = tmp_path / "index.html"
    front.write_text(overview("T", [], reports, Tables(schema.frame("figures", rows), *empty)), encoding="utf-8")
    for typed, page in (("xa 234", "place-xa-234.html"), ("345, undated", "report-345.html"), ("nobody", "index.html")):
        browser.get(front.as_uri())
        browser.find_element(By.ID, "find").send_keys(typed, Keys.ENTER)
        WebDriverWait(browser, 5).until(lambda _, page=page: browser.current_url.endswith(page))


def first_figure(browser: Chrome, small: Exported) -> tuple[WebElement, WebElement]:
    """Open the hostile report; return its first figure and the figure's card."""
    from selenium.webdriver.common.by import By

    browser.get("about:blank")
    browser.get((small.pages / report_file(HOSTILE_NAME)).as_uri())
    figure = browser.find_element(By.CSS_SELECTOR, ".report .figure")
    return figure, browser.find_element(By.ID, figure.get_attribute("aria-describedby"))


def vanishes(card: WebElement) -> bool:
    """Wait for the card to close; tell whether it did."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(card.parent, 5).until(lambda _: not card.is_displayed())


def test_a_pointer_opens_a_card_and_may_go_onto_it(browser: Chrome, small: Exported) -> None:
    from selenium.webdriver import ActionChains, Keys
    from selenium.webdriver.common.by import By

    figure, card = first_figure(browser, small)
    assert not card.is_displayed()
    ActionChains(browser).move_to_element(figure).perform()
    assert card.is_displayed() and "120" in card.text
    ActionChains(browser).move_to_element(card).pause(1).perform()
    assert card.is_displayed()
    ActionChains(browser).move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()
    assert vanishes(card)
    ActionChains(browser).move_to_element(figure).send_keys(Keys.ESCAPE).perform()
    assert not card.is_displayed()


def test_the_keyboard_opens_a_card_and_follows_its_links(browser: Chrome, small: Exported) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    figure, card = first_figure(browser, small)
    browser.execute_script("arguments[0].focus()", figure)
    assert card.is_displayed()
    figure.send_keys(Keys.TAB)
    here = browser.switch_to.active_element
    assert here in card.find_elements(By.TAG_NAME, "a") and card.is_displayed()
    here.send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    figure.send_keys(Keys.ENTER)
    row = browser.execute_script("return document.querySelector(':target')")
    assert row.tag_name == "tr" and "120" in row.text


def test_a_tap_opens_a_card_and_a_second_tap_goes_to_the_row(browser: Chrome, small: Exported) -> None:
    figure, card = first_figure(browser, small)
    with emulated(browser, 390):
        tap(browser, figure)
        assert card.is_displayed() and "120" in card.text
        assert not browser.execute_script("return location.hash")
        tap(browser, figure)
        assert browser.execute_script("return document.querySelector(':target').tagName") == "TR"


def tap(browser: Chrome, element: WebElement) -> None:
    """Touch the element with a finger, and let go."""
    from selenium.webdriver.common.actions.action_builder import ActionBuilder
    from selenium.webdriver.common.actions.interaction import POINTER_TOUCH
    from selenium.webdriver.common.actions.pointer_input import PointerInput

    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
    finger = PointerInput(POINTER_TOUCH, "finger")
    actions = ActionBuilder(browser, mouse=finger)
    actions.pointer_action.move_to(element).pointer_down().pointer_up()
    actions.perform()


def test_a_card_tells_all_and_leads_to_every_row_that_rests_on_its_figure(browser: Chrome, real: Exported) -> None:
    reports = analysis.read(real.reports)
    tables = analysis.tabulate(reports)
    used = tables.comparisons["figure_ids"].explode().value_counts()
    row = tables.figures.set_index("figure_id").loc[used.index[0]]
    browser.get((real.pages / report_file(row["report"])).as_uri())
    browser.execute_script(f"document.getElementById('f{row['start']}').focus()")
    text, links = browser.execute_script(CARD, f"c{row['start']}")
    for part in (row["role"], row["measure"], row["subject"], row["place"], str(row["period_start"].year)):
        assert part in text
    for part in row[["measure_cue", "role_cue"]]:
        assert part.partition(":")[2].strip() in text
    rows = sum((other["figure_ids"].explode() == row.name).sum() for name, other in tables if name != "figures")
    assert len(links) == 1 + rows >= 2
    for href in links:
        browser.get(href)
        assert browser.execute_script("return document.querySelector(':target').tagName") in ("TR", "LI")


def test_the_keyboard_reaches_every_mark(browser: Chrome, real: Exported) -> None:
    from selenium.webdriver import ActionChains, Keys

    for page in sorted(real.pages.glob("report-*.html")):
        browser.get(page.as_uri())
        marks, stops = browser.execute_script(MARKS)
        assert len(marks) == len(set(marks))
        browser.execute_script(REMEMBER)
        ActionChains(browser).send_keys(Keys.TAB * (stops + 5)).perform()
        assert set(marks) <= set(browser.execute_script("return window.reached")), page.name


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
