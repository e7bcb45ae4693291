"""What a figure has from the one before it in its sentence: the measure of a list, the plan that a part is of.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("Fees and rents were up 3.2 percent and 11.7 percent.")
>>> figures[["value", "measure"]].values.tolist()
[[3.2, 'change'], [11.7, 'change']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.cues import Decision, expand
from analysis.extraction.drafts import Draft
from analysis.extraction.values import whole_of

__all__ = [
    "aim_no_more",
    "base_of_last",
    "beyond_plan",
    "capital_before",
    "in_dong",
    "like_before",
    "listed_with_last",
    "plan_of_items",
    "same_rate_elsewhere",
    "share_of_count",
]

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
    expand(
        r"\s*(?:or\s(?:more|higher|above)\s)?(?:(?:by|before|until)\s(?:the\send\sof\s)?(?:{month}|the\s\w+\squarter)"
        r"|(?:for|in|by\sthe\send\sof)\sthe\s(?:whole\s|entire\s|full\s)?year\b)"
    ),
    re.IGNORECASE,
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


_ALONE = re.compile(
    r"\s*(?:(?:and|while|whereas|but)\s)?(?:the\s)?(?=[A-Z]|[^,;]*:\s*$)(?![^,;]*\b(?:rate|ratio|proportion|coverage|poor|poverty"
    r"|share|growth)\b)[\w\s'-]{2,60}?(?:\s(?:has|had|is|was|only|just|got|with|at|reached|achieved|alone))*\s?:?\s*"
)


def same_rate_elsewhere(draft: Draft, earlier: Sequence[Draft]) -> str:
    """The plan in a list of places or parts: "Cho Ra has reached 101.2% of the plan, Ba Be city 95.8%"."""
    own = [d for d in earlier if d.role.word != "benchmark" and not d.bracketed]
    last = own[-1] if own else None
    if last is None or last.measure.word != "attainment" or last.role.word == "target" or draft.bracketed:
        return ""
    goes_on = _ALONE.fullmatch(draft.words.near) and not re.match(r"\s(?:or\s\w+\s)?of\b", draft.words.right)
    return last.measure.text if goes_on else ""


_GOT = re.compile(r"\b(?:with|at|got|scored|scoring|earned|earning|and)\s(?:only\s|just\s)?$")


_PLACED = re.compile(
    r"\b(?:lead(?:s|ing)?|led|topp(?:s|ed|ing)|follow(?:s|ed|ing)|lowest|highest|last|bottom)\b", re.IGNORECASE
)


def like_before(draft: Draft, earlier: Sequence[Draft], previous: Sequence[Draft]) -> Decision | None:
    """The measure that the sentence before gives to others: "Lac Hoa led with an index of 91%. Da Khe had 82%".

    An attainment goes on only where units are placed: "The disbursement rate was 61%. Leading is Ba Vach with 98%".
    """
    others = [d for d in (*previous, *earlier) if d.unit == "%" and d.role.word != "benchmark"]
    measures = {d.measure.word for d in others}
    placed = measures == {"score"} or (measures == {"attainment"} and _PLACED.search(draft.words.wide))
    if not placed or not _GOT.search(draft.words.near):
        return None
    return Decision(others[-1].measure.word, "as the one before", others[-1].measure.text)


def plan_of_items(draft: Draft, earlier: Sequence[Draft]) -> str:
    """The plan that items of a sum are held against: "612 billion, 61% of the estimate, of which fees 205 (52%)".

    Not where the per cent is what the item makes of the sum.
    """
    item = earlier[-1]
    beside = draft.bracketed or not draft.words.near.strip()
    sums = [(d, n) for n, d in enumerate(earlier[:-1]) if d.unit == item.unit and d.is_level and d.quantity.value > 0]
    if item.unit not in _MONEY or not beside or not sums:
        return ""
    shares = (abs(100 * item.quantity.value / whole.quantity.value - draft.quantity.value) for whole, _ in sums)
    if any(gap <= 2 * draft.quantity.step for gap in shares):
        return ""
    following = (next((d for d in earlier[n + 1 :] if d.unit == "%"), None) for _, n in sums)
    return next((d.measure.text for d in following if d is not None and d.measure.word == "attainment"), "")


_BEYOND = re.compile(r"(?:exceed|surpass)(?:ed|ing)\b", re.IGNORECASE)


def beyond_plan(flat: str, draft: Draft, last: Draft, following: Sequence[Draft]) -> None:
    """By how much a plan was passed, as the per cent after it shows: "812, exceeding 212 and reaching 135% of it"."""
    quantity, then = draft.quantity, following[0] if following else None
    counts = draft.measure.word == "amount" and draft.unit == last.unit and 0 < quantity.value < last.quantity.value
    if not counts or not _BEYOND.match(flat, quantity.opens):
        return
    ratio = 100 * last.quantity.value / (last.quantity.value - quantity.value)
    shown = (
        then is not None
        and then.measure.word == "attainment"
        and abs(ratio - then.quantity.value) <= then.quantity.step
    )
    small = then is None and 3 * quantity.value < last.quantity.value  # nobody says that 1,630 is more than 130
    if shown or small:
        draft.quantity = replace(quantity, qualifier="exact", qualifier_start=-1)
        draft.measure = Decision("margin", "beyond the plan", flat[quantity.opens : quantity.start].strip())
        if last.measure.word == "change":
            last.measure = Decision("amount", "cut against a plan", last.measure.text)


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
_ALL_OF = re.compile(r"(?:^|[,;]\s)(?:of|out\sof|from)\s(?:the|its)\s(?:total\s(?:of\s)?)?$", re.IGNORECASE)
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
    if _ALL_OF.search(last.words.near) and _GIVEN.match(last.words.right):
        last.role = Decision("target", "out of", last.words.right.strip()[:40])
        return
    spent = _DISBURSED.fullmatch(gap) or (_OF_WHICH.fullmatch(gap) and _WAS_DISBURSED.match(draft.words.right))
    part = draft.quantity.value <= last.quantity.value and spent
    if part and _CAPITAL.search(last.words.wide[-90:]):
        last.role = Decision("target", "capital to disburse", gap.strip())


def _gap(flat: str, one: Draft, other: Draft) -> str:
    return flat[one.quantity.end : other.quantity.opens]
