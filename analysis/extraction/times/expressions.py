"""A text in, the times that it names out, as periods, each with what the words around it make of it.

How a time is written stands in ``data/times/expressions.csv``, the longest first; a later row never reads inside an
earlier one's words. A row's ``reader`` is the function here that makes a period of what the pattern found.

>>> text = "From 2021 to present 60 were set up; in the first 6 months of 2024, 171; over the 2020-2025 term, 9."
>>> [(text[t.start:t.end], str(t.period)) for t in times(text)][:2]
[('From 2021 to present', '2021-01-01..'), ('first 6 months of 2024', '2024-01-01..2024-06-30')]
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from analysis.extraction.periods import NO_PERIOD, Calendar, Period, Time, fiscal_year, whole_year
from analysis.extraction.times.dates import MONTH, day_in, month_end, month_number
from analysis.extraction.times.occasion import LOOKS_BACK
from analysis.lexicon import expand, number_words, phrase, rows, spaced
from analysis.sieve import Quick, Sieve, Sifted

__all__ = ["times"]

_OLDEST, _FARTHEST = 50, 35  # years before and behind the report's
_YEAR = r"(?:19|20)\d{2}"
_TERM_WORD = r"(?:\s?(?:term|tenure|period|phase|stage))"


# --- from a match to a period ---------------------------------------------------------------------------------------


def _years(first: int, last: int) -> Period:
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else NO_PERIOD


def _months(year: int | None, first: int, last: int) -> Period:
    return Period(dt.date(year, first, 1), month_end(year, last)) if year and 1 <= first <= last <= 12 else NO_PERIOD


def _count(match: re.Match[str]) -> int:
    """``6`` for ``6`` or ``six``."""
    return int(match["count"]) if match["count"].isdigit() else number_words()[match["count"].lower()]


def _on(day: dt.date | None) -> Period:
    return Period(day, day)


def _named(match: re.Match[str], calendar: Calendar) -> int | None:
    """The year that an expression names, else the report's; this year's is that in which it was written."""
    if written := match.groupdict().get("year"):
        return int(written)
    this = match.group().lower().endswith("this year")
    return (calendar.this_year or (calendar.today and calendar.today.year) or calendar.year) if this else calendar.year


def _year(match: re.Match[str], calendar: Calendar) -> Period:
    """A year; none where it is too far from the report's to be one of which figures are told: "Project 1956"."""
    year = int(match["year"])
    told = calendar.year is None or calendar.year - _OLDEST <= year <= calendar.year + _FARTHEST
    return whole_year(year) if told else NO_PERIOD


def _none(*_: object) -> Period:
    return NO_PERIOD


def _short_span(match: re.Match[str], _: Calendar) -> Period:
    first, last = 2000 + int(match["decade"]), 2000 + int(match["last"])
    return _years(first, last) if first < last else NO_PERIOD


def _fiscal(match: re.Match[str], calendar: Calendar) -> Period:
    """A year of the budget: two years are the one that touches both, one year is the one that ends in it."""
    first, last = _fiscal_years(match["first"], match["last"])
    if last is None:
        return fiscal_year(calendar, first - 1) if calendar.fiscal else whole_year(first)
    return fiscal_year(calendar, first) if last == first + 1 else NO_PERIOD


def _fiscal_years(first: str, last: str | None) -> tuple[int, int | None]:
    """``2023`` and ``24`` as years."""
    return 2000 + int(first[-2:]), 2000 + int(last[-2:]) if last else None


