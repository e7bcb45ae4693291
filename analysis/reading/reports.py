"""Reports from files: text, and what the text leaves out (place, date, source) from ``reports.toml``.

>>> report = from_text("Revenue reached 5 billion VND.", "note")
>>> report.id, report.date
('note', None)
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.extraction.times import dates
from analysis.reading.article import passages
from analysis.reading.sentences import plain

__all__ = ["Failure", "Place", "Report", "Reports", "from_text", "read"]

SETTINGS = "reports.toml"


@dataclass(frozen=True)
class Place:
    """A locality: its name, its level, and the province it belongs to."""

    name: str
    level: str = ""
    province: str = ""


@dataclass(frozen=True)
class Report:
    """One report.

    ``date`` is when it was published, or the last day of the month or year where only that is known; ``date_source``
    says where it comes from: ``reports.toml``, ``text`` (a dateline), ``inferred`` (the latest day that the text speaks
    of), or nothing.
    """

    id: str
    text: str = field(repr=False)
    path: Path | None = None
    places: tuple[Place, ...] = ()
    date: dt.date | None = None
    date_source: str = ""
    source: str = ""
    language: str = "en"
    stated_date: str = ""

    @property
    def dated(self) -> str:
        """The date as narrowly as it is known: ``2023-12-28``, ``2023-12`` or ``2023``; empty where it is not."""
        return self.stated_date or (self.date.isoformat() if self.date else "")

    @property
    def title(self) -> str:
        """The first sentence of the article, without the page's furniture; the id where there is none."""
        return next((self.text[part.start : part.end] for part in passages(plain(self.text))), self.id)


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


def read(*paths: str | Path) -> Reports:
    """The reports in some files and folders (``*.txt``, UTF-8).

    A file that cannot be read is listed in ``failed``; the others are read all the same.

    Args:
        paths: text files, or folders, in which ``reports.toml`` may say what the texts leave out.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    found: dict[str, Report] = {}
    failed: list[Failure] = []
    for given in map(Path, paths):
        if not given.exists():
            raise FileNotFoundError(
                f"There is no file or folder {given}; give the path of a report or of a folder of reports."
            )
        folder = given if given.is_dir() else given.parent
        settings, problems = _settings(folder)
        failed.extend(problems)
        for path in sorted(given.glob("*.txt")) if given.is_dir() else [given]:
            try:
                report = _report(path, settings.get(path.name, {}))
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
    date = dates.of_report(text)
    return Report(name, text, date=date.day, date_source=date.source)


def _report(path: Path, settings: Mapping[str, object]) -> Report:
    try:
        with open(path, encoding="utf-8", newline="") as handle:
            text = handle.read()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text.") from None
    stated = settings.get("date")
    date = dates.parse(stated) if stated is not None else None
    if stated is not None and date is None:
        raise ValueError(
            f"{path.parent / SETTINGS}: the date {stated!r} of {path.name} is none; write 2023-12-28, 2023-12 or 2023."
        )
    found = dates.of_report(text)
    return Report(
        id=path.stem,
        text=text,
        path=path,
        places=_places(path, settings.get("places", ())),
        date=date or found.day,
        date_source=SETTINGS if date else found.source,
        source=str(settings.get("source", "")),
        language=str(settings.get("language", "en")),
        stated_date=str(stated) if date else "",
    )


def _places(path: Path, listed: object) -> tuple[Place, ...]:
    entries = listed if isinstance(listed, list) else []
    places = []
    for entry in entries:
        if not isinstance(entry, Mapping) or not entry.get("name"):
            raise ValueError(
                f'{path.parent / SETTINGS}: a place of {path.name} has no name; write {{ name = "..." }} there.'
            )
        places.append(Place(str(entry["name"]), str(entry.get("level", "")), str(entry.get("province", ""))))
    return tuple(places)


def _settings(folder: Path) -> tuple[dict[str, Mapping[str, object]], list[Failure]]:
    """What ``reports.toml`` says, by file name; a file that is none is a failure, not the end."""
    path = folder / SETTINGS
    if not path.exists():
        return {}, []
    try:
        with open(path, "rb") as handle:
            entries = tomllib.load(handle).get("report", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Failure(path, f"{path}: {error}; the reports are read without it.")]
    named = {str(entry["file"]): entry for entry in entries if isinstance(entry, Mapping) and "file" in entry}
    missing = [name for name in named if not (folder / name).exists()]
    return named, [
        Failure(folder / name, f"{path} names {name}, which is not there; correct the name.") for name in missing
    ]
