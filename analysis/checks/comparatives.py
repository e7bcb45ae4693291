"""Checks on words: "higher than the average", "exceeding the target", "ranked first", against the numbers beside them.

Only the words between a figure and the figure before it are read, and only where the two levels are linked.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from analysis.checks.findings import Finding, finding, say, words
from analysis.checks.sheet import Sheet
from analysis.figure import Figure
from analysis.intervals import HALVES, Interval

__all__ = ["wording"]


def wording(sheet: Sheet) -> Iterator[Finding]:
    """The words carry the judgement that readers take away, so the numbers they stand between must bear them out.

    Needs a target or benchmark ``about`` a level of the same unit and measure. Words on targets where less is better
    are left alone.
    """
    for other in sheet.figures:
        result = _level(sheet, other)
        if result is None or other.role not in ("target", "benchmark") or not _comparable(result, other):
            continue
        if other.role == "benchmark":
            yield from _compared(sheet, result, other)
        elif not _lower_is_better(result, other):
            yield from _against_target(sheet, result, other)
    yield from _first_below_average(sheet)


def _compared(sheet: Sheet, result: Figure, other: Figure) -> Iterator[Finding]:
    """Higher or lower than somebody else's figure."""
    text = sheet.words_before(other)
    higher, lower = words("higher").search(text), words("lower").search(text)
    if (higher and not lower and below(result, other)) or (lower and not higher and below(other, result)):
        word = (higher or lower or [""])[0]
        message = f'{say(result)} is called "{word}" {say(other)}, but {_order(result, other)}'
        yield finding("wording", result, message, found=other.as_operand("half_up"), others=[other])


def _against_target(sheet: Sheet, result: Figure, target: Figure) -> Iterator[Finding]:
    """Exceeding, meeting or missing a target; "basically meeting" is the genre's word for a narrow miss."""
    text = sheet.words_before(target)
    missed = words("not_reached").search(text) or words("lower").search(text)
    passed = words("exceeding").search(text) or words("higher").search(text)
    met, soft = words("meeting").search(text), words("softened").search(text)
    if missed and passed:
        return
    claimed = missed or passed or met
    wrong = claimed if claimed and below(*((target, result) if missed else (result, target))) else None
    if wrong:
        word = wrong[0].removesuffix(" the")
        message = f'{say(result)} is called "{word}" the target of {say(target)}, but {_order(result, target)}'
        why = f'the report says "{soft[0]}"' if soft and met and not missed else ""
        yield finding("wording", result, message, found=target.as_operand("half_up"), explanation=why, others=[target])


def _first_below_average(sheet: Sheet) -> Iterator[Finding]:
    """Whoever ranks first is not below the average of those ranked."""
    for rank in sheet.figures:
        score = sheet.subject(rank) if rank.measure == "rank" and rank.value == 1 else None
        for average in sheet.qualifying(score, role="benchmark") if score and score.measure == "score" else ():
            if score is not None and _comparable(score, average) and below(score, average):
                message = f"First place goes with {say(score)}, but {_order(score, average)}, the figure for comparison"
                yield finding("wording", rank, message, found=Interval.of(1), others=[score, average])


def below(one: Figure, other: Figure) -> bool:
    """Whether the first is smaller under every rounding rule, sign aside."""
    return all(_size(one, rule).high <= _size(other, rule).low and not _meet(one, other, rule) for rule in HALVES)


def _meet(one: Figure, other: Figure, rounding: str) -> bool:
    return _size(one, rounding).meets(_size(other, rounding))


def _size(figure: Figure, rounding: str) -> Interval:
    return abs(figure.as_operand(rounding)) if figure.measure == "change" else figure.as_operand(rounding)


def _level(sheet: Sheet, other: Figure) -> Figure | None:
    """The level that a target or average stands beside, also by way of an attainment."""
    about = sheet.subject(other)
    if about is not None and about.measure == "attainment" and other.measure != "attainment":
        about = sheet.subject(about)
    return about


def _comparable(result: Figure, other: Figure) -> bool:
    same = result.like(other) and result.kind == other.kind and result.role in ("achieved", "projected")
    same = same and result.since(other)
    return same and result.bounded and not (isinf(other.low) and isinf(other.high))


def _lower_is_better(result: Figure, target: Figure) -> bool:
    """Whether passing the target means staying below it; a cut of such a rate is again the more the better."""
    if target.qualifier in ("under", "at_most"):
        return True
    return result.measure != "change" and bool(words("lower_is_better").search(f"{result.subject} {result.indicator}"))


def _order(one: Figure, other: Figure) -> str:
    return f"{say(one)} is {'less' if below(one, other) else 'more'} than {say(other)}"
