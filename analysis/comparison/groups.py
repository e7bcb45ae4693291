"""Which figures of a report make one comparison: a result, its target, and what the report says of the two.

>>> import pandas as pd
>>> from analysis.comparison.figure import figures_of
>>> table = pd.DataFrame(
...     {"figure_id": ["r:1", "r:5", "r:9"], "report": "r", "value": [90.0, 80.0, 112.5],
...      "unit": ["count", "count", "%"], "measure": ["amount", "amount", "attainment"],
...      "role": ["achieved", "target", "achieved"], "about": ["", "r:1", "r:1"]})
>>> [[figure.figure_id for figure in case.figures] for case in cases(figures_of(table))]
[['r:1', 'r:5', 'r:9']]
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.comparison.figure import RESULTS, STOCKS, Figure, same_unit
from analysis.comparison.implied_targets import implied_target, ratio
from analysis.comparison.linking import about, series
from analysis.lexicon import phrase

GENERAL = frozenset({"", "target", "plan", "estimate", "resolution"})  # names a target, not who set it
_EARLIER = phrase("beside_an_earlier")
COUNTED = frozenset({"target", "caseload", "standing"})
HOPS = 4  # a target about an attainment about a result is two; a longer chain is a mistake
CROWD = 8  # figures about one result that are weighed against each other; with more, a text would cost its square


@dataclass
class Case:
    """What one comparison rests on; ``counted`` where result and target are the N and M of one figure."""

    result: Figure | None = None
    target: Figure | None = None
    statements: list[Figure] = field(default_factory=list)
    counted: bool = False
    serial: bool = False  # one of a series: its period is the result's own
    split: bool = False  # one of several counts of one M: "5/18 were exceeded, 11/18 met"

    @property
    def figures(self) -> list[Figure]:
        """The figures in it, in the report's order."""
        present = [figure for figure in (self.result, self.target, *self.statements) if figure is not None]
        return sorted(present, key=lambda figure: figure.order)

    @property
    def set_by(self) -> str:
        """Who set the target: the first of the figures that names somebody, else the first that names a plan."""
        figures = (self.target, *self.statements, self.result)
        named = [figure.set_by for figure in figures if figure is not None and figure.set_by not in ("", "target")]
        return next((name for name in named if name not in GENERAL), named[0] if named else "")


def cases(figures: Sequence[Figure]) -> list[Case]:
    """The comparisons of one report, each as the figures it rests on, in the report's order."""
    book = _Book(figures)
    found = _counted(book)
    counted = {case.result.figure_id: case for case in found if case.result is not None}
    found += [case for target in figures if target.role == "target" for case in _aimed(book, target, counted)]
    found += [*_stated(book, found)]
    found.sort(key=lambda case: [figure.order for figure in case.figures])
    return found


