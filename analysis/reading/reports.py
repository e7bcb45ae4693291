"""Files in, reports out: their texts, and what the texts leave out (place, date, source) from ``reports.toml``.

>>> from_text("Revenue reached 5 billion VND. It rose by 3%.", "note").title
'Revenue reached 5 billion VND.'
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from analysis.reading import settings
from analysis.reading.article import passages
from analysis.reading.sentences import plain
from analysis.reading.settings import Place

__all__ = ["Failure", "Place", "Report", "Reports", "Source", "each_report", "from_text", "read"]

_LONGEST_PATH = 1000  # letters; text is longer, or has line ends


@dataclass(frozen=True)
class Report:
    """One report: its text, and what ``reports.toml`` says of it.

    ``date`` is when it was published, the last day of the month or year where only that is known; ``dated`` is the date
    as narrowly as it is known: ``2023-12-28``, ``2023-12`` or ``2023``. What the text itself says of its date, place
    and time, :mod:`analysis.extraction.frame` finds out.
    """

    id: str
    text: str = field(repr=False)
    path: Path | None = None
    places: tuple[Place, ...] = ()
    date: dt.date | None = None
    dated: str = ""
    source: str = ""
    language: str = "en"

    @property
    def frame(self):  # type: ignore[no-untyped-def]
        """What the report is about, a :class:`analysis.extraction.frame.Frame`; printed, it gives its reasons."""
        extraction = import_module("analysis.extraction.frame")  # it lies above this package: looked up when asked for
        return extraction.frame_of(self)

    @property
    def title(self) -> str:
        """The first sentence of the article, without the page's furniture; the id where there is none."""
        return next((self.text[part.start : part.end] for part in passages(plain(self.text))), self.id)


Source = Report | str | Path | Iterable[Report | str | Path]
"""What functions take for reports: see ``each_report``."""


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    path: Path
    message: str

    def __str__(self) -> str:
        return self.message


class Reports(Sequence[Report]):
    """Reports in the order of their ids; ``failed`` lists the files that could not be read."""

    def __init__(self, reports: Sequence[Report] = (), failed: Sequence[Failure] = ()) -> None:
        self._reports = tuple(sorted(reports, key=lambda report: report.id))
        self._by_id = {report.id: report for report in self._reports}
        self.failed = tuple(failed)

    def __len__(self) -> int:
        return len(self._reports)

    def __iter__(self) -> Iterator[Report]:
        return iter(self._reports)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        """A report by its id or its position.

        Raises:
            KeyError: no report has that id.
        """
        if isinstance(key, str):
            if key not in self._by_id:
                known = ", ".join(list(self._by_id)[:5]) or "none"
                raise KeyError(f"There is no report {key!r}; the ids are {known}.")
            return self._by_id[key]
        return self._reports[key]

    def _ipython_key_completions_(self) -> list[str]:
        """The ids, for completion after ``reports["``."""
        return list(self._by_id)

    def __repr__(self) -> str:
        lost = f", {len(self.failed)} not read" if self.failed else ""
        return f"<{len(self)} report{'' if len(self) == 1 else 's'}{lost}>"


def read(*paths: str | Path | Iterable[str | Path]) -> Reports:
    """The reports in some files and folders (``*.txt``, UTF-8).

    A file that cannot be read is listed in ``failed``; the others are read all the same.

    Args:
        paths: text files, or folders, in which ``reports.toml`` may say what the texts leave out; or lists of them.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    found: dict[str, Report] = {}
    failed: list[Failure] = []
    for given in _paths(paths):
        if not given.exists():
            raise FileNotFoundError(
                f"There is no file or folder {given}; give the path of a report or of a folder of reports."
            )
        folder = given if given.is_dir() else given.parent
        entries, problems = settings.of_folder(folder)
        failed.extend(Failure(*problem) for problem in problems)
        for path in sorted(given.glob("*.txt")) if given.is_dir() else [given]:
            try:
                report = _report(path, entries.get(path.name, {}))
            except (OSError, ValueError) as error:
                failed.append(Failure(path, str(error)))
                continue
            if report.id in found and found[report.id].path != path:
                failed.append(
                    Failure(path, f"{path}: another report is called {report.id} too; rename one of the files.")
                )
                continue
            found[report.id] = report
    return Reports(list(found.values()), failed)


def from_text(text: str, name: str = "text") -> Report:
    """A report from a plain string."""
    return Report(name, text)


def each_report(given: Source) -> Iterator[Report]:
    """The reports that are meant: as ``read`` returns them, the path of a folder, the text of a report, or several.

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
        yield from read(given)
    elif isinstance(given, Iterable) and not hasattr(given, "columns"):
        for number, one in enumerate(given, start=1):
            text = isinstance(one, str) and not _is_path(one)
            yield from [from_text(str(one), f"text {number}")] if text else each_report(one)
    else:
        raise TypeError(
            "Give reports as analysis.read returns them, the path of a folder of reports, or the text of a report, "
            f"rather than {type(given).__name__}."
        )


def _is_path(given: str) -> bool:
    """Whether a string is a path: there is such a file or folder, or it is one word, in which no figure can stand."""
    if not given or len(given) > _LONGEST_PATH or not given.isprintable():
        return False
    one_word = any(map(str.isalpha, given)) and not any(letter.isspace() or letter.isdigit() for letter in given)
    return one_word or given.endswith(".txt") or os.path.exists(given)  # which a name too long for a file does not


def _paths(given: Iterable[str | Path | Iterable[str | Path]]) -> Iterator[Path]:
    for one in given:
        if isinstance(one, str | Path):
            yield Path(one)
        else:
            yield from map(Path, one)


def _report(path: Path, entry: Mapping[str, object]) -> Report:
    try:
        with open(path, encoding="utf-8", newline="") as handle:
            text = handle.read()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text.") from None
    try:
        said = settings.of_report(entry, path.name)
    except ValueError as error:
        raise ValueError(f"{path.parent / settings.FILE}: {error}") from None
    return Report(path.stem, text, path, said.places, said.date, said.dated, said.source, said.language)
