"""What the words around an expression of time make of it: when all of a sentence was, a day to count up to, a name.

>>> from analysis.extraction.times.time_words import times
>>> text = "In 2023, the committee of the 13th congress, term 2020-2025, admitted 9 members."
>>> [is_adverbial(text, 0, time) for time in times(text)]
[True, False]
"""

from __future__ import annotations

import re

from analysis.extraction.times.periods import Time

__all__ = ["is_adverbial", "is_as_of", "names_a_body", "states"]

_STATUS_DATE = re.compile(r"\b(?:as of|as at|by|until|till|up to|at|to)\s(?:the end of\s)?$", re.IGNORECASE)
_STATUS_WORD = re.compile(r"(?:as of|as at|by|until|up to|to|at|currently)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as of|as at|currently|at present)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\W*[A-Z][a-z]+ing\b[^,.;]{0,70}\b(?:in|of|for)\s(?:the\syear\s)?")
_ADVERBIAL = re.compile(
    r"(?:^|[,:;(-]\s|\band\s)\W*(?:(?:specifically|particularly|especially|notably|only|also|back)\s)?"
    r"(?:(?:in|by|during|as of|at|from|since|over|for|regarding|throughout|until|up to|entering|after)\s(?:the\s)?"
    r"(?:year\s|period\s|past\s|end of\s|month of\s)?)?$",
    re.IGNORECASE,
)
_BODY = re.compile(r",\s(?:term\s)?$")


def is_as_of(flat: str, time: Time) -> bool:
    """Whether figures stand as of a day: it sets no period to come, even where it lies behind the report's."""
    return bool(_AS_OF.search(flat[max(0, time.start - 10) : time.start + 10]))


def is_adverbial(flat: str, start: int, time: Time) -> bool:
    """Whether a time says when all of its sentence was: "In 2023, ...", ", since the beginning of the term, "."""
    before = flat[start : time.start]
    participle = _PARTICIPLE.fullmatch(before) and flat[time.end : time.end + 1] == ","
    return not names_a_body(flat, time) and bool(participle or _ADVERBIAL.search(before))


def states(flat: str, time: Time) -> bool:
    """Whether a date is one that figures stand as of, not the day of a meeting."""
    before = flat[max(0, time.start - 20) : time.start]
    return time.kind != "date" or bool(_STATUS_DATE.search(before) or _STATUS_WORD.match(flat, time.start))


def names_a_body(flat: str, time: Time) -> bool:
    """Whether a time says which committee, not when: ", term 2020-2025"."""
    return time.kind == "span" and bool(_BODY.search(flat[max(0, time.start - 8) : time.start]))
