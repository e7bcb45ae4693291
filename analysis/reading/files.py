"""The path of a text file in, its text out, or one sentence on why there is none: whatever lies there, nothing hangs.

>>> decoded("Five trees".encode("utf-16-le")), decoded("Five trees".encode("utf-16"))
('Five trees', '\\ufeffFive trees')
>>> shown("a\\udce9\\x1b[2J.txt")
'a\\\\xe9\\\\x1b[2J.txt'
"""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from pathlib import Path

__all__ = [
    "LONGEST",
    "content",
    "decoded",
    "longest",
    "printable",
    "setting",
    "shown",
    "text_of",
    "without_surrogates",
    "write_whole",
]

LONGEST = "ANALYSIS_LONGEST"
"""The environment variable that says how many characters a report may have."""

_LONGEST = 2_000_000  # a book has one million
_BYTES = 4  # of a character at most, in UTF-8 as in UTF-16
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_OFTEN = 0.2  # of every second byte; English, and Vietnamese too, is mostly of letters whose other byte is 0
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.05  # of the characters: a stray one may be in a text, but no more of them


def longest() -> int:
    """How many characters a report may have: what ANALYSIS_LONGEST says, else two million.

    Raises:
        ValueError: it says no number.
    """
    return setting(LONGEST, _LONGEST)


def setting(name: str, usual: int) -> int:
    """The number that an environment variable says, else the usual one.

    Raises:
        ValueError: it says no number.
    """
    said = os.environ.get(name, "")
    if said and not (said.isascii() and said.isdigit()):
        raise ValueError(f"{name} is {said!r}, which is no number; write 5000000, say.")
    return int(said) if said else usual


def text_of(path: Path, most: int | None = None) -> str:
    """The text of a file, with the line ends that it has.

    Args:
        path: where it lies.
        most: how many characters it may have; :func:`longest` where nothing is said.

    Raises:
        ValueError: it is no regular file, cannot be opened, is too long, or is no text; the message is one sentence.
    """
    allowed = longest() if most is None else most
    data = content(path, _BYTES * allowed)
    if len(data) > _BYTES * allowed:
        raise ValueError(_too_long(path, f"more than {_BYTES * allowed:,} bytes", allowed, most is None))
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        raise ValueError(f"{shown(path)}: byte {error.start} is not UTF-8; save the file as UTF-8 text.") from None
    if len(text) > allowed:
        raise ValueError(_too_long(path, f"{len(text):,} characters", allowed, most is None))
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise ValueError(f"{shown(path)} is no text, or in another encoding; save it as UTF-8 text.")
    return text


def content(path: Path, most: int) -> bytes:
    """The bytes of a file; of one that has more than so many, the first ones and one more.

    Raises:
        ValueError: it is no regular file, or cannot be opened.
    """
    if not path.is_file():  # reading a pipe would wait for ever, and reading a device never end
        raise ValueError(f"{shown(path)} is no file: a folder, a pipe, a device or a broken link; take it away.")
    try:
        with open(path, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise ValueError(f"{shown(path)} cannot be opened: {error.strerror or error}.") from None


def decoded(data: bytes) -> str:
    """The text that bytes stand for: UTF-8, or UTF-16, with its mark or without.

    Raises:
        UnicodeDecodeError: they are neither.
    """
    encoding = _MARKS.get(data[:2], "")
    for first, other in ((1, "utf-16-le"), (0, "utf-16-be")):
        if not encoding and data[first::2].count(0) > _OFTEN * len(data) / 2:
            encoding = other
    return data.decode(encoding or "utf-8")


def without_surrogates(text: str) -> str:
    """The text with every half of a character, which no file can hold, replaced, all others in their places.

    >>> without_surrogates("9 trees\\ud800 and 5")
    '9 trees� and 5'
    """
    return _SURROGATE.sub("�", text)


def shown(path: str | Path) -> str:
    """A path as it can be printed: what is not UTF-8 in it, and what would move the cursor, written out."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def printable(text: str) -> str:
    """A text on one line, with what would move the cursor, and half characters, written out.

    >>> printable("a\\x1b[2J")
    'a\\\\x1b[2J'
    """
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file in one step, so that nobody ever reads half of it.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return path


def _too_long(path: Path, size: str, allowed: int, more: bool) -> str:
    advice = f"split it, or allow more with {LONGEST}" if more else "make it shorter"
    return f"{shown(path)} has {size}, where {allowed:,} characters are allowed; {advice}."
