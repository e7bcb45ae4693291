"""All tables of some reports at once, and as files.

>>> from analysis.reading.reports import Reports, from_text
>>> tables = tabulate(Reports([from_text("In 2023 the district met 22 out of 25 targets.", "note")]))
>>> tables
<1 figure, 1 comparison, 0 outlook rows, 1 finding>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.checks import OfEach, across_all, of_each
from analysis.comparison.answered import with_answers
from analysis.comparison.comparisons import compare_targets
from analysis.comparison.outlook import outlook
from analysis.extraction.claims import extract_claims
from analysis.extraction.figures import extract_figures
from analysis.extraction.garbage import uncollected
from analysis.formatting import count
from analysis.progressbar import watched
from analysis.reading.reports import Failure, Report, Reports, Source, each_report
from analysis.reading.sparing import spared
from analysis.reviewing.applying import Stale, applied, with_reviewed
from analysis.reviewing.corrections import Correction, corrections_of
from analysis.schema import TABLES, empty
from analysis.writing.files import replace
from analysis.writing.forms import About, base_of, made
from analysis.writing.names import USUAL
from analysis.writing.package import zipped
from analysis.writing.together import write_together

__all__ = ["Tables", "tabulate"]

ABOUT_NOTHING = About()


@dataclass(frozen=True)
class Tables:
    """The tables of the data contract, as DataFrames; ``claims`` are the sentences that claim success in words.

    ``stale`` are the corrections that are not applied, because the text has changed since; ``reports`` is what the
    tables were made of, and ``reports.failed`` what they were not made of, whether it could not be read or tabulated.
    ``aimed`` are the comparisons that count: targets set against results, without the caseloads that nobody aims at.
    """

    figures: pd.DataFrame
    comparisons: pd.DataFrame
    outlook: pd.DataFrame
    findings: pd.DataFrame
    recomputations: pd.DataFrame = field(default_factory=lambda: empty("recomputations"))
    claims: pd.DataFrame = field(default_factory=pd.DataFrame)
    stale: tuple[Stale, ...] = field(default=(), kw_only=True)
    reports: Reports = field(default_factory=Reports, kw_only=True)

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The five tables with their names."""
        return iter([(name, getattr(self, name)) for name in TABLES])

    @property
    def aimed(self) -> pd.DataFrame:
        """The comparisons without the caseloads (petitions settled of petitions received), which nobody aims at."""
        return self.comparisons[~self._is_caseload()]

    @property
    def caseloads(self) -> pd.DataFrame:
        """The comparisons of a caseload with what was dealt with."""
        return self.comparisons[self._is_caseload()]

    def _is_caseload(self) -> pd.Series:
        caseloads = set(self.figures.loc[self.figures["whole"] == "caseload", "figure_id"])
        found = [bool(caseloads & set(ids or ())) for ids in self.comparisons["figure_ids"]]
        return pd.Series(found, index=self.comparisons.index, dtype=bool)

    def __repr__(self) -> str:
        rows = len(self.outlook)
        sizes = [
            count(len(self.figures), "figure"),
            count(len(self.comparisons), "comparison"),
            f"{rows} outlook row{'' if rows == 1 else 's'}",
            count(len(self.findings), "finding"),
        ]
        if self.stale:
            sizes.append(f"{count(len(self.stale), 'correction')} not applied")
        if self.reports.failed:
            sizes.append(f"{count(len(self.reports.failed), 'file')} not read")
        return f"<{', '.join(sizes)}>"

    def write(self, folder: str | Path, forms: Sequence[str] = USUAL, about: About = ABOUT_NOTHING) -> list[Path]:
        """Write the tables as files; the paths of the files, all of them written or none.

        CSV is UTF-8 with the mark that Excel needs, ISO 8601 dates, empty cells for what is missing, ``inf`` for an
        open bound, the ids of ``figure_ids`` joined by one space, and an apostrophe before text that a spreadsheet
        would run (``- 5 schools``); Parquet keeps the dtypes, and the text as it is.

        Args:
            folder: to write into.
            forms: some of ``csv``, ``parquet``, ``xlsx`` (``tables.xlsx``), ``package`` (``datapackage.json`` with
                CSV) and ``iati`` (``results.json``).
            about: what the files may say besides the tables.

        Raises:
            OSError: a file cannot be written, and is named; those that were there before are there still.
            MissingExtra: a form needs a package that is not installed.
            WorkbookError: a table is larger than a workbook can be.
        """
        return write_together(made(self, forms, about), Path(folder))

    def to_excel(self, path: str | Path, pages: str | Path | None = None) -> Path:
        """Write an Excel workbook: a sheet for each table, one that explains the columns, one with the indicators.

        Args:
            path: of the workbook; a file that is there is replaced.
            pages: the folder, or the address, of exported pages, for links from each figure to its sentence.

        Raises:
            MissingExtra: openpyxl is not installed: ``pip install 'targets-and-results[office]'``.
            WorkbookError: a table has more rows, or a cell more characters, than Excel can hold; nothing is written.
        """
        path = Path(path)
        (content,) = made(self, ["xlsx"], About(base_of(pages, path.parent))).values()
        return replace(path, content)

    def to_package(self, path: str | Path, reports: Reports | None = None, licence: str = "") -> Path:
        """Write a Frictionless data package: CSV files and a ``datapackage.json`` that says what they hold.

        Args:
            path: a folder, or a file that ends in ``.zip``; files of the same names are replaced.
            reports: to be named as sources, where they are not those that the tables were made of.
            licence: of the tables, by its name in the Open Definition (``CC-BY-4.0``) or its address.

        Returns:
            The path of ``datapackage.json``, or of the archive.
        """
        known = reports if reports is not None else self.reports or None
        path, files = Path(path), made(self, ["package"], About(None, known, licence))
        if path.suffix.lower() == ".zip":
            return replace(path, zipped(files))
        return write_together(files, path)[-1]

    def renew(self) -> None:
        """Make the tables anew, in place, with the corrections that there are now."""
        for name, value in vars(tabulate(self.reports)).items():
            object.__setattr__(self, name, value)


