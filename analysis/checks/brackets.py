"""The parts of an amount that a bracket right behind it lists: "9 inspections (4 of cells, 5 of members)".

A bracket that says it lists some only ("including", "such as") makes up nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from analysis.checks.findings import words
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure

__all__ = ["bracketed"]

_OPENS = re.compile(r"[^().;]{0,60}\((?P<first>[^()]*)")
_LIKE = ("amount", "change")  # what a bracket may list the parts of


def bracketed(sheet: Sheet) -> Iterator[tuple[Figure, Sequence[Figure]]]:
    """Each amount, or change, with two or more amounts of its unit that the bracket behind it lists."""
    for row in sheet.sentences.values():
        for n, whole in enumerate(row[:-1]):
            opens = _OPENS.fullmatch(sheet.words_after(whole)) if whole.measure in _LIKE else None
            if opens is None or whole.out_of is not None or words("some_of").search(opens["first"]):
                continue
            parts = _inside(sheet, row[n + 1 :])
            if len(parts) > 1 and all(_is_part(part, whole) for part in parts):
                yield whole, parts


def _inside(sheet: Sheet, row: Sequence[Figure]) -> Sequence[Figure]:
    """The figures from the first of a bracket to the one behind which it closes; none where it never does."""
    open_ended = list(takewhile(lambda one: ")" not in sheet.words_after(one), row))
    return row[: len(open_ended) + 1] if len(open_ended) < len(row) else ()


def _is_part(part: Figure, whole: Figure) -> bool:
    same = part.measure == "amount" and part.unit == whole.unit and part.per == whole.per and part.out_of is None
    return same and part.bounded and whole.bounded and 0 < part.value < abs(whole.value)