def _fiscal_part(match: re.Match[str], calendar: Calendar) -> Period:
    first, last = _fiscal_years(match["first"] or match["first_too"], match["last"] or match["last_too"])
    if last != first + 1 or calendar.fiscal is None:
        return NO_PERIOD
    size = {"quarter": 3, "half": 6}.get((match["unit"] or "").lower(), 0) or _count(match)
    which = _QUARTERS[match["which"].lower()] if match["which"] else 1
    which = min(which, 12 // size)
    start = fiscal_year(calendar, first).start
    assert start is not None
    begin, end = _months_later(start, size * (which - 1)), _months_later(start, size * which)
    return Period(begin, end - dt.timedelta(1))


def _months_later(day: dt.date, count: int) -> dt.date:
    years, month = divmod(day.month - 1 + count, 12)
    return day.replace(year=day.year + years, month=month + 1)


def _fiscal_relative(match: re.Match[str], calendar: Calendar) -> Period:
    """The budget year in which a report lies, or the one before it."""
    if calendar.today is None:
        return NO_PERIOD
    begun = calendar.fiscal is None or (calendar.today.month, calendar.today.day) >= calendar.fiscal
    year = calendar.today.year - (not begun) - (match["which"].lower() not in ("this", "current", "ongoing"))
    return fiscal_year(calendar, year) if calendar.fiscal else whole_year(year)


def _to_month(match: re.Match[str], _: Calendar) -> Period:
    first, last = int(match["first"]), int(match["year"])
    return Period(dt.date(first, 1, 1), month_end(last, month_number(match["month"]))) if first <= last else NO_PERIOD


def _past_years(match: re.Match[str], calendar: Calendar) -> Period:
    """The years up to the report's; as many as its term has are the term, and as many as were named before, those."""
    count, term = _count(match), calendar.term
    if calendar.year is None:
        return NO_PERIOD
    named = NO_PERIOD if _PAST.search(match.group()) else _named_before(match, count, calendar.year)
    of_term = term.start and term.end and term.end.year - term.start.year == count
    if of_term and term.end and calendar.year >= term.end.year - 1:
        return named if named.end and named.end >= term.end else term
    return named or _years(calendar.year - count + 1, calendar.year)


_PAST = re.compile(r"\b(?:past|last)\b", re.IGNORECASE)
_SPAN = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)(?!\d|[.,]\d|\s?%)")
_NEAR = 1500  # characters before "in five years" in which they were named


def _named_before(match: re.Match[str], count: int, latest: int) -> Period:
    """As many years that a report has named before, the latest: "In 2001-2005 it grew. ... 9 billion in five years"."""
    spans = _SPAN.findall(match.string, max(0, match.start() - _NEAR), match.start())
    named = [(int(first), int(last)) for first, last in spans if int(last) - int(first) in (count - 1, count)]
    over = [(last, n, first) for n, (first, last) in enumerate(named) if last <= latest]
    last, _, first = max(over, default=(0, 0, 0))
    return _years(first, last) if first else NO_PERIOD


def _month_span(match: re.Match[str], calendar: Calendar) -> Period:
    first, last = month_number(match["month"]), month_number(match["last"])
    return _months(_named(match, calendar), first, last) if first < last else NO_PERIOD


def _first_years(match: re.Match[str], calendar: Calendar) -> Period:
    first = calendar.term.start
    return _years(first.year, first.year + _count(match) - 1) if first else NO_PERIOD


def _half(match: re.Match[str], calendar: Calendar) -> Period:
    return _months(
        _named(match, calendar), *((1, 6) if match["which"].lower() in ("first", "1st", "opening", "h1") else (7, 12))
    )


_QUARTERS = {
    "first": 1,
    "1st": 1,
    "opening": 1,
    "one": 1,
    "i": 1,
    "second": 2,
    "2nd": 2,
    "two": 2,
    "ii": 2,
    "third": 3,
    "3rd": 3,
    "three": 3,
    "iii": 3,
}
_QUARTERS |= dict.fromkeys(("fourth", "4th", "last", "closing", "final", "four", "iv"), 4)


def _quarter(match: re.Match[str], calendar: Calendar) -> Period:
    which = (match["which"] or match["roman"]).lower()
    last = 3 * (int(which) if which.isdigit() else _QUARTERS[which])
    return _months(_named(match, calendar), last - 2, last)


