"""Parts and their whole: "15 disciplined, including 2 warnings", "of the 28 targets, 12 were met".

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It disciplined 15 party members, including 2 warnings.")
>>> figures["part_of"].tolist() == ["", figures["figure_id"][0]]
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction.candidate import Candidate

__all__ = ["link_parts"]

_PARTS = re.compile(
    r"\b(?:including|includes?|of\s(?:which|whom|these|those|them)|in\swhich|among\s(?:them|which|these"
    r"|those)|comprising|consisting\sof"
    r"|composed\sof|namely)\b",
    re.IGNORECASE,
)
_OF_N = re.compile(
    r"(?:^|[,;:]\s)\W*(?:of|out\sof|among)\s(?:the\s|its\s|these\s|those\s|all\s|a\stotal\sof\s)*$", re.IGNORECASE
)


def link_parts(flat: str, figures: Sequence[Candidate], before: Candidate | None) -> None:
    """Set ``part_of`` of the figures of one sentence; ``before`` is the last level of the sentence before."""
    whole: Candidate | None = None
    at = figures[0].words.start
    for n, figure in enumerate(figures):
        gap = flat[at : figure.number.opens]
        at = figure.number.end
        if _OF_N.search(gap) and _same_kind(figure, figure) and figure.is_level and figure.number.out_of is None:
            whole = figure
            continue
        if _PARTS.search(gap):
            levels = [d for d in figures[:n] if d.is_level and d.part_of is None and d is not whole]
            levels = levels or [d for d in (whole,) if d is not None]
            whole = next((d for d in reversed(levels) if _same_kind(d, figure)), None)
            if whole is None and n == 0 and before and _same_kind(before, figure):
                whole = before
        elif (
            whole
            and n
            and ";" in gap
            and figure.words.clause > figures[n - 1].number.end
            and not _same_kind(whole, figure)
        ):
            whole = None
        if whole and figure.is_level and _same_kind(whole, figure) and not figure.bracketed:
            figure.part_of = whole
        elif _TARGETS_MET.match(figure.words.right) and figure.number.out_of is None and figure.is_level:
            set_ = [
                d for d in figures[:n] if _TARGETS_SET.match(d.words.right) and d.number.value > figure.number.value
            ]
            figure.part_of = next((d for d in set_ if not _TARGETS_MET.match(d.words.right)), None)


_TARGETS_SET = re.compile(r"\s(?:(?!met\b)[\w-]+\s){0,2}?(?:targets|goals|norms|tasks)\b")
_TARGETS_MET = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:targets|goals|norms|tasks)\s(?:(?:have|has|had|were|was|been|already)\s)*"
    r"(?:met|reached|achieved|completed|fulfilled|exceeded|surpassed)\b"
)


def _same_kind(whole: Candidate, part: Candidate) -> bool:
    return whole.unit == part.unit and whole.measure.word == part.measure.word == "amount"
