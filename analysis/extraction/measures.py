"""What a figure takes over from its neighbours: a bare per cent its denominator, a bracket its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction import siblings
from analysis.extraction.cues import Decision, expand
from analysis.extraction.denominators import denominator, is_bare_rate
from analysis.extraction.drafts import Draft

__all__ = ["after_links", "before_links"]

_MONEY = ("VND", "USD", "EUR")
_OUT_OF = re.compile(r"\bout\sof\s(?:the\s|a\s|total\s|of\s)*$", re.IGNORECASE)
_OF_WHICH = re.compile(
    r"(?:of|in)\s(?:which|these|this|that)\b|including\b|in\sparticular\b|specifically\b", re.IGNORECASE
)
_INCLUDING = re.compile(r"\s?[,;]\s(?:including|of\swhich|comprising)\s(?:about\s)?", re.IGNORECASE)
_DONE = re.compile(r"[^,;.]{0,40}?\b(?:disbursed|collected|achieved|reached|completed|already)\b", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:and\s)?(?:the\s)?(?:(?!\w+ing\b|reach|account|rate\b|is\b|was\b|of\b|for\b|by\b|at\b|to\b"
    r"|or\b|ha[sd]\b)[\w-]+\s){1,5}",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s*$", re.IGNORECASE)
_EARLIER_BRACKET = re.compile(
    expand(r"{earlier}[^,;()\d]{0,20}(?:\d{4})?\s*(?:(?:[(:]|reached|was|were|at)\s*)+$"), re.IGNORECASE
)
_RATE = re.compile(
    r"(?<!growth )(?<!exchange )(?<!interest )\b(?:rate|ratio|proportion|coverage|percentage)"
    r"\b(?![^,;]*\b(?:growth|revenue|value)\b)",
    re.IGNORECASE,
)
_ONLY_BRACKET = re.compile(r"\s*\(\s*")


def before_links(
    flat: str, drafts: Sequence[Draft], heading: str, previous: Sequence[Draft], spending: bool = False
) -> None:
    """Settle what the words beside a figure leave open, in the order of the text.

    Args:
        flat: the plain text.
        drafts: the figures of one sentence.
        heading: the heading that it stands under, or nothing.
        previous: the figures of the sentence before.
        spending: whether the report is on the disbursement of capital.
    """
    carried = previous and _OF_WHICH.match(flat, drafts[0].words.start if drafts else 0)
    for n, draft in enumerate(drafts):
        earlier = drafts[:n]
        last = earlier[-1] if earlier else None
        siblings.in_dong(draft)
        if carried and draft.role.word == "achieved" and _role_goes_on(flat, draft, previous[0]):
            draft.role = previous[0].role
        if last is not None:
            siblings.aim_no_more(flat, draft, last)
            amount = next((d for d in reversed(earlier) if d.measure.word == "amount"), last)
            _role_from_last(flat, draft, last, amount)
            siblings.capital_before(flat, draft, last)
            _cut_against_plan(flat, draft, last)
            siblings.listed_with_last(flat, draft, last)
            siblings.base_of_last(flat, draft, earlier)
            siblings.beyond_plan(flat, draft, last, drafts[n + 1 : n + 2])
        open_share = draft.measure.cue == "unit" and draft.measure.word == "share"
        if (open_share and draft.role.word != "target") or _by_in_a_list(draft, earlier):
            _measure_of_percent(flat, draft, earlier, heading, previous)
        siblings.share_of_count(flat, draft, earlier)
        if spending and draft.measure.cue == "unit" and draft.role.word != "target" and is_bare_rate(draft):
            draft.measure = Decision("attainment", "topic of the report", "disbursement")
    _before_its_plan(drafts)


_REPORTED = re.compile(r"\b(?:reached|achieved|was|were|ha[sd]|have|disbursed|collected)\b", re.IGNORECASE)


def _role_goes_on(flat: str, draft: Draft, before: Draft) -> bool:
    """Whether "Of which, ..." goes on with what was projected, or aimed at, in the sentence before."""
    if before.role.word == "target":
        return not _REPORTED.search(flat, draft.words.start, draft.quantity.start)
    return before.role.word == "projected"


def _before_its_plan(drafts: Sequence[Draft]) -> None:
    """Bare per cents in brackets before the one that names the plan: "(A: 120%; B: 110% of the estimate)"."""
    for draft, following in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        bare = draft.measure.word == "share" and draft.measure.cue == "unit" and draft.bracketed
        together = draft.words.bracket == following.words.bracket and not draft.words.right.strip(" ,").startswith("of")
        if following.measure.word != "attainment" or following.role.word != draft.role.word:
            continue
        pair = draft.words.right.strip() == "and" and draft.measure.cue in ("unit", "accounting_for")
        if (bare and together) or pair or (draft.measure.word == "share" and _OF_BUDGET.fullmatch(draft.words.right)):
            draft.measure = Decision("attainment", "before its plan", following.measure.text)


_OF_BUDGET = re.compile(r"\s*of\s(?:the\s)?(?:[\w'-]+\s){0,3}?budget(?:\sestimates?)?\s?,?\sand\s", re.IGNORECASE)


_FALL = re.compile(expand(r"\b{down}\b"), re.IGNORECASE)
_SINCE = re.compile(expand(r"\b(?:compared\s(?:to|with)|over|than|from)\s{earlier}"), re.IGNORECASE)


def _cut_against_plan(flat: str, draft: Draft, last: Draft) -> None:
    """What was cut against a plan for cutting is an amount: "decreased by 1,204 households, 120% of the plan"."""
    counted = last.measure.word == "change" and last.unit not in ("%", "pp", "times", "rank")
    counted = counted and bool(_FALL.search(f"{last.words.near[-60:]} {last.measure.text}"))
    counted = counted and not (last.unit != "count" and _SINCE.search(last.words.right))
    if counted and draft.measure.word == "attainment" and ";" not in flat[last.quantity.end : draft.quantity.start]:
        last.measure = Decision("amount", "cut against a plan", last.measure.text)


def _role_from_last(flat: str, draft: Draft, last: Draft, amount: Draft) -> None:
    """A bracket with an amount in another currency, or after a per cent of a plan; X out of the Y allocated."""
    bracketed = _ONLY_BRACKET.fullmatch(flat, last.quantity.end, draft.quantity.opens)
    amounts = draft.measure.word == last.measure.word == "amount"
    if draft.role.word != "achieved":
        return
    if bracketed and amounts and draft.unit != last.unit and {draft.unit, last.unit} <= set(_MONEY):
        draft.role = last.role
    elif (
        bracketed
        and last.measure.word == "attainment"
        and draft.measure.word == "amount"
        and last.role.word == "achieved"
    ):
        draft.role = Decision("target", "bracket after its attainment", last.measure.text)
    elif amounts and last.role.word == "target" and draft.unit == last.unit and _part_of_plan(flat, draft, last):
        draft.role = last.role
    elif (
        draft.measure.word == "amount"
        and draft.unit == amount.unit
        and draft.unit in _MONEY
        and _OUT_OF.search(draft.words.near)
    ):
        draft.role = Decision("target", "out of", draft.words.near.strip())


def _part_of_plan(flat: str, draft: Draft, last: Draft) -> bool:
    """A part of what is planned is planned: "the plan is 8,946 billion VND, including 365 billion from 2023"."""
    between = flat[last.quantity.end : draft.quantity.opens]
    return bool(_INCLUDING.fullmatch(between)) and not _DONE.match(draft.words.right)


def _by_in_a_list(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Whether a list of changes goes on: "the index rose by 9.6% in August, in the 8 months by 7.83%"."""
    open_ = draft.unit == "%" and draft.measure.cue in ("unit", "score_subject")
    changed = any(d.unit == "%" and d.measure.word == "change" for d in earlier)
    return bool(open_ and changed and _BY.search(draft.words.near))


