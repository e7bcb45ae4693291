"""A path in, the files under it that may hold a report out, in order: those of subfolders and archives too.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     for name in ("b.TXT", "photo.jpg", "README.md"):
...         _ = Path(folder, name).write_text("It has 9 members.")
...     for one in documents(Path(folder)):
...         print(one.name, one.why or "may be read")
b.TXT may be read
photo.jpg is of no format that is read (.jpg)
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path, PurePosixPath

from analysis.lexicon import rows
from analysis.reading.archives import Bounds, members
from analysis.reading.formats import ARCHIVES, FORMATS, Unreadable
from analysis.reading.settings import FILE as SETTINGS
from analysis.schema import TABLES

__all__ = [
    "OWN",
    "RUN",
    "STEPS",
    "TABLES_MARK",
    "TEXTS",
    "Document",
    "documents",
    "is_passed_over",
    "on_disk",
    "unpacked",
    "walk",
]

TABLES_MARK = "not_read.csv"
"""The file by which a folder of tables is known, so that a run does not read what an earlier one wrote."""

TEXTS = "texts"
"""The folder of the texts that were read, beside the tables."""

RUN, STEPS = "run.json", "steps"
"""What a run over many reports tells at its end, and the folder of what it has done so far, beside the tables."""

OWN = {TABLES_MARK, TEXTS, RUN, STEPS, *(f"{table}{suffix}" for table in TABLES for suffix in (".csv", ".parquet"))}
"""What a run has written into a folder in which ``TABLES_MARK`` lies; parts of tables are known by their names."""

_PAGE_FOLDER = re.compile(r"(.+)_files", re.IGNORECASE)
_PAGES = (".html", ".htm")
_LARGEST = 100_000_000  # bytes of a file: a PDF with pictures may be large, a report is not


@dataclass(frozen=True)
class Document:
    """A file: its path, its name as seen from the folder that was given, its bytes when they are asked for.

    ``why`` is empty, or says why it cannot be read; of a file in an archive the path goes on inside it.
    """

    path: Path
    name: str
    content: Callable[[], bytes] = field(repr=False, default=bytes)
    why: str = ""

    @property
    def suffix(self) -> str:
        """The suffix, in small letters."""
        return PurePosixPath(self.name).suffix.lower()


def documents(given: Path) -> Iterator[Document]:
    """The files under a path, by name; a file that was named itself is read whatever its suffix."""
    bounds = Bounds()
    if not given.is_dir():
        named = on_disk(given, given.name)
        yield from _unpacked(named, bounds) if named.suffix in ARCHIVES else [named]
        return
    for path in walk(given):
        yield from unpacked(on_disk(path, path.relative_to(given).as_posix()), bounds)


def on_disk(path: Path, name: str) -> Document:
    """A file, not yet read, or a folder that is not gone into."""
    if path.is_dir():
        linked = "is a link to a folder, and is not followed"
        return Document(path, name, why=linked if path.is_symlink() else "holds the tables of an earlier run")
    return Document(path, name, partial(_bytes, path))


def walk(folder: Path) -> Iterator[Path]:
    """The files of a folder and its subfolders, and those subfolders that are not read."""
    entries = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    if (folder / TABLES_MARK).exists():  # the tables were written among the reports
        entries = [path for path in entries if path.name not in OWN]
    names = {path.name for path in entries}
    for path in entries:
        if is_passed_over(path.name):
            continue
        if not path.is_dir() or path.is_symlink() or (path / TABLES_MARK).exists():
            yield path
        elif not _belongs_to_page(path.name, names):
            yield from walk(path)


def _belongs_to_page(name: str, names: set[str]) -> bool:
    """Whether a folder holds what a browser saved with a page, its pictures and scripts: ``a_files``, ``a.html``."""
    page = _PAGE_FOLDER.fullmatch(name)
    return page is not None and any(page[1] + suffix in names for suffix in _PAGES)


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("reading/passed_over")), re.IGNORECASE)


def is_passed_over(name: str) -> bool:
    """Whether no report lies in a file or folder of this name."""
    return _patterns().search(name) is not None


def unpacked(document: Document, bounds: Bounds, depth: int = 1) -> Iterator[Document]:
    """A file that may be read, the files of an archive, or why neither."""
    if document.why:
        yield document
    elif document.suffix in ARCHIVES:
        yield from _unpacked(document, bounds, depth)
    elif document.suffix in FORMATS:
        yield document
    else:
        kind = document.suffix or "no suffix"
        yield Document(document.path, document.name, why=f"is of no format that is read ({kind})")


def _unpacked(archive: Document, bounds: Bounds, depth: int = 1) -> Iterator[Document]:
    held = 0
    try:
        for name, content in members(archive.content(), bounds, depth):
            parts = PurePosixPath(name.replace("\\", "/")).parts
            settings = parts[-1] == SETTINGS
            if any(map(is_passed_over, parts)) and not settings:
                continue
            held += 1
            inside = Document(archive.path / name, f"{archive.name}/{name}", partial(_given, content))
            if settings:
                yield Document(inside.path, inside.name, why="is read beside an archive, not in it")
            elif isinstance(content, Unreadable):
                yield Document(inside.path, inside.name, why=str(content))
            else:
                yield from unpacked(inside, bounds, depth + 1)
    except (Unreadable, OSError) as error:
        yield Document(archive.path, archive.name, why=_reason(error))
    else:
        if not held:
            yield Document(archive.path, archive.name, why="is empty")


def _given(content: bytes | Unreadable) -> bytes:
    return content if isinstance(content, bytes) else b""


def _bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        Unreadable: it is no ordinary file, or cannot be opened.
    """
    try:
        seen = os.stat(path)
        if not stat.S_ISREG(seen.st_mode):
            raise Unreadable("is no ordinary file")
        if seen.st_size > _LARGEST:
            raise Unreadable(f"has {seen.st_size:,} bytes, where {_LARGEST:,} are read at most; split it")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(_reason(error)) from None


def _reason(error: Exception) -> str:
    return f"cannot be opened: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
