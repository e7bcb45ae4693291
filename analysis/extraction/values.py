"""A candidate in, its value with interval and sign out.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("Revenue reached 408 billion VND, down 3.5%.")
>>> figures[["value", "low", "high", "sign"]].values.tolist()
[[408000000000.0, 407500000000.0, 408500000000.0, 0.0], [-3.5, -3.55, -3.45, -1.0]]
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import inf

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import expand
from analysis.intervals import Interval, qualified
from analysis.sieve import Sifted

__all__ = ["value_of"]

_DOWN = Sifted(
    expand(
        r"\b(?<!laid\s)(?<!handed\s)(?<!set\s)(?:{down}|lower|less|fewer|below|short|shy|off|away|behind|under|miss(?:ed|es|ing)?)\b"
    ),
    re.IGNORECASE,
)
_OF_EARLIER = ("percent_of_earlier", "percent_beside_plan")
_TO = re.compile(r"\bto\s(?:only\s|about\s|just\s)?$")
_NOUN_AFTER = re.compile(r"\s(?:year[\s-](?:on|over)[\s-]year|annual)\s\w+")  # "an 8.2% year-on-year decrease"
_AVERAGED = re.compile(r"\baverage\b")
_FALLING = Sifted(expand(r"\b(?<!laid\s)(?<!handed\s)(?<!set\s){down}\b"), re.IGNORECASE)


def value_of(figure: Candidate) -> tuple[Fraction, Interval, int]:
    """The value in the base unit, the interval of true values, and +1 or -1 for up or down.

    "105% of the same period" is a change of +5, a decrease is negative; a margin keeps its printed value, its sign says
    whether the target is passed or missed.
    """
    number, measure = figure.number, figure.measure
    value, interval = number.value, _interval(figure)
    if number.signed < 0:
        interval = -interval
    sign = number.signed
    if measure.cue in _OF_EARLIER and number.unit == "%":
        value, interval = value - 100, interval - 100
        sign = 1 if value >= 0 else -1
    elif measure.word in ("change", "margin") and not sign:
        sign = -1 if _DOWN.search(_deciding(figure)) and not _is_reached(figure) else 1
        if measure.word == "change" and sign < 0 and number.unit != "times":
            value, interval = -value, -interval
    return value, interval, sign


def _is_reached(figure: Candidate) -> bool:
    """Whether a rate of growth fell to a level, which is no decrease: "growth dropped to 3.6%"."""
    if figure.measure.cue == "as its result" and figure.about is not None:
        return _is_reached(figure.about)
    return figure.measure.cue == "growth_rate" and bool(_TO.search(figure.words.near))


def _deciding(figure: Candidate) -> str:
    """The words that say up or down: the cue's own, or those right before the number."""
    if figure.measure.cue == "growth_rate":
        return " ".join(found.group() for found in _FALLING.finditer(figure.words.near[-40:]))
    if figure.measure.cue in ("compared_with_earlier", "over_earlier", "year_on_year"):
        noun = _NOUN_AFTER.match(figure.words.right)
        return f"{figure.words.near[-40:]} {figure.measure.text} {noun.group() if noun else ''}"
    if figure.measure.cue in ("unit", "signs"):
        of_level = figure.about is not None and _AVERAGED.search(
            figure.words.near
        )  # "fell from 9% to 6%, on average 1%"
        fell = figure.about.words.wide[-80:] if of_level and figure.about else ""
        return f"{fell} {figure.words.near[-40:]} {figure.words.right[:25]}"
    return figure.measure.text


def _interval(figure: Candidate) -> Interval:
    number = figure.number
    if number.range_low is not None and number.range_high is not None:
        return Interval(number.range_low, number.range_high)
    target = figure.role.word == "target"
    rounded = number.scaled or "." in number.digits or number.unit not in ("count", "rank", "point")
    emphatic = number.qualifier == "at_most" and number.out_of is not None  # "up to 11 of 16"
    interval = qualified(
        number.digits,
        "exact" if emphatic else number.qualifier,
        role="target" if target else "achieved",
        rounded=rounded and not target,
        floor=-inf if figure.measure.word == "change" else 0,
    )
    factor = abs(number.factor)
    return interval if factor == 1 else Interval(interval.low * factor, interval.high * factor)
