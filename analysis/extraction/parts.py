"""Parts and their whole: "15 disciplined, including 2 warnings", "of the 28 targets, 12 were met".

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It disciplined 15 party members, including 2 warnings.")
>>> figures["part_of"].tolist() == ["", figures["figure_id"][0]]
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction.drafts import Draft

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


def link_parts(flat: str, drafts: Sequence[Draft], before: Draft | None) -> None:
    """Set ``part_of`` of the drafts of one sentence; ``before`` is the last level of the sentence before."""
    whole: Draft | None = None
    at = drafts[0].words.start
    for n, draft in enumerate(drafts):
        gap = flat[at : draft.quantity.opens]
        at = draft.quantity.end
        if _OF_N.search(gap) and _same_kind(draft, draft) and draft.is_level and draft.quantity.out_of is None:
            whole = draft
            continue
        if _PARTS.search(gap):
            candidates = [d for d in drafts[:n] if d.is_level and d.part_of is None and d is not whole]
            candidates = candidates or [d for d in (whole,) if d is not None]
            whole = next((d for d in reversed(candidates) if _same_kind(d, draft)), None)
            if whole is None and n == 0 and before and _same_kind(before, draft):
                whole = before
        elif (
            whole
            and n
            and ";" in gap
            and draft.words.clause > drafts[n - 1].quantity.end
            and not _same_kind(whole, draft)
        ):
            whole = None
        if whole and draft.is_level and _same_kind(whole, draft) and not draft.bracketed:
            draft.part_of = whole
        elif _TARGETS_MET.match(draft.words.right) and draft.quantity.out_of is None and draft.is_level:
            set_ = [
                d for d in drafts[:n] if _TARGETS_SET.match(d.words.right) and d.quantity.value > draft.quantity.value
            ]
            draft.part_of = next((d for d in set_ if not _TARGETS_MET.match(d.words.right)), None)


_TARGETS_SET = re.compile(r"\s(?:(?!met\b)[\w-]+\s){0,2}?(?:targets|goals|norms|tasks)\b")
_TARGETS_MET = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:targets|goals|norms|tasks)\s(?:(?:have|has|had|were|was|been|already)\s)*"
    r"(?:met|reached|achieved|completed|fulfilled|exceeded|surpassed)\b"
)


def _is_set(draft: Draft) -> bool:
    """Whether a count is one of targets set, not of targets met."""
    return bool(_TARGETS_SET.match(draft.words.right)) and not _TARGETS_MET.match(draft.words.right)


def _same_kind(whole: Draft, part: Draft) -> bool:
    return whole.unit == part.unit and whole.measure.word == part.measure.word == "amount"
