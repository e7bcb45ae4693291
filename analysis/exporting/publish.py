"""Files into a folder, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from analysis.errors import UserError
from analysis.writing.together import write_together

__all__ = ["INDEX", "PublishError", "keep_foreign", "publish"]

INDEX = "index.html"
_OURS = '<meta name="generator" content="analysis">'
_PAGE = re.compile(r'href="([^"#?/]+\.html)')


class PublishError(UserError):
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
    """Write the pages into the folder, all of them or none, the last one last.

    Pages that an earlier overview in the folder links to, and their PDF files, are removed where they are no longer
    made; other files stay.

    Raises:
        PublishError: the folder cannot be written; what was there before is there still.
    """
    try:
        write_together(pages, to, gone=_linked(to / INDEX))
    except OSError as error:
        raise PublishError(
            f"The pages cannot be written to {to} ({error}); choose another folder with --to."
        ) from error


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
