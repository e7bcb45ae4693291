"""Evidence: from a row to the report's own words, and a report's page with every figure in its place."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import analysis
from analysis import schema
from analysis.display.evidence import Mark, evidence, marked
from analysis.pages.report import report_page
from analysis.reading.reports import Place, Report, Reports
from analysis.tables import Tables
from analysis.writing.links import LINKS, link, report_file

TEXT = (
    "Xa An & its <people>\r\n\r\n"
    "Revenue is projected to reach 408 billion VND, exceeding the target by 34.6%. It rose.\r\n"
    "- Recruit 200 new members;\n"
    "They met <img src=x onerror=alert(1)> 22 out of 25 targets, a success."
)
REPORT = Report("a b/c#1", TEXT, places=(Place("Xa An", "commune"),))
REPORTS = Reports([REPORT, Report("other", "Nothing here counts.")])


def figure(quote: str, report: Report = REPORT, **columns: Any) -> dict[str, Any]:
    """Return a row of figures for words of a report."""
    start = report.text.index(quote)
    known = {"figure_id": f"{report.id}:{start}", "report": report.id, "start": start, "end": start + len(quote)}
    read = {"quote": quote, "value": 1.0, "unit": "count", "place": "Xa An", "role": "achieved", "measure": "amount"}
    return known | read | columns


def ids(*quotes: str) -> tuple[str, ...]:
    """Return the ids of figures of the report."""
    return tuple(figure(quote)["figure_id"] for quote in quotes)


def tables(figures: Iterable[dict] = (), comparisons: Iterable[dict] = (), findings: Iterable[dict] = ()) -> Tables:
    """Return tables with a few rows."""
    return Tables(
        schema.frame("figures", figures),
        schema.frame("comparisons", comparisons),
        schema.empty("outlook"),
        schema.frame("findings", findings),
    )


ALL = ("408 billion VND", "34.6%", "200", "22 out of 25")
ROLES = schema.VOCABULARIES["role"]
FIGURES = schema.frame("figures", [figure(quote, role=role) for quote, role in zip(ALL, ROLES, strict=True)])
CLAIM = TEXT.index("a success")
ROWS = {
    "figure": (FIGURES.iloc[2], ["200"], ["- Recruit 200 new members;"]),
    "comparison": (
        schema.frame("comparisons", [{"place": "Xa An", "figure_ids": ids("34.6%", "408 billion VND")}]).iloc[0],
        ["408 billion VND", "34.6%"],
        ["Revenue is projected to reach 408 billion VND, exceeding the target by 34.6%."],
    ),
    "outlook over two lines": (
        schema.frame("outlook", [{"place": "Xa An", "figure_ids": ids("200", "22 out of 25")}]).iloc[0],
        ["200", "22 out of 25"],
        [
            "- Recruit 200 new members;",
            "They met <img src=x onerror=alert(1)> 22 out of 25 targets, a success.",
        ],
    ),
    "finding": (
        schema.frame("findings", [{"message": "Odd.", "figure_ids": ids("34.6%"), "start": 0, "end": 5}]).iloc[0],
        ["34.6%"],
        ["Revenue is projected to reach 408 billion VND, exceeding the target by 34.6%."],
    ),
    "claim without a figure": (
        schema.frame(
            "findings", [{"report": REPORT.id, "figure_ids": (), "start": CLAIM, "end": CLAIM + len("a success")}]
        ).iloc[0],
        ["a success"],
        ["They met <img src=x onerror=alert(1)> 22 out of 25 targets, a success."],
    ),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_of_any_table_leads_to_its_words(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LINKS, "")
    row, quotes, sentences = ROWS[kind]
    found = evidence(row, REPORTS, FIGURES)
    assert list(found.quotes) == quotes
    assert [passage.text for passage in found.passages] == sentences
    assert all(TEXT[p.start : p.start + len(p.text)] == p.text for p in found.passages)
    page = BeautifulSoup(found._repr_html_(), "html.parser")
    assert [mark.text for mark in page.find_all("mark")] == quotes
    assert [quote.p.text for quote in page.find_all("blockquote")] == sentences
    assert all(f"[{quote}]" in str(found) for quote in quotes)


def test_a_figure_is_found_again_where_the_table_is_not_at_hand() -> None:
    report = Report("r", "In 2023 revenue reached 408 billion VND, 34.6% above the target.")
    row = schema.frame("comparisons", [{"figure_ids": (figure("408 billion VND", report)["figure_id"],)}]).iloc[0]
    assert analysis.evidence(row, Reports([report])).quotes == ("408 billion VND",)
    both = pd.DataFrame([row, row])
    assert analysis.evidence(both, Reports([report])).quotes == ("408 billion VND",)


def test_whoever_shows_evidence_is_asked_for_the_figures() -> None:
    with pytest.raises(ValueError, match=r"pass tables\.figures too"):
        evidence(ROWS["comparison"][0], REPORTS)
    assert evidence(FIGURES.iloc[2], REPORTS).quotes == ("200",)


def test_several_rows_are_shown_together_and_none_says_so() -> None:
    assert evidence(FIGURES, REPORTS, FIGURES).quotes == ALL
    assert "no evidence" in evidence(FIGURES.head(0), REPORTS, FIGURES)._repr_html_()


def test_report_text_is_never_markup() -> None:
    html = evidence(FIGURES, REPORTS, FIGURES)._repr_html_()
    assert BeautifulSoup(html, "html.parser").find("img") is None
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_row_without_ids_and_an_unknown_report_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="has no figure_id"):
        evidence(pd.Series({"place": "Xa An"}), REPORTS)
    with pytest.raises(KeyError, match="There is no report 'gone'"):
        evidence(pd.Series({"figure_id": "gone:1", "report": "gone", "start": 1, "end": 2}), REPORTS)


@pytest.mark.parametrize(
    ("figure_id", "expected"),
    [
        ("plain:12", "report-plain.html#f12"),
        ("a b/c#1:7", "report-a%20b%2Fc%231.html#f7"),
        ("50%:0", "report-50%25.html#f0"),
        ("a:b:3", "report-a%3Ab.html#f3"),
        ("xã:1", "report-x%C3%A3.html#f1"),
        ('"><script>:1', "report-%22%3E%3Cscript%3E.html#f1"),
    ],
)
def test_links_are_escaped_for_an_address(figure_id: str, expected: str) -> None:
    assert link(figure_id, base="") == expected


def test_links_lead_to_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINKS, raising=False)
    assert link("r:1") == "../reports/report-r.html#f1"
    monkeypatch.setenv(LINKS, "")
    assert link("r:1") == "report-r.html#f1"


def test_a_page_of_a_long_named_report_has_a_name_that_a_file_system_takes() -> None:
    names = {report_file("ê" * 125 + str(n)) for n in range(3)}
    assert len(names) == 3
    assert all(len(os.fsencode(name)) < 240 for name in names)


def test_marks_that_overlap_leave_the_text_as_it_is() -> None:
    pieces = marked([Mark(2, 6), Mark(4, 8), Mark(2, 3), Mark(8, 9)], 0, 10, cut, wrap)
    assert "".join(pieces) == "01[2345]67[8]9"


def cut(start: int, end: int) -> str:
    """Return a piece of the digits."""
    return "0123456789"[start:end]


def wrap(mark: Mark) -> str:
    """Return a marked piece of the digits."""
    return f"[{cut(mark.start, mark.end)}]"


FINDINGS = [
    {"report": REPORT.id, "severity": "error", "message": "A <b>", "figure_ids": ids("34.6%"), "explanation": "Base."},
    # From the middle of one figure to the middle of another, over the end of a line.
    {
        "report": REPORT.id,
        "severity": "note",
        "message": "B",
        "figure_ids": ids("200", "22 out of 25"),
        "start": TEXT.index("00 new"),
        "end": TEXT.index("2 out of 25"),
    },
]
PAGE = report_page(REPORT, tables(FIGURES.to_dict("records"), [], FINDINGS))
SOUP = BeautifulSoup(PAGE, "html.parser")


def test_every_figure_stands_in_the_page_with_its_words_and_its_row() -> None:
    for row in FIGURES.itertuples():
        element = SOUP.find(id=f"f{row.start}")
        assert element.text == row.quote == TEXT[row.start : row.end]
        assert row.role in element["class"]
        assert element["data-letter"] == row.role[0].upper()
        assert SOUP.find(id=element["href"].removeprefix("#")).name == "tr"
        assert row.role in SOUP.find(id=element["aria-describedby"]).text


def test_the_whole_text_is_there_word_for_word() -> None:
    text = BeautifulSoup(PAGE, "html.parser").find(class_="report")
    for extra in text.select(".card, sup"):
        extra.decompose()
    assert text.text.split() == TEXT.split()
    assert len(text.find_all("p")) == 4
    assert not text.find("img")


def test_no_id_stands_twice_and_every_inner_link_has_an_end() -> None:
    found = [element["id"] for element in SOUP.find_all(id=True)]
    assert len(found) == len(set(found))
    targets = [a["href"] for a in SOUP.find_all("a", href=True)]
    own = f"{link(f'{REPORT.id}:', base='').rpartition('#')[0]}#"
    inner = [t.rpartition("#")[2] for t in targets if t.startswith(("#", own))]
    assert set(inner) <= set(found)
    assert len(inner) >= 4 * len(FIGURES)


def test_findings_are_marked_in_the_text_and_listed_below_it() -> None:
    doubted = "".join(part.text for part in SOUP.select(".report .doubt.error"))
    remarked = "".join(part.text for part in SOUP.select(".report .remark"))
    between = TEXT[TEXT.index("200") : TEXT.index("22 out of 25") + len("22 out of 25")]
    assert (doubted, remarked.replace("\n", "")) == ("34.6%", between.replace("\n", ""))
    assert not SOUP.select(".report .doubt.note")  # with a remark nothing is wrong
    assert [note.text for note in SOUP.select(".report sup a")] == ["1", "2"]
    first, second = SOUP.select(".findings li")
    assert "error" in first.text and "A <b>" in first.text and "Base." in first.text
    assert [a.text for a in second.find_all("a")] == ["200", "22 out of 25"]


def test_a_finding_is_numbered_once_where_its_figure_ends_the_text() -> None:
    report = Report("short", "Up 5%")
    row = figure("5%", report)
    finding = {"report": "short", "figure_ids": (row["figure_id"],), "start": row["start"], "end": row["end"]}
    page = BeautifulSoup(report_page(report, tables([row], [], [finding])), "html.parser")
    assert [note.text for note in page.select(".report sup")] == ["1"]


def test_a_page_gives_no_day_where_only_the_year_is_known() -> None:
    report = Report("one", "It admitted 12 members.", date=dt.date(2023, 12, 31), dated="2023")
    page = BeautifulSoup(report_page(report, tables()), "html.parser")
    assert page.find("dt", string="Date").find_next("dd").get_text() == "2023"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 2023 Tan Phuoc district admitted 112 members.", "Tan Phuoc (inferred)"),
        ("In 2023 the fund admitted 112 members.", "undecided; reports.toml can say it"),
    ],
)
def test_a_page_says_whom_its_report_is_taken_to_be_about(text: str, told: str) -> None:
    page = BeautifulSoup(report_page(Report("one", text), tables()), "html.parser")
    assert page.find("dt", string="About").find_next("dd").get_text() == told


def test_words_without_a_figure_have_a_place_to_link_to() -> None:
    claim = ROWS["claim without a figure"][0]
    page = BeautifulSoup(report_page(REPORT, tables([], [], [claim.to_dict()])), "html.parser")
    (href,) = evidence(claim, REPORTS).links
    assert page.find(id=href.rpartition("#")[2]).find_next("span").text == "a success"


def test_a_report_without_figures_has_a_page_too() -> None:
    empty = Report("empty", "")
    page = BeautifulSoup(report_page(empty, tables()), "html.parser")
    assert page.h1.text == "empty"
    assert "No figures" in page.text
    assert not page.find("table")
