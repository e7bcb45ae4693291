"""Files into a folder, all of them or none."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

__all__ = ["INDEX", "PublishError", "keep_foreign", "publish"]

INDEX = "index.html"
_OURS = '<meta name="generator" content="analysis">'
_PAGE = re.compile(r'href="([^"#?/]+\.html)')


class PublishError(Exception):
    """The pages cannot be put where they should; the message is one sentence that says what to do."""


def keep_foreign(to: Path) -> None:
    """Stop before an overview that no export wrote is written over.

    Raises:
        PublishError: the folder holds one.
    """
    index = to / INDEX
    if index.is_file() and _OURS not in index.read_text(encoding="utf-8", errors="replace"):
        raise PublishError(
            f"{index} was not written by an export and would be lost; choose another folder with --to, or replace it "
            "with --force."
        )


def publish(pages: Mapping[str, str | bytes], to: Path) -> None:
    """Write the pages into the folder, whole or not at all: beside it first, then moved, the overview last.

    Pages that an earlier overview in the folder links to, and their PDF files, are removed where they are no longer
    made; other files stay.

    Raises:
        PublishError: the folder cannot be written; what was there before is there still.
    """
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{to.name}-", dir=to.resolve().parent) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            new.mkdir()
            old.mkdir()
            for name, text in pages.items():
                (new / name).write_bytes(text.encode("utf-8", "replace") if isinstance(text, str) else text)
            stale = _linked(to / INDEX) - set(pages)
            _swap(sorted(pages, key=lambda name: (name == INDEX, name)), stale, new, old, to)
    except OSError as error:
        raise PublishError(
            f"The pages cannot be written to {to} ({error}); choose another folder with --to."
        ) from error


def _swap(names: list[str], stale: set[str], new: Path, old: Path, to: Path) -> None:
    """Move the new pages in and the old ones out; on any failure, the other way round."""
    moved = []
    try:
        for name in [*names, *stale]:
            if (to / name).exists():
                os.replace(to / name, old / name)
            moved.append(name)
            if (new / name).exists():
                os.replace(new / name, to / name)
    except BaseException:
        for name in moved:
            (to / name).unlink(missing_ok=True)
            if (old / name).exists():
                os.replace(old / name, to / name)
        raise


def _linked(index: Path) -> set[str]:
    """The pages that an overview of an earlier export links to."""
    if not index.is_file():
        return set()
    text = index.read_text(encoding="utf-8", errors="replace")
    if _OURS not in text:
        return set()
    names = {unquote(unescape(name), errors="surrogateescape") for name in _PAGE.findall(text)}
    names |= {Path(name).with_suffix(".pdf").name for name in (INDEX, *names)}
    return {name for name in names if Path(name).name == name and (index.parent / name).is_file()}
