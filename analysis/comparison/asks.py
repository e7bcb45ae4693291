"""What a next target asks for beside the result that has been reached, and what speaks against comparing the two.

>>> asks("below"), asks("below", direction="lower")
('less', 'more')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.figure import words
from analysis.formatting import count, every, join, period
from analysis.lexicon import phrase

__all__ = ["ASKS", "asked", "asks", "next_pairs"]

ASKS = {"less": "below", "the same": "equal", "more": "above", "too close to tell": "undetermined"}
"""What a next target asks for, and the verdict of the outlook that says so where more is better."""

_NEW_STANDARD = phrase("by_new_standard")
_FAR = 1.5  # times as long; a term beside a year
_STRANGE = 3  # times as much in the next year or term
_Row = Mapping[Any, Any]


def asks(verdict: str, direction: str = "higher") -> str:
    """What a next target asks for, seen from the result already reached: a lower poverty rate asks for more.

    Args:
        verdict: where the target lies: ``above``, ``equal``, ``below`` or ``undetermined``.
        direction: whether ``higher`` or ``lower`` is better.

    >>> asks("below"), asks("below", "lower"), asks("equal", "lower"), asks("undetermined")
    ('less', 'more', 'the same', 'too close to tell')
    """
    flipped = {"above": "below", "below": "above"}.get(verdict, verdict) if direction == "lower" else verdict
    return {there: what for what, there in ASKS.items()}.get(flipped, "too close to tell")


def next_pairs(outlook: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The outlook with what each target ``asks`` for, and a ``caution`` where the two may not measure the same.

    What a target asks for is seen from the result: ``less``, ``the same`` or ``more``, where less is better the other
    way round. Those that ask for less come first.

    Args:
        outlook: the table of that name.
        figures: the table that it was made of.
    """
    columns = ["figure_id", "role", "subject", "sentence", "period_start", "period_end"]
    known = {row["figure_id"]: row for row in figures[columns].to_dict("records")}
    wanted = [asks(*cells) for cells in zip(outlook["verdict"].astype(str), outlook["direction"], strict=True)]
    cautions = [
        "; ".join([*_cautions([known[one] for one in row["figure_ids"] if one in known]), *_apart(row)])
        for row in outlook.to_dict("records")
    ]
    made = outlook.assign(asks=wanted, caution=pd.Series(cautions, index=outlook.index, dtype="string"))
    return made.sort_values("asks", key=lambda column: column.map(list(ASKS).index), kind="stable")


def asked(targets: Sequence[str]) -> str:
    """How many next targets ask for how much.

    >>> asked(["less", "more", "less"]), asked(["the same"])
    ('Of 3 next targets, 2 ask for less than what was reached and 1 for more', 'The one next target asks for the same')
    >>> asked(["more", "more"]), asked(["too close to tell", "less"])
    ('Both next targets ask for more',
     'Of 2 next targets, 1 asks for less than what was reached and 1 is too close to tell')
    """
    found = [(targets.count(what), what) for what in ASKS if what in targets]
    if not found:
        return "No report sets a target for a later period beside a result for the same thing"
    last = {"less": "for less than what was reached", "too close to tell": "too close to tell"}
    if len(found) == 1:
        n, what = found[0]
        verb = ("is" if n == 1 else "are") if what == "too close to tell" else "asks" if n == 1 else "ask"
        return f"{every(n, 'next target')} {verb} {last.get(what, f'for {what}')}"
    parts: list[str] = []
    for n, what in found:
        if what == "too close to tell":
            verb = "is " if n == 1 else "are "
        else:
            verb = "" if parts else "asks " if n == 1 else "ask "
        parts.append(f"{n:,} {verb}{last.get(what, f'for {what}')}")
    return f"Of {count(len(targets), 'next target')}, {join(parts)}"


def _apart(row: _Row) -> list[str]:
    """A target of a year beside the result of a term shows in amounts that are far apart."""
    amounts = sorted([row["target"], row["achieved"]])
    if row["unit"] in ("%", "pp") or not 0 < _STRANGE * amounts[0] < amounts[1]:
        return []
    return ["they are far apart: one may be for a year, the other for several"]


def _cautions(figures: list[_Row]) -> list[str]:
    """Why the two sides may not be comparable: other words, a period of another length, a result not final."""
    target = next((one for one in figures if one["role"] == "target"), None)
    result = next((one for one in figures if one["role"] != "target"), None)
    told: list[str] = []
    if target is None or result is None:
        return told
    mine, other = words(target["subject"]), words(result["subject"])
    if not (mine <= other or other <= mine or 2 * len(mine & other) >= len(mine | other)):
        told.append(f"the target is for “{target['subject']}”, the result of “{result['subject']}”")
    if _NEW_STANDARD.search(target["sentence"]) and not _NEW_STANDARD.search(result["sentence"]):
        told.append("the target is by a new standard")
    lengths = [_days(one) for one in (target, result)]
    if min(lengths) > 0 and max(lengths) > _FAR * min(lengths):
        spans = [period(one["period_start"], one["period_end"]) for one in (target, result)]
        told.append(f"the target is for {spans[0]}, the result of {spans[1]}")
    if result["role"] == "projected":
        told.append("the result is a projection")
    return told


def _days(figure: _Row) -> int:
    """The length of its period, none where it is open, unknown or a day."""
    start, end = figure["period_start"], figure["period_end"]
    return 0 if pd.isna(start) or pd.isna(end) else int((end - start).days)
