"""Lists of classes in one sentence: "8 excellently completed their tasks (18.2%), 29 completed them well (65.9%)".

A class is known by the indicator of a figure, else by words of ``classes.csv`` in its subject, else by the words right
beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from analysis.checks.findings import pattern
from analysis.checks.shares import is_share
from analysis.checks.sheet import Sheet
from analysis.figure import Figure
from analysis.lexicon import rows

__all__ = ["ClassList", "Entry", "class_lists", "class_of", "classes", "partition_of"]

RATED = ("task_rating", "economy")  # the partitions whose shares are listed, and must add up to 100%


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


@dataclass(frozen=True)
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
    def complete(self) -> bool:
        """Whether no class is missing that a list of this kind must have."""
        names = {entry.name for entry in self.entries}
        return all(one.name in names or one.optional for one in classes() if one.partition == self.partition)

    @property
    def optional_missing(self) -> bool:
        """Whether a class is missing that such a list may leave out."""
        names = {entry.name for entry in self.entries}
        return any(one.optional and one.name not in names for one in classes() if one.partition == self.partition)

    def total(self) -> Fraction | None:
        """The sum of the counts, where every class has an exact one."""
        if len(self.counts) < len(self.entries) or not all(count.counted or not count.value for count in self.counts):
            return None
        return sum((count.value for count in self.counts), Fraction(0))


@cache
def classes() -> tuple[Class, ...]:
    """The rows of ``classes.csv``, in order."""
    return tuple(
        Class(
            partition=row["partition"],
            name=row["class"],
            optional=row["optional"] == "yes",
            stock=dict(zip(row["indicators"].split(";"), row["stock"].split(";"), strict=False))
            if row["indicators"]
            else {},
            words=pattern(row["words"].split(";")),
        )
        for row in rows("checks/classes")
    )


def class_of(sheet: Sheet, figure: Figure, partition: str) -> str:
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


def partition_of(sheet: Sheet, figures: Sequence[Figure]) -> str:
    """The partition in which the figures count different classes each, or an empty string."""
    for partition in dict.fromkeys(one.partition for one in classes() if one.partition):
        names = [class_of(sheet, figure, partition) for figure in figures]
        if all(names) and len(set(names)) == len(names):
            return partition
    return ""


@lru_cache(maxsize=1)  # four checks in a row ask for those of one sheet
def class_lists(sheet: Sheet) -> list[ClassList]:
    """The class lists of a report: three classes or more of one partition in one sentence."""
    lists = []
    for row in sheet.sentences.values():
        if sum(is_share(figure) for figure in row) >= 2 or len(row) >= 3:
            for partition in RATED:
                lists += [ClassList(partition, run) for run in _runs(sheet, row, partition) if len(run) >= 3]
    return lists


def _runs(sheet: Sheet, row: Sequence[Figure], partition: str) -> Iterator[tuple[Entry, ...]]:
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
        name = class_of(sheet, figure, partition)
        shares = [share for share in sheet.qualifying(figure, measure="share") if is_share(share)]
        return Entry(name, figure, shares[0] if shares else None) if name else None
    about = sheet.subject(figure)
    if is_share(figure) and (about is None or about.unit != "count"):
        name = class_of(sheet, figure, partition)
        return Entry(name, None, figure) if name else None
    return None
