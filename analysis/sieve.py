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
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, reduce
from importlib import import_module
from operator import or_
from typing import Any, Generic, TypeVar

__all__ = ["Quick", "Sieve", "Sifted", "needed", "opens_with_digit"]

_parser = import_module("re._parser")  # what a pattern consists of; ``sre_parse`` is its deprecated name
_DIGIT = re.compile(r"\d")
_ANY_DIGIT = "\0"  # in a piece in the making; once made, every digit is written 0
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MOST = 60  # pieces of one part that are still quicker to look for than the pattern
_LONG = 5  # letters from which on a piece is rare enough
_EVERYWHERE = " a and at by for from has have in is its of on that the to was were with "  # words of most sentences
_ASKED = 3  # parts of a pattern that are asked for, the rarest
_LONGEST, _KEPT = 40, 100_000  # letters of the words that are kept, and how many of them

Item = TypeVar("Item")


class Sieve(Generic[Item]):
    """Items with the patterns that all have to match for each of them, sorted out by the text they are to match."""

    def __init__(self, items: Iterable[tuple[Item, Sequence[re.Pattern[str]]]]) -> None:
        self._pairs = [(item, _bits(patterns)) for item, patterns in items]
        self.items = tuple(item for item, _ in self._pairs)
        self._last: tuple[str | None, list[Item]] = None, []

    def passed(self, text: str) -> list[Item]:
        """The items whose patterns may match in a text or in a piece of it, in order."""
        if text != self._last[0]:  # the numbers of a sentence ask for the same one after another
            held = _held(text)
            self._last = text, [item for item, bits in self._pairs if held & bits == bits]
        return self._last[1]


class Sifted:
    r"""A pattern that reads a text only where that holds, of each of some pieces that its every match needs, one.

    >>> target = Sifted(r"(?:the|its)\starget\b")
    >>> target.search("It met its target."), target.search("It met its plan."), target.search("No target is met.")
    (<re.Match object; span=(7, 17), match='its target'>, None, None)
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self._bits = _bits([self.pattern])

    @cached_property
    def _quick(self) -> Quick:
        return Quick(self.pattern)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """As that of a compiled pattern."""
        return self._quick.search(text, *span) if self.may_match(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """Likewise."""
        return self.pattern.match(text, *span) if self.may_match(text) else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """Likewise."""
        return self.pattern.fullmatch(text, *span) if self.may_match(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Likewise."""
        return self.pattern.finditer(text, *span) if self.may_match(text) else iter(())

    def sub(self, new: str, text: str, count: int = 0) -> str:
        """Likewise."""
        return self.pattern.sub(new, text, count) if self.may_match(text) else text

    def may_match(self, text: str) -> bool:
        """Whether a text holds what each match needs, so that the pattern may match in it or in a piece of it."""
        return not self._bits or _held(text) & self._bits == self._bits


