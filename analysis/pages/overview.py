"""The page that links to all others: which targets were met, what to doubt, what was read and what was not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from analysis import formatting
from analysis.display import story
from analysis.display.cells import SYMBOLS
from analysis.display.evidence import link, reports_html, words_link
from analysis.display.table import show
from analysis.pages.base import page, summary_of, template
from analysis.pages.places import localities
from analysis.pages.scorecard import outcomes, scorecard_table
from analysis.reading.reports import Reports
from analysis.tables import Tables

__all__ = ["Answer", "Doubt", "first_doubts", "overview"]

_DOUBTS = 6  # findings that are told on the front page
_GRAVITY = ("error", "warning", "note")


@dataclass(frozen=True)
class Answer:
    """A notebook's question with its computed answer in HTML, and the page that tells the rest."""

    href: str
    question: str
    html: str


@dataclass(frozen=True)
class Doubt:
    """A finding as an item of a list, with links to the words that it is about."""

    severity: str
    symbol: str
    message: str
    explanation: str
    place: str
    words: Sequence[tuple[str, str]]


def overview(title: str, answers: Sequence[Answer], reports: Reports, tables: Tables) -> str:
    """The overview: verdicts and findings at a glance, places, questions with their answers, what was read.

    Args:
        title: the heading.
        answers: one for each notebook.
        reports: what ``read`` returned, with the files that could not be read.
        tables: what ``tabulate`` returned.
    """
    places, aimed = localities(reports, tables), tables.aimed
    summary = f"{formatting.count(len(reports), 'report')} read: {summary_of(tables)}."
    doubts = first_doubts(tables)
    body = template("overview.html.j2").render(
        title=title,
        summary=summary[0].upper() + summary[1:],
        outcomes=outcomes(aimed) if len(aimed) else [],
        caseloads=len(tables.caseloads),
        targets=Markup(_every_target(tables)) if len(aimed) else "",
        doubts=doubts,
        doubted=story.doubts(tables.findings).prose,
        more_doubts=len(tables.findings) - len(doubts),
        answers=[(answer.href, answer.question, Markup(answer.html)) for answer in answers],
        scorecard=Markup(scorecard_table(tables, places).html()) if places else "",
        without_page=[place for place in places if not place.file],
        reports=Markup(reports_html(reports, tables, links="")),
        lost=len(reports.failed),
        empty=not reports,
        count=formatting.count,
    )
    return page(title, body, description=summary, home=False)


def first_doubts(tables: Tables, most: int = _DOUBTS) -> list[Doubt]:
    """The findings worth reading first: errors, then warnings; notes only where there is neither.

    Args:
        tables: what ``tabulate`` returned.
        most: how many.
    """
    grave = tables.findings[tables.findings["severity"] != "note"]
    chosen = (grave if len(grave) else tables.findings).sort_values(
        "severity", key=lambda column: column.astype(str).map(_GRAVITY.index), kind="stable"
    )
    quotes = dict(zip(tables.figures["figure_id"], tables.figures["quote"], strict=True))
    return [_doubt(row, quotes) for row in chosen.head(most).to_dict("records")]


def _doubt(row: Mapping[Hashable, Any], quotes: Mapping[str, str]) -> Doubt:
    ids = [one for one in row["figure_ids"] or () if one in quotes]
    words = [(link(one, ""), quotes[one]) for one in ids]
    if not words and row["quote"]:
        words = [(words_link(str(row["report"]), int(row["start"]), ""), str(row["quote"]))]
    severity, message, explanation = str(row["severity"]), str(row["message"] or ""), str(row["explanation"] or "")
    told = "" if explanation in message else explanation
    return Doubt(severity, SYMBOLS[severity], message, told, str(row["place"] or ""), words)


def _every_target(tables: Tables) -> str:
    """All targets that were set against a result, the missed ones first."""
    order = ("missed", "undetermined", "in progress", "met", "exceeded")
    aimed = tables.aimed
    rank = aimed["verdict"].astype(str).map(order.index)
    rows = aimed.iloc[rank.argsort(kind="stable")] if len(aimed) else aimed
    columns = ("subject", "place", "target", "achieved", "attainment", "verdict", "period", "evidence")
    return show(rows, columns, caption="Every target set against a result", links="", figures=tables.figures).html()
