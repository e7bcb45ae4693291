"""Several times in, the one that a number is of out: listed in order, the years that an average spans, a tale's next.

>>> from analysis.extraction.numbers import scan
>>> from analysis.extraction.times.expressions import times
>>> text = "In 2021, 2022 and 2023 growth was 12%, 13% and 14% respectively."
>>> [listed(text, times(text), number, len(text)).period.end.year for number in scan(text)]
[2021, 2022, 2023]
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.digits import Number
from analysis.extraction.periods import Period, Time
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["A_NUMBER", "NOW", "RUN", "from_level", "later_years", "listed", "started", "tells_of_now", "years_between"]

_BETWEEN = re.compile(r"\s*(?:,|and|,\s?and)\s*")
_RESPECTIVELY = Sifted(r"[^.;]*\brespectively\b")
A_NUMBER = re.compile(r"\d[\d.,]*(?=\s|%|$)")
NOW = phrase("tells_of_now")
"""Opens a sentence on the day of the report."""
RUN = re.compile(r"\s?[-–—/]\s?[\d.,%\s–—/-]+(?:in|by)\s(?:the\syear\s)?")
"""Numbers with dashes between them, up to the time behind them that dates all."""
_FROM, _TO = re.compile(r"\bfrom\s$"), re.compile(r"[^;.]{0,45}?\bto\s")


def listed(flat: str, times: Sequence[Time], number: Number, end: int) -> Time | None:
    """Of years listed before as many numbers, the one in the number's place: "in 2021 and 2022, 12% and 13%".

    Args:
        flat: the plain text.
        times: those of the number's sentence.
        number: the number.
        end: where its sentence ends.
    """
    before = [t for t in times if t.end <= number.start]
    years = [before[-1]] if before and before[-1].kind == "year" else []
    for time in reversed(before[:-1] if years else []):
        if time.kind != "year" or not _BETWEEN.fullmatch(flat, time.end, years[0].start):
            break
        years.insert(0, time)
    if len(years) < 2 or not _RESPECTIVELY.search(flat, number.end, end):
        return None
    place = len(A_NUMBER.findall(flat[years[-1].end : number.start]))
    return years[place] if place < len(years) else None


def years_between(flat: str, before: Sequence[Time]) -> Time | None:
    """The years that a yearly average spans: "from 9.14% in 2021 to 3.27% in 2024, down 1.96%/year"."""
    if len(before) < 2:
        return None
    first, last = before[-2:]
    linked = re.search(r"(?<!compared)\sto\s", flat[first.end : last.start])
    if not linked or first.period.end is None or (last.period.end and first.period.end > last.period.end):
        return None
    start = first.period.end + dt.timedelta(days=first.kind == "date")
    return replace(last, period=Period(start, last.period.end), kind="span")


def later_years(told: Time, times: Sequence[Time], latest: int) -> list[Time]:
    """The later years to which a tale goes on: "Back in 2011 it met 4. All were met by 2018. Income was ...".

    Args:
        told: when the tale was before, which a year alone says.
        times: those of the next sentence.
        latest: the last year that the report may tell of.
    """
    until = told.period.end if told.kind == "year" else None
    years = [t for t in times if t.kind in ("year", "by") and not (t.base or t.plan or t.body)]
    return [t for t in years if until and t.period.start and until < t.period.start and t.period.start.year <= latest]


def tells_of_now(flat: str, start: int, before: Period, published: int) -> bool:
    """Whether a sentence tells of the report's day, where what was told before lies years back: "So far ...".

    Args:
        flat: the plain text.
        start: where the sentence starts.
        before: what was told of before.
        published: the year in which the report came out, 0 where that is not known.
    """
    old = before.end is not None and before.end.year < published - 1
    return old and NOW.match(flat, start) is not None


def from_level(flat: str, number: Number) -> bool:
    """Whether a number is the level that something started from: "fell from 71 to 54"."""
    return bool(_FROM.search(flat[max(0, number.opens - 6) : number.opens]) and _TO.match(flat, number.end))


def started(flat: str, times: Sequence[Time], number: Number) -> Time | None:
    """The year in which an earlier change of the sentence started: "from 3% in 1992 to 22% in 2007, ... from 71 to 54".

    Args:
        flat: the plain text.
        times: those of the number's sentence.
        number: the level that a later change started from.
    """
    before = [t for t in times if t.end <= number.start][-_A_CHANGE:]  # what has a time of its own starts from another
    found = (t for t in before if t.kind == "year" and _START.search(flat, 0, t.start) and _GOES_TO.match(flat, t.end))
    return next(found, None)


_A_CHANGE = 2  # times that a change is told with: from then, to then
_START = re.compile(r"\bfrom\s[^\s,;]*\d\S*(?:\s[\w/]+){0,4}?\s(?:in|at|by)\s(?:the\syear\s)?\Z")
_GOES_TO = re.compile(r"\s(?:up\s|down\s)?to\s")
