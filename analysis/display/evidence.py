"""From a row of a table back to the words that it rests on, marked in their sentence; of findings, as cards.

>>> from analysis.extraction.figures import extract_figures
>>> from analysis.reading.reports import from_text
>>> reports = Reports([from_text("In 2023 Xa An district admitted 12 members. All is well.", "note")])
>>> print(evidence(extract_figures(reports), reports))
In 2023 Xa An district admitted [12] members. (report on Xa An, 2023 (undated))
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from math import isnan

import pandas as pd

from analysis import formatting
from analysis.display.cells import Record, maker, records, word
from analysis.display.citing import Said, in_place, opening_at, with_look
from analysis.display.elements import NO_MATHS, tag
from analysis.display.naming import report_name
from analysis.display.passages import by_passage
from analysis.reading.reports import Report, Reports
from analysis.reading.sentences import sentences
from analysis.writing.links import link, words_link

__all__ = ["Card", "Cards", "Evidence", "Mark", "QuotedPassage", "cards", "check_rows", "evidence", "marked"]


_LOOK = (
    "<style>article.finding { border-left: .3em solid; margin: 1em 0; padding: .1em 1em } "
    "article.finding blockquote { margin: .5em 0 } "
    "article.finding .symbol { display: inline-block; width: 1.2em }</style>"
)

_LINE = re.compile(r"[^\r\n]+")
_IN_FULL = 12  # digits of a number in question
_FAR = 1000  # letters of a report before and after a passage


@dataclass(frozen=True, order=True)
class Mark:
    """A figure's place in a report: ``text[start:end]``; the figure_id is empty where the words hold no figure."""

    start: int
    end: int
    figure_id: str = ""


