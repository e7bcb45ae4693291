"""Reports in, success claimed without a figure out: "the results have met and exceeded the set targets".

>>> from analysis.reading.reports import from_text
>>> text = "The results have met and exceeded the set targets. It admitted 9 members, exceeding the plan."
>>> extract_claims([from_text(text)])["quote"].tolist()
['met and exceeded the set targets']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

import pandas as pd

from analysis.extraction import cues
from analysis.extraction.frame import frame_of
from analysis.extraction.numbers import scan
from analysis.extraction.places.of_figure import Topic
from analysis.lexicon import rows
from analysis.reading.article import passages
from analysis.reading.reports import Report
from analysis.reading.sentences import plain
from analysis.sieve import Sifted

__all__ = ["extract_claims"]

COLUMNS = ["report", "place", "start", "end", "quote", "sentence", "kind"]


@cache
def _patterns() -> tuple[tuple[str, Sifted], ...]:
    return tuple((row["kind"], Sifted(cues.expand(row["pattern"]), re.IGNORECASE)) for row in rows("cues/claims"))


def extract_claims(reports: Iterable[Report]) -> pd.DataFrame:
    """One row per claim of success in a sentence that holds no figure, with the columns ``COLUMNS``."""
    return pd.DataFrame([row for report in reports for row in _claims(report)], columns=COLUMNS)


def _claims(report: Report) -> Iterator[dict[str, object]]:
    flat = plain(report.text)
    claimed = _claimed(flat)
    if not claimed:
        return
    starts = sorted(number.start for number in scan(report.text))
    topic = Topic(frame_of(report).atlas)
    for passage in passages(flat):
        topic.enter(flat, passage.start, passage.end, passage.line)
        figures = bisect_left(starts, passage.end) - bisect_left(starts, passage.start)
        if passage.start in claimed and not figures:
            kind, match = claimed[passage.start]
            place, _ = topic.place_at(flat, passage.start, match.start())
            yield {
                "report": report.id,
                "place": place.name if place else "",
                "start": match.start(),
                "end": match.end(),
                "quote": report.text[match.start() : match.end()],
                "sentence": report.text[passage.start : passage.end],
                "kind": kind,
            }


def _claimed(flat: str) -> dict[int, tuple[str, re.Match[str]]]:
    """The first claim of each sentence, by where that starts, with its kind: most reports have none."""
    found: dict[int, tuple[str, re.Match[str]]] = {}
    for kind, pattern in _patterns():
        for passage in passages(flat) if pattern.may_match(flat) else ():
            if match := pattern.search(flat, passage.start, passage.end):
                found.setdefault(passage.start, (kind, match))
    return found
