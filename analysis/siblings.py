"""What a figure has from the one before it in its sentence: the measure of a list, the plan that a part is of.

>>> from analysis.figures import extract_figures
>>> figures = extract_figures("Fees and rents were up 3.2 percent and 11.7 percent.")
>>> figures[["value", "measure"]].values.tolist()
[[3.2, 'change'], [11.7, 'change']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.cues import Decision, expand
from analysis.links import Draft
from analysis.values import whole_of

__all__ = ["aim_no_more", "base_of_last", "capital_before", "in_dong", "listed_with_last", "share_of_count"]

_MONEY = ("VND", "USD", "EUR")
_OF_MONEY = re.compile(
    r"\b(?:revenues?|spending|expenditures?|turnover|sales|capital|investments?|budget|production\svalue|value\sof"
    r"|income|deposits|loans)\b[^;]*$",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\s*(?:[,.;)(]|$|\s(?:and|up|down|an?|or|in|as|equal\w*|compared|accounting|reaching|increasing)\b)"
)


def in_dong(draft: Draft) -> None:
    """Billions of what is told in money are of dong where no unit is named: "revenue reached 1,620 billion, up 3%"."""
    quantity = draft.quantity
    if quantity.unit != "count" or quantity.value < 10**9 or not quantity.scaled or draft.measure.word != "amount":
        return
    if _NO_NOUN.match(draft.words.right) and _OF_MONEY.search(draft.words.wide[-120:]):
        draft.quantity, draft.unit = replace(quantity, unit="VND"), "VND"


_LISTED = re.compile(r"\s*(?:,|and|or|,\s?and)\s*")
_GOES_ON = re.compile(r"\s*(?:[,.;)(]|$|(?:and|or|respectively|from|compared|over|year|against)\b)", re.IGNORECASE)
_BY_DATE = re.compile(
    expand(r"\s*(?:by|before|until)\s(?:the\send\sof\s)?(?:{month}|the\s\w+\squarter)"), re.IGNORECASE
)


def listed_with_last(flat: str, draft: Draft, last: Draft) -> None:
    """A number of a list is what the one before is: "up 3.2%, 11.7% and 20.9%", "50% by June, 75% by September"."""
    gap = flat[last.quantity.end : draft.quantity.opens]
    bare = draft.measure.cue in ("unit", "growth_rate", "score_subject", "points") and draft.unit in ("%", "pp")
    listed = bool(_LISTED.fullmatch(gap) and _GOES_ON.match(draft.words.right)) and draft.bracketed == last.bracketed
    second = draft.measure.cue == "percent_of_plan" and last.measure.cue == "percent_passed_of_plan"
    if second and not draft.words.near.strip():
        draft.measure = last.measure
    elif listed and bare and (last.unit == draft.unit or (last.measure.word == "change" and draft.unit == "pp")):
        draft.measure = replace(last.measure, cue="inherited")
    elif _BY_DATE.match(draft.words.right) and _BY_DATE.search(gap) and last.unit == draft.unit == "%":
        draft.measure, draft.role = replace(last.measure, cue="listed"), last.role


_HELD = re.compile(r"\b(?:against|versus|compared\s(?:to|with)|than|from)\s(?:only\s|just\s)?$", re.IGNORECASE)
_THEN = re.compile(expand(r"\s*(?:in|of|for|at|a)\s(?:the\s)?{earlier}"), re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:the|this|that|its)\s(?:rate|ratio|figure|progress|result)\s(?:is|was|has|stood|stands|reach)"
)


def base_of_last(flat: str, draft: Draft, earlier: Sequence[Draft]) -> None:
    """What a per cent is compared with is of its kind: "49.6% of the plan against 56.1% in the same period"."""
    last = earlier[-1]
    if draft.unit != "%" or last.unit != "%" or draft.role.word == "target":
        return
    gap = _gap(flat, last, draft)
    held = _HELD.search(gap) and _THEN.match(draft.words.right) and ";" not in gap
    if held and draft.measure.cue in ("unit", "plan_reached") and last.measure.word in ("attainment", "share"):
        draft.measure = Decision(last.measure.word, "as the one it is compared with", last.measure.text)
    elif draft.measure.cue == "unit" and last.measure.word == "attainment" and _ANAPHOR.search(draft.words.near):
        draft.measure = Decision("attainment", "as the rate before", last.measure.text)


_OF_COUNT = ("unit", "growth_rate", "plan_reached")


def aim_no_more(flat: str, draft: Draft, last: Draft) -> None:
    """After the fact that gives an aim its reason, facts go on; a second setter's number measures the same thing."""
    if last.role.cue == "given_reason" and draft.role.word == "target" and ";" not in _gap(flat, last, draft):
        draft.role = last.role
    if draft.role.cue == "setter_bare" and last.role.word == "target" and draft.measure.cue == "unit":
        draft.measure = replace(last.measure, cue="inherited")


def share_of_count(flat: str, draft: Draft, earlier: Sequence[Draft]) -> None:
    """The per cent that N of M makes: a share where M is no plan, "301/417 of them are young, or 72.2 per cent"."""
    counted = next((d for d in reversed(earlier[-2:]) if d.quantity.out_of), None)
    if counted is None or draft.unit != "%" or draft.measure.cue not in _OF_COUNT or draft.role.word == "target":
        return
    assert counted.quantity.out_of is not None
    gap = abs(100 * counted.quantity.value / counted.quantity.out_of - draft.quantity.value)
    if gap <= draft.quantity.step and whole_of(counted) == "part" and ";" not in _gap(flat, counted, draft):
        draft.measure = Decision("share", "N of M", counted.quantity.text)


_CAPITAL = re.compile(r"\b(?:capital|funds?|funding|estimate)\b[^,;()]*$", re.IGNORECASE)
_DISBURSED = re.compile(
    r"\s?[,;(]\s?(?:(?:of\swhich|and|it|has|had|have|was|were|been|already)\s)*disburs(?:ed|ing)\s*(?:only\s|about\s)?$",
    re.IGNORECASE,
)


_OF_WHICH = re.compile(r"\s?[,;(]\s?of\swhich,?\s", re.IGNORECASE)
_WAS_DISBURSED = re.compile(r"\s(?:ha[sd]|have|was|were)\s(?:already\s)?(?:been\s)?disbursed\b", re.IGNORECASE)
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|its|a)\s(?:total\s)?", re.IGNORECASE)
_GIVEN = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:assigned|allocated|allotted|planned|approved)\b", re.IGNORECASE)


def capital_before(flat: str, draft: Draft, last: Draft) -> None:
    """The capital that something was disbursed of is the plan: "capital is 4,705 billion VND, disbursed 1,398"."""
    amounts = draft.measure.word == last.measure.word == "amount" and draft.unit == last.unit and draft.unit in _MONEY
    if not amounts or last.role.word != "achieved" or draft.role.word != "achieved":
        return
    gap = _gap(flat, last, draft)
    if _OF_THE.fullmatch(gap) and _GIVEN.match(draft.words.right):
        draft.role = Decision("target", "out of", draft.words.right.strip()[:40])
        return
    spent = _DISBURSED.fullmatch(gap) or (_OF_WHICH.fullmatch(gap) and _WAS_DISBURSED.match(draft.words.right))
    part = draft.quantity.value <= last.quantity.value and spent
    if part and _CAPITAL.search(last.words.wide[-90:]):
        last.role = Decision("target", "capital to disburse", gap.strip())


def _gap(flat: str, one: Draft, other: Draft) -> str:
    return flat[one.quantity.end : other.quantity.opens]
