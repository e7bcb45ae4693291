"""The table ``comparisons``: targets set against results, by interval arithmetic.

>>> import pandas as pd
>>> figures = pd.DataFrame(
...     {"figure_id": ["r:1", "r:9"], "report": "r", "place": "Na Lac", "subject": "trees planted",
...      "value": [90.0, 112.5], "low": [90.0, 112.45], "high": [90.0, 112.55], "unit": ["count", "%"],
...      "measure": ["amount", "attainment"], "role": "achieved", "about": ["", "r:1"]})
>>> compare_targets(figures)[["target", "achieved", "attainment", "verdict", "basis"]].to_dict("records")
[{'target': 80.0, 'achieved': 90.0, 'attainment': 1.125, 'verdict': 'exceeded', 'basis': 'attainment'}]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from analysis.comparison import progress
from analysis.comparison.figure import Figure, by_report, figures_of, meaning, words
from analysis.comparison.groups import Case, cases
from analysis.comparison.implied_targets import implied_target, ratio
from analysis.comparison.progress import Baselines
from analysis.comparison.verdicts import (
    counted_until,
    direction,
    goal,
    implausible,
    is_over,
    prefers_lower,
    side,
    target_span,
    upright,
    verdict,
    window,
)
from analysis.intervals import Interval
from analysis.schema import frame

__all__ = ["Amount", "columns", "compare_targets"]

TERM_SETTERS = frozenset({"resolution", "congress resolution"})  # what a congress resolves is to be reached in its term
CLOSED = frozenset({"caseload", "standing", "part"})  # what "N of M" cannot pass; a target can be passed
ONE = Interval.of(1)
ZERO = Interval.of(0)
MONTHS = 350  # days; a shorter time is no year
_YEARS_PLAN = re.compile(
    r"\b(?:annual|yearly)\b|year['’]s\s(?:plan|target)|\b(?:whole|full|entire)\syear\b|\b20\d\d\s(?:plan|target)",
    re.IGNORECASE,
)
FAR = Fraction(1, 4)  # of the target, between two readings of a margin
APART = 5  # times that two numbers and the per cent told beside them differ where a scale is wrong
RECENT = 8  # earlier comparisons looked at for the same one told twice, in a headline and in the text

Amount = tuple[Fraction, Interval]  # a number as stated or computed, and all that it can be


@dataclass(frozen=True)
class Sides:
    """A target and a result as numbers, how they stand to each other, and what that rests on."""

    basis: str
    target: Amount | None
    achieved: Amount | None
    attainment: Amount | None
    side: str
    stated: Fraction | None = None


def compare_targets(figures: pd.DataFrame, *, directions: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table ``comparisons``: one row per target set against an achieved result, in the reports' order.

    A target is stated beside its result, or follows from an attainment or a margin; N of M is a comparison where M is a
    target, a caseload or a standing. The verdict is the arithmetic, not the report's adjective. The last columns give
    progress from a baseline and the pace; :mod:`analysis.comparison.progress` has their formulas and sources.

    Args:
        figures: the table of figures; without links in ``about``, what is of one kind is paired (see ``linking``).
        directions: ``higher`` or ``lower`` by indicator, where it is not to be the codebook's.

    Raises:
        ValueError: the table lacks a column that nothing can do without.
    """
    rows: list[dict[str, object]] = []
    for report in by_report(figures_of(figures, directions)):
        until = counted_until(report)
        bases = Baselines(report)
        rows += _once([_row(case, _sides(case), until, bases) for case in cases(report)])
    return frame("comparisons", rows)


def _sides(case: Case) -> Sides:
    """The numbers of a case, whichever of its sides are stated."""
    if case.result is None:
        return _of_percent(case.target, case.statements[0])
    if case.counted:
        return _counted(case)
    if case.target is not None:
        return _stated(case, *upright(case.result, case.target))
    return _implied(case, upright(case.result, None)[0])


def _counted(case: Case) -> Sides:
    """N of M: both are known, M exactly."""
    assert case.result is not None
    whole = case.result.out_of or (case.target.value if case.target is not None else Fraction(0))
    return _against(case, case.result, (whole, Interval(whole, whole)), Interval(whole, whole), "out_of")


def _stated(case: Case, result: Figure, target: Figure | None) -> Sides:
    """A target stated beside its result."""
    assert target is not None
    return _against(case, result, (target.value, target_span(target)), goal(target), "stated")


def _against(case: Case, result: Figure, target: Amount, mark: Interval, basis: str) -> Sides:
    achieved = result.value, result.span
    attainment = (result.value / target[0], result.span / mark) if target[0] else None
    said = next((share for one in case.statements if (share := ratio(one, result)) is not None), None)
    alike = result.qualifier in ("exact", "at_least") and mark.contains(result.value)
    alike = alike and (mark.is_point or (case.target is not None and case.target.qualifier == "exact"))
    where = side(result.span, mark, equal=alike, qualifier=result.qualifier)
    if where == "unsure" and said is not None and attainment is not None and said[1].meets(attainment[1]):
        where = _of_ratio(said, case.statements)
    return Sides(basis, target, achieved, attainment, where, said[0] if said else None)


