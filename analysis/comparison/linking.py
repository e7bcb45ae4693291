"""Which figure each figure is about.

Extraction says in the column ``about`` what a figure qualifies. A table that somebody typed by hand, with the columns
of the contract only, says nothing of the kind; there, a target and a result of the same report, place, subject (or
indicator), unit, measure and overlapping period belong together, the nearest row first.

>>> import pandas as pd
>>> from analysis.comparison.figure import figures_of
>>> table = pd.DataFrame(
...     {"figure_id": ["r:1", "r:9"], "report": "r", "subject": "trees planted", "value": [90.0, 100.0],
...      "unit": "count", "measure": "amount", "role": ["achieved", "target"], "period_start": "2024-01-01",
...      "period_end": "2024-12-31"})
>>> about(figures_of(table))
{'r:9': 'r:1'}
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice
from operator import itemgetter

from analysis import lexicon
from analysis.comparison.figure import POINTS, RESULTS, STOCKS, Figure, same_rate, same_unit, words
from analysis.intervals import Interval

ZERO = Fraction(0)
HUNDRED = Interval.of(100)
_YEARLY = re.compile(r"\b(?:annual(?:ly)?|(?:each|every|per|a)\syear|yearly)\b", re.IGNORECASE)
_NEAREST = 8  # rows looked at on either side: a plan stands near its result, and the cost stays linear
_NEAREST_VALUES = 32  # likewise of the targets that are implied, which mostly differ by more than their rounding


def about(figures: Sequence[Figure]) -> dict[str, str]:
    """For each figure of one report that is about another one, that other's id.

    Stated links are kept. In a report without any, a target goes to the nearest result of its kind that no other figure
    is about, and attainments and margins find their result likewise.
    """
    known = {figure.figure_id for figure in figures}
    stated = {f.figure_id: f.about for f in figures if f.about in known and f.about != f.figure_id}
    extracted = stated or any(figure.link or figure.measure_cue for figure in figures)  # columns that nobody types
    return stated | (_inferred(figures, stated) if extracted else _paired(figures))


def _inferred(figures: Sequence[Figure], stated: Mapping[str, str]) -> dict[str, str]:
    """The results that targets without a link are set for, in a report that has links."""
    taken = {stated[f.figure_id] for f in figures if f.figure_id in stated and (f.is_statement or f.role == "target")}
    alone = [f for f in figures if f.is_target and f.figure_id not in taken and f.figure_id not in stated]
    alone = [f for f in alone if f.measure != "attainment" or f.value != _ALL]  # all of a plan is no other plan
    found = _said_before(figures, alone, stated) | _of_wholes(figures, alone) | _spending(figures, stated)
    return _told_apart(figures, [target for target in alone if target.figure_id not in found], taken) | found


_ALL = 100  # per cent
_FARTHEST = 4  # times that a result told elsewhere may pass its target, or fall short of it


def _told_apart(figures: Sequence[Figure], targets: Sequence[Figure], taken: set[str]) -> dict[str, str]:
    """For each target the one result of its kind that another sentence tells, where there is no other of either."""
    results = _Index([one for one in figures if one.is_result and one.period_start is not None])
    found: dict[str, list[str]] = {}
    for target in targets:
        known = target.period_start is not None and target.place and len(words(target.subject)) > 1
        near = list(islice(results.near(target, _answers), 2)) if known else []
        free = len(near) == 1 and near[0].figure_id not in taken and not (near[0].out_of or near[0].part_of)
        alike = free and (near[0].period_start, near[0].per) == (target.period_start, target.per)
        if alike and 1 <= _FARTHEST * near[0].value / (target.value or 1) <= _FARTHEST**2:
            found.setdefault(near[0].figure_id, []).append(target.figure_id)
    return {targets[0]: result for result, targets in found.items() if len(targets) == 1}


def _said_before(figures: Sequence[Figure], targets: Sequence[Figure], stated: Mapping[str, str]) -> dict[str, str]:
    """For each target that an attainment implies elsewhere, its result: "2.63 million, 90.7% of the target"."""
    levels = {figure.figure_id: figure for figure in figures if figure.is_result}
    parts = [figure for figure in figures if figure.is_statement and figure.measure == "attainment" and figure.value]
    implied = _Implied(
        (level, level.span / (one.span / HUNDRED))
        for one in parts
        if (level := levels.get(stated.get(one.figure_id, "")))
    )
    found = {target.figure_id: implied.result_of(target) for target in targets}
    return {target: level.figure_id for target, level in found.items() if level}


class _Implied:
    """The results whose attainments imply targets, by place, measure and what these can at least be."""

    def __init__(self, implied: Iterable[tuple[Figure, Interval]]) -> None:
        self._found: dict[tuple[str, str], list[tuple[float, int, Figure, Interval]]] = {}
        for order, (level, span) in enumerate(implied):
            self._found.setdefault((level.place, level.measure), []).append((float(span.low), order, level, span))
        for found in self._found.values():
            found.sort(key=itemgetter(0, 1))

    def result_of(self, target: Figure) -> Figure | None:
        """The last one whose target this can be, of those that imply the nearest ones up to it."""
        found = self._found.get((target.place, target.measure), [])
        last = bisect(found, float(target.value), key=itemgetter(0))
        near = sorted(found[max(0, last - _NEAREST_VALUES) : last], key=itemgetter(1), reverse=True)
        fits = (level for _, _, level, span in near if span.contains(target.value) and _answers(target, level))
        return next(fits, None)


def _spending(figures: Sequence[Figure], stated: Mapping[str, str]) -> dict[str, str]:
    """For each part of the capital that is to be disbursed, the part that has been: of several, that of the most."""
    rates = [
        figure for figure in figures if figure.measure == "attainment" and figure.unit == "%" and _is_spent(figure)
    ]
    levels = {figure.figure_id: figure.value for figure in figures}
    done = sorted(
        (figure for figure in rates if figure.role in RESULTS),
        key=lambda figure: (-levels.get(stated.get(figure.figure_id, ""), ZERO), figure.order),
    )
    aims = [figure for figure in rates if figure.role == "target" and figure.figure_id not in stated]
    aims = [figure for figure in aims if figure.value != _ALL]  # 54% of the plan says how far it is to all of it
    fits = [(aim, rate) for aim in aims for rate in reversed(done) if rate.place == aim.place and _overlap(aim, rate)]
    return {aim.figure_id: rate.figure_id for aim, rate in fits}


def _is_spent(figure: Figure) -> bool:
    text = f"{figure.subject} {figure.sentence}"
    return "disburs" in text.casefold()


def _of_wholes(figures: Sequence[Figure], targets: Sequence[Figure]) -> dict[str, str]:
    """For each target that is the M of an N of M of its place and years, that one: 168 tasks, 151/168 completed."""
    parts = {
        (one.place, one.unit, one.out_of, _years(one)): one.figure_id for one in figures if one.is_result and one.out_of
    }
    keys = {target.figure_id: (target.place, target.unit, target.value, _years(target)) for target in targets}
    return {name: parts[key] for name, key in keys.items() if key in parts}


def _paired(figures: Sequence[Figure]) -> dict[str, str]:
    """What every target and statement of a report without links is about."""
    results = _Index([figure for figure in figures if figure.is_result or figure.is_statement])
    targets = _Index([figure for figure in figures if figure.is_target])
    found: dict[str, str] = {}
    for figure in figures:
        if figure.role == "target":
            near = results.near(figure, _answers)
        elif figure.is_statement:
            levels, changes = results.near(figure, _is_level_of), results.near(figure, _is_change_of)
            near = chain(levels, changes, targets.near(figure, _is_level_of))
        else:
            continue
        found.update((figure.figure_id, one.figure_id) for one in islice(near, 1))
    return found | _of_wholes(figures, [figure for figure in figures if figure.is_target])


def series(figures: Sequence[Figure], links: Mapping[str, str]) -> dict[str, tuple[Figure, ...]]:
    """For each target that a series of results was set against, the results beyond the linked one.

    "88.9% in 2020, 90.2% in 2021 and 91.7% in 2022, against over 90% a year" sets three results against one target. A
    series has three results or more in one sentence, each for its own part of the target's period ("from 5% in 2021 to
    3% in 2024" is none); in a report without links two will do.
    """
    known = {figure.figure_id: figure for figure in figures}
    linked = any(figure.about in known for figure in figures)
    taken = set(links.values())
    results = _Index([figure for figure in figures if figure.is_result and figure.figure_id not in taken])
    found: dict[str, tuple[Figure, ...]] = {}
    for target in figures:
        first = known.get(links.get(target.figure_id, ""))
        if not target.is_target or first is None or not first.is_result or not _is_part(first, target):
            continue
        members = [first]
        for other in results.near(target, _answers):
            apart = all(not _overlap(other, member) for member in members)
            if apart and _is_part(other, target) and (other.sentence_key == first.sentence_key or not linked):
                members.append(other)
        yearly = _YEARLY.search(first.sentence)
        if len(members) >= (3 if linked and not yearly else 2):
            found[target.figure_id] = tuple(members[1:])
    return found


class _Index:
    """Results by place and subject, and by place and indicator, each list in the table's order."""

    def __init__(self, results: Sequence[Figure]) -> None:
        self._found: dict[tuple[str, object], list[Figure]] = {}
        for result in results:
            for key in _keys(result):
                self._found.setdefault(key, []).append(result)
        self._orders = {key: [result.order for result in found] for key, found in self._found.items()}

    def near(self, figure: Figure, fits: Callable[[Figure, Figure], bool]) -> Iterator[Figure]:
        """The results that fit: of the same subject, then of the same indicator; those before the figure first."""
        seen: set[str] = set()
        for key in _keys(figure):
            found, at = self._found.get(key, []), bisect(self._orders.get(key, []), figure.order)
            for result in (*reversed(found[max(0, at - _NEAREST) : at]), *found[at : at + _NEAREST]):
                if result.figure_id not in seen and fits(figure, result):
                    seen.add(result.figure_id)
                    yield result


