"""Titles that state the finding, counted from the data, in the singular and the plural."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.labels import counted
from analysis.comparison.asks import asked
from analysis.formatting import count, every, join
from analysis.schema import OUTCOMES

__all__ = ["ahead_title", "coverage_title", "pairs_title", "recomputed_title", "verdict_title"]

_TOLD = {"projected": "projected to be reached"}
_VERBS = dict.fromkeys(("projected", "in progress", "undetermined"), "is")
MANY = {"was": "were", "is": "are"}


def verdict_title(outcomes: Sequence[str]) -> str:
    """How many targets went which way.

    >>> verdict_title(["missed", "exceeded", "met", "in progress", "missed"])
    'Of 5 targets, 1 was exceeded, 1 met and 2 missed; 1 is in progress'
    >>> verdict_title(["met", "projected", "missed"])
    'Of 3 targets, 1 was met and 1 missed; 1 is projected to be reached'
    >>> verdict_title(["met"]), verdict_title(["met", "met"]), verdict_title([])
    ('The one target compared was met', 'Both targets were met', 'No comparisons in these reports')
    """
    if not outcomes:
        return "No comparisons in these reports"
    found = [(n, _TOLD.get(outcome, outcome), _VERBS.get(outcome, "was")) for n, outcome in counted(outcomes, OUTCOMES)]
    if len(found) == 1:
        n, told, verb = found[0]
        return f"{every(n, 'target')}{' compared' if n == 1 else ''} {_verb(n, verb)} {told}"
    clauses = (_clause([(n, told) for n, told, own in found if own == verb], verb) for verb in ("was", "is"))
    return f"Of {count(len(outcomes), 'target')}, {'; '.join(filter(None, clauses))}"


def pairs_title(reached: Sequence[bool]) -> str:
    """How many results reach their targets.

    >>> pairs_title([True, False, False]), pairs_title([True, True]), pairs_title([True])
    ('1 of 3 results reaches its target', 'Both results reach their targets', 'The one result reaches its target')
    """
    n, yes = len(reached), sum(reached)
    if not n:
        return "No targets with results in these reports"
    if n == 1:
        return f"The one result {'reaches' if yes else 'does not reach'} its target"
    if not yes:
        return f"None of the {n:,} results reaches its target"
    who = every(n, "result") if yes == n else f"{yes:,} of {n:,} results"
    return f"{who} {'reaches its target' if yes == 1 else 'reach their targets'}"


def ahead_title(targets: Sequence[str]) -> str:
    """What the next targets ask for.

    >>> ahead_title(["more", "less", "less"]), ahead_title([])
    ('Of 3 next targets beside a result, 2 ask for less than the latest result and 1 for more',
     'No next targets in these reports')
    """
    return asked(targets) if targets else "No next targets in these reports"


def recomputed_title(outside: int, severities: Sequence[str]) -> str:
    """How many figures differ from what the other figures allow, and how grave that is.

    >>> recomputed_title(2, ["error", "note"])
    'Both figures differ from what the others allow: 1 error and 1 note'
    >>> recomputed_title(1, ["warning", "note", "note"])
    '1 of 3 figures differs from what the others allow: 1 warning and 2 notes'
    """
    n = len(severities)
    if not n:
        return "No findings with a recomputed figure in these reports"
    grave = join([count(k, severity) for k, severity in counted(severities, ("error", "warning", "note"))])
    some = f"{outside:,}" if outside else "None"
    who = every(n, "figure") if outside == n else f"{some} of {n:,} figures"
    return f"{who} {'differ' if outside > 1 else 'differs'} from what the others allow: {grave}"


def coverage_title(reports: int, places: int, figures: int, targets: int, years: tuple[int, int] | None) -> str:
    """How many figures there are, about whom and when, and how many of them are targets.

    >>> coverage_title(1, 2, 31, 1, (2020, 2025))
    '1 report states 31 figures for 2 places, 2020 to 2025; 1 is a target'
    """
    if not reports:
        return "No figures in these reports"
    what = count(figures, "figure")
    aims = "none is a target" if not targets else "1 is a target" if targets == 1 else f"{targets:,} are targets"
    where = f" for {count(places, 'place')}" if places else ""
    span = "" if years is None else f", {years[0]}" + (f" to {years[1]}" if years[1] > years[0] else "")
    return f"{count(reports, 'report')} {'states' if reports == 1 else 'state'} {what}{where}{span}; {aims}"


def _verb(n: int, verb: str) -> str:
    return verb if n == 1 else MANY[verb]


def _clause(parts: Sequence[tuple[int, str]], verb: str) -> str:
    """``12 were exceeded, 3 met and 5 missed``: the verb after the first number, and in its number."""
    told = [f"{n:,} {_verb(n, verb)} {what}" if i == 0 else f"{n:,} {what}" for i, (n, what) in enumerate(parts)]
    return join(told)
