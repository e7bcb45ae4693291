"""How much work a text costs, counted rather than timed: searches, characters that they pass over, and calls.

``python -m tests.hostile.work N M NAME...`` prints them for texts of so many characters in which a unit of
``tests/cases/hostile/repeated.json`` is repeated; with an empty name, for ordinary text. It runs in a process of its
own, since patterns count only where they are compiled after ``count``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import Any

work: Counter[str] = Counter()


class Counted:
    """A pattern that counts what it does."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and self._pattern == other._pattern

    def __hash__(self) -> int:
        return hash(self._pattern)

    def _passes(self, text: str, start: int = 0, end: int = sys.maxsize) -> None:
        work["searches"] += 1
        work["characters"] += max(0, min(end, len(text)) - max(start, 0))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        found = self._pattern.search(text, start, end)
        self._passes(text, start, found.end() if found else end)
        return found

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        found = self._pattern.match(text, start, end)
        self._passes(text, start, found.end() if found else start)
        return found

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        found = self._pattern.fullmatch(text, start, end)
        self._passes(text, start, found.end() if found else start)
        return found

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        work["searches"] += 1
        at = start
        for found in self._pattern.finditer(text, start, end):
            work["characters"] += max(0, found.end() - at)
            at = found.end()
            yield found
        work["characters"] += max(0, min(end, len(text)) - at)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        self._passes(text, start, end)
        return self._pattern.findall(text, start, end)

    def sub(self, by: Any, text: str, count: int = 0) -> str:
        self._passes(text)
        return self._pattern.sub(by, text, count)

    def split(self, text: str, maxsplit: int = 0) -> Any:
        self._passes(text)
        return self._pattern.split(text, maxsplit)


def count() -> None:
    """Let every pattern that is compiled from now on count what it does."""
    compiled = re.compile

    def counting(pattern: Any, flags: int = 0) -> Any:
        found = compiled(pattern._pattern if isinstance(pattern, Counted) else pattern, flags)
        return Counted(found) if isinstance(found.pattern, str) else found

    re.compile = counting  # type: ignore[assignment]


def costs(text: str) -> Counter[str]:
    """Return the work that a text costs, to all tables."""
    import analysis
    from analysis.reading.reports import from_text

    def called(frame: Any, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            work["calls"] += 1

    report = from_text(text)
    work.clear()
    sys.setprofile(called)
    try:
        analysis.tabulate(report)
    finally:
        sys.setprofile(None)
    return work.copy()


def main() -> None:
    """Print the work for each unit and length."""
    lengths = [one for one in sys.argv[1:] if one.isdigit()]
    names = [one for one in sys.argv[1:] if not one.isdigit()]
    count()
    from tests.hostile.texts import long_text, ordinary

    costs(ordinary(3000))  # what is done once
    for name in names:
        found = [costs(long_text(name, int(n)) if name else ordinary(int(n))) for n in lengths]
        print(json.dumps({"name": name, "work": found}), flush=True)


if __name__ == "__main__":
    main()
