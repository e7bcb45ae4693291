"""Reports in, what a step makes of them out; a report over which it fails is listed as not read, and the others go on.

>>> def halved(reports):
...     return [10 / len(report.text) for report in reports]
>>> made, left = spared(halved, Reports([Report("a", "It has"), Report("b", ""), Report("c", "It h")]))
>>> [round(one, 2) for one in made], left, [failure.name for failure in left.failed]
([1.67, 2.5], <2 reports, 1 not read>, ['b'])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from analysis.errors import UserError
from analysis.progressbar import watched
from analysis.reading.files import shown
from analysis.reading.report import Failure, Report, Reports

__all__ = ["failed_over", "failures", "spared"]

_LIBRARY = Path(__file__).resolve().parent.parent
_LONGEST = 200  # letters of what the error says, which may hold a whole text

Made = TypeVar("Made")


def spared(step: Callable[[Reports], Made], reports: Reports) -> tuple[Made, Reports]:
    """What a step makes of some reports, and those reports: without the ones over which it fails, which are listed.

    Args:
        step: looks at one report at a time. Where it fails, it is tried on each by itself; what fails over none of them
            alone is an error of the step, and is raised.
        reports: what ``read`` returned.
    """
    try:
        return step(reports), reports
    except UserError:
        raise
    except Exception:
        failed = {report.id: why for report in watched(reports, "Trying each") if (why := _error(step, report))}
        if not failed:
            raise
    kept = [report for report in reports if report.id not in failed]
    left = Reports(kept, [*reports.failed, *failures(reports, failed)])
    return step(left), left


def failures(reports: Reports, failed: Mapping[str, str]) -> list[Failure]:
    """Reports as ones that were not read, or not wholly.

    Args:
        reports: all that were read.
        failed: why, by the id of a report, in words that go on behind the name of its file.
    """
    files = Counter(report.path for report in reports)
    return [_failure(reports[id], why, alone=files[reports[id].path] == 1) for id, why in failed.items()]


def failed_over(error: Exception, lost: str = "is left out") -> str:
    """What to tell of an error that nobody foresaw, in words that go on behind the name of the file.

    Args:
        error: what went wrong.
        lost: what came of that.
    """
    trace = [Path(frame.filename).resolve() for frame in extract_tb(error.__traceback__)]
    lines = [frame.lineno for frame in extract_tb(error.__traceback__)]
    own = [(path, line) for path, line in zip(trace, lines, strict=True) if path.is_relative_to(_LIBRARY)]
    where = "".join(f" in {path.relative_to(_LIBRARY).as_posix()}, line {line}" for path, line in own[-1:])
    said = " ".join(str(error).split())[:_LONGEST]
    return (
        f"{lost}, since this library failed over it ({type(error).__name__}{where}{': ' if said else ''}{said}); "
        "report that as SECURITY.md says, with this line and the text, or the least part of it that does the same"
    )


def _error(step: Callable[[Reports], object], report: Report) -> str:
    """What goes wrong over a report by itself; nothing where all is well."""
    try:
        step(Reports([report]))
    except UserError:
        raise
    except Exception as error:
        return failed_over(error)
    return ""


def _failure(report: Report, why: str, *, alone: bool) -> Failure:
    """The report as one that was not read; where its file holds others, it is named with its file."""
    path = report.path or Path(report.id)
    named = shown(path) if alone or report.path is None else f"{shown(path)}, {report.id},"
    return Failure(path, f"{named} {why}.", report.folder)
