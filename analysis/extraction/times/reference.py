"""A report in, the time that it is about out: its year, its term of office, the period that its results belong to."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from analysis.extraction.country import country_of
from analysis.extraction.periods import Calendar, Period, Time, shifted, whole_year
from analysis.extraction.times.expressions import times
from analysis.lexicon import phrase, rows
from analysis.reading.article import Passage

__all__ = ["LEAD", "calendar_of", "is_midway", "main_period", "named_times", "reported_until", "to_date"]

_TERM = re.compile(r"\b(?:term|tenure)\b", re.IGNORECASE)
_CONGRESS = re.compile(r"\bcongress\b", re.IGNORECASE)
_HALF_TERM = phrase("half_term")
_OPENS = re.compile(r"(?:^|[.;:,]\s|\n)\W*(?:In|in|By|by|For|for)\s(?:the\syear\s)?$")
_WILL = phrase("year_then_aim")
_IS_TO = phrase("aim_then_year")
_AIMED = phrase("aims_or_demands")
_BY = re.compile(r"\b(?:by|before|until|to)\s(?:the\send\sof\s)?$", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"\b(?:exceed|surpass|reach|complet|fulfil|achiev|meet|met)\w*\s(?:[\w%'-]+(?:[.,]\d+)*\s){0,5}?(?:the|its|their)\s$",
    re.IGNORECASE,
)
_WERE_MET = re.compile(
    r"[^.;]{0,50}?\d\s(?:[a-z]+\s)?(?:(?:were|was|are|is|have|has|had|been)\s)+"
    r"(?:met|completed|exceeded|achieved|fulfilled|reached)\b"
)
_SO_FAR = re.compile(r"\bso far this year|\b(?:since|from) the (?:beginning|start) of the year\b", re.IGNORECASE)
_BESIDE = ("by", "date", "month", "open", "named", "years", "later")  # kinds of times that name no period of a report
_LONGEST = 7  # years that a report looks back on; a longer span belongs to a book, an anniversary, a vision
_LONG_AGO = 10  # years before the last that a report tells of, in which it does not lie
_SINCE_START = re.compile(r"\b(?:since|from)\s(?:the\s)?(?:beginning|start)\sof\s(?:the\s)?$", re.IGNORECASE)
_DOCUMENT_DATE = re.compile(r"\b(?:dated|issued on|signed on|born)\s$", re.IGNORECASE)
_WHOLE_TERM = phrase("whole_term")
_LOOKS_BACK_ON_TERM = phrase("looks_back_on_term")
_HEAD = 600  # characters in which a report says what it is
_FRESH = 14  # days before a report in which the meeting took place that it speaks of
_AS_OF = re.compile(r"(?:^|[.\n]\s*)(?:As\sof|As\sat|By|Up\sto)\s", re.MULTILINE)
_LATE = 3  # years after which nobody reports on a period any more
LEAD = 8  # sentences in which a report says up to when it counts
_LOOKS_BACK = 3  # months in which a report still looks back on the year before


def calendar_of(flat: str, rough: Sequence[Time], date: dt.date | None) -> Calendar:
    """What "this year", "the term" and "November 30" refer to in a report."""
    year = _year(flat, rough, date)
    term, fiscal = _term(flat, rough, year), _fiscal(country_of(flat))
    if term.start and _opens_term(flat, rough, term, date):
        first = term.start.year
        return Calendar(year, Period(dt.date(first - 5, 1, 1), dt.date(first, 12, 31)), date, term, fiscal)
    return Calendar(year, term, date, fiscal=fiscal)


@cache
def _fiscal(country: str) -> tuple[int, int] | None:
    """The month and the day on which a country's budget begins, where that is not New Year."""
    starts = next((row["starts"] for row in rows("times/fiscal_years") if row["country"] == country), "")
    return (int(starts[:2]), int(starts[3:])) if starts else None


