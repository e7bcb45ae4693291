"""``analysis init``: a draft of ``reports.toml``."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import UNREAD, Terminal


@click.command(epilog=shared.examples("analysis init my-reports"))
@shared.paths
@shared.talks
def init(paths: tuple[Path, ...], terminal: Terminal) -> int:
    """Draft reports.toml, which says what the texts leave out.

    PATH is a report, an archive or a folder of them; the file is written into each folder. What you wrote in it
    stays; what is uncertain is marked with #.
    """
    from analysis.commands.drafting import draft
    from analysis.reading.unread import check_any

    drafts = []
    for path in paths:
        drafts.append(draft(path))
        check_any(drafts[-1].reports, [path])
    lines = [f"{made} in {made.path}; look for # in it" for made in drafts]
    not_read = [one for made in drafts for one in terminal.not_read(made.reports)]
    told = [{"file": made.path, "drafted": made.drafted, "kept": made.kept} for made in drafts]
    terminal.result(lines, {"files": told, "not_read": not_read})
    return UNREAD if not_read else 0
