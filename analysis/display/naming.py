"""What a report is called, and what a page rests on: places, dates and sources instead of the names of files.

>>> from datetime import date
>>> from analysis.reading.reports import Place
>>> report = Report("004_56a8", "…", None, (Place("Xa An", "commune"),), date(2024, 7, 31), dated="2024-07")
>>> report_name(report)
'Xa An, July 2024'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis import formatting
from analysis.display.cells import records
from analysis.extraction.country import country_of, name_of
from analysis.extraction.frame import frame_of
from analysis.lexicon import phrase
from analysis.reading.reports import Report, Reports
from analysis.reading.sentences import plain

__all__ = ["about_findings", "basis", "headline", "named", "report_date", "report_name", "report_names"]

_LONGEST = 125  # letters of a headline
_LEAST = 5  # words of one; "Get Adobe Flash player" is none
_OPENS = re.compile(r"[\"“‘'(]?[A-ZÀ-Ỹ0-9]")
_NAMED = 3  # places or sources that a line names


def report_name(report: Report) -> str:
    """Place and date of a report, as narrowly as they are known; its id where neither is."""
    frame = frame_of(report)
    names = [place.name for place in report.places] or ([frame.place.name] if frame.place else [])
    where = formatting.join(names[:_NAMED]) + (" and others" if len(names) > _NAMED else "")
    period = formatting.period(frame.period.start, frame.period.end) if frame.period else ""
    reviewed = f"{period} (undated)" if period else "undated"
    when = report_date(report) or reviewed
    if where or when != "undated":
        return ", ".join([where or report.id, when])
    return report.id


def report_date(report: Report) -> str:
    """When a report is from, as narrowly as it is known, in words; empty where nobody knows.

    An inferred date is the latest day that the text speaks of, so that the report can only be later.
    """
    frame = frame_of(report)
    told = formatting.known_date(frame.dated)
    return f"not before {told}" if told and frame.date_source == "inferred" else told


def report_names(reports: Reports) -> Mapping[str, str]:
    """The name of each report by its id; reports of one place and date are numbered.

    >>> from analysis.reading.reports import Place
    >>> places = (Place("Xa An", "commune"),)
    >>> dict(report_names(Reports([Report(name, "", places=places) for name in ("a", "b")])))
    {'a': 'Xa An, undated (1)', 'b': 'Xa An, undated (2)'}
    """
    names = {report.id: report_name(report) for report in reports}
    often, seen = Counter(names.values()), Counter[str]()
    for report, name in names.items():
        seen[name] += 1
        names[report] = f"{name} ({seen[name]})" if often[name] > 1 else name
    return names


def headline(report: Report) -> str:
    """The report's first sentence where it can stand for the whole; empty where it is a fragment, or a date.

    >>> headline(Report("a", "Xa An fulfils 21 of 24 targets in 2023\\n\\nIt was a good year."))
    'Xa An fulfils 21 of 24 targets in 2023'
    >>> headline(Report("a", "From there, contributing to building a clean Party at all levels."))
    ''
    """
    title = " ".join(report.title.split())
    words = re.findall(r"[^\W\d_]{2,}", title)
    fits = len(title) <= _LONGEST and len(words) >= _LEAST - 1 and len(title.split()) >= _LEAST
    return title if fits and _OPENS.match(title) and not phrase("no_headline").search(title) else ""


def named(names: Sequence[str], most: int = _NAMED) -> str:
    """The first of some names in prose, and how many more there are.

    >>> named(["Xa An", "Xa Binh"]), named(["a", "b", "c", "d", "e"])
    ('Xa An and Xa Binh', 'a, b, c and 2 more')
    """
    rest = len(names) - most
    return formatting.join([*names[:most], *([f"{rest:,} more"] if rest > 0 else [])])


def basis(reports: Reports, figures: pd.DataFrame) -> str:
    """What a page rests on: how many reports, on which places and years, from which sources.

    Args:
        reports: those that the page is made of.
        figures: their figures, which tell the places.
    """
    if not len(reports):
        return "Rests on no report."
    named = figures.loc[figures["place"] != "", "place"].drop_duplicates().tolist()
    where = formatting.join(named) if len(named) <= _NAMED else formatting.count(len(named), "place")
    lands = sorted({name_of(country_of(plain(report.text))) or "other countries" for report in reports})
    country = formatting.join(lands if len(lands) <= _NAMED else [formatting.count(len(lands), "country", "countries")])
    if named == [country]:
        country = ""
    about = f" on {where}{f' in {country}' if country else ''}" if named else f" from {country}" if country else ""
    when = _years(reports)
    told = f"Rests on {formatting.count(len(reports), 'report')}{about}{f', reviewing {when}' if when else ''}"
    reviewed = int(figures["reviewed"].fillna(False).sum()) if "reviewed" in figures else 0
    by_hand = f" {reviewed:,} of {formatting.count(len(figures), 'figure')} reviewed by a person." if reviewed else ""
    return f"{told}; {_sources(reports)}.{by_hand}"


def about_findings(findings: pd.DataFrame, figures: pd.DataFrame) -> Sequence[str]:
    """What each finding is about: the first of its figures that has a subject, with place and period.

    Args:
        findings: rows of the table of that name.
        figures: the table of figures.
    """
    columns = ["figure_id", "subject", "wording", "place", "period_start", "period_end"]
    ids = {one for row in findings["figure_ids"] for one in row or ()}
    named = figures.loc[figures["figure_id"].isin(list(ids)), columns]
    known = {row["figure_id"]: row for row in records(named)}
    told = []
    cells = (findings[name] for name in ("figure_ids", "place", "check"))
    for ids_of_row, place, check in zip(*cells, strict=True):
        own = [known[one] for one in ids_of_row or () if one in known]
        first = next((one for one in own if one["subject"]), own[0] if own else {}) | {"place": place}
        others = len({one["subject"] for one in own if one["subject"]}) - 1
        if str(check).startswith("class") and others > 0:  # of a whole list, not of its first class alone
            first["subject"] += f" and {formatting.count(others, 'other class', 'other classes')}"
        told.append(formatting.of_what(first))
    return told


def _years(reports: Reports) -> str:
    """The years that the reports review, or are from."""
    periods = [frame_of(report).period for report in reports]
    dates = [frame_of(report).date for report in reports]
    starts = [period.start for period in periods if period and period.start]
    ends = [period.end for period in periods if period and period.end]
    if len(reports) == 1 and starts and ends:
        return formatting.period(starts[0], ends[0])
    years = {day.year for day in [*starts, *ends]} or {day.year for day in dates if day}
    return f"{min(years)} to {max(years)}" if len(years) > 1 else str(*years)


def _sources(reports: Reports) -> str:
    told = list(dict.fromkeys(report.source for report in reports if report.source))
    silent = sum(not report.source for report in reports)
    if not told:
        return "no source is recorded"
    if len(told) > _NAMED:
        return f"{len(told):,} sources, each named on its report’s page"
    rest = f"; none is recorded for {silent:,}" if silent else ""
    return f"{'source' if len(told) == 1 else 'sources'}: {'; '.join(told)}{rest}"
