"""The notebooks' answers, each in a sentence, a short list and what to keep in mind.

>>> from analysis.reading.reports import Reports
>>> from analysis.tables import tabulate
>>> print(overview(Reports(), tabulate(Reports())))
There is no report in this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isnan

import pandas as pd

from analysis import formatting
from analysis.checks.findings import ONLY_CONTRADICTS
from analysis.comparison.asks import ASKS, MET, asked, next_pairs
from analysis.display.cells import Record, records, word
from analysis.display.counted import are_counts, counted_alike, counts_of_targets, is_count, outcomes, went
from analysis.display.digest import NAMED, Digest, Item, Line, are, item, opening, which
from analysis.display.naming import about_findings
from analysis.display.passages import passages
from analysis.extraction.exclusions import left_out
from analysis.extraction.places import gazetteer
from analysis.reading.reports import Reports
from analysis.schema import OUTCOMES
from analysis.tables import Tables
from analysis.writing.links import words_link

__all__ = [
    "added_up",
    "became",
    "caseloads",
    "doubts",
    "lower_bars",
    "only_held",
    "overview",
    "reading",
    "recomputed",
    "targets_met",
    "told",
]

_SEVERITIES = {"error": "contradiction", "warning": "doubtful passage", "note": "remark"}
_MOVES = re.compile(r"\b(?:growth|change|(?:de|in)crease|reduction|fall|rise)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
_NOTHING_ODD = "Nothing that was recomputed contradicts what is stated."
_LOWER = {"less": "ask for less", MET: MET, "too close to tell": "too close to tell"}


def overview(reports: Reports, tables: Tables) -> Digest:
    """How many targets were met, missed or undetermined, with their evidence, and what else there is to know."""
    figures, aimed = tables.figures, tables.aimed
    if not len(reports):
        return Digest(f"There is no report in this folder.{_lost(reports)}")
    who = opening(len(reports), "report")
    if figures.empty:
        return Digest(f"{who} {are(len(reports), 'holds', 'hold')} no figure.{_lost(reports)}")
    places = figures.loc[figures["place"] != "", "place"].nunique()
    about = f" on {formatting.count(places, 'place')}" if places else ""
    read = f"{who}{about} {are(len(reports), 'states', 'state')} {formatting.count(len(figures), 'figure')}."
    lead = went(aimed) if len(aimed) else "No target can be set beside a result."
    rest = " ".join(filter(None, [counted_alike(aimed), _tallies(aimed), _open(tables), _audited(tables), read]))
    return Digest(lead, _by_outcome(tables, OUTCOMES), rest + _lost(reports))


def targets_met(tables: Tables) -> Digest:
    """Which targets were missed or are undetermined; caseloads are counted apart: nobody aims at them."""
    aimed, n = tables.aimed, len(tables.aimed)
    if aimed.empty:
        return Digest(
            " ".join(filter(None, ["No target in these reports can be set against a result.", _open(tables)]))
        )
    rest = [counted_alike(aimed), _tallies(aimed), _open(tables)]
    implied = int(aimed["basis"].isin(["attainment", "margin"]).sum())
    if implied:
        some = which(implied, n, "target")
        rest.append(
            f"For {some[0].lower()}{some[1:]} the report gives only how far "
            f"{are(implied, 'it was', 'they were')} reached or passed; the target is worked out from that."
        )
    if missed := int((aimed["projected"].fillna(False) & (aimed["verdict"] == "missed")).sum()):
        rest.append(
            f"{which(missed, int((aimed['verdict'] == 'missed').sum()), 'missed target')} "
            f"{are(missed, 'rests', 'rest')} on a projected result."
        )
    rest.append(caseloads(tables))
    return Digest(went(aimed), _by_outcome(tables, ("missed", "undetermined")), " ".join(filter(None, rest)))


def added_up(tables: Tables) -> Digest:
    """How much could be recomputed and agrees, and what does not add up."""
    found = doubts(tables.findings, tables.figures, checked=len(tables.recomputations) > 0)
    return Digest(" ".join(filter(None, [recomputed(tables), found.lead])), found.lines, found.rest)


def recomputed(tables: Tables) -> str:
    """How many figures can be recomputed from the others, and how many of them agree.

    A figure that is recomputed more than once counts as what agrees least. Where a link that the words do not state
    led to the others, a figure that does not agree is left open. One that could only be contradicted, as 60 of which
    600% of the plan was reached, is told apart: that some whole plan fits is no agreement.
    """
    redone, n = tables.recomputations, len(tables.figures)
    if redone.empty:
        return "No figure was recomputed from the others." if n else ""
    weak, figure = (redone["agrees"] == "no") & (redone["link"] != "explicit"), redone["figure_ids"].str[0]
    worst = redone["agrees"].cat.codes.mask(weak, -1).groupby(figure).max()
    is_held = only_held(redone).groupby(figure).all()
    held, done = worst[is_held], worst[~is_held]
    n_held, n_done = len(held), len(done)
    whose = (
        f"{are(tables.figures['report'].nunique(), 'this report’s', 'these reports’')} {formatting.count(n, 'figure')}"
    )
    lead = f"{n_done:,} of {whose} {are(n_done, 'was', 'were')} recomputed from the others: {_agreement(done)}."
    more = f"{n_held:,} {'more' if n_done else f'of {whose}'} {are(n_held, 'was', 'were')} only held to a bound, a "
    more += f"whole number or a word{'' if held.isin([0, 1]).all() else f': {_agreement(held)}'}."
    return " ".join([*([lead] if n_done else []), *([more] if n_held else [])])


def only_held(redone: pd.DataFrame) -> pd.Series:
    """Which recomputations could only contradict a figure, and give no number in its place.

    Args:
        redone: the table recomputations.
    """
    return redone["check"].isin(list(ONLY_CONTRADICTS))


def _agreement(worst: pd.Series) -> str:
    """How many agree, how many only under another reading, and how many not, by the code of what agrees least."""
    kept = int(worst.isin([0, 1]).sum())
    other, odd, loose = (int((worst == code).sum()) for code in (2, 3, -1))
    told = [f"{kept:,} {are(kept, 'agrees', 'agree')}"] if kept else []
    told += [f"{other:,} {are(other, 'does', 'do')} so only under another reading"] if other and kept else []
    told += [f"{other:,} {are(other, 'agrees', 'agree')} only under another reading"] if other and not kept else []
    told += [f"{odd:,} {are(odd, 'does', 'do')} not agree"] if odd else []
    told += [f"{loose:,} may be held against something else"] if loose else []
    return formatting.join(told)


def caseloads(tables: Tables) -> str:
    """How many comparisons are of caseloads, which nobody aims at; empty where there is none."""
    cases = tables.caseloads
    if cases.empty:
        return ""
    n, first = len(cases), formatting.of_what(records(cases.head(1))[0])
    named = f", {first}," if n == 1 else f", such as {first},"
    return f"{opening(n, 'caseload')}{named} {are(n, 'is', 'are')} not counted: nobody aims at {are(n, 'it', 'them')}."


def doubts(findings: pd.DataFrame, figures: pd.DataFrame, checked: bool = True) -> Digest:
    """What does not add up: contradictions, figures that hold only under an unusual reading, and remarks.

    Args:
        findings: the table of that name.
        figures: the table of figures, which tells what the findings are about.
        checked: whether any figure could be recomputed; that nothing contradicts the others says nothing otherwise.
    """
    grave, quiet = findings[findings["severity"] != "note"], _NOTHING_ODD if checked else ""
    if findings.empty:
        return Digest(quiet)
    found = passages(grave)
    lines = tuple(
        Line(word, len(own), f"{noun}{'' if len(own) == 1 else 's'}", _findings(own, figures), apart=True)
        for word, noun in _SEVERITIES.items()
        if len(own := found[found["severity"] == word])
    )
    notes = len(findings) - len(grave)
    remarks = f"{opening(notes, 'remark')} {are(notes, 'is', 'are')} worth knowing"
    if not lines:
        return Digest(f"{quiet} {remarks}.".strip())
    where = formatting.count(grave["report"].nunique(), "report")
    lead = f"{formatting.join([f'{line.number:,} {line.words}' for line in lines])} in {where}."
    rest = "None of this says which number is wrong, nor why." + (f" {remarks}." if notes else "")
    return Digest(lead, lines, rest)


def reading(reports: Reports, tables: Tables) -> Digest:
    """How sentences became rows: how much was read, left out, and decided without a word that says so."""
    figures = tables.figures
    if figures.empty:
        return Digest(f"No sentence became a row.{_lost(reports)}")
    passed = len(left_out(reports, figures))
    others = (
        f", {formatting.count(passed, 'other number')} did not: {are(passed, 'it is a date, a name', 'dates, names')}, "
        f"{are(passed, 'a document number', 'document numbers')} and the like"
        if passed
        else ""
    )
    told = [f"{opening(len(figures), 'figure')} became {are(len(figures), 'a row', 'rows')}{others}."]
    n = len(figures)
    for missing, what in (
        (
            ~figures["period_source"].isin(["sentence", "section"]),
            "for {}, the period is that of the report as a whole, or not known",
        ),
        (figures["place"] == "", "for {}, no place could be found"),
        (figures["indicator"].isna(), "for {}, the codebook has no indicator, and the report's own words stand"),
        (figures["doubt"] != "", "{} could be read otherwise"),
    ):
        if k := int(missing.sum()):
            words = what.format("all" if k == n else f"{k:,}")
            told.append(f"{words[:1].upper()}{words[1:]}.")
    return Digest(told[0], (), " ".join(told[1:]) + _lost(reports))


def lower_bars(tables: Tables) -> Digest:
    """How many of the next targets ask for less than what has already been reached, and which."""
    pairs = next_pairs(tables.outlook, tables.figures)
    doubtful = pairs.loc[pairs["caution"] != "", "caution"]
    lead = asked(list(pairs["asks"])) + "."
    if n := len(doubtful):
        final = "a result is not final" if doubtful.str.contains("a projection", regex=False).any() else ""
        other = "the two may not measure the same" if (doubtful != "the result is a projection").any() else ""
        why = formatting.join(list(filter(None, [other, final])), "or")
        lead += f" {which(n, len(pairs), 'pair')} {are(n, 'has', 'have')} a caution: {why}."
    lines = [
        Line(ASKS[wanted], len(own), told, tuple(_later(row, tables.figures) for row in records(own.head(NAMED))))
        for wanted, told in _LOWER.items()
        if len(own := pairs[pairs["asks"] == wanted])
    ]
    if len(lines) == 1 and lines[0].number == 1:
        lines = [Line(lines[0].kind, 1, lines[0].words.replace("ask ", "asks "), lines[0].items)]
    rest = []
    if any(line.kind == "below" for line in lines):
        rest.append("A lower target may be caution, a windfall in the year before, or another base.")
    return Digest(lead, tuple(lines), " ".join(rest))


def became(name: str, level: str, date: pd.Timestamp) -> str:
    """What has become of a place since; nothing where that is not known, or where several units bear the name.

    Args:
        name: of the place, as in the tables.
        level: province, district, …, or nothing.
        date: of the report that speaks of it, or none.

    >>> print(became("Binh Dinh", "province", pd.Timestamp("2024-01-01")))
    Binh Dinh was a province until 30 June 2025; it went into the province of Gia Lai.
    """
    found = gazetteer.look_up(name, date=None if pd.isna(date) else date.date(), level=word(level) or None)
    return gazetteer.status(found[0]) if len(found) == 1 else ""


def _by_outcome(tables: Tables, kinds: Iterable[str]) -> tuple[Line, ...]:
    """A line for each outcome that occurs, the furthest from 100% named first."""
    lines, aimed = [], tables.aimed
    for kind in kinds:
        own = aimed[outcomes(aimed) == kind]
        if own.empty:
            continue
        far = own.assign(far=(own["attainment"] - 1).abs()).sort_values("far", ascending=False, kind="stable")
        told_ = far if kind == "undetermined" else far[far["doubt"] == ""]  # there the doubt is what there is to tell
        items = tuple(_compared(row, tables.figures) for row in records(told_.head(NAMED)))
        lines.append(Line(str(own["verdict"].iloc[0]), len(own), kind, items))
    return tuple(lines)


def told(row: Record) -> tuple[str, str, str]:
    """How far a target was reached: words before a number, the number, and the words that go on from it.

    >>> row = {"basis": "out_of", "unit": "count", "subject": "targets", "achieved": 22, "target": 25}
    >>> told(row | {"verdict": "missed"}), told(row | {"verdict": "in progress"})
    (('only ', '22 of 25', 'targets met'), ('', '22 of 25', 'targets met'))
    """
    if is_count(row):
        subject = formatting.subject(row, unknown="")
        met = " met" if subject.endswith("targets") else ""
        before = "only " if row["verdict"] == "missed" else ""  # else it reads as if so many had been missed
        return before, f"{row['achieved']:,.0f} of {row['target']:,.0f}", f"{subject}{met}"
    subject = formatting.subject(row, word(row["indicator"]).replace("_", " "))
    if isnan(row["attainment"]):
        return "", "", subject
    share = formatting.ratio(row["attainment_low"], row["attainment_high"], row["attainment"])
    less = ", where less is better" if row["direction"] == "lower" else ""
    said = not word(row["subject"]) and not word(row["indicator"])  # the report's own words stand for what it is of
    said = said or (
        row["basis"] == "percent only" and bool(_RATE.search(subject))
    )  # a rate that is the per cent itself
    how = "a projected " if row.get("projected") is True else ""
    moves = row["unit"] == "pp" and not _MOVES.search(subject)  # the points that a rate went up or down by
    subject = f"the change in {subject}" if moves else subject
    return how, share, f"of the target{less}: {subject}" if said else f"of the target for {subject}{less}"


def _compared(row: Record, figures: pd.DataFrame) -> Item:
    """What was aimed at, for whom and when, and how far it was reached; or why that cannot be said."""
    if row["doubt"]:
        return item(f"{formatting.of_what(row) or 'subject not stated'}: {row['doubt']}", row["figure_ids"], figures)
    before, number, rest = told(row)
    return item(f"{before}{number} {rest}".strip() + _where(row), row["figure_ids"], figures)


def _later(row: Record, figures: pd.DataFrame) -> Item:
    """What is aimed at next, after what has been reached."""
    low, high, result = row["target_low"], row["target_high"], formatting.amount(row["achieved"], row["unit"])
    unit = row["unit"]
    target = formatting.between(low, high, unit) if low < high else formatting.amount(row["target"], unit)
    how = "a projected " if row["projected"] is True else ""
    return item(f"{formatting.of_what(row)}: {target} after {how}{result}", row["figure_ids"], figures)


def _where(row: Record) -> str:
    """Place and period, in brackets."""
    named = formatting.of_what(row | {"subject": "", "wording": ""})
    return f" ({named})" if named else ""


def _findings(findings: pd.DataFrame, figures: pd.DataFrame) -> tuple[Item, ...]:
    items = []
    first = findings.head(NAMED)
    for row, what in zip(records(first), about_findings(first, figures), strict=True):
        words, ids = ": ".join(filter(None, [what, row["message"].rstrip(".")])), row["figure_ids"]
        words += (
            f" (and {formatting.count(row['others'], 'more finding')} on the same figures)" if row["others"] else ""
        )
        items.append(item(words, ids, figures) if ids else Item(words, words_link(row["report"], row["start"])))
    return tuple(items)


def _tallies(aimed: pd.DataFrame) -> str:
    """How many targets stand behind a missed "22 out of 25", and for how many of them there are figures."""
    missed = aimed[aimed["verdict"] == "missed"]
    is_tally = are_counts(missed)
    tallies = missed[is_tally]
    if tallies.empty:
        return ""
    named = 0
    for (report, place), own in tallies.groupby(["report", "place"], sort=False):
        others = missed[~is_tally & (missed["report"] == report) & (missed["place"] == place)]
        named += min(len(others), round(float((own["target"] - own["achieved"]).max())))
    (n, left), first = counts_of_targets(missed), tallies.iloc[0]
    example = f"{first['achieved']:,.0f} out of {first['target']:,.0f}"
    given = (
        f"at most {named:,} of them {are(named, 'has a figure', 'have figures')} of {are(named, 'its', 'their')} own"
    )
    return (
        f"{which(n, len(missed), 'missed target')} "
        f"{are(n, 'is itself a count of targets', 'are themselves counts of targets')}, "
        f"{'' if n == 1 else 'such as '}{example}: "
        f"{formatting.count(left, 'target')} {are(left, 'was', 'were')} missed in {are(n, 'it', 'them')}, "
        f"and {given if named else 'no figure says which'}."
    )


def _open(tables: Tables) -> str:
    """How many stated targets have no result beside them."""
    left = tables.figures["due"].dropna()
    if left.empty:
        return ""
    due = int((left == "due").sum())
    were = f"{due:,} of them {are(due, 'was', 'were')} due" if due else "none of them was due"
    noun = "further target" if len(tables.aimed) else "target"
    if len(left) == 1:
        return f"1 {noun} has no result in the same words and unit, and {'was' if due else 'was not'} due."
    return f"{opening(len(left), noun)} have no result in the same words and unit; {were}."


def _audited(tables: Tables) -> str:
    grave = tables.findings["severity"] != "note"
    found = pd.concat([passages(tables.findings[grave]), tables.findings[~grave]])["severity"].value_counts()
    parts = [formatting.count(int(found[word]), noun) for word, noun in _SEVERITIES.items() if found.get(word, 0)]
    return f"The check of the figures found {formatting.join(parts)}." if parts else ""


def _lost(reports: Reports) -> str:
    lost = len({failure.path for failure in reports.failed})
    return f" {opening(lost, 'file')} could not be read, or not wholly." if lost else ""
