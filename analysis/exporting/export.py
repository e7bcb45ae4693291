"""Notebooks and reports as self-contained HTML pages, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote
from warnings import warn

from analysis.display.naming import basis, report_names
from analysis.exporting import TIME_LIMIT
from analysis.exporting.packed import Packed
from analysis.exporting.pdf import PrintError, browser, printed
from analysis.exporting.publish import PublishError, keep_foreign, publish
from analysis.exporting.run_notebooks import NotebookError, Run, notebooks_folder, notebooks_in, reports_in, running
from analysis.pages.base import neighbours
from analysis.pages.overview import Answer, overview
from analysis.pages.place import place_pages
from analysis.pages.report import report_pages
from analysis.progressbar import QUIET, watched
from analysis.reading.report import Failure
from analysis.reading.reports import Reports, read
from analysis.reading.sparing import failures
from analysis.reading.unread import check_any, write_not_read
from analysis.tables import Tables, tabulate
from analysis.writing.links import LINKS

__all__ = ["NotebookError", "PrintError", "PublishError", "export", "exported"]

TITLE = "Targets and results"
INDEX = "index.html"


def export(
    notebooks: str | Path | None = None,
    reports: str | Path | Iterable[str | Path] | None = None,
    to: str | Path = "reports",
    jobs: int = 2,
    pdf: bool = False,
    time_limit: float = TIME_LIMIT,
    force: bool = False,
) -> Path:
    """Run the notebooks on the reports and write a page for each notebook, report and place, and an overview.

    Files that were not read are listed on the overview, and beside it in ``not_read.csv``.

    Args:
        notebooks: the folder of notebooks; by default ``notebooks`` here, or the one beside the package.
        reports: the folder of reports, or several; by default ``seeds`` here, or the one beside the package.
        to: the folder for the pages. Pages of an earlier export that are no longer made are removed from it; its other
            files stay.
        jobs: how many notebooks run at the same time.
        pdf: whether to print each page as a PDF file beside it, by a Chromium or Chrome that is installed.
        time_limit: how long a notebook may run, in seconds.
        force: whether to replace an ``index.html`` that no export wrote.

    Returns:
        The path of the overview, ``index.html``.

    Raises:
        NotebookError: a notebook is missing, failed or took too long. The pages of an earlier export stay as they were.
        FileNotFoundError: there is no folder of reports, or no report in it.
        PublishError: the pages cannot be written where they should, or would replace a foreign ``index.html``.
        PrintError: there is no browser to print with.
    """
    return exported(notebooks, reports, to, jobs, pdf, time_limit, force)[0]


def exported(
    notebooks: str | Path | None,
    reports: str | Path | Iterable[str | Path] | None,
    to: str | Path,
    jobs: int,
    pdf: bool,
    time_limit: float,
    force: bool,
) -> tuple[Path, Reports]:
    """What ``export`` does and returns, with the reports that it read."""
    folder, source, target = notebooks_folder(notebooks), reports_in(reports), Path(to)
    if not force:
        keep_foreign(target)
    program = browser() if pdf else ""
    found = read(*source)
    check_any(found, source)
    with running(folder, source, jobs, time_limit, {LINKS: "", QUIET: "1"}) as runs:
        tables = tabulate(found)
        found = tables.reports
        check_any(found, source)
        files = Packed()
        found = _table_pages(found, tables, files)
        done = watched(runs, "Running notebooks", len(notebooks_in(folder)))
        pages, answers = _notebook_pages(done, basis(found, tables.figures))
    clash = next((name for name in (*files, INDEX) if name in pages), None)
    if clash:
        raise PublishError(
            f"A notebook's page would be called {clash}, like one that is made anyway; rename the notebook."
        )
    files.update(pages)
    files[INDEX] = overview(TITLE, answers, found, tables)
    publish({**printed(files, program, jobs), **files} if pdf else files, target)
    write_not_read(found, target)
    return target / INDEX, found


def _table_pages(found: Reports, tables: Tables, files: Packed) -> Reports:
    """Make the page of each report and place; the reports, which list those pages over which the library failed."""
    reports: dict[str, str] = {}
    places: dict[str, str] = {}
    files.update(report_pages(watched(found, "Making pages"), tables, report_names(found), reports))
    files.update(place_pages(found, tables, places))
    lost = [*failures(found, reports), *(Failure(Path(name), f"{name} {why}.") for name, why in places.items())]
    return Reports(found, [*found.failed, *lost]) if lost else found


def _notebook_pages(runs: Iterable[Run], rests: str) -> tuple[dict[str, str], list[Answer]]:
    """Every notebook's page by its name, and the answers for the overview in the order of the notebooks."""
    from analysis.pages.notebook import ReportExporter, answer, question

    exporter, pages, answers = ReportExporter(), {}, {}
    exporter.basis = rests
    listed = sorted(runs, key=lambda run: run.path.stem)
    titles = [(quote(f"{run.path.stem}.html"), question(run.notebook) or run.path.stem) for run in listed]
    for done, beside in zip(listed, neighbours(titles), strict=True):
        name = f"{done.path.stem}.html"
        exporter.neighbours, exporter.folder = beside, str(done.path.parent)
        pages[name], _ = exporter.from_notebook_node(done.notebook, {"metadata": {"name": done.path.stem}})
        for picture in exporter.lost:
            warn(
                f"{done.path}: the picture {picture} is no file in the notebook's folder, so that the page shows its "
                "words instead; put it there.",
                stacklevel=2,
            )
        answers[name] = Answer(quote(name), exporter.question or done.path.stem, answer(done.notebook))
    return pages, [answers[name] for name in sorted(answers)]
