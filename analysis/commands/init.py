"""``analysis init``: a draft of ``reports.toml``."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import UNREAD, Terminal


@click.command(epilog=shared.examples("analysis init my-reports"))
@click.argument("path", metavar="PATH", type=shared.PATH)
@shared.talks
def init(path: Path, terminal: Terminal) -> int:
    """Draft reports.toml, which says what the texts leave out.

    PATH is a report, an archive or a folder of them; the file is written into the folder. What you wrote in it stays;
    what is uncertain is marked with #.
    """
    from analysis.commands.drafting import draft
    from analysis.reading.unread import check_any

    made = draft(path)
    check_any(made.reports, [path])
    told = {"file": made.path, "drafted": made.drafted, "kept": made.kept}
    terminal.result([f"{made} in {made.path}; look for # in it"], told | {"not_read": terminal.not_read(made.reports)})
    return UNREAD if made.reports.failed else 0
