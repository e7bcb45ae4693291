"""What the notebooks tell: answers, tables and questions, computed, and right for none, one or many rows."""

from analysis.display.ahead import lower_bars, next_pairs
from analysis.display.answers import doubts, overview, reading, targets_met
from analysis.display.digest import Digest
from analysis.display.frames import (
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
from analysis.display.questions import questions

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
