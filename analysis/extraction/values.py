"""The value of a figure with its interval and sign, and the words that say what it is held against."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from math import inf

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import expand
from analysis.intervals import Interval, qualified
from analysis.lexicon import rows

__all__ = ["against", "set_by", "value_of", "whole_of"]

_DOWN = re.compile(expand(r"\b(?:{down}|lower|less|fewer|below|short|behind|under)\b"), re.IGNORECASE)
_FALLING = re.compile(expand(r"\b{down}\b"), re.IGNORECASE)
_AGAINST = re.compile(
    expand(
        r"(?:of|than|against|compared\s(?:to|with)|over|{pass}|below|versus)"
        r"\s(?P<what>(?:{plan_np}(?:\s(?:assigned|set|approved|given)\sby\s[^,;()]{1,60}|\sof\s[^,;()"
        r"]{1,60}|\sfor\s\d{4})?|{earlier}|[^,;()]{0,50}?{others}[^,;()]{0,40}))"
    ),
    re.IGNORECASE,
)


def value_of(figure: Candidate) -> tuple[Fraction, Interval, int]:
    """The value in the base unit, the interval of true values, and +1 or -1 for up or down.

    "105% of the same period" is a change of +5, a decrease is negative; a margin keeps its printed value, its sign says
    whether the target is passed or missed.
    """
    number, measure = figure.number, figure.measure
    factor = (
        number.value / Fraction(number.digits) if number.range_low is None and Fraction(number.digits) else Fraction(1)
    )
    value, interval = number.value, _interval(figure, abs(factor))
    if number.signed < 0:
        interval = -interval
    sign = number.signed
    if measure.cue == "percent_of_earlier" and number.unit == "%":
        value, interval = value - 100, interval - 100
        sign = 1 if value >= 0 else -1
    elif measure.word in ("change", "margin") and not sign:
        sign = -1 if _DOWN.search(_deciding(figure)) else 1
        if measure.word == "change" and sign < 0 and number.unit != "times":
            value, interval = -value, -interval
    return value, interval, sign


def _deciding(figure: Candidate) -> str:
    """The words that say up or down: the cue's own, or those right before the number."""
    if figure.measure.cue == "growth_rate":
        return " ".join(_FALLING.findall(figure.words.near[-40:]))
    if figure.measure.cue in ("compared_with_earlier", "over_earlier", "year_on_year"):
        return f"{figure.words.near[-40:]} {figure.measure.text}"
    if figure.measure.cue == "unit":
        return figure.words.near[-40:] + " " + figure.words.right[:25]
    return figure.measure.text


def _interval(figure: Candidate, factor: Fraction) -> Interval:
    number = figure.number
    if number.range_low is not None and number.range_high is not None:
        return Interval(number.range_low, number.range_high)
    rounded = (
        number.scaled
        or "." in number.digits
        or number.unit in ("%", "pp")
        or number.unit not in ("count", "rank", "point")
    )
    role = figure.role.word if figure.role.word == "target" else "achieved"
    if number.value != Fraction(number.digits) * factor * (number.signed or 1):  # "4,318 billion 650 million"
        return Interval(number.value - number.step / 2, number.value + number.step / 2)
    floor = -inf if figure.measure.word == "change" else 0
    interval = qualified(
        number.digits, _qualifier(figure), role=role, rounded=rounded and role != "target", floor=floor
    )
    return Interval(_scaled(interval.low, factor), _scaled(interval.high, factor))


def _qualifier(figure: Candidate) -> str:
    """ "up to 11 of 16" on a result is emphasis, a bound only on a target."""
    number = figure.number
    return "exact" if number.qualifier == "at_most" and number.out_of is not None else number.qualifier


def _scaled(end: Fraction | float, factor: Fraction) -> Fraction | float:
    return end if isinstance(end, float) else end * factor


def against(figure: Candidate) -> str:
    """The words that name what a figure is held against: "target set by the province", "2022"."""
    words = figure.words
    if figure.role.cue == "held_against":
        return " ".join(f"{words.near} {words.right[:60]}".split())
    if figure.role.word == "target":
        return words.near.strip(" (:,")[-80:]
    if figure.measure.word in ("attainment", "margin", "change"):
        for window in (words.right, words.left[-90:], figure.measure.text):
            found = _AGAINST.search(window)
            if found:
                return " ".join(found["what"].split())
    return ""


_AGENT = re.compile(
    r"\b(?:assigned|set|approved|given|allocated)\sby\s(?P<by>.+)|(?P<who>.+?)\s(?:has\s|have\s)?assign(?:s|ed)\s(?!by\b)",
    re.IGNORECASE,
)


@cache
def _setters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["set_by"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows("cues/set_by"))


def set_by(words: str) -> str:
    """Who set a target, by the words that name it; of who assigns and who is assigned to, the first.

    >>> set_by("the estimate assigned by the province"), set_by("resolution of the District People's Council")
    ('province', "people's council")
    >>> set_by("the City People's Committee assigned the District People's Committee to perform")
    'city'
    """
    agent = _AGENT.search(words)
    if agent:
        words = agent["by"] or agent["who"] or words
    return next((setter for setter, pattern in _setters() if pattern.search(words)), "")


@cache
def _whole_cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["whole"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows("cues/wholes"))


_ADMITTED = re.compile(r"\badmit\w*\b.*\b(?:targets?|plans?)\b|\b(?:targets?|plans?)\b.*\badmit\w*", re.IGNORECASE)
_MEMBERS = re.compile(r"\s(?:new\s)?(?:party\s)?members\b", re.IGNORECASE)


def whole_of(figure: Candidate) -> str:
    """What M is in N of M: a target, a caseload, a standing, or a mere part of a total."""
    if figure.number.out_of is None or figure.measure.word == "rank":
        return ""
    subject = str(figure.facts.get("subject", ""))
    borrowed = (
        subject and "base" not in figure.facts
    )  # "345/345 were at the district level" counts what was counted before
    near = f" | {subject}" if borrowed else figure.words.wide[-70:] + " | " + figure.words.right[:90]
    whole = next((whole for whole, pattern in _whole_cues() if pattern.search(near)), "part")
    if whole == "part" and _ADMITTED.search(figure.words.sentence[-300:]) and _MEMBERS.match(figure.words.right):
        return "target"
    return "target" if whole == "part" and figure.number.value > figure.number.out_of else whole
