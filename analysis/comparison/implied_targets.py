"""A result and what is said of it in, the target that this implies out: 4,700 members, "117.4% of the target".

>>> from analysis.comparison.figure import figures_of
>>> import pandas as pd
>>> table = pd.DataFrame(
...     {"figure_id": ["r:1", "r:5"], "report": "r", "value": [90.0, 112.5], "unit": ["count", "%"],
...      "measure": ["amount", "attainment"], "role": "achieved"})
>>> result, statement = figures_of(table)
>>> implied_target(result, statement)[0]
Fraction(80, 1)
"""

from __future__ import annotations

from fractions import Fraction

from analysis.comparison.figure import POINTS, Figure
from analysis.comparison.verdicts import prefers_lower
from analysis.intervals import Interval

__all__ = ["implied_target", "ratio"]


def ratio(statement: Figure, result: Figure | None = None) -> tuple[Fraction, Interval] | None:
    """Result to target as a statement gives it, with its interval; nothing for a margin in the result's own unit.

    Args:
        statement: an attainment (``112.5%``, ``2 times``), a margin, or the share that N is of M.
        result: what it is about; a margin in per cent on a level in per cent is a difference.
    """
    part = Fraction(1) if statement.unit == "times" else Fraction(1, 100)
    if statement.measure != "margin":
        return statement.value * part, statement.span * part
    if statement.unit != "%" or (result is not None and _is_difference(result, statement)):
        return None
    share = part * statement.sign
    return 1 + statement.value * share, statement.span * share + 1


def _is_difference(result: Figure, margin: Figure) -> bool:
    """Whether a margin in per cent on a level in per cent is a difference: not one larger than the level itself."""
    return result.unit in POINTS and (margin.sign < 0 or margin.value <= abs(result.value) or prefers_lower(result))


def implied_target(result: Figure, statement: Figure) -> tuple[Fraction, Interval] | None:
    """The target that a result and a statement about it imply; nothing where their units do not fit, or at 0%.

    Nor does a result passed by more than itself imply one: the gap is that of a larger whole.
    """
    share = ratio(statement, result)
    if share is not None:
        return (result.value / share[0], result.span / share[1]) if share[0] > 0 else None
    if statement.unit != result.unit and not {statement.unit, result.unit} <= POINTS:
        return None
    sign = Fraction(statement.sign)
    downwards = statement.value > result.value or statement.measure_cue.startswith("passed_downwards")
    if sign > 0 and downwards and prefers_lower(result):
        sign = -sign  # unemployment of 1.5%, "exceeding 2.5%", beat a target of 4%
    target = result.value - sign * statement.value
    return (target, result.span - statement.span * sign) if target >= 0 or result.value < 0 else None
