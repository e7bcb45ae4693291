"""Files in, reports out: their texts, and what the texts leave out (place, date, source) from ``reports.toml``.

>>> from_text("Revenue reached 5 billion VND. It rose by 3%.", "note").title
'Revenue reached 5 billion VND.'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.reading.formats import ARCHIVES, FORMATS
from analysis.reading.report import Failure, Report, Reports
from analysis.reading.settings import Place
from analysis.reading.shelf import Shelf

__all__ = ["Failure", "Place", "Report", "Reports", "Source", "each_report", "from_text", "read"]

_LONGEST_PATH = 1000  # letters; text is longer, or has line ends

Source = Report | str | Path | Iterable[Report | str | Path]
"""What functions take for reports: see ``each_report``."""


def read(*paths: str | Path | Iterable[str | Path]) -> Reports:
    """The reports in some files and folders: text, web pages, PDF, Word, Excel, CSV, and archives of them.

    A file that cannot be read, is not in English or holds the same text as another is listed in ``failed``, and so are
    the parts of a file that could not be read; the others are read all the same.
    Neither is a text of more than two million characters, or one with more than 2,000 numbers that are also more than
    one in sixteen characters: the environment variables ``ANALYSIS_LONGEST`` and ``ANALYSIS_NUMBERS`` allow more.

    Args:
        paths: files, or folders with their subfolders, in which ``reports.toml`` may say what the texts leave out; or
            lists of them.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    shelf = Shelf()
    for given in _paths(paths):
        if not given.exists():
            raise FileNotFoundError(
                f"There is no file or folder {given}; give the path of a report or of a folder of reports."
            )
        shelf.take(given)
    return Reports(list(shelf.found.values()), shelf.failed)


def from_text(text: str, name: str = "text") -> Report:
    """A report from a plain string."""
    return Report(name, text)


def each_report(given: Source, failed: list[Failure] | None = None) -> Iterator[Report]:
    """The reports that are meant: as ``read`` returns them, the path of a folder, the text of a report, or several.

    Args:
        given: what is meant.
        failed: a list that takes in what could not be read.

    >>> [report.id for report in each_report(["It planted 9 trees.", "It planted 8 trees."])]
    ['text 1', 'text 2']

    Raises:
        FileNotFoundError: a string looks like a path, and there is nothing.
        TypeError: it is something else, such as a table.
    """
    if isinstance(given, Report):
        yield given
    elif isinstance(given, str) and not _is_path(given):
        yield from_text(given)
    elif isinstance(given, str | Path):
        yield from each_report(read(given), failed)
    elif isinstance(given, Iterable) and not hasattr(given, "columns"):
        if failed is not None and isinstance(given, Reports):
            failed += given.failed
        for number, one in enumerate(given, start=1):
            text = isinstance(one, str) and not _is_path(one)
            yield from [from_text(str(one), f"text {number}")] if text else each_report(one, failed)
    else:
        raise TypeError(
            "Give reports as analysis.read returns them, the path of a folder of reports, or the text of a report, "
            f"rather than {type(given).__name__}."
        )


def _is_path(given: str) -> bool:
    """Whether a string is a path: there is such a file or folder, or one word that has a slash or no digit."""
    if not given or len(given) > _LONGEST_PATH or not given.isprintable():
        return False
    one_word = any(map(str.isalpha, given)) and not any(map(str.isspace, given))
    one_word = one_word and (any(slash in given for slash in "/\\") or not any(map(str.isdigit, given)))
    named = given.lower().endswith((*FORMATS, *ARCHIVES))
    return one_word or named or os.path.exists(given)  # which a name too long for a file does not


def _paths(given: Iterable[str | Path | Iterable[str | Path]]) -> Iterator[Path]:
    for one in given:
        if isinstance(one, str | Path):
            yield Path(one)
        else:
            yield from map(Path, one)
