"""What two levels are apart though no link leads to both: told as recomputed, and never as a finding.

"7,134 ha of the 6,900 ha planned, passing it by 234 ha": the words say that a number is what lies between two others,
and not which; two whose gap it is to the last digit are taken to be meant, where few others could have been.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from analysis.checks.arithmetic import gap
from analysis.checks.changes import changed_from
from analysis.checks.findings import Recomputation, words
from analysis.checks.results import Level, compared
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import POINTS, Figure, same_rate
from analysis.comparison.figure import words as subject_words
from analysis.intervals import HALVES

__all__ = ["fitting"]

LEAST = Fraction(1, 25)  # the chance below which a gap is taken to be that of two levels
TIED = Fraction(1, 8)  # the same, where words tie the two levels together
CLOSE = 1e-9  # the part of a number to which floats surely know it
NEAR = 8  # figures before and after among which the levels are
RIGHT_BEFORE = 4  # words up to a number, one of which says that it lies between two others

Pair = tuple[Level, Level]


def fitting(sheet: Sheet, known: Collection[str]) -> Iterator[Recomputation]:
    """The gaps that no other check has recomputed, by two levels near them, if that is no chance."""
    for stated in sheet.figures:
        check = _check(sheet, stated) if stated.figure_id not in known and stated.bounded and stated.value else ""
        if not check:
            continue
        near = list(_near(sheet, stated))
        named = [pair for pair in near if subject_words(pair[0].figure.subject) & subject_words(pair[1].figure.subject)]
        for some, least in ((list(_tied(sheet, stated)), TIED), (named, LEAST), (near, LEAST)):
            found = [pair for pair in some if _chance(stated, pair, len(some)) <= least]
            if found:
                larger, smaller = found[0]
                result = compared(gap(larger, smaller, stated.unit), stated, HALVES)
                others = list(dict.fromkeys([larger.figure, smaller.figure]))
                if result.ok:
                    yield Recomputation(check, stated, result, others, tie="arithmetic")
                break


def _check(sheet: Sheet, stated: Figure) -> str:
    """The check that a number which lies between two levels belongs to; nothing where no word says that it does."""
    if stated.measure in ("change", "margin") and stated.unit not in ("%", "pp", "times", "rank"):
        return stated.measure
    if stated.measure == "margin" and stated.unit in POINTS:
        return "margin"
    if stated.measure != "amount" or stated.out_of:
        return ""
    before = " ".join(sheet.words_before(stated).split()[-RIGHT_BEFORE:])
    after = " ".join(sheet.words_after(stated).split()[:RIGHT_BEFORE])
    if words("left_over").search(f"{before} | {after}") or words("leaving").search(before):
        return "complement"
    ahead = words("exceeding").search(before) or words("passing").search(before)
    apart = ahead or any(words(kind).match(after) for kind in ("higher", "lower"))
    return "margin" if apart else ""


def _tied(sheet: Sheet, stated: Figure) -> Iterator[Pair]:
    """Two levels that words tie together: a target and its result, N of M, a part and what it is linked to."""
    about = sheet.subject(stated)
    about = about if about is not None and about.measure == "amount" and about.unit == stated.unit else None
    for one in sheet.around(stated, NEAR):
        if one.out_of and one.unit == stated.unit and one.sentence_start <= stated.start:
            yield Level(one, of=True), Level(one)
        linked = sheet.subject(one)
        if linked is not None and one.role == "target" and _are_apart(one, linked, stated) and about in (None, linked):
            yield Level(one), Level(linked)


def _near(sheet: Sheet, stated: Figure) -> Iterator[Pair]:
    """Any two levels near a number; one of them is what it is linked to or that stands right before it."""
    near, about, before = sheet.around(stated, NEAR), sheet.subject(stated), sheet.before(stated)
    first = about or (before if before is not None and before.measure in ("amount", "share") else None)
    pairs: Iterator[Sequence[Figure]] = combinations(near, 2) if first is None else ((first, one) for one in near)
    for one, other in pairs:
        timed = changed_from(one, other) or (not first and changed_from(other, one)) or sheet.after(stated) is other
        if stated.measure == "change" and not timed:
            continue
        if one is not other and one.place == other.place and _are_apart(one, other, stated):
            yield Level(one), Level(other)


def _are_apart(one: Figure, other: Figure, stated: Figure) -> bool:
    same = (
        one.unit == other.unit
        and same_rate(one, other)
        and one.kind == other.kind
        and one.measure in ("amount", "share", "change")
    )
    unit = "%" if stated.unit in POINTS else stated.unit
    return (
        same and one is not stated and other is not stated and one.unit == unit and one.computable and other.computable
    )


def _chance(stated: Figure, pair: Pair, tried: int) -> Fraction:
    """How likely it is that one of so many pairs lies as far apart by chance."""
    one, other, apart = float(pair[0].value), float(pair[1].value), float(abs(stated.value))
    reach = 2 * float(stated.step + pair[0].figure.step + pair[1].figure.step)
    reach += CLOSE * max(abs(one), abs(other))
    if abs(abs(one - other) - apart) > reach:  # most lie elsewhere, which floats show at once
        return Fraction(1)
    off = abs(abs(pair[0].value - pair[1].value) - abs(stated.value))
    step = max(level.figure.step for level in pair)
    return tried * (stated.step + 2 * off) / abs(stated.value) if off <= step + stated.step else Fraction(1)
