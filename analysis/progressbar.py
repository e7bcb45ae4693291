"""A bar for those who wait: on a terminal or in an open notebook, after a second, and gone at the end.

>>> list(watched(["a", "b"], "Reading"))
['a', 'b']
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TypeVar

__all__ = ["QUIET", "watched"]

QUIET = "ANALYSIS_QUIET"
"""The environment variable that an export sets for its notebooks, whose pages nobody watches."""

_PATIENCE = 1.0  # seconds without a bar

Item = TypeVar("Item")


def watched(items: Iterable[Item], what: str, total: int | None = None) -> Iterable[Item]:
    """The items, one by one; where somebody sees it, with a bar of how many (of ``total``) are done and time left."""
    if os.environ.get(QUIET) or not (sys.stderr.isatty() or _in_notebook()):
        return items
    from tqdm.auto import tqdm

    bar: Iterable[Item] = tqdm(items, what, total, delay=_PATIENCE, leave=False)
    return bar


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return type(shell).__name__ == "ZMQInteractiveShell"
