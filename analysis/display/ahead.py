"""The next targets beside the latest results: what they ask for, and what speaks against comparing the two.

>>> from analysis import schema
>>> from analysis.tables import Tables
>>> nothing = Tables(*(schema.empty(name) for name in schema.TABLES))
>>> print(lower_bars(nothing))
No report sets a target for a later period beside a result for the same thing.
"""

from __future__ import annotations

import pandas as pd

from analysis import formatting
from analysis.display.asking import ASKS, asked, asks
from analysis.display.digest import NAMED, Digest, Item, Line, Row, are, records
from analysis.display.evidence import link
from analysis.figure import words
from analysis.tables import Tables

__all__ = ["lower_bars", "next_pairs"]

_FAR = 1.5  # times as long; a term beside a year
_STRANGE = 3  # times as much in the next year or term
_KINDS = {"less": "ask for less", "too close to tell": "too close to tell"}


def next_pairs(tables: Tables) -> pd.DataFrame:
    """The outlook with what each target ``asks`` for, and a ``caution`` where the two may not measure the same.

    What a target asks for is seen from the result: ``less``, ``the same`` or ``more``, where less is better the other
    way round. Those that ask for less come first.
    """
    outlook = tables.outlook
    columns = ["figure_id", "role", "subject", "period_start", "period_end"]
    figures = {row["figure_id"]: row for row in records(tables.figures[columns])}
    wanted = [asks(*cells) for cells in zip(outlook["verdict"].astype(str), outlook["direction"], strict=True)]
    cautions = [
        "; ".join([*_cautions([figures[one] for one in row["figure_ids"] if one in figures]), *_apart(row)])
        for row in records(outlook)
    ]
    made = outlook.assign(asks=wanted, caution=pd.Series(cautions, index=outlook.index, dtype="string"))
    order = {what: number for number, what in enumerate(ASKS)}
    return made.sort_values("asks", key=lambda column: column.map(order), kind="stable")


def lower_bars(tables: Tables) -> Digest:
    """How many of the next targets ask for less than what has already been reached, and which."""
    pairs = next_pairs(tables)
    lead = asked(list(pairs["asks"])) + "."
    lines = [
        Line(ASKS[wanted], len(own), told, tuple(map(_item, records(own.head(NAMED)))))
        for wanted, told in _KINDS.items()
        if len(own := pairs[pairs["asks"] == wanted])
    ]
    if len(lines) == 1 and lines[0].number == 1:
        lines = [Line(lines[0].kind, 1, lines[0].words.replace("ask ", "asks "), lines[0].items)]
    rest = []
    if any(line.kind == "below" for line in lines):
        rest.append("A lower target may be caution, a windfall in the year before, or another base.")
    doubtful = int((pairs["caution"] != "").sum())
    if doubtful:
        rest.append(
            f"{doubtful:,} of the {formatting.count(len(pairs), 'pair')} {are(doubtful, 'has', 'have')} a caution: "
            "target and result may not measure the same."
        )
    return Digest(lead, tuple(lines), " ".join(rest))


def _item(row: Row) -> Item:
    where = f" ({row['place']})" if row["place"] else ""
    told = f"{formatting.amount(row['target'], row['unit'])} after {formatting.amount(row['achieved'], row['unit'])}"
    return Item(f"{row['subject'] or 'subject not stated'}{where}, {told}", link(row["figure_ids"][0]))


def _apart(row: Row) -> list[str]:
    """A target of a year beside the result of a term shows in amounts that are far apart."""
    amounts = sorted([row["target"], row["achieved"]])
    if row["unit"] in ("%", "pp") or not 0 < _STRANGE * amounts[0] < amounts[1]:
        return []
    return ["they are far apart: one may be for a year, the other for several"]


def _cautions(figures: list[Row]) -> list[str]:
    """Why the two sides may not be comparable: other words, a period of another length, a result not final."""
    target = next((one for one in figures if one["role"] == "target"), None)
    result = next((one for one in figures if one["role"] != "target"), None)
    told: list[str] = []
    if target is None or result is None:
        return told
    mine, other = words(target["subject"]), words(result["subject"])
    if not (mine <= other or other <= mine or 2 * len(mine & other) >= len(mine | other)):
        told.append(f"the target is for “{target['subject']}”, the result of “{result['subject']}”")
    lengths = [_days(one) for one in (target, result)]
    if min(lengths) > 0 and max(lengths) > _FAR * min(lengths):
        spans = [formatting.period(one["period_start"], one["period_end"]) for one in (target, result)]
        told.append(f"the target is for {spans[0]}, the result of {spans[1]}")
    if result["role"] == "projected":
        told.append("the result is a projection")
    return told


def _days(figure: Row) -> int:
    """The length of its period, none where it is open, unknown or a day."""
    start, end = figure["period_start"], figure["period_end"]
    return 0 if pd.isna(start) or pd.isna(end) else int((end - start).days)
