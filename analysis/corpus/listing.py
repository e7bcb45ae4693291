"""The places that were given in, the files there out, in order, each with what its reports are to be called.

Only names are looked at, so that one process lists them all; the reports are read by others. A batch ends after a file
whose name says so, so that a file more or less changes one batch and leaves the others as they are.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     for name in ("b.txt", "a.txt"):
...         _ = Path(folder, name).write_text("It has 9 members.")
...     [[one.ids for one in batch.files] for batch in batches(listed([folder]).files)]
[[(('a.txt', 'a'),), (('b.txt', 'b'),)]]
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from sys import intern

from analysis.corpus.store import Store
from analysis.reading import settings
from analysis.reading.archives import Bounds
from analysis.reading.documents import OWN, TABLES_MARK, Document, is_passed_over, on_disk, unpacked, walk
from analysis.reading.formats import ARCHIVES, Unreadable
from analysis.reading.shelf import free_name
from analysis.reviewing import corrections

__all__ = ["USUAL", "Batch", "File", "Listing", "Source", "batches", "listed", "spread", "whole"]

USUAL, MOST, LARGEST = 100, 4, 4_000_000  # files of a batch; how many times that at most; bytes after which it ends

Entries = dict[str, dict[str, Mapping[str, object]]]


@dataclass(frozen=True)
class Source:
    """A folder of reports, or one report, where it lies."""

    address: str

    @cached_property
    def _store(self) -> Store:
        return Store.at(self.address)

    @cached_property
    def _is_file(self) -> bool:
        return bool(self._store.system.isfile(self._store.path))

    @property
    def folder(self) -> Path:
        """The folder; of one that is not on this machine a path that only names it."""
        path = Path(self._store.path)
        return path.parent if self._is_file else path

    def exists(self) -> bool:
        """Whether there is anything."""
        return bool(self._store.system.exists(self._store.path))

    def files(self) -> Iterator[tuple[str, int]]:
        """The files that may hold a report: their names, as seen from the folder, and how large they are."""
        if self._is_file:
            yield self.folder.joinpath(self._store.path).name, int(self._store.system.size(self._store.path))
        elif self._store.is_here:
            for path in walk(self.folder):
                yield path.relative_to(self.folder).as_posix(), path.lstat().st_size
        else:
            found = self._store.system.find(self._store.path, detail=True)
            sizes = {path.removeprefix(self._store.path).lstrip("/"): told["size"] for path, told in found.items()}
            written = {f"{PurePosixPath(name).parent}/" for name in sizes if PurePosixPath(name).name == TABLES_MARK}
            own = OWN if TABLES_MARK in sizes else set()
            for name in sorted(sizes, key=_in_order):
                parts = PurePosixPath(name).parts
                if parts[0] not in own and not any(map(is_passed_over, parts)) and not name.startswith(tuple(written)):
                    yield name, int(sizes[name] or 0)

    def documents(self, name: str) -> list[Document]:
        """A file, not yet read, or those in an archive."""
        if self._store.is_here:
            document = on_disk(self.folder / name, name)
        else:
            document = Document(self.folder / name, name, partial(self._bytes, name))
        named = self._is_file and document.suffix not in ARCHIVES  # it is read whatever its suffix
        return [document] if named else list(unpacked(document, Bounds()))

    def _bytes(self, name: str) -> bytes:
        path = self._store.path if self._is_file else self._store.at_name(name)
        try:
            return bytes(self._store.system.cat_file(path))
        except OSError as error:
            raise Unreadable(f"cannot be opened: {error}") from None

    def settings(self, folders: Iterable[str], failed: list[tuple[str, str]]) -> Entries:
        """What the ``reports.toml`` of each folder says, by folder and file; what is wrong goes to ``failed``."""
        said: Entries = {}
        for folder in folders:
            with tempfile.TemporaryDirectory() as copied:
                at = self.folder / folder
                if not self._store.is_here:
                    name = f"{folder}/{settings.FILE}".removeprefix("./")
                    if not self._store.has(name):
                        continue
                    at = Path(copied)
                    (at / settings.FILE).write_bytes(self._store.get(name))
                entries, problems = settings.of_folder(at)
                said |= {folder: entries} if entries else {}
            for path, message in problems:
                if self._store.is_here or path.name == settings.FILE:
                    failed.append((path.relative_to(at).as_posix(), message.replace(f"{at}/", "")))
        return said

    def corrections(self, folders: Iterable[str]) -> Iterator[corrections.Correction]:
        """What people have corrected: in the folders, and on a disk in those above them."""
        if self._store.is_here:
            above = [*self.folder.absolute().parents][: corrections.DEEP]
            for at in sorted({*above, *(self.folder.absolute() / one for one in folders)}):
                yield from corrections.corrections_in(at / corrections.FILE)
            return
        for folder in folders:
            name = f"{folder}/{corrections.FILE}".removeprefix("./")
            if self._store.has(name):
                with tempfile.TemporaryDirectory() as copied:
                    Path(copied, corrections.FILE).write_bytes(self._store.get(name))
                    yield from corrections.corrections_in(Path(copied, corrections.FILE))


@dataclass(frozen=True, slots=True)
class File:
    """A file: where, its name there, what its reports are called by the names of its documents, and its settings.

    There are as many as files, in one process: a few hundred bytes each.
    """

    source: Source
    name: str
    size: int = 0
    ids: tuple[tuple[str, str], ...] = ()
    entries: Entries | None = None


@dataclass(frozen=True)
class Batch:
    """Some files that are read together; batches are numbered in the order of their files."""

    number: int
    files: tuple[File, ...]


@dataclass(frozen=True)
class Listing:
    """All files, what is wrong with their settings, and what people have corrected."""

    files: list[File]
    failed: list[tuple[str, str]]
    corrections: tuple[corrections.Correction, ...]


def listed(given: Iterable[str | Path]) -> Listing:
    """The files at some places, in order.

    Raises:
        FileNotFoundError: at one of them there is nothing.
    """
    taken: dict[str, str] = {}
    seen: set[Path] = set()  # a folder and a file in it may both be given
    files: list[File] = []
    failed: list[tuple[str, str]] = []
    corrected: list[corrections.Correction] = []
    for one in given:
        source = Source(whole(one))
        if not source.exists():
            raise FileNotFoundError(
                f"There is no file or folder {one}; give the path of a report or of a folder of reports."
            )
        found = [(name, size) for name, size in source.files() if source.folder / name not in seen]
        seen.update(source.folder / name for name, _ in found)
        folders = sorted({str(above) for name, _ in found for above in PurePosixPath(name).parents} | {"."})
        said = source.settings(folders, failed)
        corrected += source.corrections(folders)
        files += [File(source, name, size, _ids(source, name, taken), _entries(said, name)) for name, size in found]
    return Listing(files, failed, tuple(dict.fromkeys(corrected)))


def whole(address: str | Path) -> str:
    """A path from the root on, since a worker may have been started elsewhere; an address as it is."""
    return str(address) if "://" in str(address) else os.path.abspath(address)


def batches(files: Iterable[File], usual: int = USUAL) -> Iterator[Batch]:
    """The files in batches, of so many on average."""
    number, size, held = 0, 0, []
    for file in files:
        held.append(file)
        size += file.size
        if spread(file.name) % usual == 0 or len(held) == MOST * usual or size >= LARGEST:
            yield Batch(number, tuple(held))
            number, size, held = number + 1, 0, []
    if held:
        yield Batch(number, tuple(held))


def spread(text: str) -> int:
    """A number for a text, the same everywhere, and any for texts that are nearly the same, as a checksum has not."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=6).digest())


