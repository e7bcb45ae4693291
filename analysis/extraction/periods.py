"""Days in, periods out; and the expressions of time that name them, and what unnamed ones refer to.

>>> str(whole_year(2024)), Period(dt.date(2020, 1, 1), dt.date(2025, 12, 31)).years
('2024-01-01..2024-12-31', 5)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["NO_PERIOD", "Calendar", "Period", "Time", "fiscal_year", "shifted", "to_date", "whole_year", "year_before"]


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; an open side is None."""

    start: dt.date | None = None
    end: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"

    def __bool__(self) -> bool:
        return bool(self.start or self.end)

    @property
    def years(self) -> int:
        """How many years lie between its ends: 0 within one year, or where an end is open."""
        return self.end.year - self.start.year if self.start and self.end else 0

    @property
    def is_whole_year(self) -> bool:
        """Whether it is one year, from its first day to its last."""
        return self.start is not None and self == whole_year(self.start.year)


NO_PERIOD = Period()


@dataclass(frozen=True)
class Time:
    """An expression of time: its offsets, its period, and what kind of expression it is.

    ``kind``: ``span`` (2020-2025), ``open`` (since 2021), ``months``, ``date``, ``by`` (by 2030), ``year``, ``named``
    (this year, last year), ``years`` (in 3 years).  ``base`` marks a period that something
    else is compared with, ``own`` such a one that dates a figure before it: "against 31st in 2022"; ``plan``
    marks the year of a plan, ``body`` one that says which committee, not when: ", term 2020-2025".
    """

    start: int
    end: int
    period: Period
    kind: str
    base: bool = False
    plan: bool = False
    own: bool = False
    body: bool = False


@dataclass(frozen=True)
class Calendar:
    """What unnamed periods refer to: the report's year, its term, its day, and the term that its congress opens.

    ``fiscal`` is the month and the day on which a year of the budget begins, where that is not New Year; ``this_year``
    the year in which a report without a date was written, where its words say that it is another than the report's.
    """

    year: int | None = None
    term: Period = Period()
    today: dt.date | None = None
    next_term: Period = Period()
    fiscal: tuple[int, int] | None = None
    this_year: int | None = None


def whole_year(year: int) -> Period:
    """From January to December."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def fiscal_year(calendar: Calendar, first: int) -> Period:
    """The year of the budget that begins in a year; both years where nobody knows the day on which it begins.

    >>> str(fiscal_year(Calendar(fiscal=(7, 1)), 2022)), str(fiscal_year(Calendar(), 2022))
    ('2022-07-01..2023-06-30', '2022-01-01..2023-12-31')
    """
    if calendar.fiscal is None:
        return Period(dt.date(first, 1, 1), dt.date(first + 1, 12, 31))
    start = dt.date(first, *calendar.fiscal)
    return Period(start, start.replace(year=first + 1) - dt.timedelta(1))


def year_before(period: Period) -> Period:
    """The same period a year earlier; of several years, the day they start from."""
    if period.years > 0:
        return Period(period.start, period.start)
    return Period(shifted(period.start, -1), shifted(period.end, -1))


def shifted(day: dt.date | None, years: int) -> dt.date | None:
    """The same day in another year."""
    if day is None:
        return None
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def to_date(period: Period, today: dt.date | None) -> Period:
    """What a period of several years that is not over has seen so far: it reaches to the report's date."""
    if today and period.start and period.end and period.end > today and period.years > 0:
        return Period(period.start, max(today, period.start))
    return period
