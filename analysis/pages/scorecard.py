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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import formatting, schema
from analysis.charts.style import look
from analysis.display.answers import told
from analysis.display.cells import Cell, Record, anchor, plain, records, symbol
from analysis.display.counted import are_counts, counts_of_targets
from analysis.display.counted import outcomes as outcome_of
from analysis.display.csv_link import csv_link
from analysis.display.digest import are
from analysis.display.passages import passages
from analysis.display.table import LIMIT, Table
from analysis.pages.places import NOWHERE, Locality, of_places
from analysis.tables import Tables
from analysis.writing.links import link

__all__ = ["Outcome", "TargetItem", "outcomes", "scorecard", "scorecard_table"]

_SHOWN = 3  # targets of an outcome that are named
_FEW = 2  # periods that are named one by one
_OUTCOMES = {
    "reached": ("reached", {"exceeded": "exceeded", "met": "met"}, "The furthest beyond their targets"),
    "missed": ("missed", {"missed": ""}, "The furthest from their targets"),
    "in-progress": ("in progress", {"in progress": ""}, "The two furthest from their targets, and the nearest"),
    "undetermined": ("undetermined", {"undetermined": ""}, "Why nothing is said of them"),
}
_LEFT = schema.OUTCOMES[2:]


@dataclass(frozen=True)
class TargetItem:
    """A target set against a result, as an item of a list; the link leads to the words that it rests on."""

    sign: Markup
    before: str
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
    listed: str  # which targets these are
    more: str  # how many there are besides

    @property
    def colour(self) -> str:
        """The colour of its first verdict, as in charts."""
        return look("verdict", next(iter(self.counts))).colour

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def outcomes(aimed: pd.DataFrame) -> list[Outcome]:
    """What was reached, missed and is open of the comparisons, and what is undecided, the most telling of each named.

    Those are the furthest beyond or short of their targets; of what is in progress, the furthest and the nearest.
    """
    found = []
    for name, (heading, verdicts, listed) in _OUTCOMES.items():
        own = aimed[aimed["verdict"].isin(list(verdicts))]
        open_ = outcome_of(own) == "projected"
        counts = {verdict: int((own.loc[~open_, "verdict"] == verdict).sum()) for verdict in verdicts}
        if name == "undetermined" and own.empty:
            continue
        words = [f"{count:,} {verdicts[verdict]}" for verdict, count in counts.items() if count and verdicts[verdict]]
        words += [f"{n:,} more {are(n, 'is', 'are')} projected to be"] if (n := int(open_.sum())) else []
        words += [tally] if name == "missed" and (tally := _counted(own)) else []
        first = _telling(own, name)
        left = open_.drop(first.index)
        more = [f"{n:,} more {heading}"] if (n := int((~left).sum())) else []
        more += [f"{n:,}{'' if more else ' more'} projected"] if (n := int(left.sum())) else []
        targets = [_target(row) for row in records(first)]
        listed = "" if len(first) == len(own) and name != "undetermined" else listed
        found.append(Outcome(name, heading, counts, words, targets, listed, formatting.join(more)))
    return found


