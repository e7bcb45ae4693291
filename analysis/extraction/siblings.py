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

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.extraction.yardsticks import whole_of

__all__ = [
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


def in_dong(figure: Candidate) -> None:
    """Billions of what is told in money are of dong where no unit is named: "revenue reached 1,620 billion, up 3%"."""
    number = figure.number
    if number.unit != "count" or number.value < 10**9 or not number.scaled or figure.measure.word != "amount":
        return
    if _NO_NOUN.match(figure.words.right) and _OF_MONEY.search(figure.words.wide[-120:]):
        figure.number, figure.unit = replace(number, unit="VND"), "VND"


_LISTED = re.compile(r"\s*(?:,|and|or|,\s?and)\s*")
_GOES_ON = re.compile(r"\s*(?:[,.;)(]|$|(?:and|or|respectively|from|compared|over|year|against)\b)", re.IGNORECASE)
_BY_DATE = re.compile(
    expand(
        r"\s*(?:or\s(?:more|higher|above)\s)?(?:(?:by|before|until)\s(?:the\send\sof\s)?(?:{month}|the\s\w+\squarter)"
        r"|(?:for|in|by\sthe\send\sof)\sthe\s(?:whole\s|entire\s|full\s)?year\b)"
    ),
    re.IGNORECASE,
)


def listed_with_last(flat: str, figure: Candidate, last: Candidate) -> None:
    """A number of a list is what the one before is: "up 3.2%, 11.7% and 20.9%", "50% by June, 75% by September"."""
    gap = flat[last.number.end : figure.number.opens]
    bare = figure.measure.cue in ("unit", "growth_rate", "score_subject", "points") and figure.unit in ("%", "pp")
    listed = bool(_LISTED.fullmatch(gap) and _GOES_ON.match(figure.words.right)) and figure.bracketed == last.bracketed
    second = figure.measure.cue == "percent_of_plan" and last.measure.cue == "percent_passed_of_plan"
    if second and not figure.words.near.strip():
        figure.measure = last.measure
    elif listed and bare and (last.unit == figure.unit or (last.measure.word == "change" and figure.unit == "pp")):
        figure.measure = replace(last.measure, cue="inherited")
    elif _BY_DATE.match(figure.words.right) and _BY_DATE.search(gap) and last.unit == figure.unit == "%":
        figure.measure, figure.role = replace(last.measure, cue="listed"), last.role


_HELD = re.compile(r"\b(?:against|versus|compared\s(?:to|with)|than|from)\s(?:only\s|just\s)?$", re.IGNORECASE)
_THEN = re.compile(expand(r"\s*(?:in|of|for|at|a)\s(?:the\s)?{earlier}"), re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:the|this|that|its)\s(?:rate|ratio|figure|progress|result)\s(?:is|was|has|stood|stands|reach)"
)


