"""A figure in the making, handed from step to step until it is a row.

>>> from analysis.extraction.figures import extract_figures
>>> extract_figures("It admitted 12 members.")[["value", "measure", "role"]].values.tolist()
[[12.0, 'amount', 'achieved']]
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.extraction.clauses import Words
from analysis.extraction.cues import Decision
from analysis.extraction.digits import Number

__all__ = ["LEVELS", "Candidate"]

LEVELS = ("amount", "share", "score")


@dataclass
class Candidate:
    """A figure in the making; what the later steps fill in starts empty."""

    number: Number
    words: Words
    measure: Decision
    role: Decision
    about: Candidate | None = None
    part_of: Candidate | None = None
    unit: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unit = self.unit or self.number.unit

    @property
    def is_level(self) -> bool:
        """Whether it says how much there is, was done or was reached."""
        return self.measure.word in LEVELS and self.role.word in ("achieved", "projected")

    @property
    def bracketed(self) -> bool:
        """Whether it stands in brackets."""
        return self.words.bracket is not None
