"""A text in, the date of the report out: a dateline among its first lines, else the latest day that it speaks of.

>>> report_date("Ninh Binh\\n\\nMorning Post28/12/2023\\n\\nText.")
(datetime.date(2023, 12, 28), 'text')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from analysis.extraction.times.dates import DAYS, MONTH_YEAR, day_in, month_end, month_number
from analysis.lexicon import expand, phrase
from analysis.reading.reports import Report
from analysis.reading.sentences import plain
from analysis.sieve import Sifted

__all__ = ["Dated", "dated", "report_date"]

_CAPTION = Sifted(r"\b(?:photos?|pictures?|images?|illustration)\b", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:date\s)?(?:19|20)\d\d-\d\d-\d\d(?=\s)")
_FOUR_DIGITS = re.compile(r"(?:19|20)\d{2}")
_BEFORE, _BEHIND = 40, 12  # characters of a day around its year
_YEAR = re.compile(r"(?:19|20)\d{2}(?<![\d.,/$-]\d{4})(?![\d,.]*\d|\s?%)")
_IN = Sifted(r"\b(?:[Ii]n|(?:beginning|start|months|quarter|half|middle)\sof)\s(?:the\syear\s)?$")
_AIMS = phrase("speaks_of_aims")
_STATED = phrase("date_of_document")
_BASE = Sifted(r"(?:%|per\s?cent)\s(?:(?:up|down|more|less|higher|lower)\s)?(?:on|over|from|against|than)\s(?:in\s)?$")
_BY = Sifted(r"\b(?:by|in|on)\s*$", re.IGNORECASE)
_FUTURE = Sifted(
    r"\b(?:from|since|until|till|before|to|vision to|effective)\s*$"
    r"|\b(?:start|launch|deploy|set\sout|begin|implement)(?:ing)?\s(?:the\s|key\s|main\s)*tasks\s(?:of|for|in)\s(?:the\s)?$",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    expand(
        r"\b(?:[Uu]p\sto|[Aa]s\sof|[Bb]y|[Uu]ntil)\s(?:(?P<month>{month})\s(?P<day>\d{1,2})|(?P<day2>\d{1,2})\s(?P<month2>{month}))\b"
        r"(?!,?\s(?:19|20)\d\d)[^.;\n]{0,80}?\b(?:had|has|have|was|were)\b"
    )
)
_UPDATED = re.compile(
    r"^\W*(?:(?:last\s)?updated?|posted|published)(?:\s(?:on|at))?\s?:?\s*(?:\d{1,2}:\d\d(?::\d\d)?\s?(?:[AP]M)?[\s|,-]*)?\Z|"
    r"^\W*\d{1,2}:\d\d\s?\|\s?\Z",
    re.IGNORECASE,
)
_AS_OF = Sifted(r"\bas\sof\s$", re.IGNORECASE)
_MONTHS = 12
_SHORT = 60  # characters of a line that says when
_NEAR = 8  # lines
_PART_OF = Sifted(r"\b(?:months?|quarter|half)\s(?:of\s(?:the\s(?:year\s)?)?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Dated:
    """When a report was published.

    ``text`` is the date as narrowly as it is known (``2023-12``); ``source`` says where it is from: ``reports.toml``,
    ``page`` (what a web page declares), ``text`` (a dateline), ``inferred`` (the latest day that the text
    speaks of), or nothing.
    """

    date: dt.date | None = None
    text: str = ""
    source: str = ""


@lru_cache(maxsize=1000)
def dated(report: Report) -> Dated:
    """When a report was published: what its settings say, else what its text shows.

    >>> from analysis.reading.reports import from_text
    >>> dated(from_text("Ninh Binh\\n\\nMorning Post28/12/2023\\n\\nText."))
    Dated(date=datetime.date(2023, 12, 28), text='2023-12-28', source='text')
    """
    if report.date:
        return Dated(report.date, report.dated or report.date.isoformat(), report.date_source)
    day, source = report_date(report.text)
    return Dated(day, day.isoformat(), source) if day else Dated()


def report_date(text: str) -> tuple[dt.date | None, str]:
    """The date of a report: a dateline among its first lines, else the latest day or month that it speaks of.

    The day of a photograph is not the report's, nor is one that lies before a year that the text speaks of as past, nor
    a dateline years after all that it speaks of: that is the day on which a page was opened.
    """
    flat = plain(text)
    lines = flat.splitlines()
    for n, line in enumerate(lines[:14]):
        opened = _OPENS.match(line)  # "2021-06-25 HANOI - It ..."
        line = line[: opened.end()] if opened else line if len(line) < 120 else ""
        for pattern in DAYS:
            match = pattern.search(line)
            if not match or len(line) - len(match.group()) >= 60 or _STATED.search(line[: match.start()]):
                continue
            if _CAPTION.search(line[: match.start()]):
                continue  # the day of a picture; "2023-07-15 Illustrative image" is the report's
            if not (day := day_in(match)):
                continue
            if (own := _updated(lines[n : n + _NEAR])) and own < day:
                return own, "text"  # above it stands the day on which the page was opened
            flat, line = flat.replace(match.group(), ""), line.replace(match.group(), "")
            if opened or not _is_of_page(flat, day):
                return _month_first(flat, day) if "number" in match.groupdict() else day, "text"
    lines = flat.splitlines()
    spoken = "\n".join("" if len(line) < 300 and _CAPTION.search(line) else line for line in lines)
    latest = max(_days(spoken), default=None)
    if latest is None or latest.year < _latest_year(spoken):
        return None, ""
    return max([latest, *_counted_up_to(spoken, latest.year)]), "inferred"


def _updated(lines: Sequence[str]) -> dt.date | None:
    """The day with which a page says when its article came out: "Update: October, 23/2015", "14:25 | 19/08/2019"."""
    for line in (line for line in lines if len(line) < _SHORT):
        for match in (found for pattern in DAYS if (found := pattern.search(line))):
            if _UPDATED.search(line[: match.start()]) and (day := day_in(match)):
                return day
    return None


def _month_first(rest: str, day: dt.date) -> dt.date:
    """A dateline with the month first, where its text counts up to a day that lies between both ways to read it.

    "04/02/2013" above "as of March 15th 2013" is April 2.
    """
    if day.day > _MONTHS or day.day <= day.month:
        return day
    swapped = day.replace(month=day.day, day=day.month)
    told = [
        m for pattern in DAYS for m in pattern.finditer(rest) if _AS_OF.search(rest, max(0, m.start() - 8), m.start())
    ]
    up_to = max((found for m in told if (found := day_in(m))), default=day)
    return swapped if day < up_to <= swapped else day


def _counted_up_to(flat: str, year: int) -> Iterator[dt.date]:
    """The days without a year up to which a text says what has been done: "up to March 6, it had planted 90 ha"."""
    for match in _UP_TO.finditer(flat):
        with suppress(ValueError):
            yield dt.date(year, month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"]))


def _is_of_page(rest: str, day: dt.date) -> bool:
    """Whether a dateline is that of the page: the latest that the rest of it tells of is years before.

    With "this year" it may be that of a report that only looks back far, unless that tells of months of an early year.
    """
    parts = (m for m in _YEAR.finditer(rest) if _PART_OF.search(rest[max(0, m.start() - 30) : m.start()]))
    reviewed = max((int(m.group()) for m in parts), default=0)
    told = max([reviewed, _latest_year(rest), *(one.year for one in _days(rest))])
    return 0 < told < day.year - 1


def _days(flat: str) -> list[dt.date]:
    """The days, and the last days of the months, that a text speaks of as past or present."""
    near = [*_near_years(flat)]
    found = (match for pattern in DAYS for span in near for match in pattern.finditer(flat, *span))
    days = [day for match in found if _spoken_of(flat, match) and (day := day_in(match))]
    months = [m for span in near for m in MONTH_YEAR.finditer(flat, *span) if _spoken_of(flat, m)]
    return days + [month_end(int(m["year"]), month_number(m["month"])) for m in months]


def _near_years(flat: str) -> Iterator[tuple[int, int]]:
    """The pieces of a text in which a day with its year may stand, each place in one of them."""
    start = end = -1
    for year in _FOUR_DIGITS.finditer(flat):
        if year.start() - _BEFORE > end:
            if end >= 0:
                yield start, end
            start = max(0, year.start() - _BEFORE)
        end = year.end() + _BEHIND
    if end >= 0:
        yield start, end


def _latest_year(flat: str) -> int:
    """The latest year that a text speaks of as past or present; 0 where it speaks of none.

    >>> _latest_year("Founded on June 12, 1948, it collected 4 billion VND in 2017 and aims at 9 billion by 2020.")
    2017
    """
    found = (m for m in _YEAR.finditer(flat) if _IN.search(flat[max(0, m.start() - 24) : m.start()]))
    years = [int(m.group()) for m in found if not _AIMS.search(_clause(flat, m.start()))]
    return max(years, default=0)


def _clause(flat: str, at: int) -> str:
    """The words around a place in a text, no further than the ends of its sentence."""
    before = re.split(r"[.;\n]\s|,\s|\sand\s", flat[max(0, at - 120) : at])[-1]
    return before + re.split(r"[.;\n]\s|\sand\s", flat[at : at + 80])[0]


def _spoken_of(flat: str, match: re.Match[str]) -> bool:
    """Not the date of a document, not a day to come, and none that something is only compared with."""
    before = flat[max(0, match.start() - 160) : match.start()]
    sentence = re.split(r"[.;\n]", before)[-1] + re.split(r"[.;\n]", flat[match.end() : match.end() + 90])[0]
    ahead = _BY.search(before) and _AIMS.search(sentence)
    return not (_STATED.search(before) or _FUTURE.search(before) or _BASE.search(before) or ahead)
