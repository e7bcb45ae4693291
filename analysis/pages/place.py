"""A page for each place: its targets and results as charts and rows, its next targets, its findings, its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial

import matplotlib.pyplot as plt
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from analysis import charts, formatting
from analysis.charts.style import Picture
from analysis.comparison.asks import next_pairs
from analysis.display import answers
from analysis.display.looks import reports_html
from analysis.display.naming import basis, report_names
from analysis.display.table import CASELOADS, show
from analysis.pages.base import neighbours, page, rested_on, summary_of, template
from analysis.pages.instead import made_or_instead
from analysis.pages.places import Locality, localities, of_places
from analysis.reading.reports import Reports
from analysis.tables import Tables

__all__ = ["place_page", "place_pages"]

_LIMIT = 200  # rows of a table; a place of two hundred reports has thousands of figures
_Columns = dict[str, str]
_RESULTS: _Columns = dict.fromkeys(
    ("subject", "verdict", "attainment", "achieved", "target", "period", "set_by", "evidence", "report"), ""
)
_NEXT: _Columns = {
    "subject": "Subject",
    "period": "Target for",
    "target": "Target",
    "achieved": "Latest result",
    "asks": "It asks for",
    "caution": "But",
    "evidence": "Evidence",
    "report": "Report",
}
_UNANSWERED: _Columns = {
    "subject": "Subject",
    "period": "Target for",
    "value": "Target",
    "set_by": "Set by",
    "doubt": "But",
    "report": "Report",
}
_FINDINGS: _Columns = dict.fromkeys(("severity", "message", "explanation", "check", "evidence", "report"), "")
_FIGURES: _Columns = dict.fromkeys(("quote", "value", "subject", "measure", "role", "period", "report"), "")


@dataclass(frozen=True)
class _Section:
    """A part of the page: charts and tables under a heading, with a sentence before them."""

    id: str
    heading: str
    lead: str
    charts: Sequence[Markup]
    tables: Sequence[Markup]


def place_pages(
    reports: Reports, tables: Tables, failed: MutableMapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """The page of each place that has one, with the name of its file, one after the other.

    Args:
        reports: what ``read`` returned.
        tables: what ``tabulate`` returned.
        failed: takes in why a page, by the name of its file, says nothing but that the library fails over it; without
            it, that is an error.
    """
    paged = [place for place in localities(reports, tables) if place.file]
    beside = neighbours([(place.file, place.heading) for place in paged])
    called, figures_of = report_names(reports), rested_on(tables.figures)
    for place, own, others in zip(paged, of_places(tables, paged), beside, strict=True):
        page_of = partial(_page, place, reports, own, figures_of, called, others)
        yield place.file, made_or_instead(page_of, place.file, ("place", place.heading, "", ()), failed)


def place_page(place: Locality, reports: Reports, tables: Tables, beside: Sequence[tuple[str, str, str]] = ()) -> str:
    """The place as one self-contained HTML page.

    Args:
        place: one of what ``localities`` returned.
        reports: what ``read`` returned; those on other places are left out.
        tables: what ``tabulate`` returned; rows of other places are left out.
        beside: the pages before and after it; see :func:`analysis.pages.base.neighbours`.
    """
    (own,) = of_places(tables, [place])
    return _page(place, reports, own, rested_on(tables.figures), report_names(reports), beside)


def _page(
    place: Locality,
    reports: Reports,
    own: Tables,
    figures_of: Callable[[Tables], pd.DataFrame],
    called: Mapping[str, str],
    beside: Sequence[tuple[str, str, str]],
) -> str:
    sections = list(_sections(own, figures_of(own), called))
    heading, summary = place.heading, summary_of(own)
    mentioned = set(own.figures["report"]) | set(own.comparisons["report"]) | set(own.findings["report"])
    sources = Reports([reports[one] for one in mentioned])
    body = template("place.html.j2").render(
        title=heading,
        place=place,
        since=answers.became(place.name, place.level, own.figures["report_date"].max()) if place.name else "",
        summary=summary[0].upper() + summary[1:],
        answers=_answers(own),
        sections=sections,
        reports=Markup(reports_html(sources, links="")) if len(sources) else "",
    )
    contents = [(2, section.id, section.heading) for section in sections]
    contents += [(2, "reports", "Its reports")] if len(sources) else []
    description = f"{place.told}: {summary}."
    return page(
        heading, body, description=description, contents=contents, basis=basis(sources, own.figures), neighbours=beside
    )


def _answers(own: Tables) -> list[str]:
    """What the rows come to, in the notebooks' first sentences; nothing about what is not there."""
    told = [answers.targets_met(own)] if len(own.comparisons) else []
    told += [answers.lower_bars(own)] if len(own.outlook) else []
    told += [answers.added_up(own)] if len(own.findings) or len(own.recomputations) else []
    return [answer.lead for answer in told]


