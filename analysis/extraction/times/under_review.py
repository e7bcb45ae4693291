"""Times of a report in, the year that it is about and the period that it reviews out, each chosen by weighted evidence.

The hints stand in ``data/frame/hints.csv``, those that decide ``year`` and those that decide ``period``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from analysis.extraction.hints import Choice, Hint, choose, weight
from analysis.extraction.periods import Calendar, Period, Time, whole_year
from analysis.extraction.times.dates import MONTH, month_number
from analysis.lexicon import phrase
from analysis.reading.article import Passage
from analysis.sieve import Sifted

__all__ = [
    "HEAD",
    "counts_so_far",
    "is_congress",
    "is_midway",
    "meeting_day",
    "period_under_review",
    "to_date",
    "year_of",
]

_CONGRESS = Sifted(r"\bcongress\b(?!\sresolutions?\b)", re.IGNORECASE)
_AFTER_CONGRESS = re.compile(r"\b(?:since|after|following)\s(?:the\s)?(?:[\w'-]+\s){0,5}\Z", re.IGNORECASE)
_HALF_TERM = phrase("half_term")
_WHOLE_TERM = phrase("whole_term")
_TO_PREPARE = re.compile(
    r"\b(?:prepar\w+|will|mak(?:e|ing)\sready)\b[^.;,]*$|\bto\sserve\s(?:the\s)?(?:[\w'-]+\s){0,3}$|\bdo(?:ing)?\swell\s(?:the\s)?$",
    re.IGNORECASE,
)
_MEETING = phrase("meeting_without_year")
_BY_ITS_END = phrase("aimed_by_years_end")
_OPENS = re.compile(r"(?:^|[.;:,]\s|\n)\W*(?:in|by|for|from|during|throughout|over)\s(?:the\syear\s)?$", re.IGNORECASE)
_WILL = phrase("year_then_aim")
_IS_TO = phrase("aim_then_year")
_AIMED = phrase("aims_or_demands")
_REVIEWED = phrase("year_reviewed")
_DECIDES = phrase("decides_on_measures")
_NEXT_YEAR = Sifted(r"\b(?:to|will|plans?|aims?|expects?|targets?)\b(?:[^.;\n]|\.\d){0,100}\bnext\syear\b")
_END_OF = re.compile(r"\bend\sof\s(?:the\syear\s)?$")
_DRAWN_UP = re.compile(r"\b(?:planning|strategy|scheme|orientation|roadmap)\b[^,;]{0,60}\sto\s$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before|until|till|through|to)\s(?:the\send\sof\s)?$", re.IGNORECASE)
_HELD_AGAINST = phrase("results_held_against_year")
_LAST_YEAR = phrase("told_of_last_year")
_WERE_MET = phrase("were_met_behind_year")
_WERE_TO = re.compile(  # "the plan for 2023 was to build 40 km", "For 2023, it was given a target of 14 billion"
    r"\s(?:was|were)\sto\b|,?\s(?:[\w'-]+\s){1,6}?(?:was|were)\s(?:given|assigned|entrusted\swith)\s(?:an?|the|its)\b"
)
_SO_FAR = Sifted(
    rf"\b(?:(?:as of|by|until|up to)\s(?:the\send\sof\s)?|to the (?:end|day) of )(?!January|December){MONTH}\b"
    r"(?!\s(?:\d{1,2},?\s)?(?:of\s)?(?:19|20)\d\d)|"
    r"\bso far this year|\b(?:first|past) \w+ months of this year|"
    r"\bby the end of this year|\b(?:since|from) the (?:beginning|start) of the year\b",
    re.IGNORECASE,
)
_PART_OF_YEAR = phrase("part_of_a_year_unnamed")
_DONE_SO_FAR = phrase("done_so_far_behind_plan")
_YEARS = ("year", "months", "month", "date")  # kinds of times that name a year
_BESIDE = ("by", "date", "month", "open", "named", "years")  # kinds of times that name no period of a report
_LONGEST = 7  # years that a report looks back on; a longer span belongs to a book, an anniversary, a vision
_LONG_AGO = 10  # years before the last that a report tells of, in which it does not lie
_LATE = 3  # years after which nobody reports on a period any more
_FRESH = 14  # days before a report in which the meeting took place that it speaks of
_LOOKS_BACK = 3  # months in which a report still looks back on the year before
_SURE = ("date", "date early in the year", "months", "reviewed", "plan held against")  # hints of a year that is there
_PART = re.compile(r"\b(?:months|quarter|half)\b")
_STILL = 6  # months in which a report that says so looks back on last year
_CLOSING = 11  # month from which a report looks ahead to the next year
_TERM_YEARS = 5  # between one congress and the next
_NEARLY = 28  # days before its end in which a year is spoken of as over
_LEAD, _OPENING = 3, 8  # sentences
_MARGIN = 1.05  # times the evidence of the runner-up
HEAD = 600  # characters in which a report says what it is


def year_of(flat: str, headline: Passage | None, rough: Sequence[Time], date: dt.date | None) -> Choice[int]:
    """The year that a report is about, which "this year" and "March 31" refer to.

    Args:
        flat: the plain text.
        headline: its first sentence.
        rough: the times that it names, without a calendar.
        date: when it was published, where that is known.
    """
    hints = [*_of_date(flat, date), *_of_times(flat, headline, rough, date)]
    sure = max((year for year, hint in hints if hint.name in _SURE or _PART.search(hint.words)), default=None)
    hints = [(year, hint) for year, hint in hints if sure is None or year <= sure + _LONG_AGO]  # no vision of 2045
    latest = max((year for year, _ in hints), default=0)
    hints = [(year, hint) for year, hint in hints if year >= latest - _LONG_AGO]
    if date:  # a report is about its own year, or early in a year about the one before
        back = date.month <= _LOOKS_BACK or any(hint.name == "reviewed" for _, hint in hints)
        hints = [(year, hint) for year, hint in hints if date.year - back <= year <= date.year]
    return choose(sorted(hints, key=lambda pair: -pair[0]), margin=1.0)


def _of_date(flat: str, date: dt.date | None) -> Iterator[tuple[int, Hint]]:
    if date is None:
        return
    early = date.month <= _LOOKS_BACK
    if date.month <= _STILL and (told := _LAST_YEAR.search(flat, 0, HEAD)):
        yield date.year - 1, Hint("reviewed", weight("year", "reviewed"), told.start(), told.group())
    name = "date early in the year" if early else "date"
    for year in (date.year, date.year - 1)[: 1 + early]:
        yield year, Hint(name, weight("year", name), 0, date.isoformat())


def _of_times(
    flat: str, headline: Passage | None, rough: Sequence[Time], date: dt.date | None
) -> Iterator[tuple[int, Hint]]:
    planned: dict[tuple[int, bool], Time] = {}
    based: list[tuple[int, Hint]] = []
    spans = {
        t.period.start.year: t.period.end.year for t in rough if t.kind == "span" and t.period.start and t.period.end
    }
    latest = 0  # year that it tells of
    for time in rough:
        if time.period.start is None or (time.base and time.kind not in ("year", "named") and not _is_years_end(time)):
            continue
        year = time.period.start.year
        if time.base and date is None and year % _TERM_YEARS == 0 and is_congress(flat):
            continue  # "12 of 19 targets of the congress; income rose by 23% over 2015": where the term began
        if time.base and time.plan:  # "compared to the 2023 plan" is told in 2023
            planned.setdefault((year, True), time)
        elif time.base:
            told = spans.get(year + 1, year + 1)  # "in 2016-2020 it built 9 km; income is up by 4 million from 2015"
            told += bool(_LAST_YEAR.search(_sentence_before(flat, time)))  # "last year it was up by 4% against 2017"
            name = "after the end of its base" if _is_since_end(flat, time) else "after its base"
            based.append((told, _hint(flat, name, time)))
        elif time.kind in _YEARS and not _due(flat, time):
            titled = headline is not None and headline.start <= time.start < headline.end
            aimed = time.kind == "year" and (time.plan or _aims(flat, time))
            if aimed or (titled and headline and _DECIDES.search(flat, headline.start, time.start)):
                planned.setdefault((year, _is_held_against(flat, time)), time)
            elif not (date and time.kind in ("date", "month") and not _is_told(time, date)):
                reviewed = _REVIEWED.search(flat, max(0, time.start - 80), time.start)
                names = {
                    "reviewed": reviewed,
                    "title": titled,
                    "months": time.kind == "months",
                }
                name = next((name for name, so in names.items() if so), "told")
                latest = max(latest, year)
                yield year, _hint(flat, name, time)
    yield from ((year, hint) for year, hint in based if year >= latest)  # 2.2 times 2011 may be told of 2018
    if date is None and (aimed_at := _aimed_by_its_end(flat, latest)):
        yield aimed_at
    for (year, held), time in planned.items():
        if held or time.plan or not latest or year <= latest + 1:  # an aim for years ahead is under way for years
            yield _of_plan(flat, time, year, held, alone=not latest or latest >= year)


def _aimed_by_its_end(flat: str, latest: int) -> tuple[int, Hint] | None:
    """The year by whose end a meeting in its midst, whose year is not told, aims at something, after the last told."""
    met, aim = _MEETING.search(flat, 0, HEAD), _BY_ITS_END.search(flat)
    month = month_number(met["month"] or met["month2"]) if met else 0
    if not aim or not _LOOKS_BACK <= month < _CLOSING or not latest <= int(aim["year"]) <= latest + 1:
        return None
    name = "aimed at by its end"
    return int(aim["year"]), Hint(name, weight("year", name), aim.start(), aim["year"])


def _is_years_end(time: Time) -> bool:
    """Whether a time is the last day of a year, which the year after is compared with."""
    end = time.period.end
    return time.kind == "date" and end is not None and (end.month, end.day) == (12, 31)


def _is_since_end(flat: str, base: Time) -> bool:
    """Whether something is compared with the end of a year: "up 137 billion VND from the end of 2023"."""
    return _is_years_end(base) or bool(_END_OF.search(flat, max(0, base.start - 12), base.start))


def _of_plan(flat: str, plan: Time, year: int, held: bool, alone: bool) -> tuple[int, Hint]:
    """The year that a plan speaks for; ``alone`` says that no year before it is told of."""
    if held:
        return year, _hint(flat, "plan held against", plan)
    if _NEXT_YEAR.search(flat, 0, HEAD):  # "... targets 3.8 million guests in 2013. It plans to lure them next year"
        return year - 1, _hint(flat, "before the plan", plan)
    if alone and _PART_OF_YEAR.search(flat):  # "in the first quarter of the year", and a plan for 2024: of the same
        return year, _hint(flat, "plan under way", plan)
    if _SO_FAR.search(flat) or _DONE_SO_FAR.search(flat, plan.end, plan.end + HEAD):
        return year, _hint(flat, "plan under way", plan)
    return year - 1, _hint(flat, "before the plan", plan)


def _hint(flat: str, name: str, time: Time, decides: str = "year") -> Hint:
    return Hint(name, weight(decides, name), time.start, " ".join(flat[time.start : time.end].split()))


def _is_told(time: Time, date: dt.date) -> bool:
    """Whether a day is one that a report tells of: not that of its own meeting; the last of a year is always one."""
    day = time.period.start
    if day is None:
        return False
    return (date - day).days > _FRESH or (day < date and (day.month, day.day) == (12, 31))


def _is_held_against(flat: str, plan: Time) -> bool:
    """Whether results are told of a year's plan: "it passed its 2017 plan", "of 14 targets of 2022, 11 were met"."""
    before = _HELD_AGAINST.search(flat, max(0, plan.start - 60), plan.start)
    return bool(before or _WERE_TO.match(flat, plan.end) or _WERE_MET.match(flat, plan.end, plan.end + 90))


