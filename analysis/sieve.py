r"""Patterns in, those that a text can trip at all out: each by pieces of words of which its every match holds one.

A table of dozens of patterns is read over every sentence, and few of them fit any; to look up a word costs a hundredth
of a search. What the pieces are, the patterns themselves say, so that no row of a table has to.

>>> plan, rise = re.compile(r"\b(?:targets?|goals?)\sset"), re.compile(r"(?i)up\sby|ris\w+")
>>> sieve = Sieve([("plan", [plan]), ("rise", [rise])])
>>> sieve.passed("The targets set were met."), sieve.passed("Rising waters"), sieve.passed("It sang.")
(['plan'], ['rise'], [])
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any, Generic, TypeVar

__all__ = ["Sieve", "needed", "opens_with_digit"]

_parser = import_module("re._parser")  # what a pattern consists of; ``sre_parse`` is its deprecated name
_DIGIT = re.compile(r"\d")
_ZEROS = str.maketrans("123456789", "000000000")
_ANY_DIGIT = "\0"  # in a piece in the making; once made, every digit is written 0
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MOST = 60  # pieces of one part that are still quicker to look for than the pattern
_LONG = 5  # letters from which on a piece is rare enough
_LONGEST, _KEPT = 40, 20_000  # letters of the words that are kept, and how many of them

Item = TypeVar("Item")


class Sieve(Generic[Item]):
    """Items with the patterns that all have to match for each of them, sorted out by the text they are to match."""

    def __init__(self, items: Iterable[tuple[Item, Sequence[re.Pattern[str]]]]) -> None:
        pairs = list(items)
        self.items = tuple(item for item, _ in pairs)
        self._always = 0
        bits: dict[str, int] = {}  # for a piece, the items that can match where it stands
        for n, (_, patterns) in enumerate(pairs):
            pieces = max(map(needed, patterns), key=_rarity)
            self._always |= (not pieces) << n
            for piece in pieces:
                bits[piece] = bits.get(piece, 0) | 1 << n
        self._words = _Words(bits)
        self._last: tuple[str | None, list[Item]] = None, []

    def passed(self, text: str) -> list[Item]:
        """The items whose patterns may match in a text or in a piece of it, in order."""
        if text != self._last[0]:  # the numbers of a sentence ask for the same one after another
            bits = reduce(or_, map(self._words.__getitem__, text.translate(_ZEROS).split()), self._always)
            found = []
            while bits:
                last = bits & -bits
                found.append(self.items[last.bit_length() - 1])
                bits ^= last
            self._last = text, found
        return self._last[1]


class _Words(dict[str, int]):
    """The items that can match where a word stands, of each word that a text held so far: no piece holds a blank."""

    def __init__(self, bits: dict[str, int]) -> None:
        self._bits = bits

    def __missing__(self, word: str) -> int:
        written = _DIGIT.sub("0", word.casefold())
        found = reduce(or_, (bits for piece, bits in self._bits.items() if piece in written), 0)
        if len(word) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[word] = found
        return found


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    r"""Pieces, without blanks and brackets, of which every match holds one, whatever its case; none where none must.

    >>> sorted(needed(re.compile(r"\b(?:the\s)?(?:same|similar)\speriod"))), needed(re.compile(r"\w+|km"))
    (['period'], frozenset())
    >>> sorted(needed(re.compile(r"[Nn]o\.\s?\d+/\d{4}")))
    ['0/0000']
    """
    return _best(_parser.parse(pattern.pattern, pattern.flags))


def opens_with_digit(written: str) -> bool:
    r"""Whether each match of a pattern starts with a digit.

    >>> opens_with_digit(r"(?<!\d)(?:19|20)\d\d"), opens_with_digit(r"\d-star|\bstar")
    (True, False)
    """
    return _opens_with_digit(_parser.parse(written))


def _opens_with_digit(parts: Iterable[tuple[Any, Any]]) -> bool:
    kind: Any
    value: Any
    kind, value = next((part for part in parts if str(part[0]) not in ("AT", "ASSERT", "ASSERT_NOT")), ("END", None))
    match str(kind):
        case "SUBPATTERN":
            return _opens_with_digit(value[-1])
        case "BRANCH":
            return all(map(_opens_with_digit, value[1]))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return value[0] > 0 and _opens_with_digit(value[-1])
    letters = _letters(kind, value)
    return bool(letters) and all(letter == _ANY_DIGIT or letter.isdecimal() for letter in letters)


def _best(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    return max(_choices(parts), key=_rarity, default=frozenset())


def _rarity(pieces: frozenset[str]) -> tuple[float, int]:
    """How rare the commonest of some pieces is, by its letters, a digit being half of one; and how few they are."""
    return min((min(_LONG, len(piece) - piece.count("0") / 2) for piece in pieces), default=0), -len(pieces)


def _choices(parts: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """For each part of a pattern that no match can do without, the pieces of which it holds one."""
    run = frozenset({""})
    for kind, value in [*_without_groups(parts), ("END", None)]:
        letters = _letters(str(kind), value)
        if letters and len(run) * len(letters) <= _MOST:
            run = frozenset(before + letter for before in run for letter in letters)
            continue
        yield _made(run)
        least, _, repeated = value if str(kind) in _REPEATS else (0, 0, [])
        again = _letters(*repeated[0]) if least and len(repeated) == 1 else frozenset()
        if len(again) == 1:  # of digits, as many as there are at least
            yield _made(frozenset(before + least * letter for before in run for letter in again))
            run = frozenset(least * letter for letter in again)
            continue
        run = letters or frozenset({""})
        match str(kind):
            case "ATOMIC_GROUP":
                yield from _choices(value)
            case "ASSERT" if value[0] > 0:  # what follows is a part of the text, too
                yield from _choices(value[1])
            case "BRANCH":
                each = [_best(alternative) for alternative in value[1]]
                yield _made(frozenset().union(*each)) if all(each) else frozenset()
            case _ if least:
                yield from _choices(repeated)


def _without_groups(parts: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for kind, value in parts:
        if str(kind) == "SUBPATTERN":
            yield from _without_groups(value[-1])
        else:
            yield kind, value


def _letters(kind: object, value: Any) -> frozenset[str]:
    """All that a part of a pattern can be, in lower case and without blanks and brackets; nothing if that is more."""
    match str(kind):
        case "LITERAL" if not (letter := chr(value).casefold()).isspace() and letter not in "()":
            return frozenset({letter})
        case "CATEGORY" if str(value) == "CATEGORY_DIGIT":
            return frozenset({_ANY_DIGIT})
        case "RANGE" if all(ord("0") <= end <= ord("9") for end in value):
            return frozenset({_ANY_DIGIT})
        case "IN":
            each = [_letters(*one) for one in value]
        case "BRANCH":
            each = [_written(alternative) for alternative in value[1]]
        case "SUBPATTERN":
            return _written(value[-1])
        case _:
            return frozenset()
    return frozenset().union(*each) if all(each) else frozenset()


def _written(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """All that some parts in a row can be, likewise."""
    run = frozenset({""})
    for part in parts:
        run = frozenset(before + letter for before in run for letter in _letters(*part))
    return run if len(run) <= _MOST else frozenset()


def _made(run: frozenset[str]) -> frozenset[str]:
    """The pieces that some runs of letters are; of one inside another, the shorter is enough."""
    pieces = {_DIGIT.sub("0", one.replace(_ANY_DIGIT, "0")) for one in run}
    return frozenset(one for one in pieces if not any(other in one for other in pieces - {one})) - {""}
