"""Neighbouring numbers in, those that belong together made one: ranges, N of M, "4,318 billion 650 million".

>>> from analysis.extraction.numbers import scan
>>> [(n.text, float(n.value), float(n.out_of)) for n in scan("It met 22 out of 25 targets.")]
[('22 out of 25', 22.0, 25.0)]
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from analysis.currencies import is_money
from analysis.extraction.digits import Number
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["BEST", "joined"]

BEST = "(?:highest|lowest|largest|smallest|biggest|fastest|best|worst)"
"""What a rank in words may be of: the fifth highest."""

_RANGE = re.compile(r"(?:\s?-\s?|\sto\s)(?:(?:under|below|less\sthan)\s)?|\s?÷\s?|\sand\s|\sor\s")
_BETWEEN = Sifted(r"\bbetween\s$", re.IGNORECASE)
_FROM = Sifted(
    r"\b(?:from|increased|decreased|reduced|fell|rose|dropped)\s+(?:(?:the\s+|its\s+)?(?:current|present|existing)\s+)?\S*$"
)
_RANGING = Sifted(r"\b(?:rang(?:es?|ed|ing)|vari(?:es|ed)|varying)\sfrom\s$", re.IGNORECASE)
_RESPECTIVELY = Sifted(r"[^.;()]{0,30}\brespectively\b")
_CHAINED = re.compile(r"\s?-\s?\d[\d.,]*\s?%")  # "21% - 36.5% - 42.5%" lists shares
_CHAINED_ALREADY = re.compile(r"%\s?-\s?$")
_MOVED = Sifted(
    r"\b(?:increas|decreas|reduc|rais|ris|rose|grow|grew|fall|fell|drop|cut|lift|improv|expand|up|down|chang|jump|climb)"
    r"\w*\s[^.;]*\bfrom\s$",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\s(?:among|of)\s(?:the\s|all\s|its\s)*")
_OUT_OF = phrase("out_of")
_AIMS_OUT_OF = re.compile(
    r"\s(?:targets|goals|norms|criteria|indicators|tasks)\sout\sof\s(?:the\s|a\stotal\sof\s|its\s|all\s)?"
)
_FARTHEST = 40  # characters between two that belong together: "4,871 out of the province's 5,267"


def joined(flat: str, atoms: list[Number]) -> list[Number]:
    """Neighbours made one: ranges, N of M, "4,318 billion 650 million"."""
    joined: list[Number] = []
    for atom in (_unranked(flat, atom) for atom in atoms):
        last = joined[-1] if joined else None
        pair = _pair(flat, last, atom) if last and atom.start - last.end <= _FARTHEST else None
        if pair:
            joined[-1] = pair
        else:
            joined.append(atom)
    return _of_aims(flat, [_all_met(flat, number) for number in _scaled_alike(flat, joined) if _measures(flat, number)])


def _pair(flat: str, left: Number, right: Number) -> Number | None:
    between = flat[left.end : right.start]
    if left.out_of is not None or left.range_low is not None:
        return None
    if _RANGE.fullmatch(between) and _shares_scale(left, right) and ("-" in between or not _moves(flat, left)):
        left = replace(left, value=left.value * right.factor, step=left.step * right.factor, scaled=True)
        right = replace(right, unit=left.unit)
    if _RANGE.fullmatch(between) and _is_range(flat, left, right, between):
        return _range(flat, left, right)
    among = (left.ordinal and _AMONG.fullmatch(between)) or (left.unit == "count" and _AIMS_OUT_OF.fullmatch(between))
    if among or (_OUT_OF.fullmatch(between) and _is_out_of(left, right, between)):
        return _out_of(flat, left, right)
    prefixed = is_money(left.unit) and right.unit == "count" and left.text[-1].isalpha() and not left.text[0].isdigit()
    if between == " " and left.scaled and right.scaled and (left.unit == "count" or prefixed):
        return _added(
            flat, left, replace(right, unit=left.unit) if prefixed else right
        )  # "VND 1,026 billion 417 million"
    return None


def _added(flat: str, left: Number, right: Number) -> Number | None:
    """So many billions and so many millions, written to the last digit of the millions."""
    places = len(right.digits.partition(".")[2])
    digits = (abs(left.value) + right.value) / right.step
    if abs(left.factor) <= right.factor or digits.denominator > 1:
        return None
    written = f"{Decimal(int(digits)).scaleb(-places):f}"
    value = left.value + (-right.value if left.signed < 0 else right.value)
    text = flat[left.start : right.end]
    return replace(right, start=left.start, text=text, digits=written, value=value, signed=left.signed)


_ROSE_BY = re.compile(
    r"\b(?:rose|fell|dropped|decreased|increased|declined|climbed|went\s(?:up|down))\sby\s(?:about\s)?$"
)


def _shares_scale(left: Number, right: Number) -> bool:
    """Whether the first of two amounts has its scale and the second its currency from the other: VND 80-100 million."""
    return is_money(left.unit) and not left.scaled and right.scaled and right.unit in (left.unit, "count")


def _moves(flat: str, left: Number) -> bool:
    """Whether "from ... to" tells of a change: "revenue rose from VND 80 to 100 million"."""
    return bool(_MOVED.search(flat[max(0, left.start - 60) : left.start]))


def _is_range(flat: str, left: Number, right: Number, between: str) -> bool:
    before = flat[max(0, left.start - 60) : left.start]
    dash = between == "-" and left.text == left.digits  # "34%, 30-31%, 35-36% respectively"
    if (_RESPECTIVELY.match(flat, right.end) and not dash) or _CHAINED.match(flat, right.end):
        return False
    if "-" in between and _CHAINED_ALREADY.search(before):
        return False
    if "or" in between and not left.unit == right.unit == "count":
        return False
    if "and" in between and not _BETWEEN.search(before):
        return False
    whole = left.text.endswith(left.digits) and is_money(left.unit)  # its scale is that of the second
    prefixed = is_money(left.unit) and left.text[-1].isdigit() and right.unit == "count" and "-" in between
    told = left.unit in ("%", "pp") or _is_told_exactly(left)
    led = "to" in between and told and _ROSE_BY.search(before)  # "fell by 1.2% to 3.4%", "by 1,260 to 3,480"
    open_ended = between.endswith(("under ", "below ", "than "))  # "from 80% to under 100%" is no change
    from_ = _FROM.search(before) and not _RANGING.search(before)
    if led or ("to" in between and from_ and not (whole or open_ended)):
        return False
    same_unit = left.unit in (right.unit, "count") or prefixed
    low = left.value if left.unit != "count" or not right.scaled else left.value * right.factor
    return same_unit and left.per in ("", right.per) and 0 < low < right.value <= 4 * low


def _is_told_exactly(number: Number) -> bool:
    """Whether a number is told to three digits or more, as those of a range seldom are."""
    return len(re.sub(r"\D", "", number.digits).rstrip("0")) >= _EXACT


_EXACT = 3


def _range(flat: str, left: Number, right: Number) -> Number:
    low = left.value if left.scaled or left.unit != "count" else left.value * right.factor
    unit = right.unit if right.unit != "count" else left.unit
    return replace(
        right,
        start=left.start,
        text=flat[left.start : right.end],
        unit=unit,
        value=(low + right.value) / 2,
        range_low=low,
        range_high=right.value,
    )


def _is_out_of(left: Number, right: Number, between: str) -> bool:
    shares = right.scaled and right.unit in ("count", left.unit) and left.value * right.factor <= right.value
    tied = "/" in between or ("out" in between and shares)  # "VND 352 out of 812 billion"
    money = tied and is_money(left.unit)
    if right.ordinal or (left.unit not in ("count", "rank") and not money) or left.scaled or left.per:
        return False
    if "out" in between or left.ordinal:
        return money or right.unit == "count" or left.unit == "count"
    if "/" in between:
        return True
    return right.unit in ("count", "ha", "km") and not right.scaled


_RANKED_AT = Sifted(r"\b(?:rank(?:s|ed|ing)?|st(?:and(?:s|ing)?|ood))\s(?:at\s|in\s|only\s)?$", re.IGNORECASE)


_RANKED_MOST = 1000  # of the country's districts; more than that are counted


def _out_of(flat: str, left: Number, right: Number) -> Number:
    counts = left.unit in ("count", "rank") and right.unit == "count" and right.value < _RANKED_MOST
    ranked = left.ordinal or (counts and _RANKED_AT.search(flat[max(0, left.start - 16) : left.start]))
    factor = right.factor
    return replace(
        left,
        end=right.end,
        text=flat[left.start : right.end],
        value=left.value * factor,
        step=left.step * factor,
        out_of=right.value,
        unit="rank" if ranked else left.unit if right.unit in ("count", "a") else right.unit,  # "in 4/5 years"
        per=right.per,
        scaled=right.scaled,
        ordinal=bool(ranked),
    )


_RANKING = Sifted(
    r"\b(?:rank(?:s|ed|ing)?|st(?:ands|anding|ood)|finish(?:es|ed|ing))\s(?:in\s|at\s|it\s)?(?:the\s)?$"
    r"|\bplaced\s(?:the\s)?$|\b(?:rank|st(?:and|ood))\w*\s(?:the\s)?\d+(?:st|nd|rd|th)\s(?:in|among|of)\s[^,;.\d]{3,40}\sand\s$",
    re.IGNORECASE,
)


_IS_THE = re.compile(r"(?:\b(?:is|was|are|were|became|remains?|remained)|[,–—-])\sthe\s\Z")
_BEST = re.compile(rf"\s{BEST}\b")


def _measures(flat: str, number: Number) -> bool:
    """Whether an ordinal in words is a rank: "ranked fifth", "was the fifth highest", not "in the first place"."""
    if not (number.ordinal and number.word):
        return True
    before = max(0, number.start - 70), number.start
    best = _BEST.match(flat, number.end) and _IS_THE.search(flat, *before)
    return bool(best or _RANKING.search(flat, *before))


# --- what a number means beyond its digits ------------------------------------------------------------------------

_SEATS = re.compile(r"\s(?:positions?|places?|ranks?)$", re.IGNORECASE)
_RANKED = phrase("rank_moves")


def _unranked(flat: str, atom: Number) -> Number:
    """Positions and places are jobs and seats where nothing is ranked: "the payroll was cut by 263 positions"."""
    if atom.unit != "rank" or atom.ordinal or not (seats := _SEATS.search(atom.text)):
        return atom
    if _RANKED.search(flat[max(0, atom.start - 120) : atom.end + 60]):
        return atom
    text = atom.text[: seats.start()]
    return replace(atom, unit="count", text=text, end=atom.start + len(text))


_EITHER = re.compile(r"\s(?:or|and|to)\s(?:about\s|nearly\s|over\s)?")
_LISTED = re.compile(r"\s?/\s?|,\s|\s(?:and|or)\s|,\s(?:and|or)\s")


def _scaled_alike(flat: str, found: list[Number]) -> list[Number]:
    """The first takes the scale or unit of the second: "VND24.4 or VND24.6 million", "4 million and 5 million kg"."""
    alike = list(found)
    for n, (left, right) in enumerate(pairwise(found)):
        bare = left.unit == right.unit and is_money(left.unit) and not left.scaled and right.scaled
        if bare and left.value <= 10 * Fraction(right.digits) and _EITHER.fullmatch(flat[left.end : right.start]):
            factor = abs(right.factor)
            alike[n] = replace(left, value=left.value * factor, step=left.step * factor, scaled=True)
    for n in range(len(found) - 2, -1, -1):
        left, right = alike[n], alike[n + 1]
        bare = left.unit == "count" and left.out_of is None and bool(_LISTED.fullmatch(flat, left.end, right.start))
        exact = "." in left.digits or _in_turn(flat, left, right)
        percents = right.unit in ("%", "pp", "times") and exact and not left.scaled
        scaled = left.scaled and right.scaled and right.unit not in ("%", "pp", "times")
        goes_from = left.unit == "count" and right.unit == "%" and _goes_from(flat, left, right)
        if goes_from or (bare and (percents or scaled)):
            alike[n] = replace(left, unit=right.unit)
        elif bare and _shares_sum(flat, left, right):
            factor = abs(right.factor)
            value, step = left.value * factor, left.step * factor
            alike[n] = replace(left, value=value, step=step, unit=right.unit, scaled=True)
    return alike


def _in_turn(flat: str, left: Number, right: Number) -> bool:
    """Whether two of a kind are told in turn: "made 91 and 138 per cent, respectively"; not a number and a share."""
    before = flat[max(0, left.start - _KINDS) : left.start]
    return bool(_RESPECTIVELY.match(flat, right.end)) and not _TWO_KINDS.search(before)


_KINDS = 80  # characters in which two kinds of things may be named
_TWO_KINDS = phrase("and_a_rate")


def _shares_sum(flat: str, left: Number, right: Number) -> bool:
    """Whether a bare number has scale and currency from the next: "raised 4 and 9 billion VND"; not "phase 2 and 9"."""
    written = left.text == left.digits and not (left.word or left.ordinal or left.scaled)
    if not (written and right.scaled and is_money(right.unit) and right.out_of is None):
        return False
    scaled = left.value * abs(right.factor)
    near = scaled <= 10 * abs(right.value) and abs(right.value) <= 10 * scaled
    return near and not _NUMBERED.search(flat, max(0, left.start - 24), left.start)


_NUMBERED = Sifted(
    r"\b(?:[A-Z][\w.]*|phases?|stages?|groups?|areas?|zones?|points?|items?|numbers?|grades?|levels?|classes|class)\s$"
)


def _goes_from(flat: str, left: Number, right: Number) -> bool:
    """Whether a rate goes from so much to so much, the sign told once: "from 8.2 to 6.4 percent"."""
    bare = left.out_of is None and not left.scaled and left.value <= 10 * right.value and right.value <= 10 * left.value
    from_ = flat[max(0, left.start - 5) : left.start].lower() == "from "
    return bare and from_ and bool(_TO.fullmatch(flat, left.end, right.start))


_TO = re.compile(r"\sto\s(?:about\s|nearly\s|over\s|only\s)?")


_MET = r"(?:met|fulfilled|completed|achieved|accomplished|exceeded|surpassed|reached|attained)"
_MEET = r"(?:meet|fulfill?|complete|achieve|accomplish|exceed|surpass|reach|attain)"
_ALL = Sifted(
    rf"(?P<met>\b(?:{_MET}|{_MEET})\s(?:(?:and|or)\s\w+\s)?)?\ball\s(?:of\s)?(?:the\s|its\s|their\s)?$", re.IGNORECASE
)
_AIMS = phrase("aims_counted")
_WERE_MET = Sifted(rf"[^.;,]{{0,60}}?\s(?:were|was|are|is|been)\s(?:\w+ly\s)?{_MET}\b")


_COUNTED = re.compile(
    r"\d(?:[^.;:()]|\.\d)*\b(?:communes|wards|villages|hamlets|districts|schools|units|households)\b"
    r"(?:[^.;:()]|\.\d)*$"
)


def _all_met(flat: str, number: Number) -> Number:
    """All of N is N of N: "all 14 targets were met", but not where things are counted that met "all 19 criteria"."""
    start = max(0, number.start - 48)
    every = _ALL.search(flat, start, number.start) if "all" in flat[start : number.start].lower() else None
    aims = _AIMS.match(flat, number.end, number.end + 80) if every else None
    criteria = every and _COUNTED.search(flat, max(0, start - 60), every.start())
    if every and aims and not criteria and (every["met"] or _WERE_MET.match(flat, aims.end(), aims.end() + 100)):
        return replace(number, out_of=number.value)
    return number


_OF_N = phrase("whole_first")
_SENTENCE = re.compile(r"[.!?]\s|\n")
_TO_PART = re.compile(r"(?:(?:[^.;:,\d]|\b(?:19|20)\d\d\b|\b\d\d?(?:st|nd|rd|th)\b){0,150},){1,2}\s(?:[a-z]+\s){0,3}")
_SO_MANY_MET = Sifted(
    rf"(?:\s[a-z]+)?(?:\s\([^()]*\))?(?:(?:\s(?:were|was|are|is|have|has|had|been|will|be))+\s(?:\w+ly\s)?{_MET}\b"
    rf"|\s{_MET}\s(?:the|their|its)\s(?:plans?|targets?|set)\b)"
)


def _of_aims(flat: str, numbers: list[Number]) -> list[Number]:
    """Targets met of those that the clause opens with are N of M: "Of the 15 targets, 12 were met"."""
    found = list(numbers)
    for n, (whole, part) in enumerate(pairwise(numbers)):
        counts = whole.unit == part.unit == "count" and part.value <= whole.value and part.out_of is None
        opens = counts and _OF_N.search(_SENTENCE.split(flat[max(0, whole.start - 40) : whole.start])[-1])
        if opens and _AIMS.match(flat, whole.end, whole.end + 80) and _TO_PART.fullmatch(flat, whole.end, part.start):
            found[n + 1] = replace(part, out_of=whole.value) if _SO_MANY_MET.match(flat, part.end) else part
    return found
