"""What a number means beyond its digits: jobs or ranks, all of N, and a scale that it shares with the next.

>>> from analysis.extraction.numbers import scan
>>> [(q.unit, float(q.value)) for q in scan("The payroll was cut by 118 positions.")]
[('count', 118.0)]
>>> [(float(q.value), float(q.out_of)) for q in scan("All 17 targets were met.")]
[(17.0, 17.0)]
>>> [float(q.value) for q in scan("Income is put at VND31.2 or VND31.8 million.")]
[31200000.0, 31800000.0]
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.extraction.numbers import Number

__all__ = ["all_met", "scaled_alike", "unranked"]

_MONEY = frozenset({"VND", "USD", "EUR"})
_SEATS = re.compile(r"\s(?:positions?|places?|ranks?)$", re.IGNORECASE)
_RANKED = re.compile(
    r"\brank|\bindex|\bindices\b|\bP(?:CI|API|AR|GI)\b|\bSIPAS\b|\bDDCI\b|\btable\b|\bup\b|\bdown\b|\bclimb|\bjump"
    r"|\bslip|\bdrop|\brose\b|\bfell\b|\bmov(?:ed|ing)\b|\bgain",
    re.IGNORECASE,
)


def unranked(flat: str, atom: Number) -> Number:
    """Positions and places are jobs and seats where nothing is ranked: "the payroll was cut by 263 positions"."""
    if atom.unit != "rank" or atom.ordinal or not (seats := _SEATS.search(atom.text)):
        return atom
    if _RANKED.search(flat[max(0, atom.start - 120) : atom.end + 60]):
        return atom
    text = atom.text[: seats.start()]
    return replace(atom, unit="count", text=text, end=atom.start + len(text))


_EITHER = re.compile(r"\s(?:or|and|to)\s(?:about\s|nearly\s|over\s)?")


_LISTED = re.compile(r",\s|\s(?:and|or)\s|,\s(?:and|or)\s")


def scaled_alike(flat: str, found: list[Number]) -> list[Number]:
    """The first takes the scale or unit of the second: "VND24.4 or VND24.6 million", "by 9.1, 8.2 and 3.3 percent"."""
    alike = list(found)
    for n, (left, right) in enumerate(pairwise(found)):
        bare = left.unit == right.unit and left.unit in _MONEY and not left.scaled and right.scaled
        if bare and left.value < 10**6 and _EITHER.fullmatch(flat[left.end : right.start]):
            factor = abs(right.value / Fraction(right.digits))
            alike[n] = replace(left, value=left.value * factor, step=left.step * factor, scaled=True)
    for n in range(len(found) - 2, -1, -1):
        left, right = alike[n], alike[n + 1]
        bare = left.unit == "count" and "." in left.digits and not left.scaled and left.out_of is None
        if bare and right.unit in ("%", "pp") and _LISTED.fullmatch(flat[left.end : right.start]):
            alike[n] = replace(left, unit=right.unit)
    return alike


_MET = r"(?:met|fulfilled|completed|achieved|accomplished|exceeded|surpassed|reached|attained)"
_ALL = re.compile(
    rf"(?P<met>\b{_MET}\s(?:(?:and|or)\s\w+\s)?)?\ball\s(?:of\s)?(?:the\s|its\s|their\s)?$", re.IGNORECASE
)
_AIMS = re.compile(r"\s(?:(?!of\b|in\b)[\w-]+\s){0,3}?(?:targets|criteria|norms|goals|tasks|objectives|indicators)\b")
_WERE_MET = re.compile(rf"[^.;,]{{0,60}}?\s(?:were|was|are|is|been)\s(?:\w+ly\s)?{_MET}\b")


def all_met(flat: str, number: Number) -> Number:
    """All of N is N of N: "all 14 targets were met", "accomplished all 19 criteria"."""
    if number.unit != "count" or number.out_of is not None or number.scaled:
        return number
    every = _ALL.search(flat, max(0, number.start - 48), number.start)
    aims = _AIMS.match(flat, number.end, number.end + 80) if every else None
    if every and aims and (every["met"] or _WERE_MET.match(flat, aims.end(), aims.end() + 100)):
        return replace(number, out_of=number.value)
    return number
