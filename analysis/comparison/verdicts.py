"""What the intervals decide: where a result lies against its target, and what that is called.

>>> from analysis.intervals import Interval, written
>>> side(written("34.6"), Interval.of(35))
'below'
>>> side(written("95"), Interval.of(95)), side(written("95"), Interval.of(95), equal=True)
('unsure', 'level')
>>> verdict("below", "higher", over=True), verdict("below", "lower", over=False)
('missed', 'exceeded')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import inf, isinf

from analysis import lexicon
from analysis.comparison.figure import YEAR, Figure, days, meaning
from analysis.intervals import Interval, Number

FLOORS = frozenset({"over", "at_least"})
CEILINGS = frozenset({"under", "at_most"})
PLAN_YEARS = lexicon.limits()["plan_years"]
MOST = lexicon.limits()["most_times_target"]
THOUSANDFOLD = 1000  # between one scale word and the next
OPENING = 3  # results in a report's headline and lead
BOOKS_CLOSE = 3  # the last month in which the books of the year before are open
LATE = 20  # days before the end of a period from which on a result is that of all of it
REVIEW_SHARE = 13  # a review in the last thirteenth of a period, of the whole period, speaks of it as over


def side(span: Interval, mark: Interval, *, equal: bool = False, qualifier: str = "exact") -> str:
    """Where a result lies against a mark: ``above``, ``below``, ``level`` or ``unsure``.

    Args:
        span: the values that the result can have.
        mark: the value, or the range, to compare it with.
        equal: whether the report writes the two as equal; decides only where the intervals do not.
        qualifier: the result's; ``over 40`` is above 40, and ``nearly 40`` below it, though the intervals touch it.
    """
    if span.low > mark.high or (span.low == mark.high and span.high > mark.high and qualifier == "over"):
        return "above"
    if span.high < mark.low or (span.high == mark.low and span.low < mark.low and qualifier in ("almost", "under")):
        return "below"
    return "level" if equal or (span.is_point and mark.is_point) else "unsure"


def outcome(verdict: str, projected: bool) -> str:
    """How a target went: the verdict, or ``projected`` where it is reached by a result that is not final.

    >>> outcome("met", True), outcome("missed", True), outcome("met", False)
    ('projected', 'missed', 'met')
    """
    return "projected" if projected and verdict in ("exceeded", "met") else verdict


def verdict(position: str, better: str, *, over: bool) -> str:
    """The contract's word for a result at that side of its target.

    Args:
        position: ``above``, ``below``, ``level`` or ``unsure``, as ``side`` says.
        better: ``higher`` or ``lower``.
        over: whether the period to reach the target in is over.
    """
    if position in ("unsure", "level"):
        return "met" if position == "level" else "undetermined"
    if (position == "above") == (better == "higher"):
        return "exceeded"
    return "missed" if over else "in progress"


def implausible(attainment: Fraction | None, target: Fraction | None = None) -> str:
    """Why a result and a target cannot be taken at their word; empty where they can, or are not known.

    >>> implausible(Fraction(6)), implausible(Fraction(25))
    ('', 'the result is more than 20 times the target: a unit or a scale may be missing or misread')
    >>> implausible(Fraction(1, 4000))
    'the result is less than a thousandth of the target: a scale may be missing or misread'
    >>> implausible(Fraction(-2), Fraction(-3))
    'the target lies below zero: a number or a sign may be misread'
    """
    if target is not None and target < 0:
        return "the target lies below zero: a number or a sign may be misread"
    if attainment is not None and 0 < attainment * THOUSANDFOLD < 1:
        return "the result is less than a thousandth of the target: a scale may be missing or misread"
    if attainment is None or attainment <= MOST:
        return ""
    return f"the result is more than {MOST} times the target: a unit or a scale may be missing or misread"


def opposite(position: str) -> str:
    """The same, told of the target against the result.

    >>> opposite("above"), opposite("unsure")
    ('below', 'unsure')
    """
    return {"above": "below", "below": "above"}.get(position, position)


def target_span(target: Figure) -> Interval:
    """All values that fulfil a stated target: an exact target is a point, however roughly it is written.

    A floor is open above, a ceiling reaches down to zero, a range has its ends; ``about`` and ``nearly`` keep theirs.
    """
    if target.qualifier in FLOORS:
        return Interval(target.value, inf)
    if target.qualifier in CEILINGS:
        return Interval(Fraction(0) if target.value >= 0 else -inf, target.value)
    if target.qualifier == "exact" and not _is_range(target):
        return Interval(target.value, target.value)
    return target.span


def goal(target: Figure) -> Interval:
    """What a result is judged by: the bound itself of ``at least 90%``, else what fulfils the target."""
    if target.qualifier in FLOORS | CEILINGS:
        return Interval(target.value, target.value)
    return target_span(target)


def upright(result: Figure, target: Figure | None) -> tuple[Figure, Figure | None]:
    """Result and target with planned decreases turned up: a fall by 1.1 against a plan of 1 is more than planned.

    A target written without its sign, ``(plan: 0.8)``, is a decrease too where the result is one, unless the codebook
    has higher as better.
    """
    if result.measure != "change":
        return result, target
    falls = target is not None and target.value < 0
    unsigned = result.value < 0 and _known(result) != "higher"
    if not (falls or unsigned):
        return result, target
    turned = target if target is None or target.value >= 0 else _turned(target)
    return _turned(result), turned


def direction(result: Figure, target: Figure | None = None) -> str:
    """Whether ``higher`` or ``lower`` is better, by the target's bound, the codebook or the subject's words.

    Args:
        result: the result, or the only figure there is.
        target: the target, where one is stated; a ceiling means that lower is better, a floor that higher is.
    """
    if target is not None and target.qualifier in CEILINGS:
        return "lower"
    falls = result.value < 0 or (target is not None and target.value < 0)
    if (target is not None and target.qualifier in FLOORS) or (result.measure == "change" and falls):
        return "higher"
    told = result.sentence if result.measure == "attainment" else result.subject
    if _LOWERED.search(told):
        return "higher"  # "poverty was brought down at 55% of the plan", "31 poor households reduced": of a fall
    return _known(result) or "higher"


_LOWERED = re.compile(r"\b(?:reduc(?:ed|ing|tion)|lower(?:ed|ing)|cut|decreased|brought\sdown)\b", re.IGNORECASE)


def window(figure: Figure, *, own: bool = False, term: bool = False) -> tuple[date | None, date | None]:
    """The period in which a target of unknown period is to be reached, from the result's: its year or its plan's years.

    Args:
        figure: the result, or the attainment.
        own: whether the result's own period is the one, as with a caseload that has no plan.
        term: whether the target is that of a term, which a result of one of its years does not end.

    A part of a year stands for the year, what has run since a term began for the term, and what covers more than a year
    for the years to the end of the five-year plan. "Since 2021" tells of no end.
    """
    start, end = figure.period_start, figure.last_day
    if start is None or end is None:
        return start, figure.period_end
    if figure.period_end is None and (figure.report_date is None or start.year < end.year):
        if start.year % PLAN_YEARS == 0:
            return start, date(start.year + PLAN_YEARS, 12, 31)
        if figure.report_date is not None:
            return start, None
    if (
        figure.period_end
        and end.year == start.year + 1
        and end.month <= BOOKS_CLOSE
        and (start.month, start.day) == (1, 1)
    ):
        return start, date(start.year, 12, 31)  # last year's capital is disbursed until its books are closed
    if start.year == end.year and term and not figure.per:
        return date(end.year - (end.year - 1) % PLAN_YEARS - 1, 1, 1), date(end.year + -end.year % PLAN_YEARS, 12, 31)
    if start.year == end.year:
        return (start, end) if own and figure.period_end else (date(start.year, 1, 1), date(start.year, 12, 31))
    whole_plan = (end.month, end.day) == (12, 31) and end.year - start.year >= PLAN_YEARS - 1
    if days(figure) <= YEAR or (figure.period_end and whole_plan):
        return start, end
    last = max(start.year + 1, end.year)
    return start, date(last + -last % PLAN_YEARS, 12, 31)


def counted_until(figures: Sequence[Figure]) -> date | None:
    """The day up to which a report's lead counts: one that opens with "as of December 20" is no year-end review."""
    opening = [one for one in figures if one.is_result and one.period_start and one.period_end][:OPENING]
    said = next((one.period_end for one in opening if _is_cut_short(one)), None)
    if said is not None or any(one.report_date for one in figures):
        return said
    days_told = [one.period_end for one in figures if one.is_result and one.period_end and _is_cut_short(one)]
    latest = max(days_told, default=None)  # the body of a report without a date tells when it was written
    return latest if latest is not None and _is_long_before(latest, date(latest.year, 12, 31)) else None


