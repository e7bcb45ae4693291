"""From a row of a table back to the words that it rests on, marked in their sentence.

>>> link("a report:17", base="")
'report-a%20report.html#f17'
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd

from analysis.extraction.frame import frame_of
from analysis.formatting import count, reading
from analysis.reading.reports import Report, Reports
from analysis.reading.sentences import sentences

if TYPE_CHECKING:
    from analysis.tables import Tables

__all__ = [
    "LINKS",
    "Evidence",
    "Mark",
    "Passage",
    "evidence",
    "link",
    "marked",
    "page_link",
    "report_file",
    "reports_html",
    "words_link",
]

LINKS = "ANALYSIS_LINKS"
"""The environment variable that says where the reports' pages are, seen from the page that links to them."""

_LONGEST_NAME = 200  # bytes; file systems allow 255, and a name is written with a suffix at first


@dataclass(frozen=True, order=True)
class Mark:
    """A figure's place in a report: ``text[start:end]``; the figure_id is empty where the words hold no figure."""

    start: int
    end: int
    figure_id: str = ""


@dataclass(frozen=True)
class Passage:
    """Adjoining words of one report, and what is marked in them.

    Attributes:
        report: the report's id.
        place: whom the row is about; empty where the report does not say.
        text: the sentence, sliced from the report.
        start: where the sentence starts in the report.
        marks: the marked spans, as offsets into the report, in order.
    """

    report: str
    place: str
    text: str
    start: int
    marks: tuple[Mark, ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The marked words, in order."""
        return tuple(self.text[mark.start - self.start : mark.end - self.start] for mark in self.marks)

    @property
    def source(self) -> str:
        """The report and the place, for a reader."""
        return f"{self.report}, {self.place}" if self.place else self.report

    def __str__(self) -> str:
        return f"{self._written(str, lambda mark: f'[{self._slice(mark.start, mark.end)}]')} ({self.source})"

    def _repr_html_(self) -> str:
        return (
            f'<blockquote class="evidence"><p>{self._written(escape, self._linked)}</p>'
            f'<p><small>Report <a href="{escape(self._href(self.marks[0]))}">{escape(self.report)}</a>'
            f"{', ' + escape(self.place) if self.place else ''}</small></p></blockquote>"
        )

    def _linked(self, mark: Mark) -> str:
        words = escape(self._slice(mark.start, mark.end))
        return f'<mark><a href="{escape(self._href(mark))}">{words}</a></mark>'

    def _href(self, mark: Mark) -> str:
        return link(mark.figure_id) if mark.figure_id else words_link(self.report, mark.start)

    def _written(self, plain: Callable[[str], str], wrap: Callable[[Mark], str]) -> str:
        end = self.start + len(self.text)
        return "".join(marked(self.marks, self.start, end, lambda a, b: plain(self._slice(a, b)), wrap))

    def _slice(self, start: int, end: int) -> str:
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True)
class Evidence:
    """The sentences behind one row or several; a notebook shows them with the figures marked."""

    passages: tuple[Passage, ...]
    message: str = ""

    @property
    def quotes(self) -> tuple[str, ...]:
        """All marked words, in the order of the passages."""
        return tuple(words for passage in self.passages for words in passage.quotes)

    @property
    def links(self) -> tuple[str, ...]:
        """A link to each marked span in its report's page."""
        return tuple(passage._href(mark) for passage in self.passages for mark in passage.marks)

    def __str__(self) -> str:
        return "\n".join([*([self.message] if self.message else []), *map(str, self.passages)])

    def _repr_html_(self) -> str:
        if not self.passages:
            return "<p>There is no row, so there is no evidence to show.</p>"
        message = f"<p>{escape(self.message)}</p>" if self.message else ""
        return message + "".join(passage._repr_html_() for passage in self.passages)


def evidence(rows: pd.Series | pd.DataFrame, reports: Reports, figures: pd.DataFrame | None = None) -> Evidence:
    """The report's own words behind one row, or several, of any of the tables.

    Args:
        rows: a row of figures, comparisons, outlook or findings, or a frame of such rows.
        reports: what ``read`` returned.
        figures: the table of figures, which says where each figure ends; without it the figures of the reports
            concerned are extracted once more.

    Raises:
        KeyError: a row names a report that was not read.
        ValueError: the rows are not rows of one of the tables.
    """
    ends = _Ends(reports, figures)
    records = [rows] if isinstance(rows, pd.Series) else [row for _, row in rows.iterrows()]
    marks: dict[tuple[str, str], list[Mark]] = {}
    for row in records:
        for report, mark in _marks(row, ends):
            marks.setdefault((report, str(row.get("place") or "")), []).append(mark)
    found = [p for (report, place), group in marks.items() for p in _passages(reports[report], place, group)]
    told = [records[0].get("message"), reading(records[0].get("explanation") or "")] if len(records) == 1 else []
    message = " ".join(str(sentence) for sentence in told if sentence)
    return Evidence(tuple(found), message)


def link(figure_id: str, base: str | None = None) -> str:
    """The address of a figure in its report's page, escaped for a URL.

    Args:
        figure_id: as in the tables.
        base: what comes before the page's name; by default the environment variable ANALYSIS_LINKS, or ``../reports/``.

    >>> link("2023/Q4 50%:8", base="../reports/")
    '../reports/report-2023%2FQ4%2050%25.html#f8'
    """
    report, _, start = figure_id.rpartition(":")
    return f"{page_link(report, base)}#f{quote(start, safe='')}"


def words_link(report: str, start: int, base: str | None = None) -> str:
    """The address of a finding's words that hold no figure; ``base`` as for :func:`link`."""
    return f"{page_link(report, base)}#s{start}"


def page_link(report: str, base: str | None = None) -> str:
    """The address of a report's page, escaped for a URL; ``base`` as for :func:`link`."""
    before = os.environ.get(LINKS, "../reports/") if base is None else base
    return before + quote(report_file(report), safe="", errors="surrogateescape")


def report_file(report: str) -> str:
    """The name of the file that holds a report's page.

    >>> report_file("001_x")
    'report-001_x.html'
    """
    stem = report.encode("utf-8", "surrogateescape")
    if len(stem) <= _LONGEST_NAME:
        return f"report-{report}.html"
    return f"report-{stem[: _LONGEST_NAME - 17].decode('utf-8', 'ignore')}-{sha256(stem).hexdigest()[:16]}.html"


def reports_html(reports: Reports, tables: Tables | None = None, links: str | None = None) -> str:
    """The reports, and the files that could not be read, as an HTML table and list.

    Args:
        reports: what ``read`` returned.
        tables: what ``tabulate`` returned, to tell how much each report holds.
        links: what comes before the name of a report's page in a link, as for :func:`link`.
    """
    from analysis.display.cells import anchor, plain
    from analysis.display.table import Table

    labels = ["Report", "Title", "About", "Date", "Characters"]
    counts: dict[str, Counter[str]] = {}
    if tables is not None:
        counted = {"Figures": tables.figures, "Comparisons": tables.comparisons, "Findings": tables.findings}
        counts = {label: Counter(table["report"]) for label, table in counted.items()}
    rows = []
    for report in reports:
        title, about = shorten(report.title, 100, placeholder=" …"), ", ".join(place.name for place in report.places)
        cells = [plain(value) for value in (title, about, frame_of(report).dated, len(report.text))]
        cells += [plain(number[report.id]) for number in counts.values()]
        rows.append((anchor(page_link(report.id, links), report.id), *cells))
    caption = f"{count(len(reports), 'report')} read".capitalize()
    failed = "".join(f"<li>{escape(str(failure))}</li>" for failure in reports.failed)
    table = Table(caption, "", (*labels, *counts), tuple(rows))._repr_html_()
    return f"{table}<p>Not read:</p><ul>{failed}</ul>" if failed else table


def marked(
    marks: Iterable[Mark], start: int, end: int, plain: Callable[[int, int], str], wrap: Callable[[Mark], str]
) -> Iterator[str]:
    """The pieces of a text between two offsets, in order: unmarked ones through ``plain``, marks through ``wrap``.

    A mark that begins inside an earlier one is left out: elements of a page cannot overlap.
    """
    at = start
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end)):
        if at <= mark.start < mark.end <= end:
            yield plain(at, mark.start)
            yield wrap(mark)
            at = mark.end
    yield plain(at, end)


