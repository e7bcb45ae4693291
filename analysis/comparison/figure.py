"""A row of the table ``figures`` as an exact record, and when two of them can be set against each other.

>>> import pandas as pd
>>> table = pd.DataFrame({"figure_id": ["r:1"], "report": ["r"], "value": [58.7], "low": [58.65], "high": [58.75],
...                       "unit": ["%"], "measure": ["attainment"], "role": ["achieved"], "step": [0.1]})
>>> figure, = figures_of(table)
>>> figure.value, figure.span, figure.as_stated("half_up")
(Fraction(587, 10), Interval[58.65, 58.75], Interval[58.65, 58.75))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from math import copysign, inf, isnan
from typing import Any

import pandas as pd

from analysis.intervals import AS_WRITTEN, Interval, Number, exact, unround
from analysis.lexicon import alternation, rows
from analysis.schema import FIGURES

__all__ = ["RESULTS", "Figure", "by_report", "days", "figures_of", "meaning", "same_rate", "same_unit", "words"]

RESULTS = frozenset({"achieved", "projected"})
LEVELS = frozenset({"amount", "share", "score", "change", "rank"})
STOCKS = frozenset({"amount", "share", "score"})
STATEMENTS = frozenset({"attainment", "margin"})
POINTS = frozenset({"%", "pp"})
TIMES = frozenset({"year", "quarter", "month", "day"})
SET_EXACTLY = frozenset({"%", "pp", "point", "rank", "times", "count"})  # units whose targets are set to the last digit
YEAR = 366
HUGE = 1e60

_WORD = re.compile(r"\w+")
_FILLERS = frozenset({"the", "and", "for", "its", "all", "total", "with", "that", "are", "of", "in"})
_NEEDED = ("figure_id", "value", "measure", "role")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of ``figures`` with exact numbers, named as its columns are; a blank cell is an empty string or None.

    ``step`` is 0 where the table does not say to which digit the number was written, ``order`` the row's number.
    """

    order: int
    figure_id: str
    report: str
    start: int
    end: int
    quote: str
    sentence: str
    value: Fraction
    low: Number
    high: Number
    qualifier: str
    unit: str
    per: str
    subject: str
    indicator: str
    measure: str
    role: str
    out_of: Fraction | None
    place: str
    place_level: str
    period_start: date | None
    period_end: date | None
    step: Fraction
    sign: int
    whole: str
    set_by: str
    about: str
    part_of: str
    link: str
    measure_cue: str
    sentence_start: int
    wording: str
    report_date: date | None
    unfinished: bool = False  # whether the report, though it has no date, was written before the period was over
    period_source: str = ""
    better: str = ""  # higher or lower, where somebody says so who knows better than the codebook

    @property
    def span(self) -> Interval:
        """The values that its words allow."""
        return Interval(self.low, self.high)

    @property
    def sentence_key(self) -> tuple[int, str] | None:
        """What the figures of one sentence have in common; nothing where the table has no sentences."""
        return (self.sentence_start, self.sentence) if self.sentence_start or self.sentence else None

    @property
    def is_result(self) -> bool:
        """Whether it is a level that was reached or is projected."""
        return self.role in RESULTS and self.measure in LEVELS

    @property
    def is_target(self) -> bool:
        """Whether it is a level that is aimed at."""
        return self.role == "target" and self.measure in LEVELS

    @property
    def is_statement(self) -> bool:
        """Whether it says how a result stands to a target: an attainment or a margin, nobody else's."""
        return self.role in RESULTS and self.measure in STATEMENTS

    @property
    def last_day(self) -> date | None:
        """The last day it can speak of: an open end reaches to the day of the report."""
        return self.period_end or self.report_date or self.period_start

    @property
    def bounded(self) -> bool:
        """Whether both ends of what the words allow are finite."""
        return not (isinstance(self.low, float) or isinstance(self.high, float))  # no fraction is endless

    @property
    def computable(self) -> bool:
        """Whether others can be computed from it: a plan of more than 40 billion counts as the 40 that are written."""
        return self.bounded or self.role == "target"

    @property
    def rounded(self) -> bool:
        """Whether the number is known to half a unit of its last digit, rather than exact or loosened by a word."""
        return self.qualifier == "exact" and self.bounded and self.low < self.high

    @property
    def counted(self) -> bool:
        """Whether it is an exact whole number of things."""
        whole = self.unit == "count" and self.measure == "amount" and self.value.denominator == 1
        return whole and self.qualifier == "exact" and not self.rounded and self.value > 0

    @property
    def kind(self) -> str:
        """The measure; shares, scores and attainments in per cent are one kind, which words hardly tell apart."""
        return "rate" if self.unit == "%" and self.measure in ("share", "score", "attainment") else self.measure

    def like(self, other: Figure) -> bool:
        """Whether two levels can be compared: the same unit, per the same thing."""
        return self.unit == other.unit and self.per == other.per

    def since(self, other: Figure) -> bool:
        """Whether its period is not over before that of the other begins."""
        return self.period_end is None or other.period_start is None or self.period_end >= other.period_start

    def as_operand(self, rounding: str) -> Interval:
        """The true values behind the figure where others are computed from it, under a rounding rule or ``AS_WRITTEN``.

        A target in per cent or as a count is set, not measured, so it is exact; in money it may be quoted in round
        numbers, but nobody cuts off its digits.
        """
        if self.bounded and self.high - self.low not in (0, self.step):
            return self.span  # what a qualifier allows, or a target that is itself a range
        if self.bounded and self.qualifier != "exact" and self.role != "target" and rounding != AS_WRITTEN:
            return self.span  # a whole unit of its last digit: over 196 billion
        set_exactly = self.role == "target" and (self.unit in SET_EXACTLY or self.qualifier != "exact")
        if rounding == AS_WRITTEN or set_exactly or not (self.rounded or self.role == "target"):
            return Interval.of(self.value)
        cut = rounding == "truncate" and self.role == "target"
        return unround(self.value, self.step, "half_up" if cut else rounding)

    def as_stated(self, rounding: str) -> Interval:
        """The true values behind the figure where it is the one in question, sign aside."""
        if self.qualifier != "exact" and self.bounded:
            return abs(self.span)
        if self.unit == "count" and not self.rounded and not self.per:
            return Interval.of(abs(self.value))  # a rate per something is a quotient, so it was rounded
        return unround(abs(self.value), self.step, rounding)