def _implied(case: Case, result: Figure) -> Sides:
    """A target that follows from the result; of several statements, from the one that fixes it most narrowly."""
    ways = [(implied, one) for one in case.statements if (implied := implied_target(result, one)) is not None]
    target, chosen = min(ways, key=lambda way: way[0][1].high - way[0][1].low)
    said = next((share for one in case.statements if (share := ratio(one, result)) is not None), None)
    achieved, attainment = (result.value, result.span), ratio(chosen, result)
    if attainment is not None and not _passed(chosen):
        where = _of_ratio(attainment, [chosen])
    else:
        sign = -1 if target[0] > result.value else chosen.sign  # unemployment of 1.5% that "exceeds" by 2.5 lies below
        where = side(Interval.of(sign) * chosen.span, ZERO, equal=chosen.value == 0)
        if where == "unsure" and _passed(chosen):
            where = "above" if sign > 0 else "below"
        attainment = attainment or (result.value / target[0], result.span / target[1]) if target[0] else None
    return Sides(chosen.measure, target, achieved, attainment, where, said[0] if said else None)


def _passed(statement: Figure) -> bool:
    """Whether a margin says which side of the target the result is on, however roughly: "exceeding by nearly 10%"."""
    return statement.measure == "margin" and statement.value > 0


def _of_percent(target: Figure | None, statement: Figure) -> Sides:
    """An attainment whose result is not stated: it follows from the target, where there is one."""
    share = ratio(statement)
    assert share is not None
    where = _of_ratio(share, [statement])
    if target is None:
        return Sides("percent only", None, None, share, where, share[0])
    achieved = target.value * share[0], goal(target) * share[1]
    return Sides("attainment", (target.value, target_span(target)), achieved, share, where, share[0])


def _of_ratio(share: Amount, statements: Sequence[Figure]) -> str:
    """Where a stated ratio puts the result; 100% means that it is level with the target."""
    first = statements[0]
    return side(share[1], ONE, equal=share[0] == 1 and first.qualifier == "exact", qualifier=first.qualifier)


def _row(case: Case, sides: Sides, until: date | None, baselines: Baselines) -> dict[str, object]:
    main = case.result or case.target or case.statements[0]
    result = case.result or case.statements[0]
    better = direction(main, case.target if case.target is not main else None)
    start, end = _period(case, result)
    over = is_over(end, result, until) and main.whole != "standing"
    doubt = _doubt(case, sides)
    amounts = (sides.target, sides.achieved, sides.attainment)
    measured = _measured(result, start, until)
    return {
        **columns(main, case.target or main, (start, end), amounts),
        "comparison_id": _name(case.figures),
        "set_by": case.set_by,
        "stated_attainment": None if sides.stated is None else float(sides.stated),
        "direction": better,
        "verdict": "undetermined" if doubt else verdict(sides.side, better, over=over),
        "basis": sides.basis,
        "figure_ids": tuple(figure.figure_id for figure in case.figures),
        "projected": result.role == "projected",
        **progress.columns(result, amounts, better, (start, end), measured, baselines),
        "doubt": doubt or _caution(case, sides),
    }


def _doubt(case: Case, sides: Sides) -> str:
    """Why the numbers should not be compared as they stand: one is out of all proportion, or they contradict."""
    if case.counted and case.result is not None and case.result.whole in CLOSED and sides.side == "above":
        return "more than there is in all: one of the two numbers is wrong, or others were counted along"
    if case.split:
        return "one of several counts of the same targets, which only together say how many were met"
    if sides.basis == "margin" and sides.side == "above" and any(map(_may_be_worse, case.statements)):
        return "less is better here, and the result may have passed the target for better or for worse"
    attained = sides.attainment[0] if sides.attainment else None
    if attained and sides.stated and not 1 < APART * attained / sides.stated < APART**2:
        return "the per cent told beside the two is of another size: a unit or a scale may be missing or misread"
    return implausible(attained, sides.target[0] if sides.target is not None else None)


def _caution(case: Case, sides: Sides) -> str:
    """Why the attainment should not be quoted, though the verdict stands: the words allow another one far from it."""
    if sides.basis == "percent only" and sides.side == "above" and _of_some_months(case.statements[0]):
        return "the plan may be that of these months, not of the year"
    if sides.basis != "margin" or case.result is None or sides.attainment is None:
        return ""
    margin = next((one for one in case.statements if one.measure == "margin" and one.unit == "%"), None)
    if margin is None:
        return ""
    part = margin.value / 100
    if part >= 1:  # "up 171% compared to the target"
        return f"{float(margin.value):g}% may be how much of the target was reached, not by how much it was passed"
    other = 1 + part * margin.sign
    if case.result.unit == "%" and abs(sides.attainment[0] - other) > FAR:  # 100%, "exceeding by 40%" of 60 or of 71
        return "the margin may be in points or in per cent of the target, which are far apart here"
    return ""