def _year(flat: str, rough: Sequence[Time], date: dt.date | None) -> int | None:
    """The year of a report: that of its date, or the one before where a report of the first months looks back on it."""
    if date is None:
        return _likely_year(flat, rough)
    told = [t for t in rough if t.kind in ("year", "months") and not (t.base or t.plan or _aims(flat, t))]
    days = [t for t in rough if t.kind == "date" and t.period.start and _is_told(t.period.start, date)]
    named = Counter(t.period.start.year for t in (*told, *days) if t.period.start)
    back = date.month <= _LOOKS_BACK and named[date.year - 1] > named[date.year]
    return date.year - back


def _is_told(day: dt.date, date: dt.date) -> bool:
    """Whether a day is one that a report tells of: not that of its own meeting; the last of a year is always one."""
    return (date - day).days > _FRESH or (day < date and (day.month, day.day) == (12, 31))


def _likely_year(flat: str, rough: Sequence[Time]) -> int | None:
    """The year of a report without a date: that before the targets it sets, else the one named most of late.

    A year that targets are set for is not the report's where it is later than all that the report tells of.
    """
    headline = flat.find("\n") if "\n" in flat else len(flat)
    titled = [t for t in rough if t.end <= headline and t.kind in ("year", "months") and not (t.plan or t.base)]
    if len(titled) == 1 and titled[0].period.start and not _AIMED.search(flat, 0, headline):
        return titled[0].period.start.year
    kinds = ("year", "months", "month", "date")
    named = [t for t in rough if t.period.start and t.kind in kinds and not t.base and not _due(flat, t)]
    years = Counter(t.period.start.year for t in named if t.period.start)
    planned = {t.period.start.year for t in named if t.period.start and t.kind == "year" and (t.plan or _aims(flat, t))}
    told = {t.period.start.year for t in named if t.period.start and not t.plan and not _aims(flat, t)}
    before = [t.period.start.year for t in rough if t.base and t.kind in ("named", "year") and t.period.start]
    if planned and max(planned) > max(told, default=0):
        current = Counter({year: n for year, n in years.items() if year < max(planned)})
        under_way = any(t.plan and _is_held_against(flat, t) for t in named)
        under_way = under_way or bool(_SO_FAR.search(flat)) or max(planned) - 1 in before
        return current.most_common(1)[0][0] if current else max(planned) - (not under_way)
    recent = {year: n for year, n in years.items() if year >= max(told, default=0) - _LONG_AGO}
    return max(recent, key=lambda year: (recent[year], year), default=max(before) + 1 if before else None)


def _is_held_against(flat: str, plan: Time) -> bool:
    """Whether results are told of a year's plan: "it passed its 2017 plan", "of 14 targets of 2022, 11 were met"."""
    before = _HELD_AGAINST.search(flat, max(0, plan.start - 60), plan.start)
    return bool(before or _WERE_MET.match(flat, plan.end, plan.end + 90))


def _due(flat: str, time: Time) -> bool:
    """Whether something is to be done by a day: "strives to disburse 95% by January 31, 2025"."""
    by = time.kind == "date" and _BY.search(flat, max(0, time.start - 10), time.start)
    sentence = re.split(r"[.;\n]\s", flat[max(0, time.start - 160) : time.start])[-1]
    return bool(by and _AIMED.search(sentence))


def _aims(flat: str, time: Time) -> bool:
    """Whether a sentence says what is to be done in a year: "In 2026 it will strive for ...", "to be built in 2026"."""
    ahead = _OPENS.search(flat, max(0, time.start - 12), time.start) and _WILL.match(flat, time.end)
    return bool(ahead or _IS_TO.search(flat, max(0, time.start - 120), time.start))


def _term(flat: str, rough: Sequence[Time], year: int | None) -> Period:
    """The term of five years named most; where none is, the Party's: from years that end in 0 or 5."""
    terms = [t for t in rough if t.kind == "span" and t.period.years == 5]
    named = [t for t in terms if _TERM.search(flat, max(0, t.start - 12), t.end + 8)] or terms
    if named and _CONGRESS.search(flat, 0, _HEAD):  # the last of two is the one that a congress opens
        return max((t.period for t in named), key=lambda period: period.start or dt.date.min)
    if named:
        return Counter(t.period for t in named).most_common(1)[0][0]
    if year is None or not re.search(r"\b(?:the|this|a) (?:term|tenure)\b", flat):
        return Period()
    first = (year - 1) // 5 * 5
    return Period(dt.date(first, 1, 1), dt.date(first + 5, 12, 31))


