"""The pure checks behind notes: what is worth a doubt although the numbers may be right.

>>> print(excellent_cap(524, 2744))
524 / 2,744 = 19.10%, within the cap of 20%
>>> print(pp_or_percent("3.05", "4.12", "1.07"))
3.05 / 4.12 - 1 = 25.971% (25.759% to 26.182% with rounding), not 1.07%; 4.12 - 3.05 = 1.07 percentage points
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

from analysis.checks.amounts import numeral, percents
from analysis.checks.arithmetic import change, implied_target
from analysis.checks.results import Amount, Result, percent, spoken, total
from analysis.intervals import HALVES, Interval, as_operand, exact

__all__ = [
    "CAP",
    "class_base",
    "conflict",
    "excellent_cap",
    "implied_round_target",
    "pp_or_percent",
    "round_number",
    "target_below_result",
    "two_setters",
    "unnamed_misses",
    "wording",
]

CAP = "20"  # per cent; Guidance 21-HD/BTCTW of 18 October 2019, 2.3 (a)
ROUND = 2  # significant digits of a round number: 350,000 or 4,000
RELATIONS = ("higher", "lower", "exceeded", "met", "missed")


def class_base(counts: Sequence[Amount], stock: Amount, rounding: str = "half_up") -> Result:
    """Whether the counts of all classes make up the stock that is stated.

    >>> class_base([524, 2220, 83, 20], 3492).ok, class_base([524, 2220, 83, 20], 2847).ok
    (False, True)
    """
    added, whole = total(counts, rounding), as_operand(stock, rounding)
    ok = added.meets(whole)
    text = f"{' + '.join(spoken(count) for count in counts)} = {spoken(added)}"
    return Result(ok, added.low, added.high, message=text + (", as stated" if ok else f", not {spoken(stock)}"))


def excellent_cap(excellent: Amount, good_or_better: Amount, cap: str = CAP, rounding: str = "half_up") -> Result:
    """Whether those classed excellent are at most the cap's per cent of those classed good or better.

    The guidance caps the Party members classed "excellently completed tasks" at 20% of those classed "completed tasks
    well" in each grassroots Party organization. Here the excellent are counted among the good, which is the milder
    reading. ``low`` and ``high`` are their per cent.

    Args:
        excellent: how many, or what share, are classed excellent.
        good_or_better: how many, or what share, are classed good or excellent.
        cap: in per cent.
        rounding: a rule of ``ROUNDINGS``.

    >>> excellent_cap(21, 100).ok, excellent_cap(20, 100).ok, excellent_cap("18.4", "96.4").ok
    (False, True, True)
    """
    found = percent(as_operand(excellent, rounding), as_operand(good_or_better, rounding))
    ok = found.low <= exact(cap)
    text = f"{spoken(excellent)} / {spoken(good_or_better)} = {percents(found, Fraction(1, 10))}"
    return Result(ok, found.low, found.high, message=f"{text}, {'within' if ok else 'above'} the cap of {cap}%")


def pp_or_percent(later: Amount, earlier: Amount, stated: str, rounding: str = "half_up") -> Result:
    """Whether a change that is given in per cent between two per cents is one in per cent, not only in points.

    ``ok`` is also where neither fits: then it is no question of the unit.

    >>> pp_or_percent("3.05", "4.12", "1.07").ok, pp_or_percent("3.05", "4.12", "26.0").ok
    (False, True)
    """
    relative = change(later, earlier, stated, rounding)
    points = change(later, earlier, stated, rounding, unit="pp")
    if relative.ok or not points.ok:
        return relative if relative.ok else Result(True, relative.low, relative.high, message=relative.message)
    gap = as_operand(later, rounding) - as_operand(earlier, rounding)
    more, less = (later, earlier) if gap.low >= 0 else (earlier, later)
    why = f"{spoken(more)} - {spoken(less)} = {numeral(abs(exact(stated)))} percentage points"
    return Result(False, relative.low, relative.high, explanation=why, message=relative.message)


def two_setters(
    result: Amount, first: str, second: str, rounding: str = "half_up", *, over: tuple[bool, bool] = (False, False)
) -> Result:
    """Whether two stated per cents of one result can be of one target.

    Args:
        result: what was reached.
        first, second: the per cents of the two targets, or how far in per cent they were passed.
        rounding: a rule of ``ROUNDINGS``.
        over: for each, whether it says how far the target was passed.

    >>> two_setters(408, "34.6", "100", over=(True, False)).ok, two_setters(408, "34.6", "134.6", over=(True, False)).ok
    (False, True)
    """
    one, other = (
        implied_target(result, said, rounding, over=by) for said, by in zip((first, second), over, strict=True)
    )
    ok = one.meets(other)
    text = f"the targets lie between {spoken(one)} and between {spoken(other)}"
    return Result(ok, one.low, one.high, message=text)


def target_below_result(target: Amount, result: Amount, rounding: str = "half_up", direction: str = "higher") -> Result:
    """Whether the next target asks for no less than what has been reached.

    >>> target_below_result(70, 74).ok, target_below_result("3.5", "3.05", direction="lower").ok
    (False, False)
    >>> target_below_result(80, 74).ok
    True
    """
    aim, reached = as_operand(target, rounding), as_operand(result, rounding)
    ok = aim.low <= reached.high if direction == "lower" else aim.high >= reached.low
    text = f"the target is {spoken(target)}, and {spoken(result)} has been reached"
    return Result(ok, reached.low, reached.high, message=text)


def conflict(one: Amount, other: Amount, rounding: str = "half_up") -> Result:
    """Whether two numbers given for one thing can be the same.

    >>> conflict(92, 29).ok, conflict("408.0", "407.96").ok
    (False, True)
    """
    first, second = as_operand(one, rounding), as_operand(other, rounding)
    ok = first.meets(second)
    text = f"{spoken(one)} and {spoken(other)} {'can be' if ok else 'are not'} the same"
    return Result(ok, first.low, first.high, message=text)


def wording(result: Amount, other: Amount, claim: str, direction: str = "higher") -> Result:
    """Whether the numbers bear out a word that compares them; under any way to round halves is enough.

    Args:
        result: the number that the word is said of.
        other: the target or average that it is compared with.
        claim: ``higher``, ``lower``, ``exceeded``, ``met`` or ``missed``.
        direction: ``lower`` where a target is met from above.

    Raises:
        ValueError: the claim is none of these.

    >>> wording("91.38", "94.01", "higher").ok, wording("38.4", "40", "met").ok, wording("40", "40", "met").ok
    (False, False, True)
    >>> wording("3.05", "3.5", "met", direction="lower").ok
    True
    """
    if claim not in RELATIONS:
        raise ValueError(f"The claim {claim!r} is not known; use one of {', '.join(RELATIONS)}.")
    upward = claim == "higher" or (claim in ("exceeded", "met") and direction == "higher")
    upward = upward or (claim == "missed" and direction == "lower")
    ok = any(_can_be(as_operand(result, rule), as_operand(other, rule), upward=upward) for rule in HALVES)
    mark = as_operand(other, "half_up")
    word = "more" if _can_be(as_operand(result, "half_up"), mark, upward=True) else "less"
    same = as_operand(result, "half_up") == mark
    text = f"{spoken(result)} is {'as much as' if same else f'{word} than'} {spoken(other)}"
    return Result(ok, mark.low, mark.high, message=text)


def unnamed_misses(met: int, of: int, named: int) -> Result:
    """Whether as many missed targets are named as were missed.

    >>> unnamed_misses(22, 25, 0).ok, unnamed_misses(23, 24, 1).ok
    (False, True)
    """
    missed = of - met
    text = f"{of} - {met} = {missed} missed, {named} named"
    return Result(named >= missed, Fraction(missed), Fraction(missed), message=text)


def implied_round_target(result: Amount, stated: str, rounding: str = "half_up", *, whole: bool = True) -> Result:
    """Whether the targets that a result and its per cent allow hold exactly one round number, else one whole number.

    ``low`` and ``high`` are the ends of those targets; the message names the number. ``ok`` is False where there is
    one, since then there is something to say.

    >>> print(implied_round_target(Interval(exact(4600), exact(4700)), "117.4"))
    the target lies between 3916.5602 and 4005.1129, and 4,000 is the only round number there
    >>> implied_round_target(171, "58.7").ok
    True
    """
    targets = implied_target(result, stated, rounding)
    number = round_number(targets, whole=whole)
    if number is None:
        return Result(True, targets.low, targets.high)
    kind = "round" if number % 10 == 0 else "whole"
    ends = f"{numeral(targets.low)} and {numeral(targets.high)}".replace(",", "")
    text = f"the target lies between {ends}, and {numeral(number)} is the only {kind} number there"
    return Result(False, targets.low, targets.high, message=text)


def round_number(values: Interval, *, whole: bool) -> Fraction | None:
    """The one number of at most two significant digits in the range, else, for counts, the one whole number.

    >>> round_number(Interval(Fraction(3917), Fraction(4005)), whole=True)
    Fraction(4000, 1)
    >>> round_number(Interval(Fraction(3917), Fraction(4105)), whole=True) is None
    True
    """
    size = Fraction(10) ** (len(str(int(values.high))) - ROUND)
    for step in (max(size, Fraction(1)), Fraction(1)) if whole else (size,):
        found = list(islice((values / step).whole_numbers(), 2))
        if found:
            return found[0] * step if len(found) == 1 and found[0] else None
    return None


def _can_be(one: Interval, other: Interval, *, upward: bool) -> bool:
    """Whether the first can be at least, or at most, the second."""
    return one.meets(other) or (one.high > other.low if upward else one.low < other.high)
