"""What works out though no link says what it is of: told as recomputed, and never as a finding.

Reports tell a part here and its whole two sentences before, or a plan once for several per cents of it. Nothing says
that the numbers belong together but that they fit. That a number of several digits fits by chance is unlikely, the
less so the more candidates stand near it; so it is told only where that chance is small.

>>> chance([Fraction(1, 400)], 3), chance([Fraction(1, 20)] * 2, 3, tried=2)
(Fraction(3, 400), Fraction(3, 400))
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice
from math import comb, prod

from analysis.checks import arithmetic
from analysis.checks.changes import changed_from
from analysis.checks.findings import WEAK, Recomputation
from analysis.checks.readings import tried
from analysis.checks.results import Level, Result
from analysis.checks.sheet import Sheet, alike
from analysis.checks.sums import made_up
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words

__all__ = ["chance", "fitting"]

LEAST = Fraction(1, 25)  # the chance below which numbers that fit are taken to belong together
_OUT_OF = re.compile(r"\s*(?:/|(?:out )?of(?: the)?)\s*", re.IGNORECASE)
MOST = 20  # candidates near a figure
FAR = 6  # targets before and after a per cent that it may be of


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
        """The share of all numbers of its size that would have fitted as well, more if only by rounding."""
        found, stated = self.result.found, self.stated
        written = max(stated.step, Fraction(stated.high) - Fraction(stated.low))
        off = abs(_ratio(stated, self.part, self.whole) - abs(stated.value))
        loose = Fraction(found.high) - Fraction(found.low) if 2 * off > written else Fraction(0)
        return (written + loose) / abs(stated.value)


def _ratio(stated: Figure, part: Level, whole: Level) -> Fraction:
    """What a per cent would be by its two levels as they are written."""
    ratio = 100 * part.value / whole.value
    return abs(ratio - 100) if stated.measure == "change" else ratio


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
    made = {one.whole.figure.figure_id for one in made_up(sheet)}  # each of its parts has a per cent that might fit
    single = (
        (min(together[key], chance([fit.width], fit.candidates, tests[key] if key[0] in made else 1)), n, fit)
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
    """For each whole near a per cent how the per cent fits it, or nothing where it does not.

    What words tie together is tried first, as if there were nothing else: levels of one name beside the per cent that
    are no part of another total, then all beside it, then all that are near.
    """
    found: dict[Key, Fit | None] = {}
    close, loose = _parts(sheet, stated)
    pairs = list(islice(_candidates(sheet, stated, close), MOST))
    inner = _made_of(sheet).keys() - {part.figure.figure_id for part, _ in pairs}
    outer = [pair for pair in pairs if pair[1].figure.figure_id not in inner]
    named = [pair for pair in outer if _share_a_name(stated, *pair)]
    wider = list(islice(_candidates(sheet, stated, [*close, *loose]), MOST)) if loose else []
    for some in (named, outer, pairs, wider):
        for part, whole in some:
            key = (whole.figure.figure_id, whole.of)
            count = 1 if _in_one_breath(sheet, part, whole) else len(some)
            found[key] = found.get(key) or _fit(stated, part, whole, count)
    return found


def _in_one_breath(sheet: Sheet, part: Level, whole: Level) -> bool:
    """Whether words say that the one is of the other: N of M, a target about its result, "46.5 million/93 million"."""
    if whole.figure is part.figure or whole.figure.about == part.figure.figure_id:
        return True
    return sheet.before(whole.figure) is part.figure and bool(_OUT_OF.fullmatch(sheet.words_before(whole.figure)))


def _share_a_name(stated: Figure, part: Level, whole: Level) -> bool:
    name = subject_words(part.figure.subject) | subject_words(stated.subject)
    return bool(subject_words(whole.figure.subject) & name)


def _fit(stated: Figure, part: Level, whole: Level, candidates: int) -> Fit | None:
    """How a per cent fits a part and a whole as they are written; most do not, which costs one division to see."""
    if abs(_ratio(stated, part, whole) - abs(stated.value)) > 2 * stated.step:
        return None
    check, way = CHECKED[stated.measure]
    result = tried(partial(way, part, whole, stated))
    return None if result is None or not result.ok else Fit(stated, check, part, whole, result, candidates)


def _is_open(stated: Figure) -> bool:
    per_cent = stated.unit == "%" and stated.measure in CHECKED and stated.role != "benchmark"
    return per_cent and stated.bounded and stated.high - stated.low <= 2 * stated.step and stated.value not in (0, 100)


def _candidates(sheet: Sheet, stated: Figure, parts: Sequence[Figure]) -> Iterator[tuple[Level, Level]]:
    """What a per cent may be the per cent of, nearest first: the part, and the whole or the level before."""
    near = sheet.nearby(stated)
    for part in parts:
        if stated.measure == "change":
            yield from ((Level(part), Level(old)) for old in near if _is_amount(old) and changed_from(part, old))
        else:
            yield from _quotients(sheet, stated, part, near)


def _quotients(sheet: Sheet, stated: Figure, part: Figure, near: Sequence[Figure]) -> Iterator[tuple[Level, Level]]:
    """A part with what it may be a part of: N of M, what a list makes up, a target, or another amount of its unit."""
    if part.out_of and part.sentence_start == stated.sentence_start:
        yield Level(part), Level(part, of=True)
    own = [one for one in sheet.qualifying(stated, role="target") if one.measure == "amount"]
    made = _made_of(sheet)
    above = [made[part.figure_id]] if part.figure_id in made else []
    for whole in own or dict.fromkeys([*above, *near, *_targets(sheet, stated)]):
        if whole is part or not _is_amount(whole) or not alike(part, whole):
            continue
        for level in (Level(whole), Level(whole, of=True)) if whole.out_of else (Level(whole),):
            larger = level.value > part.value
            fits = larger if stated.measure == "share" else larger == (stated.value < 100)
            if fits and (larger or whole.role == "target"):
                yield Level(part), level


def _parts(sheet: Sheet, stated: Figure) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """What a per cent may be a per cent of: what it is linked to or stands right behind, and what is near.

    Nothing else is looked at where a link is sure.
    """
    linked, before = sheet.subject(stated), sheet.before(stated)
    if stated.measure == "change":
        return [linked] if linked is not None and _is_amount(linked) else [], []
    if linked is not None and linked.measure != "amount":
        return [], []
    if linked is not None and stated.measure == "attainment" and linked.role == "target" != stated.role:
        return [], [one for one in sheet.nearby(stated) if _is_part(one, stated)]  # "strives for 14,200 ha, 61% of it"
    close = [one for one in (linked, before) if one is not None and _is_part(one, stated)]
    sure = linked is not None and stated.link not in WEAK
    if sure or stated.role == "target":
        return list(dict.fromkeys(close)), []
    return list(dict.fromkeys(close)), [one for one in sheet.nearby(stated) if _is_part(one, stated)]


def _is_part(one: Figure, stated: Figure) -> bool:
    return _is_amount(one) and (one.role == "target") == (stated.role == "target")


def _targets(sheet: Sheet, stated: Figure) -> Sequence[Figure]:
    """Targets for the same time that stand elsewhere in the report: next year's is told at its end."""
    if stated.measure != "attainment":
        return ()
    day = stated.last_day
    near = sheet.targets_near(stated, FAR)
    return [one for one in near if day is None or one.last_day is None or one.last_day.year == day.year]


@lru_cache(maxsize=1)
def _made_of(sheet: Sheet) -> Mapping[str, Figure]:
    """The whole that a list makes up, however far above it stands, by the id of each of its parts."""
    return {part.figure_id: one.whole.figure for one in made_up(sheet) for part in one.parts}


def _is_amount(one: Figure) -> bool:
    return one.measure == "amount" and one.computable and one.value > 0
