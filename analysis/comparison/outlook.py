"""The table ``outlook``: targets for a later period against the results already reached.

>>> import pandas as pd
>>> figures = pd.DataFrame(
...     {"figure_id": ["r:1", "r:9"], "report": "r", "place": "Na Lac", "indicator": "grain_output", "unit": "t",
...      "value": [52000.0, 50000.0], "measure": "amount", "role": ["achieved", "target"],
...      "period_start": ["2023-01-01", "2024-01-01"], "period_end": ["2023-12-31", "2024-12-31"]})
>>> outlook(figures)[["target", "achieved", "verdict"]].to_dict("records")
[{'target': 50000.0, 'achieved': 52000.0, 'verdict': 'below'}]
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.comparison.comparisons import columns
from analysis.comparison.figure import Figure, by_report, days, figures_of, same_rate, words
from analysis.comparison.groups import cases
from analysis.comparison.verdicts import direction, goal, implausible, opposite, side, target_span, upright
from analysis.schema import COUNTS_OF_TARGETS, frame

__all__ = ["Sides", "crosses", "outlook"]

LATEST = 24  # results of one place and indicator that are looked at, from the latest back
PLACES = {"above": "above", "below": "below", "level": "equal", "unsure": "undetermined"}

Key = tuple[object, ...]


def outlook(figures: pd.DataFrame, *, directions: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table ``outlook``: each target for a later period against the latest result of the same place and indicator.

    The results of all reports in the table count for an indicator and a place; where one of them is not known, those of
    the same report. The verdict says where the target lies: ``above``, ``equal`` or ``below`` the result.

    Args:
        figures: the table of figures.
        directions: ``higher`` or ``lower`` by indicator, where it is not to be the codebook's.

    Raises:
        ValueError: the table lacks a column that nothing can do without.
    """
    return frame("outlook", Sides.of(figures_of(figures, directions)).rows())


@dataclass(frozen=True)
class Sides:
    """The targets that lie ahead, the results that they can be held against, and pairs that are compared already.

    All that :meth:`of` looks at stands in one report, so the sides of several reports may be found one by one, put
    together, and only then held against each other.
    """

    targets: Sequence[Figure]
    results: Sequence[Figure]
    compared: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, records: Sequence[Figure]) -> Sides:
        """The sides of all figures of some reports."""
        found = [case for report in by_report(records) for case in cases(report)]
        pairs = [(case.target, case.result) for case in found if case.target is not None and case.result is not None]
        reported = {target.figure_id for target, result in pairs if _is_reported(target, result)}
        return cls(
            [one for one in records if one.is_target and one.figure_id not in reported],
            # 26 targets are no more than 19 that were met before
            [r for r in records if r.is_result and _may_be_passed(r)],
            frozenset((target.figure_id, result.figure_id) for target, result in pairs),
        )

    def rows(self) -> list[dict[str, object]]:
        """The rows of the table, in the order of the targets."""
        results = _Results(self.results)
        rows: dict[Key, dict[str, object]] = {}
        for target in self.targets:
            result = results.before(target)
            if result is None or (target.figure_id, result.figure_id) in self.compared:
                continue
            if (row := _row(target, result)) is not None:
                again = target.report, result.figure_id, target.value, target.period_end
                rows.pop(again, None)  # a headline's target comes again in the text
                rows[again] = row
        return list(rows.values())


def _may_be_passed(result: Figure) -> bool:
    """Whether a later target may ask for more of the same; 26 targets are no more than 19 that were met before."""
    return result.whole not in ("standing", "part") and result.indicator != COUNTS_OF_TARGETS


def crosses(figure: Figure) -> bool:
    """Whether a figure may be held against those of other reports: it has an indicator, and it is known whose it is."""
    return bool(figure.indicator and figure.place)


def _is_reported(target: Figure, result: Figure) -> bool:
    """Whether the result tells how the target's whole period went, so that it lies no longer ahead."""
    return target.period_end is None or result.period_end is None or result.period_end >= target.period_end