def _is_cut_short(figure: Figure) -> bool:
    """Whether it counts from the first day of a year to a day in the midst of a month."""
    start, end = figure.period_start, figure.period_end
    if start is None or end is None or start.year != end.year or start == end:
        return False
    return (start.month, start.day) == (1, 1) and (end + timedelta(days=1)).day != 1


def is_over(end: date | None, figure: Figure, until: date | None = None) -> bool:
    """Whether the period to reach a target in was over for the report.

    Args:
        end: the period's last day.
        figure: the result: it tells the report's date, how far it reaches, and by its sentence whether work goes on.
        until: the day up to which the report counts its results, where it says one.

    A year-end review is written days before the year ends and speaks of the whole year; a projection does not end it.
    """
    if end is None:
        return False
    if figure.report_date is not None and figure.report_date >= end:
        return figure.period_end is None or (end - figure.period_end).days <= LATE  # "52% at the end of November"
    if figure.period_end is None or figure.period_end < end or figure.role == "projected" or figure.unfinished:
        return False
    if (until is not None and until.year == end.year and until < end) or (meaning("unfinished", figure.sentence)):
        return False
    return figure.report_date is None or not _is_long_before(figure.report_date, end, days(figure))


def _is_long_before(day: date, end: date, length: int = YEAR) -> bool:
    """Whether more of a period of so many days is left than a review speaks of as over."""
    return (end - day).days * REVIEW_SHARE > length


def _turned(figure: Figure) -> Figure:
    return replace(figure, value=-figure.value, low=-figure.high, high=-figure.low)


def _is_range(target: Figure) -> bool:
    """Whether low and high are the ends of a written range, not half a unit of the last digit either way."""
    width = target.span.high - target.span.low
    if width == 0 or isinf(width):
        return False
    step = target.step or _power_of_ten(width)
    return width != step or target.span.low + width / 2 != target.value or target.value % step != 0


def _power_of_ten(number: Number) -> Fraction:
    """The greatest power of ten that is not above the number."""
    power = Fraction(1)
    while power * 10 <= number:
        power *= 10
    while power > number:
        power /= 10
    return power


def prefers_lower(figure: Figure) -> bool:
    """Whether lower is better for what a figure measures, as far as the codebook or its words tell."""
    return _known(figure) == "lower"


def _known(figure: Figure) -> str:
    """The direction by indicator, rank or subject, or nothing."""
    if figure.better or figure.measure == "rank":
        return figure.better or "lower"
    listed = lexicon.indicators().get(figure.indicator, {}).get("direction", "")
    return listed or meaning("direction", figure.subject)
