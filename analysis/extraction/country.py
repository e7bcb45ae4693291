"""A text in, the country that it is from out, by the words that name one: countries, their people, cities and money.

The names are those of the Unicode CLDR, by way of Babel, and ``data/places/countries.csv`` adds those that it lacks.
Where no words speak of another country, a report is from Viet Nam.

>>> country_of("Kisumu, Kenya: the county collected Sh1.2 billion.")
'KE'
>>> country_of("It collected 1,200 billion VND and sold rice to Kenya."), country_of("It collected Sh1.2 billion.")
('VN', '')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from analysis.currencies import UNKNOWN, before_number, behind_number, country_of_code, people
from analysis.extraction.subdivisions import country_of_parts
from analysis.lexicon import alternation, by_initial, phrase, rows
from analysis.sieve import Quick, Sifted

__all__ = ["HOME", "country_of", "name_of", "names_country"]

HOME = "VN"
_LEAST = 2  # evidence that it takes to leave home
_MONEY = 2  # what an amount in a country's money says
_OPENING = 150  # characters of a headline and a dateline
_MOST = 5  # amounts that count
_ASIDE = phrase("place_aside")
_LETTER = re.compile(r"(?<![\w.])(?P<letter>[A-Z])(?=\d[\d.,]*\s?(?:[mb]n?\b|\w+illion\b|\d{3}\b))")
_CAPITAL = re.compile(r"\s[A-Z]")


@lru_cache(maxsize=256)
def country_of(flat: str) -> str:
    """The two letters of the country that a text is from; nothing where it is another than Viet Nam, but not which.

    Args:
        flat: the plain text.
    """
    weights = _weights(flat)
    unknown = weights.pop("", 0)
    home = weights.pop(HOME, 0)
    abroad = max(weights.values(), default=0)
    if abroad >= _LEAST and abroad > home:
        first = [country for country, weight in weights.items() if weight == abroad]
        return first[0] if len(first) == 1 else country_of_parts(flat)
    if unknown >= _LEAST and unknown > home:
        return country_of_parts(flat)
    return HOME if home else _by_letters(flat) or country_of_parts(flat) or HOME


def _by_letters(flat: str) -> str:
    """The country whose parts a text names and whose money it writes as one letter: "Kaduna spent N4.2 billion"."""
    letters = Counter(match["letter"] for match in _LETTER.finditer(flat))
    country = country_of_parts(flat) if letters else ""
    return country if any(times >= _LEAST and sign in before_number(country) for sign, times in letters.items()) else ""


def _weights(flat: str) -> Counter[str]:
    """How much of a text speaks of each country; under no letters what speaks of another, but not which."""
    weights = Counter(_named(flat))
    for match in _things_pattern().finditer(flat):
        weights.update(_things()[" ".join(match.group().lower().split())])
    weights[HOME] += len(_at_home().findall(flat)) + sum(_weight(match) for match in _provinces().finditer(flat))
    for (side, written), count in Counter(_paid(flat)).items():
        code = side("")[written]
        if code == UNKNOWN or country_of_code(code):
            payers = [country for country in weights if side(country).get(written) not in (code, None)]
            for country in payers or [country_of_code(code)]:
                weights[country] += min(count, _MOST) * _MONEY
    return weights


def _weight(province: re.Match[str]) -> int:
    """What naming a province of Viet Nam says: the more where a text opens with it, or calls it a province."""
    return 1 + (province.start() < _OPENING) + (province["level"] is not None)


def _named(flat: str) -> Iterator[str]:
    """The countries that a text speaks of, once for each time, and twice where it opens with them."""
    for match in _names_pattern().finditer(flat):
        if match.group() in _peoples() and _CAPITAL.match(flat, match.end()):
            continue  # Thai Binh and Lao Cai lie in Viet Nam
        if not _ASIDE.search(flat, max(0, match.start() - 60), match.start()):
            country = _names()[" ".join(match.group().split())]
            yield from [country] * (1 + (match.start() < _OPENING))


@cache
def name_of(country: str) -> str:
    """The name of a country by its two letters, as the tables write it.

    >>> name_of("KE"), name_of("VN"), name_of("")
    ('Kenya', 'Vietnam', '')
    """
    return str(Locale("en").territories.get(country, "")).partition(" (")[0]


@cache
def names_country(country: str) -> Quick:
    """Where a text names a country; not sifted, for which all words would be looked up anew for each country."""
    return Quick(re.compile(rf"(?<![\w(-])(?:{alternation(_called(country))})(?!\w|[.]vn|\s[A-Z]|\sdongs?\b)"))


def _called(country: str) -> Iterator[str]:
    yield name_of(country)
    yield from (row["word"] for row in rows("places/countries") if row["country"] == country and row["kind"] == "name")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(people()) | {row["word"] for row in rows("places/countries") if row["kind"] == "people"}


@cache
def _names() -> dict[str, str]:
    """Words that speak of a country: its name, its people, and the city of its time where it has but one."""
    found = {name_of(land): land for land in map(str, Locale("en").territories) if len(land) == 2 and land.isalpha()}
    found |= people()
    zones = Counter(get_global("zone_territories").values())
    for zone, land in get_global("zone_territories").items():
        if zones[land] == 1:
            found.setdefault(get_timezone_location(zone, "en", return_city=True), land)
    found |= {row["word"]: row["country"] for row in rows("places/countries") if row["kind"] != "thing"}
    return {word: land for word, land in found.items() if land in get_global("territory_currencies")}


@cache
def _names_pattern() -> re.Pattern[str]:
    return re.compile(rf"[A-Z](?<![\w-].){by_initial(_names(), behind_it=True)}(?![\w-])")


@cache
def _things() -> dict[str, list[str]]:
    """What only some countries have, with those that it speaks for: barangays, counties, crores."""
    return {row["word"]: row["country"].split() or [""] for row in rows("places/countries") if row["kind"] == "thing"}


@cache
def _things_pattern() -> Sifted:
    return Sifted(rf"(?<![\w-]){by_initial(_things())}(?![\w-])")


@cache
def _at_home() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("places/national") if row["kind"] == "home"))


@cache
def _provinces() -> re.Pattern[str]:
    """Where a text names a province of Viet Nam."""
    names = [row["name"] for row in rows("places/gazetteer") if row["level"] == "province"]
    return re.compile(
        rf"[A-Z](?<!\w.){by_initial(dict.fromkeys(names), behind_it=True)}(?!\w)(?P<level>\s[Pp]rovince)?"
    )


@cache
def _money() -> re.Pattern[str]:
    """A currency at a number; one of the characters that each can open with is found quickly, and read on from then."""
    before, behind = by_initial(before_number("")), by_initial(behind_number(""))
    opens = re.escape("".join(sorted({sign[0] for sign in before_number("")})))
    return re.compile(
        rf"[\d{opens}](?:(?<=\d)(?!{before}\s?\d)\s?(?:thousand|lakh|crore|\w{{1,9}}illion)?\s?(?P<behind>{behind})(?!\w)"
        rf"|(?<![A-Za-z].)(?P<rest>{by_initial(before_number(''), behind_it=True)})\s?(?=\d))",
        re.DOTALL,
    )


def _paid(flat: str) -> Iterator[tuple[Callable[[str], dict[str, str]], str]]:
    """The currencies of the amounts of a text, as written, with how to read them."""
    for match in _money().finditer(flat):
        if match["behind"]:
            yield behind_number, " ".join(match["behind"].split())  # it may be broken to two lines
        else:
            yield before_number, " ".join(flat[match.start() : match.end("rest")].split())
