"""The bytes of a file in, the texts in it out, by the reader of its format, which is loaded only when it is needed.

>>> [found.text for found in read_bytes(b"It has 9 members.", ".TXT")]
['It has 9 members.']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module

__all__ = ["ARCHIVES", "FORMATS", "LARGEST", "Found", "Unreadable", "read_bytes", "told_formats"]

DISTRIBUTION = "targets-and-results"
LARGEST = 50_000_000  # bytes of a document, packed or unpacked

FORMATS = {
    ".txt": ("text", ""),
    ".md": ("markdown", ""),
    ".html": ("web", "web"),
    ".htm": ("web", "web"),
    ".mhtml": ("web", "web"),
    ".mht": ("web", "web"),
    ".pdf": ("pdf", "pdf"),
    ".docx": ("word", "office"),
    ".xlsx": ("excel", "office"),
    ".csv": ("comma", ""),
}
"""The formats by the suffix in small letters: the module that reads it, and the extra that installs what it needs."""

_ONE_FILE_PAGES = (".mhtml", ".mht")
ARCHIVES = (".zip",)

# What was read of a file: a page of a PDF takes a tenth of a second, and each notebook reads the same folder.
_KEPT: dict[tuple[bytes, str], tuple[Found, ...]] = {}
_MOST_KEPT = 2000  # files


@dataclass(frozen=True)
class Found:
    """A text in a file, and what the file says of it besides; ``part`` tells several texts of one file apart.

    ``date`` is the day of publication; ``lost`` are the parts of the file that could not be read, each with why.
    """

    text: str
    part: str = ""
    date: dt.date | None = None
    source: str = ""
    address: str = ""
    lost: tuple[str, ...] = ()


class Unreadable(ValueError):
    """Why a file, or a part of it, was not read, in words that go on behind its name."""


def read_bytes(data: bytes, suffix: str) -> list[Found]:
    """The texts in the bytes of a file.

    Args:
        data: what the file holds.
        suffix: of its name, in any case; of an unknown one the bytes are taken for plain text.

    Raises:
        Unreadable: there is no text in them, or a library that reads such files is not installed.
    """
    module, extra = FORMATS.get(suffix.lower(), ("text", ""))
    if not data:
        raise Unreadable("is empty")
    if module != "text" and len(data) > LARGEST:
        raise Unreadable(f"has {len(data):,} bytes; documents of up to {LARGEST:,} are read")
    try:
        reader = import_module(f"analysis.reading.{module}")
    except ModuleNotFoundError as error:
        if not extra:
            raise
        command = f'pip install "{DISTRIBUTION}[{extra}]"'
        raise Unreadable(f"needs {error.name} to be read, which is not installed: {command}") from None
    read: Callable[[bytes], list[Found]] = reader.read_mhtml if suffix.lower() in _ONE_FILE_PAGES else reader.read
    key = (sha256(data).digest(), suffix.lower())
    if key in _KEPT:
        return list(_KEPT[key])
    try:
        found = read(data)
    except Unreadable:
        raise
    except Exception as error:  # whatever a library makes of bytes that nobody foresaw: one file is lost, not the run
        raise Unreadable(f"is damaged, or of another kind ({type(error).__name__}: {error})") from None
    while len(_KEPT) >= _MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[key] = tuple(found)
    return found


def told_formats() -> str:
    """The suffixes that are read, in words."""
    *first, last = [*FORMATS, *ARCHIVES]
    return f"{', '.join(first)} and {last}"