def _in_order(name: str) -> list[tuple[bool, str]]:
    """The order in which a folder is walked through: its files, then its folders."""
    *folders, file = PurePosixPath(name).parts
    return [*((True, folder) for folder in folders), (False, file)]


def _ids(source: Source, name: str, taken: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What the reports in a file are called; an archive is opened for the names in it."""
    ids: list[tuple[str, str]] = []
    for document in source.documents(name):
        if document.why:
            continue
        folder = intern(str(PurePosixPath(document.name).parent))
        beside = taken.get(PurePosixPath(document.name).stem) == folder
        id = free_name(document.name, source.folder.name, taken, beside=beside)
        ids.append((name if document.name == name else document.name, id))
        taken[id] = folder
    return tuple(ids)


def _entries(said: Entries, name: str) -> Entries | None:
    """What the settings say of one file, or of the files in an archive."""
    found: defaultdict[str, dict[str, Mapping[str, object]]] = defaultdict(dict)
    for folder, entries in said.items():
        own = name if folder == "." else name.removeprefix(f"{folder}/")
        if own in entries:
            found[folder][own] = entries[own]
        if entries and PurePosixPath(name).suffix.lower() in ARCHIVES:
            found[folder] |= {file: entry for file, entry in entries.items() if file.startswith(f"{own}/")}
    return dict(found) or None
