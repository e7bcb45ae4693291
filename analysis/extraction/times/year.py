"""Times of a report in, the year that it is about out, chosen by weighted evidence.

The hints stand in ``data/frame/hints.csv``: those that decide ``year``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from analysis.extraction.hints import Choice, Hint, choose, weight
from analysis.extraction.periods import Time
from analysis.extraction.times.dates import month_number
from analysis.extraction.times.occasion import HEAD, LOOKS_BACK, MEETING, counts_so_far, is_congress
from analysis.lexicon import number_words, phrase
from analysis.reading.article import Passage
from analysis.sieve import Sifted

__all__ = [
    "AIMED",
    "hint_of",
    "is_aimed_at",
    "is_due",
    "is_since_end",
    "is_years_end",
    "sentence_before",
    "year_of",
]

_BY_ITS_END = phrase("aimed_by_years_end")
_OPENS = re.compile(r"(?:^|[.;:,]\s|\n)\W*(?:in|by|for|from|during|throughout|over)\s(?:the\syear\s)?$", re.IGNORECASE)
_WILL = phrase("year_then_aim")
_IS_TO = phrase("aim_then_year")
AIMED = phrase("aims_or_demands")
_REVIEWED = phrase("year_reviewed")
_DECIDES = phrase("decides_on_measures")
_NEXT_YEAR = Sifted(r"\b(?:to|will|plans?|aims?|expects?|targets?)\b(?:[^.;\n]|\.\d){0,100}\bnext\syear\b")
_END_OF = re.compile(r"\bend\sof\s(?:the\syear\s)?$")
_DRAWN_UP = re.compile(r"\b(?:planning|strategy|scheme|orientation|roadmap)\b[^,;]{0,60}\sto\s$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before|until|till|through|to)\s(?:the\send\sof\s)?$", re.IGNORECASE)
_HELD_AGAINST = phrase("results_held_against_year")
_LAST_YEAR = phrase("told_of_last_year")
_WERE_MET = phrase("were_met_behind_year")
_WERE_TO = re.compile(  # "the plan for 2023 was to build 40 km", "For 2023, it was given a target of 14 billion"
    r"\s(?:was|were)\sto\b|,?\s(?:[\w'-]+\s){1,6}?(?:was|were)\s(?:given|assigned|entrusted\swith)\s(?:an?|the|its)\b"
)
_PART_OF_YEAR = phrase("part_of_a_year_unnamed")
_DONE_SO_FAR = phrase("done_so_far_behind_plan")
_YEARS_OF = phrase("years_of_carrying_out")
_TILL_NOW = re.compile(r"\b(?:now|date|present|today)$")
_OF_DOCUMENT = re.compile(r"\bdated\s$")
_LAST_QUARTER = 10  # its first month
_YEARS = ("year", "months", "month", "date")  # kinds of times that name a year
_LONG_AGO = 10  # years before the last that a report tells of, in which it does not lie
_FRESH = 14  # days before a report in which the meeting took place that it speaks of
_SURE = ("date", "date early in the year", "months", "reviewed", "plan held against")  # hints of a year that is there
_PART = re.compile(r"\b(?:months|quarter|half)\b")
_STILL = 6  # months in which a report that says so looks back on last year
_CLOSING = 11  # month from which a report looks ahead to the next year
_TERM_YEARS = 5  # between one congress and the next


def year_of(flat: str, headline: Passage | None, rough: Sequence[Time], date: dt.date | None) -> Choice[int]:
    """The year that a report is about, which "this year" and "March 31" refer to.

    Args:
        flat: the plain text.
        headline: its first sentence.
        rough: the times that it names, without a calendar.
        date: when it was published, where that is known.
    """
    hints = [*_of_date(flat, date), *_of_times(flat, headline, rough, date), *_of_years_since(flat, rough)]
    sure = max((year for year, hint in hints if hint.name in _SURE or _PART.search(hint.words)), default=None)
    hints = [(year, hint) for year, hint in hints if sure is None or year <= sure + _LONG_AGO]  # no vision of 2045
    latest = max((year for year, _ in hints), default=0)
    hints = [(year, hint) for year, hint in hints if year >= latest - _LONG_AGO]
    if date:  # a report is about its own year, or early in a year about the one before
        back = date.month <= LOOKS_BACK or any(hint.name == "reviewed" for _, hint in hints)
        hints = [(year, hint) for year, hint in hints if date.year - back <= year <= date.year]
    return choose(sorted(hints, key=lambda pair: -pair[0]), margin=1.0)


def _of_date(flat: str, date: dt.date | None) -> Iterator[tuple[int, Hint]]:
    if date is None:
        return
    early = date.month <= LOOKS_BACK
    if date.month <= _STILL and (told := _LAST_YEAR.search(flat, 0, HEAD)):
        yield date.year - 1, Hint("reviewed", weight("year", "reviewed"), told.start(), told.group())
    name = "date early in the year" if early else "date"
    for year in (date.year, date.year - 1)[: 1 + early]:
        yield year, Hint(name, weight("year", name), 0, date.isoformat())


def _of_times(
    flat: str, headline: Passage | None, rough: Sequence[Time], date: dt.date | None
) -> Iterator[tuple[int, Hint]]:
    planned: dict[tuple[int, bool], Time] = {}
    based: list[tuple[int, Hint]] = []
    spans = {
        t.period.start.year: t.period.end.year for t in rough if t.kind == "span" and t.period.start and t.period.end
    }
    latest = 0  # year that it tells of
    for time in rough:
        if time.period.start is None or (time.base and time.kind not in ("year", "named") and not is_years_end(time)):
            continue
        year = time.period.start.year
        if time.base and date is None and year % _TERM_YEARS == 0 and is_congress(flat):
            continue  # "12 of 19 targets of the congress; income rose by 23% over 2015": where the term began
        if time.base and time.plan:  # "compared to the 2023 plan" is told in 2023
            planned.setdefault((year, True), time)
        elif time.base:
            told = (
                spans.get(year + 1) or spans.get(year) or year + 1
            )  # "in 2016-2020 it built 9 km; income is up by 4 million from 2015"
            told += bool(_LAST_YEAR.search(sentence_before(flat, time)))  # "last year it was up by 4% against 2017"
            name = "after the end of its base" if is_since_end(flat, time) else "after its base"
            based.append((told, hint_of(flat, name, time)))
        elif time.kind in _YEARS and not is_due(flat, time):
            titled = headline is not None and headline.start <= time.start < headline.end
            aimed = time.kind == "year" and (time.plan or is_aimed_at(flat, time))
            if aimed or (titled and headline and _DECIDES.search(flat, headline.start, time.start)):
                planned.setdefault((year, _is_held_against(flat, time)), time)
            elif not (date and time.kind in ("date", "month") and not _is_told(time, date)):
                reviewed = _REVIEWED.search(flat, max(0, time.start - 80), time.start)
                names = {
                    "reviewed": reviewed,
                    "title": titled,
                    "months": time.kind == "months",
                }
                name = next((name for name, so in names.items() if so), "told")
                latest = max(latest, year)
                yield year, hint_of(flat, name, time)
    yield from ((year, hint) for year, hint in based if year >= latest)  # 2.2 times 2011 may be told of 2018
    if date is None and (aimed_at := _aimed_by_its_end(flat, latest)):
        yield aimed_at
    told = max([latest, *(end for end in spans.values() if end < max((year for year, _ in planned), default=0))])
    for (year, held), time in planned.items():
        if held or time.plan or not told or year <= told + 1:  # an aim for years ahead is under way for years
            yield _of_plan(flat, time, year, held, alone=not latest or latest >= year)


def _of_years_since(flat: str, rough: Sequence[Time]) -> Iterator[tuple[int, Hint]]:
    """The year in which a report sums up so many years: "8 years of carrying out the programme", "from 2010 to now"."""
    found = _YEARS_OF.search(flat, 0, HEAD)
    if not found:
        return
    count = int(found["count"]) if found["count"].isdigit() else number_words()[found["count"].lower()]
    for time in rough:
        first = time.period.start
        if first is None:
            continue
        if time.kind == "open" and _TILL_NOW.search(flat, time.start, time.end):
            yield first.year + count, hint_of(flat, "years since", time)
        elif time.kind == "date" and _OF_DOCUMENT.search(flat, max(found.end(), time.start - 8), time.start):
            later = first.month >= _LAST_QUARTER  # what is decided in autumn is carried out from the next year on
            yield first.year + count - 1 + later, hint_of(flat, "years since", time)
            return


def _aimed_by_its_end(flat: str, latest: int) -> tuple[int, Hint] | None:
    """The year by whose end a meeting in its midst, whose year is not told, aims at something, after the last told."""
    met, aim = MEETING.search(flat, 0, HEAD), _BY_ITS_END.search(flat)
    month = month_number(met["month"] or met["month2"]) if met else 0
    if not aim or not LOOKS_BACK <= month < _CLOSING or not latest <= int(aim["year"]) <= latest + 1:
        return None
    name = "aimed at by its end"
    return int(aim["year"]), Hint(name, weight("year", name), aim.start(), aim["year"])


def is_years_end(time: Time) -> bool:
    """Whether a time is the last day of a year, which the year after is compared with."""
    end = time.period.end
    return time.kind == "date" and end is not None and (end.month, end.day) == (12, 31)


def is_since_end(flat: str, base: Time) -> bool:
    """Whether something is compared with the end of a year: "up 137 billion VND from the end of 2023"."""
    return is_years_end(base) or bool(_END_OF.search(flat, max(0, base.start - 12), base.start))


def _of_plan(flat: str, plan: Time, year: int, held: bool, alone: bool) -> tuple[int, Hint]:
    """The year that a plan speaks for; ``alone`` says that no year before it is told of."""
    if held:
        return year, hint_of(flat, "plan held against", plan)
    if _NEXT_YEAR.search(flat, 0, HEAD):  # "... targets 3.8 million guests in 2013. It plans to lure them next year"
        return year - 1, hint_of(flat, "before the plan", plan)
    if alone and _PART_OF_YEAR.search(flat):  # "in the first quarter of the year", and a plan for 2024: of the same
        return year, hint_of(flat, "plan under way", plan)
    if counts_so_far(flat, len(flat)) or _DONE_SO_FAR.search(flat, plan.end, plan.end + HEAD):
        return year, hint_of(flat, "plan under way", plan)
    return year - 1, hint_of(flat, "before the plan", plan)


def hint_of(flat: str, name: str, time: Time, decides: str = "year") -> Hint:
    """The hint that a time gives, with its words."""
    return Hint(name, weight(decides, name), time.start, " ".join(flat[time.start : time.end].split()))


def _is_told(time: Time, date: dt.date) -> bool:
    """Whether a day is one that a report tells of: not that of its own meeting; the last of a year is always one."""
    day = time.period.start
    if day is None:
        return False
    return (date - day).days > _FRESH or (day < date and (day.month, day.day) == (12, 31))


def _is_held_against(flat: str, plan: Time) -> bool:
    """Whether results are told of a year's plan: "it passed its 2017 plan", "of 14 targets of 2022, 11 were met"."""
    before = _HELD_AGAINST.search(flat, max(0, plan.start - 60), plan.start)
    return bool(before or _WERE_TO.match(flat, plan.end) or _WERE_MET.match(flat, plan.end, plan.end + 90))


def is_due(flat: str, time: Time) -> bool:
    """Whether something is to be done by a day: "strives to disburse 95% by January 31, 2025"."""
    by = _BY.search(flat, max(0, time.start - 15), time.start) if time.kind in ("date", "year") else None
    if by and _DRAWN_UP.search(sentence_before(flat, time)):
        return True
    ahead = by and by.group()[:4].lower() in ("till", "unti") and _WILL.match(flat, time.end)
    return bool(by and (ahead or AIMED.search(sentence_before(flat, time))))


def sentence_before(flat: str, time: Time) -> str:
    """The words of its sentence before a time."""
    return re.split(r"[.;\n]\s", flat[max(0, time.start - 160) : time.start])[-1]


def is_aimed_at(flat: str, time: Time) -> bool:
    """Whether a sentence says what is to be done in a year: "In 2026 it will strive for ...", "to be built in 2026"."""
    ahead = _OPENS.search(flat, max(0, time.start - 12), time.start) and _WILL.match(flat, time.end)
    return bool(ahead or _IS_TO.search(flat, max(0, time.start - 120), time.start))
