"""A text in, the names in it that the gazetteer knows out: bare names of provinces and districts, and their level.

>>> flat = "Mr. Ha Nam met pupils of Ha Giang High School. In Ha Tinh 41 members were admitted, in Nam Dinh Street 3."
>>> sorted(bare_names(flat, [(0, len(flat))], None))
['Ha Tinh']
>>> settled(Place("Ha Tinh"), flat, None, ())
Place(name='Ha Tinh', level='province', province='')
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from analysis.extraction.places.gazetteer import Unit, levels, look_up, ranks, vietnamese_levels
from analysis.lexicon import alternation, rows
from analysis.reading.reports import Place

__all__ = [
    "CAP",
    "UPPER",
    "Mention",
    "bare_names",
    "cap_not_after",
    "in_full",
    "is_namesake",
    "is_no_place",
    "lies_in",
    "settled",
    "standing",
    "times_named",
]


@dataclass(frozen=True)
class Mention:
    """Where a place is named; ``aside`` where a bare name only says from where, to where or than whom."""

    start: int
    end: int
    place: Place
    aside: bool = False


_HELD = re.compile(
    r"(?:'s)?(?:\s\w+){0,4}(?:\s?\(|,\s|,?\s(?:in|of|under)\s(?:the\s(?:[\w-]+\s){0,4}?(?:(?:province|district|city)\sof\s)?|(?:[A-Z]\w+\s){1,2}?[A-Z]\w+'s\s)?)"
    rf"|,?\s(?i:{alternation(vietnamese_levels())})\s"  # "xã Lam Quy huyện Song Trau"
)


_IN_BRACKETS = re.compile(r"\s?\(")


def lies_in(flat: str, place: Mention, holder: Mention) -> bool:
    """Whether the second place only says where the first one lies: "Lam Quy commune, Song Trau city"."""
    low, high = ranks().get(place.place.level), ranks().get(holder.place.level)
    if low is not None and high is None and _IN_BRACKETS.fullmatch(flat, place.end, holder.start):
        return flat[holder.end : holder.end + 1] == ")"  # "Lam Quy commune (Song Trau)"
    higher = high is not None and (low is None or high < low)
    return higher and bool(_HELD.fullmatch(flat, place.end, holder.start))


UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
_MARKS = "\u0300-\u036f"  # accents of decomposed text
CAP = rf"[{UPPER}][\w{_MARKS}'’]{{0,40}}"  # a capitalised word


def cap_not_after(before: str) -> str:
    """A capitalised word that a character does not stand before; capitals are found quickly, and looked behind then."""
    return CAP.replace("]", rf"](?<!{before}[{UPPER}])", 1)


_RUN = re.compile(cap_not_after(r"[\w-]") + rf"(?:\s?-\s?{CAP}|\s{CAP}){{0,11}}")
_WORD = re.compile(CAP)
_LETTER = re.compile(r"\w")
_PIECE = re.compile(r"\w+|[^\w\s]")
_LONGEST = 4  # words in the name of a unit


@cache
def _before() -> re.Pattern[str]:
    """What makes a name that of a person or a street, right before it."""
    words = alternation(row["word"] for row in rows("places/namesakes") if row["side"] == "before")
    titles = alternation(row["word"] for row in rows("places/person_words"))
    return re.compile(rf"\b(?:(?i:{words})|{titles})\.?\s+$")


@cache
def _after() -> re.Pattern[str]:
    """What makes a name that of a street, a school, a newspaper, or a person who speaks, right behind it."""
    words = alternation(row["word"] for row in rows("places/namesakes") if row["side"] == "after")
    speech = alternation(row["word"] for row in rows("places/namesakes") if row["side"] == "speech")
    return re.compile(
        rf"\s?(?:{CAP}\s){{0,2}}(?i:{words})(?![a-z])|,?\s(?:also\s|further\s)?(?:{speech})\b|\.(?:vn|com|gov|org|net)\b|'s\s(?:ideology|thought|example|testament)"
    )


def is_namesake(flat: str, start: int, end: int) -> bool:
    """Whether a name is not that of a place but of a street, a school, a newspaper or a person.

    >>> text = "Ha Nam Newspaper"
    >>> is_namesake(text, 0, 6), is_namesake("Ha Nam province", 0, 6)
    (True, False)
    """
    return bool(_after().match(flat, end) or _before().search(flat, max(0, start - 30), start))


def bare_names(flat: str, spans: Iterable[tuple[int, int]], date: dt.date | None) -> set[str]:
    """The names in some spans of a text that stand for units of the gazetteer, with no level word to vouch for them."""
    found = set()
    for start, end in spans:
        for run in _RUN.finditer(flat, start, end):
            for first, last in _known_in(run.group(), date):
                left, right = run.start() + first, run.start() + last
                name = " ".join(flat[left:right].split())
                if not is_namesake(flat, left, right) and (" " in name or not times_named(flat, name.lower())):
                    found.add(name)  # "Longan" is no province where "longan" is sold
    return found


@lru_cache(maxsize=20_000)  # the same capitalised words open sentences, and name places, again and again
def _known_in(run: str, date: dt.date | None) -> tuple[tuple[int, int], ...]:
    """The known names in a run of capitalised words: not those that are a part of a longer name."""
    words = list(_WORD.finditer(run))
    found, at = [], 0
    while at < len(words):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if at + n <= len(words) and _known(run, words[at : at + n], date)), 0
        )
        if size and not (at and _is_name_word(run, words[at - 1], words[at])):
            following = words[at + size] if at + size < len(words) else None
            last = words[at + size - 1]
            of_body = words[-1].group() in body_words()  # "the Kon Tum Taxation Department" is one of Kon Tum
            if following is None or of_body or not _is_name_word(run, following, last):
                found.append((words[at].start(), last.end() - 2 * last.group().endswith(("'s", "’s"))))
        at += max(size, 1)
    return tuple(found)


_LETTER_MARKS = rf"[{_MARKS}]{{0,2}}"
_SYLLABLE = re.compile(  # of a Vietnamese name: a consonant, vowels, a consonant, with or without accents
    rf"(?:ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr|[bcdđghklmnpqrstvxy])?(?:[aeiouy]{_LETTER_MARKS}){{1,3}}(?:ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)


def _is_name_word(flat: str, word: re.Match[str], neighbour: re.Match[str]) -> bool:
    """Whether a capitalised word next to a name belongs to it: "Le Ha Nam"; not "In Ha Nam", "Ha Nam - Ninh Binh".

    A word that can be no syllable of Vietnamese is one of a headline in capitals: "Progress Of Ha Nam Economy".
    """
    between = flat[min(word.end(), neighbour.end()) : max(word.start(), neighbour.start())]
    name = word.group().removesuffix("'s")
    return (
        "-" not in between and name not in _no_names() and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFD", name)))
    )


@cache
def body_words() -> frozenset[str]:
    """The last words of what a body is called: behind a place's name they say whose it is."""
    return frozenset(row["word"] for row in rows("places/body_words"))


