"""Names the figures of a sentence: subject and indicator, from a figure's own words or from the figure it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction import subjects
from analysis.extraction.drafts import Draft
from analysis.extraction.indicators import indicator

__all__ = ["name"]

_EARN = re.compile(
    r"\b(?:earn|rak(?:e|es|ed|ing)\sin|pocket|gross|generat|collect|mak(?:e|es|ing))\w*\s$", re.IGNORECASE
)
_EARNED = re.compile(r"\s(?:in|from)\s(?!the\sfirst\b|\d)(?=(?:the\s)?[a-z])")
_VALUE = re.compile(r"^[\s,]*(?:totall?ing|worth|valued at|at a (?:total )?cost of)\b", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|of|for)\s+(?=[a-z])")
_MOST_STEPS = 3


def name(drafts: Sequence[Draft]) -> None:
    """Set ``subject`` and ``indicator`` of the figures of one sentence."""
    for n, draft in enumerate(drafts):
        draft.facts["subject"] = _own(drafts, n)
        if draft.measure.cue == "cut against a plan" and draft.facts["subject"]:
            draft.facts["subject"] = f"{draft.facts['subject']} reduced"
        draft.facts["indicator"] = _indicator(draft)
    for draft in drafts:
        _from_about(draft)


def _own(drafts: Sequence[Draft], n: int) -> str:
    """The subject that the words around a figure name; empty where they leave it to another figure."""
    draft, words = drafts[n], drafts[n].words
    if draft.quantity.unit == "count" and draft.measure.word in ("amount", "margin", "change"):
        found = _of_count(drafts, n)
        if found:
            return found
    if draft.unit == "%" and (found := subjects.shared(words.right)) and draft.measure.word in ("share", "score"):
        return found
    if draft.unit in ("VND", "USD") and (source := _EARNED.match(words.right)) and _EARN.search(words.near):
        noun = subjects.counted(words.right[source.end() - 1 :]).noun
        return noun if "revenue" in noun else f"revenue from {noun}"
    if _VALUE.match(words.near) and (base := _base(drafts, n)):
        return f"value of {base}"
    found = subjects.measured(words.left) if words.bracket is None else ""
    if not found and draft.measure.word == "amount" and words.bracket is None and (link := _IN.match(words.right)):
        found = subjects.counted(words.right[link.end() - 1 :]).noun
    return found


def _of_count(drafts: Sequence[Draft], n: int) -> str:
    draft, words = drafts[n], drafts[n].words
    found = subjects.counted(words.right)
    if not found.noun:
        base = _base(drafts, n)
        return f"{base} {found.said}" if base and found.said and draft.quantity.out_of is not None else ""
    noun = subjects.without_head(found.noun)
    head, verb = subjects.head_before(words.near), "" if found.done else subjects.verb_before(words.near, noun)
    if not head and not verb and not found.done and n and _goes_on(words.near, drafts[n - 1]):
        head, verb = str(drafts[n - 1].facts.get("head", "")), str(drafts[n - 1].facts.get("verb", ""))
    subject = f"{head} {noun}" if head else f"{noun} {verb}" if verb and verb not in noun else noun
    draft.facts |= {"head": head, "verb": verb, "base": subject}
    return subject


def _goes_on(near: str, before: Draft) -> bool:
    """Whether a count only follows on the one before it: " and " behind "Party organizations"."""
    joined = not near.strip() or re.search(r"\b(?:and|or|as well as)\s*$", near)
    return "base" in before.facts and bool(joined)


def _base(drafts: Sequence[Draft], n: int) -> str:
    """The subject of the nearest count before that names its own."""
    return next((str(d.facts["base"]) for d in reversed(drafts[:n]) if d.facts.get("base")), "")


def _indicator(draft: Draft) -> str:
    """The indicator of the subject, else of the subject with the words right around the number."""
    subject, words = str(draft.facts["subject"]), draft.words
    if not subject:
        return ""
    near = words.near[-60:]
    done = f"{draft.facts.get('verb', '')} {draft.facts.get('head', '')}"
    context = f"{done} {words.right[:90]}" if draft.quantity.unit == "count" else f"{subject} {near}"
    return indicator(subject, draft.unit, draft.measure.word) or indicator(context, draft.unit, draft.measure.word)


def _from_about(draft: Draft) -> None:
    """A per cent, a margin, a target in brackets takes the subject of the figure that it is about."""
    about, steps = draft.about, 0
    while about is not None and about.about is not None and not about.facts.get("subject") and steps < _MOST_STEPS:
        about, steps = about.about, steps + 1
    dependent = draft.bracketed or draft.role.word in ("target", "benchmark")
    dependent = dependent or draft.measure.word in ("attainment", "margin", "change", "rank")
    own = draft.measure.word == "share" and not draft.bracketed
    own = own or (draft.measure.word == "change" and "base" in draft.facts)
    if about is None or not about.facts.get("subject") or (draft.facts["subject"] and (own or not dependent)):
        return
    draft.facts["subject"] = about.facts["subject"]
    draft.facts["indicator"] = about.facts["indicator"]
