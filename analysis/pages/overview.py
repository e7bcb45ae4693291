"""The page that links to all others: which targets were met, what to doubt, what was read and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.display.answers import caseloads, doubts
from analysis.display.looks import reports_html
from analysis.display.naming import basis
from analysis.display.table import show
from analysis.pages.base import page, summary_of, template
from analysis.pages.finding_items import finding_items
from analysis.pages.places import localities
from analysis.pages.scorecard import outcomes, scorecard_table
from analysis.reading.reports import Reports
from analysis.tables import Tables

__all__ = ["Answer", "first_findings", "overview"]

_TOLD = 6  # findings that are told on the front page


@dataclass(frozen=True)
class Answer:
    """A notebook's question with its computed answer in HTML, and the page that tells the rest."""

    href: str
    question: str
    html: str


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
    first = first_findings(tables.findings)
    body = template("overview.html.j2").render(
        title=title,
        summary=summary[0].upper() + summary[1:],
        outcomes=outcomes(aimed) if len(aimed) else [],
        caseloads=caseloads(tables),
        targets=Markup(_every_target(tables)) if len(aimed) else "",
        findings=finding_items(first, tables.figures),
        doubted=doubts(tables.findings, tables.figures).prose,
        more_findings=len(tables.findings) - len(first),
        answers=[(answer.href, answer.question, Markup(answer.html)) for answer in answers],
        scorecard=Markup(scorecard_table(tables, places).html()) if places else "",
        without_page=[place for place in places if not place.file],
        reports=Markup(reports_html(reports, tables, links="")),
        lost=len(reports.failed),
        empty=not reports,
        count=formatting.count,
    )
    return page(title, body, description=summary, home=False, basis=basis(reports, tables.figures))


def first_findings(findings: pd.DataFrame, most: int = _TOLD) -> pd.DataFrame:
    """The findings worth reading first: errors, then warnings; notes only where there is neither.

    Args:
        findings: the table of that name.
        most: how many.
    """
    grave = findings[findings["severity"] != "note"]
    return (grave if len(grave) else findings).sort_values("severity", kind="stable").head(most)


def _every_target(tables: Tables) -> str:
    """All targets that were set against a result, the missed ones first."""
    order = ("missed", "undetermined", "in progress", "met", "exceeded")
    aimed = tables.aimed
    rows = aimed.sort_values("verdict", key=lambda column: column.astype(str).map(order.index), kind="stable")
    columns = ("subject", "place", "target", "achieved", "attainment", "verdict", "period", "evidence")
    return show(rows, columns, caption="Every target set against a result", links="", figures=tables.figures).html()
