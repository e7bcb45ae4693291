"""``analysis tabulate``: the tables as files."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import FAILED, UNREAD, Terminal
from analysis.schema import TABLES

FORMATS = ("csv", "parquet")


@click.command(
    epilog=shared.examples("analysis tabulate seeds --to tables", "analysis tabulate a.txt b.txt --to tables --force")
)
@shared.paths
@shared.to(metavar="DIR", required=True, help="The folder to write the tables into.")
@shared.force
@shared.talks
def tabulate(paths: tuple[Path, ...], to: Path, force: bool, terminal: Terminal) -> int:
    """Write the tables of reports as files.

    PATH is a report (.txt) or a folder of reports.
    """
    import analysis
    from analysis.writing.files import keep

    keep([to / f"{name}.{format}" for name in TABLES for format in FORMATS], force)
    reports = analysis.read(*paths)
    failed = terminal.not_read(reports.failed)
    terminal.detail(f"{len(reports)} reports read")
    tables = analysis.tabulate(reports)
    files = tables.write(to)
    rows = {name: len(table) for name, table in tables}
    said = [f"{name}: {n:,} row{'' if n == 1 else 's'} in {to / name}.csv and .parquet" for name, n in rows.items()]
    terminal.result(said, {"rows": rows, "files": files, "not_read": failed})
    return (UNREAD if reports else FAILED) if failed else 0
