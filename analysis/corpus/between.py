"""What crosses reports, as parcels that Dask sorts by what they are about and hands to one process each.

Three things need more than one report: the same text in two files, a target in one and a result in another, two values
of one thing. Each batch sends what may be concerned, by place and indicator; what is found there is sent back to it.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.checks import across
from analysis.checks.findings import Recomputation
from analysis.checks.sheet import sheets
from analysis.comparison.figure import Figure, figures_of
from analysis.comparison.outlook import Sides, crosses
from analysis.corpus.listing import spread
from analysis.schema import frame

__all__ = ["CROSSING", "PARCEL", "Found", "bucket_of", "crossing", "meet", "parcels"]

PARCEL = {"to": "int64", "part": "int64", "data": "object"}
"""The columns of a frame of parcels: the bucket or batch that it is for, the batch that it is from, what is in it."""

_AHEAD, _TOTAL, _COMPARED = "is_ahead", "is_total", "compared"
_OWN = [name for name in Figure.__slots__ if name not in ("order", "better")]
CROSSING = [*_OWN, "reviewed", _AHEAD, _TOTAL, _COMPARED]
"""The columns of the figures that may cross reports."""


@dataclass
class Found:
    """What was found between reports on those of one batch: rows of the outlook, recomputations.

    ``reviewed`` are the figures among those that it rests on that a person has looked at.
    """

    outlook: list[dict[str, object]] = field(default_factory=list)
    told: list[Recomputation] = field(default_factory=list)
    reviewed: set[str] = field(default_factory=set)

    def add(self, other: Found) -> None:
        """Take in what another has."""
        self.outlook += other.outlook
        self.told += other.told
        self.reviewed |= other.reviewed


def crossing(figures: pd.DataFrame) -> tuple[Sides, pd.DataFrame]:
    """The sides of the outlook that their own report decides, and the figures that other reports may have to do with.

    Args:
        figures: of whole reports.
    """
    sides = Sides.of(figures_of(figures))
    ahead = {one.figure_id for one in sides.targets if crosses(one) and one.period_end is not None}
    results = {one.figure_id for one in sides.results if crosses(one)}
    totals = {one.figure_id for sheet in sheets(figures) for _, one in across.totals(sheet)}
    compared: defaultdict[str, list[str]] = defaultdict(list)
    for target, result in sides.compared:
        compared[target].append(result.rpartition(":")[2])
    ids = figures["figure_id"]
    kept = figures.assign(
        **{_AHEAD: ids.isin(list(ahead | results)), _TOTAL: ids.isin(list(totals))},
        **{_COMPARED: pd.Series([" ".join(sorted(compared[id])) for id in ids], index=figures.index, dtype="string")},
    )
    kept = kept.loc[kept[_AHEAD] | kept[_TOTAL], CROSSING]
    own = [[one for one in side if not crosses(one)] for side in (sides.targets, sides.results)]
    return Sides(own[0], own[1], sides.compared), kept.reset_index(drop=True)


def bucket_of(place: str, indicator: str, buckets: int) -> int:
    """Where all figures of a place and an indicator meet."""
    return spread(f"{place.casefold()}\0{indicator}") % buckets


def parcels(rows: Iterable[tuple[int, int, Any]]) -> pd.DataFrame:
    """A frame of parcels, each given as where to, where from, and what."""
    listed = [(to, part, pickle.dumps(what)) for to, part, what in rows]
    return pd.DataFrame(listed, columns=list(PARCEL)).astype(PARCEL)


def meet(rows: Iterable[tuple[Any, ...]], parts: dict[str, int]) -> Iterator[tuple[int, Found]]:
    """What is found between the figures of some places and indicators, for each batch that it concerns.

    Args:
        rows: of what ``crossing`` kept, from all batches.
        parts: the batch of each report.
    """
    met = pd.DataFrame(rows, columns=CROSSING).sort_values(["report", "start"], kind="stable")
    figures = {one.figure_id: one for one in figures_of(met)}
    told = {name: dict(zip(met["figure_id"], met[name], strict=True)) for name in (_AHEAD, _TOTAL, _COMPARED)}
    open_ = [one for one in figures.values() if told[_AHEAD][one.figure_id]]
    pairs = ((one, start) for one in open_ for start in told[_COMPARED][one.figure_id].split())
    sides = Sides(
        [one for one in open_ if one.is_target],
        [one for one in open_ if one.is_result],
        frozenset((one.figure_id, f"{one.report}:{start}") for one, start in pairs),
    )
    ahead = frame("outlook", found_ahead := sides.rows())
    totals = [(across.key_of(one), one) for one in figures.values() if told[_TOTAL][one.figure_id]]
    reviewed = {id for id, told in zip(met["figure_id"], met["reviewed"], strict=True) if told}
    found: defaultdict[int, Found] = defaultdict(Found)
    for row in found_ahead:
        found[parts[str(row["report"])]].outlook.append(row)
    for one in (*across.conflicts(totals), *across.target_below_result(across.rows(ahead, figures))):
        found[parts[one.figure.report]].told.append(one)
    for own in found.values():
        ids = {id for row in own.outlook for id in row["figure_ids"]}  # type: ignore[attr-defined]
        ids |= {other.figure_id for one in own.told for other in (one.figure, *one.others)}
        own.reviewed = ids & reviewed
    yield from found.items()
