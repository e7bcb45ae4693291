"""Tables for people: words for codes, links to evidence, and nothing from a report obeyed."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from analysis import schema
from analysis.html_cells import SYMBOLS
from analysis.html_tables import show

COMPARISON = {
    "comparison_id": "r:1",
    "report": "r",
    "place": "<b>Xa An</b>",
    "subject": "total & budget revenue",
    "unit": "VND",
    "target": 303_120_356_612,
    "target_low": 302.97e9,
    "target_high": 303.27e9,
    "achieved": 408e9,
    "achieved_low": 408e9,
    "achieved_high": 408e9,
    "attainment": 1.346,
    "attainment_low": 1.3455,
    "attainment_high": 1.3465,
    "verdict": "exceeded",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "figure_ids": ("r:10", "a b:20"),
}
COMPARISONS = schema.frame("comparisons", [COMPARISON, {"verdict": "undetermined", "figure_ids": ()}])
FIGURES = schema.frame(
    "figures", [{"figure_id": "r:10", "quote": "34.6%"}, {"figure_id": "a b:20", "quote": "408 <i>"}]
)


def table(html: str) -> Tag:
    """Return the table element."""
    found = BeautifulSoup(html, "html.parser").table
    assert found is not None
    return found


def texts(row: Tag) -> list[str]:
    """Return what stands in the cells of a row."""
    return [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]


def test_a_comparison_is_told_in_words() -> None:
    found = table(show(COMPARISONS, caption="All", figures=FIGURES, links="")._repr_html_())
    head, first, second = found.find_all("tr")
    assert texts(head) == ["Subject", "Place", "Period", "Target", "Achieved", "Attainment", "Verdict", "Evidence"]
    assert texts(first) == [
        "total & budget revenue",
        "<b>Xa An</b>",
        "2023",
        "303.1 billion VND 302.97 to 303.27 billion VND",
        "408 billion VND",
        "134.6% 134.55 to 134.65%",
        f"{SYMBOLS['exceeded']} exceeded",
        "34.6% , 408 <i>",
    ]
    assert [a["href"] for a in first.find_all("a")] == ["report-r.html#f10", "report-a%20b.html#f20"]
    assert texts(second) == ["", "", "", "", "", "", f"{SYMBOLS['undetermined']} undetermined", ""]


def test_a_screen_reader_learns_what_each_cell_is() -> None:
    html = show(COMPARISONS, caption='Two "rows"')._repr_html_()
    found = table(html)
    assert found.caption.text == 'Two "rows"'
    assert all(cell["scope"] == "col" for cell in found.thead.find_all("th"))
    named, nameless = found.tbody.find_all("tr")
    assert named.th["scope"] == "row" and nameless.th is None
    region = BeautifulSoup(html, "html.parser").find(role="region")
    assert (region["aria-label"], region["tabindex"]) == ('Two "rows"', "0")
    assert all(sign["aria-hidden"] == "true" for sign in found.find_all(class_="symbol"))


def test_a_figure_links_to_itself() -> None:
    rows = [
        {"figure_id": "r:10", "quote": "<s>34.6%", "value": 34.6, "unit": "%", "role": "target", "measure": "margin"}
    ]
    found = table(show(schema.frame("figures", rows), links="x/")._repr_html_())
    assert [(a.text, a["href"]) for a in found.find_all("a")] == [
        ("<s>34.6%", "x/report-r.html#f10"),
        ("34.6%", "x/report-r.html#f10"),
    ]


def test_words_without_a_figure_are_linked_too() -> None:
    claim = {
        "report": "r",
        "check": "unsupported_claim",
        "severity": "note",
        "quote": "met & more",
        "start": 5,
        "end": 9,
    }
    (row,) = table(show(schema.frame("findings", [claim | {"figure_ids": ()}]), links="")._repr_html_()).tbody.find_all(
        "tr"
    )
    assert texts(row)[:2] == ["unsupported claim", f"{SYMBOLS['note']} note"]
    assert (row.a.text, row.a["href"]) == ("met & more", "report-r.html#s5")


def test_an_outlook_has_labels_of_its_own() -> None:
    rows = [{"target": 371e9, "achieved": 408e9, "unit": "VND", "verdict": "below", "figure_ids": ()}]
    head, row = table(show(schema.frame("outlook", rows))._repr_html_()).find_all("tr")
    assert texts(head)[3:6] == ["Target", "Latest result", "Target is"]
    assert texts(row)[3:6] == ["371 billion VND", "408 billion VND", f"{SYMBOLS['below']} below"]


def test_a_report_links_to_its_page() -> None:
    found = table(show(COMPARISONS.head(1), ["place", "report"], links="x/")._repr_html_())
    assert (found.a.text, found.a["href"]) == ("r", "x/report-r.html")


def test_columns_labels_and_limit_are_the_callers() -> None:
    shown = show(COMPARISONS, {"verdict": "How it went", "place": ""}, caption="Short", limit=1)
    assert str(shown).splitlines() == ["Short (1 of 2 rows)", "How it went | Place", "exceeded    | <b>Xa An</b>"]
    with pytest.raises(KeyError, match="no column 'wrong'"):
        show(COMPARISONS, ["wrong"])


def test_any_frame_can_be_shown() -> None:
    frame = pd.DataFrame(
        {
            "word": ["a", None],
            "n": [1234.5, float("nan")],
            "yes": [True, False],
            "day": [pd.Timestamp("2024-06-30"), pd.NaT],
            "parts": [("x", "y"), ()],
        }
    )
    rows = table(show(frame)._repr_html_()).tbody.find_all("tr")
    assert [texts(row) for row in rows] == [["a", "1,234.5", "yes", "2024-06-30", "x and y"], ["", "", "no", "", ""]]
    assert rows[0].find_all("td")[0]["data-value"] == "1234.5"


def test_numbers_carry_what_to_sort_them_by() -> None:
    found = table(show(COMPARISONS)._repr_html_())
    assert [cell.get("data-value") for cell in found.tbody.tr.find_all("td")[2:5]] == [
        "303120356612.0",
        "408000000000.0",
        "1.346",
    ]


def test_a_frame_without_rows_has_a_head() -> None:
    assert texts(table(show(schema.empty("findings"), caption="None")._repr_html_()).tr)[0] == "Check"
