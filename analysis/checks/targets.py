"""Checks on results against targets: attainments, margins, and the targets that they imply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from analysis.checks import arithmetic, grains
from analysis.checks.findings import Finding, digits, finding, level, measured, numeral, say
from analysis.checks.readings import GAP, RATIO, Reading, bases, computed, judged, per_cent, said
from analysis.checks.remarks import round_number
from analysis.checks.results import percent
from analysis.checks.sheet import Level, Sheet
from analysis.figure import Figure
from analysis.intervals import HALVES, Interval

__all__ = ["attainment", "attainment_grain", "implied_round_target", "margin", "two_setters"]

RESULTS = ("amount", "share", "score", "change")  # what a target can be set for
SMALL = 20  # things; a per cent linked to fewer is more likely of something else


def attainment(sheet: Sheet) -> Iterator[Finding]:
    """A per cent of a target equals the result divided by the target; both levels are there to see.

    Needs the attainment's ``about`` (the result) and a target: "N of M", or a target figure about the attainment or,
    where the result has one attainment only or the same setter, about the result.
    """
    for stated, result in _stated(sheet, "attainment"):
        part, targets = Level(result), _targets(sheet, stated, result)
        yield from judged(
            sheet,
            "attainment",
            stated,
            [per_cent(part, target) for target in targets],
            RATIO,
            [result, *(target.figure for target in targets[:1])],
            bases=bases(sheet, stated, part, targets),
            swapped=(said(stated, per_cent(target, part)) for target in targets),
        )


def attainment_grain(sheet: Sheet) -> Iterator[Finding]:
    """People and enterprises are planned in whole numbers, so a small result allows only few per cents of its target.

    Needs the attainment's ``about`` (an exact count of some size, as two things are given no per cent) and no target
    stated beside it. Two attainments of one setter about the same count show a link gone wrong.
    """
    for stated, result in _stated(sheet, "attainment"):
        rivals = [one for one in sheet.qualifying(result, measure="attainment") if one.set_by == stated.set_by]
        if stated.qualifier != "exact" or not result.counted or result.per or result.value < SMALL or len(rivals) > 1:
            continue
        if _targets(sheet, stated, result):
            continue
        results = [grains.attainment_grain(int(result.value), digits(stated), rounding) for rounding in HALVES]
        found = results[0]
        if any(one.ok for one in results):
            continue
        few, many = (numeral(100 * result.value / per) for per in (found.high, found.low))
        message = (
            f"{say(result)} is {say(stated)} of no whole target: {say(result)}/{few} is {numeral(found.high, 2)}% "
            f"and {say(result)}/{many} is {numeral(found.low, 2)}%"
        )
        why = f"{say(stated)} is {found.explanation}" if found.explanation else ""
        low_high = Interval(found.low, found.high)
        yield finding("attainment_grain", stated, message, found=low_high, explanation=why, others=[result])


def margin(sheet: Sheet) -> Iterator[Finding]:
    """The gap by which a target or an average is passed or missed equals the one between the two levels.

    Needs the margin's ``about`` (the result) and the other level, found as for attainments, or a benchmark about the
    result.
    """
    for stated, result in _stated(sheet, "margin"):
        part, targets = Level(result), [one for one in _targets(sheet, stated, result) if one.value > 0]
        yield from judged(
            sheet,
            "margin",
            stated,
            [reading for target in targets for reading in gaps(stated, part, target)],
            GAP,
            [result, *(target.figure for target in targets[:1])],
            points=(said(stated, reading) for target in targets for reading in other_gaps(stated, part, target)),
            swapped=(said(stated, reading) for target in targets for reading in gaps(stated, target, part)),
        )


def gaps(stated: Figure, new: Level, old: Level) -> list[Reading]:
    """The ordinary ways to say how far one level is from another, in the unit stated.

    Per cent is relative; between two levels in per cent it is the difference as often, and both are accepted. "2.1
    times higher" is the ratio or the ratio less one.
    """
    more, less = (new, old) if new.value >= old.value else (old, new)
    apart = f"{level(more)} - {level(less)}"
    difference = Reading(apart, lambda rule: abs(new.as_operand(rule) - old.as_operand(rule)))
    relative = Reading(f"({apart}) / {level(old)}", _relative(new, old))
    if stated.unit == "%":
        return [relative, difference] if new.figure.unit in ("%", "pp") else [relative]
    if stated.unit == "times":
        ratio = Reading(f"{level(new)} / {level(old)}", lambda rule: new.as_operand(rule).over(old.as_operand(rule)))
        return [ratio, Reading(relative.phrase, lambda rule: relative.compute(rule) / 100)]
    return [difference] if stated.unit == new.figure.unit or (stated.unit, new.figure.unit) == ("pp", "%") else []


def other_gaps(stated: Figure, new: Level, old: Level) -> list[Reading]:
    """The same gap in points where per cent is stated and the other way round."""
    if stated.unit == "pp":
        return [Reading(f"the gap in per cent of {level(old)}, not in points", _relative(new, old))]
    return []


def two_setters(sheet: Sheet) -> Iterator[Finding]:
    """Where two bodies set a target for one result, whoever hears of one only can be misled; so both are computed."""
    seen: set[str] = set()
    for _, result in (*_stated(sheet, "attainment"), *_stated(sheet, "margin")):
        if result.figure_id in seen:
            continue
        seen.add(result.figure_id)
        implied = [(one, _implied(one, result)) for one in sheet.qualifying(result) if one.set_by]
        known = [(one, target) for one, target in implied if target is not None]
        for (one, first), (other, second) in combinations(known[:4], 2):
            if one.set_by != other.set_by and not first.meets(second):
                message = (
                    f"{say(result)} is measured against two targets: {_setter(one)} is about "
                    f"{_middle(first, result)}, {_setter(other)} about {_middle(second, result)}"
                )
                yield finding("two_setters", result, message, found=first, others=[one, other])
                break


def implied_round_target(sheet: Sheet) -> Iterator[Finding]:
    """A target that only a per cent implies is worth naming where one round or whole number fits, and no other."""
    for stated, result in _stated(sheet, "attainment"):
        if stated.value == 100 or result.per or _targets(sheet, stated, result):
            continue
        targets = _implied(stated, result)
        number = None if targets is None else round_number(targets, whole=result.unit == "count")
        if targets is not None and number is not None:
            kind = "round" if number % 10 == 0 else "whole"
            message = (
                f"If {say(result)} is {say(stated)} of a target, the target lies between {_ends(targets, result)}, "
                f"and {measured(number, result.unit)} is the only {kind} number there"
            )
            found = percent(result.as_operand("half_up"), Interval.of(number))
            yield finding("implied_round_target", stated, message, found=found, others=[result])


def _stated(sheet: Sheet, measure: str) -> Iterator[tuple[Figure, Figure]]:
    """The reported attainments or margins with the result that each is about."""
    roles = ("achieved", "projected") if measure == "attainment" else ("achieved", "projected", "benchmark")
    for figure in sheet.figures:
        result = sheet.subject(figure) if figure.measure == measure and figure.role in roles else None
        if result is None or not figure.bounded or (figure.unit != "%" and measure == "attainment"):
            continue
        if result.measure in RESULTS and result.role != "target" and result.bounded and result.value > 0:
            yield figure, result


def _targets(sheet: Sheet, stated: Figure, result: Figure) -> list[Level]:
    """The levels that a result is measured against here: targets, or averages, beside it, else the M of "N of M".

    A target that another body set is left out; where the result is measured against several bodies, so is one that does
    not say whose it is.
    """
    role = "benchmark" if stated.role == "benchmark" else "target"
    own = [one for one in sheet.qualifying(stated, role=role) if one.like(result)]
    beside = [
        one
        for one in sheet.qualifying(result, role=role)
        if one.like(result) and one.kind == result.kind and result.since(one)
    ]
    bodies = {one.set_by for one in sheet.qualifying(result) if one.measure in ("attainment", "margin")}
    unclear = len(bodies) > 1
    beside = [one for one in beside if one.set_by == stated.set_by or not (unclear or (one.set_by and stated.set_by))]
    found = [Level(one) for one in own or beside]
    return [Level(result, of=True)] if result.out_of and role == "target" and not found else found


def _implied(stated: Figure, result: Figure) -> Interval | None:
    """The targets that a result allows together with a stated attainment, or a stated margin in per cent."""
    if stated.measure not in ("attainment", "margin") or stated.unit != "%" or stated.role in ("target", "benchmark"):
        return None
    return computed(lambda rule: arithmetic.implied_target(result.as_operand(rule), _ratio(stated, rule), rule))


def _ratio(stated: Figure, rounding: str) -> Interval:
    ratio = stated.as_stated(rounding)
    if stated.measure == "attainment":
        return ratio
    return (ratio if stated.sign >= 0 else -ratio) + 100


def _relative(new: Level, old: Level) -> Callable[[str], Interval]:
    return lambda rule: abs(percent(new.as_operand(rule), old.as_operand(rule)) - 100)


def _setter(figure: Figure) -> str:
    if figure.measure == "attainment":
        return f"the target of the {figure.set_by} ({say(figure)} of it)"
    return f"the target of the {figure.set_by} ({say(figure)} {'above' if figure.sign >= 0 else 'below'} it)"


def _ends(values: Interval, result: Figure) -> str:
    """The two ends with as many digits as it takes to tell them apart."""
    if result.unit == "count":
        places = next((n for n in range(4) if numeral(values.low, n) != numeral(values.high, n)), 4)
        return f"{numeral(values.low, places)} and {numeral(values.high, places)}"
    told = [[measured(end, result.unit, places) for end in (values.low, values.high)] for places in (1, 2, 3, 4)]
    return " and ".join(next((ends for ends in told if ends[0] != ends[1]), told[-1]))


def _middle(target: Interval, result: Figure) -> str:
    return measured((target.low + target.high) / 2, result.unit)