def base_of_last(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """What a per cent is compared with is of its kind: "49.6% of the plan against 56.1% in the same period"."""
    last = earlier[-1]
    if figure.unit != "%" or last.unit != "%" or figure.role.word == "target":
        return
    gap = _gap(flat, last, figure)
    held = _HELD.search(gap) and _THEN.match(figure.words.right) and ";" not in gap
    if held and figure.measure.cue in ("unit", "plan_reached") and last.measure.word in ("attainment", "share"):
        figure.measure = Decision(last.measure.word, "as the one it is compared with", last.measure.text)
    elif figure.measure.cue == "unit" and last.measure.word == "attainment" and _ANAPHOR.search(figure.words.near):
        figure.measure = Decision("attainment", "as the rate before", last.measure.text)


_ALONE = re.compile(
    r"\s*(?:(?:and|while|whereas|but)\s)?(?:the\s)?(?=[A-Z]|[^,;]*:\s*$)(?![^,;]*\b(?:rate|ratio|proportion|coverage|poor|poverty"
    r"|share|growth)\b)[\w\s'-]{2,60}?(?:\s(?:has|had|is|was|only|just|got|with|at|reached|achieved|alone))*\s?:?\s*"
)


def same_rate_elsewhere(figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The plan in a list of places or parts: "Cho Ra has reached 101.2% of the plan, Ba Be city 95.8%"."""
    own = [d for d in earlier if d.role.word != "benchmark" and not d.bracketed]
    last = own[-1] if own else None
    if last is None or last.measure.word != "attainment" or last.role.word == "target" or figure.bracketed:
        return ""
    goes_on = _ALONE.fullmatch(figure.words.near) and not re.match(r"\s(?:or\s\w+\s)?of\b", figure.words.right)
    return last.measure.text if goes_on else ""


_GOT = re.compile(r"\b(?:with|at|got|scored|scoring|earned|earning|and)\s(?:only\s|just\s)?$")


_PLACED = re.compile(
    r"\b(?:lead(?:s|ing)?|led|topp(?:s|ed|ing)|follow(?:s|ed|ing)|lowest|highest|last|bottom)\b", re.IGNORECASE
)


def like_before(figure: Candidate, earlier: Sequence[Candidate], previous: Sequence[Candidate]) -> Decision | None:
    """The measure that the sentence before gives to others: "Lac Hoa led with an index of 91%. Da Khe had 82%".

    An attainment goes on only where units are placed: "The disbursement rate was 61%. Leading is Ba Vach with 98%".
    """
    others = [d for d in (*previous, *earlier) if d.unit == "%" and d.role.word != "benchmark"]
    measures = {d.measure.word for d in others}
    placed = measures == {"score"} or (measures == {"attainment"} and _PLACED.search(figure.words.wide))
    if not placed or not _GOT.search(figure.words.near):
        return None
    return Decision(others[-1].measure.word, "as the one before", others[-1].measure.text)


def plan_of_items(figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The plan that items of a sum are held against: "612 billion, 61% of the estimate, of which fees 205 (52%)".

    Not where the per cent is what the item makes of the sum.
    """
    item = earlier[-1]
    beside = figure.bracketed or not figure.words.near.strip()
    sums = [(d, n) for n, d in enumerate(earlier[:-1]) if d.unit == item.unit and d.is_level and d.number.value > 0]
    if item.unit not in _MONEY or not beside or not sums:
        return ""
    shares = (abs(100 * item.number.value / whole.number.value - figure.number.value) for whole, _ in sums)
    if any(gap <= 2 * figure.number.step for gap in shares):
        return ""
    following = (next((d for d in earlier[n + 1 :] if d.unit == "%"), None) for _, n in sums)
    return next((d.measure.text for d in following if d is not None and d.measure.word == "attainment"), "")


_BEYOND = re.compile(r"(?:exceed|surpass)(?:ed|ing)\b", re.IGNORECASE)


def beyond_plan(flat: str, figure: Candidate, last: Candidate, following: Sequence[Candidate]) -> None:
    """By how much a plan was passed, as the per cent after it shows: "812, exceeding 212 and reaching 135% of it"."""
    number, then = figure.number, following[0] if following else None
    counts = figure.measure.word == "amount" and figure.unit == last.unit and 0 < number.value < last.number.value
    if not counts or not _BEYOND.match(flat, number.opens):
        return
    ratio = 100 * last.number.value / (last.number.value - number.value)
    shown = (
        then is not None and then.measure.word == "attainment" and abs(ratio - then.number.value) <= then.number.step
    )
    small = then is None and 3 * number.value < last.number.value  # nobody says that 1,630 is more than 130
    if shown or small:
        figure.number = replace(number, qualifier="exact", qualifier_start=-1)
        figure.measure = Decision("margin", "beyond the plan", flat[number.opens : number.start].strip())
        if last.measure.word == "change":
            last.measure = Decision("amount", "cut against a plan", last.measure.text)


_OF_COUNT = ("unit", "growth_rate", "plan_reached")


def share_of_count(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """The per cent that N of M makes: a share where M is no plan, "301/417 of them are young, or 72.2 per cent"."""
    counted = next((d for d in reversed(earlier[-2:]) if d.number.out_of), None)
    if counted is None or figure.unit != "%" or figure.measure.cue not in _OF_COUNT or figure.role.word == "target":
        return
    assert counted.number.out_of is not None
    gap = abs(100 * counted.number.value / counted.number.out_of - figure.number.value)
    if gap <= figure.number.step and whole_of(counted) == "part" and ";" not in _gap(flat, counted, figure):
        figure.measure = Decision("share", "N of M", counted.number.text)


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


def capital_before(flat: str, figure: Candidate, last: Candidate) -> None:
    """The capital that something was disbursed of is the plan: "capital is 4,705 billion VND, disbursed 1,398"."""
    amounts = (
        figure.measure.word == last.measure.word == "amount" and figure.unit == last.unit and figure.unit in _MONEY
    )
    if not amounts or last.role.word != "achieved" or figure.role.word != "achieved":
        return
    gap = _gap(flat, last, figure)
    if _OF_THE.fullmatch(gap) and _GIVEN.match(figure.words.right):
        figure.role = Decision("target", "out of", figure.words.right.strip()[:40])
        return
    if _ALL_OF.search(last.words.near) and _GIVEN.match(last.words.right):
        last.role = Decision("target", "out of", last.words.right.strip()[:40])
        return
    spent = _DISBURSED.fullmatch(gap) or (_OF_WHICH.fullmatch(gap) and _WAS_DISBURSED.match(figure.words.right))
    part = figure.number.value <= last.number.value and spent
    if part and _CAPITAL.search(last.words.wide[-90:]):
        last.role = Decision("target", "capital to disburse", gap.strip())


def _gap(flat: str, one: Candidate, other: Candidate) -> str:
    return flat[one.number.end : other.number.opens]