class _Book:
    """The figures of one report with their links, read both ways."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = figures
        self.by_id = {figure.figure_id: figure for figure in figures}
        self.links = about(figures)
        self.series = series(figures, self.links)
        self.children: dict[str, list[Figure]] = {}
        for figure in figures:
            if figure.figure_id in self.links:
                self.children.setdefault(self.links[figure.figure_id], []).append(figure)
        self.results: dict[object, list[Figure]] = {}
        for figure in figures:
            if figure.is_result:
                self.results.setdefault(figure.sentence_key, []).append(figure)
        linked = [figure for figure in figures if figure.is_statement and figure.figure_id in self.links]
        ends = sorted(
            (one.period_end, one.sentence_key)
            for one in linked
            if one.period_end is not None and one.sentence_key is not None
        )
        self.latest = {sentence: end for end, sentence in ends}

    def parent(self, figure: Figure) -> Figure | None:
        return self.by_id.get(self.links.get(figure.figure_id, ""))

    def result_of(self, figure: Figure) -> Figure | None:
        """The result that a target or statement is about, also by way of another target or statement."""
        parent = self.parent(figure)
        for _ in range(HOPS):
            if parent is None or parent.is_result:
                return parent
            parent = self.parent(parent)
        return None

    def whole(self, figure: Figure) -> str:
        """What M of N is: a target, whatever its noun, where a per cent of the plan beside it is about N / M."""
        if figure.out_of is None or figure.whole in COUNTED:
            return figure.whole
        beside = [
            one for one in self.children.get(figure.figure_id, []) if one.is_statement and one.measure == "attainment"
        ]
        shares = [share[0] * figure.out_of for one in beside if (share := ratio(one)) is not None]
        return "target" if any(abs(part - figure.value) * 10 <= figure.value for part in shares) else figure.whole

    def has_other_plan(self, figure: Figure) -> bool:
        """Whether N of M is held against another number: "12/15 communes, exceeding the resolution by 2"."""
        if figure.whole == "target":
            return False
        children = self.children.get(figure.figure_id, [])
        aims = [one.value for one in children if one.role == "target" and one.measure == "amount"]
        margins = [one for one in children if one.is_statement and one.measure == "margin"]
        aims += [plan[0] for one in margins if (plan := implied_target(figure, one)) is not None]
        told = [one for one in children if one.is_statement and one.measure == "attainment"]
        if told and any(one.measure == "share" and one.unit == "%" for one in children):  # "77.9% (96.7% of the plan)"
            aims += [plan[0] for one in told if (plan := implied_target(figure, one)) is not None]
        return any(aim != figure.out_of for aim in aims)

    def shares(self, figure: Figure) -> list[Figure]:
        """The share that says N of M in per cent, where no attainment does: 45/60 (75%)."""
        beside = [one for one in self.children.get(figure.figure_id, []) if one.role in RESULTS and one.unit == "%"]
        stated = any(one.measure == "attainment" for one in beside)
        return [] if stated else [one for one in beside if one.measure == "share"][:1]

    def is_base(self, statement: Figure) -> bool:
        """Whether it is the earlier per cent that a later one of the sentence, about a level, is compared with."""
        if _is_told_beside(statement):
            return True
        later = None if statement.sentence_key is None else self.latest.get(statement.sentence_key)
        return statement.period_end is not None and later is not None and statement.period_end < later

    def in_time(self, target: Figure, result: Figure) -> Figure:
        """The result, or where it is of the time before the target, one like it in the sentence that is not.

        "96.1%, higher than in 2023 (94.9%), exceeding the target of 95%": the nearest number is last year's.
        """
        if result.last_day is None or target.period_start is None or result.last_day >= target.period_start:
            return result
        others = self.results.get(result.sentence_key, []) if result.sentence_key is not None else []
        at = bisect(others, target.order, key=lambda other: other.order)
        alike = [o for o in others[max(0, at - CROWD) : at] if (o.unit, o.measure, o.place) == _kind(result)]
        return next(
            (o for o in reversed(alike) if o.last_day is not None and o.last_day >= target.period_start), result
        )


def _is_told_beside(statement: Figure) -> bool:
    """Whether the words before it say that it is of an earlier time: "34%, up from the same period last year (31%)"."""
    before = statement.sentence[: max(0, statement.start - statement.sentence_start)]
    return bool(_EARLIER.search(before))


def _kind(figure: Figure) -> tuple[str, str, str]:
    return figure.unit, figure.measure, figure.place


def _comparable(result: Figure, target: Figure) -> bool:
    if result.whole == "target" and result.out_of not in (None, target.value):
        return False  # 16 of 17 targets are held against 17, whatever other count stands beside
    same = result.measure == target.measure or {result.measure, target.measure} <= STOCKS
    return same and same_unit(result, target)


def _is_absurd(book: _Book, result: Figure, target: Figure) -> bool:
    """Whether two amounts that a report tells are so far apart that one is of something else.

    Not where a per cent or a margin told of one of them bears them out, or the target stands in a bracket behind it.
    """
    told = result.sentence and target.sentence and result.measure == target.measure == "amount" and target.value > 0
    if not told or target.value <= _FAR_BELOW * result.value <= _FAR_BELOW * _FAR_ABOVE * target.value:
        return False
    if result.sentence_key == target.sentence_key and _BRACKETED.fullmatch(_between(result, target)):
        return False
    return not any(one.is_statement for figure in (result, target) for one in book.children.get(figure.figure_id, ()))


# None of 17 such pairs in 962 reports was right, while shares of a plan told in so many words often lie beyond.
_FAR_BELOW, _FAR_ABOVE = 10, 5
_BRACKETED = re.compile(r"[^();,.\d]{0,40}\([^()\d]{0,40}")


def _counted(book: _Book) -> list[Case]:
    """N of M, and a count whose whole is a figure of its own: "of the 18 targets, 11 have been met"."""
    found = []
    for figure in book.figures:
        if figure.is_result and figure.measure == "amount" and book.whole(figure) in COUNTED:
            whole = book.by_id.get(figure.part_of)
            if figure.out_of is not None:
                if not book.has_other_plan(figure):
                    found.append(Case(figure, statements=book.shares(figure), counted=True))
            elif whole is not None and whole.measure == "amount" and whole.value != 0:
                found.append(Case(figure, whole, counted=True))
    _split(found)
    return found


def _split(counted: Sequence[Case]) -> None:
    """Mark the counts that only together say how many targets were met: one M, told side by side in a sentence."""
    groups: dict[object, list[tuple[Case, Figure]]] = {}
    for case in counted:
        figure = case.result
        if figure is not None and figure.out_of is not None and figure.whole == "target":
            key = figure.sentence_key, figure.out_of, figure.place, figure.period_start, figure.period_end
            groups.setdefault(key, []).append((case, figure))
    for group in groups.values():
        if len(group) > 1 and sum(figure.value for _, figure in group) <= (group[0][1].out_of or 0):
            for case, _ in group:
                case.split = True


def _aimed(book: _Book, target: Figure, counted: Mapping[str, Case]) -> list[Case]:
    """The comparisons of one stated target with what it is linked to."""
    parent = book.parent(target)
    if parent is None:
        return []
    if parent.is_statement and target.measure != "attainment":
        result = book.result_of(parent)
        if result is None:
            return [Case(None, target, [parent])] if parent.measure == "attainment" else []
        statements = [parent]
    else:
        result, statements = book.result_of(target) if target.measure != "attainment" else parent, []
    result = result and book.in_time(target, result)
    if result is None or not _comparable(result, target) or (not statements and _is_absurd(book, result, target)):
        return []
    same = counted.get(result.figure_id)
    if same is not None and result.out_of == target.value:
        same.target, same.statements = target, statements or same.statements
        return []
    later = [Case(other, target, serial=True) for other in book.series.get(target.figure_id, ())]
    return [Case(result, target, statements, serial=bool(later)), *later]


def _stated(book: _Book, found: list[Case]) -> list[Case]:
    """The comparisons that only attainments and margins give; those about a comparison at hand join it."""
    used = {statement.figure_id for case in found for statement in case.statements}
    used |= {case.result.figure_id for case in found if case.result is not None and book.result_of(case.result) is None}
    free = [figure for figure in book.figures if figure.is_statement and figure.figure_id not in used]
    of_result: dict[str, list[Figure]] = {}
    more: list[Case] = []
    for statement in free:
        result, parent = book.result_of(statement), book.parent(statement)
        if result is not None:
            of_result.setdefault(result.figure_id, []).append(statement)
        elif parent is not None and parent.is_target and statement.measure == "attainment":
            more.append(Case(None, parent, [statement]))
        elif parent is None and ratio(statement) is not None and not _is_threshold(book, statement):
            more.append(Case(None, None, [statement]))
    at_hand: dict[str, list[Case]] = {}
    for case in found:
        if case.result is not None and case.result.is_result:
            origin = book.result_of(case.result) or case.result
            for name in {case.result.figure_id, origin.figure_id}:
                at_hand.setdefault(name, []).append(case)
    for name, statements in of_result.items():
        more += _settled(book.by_id[name], statements, at_hand.get(name, []))
    return more


def _is_threshold(book: _Book, statement: Figure) -> bool:
    """Whether it is a base, or names a class: "nine of 11 districts have collected over 85% of their plans"."""
    if book.is_base(statement) or statement.sentence_key is None:
        return book.is_base(statement)
    others = book.results.get(statement.sentence_key, [])
    at = bisect(others, statement.order, key=lambda other: other.order)
    counts = [other for other in others[max(0, at - CROWD) : at] if other.unit == "count"]
    between = _between(counts[-1], statement) if counts else ""
    if counts and statement.qualifier in ("exact", "about"):  # "6/9 districts have reached 45% of the plan"
        return counts[-1].subject == statement.subject and not any(mark in between for mark in ",;:(")
    told = statement.measure_cue.startswith("inherited")  # "13 departments are far ahead (over 82%)"
    return bool(counts) and (told or "(" not in between)


def _between(one: Figure, other: Figure) -> str:
    """The words of a sentence between two of its figures."""
    return one.sentence[max(0, one.end - one.sentence_start) : max(0, other.start - one.sentence_start)]


def _settled(result: Figure, statements: Sequence[Figure], at_hand: Sequence[Case]) -> list[Case]:
    """New cases for the statements about one result that no case at hand takes."""
    left = list(statements)
    for case in at_hand[:CROWD]:
        fitting = [s for s in left if not case.statements and _compatible(case.set_by, s.set_by)]
        alone = fitting[0] if len(fitting) == 1 and _of_one_kind(case, result) else None
        local = [s for s in left if not case.statements and {case.set_by, s.set_by} == _OF_PROVINCE]
        taken = next((s for s in (*fitting, *local) if _agrees(case, s)), alone)
        if taken is not None:
            case.statements.append(taken)
            left.remove(taken)
    new: list[Case] = []
    for statement in left:
        home = next((case for case in (*at_hand[:CROWD], *new[:CROWD]) if _repeats(result, case, statement)), None)
        if home is not None:
            home.statements.append(statement)
        elif implied_target(result, statement) is not None:
            new.append(Case(result, None, [statement]))
        elif statement.measure == "attainment":
            new.append(Case(None, None, [statement]))  # 0% of the plan: no target follows
    return new


def _of_one_kind(case: Case, result: Figure) -> bool:
    """Whether a case is on the result itself, not on a rate beside it."""
    assert case.result is not None
    return (
        case.result.figure_id == result.figure_id or case.result.measure == "change" or same_unit(case.result, result)
    )


_OF_PROVINCE = {"province", "people's council"}  # whose council decides what the province aims at


def _compatible(one: str, other: str) -> bool:
    return one == other or one in GENERAL or other in GENERAL


def _agrees(case: Case, statement: Figure) -> bool:
    """Whether the case's result and target give the ratio or the margin that is stated."""
    assert case.result is not None
    target = case.target.value if case.target is not None else case.result.out_of
    implied = implied_target(case.result, statement)
    return target is not None and implied is not None and implied[1].contains(target)


def _repeats(result: Figure, case: Case, statement: Figure) -> bool:
    """Whether a statement says in other words what the case has: "4 more than planned, or 105.7% of the plan"."""
    if not _compatible(case.set_by, statement.set_by):
        return False
    if case.target is not None or case.counted:
        return _agrees(case, statement)
    if case.result is None:
        return False
    mine, other = (implied_target(result, one) for one in (case.statements[0], statement))
    return mine is not None and other is not None and mine[1].meets(other[1])