def _measure_of_percent(
    flat: str, draft: Draft, earlier: Sequence[Draft], heading: str, previous: Sequence[Draft]
) -> None:
    """A bare per cent: "(122.8 per cent)", "reaching 58.5%", "services by 6.05%", "than in 2023 (94.9%)"."""
    percents = [d for d in earlier if d.unit == "%"]
    if _EARLIER_BRACKET.search(flat[draft.words.start : draft.quantity.opens][-60:]):
        found = next(
            (d for d in reversed(percents) if d.is_level or d.measure.word == "attainment"),
            percents[-1] if percents else None,
        )
        if found:
            draft.measure = Decision(found.measure.word, "as the one it is compared with", found.measure.text)
        return
    if _by_in_a_list(draft, earlier) or _goes_on(draft, earlier):
        draft.measure = Decision("change", "inherited", draft.words.near.strip())
        return
    last = earlier[-1] if earlier else None
    if last and last.measure.word == "change" and last.unit != "%" and _APPOSED.search(draft.words.near):
        draft.measure = Decision("change", "as the change before", last.measure.text)
        return
    if plan := denominator(flat, draft, earlier, heading, previous):
        draft.measure = plan
    elif alike := siblings.like_before(draft, earlier, previous):
        draft.measure = alike


_APPOSED = re.compile(r"^\s*(?:equal|equivalent|or\b|i\.e)", re.IGNORECASE)


