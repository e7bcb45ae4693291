"""A number with its words in, a row of ``figures`` out: the figure in the making that the steps hand on.

>>> from analysis.extraction.figures import extract_figures
>>> extract_figures("It admitted 12 members.")[["value", "measure", "role"]].values.tolist()
[[12.0, 'amount', 'achieved']]
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.extraction.clauses import Words
from analysis.extraction.cues import Decision
from analysis.extraction.digits import Number
from analysis.extraction.periods import NO_PERIOD, Period
from analysis.reading.settings import Place

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
    link: str = ""
    rival: Candidate | None = None  # another one that it could be about
    else_measure: str = ""  # what it could measure, too
    unit: str = ""
    subject: str = ""
    indicator: str = ""
    base: str | None = None  # the subject of a count that names its own, from a head and a verb
    head: str = ""
    verb: str = ""
    place: Place | None = None
    place_source: str = ""
    period: Period = NO_PERIOD
    period_source: str = ""
    unfinished: bool = False

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
