"""Times of a report in, the period that it reviews out, chosen by weighted evidence.

The hints stand in ``data/frame/hints.csv``: those that decide ``period``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from analysis.extraction.hints import Choice, Hint, choose, weight
from analysis.extraction.periods import Calendar, Period, Time, to_date, whole_year
from analysis.extraction.times.occasion import HEAD, half_term
from analysis.extraction.times.year import (
    AIMED,
    hint_of,
    is_aimed_at,
    is_due,
    is_since_end,
    is_years_end,
    sentence_before,
)
from analysis.lexicon import phrase

__all__ = ["period_under_review"]

_WHOLE_TERM = phrase("whole_term")
_BESIDE = ("by", "date", "month", "open", "named", "years", "season")  # kinds of times that name no period of a report
_LONGEST = 7  # years that a report looks back on; a longer span belongs to a book, an anniversary, a vision
_LATE = 3  # years after which nobody reports on a period any more
_LEAD, _OPENING = 3, 8  # sentences
_MARGIN = 1.05  # times the evidence of the runner-up


def period_under_review(flat: str, by_passage: Sequence[Sequence[Time]], calendar: Calendar) -> Choice[Period]:
    """The period that the results of a report belong to: a term, a year, some months of it.

    Args:
        flat: the plain text.
        by_passage: the times of each sentence.
        calendar: what unnamed ones refer to.
    """
    told = [pair for pair in _of_sentences(flat, by_passage, calendar) if _may_be_past(pair[0], calendar)]
    hints = [*_of_term(flat, calendar), *told]
    if calendar.year:
        hints.append((whole_year(calendar.year), Hint("year", weight("period", "year"), 0, str(calendar.year))))
    return choose(hints, margin=_MARGIN, least=0.0)


def _of_term(flat: str, calendar: Calendar) -> Iterator[tuple[Period, Hint]]:
    term, today = calendar.term, calendar.today
    if not term:
        return
    if calendar.next_term:
        yield term, Hint("congress", weight("period", "congress"), 0, "congress")
    elif found := half_term(flat, HEAD):
        yield to_date(term, today), Hint("half a term", weight("period", "half a term"), found.start(), found.group())
    elif found := _WHOLE_TERM.search(flat, 0, HEAD):
        yield term, Hint("whole term", weight("period", "whole term"), found.start(), found.group())


def _of_sentences(flat: str, by_passage: Sequence[Sequence[Time]], calendar: Calendar) -> Iterator[tuple[Period, Hint]]:
    for n, found in enumerate(by_passage):
        at = "lead" if n < _LEAD else "opening" if n < _OPENING else "told"
        for time in found:
            end, running = time.period.end, bool(calendar.year) and time.period.years > 0
            running = running and n > 0 and end is not None and end.year > (calendar.year or 0)
            name = "running" if running else at
            own = at != "told" and calendar.year and time.period == whole_year(calendar.year)  # the plan of its year
            beside = time.body or time.base or (time.plan and not own) or time.kind in _BESIDE
            beside = beside or (time.kind == "year" and (is_due(flat, time) or is_aimed_at(flat, time)))
            if time.period.start and time.period.years <= _LONGEST and not beside:
                yield time.period, hint_of(flat, name, time, "period")
                if time.kind == "months":
                    yield time.period, hint_of(flat, f"{name}, months", time, "period")
            if time.base and time.period.end and is_since_end(flat, time):
                yield whole_year(time.period.end.year + 1), hint_of(flat, "since the end of its base", time, "period")
            closed = is_years_end(time) and "end of" in flat[time.start : time.end]
            if closed and end and not (time.base or time.plan or AIMED.search(sentence_before(flat, time))):
                yield whole_year(end.year), hint_of(flat, at, time, "period")  # "by the end of 2023, 95% had insurance"


def _may_be_past(period: Period, calendar: Calendar) -> bool:
    """Whether a report may review a period: one that has begun, and is not over for years."""
    last = min((day for day in (calendar.today, calendar.year and dt.date(calendar.year, 12, 31)) if day), default=None)
    if period.start is None or last is None:
        return period.start is not None
    begun = period.start <= last
    return begun and not (calendar.year and period.end and last.year - period.end.year > _LATE)
