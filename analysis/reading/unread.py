"""What was not read, told at the end of every run: on the terminal, in ``not_read.csv``, by the exit code.

>>> from analysis.reading.report import Failure, Report
>>> reports = Reports([Report("a", "It has 9 members.")], [Failure(Path("in/b.txt"), "in/b.txt is empty.", Path("in"))])
>>> told(reports), exit_code(reports)
(['in/b.txt is empty.'], 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.csv_file import as_csv
from analysis.formatting import count, percent
from analysis.reading.documents import TABLES_MARK
from analysis.reading.formats import told_formats
from analysis.reading.report import Reports

__all__ = [
    "ALL_READ",
    "NOT_ALL_READ",
    "NoReportError",
    "check_any",
    "exit_code",
    "none_found",
    "told",
    "write_not_read",
]

ALL_READ = 0
NOT_ALL_READ = 3
"""The exit code where the tables or pages were written, but some file, or a part of one, was not read."""

_NAMED = 5  # files that an error names


class NoReportError(FileNotFoundError):
    """Nothing that can be read was found; it says what was."""


def told(reports: Reports) -> list[str]:
    """One line for each file that was not read, and why; then those that seem to be the same release.

    Args:
        reports: what ``read`` returned.
    """
    lines = [str(failure) for failure in reports.failed]
    for one, other, share in reports.alike:
        names = " and ".join(str(report.path or report.id) for report in (one, other))
        part = percent(round(share, 2))
        lines.append(f"{names} seem to be one release: they share {part} of the shorter text; both were read.")
    return lines


def exit_code(reports: Reports) -> int:
    """What a command that wrote its results ends with: 0 where everything was read, 3 where something was not."""
    return NOT_ALL_READ if reports.failed else ALL_READ


def write_not_read(reports: Reports, folder: Path) -> Path:
    """Write ``not_read.csv``: each file that was not read, as seen from the folder that was given, and why.

    The file is written where everything was read too, so that none of an earlier run is left.
    """
    listed = [(failure.name, failure.reason) for failure in reports.failed]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TABLES_MARK).write_bytes(as_csv(pd.DataFrame(listed, columns=["file", "reason"], dtype="object")))
    return folder / TABLES_MARK


def check_any(reports: Reports, given: Iterable[str | Path]) -> None:
    """See that there is a report.

    Args:
        reports: what ``read`` returned.
        given: the paths that it was given.

    Raises:
        NoReportError: there is none; it says what was found there instead.
    """
    if not len(reports):
        raise none_found(given, [failure.told for failure in reports.failed])


def none_found(given: Iterable[str | Path], failed: Sequence[str]) -> NoReportError:
    """The error that there is no report, with what was found instead.

    Args:
        given: the paths in which reports were looked for.
        failed: a sentence for each file that cannot be read.
    """
    found, more = [one.rstrip(".") for one in failed[:_NAMED]], len(failed) - _NAMED
    listed = "; ".join([*found, *([f"and {count(more, 'more file')}"] if more > 0 else [])]) or "nothing at all"
    where = ", ".join(map(str, given))
    return NoReportError(f"There is no report that can be read in {where}. Found: {listed}. Read are {told_formats()}.")
