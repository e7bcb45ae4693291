"""The notebooks' answers, computed from the tables in two or three sentences each; right for none, one or many rows.

>>> from analysis import schema
>>> print(lower_bars(schema.empty("outlook")))
No report sets a target for a later period beside a result for the same thing.
"""

from __future__ import annotations

from datetime import timedelta
from html import escape

import pandas as pd

from analysis import gazetteer, wording
from analysis.leftovers import left_out
from analysis.lexicon import rows
from analysis.reports import Reports
from analysis.tables import Tables

__all__ = [
    "Answer",
    "by_place",
    "checks",
    "coverage",
    "doubtful",
    "doubts",
    "lower_bars",
    "not_read",
    "overview",
    "places",
    "reading",
    "specimens",
    "targets_met",
    "unpaired_targets",
    "with_origin",
]

_MOST_NAMED = 4


class Answer(str):
    """Sentences that a notebook shows as a paragraph, escaped, because they may hold words from reports."""

    def _repr_html_(self) -> str:
        return f'<p class="answer">{escape(self)}</p>'


def overview(reports: Reports, tables: Tables) -> Answer:
    """What the reports say: how many figures, of what kind, on which places."""
    figures = tables.figures
    if not len(reports):
        return Answer("There is no report in this folder." + _lost(reports))
    if figures.empty:
        return Answer(
            f"{_start(len(reports), 'report')} {_do(len(reports), 'holds', 'hold')} no figure." + _lost(reports)
        )
    roles = figures["role"].value_counts()
    places = [place for place in figures["place"].unique() if place]
    kinds = [
        wording.count(int(roles.get("achieved", 0) + roles.get("projected", 0)), "result"),
        wording.count(int(roles.get("target", 0)), "target"),
    ]
    if roles.get("benchmark", 0):
        kinds.append(wording.count(int(roles["benchmark"]), "figure for comparison", "figures for comparison"))
    share = figures["indicator"].notna().mean()
    return Answer(
        f"{_start(len(reports), 'report')} {_do(len(reports), 'states', 'state')} "
        f"{wording.count(len(figures), 'figure')} on {wording.count(len(places), 'place')}: {wording.join(kinds)}. "
        f"{wording.percent(round(share, 2))} of them have an indicator in the codebook, "
        "the others keep the report's own words." + _lost(reports)
    )


def reading(reports: Reports, tables: Tables) -> Answer:
    """How sentences became rows: how much was read, left out, and decided without a word that says so."""
    figures = tables.figures
    if figures.empty:
        return Answer("No sentence of these reports became a row." + _lost(reports))
    passed = left_out(reports)
    unsaid = int((~figures["period_source"].isin(["sentence", "section"])).sum())
    nowhere = int((figures["place"] == "").sum())
    return Answer(
        f"{wording.count(len(figures), 'figure')} became rows, {wording.count(len(passed), 'other number')} did not, "
        f"because they are dates, names, document numbers and the like. "
        f"The period of {wording.count(unsaid, 'figure')} is not in {_do(unsaid, 'its', 'their')} own paragraph "
        "and is taken from the report as a whole."
        + (f" For {wording.count(nowhere, 'figure')} no place could be found." if nowhere else "")
    )


def targets_met(tables: Tables) -> Answer:
    """Which targets were met, missed, or cannot be decided; caseloads are counted apart: nobody aims at them."""
    if tables.comparisons.empty:
        return Answer("No target in these reports can be set against a result.")
    comparisons, caseloads = tables.aimed, tables.caseloads
    verdicts = comparisons["verdict"].value_counts()
    reached = int(verdicts.get("exceeded", 0) + verdicts.get("met", 0))
    total = wording.count(len(comparisons), "target")
    parts = [f"Of {total} set beside a result, {reached:,} {_do(reached, 'was', 'were')} reached"]
    parts += [
        f"{int(verdicts.get(verdict, 0)):,} {words}"
        for verdict, words in (
            ("missed", "missed"),
            ("in progress", "still in progress"),
            ("undetermined", "left undecided by the figures"),
        )
        if verdicts.get(verdict, 0)
    ]
    sentences = [wording.join(parts) + "."]
    missed = comparisons[comparisons["verdict"] == "missed"]
    if len(missed):
        sentences.append(f"Missed: {_named(missed)}.")
    implied = int(comparisons["basis"].isin(["attainment", "margin"]).sum())
    if implied:
        sentences.append(
            f"In {wording.count(implied, 'comparison')} the report gives no target, "
            "only how far it was reached or passed; the target is worked out from that."
        )
    projected = _resting_on_projections(tables, comparisons)
    if projected:
        sentences.append(f"{_start(projected, 'comparison')} {_do(projected, 'rests', 'rest')} on a projected result.")
    if len(caseloads):
        sentences.append(
            f"{_start(len(caseloads), 'caseload')}, such as petitions settled, "
            f"{_do(len(caseloads), 'is', 'are')} not counted here."
        )
    return Answer(" ".join(sentences))


