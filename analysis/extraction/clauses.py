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

__all__ = ["Words", "around", "brackets", "clause_start"]

_CLAUSE = phrase("clause_break")
_PIECE = re.compile(r"[,;](?!\d)|\band\b(?=[^,;]*$)")


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


def around(
    flat: str,
    start: int,
    end: int,
    numbers: Sequence[Number],
    n: int,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> Words:
    """The words around the n-th number of the sentence between two offsets, whose brackets may be given."""
    number = numbers[n]
    pairs = brackets(flat, start, end) if pairs is None else pairs
    bracket = next((pair for pair in pairs if pair[0] < number.start < pair[1]), None)
    low, high = (bracket[0], bracket[1]) if bracket else (start, end)
    clause = clause_start(flat, low, number.start)
    outer = clause_start(flat, start, bracket[0]) if bracket else clause
    before = max([outer, *(q.end for q in numbers[:n] if q.end <= number.opens)])
    after = min([high, *(q.opens for q in numbers[n + 1 :] if q.opens >= number.end)])
    opens = number.opens - (number.signed != 0 and flat[number.opens - 1 : number.opens] in "+-")
    left = _without(flat, before, opens, [] if bracket else pairs)
    beyond = _behind_conversion(flat, numbers, n, pairs)
    if beyond > number.end:
        after = min([high, *(q.opens for q in numbers[n + 1 :] if q.opens >= beyond)])
    right = _blanks(flat[beyond : _clause_end(flat, beyond, after)])
    near = _PIECE.split(left)[-1].lstrip() if left.strip() else left
    wide = _without(flat, clause, number.opens, pairs if not bracket else [])
    sentence = _without(flat, start, number.opens, [pair for pair in pairs if pair != bracket])
    whole = f"{flat[start:end]}\n{_without(flat, start, end, pairs)}" if pairs else flat[start:end]
    return Words(left, near, wide, sentence, right, start, clause, bracket, whole)


def _behind_conversion(flat: str, numbers: Sequence[Number], n: int, pairs: Sequence[tuple[int, int]]) -> int:
    """Where the words behind a number begin: behind "(50 million USD)", which says the same in other money."""
    number, other = numbers[n], numbers[n + 1] if n + 1 < len(numbers) else None
    if other is None or not (is_money(number.unit) and is_money(other.unit)):
        return number.end
    closed = next((b for a, b in pairs if a == number.end + 1 and other.end == b), None)
    return number.end if closed is None else closed + 1


def brackets(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost round brackets between two offsets, as offsets of the two marks."""
    pairs: list[tuple[int, int]] = []
    depth, opened = 0, start
    for match in re.finditer(r"[()]", flat[start:end]):
        at = start + match.start()
        if match.group() == "(":
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                pairs.append((opened, at))
    return [*pairs, (opened, end)] if depth else pairs


def clause_start(flat: str, start: int, offset: int) -> int:
    """Where the clause that holds an offset starts."""
    last = start
    for match in _CLAUSE.finditer(flat, start, offset):
        last = match.end()
    return last


def _clause_end(flat: str, start: int, end: int) -> int:
    match = re.compile(r";|\.\s").search(flat, start, end)
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
    return text.replace("\r", " ").replace("\n", " ").replace("  ", " ")
