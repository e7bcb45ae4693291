"""A bare per cent in a list in, the plan that those before it are parts of out: places, kinds of capital, items.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It spent 61% of the plan, including development capital 74%, recurrent capital 38%.")
>>> figures["measure"].tolist()
['attainment', 'attainment', 'attainment']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["beyond_whole", "listed_below_plan", "names_plan", "of_base_behind", "plan_of_item"]

_PLAN_WORD = Sifted(expand(r"\b{plan}\b"), re.IGNORECASE)
_PROGRAM = re.compile(r"\s+program", re.IGNORECASE)
_REACHED = phrase("reached_before_percent")
_ALONE = phrase("place_alone")
_CAPITAL = phrase("kind_of_capital")
_RATE_OF_ITS_OWN = Sifted(r"\b(?:rate|ratio|proportion|coverage)\s(?:of|in)\b")
_NAMELY = Sifted(r":|\b(?:such\sas|including|typically|namely|notably)\s")
_GUESSED = "percent_over_hundred"  # cue of a per cent that is of a plan only because it is above 100
_ROUGHLY = ("to", "about", "over", "nearly", "almost", "some", "around", "approximately")
_MOST = 400
_NEAR = 250  # characters within which a plan is named before the per cents of it


def plan_of_item(figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The words that name the plan in a list of places or parts: "Cho Ra has reached 101.2% of the plan, Ba Be 95.8%".

    Args:
        figure: a bare per cent.
        earlier: the figures before it in its sentence.

    Returns:
        nothing where it is part of no plan.
    """
    own = [d for d in earlier if figure.bracketed or not d.bracketed]
    last = own[-1] if own else None
    if last is None or last.measure.word != "attainment":
        return ""
    capital = _CAPITAL.fullmatch(figure.words.near.rpartition("(")[2])
    place = not figure.bracketed and _ALONE.fullmatch(figure.words.near)
    return last.measure.text if place or capital else ""


def names_plan(words: str) -> bool:
    """Whether words name a plan; the National Target Programs are none, for all their name."""
    return any(not _PROGRAM.match(words, found.end()) for found in _PLAN_WORD.finditer(words))


def beyond_whole(flat: str, figures: Sequence[Candidate]) -> None:
    """Bare per cents of which one is above 100 are no shares: of a plan named before them, they are what was reached.

    "Many districts fulfilled the plan. Viet Yen got 127%, Hiep Hoa (118%), Yen The 60%"
    """
    bare = [d for d in figures if (d.unit, d.measure.word, d.measure.cue) == ("%", "share", "unit")]
    bare = [d for d in bare if d.role.word == "achieved" and d.number.out_of is None]
    over = next((d for d in bare if 100 < d.number.value < _MOST), None)
    if over is None:
        return
    told = flat[max(0, over.number.start - _NEAR) : over.number.start].rpartition("\n")[2]
    if names_plan(told):
        for figure in bare:
            figure.measure = Decision("attainment", "inherited", told.strip()[-60:])


def of_base_behind(figures: Sequence[Candidate]) -> None:
    """Per cents of no plan that is named are of the base behind the last of them, told with the same word.

    "318 ha of maize, equaling 101.3%; 71 ha of beans, equaling 84.9%; 40 ha of peanut, equaling 103.5% from last year"
    """
    percents = [d for d in figures if d.unit == "%"]
    last = percents[-1] if percents else None
    if last is None or last.measure.cue != "over_earlier":
        return
    guessed = False
    for figure in percents[:-1]:
        guessed = figure.measure.cue == _GUESSED or (guessed and figure.measure.cue == "inherited")
        if guessed and _word_before(figure) == _word_before(last):
            figure.measure = replace(last.measure)


def _word_before(figure: Candidate) -> str:
    """The last word before a number, but for those that say how exact it is."""
    words = [word for word in figure.words.near.lower().split() if word not in _ROUGHLY]
    return words[-1] if words else ""


def listed_below_plan(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """Items in a list of those that met or missed their plan: "two did not: fees (96.1%) and taxes (88.4%)"."""
    held = any(d.measure.word == "attainment" for d in earlier)
    items = (d for d in earlier if d.number.out_of or (held and d.unit == "count"))
    counted = next(items, None)
    said = figure.bracketed or _REACHED.search(figure.words.near)
    rated = not figure.bracketed and _RATE_OF_ITS_OWN.search(figure.words.wide)
    if rated or not (said and counted):
        return ""
    amount = earlier[-1].number
    wholes = [d.number.value for d in earlier[:-1] if d.unit == earlier[-1].unit and d.number.value]
    if any(abs(100 * amount.value / whole - figure.number.value) <= 2 * figure.number.step for whole in wholes):
        return ""  # what the item makes of them all
    plan = _PLAN_WORD.search(flat, counted.number.start, figure.number.start)
    named = _NAMELY.search(flat, plan.end(), figure.number.start) if plan else None
    return plan.group() if plan and named else ""
