"""A name in, the units of Vietnam that bear it out, each with the days between which it existed.

63 provinces and centrally run cities and about 700 districts, cities and towns below them, as they were from 1 January
2021; and the 34 provinces and cities of 1 July 2025, when the district level was abolished. Where the facts come from:
``analysis/data/places/SOURCES.md``. A name that several units bear gives them all; it is for the caller to narrow them
down.

>>> [unit.level for unit in look_up("Cao Lãnh")]
['city', 'district']
>>> [unit.province for unit in look_up("Cao Lanh District")]
['Dong Thap']
>>> look_up("Atlantis")
()
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from functools import cache, lru_cache

from analysis.lexicon import month_name, rows

__all__ = ["SINCE", "Unit", "abbreviations", "levels", "look_up", "ranks", "status", "units", "vietnamese_levels"]

SINCE = Date(2021, 1, 1)  # the day that the record starts with

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

# The letters of a name without its blanks and accents, and the accents of each letter.
_Letters = tuple[str, tuple[frozenset[str], ...]]


@dataclass(frozen=True)
class Unit:
    """A province, district, city or town in one state of its history.

    ``name`` is as the English-language press writes it, ``province`` that of its parent, empty for provinces and
    centrally run cities. ``valid_from`` is None where the unit is older than the record, ``valid_to`` where it still
    exists. ``successor`` names the unit of its level that it became or became a part of, or several, separated by
    semicolons, that it was divided into.
    """

    name: str
    vietnamese: str
    level: str
    province: str
    valid_from: Date | None
    valid_to: Date | None
    successor: str

    def exists(self, day: Date) -> bool:
        """Whether the unit existed on a day; one older than the record is taken to have existed before it, too."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def look_up(name: str, *, date: Date | None = None, level: str | None = None) -> tuple[Unit, ...]:
    """All units that bear a name: none where it is unknown, several where it is ambiguous.

    Args:
        name: with or without accents, composed or decomposed, in any case. Accents that are written must fit. A level
            in front or behind ("TP Đà Nẵng", "Da Nang City", "district of Moc Chau") narrows the answer like ``level``.
        date: only units that existed on this day. Before ``SINCE``, the oldest state on record stands in.
        level: only ``province``, ``city``, ``district`` or ``town``. A centrally run city is a city without a parent.

    >>> [unit.province for unit in look_up("Binh Son", date=Date(2024, 1, 1))]
    ['Quang Ngai']
    >>> len(look_up("Chau Thanh", date=Date(2024, 1, 1)))
    10
    >>> look_up("Hà Nam") == look_up("Ha Nam"), look_up("Hạ Nam")
    (True, ())
    """
    return tuple(unit for unit in _named(name) if (date is None or unit.exists(date)) and level in (None, unit.level))


def status(unit: Unit) -> str:
    """One sentence on what became of a unit that is no more; empty where it still exists.

    >>> print(status(*look_up("Krong Pac")))
    Krong Pac was a district of Dak Lak until 30 June 2025; the district level was abolished.
    >>> print(status(*look_up("Binh Dinh")))
    Binh Dinh was a province until 30 June 2025; it went into the province of Gia Lai.
    """
    if unit.valid_to is None:
        return ""
    heirs = " and ".join(map(_titled, _heirs(unit)))
    fate = f"it went into {heirs}" if heirs else "the district level was abolished"
    return f"{unit.name} was {_kind(unit)} until {_day(unit.valid_to)}; {fate}."


# --- names ------------------------------------------------------------------------------------------------------------


@cache
def units() -> tuple[Unit, ...]:
    """All units on record, in every state of their history."""
    return tuple(unit for unit, _ in _records())


@cache
def _records() -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    """Each unit with every way to write its name."""
    found = []
    for row in rows("places/gazetteer"):
        since, until = (Date.fromisoformat(row[end]) if row[end] else None for end in ("valid_from", "valid_to"))
        unit = Unit(row["name"], row["vietnamese"], row["level"], row["province"], since, until, row["successor"])
        found.append((unit, (unit.vietnamese, unit.name, *filter(None, row["also"].split("; ")))))
    return tuple(found)


@cache
def abbreviations() -> dict[str, Unit]:
    """The units that are written in short, with capitals, and how.

    >>> abbreviations()["HCM City"].name
    'Ho Chi Minh City'
    """
    short = ((spelling, unit) for unit, spellings in _records() for spelling in spellings if spelling[:2].isupper())
    return {spelling: unit for spelling, unit in short if spelling.endswith(("C", "City"))}  # "HCM" is the leader, too


@cache
def _index() -> dict[str, tuple[tuple[Unit, _Letters], ...]]:
    """Units by the bare letters of their names, each with the accents that belong to them."""
    index: dict[str, dict[tuple[Unit, _Letters], None]] = {}
    for unit, spellings in _records():
        for spelling in spellings:
            for words, said in _readings(spelling):
                letters = _letters(words)
                if said is None or letters[0].isdigit():  # "Quan" in Quan Hóa is not quận; in Quận 1 it is
                    index.setdefault(letters[0], {})[unit, letters] = None
    return {key: tuple(found) for key, found in index.items()}


