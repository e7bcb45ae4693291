"""The words around a number in, its role out: aimed at, achieved, projected, or somebody else's.

The cues stand in ``data/cues/role_cues.csv``, the first that fits decides; a heading over a list (``heading_cues.csv``)
decides before them, and a period that lies ahead, or is over, after them.

>>> from analysis.extraction.clauses import around
>>> from analysis.extraction.numbers import scan
>>> text = "It strives to admit 45 members."
>>> role(around(text, 0, len(text), scan(text), 0)).word
'target'
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.clauses import Words
from analysis.extraction.cues import Cue, Decision, compiled, expand, sieve
from analysis.extraction.digits import Number
from analysis.extraction.periods import Period
from analysis.lexicon import phrase, rows
from analysis.reading.article import Passage
from analysis.sieve import Sieve, Sifted

__all__ = [
    "MANY_AIMS",
    "aims_go_on",
    "announces_aims",
    "go_on",
    "heading_of",
    "holds_its_plan",
    "role",
    "role_in_time",
    "role_of",
]

_HEADING = phrase("targets_heading")
_SPECIFICALLY = re.compile(r"\W*(?:In\sparticular|Specifically|Concretely|In\sdetail|Namely|As\sfollows|In\swhich):\s")
_RESULTS = Sifted(r"\b(?:achievements?|results?|outcomes?)\b", re.IGNORECASE)
_SOON = 31  # days after its date that a report still speaks of as past: "by the end of 2023", on December 28
_YEAR_END = 20  # days before the end of a period in which "will meet" tells of what has been met
_LATE = 4  # in the last quarter of a period its results are told, not its aims
_SOME_AIMS, _NEAR = 2, 2
MANY_AIMS = 3
"""Targets in a row behind which the next lines go on with them, unless they tell what is done."""
_ALL = 100
_TOLD, _ANNOUNCED = phrase("told_as_done"), phrase("targets_announced")
_OF_OTHERS = ("percent_of_average", "more_than_others", "above_others_by")
_EARLIER = phrase("held_against_earlier")
_OF_THEM = re.compile(  # "over 75,000 of them", "22 tons for sale, 15 tons for seed"
    r"\s(?:\w+\s)?of\s(?:them|whom|which|these|those)\b|\sfor\s[^();\d]{3,40},\s(?:and\s)?(?:\w+\s)?$"
)
_REACHING = phrase("reaching_alone")
_GREW = Sifted(expand(r"\b(?:{up}|{down})(?:\sby)?\s(?:[A-Z]{3}\s?)?$"), re.IGNORECASE)


@cache
def _target_windows() -> frozenset[str]:
    """Cues of a target that look right before the number."""
    return frozenset(cue.name for cue in _role_cues().items if cue.word == "target" and cue.window == "near")


@cache
def _role_cues() -> Sieve[Cue]:
    return sieve(Cue(r["name"], r["role"], r["window"], compiled(r["pattern"])) for r in rows("cues/role_cues"))


@cache
def _heading_cues() -> tuple[tuple[str, str, Sifted], ...]:
    return tuple((r["name"], r["role"], compiled(r["pattern"])[0]) for r in rows("cues/heading_cues"))


def role_of(number: Number, words: Words, measure: Decision, heading: str) -> Decision:
    """The heading decides first; a number beside "target" is one unless it says how far the target was reached."""
    if heading and (given := _heading_role(heading)):
        return given
    if measure.cue in _OF_OTHERS:
        return Decision("benchmark", measure.cue, measure.text)
    decision = role(words)
    relative = measure.word in ("attainment", "margin") or number.out_of is not None
    of_others = _EARLIER.search(words.right) or _OF_THEM.match(words.right)
    changed = decision.cue == "bracketed_plan" and of_others
    grew = decision.cue == "assigned" and _GREW.search(words.near)  # what was assigned
    shared = decision.cue == "capital_assigned" and not is_money(number.unit)  # "47.9% of the capital assigned by ..."
    aimed = decision.cue == "striving" and measure.word == "attainment" and number.value < _ALL
    reached = _REACHING.match(words.near) or words.near.endswith(" reached ")
    part = aimed and reached  # "strives to sow 14,200 ha, reaching 61.5% of the plan"
    beyond = measure.cue == "passing_by" and decision.text.startswith("goal")  # "beyond its goal of clean water by 1%"
    if changed or grew or shared or part or beyond or (relative and decision.cue in _target_windows()):
        return Decision("achieved")
    return decision


def role(words: Words) -> Decision:
    """Whether a figure is a target, a projection, somebody else's, or, where no word says so, achieved."""
    for cue in _role_cues().passed(words.whole):
        found = cue.found(words)
        if found is not None:
            return Decision(cue.word, cue.name, found)
    return Decision("achieved")


