"""``analysis tabulate``: the tables as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import UNREAD, Terminal
from analysis.writing.names import FORMS, USUAL, files_of

_EXAMPLES = (
    "analysis tabulate seeds --to tables",
    "analysis tabulate a.txt b.txt --to tables --format xlsx --force",
    "analysis tabulate seeds --to tables --format package --licence CC-BY-4.0",
    "analysis tabulate my-reports --to tables --partitions",
    "analysis tabulate s3://bucket/reports --to s3://bucket/tables --scheduler tcp://host:8786",
)


@click.command(epilog=shared.examples(*_EXAMPLES))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=shared.ADDRESS)
@click.option("--to", metavar="DIR", required=True, type=shared.DIRECTORY, help="The folder to write the tables into.")
@click.option(
    *("--format", "forms"),
    type=click.Choice(FORMS),
    multiple=True,
    default=USUAL,
    show_default=True,
    help="What to write; may be given several times.",
)
@click.option("--pages", metavar="DIR", help="Where exported pages are, a folder or an address: xlsx links to them.")
@click.option("--licence", metavar="NAME", default="", help="The licence of the tables, as CC-BY-4.0, for the package.")
@click.option("--partitions", is_flag=True, help="For thousands of reports: on all cores, Parquet files in parts.")
@click.option("--scheduler", metavar="ADDRESS", help="The same on the Dask cluster at tcp://host:8786.")
@shared.force
@shared.talks
def tabulate(
    paths: tuple[Path | str, ...],
    to: Path | str,
    forms: tuple[str, ...],
    pages: str | None,
    licence: str,
    partitions: bool,
    scheduler: str | None,
    force: bool,
    terminal: Terminal,
) -> int:
    """Write the tables of reports as files.

    PATH is a report, an archive or a folder of them. The formats: csv and parquet, a file for each table; xlsx, one
    workbook with a sheet for each; package, CSV with a datapackage.json that explains every column (Frictionless);
    iati, targets and results in the form of IATI.

    With --partitions, a folder of Parquet files is written for each table, whatever the number of reports; what a
    stopped run has done, and what has not changed since the last run, is not done again. PATH and DIR may be addresses
    such as s3://bucket/reports, which imply it.
    """
    if partitions or scheduler or not isinstance(to, Path) or any(isinstance(path, str) for path in paths):
        return _in_parts(paths, to, scheduler, terminal)
    import analysis
    from analysis.extras import needed
    from analysis.reading.documents import TABLES_MARK
    from analysis.reading.kept import keep_texts
    from analysis.reading.unread import check_any, write_not_read
    from analysis.writing.files import keep
    from analysis.writing.forms import About, base_of

    keep([to / name for name in [*files_of(forms), TABLES_MARK]], force)
    if "xlsx" in forms:
        needed("openpyxl", "office")
    tables = analysis.tabulate(analysis.read(*paths))
    reports = tables.reports
    check_any(reports, paths)
    terminal.stale(tables.stale)
    files = tables.write(to, forms, About(base_of(pages, to), reports, licence))
    terminal.detail(f"{len(reports)} report{'' if len(reports) == 1 else 's'} read, {len(files)} files written")
    rows = {name: len(table) for name, table in tables}
    endings = " and ".join(f".{form}" for form in forms)
    if set(forms) <= set(USUAL):
        where = {name: f"{to / name}{endings}" for name in rows}
    else:
        where = dict.fromkeys(rows, str(to))
    said = [f"{name}: {n:,} row{'' if n == 1 else 's'} in {where[name]}" for name, n in rows.items()]
    keep_texts(reports, to)
    files.append(write_not_read(reports, to))
    terminal.result(said, {"rows": rows, "files": files, "not_read": terminal.not_read(reports)})
    return UNREAD if reports.failed else 0


def _in_parts(paths: Sequence[Path | str], to: Path | str, scheduler: str | None, terminal: Terminal) -> int:
    """The tables of many reports, as folders of Parquet files."""
    from analysis.corpus import tabulate
    from analysis.formatting import count
    from analysis.writing.remarks import plain

    made = tabulate(paths, to, scheduler=scheduler)
    terminal.stale(made.stale)
    terminal.detail(f"{made.reports:,} reports; {made.fresh:,} of {made.files:,} files were read, others known already")
    for file, reason in made.failed:
        click.echo(plain(f"{file}: {reason}"), err=True)
    said = [f"{name}: {count(n, 'row')} in {to}/{name}" for name, n in made.rows.items()]
    told = {"reports": made.reports, "rows": made.rows, "fresh": made.fresh}
    terminal.result(said, told | {"not_read": [{"file": file, "reason": reason} for file, reason in made.failed]})
    return UNREAD if made.failed else 0
