"""What every check shares: its row in ``checks.csv``, the words it looks for, and the finding it gives.

>>> RULES["over_whole"].severity
'error'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from analysis.checks.results import Result
from analysis.figure import Figure
from analysis.lexicon import rows

__all__ = ["RULES", "Finding", "Rule", "finding", "pattern", "words"]


GRAVE = ("error", "warning")
WEAK = ("beside", "arithmetic", "inherited")  # links that the words of the report do not state
ASKS = "; or is one of these figures about something else?"

Finding = dict[str, Any]  # a row of the findings table


@dataclass(frozen=True)
class Rule:
    """One row of ``checks.csv``: the id of a check, how grave its findings are, what it tests and why."""

    id: str
    severity: str
    rule: str
    why: str
    source: str


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
    result: Result,
    *,
    others: Sequence[Figure] = (),
    stated: Fraction | None = None,
    severity: str = "",
) -> Finding:
    """The finding of a check on one figure; an error with an explanation is a warning.

    What rests on a link that the words do not state is no accusation: it is a note that asks.

    Args:
        check: the id of the rule.
        figure: the figure concerned, whose words are quoted.
        result: what the pure check says: the arithmetic, what the others allow, and a reading under which they agree.
        others: the other figures involved.
        stated: the figure as stated where it is not the figure's own value, such as a sum.
        severity: where it is not the rule's own.
    """
    severity = severity or RULES[check].severity
    weak = severity in GRAVE and any(one.link in WEAK for one in (figure, *others))
    if weak:
        severity = "note"
    ids = dict.fromkeys([figure.figure_id, *(one.figure_id for one in others)])
    return {
        "finding_id": f"{figure.report}:{check}:{figure.start}",
        "check": check,
        "severity": "warning" if severity == "error" and result.explanation else severity,
        "message": f"{result.message}{ASKS if weak else '.'}",
        "stated": float(abs(figure.value) if stated is None else stated),
        "recomputed_low": float(result.low),
        "recomputed_high": float(result.high),
        "explanation": result.explanation,
        "figure_ids": tuple(ids),
        **{name: getattr(figure, name) for name in ("report", "place", "start", "end", "quote", "unit", "per")},
    }
