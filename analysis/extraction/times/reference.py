"""A report's text in, its times out: the calendar of unnamed ones, those of each sentence, the period under review."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.extraction.country import country_of
from analysis.extraction.hints import Choice
from analysis.extraction.periods import NO_PERIOD, Calendar, Period, Time
from analysis.extraction.times.expressions import times
from analysis.extraction.times.occasion import counts_so_far, is_congress
from analysis.extraction.times.under_review import period_under_review
from analysis.extraction.times.year import year_of
from analysis.lexicon import phrase, rows
from analysis.reading.article import Passage
from analysis.sieve import Sifted

__all__ = ["Timeline"]

_TERM = Sifted(r"\b(?:term|tenure)\b", re.IGNORECASE)
_LOOKS_BACK_ON_TERM = phrase("looks_back_on_term")
_NEXT_TERM = re.compile(r"\b(?:next|coming|upcoming|new)\s(?:term|tenure|(?:5|five)\syears)\b", re.IGNORECASE)
_AIMS = re.compile(
    r"(?:\sterm)?,\s[^.;:]{0,80}?\b(?:will|striv(?:es?|ing)|tr(?:y|ies)\sto|aims?|set\s(?:the\s|a\s)?(?:goals?|targets?))\b"
)
_AIMS_THIS_YEAR = Sifted(
    r"(?:^|[.\n]\s*)This\syear,\s[^.;:\d]{0,60}?\b(?:sets?|aims?|strives?|plans|targets|will|hopes)\b"
)
_AS_OF = Sifted(r"(?:^|[.\n]\s*)(?:As\sof|As\sat|By|Up\sto|To\sthe\s(?:day|end)\sof)\s", re.MULTILINE)
_LEAD = 8  # sentences in which a report says up to when it counts


@dataclass(frozen=True)
class Timeline:
    """The times of one report.

    ``by_passage`` has the times of each sentence by its offset; ``until`` is the day up to which the report counts;
    ``year`` and ``review`` are the choices that ``calendar`` and ``main``, the period under review, rest on.
    """

    calendar: Calendar
    by_passage: dict[int, list[Time]]
    year: Choice[int]
    review: Choice[Period]
    until: dt.date | None

    @classmethod
    def of(cls, flat: str, body: Sequence[Passage], date: dt.date | None, stated: Period = NO_PERIOD) -> Timeline:
        """The times of a report.

        Args:
            flat: its plain text.
            body: the sentences of its article.
            date: when it was published, where that is known.
            stated: the period under review, where somebody has said it.
        """
        rough = [time for passage in body for time in times(flat, passage.start, passage.end)]
        if stated.start and not stated.years:
            year = Choice(stated.start.year)
        else:
            year = year_of(flat, body[0] if body else None, rough, date)
        calendar = _calendar(flat, rough, year.value, date)
        if date is None and _looks_back_a_year(flat, year):
            calendar = replace(calendar, this_year=(year.value or 0) + 1)
        by_passage = _times(flat, body, calendar)
        review = Choice(stated) if stated else period_under_review(flat, list(by_passage.values()), calendar)
        reviewed = review.value.start.year if review.value and review.value.start else None
        if date and reviewed != calendar.year and review.value and review.value.is_whole_year:
            calendar = _calendar(flat, rough, reviewed, date)  # a report long after its year
            by_passage = _times(flat, body, calendar)
        found = list(by_passage.values())
        return cls(calendar, by_passage, year, review, _until(flat, [t for times in found[:_LEAD] for t in times]))

    @property
    def main(self) -> Period:
        """The period under review; none where the evidence does not settle it."""
        return self.review.value or NO_PERIOD


def _looks_back_a_year(flat: str, year: Choice[int]) -> bool:
    """Whether a report that reviews a year sets aims for "this year": then that is the next one."""
    reviewed = any(told == year.value and hint.name == "reviewed" for told, hint in year.hints)
    return reviewed and _AIMS_THIS_YEAR.search(flat) is not None and not counts_so_far(flat)


def _times(flat: str, body: Sequence[Passage], calendar: Calendar) -> dict[int, list[Time]]:
    return {passage.start: times(flat, passage.start, passage.end, calendar) for passage in body}


def _calendar(flat: str, rough: Sequence[Time], year: int | None, date: dt.date | None) -> Calendar:
    """What "this year", "the term" and "November 30" refer to in a report."""
    term, fiscal = _term(flat, rough, year), _fiscal(country_of(flat))
    if term.start and _opens_term(flat, rough, term, date):
        first = term.start.year
        return Calendar(year, Period(dt.date(first - 5, 1, 1), dt.date(first, 12, 31)), date, term, fiscal)
    over = term.end is not None and (year is None or year <= term.end.year)
    if over and term.end and is_congress(flat) and _NEXT_TERM.search(flat):
        last = term.end.year
        return Calendar(year, term, date, Period(dt.date(last, 1, 1), dt.date(last + 5, 12, 31)), fiscal)
    return Calendar(year, term, date, fiscal=fiscal)


@cache
def _fiscal(country: str) -> tuple[int, int] | None:
    """The month and the day on which a country's budget begins, where that is not New Year."""
    starts = next((row["starts"] for row in rows("times/fiscal_years") if row["country"] == country), "")
    return (int(starts[:2]), int(starts[3:])) if starts else None


def _term(flat: str, rough: Sequence[Time], year: int | None) -> Period:
    """The term of five years named most; where none is, the Party's: from years that end in 0 or 5."""
    terms = [t for t in rough if t.kind == "span" and t.period.years == 5]
    named = [t for t in terms if _TERM.search(flat, max(0, t.start - 12), t.end + 8)] or terms
    if named and is_congress(flat):  # the last of two is the one that a congress opens
        return max((t.period for t in named), key=lambda period: period.start or dt.date.min)
    if named:
        return Counter(t.period for t in named).most_common(1)[0][0]
    if year is None or not re.search(r"\b(?:the|this|a) (?:term|tenure)\b", flat):
        return Period()
    first = (year - 1) // 5 * 5
    return Period(dt.date(first, 1, 1), dt.date(first + 5, 12, 31))


def _opens_term(flat: str, rough: Sequence[Time], term: Period, date: dt.date | None) -> bool:
    """Whether a report is that of the congress with which the term begins, and so looks back on the term before."""
    if not term.start or not is_congress(flat):
        return False
    before = any(t.period.end and t.period.years == 5 and t.period.end.year == term.start.year for t in rough)
    aims = (_AIMS.match(flat, t.end) for t in rough if t.period == term)  # "In the 2025-2030 term, it strives to ..."
    looks_back = date is None and (_LOOKS_BACK_ON_TERM.search(flat) or any(aims))
    return bool(before or looks_back or (date and date.year == term.start.year))


def _until(flat: str, lead: Sequence[Time]) -> dt.date | None:
    """The day up to which a report says at its start that it counts: "As of May 2023, it has met 13 targets"."""
    said = (t for t in lead if t.kind in ("date", "month") and not (t.plan or t.base))
    return next((t.period.end for t in said if _AS_OF.search(flat[max(0, t.start - 12) : t.start + 6])), None)