class _Results:
    """Results by place, unit, measure and what is measured, each list by the day it ends on."""

    def __init__(self, results: Sequence[Figure]) -> None:
        self._lists: dict[Key, list[Figure]] = {}
        for result in sorted(results, key=lambda one: one.last_day or date.min):
            for key in _keys(result):
                self._lists.setdefault(key, []).append(result)
        self._ends = {key: [one.last_day or date.min for one in found] for key, found in self._lists.items()}

    def before(self, target: Figure) -> Figure | None:
        """The latest result of an earlier period, of those that measure the same thing the one told most alike."""
        if target.period_start is None or target.period_end is None:
            return None
        for key in _keys(target):
            found = self._lists.get(key, [])
            at = bisect(self._ends.get(key, []), target.period_end)
            latest = found[max(0, at - LATEST) : at]
            fitting = [one for one in latest if _is_earlier(one, target) and same_rate(one, target)]
            if fitting:
                ends = [_end(one, target) for one in fitting]
                best = max(ends)
                ahead = [one for one, end in zip(fitting, ends, strict=True) if end == best]
                return max(ahead, key=lambda one: _likeness(one, target))
        return None


def _keys(figure: Figure) -> Iterator[Key]:
    """What is measured: by indicator in all reports, by subject in one; per cent and points of change are one unit.

    Two reports of unknown places are not of one place.
    """
    unit = "%" if figure.measure == "change" and figure.unit == "pp" else figure.unit
    kind = figure.place.casefold(), figure.place_level, unit, figure.measure
    if crosses(figure):
        yield (*kind, figure.indicator)
    elif figure.indicator:
        yield (*kind, figure.report, figure.indicator)
    elif subject := words(figure.subject):
        yield (*kind, figure.report, subject)


def _is_earlier(result: Figure, target: Figure) -> bool:
    """Whether the result's period begins and ends before the target's; terms may share the year they meet in."""
    assert target.period_start is not None and target.period_end is not None
    starts, ends = result.period_start or result.last_day, result.last_day
    return starts is not None and ends is not None and starts < target.period_start and ends < target.period_end


def _end(result: Figure, target: Figure) -> tuple[bool, date]:
    """How well a result's period suits: one as long, then the latest."""
    return _length(result, target) == 0, result.last_day or date.min


def _likeness(result: Figure, target: Figure) -> tuple[object, ...]:
    """How well a result suits of those whose periods suit alike: the same rate, its words, its report."""
    mine, other = words(result.subject), words(target.subject)
    return (
        result.per == target.per,
        len(mine & other) / max(1, len(mine | other)),
        result.report == target.report,
        not result.part_of,
        result.qualifier == "exact",
        -result.order,
    )


def _length(result: Figure, target: Figure) -> int:
    """Whether an amount was counted over a shorter time than the target has (-1), a longer one (1), or neither (0).

    Rates, shares and scores have no length, nor has what stood at a date.
    """
    if result.measure != "amount" or "year" in result.per.split() or "year" in target.per.split():
        return 0
    mine, other = days(result), days(target)
    if mine <= 1 or other <= 1 or 9 * max(mine, other) <= 10 * min(mine, other):
        return 0
    return -1 if mine < other else 1


def _row(target: Figure, result: Figure) -> dict[str, object] | None:
    """The comparison; none where the amounts of unlike periods decide nothing."""
    mine, aim = result, target
    if result.value < 0 and target.value < 0:
        mine, turned = upright(result, target)
        aim = turned or target
    mark = goal(aim)
    alike = mine.qualifier == "exact" and mark.contains(mine.value)
    where = opposite(side(mine.span, mark, equal=alike, qualifier=mine.qualifier))
    length = _length(result, target)
    if length < 0 and where != "below":
        where = "unsure"  # what was reached in nine months may still outgrow a year's target
    if length > 0 and where != "above":
        return None  # what was reached in five years says nothing about a year's target
    attainment = (mine.value / aim.value, mine.span / mark) if aim.value else None
    doubt = implausible(attainment[0] if attainment else None, aim.value)
    amounts = ((aim.value, target_span(aim)), (mine.value, mine.span), attainment)
    return {
        **columns(target, result, (target.period_start, target.period_end), amounts),
        "comparison_id": f"{target.figure_id}>{result.figure_id.removeprefix(target.report + ':')}",
        "set_by": target.set_by,
        "direction": direction(result, target),
        "verdict": "undetermined" if doubt else PLACES[where],
        "basis": "stated",
        "figure_ids": (target.figure_id, result.figure_id),
        "projected": result.role == "projected",
        "doubt": doubt,
    }
