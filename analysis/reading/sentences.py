"""A text in, its sentences and list items out, as offsets.

>>> text = "Revenue reached 5.2 billion. It rose by 3%.\\n- Recruit 200 members;"
>>> [text[s.start:s.end] for s in sentences(text)]
['Revenue reached 5.2 billion.', 'It rose by 3%.', '- Recruit 200 members;']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from analysis.lexicon import phrase

__all__ = ["Sentence", "plain", "sentences"]

# One character for one character, so that offsets into the plain text are offsets into the report.
_SAME_LENGTH = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200b": " ", "\ufeff": " ", "\t": " "}
    | dict.fromkeys("‘’ʼ`´", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("–—−‐‑‒", "-")
)

_LONGEST, _MOST_NUMBERS = 2500, 40  # characters and numbers of a sentence
_OFTEN = 3  # lines that go on in lower case: the text is broken to a width
_WRAPPED = 40  # characters that a line broken to a width has at least: a headline is shorter
_STOPS = (".", "!", "?", ":", ";", "…", '."', '!"', '?"', ".)", "|")
_LINE = re.compile(r"[^\r\n]+")
_CREDIT = re.compile(r"\((?:[Ii]llustrative\s)?[Pp]hoto\b[^()\r\n]{0,60}\)(?=[^\W\d_])")
_ITEM = re.compile(r"\s*(?:[-+*•·●]\s+|\(?\d{1,2}[.)]\s+|[a-z]\)\s+|>\s)")
_NUMBER = re.compile(r"\W*(?:[IVX]+|[A-C])")  # of a section: "II. Tasks for 2019"
_DIGITS = re.compile(r"\d+")
_END = phrase("sentence_end")
_ABBREVIATION = phrase("abbreviation")


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item: its offsets, the line it stands in, and whether it is an item."""

    start: int
    end: int
    line: int
    item: bool
    first: bool  # the first sentence of its line


@lru_cache(maxsize=10)  # each step of reading a report asks for it
def plain(text: str) -> str:
    """The text with typographic blanks, quotes and dashes made plain, every character in its place.

    >>> plain("20 – 30\\u00a0km")
    '20 - 30 km'
    """
    return text.translate(_SAME_LENGTH)


def sentences(text: str) -> list[Sentence]:
    """All sentences and list items, in order."""
    found: list[Sentence] = []
    for number, (opens, closes) in enumerate(_lines(text)):
        item = bool(_ITEM.match(text, opens, closes))
        starts = [opens, *_ends(text, opens, closes)]
        for n, (start, end) in enumerate(zip(starts, [*starts[1:], closes], strict=True)):
            for piece, (left, right) in enumerate(_pieces(text, *_trimmed(text, start, end))):
                found.append(Sentence(left, right, number, item, first=n == piece == 0))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text; one that was broken to fit a width is one with those that it goes on in.

    A line goes on in the next, with no blank line between, where it ends in no stop and the next begins in lower case;
    in a text where that happens often, where the next begins with anything but a list mark.

    >>> [(a, b) for a, b in _lines("Growth reached\\n11 percent and\\nfell.\\nRevenue")]
    [(0, 14), (15, 35), (36, 43)]
    """
    lines = [piece for match in _LINE.finditer(text) for piece in _uncaptioned(text, *match.span())]
    pairs = [(a, b) for a, b in pairwise(lines) if _may_go_on(text, a, b)]
    lower = [b for _, b in pairs if text[b[0]].islower()]
    wrapped = len(lower) >= _OFTEN
    goes_on = {b for a, b in pairs if text[b[0]].islower() or (wrapped and a[1] - a[0] >= _WRAPPED)}
    found: list[tuple[int, int]] = []
    for line in lines:
        if line in goes_on:
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _uncaptioned(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line, parted where an article opens right behind a caption: "A street (Photo: VNA)Tan Phuoc - It grew"."""
    if (caption := _CREDIT.search(text, start, end)) is not None:
        yield start, caption.end()
        start = caption.end()
    yield start, end


def _may_go_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    between = text[line[1] : following[0]]
    stops = text[line[0] : line[1]].rstrip().endswith(_STOPS)
    return between in ("\n", "\r\n", "\r") and not stops and not _ITEM.match(text, *following)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at blanks where it is longer than any that a person writes, so that reading stays linear.

    So is one with more numbers than any: a table in one line.
    """
    while (longest := _longest(text, start, end)) < end:
        cut = text.rfind(" ", start + 1, longest)
        cut = cut if cut > start else longest
        yield start, cut
        start, _ = _trimmed(text, cut, end)
    if start < end:
        yield start, end


def _longest(text: str, start: int, end: int) -> int:
    """How far a sentence may reach."""
    if end - start > 2 * _MOST_NUMBERS:
        end = min(end, start + _LONGEST)
        number = next(islice(_DIGITS.finditer(text, start, end), _MOST_NUMBERS, None), None)
        return number.start() if number else end
    return end


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end inside a line, abbreviations and initials passed over."""
    for stop in _END.finditer(text, start, end):
        before = text[max(start, stop.start() - 12) : stop.start()]
        if text[stop.start()] == "." and (_ABBREVIATION.search(before) or _NUMBER.fullmatch(text, start, stop.start())):
            continue
        yield stop.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
