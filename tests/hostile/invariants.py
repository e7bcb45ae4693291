"""What holds of the tables and pages of any text, however strange."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pandas as pd

from analysis import schema
from analysis.display.naming import report_names
from analysis.pages.place import place_pages
from analysis.pages.report import report_pages
from analysis.reading.reports import Reports
from analysis.tables import Tables

INTERVALS = {
    "figures": [("low", "high")],
    "comparisons": [(f"{name}_low", f"{name}_high") for name in ("target", "achieved", "attainment", "progress")],
    "outlook": [(f"{name}_low", f"{name}_high") for name in ("target", "achieved", "attainment")],
    "findings": [("recomputed_low", "recomputed_high")],
    "recomputations": [("recomputed_low", "recomputed_high")],
}


def broken(tables: Tables, reports: Reports) -> list[str]:
    """Return what does not hold, in words."""
    lost = [failure.reason for failure in tables.reports.failed]
    if lost:  # a crash
        return lost
    return [*_of_figures(tables, reports), *_of_findings(tables, reports), *_of_tables(tables)]


def _of_figures(tables: Tables, reports: Reports) -> Iterator[str]:
    for row in tables.figures.itertuples():
        text = reports[row.report].text
        ends = row.sentence_start + len(row.sentence)
        if text[row.start : row.end] != row.quote or not row.quote:
            yield f"{row.figure_id}: the quote {row.quote!r} is not what stands there"
        if text[row.sentence_start : ends] != row.sentence:
            yield f"{row.figure_id}: the sentence is not what stands there"
        if not row.sentence_start <= row.start < row.end <= ends:
            yield f"{row.figure_id}: {row.quote!r} lies outside its sentence"
        if pd.isna(row.value) or not row.low <= row.value <= row.high:
            yield f"{row.figure_id}: {row.value} lies outside {row.low} to {row.high}"


def _of_findings(tables: Tables, reports: Reports) -> Iterator[str]:
    for row in tables.findings.itertuples():
        if reports[row.report].text[row.start : row.end] != row.quote:
            yield f"{row.finding_id}: the quote {row.quote!r} is not what stands there"


def _of_tables(tables: Tables) -> Iterator[str]:
    known = set(tables.figures["figure_id"])
    for name, table in tables:
        schema.validate(name, table)
        ids = table.iloc[:, 0]
        if not ids.is_unique:
            yield f"{name}: {ids[ids.duplicated()].iloc[0]} stands there twice"
        for low, high in INTERVALS[name]:
            for row in table[table[low] > table[high]].to_dict("records"):
                yield f"{name}: {low} {row[low]} > {high} {row[high]}: {row.get('message') or row.get('subject')!r}"
        if "period_start" in table:
            for row in table[table["period_start"] > table["period_end"]].to_dict("records"):
                yield f"{name}: a period from {row['period_start']} to {row['period_end']}"
        if "figure_ids" in table:
            lost = {one for row in table["figure_ids"] for one in row} - known
            yield from (f"{name}: there is no figure {one}" for one in sorted(lost))


def pages(tables: Tables, reports: Reports) -> dict[str, str]:
    """Return the pages that are made without notebooks."""
    return dict(report_pages(reports, tables, report_names(reports))) | dict(place_pages(reports, tables))


class _Tags(HTMLParser):
    """What a page could do beyond showing words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            plain = "".join((value or "").split()).lower()
            if name.startswith("on") or plain.startswith(("javascript:", "vbscript:")) or "srcdoc" in name:
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag in ("iframe", "object", "embed", "base", "form"):
            self.found.append(f"<{tag}>")


def lively(page: str) -> list[str]:
    """Return the elements and attributes of a page that would run or fetch something, scripts of its own left out."""
    tags = _Tags()
    tags.feed(page)
    return tags.found
