"""The vocabulary, read once from the CSV files in ``analysis/data``.

Every file has a header and a ``why`` column; a person without Python extends the product by adding a row.

>>> scale_factor("billion")
1000000000
>>> number_word("Seven")
7
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from babel import Locale

from analysis.sieve import Sifted

__all__ = [
    "alternation",
    "by_initial",
    "expand",
    "indicators",
    "likely",
    "limits",
    "month_name",
    "months",
    "number_word",
    "number_words",
    "ordinal_words",
    "phrase",
    "rows",
    "scale_factor",
    "word_pattern",
]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``analysis/data/<name>.csv``, each a dict of strings.

    Raises:
        FileNotFoundError: there is no such file.
    """
    source = resources.files("analysis") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines(keepends=True)))


def alternation(words: Iterable[str]) -> str:
    """A regex that matches any of the words, the longest first; a space in a word matches any run of blanks.

    >>> alternation(["km", "km2"])
    'km2|km'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def likely(words: Iterable[str], *, any_case: bool = False) -> str:
    r"""A regex that looks ahead to two letters such as some words begin with, so that most other words are passed over.

    >>> likely(["one", "two"])
    '(?=[ot][nw\\s])'
    """
    words = [form for word in words for form in ((word, word.upper()) if any_case else (word,))]
    opens, follows = ("".join(sorted({word[n] for word in words})) for n in (0, 1))
    return rf"(?=[{opens}][{follows}\s])"


def by_initial(words: Iterable[str], *, behind_it: bool = False) -> str:
    """A regex that matches any of many words, or what of them is behind the initial, and looks only at those of one.

    >>> by_initial(["km", "kip", "m"]), by_initial(["km", "kip"], behind_it=True)
    ('(?:k(?:ip|m)|m)', '(?:(?<=k)(?:ip|m))')
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    opening = "(?<={})" if behind_it else "{}"
    each = (
        opening.format(re.escape(initial)) + (f"(?:{alternation(rests)})" if any(rests) else "")
        for initial, rests in sorted(groups.items())
    )
    return f"(?:{'|'.join(each)})"


@cache
def expand(pattern: str) -> str:
    """A pattern with what ``data/cues/pieces.csv`` and ``macros.csv`` name put in, and the months for ``{month}``."""
    for name, piece in [*_pieces().items(), *((row["name"], row["pattern"]) for row in reversed(rows("cues/macros")))]:
        pattern = pattern.replace("{" + name + "}", piece)
    return pattern.replace("{month}", rf"(?:{likely(months())}(?:{alternation(months())})\.?)")


_BLANK = re.compile(r"(?P<kept>\(\?<[=!](?:\\.|[^\\()])*\)|\[(?:\\.|[^\]])+\])|(?<!\\)\\s(?![*+?{])")


@cache
def spaced(pattern: str) -> str:
    r"""A pattern that also fits where a line was stretched to the width of its page, by more blanks between its words.

    What looks behind has one width, and keeps it.

    >>> spaced(r"(?<=on\s)[\s-]\d+\sMay\s?\d*")
    '(?<=on\\s)[\\s-]\\d+\\s{1,3}May\\s?\\d*'
    """
    return _BLANK.sub(lambda found: found["kept"] or r"\s{1,3}", pattern)


@cache
def _pieces() -> dict[str, str]:
    """Patterns that are made of many rows, any of which fits."""
    made: dict[str, list[str]] = {}
    for row in rows("cues/pieces"):
        made.setdefault(row["piece"], []).append(row["pattern"])
    return {name: f"(?:{'|'.join(patterns)})" for name, patterns in made.items()}


@cache
def _phrases() -> dict[str, str]:
    return {row["name"]: row["pattern"] for row in rows("cues/phrases")}


@cache
def phrase(name: str) -> Sifted:
    """A pattern of ``data/cues/phrases.csv``.

    >>> phrase("half_term").search("halfway through the term").group()
    'halfway through'

    Raises:
        KeyError: there is no such row.
    """
    return Sifted(expand(_phrases()[name]))


@cache
def number_words() -> dict[str, int]:
    """Number words and their values, in lower case."""
    return {row["word"]: int(row["value"]) for row in rows("numbers/number_words")}


@cache
def word_pattern() -> str:
    """A regex for a number word, ``twenty-five`` and ``one hundred and twenty`` included, in any case."""
    units = alternation(word for word, value in number_words().items() if value < 10)
    tens = alternation(word for word, value in number_words().items() if 20 <= value < 100)
    plain = alternation(word for word, value in number_words().items() if value < 100)
    small = rf"(?:{tens})[-\s](?:{units})\b|{plain}"
    return rf"(?i:{likely([*number_words(), 'an'])}(?:(?:{units}|an?)\s+hundred(?:\s+(?:and\s+)?(?:{small}))?|{small}))"


def number_word(word: str) -> int:
    """The value of a number word, cardinal or ordinal.

    >>> number_word("twenty-five"), number_word("One hundred and twenty"), number_word("third")
    (25, 120, 3)
    """
    values = number_words() | ordinal_words() | {"a": 1, "an": 1}
    hundreds, _, rest = word.lower().rpartition("hundred")
    small = sum(values[part] for part in rest.replace("-", " ").split() if part != "and")
    return 100 * values[hundreds.strip()] + small if hundreds else small


@cache
def ordinal_words() -> dict[str, int]:
    """Ordinals in words and their values, in lower case."""
    return {row["word"]: int(row["value"]) for row in rows("numbers/ordinal_words")}


@cache
def months() -> dict[str, int]:
    """The names of the months, short ones too, and their numbers.

    >>> months()["September"], months()["Sept"]
    (9, 9)
    """
    known = (Locale("en").months["format"][width] for width in ("wide", "abbreviated"))
    return {name: n for names in known for n, name in names.items()} | {"Sept": 9}


@cache
def month_name(number: int) -> str:
    """The English name of a month, whatever the language of the computer, in which ``calendar`` has it.

    >>> month_name(9)
    'September'
    """
    name: str = Locale("en").months["format"]["wide"][number]
    return name


@cache
def scale_factor(word: str) -> int:
    """What a scale word multiplies by."""
    wanted = " ".join(word.lower().split())
    known = (*rows("numbers/scales"), *rows("numbers/short_scales"))
    return next(int(row["factor"]) for row in known if row["word"] == wanted)


@cache
def indicators() -> dict[str, dict[str, str]]:
    """The codebook: one row per indicator, by its id."""
    return {row["id"]: row for row in rows("indicators/indicators")}


@cache
def limits() -> dict[str, int]:
    """The limits that the checks and comparisons keep to, by name.

    >>> limits()["excellent_cap"]
    20
    """
    return {row["limit"]: int(row["value"]) for row in rows("checks/limits")}