def _due(flat: str, time: Time) -> bool:
    """Whether something is to be done by a day: "strives to disburse 95% by January 31, 2025"."""
    by = _BY.search(flat, max(0, time.start - 15), time.start) if time.kind in ("date", "year") else None
    if by and _DRAWN_UP.search(_sentence_before(flat, time)):
        return True
    ahead = by and by.group()[:4].lower() in ("till", "unti") and _WILL.match(flat, time.end)
    return bool(by and (ahead or _AIMED.search(_sentence_before(flat, time))))


def _sentence_before(flat: str, time: Time) -> str:
    """The words of its sentence before a time."""
    return re.split(r"[.;\n]\s", flat[max(0, time.start - 160) : time.start])[-1]


def _aims(flat: str, time: Time) -> bool:
    """Whether a sentence says what is to be done in a year: "In 2026 it will strive for ...", "to be built in 2026"."""
    ahead = _OPENS.search(flat, max(0, time.start - 12), time.start) and _WILL.match(flat, time.end)
    return bool(ahead or _IS_TO.search(flat, max(0, time.start - 120), time.start))


# --- the period -----------------------------------------------------------------------------------------------------


def period_under_review(flat: str, by_passage: Sequence[Sequence[Time]], calendar: Calendar) -> Choice[Period]:
    """The period that the results of a report belong to: a term, a year, some months of it.

    Args:
        flat: the plain text.
        by_passage: the times of each sentence.
        calendar: what unnamed ones refer to.
    """
    told = [pair for pair in _of_sentences(flat, by_passage, calendar) if _may_be_past(pair[0], calendar)]
    hints = [*_of_term(flat, calendar), *told]
    if calendar.year:
        hints.append((whole_year(calendar.year), Hint("year", weight("period", "year"), 0, str(calendar.year))))
    return choose(hints, margin=_MARGIN, least=0.0)