_ADVERB = re.compile(r"[A-Z][a-z]{3,}ly")


def is_no_place(word: str) -> bool:
    """Whether a capitalised word is no part of a place's name.

    >>> is_no_place("Meanwhile"), is_no_place("Reportedly"), is_no_place("Ly")
    (True, True, False)
    """
    return word in _not_places() or bool(_ADVERB.fullmatch(word))


@cache
def _not_places() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("places/not_places"))


@cache
def _no_names() -> frozenset[str]:
    return _not_places() | {form for word in levels() for form in (word.title(), word)}


def _known(flat: str, words: Sequence[re.Match[str]], date: dt.date | None) -> bool:
    text = flat[words[0].start() : words[-1].end()].removesuffix("'s")
    alone = len(words) == 1 and words[0].group().removesuffix("'s") in _no_names()
    if text.isupper() or words[0].group() == "The" or alone:
        return False
    if not (found := _units(" ".join(text.split()), date)):
        return False
    if words[-1].group().removesuffix("'s").lower() in levels() or words[0].group().lower() in levels():
        found = tuple(unit for unit in found if unit.name == text)
    if len(words) == 1:  # one syllable is a person's name, too; the great cities are written in one word
        found = tuple(unit for unit in found if not unit.province or " " in unit.name)  # "Dalat"
    return any(_named_in_full(unit, text) for unit in found)


