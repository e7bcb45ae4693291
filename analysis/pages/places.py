"""The places that the tables are about, told apart where two bear one name, each with the name of its page.

>>> from analysis.reading.reports import Place, Report, Reports
>>> from analysis import schema
>>> from analysis.tables import Tables
>>> reports = Reports([Report(id, "", places=(Place("Xa An", "commune", province),)) for id, province in ("aA", "bB")])
>>> rows = [{"report": report, "place": "Xa An", "role": "target"} for report in "ab"]
>>> tables = Tables(schema.frame("figures", rows), *map(schema.empty, ("comparisons", "outlook", "findings")))
>>> [(place.file, place.told, place.figures) for place in localities(reports, tables)]
[('place-xa-an-a.html', 'Xa An, commune, A', 1), ('place-xa-an-b.html', 'Xa An, commune, B', 1)]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from analysis.reading.reports import Reports
from analysis.tables import Tables
from analysis.writing.links import slug

__all__ = ["ENOUGH", "NOWHERE", "Locality", "localities", "of_places"]

ENOUGH = 5
"""How many figures make a page where no target is set and nothing is in doubt."""

NOWHERE = "(no place named)"

_Key = tuple[str, str]  # name, province


@dataclass(frozen=True)
class Locality:
    """A place that the tables are about.

    Attributes:
        name: as in the tables; empty where the reports do not say whom a row is about.
        level: district, province, …, or empty.
        province: where ``reports.toml`` says it, else empty.
        reports: the ids of the reports in which the name is this place's.
        figures: how many there are.
        file: the name of its page; empty where there is too little to tell for one.
    """

    name: str
    level: str
    province: str
    reports: frozenset[str]
    figures: int
    file: str

    @property
    def told(self) -> str:
        """Name, level and province for a reader."""
        return ", ".join(filter(None, [self.name or NOWHERE, self.about]))

    @property
    def heading(self) -> str:
        """The name as the heading of a page."""
        return self.name or "No place named"

    @property
    def about(self) -> str:
        """Level and province."""
        return ", ".join(filter(None, [self.level, self.province]))


def localities(reports: Reports, tables: Tables) -> list[Locality]:
    """The places of the tables and of ``reports.toml``, by name, the nameless last; equal names of two provinces apart.

    A place has a page where a target, a result set against one, a later target or a finding is about it, or where there
    are at least ``ENOUGH`` figures.
    """
    key_of = _keys(reports, tables)
    figures: Counter[_Key] = Counter()
    levels: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    columns = ["place", "report", "place_level"]
    for name, report, level in tables.figures[columns].itertuples(index=False, name=None):
        key = key_of[name, report]
        figures[key] += 1
        levels[key].update([level] if isinstance(level, str) else [])
    for report_ in reports:
        for place in report_.places:
            levels[key_of[place.name, report_.id]].update([place.level] if place.level else [])
    telling = {key_of[pair] for rows in _telling(tables) for pair in _pairs(rows)}
    named: defaultdict[_Key, set[str]] = defaultdict(set)
    for (_, report), key in key_of.items():
        named[key].add(report)
    paged = [key for key in sorted(named) if key in telling or figures[key] >= ENOUGH]
    files = _files(paged)
    return [
        Locality(*_told(key, levels[key]), frozenset(named[key]), figures[key], files.get(key, ""))
        for key in sorted(named, key=lambda key: (not key[0], key))
    ]


def of_places(tables: Tables, places: Sequence[Locality]) -> Iterator[Tables]:
    """The rows that are about each place; each table is gone through once, however many places there are."""
    whose = {(place.name, report): n for n, place in enumerate(places) for report in place.reports}

    def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[int, list[int]]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for at, pair in enumerate(zip(rows["place"], rows["report"], strict=True)):
            if pair in whose:
                found[whose[pair]].append(at)
        return rows, found

    parts = [split(rows) for _, rows in tables]
    return (Tables(*(rows.iloc[found.get(n, [])] for rows, found in parts)) for n in range(len(places)))


def _telling(tables: Tables) -> Sequence[pd.DataFrame]:
    return (tables.comparisons, tables.outlook, tables.findings, tables.figures[tables.figures["role"] == "target"])


def _pairs(rows: pd.DataFrame) -> Iterable[_Key]:
    return set(zip(rows["place"], rows["report"], strict=True))


def _keys(reports: Reports, tables: Tables) -> Mapping[_Key, _Key]:
    """Which place a name is, report by report; a report that says no province means the only one known, if there is."""
    said = {(place.name, report.id): place.province for report in reports for place in report.places}
    provinces: defaultdict[str, set[str]] = defaultdict(set)
    for (name, _), province in said.items():
        provinces[name] |= {province} if province else set()
    pairs = {pair for _, rows in tables for pair in _pairs(rows)} | set(said)
    return {
        (name, report): (name, said.get((name, report), "") or _only(provinces.get(name, set())))
        for name, report in pairs
    }


def _only(provinces: set[str]) -> str:
    return next(iter(provinces)) if len(provinces) == 1 else ""


def _told(key: _Key, levels: Counter[str]) -> tuple[str, str, str]:
    name, province = key
    return name, min(levels, key=lambda level: (-levels[level], level)) if levels else "", province


def _files(keys: Sequence[_Key]) -> dict[_Key, str]:
    """A file for each place, the same whatever other places there are, unless two would share one."""
    wanted = {key: [slug(key[0] or NOWHERE) or "place", slug(" ".join(key))] for key in keys}
    first, second = (Counter(names[n] for names in wanted.values()) for n in (0, 1))
    files = {}
    for key, (short, long) in wanted.items():
        digest = sha256("\0".join(key).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        is_own = second[long] == 1 and long != short and first[long] == 0
        stem = short if first[short] == 1 else long if is_own else f"{short}-{digest}"
        files[key] = f"place-{stem}.html"
    return files
