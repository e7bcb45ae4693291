"""Checks on results against targets: attainments, margins, and the targets that they imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations, islice

from analysis.checks import arithmetic, grim, implied
from analysis.checks.arithmetic import gap
from analysis.checks.findings import Recomputation, words
from analysis.checks.readings import GAP, RATIO, bases, judged, said, tried
from analysis.checks.results import Level, Reading, compared, quotient, say
from analysis.checks.sheet import Sheet, alike
from analysis.comparison.figure import POINTS, Figure
from analysis.intervals import HALVES, Interval

__all__ = ["attainment", "attainment_grain", "implied_round_target", "margin", "two_setters"]

RESULTS = ("amount", "share", "score", "change")  # what a target can be set for
OPENING = 4  # sentences with figures in which a report opens
NEAR = 50  # times a per cent is larger than what it is off, where it is still of the same
RESULTS_TOLD = ("achieved", "projected")
BESIDE = 5  # words between a margin in number and the same in per cent: "by 92,000 t, that is 5.2%"
SMALL = 20  # things; a per cent linked to fewer is more likely of something else


def attainment(sheet: Sheet) -> Iterator[Recomputation]:
    """A per cent of a target equals the result divided by the target; both levels are there to see.

    Needs the attainment's ``about`` (the result) and a target: "N of M", or a target figure about the attainment or,
    where the result has one attainment only or the same setter, about the result.
    """
    for stated, result in _stated(sheet, "attainment"):
        part, targets = Level(result), _targets(sheet, stated, result)
        if not targets:
            yield from _missed_by(sheet, stated, result)
            yield from _told_before(sheet, stated, result)
            yield from _of_it(sheet, stated, result)
        yield from judged(
            sheet,
            "attainment",
            stated,
            [(partial(arithmetic.attainment, part, target, stated), [result, target.figure]) for target in targets],
            RATIO,
            bases=bases(sheet, stated, part, targets),
            swapped=(said(stated, quotient(target, part)) for target in targets),
        )
    yield from _told_ahead(sheet)


def _told_ahead(sheet: Sheet) -> Iterator[Recomputation]:
    """A per cent with which a report opens, of the one result and target that it then tells without another per cent.

    Where the two come near it and do not agree it is asked whether they are of the same.
    """
    rows = list(sheet.sentences.values())[:OPENING]
    opening = [one for one in rows[0] if one.measure == "attainment" and one.unit == "%"] if rows else []
    row = [one for each in rows for one in each]
    pairs = [
        (result, target)
        for target in row
        if target.role == "target" and (result := sheet.subject(target)) is not None and alike(result, target)
    ]
    pairs = [pair for pair in pairs if not any(sheet.qualifying(one, measure="attainment") for one in pair)]
    money = [pair for pair in pairs if pair[0].measure == "amount" and pair[1].value > 0]
    told = {pair[0].sentence_start for pair in money}
    if len(opening) == 1 and money and len(told) == 1 and not opening[0].about and opening[0].role in RESULTS_TOLD:
        stated, (result, target) = opening[0], money[0]
        found = tried(partial(arithmetic.attainment, Level(result), Level(target), stated))
        near = found is not None and abs(100 * result.value / target.value - stated.value) * NEAR <= stated.value
        if found is not None and result.place == stated.place and (found.ok or near):
            yield Recomputation("attainment", stated, found, [result, target], tie="inherited")


def _missed_by(sheet: Sheet, stated: Figure, result: Figure) -> Iterator[Recomputation]:
    """A per cent of a target that is not stated, but by how much it was passed or missed; told if the two agree."""
    for apart in sheet.qualifying(result, measure="margin", unit=result.unit):
        more = stated.value > 100
        if result.unit != "%" and apart.bounded and apart.set_by == stated.set_by and 0 < apart.value < result.value:
            phrase = f"{say(result)} of ({say(result)} {'-' if more else '+'} {say(apart)})"
            found = tried(partial(compared, Reading(phrase, partial(_passing, result, apart, more)), stated))
            if found is not None and found.ok:
                yield Recomputation("attainment", stated, found, others=[result, apart])


def _passing(result: Figure, apart: Figure, more: bool, rounding: str) -> Interval:
    """The result in per cent of the target that it passed, or missed, by so much."""
    level, gap_ = result.as_operand(rounding), apart.as_operand(rounding)
    return level.over(level - gap_ if more else level + gap_) * 100


def _told_before(sheet: Sheet, stated: Figure, result: Figure) -> Iterator[Recomputation]:
    """A per cent of a target that a sentence before states; told if it agrees, as it may be another target."""
    before = [one for one in sheet.nearby(stated) if one.role == "target" and one.start < result.start]
    like = [one for one in before if one.kind == result.kind and one.place == result.place and one.bounded]
    for target in [one for one in like if one.value > 0 and not one.about][:1]:
        found = tried(partial(arithmetic.attainment, Level(result), Level(target), stated))
        if found is not None and found.ok:
            yield Recomputation("attainment", stated, found, [result, target], tie="inherited")


def _of_it(sheet: Sheet, stated: Figure, result: Figure) -> Iterator[Recomputation]:
    """A per cent of the amount that a word takes up ("of it") from before; a question where it is of another plan."""
    before = [one for one in sheet.nearby(stated) if one.start < result.start and one.measure == "amount"]
    whole = next((one for one in before if alike(one, result) and one.computable and one.value > result.value), None)
    if whole is not None and words("taken_up").match(sheet.words_after(result).lstrip()):
        way = partial(arithmetic.attainment, Level(result), Level(whole), stated)
        yield from judged(sheet, "attainment", stated, [(way, [result, whole])], RATIO, tie="inherited")


def attainment_grain(sheet: Sheet) -> Iterator[Recomputation]:
    """People and enterprises are planned in whole numbers, so a small result allows only few per cents of its target.

    Needs the attainment's ``about`` (an exact count of some size, as two things are given no per cent) and no target
    stated beside it; where no words name the plan, it is asked only. Two attainments of one setter about the same count
    show a link gone wrong.
    """
    for stated, result in _stated(sheet, "attainment"):
        rivals = [one for one in sheet.qualifying(result, measure="attainment") if one.set_by == stated.set_by]
        if stated.qualifier != "exact" or not result.counted or result.per or result.value < SMALL or len(rivals) > 1:
            continue
        if _targets(sheet, stated, result):
            continue
        found = grim.attainment_grain(result, stated, HALVES)
        if found.decided and not found.ok:  # that some target fits is no agreement of two stated numbers
            tie = "beside" if stated.measure_cue.startswith("percent_over_hundred") else ""  # of no plan that is named
            yield Recomputation("attainment_grain", stated, found, others=[result], tie=tie)


def margin(sheet: Sheet) -> Iterator[Recomputation]:
    """The gap by which a target or an average is passed or missed equals the one between the two levels.

    Needs the margin's ``about`` (the result) and the other level, found as for attainments, or a benchmark about the
    result.
    """
    for stated, result in _stated(sheet, "margin"):
        part, targets = Level(result), [one for one in _targets(sheet, stated, result) if one.value > 0]
        if not targets:
            yield from _in_number(sheet, stated, result)
        yield from judged(
            sheet,
            "margin",
            stated,
            [
                (partial(arithmetic.margin, part, target, stated, unit=unit), [result, target.figure])
                for target in targets
                for unit in gap_units(stated, result)
            ],
            GAP,
            points=(reading for target in targets for reading in other_gaps(stated, part, target)),
            bases=(said(stated, quotient(part, target)) for target in targets if stated.unit == "%"),
            swapped=(said(stated, gap(target, part, unit)) for target in targets for unit in gap_units(stated, result)),
        )


def _in_number(sheet: Sheet, stated: Figure, result: Figure) -> Iterator[Recomputation]:
    """A margin told in number right before it is told in per cent: "92,000 t above the plan, or 5.2%"."""
    amount = sheet.before(stated)
    if amount is None or stated.unit != "%" or amount.measure != "margin" or amount.about != result.figure_id:
        return
    apart = amount.unit == result.unit and amount.role == stated.role and 0 < abs(amount.value) < result.value
    if apart and amount.unit not in POINTS and amount.bounded and len(sheet.words_before(stated).split()) <= BESIDE:
        fell = amount.value < 0
        size = replace(amount, value=-amount.value, low=-amount.high, high=-amount.low) if fell else amount
        way = partial(arithmetic.grown, Level(result), Level(size), stated, fell=fell)
        reading = said(stated, quotient(Level(size), Level(result)))
        yield from judged(sheet, "margin", stated, [(way, [result, amount])], GAP, swapped=[reading])


def gap_units(stated: Figure, level: Figure) -> list[str]:
    """The ordinary ways to say how far two levels are apart, in the unit stated; units as of ``arithmetic.change``.

    Per cent is relative; between two levels in per cent it is the difference as often, and both are accepted. "2.1
    times higher" is the ratio or the ratio less one.
    """
    if stated.unit == "%":
        return ["%", "pp"] if level.unit in POINTS else ["%"]
    if stated.unit == "times":
        return ["times", "times more"]
    return [stated.unit] if stated.unit == level.unit or (stated.unit, level.unit) == ("pp", "%") else []


def other_gaps(stated: Figure, new: Level, old: Level) -> Iterator[Reading]:
    """The same gap in per cent where points are stated."""
    if stated.unit == "pp":
        phrase = f"{say(stated)} is the gap in per cent of {say(old)}, not in points"
        yield Reading(phrase, gap(new, old).compute)


def two_setters(sheet: Sheet) -> Iterator[Recomputation]:
    """Where two bodies set a target for one result, whoever hears of one only can be misled; so both are computed."""
    seen: set[str] = set()
    for _, result in (*_stated(sheet, "attainment"), *_stated(sheet, "margin")):
        if result.figure_id not in seen:
            seen.add(result.figure_id)
            known = [one for one in sheet.qualifying(result) if one.set_by and _implies(one)]
            yield from islice(_apart(result, known[:4]), 1)


def implied_round_target(sheet: Sheet) -> Iterator[Recomputation]:
    """A target that only a per cent implies is worth naming where one round or whole number fits, and no other."""
    for stated, result in _stated(sheet, "attainment"):
        if stated.value == 100 or result.per or _targets(sheet, stated, result) or not _implies(stated):
            continue
        found = tried(partial(implied.implied_round_target, result, stated, whole=result.unit == "count"), "half_up")
        if found is not None and not found.ok:
            yield Recomputation("implied_round_target", stated, found, others=[result])


def _stated(sheet: Sheet, measure: str) -> Iterator[tuple[Figure, Figure]]:
    """The reported attainments or margins with the result that each is about."""
    roles = RESULTS_TOLD if measure == "attainment" else (*RESULTS_TOLD, "benchmark")
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
    if role == "target" and words("last_year").search(re.split(r"[,;:.(]", sheet.words_after(stated), maxsplit=1)[0]):
        return []  # "103% of the target last year", beside the one for this year
    own = [one for one in sheet.qualifying(stated, role=role) if alike(one, result)]
    beside = [
        one
        for one in sheet.qualifying(result, role=role)
        if alike(one, result) and one.kind == result.kind and result.since(one)
    ]
    bodies = {one.set_by for one in sheet.qualifying(result) if one.measure in ("attainment", "margin")}
    unclear = len(bodies) > 1
    beside = [one for one in beside if one.set_by == stated.set_by or not (unclear or (one.set_by and stated.set_by))]
    beside = [one for one in beside if not _fits_another(sheet, stated, result, Level(one))]
    found = [Level(one) for one in own or beside]
    aimed = stated.measure != "margin" or result.whole == "target"  # "3 of 16 communes, 1 more than the target"
    aimed = aimed and not sheet.qualifying(result, measure="share", unit="%")  # 77.9% of all, 96.7% of the plan
    aimed = aimed and not (_passes(stated) and result.out_of and result.value < result.out_of)
    whole = (
        result.out_of
        and role == "target"
        and aimed
        and not _fits_another(sheet, stated, result, Level(result, of=True))
    )
    return found or ([Level(result, of=True)] if whole else [])


def _fits_another(sheet: Sheet, stated: Figure, result: Figure, target: Level) -> bool:
    """Whether a target is what another per cent is of: "51/96 billion, 61% of one plan and 53.1%"."""
    others = (one for one in sheet.qualifying(result, measure="attainment") if one.value != stated.value)
    ways = (tried(partial(arithmetic.attainment, Level(result), target, one)) for one in others)
    return any(found is not None and found.ok for found in ways)


def _passes(stated: Figure) -> bool:
    """Whether a target is said to be passed: M is none where fewer than M of them "surpass the target by 10%"."""
    return stated.measure == "margin" and stated.sign > 0


def _implies(stated: Figure) -> bool:
    """Whether a target follows from a result together with it: an attainment, or a margin in per cent."""
    ratio = stated.measure in ("attainment", "margin") and stated.unit == "%"
    return ratio and stated.role not in ("target", "benchmark")


def _apart(result: Figure, stated: list[Figure]) -> Iterator[Recomputation]:
    """The statements of two bodies about one result that cannot be of one target."""
    for one, other in combinations(stated, 2):
        over = _passed(one), _passed(other)
        way = partial(implied.two_setters, result, one, other, over=over, setters=(one.set_by, other.set_by))
        found = tried(way, "half_up") if one.set_by != other.set_by else None
        if found is not None and not found.ok:
            yield Recomputation("two_setters", result, found, others=[one, other])


def _passed(stated: Figure) -> int:
    return 0 if stated.measure == "attainment" else stated.sign