def _of_term(flat: str, calendar: Calendar) -> Iterator[tuple[Period, Hint]]:
    term, today = calendar.term, calendar.today
    if not term:
        return
    if calendar.next_term:
        yield term, Hint("congress", weight("period", "congress"), 0, "congress")
    elif found := _half_term(flat, HEAD):
        yield to_date(term, today), Hint("half a term", weight("period", "half a term"), found.start(), found.group())
    elif found := _WHOLE_TERM.search(flat, 0, HEAD):
        yield term, Hint("whole term", weight("period", "whole term"), found.start(), found.group())


def _of_sentences(flat: str, by_passage: Sequence[Sequence[Time]], calendar: Calendar) -> Iterator[tuple[Period, Hint]]:
    for n, found in enumerate(by_passage):
        at = "lead" if n < _LEAD else "opening" if n < _OPENING else "told"
        for time in found:
            end, running = time.period.end, bool(calendar.year) and time.period.years > 0
            running = running and n > 0 and end is not None and end.year > (calendar.year or 0)
            name = "running" if running else at
            own = at != "told" and calendar.year and time.period == whole_year(calendar.year)  # the plan of its year
            beside = time.body or time.base or (time.plan and not own) or time.kind in _BESIDE
            beside = beside or (time.kind == "year" and (_due(flat, time) or _aims(flat, time)))
            if time.period.start and time.period.years <= _LONGEST and not beside:
                yield time.period, _hint(flat, name, time, "period")
                if time.kind == "months":
                    yield time.period, _hint(flat, f"{name}, months", time, "period")
            if time.base and time.period.end and _is_since_end(flat, time):
                yield whole_year(time.period.end.year + 1), _hint(flat, "since the end of its base", time, "period")
            closed = _is_years_end(time) and "end of" in flat[time.start : time.end]
            if closed and end and not (time.base or time.plan or _AIMED.search(_sentence_before(flat, time))):
                yield whole_year(end.year), _hint(flat, at, time, "period")  # "by the end of 2023, 95% had insurance"