def figures_of(table: pd.DataFrame, directions: Mapping[str, str] | None = None) -> list[Figure]:
    """The rows of the table as records, in its order; rows without a value are left out.

    Args:
        table: a table of figures; of the contract's columns those that are missing count as blank.
        directions: ``higher`` or ``lower`` by indicator, where it is not to be the codebook's.

    Raises:
        ValueError: the table has no column ``figure_id``, ``value``, ``measure`` or ``role``.
    """
    missing = [name for name in _NEEDED if name not in table.columns]
    if missing:
        lacking = ", ".join(missing)
        raise ValueError(f"The table figures lacks the columns {lacking}; add them or extract the table again.")
    number = lru_cache(maxsize=None)(_number)  # most numbers of a table come again in its columns
    cells = {name: _cells(table, name, number) for name in Figure.__slots__ if name not in ("order", "better")}
    read = (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))
    figures = (_figure(order, row) for order, row in enumerate(read) if row["value"] is not None)
    wanted = directions or {}
    return [replace(one, better=wanted[one.indicator]) if one.indicator in wanted else one for one in figures]


def by_report(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The figures of each report, in the order in which the reports first occur."""
    reports: dict[str, list[Figure]] = {}
    for figure in figures:
        reports.setdefault(figure.report, []).append(figure)
    return list(reports.values())


@lru_cache(maxsize=100_000)  # subjects are held against one another
def words(subject: str) -> frozenset[str]:
    """The words that tell subjects apart: in lower case, without fillers and plurals.

    >>> words("the new party members") == words("New party member")
    True
    """
    found = (word.removesuffix("s") for word in _WORD.findall(subject.casefold()) if word not in _FILLERS)
    return frozenset(word for word in found if len(word) > 1)


def same_unit(one: Figure, other: Figure) -> bool:
    """Whether the units agree; of changes, per cent and percentage points do: the texts confuse them."""
    points = {one.unit, other.unit} <= POINTS and one.measure == other.measure == "change"
    return one.unit == other.unit or points


def same_rate(one: Figure, other: Figure) -> bool:
    """Whether what they are per agrees; unsaid on one side it does, a yearly rate with the level of one year too."""
    if one.per == other.per:
        return True
    left, right = set(one.per.split()), set(other.per.split())
    if left - TIMES and right - TIMES and left - TIMES != right - TIMES:
        return False
    if left & TIMES == right & TIMES:
        return True
    unsaid = one if right & TIMES else other
    return (left | right) & TIMES == {"year"} and not set(unsaid.per.split()) & TIMES and days(unsaid) <= YEAR


def days(figure: Figure) -> int:
    """How many days its period has, both ends counted; 0 where it is not known."""
    start, last = figure.period_start, figure.last_day
    return 0 if start is None or last is None else (last - start).days + 1


def meaning(kind: str, subject: str) -> str:
    """What words of a subject mean by the data file ``comparison_words.csv``, or nothing.

    Args:
        kind: ``direction`` (is lower better), ``whole`` (what M is in N of M), ``unfinished`` or ``term``.
        subject: the subject in the report's words.

    >>> meaning("direction", "dossiers settled late"), meaning("whole", "citizens received"), meaning("whole", "boats")
    ('lower', 'caseload', '')
    """
    pattern, known = _phrases(kind)
    hit = pattern.search(" ".join(subject.casefold().split()))
    return known[hit.group()] if hit else ""


@cache
def _phrases(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    known = {row["phrase"]: row["meaning"] for row in rows("indicators/comparison_words") if row["kind"] == kind}
    return re.compile(rf"\b(?:{alternation(known)})\b"), known


def _cells(table: pd.DataFrame, name: str, number: Callable[..., Number | None]) -> Sequence[Any]:
    """A column as plain objects: an empty string for missing words, None for missing numbers and dates."""
    dtype = FIGURES[name]
    if name not in table.columns:
        return ["" if dtype in ("string", "category") else None] * len(table)
    if dtype in ("string", "category"):
        return ["" if cell is None or cell != cell or cell is pd.NA else str(cell) for cell in table[name].tolist()]
    if dtype == "datetime64[ns]":
        return [None if pd.isna(moment) else moment.date() for moment in pd.to_datetime(table[name]).tolist()]
    ends = name in ("low", "high")
    return [number(cell, endless=ends) for cell in pd.to_numeric(table[name]).astype("float64").tolist()]


def _number(cell: float, *, endless: bool) -> Number | None:
    """The number, nothing for NaN; beyond all reports it is infinite, so that quotients fit into the table's floats."""
    if isnan(cell):
        return None
    if abs(cell) >= HUGE:
        return copysign(inf, cell) if endless else None
    return exact(cell) if abs(cell) > 1 / HUGE else Fraction(0)


def _figure(order: int, row: dict[str, Any]) -> Figure:
    value = row["value"]
    ends = [value if row[name] is None else row[name] for name in ("low", "high")]
    low, high = (end if end != never else value for end, never in ((min(ends), inf), (max(ends), -inf)))
    row |= {"low": low, "high": high, "qualifier": row["qualifier"] or "exact", "step": row["step"] or 0}
    row |= {name: int(row[name] or 0) for name in ("start", "end", "sentence_start")}
    row["unfinished"] = bool(row["unfinished"])
    row["sign"] = -1 if (row["sign"] or 1) < 0 else 1
    if row["measure"] == "margin" and value < 0:  # a table typed by hand has no column for the sign
        row |= {"value": -value, "low": -row["high"], "high": -row["low"], "sign": -1}
    if row["out_of"] is not None and not row["whole"]:
        row["whole"] = meaning("whole", row["subject"])
    return Figure(order, **row)