def _resting_on_projections(tables: Tables, comparisons: pd.DataFrame) -> int:
    figures = tables.figures
    projected = set(figures.loc[(figures["role"] == "projected") & (figures["measure"] == "amount"), "figure_id"])
    return int(comparisons["figure_ids"].map(lambda ids: any(one in projected for one in ids)).sum())


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
    """The targets of the figures table that no comparison and no row of the outlook rests on."""
    used = {one for name in ("comparisons", "outlook") for ids in getattr(tables, name)["figure_ids"] for one in ids}
    figures = tables.figures
    return figures[(figures["role"] == "target") & ~figures["figure_id"].isin(used)]


def by_place(comparisons: pd.DataFrame) -> pd.DataFrame:
    """One row per place with the number of comparisons by verdict."""
    verdicts = [
        verdict for verdict in comparisons["verdict"].cat.categories if (comparisons["verdict"] == verdict).any()
    ]
    counts = pd.crosstab(comparisons["place"].replace("", "place not stated"), comparisons["verdict"].astype(str))
    return counts.reindex(columns=verdicts, fill_value=0).reset_index().rename_axis(columns=None)


def doubts(findings: pd.DataFrame) -> Answer:
    """What does not add up: errors, figures that hold only under an unusual reading, and notes."""
    if findings.empty:
        return Answer("Nothing that these reports let us recompute contradicts them.")
    counts = findings["severity"].value_counts()
    errors, warnings, notes = (int(counts.get(word, 0)) for word in ("error", "warning", "note"))
    if not errors and not warnings:
        return Answer(
            "The figures that can be recomputed agree. "
            f"{_start(notes, 'remark')} {_do(notes, 'is', 'are')} worth knowing all the same."
        )
    places = [place for place in findings.loc[findings["severity"] != "note", "place"].unique() if place]
    parts = []
    if errors:
        parts.append(
            f"{wording.count(errors, 'finding')} {_do(errors, 'says', 'say')} that the report contradicts itself"
        )
    if warnings:
        parts.append(
            f"{wording.count(warnings, 'finding')} {_do(warnings, 'says', 'say')} "
            "that figures agree only under an unusual reading"
        )
    where = (
        f" ({wording.join(places[:_MOST_NAMED])}{' and others' if len(places) > _MOST_NAMED else ''})" if places else ""
    )
    rest = f" Besides, {wording.count(notes, 'remark')} {_do(notes, 'is', 'are')} worth knowing." if notes else ""
    return Answer(f"{_upper(wording.join(parts))}{where}. None of this says which number is wrong, nor why.{rest}")


def checks(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per check with its severity, what it asks, and how many findings it made."""
    made = findings["check"].astype("object").value_counts()
    table = pd.DataFrame(rows("checks"))[["id", "severity", "rule"]].rename(columns={"id": "check"})
    return table.assign(findings=table["check"].map(made).fillna(0).astype(int))


def lower_bars(outlook: pd.DataFrame) -> Answer:
    """How many of the next targets lie below what has already been reached."""
    if outlook.empty:
        return Answer("No report sets a target for a later period beside a result for the same thing.")
    verdicts = outlook["verdict"].value_counts()
    below = outlook[outlook["verdict"] == "below"]
    others = [
        f"{int(verdicts.get(word, 0)):,} {words}"
        for word, words in (("above", "above it"), ("equal", "exactly there"), ("undetermined", "too close to tell"))
        if verdicts.get(word, 0)
    ]
    pairs = wording.count(len(outlook), "next target")
    first = f"{len(below):,} of {pairs} {_do(len(below), 'lies', 'lie')} below what has already been reached"
    return Answer(
        f"{first}{', ' + wording.join(others) if others else ''}."
        + (f" Below: {_named(below)}." if len(below) else "")
        + " A lower target may be caution, or a changed base; the reports do not say."
    )


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
                "date": report.dated,
                "date_source": report.date_source or "not found",
                "places": wording.join(places[:_MOST_NAMED]) + (" and others" if len(places) > _MOST_NAMED else ""),
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
                "place_source": wording.join(sorted({source for source in own["place_source"] if source})),
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


def _named(table: pd.DataFrame) -> str:
    """The first few rows by subject and place; of N out of M, how many are missing."""
    names = []
    for row in table.head(_MOST_NAMED).to_dict("records"):
        counted = row["basis"] == "out_of" and row["unit"] == "count"
        tally = f"{row['target'] - row['achieved']:,.0f} of {row['target']:,.0f} " if counted else ""
        names.append(f"{tally}{row['subject']}" + (f" ({row['place']})" if row["place"] else ""))
    more = len(table) - _MOST_NAMED
    return wording.join(names + ([f"{more:,} more"] if more > 0 else []))


def _lost(reports: Reports) -> str:
    lost = len(reports.failed)
    return f" {_start(lost, 'file')} could not be read." if lost else ""


def _start(n: int, noun: str) -> str:
    """A count that opens a sentence."""
    return _upper(wording.count(n, noun))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _do(n: int, one: str, many: str) -> str:
    return one if n == 1 else many
