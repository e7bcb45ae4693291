"""Which of two numbers is the larger, and whether it may be: bounds, caps, conflicts, and words that compare."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

from analysis.checks.results import Amount, Result, Rounding, ends, operand, quotient, rules, say, unit_of, value_of
from analysis.comparison.figure import Figure
from analysis.formatting import amount, number
from analysis.intervals import AS_WRITTEN, HALVES, Interval, exact
from analysis.lexicon import limits

__all__ = [
    "bounds",
    "conflict",
    "excellent_cap",
    "over_whole",
    "scale",
    "target_below_result",
    "unnamed_misses",
    "wording",
]

RELATIONS = ("higher", "lower", "exceeded", "met", "missed", "first")


def over_whole(part: Amount, whole: Amount, rounding: str = "half_up") -> Result:
    """Whether the part is no more than the whole.

    >>> over_whole(517, 517).ok
    True
    >>> print(over_whole(487, 485))
    487 of 485 is 2 more than there is in all
    """
    most = operand(whole, rounding).high
    ok = operand(part, rounding).low <= most
    more = "no" if ok else amount(value_of(part) - value_of(whole), unit_of(part))
    return Result(
        ok, Interval(Fraction(0), most), f"{quotient(part, whole).phrase} is {more} more than there is in all"
    )


def bounds(value: Amount, of: Amount, kind: str = "rank") -> Result:
    """Whether a rank, a score or a number of criteria lies within what there is.

    Args:
        value: the rank, score or number; of criteria it can be an average.
        of: how many are ranked, the highest possible score, or how many criteria the standard has.
        kind: ``rank`` (a whole number from 1), ``criteria`` or ``score`` (any number from 0).

    Raises:
        ValueError: the kind is none of these.

    >>> bounds(1, 30).ok, bounds("88.4", "100", "score").ok, bounds("19.2", 19, "criteria").ok
    (True, True, False)
    >>> print(bounds(12, 10))
    There is no place 12 among 10
    """
    texts = {
        "rank": f"There is no place {number(value_of(value))} among {number(value_of(of))}",
        "score": f"A score of {number(value_of(value))} lies above {number(value_of(of))}, the highest possible",
        "criteria": f"{say(value)} criteria are more than the {number(value_of(of))} that the standard has",
    }
    if kind not in texts:
        raise ValueError(f"The kind {kind!r} is not known; use rank, criteria or score.")
    least = value_of(value) if kind == "rank" else operand(value, "half_up").low
    first, last = Fraction(1 if kind == "rank" else 0), value_of(of)
    ok = first <= least <= last and (kind != "rank" or value_of(value).denominator == 1)
    inside = f"{say(value)} lies within {number(first)} to {number(last)}"
    return Result(ok, Interval(first, max(first, last)), inside if ok else texts[kind])  # nobody is ranked among none


def excellent_cap(
    excellent: Amount,
    good_or_better: Amount | Sequence[Amount],
    cap: int | str | None = None,
    rounding: str = "half_up",
) -> Result:
    """Whether those classed excellent are at most the cap's per cent of those classed good or better.

    The guidance caps the Party members classed "excellently completed tasks" at 20% of those classed "completed tasks
    well" in each grassroots Party organization. Here the excellent are counted among the good, which is the milder
    reading.

    Args:
        excellent: how many, or what share, are classed excellent.
        good_or_better: how many, or what share, are classed good or excellent; several numbers are added up.
        cap: in per cent; as in ``data/checks/limits.csv`` where it is not given.
        rounding: a rule of ``ROUNDINGS``.

    >>> excellent_cap(21, 100).ok, excellent_cap(20, 100).ok, excellent_cap("18.4", "96.4").ok
    (False, True, True)
    """
    most = exact(limits()["excellent_cap"] if cap is None else cap)
    found = operand(excellent, rounding).over(operand(good_or_better, rounding)) * 100
    told = f"{say(excellent)} / {say(good_or_better)} is {ends(found, Fraction(1, 10), '%')} of those classed"
    limit = f"the {number(most)}% that Guidance 21-HD/BTCTW allows to be classed excellent"
    ok = found.low <= most
    text = f"{told} good or better, {'within' if ok else 'above'} {limit}"
    return Result(ok, Interval(Fraction(0), most), text)


def scale(amount: Amount, other: Amount, least: str | int, most: str | int, rounding: str = "half_up") -> Result:
    """Whether an amount is of the size of another, or at least no thousandth or millionth of it is.

    To one that may be nothing ("less than 3") it has any size.

    Args:
        amount, other: the two amounts.
        least, most: how many times the other the amount can be.
        rounding: a rule of ``ROUNDINGS``.

    >>> scale("371", "408", "0.5", 2).ok, scale("3710", "408", "0.5", 2).ok
    (True, True)
    >>> print(scale(885803000000, 3600000, "0.2", 1))
    885,803,000,000 is 246,056 times as much as 3,600,000; one of the two is off by a factor of 1,000,000
    """
    found, usual = operand(amount, rounding) / operand(other, rounding), Interval.of(least, most)
    allowed = operand(other, rounding) * usual
    powers = [10**n for n in (3, 6)]
    near = (power for power in powers for by in (Fraction(1, power), Fraction(power)) if (found * by).meets(usual))
    power = 1 if found.meets(usual) or found.high == inf else next(near, 1)
    more, less = (amount, other) if value_of(amount) >= value_of(other) else (other, amount)
    text = f"{say(more)} is {number(round(value_of(more) / value_of(less)))} times as much as {say(less)}"
    why = f"one of the two is off by a factor of {number(power)}" if power > 1 else ""
    return Result(not why, allowed, text, why)


def target_below_result(
    target: Amount, result: Amount, rounding: str = "half_up", direction: str = "higher", *, bound: str = ""
) -> Result:
    """Whether the next target asks for no less than what has been reached; ``bound`` tells one that is a bound.

    >>> print(target_below_result(70, 74))
    The target of 70 is below the 74 already reached
    >>> print(target_below_result("3.5", "3.05", direction="lower", bound="under 3.5"))
    The target of under 3.5 can be met above the 3.05 already reached
    >>> target_below_result(80, 74).ok, target_below_result("3.5", "3.05", direction="lower").ok
    (True, False)
    """
    aim, reached = operand(target, rounding), operand(result, rounding)
    ok = _can_be(aim, reached, upward=direction != "lower")
    easier = "above" if direction == "lower" else "below"
    how = "projected before" if isinstance(result, Figure) and result.role == "projected" else "already reached"
    verb = "cannot be met" if ok else "can be met"
    where = f"{bound} {verb}" if bound else f"{say(target)} is {'not ' if ok else ''}".rstrip()
    text = f"The target of {where} {easier} the {say(result)} {how}"
    return Result(ok, reached, text)


def conflict(one: Amount, other: Amount, rounding: str = "half_up", *, where: str = "elsewhere") -> Result:
    """Whether two numbers given for one place, subject and period can be the same.

    >>> conflict("408.0", "407.96").ok
    True
    >>> print(conflict(92, 29))
    92 stands here and 29 elsewhere for the same place, subject and period
    """
    found = operand(other, rounding)
    text = f"{say(one)} stands here and {say(other)} {where} for the same place, subject and period"
    return Result(operand(one, rounding).meets(found), found, text)


def wording(
    result: Amount,
    other: Amount,
    claim: str,
    direction: str = "higher",
    rounding: Rounding = HALVES,
    *,
    word: str = "",
    signed: bool = True,
) -> Result:
    """Whether the numbers bear out a word that compares them.

    Args:
        result: the number that the word is said of.
        other: the target or average that it is compared with.
        claim: ``higher``, ``lower`` or ``first`` (than others or an average), ``exceeded``, ``met`` or ``missed`` (a
            target).
        direction: ``lower`` where a target is met from above.
        rounding: rules of ``ROUNDINGS``, one of which has to bear it out.
        word: the word itself, where it is another.
        signed: False where the signs do not count, as in a fall by 2% that is less than one by 3%.

    Raises:
        ValueError: the claim is none of these.

    >>> print(wording("91.38", "94.01", "higher"))
    91.38 is called "higher" 94.01, but 91.38 is less than 94.01
    >>> wording("38.4", "40", "met").ok, wording("40", "40", "met").ok, wording("3.05", "3.5", "met", "lower").ok
    (False, True, True)
    """
    if claim not in RELATIONS:
        raise ValueError(f"The claim {claim!r} is not known; use one of {', '.join(RELATIONS)}.")
    target = claim in ("exceeded", "met", "missed")
    upward = claim in ("higher", "first") or (target and (claim != "missed") == (direction == "higher"))

    def sides(rule: str) -> tuple[Interval, Interval]:
        one, mark = operand(result, rule), operand(other, rule)
        return (one, mark) if signed else (abs(one), abs(mark))

    ok = any(_can_be(*sides(rule), upward=upward) for rule in rules(rounding))
    side = ("less than" if upward else "more than") if not ok else _side(abs(value_of(result)), abs(value_of(other)))
    order = f"{'and' if ok else 'but'} {say(result)} is {side} {say(other)}"
    if ok and target and operand(other, AS_WRITTEN).contains(value_of(result)) and value_of(result) != value_of(other):
        order = f"and {say(result)} lies within {say(other)}"
    text = f'{say(result)} is called "{word or claim}" {"the target of " if target else ""}{say(other)}, {order}'
    if claim == "first":
        text = f"First place goes with {say(result)}, {order}, the figure for comparison"
    return Result(ok, operand(other, rules(rounding)[0]), text)


def unnamed_misses(met: Amount, of: Amount, named: int) -> Result:
    """Whether as many missed targets are named as were missed.

    >>> unnamed_misses(23, 24, 1).ok
    True
    >>> print(unnamed_misses(22, 25, 0))
    22 of 25 targets were met, and no figure is given for any of the other 3
    """
    missed = value_of(of) - value_of(met)
    how = f"figures are given for at most {named} of the" if named else "no figure is given for any of the"
    text = f"{number(value_of(met))} of {number(value_of(of))} targets were met, and {how} other {number(missed)}"
    return Result(named >= missed, Interval.of(value_of(met)), text)


def _side(one: Fraction, other: Fraction) -> str:
    """On which side of another number one is."""
    return "more than" if one > other else "less than" if one < other else "just"


def _can_be(one: Interval, other: Interval, *, upward: bool) -> bool:
    """Whether the first can be at least, or at most, the second."""
    return one.meets(other) or (one.high > other.low if upward else one.low < other.high)
