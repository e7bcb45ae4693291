"""The targets that a result and a stated per cent of the target imply, where the report does not state them."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from analysis.checks.results import Amount, Result, Stated, given, operand, per_cent, say, unit_of
from analysis.formatting import amount, between
from analysis.intervals import Interval

__all__ = ["implied_round_target", "implied_target", "two_setters"]

ROUND = 2  # significant digits of a round number: 350,000 or 4,000


def implied_target(result: Amount, stated: Stated, rounding: str = "half_up", *, over: int = 0) -> Interval:
    """The targets that a result and its stated attainment allow.

    Args:
        result: what was reached.
        stated: in per cent of the target; with ``over``, how far in per cent it was passed (1) or missed (-1).
        rounding: a rule of ``ROUNDINGS``.
        over: 0 where an attainment is stated.

    >>> implied_target(Interval.of(4600, 4700), "117.4"), implied_target(408, "34.6", over=1)
    (Interval(3916.56, 4005.11], Interval(303.008, 303.233])
    """
    ratio = given(stated, rounding)
    ratio = ratio if not over else ratio + 100 if over > 0 else -ratio + 100
    return (operand(result, rounding) * 100).over(ratio)


def two_setters(
    result: Amount,
    first: Stated,
    second: Stated,
    rounding: str = "half_up",
    *,
    over: tuple[int, int] = (0, 0),
    setters: tuple[str, str] = ("first", "second"),
) -> Result:
    """Whether two stated per cents of one result can be of one target.

    Args:
        result: what was reached.
        first, second: the per cents of the two targets, or how far in per cent they were passed or missed.
        rounding: a rule of ``ROUNDINGS``.
        over: for each, 1 or -1 where it says how far the target was passed or missed.
        setters: who set the two targets.

    >>> print(two_setters(408, "34.6", "100", over=(1, 0), setters=("province", "district")))
    408 is measured against two targets: the target of the province (34.6% above it) is about 303.1, the target of the \
district (100% of it) about 408
    >>> two_setters(408, "34.6", "134.6", over=(1, 0)).ok
    True
    """
    targets = [implied_target(result, one, rounding, over=by) for one, by in zip((first, second), over, strict=True)]
    told = [
        f"the target of the {setter} ({per_cent(one)} {_side(by)} it)"
        for setter, one, by in zip(setters, (first, second), over, strict=True)
    ]
    one, other = (amount((target.low + target.high) / 2, unit_of(result)) for target in targets)
    text = f"{say(result)} is measured against two targets: {told[0]} is about {one}, {told[1]} about {other}"
    return Result(targets[0].meets(targets[1]), targets[0], text)


def implied_round_target(result: Amount, stated: Stated, rounding: str = "half_up", *, whole: bool = True) -> Result:
    """Whether the targets that a result and its per cent allow hold exactly one round number, else one whole number.

    ``ok`` is False where there is one, since then there is something to say; ``low`` and ``high`` are then the per cent
    that the result is of it.

    >>> print(implied_round_target(Interval.of(4600, 4700), "117.4"))
    If 4,600 to 4,700 is 117.4% of a target, the target lies between 3,917 and 4,005, and 4,000 is the only round \
number there
    >>> implied_round_target(171, "58.7").ok
    True
    """
    targets, unit = implied_target(result, stated, rounding), unit_of(result)
    target = _only_number(targets, whole=whole)
    if target is None:
        return Result(True, given(stated, rounding))
    kind = "round" if target % 10 == 0 else "whole"
    text = f"If {say(result)} is {per_cent(stated)} of a target, the target lies between "
    text += f"{between(targets.low, targets.high, unit, word='and')}, "
    text += f"and {amount(target, unit)} is the only {kind} number there"
    return Result(False, operand(result, rounding) / target * 100, text)


def _only_number(values: Interval, *, whole: bool) -> Fraction | None:
    """The one number of at most two significant digits in the interval, else, for counts, the one whole number."""
    size = Fraction(10) ** (len(str(int(values.high))) - ROUND)
    for unit in (max(size, Fraction(1)), Fraction(1)) if whole else (size,):
        found = list(islice((values / unit).whole_numbers(), 2))
        if found:
            return found[0] * unit if len(found) == 1 and found[0] else None
    return None


def _side(over: int) -> str:
    return "of" if not over else "above" if over > 0 else "below"
