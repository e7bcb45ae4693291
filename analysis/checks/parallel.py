"""Checks on lists that are told side by side: projects and what they cost, a plan and what was paid out of it.

Where one list makes up its whole, what stands beside each of its parts makes up what stands beside the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.checks import arithmetic
from analysis.checks.findings import Recomputation
from analysis.checks.results import Level, value_of
from analysis.checks.shares import is_share
from analysis.checks.sheet import Sheet
from analysis.checks.sums import Made, made_up
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.intervals import HALVES

__all__ = ["shares_beside", "sum_beside"]

SIDES = ((-1,), (1,), (-1, 1))  # where the second list stands: before each part, behind it, or now here now there
CLOSE = 2  # times a total is larger than what its parts lack or exceed it by, where it is still theirs


def sum_beside(sheet: Sheet) -> Iterator[Recomputation]:
    """A second list beside one that makes up its whole; where it does not, that is asked about."""
    known = {one.whole.figure.figure_id for one in made_up(sheet)} | sheet.parts.keys()
    for one in made_up(sheet):
        for sides in SIDES:
            beside = [_beside(sheet, figure, one, sides) for figure in (one.whole.figure, *one.parts)]
            total, parts = beside[0], [each for each in beside[1:] if each is not None]
            if total is None or len(parts) < len(one.parts) or not _is_list(total, parts):
                continue
            result = arithmetic.sum_total([Level(part) for part in parts], Level(total), HALVES)
            near = abs(value_of(result.found) - total.value) * CLOSE < total.value
            if (result.ok or near) and total.figure_id not in known:
                known.add(total.figure_id)
                yield Recomputation("sum_total", total, result, others=parts, tie="arithmetic")


def shares_beside(sheet: Sheet) -> Iterator[Recomputation]:
    """The shares right behind the parts of a list; of one that does not agree it is asked, if others of them do."""
    for one in made_up(sheet):
        found = []
        for part in one.parts:
            share = sheet.after(part)
            if (
                share is not None
                and is_share(share)
                and share.about in ("", part.figure_id, one.whole.figure.figure_id)
            ):
                result = arithmetic.part_whole_share(Level(part), one.whole, share, HALVES)
                found.append(
                    Recomputation("part_whole_share", share, result, [part, one.whole.figure], tie="arithmetic")
                )
        yield from found if any(each.result.ok for each in found) and len(found) == len(one.parts) else ()


def _beside(sheet: Sheet, figure: Figure, one: Made, sides: Sequence[int]) -> Figure | None:
    """The amount right beside a figure of a list that is none of the list."""
    listed = {one.whole.figure.figure_id, *(part.figure_id for part in one.parts)}
    near = [sheet.before(figure) if side < 0 else sheet.after(figure) for side in sides]
    found = [each for each in near if each is not None and _is_amount(each) and each.figure_id not in listed]
    return found[0] if len(found) == 1 else None


def _is_amount(one: Figure) -> bool:
    return one.measure == "amount" and one.bounded and one.value > 0 and one.out_of is None


def _is_list(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether they count the same thing, each once."""
    same = all(part.like(total) and part.place == total.place for part in parts)
    apart = len({total.figure_id, *(part.figure_id for part in parts)}) == len(parts) + 1
    named = total.unit != "count" or all(subject_words(part.subject) & subject_words(total.subject) for part in parts)
    return same and apart and named and max(part.value for part in parts) < total.value