@dataclass(frozen=True)
class QuotedPassage:
    """Adjoining words of one report, and what is marked in them.

    Attributes:
        report: the report's id.
        place: whom the row is about; empty where the report does not say.
        text: the sentence, sliced from the report.
        start: where the sentence starts in the report.
        marks: the marked spans, as offsets into the report, in order.
        name: what the report is called, by its place and date.
        within: the report's text.
    """

    report: str
    place: str
    text: str
    start: int
    marks: tuple[Mark, ...]
    name: str = ""
    within: str = field(default="", repr=False)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The marked words, in order."""
        return tuple(self._slice(mark.start, mark.end) for mark in self.marks)

    @property
    def source(self) -> str:
        """The report, and the place where its name does not tell it, for a reader."""
        return f"{self._named(str)}{self._elsewhere}"

    @property
    def _elsewhere(self) -> str:
        return f"; {self.place}" if self.place and self.place not in self.name else ""

    def _named(self, link_: Callable[[str], str]) -> str:
        return f"report on {link_(self.name)}" if self.name else f"report {link_(self.report)}"

    def __str__(self) -> str:
        return f"{self._written(str, lambda mark: f'[{self._slice(mark.start, mark.end)}]')} ({self.source})"

    def _repr_html_(self) -> str:
        sentence = tag("p", self._written(escape, self._linked))
        source = tag("small", f"R{self._named(self._cited)[1:]}{escape(self._elsewhere)}")
        line = tag("div" if in_place() else "p", source)  # a paragraph holds nothing that opens
        return tag("blockquote", sentence, line, class_=f"evidence {NO_MATHS}")

    def _cited(self, words: str) -> str:
        if in_place():
            start, end = self._around()
            said = [Said(self.within[start:end], mark.start - start, mark.end - start) for mark in self.marks]
            return opening_at(words, said)
        return tag("a", escape(words), href=self._href(self.marks[0]))

    def _around(self) -> tuple[int, int]:
        """Where the lines before and after the passage begin and end in the report."""
        first, last = self.start, self.start + len(self.text)
        lines = [found.span() for found in _LINE.finditer(self.within)]
        before = [start for start, _ in lines if start <= first][-2:]
        after = [end for _, end in lines if end >= last][:2]
        return max([first - _FAR, *before[:1]]), min([last + _FAR, *after[-1:]])

    def _linked(self, mark: Mark) -> str:
        words = escape(self._slice(mark.start, mark.end))
        return tag("mark", words if in_place() else tag("a", words, href=self._href(mark)))

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

    passages: tuple[QuotedPassage, ...]
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
        message = tag("p", escape(self.message), class_=NO_MATHS) if self.message else ""
        return with_look(message + "".join(passage._repr_html_() for passage in self.passages))


@dataclass(frozen=True)
class Card:
    """What is found in a passage: its sentences once, then what does not add up, the reading, the numbers."""

    rows: Sequence[Record]
    evidence: Evidence

    def html(self) -> str:
        """The card as an element; all text is escaped."""
        quoted = "".join(passage._repr_html_() for passage in self.evidence.passages)
        return tag("article", *self._parts(quoted), class_=f"finding {NO_MATHS}")

    def _parts(self, quoted: str) -> Iterator[str]:
        for n, row in enumerate(self.rows):
            sign, check, place = (maker(name)(row).html for name in ("severity", "check", "place"))
            yield tag("p", tag("strong", sign, place and f", {place}"), f" ({check})")
            yield "" if n else quoted
            yield from (tag("p", escape(line)) for line in _told(row))
            yield tag("p", tag("small", escape(numbers))) if (numbers := _numbers(row)) else ""

    def __str__(self) -> str:
        lines = []
        for n, row in enumerate(self.rows):
            severity, check, place = (maker(name)(row).text for name in ("severity", "check", "place"))
            lines.append(f"{severity}{place and f', {place}'} ({check})")
            lines += [] if n else map(str, self.evidence.passages)
            lines += [*_told(row), _numbers(row)]
        return "\n".join(filter(None, lines))


@dataclass(frozen=True)
class Cards:
    """The cards of some findings; a notebook shows them one below the other."""

    cards: tuple[Card, ...]

    def _repr_html_(self) -> str:
        if not self.cards:
            return "<p>There is no finding to show.</p>"
        return _LOOK + with_look("\n".join(card.html() for card in self.cards))

    def __repr__(self) -> str:
        return "\n\n".join(map(str, self.cards)) or "<no findings>"


def evidence(rows: pd.Series | pd.DataFrame, reports: Reports, figures: pd.DataFrame | None = None) -> Evidence:
    """The report's own words behind one row, or several, of any of the tables.

    Args:
        rows: a row of figures, comparisons, outlook or findings, or a frame of such rows.
        reports: what ``read`` returned.
        figures: the table of figures, which says where each figure ends. Rows of that table need no other, and
            ``analysis.evidence`` extracts it once more where it is not given.

    Raises:
        KeyError: a row names a report that was not read.
        TypeError: it is no row and no frame.
        ValueError: the rows are not rows of one of the tables, or the figures that they rest on are not given.
    """
    check_rows(rows)
    records = [rows] if isinstance(rows, pd.Series) else [row for _, row in rows.iterrows()]
    return _shown(records, reports, _ends(figures))


def _ends(figures: pd.DataFrame | None) -> dict[str, int] | None:
    """Where each figure ends, if that is known."""
    return None if figures is None else dict(zip(figures["figure_id"], figures["end"], strict=True))


def _shown(records: Sequence[pd.Series], reports: Reports, ends: dict[str, int] | None) -> Evidence:
    marks: dict[tuple[str, str], list[Mark]] = {}
    for row in records:
        for report, mark in _marks(row, ends):
            marks.setdefault((report, str(row.get("place") or "")), []).append(mark)
    found = [p for (report, place), group in marks.items() for p in _passages(reports[report], place, group)]
    told = (
        [records[0].get("message"), formatting.reading(records[0].get("explanation") or "")]
        if len(records) == 1
        else []
    )
    message = " ".join(str(sentence) for sentence in told if sentence)
    return Evidence(tuple(found), message)


def cards(
    findings: pd.DataFrame, reports: Reports | None, figures: pd.DataFrame | None = None, limit: int | None = None
) -> Cards:
    """A card for each passage, with all that is found in it; the gravest first.

    Args:
        findings: rows of the findings table.
        reports: what ``read`` returned; without it, as after an audit of a typed table, no sentence is shown.
        figures: the table of figures, as for :func:`evidence`.
        limit: how many cards to make.

    Raises:
        KeyError: a finding is of a report that was not read.
    """
    ends = _ends(figures)
    made = []
    for group in by_passage(findings)[:limit]:
        words = [row for _, row in group.iterrows()]
        made.append(Card(records(group), Evidence(()) if reports is None else _shown(words, reports, ends)))
    return Cards(tuple(made))


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


def check_rows(rows: object) -> None:
    """Say what to pass instead of what is no row and no frame of rows.

    Raises:
        TypeError: it is neither.
    """
    if not isinstance(rows, pd.Series | pd.DataFrame):
        raise TypeError(
            "Evidence is shown for a row or several, such as tables.findings.iloc[0] or tables.findings.head(3); "
            f"{rows!r} is neither."
        )


def _marks(row: pd.Series, ends: dict[str, int] | None) -> Iterator[tuple[str, Mark]]:
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
        if ends is None:
            raise ValueError(
                "Where the figures of this row end stands in the table of figures; pass tables.figures too."
            )
        report, _, start = figure_id.rpartition(":")
        yield report, Mark(int(start), int(ends[figure_id]), figure_id)
    if not row["figure_ids"] and "end" in row.index:
        yield str(row["report"]), Mark(int(row["start"]), int(row["end"]))


def _passages(report: Report, place: str, marks: Iterable[Mark]) -> Iterator[QuotedPassage]:
    """The sentences that hold the marks; sentences that one mark spans are one passage."""
    text = report.text
    spans = [(sentence.start, sentence.end) for sentence in sentences(text)]
    starts = [start for start, _ in spans]
    grouped: dict[int, list[Mark]] = {}
    for mark in sorted(set(marks)):
        grouped.setdefault(max(bisect_right(starts, mark.start) - 1, 0), []).append(mark)
    for number, group in grouped.items():
        start = min(spans[number][0], group[0].start)
        end = max([spans[number][1], *(mark.end for mark in group)])
        yield QuotedPassage(report.id, place, text[start:end], start, tuple(group), report_name(report), text)


def _told(row: Record) -> list[str]:
    """What does not add up, and the reading that fits."""
    return [line for line in (row["message"], formatting.reading(word(row["explanation"]))) if line]


def _numbers(row: Record) -> str:
    """The number in question, stated or added up, and what the other figures allow, with their units."""
    stated, low, high = (float(row[name]) for name in ("stated", "recomputed_low", "recomputed_high"))
    if isnan(stated) or isnan(low) or isnan(high) or row["severity"] == "note":
        return ""
    unit, per = word(row["unit"]), word(row["per"])
    question = f"In question: {formatting.amount(stated, unit, per, digits=_IN_FULL)}."
    if str(row["check"]).endswith("_grain"):
        nearest = formatting.join([formatting.amount(end, unit, per) for end in (low, high)])
        return f"{question} The nearest that whole numbers give: {nearest}."
    return f"{question} The other figures allow: {formatting.between(low, high, unit, per)}."
