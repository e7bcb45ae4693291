"""The command line: ``analysis tabulate``, ``init``, ``export``, ``lab``; also as ``python -m analysis``."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote

from analysis.exporting.pdf import PrintError
from analysis.exporting.publish import PublishError
from analysis.exporting.run_notebooks import TIME_LIMIT, NotebookError, copies, notebooks_folder

if TYPE_CHECKING:
    from analysis.reading.reports import Reports

__all__ = ["main"]

DISTRIBUTION = "targets-and-results"
TABLES = ("figures", "comparisons", "outlook", "findings", "recomputations")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0; 1 after one sentence on what went wrong; 2 for a wrong command; 3 where the
    results are written, but a file, or a part of one, was not read, as the last lines tell;
    130 or 143 when it was stopped by Ctrl-C or SIGTERM."""
    parser = _parser()
    given, others = parser.parse_known_args(arguments)
    if others and given.command is not _lab:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    given.others = others
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        return int(given.command(given))
    except (NotebookError, PrintError, PublishError, OSError) as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        print("analysis: stopped.", file=sys.stderr)
        return 128 + int(stopped.args[0] if stopped.args else signal.SIGINT)
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, _: object) -> NoReturn:
    """End as on Ctrl-C, with everything shut down and cleared away."""
    raise KeyboardInterrupt(number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="analysis", description="Targets and results that reports state, compared.")
    parser.add_argument("--version", action="version", version=f"analysis {_version()}")
    commands = parser.add_subparsers(title="commands", required=True)

    tabulate = commands.add_parser("tabulate", help="write the tables as CSV and Parquet files")
    tabulate.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="a report, an archive or a folder of them"
    )
    tabulate.add_argument("--to", metavar="DIR", type=Path, required=True, help="the folder to write the tables into")
    tabulate.set_defaults(command=_tabulate)

    init = commands.add_parser("init", help="draft reports.toml, which says what the texts leave out")
    init.add_argument("folder", metavar="FOLDER", type=Path, help="the folder of reports")
    init.set_defaults(command=_init)

    export = commands.add_parser("export", help="run the notebooks and write self-contained HTML pages")
    export.add_argument("--reports", metavar="PATH", type=Path, help="the folder of reports (default: seeds)")
    export.add_argument("--notebooks", metavar="PATH", type=Path, help="the folder of notebooks (default: notebooks)")
    export.add_argument("--to", metavar="DIR", type=Path, default=Path("reports"), help="where to (default: reports)")
    export.add_argument("--jobs", metavar="N", type=int, default=2, help="notebooks to run at a time (default: 2)")
    export.add_argument("--pdf", action="store_true", help="print each page as PDF too (with Chromium or Chrome)")
    export.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=float,
        default=TIME_LIMIT,
        help=f"how long a notebook may run (default: {TIME_LIMIT:g} seconds)",
    )
    export.set_defaults(command=_export)

    lab = commands.add_parser(
        "lab", help="open the notebooks in JupyterLab", epilog="Other options are handed to JupyterLab: --no-browser."
    )
    lab.add_argument("--reports", metavar="PATH", type=Path, help="work on these reports, in copies of the notebooks")
    lab.add_argument("--notebooks", metavar="PATH", type=Path, help="the folder of notebooks (default: notebooks)")
    lab.set_defaults(command=_lab)
    return parser


def _version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "(run from a folder that is not installed)"


def _tabulate(given: argparse.Namespace) -> int:
    import analysis
    from analysis.reading.kept import keep_texts
    from analysis.reading.unread import check_any, write_not_read

    reports = analysis.read(*given.paths)
    check_any(reports, given.paths)
    tables = analysis.tabulate(reports)
    tables.write(given.to)
    for name in TABLES:
        rows = len(getattr(tables, name))
        print(f"{name}: {rows:,} row{'' if rows == 1 else 's'} in {given.to / name}.csv and .parquet")
    keep_texts(reports, given.to)
    write_not_read(reports, given.to)
    return _tell_not_read(reports)


def _init(given: argparse.Namespace) -> int:
    from analysis.drafting import draft
    from analysis.reading.unread import check_any

    made = draft(given.folder)
    check_any(made.reports, [given.folder])
    print(f"{made} in {made.path}; look for # in it")
    return _tell_not_read(made.reports)


def _tell_not_read(reports: Reports) -> int:
    """Tell what was not read, a line each; the exit code that says so."""
    from analysis.reading.unread import exit_code, told

    for line in told(reports):
        print(line, file=sys.stderr)
    return exit_code(reports)


def _export(given: argparse.Namespace) -> int:
    from analysis.exporting.export import exported

    index, reports = exported(given.notebooks, given.reports, given.to, given.jobs, given.pdf, given.time_limit)
    print(index)
    return _tell_not_read(reports)


def _lab(given: argparse.Namespace) -> int:
    folder = notebooks_folder(given.notebooks).resolve()
    if given.reports is not None:
        if not given.reports.exists():
            raise FileNotFoundError(
                f"There is no folder {given.reports}; name the folder of your reports with --reports."
            )
        folder = copies(folder, given.reports)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder.parent}",
        f"--LabApp.default_url=/lab/tree/{quote(folder.name)}",
        *given.others,
    ]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
