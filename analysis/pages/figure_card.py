"""The card of a figure: what it was read as, the words that decided, and the rows and findings that rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.display.cells import Record, records, word
from analysis.lexicon import indicators
from analysis.tables import Tables

__all__ = ["figure_card", "row_ids", "uses"]

_LINE = Markup('<span class="line"><span class="muted">{}</span> {}</span>')
_LINK = Markup('<a href="#{}">{}</a>')
_PREFIXES = {"figures": "r", "comparisons": "k", "outlook": "o", "findings": "n", "recomputations": "m"}


def row_ids(name: str, rows: pd.DataFrame) -> list[str]:
    """The id of each row in a report's page: by its place in the text for a figure, else by its number in the table."""
    if name == "figures":
        return [f"{_PREFIXES[name]}{start}" for start in rows["start"]]
    return [f"{_PREFIXES[name]}{number}" for number in range(1, len(rows) + 1)]


def uses(own: Tables) -> dict[str, list[Markup]]:
    """Links to the rows and findings of one report that rest on a figure, by its figure_id."""
    links: defaultdict[str, list[Markup]] = defaultdict(list)
    for name, rows in own:
        if "figure_ids" in rows:
            for row, identity in zip(records(rows), row_ids(name, rows), strict=True):
                for figure_id in dict.fromkeys(row["figure_ids"]):
                    links[figure_id].append(_LINK.format(identity, _words(name, row, identity)))
    return links


def figure_card(row: Record, used_in: Mapping[str, list[Markup]]) -> Markup:
    """What a figure was read as, in short lines of HTML that may stand inside a paragraph.

    Args:
        row: of the table of figures.
        used_in: links to what rests on a figure; see :func:`uses`.
    """
    unit, per = word(row["unit"]), word(row["per"])
    value = formatting.stated(row)
    if row["out_of"] == row["out_of"]:
        value += f" of {formatting.number(row['out_of'])}"
    lines = [
        ("Is", " ".join(filter(None, [word(row["role"]), word(row["measure"])]))),
        ("Of", formatting.subject(row, unknown="")),
        ("May be", formatting.between(row["low"], row["high"], unit, per) if row["low"] != row["high"] else ""),
        ("Indicator", indicators().get(word(row["indicator"]), {}).get("label", "")),
        ("Place", word(row["place"])),
        ("Period", formatting.period(row["period_start"], row["period_end"])),
        ("Read from", _cues(row)),
        ("Doubt", word(row["doubt"])),
        (
            "Used in",
            Markup(", ").join([_LINK.format(f"r{row['start']}", "its row"), *used_in.get(row["figure_id"], [])]),
        ),
    ]
    told = [_LINE.format(name, words) for name, words in lines if words]
    return Markup("<b>{}</b>").format(value) + Markup("").join(told)


def _cues(row: Record) -> str:
    """The words that decided measure and role, each with the name of its cue."""
    cues = dict.fromkeys(filter(None, [word(row["measure_cue"]), word(row["role_cue"])]))
    parted = [cue.partition(":") for cue in cues]
    return "; ".join(f"{kind.replace('_', ' ')} “{words.strip()}”" for kind, _, words in parted)


def _words(name: str, row: Record, identity: str) -> str:
    if name == "comparisons":
        return f"comparison: {word(row['verdict'])}"
    if name == "outlook":
        return f"later target: {word(row['verdict'])}"
    if name == "recomputations":
        return f"recomputed: {row['agrees']}"
    return f"finding {identity.removeprefix(_PREFIXES[name])}: {word(row['severity'])}"
