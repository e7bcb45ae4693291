"""The bytes of a zip archive in, its files out, in memory, within bounds: nothing is unpacked onto the disk.

>>> import zipfile
>>> packed = io.BytesIO()
>>> with zipfile.ZipFile(packed, "w") as archive:
...     archive.writestr("a/one.txt", "It has 9 members.")
...     archive.writestr("../two.txt", "It has 8 members.")
>>> for name, content in members(packed.getvalue(), Bounds()):
...     print(name, content)
../two.txt has a name that leads out of the archive
a/one.txt b'It has 9 members.'
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.reading.formats import LARGEST, Unreadable

__all__ = ["Bounds", "check_packed", "members"]

_RATIO = 200  # how many times longer unpacked than packed; texts are about 4 times, XML of spreadsheets up to 100
_SMALL = 1_000_000  # bytes below which nobody minds
_DEEPEST = 3  # archives in one another


@dataclass
class Bounds:
    """What one folder's archives may still hold, all together: files, and bytes unpacked."""

    files: int = 5_000
    size: int = 1_000_000_000

    def spend(self, size: int) -> None:
        """Take a file of so many bytes into account.

        Raises:
            Unreadable: it is too much.
        """
        self.files -= 1
        self.size -= size
        if self.files < 0:
            raise Unreadable("was passed over: the archives hold too many files")
        if self.size < 0:
            raise Unreadable("was passed over: the archives are too large, unpacked")


def members(data: bytes, bounds: Bounds, depth: int = 1) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The files of an archive by their names, each with its bytes, or why there are none.

    Args:
        data: what the archive holds.
        bounds: what may still be unpacked.
        depth: how many archives this one lies in, itself included.

    Raises:
        Unreadable: the archive is damaged, or lies too deep.
    """
    if depth > _DEEPEST:
        raise Unreadable(f"was not opened: archives are read {_DEEPEST} deep")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise Unreadable(f"is no zip archive, or a damaged one ({error})") from None
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.is_dir():
                try:
                    yield info.filename, _content(archive, info, bounds)
                except Unreadable as error:
                    yield info.filename, error


def check_packed(data: bytes) -> None:
    """See that a document which is a zip archive inside is no more than one, unpacked.

    Raises:
        Unreadable: it is too large, or no archive.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable("is not what its name says, or damaged")
    allowed = Bounds(size=2 * LARGEST)
    for name, content in members(data, allowed):
        if isinstance(content, Unreadable):
            raise Unreadable(f"was not opened: {name} in it {content}")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds) -> bytes:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise Unreadable("has a name that leads out of the archive")
    if info.flag_bits & 1:
        raise Unreadable("is locked by a password")
    if info.file_size > LARGEST:
        raise Unreadable(f"has {info.file_size:,} bytes unpacked; files of up to {LARGEST:,} are read")
    if info.file_size > max(_SMALL, _RATIO * info.compress_size):
        raise Unreadable(f"is packed {info.file_size // max(1, info.compress_size):,} times: a bomb rather than a file")
    bounds.spend(info.file_size)
    try:
        return archive.read(info)  # zipfile reads no more than the size that it was told
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(f"is damaged, or packed in an unknown way ({error})") from None
