"""The cards of findings: sentences with their figures marked, the arithmetic once, the reading, all escaped."""

from __future__ import annotations

import pandas as pd
from bs4 import BeautifulSoup

import analysis
from analysis import schema
from analysis.display.evidence import cards
from analysis.reading.reports import Report, Reports, from_text

SENTENCE = (
    "In the first 6 months of 2024, the district admitted 171 people into the Party (achieving 58.7% of the target)."
)
REPORTS = Reports([from_text(SENTENCE, "note")])
TABLES = analysis.tabulate(REPORTS)
GRAVE = TABLES.findings[TABLES.findings["severity"] != "note"]


def test_a_card_shows_the_sentence_with_the_figures_marked() -> None:
    soup = BeautifulSoup(cards(GRAVE, REPORTS, TABLES.figures)._repr_html_(), "html.parser")
    card = soup.select_one("article.finding")
    assert card is not None and len(soup.select("article.finding")) == len(GRAVE) == 1
    assert [mark.text for mark in card.select("blockquote > p mark")] == ["171", "58.7%"]
    assert SENTENCE in card.select_one("blockquote").text  # type: ignore[union-attr]


def test_a_card_gives_the_arithmetic_and_the_reading_once() -> None:
    text = str(cards(GRAVE, REPORTS, TABLES.figures))
    row = GRAVE.iloc[0]
    assert row["explanation"] and row["explanation"] not in row["message"]
    assert text.count(row["message"]) == 1 and text.count(row["explanation"]) == 1
    assert "A reading that fits: " in text and "58.56% and 58.76%" in text


def test_figures_are_found_again_where_no_table_is_given() -> None:
    assert repr(analysis.cards(GRAVE, REPORTS)) == repr(cards(GRAVE, REPORTS, TABLES.figures))


def test_text_of_a_report_is_escaped() -> None:
    report = Report("r", "<b>Nine</b> of <i>ten</i> & more")
    row = {"report": "r", "place": "<Xa>", "check": "bounds", "severity": "error", "message": "<u>1</u> & 2.",
           "explanation": "<script>", "stated": 1.0, "figure_ids": (), "start": 0, "end": 11, "quote": "x"}  # fmt: skip
    html = cards(schema.frame("findings", [row]), Reports([report]))._repr_html_()
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("b, i, u, script") and "<Xa>" in soup.text and "<script>" in soup.text
    assert "<b>Nine</b>" in soup.select_one("mark").text  # type: ignore[union-attr]


def test_findings_on_a_typed_table_have_cards_without_sentences() -> None:
    typed = pd.DataFrame(
        {"figure_id": ["a", "b"], "value": ["171", "58.7"], "measure": ["amount", "attainment"], "about": ["", "a"]}
    )
    found = analysis.audit(typed)
    shown = cards(found, None)
    assert len(shown.cards) == len(found) and "171/291" in repr(shown)


def test_a_passage_has_one_card_for_all_that_is_found_in_it() -> None:
    told = (
        "In 2023, the cell had 19 members who excellently completed their tasks (accounting for 19.2%), 80 members "
        "who completed their tasks well (accounting for 90.83%), 7 members who completed their tasks (accounting for "
        "6.42%), and 3 members who did not complete their tasks (accounting for 2.75%)."
    )
    reports = Reports([from_text(told, "r")])
    tables = analysis.tabulate(reports)
    shown = cards(tables.findings, reports, tables.figures)
    assert len(tables.findings) > len(shown.cards) == 1
    assert repr(shown).count("In 2023") == 1 and all(message in repr(shown) for message in tables.findings["message"])


def test_no_more_cards_than_asked_for_and_none_for_none() -> None:
    assert cards(GRAVE, REPORTS, limit=0)._repr_html_() == "<p>There is no finding to show.</p>"


def test_a_finding_across_two_reports_has_both_sentences() -> None:
    told = "An Xa district\n28/12/{}\nIn 2023, total budget revenue of An Xa district reached {} billion VND."
    reports = Reports([from_text(told.format(2023, 145), "a"), from_text(told.format(2024, 154), "b")])
    tables = analysis.tabulate(reports)
    assert tables.findings["figure_ids"].tolist() == [("b:82", "a:82")]
    for shown in (cards(tables.findings, reports, tables.figures), analysis.cards(tables.findings, reports)):
        assert "145 billion" in str(shown) and "154 billion" in str(shown)
