"""Digits with their marks in, plain numbers out: which mark groups thousands and which divides is a document's style.

>>> read("1,284.7", style("It cost 1,284.7 billion."))
'1284.7'
>>> read("4.312", style("1.156 enterprises, 4.312 workers, up 1.5%"))
'4312'
>>> read("53,4", style("53,4 million VND, up 2,1%"))
'53.4'
>>> read("1,25,48,000", style(""))
'12548000'
>>> read("816 000", style("")), read("3 1/2", style(""))
('816000', '3.5')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from analysis.lexicon import alternation, rows

__all__ = ["DIGITS", "Number", "Style", "fraction", "read", "style"]

# A per cent with a blank too many behind its mark; groups of three by marks or blanks, or of two before the last as in
# India; a whole number with a fraction; digits with one mark at most.
DIGITS = (
    r"(?:(?<=by\s)|(?<=equal\sto\s)|(?<=^-\s)|(?<=\n-\s)|(?<=reaching\s)|(?<=attaining\s))\d{1,2}\s?[.,]\s\d{1,2}(?=\s?%)|"
    r"(?<=[a-z]\s)0,\s\d{1,2}(?=\s?%)|"
    r"\d{1,3}(?:[.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?:\s\d{3})+(?=\s[a-z]|\s?%)"
    r"|\d+\s?[½¼¾]|\d+\s[13]/[24](?=\s[a-z])|\d+(?:[.,]\d+)?"
)
_GROUP_BLANK = re.compile(r"(?<=\d)\s(?=\d{3}(?:\D|$))")
_BROKEN = re.compile(r"(\d+)\s?[.,]\s(\d+)")  # "83. 2%"
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", "1/2": ".5", "1/4": ".25", "3/4": ".75"}

_SCALE = alternation(row["word"] for row in rows("numbers/scales"))
# A pattern that opens with a digit is found faster than one that first looks behind.
_DECIMAL_COMMA, _DECIMAL_DOT = (
    re.compile(
        rf"\d(?<![\d.,]\d)\d{{0,2}}{mark}\d{{1,2}}(?![\d.,]*\d)\s?(?:%|per\s?cent|{_SCALE}|ha\b|km|VND|tons|points)"
    )
    for mark in (",", r"\.")
)
_DOT_GROUP = re.compile(
    rf"[1-9](?<![\d.,]\d)\d{{0,2}}(?:\.\d{{3}})+(?![\d.,]*\d)(?!\s?(?:%|per\s?cent|{_SCALE})\b)\s?"
    rf"(?:[a-zA-Z]|/(?!\d[\d.,]*\s?(?:{_SCALE})\b))"
)
_THREE_DECIMALS = re.compile(r"\d(?<![\d.,]\d)\d{0,2}\.\d\d[1-9]\s?billion")
_DOTS_THEN_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)")
_DOT_BEFORE_THREE = re.compile(r"\d\.\d{3}(?!\d)")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![.,]?\d)")
_COMMAS_THEN_DOT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d")


@lru_cache(maxsize=10_000)
def fraction(digits: str) -> Fraction:
    """The number that some digits with a decimal point are."""
    return Fraction(digits)


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text.

    ``value``, ``step``, ``range_high`` and ``out_of`` are in the base unit; ``digits`` are the number's own.
    """

    start: int
    end: int
    text: str
    digits: str
    value: Fraction
    step: Fraction
    unit: str = "count"
    per: str = ""
    qualifier: str = "exact"
    qualifier_start: int = -1
    out_of: Fraction | None = None
    range_low: Fraction | None = None
    range_high: Fraction | None = None
    scaled: bool = False
    ordinal: bool = False
    signed: int = 0
    word: bool = False

    @cached_property
    def factor(self) -> Fraction:
        """What its own digits are multiplied by; 1 where they are zero."""
        digits = fraction(self.digits)
        return self.value / digits if digits else Fraction(1)

    @property
    def opens(self) -> int:
        """Where the number with its qualifier begins."""
        return self.qualifier_start if self.qualifier_start >= 0 else self.start


@dataclass(frozen=True)
class Style:
    """How a document writes numbers."""

    decimal_comma: bool
    dot_groups: bool
    three_decimals: bool = False  # billions with three decimals, the last of which is no 0
    whole: frozenset[str] = frozenset()  # digits that it also writes with commas alone: "3,645,180", not "3,645.180"


def style(plain: str) -> Style:
    """The number style that a document's own unmistakable numbers show.

    A comma before one or two digits and a unit is a decimal comma; a full stop before exactly three digits in a
    plain count ("1.156 enterprises") groups thousands, because counts have no decimals.
    """
    commas, dots = len(_DECIMAL_COMMA.findall(plain)), len(_DECIMAL_DOT.findall(plain))
    both = bool(_DOTS_THEN_COMMA.search(plain)) and not _COMMAS_THEN_DOT.search(plain)  # "318.645,5"
    decimal_comma = commas > dots or both
    written = _COMMA_GROUPS.findall(plain) if not decimal_comma and _DOT_BEFORE_THREE.search(plain) else ()
    whole = frozenset(number.replace(",", "") for number in written)
    dot_groups = both or bool(_DOT_GROUP.search(plain))
    return Style(decimal_comma, dot_groups, bool(_THREE_DECIMALS.search(plain)), whole)


def read(written: str, style: Style, *, scaled: bool = False, billions: bool = False, dong: bool = False) -> str:
    """The digits of a written number with a decimal point, if any, by the document's style.

    Args:
        written: digits with their marks, ``1,284.7``.
        style: the document's style.
        scaled: whether a scale word follows, where a decimal comma before three digits is credible ("19,250 billion").
        billions: whether billions of dong follow, of which "1.620" are rather 1,620: nobody writes a last decimal 0
            who does not write three decimals anyway.
        dong: whether it is a sum of dong without a scale word, which has no decimals.
    """
    if broken := _BROKEN.fullmatch(written):
        return f"{broken[1]}.{broken[2]}"
    written = _GROUP_BLANK.sub("", written)
    for sign, decimals in _FRACTIONS.items():
        if written.endswith(sign):
            return written.removesuffix(sign).strip() + decimals
    if style.whole and (bare := written.replace(",", "").replace(".", "")) in style.whole:
        return bare
    decimal = ""
    if "," in written and "." in written:
        decimal = max(",.", key=written.rfind)
    elif "," in written:
        small = style.decimal_comma and scaled and written.count(",") == 1 and not written.endswith("0")
        decimal = "," if small or not _grouped(written, ",") else ""
    elif "." in written:
        grouped = _grouped(written, ".")
        rounded = billions and written.endswith("0") and not style.three_decimals
        thousands = style.dot_groups or written.count(".") > 1 or rounded or dong
        decimal = "" if grouped and thousands else "."
    whole, _, fraction = written.rpartition(decimal) if decimal else (written, "", "")
    digits = whole.replace(",", "").replace(".", "")
    return f"{digits}.{fraction}" if fraction else digits


def _grouped(written: str, mark: str) -> bool:
    head, *groups = written.split(mark)
    if mark == "," and len(groups) > 1 and len(head) <= 2 and {len(group) for group in groups[:-1]} == {2}:
        return len(groups[-1]) == 3  # lakhs and crores: 1,25,000
    return head != "0" and len(head) <= 3 and all(len(group) == 3 for group in groups)