class _Words(dict[str, int]):
    """What can match where a word stands, as bits, of each word that a text held so far: no piece holds a blank."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._pieces: dict[str, int] = {}
        self._sizes: dict[str, list[int]] = {}  # of the pieces, by their first two letters: few words hold any of them
        self._letters: frozenset[str] = frozenset()  # pieces of one letter
        self._forms: dict[str, int] = {}  # of words with digits: a long text has very many numbers, in few forms

    def bit(self, pieces: frozenset[str]) -> int:
        """The bit that some pieces stand for."""
        if pieces not in self._bits:
            self._bits[pieces] = bit = 1 << len(self._bits)
            for piece in pieces:
                self._pieces[piece] = self._pieces.get(piece, 0) | bit
                self._letters |= {piece} if len(piece) == 1 else set()
                if len(piece) > 1 and len(piece) not in (sizes := self._sizes.setdefault(piece[:2], [])):
                    sizes.append(len(piece))
            self._forms.clear()
            self.clear()
            _held.cache_clear()
        return self._bits[pieces]

    def held(self, text: str) -> int:
        """The bits of all words of a text."""
        return reduce(or_, map(self.__getitem__, text.split()), 0)

    def __missing__(self, word: str) -> int:
        written = word.casefold()
        form = written if word.isalpha() else _DIGIT.sub("0", written)
        found = self._of(form) if form == written else self._forms.get(form)
        if found is None:
            found = self._of(form)
            _keep(self._forms, form, found)
        _keep(self, word, found)
        return found

    def _of(self, form: str) -> int:
        """The bits of a word in lower case, its digits written 0."""
        found = 0
        for letter in self._letters.intersection(form):
            found |= self._pieces[letter]
        for at in range(len(form) - 1):
            for size in self._sizes.get(form[at : at + 2], ()):
                found |= self._pieces.get(form[at : at + size], 0)
        return found


def _keep(known: dict[str, int], word: str, bits: int) -> None:
    if len(word) <= _LONGEST:
        if len(known) >= _KEPT:
            known.clear()
        known[word] = bits


_words = _Words()  # of all patterns
_held = lru_cache(maxsize=256)(_words.held)  # many patterns look at the words around each number


def _bits(patterns: Iterable[re.Pattern[str]]) -> int:
    """What a text must hold for all of some patterns to match in it."""
    return reduce(or_, (_words.bit(pieces) for pattern in patterns for pieces in needed(pattern)), 0)


@cache
def needed(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    r"""Pieces, without blanks and brackets, of which every match holds one, whatever its case; for some of its parts.

    >>> [sorted(pieces) for pieces in needed(re.compile(r"\b(?:the\s)?(?:same|similar)\speriod"))]
    [['same', 'similar'], ['period']]
    >>> needed(re.compile(r"\w+|km")), [sorted(pieces) for pieces in needed(re.compile(r"[Nn]o\.\s?\d{4}"))]
    ((), [['0000'], ['no.']])
    """
    each = set(_choices(_parser.parse(pattern.pattern, pattern.flags))) - {frozenset()}
    return tuple(sorted(each, key=lambda one: (_rarity(one), sorted(one)))[-_ASKED:])


class Quick:
    r"""A pattern that is tried only where a character stands that its matches can open with, found far more quickly.

    >>> [match.group() for match in Quick(re.compile(r"\b(?:Nos?\.|[Aa]rticle)\s\d")).finditer("No. 5 and article 7")]
    ['No. 5', 'article 7']
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self._opening = pattern, pattern
        parts = list(_parser.parse(pattern.pattern, pattern.flags))
        opens = _opens(parts, bool(pattern.flags & re.IGNORECASE))
        if opens and not pattern.flags & re.VERBOSE:
            some = f"[{''.join(sorted(opens))}]"
            bounded = str(parts[0][1]) == "AT_BOUNDARY" and all(map(_IN_WORD.fullmatch, opens))
            written = re.sub(r"^\(\?[a-z]+\)", "", pattern.pattern)  # its flags are given below
            before = rf"(?<!\w{some})" if bounded else ""
            # Both cases of each letter are in the set: only where case counts is a set looked for quickly.
            opening = f"(?-i:{some}{before})(?<=(?={written})(?-i:{some}))"
            self._opening = re.compile(opening, pattern.flags & _FLAGS)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of the pattern."""
        found = self._opening.search(text, start, end)
        if self._opening is self.pattern:
            return found
        return found and self.pattern.match(text, found.start(), end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As that of the pattern."""
        if self._opening is self.pattern:
            yield from self.pattern.finditer(text, start, end)
            return
        for found in self._opening.finditer(text, start, end):
            if found.start() >= start and (match := self.pattern.match(text, found.start(), end)):
                yield match
                start = match.end()


_IN_WORD = re.compile(r"\w|\\d")
_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.ASCII


def opens_with_digit(written: str) -> bool:
    r"""Whether each match of a pattern starts with a digit.

    >>> opens_with_digit(r"(?<!\d)(?:19|20)\d\d"), opens_with_digit(r"\d-star|\bstar")
    (True, False)
    """
    opens = _opens(_parser.parse(written), any_case=False)
    return bool(opens) and opens <= {r"\d", *"0123456789"}


def _opens(parts: Iterable[tuple[Any, Any]], any_case: bool) -> frozenset[str]:
    """What each match of some parts in a row opens with, as pieces of a set of characters; nothing where none must."""
    found: frozenset[str] = frozenset()
    for kind, value in parts:
        least = 1
        match str(kind):
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "SUBPATTERN":
                own = _opens(value[-1], (any_case or bool(value[1] & re.IGNORECASE)) and not value[2] & re.IGNORECASE)
            case "BRANCH":
                each = [_opens(alternative, any_case) for alternative in value[1]]
                own = frozenset().union(*each) if all(each) else frozenset()
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, own = value[0], _opens(value[-1], any_case)
            case "LITERAL":
                own = _cases(value, value, any_case)
            case "IN":
                each = [_of_set(str(one), of, any_case) for one, of in value]
                own = frozenset().union(*each) if all(each) else frozenset()
            case _:
                own = frozenset()
        if not own:
            return own
        found |= own
        if least:
            return found
    return frozenset()


def _of_set(kind: str, value: Any, any_case: bool) -> frozenset[str]:
    match kind:
        case "LITERAL":
            return _cases(value, value, any_case)
        case "RANGE":
            return _cases(value[0], value[1], any_case)
        case "CATEGORY" if str(value) == "CATEGORY_DIGIT":
            return frozenset({r"\d"})
    return frozenset()


def _cases(first: int, last: int, any_case: bool) -> frozenset[str]:
    letters = [chr(code) for code in range(first, last + 1)] if last - first < _MOST else []
    if any_case and any(letter.casefold() in "ksiſ" for letter in letters):  # they have cases beyond their own two
        letters += "KſİıkKsSiI"
    forms = {form for letter in letters for form in ((letter.lower(), letter.upper()) if any_case else (letter,))}
    return frozenset(re.escape(form) for form in forms if len(form) == 1)


def _best(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    return max(_choices(parts), key=_rarity, default=frozenset())


def _rarity(pieces: frozenset[str]) -> tuple[float, int]:
    """How rare the commonest of some pieces is, by its letters, a digit being half of one; and how few they are."""
    rare = (min(_LONG, len(one) - one.count("0") / 2) if f" {one} " not in _EVERYWHERE else 1 for one in pieces)
    return min(rare, default=0), -len(pieces)


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
