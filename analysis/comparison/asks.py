"""What a next target asks for beside the result that has been reached, and what speaks against comparing the two.

>>> asks("below"), asks("below", direction="lower"), asks("below", is_bound=True)
('less', 'more', 'met already')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

import pandas as pd

from analysis.comparison.figure import words
from analysis.formatting import count, every, join, period
from analysis.lexicon import phrase

__all__ = ["ASKS", "MET", "asked", "asks", "is_bound", "next_pairs"]

MET = "met already"
ASKS = {MET: "below", "less": "below", "the same": "equal", "more": "above", "too close to tell": "undetermined"}
"""What a next target asks for, and the verdict of the outlook that says so where more is better.

One of "over 53" after 53.4 is met already, and may mean more.
"""
_ORDER = ("less", "the same", "more", MET, "too close to tell")

_NEW_STANDARD = phrase("by_new_standard")
_FAR = 1.5  # times as long; a term beside a year
_STRANGE = 3  # times as much in the next year or term
_Row = Mapping[Any, Any]


def is_bound(low: float, high: float) -> bool:
    """Whether the values that fulfil a target have one end only: "at least 70", "below 1.2%"."""
    return isinf(low) or isinf(high) or low == 0 < high


def asks(verdict: str, direction: str = "higher", is_bound: bool = False) -> str:
    """What a next target asks for, seen from the result already reached: a lower poverty rate asks for more.

    Args:
        verdict: where the target lies: ``above``, ``equal``, ``below`` or ``undetermined``.
        direction: whether ``higher`` or ``lower`` is better.
        is_bound: whether the target is a floor or a ceiling.

    >>> asks("below"), asks("below", "lower"), asks("equal", "lower"), asks("undetermined")
    ('less', 'more', 'the same', 'too close to tell')
    """
    flipped = {"above": "below", "below": "above"}.get(verdict, verdict) if direction == "lower" else verdict
    what = {there: what for what, there in ASKS.items()}.get(flipped, "too close to tell")
    return MET if what == "less" and is_bound else what


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
    bounds = map(is_bound, outlook["target_low"], outlook["target_high"])
    wanted = [asks(*cells) for cells in zip(outlook["verdict"].astype(str), outlook["direction"], bounds, strict=True)]
    cautions = [
        "; ".join([*_cautions([known[one] for one in row["figure_ids"] if one in known]), *_apart(row)])
        for row in outlook.to_dict("records")
    ]
    made = outlook.assign(asks=wanted, caution=pd.Series(cautions, index=outlook.index, dtype="string"))
    return made.sort_values("asks", key=lambda column: column.map(_ORDER.index), kind="stable")


def asked(targets: Sequence[str]) -> str:
    """How many next targets ask for how much.

    >>> asked(["less", "more", "less"])
    'Of 3 next targets beside a result, 2 ask for less than the latest result and 1 for more'
    >>> asked(["the same"]), asked(["more", "more"])
    ('The one next target beside a result asks for the same', 'Both next targets beside a result ask for more')
    >>> asked(["too close to tell", "more", "met already"])
    'Of 3 next targets beside a result, 1 asks for more, 1 is met already and 1 is too close to tell'
    """
    found = [(targets.count(what), what) for what in _ORDER if what in targets]
    if not found:
        return "No report sets a target for a later period beside a result for the same thing"
    told = {"less": "for less than the latest result", MET: MET, "too close to tell": "too close to tell"}
    asking = next((what for _, what in found if what not in (MET, "too close to tell")), "")
    parts = []
    for n, what in found:
        verb = ("is " if n == 1 else "are ") if what in (MET, "too close to tell") else ""
        verb = ("asks " if n == 1 else "ask ") if what == asking else verb
        parts.append(f"{verb}{told.get(what, f'for {what}')}")
    if len(found) == 1:
        return f"{every(len(targets), 'next target')} beside a result {parts[0]}"
    named = [f"{n:,} {part}" for (n, _), part in zip(found, parts, strict=True)]
    return f"Of {count(len(targets), 'next target')} beside a result, {join(named)}"


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
