"""Days, months and years as reports write them, and the date of a report.

>>> parse("2024-07")
datetime.date(2024, 7, 31)
>>> of_report("Ninh Binh\\n\\nMorning Post28/12/2023\\n\\nText.")
Dated(day=datetime.date(2023, 12, 28), source='text')
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from analysis.reading.sentences import plain

__all__ = ["MONTH", "Dated", "day_in", "month_end", "month_number", "of_report", "parse"]

_NAMES = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_NAMES |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted((name.capitalize() for name in _NAMES), key=len, reverse=True)) + r")\.?"

_DATELINES = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d{{2}})"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<number>\d{2})[-/](?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<day>\d{1,2})[-.](?P<number>\d{1,2})[-.](?P<year>(?:19|20)\d{2})(?![\d-])"),
    re.compile(r"(?<!\d)(?P<number>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d{2})(?!\d)"),  # 12/28/2023
)
_CAPTION = re.compile(r"\b(?:photos?|pictures?|images?|illustration)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/$-])(?:19|20)\d{2}(?![\d,.]*\d|\s?%)")
_IN = re.compile(r"\b[Ii]n\s(?:the\syear\s)?$")
_AIMS = re.compile(
    r"\b(?:will|aims?|strives?|striving|targets?|goals?|plans?|tasks?|expect\w*|assigned|allocated|is\sto|are\sto)\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s+(?P<year>(?:19|20)\d{{2}})")
_STATED = re.compile(r"\b(?:dated|Resolution|Directive|Decision|Decree|Conclusion|Plan|born)\b[^.\n]{0,40}$")
_DEMANDS = re.compile(r"\b(?:request|demand|ask|must|requir|at\sleast|no\sless\sthan)\w*", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|in|on)\s*$", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:from|until|till|before|to|vision to|effective)\s*$", re.IGNORECASE)


class Dated(NamedTuple):
    """A day and where it comes from: ``text`` (a dateline), ``inferred``, or nothing."""

    day: dt.date | None
    source: str


def month_number(name: str) -> int:
    """1 for ``January`` or ``Jan.``."""
    return _NAMES[name.lower().rstrip(".")]


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def parse(stated: object) -> dt.date | None:
    """A date of ``reports.toml``: a day, or the last day of a month or year; None where it is none."""
    if isinstance(stated, dt.datetime):
        return stated.date()
    if isinstance(stated, dt.date):
        return stated
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(stated))
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        return dt.date(year, month, day) if day else month_end(year, month or 12)
    except (ValueError, IndexError):
        return None


def of_report(text: str) -> Dated:
    """The date of a report: a dateline among its first lines, else the latest day or month that it speaks of.

    The day of a photograph is not the report's, nor is one that lies before a year that the text speaks of as past.
    """
    flat = plain(text)
    lines = flat.splitlines()
    for line in lines[:14]:
        if len(line) >= 120 or _CAPTION.search(line):
            continue
        for pattern in _DATELINES:
            match = pattern.search(line)
            if not match or len(line) - len(match.group()) >= 60 or _STATED.search(line[: match.start()]):
                continue
            if day := day_in(match):
                return Dated(day, "text")
    spoken = "\n".join("" if len(line) < 300 and _CAPTION.search(line) else line for line in lines)
    latest = max(_days(spoken), default=None)
    if latest is None or latest.year < _latest_year(spoken):
        return Dated(None, "")
    return Dated(latest, "inferred")


def _days(flat: str) -> list[dt.date]:
    """The days, and the last days of the months, that a text speaks of as past or present."""
    days = [day for pattern in _DATELINES for m in pattern.finditer(flat) if _spoken_of(flat, m) and (day := day_in(m))]
    months = [m for m in _MONTH_YEAR.finditer(flat) if _spoken_of(flat, m)]
    return days + [month_end(int(m["year"]), month_number(m["month"])) for m in months]


def _latest_year(flat: str) -> int:
    """The latest year that a text speaks of as past or present; 0 where it speaks of none.

    >>> _latest_year("Founded on June 12, 1948, it collected 4 billion VND in 2017 and aims at 9 billion by 2020.")
    2017
    """
    found = (m for m in _YEAR.finditer(flat) if _IN.search(flat[max(0, m.start() - 8) : m.start()]))
    years = [int(m.group()) for m in found if not _AIMS.search(_clause(flat, m.start()))]
    return max(years, default=0)


def _clause(flat: str, at: int) -> str:
    """The words around a place in a text, no further than the ends of its sentence."""
    before = re.split(r"[.;\n]\s|,\s|\sand\s", flat[max(0, at - 120) : at])[-1]
    return before + re.split(r"[.;\n]\s|\sand\s", flat[at : at + 80])[0]


def day_in(match: re.Match[str]) -> dt.date | None:
    """The day that a match of day, month and year names; None for the 31st of June."""
    groups = match.groupdict()
    month = month_number(groups["month"]) if groups.get("month") else int(groups["number"])
    try:
        return dt.date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        return None


def _spoken_of(flat: str, match: re.Match[str]) -> bool:
    """Not the date of a document, and not a day to come."""
    before = flat[max(0, match.start() - 160) : match.start()]
    sentence = re.split(r"[.;\n]", before)[-1] + re.split(r"[.;\n]", flat[match.end() : match.end() + 90])[0]
    ahead = _BY.search(before) and (_AIMS.search(sentence) or _DEMANDS.search(sentence))
    return not _STATED.search(before) and not _FUTURE.search(before) and not ahead
