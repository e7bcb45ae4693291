"""A report's page: its whole text with every figure marked in place, and the rows that were read from it.

Each figure is an element with the id ``f<start>`` that holds exactly the figure's quote, links to its row below, and
has a card, which pointer, finger and keyboard open, that tells what it was read as, why, and what rests on it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from itertools import pairwise

import pandas as pd
from markupsafe import Markup, escape

from analysis import formatting
from analysis.comparison.asks import next_pairs
from analysis.display.answers import recomputed
from analysis.display.cells import Record, records, word
from analysis.display.evidence import Mark, marked
from analysis.display.naming import basis, report_date, report_name
from analysis.display.table import CASELOADS, show
from analysis.extraction.frame import frame_of
from analysis.pages.base import heading_of, neighbours, page, rested_on, summary_of, template
from analysis.pages.figure_card import figure_card, row_ids, uses
from analysis.pages.finding_items import finding_items
from analysis.pages.instead import made_or_instead
from analysis.reading.reports import Report, Reports
from analysis.tables import Tables
from analysis.writing.links import page_link, report_file

__all__ = ["ROLES", "report_page", "report_pages"]

ROLES = {
    "target": "aimed at",
    "achieved": "done, or as it stands",
    "projected": "not final yet",
    "benchmark": "somebody else's, or an average",
}
"""What each role means, for the legend; its first letter stands at each figure."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # what a screen reader can make something of
_PARAGRAPH = Markup("</p>\n<p>")
_LINES = re.compile(r"\s*[\r\n]\s*")
_FIGURES = ("quote", "value", "measure", "role", "subject", "place", "period")


def report_pages(
    reports: Iterable[Report],
    tables: Tables,
    called: Mapping[str, str],
    failed: MutableMapping[str, str] | None = None,
) -> Iterator[tuple[str, str]]:
    """The page of each report, with the name of its file, one after the other.

    Args:
        reports: what ``read`` returned.
        tables: what ``tabulate`` returned.
        called: what each report is called; see :func:`analysis.display.naming.report_names`.
        failed: takes in why a report, by its id, has only its words on its page, where the library fails over it;
            without it, that is an error.
    """
    beside = neighbours([(page_link(report, ""), name) for report, name in called.items()])
    by_id = dict(zip(called, beside, strict=True))
    figures_of, own_of = rested_on(tables.figures), _by_report(tables)
    for report in reports:
        own = own_of(report.id)
        words = ("report", called[report.id], report.text, own.figures["start"].tolist())
        page_of = partial(_page, report, own, figures_of, by_id[report.id])
        yield report_file(report.id), made_or_instead(page_of, report.id, words, failed)


def _by_report(tables: Tables) -> Callable[[str], Tables]:
    """A function that gives the rows of a report; each table is gone through once, however many reports there are."""
    parts = [(rows, rows.groupby("report", observed=True).indices) for _, rows in tables]
    return lambda report: Tables(*(rows.iloc[at.get(report, [])] for rows, at in parts))


def report_page(report: Report, tables: Tables, beside: Sequence[tuple[str, str, str]] = ()) -> str:
    """The report as one self-contained HTML page.

    Args:
        report: one report.
        tables: what ``tabulate`` returned; rows of other reports are left out.
        beside: the pages before and after it; see :func:`analysis.pages.base.neighbours`.
    """
    return _page(report, _by_report(tables)(report.id), rested_on(tables.figures), beside)


def _page(
    report: Report,
    own: Tables,
    figures_of: Callable[[Tables], pd.DataFrame],
    beside: Sequence[tuple[str, str, str]],
) -> str:
    summary, figures = summary_of(own), figures_of(own)
    ids = {name: dict(zip(rows.index, row_ids(name, rows), strict=True)) for name, rows in own}
    ahead = next_pairs(own.outlook, figures)
    sections = [
        (
            "recomputations",
            "recomputed",
            "What can be recomputed",
            "Figures recomputed from the others",
            own.recomputations,
        ),
        ("comparisons", "targets", "Targets and results", "Targets set against results", own.aimed),
        ("comparisons", "caseloads", "Caseloads", "Caseloads, which nobody aims at", own.caseloads),
        ("outlook", "outlook", "Later targets", "Targets for a later period against the latest result", ahead),
    ]
    shown = [
        (name, heading, Markup(_table(rows, caption, figures, [ids[table][row] for row in rows.index])))
        for table, name, heading, caption, rows in sections
        if len(rows)
    ]
    if len(own.figures):
        shown.append(("figures", "Figures", Markup(_figure_table(own.figures))))
    body = template("report.html.j2").render(
        report=report,
        date=report_date(report),
        address=report.address if report.address.startswith(("https://", "http://")) else "",
        language=report.language if _LANGUAGE.fullmatch(report.language) else None,
        title=heading_of(report),
        places=_about(report),
        period=_reviewed(report),
        summary=summary[0].upper() + summary[1:],
        recomputed=recomputed(own),
        roles={role: told for role, told in ROLES.items() if (own.figures["role"] == role).any()},
        text=_marked_text(report.text, own),
        findings=finding_items(own.findings, own.figures),
        numbers={severity: n for n, severity in reversed([*enumerate(own.findings["severity"], start=1)])},
        sections=shown,
    )
    contents = [(2, "text", "The report"), *([(2, "findings", "Findings")] if len(own.findings) else [])]
    contents += [(2, name, heading) for name, heading, _ in shown]
    description = f"The report on {report_name(report)}, every figure marked where it stands: {summary}."
    rests = basis(Reports([report]), own.figures)
    heading = heading_of(report)
    return page(heading, body, description=description, contents=contents, basis=rests, neighbours=beside)


