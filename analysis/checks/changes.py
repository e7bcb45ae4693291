"""Checks on changes between two periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

from analysis.checks import arithmetic
from analysis.checks.arithmetic import gap, only_points
from analysis.checks.findings import Recomputation, words
from analysis.checks.readings import GAP, Way, judged, said, tried
from analysis.checks.results import Level, Result, say
from analysis.checks.sheet import Sheet, alike
from analysis.checks.targets import gap_units, other_gaps
from analysis.comparison.figure import POINTS, YEAR, Figure, days
from analysis.comparison.figure import words as subject_words
from analysis.currencies import is_money
from analysis.intervals import Interval

__all__ = ["change", "changed_from", "led_from", "pp_or_percent", "same_kind"]

_YEARLY = re.compile(r"\b(?:yearly|annual|each\syear|a\syear)\b")
YEARLY = Fraction(2)  # times that a yearly change may be off and still be that of the two levels beside it
BEHIND = 60  # characters in which a change says what it is held against
MONTH = 31
RIGHT_BEFORE = 3  # words between "from" or "to" and its level
LEVELS = ("amount", "share", "score", "rank", "attainment")


def change(sheet: Sheet) -> Iterator[Recomputation]:
    """A change equals the gap between the two levels, or that gap per year where an average is given.

    Needs the change's ``about`` (the later level) and exactly one earlier level of the same kind: linked to the
    change, or in its sentence with an earlier period. A change in points that is linked to no level is judged by the
    later rates of its sentence, if none of them agrees with it. A next target may be given with its growth on an
    earlier level. A change that agrees with a level of a sentence before is told, too.
    """
    for stated in sheet.figures:
        if stated.measure != "change" or stated.role == "benchmark" or not stated.bounded:
            continue
        new, old = _levels(sheet, stated)
        if "year" in stated.per and old is None and stated.role != "target":
            yield from _yearly_elsewhere(sheet, stated)
        if stated.role == "target" and (new is None or new.role != "target"):
            continue  # growth that is aimed at, beside a level that has been reached
        if new is not None and old is None and _usable(new):
            told = list(_in_number(sheet, stated, new))
            yield from told or _from_before(sheet, stated, new)
        if new is None or old is None or not _usable(new) or not _usable(old) or _of_longer_span(stated, new, old):
            continue
        ways = _ways(stated, new, old)
        hedged = _one_of_several(sheet, stated) or _YEARLY.search(sheet.words_before(stated))
        if hedged and not any(found is not None and found.ok for found in map(tried, ways)):
            continue
        other_way = _wrong_way(stated, new, old)
        if other_way is not None and any(found is not None and found.ok for found in map(tried, ways)):
            yield Recomputation("change", stated, other_way, stated=stated.value, others=[new, old])
            continue
        yield from judged(
            sheet,
            "change",
            stated,
            [(way, [new, old]) for way in ways],
            GAP,
            tie="beside" if _other_prices(stated, new) else "",
            points=other_gaps(stated, Level(new), Level(old)),
            swapped=(said(stated, gap(Level(old), Level(new), unit)) for unit in gap_units(stated, new)),
        )


def _one_of_several(sheet: Sheet, stated: Figure) -> bool:
    """Whether a level is told to have changed by so much and by so much: in parts of the time, or against two bases."""
    row = [one for one in sheet.sentences[stated.sentence_start] if not _YEARLY.search(sheet.words_before(one))]
    told = {
        one.value for one in row if one.measure == "change" and (one.about, one.unit) == (stated.about, stated.unit)
    }
    return len(told) > 1


def _of_longer_span(stated: Figure, new: Figure, old: Figure) -> bool:
    """Whether a change is told of more years than lie between two levels: "11.6% a year in 2006-2010" beside 2009."""
    dates = stated.period_start, stated.period_end, old.period_end, new.period_end
    if None in dates or new.period_start == stated.period_start:
        return False
    first, last, before, after = (day.year for day in dates if day is not None)
    return last - first > max(1, after - before)


def _other_prices(stated: Figure, new: Figure) -> bool:
    """Whether a change in per cent may be at the prices of another year than the amounts of money beside it."""
    return stated.unit == "%" and is_money(new.unit) and bool(words("price_base").search(stated.sentence))


def _in_number(sheet: Sheet, stated: Figure, new: Figure) -> Iterator[Recomputation]:
    """A change told in number and in per cent: "1,284 ha, up 18 ha (1.5%)".

    Where the number does not stand right before the per cent, it may be held against another time: told if they agree.
    """
    row = [one for one in sheet.sentences[stated.sentence_start] if one.about == new.figure_id]
    amounts = [one for one in row if one.measure == "change" and one.unit == new.unit not in POINTS and one.bounded]
    beside = sheet.before(stated)
    amount = beside if beside in amounts else amounts[0] if len(amounts) == 1 else _brought(sheet, new)
    if amount is None or stated.unit != "%" or not 0 < abs(amount.value) < new.value:
        return
    fell = amount.value < 0
    size = replace(amount, value=-amount.value, low=-amount.high, high=-amount.low) if fell else amount
    way = partial(arithmetic.grown, Level(new), Level(size), stated, fell=fell)
    result = tried(way)
    restated = amount.measure_cue.startswith("in other words")  # "fell by 41.3% (128 cases) to 310"
    if amount is beside or restated or (result is not None and result.ok):
        yield from judged(sheet, "change", stated, [(way, [new, amount])], GAP, tie="beside")


def _brought(sheet: Sheet, new: Figure) -> Figure | None:
    """What brought a total to what it is now: "3,600 more people joined, bringing the total to 7,200"."""
    more = sheet.before(new) if words("brought_to").search(sheet.words_before(new)) else None
    return more if more is not None and more.measure == "amount" and more.like(new) and more.bounded else None


def _from_before(sheet: Sheet, stated: Figure, new: Figure) -> Iterator[Recomputation]:
    """A change on a level that a sentence before gives; told if it agrees, as the level may be of something else."""
    wanted = subject_words(new.subject)
    before = [one for one in sheet.nearby(stated) if one.start < new.start and same_kind(one, new) and _usable(one)]
    named = [one for one in before if not wanted or wanted & subject_words(one.subject)]
    older = [one for one in named if changed_from(new, one)]
    if len({one.value for one in older}) == 1:
        for way in _ways(stated, new, older[0]):
            result = tried(way)
            if result is not None and result.ok:
                yield Recomputation("change", stated, result, [new, older[0]], tie="inherited")
                return


def _yearly_elsewhere(sheet: Sheet, stated: Figure) -> Iterator[Recomputation]:
    """A change per year on the two dated levels of a sentence beside it; a question at most, as they may be others."""
    points = stated.unit in ("pp", "point")
    told = replace(stated, unit="pp") if points else stated
    for row in sheet.beside(stated):
        levels = [one for one in row if _usable(one) and one.is_result and one.period_end is not None]
        levels = [one for one in levels if (one.unit == "%") == points and one.place == stated.place]
        dated = sorted(levels, key=lambda one: one.period_end or date.min)
        if len(dated) == 2 and changed_from(dated[1], dated[0]) and _named_alike(stated, dated[1]):
            old, new = dated
            ways = [(way, [new, old]) for way in _ways(told, new, old)]
            yield from judged(sheet, "change", told, ways, YEARLY, tie="inherited")
            return


def _named_alike(stated: Figure, level: Figure) -> bool:
    """Whether a change bears the name of what changed, or none."""
    name, other = subject_words(stated.subject), subject_words(level.subject)
    return name <= other or other <= name


def _may_be_named_alike(one: Figure, other: Figure) -> bool:
    """Whether two levels share a word of what they are called, or one of them is called nothing."""
    name, of_other = subject_words(one.subject), subject_words(other.subject)
    return not name or not of_other or bool(name & of_other)


def _wrong_way(stated: Figure, new: Figure, old: Figure) -> Result | None:
    """A change of the right size whose word says up where the levels say down."""
    cue = stated.measure_cue
    says = bool(words("upward").search(cue)) - bool(words("downward").search(cue))
    moved = (new.value > old.value) - (new.value < old.value)
    if (
        new.unit == "rank"
        or says != stated.sign
        or says * moved >= 0
        or new.as_operand("half_up").meets(old.as_operand("half_up"))
    ):
        return None
    named = {1: "an increase", -1: "a decrease"}
    message = f"From {say(old)} to {say(new)} is {named[moved]}, while the report gives {named[says]} of {say(stated)}"
    why = "the two levels may stand in the other order"
    return Result(False, Interval.of(-stated.value), message, why)


def pp_or_percent(sheet: Sheet) -> Iterator[Recomputation]:
    """A rate that falls by 0.5% hardly moves, one that falls by 0.5 points does; the word should say which is meant.

    The figures table gives such a change the unit ``pp``; its quote shows that the report wrote per cent.
    """
    for figure in sheet.figures:
        if figure.measure in ("change", "margin") and figure.unit == "pp" and _says_percent(figure.quote):
            levels = [one for one in (sheet.subject(figure),) if one is not None]
            result = Result(False, Interval.of(figure.value), only_points(figure))
            yield Recomputation("pp_or_percent", figure, result, others=levels, severity="note", worded=True)


def _says_percent(quote: str) -> bool:
    text = quote.lower()
    return "point" not in text and ("%" in text or "per cent" in text or "percent" in text)


def _usable(figure: Figure) -> bool:
    return figure.bounded and figure.value > 0 and figure.measure in LEVELS


def _levels(sheet: Sheet, stated: Figure) -> tuple[Figure | None, Figure | None]:
    """The later and the earlier level, as far as the report tells them beyond doubt."""
    new = _later(sheet, stated)
    if new is None:
        return _rates(sheet, stated) if stated.unit == "pp" and not stated.per else (None, None)
    earlier = _earlier(sheet, stated, new)
    return new, earlier[0] if len(earlier) == 1 else None


def _later(sheet: Sheet, stated: Figure) -> Figure | None:
    """The level that has changed.

    For a change in places linked to a score it is the rank right before it. "4,125 poor households out of 12,443
    households, 602 poor households fewer": of two levels it is the one that is of all that the change is of.
    """
    about, before = sheet.subject(stated), sheet.before(stated)
    if stated.unit == "rank" and before is not None and before.measure == "rank":
        return about if about is not None and about.measure == "rank" else before
    wanted = subject_words(stated.subject)
    if about is None or not wanted or wanted <= subject_words(about.subject):
        return about
    row = [one for one in sheet.sentences[stated.sentence_start] if one.start < stated.start and one.like(about)]
    named = [one for one in row if one.measure == about.measure and wanted <= subject_words(one.subject)]
    return named[0] if len(named) == 1 else about


def _rates(sheet: Sheet, stated: Figure) -> tuple[Figure | None, Figure | None]:
    """The nearest of the later rates before a change in points, and the earlier rate that follows the change at once.

    "Reaching 88.5% of one plan and 85.1% of another, 2.2 points less than in the same period (91.2%)": whichever of the
    two is meant, if it is neither then the nearest shows it.
    """
    old = sheet.after(stated)
    row = sheet.sentences[stated.sentence_start]
    if old is None or old.unit != "%":
        return None, None
    later = [one for one in row if one.start < stated.start and same_kind(old, one) and _is_before(old, one)]
    return min(later, key=lambda one: abs(abs(one.value - old.value) - abs(stated.value)), default=None), old


def _earlier(sheet: Sheet, stated: Figure, new: Figure) -> list[Figure]:
    """The levels that the later one can have changed from."""
    linked = [one for one in sheet.qualifying(stated) if same_kind(one, new)]
    if linked:
        return linked
    near = [one for one in sheet.nearby(stated) if one.sentence_start == stated.sentence_start]
    older = [one for one in near if same_kind(one, new) and _is_before(one, new) and not one.part_of]
    older = [one for one in older if _may_be_named_alike(one, new)]
    behind = stated.sentence[stated.end - stated.sentence_start :][:BEHIND]
    if words("same_period").search(behind):
        older = [one for one in older if not _of_other_length(one, new)]
    old = led_from(sheet, new)
    beside = old is not None and (sheet.before(stated) is new or sheet.after(stated) in (new, old))
    return older or ([old] if old is not None and beside else [])


def _of_other_length(one: Figure, new: Figure) -> bool:
    """Whether one level is of months and the other of a whole year: seven months grow on seven months."""
    part, whole = sorted((days(one), days(new)))
    return MONTH < part < YEAR - MONTH < whole


def led_from(sheet: Sheet, new: Figure) -> Figure | None:
    """The level that the words say another one came from, whatever is known of its time.

    "from 4.1% to 3.2%", "to 3.2% from 4.1%"
    """
    for old in (sheet.before(new), sheet.after(new)):
        if old is None or not same_kind(old, new) or old.per != new.per:
            continue
        last = (" ".join(sheet.words_before(one).split()[-RIGHT_BEFORE:]) for one in (old, new))
        if all(words(kind).search(text) for kind, text in zip(("led_from", "led_to"), last, strict=True)):
            return old
    return None


def same_kind(one: Figure, new: Figure) -> bool:
    """Whether two levels measure the same of one place, as far as their names go."""
    named = not one.indicator or not new.indicator or one.indicator == new.indicator
    same = alike(one, new) and one.kind == new.kind and one.place == new.place and named
    earlier_aim = new.role == one.role == "target" and _is_before(one, new)
    return same and one is not new and (one.role in ("achieved", "projected") or earlier_aim)


def changed_from(new: Figure, old: Figure) -> bool:
    """Whether a level may have changed from another one, as far as their names and times go."""
    timed = old.period_end is not None and new.period_end is not None
    return same_kind(old, new) and (not timed or _is_before(old, new))


def _is_before(one: Figure, new: Figure) -> bool:
    return one.period_end is not None and new.period_end is not None and one.period_end < new.period_end


def _ways(stated: Figure, new: Figure, old: Figure) -> list[Way]:
    """The ordinary ways in which the change can be that of the two levels."""
    way = partial(arithmetic.change, Level(new), Level(old), stated)
    units, years = gap_units(stated, new), [] if new.unit == "rank" else _years(stated, new, old)
    if not years:
        return [partial(way, unit=unit) for unit in units]
    averaged: list[Way] = [partial(way, unit=unit, years=n) for n in years for unit in units]
    growing = stated.unit == "%" and new.unit != "%"
    return averaged + [partial(way, years=n, compound=True) for n in years if growing]


_AVERAGE = re.compile(r"\b(?:average|averaging)\b[^,;\d]{0,40}$", re.IGNORECASE)
TERM = 5  # years of a plan or of a congress


def _years(stated: Figure, new: Figure, old: Figure) -> list[int]:
    """The numbers of years that an average per year can mean; empty where the change is not per year."""
    if not stated.per and _AVERAGE.search(stated.sentence, 0, max(0, stated.start - stated.sentence_start)):
        return [*range(1, TERM + 1)]  # "an average decrease of nearly 1%", of how many years nobody says
    if "year" not in stated.per or stated.per == new.per or new.period_end is None or old.period_end is None:
        return []
    between = new.period_end.year - old.period_end.year
    if new.period_start is not None and new.period_start.year < new.period_end.year:
        return list(range(1, between + 2))  # a term, in which nobody can tell when its level was reached
    return [n for n in (between, between + 1, between - 1) if n > 0]
