"""What every check shares: its row in ``checks.csv``, the finding it gives, and numbers put into words.

>>> RULES["over_whole"].severity
'error'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from analysis.checks.amounts import decimals, measured, numeral, percents
from analysis.checks.sheet import Level
from analysis.figure import Figure
from analysis.intervals import Interval
from analysis.lexicon import rows

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "decimals",
    "digits",
    "finding",
    "level",
    "measured",
    "numeral",
    "out_of",
    "percents",
    "say",
    "words",
]

LOOSE = {
    "about": "about ",
    "almost": "almost ",
    "over": "over ",
    "at_least": "at least ",
    "under": "under ",
    "at_most": "at most ",
}


@dataclass(frozen=True)
class Rule:
    """One row of ``checks.csv``: the id of a check, how grave its findings are, what it tests and why."""

    id: str
    severity: str
    rule: str
    why: str
    source: str


@dataclass(frozen=True)
class Finding:
    """One row of the findings table."""

    finding_id: str
    report: str
    place: str
    check: str
    severity: str
    message: str
    stated: float | None
    recomputed_low: float | None
    recomputed_high: float | None
    explanation: str
    figure_ids: tuple[str, ...]
    start: int
    end: int
    quote: str
    unit: str = ""
    per: str = ""


RULES: Mapping[str, Rule] = {row["id"]: Rule(**row) for row in rows("checks/checks")}


@cache
def words(kind: str) -> re.Pattern[str]:
    """One pattern for all words of a kind in ``check_words.csv``; a star stands for any ending.

    >>> bool(words("negated").search("targets that were not achieved"))
    True
    """
    found = sorted((row["words"] for row in rows("checks/check_words") if row["kind"] == kind), key=len, reverse=True)
    return pattern(found)


def pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern for some phrases, as whole words, whatever the case; it matches nothing where there is none."""
    parts = [re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


def finding(
    check: str,
    figure: Figure,
    message: str,
    *,
    stated: Fraction | None = None,
    found: Interval | None = None,
    explanation: str = "",
    others: Sequence[Figure] = (),
    severity: str = "",
) -> Finding:
    """The finding of a check on one figure; an error with an explanation is a warning.

    Args:
        check: the id of the rule.
        figure: the figure concerned, whose words are quoted.
        message: one sentence without its full stop: what was computed from what, and what the report gives.
        stated: the figure as stated where it is not the figure's own value, such as a sum.
        found: what the other figures allow, in the same unit.
        explanation: the reading under which the figures agree, as a clause; the message does not repeat it.
        others: the other figures involved.
        severity: where it is not the rule's own.
    """
    severity = severity or RULES[check].severity
    ids = dict.fromkeys([figure.figure_id, *(one.figure_id for one in others)])
    return Finding(
        finding_id=f"{figure.report}:{check}:{figure.start}",
        report=figure.report,
        place=figure.place,
        check=check,
        severity="warning" if severity == "error" and explanation else severity,
        message=f"{message}.",
        stated=float(abs(figure.value) if stated is None else stated),
        recomputed_low=None if found is None else float(found.low),
        recomputed_high=None if found is None else float(found.high),
        explanation=explanation,
        figure_ids=tuple(ids),
        start=figure.start,
        end=figure.end,
        quote=figure.quote,
        unit=figure.unit,
        per=figure.per,
    )


def digits(figure: Figure) -> str:
    """The figure's digits as written, without sign and thousands marks."""
    return numeral(abs(figure.value), decimals(figure.step)).replace(",", "")


def say(figure: Figure) -> str:
    """The figure in words: digits and unit for counts and rates, the report's own words for the rest."""
    number = LOOSE.get(figure.qualifier, "") + numeral(abs(figure.value), decimals(figure.step))
    if figure.unit in ("%", "count", "rank", "point", ""):
        return number + ("%" if figure.unit == "%" else "")
    if figure.unit == "pp":
        return f"{number} percentage points"
    return " ".join(figure.quote.split()) or measured(figure.value, figure.unit)


def out_of(part: Level, whole: Level) -> str:
    """One level of another in words: ``524 of 2,847``, or the report's own ``241.3/268.7 billion VND``."""
    if whole.of and part.figure is whole.figure and part.figure.unit != "count":
        return " ".join(part.figure.quote.split())
    return f"{level(part)} of {level(whole)}"


def level(one: Level) -> str:
    """A level in words."""
    return measured(one.value, one.figure.unit) if one.of or one.figure.out_of is not None else say(one.figure)