def _telling(own: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of an outcome that are named; first what is final, and of which it can be said what and where."""
    if name != "undetermined":  # where the doubt is what there is to tell
        own = own[own["doubt"] == ""]
    ratio = own["attainment"].where(own["direction"] != "lower", 1 / own["attainment"])
    named = (own["place"] != "") & ((own["subject"] != "") | (own["wording"] != ""))
    order = own.assign(final=outcome_of(own) != "projected", named=named, ratio=ratio).sort_values(
        ["final", "named", "ratio"], ascending=[False, False, name != "reached"], kind="stable", na_position="last"
    )
    first = own.loc[order.index]
    nearest = order[order["named"] & order["ratio"].notna()].index[-1:]
    if name != "in-progress" or len(first) <= _SHOWN or nearest.empty:
        return first.head(_SHOWN)
    return pd.concat([first.drop(nearest).head(_SHOWN - 1), first.loc[nearest]])


def _counted(missed: pd.DataFrame) -> str:
    """How many of the missed are counts of targets, and how many targets were missed in them."""
    n, short = counts_of_targets(missed)
    if n == len(missed):
        who = f"{'each' if n > 1 else 'itself'} a count"
    else:
        who = f"{n:,} of them {are(n, 'is a count', 'are counts')}"
    return f"{who} of targets: {short:,} short in all" if n else ""


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
    columns = (*schema.OUTCOMES, *schema.VOCABULARIES["severity"])
    rows = []
    for place, own in zip(places, of_places(tables, places), strict=True):
        seen = Counter([*outcome_of(own.aimed).astype(str), *own.findings["severity"].astype(str)])
        rows.append(
            {"place": place.name or NOWHERE}
            | {word: seen[word] for word in columns}
            | {"in_doubt": len(passages(own.findings[own.findings["severity"] != "note"]))}
            | {"figures": place.figures, "about": place.about, "period": _spanned(own.aimed)}
            | {"own_count": _own_count(own.aimed)}
        )
    return pd.DataFrame(rows, columns=["place", *columns, "in_doubt", "figures", "about", "period", "own_count"])


def _spanned(aimed: pd.DataFrame) -> str:
    """What the targets are for: the periods where these are few, else from the first day to the last."""
    if aimed.empty:
        return ""
    spans = aimed[["period_start", "period_end"]].drop_duplicates().sort_values(["period_start", "period_end"])
    told = [words for row in spans.itertuples(index=False) if (words := formatting.period(*row))]
    last = aimed["period_end"].max() if spans["period_end"].notna().all() else None
    return formatting.join(told) if len(told) <= _FEW else formatting.period(aimed["period_start"].min(), last)


def _own_count(aimed: pd.DataFrame) -> str:
    """How many of its targets the place says itself that it met."""
    tallies = aimed[are_counts(aimed)]
    pairs = zip(tallies["achieved"], tallies["target"], strict=True)
    return formatting.join(list(dict.fromkeys(f"{done:,.0f} of {all_:,.0f}" for done, all_ in pairs)))


def scorecard_table(tables: Tables, places: Sequence[Locality]) -> Table:
    """The scorecard for a page: each place is a link to its page; of many, those with most to ask about.

    The file has all places. What there is none of stays empty: a grid of noughts hides what there is.
    """
    scores = scorecard(tables, places)
    cells = records(scores)
    listed = [n for n, place in enumerate(places) if place.file]
    asked = sorted(listed, key=lambda n: -(cells[n]["missed"] + cells[n]["in_doubt"]))
    kept_rows = sorted(asked[:LIMIT])
    rows = [
        (anchor(places[n].file, places[n].heading), *_scores(cells[n]), plain(cells[n]["about"])) for n in kept_rows
    ]
    note = f"(the {len(rows):,} of {len(listed):,} places with most to ask about)" if len(rows) < len(listed) else ""
    labels = (
        "Place",
        "Reached",
        "By its own count",
        *(word.capitalize() for word in _LEFT),
        "In doubt",
        "Figures",
        "Targets for",
        "About",
    )
    kept = [n for n in range(len(labels)) if n == 0 or any(row[n].text for row in rows)]
    caption = "Targets set against results here, by outcome, and passages in doubt, by place"
    shown = tuple(tuple(row[n] for n in kept) for row in rows)
    file = csv_link(scores, list(scores.columns), caption)
    return Table(caption, note, tuple(labels[n] for n in kept), shown, (), file, of=len(listed))


def _scores(row: Record) -> Iterator[Cell]:
    """What was reached of how many, what was not, what is in doubt, how much is said, and for when."""
    reached, targets = row["exceeded"] + row["met"], sum(row[word] for word in schema.OUTCOMES)
    yield Cell(text := f"{reached:,} of {targets:,}" if targets else "", text, float(reached), number=True)
    yield plain(row["own_count"])
    for number in [*(row[word] for word in _LEFT), row["in_doubt"], row["figures"]]:
        yield Cell(text := f"{number:,}" if number else "", text, float(number), number=True)
    yield plain(row["period"])


def _target(row: Record) -> TargetItem:
    doubt = row["doubt"]
    before, number, rest = ("", f"{formatting.subject(row)}:", doubt) if doubt else told(row)
    href = link(row["figure_ids"][0], "") if row["figure_ids"] else ""
    where = formatting.of_what(row | {"subject": "", "wording": ""})
    return TargetItem(Markup(symbol(row["verdict"])), before, number, rest, where, href)
