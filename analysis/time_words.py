"""The expressions of time that a text names, as periods.

>>> text = "From 2021 to present 60 were set up; in the first 6 months of 2024, 171; over the 2020-2025 term, 9."
>>> [(text[t.start:t.end], str(t.period)) for t in times(text)][:2]
[('From 2021 to present', '2021-01-01..'), ('first 6 months of 2024', '2024-01-01..2024-06-30')]
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analysis.dates import MONTH, day_in, month_end, month_number
from analysis.lexicon import number_words
from analysis.periods import Calendar, Period, Time, whole_year

__all__ = ["times"]

_YEAR = r"(?:19|20)\d{2}"
_COUNT = r"(?:\d{1,2}|" + "|".join(word for word, value in number_words().items() if value < 13) + ")"
_TERM_WORD = r"(?:\s?(?:term|period|phase|stage))"

_BASE = re.compile(
    r"(?:compar(?:ed|ing|ison)\s(?:to|with)|\bthan(?:\sin|\sat|\sthat\sof|\sthose\sof)?|\bover"
    r"|\bversus|\bagainst|\bthat\sof"
    r"|\bup\son|\bsame\speriod|\bextended|\bcarried\sover"
    r"|\b(?:up|down|places?|rose|fell|in|de)(?:creased?)?\s[^,;()]{0,25}\bfrom"
    r"|(?:equal(?:s|ing)?\sto|equivalent\sto|\d|%)[^,;]{0,12}\sof)"
    r"(?:\sthe(?:\send\sof)?|\sin|\sto|\sfrom|\sof|\speriod|\slevel\sof|\ssame\speriod)*\s*$",
    re.IGNORECASE,
)
_PRICES = re.compile(r"\s(?:constant|comparable|comparative|fixed|current)?\s?prices\b", re.IGNORECASE)
_FOR_YEAR = re.compile(r"\W*For\s(?:the\s(?:year|period|term)\s)?")
_PLAN_AFTER = re.compile(r"(?:'s)?\s(?:[\w'-]+\s){0,2}?(?:plan|target|estimate|goal|resolution)s?\b", re.IGNORECASE)
_PLAN_BEFORE = re.compile(
    r"\b(?:plans?|targets?|estimates?|goals?|tasks|directions?)\s(?:for|of|by|in|set for)"
    r"\s(?:the\s(?:year\s|whole\s|end\sof\s)*)?$",
    re.IGNORECASE,
)


# What a passage must hold to name a time at all.
_MAYBE = re.compile(
    rf"{_YEAR}|month|quarter|half|term|year|period|currently|present|\b{MONTH}\s\d|\d\s{MONTH}", re.IGNORECASE
)


_NO_CALENDAR = Calendar()


def times(flat: str, start: int = 0, end: int | None = None, calendar: Calendar = _NO_CALENDAR) -> list[Time]:
    """The expressions of time between two offsets, in order, none inside another."""
    end = len(flat) if end is None else end
    if not _MAYBE.search(flat, start, end):
        return []
    found: list[Time] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern, read in _RULES:
        for match in pattern.finditer(flat, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            period = read(match, calendar)
            taken.append(match.span())
            if period and not _PRICES.match(flat, match.end(), end):
                before = flat[max(start, match.start() - 45) : match.start()]
                after = flat[match.end() : min(end, match.end() + 30)]
                base = bool(_BASE.search(before)) or (kind == "named" and match.group().lower().startswith(_EARLIER))
                plan = bool(_PLAN_AFTER.match(after)) or bool(_PLAN_BEFORE.search(before))
                plan = plan or (kind == "year" and bool(_FOR_YEAR.fullmatch(flat, start, match.start())))
                found.append(Time(match.start(), match.end(), period, kind, base, plan))
    return sorted(found, key=lambda time: time.start)


def number(text: str) -> int:
    """``6`` for ``6`` or ``six``."""
    return int(text) if text.isdigit() else number_words()[text.lower()]


_EARLIER = ("same period", "the same period", "last year", "previous year", "the previous", "a year", "the year before")

Reader = Callable[["re.Match[str]", Calendar], Period]


def _span(match: re.Match[str], _: Calendar) -> Period:
    first, last = int(match["first"]), int(match["last"])
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else Period()


def _open(match: re.Match[str], _: Calendar) -> Period:
    return Period(dt.date(int(match["first"]), 1, 1))


def _term_open(_: re.Match[str], calendar: Calendar) -> Period:
    return Period(calendar.term.start)


def _term(_: re.Match[str], calendar: Calendar) -> Period:
    return calendar.term


def _first_years(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.term.start is None:
        return Period()
    first = calendar.term.start.year
    return Period(calendar.term.start, dt.date(first + number(match["count"]) - 1, 12, 31))


def _year_start(_: re.Match[str], calendar: Calendar) -> Period:
    day = dt.date(calendar.year, 1, 1) if calendar.year else None
    return Period(day, day)


def _now(_: re.Match[str], calendar: Calendar) -> Period:
    return Period(calendar.today, calendar.today)


def _after_years(match: re.Match[str], _: Calendar) -> Period:
    first = int(match["first"])
    return Period(dt.date(first, 1, 1), dt.date(first + number(match["count"]), 12, 31))


def _first_months(match: re.Match[str], calendar: Calendar) -> Period:
    year = int(match["year"]) if match["year"] else calendar.year
    months = number(match["count"])
    return Period(dt.date(year, 1, 1), month_end(year, months)) if year and 1 <= months <= 12 else Period()


def _last_months(match: re.Match[str], calendar: Calendar) -> Period:
    year = int(match["year"]) if match["year"] else calendar.year
    months = number(match["count"])
    return Period(dt.date(year, 13 - months, 1), dt.date(year, 12, 31)) if year and 1 <= months < 12 else Period()


_HALVES = {"first": (1, 6), "second": (7, 12), "last": (7, 12)}
_QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}


def _half(match: re.Match[str], calendar: Calendar) -> Period:
    year = int(match["year"]) if match["year"] else calendar.year
    first, last = _HALVES[match["which"].lower()]
    return Period(dt.date(year, first, 1), month_end(year, last)) if year else Period()


def _quarter(match: re.Match[str], calendar: Calendar) -> Period:
    year = int(match["year"]) if match["year"] else calendar.year
    last = 3 * _QUARTERS[(match["which"] or match["roman"]).lower()]
    return Period(dt.date(year, last - 2, 1), month_end(year, last)) if year else Period()


def _day(match: re.Match[str], _: Calendar) -> Period:
    day = day_in(match)
    return Period(day, day) if day else Period()


def _day_of_year(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.year is None:
        return Period()
    year, month = calendar.year, month_number(match["month"])
    if calendar.today and calendar.today.year > year and month <= calendar.today.month:
        year = calendar.today.year  # in January, "January 4" is this year's, "November 30" the year before's
    date = dt.date(year, month, max(min(int(match["day"]), month_end(year, month).day), 1))
    return Period(date, date)


def _month(match: re.Match[str], _: Calendar) -> Period:
    year, month = int(match["year"]), month_number(match["month"])
    return Period(dt.date(year, month, 1), month_end(year, month))


def _year_end(match: re.Match[str], _: Calendar) -> Period:
    day = dt.date(int(match["year"]), 12, 31)
    return Period(day, day)


def _year(match: re.Match[str], _: Calendar) -> Period:
    return whole_year(int(match["year"]))


def _relative(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.year is None:
        return Period()
    words = match.group().lower()
    year = calendar.today.year if calendar.today and "period" not in words else calendar.year
    shift = (
        1
        if "next" in words or "coming" in words
        else 0
        if "this" in words or "whole" in words or "current" in words
        else -1
    )
    return whole_year(year + shift)


def _rule(kind: str, pattern: str, read: Reader) -> tuple[str, re.Pattern[str], Reader]:
    return kind, re.compile(pattern, re.IGNORECASE), read


# The longest expressions first; a later rule never reads inside an earlier one's words.
_RULES: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    _rule(
        "span",
        rf"\bafter\s(?:more than\s|nearly\s)?(?P<count>{_COUNT})\syears\b(?=[^\n]{{0,400}}?compared (?:to"
        rf"|with) (?P<first>{_YEAR}))",
        _after_years,
    ),
    _rule(
        "open",
        rf"\b(?:from|since)\s(?P<first>{_YEAR})\s(?:to|until|till|up to)\s(?:the\s)?(?:present|now|date|today)\b",
        _open,
    ),
    _rule(
        "span",
        rf"(?<![\d.,/-])(?P<first>{_YEAR})\s?(?:-|to|and)\s?(?P<last>{_YEAR})(?!\d|[.,]\d|\s?%){_TERM_WORD}?",
        _span,
    ),
    _rule("open", rf"\bsince\s(?:the\s(?:beginning|start|end)\sof\s)?(?P<first>{_YEAR})(?!\d)", _open),
    _rule(
        "open",
        r"\b(?:since|from)\s(?:the\s)?(?:beginning|start)\sof\s(?:the|this)\sterm\b(?:\s(?:to|until|till)"
        r"\s(?:now|date|present|the present))?",
        _term_open,
    ),
    _rule(
        "span",
        r"\b(?:over|in|during|throughout)\sthe\s(?:past\s|whole\s|entire\s)?term\b|\bof the (?:whole "
        r"|past )?term\b|\bfor the (?:whole |entire )term\b",
        _term,
    ),
    _rule("span", rf"\bfirst\s(?P<count>{_COUNT})\syears\b", _first_years),
    _rule("date", r"\bat\sthe\s(?:beginning|start)\sof\s(?:the|this)\syear\b", _year_start),
    _rule("date", r"\b(?:currently|at\spresent)\b", _now),
    _rule(
        "months",
        rf"\bfirst\s(?P<count>{_COUNT})\smonths(?:\sof\s(?:the\syear\s)?(?:(?P<year>{_YEAR})|(?:the|this)\syear))?",
        _first_months,
    ),
    _rule(
        "months",
        rf"\b(?:in|after|over|for|past)\s(?:the\s)?(?:past\s)?(?P<count>{_COUNT})\smonths\b(?!\s(?:ago"
        rf"|later|earlier))(?:\sof\s(?P<year>{_YEAR}))?",
        _first_months,
    ),
    _rule("months", rf"\b(?P<count>{_COUNT})[\s-]months?\sof\s(?P<year>{_YEAR})", _first_months),
    _rule(
        "months",
        rf"\b(?:last|final|remaining)\s(?P<count>{_COUNT})\smonths(?:\sof\s(?:(?P<year>{_YEAR})|the\syear))?",
        _last_months,
    ),
    _rule("months", rf"\b(?P<which>first|second|last)\shalf\sof\s(?:(?P<year>{_YEAR})|(?:the|this)\syear)", _half),
    _rule(
        "months",
        rf"\b(?:(?P<which>first|second|third|fourth|last)\squarter|quarter\s(?P<roman>IV|I{{1,3}}|[1-4]))"
        rf"(?:,?\s(?:of\s)?(?P<year>{_YEAR}))?",
        _quarter,
    ),
    _rule("date", rf"\b(?P<month>{MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>{_YEAR})", _day),
    _rule("date", rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{MONTH}),?\s(?P<year>{_YEAR})", _day),
    _rule("date", rf"(?<!\d)(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})/(?P<year>{_YEAR})", _day),
    _rule("month", rf"\b(?P<month>{MONTH}),?\s(?P<year>{_YEAR})", _month),
    _rule(
        "date",
        rf"\b(?:as of|as at|by|until|up to|to|before)\s(?P<month>{MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b",
        _day_of_year,
    ),
    _rule("date", rf"\b(?:at|by|to|until|as of)\s(?:the\s)?end\sof\s(?P<year>{_YEAR})", _year_end),
    _rule("by", rf"\bby\s(?:the\syear\s)?(?P<year>{_YEAR})(?!\d)", _year),
    _rule("year", rf"(?<![\d.,/$-])(?P<year>{_YEAR})(?!\d|[.,]\d|\s?%|-\w|/\w)", _year),
    _rule("named", r"\b(?:the\s)?same\speriod(?:\s(?:last|of\sthe\sprevious|the\sprevious)\syear)?", _relative),
    _rule("named", r"\b(?:(?:the\s)?previous|last)\syear\b|\bthe\syear\sbefore\b", _relative),
    _rule("named", r"\b(?:this|next|the\scoming|the\swhole|the\scurrent)\syear\b", _relative),
)