class _Ends(Mapping[str, int]):
    """Where each figure ends, by its figure_id, worked out report by report as asked for."""

    def __init__(self, reports: Reports, figures: pd.DataFrame | None) -> None:
        self._reports = reports
        self._given = figures is not None
        self._known: dict[str, int] = {} if figures is None else _end_of(figures)
        self._seen: set[str] = set()

    def __getitem__(self, figure_id: str) -> int:
        report = figure_id.rpartition(":")[0]
        if not self._given and report not in self._seen:
            from analysis.extraction.figures import extract_figures

            self._seen.add(report)
            self._known |= _end_of(extract_figures([self._reports[report]]))
        return self._known[figure_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _end_of(figures: pd.DataFrame) -> dict[str, int]:
    return dict(zip(figures["figure_id"], figures["end"], strict=True))


def _marks(row: pd.Series, ends: Mapping[str, int]) -> Iterator[tuple[str, Mark]]:
    """The marks of a row: its figure, its figures, or the words that a finding is about."""
    if "figure_id" in row.index:
        yield str(row["report"]), Mark(int(row["start"]), int(row["end"]), str(row["figure_id"]))
        return
    if "figure_ids" not in row.index:
        raise ValueError(
            "Evidence is shown for a row of figures, comparisons, outlook or findings; this row has no figure_id and "
            "no figure_ids: pass a whole row, such as tables.findings.iloc[0]."
        )
    for figure_id in row["figure_ids"]:
        report, _, start = figure_id.rpartition(":")
        yield report, Mark(int(start), int(ends[figure_id]), figure_id)
    if not row["figure_ids"] and "end" in row.index:
        yield str(row["report"]), Mark(int(row["start"]), int(row["end"]))


def _passages(report: Report, place: str, marks: Iterable[Mark]) -> Iterator[Passage]:
    """The sentences that hold the marks; sentences that one mark spans are one passage."""
    spans = [(sentence.start, sentence.end) for sentence in sentences(report.text)]
    starts = [start for start, _ in spans]
    grouped: dict[int, list[Mark]] = {}
    for mark in sorted(set(marks)):
        grouped.setdefault(max(bisect_right(starts, mark.start) - 1, 0), []).append(mark)
    for number, group in grouped.items():
        start = min(spans[number][0], group[0].start)
        end = max([spans[number][1], *(mark.end for mark in group)])
        yield Passage(report.id, place, report.text[start:end], start, tuple(group))
