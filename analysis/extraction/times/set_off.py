"""A time in its sentence in, what the words around it make of it out: set off, as of a day, or that of a meeting.

>>> from analysis.extraction.times.expressions import times
>>> text = "In 2023, it met on 5 May 2024."
>>> [(text[t.start : t.end], dates_figures(text, t)) for t in times(text, 0, len(text))]
[('2023', True), ('5 May 2024', False)]
"""

from __future__ import annotations

import re

from analysis.extraction.periods import Time
from analysis.lexicon import phrase

__all__ = ["dates_figures", "is_adverbial"]

_STATUS_DATE = re.compile(
    r"\b(?:as of|as at|by|until|till|up to|at|to)\s(?:the (?:end|day|date) of\s)?$", re.IGNORECASE
)
_STATUS_WORD = re.compile(r"(?:as of|as at|by|until|up to|to|at|currently|so far)\b", re.IGNORECASE)
_WAS_SET = re.compile(
    r"\b(?:laid\sdown|set\sout|adopted|issued|promulgated|passed)\s(?:in|on|of)\s(?:early\s|late\s)?$"
)
_PARTICIPLE = re.compile(r"\W*[A-Z][a-z]+ing\b[^,.;]{0,70}\b(?:in|of|for)\s(?:the\s(?:years?|period|term)\s)?")
_ADVERBIAL = phrase("sets_time_off")
_AFTER_YEAR = re.compile(r"\b(?:19|20)\d\d(?:,|\sand|,\sand)\s$")
_BEFORE_YEAR = re.compile(r"(?:,|\sand|,\sand)\s(?:19|20)\d\d\b")


def is_adverbial(flat: str, start: int, time: Time) -> bool:
    """Whether a time says when all of its sentence was: "In 2023, ...", ", since the beginning of the term, "."""
    before = flat[start : time.start]
    if _AFTER_YEAR.search(before) or _BEFORE_YEAR.match(flat, time.end):
        return False  # one of several: "the results of 2021, 2022 and 2023"
    participle = _PARTICIPLE.fullmatch(before) and flat[time.end : time.end + 1] == ","
    return not time.body and bool(participle or _ADVERBIAL.search(before))


def dates_figures(flat: str, time: Time) -> bool:
    """Whether a time is one that figures stand as of: not the day of a meeting, nor when a plan was laid down."""
    before = flat[max(0, time.start - 20) : time.start]
    if _WAS_SET.search(before):
        return False  # "the 17 targets laid down in 2019"
    return time.kind != "date" or bool(_STATUS_DATE.search(before) or _STATUS_WORD.match(flat, time.start))
