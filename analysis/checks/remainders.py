"""Checks on what is done and what is not: in progress, left to do, or others that lag behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import isinf

from analysis.checks import arithmetic
from analysis.checks.findings import Recomputation, words
from analysis.checks.results import Level, Reading, compared, say
from analysis.checks.sheet import Sheet
from analysis.checks.sums import UNLIKELY, said_of
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.formatting import number
from analysis.intervals import HALVES, Interval

__all__ = ["complement", "remainder"]

FEW = 4  # plans before it of which something may be left
SURE = Fraction(1, 200)  # of a number that is left open, where its digits are those computed and not by chance
SLIPS = (1000, 1_000_000)  # what a lost scale word comes to
OTHERS = 3  # figures after N of M among which the others are


def complement(sheet: Sheet) -> Iterator[Recomputation]:
    """Each task is done or in progress, so the two make up what was assigned; a smaller sum leaves others unsaid.

    Needs "N of M" for what is done, and in the same sentence a count of what is in progress.
    """
    for done in sheet.figures:
        if done.out_of is None or not done.counted:
            continue
        after = [one for one in sheet.sentences[done.sentence_start] if one.start > done.start]
        running = next(
            (one for one in after[:2] if one.counted and one.out_of is None and _in_progress(sheet, one)), None
        )
        if running is None or done.whole not in ("target", "caseload"):
            yield from _others(sheet, done, after)
            continue
        result = arithmetic.complement(done.value, running, done.out_of)
        yield Recomputation("complement", done, result, others=[running], stated=done.out_of)


def _others(sheet: Sheet, done: Figure, after: Sequence[Figure]) -> Iterator[Recomputation]:
    """N of M and the others, which did not or lag behind: told if they make up M, as more may be said of them."""
    for rest in after[:OTHERS] if done.figure_id not in sheet.parts else ():
        text = f"{sheet.words_before(rest)} {said_of(sheet, rest)}"
        if done.out_of and rest.counted and rest.out_of is None and words("the_rest").search(text):
            result = arithmetic.complement(done.value, rest, done.out_of, state="others")
            if result.ok:
                yield Recomputation("complement", done, result, [rest], stated=done.out_of, tie="beside")
                return


def remainder(sheet: Sheet) -> Iterator[Recomputation]:
    """What is left of a plan or a stock, by what was done of it; told as ``complement``, and only if it agrees.

    Needs a word for what is left, and before it N of M, or a result and a target of its unit.
    """
    for left in sheet.figures:
        text = f"{sheet.words_before(left)} | {said_of(sheet, left)}"
        if left.measure != "amount" or left.out_of or not left.bounded or not words("left_over").search(text):
            continue
        pairs = list(_done_of(sheet, left))
        for done, goal, linked in pairs:
            result = arithmetic.complement(done, left, goal, state="left")
            wide = max(left.step, Fraction(left.high) - Fraction(left.low)) * len(pairs)
            if result.ok and not result.by_rounding and (linked or wide <= UNLIKELY * left.value):
                others = list(dict.fromkeys([done.figure, goal.figure]))
                yield Recomputation("complement", left, result, others, tie="arithmetic")
                break
        else:
            yield from _left_by_per_cent(sheet, left)


def _left_by_per_cent(sheet: Sheet, left: Figure) -> Iterator[Recomputation]:
    """What is left of a plan of which a per cent has been done; a warning where it is a thousand times off."""
    near = [one for one in sheet.nearby(left) if one.start < left.start and one.computable]
    done = next((one for one in near if one.measure in ("share", "attainment") and 0 < one.value < 100), None)
    goals = [one for one in near if one.measure == "amount" and one.like(left) and one.value > 0]
    if done is None:
        return
    for goal in goals[:FEW]:
        rest = Reading(f"{say(goal)} less {say(done)} of it", partial(_rest, done, goal))
        result = compared(rest, left, HALVES, left.unit)
        if result.low <= 0 or isinf(result.high):
            continue  # of a plan that may be nothing, or anything, no remainder says much
        wide = (Fraction(result.high) - Fraction(result.low)) / Fraction(result.low)
        if result.ok and wide * FEW <= UNLIKELY:
            yield Recomputation("complement", left, result, [done, goal], tie="arithmetic")
            return
        for times in SLIPS:
            if result.found.low * times <= left.value <= result.found.high * times and wide <= SURE:
                why = f"{say(left)} is off by a factor of {number(Fraction(times))}"
                yield Recomputation("complement", left, replace(result, explanation=why), [done, goal])
                return


def _rest(done: Figure, goal: Figure, rounding: str) -> Interval:
    return (Interval.of(100) - done.as_operand(rounding)) / 100 * goal.as_operand(rounding)


def _done_of(sheet: Sheet, left: Figure) -> Iterator[tuple[Level, Level, bool]]:
    """What was done and what was to do, nearest first, and whether words say that both are of the same thing."""
    near = [one for one in sheet.nearby(left) if one.measure == "amount" and one.like(left) and one.start < left.start]
    results = [one for one in near if one.is_result and one.bounded]
    for done in results:
        if done.out_of and done.sentence_start != left.sentence_start:
            yield Level(done), Level(done, of=True), bool(subject_words(done.subject) & subject_words(left.subject))
    for goal in near:
        if goal.role == "target" and goal.value > left.value:
            of = sheet.subject(goal)
            of = sheet.subject(of) if of is not None and of.measure == "attainment" else of
            yield from ((Level(done), Level(goal), done is of) for done in results if done.out_of is None)


def _in_progress(sheet: Sheet, figure: Figure) -> bool:
    return bool(words("in_progress").search(said_of(sheet, figure)))
