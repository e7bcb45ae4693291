"""The rows of the table ``figures`` as exact records, and when two of them can be set against each other.

>>> import pandas as pd
>>> table = pd.DataFrame({"figure_id": ["r:1"], "report": ["r"], "value": [58.7], "low": [58.65], "high": [58.75],
...                       "unit": ["%"], "measure": ["attainment"], "role": ["achieved"]})
>>> read(table)[0].value, read(table)[0].span
(Fraction(587, 10), Interval(58.65, 58.75))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import copysign, inf, isinf, isnan

import pandas as pd

from analysis.intervals import Interval, exact
from analysis.lexicon import alternation, rows

__all__ = ["Figure", "by_report", "days", "meaning", "read", "same_rate", "same_unit", "words"]

RESULTS = frozenset({"achieved", "projected"})
LEVELS = frozenset({"amount", "share", "score", "change", "rank"})
STOCKS = frozenset({"amount", "share", "score"})
STATEMENTS = frozenset({"attainment", "margin"})
POINTS = frozenset({"%", "pp"})
TIMES = frozenset({"year", "quarter", "month", "day"})
YEAR = 366
HUGE = 1e60

_WORD = re.compile(r"\w+")
_FILLERS = frozenset({"the", "and", "for", "its", "all", "total", "with", "that", "are", "of", "in"})
_NEEDED = ("figure_id", "value", "measure", "role")
_TEXTS = ("figure_id", "report", "place", "place_level", "subject", "indicator", "unit", "per", "measure", "role")
_MORE_TEXTS = ("qualifier", "whole", "set_by", "about", "part_of", "sentence")
_NUMBERS = ("value", "low", "high", "out_of", "step", "sign", "sentence_start")
_DATES = ("period_start", "period_end", "report_date")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of ``figures`` with exact numbers; a blank cell is an empty string or None."""

    id: str
    order: int
    report: str
    place: str
    place_level: str
    subject: str
    indicator: str
    unit: str
    per: str
    measure: str
    role: str
    qualifier: str
    whole: str
    set_by: str
    about: str
    part_of: str
    value: Fraction
    span: Interval
    out_of: Fraction | None
    step: Fraction | None
    sign: int
    sentence: tuple[float, str] | None
    start: date | None
    end: date | None
    report_date: date | None

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
        return self.end or self.report_date or self.start


def read(figures: pd.DataFrame) -> list[Figure]:
    """The figures as records, in the table's order; rows without a value are left out.

    Args:
        figures: the table; of the contract's columns those that are missing count as blank.

    Raises:
        ValueError: the table has no column ``figure_id``, ``value``, ``measure`` or ``role``.
    """
    missing = [name for name in _NEEDED if name not in figures.columns]
    if missing:
        lacking = ", ".join(missing)
        raise ValueError(f"The table figures lacks the columns {lacking}; add them or extract the table again.")
    cells: dict[str, Sequence[object]] = {name: _texts(figures, name) for name in (*_TEXTS, *_MORE_TEXTS)}
    cells |= {name: _numbers(figures, name) for name in _NUMBERS} | {name: _days(figures, name) for name in _DATES}
    records = (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))
    return [_figure(order, record) for order, record in enumerate(records) if _is_number(record["value"])]


def by_report(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The figures of each report, in the order in which the reports first occur."""
    reports: dict[str, list[Figure]] = {}
    for figure in figures:
        reports.setdefault(figure.report, []).append(figure)
    return list(reports.values())


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
    left, right = set(one.per.split()), set(other.per.split())
    if left - TIMES and right - TIMES and left - TIMES != right - TIMES:
        return False
    if left & TIMES == right & TIMES:
        return True
    unsaid = one if right & TIMES else other
    return (left | right) & TIMES == {"year"} and not set(unsaid.per.split()) & TIMES and days(unsaid) <= YEAR


def days(figure: Figure) -> int:
    """How many days its period has, both ends counted; 0 where it is not known."""
    return 0 if figure.start is None or figure.last_day is None else (figure.last_day - figure.start).days + 1


def meaning(kind: str, subject: str) -> str:
    """What words of a subject mean by the data file ``comparison_words.csv``, or nothing.

    Args:
        kind: ``direction`` (is lower better) or ``whole`` (what M is in N of M).
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


def _texts(figures: pd.DataFrame, name: str) -> list[str]:
    if name not in figures.columns:
        return [""] * len(figures)
    return ["" if cell is None or cell != cell or cell is pd.NA else str(cell) for cell in figures[name].tolist()]


def _numbers(figures: pd.DataFrame, name: str) -> list[float | None]:
    if name not in figures.columns:
        return [None] * len(figures)
    return [_in_reach(number) for number in pd.to_numeric(figures[name]).astype("float64").tolist()]


def _is_number(cell: object) -> bool:
    return isinstance(cell, float) and not isinf(cell)


def _in_reach(number: float) -> float | None:
    """The number, nothing for NaN; beyond all reports it is infinite, so that quotients fit into the table's floats."""
    if isnan(number):
        return None
    if abs(number) >= HUGE:
        return copysign(inf, number)
    return number if abs(number) > 1 / HUGE else 0.0


def _days(figures: pd.DataFrame, name: str) -> list[date | None]:
    if name not in figures.columns:
        return [None] * len(figures)
    column = pd.to_datetime(figures[name]).tolist()
    return [None if moment is None or pd.isna(moment) else moment.date() for moment in column]


def _figure(order: int, row: dict[str, object]) -> Figure:
    texts = {name: str(row[name]) for name in (*_TEXTS, *_MORE_TEXTS)}
    numbers = {name: cell for name in _NUMBERS if isinstance(cell := row[name], float)}
    dates = {name: cell if isinstance(cell := row[name], date) else None for name in _DATES}
    value = numbers["value"]
    span = Interval.of(numbers.get("low", value), numbers.get("high", value))
    short = texts["measure"] == "margin" and value < 0  # a table typed by hand has no column for the sign
    sentence = numbers.get("sentence_start", 0.0), texts["sentence"]
    return Figure(
        id=texts["figure_id"],
        order=order,
        report=texts["report"],
        place=texts["place"],
        place_level=texts["place_level"],
        subject=texts["subject"],
        indicator=texts["indicator"],
        unit=texts["unit"],
        per=texts["per"],
        measure=texts["measure"],
        role=texts["role"],
        qualifier=texts["qualifier"] or "exact",
        whole=texts["whole"] or (meaning("whole", texts["subject"]) if "out_of" in numbers else ""),
        set_by=texts["set_by"],
        about=texts["about"],
        part_of=texts["part_of"],
        value=-exact(value) if short else exact(value),
        span=-span if short else span,
        out_of=exact(numbers["out_of"]) if _is_number(row["out_of"]) else None,
        step=exact(numbers["step"]) if _is_number(row["step"]) else None,
        sign=-1 if short or numbers.get("sign", 1.0) < 0 else 1,
        sentence=sentence if any(sentence) else None,
        start=dates["period_start"],
        end=dates["period_end"],
        report_date=dates["report_date"],
    )
