"""The words around a number in, what it measures out: an amount, a share, a part of a plan, a change, a rank.

The cues stand in ``data/cues/measure_cues.csv``, the first that fits decides; ``data/cues/macros.csv`` names the pieces
that their patterns share.

>>> from analysis.extraction.clauses import around
>>> from analysis.extraction.numbers import scan
>>> text = "123 members were admitted, achieving 100% of the target set by the province."
>>> numbers = scan(text)
>>> measure(numbers[1], around(text, 0, len(text), numbers, 1))
Decision(word='attainment', cue='percent_of_plan', text='of the target')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from analysis.currencies import is_money
from analysis.extraction.clauses import Words
from analysis.extraction.digits import Number
from analysis.lexicon import expand, rows
from analysis.sieve import Sieve, Sifted

__all__ = ["Cue", "Decision", "compiled", "expand", "measure", "sieve"]


@dataclass(frozen=True)
class Decision:
    """A word of the data contract, the name of the cue that decided, and the words it found."""

    word: str
    cue: str = ""
    text: str = ""

    @property
    def trace(self) -> str:
        """The cue and its words, for a table."""
        return f"{self.cue}: {self.text}" if self.text else self.cue


@dataclass(frozen=True)
class Cue:
    """A row of a table of cues: a word of the data contract, and the words in a window that decide for it."""

    name: str
    word: str
    window: str
    patterns: tuple[Sifted, ...]
    units: str = "all"
    limit: str = ""

    def found(self, words: Words) -> str | None:
        """The words that the cue found, None where it does not fit."""
        if self.window == "left_right":
            left, right = self.patterns[0].search(words.left), self.patterns[1].match(words.right)
            return f"{left.group()}...{right.group()}" if left and right else None
        window = getattr(words, self.window)
        found = self.patterns[0].match(window) if self.window == "right" else self.patterns[0].search(window)
        return found.group().strip()[-80:] if found else None


def compiled(pattern: str) -> tuple[Sifted, ...]:
    """A cue's pattern; one for each side where it looks at both."""
    return tuple(Sifted(expand(part), re.IGNORECASE) for part in pattern.split(r"\|"))


def sieve(cues: Iterable[Cue]) -> Sieve[Cue]:
    """The cues of a table, sorted out by ``Words.whole``."""
    return Sieve((cue, [sifted.pattern for sifted in cue.patterns]) for cue in cues)


@cache
def _measure_cues() -> Sieve[Cue]:
    return sieve(
        Cue(r["name"], r["measure"], r["window"], compiled(r["pattern"]), r["units"], r["limit"])
        for r in rows("cues/measure_cues")
    )


def measure(number: Number, words: Words) -> Decision:
    """What a figure measures, by the words around it."""
    if number.unit == "rank":
        return Decision("rank" if number.ordinal or number.qualifier == "at_most" else "change", "ordinal", number.text)
    kind = _kind(number)
    if number.signed and kind == "pct":
        return Decision("change", "signed", number.text)
    for cue in _measure_cues().passed(words.whole):
        if cue.units not in ("all", kind) and not (cue.units == "pct" and kind == "pct_rate"):
            continue
        if number.out_of is not None and cue.word in ("margin", "change"):
            continue
        if cue.word == "score" and (kind == "pp" or is_money(number.unit) or number.scaled):
            continue
        if not _within(number, cue.limit):
            continue
        found = cue.found(words)
        if found is not None:
            return Decision(cue.word, cue.name, found)
    return Decision(_DEFAULT[kind], "unit", number.unit)


_DEFAULT = {
    "pct": "share",
    "pct_rate": "change",
    "pp": "change",
    "times": "change",
    "rank": "change",
    "point": "score",
    "amt": "amount",
}


def _kind(number: Number) -> str:
    if number.unit == "%":
        return "pct_rate" if number.per == "year" else "pct"
    return number.unit if number.unit in ("pp", "times", "rank", "point") else "amt"


def _within(number: Number, limit: str) -> bool:
    if not limit:
        return True
    bound = int(limit[1:])
    return number.value < bound if limit[0] == "<" else number.value > bound