def _goes_on(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """Whether a list of changes goes on without its verb: "agriculture grew by 3.5%, industry 12.1%"."""
    last = earlier[-1] if earlier else None
    if last is None or last.unit != "%" or last.measure.word != "change" or last.bracketed != draft.bracketed:
        return False
    same_clause = last.words.clause == draft.words.clause or draft.words.clause - last.quantity.end < 3
    return bool(same_clause and _ITEM.fullmatch(draft.words.near) and not draft.words.right.startswith(" of "))


def _in_points(draft: Draft) -> bool:
    """Whether a change in per cent is that of a rate in per cent: "the poverty rate fell by 0.5%"."""
    if draft.measure.cue in ("percent_of_earlier", "growth_rate", "signed") or draft.quantity.value >= 50:
        return False
    about = draft.about
    if about is not None and about.unit in ("%", "pp"):
        return about.unit == "pp" or about.measure.word in ("share", "score")
    return about is None and bool(_RATE.search(draft.words.wide[-90:]))


def from_sentence_before(draft: Draft, before: Draft | None) -> None:
    """Somebody else's level alone in its sentence stands beside the level told before: "The average was 86.9%"."""
    alone = draft.role.word == "benchmark" and draft.about is None and draft.measure.cue == "unit"
    if alone and before is not None and before.unit == draft.unit and draft.measure.word in ("share", "amount"):
        draft.about, draft.measure = before, Decision(before.measure.word, "as its result", before.measure.text)


def after_links(draft: Draft) -> None:
    """What follows from the figure that another one is about: its role, and the measure and unit of a target."""
    if draft.measure.word == "score" and draft.unit == "count":
        draft.unit = "point"
    about = draft.about
    if draft.measure.word == "change" and draft.unit == "%" and _in_points(draft):
        draft.unit = "pp"
    if about is None:
        return
    if draft.role.word == "achieved" and about.role.word == "projected":
        draft.role = replace(about.role, text=about.role.text)
    elif draft.role.word == "achieved" and draft.measure.word == "change" and about.role.word == "target":
        draft.role = about.role
    level = about.about if about.measure.word == "attainment" and about.about and draft.unit != "%" else about
    if draft.role.word in ("target", "benchmark"):
        if draft.unit == "count" and level.unit != "count" and draft.quantity.unit == "count":
            draft.unit = level.unit
        comparable = draft.unit == level.unit or {draft.unit, level.unit} <= {"%", "pp"}
        if (
            draft.measure.cue == "unit"
            and comparable
            and level.measure.word in ("share", "score", "change", "attainment")
        ):
            draft.measure = Decision(level.measure.word, "as its result", level.measure.text)
    elif draft.measure.cue == "unit" and draft.measure.word == "share" and level.measure.word == "score":
        draft.measure = level.measure
