"""A text in, its numbers out: each with scale, unit, rate, qualifier and whole; what only looks like one is left out.

>>> [(n.text, float(n.value), n.unit, n.qualifier) for n in scan("Nearly 3,200 billion VND, an increase of 5.26%.")]
[('3,200 billion VND', 3200000000000.0, 'VND', 'almost'), ('5.26%', 5.26, '%', 'exact')]
>>> [(n.text, float(n.value), float(n.out_of)) for n in scan("It met 22 out of 25 targets, 1st/30 districts.")]
[('22 out of 25', 22.0, 25.0), ('1st/30', 1.0, 30.0)]
>>> scan("On December 28, 2023 the 13th Congress passed Resolution No. 19-NQ/QU.")
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from analysis.currencies import before_number, behind_number, is_money
from analysis.extraction.country import country_of
from analysis.extraction.digits import DIGITS, Number, Style, fraction, read, style
from analysis.extraction.exclusions import excluded, number_starts
from analysis.extraction.number_pairs import BEST, joined
from analysis.extraction.qualifiers import qualified
from analysis.intervals import step_of
from analysis.lexicon import (
    alternation,
    by_initial,
    likely,
    number_word,
    number_words,
    ordinal_words,
    rows,
    scale_factor,
    word_pattern,
)
from analysis.reading.sentences import plain
from analysis.sieve import Sifted

__all__ = ["scan"]


def scan(text: str) -> list[Number]:
    """All numbers of a text, a report or a piece of one, in order."""
    flat = plain(text)
    marks, country = style(flat), country_of(flat)
    holes = excluded(flat)
    atoms = [
        _atom(flat, match, marks, country)
        for match in _found(flat, country)
        if len(match["digits"]) <= _MOST_DIGITS and not holes.overlaps(match.start("digits"), match.end("digits"))
    ]
    return [_each_year(flat, qualified(flat, number)) for number in joined(flat, atoms)]


_EACH_YEAR = re.compile(
    r"\s(?:(?!in\b|by\b|per\b|and\b)[\w'-]+\s){1,4}?"
    r"(?:(?:a|per|each|every)\syear\b(?!\s(?:earlier|ago|before))|annually\b)"
)
_ANNUAL = Sifted(
    r"\b(?:average\s(?:annual|yearly)|(?:annual|yearly)\saverage)\s(?:[a-z-]+\s){0,4}?of\s$", re.IGNORECASE
)


def _each_year(flat: str, number: Number) -> Number:
    """The number with its rate where words stand between: "2,000 members a year", "an average annual rise of 2,000"."""
    if number.unit != "count" or number.per or number.out_of is not None:
        return number
    start, end = max(0, number.opens - 60), number.end + 120
    annual = "average" in flat[start : number.opens].lower() and _ANNUAL.search(flat, start, number.opens)
    behind = flat[number.end : end]
    each = ("year" in behind or "annually" in behind) and _EACH_YEAR.match(flat, number.end)
    return replace(number, per="year") if annual or each else number


_MOST_DIGITS = 24  # what is longer is a serial number


@cache
def _units() -> dict[str, dict[str, str]]:
    return {" ".join(row["surface"].lower().split()): row for row in rows("numbers/units")}


_GLUED = r"(?:for|of|in|over|compared|and|from|on|against)\b"  # "9.6 percentfor the whole year"


@cache
def _atoms(country: str) -> re.Pattern[str]:
    """One number with what belongs to it: currency, digits or word, ordinal, scale, unit, rate."""
    before = by_initial(before_number(country))
    symbols = [*behind_number(country), *(row["surface"] for row in rows("numbers/units"))]
    letters = by_initial(s for s in symbols if s[-1].isalpha() or s[-1].isdigit())
    signs = alternation(s for s in symbols if not (s[-1].isalpha() or s[-1].isdigit()))
    scales = alternation(row["word"] for row in rows("numbers/scales"))
    shorts = alternation(row["word"] for row in rows("numbers/short_scales"))
    pers = alternation(row["surface"] for row in rows("numbers/pers"))
    signs_before = re.escape("".join(sorted({sign[0] for sign in before_number(country)})))
    words = likely([*number_words(), *ordinal_words(), "an", "minus"])
    opens = rf"(?=[+−{signs_before}-])|(?i:{words})"
    ordinals = alternation(ordinal_words())
    placed = rf"(?i:{ordinals})(?=\s(?:out\sof|among|place|position|in\s(?:the|a)|nationwide|{BEST})\b|\s?[,.;()])"
    return re.compile(
        rf"""
        (?:(?=\d)|(?<![A-Za-z])(?:{opens}))  # none starts inside a word but at a digit
        (?P<sign>(?<=[\s(])(?<!%\s)(?<!\s\d\s)(?<!\s\d\d\s)(?<!plan\s)(?<!target\s)(?<!goal\s)(?<!estimate\s)[+−-](?=\d)|\bminus\s(?=\d)|(?<=(?:was|ned|hed|ood)\s)[−-]\s(?=\d))?
        (?:(?<![A-Za-z])(?P<currency>{before})\s?)?
        (?(currency)|(?:(?<![\w.,])|(?<=[a-z])(?=\d[\d.,]*\s?(?:%|per\s?cent\b|{scales}\b)|\d{{1,3}}(?:,\d{{3}})+(?!\d))))
        (?P<digits>{DIGITS}|(?<![\w-])(?:{word_pattern()}|{placed})(?:(?![\w-])|(?=-?fold\b)))
        (?P<half>\sand\sa\shalf\b)?
        (?:(?P<ordinal>(?:st|nd|rd|th)\b)
          |(?:(?:\s{{0,2}}|-)(?P<scale>(?i:{scales})(?:\b|(?<=\.)|(?=VN[DĐ]|USD)))|(?P<short>(?(currency)(?:{shorts})|k)\b|(?:{shorts})(?=\s(?:VN[DĐ]|USD)\b)))?(?P<plus>\+)?
           (?:(?:\s{{0,2}}|-|-\s(?=per)|\s[–-]\s(?=fold\b)|(?:(?<=s)|(?<=illion))\sof\s)(?P<unit>{signs}|(?:{letters})(?![\w])|percent(?={_GLUED})))?
           (?P<per>(?:\s?/\s?(?:{pers})\b|\s(?:per|a|each)\s(?:{pers})\b(?!\s(?:earlier|ago|before\b)))*))
        """,
        re.VERBOSE,
    )


@cache
def _opener(country: str) -> re.Pattern[str]:
    """What may open a number before its digits: a sign or the first letter of a currency."""
    signs = re.escape("".join(sorted({sign[0] for sign in before_number(country)})))
    return re.compile(rf"[+−{signs}m-](?<![A-Za-z].)", re.DOTALL)


def _found(flat: str, country: str) -> Iterator[re.Match[str]]:
    """The atoms of a text: they start at digits, at a word, or a little before."""
    pattern, opener, end = _atoms(country), _opener(country), 0
    furthest = 10 + max(map(len, before_number(country)))
    for core in number_starts(flat):
        if core >= end:
            before = (match.start() for match in opener.finditer(flat, max(end, core - furthest), core))
            found = next((match for at in (*before, core) if (match := pattern.match(flat, at))), None)
            if found:
                yield found
                end = found.end()


_RATE_WORD = re.compile(r"[a-z]+\d?", re.IGNORECASE)


def _atom(flat: str, match: re.Match[str], marks: Style, country: str) -> Number:
    written = match["digits"]
    is_word = not written[0].isdigit()
    scale = scale_factor(match["scale"] or match["short"]) if match["scale"] or match["short"] else 1
    sign = 0 if not match["sign"] else 1 if match["sign"] == "+" else -1
    unit, factor = _unit(match, country)
    if is_word:
        digits = str(number_word(written))
    else:
        dong = unit in ("VND", "count")
        plain = replace(marks, dot_groups=False) if scale > 1 and not dong and not is_money(unit) else marks
        billions = scale == 10**9 and dong  # not 4.786 million tons
        digits = read(written, plain, scaled=scale > 1, billions=billions, dong=unit == "VND" and scale == 1)
    digits = f"{digits}.5" if match["half"] else digits
    placed = is_word and written.lower() in ordinal_words()
    unit, factor = "rank" if placed else unit, factor * scale
    value = fraction(digits) * factor
    end = match.end()
    if match["per"] is not None and not match["unit"] and not match["per"].strip().startswith("/"):
        bare = max(match.end(part) for part in ("digits", "half", "scale", "short"))
        end = match.end("per") if unit != "count" else bare
    end -= len(flat[match.start("digits") : end]) - len(flat[match.start("digits") : end].rstrip())
    return Number(
        start=match.start("currency") if match["currency"] else match.start("digits"),
        end=end,
        text=flat[match.start("currency") if match["currency"] else match.start("digits") : end],
        digits=digits,
        value=-value if sign < 0 else value,
        step=step_of(digits) * factor,
        unit=unit,
        per=_per(match["per"] or ""),
        qualifier="at_least" if match["plus"] else "exact",
        scaled=scale > 1,
        ordinal=bool(match["ordinal"]) or placed,
        signed=sign,
        word=is_word,
    )


def _unit(match: re.Match[str], country: str) -> tuple[str, Fraction]:
    if match["currency"]:
        return before_number(country)[" ".join(match["currency"].split())], Fraction(1)
    if not match["unit"]:
        return ("rank" if match["ordinal"] else "count"), Fraction(1)
    surface = match["unit"]
    if code := behind_number(country).get(" ".join(surface.split())):
        return code, Fraction(1)
    row = _units()[" ".join(surface.lower().split())]
    return row["unit"], fraction(row["factor"])


@cache
def _pers() -> dict[str, str]:
    return {row["surface"]: row["per"] for row in rows("numbers/pers")}


def _per(written: str) -> str:
    """``/person/year`` as ``person year``."""
    if not written:
        return ""
    words = [word.lower() for word in _RATE_WORD.findall(written)]
    return " ".join(dict.fromkeys(_pers()[word] for word in words if word in _pers()))
