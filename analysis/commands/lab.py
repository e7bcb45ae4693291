"""``analysis lab``: the notebooks in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from urllib.parse import quote

import click

from analysis.commands import shared


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=shared.examples("analysis lab", "analysis lab my-reports", "analysis lab my-reports --no-browser"),
)
@click.argument("given", metavar="[PATH]... [OPTION OF JUPYTERLAB]...", nargs=-1, type=click.UNPROCESSED)
@click.option("--reports", type=shared.PATH, hidden=True)  # what PATH was called
@click.option("--notebooks", metavar="DIR", type=shared.PATH, help="The folder of notebooks.  [default: notebooks]")
def lab(given: tuple[str, ...], reports: Path | None, notebooks: Path | None) -> int:
    """Open the notebooks in JupyterLab.

    PATH is a report, an archive or a folder of them to work on, in copies of the notebooks. Other options are handed to
    JupyterLab.
    """
    from analysis.exporting.run_notebooks import copies, notebooks_folder, reports_in

    paths = [Path(one) for one in takewhile(lambda one: not one.startswith("-"), given)]
    given = given[len(paths) :]
    folder = notebooks_folder(notebooks).resolve()
    if paths or reports:
        folder = copies(folder, reports_in(paths or reports))
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder.parent}",
        f"--LabApp.default_url=/lab/tree/{quote(folder.name)}",
        *given,
    ]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)
