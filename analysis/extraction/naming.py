"""Names the figures of a sentence: subject and indicator, from a figure's own words or from the figure it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction import subjects
from analysis.extraction.candidate import Candidate
from analysis.extraction.indicators import indicator

__all__ = ["name"]

_VALUE = re.compile(r"^[\s,]*(?:totall?ing|worth|valued at|at a (?:total )?cost of)\b", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|of|for)\s+(?=[a-z])")
_MOST_STEPS = 3


def name(figures: Sequence[Candidate]) -> None:
    """Set ``subject`` and ``indicator`` of the figures of one sentence."""
    for n, figure in enumerate(figures):
        figure.facts["subject"] = _own(figures, n)
        if figure.measure.cue == "cut against a plan" and figure.facts["subject"]:
            figure.facts["subject"] = f"{figure.facts['subject']} reduced"
        figure.facts["indicator"] = _indicator(figure)
    for figure in figures:
        _from_about(figure)


def _own(figures: Sequence[Candidate], n: int) -> str:
    """The subject that the words around a figure name; empty where they leave it to another figure."""
    figure, words = figures[n], figures[n].words
    if figure.number.unit == "count" and figure.measure.word in ("amount", "margin", "change"):
        found = _of_count(figures, n)
        if found:
            return found
    if figure.unit == "%" and (found := subjects.shared(words.right)) and figure.measure.word in ("share", "score"):
        return found
    if _VALUE.match(words.near) and (base := _base(figures, n)):
        return f"value of {base}"
    found = subjects.measured(words.left) if words.bracket is None else ""
    if not found and figure.measure.word == "amount" and words.bracket is None and (link := _IN.match(words.right)):
        found = subjects.counted(words.right[link.end() - 1 :]).noun
    return found


def _of_count(figures: Sequence[Candidate], n: int) -> str:
    figure, words = figures[n], figures[n].words
    found = subjects.counted(words.right)
    if not found.noun:
        base = _base(figures, n)
        return f"{base} {found.said}" if base and found.said and figure.number.out_of is not None else ""
    noun = subjects.without_head(found.noun)
    head, verb = subjects.head_before(words.near), "" if found.done else subjects.verb_before(words.near, noun)
    if not head and not verb and not found.done and n and _goes_on(words.near, figures[n - 1]):
        head, verb = str(figures[n - 1].facts.get("head", "")), str(figures[n - 1].facts.get("verb", ""))
    subject = f"{head} {noun}" if head else f"{noun} {verb}" if verb and verb not in noun else noun
    figure.facts |= {"head": head, "verb": verb, "base": subject}
    return subject


def _goes_on(near: str, before: Candidate) -> bool:
    """Whether a count only follows on the one before it: " and " behind "Party organizations"."""
    joined = not near.strip() or re.search(r"\b(?:and|or|as well as)\s*$", near)
    return "base" in before.facts and bool(joined)


def _base(figures: Sequence[Candidate], n: int) -> str:
    """The subject of the nearest count before that names its own."""
    return next((str(d.facts["base"]) for d in reversed(figures[:n]) if d.facts.get("base")), "")


def _indicator(figure: Candidate) -> str:
    """The indicator of the subject, else of the subject with the words right around the number."""
    subject, words = str(figure.facts["subject"]), figure.words
    if not subject:
        return ""
    near = words.near[-60:]
    done = f"{figure.facts.get('verb', '')} {figure.facts.get('head', '')}"
    context = f"{done} {words.right[:90]}" if figure.number.unit == "count" else f"{subject} {near}"
    return indicator(subject, figure.unit, figure.measure.word) or indicator(context, figure.unit, figure.measure.word)


def _from_about(figure: Candidate) -> None:
    """A per cent, a margin, a target in brackets takes the subject of the figure that it is about."""
    about, steps = figure.about, 0
    while about is not None and about.about is not None and not about.facts.get("subject") and steps < _MOST_STEPS:
        about, steps = about.about, steps + 1
    dependent = figure.bracketed or figure.role.word in ("target", "benchmark")
    dependent = dependent or figure.measure.word in ("attainment", "margin", "change", "rank")
    own = figure.measure.word == "share" and not figure.bracketed
    own = own or (figure.measure.word == "change" and "base" in figure.facts)
    if about is None or not about.facts.get("subject") or (figure.facts["subject"] and (own or not dependent)):
        return
    figure.facts["subject"] = about.facts["subject"]
    figure.facts["indicator"] = about.facts["indicator"]