@lru_cache(maxsize=10_000)  # a report names its places again and again
def _named(name: str) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(unit for words, said in _readings(name) for unit in _bearers(_letters(words), said)))


def _bearers(letters: _Letters, said: str | None) -> list[Unit]:
    """The units that a name can stand for; once it has accents, only those that it fits to the last one, if any."""
    if letters[0].isdigit() and not said:  # "District 1" is a name; "1" is not
        return []
    fitting = [
        (unit, known)
        for unit, known in _index().get(letters[0], ())
        if said in (None, unit.level) and _fits(letters, known)
    ]
    exact = [unit for unit, known in fitting if any(letters[1]) and _fits(known, letters)]
    return exact or [unit for unit, _ in fitting]  # Thanh Hóa is not Thạnh Hóa, but Thanh Hoa may be


def _readings(name: str) -> Iterator[tuple[list[str], str | None]]:
    """The words of a name, and the level that is said with them; first as they stand, then without a level word."""
    words = unicodedata.normalize("NFC", name).replace(".", " ").split()
    plain = [word.casefold() for word in words]
    if plain[:1] == ["the"]:
        del words[0], plain[0]
    yield words, None
    for size in (1, 2):
        if len(words) > size + 1 and plain[size] == "of" and (level := levels().get(" ".join(plain[:size]))):
            yield words[size + 1 :], level
        if len(words) <= size:
            continue
        if level := levels().get(" ".join(plain[-size:])):
            yield words[:-size], level
        if level := levels().get(" ".join(plain[:size])):
            yield words[size:], level
        front = _letters(words[:size])
        for length, prefix, level in _vietnamese():
            if length == size and _fits(front, prefix):
                yield words[size:], level


@cache
def levels(*, abroad: bool = False) -> dict[str, str]:
    """English words for a level of government, in lower case, and the level that each means; all that are used abroad.

    >>> "county" in levels(), levels(abroad=True)["county government"]
    (False, 'county')
    """
    known = (row for row in rows("places/levels") if abroad or not row["where"])
    return {row["word"].lower(): row["level"] for row in known}


@cache
def vietnamese_levels() -> dict[str, str]:
    """Vietnamese words for a level of government, which stand before the name, and the level that each means.

    >>> vietnamese_levels()["huyện"]
    'district'
    """
    whole = (row for row in rows("places/gazetteer_prefixes") if not row["why"].startswith("short for"))
    return {row["word"]: row["level"] for row in whole}


@cache
def _vietnamese() -> tuple[tuple[int, _Letters, str], ...]:
    known = ((row["word"].split(), row["level"]) for row in rows("places/gazetteer_prefixes"))
    return tuple((len(words), _letters(words), level) for words, level in known)


def _letters(words: list[str]) -> _Letters:
    """Bare letters and digits in lower case, with the accents of each: how a name is written does not matter.

    >>> _letters(["Hà", "Nội"])[0] == _letters(["HANOI"])[0]
    True
    """
    bare: list[str] = []
    marks: list[set[str]] = []
    for char in unicodedata.normalize("NFD", "".join(words).casefold()):
        if unicodedata.combining(char):
            if marks:
                marks[-1].add(char)
        elif char.isalnum():
            bare.append("d" if char == "đ" else char)
            marks.append({"đ"} if char == "đ" else set())
    return "".join(bare), tuple(map(frozenset, marks))


def _fits(written: _Letters, known: _Letters) -> bool:
    """Whether a name can be a known one: the same letters, and no accent that the known one lacks.

    The tone may stand on either of two vowels: Hoà Bình is Hòa Bình.
    """
    if written[0] != known[0]:
        return False
    for place, marks in enumerate(written[1]):
        around = frozenset().union(*known[1][max(0, place - 1) : place + 2])
        if not marks <= known[1][place] | (around & _TONES):
            return False
    return True


# --- what became of a unit --------------------------------------------------------------------------------------------


def _kind(unit: Unit) -> str:
    if unit.province:
        return f"a {unit.level} of {unit.province}"
    return "a province" if unit.level == "province" else "a centrally run city"


def _heirs(unit: Unit) -> Iterator[Unit]:
    """What a unit became on the day after its last, or became a part of: units of its rank."""
    day = unit.valid_to and unit.valid_to + timedelta(days=1)
    for name in filter(None, unit.successor.split("; ")):
        peers = [heir for heir in look_up(name, date=day) if bool(heir.province) == bool(unit.province)]
        yield min(peers, key=lambda heir: heir.valid_from != day)


def _titled(unit: Unit) -> str:
    return unit.name if unit.name.endswith(" City") else f"the {unit.level} of {unit.name}"


def _day(day: Date) -> str:
    return f"{day.day} {month_name(day.month)} {day.year}"


@cache
def ranks() -> dict[str, int]:
    """How high each level of government is, 0 for the country.

    >>> ranks()["province"], ranks()["town"], ranks().get("")
    (1, 2, None)
    """
    return {row["level"]: int(row["rank"]) for row in rows("places/levels")}
