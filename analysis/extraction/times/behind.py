"""The times of a sentence in, the one that stands behind a number and dates it out.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It had 41 schools in 2021, in 2023 it reached 46.")
>>> figures["period_start"].dt.year.tolist()
[2021, 2023]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction.candidate import Candidate
from analysis.extraction.digits import Number
from analysis.extraction.periods import Time
from analysis.lexicon import phrase

__all__ = ["HAD_REACHED", "follows", "trailing"]

_ADJACENT = phrase("time_right_after")
_IN_BRACKET, _OPENED = re.compile(r"^\s?\([^()]*\)"), re.compile(r"\([^)]*$")  # the same amount in another currency
_BRACKET_OPENS = re.compile(r"\s?\((?:(?:in|by|of|for)\s(?:the\syear\s)?)?")
_DATES_NEXT = re.compile(r"\s(?:was|were|is|stood\sat|reach(?:es|ed))\s(?:\w+\s)?[$]?\d")  # "that of 2019 was 8.1%"
_OPENS_NEXT = re.compile(
    r"\s(?:(?:it\s(?:\w+\s){1,3})?(?:over|about|nearly|around|more\sthan|at\sleast)\s)?(?:VND|USD|[$])?\s?\d"
)
_COMMA = re.compile(r",\s(?:(?:and|in|by|at|for)\s)*$")
HAD_REACHED = re.compile(
    r",?\s(?:it|this|the\s[\w\s]{1,40}?)\s(?:reached|was|were|stood\sat|rose\sto|fell\sto|had)\s(?:\w+\s){0,2}"
)
_LABELS_NEXT = re.compile(r"\s?:\s?\S{0,4}\d")


def follows(flat: str, time: Time, number: Number) -> bool:
    """Whether a time stands right behind a number, and dates it: no other number that it is compared with."""
    between = _IN_BRACKET.sub("", flat[number.end : time.start])
    own = not time.base or (time.own and not re.search(r"\d", between))
    labels = _LABELS_NEXT.match(flat, time.end)  # "the plan: 4.5% and last year: 4.2%"
    alone = _BRACKET_OPENS.fullmatch(between) and flat.startswith(")", time.end)  # "2.9 million (in 2003)"
    alone = alone or (time.kind == "months" and between == " from ")  # "3 billion from January to July"
    apart = _OPENED.search(between) and not alone
    return bool(own and not labels and (alone or (_ADJACENT.fullmatch(between) and not apart)))


def trailing(flat: str, usable: Sequence[Time], figure: Candidate) -> Time | None:
    """A period named after the figure, in the same clause."""
    due = figure.role.word == "target"  # "95% of families by the end of 2025"
    later = [t for t in usable if t.start >= figure.number.end and (due or t.kind != "date") and not t.body]
    later = [t for t in later if not _DATES_NEXT.match(flat, t.end) and not _opens_next(flat, t)]
    later = [t for t in later if not _LABELS_NEXT.match(flat, t.end)]
    if later and not re.search(r"[;]|,\s(?:while|but)\b", flat[figure.number.end : later[0].start]):
        return later[0]
    return None


def _opens_next(flat: str, time: Time) -> bool:
    """Whether a time behind a comma dates the number behind it: "78 million dong, in 2030 more than 145"."""
    comma = _COMMA.search(flat[max(0, time.start - 10) : time.start])
    reached = HAD_REACHED.match(flat, time.end)  # ", by 2019 it reached 39"
    return bool((comma and _OPENS_NEXT.match(flat, time.end)) or reached)
