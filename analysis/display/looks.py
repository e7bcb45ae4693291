"""How the library's own objects look in a notebook; ``analysis`` imports this, and they need not know how to draw.

>>> Reports()._repr_html_() == reports_html(Reports())
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import pandas as pd

from analysis.display.cells import Cell, paged, plain
from analysis.display.naming import headline, report_date, report_names
from analysis.display.table import LIMIT, Table
from analysis.extraction.frame import frame_of
from analysis.formatting import count, percent
from analysis.reading.reports import Report, Reports
from analysis.tables import Tables

__all__ = ["dated", "reports_html", "tables_html"]

_ONE_ROW = {
    "figures": "a figure that a report states",
    "comparisons": "a target, or a caseload, set against a result",
    "aimed": "of these, a target that somebody set: what counts everywhere",
    "caseloads": "of these, a caseload (petitions settled of petitions received), which nobody aims at",
    "outlook": "a later target beside the latest result",
    "findings": "something that does not add up, or is worth a doubt",
    "recomputations": "a statement whose arithmetic can be redone, right or not",
}
_KINDS = ("verdict", "severity", "role", "agrees")
_REPR = "_repr_html_"  # what Jupyter asks an object for


def reports_html(reports: Reports, tables: Tables | None = None, links: str | None = None) -> str:
    """The reports, and the files that could not be read, as an HTML table and list.

    Args:
        reports: what ``read`` returned.
        tables: what ``tabulate`` returned, to tell how much each report holds.
        links: what comes before the name of a report's page in a link, as for :func:`analysis.writing.links.link`.
    """
    labels = ["Report", "Headline", "About", "Date", "Characters"]
    counts: dict[str, Counter[str]] = {}
    if tables is not None:
        counted = {"Figures": tables.figures, "Targets compared": tables.aimed, "Findings": tables.findings}
        counts = {label: Counter(table["report"]) for label, table in counted.items()}
    rows = []
    for report, name in list(zip(reports, report_names(reports).values(), strict=True))[:LIMIT]:
        main = frame_of(report).place
        about = ", ".join(place.name for place in report.places) or (main.name if main else "")
        cells = [plain(headline(report)), plain(about), dated(report), plain(len(report.text))]
        cells += [plain(number[report.id]) for number in counts.values()]
        rows.append((paged(report.id, name, links), *cells))
    caption = f"{count(len(reports), 'report')} read".capitalize()
    note = f"({len(rows):,} of them shown)" if len(rows) < len(reports) else ""
    table = Table(caption, note, (*labels, *counts), tuple(rows))._repr_html_()
    return table + _listed("Not read:", [failure.told for failure in reports.failed]) + _same_release(reports)


def _same_release(reports: Reports) -> str:
    """The reports that seem to be one release in two newspapers: what they state is in the tables twice."""
    names = report_names(reports)
    pairs = [f"{names[a.id]} and {names[b.id]}: {percent(round(share, 2))}" for a, b, share in reports.alike]
    return _listed("One release, it seems, by the share of the shorter text that both have:", pairs)


def _listed(heading: str, lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - LIMIT:,} more."] if len(lines) > LIMIT else []
    items = "".join(f"<li>{escape(line)}</li>" for line in [*lines[:LIMIT], *more])
    return f"<p>{heading}</p><ul>{items}</ul>" if items else ""


def dated(report: Report) -> Cell:
    """When a report is from, in words, and to be sorted by the day."""
    told = report_date(report)
    return Cell(told, escape(told), frame_of(report).dated)


def tables_html(tables: Tables) -> str:
    """What each table holds: how many rows, what one row is, and how many there are of each kind."""
    named = {name: getattr(tables, name) for name in _ONE_ROW}
    rows = [tuple(map(plain, (f".{name}", len(table), _ONE_ROW[name], _told(table)))) for name, table in named.items()]
    return Table("Tables", "", ("Table", "Rows", "One row is", "Among them"), tuple(rows))._repr_html_()


def _told(table: pd.DataFrame) -> str:
    """How many rows there are of each kind, the kinds in the order of their vocabulary."""
    column = next(name for name in _KINDS if name in table.columns)
    counts = table[column].value_counts(sort=False)
    return ", ".join(f"{word}: {n:,}" for word, n in counts.items() if n)


pd.set_option("display.html.use_mathjax", False)  # a plain frame's dollars are money too
setattr(Reports, _REPR, reports_html)
setattr(Tables, _REPR, tables_html)
