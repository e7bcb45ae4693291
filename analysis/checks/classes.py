"""Checks on lists of classes: their shares, their sum, their base.

"8 excellently completed their tasks (18.2%), 29 completed them well (65.9%)": a class is known by the indicator of a
figure, else by words of ``classes.csv`` in its subject, else by the words right beside it. The whole of a list is often
not stated. Then the counts themselves show it: the sum of the classes, if most of the shares are shares of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from itertools import takewhile

from analysis.checks import arithmetic
from analysis.checks.findings import Recomputation, pattern
from analysis.checks.readings import explain, said
from analysis.checks.results import Reading, Result, quotient, say
from analysis.checks.shares import is_share
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.intervals import HALVES
from analysis.lexicon import rows

__all__ = ["ClassList", "class_base", "class_lists", "class_sum", "classes", "listed_share", "partition_of"]

Base = Fraction | Figure | Sequence[Figure]  # the whole of a list: a number, a stock, or the classes together

RATED = ("task_rating", "economy")  # the partitions whose shares are listed, and must add up to 100%
LEAST = Fraction(90)  # per cent; a smaller sum is a list that is not meant to be complete, or was not read in full
UNLISTED = Fraction(2)  # per cent that a class which may be left out can take up without anybody missing it


@dataclass(frozen=True)
class Class:
    """One row of ``classes.csv``."""

    partition: str
    name: str
    optional: bool
    stock: Mapping[str, str]
    words: re.Pattern[str]


@dataclass(frozen=True)
class Entry:
    """One class of a list: its count, its share, or both."""

    name: str
    count: Figure | None
    share: Figure | None


@dataclass(frozen=True, eq=False)
class ClassList:
    """The classes of one whole as one sentence lists them."""

    partition: str
    entries: tuple[Entry, ...]

    @property
    def shares(self) -> list[Figure]:
        """The shares, in the order of the text."""
        return [entry.share for entry in self.entries if entry.share]

    @property
    def counts(self) -> list[Figure]:
        """The counts, in the order of the text."""
        return [entry.count for entry in self.entries if entry.count]

    @property
    def pairs(self) -> list[tuple[Figure, Figure]]:
        """The counts that have a share, each with it."""
        pairs = [(entry.count, entry.share) for entry in self.entries if entry.count and entry.share]
        return [(count, share) for count, share in pairs if count.low >= 0]  # "-5 well" is no number of any class

    @property
    def missing(self) -> list[Class]:
        """The classes of such a list that this one leaves out."""
        names = {entry.name for entry in self.entries}
        return [one for one in classes() if one.partition == self.partition and one.name not in names]

    @property
    def complete(self) -> bool:
        """Whether no class is missing that a list of this kind must have."""
        return all(one.optional for one in self.missing)

    @property
    def runs(self) -> Iterator[list[Figure]]:
        """Two or more counts of classes that are listed one after the other."""
        counts = self.counts
        return (counts[a:b] for a in range(len(counts)) for b in range(a + 2, len(counts) + 1))

    def total(self) -> Fraction | None:
        """The sum of the counts, where every class has an exact one."""
        if len(self.counts) < len(self.entries) or not all(count.counted or not count.value for count in self.counts):
            return None
        return sum((count.value for count in self.counts), Fraction(0))


@cache
def classes() -> tuple[Class, ...]:
    """The rows of ``classes.csv``, in order."""
    found = []
    for row in rows("checks/classes"):
        names, stocks = row["indicators"].split(";"), row["stock"].split(";")
        stock = dict(zip(names, stocks, strict=False)) if row["indicators"] else {}
        words = pattern(row["words"].split(";"))
        found.append(Class(row["partition"], row["class"], row["optional"] == "yes", stock, words))
    return tuple(found)


def partition_of(sheet: Sheet, figures: Sequence[Figure]) -> str:
    """The partition in which the figures count different classes each, or an empty string."""
    for partition in dict.fromkeys(one.partition for one in classes() if one.partition):
        names = set(takewhile(bool, (_class_of(sheet, figure, partition) for figure in figures)))
        if len(names) == len(figures):
            return partition
    return ""


@lru_cache(maxsize=1)  # four checks in a row ask for those of one sheet
def class_lists(sheet: Sheet) -> list[ClassList]:
    """The class lists of a report: three classes or more of one partition in one sentence."""
    lists = []
    for row in sheet.sentences.values():
        if sum(is_share(figure) for figure in row) >= 2 or len(row) >= 3:
            for partition in RATED:
                lists += [ClassList(partition, run) for run in _entries(sheet, row, partition) if len(run) >= 3]
    return lists


def class_sum(sheet: Sheet) -> Iterator[Recomputation]:
    """Each thing is in one class, so the shares of all classes add up to 100%, give or take the rounding of each.

    A list that may leave out a class is only tested for too large a sum. Needs the classes of the shares and, to
    explain a sum, their counts (``about``).
    """
    for one in class_lists(sheet):
        shares, whole = one.shares, _stated_whole(sheet, one)
        total = sum((share.value for share in shares), Fraction(0))
        if len(shares) < max(len(one.entries), 3) or any(share.qualifier != "exact" for share in shares):
            continue
        closed = one.complete or (whole is not None and whole == one.total())
        open_ended = any(missing.optional for missing in one.missing)
        if total < 100 and (total < LEAST or not closed or (open_ended and total < 100 - UNLISTED)):
            continue
        result = arithmetic.class_sum(shares, HALVES)
        if not result.ok:
            if _common_base(sheet, one):
                continue
            rest = "a further class that is not listed may make up the rest" if open_ended and total < 100 else ""
            result = replace(result, explanation=_why_not_100(sheet, one, result.explanation) or rest)
        yield Recomputation("class_sum", shares[0], result, stated=total, others=shares[1:])


def class_base(sheet: Sheet) -> Iterator[Recomputation]:
    """Counts of classes that do not make up the stated stock leave some out, and the shares then have another base.

    Most of a stock is classified; a stock more than twice as large is of something else.
    """
    for one in class_lists(sheet):
        total, stock = one.total(), _stock(sheet, one)
        if total is not None and stock is not None and one.complete:
            result = arithmetic.class_base(one.counts, stock)
            if total != _stated_whole(sheet, one) and stock.value < 2 * total:
                yield Recomputation("class_base", stock, result, others=one.counts)


def listed_share(sheet: Sheet) -> Iterator[Recomputation]:
    """The shares of a class list are of one whole: the stated one, else the sum of the classes.

    Reported as ``part_whole_share``. Where all shares are of another stock of the paragraph, that is one finding, on
    the largest share.
    """
    for one in class_lists(sheet):
        base, judged = _judged(sheet, one)
        if base is None:
            continue
        wrong = [case for case in judged if not case[-1].ok]
        common = _common_base(sheet, one) if wrong else None
        largest = max(wrong, key=lambda case: case[1].value)[1] if common else None
        for count, share, result in judged:
            if not result.ok:
                why = f"{say(share)}, like the other shares of the list, is of {say(common)}" if common else ""
                result = replace(result, explanation=why or _reading(sheet, one, base, count, share, result))
            others, told = [count, *one.counts, *([common] if common else [])], largest in (None, share)
            yield Recomputation("part_whole_share", share, result, others=others, told_with_another=not told)


def _class_of(sheet: Sheet, figure: Figure, partition: str) -> str:
    """The class of a partition that the figure counts, or an empty string.

    The first class decides whose words stand in the subject; else the indicator; else the words beside the figure,
    which follow a count and precede a share that stands alone.
    """
    named = next((one for one in classes() if figure.indicator and figure.indicator in one.stock), None)
    beside = sheet.words_before(figure) if figure.measure == "share" else sheet.words_after(figure)
    for text in (figure.subject, "" if named else beside):
        for one in classes():
            if one.partition in ("", partition) and one.words.search(text):
                return one.name
    return named.name if named is not None and named.partition == partition else ""


def _entries(sheet: Sheet, row: Sequence[Figure], partition: str) -> Iterator[tuple[Entry, ...]]:
    """The entries of a sentence in order, cut where a class comes again: then another whole is being listed."""
    run: list[Entry] = []
    for figure in row:
        if figure.role == "target" or (figure.part_of and sheet.whole(figure) in [entry.count for entry in run]):
            continue
        entry = _entry(sheet, figure, partition)
        if entry is None:
            continue
        if entry.name in [earlier.name for earlier in run]:
            yield tuple(run)
            run = []
        run.append(entry)
    yield tuple(run)


def _entry(sheet: Sheet, figure: Figure, partition: str) -> Entry | None:
    if figure.unit == "count" and figure.measure == "amount" and partition != "economy":
        name = _class_of(sheet, figure, partition)
        shares = [share for share in sheet.qualifying(figure, measure="share") if is_share(share)]
        return Entry(name, figure, shares[0] if shares else None) if name else None
    about = sheet.subject(figure)
    if is_share(figure) and (about is None or about.unit != "count"):
        name = _class_of(sheet, figure, partition)
        return Entry(name, None, figure) if name else None
    return None


def _of(count: Figure, share: Figure, base: Base) -> Result:
    """Whether the share is that of the count in a base."""
    return arithmetic.part_whole_share(count, base, share, HALVES)


def _why_not_100(sheet: Sheet, one: ClassList, why: str) -> str:
    """The reading under which the shares hold although their sum is not 100%: readings of the shares come first."""
    base, judged = _judged(sheet, one)
    cut = arithmetic.class_sum(one.shares, "truncate").ok
    if not cut and base is not None and len(one.pairs) == len(one.entries):
        readings = [_reading(sheet, one, base, *case) for case in judged if not case[-1].ok]
        if readings and all(readings):
            return "; ".join(readings)
    return why


@lru_cache(maxsize=16)  # the lists of one sheet, whose shares and whose sum are asked about in turn
def _judged(sheet: Sheet, one: ClassList) -> tuple[Base | None, list[tuple[Figure, Figure, Result]]]:
    """The whole of a list, if it is known, and each count and share with what the whole makes of it.

    It is the stated one, else the classes together if at least two shares, and half of them, are shares of their sum.
    """
    whole = _stated_whole(sheet, one)
    base: Base | None = whole if whole is not None or not one.total() else one.counts
    if base is None:
        return None, []
    judged = [(*pair, _of(*pair, base)) for pair in one.pairs]
    holding = sum(result.ok for _, _, result in judged)
    known = whole is not None or (holding >= 2 and 2 * holding >= len(judged))
    return (base, judged) if known else (None, [])


def _reading(sheet: Sheet, one: ClassList, base: Base, count: Figure, share: Figure, result: Result) -> str:
    """The reading under which a share that is not of the base holds; empty where there is none."""
    whole = base if isinstance(base, Fraction) else _sum(base)
    point = quotient(count, whole).compute("half_up")
    others = (said(share, reading) for reading in _other_bases(sheet, one, count, whole))
    nested = (said(share, quotient(run, whole)) for run in one.runs if count in (run[0], run[-1]))
    return explain(share, result, point, bases=others, nested=nested)


def _sum(base: Figure | Sequence[Figure]) -> Fraction:
    parts = [base] if isinstance(base, Figure) else base
    return sum((part.value for part in parts), Fraction(0))


def _other_bases(sheet: Sheet, one: ClassList, count: Figure, tried: Fraction) -> Iterator[Reading]:
    """Other wholes of a class: stocks nearby, and the sums of neighbouring classes that include it."""
    for stock in sheet.nearby(count):
        if stock.counted and stock.value != tried and stock.value > count.value and stock not in one.counts:
            yield quotient(count, stock)
    yield from (quotient(count, run) for run in one.runs if count in run and len(run) < len(one.counts))


def _common_base(sheet: Sheet, one: ClassList) -> Figure | None:
    """A stock nearby, other than the stated whole, of which every share of the list is a share."""
    whole = _stated_whole(sheet, one)
    for stock in sheet.nearby(one.pairs[0][0]) if 1 < len(one.pairs) == len(one.entries) else ():
        other = stock.counted and stock.value != whole and stock not in one.counts
        if other and all(_of(*pair, stock).ok for pair in one.pairs):
            return stock
    return None


def _stated_whole(sheet: Sheet, one: ClassList) -> Fraction | None:
    """The whole stated for the list: the one that all counts are linked to, else their sum right before."""
    wholes = {count.part_of for count in one.counts}
    whole = sheet.by_id.get(wholes.pop()) if len(wholes) == 1 else None
    if whole is None and one.counts:
        before = sheet.before(one.counts[0])
        whole = before if before is not None and before.value == one.total() else None
    return whole.value if whole is not None and whole.counted else None


def _stock(sheet: Sheet, one: ClassList) -> Figure | None:
    """The stock of those that could be classified, stated shortly before the list."""
    for count in one.counts:
        wanted = {row.stock[count.indicator] for row in classes() if count.indicator in row.stock} - {""}
        for near in sheet.nearby(count) if wanted else ():
            if near.indicator in wanted and near.counted and near.role == "achieved" and near.start < count.start:
                return near if near.place == count.place else None
    return None
