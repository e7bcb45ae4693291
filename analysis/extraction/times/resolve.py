"""A candidate in, the period that it measures out: that of its sentence, else its paragraph, heading or report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.clauses import brackets
from analysis.extraction.cues import expand
from analysis.extraction.digits import Number
from analysis.extraction.hints import UNDECIDED
from analysis.extraction.periods import Period, Time, shifted, to_date, whole_year, year_before
from analysis.extraction.times.behind import HAD_REACHED, follows, trailing
from analysis.extraction.times.expressions import times
from analysis.extraction.times.occasion import counts_so_far, is_midway, meeting_day
from analysis.extraction.times.reference import Timeline
from analysis.extraction.times.series import (
    A_NUMBER,
    NOW,
    RUN,
    from_level,
    later_years,
    listed,
    started,
    tells_of_now,
    years_between,
)
from analysis.extraction.times.set_off import dates_figures, is_adverbial
from analysis.lexicon import phrase
from analysis.reading.article import Passage
from analysis.sieve import Sifted

__all__ = ["Clock"]

_CONNECTIVE = phrase("goes_on_in_time")
_SINCE_YEAR = re.compile(r"since\s\d{4}")
_YEARS_APPOSED = re.compile(
    r".{0,15}?\b(?:years?|terms?|period|stage)\s(?:left\s)?\((?:19|20)\d\d\s?-\s?(?:19|20)\d\d\)"
)  # "3 years (2006-2008)"
_PLAN = Sifted(expand(r"\b{plan}\b"), re.IGNORECASE)
_IS_NOW = phrase("tells_what_is_now")
_UNTIL_NOW = re.compile(r"\b(?:by|until|up to|as of|to the (?:day|date|end) of)\s$", re.IGNORECASE)
_LABEL = re.compile(
    expand(
        r"\s*[:(]\s*|\s(?:{up}|{down})(?:\sby)?\s|\s*,?\s*(?:was|is|reached)?\s*:?\s*\(\s*"
        r"|['’]s?\s(?:results?|figures?|levels?)\s?:?\s(?:(?:{up}|{down})(?:\sby)?\s)?"  # "last year's result: 6.4%"
    ),
    re.IGNORECASE,
)
_EITHER_LABEL = re.compile(rf"{_LABEL.pattern}|\)\s(?:was|were|is|reached)\s", re.IGNORECASE)  # "began (2016) was 42%"
_FLOW = phrase("flow")
_CONGRESS = Sifted(r"\bcongress", re.IGNORECASE)
_YEARLY = phrase("yearly")
_DATED = re.compile(r"[\d%](?:\s[\w/]+)?\s(?:(?:in|at|by|as of)\s)?$")  # another number, that the time dates
_WHICH = re.compile(r"\bof\swhich\s$")
_SET_THEN = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:set|assigned|approved|adopted)\s(?:by\s(?:(?!for\b)[^,;\s]+\s){1,6}?)?(?:at|in|on)?\s?(?:the\s)?"
)
_TITLE, _NEAR = 2, 2  # sentences in which a headline stands; lines after a period to come in which targets are for it
_GRACE = 92  # days after a year in which its books are closed
_FORWARD = ("striving", "demanded", "modal", "must_follow", "purpose")
_REPORTED = Sifted(r"\b(?:was|were|has|have|had|did|reached|achieved|completed|exceeded|met)\b")
_OF_WHICH = phrase("opens_of_which")
_EACH_YEAR = re.compile(r"\W*(?:Each|Every)\s(?:year|month)\b|\W*(?:Annually|Yearly)\b")
_PRESENT = re.compile(r"\b(?:is|are|increases?|decreases?|reach(?:es)?|rises?|grows?|falls?|accounts?)\b")
_SETS_TARGETS = phrase("title_sets_targets")
_TARGETS_FOR = phrase("targets_for_a_time")


class Clock:
    """Reads the periods of one report."""

    def __init__(self, flat: str, timeline: Timeline) -> None:
        self.flat, self.calendar, self.until = flat, timeline.calendar, timeline.until
        self.main, self.midway = timeline.main, is_midway(flat)
        self.held = meeting_day(flat, timeline.calendar.year)
        self._source = UNDECIDED if timeline.review.undecided else "report"  # of the period of the report
        self._by_passage = timeline.by_passage
        self._passage = Passage(-1, -1, -1, item=False, first=False)
        self._times: list[Time] = []
        self._brackets: list[tuple[int, int]] = []
        self.carried: Time | None = None
        self._aside = self._aimed = False
        self.ahead, self.ahead_line = Period(), -9
        self._read = 0  # sentences
        self._published = self.calendar.today.year if self.calendar.today else 0  # where that is known
        self._latest = max(self.main.end.year, self._published) if self.main.end else 0  # year that it may tell of
        self._titled = Period()  # what a headline says that targets are set for

    def enter(self, passage: Passage, *, aimed: bool = False) -> None:
        """Read on to a passage: a new line forgets the period of the line before, unless it goes on from it.

        ``aimed`` says that the passage before told targets and nothing else.

        A period set off at the start of a passage or by commas holds until the end of the line; "Since 2021, ..." in
        the midst of a line is an aside, and dates its own sentence.
        """
        new_line = passage.line != self._passage.line
        self._read += 1
        kinds = ("year", "span", "months", "season")
        told = [t for t in self._times if not (t.base or t.plan or t.body) and t.kind in kinds]
        told = [t for t in told if not any(a < t.start < b for a, b in self._brackets)]
        if (new_line or self._aside) and not _CONNECTIVE.match(self.flat, passage.start):
            self.carried = None
        self._passage, self._aside, self._times = passage, False, self._by_passage[passage.start]
        self._aimed = aimed
        spans = brackets(self.flat, passage.start, passage.end)
        self._brackets = [pair for pair in spans if not _YEARS_APPOSED.match(self.flat, max(0, pair[0] - 16))]
        leading = [t for t in self._times if not t.base and is_adverbial(self.flat, passage.start, t)]
        leading = [t for t in leading if not any(a < t.start < b for a, b in self._brackets)]
        stated = [t for t in leading if not t.plan and t.kind not in ("by", "season") and dates_figures(self.flat, t)]
        if told and not self._times and _OF_WHICH.match(self.flat, passage.start):
            self.carried = told[-1]
        if stated:
            self.carried = stated[0]
            since = self.flat[stated[0].start : stated[0].end].lower()
            self._aside = not passage.first and bool(_SINCE_YEAR.fullmatch(since))
        elif self.carried and (later := later_years(self.carried, self._times, self._latest)):
            self.carried = later[-1]
        today = self.calendar.today
        closing = self.calendar.term.end  # "by 2025" in the 2020-2025 term: what else is aimed at is for all of it
        dues = [t for t in self._times if t.kind == "by" and t.period.end != closing]
        planned = [t for t in self._times if (t.plan or t in dues) and not t.base and t not in leading]
        alone = planned if not self.main else []  # where no period is under review, that of a plan is ahead
        ahead = [t for t in (*planned, *leading) if t in alone or self._is_ahead(t.period)]
        ahead = [t for t in ahead if not (today and t.period.end and t.period.end <= today)]
        if ahead:
            self.ahead, self.ahead_line = ahead[-1].period, passage.line
            if self._read <= _TITLE and _SETS_TARGETS.search(self.flat, passage.start, passage.end):
                self._titled = self.ahead

    def _is_over(self, time: Time, number: Number) -> bool:
        """Whether a year is no later than those that the report is about, or told as past: "by 2019 it reached 39"."""
        past = time.period.end and self.main.end and time.period.end <= self.main.end
        return bool(past or HAD_REACHED.fullmatch(self.flat, time.end, number.opens))

    def _is_ahead(self, period: Period) -> bool:
        after = period.start and self.main.end and period.start > self.main.end
        return bool(after) or bool(period and period == self.calendar.next_term)

    def _is_open(self, period: Period) -> bool:
        """Whether a period goes on beyond the one under review."""
        return bool(period.end and (self.main.end is None or period.end > self.main.end))

    # --- the period of a figure ---

    def goes_on(self, period: Period) -> bool:
        """Whether a report without a date was written, by its words, before a period was over."""
        if self.calendar.today or period.start is None or period.end is None:
            return False
        if period.years > 0:
            return self.midway
        main = self.main
        months = main.start and main.end and not main.years and not main.is_whole_year
        if months and main.end and period.start <= main.end < period.end:
            return True  # a report on nine months of a year
        so_far = period.is_whole_year and period.start.year == self.calendar.year and counts_so_far(self.flat)
        return so_far or (self.held is not None and period.start <= self.held < period.end)

    def period_of(self, figure: Candidate) -> tuple[Period, str]:
        """The period that a figure measures, and where it is said."""
        target = figure.role.word == "target"
        said = self._said(figure, target)
        if said:
            return self._shaped(said, figure), "sentence"
        if target:
            return self._target_period(figure)
        if from_level(self.flat, figure.number) and self.main.start:
            return year_before(self.main), "inferred"
        main = self.main
        counts_now = main.years > 0 and not self.midway and self._counts_now(figure)
        if self.carried and not counts_now:
            return self._shaped(self.carried, figure), "section"
        if main.is_whole_year and tells_of_now(self.flat, self._passage.start, main, self._published):
            return whole_year(self._published), "report"
        if counts_now and main.end:
            return whole_year(main.end.year), "report"  # a congress counts its cells "up to now"
        if self.until and main.start and main.end and main.start < self.until < main.end:
            return Period(main.start, self.until), "report"
        return to_date(main, self.calendar.today if self.midway else None), self._source

    def _counts_now(self, figure: Candidate) -> bool:
        """Whether a sentence opens on the day of the report, or tells what there is now, held against no plan."""
        start, end = self._passage.start, self._passage.end
        if NOW.match(self.flat, start):
            return True
        return bool(_IS_NOW.search(self.flat, start, figure.number.start)) and not _PLAN.search(self.flat, start, end)

    def _said(self, figure: Candidate, target: bool) -> Time | None:
        number = figure.number
        found = [t for t in self._times if dates_figures(self.flat, t)]
        if target:  # "the 8% set at the start of the year" is to be reached by its end
            found = [t for t in found if not _SET_THEN.fullmatch(self.flat, number.end, max(number.end, t.start))]
        for t in found:
            label = _LABEL if t.base else _EITHER_LABEL
            if label.fullmatch(self.flat, t.end, number.opens) or (t.kind == "named" and number.opens - t.end == 1):
                return t
        after = next((t for t in found if t.start >= number.end), None)
        if after and follows(self.flat, after, number):
            return after
        usable = [t for t in found if not t.base and self._reaches(t, figure)]
        if target:
            planned = [
                t for t in usable if (t.plan or t.kind == "by" or self._is_ahead(t.period)) and t.end <= number.start
            ]
            own = planned[-1:] or self._right_before(usable, figure)
            return own[0] if own else trailing(self.flat, usable, figure) or self._own_year(usable, figure)
        hoped = figure.role.word == "projected"
        opens = [t for t in usable if hoped and t.end <= number.start]  # "Next year, it is set to grow by 8%"
        usable = [
            t for t in usable if (t in opens or not t.plan) and (t.kind != "by" or hoped or self._is_over(t, number))
        ]
        if (one := listed(self.flat, self._times, number, self._passage.end)) is not None:
            return one
        before = [t for t in usable if t.end <= number.start]
        if from_level(self.flat, number):
            if (start := started(self.flat, self._times, number)) is not None:
                return start
            if before:
                return replace(before[-1], period=year_before(before[-1].period))
        spanned = [t for t in found if t.end <= number.start and (t in before or t.own)]
        span = years_between(self.flat, spanned) if figure.measure.word == "change" else None
        later = trailing(self.flat, usable, figure)
        if before and later and RUN.fullmatch(self.flat, number.end, later.start):
            return later  # "4% - 6% in 2007 and 5% - 9% in 2016"
        return span or (before[-1] if before else later)

    def _reaches(self, time: Time, figure: Candidate) -> bool:
        """Whether a time may date a figure: not out of its brackets, nor past a semicolon if it dates another one."""
        number = figure.number
        inside = next((pair for pair in self._brackets if pair[0] < time.start < pair[1]), None)
        if inside and not inside[0] < number.start < inside[1]:
            return False
        if number.end < time.start and _WHICH.search(self.flat, number.end, time.start):
            return False  # "strong in 4/5 years, of which 2017 was the best"
        between = self.flat[time.end : number.start]
        if ";" not in between:
            return True
        alone = figure.role.word == "target" and not A_NUMBER.search(self.flat[self._passage.start : time.start])
        set_off = time.plan or alone or is_adverbial(self.flat, self._passage.start, time)
        dated = _DATED.search(self.flat[self._passage.start : time.start])
        return bool(set_off or time.kind not in ("by", "span")) and not dated

    def _right_before(self, usable: Sequence[Time], figure: Candidate) -> list[Time]:
        """The span of years that a sentence on targets names before a number: "for 2011-2015 it will reach 13%"."""
        spans = [t for t in usable if t.kind == "span" and t.end <= figure.number.start]
        return [t for t in spans[-1:] if not A_NUMBER.search(self.flat[t.end : figure.number.start])]

    def _own_year(self, usable: Sequence[Time], figure: Candidate) -> Time | None:
        """The period named before a target, unless it dates a result: a status date, one year of several."""
        before = [t for t in usable if t.end <= figure.number.start and t.kind not in ("date", "month", "open")]
        if not before:
            return None
        main, last = self.main, before[-1]
        one_of_many = main.years > 0 and last.kind == "year"
        return None if one_of_many and main.end and last.period.end and last.period.end < main.end else last

    # --- from an expression to the period that it means for a figure ---

    def _shaped(self, time: Time, figure: Candidate) -> Period:
        if figure.role.word == "target":
            return self._deadline(time, figure)
        main, period = self.main, time.period
        if figure.role.cue == "of_last_year" and main.is_whole_year:
            return year_before(main)  # beside the plan of the year under review
        if time.kind == "named" and main.start and main.end and not main.years:
            shift = (period.start.year if period.start else main.start.year) - main.start.year
            same = time.base or "period" in self.flat[time.start : time.end].lower()
            return Period(shifted(main.start, shift), shifted(main.end, shift)) if same else period
        if time.kind in ("date", "month"):
            flow = is_money(figure.number.unit) or _FLOW.search(self.flat, self._passage.start, figure.number.end + 60)
            until_now = _UNTIL_NOW.search(self.flat[max(0, time.start - 8) : time.start])
            if time.kind == "date" and not flow:
                return period
            closing = period.end and (period.end.month, period.end.day) == (12, 31)
            if main.years > 0 and closing and period.end and is_money(figure.number.unit):
                return whole_year(period.end.year)  # "production by the end of 2020 came to 87 billion", in a term
            if (time.kind == "date" or until_now) and main.start and period.end and main.start <= period.end:
                over = main.end and not main.years and (period.end - main.end).days > _GRACE
                return Period(dt.date(period.end.year, 1, 1) if over else main.start, period.end)
        return to_date(period, self.calendar.today) if self.midway else period

    def aims(self, figure: Candidate) -> bool:
        """Whether a figure stands behind a year to come: "By 2030, average income of 110 million VND".

        "The tasks for 2025 with growth at 11%" are to come, too, where the report is about an earlier year.
        """
        before = [t for t in self._times if t.end <= figure.number.start and (t.plan or t.kind in ("year", "named"))]
        planned = [t for t in before[-1:] if t.plan and self._is_ahead(t.period)]
        if planned and not _REPORTED.search(self.flat, planned[-1].end, figure.number.start):
            return True
        if self._sets_targets(figure) or self._goes_on_ahead():
            return True
        today = self.calendar.today
        ahead = [t for t in self._times if t.kind == "by" and t.end <= figure.number.start]
        starts = ahead[-1].period.start if ahead else None
        later = bool(today and starts and starts > today)
        return later and is_adverbial(self.flat, self._passage.start, ahead[-1])

    def _goes_on_ahead(self) -> bool:
        """Whether a sentence goes on with what is to come: "For the 2025-2030 term, ... Output increases by 11%"."""
        passage, words = self._passage, self.flat[self._passage.start : self._passage.end]
        near = passage.line - self.ahead_line <= 1 + bool(_EACH_YEAR.match(words))
        present = _PRESENT.search(words) and not _REPORTED.search(words)
        return bool(self._aimed and self.ahead and near and not self._times and present)

    def _sets_targets(self, figure: Candidate) -> bool:
        """Whether a figure is the number of targets set for a year to come: "approved 24 targets for 2025"."""
        behind = next((t for t in self._times if t.start >= figure.number.end), None)
        ahead = behind is not None and self._is_ahead(behind.period)
        return ahead and bool(_TARGETS_FOR.fullmatch(self.flat, figure.number.end, behind.start if behind else 0))

    def _deadline(self, time: Time, figure: Candidate) -> Period:
        """The period to reach a target in."""
        period, main = time.period, self.main
        if period.end is None:
            return self._extended(Period(period.start, main.end))
        if period == self.calendar.term and self.calendar.next_term and figure.about is None:
            return self.calendar.next_term
        if time.kind == "months" and not time.plan and main.end and period.end <= main.end:
            return self._extended(period)
        late = time.kind == "date" and main.start and main.end and main.end < period.end
        if late and main.end and (period.end - main.end).days <= _GRACE:
            return Period(main.start, period.end)
        return self._yearly(period, figure)

    def _yearly(self, period: Period, figure: Candidate) -> Period:
        """A yearly rate aimed at until the last year of a term holds for the whole term."""
        term = self.calendar.next_term
        closes = bool(term) and period.end == term.end
        if closes and _is_yearly(figure) and not is_money(figure.number.unit):
            return term
        return period

    def _target_period(self, figure: Candidate) -> tuple[Period, str]:
        passage = self._passage
        for title in filter(None, (passage.heading, passage.heading and passage.section)):
            found = times(self.flat, *title, self.calendar)
            if found:
                return self._yearly(found[-1].period, figure), "section"
        told = figure.about
        answered = told is not None and told.role.word != "target" and told.number.end < figure.number.start
        aside = told is not None and told.bracketed and told.words.bracket != figure.words.bracket
        if told and answered and told.period and not self.main.years and not aside:
            return self._extended(told.period), told.period_source  # not of the year to come
        if self.ahead and passage.line - self.ahead_line <= _NEAR and not answered:
            return self.ahead, "section"
        if self.carried and self.carried.period.years > 0 and self._is_open(self.carried.period):
            return self._yearly(self.carried.period, figure), "section"
        if self._titled and figure.about is None:
            return self._titled, "report"
        if self.calendar.next_term and figure.about is None:
            return self.calendar.next_term, "report"
        if self.calendar.term and _is_yearly(figure) and _CONGRESS.search(self.flat, passage.start, passage.end):
            return self.calendar.term, "sentence"
        today, over = self.calendar.today, self.main.end
        if today and over and self.main.is_whole_year and today.year == over.year + 1 and figure.role.cue in _FORWARD:
            return whole_year(today.year), "report"  # in January: what a report on last year still aims at
        return self._extended(self.main), self._source

    def _extended(self, period: Period) -> Period:
        """The whole year, or the whole term: by when a target of that period is to be reached."""
        term = self.calendar.term
        if period.start and period.end and not period.years:
            return whole_year(period.start.year)
        return term if term and period.start == term.start else period


def _is_yearly(figure: Candidate) -> bool:
    return bool(_YEARLY.search(f"{figure.number.text} {figure.words.left[-50:]} {figure.words.right[:30]}"))
