"""Two per cents of one whole or plan that is not told: recomputed from one another, and never a finding.

"61.4 trillion VND, 104.8% of the estimate; by the end of the year 62.1 trillion, 106% of the estimate": the first pair
gives the estimate, the estimate the second per cent. That both are of the same is told only where they fit, and where
that is no chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from analysis.checks.findings import Recomputation
from analysis.checks.results import Reading, compared, operand, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.intervals import HALVES, Interval

__all__ = ["fitting"]

CHECKED = {"attainment": "attainment", "margin": "margin", "share": "part_whole_share"}
LEAST = Fraction(1, 25)  # the chance below which two per cents are taken to be of one base
NEAR = 12  # figures before a per cent among which the other one is


def fitting(sheet: Sheet, known: Collection[str]) -> Iterator[Recomputation]:
    """The parts of a plan or whole, and margins over a plan, recomputed from an amount and its per cent before them."""
    taken = set(known)
    for stated in sheet.figures:
        level = sheet.subject(stated)
        if stated.figure_id in taken or level is None or not _is_open(stated, level):
            continue
        pairs = list(_of_the_same(sheet, stated, level))
        for other, part in pairs:
            result = compared(_by(stated, level, part, other), stated, HALVES)
            width = stated.step + (Fraction(result.high) - Fraction(result.low))
            told = stated.value + 100 * (stated.measure == "margin")
            if result.ok and len(pairs) * width <= LEAST * told:
                taken.add(stated.figure_id)
                others = [level, part, other]
                yield Recomputation(CHECKED[stated.measure], stated, result, others, tie="arithmetic")
                break


def _is_open(stated: Figure, level: Figure) -> bool:
    rate = stated.unit == "%" and stated.measure in CHECKED and stated.role != "target" and stated.value > 0
    rate = rate and (stated.measure != "margin" or stated.sign > 0)
    return rate and stated.bounded and level.measure == "amount" and level.bounded and level.low > 0


def _of_the_same(sheet: Sheet, stated: Figure, level: Figure) -> Iterator[tuple[Figure, Figure]]:
    """The per cents before one that may be of its base, each with the amount that it is told of."""
    named = subject_words(level.subject)
    for other in sheet.earlier(stated, NEAR):
        part = sheet.subject(other)
        mixed = "share" in (stated.measure, other.measure) and stated.measure != other.measure
        if part is None or part is level or mixed or not _is_open(other, part):
            continue
        beside = stated.measure == "share" and other.sentence_start == stated.sentence_start
        same = part.like(level) and part.place == level.place and other.set_by == stated.set_by
        alike = not named or named & subject_words(part.subject)
        if same and (beside or (stated.measure != "share" and alike)):
            yield other, part


def _by(stated: Figure, level: Figure, part: Figure, other: Figure) -> Reading:
    """What a level is of the base that another one and its per cent give; of a margin, by how much it passes that."""
    more, less = 100 * (other.measure == "margin"), 100 * (stated.measure == "margin")

    def compute(rule: str) -> Interval:
        return operand(level, rule).over(operand(part, rule)) * (operand(other, rule) + more) - less

    told = f"(100% + {say(other)})" if more else say(other)
    return Reading(f"{say(level)} / {say(part)} * {told}{' - 100%' if less else ''}", compute)
