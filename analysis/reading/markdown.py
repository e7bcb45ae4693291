"""A Markdown file in, its text out without the marks; lists keep their dashes, tables of results are read as rows.

>>> print(read(b"# A good year\\n\\n* **9** members\\n")[0].text)
A good year
<BLANKLINE>
- 9 members
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import mistune

from analysis.reading.formats import Found
from analysis.reading.table_rows import spoken
from analysis.reading.text import decoded

__all__ = ["read"]


def read(data: bytes) -> list[Found]:
    """The one text of a Markdown file."""
    parsed = mistune.create_markdown(renderer=None, plugins=["table"])(decoded(data))
    lost: list[str] = []
    blocks = [block for token in parsed if (block := _block(token, lost))] if isinstance(parsed, list) else []
    return [Found("\n\n".join(blocks), lost=tuple(lost))]


def _block(token: dict[str, Any], lost: list[str]) -> str:
    children = token.get("children", [])
    if token["type"] == "list":
        return "\n".join(f"- {item}" for item in _items(children, lost))
    if token["type"] == "table":
        told = spoken(list(_rows(children)))
        lost += told.lost
        return "\n".join(told.lines)
    if children and token["type"] in ("block_quote", "list_item"):
        return "\n".join(block for child in children if (block := _block(child, lost)))
    return "" if token["type"] == "block_html" else _words(token).strip()


def _items(tokens: Sequence[dict[str, Any]], lost: list[str]) -> Iterator[str]:
    yield from (text for token in tokens if (text := _block(token, lost)))


def _rows(parts: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """The rows of a table: its head has cells, its body rows with cells."""
    for part in parts:
        rows = part["children"] if part["type"] == "table_body" else [part]
        yield from ([_words(cell) for cell in row["children"]] for row in rows)


def _words(token: dict[str, Any]) -> str:
    if token["type"] in ("softbreak", "linebreak"):
        return "\n"
    if token["type"] in ("inline_html", "image"):
        return ""
    return "".join(map(_words, token["children"])) if "children" in token else str(token.get("raw", ""))
