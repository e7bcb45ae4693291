"""Texts that nobody would write: of the words of reports, of sentences gone wrong, of strings known to break things.

A text is made of choices alone, so that whoever makes them (a random generator, hypothesis, a fuzzer that follows
coverage) finds and shrinks what breaks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from analysis.reading.article import passages
from analysis.reading.sentences import plain, sentences
from tests import CASES, ROOT

Choose = Callable[[int], int]
"""A number from 0 to below the given one."""

_FOLDER = CASES / "hostile"
_BETWEEN = (" ", " ", " ", " ", "", ", ", "; ", ". ", "\n", "\n\n", "\r\n", " (", ") ", "-", "/", "\u00a0", "\t", "| ")
_BOUNDED = ("{}", "{}", "0", "0.0", "less than {}", "at most {}", "more than {}", "nearly {}", "0-{}", "{}00000")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def strings() -> dict[str, str]:
    """Return strings known to break things, by name."""
    found: dict[str, str] = json.loads((_FOLDER / "strings.json").read_text(encoding="utf-8"))
    return found


@cache
def repeated() -> dict[str, str]:
    """Return what takes too long when it is repeated, by name."""
    found: dict[str, str] = json.loads((_FOLDER / "repeated.json").read_text(encoding="utf-8"))
    return found


@cache
def words() -> list[str]:
    """Return the words that reports are made of."""
    found: list[str] = json.loads((_FOLDER / "words.json").read_text(encoding="utf-8"))
    return found


@cache
def written() -> list[str]:
    """Return the sentences of the reports that come with the project."""
    found = []
    for path in sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold" / "invented").glob("*.txt")]):
        text = path.read_text(encoding="utf-8")
        found += [text[one.start : one.end] for one in sentences(plain(text)) if one.end - one.start < 400]
    return found


def text_from(choose: Choose) -> str:
    """Return a text made of choices."""
    kinds = (_sentence, _mutated, _mutated, _words, _words, _string)
    parts = []
    for _ in range(1 + choose(8)):
        parts += [kinds[choose(len(kinds))](choose), _one(_BETWEEN, choose)]
    return "".join(parts)


def _one(items: tuple[str, ...] | list[str], choose: Choose) -> str:
    return items[choose(len(items))]


def _sentence(choose: Choose) -> str:
    return _one(written(), choose)


def _words(choose: Choose) -> str:
    return "".join(_one(words(), choose) + _one(_BETWEEN, choose) for _ in range(1 + choose(12)))


def _string(choose: Choose) -> str:
    if choose(4) == 0:
        return _one(list(repeated().values()), choose) * (1 + choose(30))
    return _one(list(strings().values()), choose)


def _mutated(choose: Choose) -> str:
    """A sentence with some of its words lost, doubled, swapped or exchanged, and of its numbers bounded or nothing."""
    parts = _one(written(), choose).split(" ")
    for _ in range(1 + choose(4)):
        at = choose(len(parts))
        match choose(6):
            case 0:
                parts[at : at + 1] = []
            case 1:
                parts.insert(at, parts[at])
            case 2:
                parts[at] = _one(words(), choose)
            case 3:
                parts[at], parts[-1] = parts[-1], parts[at]
            case 4:
                parts = [_DIGITS.sub(lambda found: _one(_BOUNDED, choose).format(found[0]), part) for part in parts]
            case _:
                parts[at] = parts[at][: choose(len(parts[at]) + 1)]
        parts = parts or [""]
    return " ".join(parts)


def long_text(name: str, length: int) -> str:
    """Return a text of so many characters that repeats a unit, numbered where it has a place for that."""
    unit, parts, size, number = repeated()[name], [], 0, 0
    while size < length:
        number += 1
        part = unit.replace("{n}", str(number)).replace("{m}", str(number + 1)).replace("{letters}", _spelt(number))
        parts.append(part)
        size += len(part)
    return "".join(parts)[:length]


def ordinary(length: int) -> str:
    """Return a text of so many characters of the reports that come with the project, all of it read.

    What ends an article is left out, and of each copy the lines end in a word of its own: a line that is repeated is
    passed over.
    """
    parts, size, number = [], 0, 0
    while size < length:
        number += 1
        for line in _lines():
            parts.append(f"{line} {_spelt(number)}\n" if number > 1 else f"{line}\n")
            size += len(parts[-1])
    return "".join(parts)[:length]


@cache
def _lines() -> list[str]:
    """Return the lines of the articles of the reports that come with the project."""
    found: dict[tuple[Path, int], str] = {}
    for path in sorted([*(ROOT / "tests" / "gold" / "invented").glob("*.txt"), *(ROOT / "seeds").glob("*.txt")]):
        text = path.read_text(encoding="utf-8")
        for part in passages(plain(text)):
            told = text[part.start : part.end]
            found[path, part.line] = f"{found[path, part.line]} {told}" if (path, part.line) in found else told
    return list(found.values())


def _spelt(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number)).capitalize()
