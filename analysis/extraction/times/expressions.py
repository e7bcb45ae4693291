"""How each kind of expression of time is written, and the period that it names.

>>> from analysis.extraction.times.periods import Calendar
>>> kind, pattern, read = next(rule for rule in RULES if rule[0] == "by")
>>> str(read(pattern.search("by 2030"), Calendar()))
'2030-01-01..2030-12-31'
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analysis.extraction.times.dates import MONTH, day_in, month_end, month_number
from analysis.extraction.times.periods import Calendar, Period, whole_year
from analysis.lexicon import number_words

__all__ = ["RULES"]

_YEAR = r"(?:19|20)\d{2}"
_COUNT = r"(?:\d{1,2}|" + "|".join(word for word, value in number_words().items() if value < 13) + ")"
_TERM_WORD = r"(?:\s?(?:term|period|phase|stage))"


def number(text: str) -> int:
    """``6`` for ``6`` or ``six``."""
    return int(text) if text.isdigit() else number_words()[text.lower()]


Reader = Callable[["re.Match[str]", Calendar], Period]


def _span(match: re.Match[str], _: Calendar) -> Period:
    first, last = int(match["first"]), int(match["last"])
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else Period()


def _none(*_: object) -> Period:
    return Period()


def _to_month(match: re.Match[str], _: Calendar) -> Period:
    first, last = int(match["first"]), int(match["year"])
    return Period(dt.date(first, 1, 1), month_end(last, month_number(match["month"]))) if first <= last else Period()


def _short_span(match: re.Match[str], _: Calendar) -> Period:
    first, last = 2000 + int(match["decade"]), 2000 + int(match["last"])
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first < last else Period()


def _past_years(match: re.Match[str], calendar: Calendar) -> Period:
    """The years up to the report's; as many as its term has are the term."""
    count, term = number(match["count"]), calendar.term
    if calendar.year is None:
        return Period()
    if term.start and term.end and term.end.year - term.start.year == count and calendar.year >= term.end.year - 1:
        return term
    return Period(dt.date(calendar.year - count + 1, 1, 1), dt.date(calendar.year, 12, 31))


def _next_years(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.year is None:
        return Period()
    return Period(dt.date(calendar.year + 1, 1, 1), dt.date(calendar.year + number(match["count"]), 12, 31))


def _later_years(match: re.Match[str], _: Calendar) -> Period:
    """So many years from a day that the reader knows: year 1 and its successors stand for them."""
    return Period(dt.date(1, 1, 1), dt.date(number(match["count"]), 12, 31))


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
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_QUARTERS |= {word: n % 4 + 1 for n, word in enumerate(("i", "ii", "iii", "iv", "1", "2", "3", "4"))}


def _month_span(match: re.Match[str], calendar: Calendar) -> Period:
    year = int(match["year"]) if match["year"] else calendar.year
    first, last = month_number(match["month"]), month_number(match["last"])
    return Period(dt.date(year, first, 1), month_end(year, last)) if year and first < last else Period()


def _same_period(match: re.Match[str], _: Calendar) -> Period:
    return whole_year(int(match["year"]))


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


def _last_year_end(_: re.Match[str], calendar: Calendar) -> Period:
    day = dt.date(calendar.year - 1, 12, 31) if calendar.year else None
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
RULES: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    _rule(
        "none",  # the seasons and the school years that touch two years are named by both
        rf"(?<!\d){_YEAR}\s?[-/]\s?{_YEAR}(?=\s(?:winter|spring|summer|autumn|main|crop|season|school|academic))",
        _none,
    ),
    _rule("none", r"\b(?:\w+st|\w+nd|\w+rd|\w+th|final)\syear\sof\s(?:the|this)\s(?:whole\s)?term\b", _none),
    _rule("named", rf"\bsame\s(?:period|time)\s(?:of|in|last\syear,)\s(?:the\syear\s)?(?P<year>{_YEAR})", _same_period),
    _rule(
        "months",
        rf"\b(?P<month>{MONTH})\s?(?:-|to|through)\s?(?P<last>{MONTH})(?!\s\d{{1,2}}\b)(?:\speriod)?"
        rf"(?:,?\s(?:of\s|in\s)?(?P<year>{_YEAR}))?",
        _month_span,
    ),
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
    _rule(
        "span",
        rf"(?<![\d.,/-])(?P<first>20)(?P<decade>\d\d)\s?-\s?(?P<last>\d\d)(?![\d-]|[.,/]\d|\s?%)"
        rf"(?:{_TERM_WORD}|(?=\s(?:tenure|congress|plan|program)))",
        _short_span,
    ),
    _rule("span", rf"\bfrom\s(?P<first>{_YEAR})\sto\s(?P<month>{MONTH})\s(?P<year>{_YEAR})", _to_month),
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
    _rule(
        "years",
        rf"\b(?:(?:in|over|during)\s(?:the\s)?(?:past\s|last\s)?|for\s(?:the\s)?(?:past|last)\s)(?P<count>{_COUNT})\syears\b"
        r"(?!\s(?:ago|later|earlier|old|of\sage)|')",
        _past_years,
    ),
    _rule("years", rf"\b(?:next|coming|following)\s(?P<count>{_COUNT})\syears\b", _next_years),
    _rule("later", rf"\bafter\s(?P<count>{_COUNT})\syears?\b(?!\s(?:ago|later|earlier))", _later_years),
    _rule("date", r"\bat\sthe\s(?:beginning|start)\sof\s(?:the|this)\syear\b", _year_start),
    _rule(
        "date",
        r"\b(?:currently|at\spresent|(?:to\sdate|up\sto\snow|until\snow)(?=,?\s[^.;,]{0,60}\b(?:has|have|there\sare)"
        r"\s(?:a\stotal\sof\s|about\s|over\s|nearly\s|more\sthan\s)?\d))",
        _now,
    ),
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
    _rule("date", r"\bat\s(?:the\s)?end\sof\s(?:last|the\sprevious)\syear\b", _last_year_end),
    _rule("by", rf"\bby\s(?:the\syear\s)?(?P<year>{_YEAR})(?!\d)", _year),
    _rule("year", rf"(?<![\d.,/$-])(?P<year>{_YEAR})(?!\d|[.,]\d|\s?%|-\w|/\w)", _year),
    _rule("named", r"\b(?:the\s)?same\speriod(?:\s(?:last|of\sthe\sprevious|the\sprevious)\syear)?", _relative),
    _rule("named", r"\b(?:(?:the\s)?previous|last)\syear\b|\bthe\syear\sbefore\b", _relative),
    _rule("named", r"\bthis\sseason\b|\b(?:this|next|the\scoming|the\swhole|the\scurrent)\syear\b", _relative),
)
