"""A text with runs of blanks in, the same with single ones out, and the rows read from it set back to where they stood.

A page saved from a PDF file keeps the blanks that set its lines; words and cues are a single blank apart.

>>> text, at = squeezed("In  2023  it\\n          met  21  targets.  All  was  well.")
>>> text, at[text.index("21")]
('In 2023 it\\nmet 21 targets. All was well.', 28)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["set_back", "squeezed"]

_RUN = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)|(?<=\n)[ \t\u00a0]+(?=\S)|[ \t\u00a0]+(?=\n)")
_OFTEN = 100  # characters of a text in which at least one such run stands
_IDS = ("figure_id", "about", "part_of")


def squeezed(text: str) -> tuple[str, Sequence[int]] | None:
    """The text with one blank for each run and none around lines, with the offset of each character in the original.

    None where runs are rare, as in a text of the web: a few double blanks are nothing that sets lines.
    """
    runs = list(_RUN.finditer(text))
    if len(runs) * _OFTEN < len(text) or not runs:
        return None
    pieces: list[str] = []
    at: list[int] = []
    start = 0
    for run in runs:
        inside = run.start() > 0 and text[run.start() - 1] != "\n" and text[run.end() : run.end() + 1] != "\n"
        pieces += [text[start : run.start()], " " if inside else ""]
        at += [*range(start, run.start()), *([run.start()] if inside else [])]
        start = run.end()
    pieces.append(text[start:])
    at += range(start, len(text))
    return "".join(pieces), at


def set_back(row: dict[str, object], text: str, at: Sequence[int]) -> dict[str, object]:
    """A row read from a squeezed text with the offsets and the words of the original.

    Args:
        row: of the table of figures.
        text: the original.
        at: the offset in it of each character of the squeezed text.
    """
    start, end, opens = int(str(row["start"])), int(str(row["end"])), int(str(row["sentence_start"]))
    closes = opens + len(str(row["sentence"]))
    moved = {name: _moved(str(row[name]), at) for name in _IDS}
    return row | {
        **moved,
        "start": at[start],
        "end": at[end - 1] + 1,
        "quote": text[at[start] : at[end - 1] + 1],
        "sentence_start": at[opens],
        "sentence": text[at[opens] : at[closes - 1] + 1],
    }


def _moved(figure_id: str, at: Sequence[int]) -> str:
    """The id of a figure, which ends in where it starts."""
    report, colon, start = figure_id.rpartition(":")
    return f"{report}:{at[int(start)]}" if colon else figure_id
