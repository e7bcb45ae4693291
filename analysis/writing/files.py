"""Files put in place in one step, so that nobody ever reads half of one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.reading.files import write_whole

__all__ = ["keep", "replace"]


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; the path.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_whole(path, content)


def keep(paths: Iterable[Path], force: bool) -> None:
    """Stop before a file that is there would be written over without being told to.

    Raises:
        FileExistsError: there is one, and ``force`` is not given.
    """
    there = [] if force else [path for path in paths if path.exists()]
    if there:
        others = f", and {len(there) - 1} more" if len(there) > 1 else ""
        raise FileExistsError(f"{there[0]} exists already{others}; choose another place, or replace it with --force.")
