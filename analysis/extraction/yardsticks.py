"""A candidate in, the words that say what it is held against out; and who set that, and what the whole of N of M is.

>>> set_by("the estimate assigned by the province"), set_by("resolution of the District People's Council")
('province', "people's council")
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analysis.extraction.candidate import Candidate
from analysis.lexicon import phrase, rows
from analysis.sieve import Sifted

__all__ = ["against", "set_by", "whole_of"]

_AGAINST = phrase("held_against_what")
_SET_BY = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?P<what>(?:set|assigned|given|approved|adopted)\sby\s(?:the\s)?[^,;.()]{1,60})"
)


def against(figure: Candidate) -> str:
    """The words that name what a figure is held against: "target set by the province", "2022"."""
    words = figure.words
    if figure.role.word == "target":
        if behind := _SET_BY.match(words.right):
            return behind["what"]  # "the target of 95% set by the Prime Minister"
        return words.near.strip(" (:,")[-80:]
    if figure.measure.word in ("attainment", "margin", "change"):
        for window in (words.right, words.left[-90:], figure.measure.text):
            found = _AGAINST.search(window)
            if found:
                return " ".join(found["what"].split())
    return ""


_WORK = phrase("share_of_the_work")
_AGENT = phrase("who_assigns")


@cache
def _setters() -> tuple[tuple[str, Sifted], ...]:
    return tuple((row["set_by"], Sifted(row["pattern"], re.IGNORECASE)) for row in rows("cues/set_by"))


@lru_cache(maxsize=1000)  # most figures are held against nothing
def set_by(words: str) -> str:
    """Who set a target, by the words that name it; of who assigns and who is assigned to, the first.

    >>> set_by("the City People's Committee assigned the District People's Committee to perform")
    'city'
    """
    agent = _AGENT.search(words)
    if agent:
        words = agent["by"] or agent["who"] or words
    return next((setter for setter, pattern in _setters() if pattern.search(words)), "")


@cache
def _whole_cues() -> tuple[tuple[str, Sifted], ...]:
    return tuple((row["whole"], Sifted(row["pattern"], re.IGNORECASE)) for row in rows("cues/wholes"))


_THERE_ARE = phrase("things_there_are")  # of which no more can be done than there are: "12 out of 11 communes"
_AIMS_INSIDE = re.compile(r"\s(?:targets|goals|norms|criteria|indicators|tasks)\b")
_HELD_BEHIND = re.compile(r",\s(?:exceed|surpass|go)\w+\s(?:\w+\s)?by\s")  # ", exceeding by 1 commune the target"
_UNIT_WRITTEN = re.compile(r"[a-z][a-z ]*$")


def whole_of(figure: Candidate) -> str:
    """What M is in N of M: a target, a caseload, a standing, or a mere part of a total."""
    if figure.number.out_of is None or figure.measure.word == "rank":
        return ""
    if _WORK.search(figure.words.wide):
        return "part"
    counts = figure.unit == "count"
    borrowed = counts and figure.subject and figure.base is None  # "345/345 were at the district level": as before
    unit = None if counts else _UNIT_WRITTEN.search(figure.number.text)  # "6,450/6,800 hectares"
    inside = unit or _AIMS_INSIDE.search(figure.number.text)  # "18 targets out of 22"
    right = f"{inside.group() if inside else ''}{_HELD_BEHIND.split(figure.words.right[:90])[0]}"
    near = f" | {figure.subject}" if borrowed else f"{figure.words.wide[-70:]} | {right}"
    whole = next((whole for whole, pattern in _whole_cues() if pattern.search(near)), "part")
    passed = figure.number.value > figure.number.out_of
    there_are = " of " in figure.number.text and _THERE_ARE.match(figure.words.right)
    return "target" if whole == "part" and passed and not there_are else whole
