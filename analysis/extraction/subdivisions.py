"""A country in, the names of its first-level parts out: the counties of Kenya, the states of India.

They are the English names of ISO 3166-2's subdivisions in the Unicode CLDR; see ``data/places/SOURCES.md``. Viet Nam
has a gazetteer of its own.

>>> in_country("KE").search("In Turkana, 41 clinics were built.").group()
'Turkana'
>>> country_of_parts("Limerick built 41 homes, Kildare 12."), country_of_parts("In Lumaro, 41 homes were built.")
('IE', '')
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from analysis.lexicon import by_initial, rows

__all__ = ["country_of_parts", "in_country", "is_part"]

_CALLED = re.compile(r"\s(?:[Ss]tate|[Cc]ounty|[Dd]ivision|[Pp]rovince|[Rr]egion|[Mm]unicipality|City|District)\b")
_SHOUTED = re.compile(r"^\W{0,3}(?P<name>[A-Z]{3,}(?:\s[A-Z]{3,}){0,2}?)(?:\sCITY)?\s?[,:(–—-]", re.MULTILINE)
_LEAST = 2  # times that its parts are named, which it takes to tell a country


@cache
def in_country(country: str) -> re.Pattern[str]:
    """Where a text names a part of a country; nowhere where the country is not known."""
    names = [name for name, countries in _parts().items() if country in countries]
    return _pattern(names) if names else re.compile(r"(?!)")


def is_part(name: str, country: str) -> bool:
    """Whether a country has a part of this name.

    >>> is_part("Turkana", "KE"), is_part("Turkana", "IN"), is_part("Murang’a", "KE")
    (True, False, True)
    """
    return country in _parts().get(name.replace("’", "'"), ())


def country_of_parts(flat: str) -> str:
    """The country whose parts a text names most; nothing where it hardly does, or those of another as often.

    One that is called a state, or opens a line in capitals, counts twice.
    """
    found: Counter[str] = Counter()
    for match in _anywhere().finditer(flat):
        for country in _parts()[_plain(match.group())]:
            found[country] += 1 + bool(_CALLED.match(flat, match.end()))
    for shouted in _SHOUTED.finditer(flat):
        for country in _parts().get(_plain(shouted["name"].title()), ()):
            found[country] += 2
    most = max(found.values(), default=0)
    first = [country for country, times in found.items() if times == most]
    return first[0] if most >= _LEAST and len(first) == 1 else ""


@cache
def _parts() -> dict[str, frozenset[str]]:
    """The countries that have a part of each name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows("places/subdivisions"):
        found[row["name"]].add(row["country"])
    return {name: frozenset(countries) for name, countries in found.items()}


@cache
def _anywhere() -> re.Pattern[str]:
    return _pattern(_parts())


def _pattern(names: list[str] | dict[str, frozenset[str]]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?=[^\W\d_a-z]){by_initial(names).replace(chr(39), '[' + chr(39) + '’]')}(?![\w-])")


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").split())
