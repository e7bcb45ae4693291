"""What the notebooks tell: answers, tables and questions, computed, and right for none, one or many rows."""

from analysis.story.ahead import lower_bars, next_pairs
from analysis.story.answers import doubts, overview, reading, targets_met
from analysis.story.digest import Digest
from analysis.story.frames import (
    by_place,
    checks,
    coverage,
    doubtful,
    not_read,
    places,
    readings,
    specimens,
    unpaired_targets,
    with_origin,
)
from analysis.story.questions import questions

__all__ = [
    "Digest",
    "by_place",
    "checks",
    "coverage",
    "doubtful",
    "doubts",
    "lower_bars",
    "next_pairs",
    "not_read",
    "overview",
    "places",
    "questions",
    "reading",
    "readings",
    "specimens",
    "targets_met",
    "unpaired_targets",
    "with_origin",
]
