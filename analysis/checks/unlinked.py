"""What works out though no link says what it is of: told as recomputed, and never as a finding.

Reports tell a part here and its whole two sentences before, or a plan once for several per cents of it. Nothing says
that the numbers belong together but that they fit. That a number of several digits fits by chance is unlikely, the
less so the more candidates stand near it; so it is told only where that chance is small.

>>> chance([Fraction(1, 400)], 3), chance([Fraction(1, 20)] * 2, 3, tried=2)
(Fraction(3, 400), Fraction(3, 400))
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import comb, prod

from analysis.checks import arithmetic
from analysis.checks.changes import changed_from
from analysis.checks.findings import Recomputation
from analysis.checks.readings import Way, tried
from analysis.checks.results import Level, Result
from analysis.checks.sheet import Sheet, alike
from analysis.figure import Figure

__all__ = ["chance", "fitting"]

LEAST = Fraction(1, 40)  # the chance below which numbers that fit are taken to belong together
MOST = 20  # candidates near a figure


@dataclass(frozen=True)
class Fit:
    """A per cent that a part and a whole would give, the number of wholes that were tried, and how wide it is."""

    stated: Figure
    check: str
    part: Level
    whole: Level
    result: Result
    candidates: int

    @property
    def width(self) -> Fraction:
        """The share of all numbers of its size that would have fitted as well."""
        found = self.result.found
        return (self.stated.step + Fraction(found.high) - Fraction(found.low)) / abs(self.stated.value)


def chance(widths: Sequence[Fraction], candidates: int, tried: int = 1) -> Fraction:
    """How likely it is that so many numbers fit one of the candidates by chance.

    Args:
        widths: for each of those that fit, the share of all numbers that would have.
        candidates: how many wholes were tried.
        tried: how many numbers were tried with the whole, of which these fitted.
    """
    return candidates * comb(max(tried, len(widths)), len(widths)) * prod(widths, start=Fraction(1))


def fitting(sheet: Sheet, known: Collection[str]) -> Iterator[Recomputation]:
    """The per cents that no other check has recomputed, by the whole near them of which they are, if chance is ruled out.

    Shares of one whole support one another: of five shares that are all of it none is so by chance.
    """
    fits: dict[tuple[str, bool], list[Fit]] = defaultdict(list)
    tests: dict[tuple[str, bool], int] = defaultdict(int)
    for stated in sheet.figures:
        if stated.figure_id in known or not _is_open(stated):
            continue
        candidates = list(_candidates(sheet, stated))[:MOST]
        for check, part, whole, way in candidates:
            key = whole.figure.figure_id, whole.of
            tests[key] += 1
            result = tried(way)
            if result is not None and result.ok and not result.by_rounding:
                fits[key].append(Fit(stated, check, part, whole, result, len(candidates)))
    ranked = sorted((_by_chance(found, tests[key]), n, found) for n, (key, found) in enumerate(fits.items()))
    told: set[str] = set()
    for likely, _, found in ranked:
        for fit in found if likely <= LEAST else ():
            if fit.stated.figure_id not in told:
                told.add(fit.stated.figure_id)
                others = list(dict.fromkeys([fit.part.figure, fit.whole.figure]))
                yield Recomputation(fit.check, fit.stated, fit.result, others, tie="arithmetic")


def _by_chance(found: Sequence[Fit], tests: int) -> Fraction:
    return chance([fit.width for fit in found], max(fit.candidates for fit in found), tests)


def _is_open(stated: Figure) -> bool:
    per_cent = stated.unit == "%" and stated.measure in ("share", "attainment", "change") and stated.bounded
    return per_cent and stated.role in ("achieved", "projected") and stated.qualifier == "exact" and stated.value != 0


def _candidates(sheet: Sheet, stated: Figure) -> Iterator[tuple[str, Level, Level, Way]]:
    """What a per cent may be the per cent of, nearest first: its check, the part, the whole, and the way to compute."""
    about, near = sheet.subject(stated), sheet.nearby(stated)
    if about is not None and about.measure != "amount":
        return
    if stated.measure == "change":
        for old in near if about is not None else ():
            if about is not None and old.measure == "amount" and old.value > 0 and changed_from(about, old):
                yield "change", Level(about), Level(old), partial(arithmetic.change, Level(about), Level(old), stated)
        return
    check = "part_whole_share" if stated.measure == "share" else "attainment"
    for part, whole in _quotients(sheet, stated, about, near):
        yield check, part, whole, partial(getattr(arithmetic, check), part, whole, stated)


def _quotients(
    sheet: Sheet, stated: Figure, about: Figure | None, near: Sequence[Figure]
) -> Iterator[tuple[Level, Level]]:
    """The parts and wholes that stand near a per cent: N of M, else two amounts of one unit."""
    here = [one for one in near if one.sentence_start == stated.sentence_start]
    for one in [about] if about is not None else here:
        if one.out_of and one.measure == "amount" and one.value > 0:
            yield Level(one), Level(one, of=True)
    share = stated.measure == "share"
    for part in [about] if about is not None else [one for one in near if _is_amount(one) and one.is_result]:
        for whole in near:
            larger = whole.value > part.value if share else whole.role == "target"
            if part is not whole and _is_amount(whole) and _is_amount(part) and alike(part, whole) and larger:
                yield Level(part), Level(whole)


def _is_amount(one: Figure) -> bool:
    return one.measure == "amount" and one.bounded and one.value > 0
