"""The currencies of the world: their ISO 4217 codes, signs and names, and which of them a report means by one.

Codes, names, and the signs that each country writes are those of the Unicode CLDR, by way of Babel. What CLDR lacks,
and what is also something else, stands in ``data/numbers/currencies.csv``. A sign of several currencies is that of
the country that the report is from.

>>> before_number("KE")["Sh"], before_number("UG")["Sh"], before_number("VN")["$"], before_number("AU")["$"]
('KES', 'UGX', 'USD', 'AUD')
>>> behind_number("")["naira"], behind_number("LK")["rupees"], behind_number("")["shillings"]
('NGN', 'LKR', 'XXX')
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from analysis.lexicon import rows

__all__ = ["UNKNOWN", "before_number", "behind_number", "country_of_code", "is_money", "own_currencies", "people"]

UNKNOWN = "XXX"  # ISO 4217 for a currency that is not known
_WORLDS = 10  # countries with one currency from which it says nothing about which of them


@cache
def is_money(unit: str) -> bool:
    """Whether a unit of the tables is a currency.

    >>> is_money("KES"), is_money("XXX"), is_money("MWh"), is_money("count")
    (True, True, False, False)
    """
    return unit == UNKNOWN or unit in _users()


@cache
def before_number(country: str) -> dict[str, str]:
    """What stands before an amount in the reports of a country, and its code: codes, signs, and signs with letters."""
    return _read(country, {**_codes(), **_signs(), **_rows("before")})


@cache
def behind_number(country: str) -> dict[str, str]:
    """What stands behind an amount in the reports of a country, and its code: codes, letters of signs, and names."""
    letters = {sign: codes for sign, codes in _signs().items() if len(sign) > 1 and sign.isalpha()}
    return _read(country, {**_names(), **_codes(), **letters, **_rows("behind")})


@cache
def own_currencies(country: str) -> frozenset[str]:
    """The currencies of a country, by its two letters.

    >>> sorted(own_currencies("BT"))
    ['BTN', 'INR']
    """
    return frozenset(code for code, lands in _users().items() if country in lands)


def country_of_code(code: str) -> str:
    """The country whose name a currency bears, unless half the world pays with it.

    >>> country_of_code("KES"), country_of_code("USD"), country_of_code("XOF")
    ('KE', '', '')
    """
    lands = _users().get(code, frozenset())
    return code[:2] if code[:2] in lands and len(lands) < _WORLDS else ""


@cache
def people() -> dict[str, str]:
    """What is Kenyan, Ugandan, Irish: the adjective before the name of a currency, past ones too, and its country.

    >>> people()["Kenyan"], people()["Irish"], "New" in people()
    ('KE', 'IE', False)
    """
    found: dict[str, str] = {}
    for code, name in Locale("en").currencies.items():
        adjective = re.match(r"([A-Z][a-z]+(?:n|ish|ese|i|ch|ic|ine))\s(?:[A-Z][a-z]+)$", name)
        if adjective and code[:2] in get_global("territory_currencies"):
            found.setdefault(adjective[1], code[:2])
    return found


# --- what CLDR knows ------------------------------------------------------------------------------------------------


@cache
def _users() -> dict[str, frozenset[str]]:
    """The currencies in use, each with the countries that use it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country, history in get_global("territory_currencies").items():
        for code, _, until, tender in history:
            if tender and until is None:
                found[code].add(country)
    return {code: frozenset(lands) for code, lands in found.items()}


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {code: (code,) for code in _users()}


@cache
def _signs() -> dict[str, tuple[str, ...]]:
    """The signs in the English of each country, and those of its own language, which are a character each."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    abroad = (name for name in locale_identifiers() if name.startswith("en_") and len(name) == 5)
    for locale in (Locale("en"), *map(Locale.parse, abroad)):
        for code, sign in locale.currency_symbols.items():
            if code in _users() and sign not in _users():
                found[sign].add(code)
    return {form: tuple(sorted(codes)) for sign, codes in found.items() for form in _forms(sign)}


def _forms(sign: str) -> Iterator[str]:
    """How a sign of letters is written: Ksh, KSH, Kshs, Ksh."""
    letters = sign.rstrip(".")
    if not letters.isalpha() or not letters.isascii():
        yield sign
        return
    for form in {letters, letters.upper(), letters.title()} if len(letters) > 2 else {letters}:
        yield from (form, f"{form}.")
        if len(letters) > 1 and not letters.endswith("s"):
            yield from (f"{form}s", f"{form}s.")


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    """What currencies are called without their country: shillings are Kenyan, Somali, Tanzanian, Ugandan."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in _full_names():
        found[name.split()[-1].lower()].add(code)
    return {noun: tuple(sorted(codes)) for noun, codes in found.items()}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Names behind a number: shillings, Kenyan shillings, Kenya shillings."""
    lands = Locale("en").territories
    full = {name: (code,) for code, name in _full_names()}
    short = {
        f"{lands[country]} {name.split()[-1]}": (code,)
        for code, name in _full_names()
        if (country := country_of_code(code)) in lands and " " in name
    }
    return {**short, **full, **_nouns()}


@cache
def _full_names() -> tuple[tuple[str, str], ...]:
    """Codes with their names, one and many: (KES, Kenyan shilling), (KES, Kenyan shillings)."""
    data = Locale("en")._data["currency_names_plural"]
    return tuple((code, name) for code in _users() for name in dict.fromkeys(dict(data.get(code, {})).values()))


# --- what it lacks, and what a report means --------------------------------------------------------------------------


@cache
def _rows(side: str) -> dict[str, tuple[str, ...]]:
    """The rows for a side of the number: the currencies that each may be."""
    return {
        form: tuple(code for word in row["stands_for"].split() for code in _nouns().get(word, (word,)))
        for row in rows("numbers/currencies")
        if row["side"] in (side, "both")
        for form in (_forms(row["written"]) if row["side"] != "behind" else [row["written"]])
    }


@cache
def _otherwise() -> dict[str, str]:
    return {
        form: row["otherwise"]
        for row in rows("numbers/currencies")
        for form in (_forms(row["written"]) if row["side"] != "behind" else [row["written"]])
    }


def _read(country: str, meanings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    own = own_currencies(country)
    read = ((written, _meant(written, codes, own)) for written, codes in meanings.items())
    return {written: code for written, code in read if code}


def _meant(written: str, codes: Iterable[str], own: frozenset[str]) -> str:
    """The currency that is meant: the country's own, else the only one; none where the words are something else."""
    mine = [code for code in codes if code in own]
    if len(mine) == 1:
        return mine[0]
    if written in _otherwise():
        return _otherwise()[written]
    if written.rstrip(".").isascii() and written.isalpha() and len(written) < 3:
        return ""  # one or two letters are money only where they are the country's
    only = list(codes)
    return only[0] if len(only) == 1 else UNKNOWN
