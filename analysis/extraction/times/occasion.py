"""A report's text in, the occasion of it out: a congress, half of a term, a meeting on a day, a count up to a month."""

from __future__ import annotations

import datetime as dt
import re

from analysis.extraction.times.dates import MONTH, month_number
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = [
    "HEAD",
    "LOOKS_BACK",
    "MEETING",
    "counts_so_far",
    "half_term",
    "is_congress",
    "is_midway",
    "meeting_day",
]

_CONGRESS = Sifted(r"\bcongress\b(?!\sresolutions?\b)", re.IGNORECASE)
_AFTER_CONGRESS = re.compile(r"\b(?:since|after|following)\s(?:the\s)?(?:[\w'-]+\s){0,5}\Z", re.IGNORECASE)
_HALF_TERM = phrase("half_term")
_TO_PREPARE = re.compile(
    r"\b(?:prepar\w+|will|mak(?:e|ing)\sready)\b[^.;,]*$|\bto\sserve\s(?:the\s)?(?:[\w'-]+\s){0,3}$|\bdo(?:ing)?\swell\s(?:the\s)?$",
    re.IGNORECASE,
)
MEETING = phrase("meeting_without_year")
_SO_FAR = Sifted(
    rf"\b(?:(?:as of|by|until|up to)\s(?:the\send\sof\s)?|to the (?:end|day) of )(?!January|December){MONTH}\b"
    r"(?!\s(?:\d{1,2},?\s)?(?:of\s)?(?:19|20)\d\d)|"
    r"\bso far this year|\b(?:first|past) \w+ months of this year|"
    r"\bby the end of this year|\b(?:since|from) the (?:beginning|start) of the year\b",
    re.IGNORECASE,
)
_EARLY_MONTHS = phrase("early_months_of_plan")
LOOKS_BACK = 3  # months in which a report still looks back on the year before
_NEARLY = 28  # days before its end in which a year is spoken of as over
HEAD = 600  # characters in which a report says what it is


def is_congress(flat: str, head: int = HEAD) -> bool:
    """Whether a report speaks of a congress where it says what it is."""
    found = _CONGRESS.search(flat, 0, head)
    return bool(found and not _AFTER_CONGRESS.search(flat, max(0, found.start() - 60), found.start()))


def is_midway(flat: str, head: int = HEAD) -> bool:
    """Whether a report looks back on half of a term."""
    return half_term(flat, head) is not None


def half_term(flat: str, head: int) -> re.Match[str] | None:
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
    found = MEETING.search(flat, 0, HEAD)
    if not found or year is None:
        return None
    month = month_number(found["month"] or found["month2"])
    try:
        day = dt.date(year, month, int(found["day"] or found["day2"]))
    except ValueError:
        return None
    return day if month > LOOKS_BACK and (dt.date(year, 12, 31) - day).days > _NEARLY else None


def counts_so_far(flat: str, within: int = 2 * HEAD) -> bool:
    """Whether a report begins by saying up to which month of its year it counts: "As of November, revenue reached".

    Also where it holds the first months of the year against its plan.

    >>> counts_so_far("As of November, revenue reached 16 billion VND."), counts_so_far("In 2017 revenue rose.")
    (True, False)
    """
    return bool(_SO_FAR.search(flat, 0, within) or _EARLY_MONTHS.search(flat, 0, within))
