"""Choices by weighted evidence: hints for candidates go in, the winner comes out, or nothing where it is too close.

>>> hints = [("Tan Phuoc", Hint("title", 6.0, 0, "Tan Phuoc")), ("An Khe", Hint("aside", 0.2, 40, "An Khe"))]
>>> choose(hints).value, choose(hints[1:]).value, choose([*hints, ("An Khe", Hint("title", 5.5, 50, "An Khe"))]).value
('Tan Phuoc', None, None)
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from analysis.lexicon import rows

__all__ = ["UNDECIDED", "Choice", "Hint", "choose", "weight"]

UNDECIDED = "undecided"  # where a place or period comes from that the evidence does not settle

MARGIN = 1.15  # times the evidence of the runner-up that the winner needs
LEAST = 1.0  # evidence below which nothing is decided

Candidate = TypeVar("Candidate", bound=Hashable)


@dataclass(frozen=True)
class Hint:
    """A row of ``data/frame/hints.csv`` that a text trips: its name, its weight, where, and the words."""

    name: str
    weight: float
    at: int
    words: str


@dataclass(frozen=True)
class Choice(Generic[Candidate]):
    """What was decided, the candidates with their weights from the strongest down, and every hint for each."""

    value: Candidate | None
    ranked: tuple[tuple[Candidate, float], ...] = ()
    hints: tuple[tuple[Candidate, Hint], ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether there were candidates, and none of them won."""
        return self.value is None and bool(self.ranked)


def choose(hints: Iterable[tuple[Candidate, Hint]], margin: float = MARGIN, least: float = LEAST) -> Choice[Candidate]:
    """The candidate with the most evidence; none where that is little, or hardly more than the next one's.

    Args:
        hints: candidates, each with one hint for it; a candidate may come many times.
        margin: how many times the evidence of the runner-up it takes to win.
        least: the evidence that a winner needs.
    """
    given = tuple(hints)
    weights: dict[Candidate, float] = {}
    for candidate, hint in given:
        weights[candidate] = weights.get(candidate, 0.0) + hint.weight
    ranked = tuple(sorted(weights.items(), key=lambda pair: -pair[1]))
    ahead = bool(ranked) and ranked[0][1] >= least and (len(ranked) == 1 or ranked[0][1] >= margin * ranked[1][1])
    return Choice(ranked[0][0] if ahead else None, ranked, given)


@cache
def _weights() -> dict[tuple[str, str], float]:
    return {(row["decides"], row["hint"]): float(row["weight"]) for row in rows("frame/hints")}


def weight(decides: str, hint: str) -> float:
    """The weight of a hint on what it helps to decide, as ``data/frame/hints.csv`` has it."""
    return _weights()[decides, hint]