def _keys(figure: Figure) -> Iterator[tuple[str, object]]:
    if subject := words(figure.subject) - words(f"{figure.place} {figure.place_level}"):
        yield figure.place.casefold(), subject
    if figure.indicator:
        yield figure.place.casefold(), figure.indicator


_OTHERS = lexicon.phrase("other_ones")


def _answers(target: Figure, result: Figure) -> bool:
    """Whether the result can be what the target was set for: of one measure, unit and rate, and in its period.

    So many of the targets there are is held against those targets.
    """
    if _OTHERS.match(result.sentence, result.end - result.sentence_start):
        return False
    same = target.measure == result.measure and same_unit(target, result) and same_rate(target, result)
    return same and _overlap(target, result) and _starts_with_or_ends_with(target, result)


def _is_level_of(statement: Figure, level: Figure) -> bool:
    """Whether an attainment or margin can be about the level."""
    return level.measure in STOCKS and _fits(statement, level)


def _is_change_of(statement: Figure, change: Figure) -> bool:
    """Whether it can be about the change; a level is nearer to a plan."""
    return change.measure == "change" and _fits(statement, change)


def _fits(statement: Figure, level: Figure) -> bool:
    ratio = statement.measure == "attainment" or statement.unit in ("%", "times")
    points = {statement.unit, level.unit} <= POINTS
    return (ratio or points or statement.unit == level.unit) and _overlap(statement, level)


def _overlap(one: Figure, other: Figure) -> bool:
    """Whether the periods have a day in common; an unknown period has every day."""
    if one.period_start is None or other.period_start is None or one.last_day is None or other.last_day is None:
        return True
    return one.period_start <= other.last_day and other.period_start <= one.last_day


def _years(figure: Figure) -> tuple[int, int] | None:
    start, end = figure.period_start, figure.last_day
    return None if start is None or end is None else (start.year, end.year)


def _starts_with_or_ends_with(target: Figure, result: Figure) -> bool:
    """Whether the result falls into the target's period, or ends with it: terms follow each other in the same year."""
    if target.period_start is None or result.period_start is None:
        return True
    return result.period_start >= target.period_start or result.period_end == target.period_end


def _is_part(result: Figure, target: Figure) -> bool:
    """Whether the result covers only a part of the target's period, with an end of its own."""
    if (
        target.period_start is None
        or target.period_end is None
        or result.period_start is None
        or result.period_end is None
    ):
        return False
    inside = target.period_start <= result.period_start and result.period_end <= target.period_end
    return inside and (result.period_start, result.period_end) != (target.period_start, target.period_end)
