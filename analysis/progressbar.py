"""A bar for those who wait: on a terminal or in a notebook that a person has open, after a second, and gone at the end.

>>> list(watched(["a", "b"], "Reading"))
['a', 'b']
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from tqdm import tqdm

__all__ = ["QUIET", "bar", "watched"]

QUIET = "ANALYSIS_QUIET"
"""The environment variable that an export sets for its notebooks, whose pages nobody watches."""

_PATIENCE = 1.0  # seconds without a bar

Item = TypeVar("Item")


def watched(items: Collection[Item], what: str) -> Iterable[Item]:
    """The items, one by one, with a bar that says how many are done and how long the rest will take."""
    return _counted(items, what) if _is_watched() else items


def bar(total: int, what: str, delay: float = 0) -> tqdm[Any]:
    """A bar to be updated by hand; without a terminal it stays invisible."""
    from tqdm import tqdm

    return tqdm(total=total, desc=what, delay=delay, leave=False, disable=not _is_watched(), file=sys.stderr)


def _counted(items: Collection[Item], what: str) -> Iterator[Item]:
    with bar(len(items), what, _PATIENCE) as shown:
        for item in items:
            yield item
            shown.update()


def _is_watched() -> bool:
    """Whether somebody sees what is written to stderr now, and sees it vanish."""
    return not os.environ.get(QUIET) and (sys.stderr.isatty() or _in_notebook())


def _in_notebook() -> bool:
    """Whether this is a kernel: its shell shows output in cells."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return type(shell).__name__ == "ZMQInteractiveShell"
