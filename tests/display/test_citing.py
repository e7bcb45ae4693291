"""Where there is no page, a number opens its sentence in place; where there is one, it leads to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

import analysis
from analysis.display import answers
from analysis.reading.reports import Reports, from_text
from analysis.writing.links import LINKS

TEXT = (
    "Xa An district reviews its year\n\n"
    "In 2023 Xa An district met 22 out of 25 targets. Its poverty rate <new> fell to 3.5%, and $1.27 billion of $2.6 "
    "billion was spent.\n\n"
    "It planted 120 trees, reaching 120% of the plan.\n\n"
    "Targets for 2024: The poverty rate falls to 4%."
)
REPORTS = Reports([from_text(TEXT, "note")])
TABLES = analysis.tabulate(REPORTS)
SHOWN: dict[str, Callable[[], Any]] = {
    "comparisons": lambda: analysis.show(TABLES.comparisons, figures=TABLES.figures),
    "figures": lambda: analysis.show(TABLES.figures),
    "findings": lambda: analysis.show(TABLES.findings, figures=TABLES.figures),
    "evidence": lambda: analysis.evidence(TABLES.comparisons, REPORTS),
    "cards": lambda: analysis.cards(TABLES.findings, REPORTS),
    "explore": lambda: analysis.explore(TABLES),
    "what was met": lambda: answers.targets_met(TABLES),
    "what comes next": lambda: answers.lower_bars(TABLES),
    "reports": lambda: REPORTS,
}


def shown(kind: str) -> BeautifulSoup:
    """Return what a notebook shows."""
    return BeautifulSoup(SHOWN[kind]()._repr_html_(), "html.parser")


def leads(soup: BeautifulSoup) -> list[Tag]:
    """Return the links but those to files that the output itself holds."""
    return [link for link in soup.find_all("a") if not link["href"].startswith("data:")]


@pytest.mark.parametrize("kind", SHOWN)
def test_a_notebook_opens_the_sentence_and_needs_no_page(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINKS, raising=False)
    soup = shown(kind)
    assert leads(soup) == []
    cards = soup.select("details.said")
    assert bool(cards) == (kind != "reports")
    for card in cards:
        assert card.summary.text
        quoted = card.blockquote
        marks = [mark.text for mark in quoted.select("mark")]
        assert marks and all(words in TEXT for words in marks)
        for between in quoted.select("br"):
            between.replace_with("\r")
        assert all(sentence in TEXT for sentence in quoted.text.split("\r"))
        assert not card.find_parent("p")  # a browser would end the paragraph before it


@pytest.mark.parametrize("kind", SHOWN)
def test_a_page_leads_to_the_page_of_the_report(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LINKS, "")
    soup = shown(kind)
    assert soup.select("details.said") == []
    assert leads(soup) and all(link["href"].startswith("report-note.html") for link in leads(soup))


def test_a_number_opens_the_sentence_that_states_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINKS, raising=False)
    card = next(card for card in shown("comparisons").select("details.said") if card.summary.text == "120%")
    assert card.blockquote.text == TEXT.split("\n\n")[2]
    assert [mark.text for mark in card.select("mark")] == ["120%"]


def test_evidence_opens_the_lines_around_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINKS, raising=False)
    first, *_ = shown("evidence").select("details.said blockquote")
    lines = TEXT.split("\n\n")
    assert first.text == "\n\n".join(lines[:3])
    assert [mark.text for mark in first.select("mark")] == ["22 out of 25"]


def test_figures_that_are_not_at_hand_are_words_and_no_broken_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LINKS, raising=False)
    soup = BeautifulSoup(analysis.show(TABLES.comparisons)._repr_html_(), "html.parser")
    assert leads(soup) == [] and soup.select("details.said") == []
    linked = BeautifulSoup(analysis.show(TABLES.comparisons, links="../pages/")._repr_html_(), "html.parser")
    assert {link["href"].partition("#")[0] for link in leads(linked)} == {"../pages/report-note.html"}