def tabulate(reports: Source) -> Tables:
    """The figures of the reports, their comparisons, the outlook, and what the audit found and recomputed.

    Args:
        reports: what ``read`` returned; the path of a folder, or the text of a report, will do.

    >>> tabulate("In 2023 the district met 22 out of 25 targets.")
    <1 figure, 1 comparison, 0 outlook rows, 1 finding>

    What people have corrected, in ``corrections.toml`` beside the reports, is applied: see ``analysis review --help``.

    The four steps are public on their own: ``extract_figures``, ``compare_targets``, ``outlook``, ``audit``.

    A report over which one of the steps fails that look at one report at a time is listed in ``reports.failed`` of what
    is returned, and the others are tabulated.

    The tables of the last reports are kept, so that a cell run twice costs nothing; each call gets its own copy.
    """
    failed: list[Failure] = []
    listed = tuple(each_report(reports, failed))
    with uncollected():
        kept = _tabulated(listed, tuple(failed), corrections_of(listed))
    copies = [getattr(kept, name).copy() for name in (*TABLES, "claims")]
    return Tables(*copies, stale=kept.stale, reports=kept.reports)


@lru_cache(maxsize=1)
def _tabulated(listed: tuple[Report, ...], failed: tuple[Failure, ...], corrections: tuple[Correction, ...]) -> Tables:
    each, reports = spared(partial(_of_each, corrections), Reports(listed, failed))
    figures, ahead = each.figures, outlook(each.figures)
    findings = across_all(each.checked, each.comparisons, each.claims, ahead, figures["report"])
    told = with_answers(figures, each.comparisons, ahead)
    tables = (each.comparisons, ahead, findings, findings.recomputations)
    compared, ahead, found, redone = (with_reviewed(one, figures) for one in tables)
    return Tables(told, compared, ahead, found, redone, each.claims, stale=each.stale, reports=reports)


class _OfEach(NamedTuple):
    """What is made of each report by itself."""

    figures: pd.DataFrame
    stale: tuple[Stale, ...]
    claims: pd.DataFrame
    comparisons: pd.DataFrame
    checked: OfEach


def _of_each(corrections: tuple[Correction, ...], reports: Reports) -> _OfEach:
    figures, stale = applied(extract_figures(watched(reports, "Reading")), corrections, reports)
    checked = of_each(figures, frozenset(figures["figure_id"]))
    return _OfEach(figures, stale, extract_claims(reports), compare_targets(figures), checked)