def _sections(own: Tables, figures: pd.DataFrame, called: Mapping[str, str]) -> Iterator[_Section]:
    aimed, caseloads, ahead = own.aimed, own.caseloads, own.outlook
    rows_of = partial(_table, figures=figures, called=called)
    unanswered = own.figures[own.figures["due"].notna()].sort_values("due", kind="stable")
    if len(aimed):
        rows = rows_of(aimed, _RESULTS, "Targets set against results")
        yield _Section("results", "Targets and results", "", _chart(charts.attainment, aimed), [rows])
    if len(ahead) or len(unanswered):
        pairs = next_pairs(ahead, figures)
        later = [rows_of(pairs, _NEXT, "Next targets against the latest results")] if len(pairs) else []
        later += [rows_of(unanswered, _UNANSWERED, "Targets without a result beside them")] if len(unanswered) else []
        yield _Section("next", "Next targets", "", _chart(charts.next_targets, ahead), later)
    if len(own.findings):
        gravest = own.findings.sort_values("severity", kind="stable")  # an ordered vocabulary: errors first
        rows = rows_of(gravest, _FINDINGS, "What does not add up, or is worth knowing")
        yield _Section("findings", "Findings", "", _chart(charts.stated_and_recomputed, _doubted(own.findings)), [rows])
    if len(caseloads):
        lead = f"{formatting.count(len(caseloads), 'caseload')}, which nobody aims at: not counted as targets."
        columns = {name: words for name, words in CASELOADS.items() if name != "place"} | {"report": ""}
        rows = rows_of(caseloads, columns, "Caseloads set against what was dealt with")
        yield _Section("caseloads", "Caseloads", lead, [], [rows])
    if len(own.figures):
        rows = rows_of(own.figures, _FIGURES, "Every figure about the place")
        yield _Section("figures", "Every figure", "", [], [rows])


def _doubted(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings in which two numbers differ: the others are no chart."""
    differ = findings["stated"].notna() & (findings["recomputed_low"].notna() | findings["recomputed_high"].notna())
    return findings[differ & (findings["severity"] != "note")]


def _table(
    rows: pd.DataFrame, columns: _Columns, caption: str, figures: pd.DataFrame, called: Mapping[str, str]
) -> Markup:
    left_out = {"report"} if rows["report"].nunique() == 1 else set()  # the page names it anyway
    left_out |= {name for name in ("set_by", "explanation") if name in columns and not (rows[name] != "").any()}
    columns = {name: words for name, words in columns.items() if name not in left_out}
    table = show(rows, columns, caption=caption, limit=_LIMIT, links="", figures=figures, called=called)
    return Markup(table.html())


def _chart(draw: Callable[[pd.DataFrame], Axes], rows: pd.DataFrame) -> list[Markup]:
    """The chart as an element of the page; none of no rows."""
    if rows.empty:
        return []
    figure = draw(rows).figure
    try:
        if not isinstance(figure, Picture):
            return []
        return [Markup(figure.to_html())]
    finally:
        plt.close(figure)  # type: ignore[arg-type]
