"""A folder anywhere, ``s3://bucket/tables`` or on this disk; what is put there is there whole or not at all.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     store = Store.at(folder)
...     store.put("figures/a.parquet", b"a")
...     print(store.names("figures"), store.get("figures/a.parquet"), store.names("outlook"))
['a.parquet'] b'a' []
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.extras import needed
from analysis.writing.files import replace

__all__ = ["Store"]


@dataclass(frozen=True)
class Store:
    """A folder: its file system, as fsspec has it, and its path there."""

    system: Any
    path: str

    @classmethod
    def at(cls, address: str | Path) -> Store:
        """The folder at a path or an address.

        Raises:
            MissingExtra: fsspec is not installed, or what it needs for such an address.
        """
        fsspec = needed("fsspec", "cluster")
        try:
            return cls(*fsspec.url_to_fs(str(address), use_listings_cache=False))
        except ImportError as error:
            raise OSError(f"{address} cannot be reached: {error}.") from None

    @property
    def is_here(self) -> bool:
        """Whether it is on a disk of this machine."""
        return "file" in _protocols(self.system)

    def at_name(self, name: str) -> str:
        """The path of a file in it."""
        return f"{self.path.rstrip('/')}/{name}"

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return bool(self.system.isfile(self.at_name(name)))

    def names(self, folder: str) -> list[str]:
        """The files of a folder in it, sorted; none where there is no such folder."""
        try:
            listed = self.system.ls(self.at_name(folder), detail=True, refresh=True)
        except FileNotFoundError:
            return []
        return sorted(one["name"].rpartition("/")[2] for one in listed if one["type"] == "file")

    def get(self, name: str) -> bytes:
        """What a file holds."""
        return bytes(self.system.cat_file(self.at_name(name)))

    def put(self, name: str, content: bytes) -> None:
        """Write a file: in one step, as object stores do of themselves."""
        if self.is_here:
            replace(Path(self.at_name(name)), content)
        else:
            self.system.pipe_file(self.at_name(name), content)

    def drop(self, names: Iterable[str]) -> None:
        """Remove files."""
        if gone := [self.at_name(name) for name in names]:
            self.system.rm(gone)


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)
