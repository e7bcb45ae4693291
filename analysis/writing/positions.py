"""Offsets into a text as lines and columns, counted from 1 as editors do.

>>> lines = Lines("It planted\\r\\n9 trees.")
>>> lines.at(12), lines.at(0)
((2, 1), (1, 1))
"""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["Lines"]

_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """The line of a character and its column, in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
