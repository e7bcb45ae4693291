"""A number in, the words around it out: what stands before and after it, within its clause and its brackets.

>>> from analysis.extraction.numbers import scan
>>> text = "Revenue is 408 billion VND, exceeding the plan (303 billion) by 34.6% and equaling 100% of the estimate."
>>> words = [around(text, 0, len(text), numbers, n) for numbers in [scan(text)] for n in range(4)]
>>> words[1].near, words[2].wide[-27:], words[3].right
('exceeding the plan (', 'VND, exceeding the plan by ', ' of the estimate.')
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.currencies import is_money
from analysis.extraction.digits import Number
from analysis.lexicon import phrase

__all__ = ["Windows", "Words", "around", "brackets"]

_CLAUSE = phrase("clause_break")
_BRACKET = re.compile(r"[()]")
_AND = re.compile(r"and(?<!\wand)\b")
_STOP = re.compile(r";|\.\s")
_OF_BEHIND = re.compile(r"\s?\)\sof\s(?:the|its|their|what)\s")


@dataclass(frozen=True)
class Words:
    """The windows that cues look into.

    ``left``: back to the number before. ``near``: the last piece of it after a comma. ``wide``: back to the start of
    the clause or bracket, other brackets left out. ``sentence``: back to the start of the sentence, likewise.
    ``right``: up to the next number. ``start`` and ``clause``: where the sentence and the clause start.
    ``bracket``: the offsets of the bracket that the number stands in. ``whole``: all that a window is cut from, the
    sentence with its brackets and without them.
    """

    left: str
    near: str
    wide: str
    sentence: str
    right: str
    start: int
    clause: int
    bracket: tuple[int, int] | None
    whole: str


class Windows:
    """Cuts the words around the numbers of one sentence, one number after another, and finds each clause once."""

    def __init__(self, flat: str, start: int, end: int, numbers: Sequence[Number]) -> None:
        self.flat, self.start, self.end, self.numbers = flat, start, end, numbers
        self.pairs = brackets(flat, start, end)
        self._clauses: dict[int, tuple[int, int]] = {}  # by where a bracket starts: the last clause, up to where
        whole = flat[start:end]
        self._whole = f"{whole}\n{_without(flat, start, end, self.pairs)}" if self.pairs else whole

    def around(self, n: int) -> Words:
        """The words around the n-th number."""
        flat, start, number, pairs = self.flat, self.start, self.numbers[n], self.pairs
        bracket = next((pair for pair in pairs if pair[0] < number.start < pair[1]), None)
        low, high = bracket or (start, self.end)
        clause = self._clause(low, number.start)
        outer = self._clause(start, low) if bracket else clause
        before = next((q.end for q in self.numbers[n - 1 :: -1] if q.end <= number.opens), outer) if n else outer
        beyond = _behind_conversion(flat, self.numbers, n, pairs)
        if bracket and _OF_BEHIND.match(flat, number.end):
            beyond, high = bracket[1] + 1, self.end  # "over half (51%) of the estimate"
        after = next((q.opens for q in self.numbers[n + 1 :] if q.opens >= beyond), high)
        opens = number.opens - (number.signed != 0 and flat[number.opens - 1 : number.opens] in "+-")
        left = _without(flat, max(before, outer), opens, () if bracket else pairs)
        right = _blanks(flat[beyond : _clause_end(flat, beyond, min(after, high))])
        wide = _without(flat, clause, number.opens, pairs if not bracket else ())
        sentence = _without(flat, start, number.opens, [pair for pair in pairs if pair != bracket])
        return Words(left, _last_piece(left), wide, sentence, right, start, clause, bracket, self._whole)

    def _clause(self, start: int, offset: int) -> int:
        """Where the clause that holds an offset starts; the numbers of a sentence ask in their order."""
        last, read = self._clauses.get(start, (start, start))
        for match in _CLAUSE.finditer(self.flat, max(last, read - len(" and ")), offset):
            last = match.end()
        self._clauses[start] = last, offset
        return last


def around(flat: str, start: int, end: int, numbers: Sequence[Number], n: int) -> Words:
    """The words around the n-th number of the sentence between two offsets."""
    return Windows(flat, start, end, numbers).around(n)


def _behind_conversion(flat: str, numbers: Sequence[Number], n: int, pairs: Sequence[tuple[int, int]]) -> int:
    """Where the words behind a number begin: behind "(50 million USD)", which says the same in other money."""
    number, other = numbers[n], numbers[n + 1] if n + 1 < len(numbers) else None
    if other is None or not (is_money(number.unit) and is_money(other.unit)):
        return number.end
    closed = next((b for a, b in pairs if a == number.end + 1 and other.end == b), None)
    return number.end if closed is None else closed + 1


def brackets(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost round brackets between two offsets, as offsets of the two marks.

    One that is never closed holds the rest where the text breaks off in it; where others follow it, it is a slip:
    "(106% (VND 318 billion), Quang Binh 241% (VND 265 billion)".
    """
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(flat, start, end):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            first = opened.pop()
            while pairs and pairs[-1][0] > first:
                pairs.pop()
            pairs.append((first, match.start()))
    last = pairs[-1][1] if pairs else start - 1
    return [*pairs, (opened[0], end)] if opened and opened[0] > last else pairs


def _last_piece(left: str) -> str:
    """What stands behind the last comma, semicolon or "and"; a comma before a digit is a part of a number."""
    cut = max(left.rfind(","), left.rfind(";")) + 1
    for match in _AND.finditer(left, cut):
        cut = match.end()
    while cut and left[cut : cut + 1].isdecimal():
        cut = max(left.rfind(",", 0, cut - 1), left.rfind(";", 0, cut - 1)) + 1
    return left[cut:].lstrip() if left.strip() else left


def _clause_end(flat: str, start: int, end: int) -> int:
    match = _STOP.search(flat, start, end)
    return match.start() if match else end


def _without(flat: str, start: int, end: int, pairs: Sequence[tuple[int, int]]) -> str:
    """The text between two offsets without what stands in brackets."""
    kept, at = [], start
    first = bisect_right([pair[1] for pair in pairs], start)
    for opened, closed in pairs[first:]:
        if opened >= end:
            break
        kept.append(flat[at:opened])
        at = closed + 1
    kept.append(flat[at:end])
    return _blanks("".join(kept))


def _blanks(text: str) -> str:
    """The text with single blanks, also where its lines were broken to a width."""
    text = text.replace("\r", " ").replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text