def _named_in_full(unit: Unit, text: str) -> bool:
    """A city that is called a city only with that word is not meant without it: a leader, a town of that name."""
    return not unit.name.endswith(" City") or text.endswith(" City")


def in_full(name: str, level: str) -> str:
    """The name of a city with the word where it is no name without it.

    >>> in_full("Ho Chi Minh", "city"), in_full("Da Nang", "city")
    ('Ho Chi Minh City', 'Da Nang')
    """
    if level != "city":
        return name
    return f"{name} City" if any(unit.name == f"{name} City" for unit in _units(name, None)) else name


@cache
def _units(name: str, date: dt.date | None) -> tuple[Unit, ...]:
    return look_up(name, date=date)


def settled(place: Place, flat: str, date: dt.date | None, named: Iterable[str]) -> Place:
    """A place with the level and the province that the gazetteer gives it; never one of several that it may be.

    A bare name that a province bears is the province's. Of the others of one name, the province that the report
    speaks of decides.

    Args:
        place: the place, with the level that the report gives it, if any.
        flat: the report's text.
        date: the report's date; units that did not exist then are left out.
        named: provinces that the settings name.
    """
    units = [unit for unit in _units(place.name, date) if place.level in ("", unit.level)]
    if not place.level and (top := [unit for unit in units if not unit.province]):
        units = top
    if place.province:
        units = [unit for unit in units if unit.province == place.province] or units
    if len({(unit.level, unit.province) for unit in units}) > 1:
        near = {unit.province for unit in units if unit.province in named or _speaks_of(flat, unit.province)}
        units = [unit for unit in units if unit.province in near] if len(near) == 1 else units
    levels, provinces = {unit.level for unit in units}, {unit.province for unit in units}
    level = place.level or (levels.pop() if len(levels) == 1 else "")
    parted = {unit.name for unit in units if unit.name.replace(" ", "").casefold() == place.name.casefold()}
    parted = {name for name in parted if _speaks_of(flat, name)}
    name = parted.pop() if len(parted) == 1 else place.name  # "Quangbinh" is the Quang Binh of the same report
    return Place(name, level, place.province or (provinces.pop() if len(provinces) == 1 else ""))


@lru_cache(maxsize=64)  # of each place that may lie in several; there are no more provinces
def _speaks_of(flat: str, province: str) -> bool:
    return bool(province) and times_named(flat, province) > 0


def standing(flat: str, names: Iterable[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Where some names stand in a text as whole words: for each place all that stand there, the longest first.

    A pattern of all of them would try each name at each place, and a report may name thousands; here each word of the
    text with an initial of theirs leads to the names that go on with it.

    >>> list(standing("Lam Quy city met Lam and Lam Quyen.", ["Lam", "Lam  Quy", "Quyen"]))
    [[(0, 7, 'Lam  Quy'), (0, 3, 'Lam')], [(17, 20, 'Lam')], [(25, 28, 'Lam')], [(29, 34, 'Quyen')]]
    """
    tree: dict[str, Any] = {}  # of pieces, with a blank where one stands before them; under "" the whole name
    for name in names:
        node, end = tree, len(name) - len(name.lstrip())
        for piece in _PIECE.finditer(name):
            node = node.setdefault(" " * (piece.start() > end) + piece.group(), {})
            end = piece.end()
        node[""] = name
    initials = re.escape("".join(sorted({opening[0] for opening in tree if opening})))
    for opening in re.finditer(rf"[{initials}](?<!\w.)", flat, re.DOTALL) if initials else ():
        start = end = opening.start()
        found, node = [], tree
        for piece in _PIECE.finditer(flat, start):
            node = node.get(" " * (piece.start() > end) + piece.group(), {})
            end = piece.end()
            if not node:
                break
            if "" in node and not _LETTER.match(flat, end):
                found.append((start, end, node[""]))
        if found:
            yield found[::-1]


def times_named(flat: str, name: str) -> int:
    """How often a text holds a name as whole words.

    >>> times_named("Lam Quy met. Xa Lam Quy, Lam Quyen and Lam Quy sang.", "Lam Quy")
    3
    """
    times, at = 0, flat.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not (_LETTER.match(flat, at - 1) if at else None) and not _LETTER.match(flat, end)
        times += whole
        at = flat.find(name, end if whole else at + 1)
    return times
