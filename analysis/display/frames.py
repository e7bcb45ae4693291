"""The tables that the notebooks show besides those of the library: counted, sorted out, or with a column more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd

from analysis import formatting
from analysis.extraction.figures import extract_figures
from analysis.extraction.frame import frame_of
from analysis.extraction.places import gazetteer
from analysis.lexicon import rows
from analysis.reading.reports import Reports
from analysis.tables import Tables

__all__ = [
    "COUNTS_OF_TARGETS",
    "by_place",
    "checks",
    "coverage",
    "doubtful",
    "not_read",
    "places",
    "readings",
    "specimens",
    "unpaired_targets",
    "with_origin",
]

COUNTS_OF_TARGETS = "targets_met"
"""The indicator of rows such as "22 out of 25 targets", each of which stands for many targets."""

_MOST_NAMED = 4
_NEARLY_OVER = 10  # a review appears in the last tenth of the period that it reviews


def with_origin(comparisons: pd.DataFrame) -> pd.DataFrame:
    """The comparisons with a column ``origin``: where the two sides come from, and who set the target."""
    words = {"out_of": "N out of M", "percent only": "only the per cent is stated"}
    words |= {"attainment": "from the stated per cent", "margin": "from the stated margin", "stated": "both stated"}
    origin = [
        words[str(basis)] + (f"; set by: {setter}" if setter else "")
        for basis, setter in zip(comparisons["basis"], comparisons["set_by"], strict=True)
    ]
    return comparisons.assign(origin=origin)


def unpaired_targets(tables: Tables) -> pd.DataFrame:
    """The targets that no comparison and no row of the outlook rests on, those due first, with a column ``due``.

    ``due`` says what the report could have told: ``due`` where the period was over when it appeared, ``running``,
    ``ahead``, or ``no date`` where that is not known.
    """
    used = {one for name in ("comparisons", "outlook") for ids in getattr(tables, name)["figure_ids"] for one in ids}
    figures = tables.figures
    left = figures[(figures["role"] == "target") & ~figures["figure_id"].isin(used)]
    words = [
        _due(start, end, told)
        for start, end, told in zip(left["period_start"], left["period_end"], left["report_date"], strict=True)
    ]
    order = pd.Categorical(words, categories=["due", "running", "ahead", "no date"], ordered=True)
    return left.assign(due=order).sort_values("due", kind="stable").assign(due=lambda table: table["due"].astype(str))


def _due(start: pd.Timestamp, end: pd.Timestamp, told: pd.Timestamp) -> str:
    if pd.isna(end) or pd.isna(told):
        return "no date"
    if not pd.isna(start) and start > told:
        return "ahead"
    length = (end - start).days if not pd.isna(start) else 0
    return "due" if (end - told).days * _NEARLY_OVER <= length else "running"


def by_place(comparisons: pd.DataFrame) -> pd.DataFrame:
    """One row per place with the number of comparisons by verdict."""
    known = list(comparisons["verdict"].cat.categories)
    verdicts = [verdict for verdict in known if (comparisons["verdict"] == verdict).any()] or known
    counts = pd.crosstab(comparisons["place"].replace("", "place not stated"), comparisons["verdict"].astype(str))
    return counts.reindex(columns=verdicts, fill_value=0).reset_index().rename_axis(columns=None)


def checks(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per check with its severity, what it asks, and how many findings it made."""
    made = findings["check"].astype("object").value_counts()
    table = pd.DataFrame(rows("checks/checks"))[["id", "severity", "rule"]].rename(columns={"id": "check"})
    return table.assign(findings=table["check"].map(made).fillna(0).astype(int))


def specimens(figures: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """One figure for each combination of measure and role, the most frequent first."""
    frequent = figures.groupby(["measure", "role"], observed=True).size().sort_values(ascending=False, kind="stable")
    chosen = []
    for measure, role in frequent.index[:most]:
        alike = figures[(figures["measure"] == measure) & (figures["role"] == role)]
        told = alike[alike["measure_cue"].str.contains(":") | alike["role_cue"].str.contains(":")]
        chosen.append((told if len(told) else alike).head(1))
    return pd.concat(chosen) if chosen else figures.head(0)


def coverage(reports: Reports, tables: Tables) -> pd.DataFrame:
    """One row per report: its date and where that comes from, its places, its figures, targets and results."""
    entries = []
    for report in reports:
        own = tables.figures[tables.figures["report"] == report.id]
        places = [place for place in own["place"].unique() if place]
        entries.append(
            {
                "report": report.id,
                "date": frame_of(report).dated,
                "date_source": frame_of(report).date_source or "not found",
                "places": formatting.join(places[:_MOST_NAMED]) + (" and others" if len(places) > _MOST_NAMED else ""),
                "figures": len(own),
                "targets": int((own["role"] == "target").sum()),
                "results": int(own["role"].isin(["achieved", "projected"]).sum()),
            }
        )
    return pd.DataFrame(entries, columns=["report", "date", "date_source", "places", "figures", "targets", "results"])


def places(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per place: its level, how many figures are about it, where it comes from, and what became of it since.

    What became of a place is looked up by name, level and the date of its reports; where several units bear the name,
    nothing is said.
    """
    entries = []
    for name, own in figures[figures["place"] != ""].groupby("place", sort=False):
        level = next((str(word) for word in own["place_level"].dropna()), "")
        entries.append(
            {
                "place": name,
                "level": level,
                "figures": len(own),
                "place_source": formatting.join(sorted({source for source in own["place_source"] if source})),
                "since": _since(str(name), level, own["report_date"].max()),
            }
        )
    return pd.DataFrame(entries, columns=["place", "level", "figures", "place_source", "since"])


def _since(name: str, level: str, date: pd.Timestamp) -> str:
    found = gazetteer.look_up(name, date=None if pd.isna(date) else date.date(), level=level or None)
    if len(found) != 1 or found[0].valid_to is None:
        return ""
    return gazetteer.status(found[0], found[0].valid_to + timedelta(days=1))


def doubtful(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that could be read otherwise, with the other reading in ``doubt``."""
    return figures[figures["doubt"] != ""]


def not_read(reports: Reports) -> pd.DataFrame:
    """The files that could not be read, and why."""
    return pd.DataFrame([(failure.path.name, failure.message) for failure in reports.failed], columns=["file", "why"])


def readings(expected: Mapping[str, str]) -> pd.DataFrame:
    """What the library finds in each sentence, beside what a person finds there.

    Args:
        expected: what a person finds, by sentence.

    >>> readings({"They built a road.": "nothing"})["library"].item()
    'nothing'
    """
    entries = []
    for sentence, person in expected.items():
        figures = extract_figures(sentence)
        told = [
            f"{quote} ({measure}, {role})"
            for quote, measure, role in zip(figures["quote"], figures["measure"], figures["role"], strict=True)
        ]
        entries.append({"sentence": sentence, "person": person, "library": "; ".join(told) or "nothing"})
    return pd.DataFrame(entries, columns=["sentence", "person", "library"])