def _of_some_months(statement: Figure) -> bool:
    """Whether a margin is told of a part of a year, and not a word says that the plan is the year's."""
    start, end = statement.period_start, statement.period_end
    part = start is not None and end is not None and (end - start).days < MONTHS
    return part and statement.measure == "margin" and not _YEARS_PLAN.search(statement.sentence)


def _may_be_worse(statement: Figure) -> bool:
    """Whether "exceeding the target by 3.5%" is told of what should fall: a success claimed, or a ceiling broken."""
    said_to_pass = "pass" in statement.measure_cue.partition(":")[0]
    return statement.measure == "margin" and statement.sign > 0 and said_to_pass and prefers_lower(statement)


def columns(
    main: Figure, other: Figure, period: tuple[date | None, date | None], amounts: tuple[Amount | None, ...]
) -> dict[str, object]:
    """What a row says of its figures: the place, what was measured, when, and target, result and attainment."""
    row: dict[str, object] = {name: getattr(main, name) for name in ("report", "place", "unit")}
    row |= {name: getattr(main, name) or getattr(other, name) for name in ("indicator", "subject")}
    row["wording"] = main.wording if main.subject else other.wording if other.subject else main.wording or other.wording
    row |= {"period_start": period[0], "period_end": period[1]}
    for name, amount in zip(("target", "achieved", "attainment"), amounts, strict=True):
        low, high = (None, None) if amount is None else amount[1].floats()
        row |= {name: None if amount is None else float(amount[0]), f"{name}_low": low, f"{name}_high": high}
    return row


def _measured(result: Figure, start: date | None, until: date | None) -> date | None:
    """The day up to which a result counts: the last of its period, though not after the report or what that covers.

    A period that ends as the target's begins is that of an earlier level, so it does not count.
    """
    own = result.period_end if start is None or result.period_end is None or result.period_end > start else None
    known = [day for day in (own, result.report_date, until) if day is not None]
    return min(known, default=None)


def _period(case: Case, result: Figure) -> tuple[date | None, date | None]:
    """The period to reach the target in: the target's; else the whole year or plan that the result is a part of."""
    if case.target is not None and case.target.period_end is not None and not case.serial:
        return case.target.period_start, case.target.period_end
    if case.serial:
        return result.period_start, result.period_end
    of_term = case.set_by in TERM_SETTERS or meaning("term", result.sentence)
    return window(result, own=result.whole == "caseload", term=bool(of_term))


def _name(figures: Sequence[Figure]) -> str:
    """A stable id: the first figure's, and where in the report the others start."""
    first, *others = (figure.figure_id for figure in figures)
    return "+".join([first, *(other.rpartition(":")[2] for other in others)])


def _once(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows without those that tell another one again; kept is the one of more figures, or that says who set it."""
    kept: dict[int, dict[str, object]] = {}
    met: dict[tuple[object, ...], list[int]] = {}
    for number, row in enumerate(rows):
        keys = _likeness(row)
        told = {earlier for key in keys for earlier in met.get(key, [])[-RECENT:] if earlier in kept}
        told = {earlier for earlier in told if _same(rows[earlier], row)}
        if any(_weight(rows[earlier]) >= _weight(row) for earlier in told):
            continue
        for earlier in told:
            del kept[earlier]
        kept[number] = row
        for key in keys:
            met.setdefault(key, []).append(number)
    return list(kept.values())


def _likeness(row: Mapping[str, object]) -> list[tuple[object, ...]]:
    """What rows that tell the same have in common: target and result, or the stated per cent."""
    place = row["place"]
    keys: list[tuple[object, ...]] = []
    if row["target"] is not None:
        keys.append((place, row["unit"], row["target"], row["achieved"], row["attainment"]))
    if row["stated_attainment"] is not None:
        keys.append((place, row["stated_attainment"]))
    return keys


def _same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two rows that look alike are of one thing: a percent-only row may repeat another row's per cent.

    A caption often repeats the lead word for word, so two without a name are, if target and result are the same.
    """
    percent_only = "percent only" in (one["basis"], other["basis"])
    if one["indicator"] and other["indicator"]:
        alike = one["indicator"] == other["indicator"]
    else:
        names, others = words(str(one["subject"])), words(str(other["subject"]))
        alike = bool(names & others) or not (percent_only or names or others)
    return alike and (percent_only or (one["target"], one["achieved"]) == (other["target"], other["achieved"]))


def _weight(row: Mapping[str, object]) -> tuple[bool, int, bool]:
    figures = row["figure_ids"]
    assert isinstance(figures, tuple)
    return row["target"] is not None, len(figures), bool(row["set_by"])
