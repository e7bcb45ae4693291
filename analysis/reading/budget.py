"""A text in, nothing out but a reason where it exceeds what a report may cost: its characters, and its numbers.

Every number is held against those around it, so a text of nothing else costs a hundred times what ordinary text does.
Reports have 10 to 30 numbers in a thousand characters, rows of tables up to 60.

>>> keep_within("It has 9 members. " * 10)
>>> keep_within("5 " * 3_000)
Traceback (most recent call last):
analysis.reading.formats.Unreadable: has 3,000 numbers, more than one in 16 characters, which is no report; take such \
tables out, or allow more with ANALYSIS_NUMBERS
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from analysis.lexicon import word_pattern
from analysis.reading.files import LONGEST, longest, setting
from analysis.reading.formats import Unreadable

__all__ = ["NUMBERS", "keep_within"]

NUMBERS = "ANALYSIS_NUMBERS"
"""The environment variable that says how many numbers a report may have, however close they stand."""

_NUMBERS = 2_000  # fifty pages of ordinary text
_APART = 16  # characters for each of more numbers


def keep_within(text: str) -> None:
    """See that a text is no longer, and no more full of numbers, than a report may be.

    Raises:
        Unreadable: it is.
        ValueError: an environment variable says no number.
    """
    size, most = len(text), longest()
    if size > most:
        advice = f"split it, or allow more with {LONGEST}"
        raise Unreadable(f"has {size:,} characters, where {most:,} are allowed; {advice}")
    free = max(setting(NUMBERS, _NUMBERS), size // _APART)
    if next(islice(_number().finditer(text), free, None), None):
        found = sum(1 for _ in _number().finditer(text))
        advice = f"take such tables out, or allow more with {NUMBERS}"
        raise Unreadable(f"has {found:,} numbers, more than one in {_APART} characters, which is no report; {advice}")


@cache
def _number() -> re.Pattern[str]:
    """A number in digits or in words, quick rather than exact."""
    return re.compile(rf"\d+(?:[.,]\d+)*|\b{word_pattern()}\b")
