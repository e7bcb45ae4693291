"""Progress towards a target: from a baseline where there is one, and at what pace.

With A the result, T the target and B the baseline, all exact and as intervals:

- ``progress`` of a level (members admitted, revenue) is A / T, the attainment itself: European Commission, SFC2014,
  achievement ratio, which is left blank for per cents without a reference.
- ``progress`` of a rate, and of anything of which less is better, is (A - B) / (T - B): UN ESCAP, SDG Progress Report,
  Current Status Index. From 4.5% poor households, aiming at 3.5%, 3.1% is 140% of the way. Without a baseline it is
  left blank: 3.1 / 3.5 says nothing.
- ``baseline`` is the latest level that the report gives for the same place and indicator at or before the start of the
  period to reach the target in; else the result less the change stated about it.
- ``elapsed`` is the share of that period, in days, that had passed at the end of what the result covers, or at the
  report's date where it does not say.
- ``pace`` is progress / elapsed: 1 is an even pace, 58.7% at half-year is a pace of 1.18. What does not pile up over
  the period has none: growth rates, amounts per year, caseloads, and standings without a deadline.

The International Aid Transparency Initiative's result element (iatistandard.org, activity standard 2.03) holds the same
things one to one:

===================================  ==================================================================
comparisons                          iati-activity/result
===================================  ==================================================================
``subject``, ``indicator``           ``indicator/title``, ``indicator/reference/@code``
``unit``                             ``indicator/@measure``: 1 (unit) for counts and money, 2 (percentage) for ``%``
``direction``                        ``indicator/@ascending``: true for ``higher``, false for ``lower``
``baseline``                         ``indicator/baseline/@value``
``period_start``, ``period_end``     ``indicator/period/period-start`` and ``period-end``, ``@iso-date``
``target``                           ``indicator/period/target/@value``
``achieved``                         ``indicator/period/actual/@value``
``place``                            ``indicator/period/actual/location``
===================================  ==================================================================

>>> a, b, t = (Interval.of(number) for number in ("3.1", "4.5", "3.5"))
>>> travelled(a, b, t)
Interval[1.4, 1.4]
>>> round(float(elapsed(date(2024, 1, 1), date(2024, 12, 31), date(2024, 6, 30))), 3)
0.497
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import isinf

from analysis.comparison.figure import POINTS, STOCKS, YEAR, Figure, words
from analysis.intervals import Interval

__all__ = ["Baselines", "columns", "elapsed", "travelled"]

Amount = tuple[Fraction, Interval]
Key = tuple[object, ...]
COLUMNS = ("baseline", "progress", "progress_low", "progress_high", "elapsed", "pace")
CROWD = 8  # earlier levels of one thing that are looked at, the latest ones
UNPACED = frozenset({"caseload", "standing"})  # nobody is to reach them by a day


class Baselines:
    """The levels and changes of one report that can tell where a result started from."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        """Those of the figures that are results."""
        self._levels: dict[Key, list[Figure]] = {}
        self._changes: dict[str, list[Figure]] = {}
        for figure in figures:
            if figure.role == "achieved" and figure.measure in STOCKS and figure.period_end is not None:
                for key in _keys(figure):
                    self._levels.setdefault(key, []).append(figure)
            elif figure.role == "achieved" and figure.measure == "change" and figure.about and not figure.per:
                self._changes.setdefault(figure.about, []).append(figure)
        for levels in self._levels.values():
            levels.sort(key=lambda figure: (figure.period_end or date.min, figure.order))

    def before(self, result: Figure, start: date | None, end: date | None) -> Amount | None:
        """Where the result stood at the start of a period; nothing where the report does not say or says two things."""
        if start is None:
            return None
        for key in _keys(result):
            levels = self._levels.get(key, [])
            at = bisect_right(levels, start, key=lambda one: one.period_end or date.max)
            near = [one for one in levels[max(at - CROWD, 0) : at] if one is not result]
            latest = {one.value: one for one in near if one.period_end == near[-1].period_end}
            if latest:
                return (near[-1].value, near[-1].span) if len(latest) == 1 else None
        changes = [one for one in self._changes.get(result.figure_id, []) if _tells(one, result, start, end)]
        if len(changes) != 1:
            return None
        return result.value - changes[0].value, result.span - changes[0].span


def columns(
    result: Figure,
    sides: tuple[Amount | None, Amount | None, Amount | None],
    better: str,
    period: tuple[date | None, date | None],
    measured: date | None,
    baselines: Baselines,
) -> dict[str, float | None]:
    """The columns of one comparison, as floats; nothing where the report does not give enough.

    Args:
        result: the figure that was reached, else the attainment that tells of it.
        sides: target, result and attainment.
        better: ``higher`` or ``lower``.
        period: the first and last day of the period to reach the target in.
        measured: the day up to which the result counts.
        baselines: where the results of the report started from.
    """
    target, achieved, attainment = sides
    base, found = None, attainment
    if _needs_baseline(result, better):
        base, found = baselines.before(result, *period), None
        if base and target and achieved and not isinf(target[1].low) and not isinf(target[1].high):
            span = travelled(achieved[1], base[1], target[1])
            point = travelled(*(Interval.of(side[0]) for side in (achieved, base, target)))
            found = (Fraction(point.low), span) if point and span else None
    passed = elapsed(*period, measured) if result.whole not in UNPACED else None
    pace = found[0] / passed if found and passed and (base or _piles_up(result)) else None
    made = [base and base[0], found and found[0], found and found[1].low, found and found[1].high, passed, pace]
    return {name: None if value is None else float(value) for name, value in zip(COLUMNS, made, strict=True)}


def travelled(achieved: Interval, baseline: Interval, target: Interval) -> Interval | None:
    """How much of the way from the baseline to the target was covered; nothing where the two can be the same.

    Each number is the same in every place of the formula, so the ends lie at the ends of the three.

    >>> travelled(Interval.of("3.05", "3.15"), Interval.of("4.45", "4.55"), Interval.of("3.5"))
    Interval[1.33333, 1.47368]
    """
    if target.meets(baseline) or any(isinf(end) for end in (achieved.low, achieved.high, baseline.low, baseline.high)):
        return None
    corners = product(*((one.low, one.high) for one in (achieved, baseline, target)))
    ways = [(Fraction(a) - Fraction(b)) / (Fraction(t) - Fraction(b)) for a, b, t in corners]
    return Interval(min(ways), max(ways))


def elapsed(start: date | None, end: date | None, measured: date | None) -> Fraction | None:
    """The share of a period, both ends counted, that has passed at the end of a day; at most 1.

    >>> elapsed(date(2021, 1, 1), date(2025, 12, 31), date(2026, 2, 1))
    Fraction(1, 1)
    """
    if start is None or end is None or measured is None or not start <= min(measured, end):
        return None
    return Fraction((min(measured, end) - start).days + 1, (end - start).days + 1)


def _piles_up(result: Figure) -> bool:
    """Whether more of it comes together day by day."""
    return result.measure in ("amount", "attainment") and "year" not in result.per.split()


def _needs_baseline(result: Figure, better: str) -> bool:
    """Whether it is a rate, or the less of it the better, so that it cannot be told as a share of the target."""
    rate = result.unit == "%" or better == "lower"
    return result.measure in STOCKS and rate and result.out_of is None


def _keys(figure: Figure) -> list[Key]:
    """What two levels of one thing have in common: place, unit and the indicator, else the words of the subject."""
    same = (figure.place, figure.unit, figure.per)
    named = [(*same, figure.indicator)] if figure.indicator else []
    told = words(figure.subject)
    return [*named, *([(*same, told)] if told else [])]


def _tells(change: Figure, result: Figure, start: date, end: date | None) -> bool:
    """Whether a change about a result goes back to the start of the period, in the result's own unit."""
    fits = change.unit == result.unit or {change.unit, result.unit} <= POINTS
    relative = change.unit == "%" and result.unit != "%"
    yearly = end is not None and (end - start).days < YEAR
    return fits and not relative and (yearly or (change.period_start is not None and change.period_start <= start))