def _about(report: Report) -> str:
    """Whom the page says that its report is about, and that this was inferred or could not be."""
    main = frame_of(report).place
    if report.places:
        return formatting.join([place.name for place in report.places])
    return f"{main.name} (inferred)" if main else "undecided; reports.toml can say it"


def _reviewed(report: Report) -> str:
    """The period that the page says its report reviews; it is always inferred, or undecided."""
    frame = frame_of(report)
    if frame.period:
        return f"{formatting.period(frame.period.start, frame.period.end)} (inferred)"
    return f"undecided {frame.between('period')}".rstrip() if frame.period_source else ""


def _marked_text(text: str, own: Tables) -> Markup:
    """The text in paragraphs, escaped, with figures and doubts marked."""
    rows = {Mark(int(row["start"]), int(row["end"]), str(row["figure_id"])): row for row in records(own.figures)}
    doubts, used_in = _Doubts(own.findings, sorted(rows)), uses(own)
    pieces = marked(
        rows, 0, len(text), partial(_plain, text, doubts), lambda mark: _figure(text, mark, rows[mark], doubts, used_in)
    )
    return Markup(f"<p>{''.join(pieces)}</p>".replace("<p></p>", ""))


def _plain(text: str, doubts: _Doubts, start: int, end: int) -> str:
    if start == end:
        return ""
    cuts = [start, *doubts.cuts(start, end), end]
    pieces = []
    for left, right in pairwise(cuts):
        lines = [escape(line) for line in _LINES.split(text[left:right])]
        if kind := doubts.cover(left):
            lines = [Markup('<span class="{}">{}</span>').format(kind, line) if line else line for line in lines]
        if doubts.begin(left):
            pieces.append(Markup('<span id="s{}"></span>').format(left))
        pieces += [_PARAGRAPH.join(lines), doubts.notes(right)]
    return "".join(pieces)


def _figure(text: str, mark: Mark, row: Record, doubts: _Doubts, used_in: Mapping[str, list[Markup]]) -> str:
    role = word(row["role"])
    link_ = Markup(
        '<a class="{kinds}" id="f{start}" href="#r{start}" aria-describedby="c{start}"'
        ' data-letter="{letter}">{words}</a><span class="card" id="c{start}" lang="en">{card}</span>'
    )
    return link_.format(
        kinds=" ".join(filter(None, ["figure", role, doubts.cover(mark.start)])),
        start=mark.start,
        letter=role[:1].upper(),
        words=text[mark.start : mark.end],
        card=figure_card(row, used_in),
    ) + doubts.notes(mark.end)


class _Doubts:
    """Where findings begin and end in a text, moved outward to the edges of the figures that they cut through."""

    def __init__(self, findings: pd.DataFrame, marks: Sequence[Mark]) -> None:
        self._spans = [
            (*_outward(start, end, marks), number, word(row["severity"]))
            for number, row in enumerate(records(findings), start=1)
            for start, end in _spans(row, marks)
        ]

    def cuts(self, start: int, end: int) -> list[int]:
        """The edges strictly between two offsets."""
        return sorted({edge for span in self._spans for edge in span[:2] if start < edge < end})

    def begin(self, offset: int) -> bool:
        """Whether a finding's words begin at the offset."""
        return any(span[0] == offset for span in self._spans)

    def cover(self, offset: int) -> str:
        """The class of the words at the offset: in doubt by an error or a warning, else only remarked on, or none."""
        found = {severity for start, end, _, severity in self._spans if start <= offset < end}
        grave = next((f"doubt {severity}" for severity in ("error", "warning") if severity in found), "")
        return grave or ("remark" if found else "")

    def notes(self, at: int) -> Markup:
        """The references to the findings whose words end here."""
        sup = Markup('<sup class="{kind}"><a href="#n{n}" aria-label="Finding {n}, {kind}">{n}</a></sup>')
        ending = sorted({(number, severity) for _, end, number, severity in self._spans if end == at})
        return Markup(" ").join(sup.format(n=number, kind=severity) for number, severity in ending)


def _spans(row: Record, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The words of a finding; where it names none, its figures."""
    if row["start"] < row["end"]:
        return [(int(row["start"]), int(row["end"]))]
    named = set(row["figure_ids"])
    return [(mark.start, mark.end) for mark in marks if mark.figure_id in named]


def _outward(start: int, end: int, marks: Sequence[Mark]) -> tuple[int, int]:
    before = marks[bisect_right(marks, start, key=lambda mark: mark.start) - 1] if marks else None
    at_end = marks[bisect_left(marks, end, key=lambda mark: mark.start) - 1] if marks else None
    if before and before.start < start < before.end:
        start = before.start
    if at_end and at_end.start < end < at_end.end:
        end = at_end.end
    return start, end


def _table(rows: pd.DataFrame, caption: str, figures: pd.DataFrame, ids: Sequence[str]) -> str:
    columns = CASELOADS if caption.startswith("Caseloads") else None
    return show(rows, columns, caption=caption, links="", figures=figures, ids=ids, limit=None).html()


def _figure_table(figures: pd.DataFrame) -> str:
    figures = figures.sort_values("start", kind="stable")
    ids = row_ids("figures", figures)
    caption = "Every figure, in the order of the text"
    return show(figures, _FIGURES, caption=caption, links="", figures=figures, ids=ids, limit=None).html()
