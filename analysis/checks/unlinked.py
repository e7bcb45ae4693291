"""What works out though no link says what it is of: told as recomputed, and never as a finding.

Reports tell a part here and its whole two sentences before, or a plan once for several per cents of it. Nothing says
that the numbers belong together but that they fit. That a number of several digits fits by chance is unlikely, the
less so the more candidates stand near it; so it is told only where that chance is small.

>>> chance([Fraction(1, 400)], 3), chance([Fraction(1, 20)] * 2, 3, tried=2)
(Fraction(3, 400), Fraction(3, 400))
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice
from math import comb, prod

from analysis.checks import arithmetic
from analysis.checks.changes import changed_from
from analysis.checks.findings import Recomputation
from analysis.checks.readings import tried
from analysis.checks.results import Level, Result
from analysis.checks.sheet import Sheet, alike
from analysis.checks.sums import made_up
from analysis.figure import Figure

__all__ = ["chance", "fitting"]

LEAST = Fraction(1, 25)  # the chance below which numbers that fit are taken to belong together
MOST = 20  # candidates near a figure


Key = tuple[str, bool]  # a whole: the id of its figure, and whether it is the M of "N of M"


CHECKED: dict[str, tuple[str, Callable[..., Result]]] = {
    "share": ("part_whole_share", arithmetic.part_whole_share),
    "attainment": ("attainment", arithmetic.attainment),
    "change": ("change", arithmetic.change),
}


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
    """The per cents that no other check has recomputed, by a whole near them of which they are, if that is no chance.

    Shares of one whole support one another: of five shares that are all of it none is so by chance.
    """
    fits: dict[Key, list[Fit]] = defaultdict(list)
    tests: dict[Key, int] = defaultdict(int)
    for stated in filter(_is_open, sheet.figures):
        for key, fit in _tested(sheet, stated).items():
            tests[key] += 1
            fits[key] += [] if fit is None else [fit]
    together = {
        key: chance([fit.width for fit in found], found[0].candidates, tests[key])
        for key, found in fits.items()
        if found
    }
    single = (
        (min(together[key], chance([fit.width], fit.candidates)), n, fit)
        for key in together
        for n, fit in enumerate(fits[key])
    )
    told = set(known)
    for likely, _, fit in sorted(single, key=lambda one: one[:2]):
        if likely <= LEAST and fit.stated.figure_id not in told:
            told.add(fit.stated.figure_id)
            others = list(dict.fromkeys([fit.part.figure, fit.whole.figure]))
            yield Recomputation(fit.check, fit.stated, fit.result, others, tie="arithmetic")


def _tested(sheet: Sheet, stated: Figure) -> dict[Key, Fit | None]:
    """For each whole near a per cent how the per cent fits it, or nothing where it does not."""
    found: dict[Key, Fit | None] = {}
    candidates = list(islice(_candidates(sheet, stated), MOST))
    for part, whole in candidates:
        key, linked = (whole.figure.figure_id, whole.of), whole.figure.about == part.figure.figure_id
        count = 1 if linked or whole.figure is part.figure else len(candidates)
        found[key] = found.get(key) or _fit(stated, part, whole, count)
    return found


def _fit(stated: Figure, part: Level, whole: Level, candidates: int) -> Fit | None:
    """How a per cent fits a part and a whole as they are written; most do not, which costs one division to see."""
    ratio = 100 * float(part.value) / float(whole.value)
    ratio = abs(ratio - 100) if stated.measure == "change" else ratio
    if abs(ratio - abs(float(stated.value))) > float(stated.step):
        return None
    check, way = CHECKED[stated.measure]
    result = tried(partial(way, part, whole, stated))
    return (
        None
        if result is None or not result.ok or result.by_rounding
        else Fit(stated, check, part, whole, result, candidates)
    )


def _is_open(stated: Figure) -> bool:
    per_cent = stated.unit == "%" and stated.measure in ("share", "attainment", "change")
    single = stated.qualifier == "exact" and stated.bounded and stated.high - stated.low <= stated.step
    return per_cent and single and stated.role in ("achieved", "projected") and stated.value not in (0, 100)


def _candidates(sheet: Sheet, stated: Figure) -> Iterator[tuple[Level, Level]]:
    """What a per cent may be the per cent of, nearest first: the part, and the whole or the level before."""
    part, near = sheet.subject(stated), sheet.nearby(stated)
    if part is not None and not _is_amount(part):
        return
    if stated.measure != "change":
        yield from _quotients(sheet, stated, part, near)
    elif part is not None:
        yield from ((Level(part), Level(old)) for old in near if _is_amount(old) and changed_from(part, old))


def _quotients(
    sheet: Sheet, stated: Figure, part: Figure | None, near: Sequence[Figure]
) -> Iterator[tuple[Level, Level]]:
    """The parts and wholes that stand near a per cent: N of M, else two amounts of one unit."""
    parts = [part] if part is not None else [one for one in near if _is_amount(one) and one.is_result]
    for one in parts:
        if one.out_of and (one is part or one.sentence_start == stated.sentence_start):
            yield Level(one), Level(one, of=True)
    share, above = stated.measure == "share", _made_of(sheet, part)
    for one in parts:
        for whole in ([] if above is None else [above]) + [other for other in near if other is not above]:
            larger = whole.value > one.value if share else whole.role == "target"
            if one is not whole and larger and _is_amount(whole) and alike(one, whole):
                yield Level(one), Level(whole)


def _made_of(sheet: Sheet, part: Figure | None) -> Figure | None:
    """The whole that a list with the part in it adds up to, however far above it stands."""
    return next((one.whole.figure for one in made_up(sheet) if part in one.parts), None)


def _is_amount(one: Figure) -> bool:
    return one.measure == "amount" and one.bounded and one.value > 0
