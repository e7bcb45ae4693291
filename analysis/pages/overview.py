"""The page that links to all others: which targets were met, what to doubt, what was read and what was not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.display.answers import caseloads, doubts
from analysis.display.counted import counted_alike
from analysis.display.highlights import highlights
from analysis.display.looks import reports_html
from analysis.display.naming import basis, report_names
from analysis.display.passages import passages
from analysis.display.table import LIMIT, show
from analysis.pages.base import page, summary_of, template
from analysis.pages.finding_items import finding_items
from analysis.pages.places import Locality, localities
from analysis.pages.scorecard import outcomes, scorecard_table
from analysis.reading.reports import Reports
from analysis.tables import Tables
from analysis.writing.links import page_link

__all__ = ["Answer", "first_findings", "overview"]

_TOLD = 6  # findings that are told on the front page
_FOUND = 10_000  # places and reports that can be found by name: a page of more would be too large
_NAMED = 4  # places without a page that are named
_ANSWER = re.compile(r'<p class="answer\b[^>]*>.*?</p>', re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """A notebook's question with its computed answer in HTML, and the page that tells the rest."""

    href: str
    question: str
    html: str


def overview(title: str, answers: Sequence[Answer], reports: Reports, tables: Tables) -> str:
    """The overview: what was reached and missed, what is most worth knowing, places and pages, then all the rest.

    Args:
        title: the heading.
        answers: one for each notebook.
        reports: what ``read`` returned, with the files that could not be read.
        tables: what ``tabulate`` returned.
    """
    places, aimed = localities(reports, tables), tables.aimed
    summary = f"{formatting.count(len(reports), 'report')} read: {summary_of(tables)}."
    first = first_findings(tables.findings)
    left_out = [place.name for place in places if place.name and not place.file]
    body = template("overview.html.j2").render(
        title=title,
        outcomes=outcomes(aimed) if len(aimed) else [],
        caseloads=" ".join(filter(None, [counted_alike(aimed), caseloads(tables)])),
        highlights=highlights(tables),
        scorecard=Markup(scorecard_table(tables, places).html()) if places else "",
        without_page=_without_page(left_out),
        answers=[(answer.href, answer.question, Markup(_lead(answer.html))) for answer in answers],
        findings=finding_items(first, tables.figures),
        doubted=doubts(tables.findings, tables.figures).prose,
        more_findings=len(tables.findings) - len(first),
        targets=Markup(_every_target(tables)) if len(aimed) else "",
        reports=Markup(reports_html(reports, tables, links="")),
        lost=len(reports.failed),
        empty=not reports,
        count=formatting.count,
        finder=_finder(reports, places),
    )
    parts = [("glance", "Were the targets met?"), ("first", "Worth knowing"), ("scorecard", "Place by place")]
    parts += [("answers", "Pages"), ("doubts", "What does not add up"), ("targets", "Every target")]
    contents = [(2, name, words) for name, words in [*parts, ("reports", "What was read")] if f'id="{name}"' in body]
    rests = f"{basis(reports, tables.figures)} {summary_of(tables).capitalize()}." if reports else ""
    return page(title, body, description=summary, home=False, basis=rests, contents=contents)


def _finder(reports: Reports, places: Sequence[Locality]) -> list[tuple[str, str]]:
    """The names and pages of all places and reports, to be found by name; where each is in a table, none is needed."""
    if max(len(reports), len(places)) <= LIMIT:
        return []
    named = [(place.told, place.file) for place in places if place.file]
    return [*named, *((name, page_link(id, "")) for id, name in report_names(reports).items())][:_FOUND]


def _without_page(names: Sequence[str]) -> str:
    """Which places have no page, and why."""
    if not names:
        return ""
    told = formatting.join(names) if len(names) <= _NAMED else f"{len(names):,} places"
    return f"{told}, of which little is said, {'has' if len(names) == 1 else 'have'} no page."


def _lead(html: str) -> str:
    """The first sentence of an answer: the rest is said on its page."""
    found = _ANSWER.search(html)
    return found.group() if found else html


def first_findings(findings: pd.DataFrame, most: int = _TOLD) -> pd.DataFrame:
    """The findings worth reading first: of each passage the gravest, errors before warnings; notes if there is neither.

    Args:
        findings: the table of that name.
        most: how many.
    """
    grave = findings[findings["severity"] != "note"]
    return passages(grave if len(grave) else findings).head(most)


def _every_target(tables: Tables) -> str:
    """All targets that were set against a result, the missed ones first."""
    order = ("missed", "undetermined", "in progress", "met", "exceeded")
    aimed = tables.aimed
    rows = aimed.sort_values("verdict", key=lambda column: column.astype(str).map(order.index), kind="stable")
    columns = ("subject", "place", "verdict", "attainment", "achieved", "target", "set_by", "period", "evidence")
    return show(rows, columns, caption="Every target set against a result", links="", figures=tables.figures).html()