def holds_its_plan(found: Sequence[Words], measures: Sequence[Decision]) -> bool:
    """Whether an item tells its own plan, so that it tells a result whatever its heading: "4.2% (the plan was 4%)"."""
    margin = any(measure.word == "margin" for measure in measures)
    planned = (role(words) for words in found if words.bracket is not None)
    return margin or any(given.word == "target" and given.cue in _target_windows() for given in planned)


def _heading_role(heading: str) -> Decision | None:
    """The role that a heading gives to the list under it."""
    for name, word, pattern in _heading_cues():
        found = pattern.search(heading)
        if found:
            return Decision(word, name, heading[-80:])
    return None


def heading_of(flat: str, passage: Passage) -> str:
    """The heading that a passage stands under, or that opens its line: "Main targets for 2025: growth of 10%; ..."."""
    if passage.heading:
        heading = flat[slice(*passage.heading)]
        listed = passage.item or passage.section == passage.heading
        if not flat[: passage.heading[0]].strip() and not listed:
            return ""  # the headline of the report heads no list
        section = flat[slice(*passage.section)] if passage.section else ""
        told = _RESULTS.search(section)  # "I. Results of 2018", "1. Economic targets:"
        return "" if told else heading
    colon = flat.find(": ", passage.start, min(passage.end, passage.start + 100))
    opening = flat[passage.start : colon + 1] if colon > 0 else ""
    return opening if _HEADING.match(opening) else ""


def aims_go_on(flat: str, passage: Passage, aimed: int, line: int, *, announced: bool = False) -> bool:
    """Whether a sentence goes on with the aims told before it: "It strives for 9%. Income per head reaches 60 million".

    Args:
        flat: the plain text.
        passage: the sentence.
        aimed: how many figures in a row were targets, up to the last one before.
        line: the line of that one; in the next lines more of them must have been targets.
        announced: whether the sentence before says that targets are set: "In particular: growth reached 8%" tells them.
    """
    if announced and _SPECIFICALLY.match(flat, passage.start):
        return True
    near = aimed >= (_SOME_AIMS if passage.line == line else MANY_AIMS) and passage.line <= line + _NEAR
    return near and not _TOLD.search(flat, passage.start, passage.end)


def announces_aims(flat: str, passage: Passage) -> bool:
    """Whether a sentence says that targets are set, so that those behind it tell them: "It laid down its targets."."""
    return bool(_ANNOUNCED.match(flat[passage.start : passage.end]))


def go_on(figures: Sequence[Candidate]) -> None:
    """Make the figures of a sentence that goes on with aims targets, unless their words say otherwise."""
    for figure in figures:
        if figure.role.cue == "will" or (figure.role.word == "achieved" and not figure.role.cue):
            figure.role = Decision("target", "aims go on")


def _moved_in_term(main: Period, period: Period, role: Decision) -> bool:
    """Whether something "will rise from 3 in 2020 to" so much in the last year of the term under review."""
    return bool(_FROM_YEAR.search(role.text)) and period.is_whole_year and period.end == main.end


_HAS_COME = re.compile(
    r"\b(?:dropped|fell|rose|declined|decreased|increased|climbed|grew|was\s\w+ed|(?:has|have)\s\w+ed|(?:has|have)\s(?:come|gone|fallen|risen))\b"
)
_IS_DONE = phrase("has_been_done")
_FROM_YEAR = re.compile(r"\bfrom\b.*\bin\s(?:19|20)\d\d\sto\b")


def role_in_time(figure: Candidate, date: dt.date | None, main: Period) -> Decision:
    """The role once the period is known: nobody has reached what lies ahead, and "will" may tell of what is over.

    Args:
        figure: the figure with its period.
        date: the date of its report.
        main: the period under review: translations tell its results in the future, "growth in 2024 will reach 6.2%".
    """
    role, period = figure.role, figure.period
    if role.cue in ("will", "will_follow") and period.start and period.end:
        left = (period.end - date).days if date else 0
        late = _LATE * left <= (period.end - period.start).days
        if date and left <= _YEAR_END:
            role = Decision("achieved", "will, of a period that is over", role.text)
        elif (
            late and main.end and period.end <= main.end and (main.is_whole_year or _moved_in_term(main, period, role))
        ):
            role = Decision("projected", "will, of the period under review", role.text)
    soon = 0 if period.is_whole_year else _SOON
    if role.word == "achieved" and period.start and date and (period.start - date).days > soon:
        if period.start.year == date.year and _HAS_COME.search(figure.words.wide):
            return role  # in November: "the rate dropped to 8.4% by the end of 2010"
        if _IS_DONE.match(figure.words.right):
            return role  # "17/22 targets of the resolution have been fulfilled"
        return Decision("target", "period to come", str(period))
    return role
