"""The expressions of time that a text names, as periods.

>>> text = "From 2021 to present 60 were set up; in the first 6 months of 2024, 171; over the 2020-2025 term, 9."
>>> [(text[t.start:t.end], str(t.period)) for t in times(text)][:2]
[('From 2021 to present', '2021-01-01..'), ('first 6 months of 2024', '2024-01-01..2024-06-30')]
"""

from __future__ import annotations

import re

from analysis.extraction.times.dates import MONTH
from analysis.extraction.times.expressions import RULES
from analysis.extraction.times.periods import Calendar, Period, Time

__all__ = ["times"]


_YEAR = r"(?:19|20)\d{2}"
_BASE = re.compile(
    r"(?:compar(?:ed|ing|ison)\s(?:to|with)|\bthan(?:\sin|\sat|\sthat\sof|\sthose\sof)?|\bover"
    r"|\bversus|\bagainst|\bas\s(?:much|many|high|large|big|great)\sas|\bthat\sof"
    r"|\btimes\s(?:the|of|that\sof)|\bup\son|\bsame\speriod|\bsame\sas|\bextended|\bcarried\sover"
    r"|\b(?:up|down|places?|rose|fell|in|de)(?:creased?)?\s(?:[^,;()]|,(?=\d)){0,30}\bfrom"
    r"|(?:equal(?:s|ing)?\sto|equivalent\sto|\d|%)[^,;]{0,12}\sof)"
    r"(?:\sthe(?:\send\sof)?|\sin|\sto|\sfrom|\sof|\speriod|\slevel\sof|\ssame\speriod)*\s*$",
    re.IGNORECASE,
)
_OWN_BASE = re.compile(  # "against 31st in 2022": the year dates the 31st place, nothing else
    r"\b(?:against|versus|compared\s(?:to|with)|(?:instead|up|down)\sfrom)\s(?:the\s)?(?:[a-z]+\s){0,2}?"
    r"[\w$]*\d[\d.,/]*(?:\s?%|st|nd|rd|th)?(?:\s(?!in\b|and\b)[a-z]+){0,3}\s(?:recorded\s)?(?:in|of|at|for)\s(?:the\s(?:year\s)?)?$",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(r"(?:^|[.;,:]\s)\W*Over\s(?:the\s)?$")  # "Over the 2020-2025 term, ..." compares nothing
_WAS = re.compile(r"\s?,?\s(?:was|were|stood|hit|reached|totall?ed|amounted|exceeded)\b", re.IGNORECASE)
_WAS_SO_MANY = re.compile(
    r"\b(?:was|were|had\sbeen|stood\sat)\s(?:only\s|just\s|about\s|over\s)?[\w$]*\d[\d.,/]*\s?%?(?:\s(?!than\b)[a-z]+){0,3}"
    r"\s(?:in|during|for)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.;]\s)\W*(?:In\s|During\s)?(?:the\s)?$", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"\b(?:first|only|ever|\w+est|most|least|best|worst|record)\b[^,;.]{0,25}$", re.IGNORECASE)
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
    rf"{_YEAR}|month|quarter|half|term|year|period|currently|present|\b{MONTH}[\s-]|\d\s{MONTH}", re.IGNORECASE
)


_NO_CALENDAR = Calendar()


def times(flat: str, start: int = 0, end: int | None = None, calendar: Calendar = _NO_CALENDAR) -> list[Time]:
    """The expressions of time between two offsets, in order, none inside another."""
    end = len(flat) if end is None else end
    if not _MAYBE.search(flat, start, end):
        return []
    found: list[Time] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern, read in RULES:
        for match in pattern.finditer(flat, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            period = read(match, calendar)
            if kind == "years" and _SUPERLATIVE.search(flat, max(start, match.start() - 40), match.start()):
                continue
            if period and not _PRICES.match(flat, match.end(), end):
                found.append(_time(flat, start, end, match, kind, period))
    return sorted(found, key=lambda time: time.start)


_EARLIER = ("same period", "the same period", "last year", "previous year", "the previous", "a year", "the year before")


def _time(flat: str, start: int, end: int, match: re.Match[str], kind: str, period: Period) -> Time:
    """An expression of time, with what the words around it make of it: a base of comparison, the year of a plan."""
    before = flat[max(start, match.start() - 60) : match.start()]
    after = flat[match.end() : min(end, match.end() + 30)]
    earlier = (
        kind == "named" and match.group().lower().startswith(_EARLIER) and not _is_told(before, match.group(), after)
    )
    own = bool(_OWN_BASE.search(before))
    base = own or earlier or bool(kind != "years" and _BASE.search(before[-45:]) and not _THROUGHOUT.search(before))
    plan = bool(_PLAN_AFTER.match(after)) or bool(_PLAN_BEFORE.search(before))
    plan = plan or (kind == "year" and bool(_FOR_YEAR.fullmatch(flat, start, match.start())))
    return Time(match.start(), match.end(), period, kind, base, plan, own)


def _is_told(before: str, words: str, after: str) -> bool:
    """Whether a sentence tells of an earlier time: "Last year the flood ...", "those in the same period were 9"."""
    opens = bool(_OPENS.search(before)) and not words.lower().endswith("period")  # "In the same period, ..." is now
    return opens or bool(_WAS.match(after) or _WAS_SO_MANY.search(before))