def _opens_term(flat: str, rough: Sequence[Time], term: Period, date: dt.date | None) -> bool:
    """Whether a report is that of the congress with which the term begins, and so looks back on the term before."""
    if not term.start or not _CONGRESS.search(flat, 0, _HEAD):
        return False
    before = any(t.period.end and t.period.years == 5 and t.period.end.year == term.start.year for t in rough)
    looks_back = date is None and _LOOKS_BACK_ON_TERM.search(flat)
    return bool(before or looks_back or (date and date.year == term.start.year))


def named_times(flat: str, passages: Sequence[Passage], calendar: Calendar) -> dict[int, list[Time]]:
    """The times of each passage; "after one year" counts from the time named before it in its line, if any."""
    found: dict[int, list[Time]] = {}
    line, last = -1, Period()
    for passage in passages:
        last = last if passage.line == line else Period()
        line = passage.line
        known = found[passage.start] = []
        for time in times(flat, passage.start, passage.end, calendar):
            if time.kind in ("date", "month") and _DOCUMENT_DATE.search(flat[max(0, time.start - 12) : time.start]):
                continue
            if time.kind == "later":
                if not last.end or not time.period.end:
                    continue
                start, end = last.end + dt.timedelta(1), shifted(last.end, time.period.end.year)
                if calendar.year and end and end.year > calendar.year:
                    continue
                time = replace(time, period=Period(start, end))
            if time.kind == "span" and _SINCE_START.search(flat, max(0, time.start - 40), time.start):
                time = replace(time, kind="open", period=Period(time.period.start))
            known.append(time)
            last = time.period
    return found


def main_period(
    flat: str, passages: Sequence[Passage], by_passage: Collection[Sequence[Time]], calendar: Calendar
) -> Period:
    """The period that most expressions name, those of the headline and the lead counting more."""
    term, today = calendar.term, calendar.today
    if term and today and term.end and term.end.year == today.year and _CONGRESS.search(flat, 0, _HEAD // 2):
        return term
    if calendar.next_term:
        return term
    if term and is_midway(flat):
        return to_date(term, today)
    if term and _WHOLE_TERM.search(flat, 0, _HEAD):
        return term
    votes: Counter[Period] = Counter()
    for n, found in enumerate(by_passage):
        weight = 4 if n < 3 else 2 if n < 8 else 1
        for t in found:
            beside = t.body or t.base or t.plan or t.kind in _BESIDE
            if t.period.years <= _LONGEST and not beside:
                votes[t.period] += weight * (2 if t.kind == "months" else 1)
    last = min((day for day in (today, calendar.year and dt.date(calendar.year, 12, 31)) if day), default=None)
    past = Counter({p: v for p, v in votes.items() if p.start and (not last or p.start <= last)})
    recent = {p: v for p, v in past.items() if not last or not p.end or last.year - p.end.year <= _LATE}
    past = Counter(recent) if calendar.year else past
    if past:
        return past.most_common(1)[0][0]
    return whole_year(calendar.year) if calendar.year else Period()


def is_midway(flat: str) -> bool:
    """Whether a report looks back on half of a term."""
    return bool(_HALF_TERM.search(flat, 0, _HEAD))


def reported_until(flat: str, lead: Sequence[Time]) -> dt.date | None:
    """The day up to which a report says at its start that it counts: "As of May 2023, it has met 13 targets"."""
    said = (t for t in lead if t.kind in ("date", "month") and not (t.plan or t.base))
    return next((t.period.end for t in said if _AS_OF.search(flat[max(0, t.start - 12) : t.start + 6])), None)


def to_date(period: Period, today: dt.date | None) -> Period:
    """What a period of several years that is not over has seen so far: it reaches to the report's date."""
    if today and period.start and period.end and period.end > today and period.years > 0:
        return Period(period.start, max(today, period.start))
    return period
