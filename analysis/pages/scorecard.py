"""Who reached what: targets by verdict, place by place and one by one.

>>> from analysis import schema
>>> aimed = schema.frame("comparisons", [{"verdict": word} for word in ("met", "missed", "exceeded", "in progress")])
>>> for group in outcomes(aimed):
...     print(group.name, group.counts)
reached {'exceeded': 1, 'met': 1}
missed {'missed': 1}
in-progress {'in progress': 1}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import formatting, schema
from analysis.charts.style import look
from analysis.display.answers import told
from analysis.display.cells import Record, anchor, plain, records, symbol
from analysis.display.csv_link import csv_link
from analysis.display.table import Table
from analysis.links import link
from analysis.pages.places import NOWHERE, Locality, of_place
from analysis.tables import Tables

__all__ = ["Outcome", "TargetItem", "outcomes", "scorecard", "scorecard_table"]

_SHOWN = 3  # targets of an outcome that are named
_OUTCOMES = {
    "reached": ("reached", {"exceeded": "exceeded", "met": "met exactly"}),
    "missed": ("missed", {"missed": ""}),
    "in-progress": ("in progress", {"in progress": ""}),
    "undetermined": ("undetermined", {"undetermined": ""}),
}


@dataclass(frozen=True)
class TargetItem:
    """A target set against a result, as an item of a list; the link leads to the words that it rests on."""

    sign: Markup
    number: str
    words: str
    where: str
    href: str


@dataclass(frozen=True)
class Outcome:
    """The targets that went one way: how many by verdict, and the most telling of them."""

    name: str
    heading: str
    counts: Mapping[str, int]
    words: Sequence[str]
    targets: Sequence[TargetItem]
    more: int

    @property
    def colour(self) -> str:
        """The colour of its first verdict, as in charts."""
        return look("verdict", next(iter(self.counts))).colour

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def outcomes(aimed: pd.DataFrame) -> list[Outcome]:
    """What was reached, missed and is open of the comparisons, and what is undecided; the furthest off come first."""
    found = []
    for name, (heading, verdicts) in _OUTCOMES.items():
        own = aimed[aimed["verdict"].isin(list(verdicts))]
        ratio = own["attainment"].where(own["direction"] != "lower", 1 / own["attainment"])
        own = own.loc[ratio.sort_values(ascending=name == "missed", kind="stable", na_position="last").index]
        counts = {verdict: int((own["verdict"] == verdict).sum()) for verdict in verdicts}
        if name == "undetermined" and own.empty:
            continue
        words = [f"{count:,} {verdicts[verdict]}" for verdict, count in counts.items() if count and verdicts[verdict]]
        targets = [_target(row) for row in records(own[own["doubt"] == ""].head(_SHOWN))]
        found.append(Outcome(name, heading, counts, words, targets, len(own) - len(targets)))
    return found


def scorecard(tables: Tables, places: Sequence[Locality]) -> pd.DataFrame:
    """How many targets of each place were exceeded, met, missed, …, and how many findings there are on it.

    Args:
        tables: what ``tabulate`` returned.
        places: what ``localities`` returned.

    >>> from analysis.pages.places import localities
    >>> from analysis.reading.reports import Place, Report, Reports
    >>> verdicts = [{"report": "r", "place": "Xa An", "verdict": word, "figure_ids": ()} for word in ("met", "missed")]
    >>> tables = Tables(schema.empty("figures"), schema.frame("comparisons", verdicts),
    ...                 schema.empty("outlook"), schema.empty("findings"))
    >>> reports = Reports([Report("r", "", places=(Place("Xa Binh", "commune"),))])
    >>> scorecard(tables, localities(reports, tables))[["place", "met", "missed", "error", "about"]]
         place  met  missed  error    about
    0    Xa An    1       1      0
    1  Xa Binh    0       0      0  commune
    """
    columns = (*schema.VERDICTS, *schema.VOCABULARIES["severity"])
    rows = []
    for place in places:
        own = of_place(tables, place)
        seen = Counter([*own.aimed["verdict"].astype(str), *own.findings["severity"].astype(str)])
        rows.append(
            {"place": place.name or NOWHERE}
            | {word: seen[word] for word in columns}
            | {"figures": place.figures, "about": place.about}
        )
    return pd.DataFrame(rows, columns=["place", *columns, "figures", "about"])


def scorecard_table(tables: Tables, places: Sequence[Locality]) -> Table:
    """The scorecard for a page: each place that has a page is a link to it."""
    scores = scorecard(tables, places)
    rows = [
        (anchor(place.file, row[0]) if place.file else plain(row[0]), *map(plain, row[1:]))
        for place, row in zip(places, scores.itertuples(index=False, name=None), strict=True)
    ]
    caption = "Verdicts and findings by place"
    kept = [n for n, name in enumerate(scores.columns) if n == 0 or scores[name].astype(bool).any()]
    labels = tuple(scores.columns[n].capitalize() for n in kept)
    shown = tuple(tuple(row[n] for n in kept) for row in rows)
    return Table(caption, "", labels, shown, (), csv_link(scores, list(scores.columns), caption))


def _target(row: Record) -> TargetItem:
    number, rest = told(row)
    href = link(row["figure_ids"][0], "") if row["figure_ids"] else ""
    where = formatting.of_what(row | {"subject": "", "wording": ""})
    return TargetItem(Markup(symbol(row["verdict"])), number, rest, where, href)
