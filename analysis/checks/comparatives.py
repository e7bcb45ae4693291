"""Checks on words against the numbers beside them: "higher than the average", "exceeding the target", "rose from".

Only the words between a figure and the figure before it are read, and only where the two levels are linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import isinf

from analysis.checks import ordering
from analysis.checks.changes import led_from
from analysis.checks.findings import Recomputation, words
from analysis.checks.limits import TARGET
from analysis.checks.results import Result
from analysis.checks.sheet import Sheet, alike
from analysis.comparison.figure import Figure, same_rate
from analysis.intervals import Interval

__all__ = ["wording"]


def wording(sheet: Sheet) -> Iterator[Recomputation]:
    """The words carry the judgement that readers take away, so the numbers they stand between must bear them out.

    Needs a target or benchmark ``about`` a level of the same unit and measure. Words on targets where less is better
    are left alone.
    """
    for other in sheet.figures:
        result = _level(sheet, other)
        if result is None or other.role not in ("target", "benchmark") or not _comparable(result, other):
            continue
        compare = _compared if other.role == "benchmark" else _against_target
        for found in compare(sheet, result, other):
            if found.result.ok or (result.since(other) and alike(result, other)):
                yield found
    yield from _first_below_average(sheet)
    yield from _moved(sheet)


def _compared(sheet: Sheet, result: Figure, other: Figure) -> Iterator[Recomputation]:
    """Higher or lower than somebody else's figure."""
    text = sheet.words_before(other)
    higher, lower = words("higher").search(text), words("lower").search(text)
    if bool(higher) != bool(lower):
        word, claim = (higher, "higher") if higher else (lower, "lower")
        told = _judged(result, other, claim, word[0] if word else "")
        yield Recomputation("wording", result, told, others=[other])


def _against_target(sheet: Sheet, result: Figure, target: Figure) -> Iterator[Recomputation]:
    """Exceeding, meeting or missing a target; "basically meeting" is the genre's word for a narrow miss."""
    if _lower_is_better(result, target):
        return
    text = sheet.words_before(target)
    headed = "" if _claims(text) else _head(result)
    yield from _claimed(headed or text, result, target, "inherited" if headed else "")


def _claims(text: str) -> bool:
    return any(words(kind).search(text) for kind in ("not_reached", "lower", "exceeding", "higher", "meeting"))


def _head(result: Figure) -> str:
    """What a list says of all that follows its colon: "three targets were not reached: poverty (9.1%, plan 8.5%)"."""
    head, colon, _ = result.sentence.partition(":")
    return head if colon and result.sentence_start + len(head) < result.start else ""


def _claimed(text: str, result: Figure, target: Figure, tie: str) -> Iterator[Recomputation]:
    """What the words claim of a result against its target."""
    missed = words("not_reached").search(text) or words("lower").search(text)
    passed = words("exceeding").search(text) or words("higher").search(text)
    met, soft = words("meeting").search(text), words("softened").search(text)
    word = missed or passed or met
    if word is None or (missed and passed):
        return
    claim = "missed" if missed else "exceeded" if passed else "met"
    told = _judged(result, target, claim, word[0].removesuffix(" target").removesuffix(" the"))
    if not told.ok:
        why = ordering.scale(result, target, *TARGET).explanation if result.value > 0 and target.value > 0 else ""
        why = f'the report says "{soft[0]}"' if soft and met and not missed else why
        told = replace(told, explanation=why)
    if told.ok or not tie:
        yield Recomputation("wording", result, told, others=[target], tie=tie)


def _first_below_average(sheet: Sheet) -> Iterator[Recomputation]:
    """Whoever ranks first is not below the average of those ranked."""
    for rank in sheet.figures:
        score = sheet.subject(rank) if rank.measure == "rank" and rank.value == 1 else None
        for average in sheet.qualifying(score, role="benchmark") if score and score.measure == "score" else ():
            told = _judged(score, average, "first") if score and _comparable(score, average) else None
            if score and told:
                yield Recomputation("wording", rank, replace(told, found=Interval.of(1)), others=[score, average])


MOVING = ("amount", "share", "score")  # what rises and falls
_WAY = re.compile(r"((?:[\w-]+\s){1,2})from\b[^,;]*$|((?:[\w-]+\s){1,2})to\s")  # "rose sharply from", "12% up to 15%"


def _moved(sheet: Sheet) -> Iterator[Recomputation]:
    """What rises to a level does so from a smaller one, "rose from 22.4% to 22.6%"; which rank is higher, nobody knows.

    Only the two words before "from", and before "to", say which way it went: those before may be of something else.
    """
    for new in sheet.figures:
        old = led_from(sheet, new) if new.measure in MOVING and new.unit != "rank" else None
        if old is None or not (new.bounded and old.bounded) or sheet.qualifying(new, measure="change"):
            continue  # a change that is told as well is recomputed itself
        first, second = sorted((old, new), key=lambda one: one.start)
        told = [_WAY.search(sheet.words_before(first) + " "), _WAY.search(sheet.words_before(second))]
        text = " ".join(way[1] or way[2] for way in told if way)
        up, down = words("upward").search(text), words("downward").search(text)
        word = up or down
        if word is not None and not (up and down):
            result = _judged(new, old, "higher" if up else "lower", f"{word[0]} from")
            result = result if result.ok else replace(result, explanation="the two levels may stand in the other order")
            yield Recomputation("wording", new, result, others=[old])


def _judged(result: Figure, other: Figure, claim: str, word: str = "") -> Result:
    """Whether the words hold; of changes the size counts, as the word says which way they go."""
    return ordering.wording(result, other, claim, word=word, signed=result.measure != "change")


def _level(sheet: Sheet, other: Figure) -> Figure | None:
    """The level that a target or average stands beside, also by way of an attainment."""
    about = sheet.subject(other)
    if about is not None and about.measure == "attainment" and other.measure != "attainment":
        about = sheet.subject(about)
    return about


def _comparable(result: Figure, other: Figure) -> bool:
    same = result.unit == other.unit and same_rate(result, other) and result.kind == other.kind
    same = same and result.role in ("achieved", "projected")
    return same and result.bounded and not (isinf(other.low) and isinf(other.high))


def _lower_is_better(result: Figure, target: Figure) -> bool:
    """Whether passing the target means staying below it; a cut of such a rate is again the more the better."""
    if target.qualifier in ("under", "at_most"):
        return True
    return result.measure != "change" and bool(words("lower_is_better").search(f"{result.subject} {result.indicator}"))
