"""Files in, the reports among them out, each under a name of its own; what was not read is listed with why."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path, PurePosixPath

from analysis.progressbar import watched
from analysis.reading import settings
from analysis.reading.budget import keep_within
from analysis.reading.copies import fingerprint
from analysis.reading.documents import Document, documents
from analysis.reading.files import shown, without_surrogates
from analysis.reading.formats import ARCHIVES, Found, Unreadable, read_bytes
from analysis.reading.language import named_language, other_language
from analysis.reading.report import Failure, Report
from analysis.reading.sparing import failed_over

__all__ = ["Shelf", "free_name"]

_LONGEST_ID = 180  # bytes; it becomes the name of a file
_ENGLISH = "English"


@dataclass
class Shelf:
    """The reports read so far by their ids, and what was not read."""

    found: dict[str, Report] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    paths: set[Path] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    entries: dict[Path, dict[str, Mapping[str, object]]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """What reports are to be called, by the names of their files, where somebody has said so."""

    def take(self, given: Path) -> None:
        """Read a file, or all files under a folder."""
        folder = given if given.is_dir() else given.parent
        for document in watched(documents(given), "Opening"):
            if document.path in self.paths:
                continue
            self.paths.add(document.path)
            self.put(document, folder)
        self._settings(folder, folder)  # of a folder without a file, too

    def put(self, document: Document, folder: Path) -> None:
        """Read one file, in the folder that was given."""
        try:
            self._read(document, folder)
        except Unreadable as error:
            self._fail(document, folder, f"{shown(document.path)} {error}.")
        except (OSError, ValueError) as error:
            self._fail(document, folder, str(error))
        except Exception as error:  # one that nobody foresaw: one file is lost, not the run
            self._fail(document, folder, f"{shown(document.path)} {failed_over(error)}.")

    def _read(self, document: Document, folder: Path) -> None:
        if document.why:
            raise Unreadable(document.why)
        if document.name != without_surrogates(document.name):
            raise Unreadable("has a name that is not UTF-8; rename the file")
        entry, at = self._entry(document, folder)
        try:
            said = settings.of_report(entry, document.name)
        except ValueError as error:
            raise ValueError(f"{at / settings.FILE}: {error}") from None
        texts = read_bytes(document.content(), document.suffix)
        refused: dict[str, list[str]] = {}
        for found in texts:
            for lost in found.lost:
                self._fail(document, folder, f"{_named(document.path, [found.part])} was read without {lost}.")
            try:
                self._keep(document, folder, found, said, entry)
            except Unreadable as error:
                refused.setdefault(str(error), []).append(found.part)
        for reason, parts in refused.items():
            self._fail(document, folder, f"{_named(document.path, parts)} {reason}.")

    def _keep(
        self,
        document: Document,
        folder: Path,
        found: Found,
        said: settings.Settings,
        entry: Mapping[str, object],
    ) -> None:
        keep_within(found.text)
        if not any(map(str.isalpha, found.text)):
            raise Unreadable("holds no word" if found.text.strip() else "is empty")
        stated = named_language(said.language) if "language" in entry else ""
        language = stated or other_language(found.text)
        if language not in ("", _ENGLISH):
            told = f"{settings.FILE} says" if stated else "it seems"
            hint = "" if stated else f' (if it is not, write language = "en" into {settings.FILE})'
            raise Unreadable(f"is in {language}, {told}, and only English is read{hint}")
        own = f"{document.name} {found.part}".strip()
        same = self.texts.setdefault(fingerprint(found.text), own)
        if same != own:
            raise Unreadable(f"holds the same text as {'another' if found.part else same}")
        name = self._id(document, folder, found.part)
        dated = (said.date, said.dated, settings.FILE)
        if not said.date and found.date:
            dated = (found.date, "", "page")
        source, address = said.source or found.source, said.address or found.address
        self.found[name] = Report(
            *(name, found.text, document.path, said.places, dated[0], dated[1], source, said.language, address),
            date_source=dated[2],
            period=said.period,
            folder=folder,
        )

    def _id(self, document: Document, folder: Path, part: str) -> str:
        if document.name in self.names:
            return f"{self.names[document.name]} {part}".strip()
        taken = self.found.get(PurePosixPath(document.name).stem)
        beside = bool(taken and taken.path and taken.path.parent == document.path.parent)
        return free_name(document.name, folder.resolve().name, self.found, part, beside=beside)

    def _entry(self, document: Document, folder: Path) -> tuple[Mapping[str, object], Path]:
        """What the nearest ``reports.toml`` says of a file, and where that lies."""
        above = [one for one in document.path.parents if one.is_relative_to(folder)]
        for one in above:
            name = document.path.relative_to(one).as_posix()
            if name in (entries := self._settings(one, folder)):
                return entries[name], one
        return {}, folder

    def _settings(self, at: Path, folder: Path) -> dict[str, Mapping[str, object]]:
        if at not in self.entries:
            self.entries[at], problems = settings.of_folder(at) if at.is_dir() else ({}, [])
            for path, message in problems:
                if not any(above.suffix.lower() in ARCHIVES and above.is_file() for above in path.parents):
                    self.failed.append(Failure(path, message, folder))
        return self.entries[at]

    def _fail(self, document: Document, folder: Path, message: str) -> None:
        self.failed.append(Failure(document.path, message, folder))


def free_name(name: str, folder: str, taken: Container[str], part: str = "", *, beside: bool = False) -> str:
    """What a report is called: as its file; with suffix, folder or a number where another is called so already.

    Args:
        name: of the file, as seen from the folder that was given.
        folder: the name of that folder.
        taken: what others are called.
        part: of the file.
        beside: whether the other that is called as this file lies in the same folder.

    >>> free_name("2024/hoa-lam.txt", "in", {}), free_name("2024/hoa-lam.txt", "in", {"hoa-lam"})
    ('hoa-lam', '2024 - hoa-lam')
    """
    inside = PurePosixPath(name).with_suffix("").parts
    names = [(inside[-1],), inside, (folder, *inside)]
    if beside:
        names.insert(1, (PurePosixPath(name).name,))
    listed = [f"{' - '.join(parts)} {part}".strip() for parts in names]
    short = [one for one in listed if len(one.encode("utf-8", "replace")) <= _LONGEST_ID]
    numbered = (f"{listed[0]} ({n})" for n in count(2))
    return next(one for one in chain(listed[:1], short, numbered) if one not in taken)


def _named(path: Path, parts: list[str]) -> str:
    """A file, or those of its parts that are meant: the first of them, and how many more."""
    more = f" and {len(parts) - 1:,} more" if len(parts) > 1 else ""
    return f"{shown(path)}, {parts[0]}{more}," if parts[0] else shown(path)