def _may_be_past(period: Period, calendar: Calendar) -> bool:
    """Whether a report may review a period: one that has begun, and is not over for years."""
    last = min((day for day in (calendar.today, calendar.year and dt.date(calendar.year, 12, 31)) if day), default=None)
    if period.start is None or last is None:
        return period.start is not None
    begun = period.start <= last
    return begun and not (calendar.year and period.end and last.year - period.end.year > _LATE)


def is_congress(flat: str, head: int = HEAD) -> bool:
    """Whether a report speaks of a congress where it says what it is."""
    found = _CONGRESS.search(flat, 0, head)
    return bool(found and not _AFTER_CONGRESS.search(flat, max(0, found.start() - 60), found.start()))


def is_midway(flat: str, head: int = HEAD) -> bool:
    """Whether a report looks back on half of a term."""
    return _half_term(flat, head) is not None


def _half_term(flat: str, head: int) -> re.Match[str] | None:
    """Where a report says that it looks back on half of a term, not that a review of it is being prepared."""
    found = (match for match in _HALF_TERM.finditer(flat, 0, head))
    return next(
        (match for match in found if not _TO_PREPARE.search(flat[max(0, match.start() - 60) : match.start()])), None
    )


def meeting_day(flat: str, year: int | None) -> dt.date | None:
    """The day of the meeting that a report opens with, where its year is not told: in spring it may be the next one's.

    >>> meeting_day("On 9 October, Chairman An chaired a meeting on the tasks of 2021.", 2021)
    datetime.date(2021, 10, 9)
    """
    found = _MEETING.search(flat, 0, HEAD)
    if not found or year is None:
        return None
    month = month_number(found["month"] or found["month2"])
    try:
        day = dt.date(year, month, int(found["day"] or found["day2"]))
    except ValueError:
        return None
    return day if month > _LOOKS_BACK and (dt.date(year, 12, 31) - day).days > _NEARLY else None


def counts_so_far(flat: str) -> bool:
    """Whether a report begins by saying up to which month of its year it counts: "As of November, revenue reached".

    >>> counts_so_far("As of November, revenue reached 16 billion VND."), counts_so_far("In 2017 revenue rose.")
    (True, False)
    """
    return bool(_SO_FAR.search(flat, 0, 2 * HEAD))


def to_date(period: Period, today: dt.date | None) -> Period:
    """What a period of several years that is not over has seen so far: it reaches to the report's date."""
    if today and period.start and period.end and period.end > today and period.years > 0:
        return Period(period.start, max(today, period.start))
    return period