def _day_of_year(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.year is None:
        return NO_PERIOD
    year, month = calendar.year, month_number(match["month"])
    if calendar.today and calendar.today.year > year and month <= calendar.today.month:
        year = calendar.today.year  # in January, "January 4" is this year's, "November 30" the year before's
    return _on(dt.date(year, month, max(min(int(match["day"]), month_end(year, month).day), 1)))


def _month(match: re.Match[str], calendar: Calendar) -> Period:
    written = match.groupdict()
    month = int(written["number"]) if written.get("number") else month_number(match["month"])
    year, today = _named(match, calendar), calendar.today
    early = today is not None and month < today.month <= LOOKS_BACK
    if early and not written.get("year") and year and today and today.year > year:
        year = today.year  # in February "in January" is last month, though the report is about the year before
    return _months(year, month, month)


def _relative(match: re.Match[str], calendar: Calendar) -> Period:
    if calendar.year is None:
        return NO_PERIOD
    words = match.group().lower()
    early = calendar.today is not None and calendar.today.month <= LOOKS_BACK
    whole = "whole" in words and "this" not in words and early  # in January "the whole year" is the one told of
    year = (
        calendar.year
        if "period" in words or "same" in words or whole
        else calendar.this_year or (calendar.today or dt.date(calendar.year, 1, 1)).year
    )
    ahead = any(word in words for word in ("next", "coming"))
    return whole_year(year + ahead - (not ahead and not any(word in words for word in ("this", "whole", "current"))))


_Reader = Callable[["re.Match[str]", Calendar], Period]
_READERS: dict[str, _Reader] = {
    "none": _none,
    "span": lambda match, _: _years(int(match["first"]), int(match["last"])),
    "short_span": _short_span,
    "fiscal": _fiscal,
    "fiscal_part": _fiscal_part,
    "fiscal_relative": _fiscal_relative,
    "past_years": _past_years,
    "next_years": lambda match, calendar: (
        _years(calendar.year + 1, calendar.year + _count(match)) if calendar.year else NO_PERIOD
    ),
    "to_month": _to_month,
    "after_years": lambda match, _: _years(int(match["first"]), int(match["first"]) + _count(match)),
    "open": lambda match, _: Period(dt.date(int(match["first"]), 1, 1)),
    "term": lambda _, calendar: calendar.term,
    "term_open": lambda _, calendar: Period(calendar.term.start),
    "first_years": _first_years,
    "first_months": lambda match, calendar: _months(_named(match, calendar), 1, _count(match)),
    "first_quarters": lambda match, calendar: _months(_named(match, calendar), 1, 3 * _count(match)),
    "last_months": lambda match, calendar: _months(_named(match, calendar), 13 - _count(match), 12),
    "month_span": _month_span,
    "half": _half,
    "quarter": _quarter,
    "day": lambda match, _: _on(day_in(match)),
    "day_of_year": _day_of_year,
    "month": _month,
    "month_last_day": lambda match, calendar: _on(_month(match, calendar).end),
    "year": _year,
    "years_ago": lambda match, calendar: (
        whole_year((calendar.today.year if calendar.today else calendar.year) - _count(match))
        if calendar.year
        else NO_PERIOD
    ),
    "year_start": lambda _, calendar: _on(dt.date(calendar.year, 1, 1) if calendar.year else None),
    "year_end": lambda match, _: _on(dt.date(int(match["year"]), 12, 31)),
    "now": lambda _, calendar: _on(calendar.today),
    "relative": _relative,
}


@cache
def _rules() -> Sieve[tuple[str, Quick, _Reader]]:
    count = rf"(?:\d{{1,2}}|{'|'.join(word for word, value in number_words().items() if value < 13)})"
    pieces = {"{year}": _YEAR, "{count}": count, "{month}": MONTH, "{term_word}": _TERM_WORD}

    def quick(written: str) -> Quick:
        for name, piece in pieces.items():
            written = written.replace(name, piece)
        return Quick(re.compile(spaced(written), re.IGNORECASE))

    rules = [(row["kind"], quick(row["pattern"]), _READERS[row["reader"]]) for row in rows("times/expressions")]
    return Sieve((rule, [rule[1].pattern]) for rule in rules)


# --- finding them ---------------------------------------------------------------------------------------------------

_BASE = phrase("time_compared")
_OWN_BASE = phrase("time_of_base")
_FROM_LEVEL = re.compile(
    r"\bfrom\s(?:(?:only|just|about|nearly|over)\s)?[\w$]*\d[\d.,/]*\s?%?(?:\s[a-zA-Z]+){0,4}\s(?:in\s|at\s)?(?:the\s)?$"
)
_FELL_FROM = Sifted(  # "fell to 6.3 percent last year from 17.8 percent in 2006"
    rf"\bto\s(?:(?:only|just|about|nearly|over)\s)?[\w$]*\d[^;.()]*(?:\.\d[^;.()]*)*{_FROM_LEVEL.pattern}"
)
_IS_LABEL = re.compile(r"\s?:\s?\S{0,4}\d")
_TO_LEVEL = re.compile(r"\sto\s(?:(?:only|just|about|nearly|over)\s)?\S?\d(?!\d{3}\b)")
_PERCENT_FROM = re.compile(r"(?:%|per\s?cent)\s(?:from\s)?$")
_THROUGHOUT = Sifted(r"(?:^|[.;,:]\s)\W*[Oo]ver\s(?:the\s)?$")  # "Over the 2020-2025 term, ..." compares nothing
_WAS = Sifted(r"(?:,?\swhich)?\s(?:was|were|stood|hit|reached|totall?ed|amounted|exceeded)\b", re.IGNORECASE)
_WAS_SO_MANY, _SO_MANY = phrase("was_so_many"), phrase("so_many_last_year")
_ENDS = re.compile(r"\s*(?:[,.;)]|$|\s(?:and|but|while|when)\b)")
_MOVED = re.compile(expand(r"\b(?:{up}|{down})\b[^,;]*$"), re.IGNORECASE)
_TO_THIS_LEVEL = re.compile(r"\bto\s(?:(?:only|just|about|nearly|over)\s)?[\w$]*\d[\d.,]*\s?%?(?:\s?[a-z]+){0,3}\s$")
_OPENS = re.compile(r"(?:^|[.;]\s)\W*(?:In\s|During\s)?(?:the\s)?$", re.IGNORECASE)
_SUPERLATIVE = Sifted(r"\b(?:first|only|ever|\w+est|most|least|best|worst|record)\b[^,;.]{0,25}$", re.IGNORECASE)
_NAMES_IT = re.compile(  # "at 2010 prices", "the 2018 curriculum", "at the 2021 Conference on Trade" date nothing
    r"\s(?:constant|comparable|comparative|fixed|current)?\s?prices?\b"
    r"|\s(?:(?:new|national|general\seducation)\s){0,2}(?:curricul\w+|constitution|law\b|general\seducation\sprogram)"
    r"|\s(?-i:(?:[A-Z][a-z]+\s){0,3}(?:Conference|Forum|Summit))\b",
    re.IGNORECASE,
)
_FOR_YEAR = re.compile(r"\W*For\s(?:the\s(?:year|period|term)\s)?")
_PLAN_AFTER = Sifted(
    r"(?:'s)?\s(?:(?!(?:under|by|of|against|from|over|with|and|for|in|on)\s)[\w'-]+\s){0,2}?(?:plan|target|estimate|goal|resolution|task|dutie)s?\b",
    re.IGNORECASE,
)
_PLAN_BEFORE = phrase("plan_for_time")
_COMING = re.compile(r"(?:the\s)?(?:coming|next)\syear", re.IGNORECASE)
_TASKS_REVIEWED = re.compile(
    r"\breview(?:s|ed|ing)?\s(?:the\s|its\s)?(?:(?!and\b)[a-z-]+\s){0,3}tasks(?:\sand\ssolutions)?\s(?:of|for|in)\s(?:the\s)?\Z"
)
_STANDARD = phrase("names_a_standard")


# What a passage must hold to name a time at all.
_BODY = Sifted(  # ", term 2020-2025" and "the 7th session in the 2016-2021 term" say which council, not when
    r",\s(?:term\s)?$|\b(?:Congress|Council|Committee)(?:'s)?(?:\sresolution)?\s\((?:term|tenure)\s$|"
    r"\b(?:Council|Committee)\sfor\s(?:the\s)?$|\b(?:session|meeting|plenum)\b(?:(?!\breview|\bresult|\bimplement|\bassess)[^.;,])*\s(?:in|of|for)\s(?:the\s)?$",
    re.IGNORECASE,
)
_NO_CALENDAR = Calendar()


def times(flat: str, start: int = 0, end: int | None = None, calendar: Calendar = _NO_CALENDAR) -> list[Time]:
    """The expressions of time between two offsets, in order, none inside another."""
    found = _expressions(flat, start, len(flat) if end is None else end)
    periods = ((time, read(match, calendar)) for time, match, read in found)
    return [replace(time, period=period) for time, period in periods if period]


@lru_cache(maxsize=2000)  # the passages of a report are read twice: first for its calendar, then by it
def _expressions(flat: str, start: int, end: int) -> list[tuple[Time, re.Match[str], _Reader]]:
    """The times still without a period, each with what makes one of its words."""
    found: list[tuple[Time, re.Match[str], _Reader]] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern, read in _rules().passed(flat[start:end]):
        for match in pattern.finditer(flat, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            near = max(start, match.start() - 40), match.start()
            superlative = kind == "years" and _SUPERLATIVE.search(flat, *near)
            standard = _STANDARD.search(flat, *near)
            if read is not _none and not (superlative or standard or _NAMES_IT.match(flat, match.end(), end)):
                found.append((_time(flat, start, end, match, kind), match, read))
    found.sort(key=lambda one: one[0].start)
    return found


_EARLIER = (
    "same ",
    "the same ",
    "last year",
    "previous year",
    "the previous",
    "a year",
    "the year before",
)


def _time(flat: str, start: int, end: int, match: re.Match[str], kind: str) -> Time:
    """An expression of time, with what the words around it make of it: a base of comparison, the year of a plan."""
    says_to = 3 * match.group().lower().startswith("to ")  # "compared to the end of 2023"
    before = flat[max(start, match.start() - 60) : match.start() + says_to]
    after = flat[match.end() : min(end, match.end() + 30)]
    earlier = (
        kind == "named" and match.group().lower().startswith(_EARLIER) and not _is_told(before, match.group(), after)
    )
    moved = _FROM_LEVEL.search(before) and _TO_LEVEL.match(after)
    label = before.endswith(("(", "; ")) and "(" in before and _IS_LABEL.match(after)  # "(2023: 97.9%; plan: 98.5%)"
    moved = moved or _FELL_FROM.search(flat, start, match.start())
    own = bool(_OWN_BASE.search(before) or moved or label)
    since = kind == "span" and _PERCENT_FROM.search(before)  # "grew by 3% from 2016 to 2020"
    compared = kind != "years" and not since and _BASE.search(before) and not _THROUGHOUT.search(before)
    base = own or earlier or bool(compared)
    reviewed = _TASKS_REVIEWED.search(before)
    plan = bool(_PLAN_AFTER.match(after)) or bool(_PLAN_BEFORE.search(before) and not reviewed)
    plan = plan or (kind == "named" and bool(_COMING.fullmatch(match.group())))
    plan = plan or (kind == "year" and bool(_FOR_YEAR.fullmatch(flat, start, match.start())))
    body = kind == "span" and bool(_BODY.search(flat[max(start, match.start() - 60) : match.start()]))
    return Time(match.start(), match.end(), NO_PERIOD, kind, base, plan, own, body)


def _is_told(before: str, words: str, after: str) -> bool:
    """Whether a sentence tells of an earlier time: "Last year the flood ...", "those in the same period were 9"."""
    opens = bool(_OPENS.search(before)) and not words.lower().endswith("period")  # "In the same period, ..." is now
    ends = words.lower() == "last year" and _ENDS.match(after) is not None
    level = not _MOVED.search(before) and _SO_MANY.search(before)
    level = level or _TO_THIS_LEVEL.search(before)  # "fell to 4.1 percent last year"
    return opens or bool(_WAS.match(after) or _WAS_SO_MANY.search(before) or (ends and level))
