"""A report in, what it is about out: its place, the period under review, the one to come, date and kind, with reasons.

>>> from analysis.reading.reports import from_text
>>> text = "Strong year for Tan Phuoc province\\n\\nIn 2023 it admitted 40 members. The 2024 target is 44."
>>> print(frame_of(from_text(text)))
place: Tan Phuoc, province (inferred; title "Tan Phuoc province" 6.0)
period: 2023 (inferred; lead "2023" 4.0; year "2023" 0.8)
coming: 2024 (inferred; planned "2024" 2.0)
date: none
kind: year-end
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from analysis.extraction.hints import UNDECIDED, Choice, Hint, choose, weight
from analysis.extraction.periods import NO_PERIOD, Period
from analysis.extraction.places.mentions import Atlas
from analysis.extraction.times.occasion import is_midway
from analysis.extraction.times.reference import Timeline
from analysis.extraction.times.report_date import dated
from analysis.formatting import period as formatted
from analysis.reading.article import passages
from analysis.reading.reports import Place, Report
from analysis.reading.sentences import plain
from analysis.reading.settings import FILE as SETTINGS

__all__ = ["Frame", "frame_of", "frames", "only_the_year"]

_LONGEST = 7  # years that a plan runs; what is further away is a vision
_HALF_YEAR = 6


@dataclass(frozen=True)
class Frame:
    """What a report is about; a part that the evidence does not settle is empty.

    ``period`` is the period under review and ``coming`` the one that targets are set for; ``kind`` is ``year-end``,
    ``half-year``, ``months``, ``mid-term``, ``congress``, ``national``, or ``thematic`` where no period is reviewed.
    ``choices`` has the candidates and the hints for each. Printed, it tells each decision with what speaks for it.
    """

    place: Place | None
    place_source: str
    period: Period
    period_source: str
    coming: Period
    date: dt.date | None
    date_source: str
    dated: str
    kind: str
    choices: dict[str, Choice[Place] | Choice[Period]] = field(repr=False)
    timeline: Timeline = field(repr=False)
    atlas: Atlas = field(repr=False)

    def told(self) -> list[tuple[str, str, str]]:
        """Each decision: of what, what was decided, and what speaks for it."""
        place = f"{self.place.name}, {self.place.level}".rstrip(", ") if self.place else ""
        coming = "inferred" if self.coming else ""
        parts = [
            ("place", place, self.place_source),
            ("period", formatted(self.period.start, self.period.end), self.period_source),
            ("coming", formatted(self.coming.start, self.coming.end), coming),
            ("date", self.dated, self.date_source),
        ]
        told = [(name, words or "none", _because(source, self.choices.get(name))) for name, words, source in parts]
        return [*told, ("kind", self.kind, "")]

    def between(self, decides: str) -> str:
        """What a part that is undecided wavers between: "between A and B", or "about A" where it is the only one."""
        choice = self.choices.get(decides)
        names = [_named(candidate) for candidate, _ in choice.ranked[:2]] if choice else []
        return f"between {' and '.join(names)}" if len(names) > 1 else f"about {names[0]}" if names else ""

    def __str__(self) -> str:
        return "\n".join(f"{name}: {words} ({because})".removesuffix(" ()") for name, words, because in self.told())


def _because(source: str, choice: Choice[Place] | Choice[Period] | None) -> str:
    """Where a part of a frame comes from, with the hints for the strongest candidate and the weight of the next."""
    return "; ".join([source, *(_hints(choice) if choice else [])]) if source else ""


def _hints(choice: Choice[Place] | Choice[Period], most: int = 3) -> list[str]:
    by_name: dict[str, list[Hint]] = defaultdict(list)
    for candidate, hint in choice.hints:
        if candidate == choice.ranked[0][0]:
            by_name[hint.name].append(hint)
    heaviest = sorted(by_name.values(), key=lambda hints: -sum(hint.weight for hint in hints))[:most]
    told = [f'{hints[0].name} "{hints[0].words}" {sum(hint.weight for hint in hints):.1f}' for hints in heaviest]
    next_best = [f"next best {_named(candidate)} {weight:.1f}" for candidate, weight in choice.ranked[1:2]]
    return told + next_best


@lru_cache(maxsize=1000)  # a doubt about each figure may name the candidates of its report
def _named(candidate: Place | Period) -> str:
    """A candidate in words; a place without a name is "the province" that a report speaks of."""
    if isinstance(candidate, Place):
        return candidate.name or f"the {candidate.level}"
    return formatted(candidate.start, candidate.end)


@lru_cache(maxsize=1000)
def frame_of(report: Report) -> Frame:
    """What a report is about: what its settings say, else what the evidence of its text settles.

    Args:
        report: one of the reports that ``read`` returns.
    """
    flat, when, atlas = plain(report.text), dated(report), Atlas.of(report)
    stated = Period(*report.period) if report.period else NO_PERIOD
    timeline = Timeline.of(flat, passages(flat), when.date, stated)
    main = timeline.main
    coming = choose(_to_come(timeline), margin=1.0)
    choices: dict[str, Choice[Place] | Choice[Period]] = {"period": timeline.review, "coming": coming}
    if not report.places:
        choices["place"] = atlas.choice
    period_source = SETTINGS if stated else "inferred" if main else UNDECIDED if timeline.review.undecided else ""
    kind = _kind(flat, timeline, atlas.main)
    parts = (atlas.main, atlas.source, main, period_source, coming.value or NO_PERIOD)
    return Frame(*parts, when.date, when.source, when.text, kind, choices, timeline, atlas)


def _to_come(timeline: Timeline) -> Iterator[tuple[Period, Hint]]:
    """The periods after the one under review that the report names, those of plans above all."""
    end, today = timeline.main.end, timeline.calendar.today
    if timeline.calendar.next_term:
        yield timeline.calendar.next_term, Hint("next term", weight("coming", "next term"), 0, "congress")
    for time in (time for found in timeline.by_passage.values() for time in found):
        period = time.period
        ahead = period.start and period.end and end and period.start > end and period.years <= _LONGEST
        ahead = ahead and (today is None or (period.end is not None and period.end > today))
        if ahead and not time.base and time.kind in ("year", "span", "named"):
            name = "planned" if time.plan else "ahead"
            yield period, Hint(name, weight("coming", name), time.start, formatted(period.start, period.end))


def _kind(flat: str, timeline: Timeline, place: Place | None) -> str:
    main, calendar = timeline.main, timeline.calendar
    if place and place.level == "country":
        return "national"
    if main and calendar.term and is_midway(flat):
        return "mid-term"
    if main and main in (calendar.term, calendar.next_term):
        return "congress"
    if not main.start or not main.end or main.years or only_the_year(timeline.review):
        return "thematic"
    if main.is_whole_year:
        return "year-end"
    first_half = (main.start.month, main.end.month) == (1, _HALF_YEAR)
    return "half-year" if first_half else "months"


def only_the_year(review: Choice[Period]) -> bool:
    """Whether nothing but the year of a report speaks for a period."""
    return bool(review.hints) and all(hint.name == "year" for _, hint in review.hints)


def frames(reports: Iterable[Report]) -> pd.DataFrame:
    """One row per report and decision: ``report``, ``decides``, ``decision``, ``because``.

    >>> from analysis.reading.reports import from_text
    >>> frames([from_text("Strong year for Tan Phuoc province\\n\\nIt went well.")])["decision"].tolist()
    ['Tan Phuoc, province', 'none', 'none', 'none', 'thematic']
    """
    columns = ["report", "decides", "decision", "because"]
    rows = [(report.id, *line) for report in reports for line in frame_of(report).told()]
    return pd.DataFrame(rows, columns=columns)
