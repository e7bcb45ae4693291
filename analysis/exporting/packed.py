"""Pages kept until all are made, packed: two thousand of them repeat one style sheet and one script.

>>> pages = Packed()
>>> pages["index.html"], pages["a.html"] = "front", "x" * 100_000
>>> pages["a.html"] == "x" * 100_000, list(pages), pages.size < 1_000
(True, ['index.html', 'a.html'], True)
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, MutableMapping

__all__ = ["Packed"]

_FAST = 1


class Packed(MutableMapping[str, str]):
    """Pages by the names of their files, in the order in which they came."""

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}

    @property
    def size(self) -> int:
        """How many bytes they take here."""
        return sum(map(len, self._pages.values()))

    def __getitem__(self, name: str) -> str:
        return zlib.decompress(self._pages[name]).decode("utf-8")

    def __setitem__(self, name: str, page: str) -> None:
        self._pages[name] = zlib.compress(page.encode("utf-8", "replace"), _FAST)

    def __delitem__(self, name: str) -> None:
        del self._pages[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)
