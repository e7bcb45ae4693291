"""``analysis export``: the pages."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import UNREAD, Terminal
from analysis.exporting import TIME_LIMIT

_EXAMPLES = ("analysis export", "analysis export my-reports --to my-pages", "analysis export my-reports --pdf")


@click.command(epilog=shared.examples(*_EXAMPLES))
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=shared.PATH)
@click.option("--reports", type=shared.PATH, hidden=True)  # what PATH was called
@click.option("--notebooks", metavar="DIR", type=shared.PATH, help="The folder of notebooks.  [default: notebooks]")
@shared.to(metavar="DIR", default=Path("reports"), show_default=True, help="The folder to write the pages into.")
@click.option("--jobs", metavar="N", type=int, default=2, show_default=True, help="Notebooks to run at a time.")
@click.option("--pdf", is_flag=True, help="Print each page as PDF too (with Chromium, Chrome or Edge).")
@click.option(
    *("--time-limit", "time_limit"),
    metavar="SECONDS",
    type=float,
    default=TIME_LIMIT,
    show_default=True,
    help="How long a notebook may run.",
)
@click.option("-f", "--force", is_flag=True, help="Replace an index.html that no export wrote.")
@shared.talks
def export(
    paths: tuple[Path, ...],
    reports: Path | None,
    notebooks: Path | None,
    to: Path,
    jobs: int,
    pdf: bool,
    time_limit: float,
    force: bool,
    terminal: Terminal,
) -> int:
    """Run the notebooks on reports and write self-contained HTML pages.

    PATH is a report, an archive or a folder of them; without it, the folder seeds. Pages of an earlier export are
    renewed.
    """
    from analysis.exporting.export import exported
    from analysis.tables import tabulate

    index, found = exported(notebooks, paths or reports, to, jobs, pdf, time_limit, force)
    terminal.stale(tabulate(found).stale)  # kept from the export
    terminal.result([str(index)], {"index": index, "not_read": terminal.not_read(found)})
    return UNREAD if found.failed else 0
