"""Checks on a whole and its parts where each has its growth, or its per cent of a target."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, islice, pairwise

from analysis.checks import arithmetic, weighted
from analysis.checks.classes import class_lists, classes
from analysis.checks.findings import Recomputation, words
from analysis.checks.results import Level, Result
from analysis.checks.shares import is_share
from analysis.checks.sheet import Sheet
from analysis.checks.sums import made_up
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.currencies import is_money
from analysis.formatting import number
from analysis.intervals import HALVES

__all__ = ["attainment_of_whole", "class_sum", "growth_of_whole", "margin_of_whole", "share_of_amounts"]

SECTORS = frozenset({"agriculture", "industry", "services"})  # of which an economy consists, but for product taxes
UNLISTED = 10  # times an unlisted part is smaller than its whole: what product taxes are to an economy
THREE = 3  # sectors of an economy
FEW = 2  # shares that agree with amounts of their names, before another one is asked about
CERTAIN = Fraction(3, 2)  # points that the last digits of some shares make up, where their sum is 100% by no chance
MIXED = 60  # points between two changes, of which one is then more likely a per cent of the earlier level
WIDE = Fraction(2)  # times a number that the range for it may be wide, to test anything
_GREW = re.compile(r"\s*,\s(?:up|down|higher|lower)(?:\sby)?\s*")
WILD = 20  # points that such a part may well grow by more, or less, than all others


def growth_of_whole(sheet: Sheet) -> Iterator[Recomputation]:
    """A whole grows by the mean of what its parts grow by, so by no less than the least and no more than the most.

    Needs parts that make up their whole, each with one change in per cent; or the growth of an economy right before
    that of its sectors ("of which"). Growth in money is often at other prices than the amounts, so no mean is taken.
    """
    yield from _weighted(sheet, "growth_of_whole", "change")
    for whole, listed, tie in _listed(sheet):
        sectors = [part for part in listed if _sector(part) in SECTORS]
        complete = {_sector(part) for part in sectors} == SECTORS
        parts = sectors if complete else listed
        result = weighted.growth_of_whole(whole, parts, (), HALVES)
        if result.ok and not _says_something(whole, result):
            continue
        if not result.ok:
            beyond = max(whole.low - result.high, result.low - whole.high) * UNLISTED
            if not complete or beyond < WILD:
                continue
            why = f"a part that is not listed and makes up a tenth may grow by {number(Fraction(int(beyond)))} points"
            result = replace(result, explanation=f"{why} {'more' if whole.low > result.high else 'less'}")
        yield Recomputation("growth_of_whole", whole, result, others=parts, tie=tie)


def attainment_of_whole(sheet: Sheet) -> Iterator[Recomputation]:
    """A whole stands to its target as its parts stand to theirs on average, weighted by the targets.

    Needs parts that make up their whole, each with one per cent of a target that the same body set; where it is not
    said to be the same, or where only the sum ties parts and whole together, only what agrees is told.
    """
    yield from _weighted(sheet, "attainment_of_whole", "attainment")


def margin_of_whole(sheet: Sheet) -> Iterator[Recomputation]:
    """A whole passes its target by no more than that of its parts which passes its own by the most.

    Needs what the check of attainments needs, and words for more or less that go with the sign of each margin.
    """
    yield from _weighted(sheet, "margin_of_whole", "margin")


def class_sum(sheet: Sheet) -> Iterator[Recomputation]:
    """Shares of the parts that make up a whole, and shares that follow one another: told if they add up to 100%."""
    for one in made_up(sheet):
        found = [sheet.qualifying(part, measure="share") for part in one.parts]
        if all(len(each) == 1 and is_share(each[0]) for each in found):
            yield from _to_100([each[0] for each in found], one.tie)
    listed = {share.figure_id for one in class_lists(sheet) for share in one.shares}
    for row in sheet.sentences.values():
        shares = [one for one in row if one.measure == "share" and one.unit == "%" and one.value < 100]
        for aimed in (False, True):
            same = [one for one in shares if (one.role == "target") == aimed]
            if len(same) > 1 and len({one.place for one in same}) == 1 and all(one.bounded for one in same):
                yield from list(_to_100(same, "arithmetic")) or list(_some_to_100(same, listed)) or _two(sheet, same)


def share_of_amounts(sheet: Sheet) -> Iterator[Recomputation]:
    """Shares of parts whose amounts are listed elsewhere, by the names of the parts.

    The names may stand for something else each time, and prices may be others; so unless most shares of the sentence
    are those of their amounts nothing is said, and then of the others it is asked.
    """
    named = [(part, one) for one in made_up(sheet) for part in one.parts if part.subject]
    names = _Names([part for part, _ in named])
    for row in sheet.sentences.values() if named else ():
        found = []
        for share in row:
            if is_share(share) and not share.about and share.subject and share.qualifier == "exact":
                fitting = list(islice(names.of(share), 2))
                if len(fitting) == 1:
                    part, one = named[fitting[0]]
                    result = arithmetic.part_whole_share(Level(part), one.whole, share, HALVES)
                    found.append(
                        Recomputation("share_of_amounts", share, result, [part, one.whole.figure], tie="inherited")
                    )
        agreeing = sum(one.result.ok for one in found)
        yield from found if agreeing >= FEW and 2 * agreeing > len(found) else ()


class _Names:
    """Amounts by place, time and each word of their names, so that a share is held against few of them."""

    def __init__(self, parts: Sequence[Figure]) -> None:
        self._words = [subject_words(part.subject) for part in parts]
        self._holding: dict[tuple[object, ...], list[int]] = {}
        for n, part in enumerate(parts):
            for word in self._words[n]:
                self._holding.setdefault((*_when_and_where(part), word), []).append(n)
        self._under: dict[tuple[object, ...], list[int]] = {}  # the rarest word of each
        for n, part in enumerate(parts):
            keys = [(*_when_and_where(part), word) for word in sorted(self._words[n])]
            self._under.setdefault(min(keys, key=self._common, default=_when_and_where(part)), []).append(n)

    def of(self, share: Figure) -> Iterator[int]:
        """The amounts of its place and time that bear the name of a share, with more words or fewer."""
        name, seen = subject_words(share.subject), set()
        keys = [(*_when_and_where(share), word) for word in sorted(name)]
        longer = self._holding.get(min(keys, key=self._common), []) if keys else []
        shorter = (n for key in (*keys, _when_and_where(share)) for n in self._under.get(key, [])) if keys else ()
        for n in chain(longer, shorter):
            if n not in seen and (name <= self._words[n] or self._words[n] <= name):
                seen.add(n)
                yield n

    def _common(self, key: tuple[object, ...]) -> int:
        return len(self._holding.get(key, []))


def _when_and_where(figure: Figure) -> tuple[object, ...]:
    return figure.place, figure.period_start, figure.period_end


def _to_100(shares: Sequence[Figure], tie: str) -> Iterator[Recomputation]:
    """The shares as a sum, if it is 100%; two of them have to be written with a digit that makes it no chance."""
    total = sum((share.value for share in shares), Fraction(0))
    open_to = sum(max(share.step, Fraction(share.high - share.low)) for share in shares if share.bounded)
    unlikely = CERTAIN if total != 100 or len(shares) < THREE else THREE
    if abs(total - 100) > open_to + CERTAIN or sum(share.step for share in shares) > unlikely:
        return  # which most are, and costs less to see than a sum by every rule
    result = arithmetic.class_sum(shares, HALVES)
    if result.ok:
        yield Recomputation("class_sum", shares[0], result, shares[1:], stated=total, tie=tie)


def _two(sheet: Sheet, shares: Sequence[Figure]) -> Iterator[Recomputation]:
    """Two shares in whole numbers that a word ties together, as one and the rest: "77% by sea and 23% by road"."""
    for one, other in pairwise(shares):
        between, behind = sheet.words_before(other), sheet.words_after(other)
        tied = sheet.before(other) is one and _AND.search(between) and len(between.split()) <= _SHORT
        own = any(words.lstrip().startswith("of ") for words in (between, behind))  # "40% of homes and 60% of farms"
        if tied and not own and one.value + other.value == 100:
            result = arithmetic.class_sum([one, other], HALVES)
            yield Recomputation("class_sum", one, result, [other], stated=Fraction(100), tie="arithmetic")


_AND = re.compile(r"\b(?:and|rest|remaining|others?)\b")
_SHORT = 8  # words between two shares of one whole


def _some_to_100(shares: Sequence[Figure], listed: Collection[str]) -> Iterator[Recomputation]:
    """The shares of each time by itself, "31% (42% in 2018), 33% (25%) ..."; else those that follow one another."""
    times: dict[object, list[Figure]] = defaultdict(list)
    for one in shares:
        times[one.period_start, one.period_end].append(one)
    apart = [each for each in times.values() if len(each) >= THREE] if len(times) > 1 else []
    found = list(chain.from_iterable(_to_100(each, "arithmetic") for each in apart))
    yield from found or _runs_to_100([one for one in shares if one.figure_id not in listed])


def _runs_to_100(shares: Sequence[Figure]) -> Iterator[Recomputation]:
    """The lists of three shares of several years or plans that follow one another in a sentence."""
    last = 0
    for n in range(len(shares) - THREE + 1):
        found = list(_to_100(shares[n : n + THREE], "arithmetic")) if n >= last else []
        last = n + THREE if found else last
        yield from found


def _weighted(sheet: Sheet, check: str, measure: str) -> Iterator[Recomputation]:
    """The per cents of wholes whose parts add up to them."""
    for one in made_up(sheet):
        whole, parts = one.whole.figure, one.parts
        for stated in sheet.qualifying(whole, measure=measure, unit="%"):
            told = [_same(sheet, part, stated) for part in parts]
            theirs = [each for each in told if each is not None]
            if not _is_sound(stated) or len(theirs) < len(parts):
                continue
            sure = one.tie != "arithmetic" and all(each.set_by == stated.set_by for each in theirs)
            mixed = measure == "change" and is_money(whole.unit)
            function = getattr(weighted, check)
            result: Result = function(stated, theirs, () if mixed else [Level(part) for part in parts], HALVES)
            if not result.ok and (not sure or _is_misread(stated, theirs)):
                continue
            if result.ok and mixed and not _says_something(stated, result):
                continue
            if not result.ok and function(stated, theirs, (), HALVES).ok:
                why = "the whole may be held against more than its parts are"
                result = replace(result, explanation=result.explanation or why)
            yield Recomputation(check, stated, result, others=[*theirs, whole, *parts], tie=one.tie)


def _says_something(stated: Figure, result: Result) -> bool:
    """Whether a range that a number lies in leaves anything out: from 2% to 55% all growth lies."""
    return Fraction(result.high) - Fraction(result.low) <= WIDE * abs(stated.value)


def _is_misread(stated: Figure, theirs: Sequence[Figure]) -> bool:
    """Whether one of the changes may be a per cent of the earlier level, such as 98.9% for a fall by 1.1%."""
    growth = sorted(one.value for one in (stated, *theirs))
    return stated.measure == "change" and growth[-1] - growth[0] > MIXED


def _same(sheet: Sheet, part: Figure, stated: Figure) -> Figure | None:
    """What says of a part what is stated of the whole; nothing where two figures may."""
    near = sheet.qualifying(part, measure=stated.measure, unit="%")
    alike = [one for one in near if _is_sound(one) and one.per == stated.per]
    found = [one for one in alike if one.set_by == stated.set_by] or alike
    return found[0] if len(found) == 1 else None


def _is_sound(stated: Figure) -> bool:
    if stated.measure == "margin":
        less = any(words(kind).search(stated.measure_cue) for kind in ("downward", "lower", "not_reached"))
        worded = not stated.measure_cue or less == (stated.sign < 0)
        return stated.is_statement and stated.bounded and worded
    return stated.role in ("achieved", "projected") and stated.bounded and stated.value > -100


def _is_of_growth(sheet: Sheet, figure: Figure) -> bool:
    """Whether it says how a growth grew: "a growth of 14%, up 3% from 2005"."""
    before = sheet.before(figure)
    grew = before is not None and before.measure == "change" and before.subject == figure.subject
    return grew and _GREW.fullmatch(sheet.words_before(figure)) is not None


def _listed(sheet: Sheet) -> Iterator[tuple[Figure, Sequence[Figure], str]]:
    """The growth of a whole with that of its parts, which the same sentence, or the next, lists after "of which".

    All three sectors of an economy need no such words, if its growth stands before them; what ties them is weaker where
    it does so in another sentence.
    """
    before: Sequence[Figure] = ()
    above: Sequence[Figure] = ()
    for row in sheet.sentences.values():
        growth = [one for one in row if one.measure == "change" and one.unit == "%" and _is_sound(one)]
        growth = [one for one in growth if not _is_of_growth(sheet, one)]
        parted = (one for one in row if words("of_which").search(sheet.words_before(one)))
        first, earlier = next(parted, None), [*before, *growth]
        if first is None and {_sector(one) for one in growth} >= SECTORS:
            first = next(one for one in growth if _sector(one) in SECTORS)
            earlier = [one for one in (*above, *before, *growth) if words("economy").search(one.subject)]
        ahead = [one for one in reversed(earlier) if first is not None and one.start < first.start]
        same_time = (one for one in ahead if any(_is_part(part, one) for part in growth if part.start > one.start))
        whole = next(same_time, None)
        parts = [one for one in growth if whole is not None and one.start > whole.start and _is_part(one, whole)]
        if whole is not None and _sector(whole):  # "industry 12.7%, of which building 9.3%; services 10.4%"
            parts = [one for one in parts if _sector(one) in ("", _sector(whole))]
        if whole is not None and len(parts) > 1:
            said = whole.sentence_start == parts[0].sentence_start or words("of_which").search(
                sheet.words_before(parts[0])
            )
            yield whole, parts, "" if said else "inherited"
        before, above = growth, before


def _sector(one: Figure) -> str:
    """The sector of an economy that a figure's subject names."""
    named = (each.name for each in classes() if each.partition == "economy" and each.words.search(one.subject))
    return next(named, "")


def _is_part(one: Figure, whole: Figure) -> bool:
    same_time = one.period_start == whole.period_start and one.period_end == whole.period_end
    return one.per == whole.per and same_time
