"""A bare per cent and its neighbours in, out whether it is one of a plan: "reached 114.6%", "fees 205 billion (52.6%)".

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("By June it had disbursed 79.6 billion VND, i.e. 67.3%.")
>>> figures[["value", "measure"]].values.tolist()
[[79600000000.0, 'amount'], [67.3, 'attainment']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.extraction.yardsticks import whole_of
from analysis.lexicon import phrase
from analysis.reading.article import Passage

__all__ = [
    "before_its_plan",
    "beyond_plan",
    "capital_before",
    "cut_against_plan",
    "is_bare_rate",
    "is_on_spending",
    "plan_of_percent",
]

_PLAN_WORD = re.compile(expand(r"\b{plan}\b"), re.IGNORECASE)
_REACHED = phrase("reached_before_percent")
_ASSIGNED = re.compile(r"\b(?:assigned|planned|allocated)\b", re.IGNORECASE)
_OCCUPANCY = re.compile(r"\boccupancy\b[^;]*$", re.IGNORECASE)
_OF = re.compile(r"\s*of\b")


def plan_of_percent(
    flat: str, figure: Candidate, earlier: Sequence[Candidate], heading: str, previous: Sequence[Candidate]
) -> Decision | None:
    """That a bare per cent is an attainment, with the words that name its plan; None where it is a share.

    Args:
        flat: the plain text.
        figure: the per cent.
        earlier: the figures before it in its sentence.
        heading: the heading that the sentence stands under, or nothing.
        previous: the figures of the sentence before.
    """
    if _OCCUPANCY.search(figure.words.sentence):
        return None
    if below := _listed_below_plan(flat, figure, earlier):
        return Decision("attainment", "listed", below)
    plan = (
        _beside_its_amount(flat, figure, earlier, heading)
        or _part_disbursed(flat, figure, earlier)
        or _plan_of_whole(figure, earlier, previous)
        or _plan_of_list(figure, earlier)
    )
    return Decision("attainment", "inherited", plan) if plan else None


def _beside_its_amount(flat: str, figure: Candidate, earlier: Sequence[Candidate], heading: str) -> str:
    """The words that name the plan of which a bare per cent is a part, nothing where it is a share."""
    reached = _REACHED.search(figure.words.near)
    amount = earlier[-1] if earlier else None
    if amount is not None and amount.role.cue == "out of":
        return amount.role.text
    if amount is None or amount.measure.word != "amount" or not amount.is_level:
        return ""
    if amount.number.out_of is not None and ":" in flat[amount.number.end : figure.number.opens]:
        return ""  # "3/3 targets were met: the rate of coverage reached 99%" lists what they are
    if plan := _plan_of_items(figure, earlier):
        return plan
    sibling = next((d for d in reversed(earlier) if d.unit == "%" and d.measure.word in ("attainment", "share")), None)
    if sibling and sibling.measure.word == "attainment" and (reached or sibling.bracketed == figure.bracketed):
        return sibling.measure.text
    if reached and any(d.role.word == "target" and d.unit == amount.unit for d in earlier):
        return figure.words.near.strip()
    if reached and (_PLAN_WORD.search(heading) or whole_of(amount) == "target" or _names_plan(figure.words.wide)):
        return heading[-60:] or figure.words.near.strip()
    assigned = _ASSIGNED.search(flat, amount.number.end, figure.number.start) if amount.number.out_of else None
    beside = figure.bracketed or not figure.words.near.strip()
    return assigned.group() if beside and assigned else ""


def _names_plan(words: str) -> bool:
    """Whether words name a plan; the National Target Programs are none, for all their name."""
    return any(not _PROGRAM.match(words, found.end()) for found in _PLAN_WORD.finditer(words))


_PROGRAM = re.compile(r"\s+program", re.IGNORECASE)


def _listed_below_plan(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """Items in a list of those that met or missed their plan: "two did not: fees (96.1%) and taxes (88.4%)"."""
    held = any(d.measure.word == "attainment" for d in earlier)
    items = (d for d in earlier if whole_of(d) == "target" or d.number.out_of or (held and d.unit == "count"))
    counted = next(items, None)
    said = figure.bracketed or _REACHED.search(figure.words.near)
    rated = not figure.bracketed and _RATE_OF_ITS_OWN.search(figure.words.near)
    if rated or not (said and counted) or _HAS_TARGET.match(figure.words.right):
        return ""
    amount = earlier[-1].number
    wholes = [d.number.value for d in earlier[:-1] if d.unit == earlier[-1].unit and d.number.value]
    if any(abs(100 * amount.value / whole - figure.number.value) <= 2 * figure.number.step for whole in wholes):
        return ""  # what the item makes of them all
    plan = _PLAN_WORD.search(flat, counted.number.start, figure.number.start)
    named = _NAMELY.search(flat, plan.end(), figure.number.start) if plan else None
    return plan.group() if plan and named else ""


_RATE_OF_ITS_OWN = re.compile(r"\b(?:rate|ratio|proportion|coverage)\s(?:of|in)\b")
_HAS_TARGET = re.compile(r"\s*[,;:]?\s*(?:the\s)?(?:target|plan|resolution|norm)\b", re.IGNORECASE)
_NAMELY = re.compile(r":|\b(?:such\sas|including|typically|namely|notably)\s")
_SPENT = re.compile(r"\bdisburs(?:e[ds]?|ing|ements?)\b", re.IGNORECASE)
_SPENT_AFTER = re.compile(r"\s?[,)]?\s(?:had|has|have|was|were)\s(?:been\s)?disbursed\b", re.IGNORECASE)
_SAID_OTHERWISE = phrase("said_otherwise")


def _part_disbursed(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The per cent beside an amount disbursed is of the capital: "it had disbursed 79.6 billion VND, i.e. 67.3%"."""
    amounts = [d for d in earlier if d.measure.word == "amount" and is_money(d.unit)]
    amount = next((d for d in reversed(amounts) if figure.bracketed or not d.bracketed), None)
    if amount is None or figure.number.opens - amount.number.end > 60 or not amount.is_level:
        return ""
    spent = _SPENT.search(flat, amount.words.start, figure.number.opens) or _SPENT_AFTER.match(figure.words.right)
    said = figure.bracketed or _SAID_OTHERWISE.search(figure.words.near or figure.words.left)
    return spent.group() if spent and said and not _OF.match(figure.words.right) else ""


def _plan_of_whole(figure: Candidate, earlier: Sequence[Candidate], previous: Sequence[Candidate]) -> str:
    """ "The total is 7,518 billion, 74% of the plan. Of which, farming 3,260, reaching 76%": of its plan, too."""
    amount = earlier[-1] if earlier else None
    if amount is None or not amount.is_level or not _REACHED.search(figure.words.near) or _OF.match(figure.words.right):
        return ""
    plans = [d for d in previous if d.measure.word == "attainment" and d.measure.cue == "percent_of_plan"]
    wholes = [d for d in previous if d.unit == amount.unit and d.is_level and d.number.value]
    gaps = (abs(100 * amount.number.value / d.number.value - figure.number.value) for d in wholes)
    return plans[0].measure.text if plans and all(gap > 2 * figure.number.step for gap in gaps) else ""


def _plan_of_items(figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The plan that items of a sum are held against: "612 billion, 61% of the estimate, of which fees 205 (52%)".

    Not where the per cent is what the item makes of the sum.
    """
    item = earlier[-1]
    beside = figure.bracketed or not figure.words.near.strip()
    sums = [(d, n) for n, d in enumerate(earlier[:-1]) if d.unit == item.unit and d.is_level and d.number.value > 0]
    if not is_money(item.unit) or not beside or not sums:
        return ""
    shares = (abs(100 * item.number.value / whole.number.value - figure.number.value) for whole, _ in sums)
    if any(gap <= 2 * figure.number.step for gap in shares):
        return ""
    following = (next((d for d in earlier[n + 1 :] if d.unit == "%"), None) for _, n in sums)
    return next((d.measure.text for d in following if d is not None and d.measure.word == "attainment"), "")


_ALONE = phrase("place_alone")


def _plan_of_list(figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The plan in a list of places or parts: "Cho Ra has reached 101.2% of the plan, Ba Be city 95.8%"."""
    own = [d for d in earlier if d.role.word != "benchmark" and not d.bracketed]
    last = own[-1] if own else None
    if last is None or last.measure.word != "attainment" or last.role.word == "target" or figure.bracketed:
        return ""
    goes_on = _ALONE.fullmatch(figure.words.near) and not re.match(r"\s(?:or\s\w+\s)?of\b", figure.words.right)
    return last.measure.text if goes_on else ""


_OFTEN = 5  # times that a report on disbursement speaks of it


def is_on_spending(flat: str, body: Sequence[Passage]) -> bool:
    """Whether a report is on how much of its capital was disbursed: its headline says so, and it goes on to."""
    text = flat[body[0].start : body[-1].end] if body else ""
    headline = flat[body[0].start : body[0].end] if body else ""
    return bool(_SPENT.search(headline)) and len(_SPENT.findall(text)) >= _OFTEN


_RATE_OF = re.compile(r"\b(?:rate|average|ratio|progress)\sof\s(?:only\s|about\s)?$", re.IGNORECASE)
_OTHER_RATE = phrase("other_rate")


def is_bare_rate(figure: Candidate) -> bool:
    """Whether a per cent in a report on disbursement is a rate of it: a bracket behind a name, what a unit reached."""
    words = figure.words
    if figure.unit != "%" or figure.measure.word != "share":
        return False
    said = figure.bracketed or _REACHED.search(words.near) or _RATE_OF.search(words.near)
    return bool(said and not _OF.match(words.right) and not _OTHER_RATE.search(words.wide[-120:]))


# --- amounts and per cents that a plan beside them explains ----------------------------------------------------------


def before_its_plan(figures: Sequence[Candidate]) -> None:
    """Bare per cents in brackets before the one that names the plan: "(A: 120%; B: 110% of the estimate)"."""
    for figure, following in zip(figures[-2::-1], figures[:0:-1], strict=True):
        if following.measure.word != "attainment" or following.role.word != figure.role.word:
            continue
        right, cue = figure.words.right, figure.measure.cue
        share = figure.measure.word == "share"
        together = figure.words.bracket == following.words.bracket and not right.strip(" ,").startswith("of")
        bare = share and cue == "unit" and figure.bracketed and together
        pair = right.strip() == "and" and cue in ("unit", "accounting_for")
        if bare or pair or (share and _OF_BUDGET.fullmatch(right)):
            figure.measure = Decision("attainment", "before its plan", following.measure.text)


_OF_BUDGET = phrase("of_budget_and")
_FALL = re.compile(expand(r"\b{down}\b"), re.IGNORECASE)
_SINCE = re.compile(expand(r"\b(?:compared\s(?:to|with)|over|than|from)\s{earlier}"), re.IGNORECASE)


def cut_against_plan(flat: str, figure: Candidate, last: Candidate) -> None:
    """What was cut against a plan for cutting is an amount: "decreased by 1,204 households, 120% of the plan"."""
    counted = last.measure.word == "change" and last.unit not in ("%", "pp", "times", "rank")
    counted = counted and bool(_FALL.search(f"{last.words.near[-60:]} {last.measure.text}"))
    counted = counted and not (last.unit != "count" and _SINCE.search(last.words.right))
    if counted and figure.measure.word == "attainment" and ";" not in flat[last.number.end : figure.number.start]:
        last.measure = Decision("amount", "cut against a plan", last.measure.text)


_BEYOND = re.compile(r"(?:exceed|surpass)(?:ed|ing)\b", re.IGNORECASE)


def beyond_plan(flat: str, figure: Candidate, last: Candidate, following: Sequence[Candidate]) -> None:
    """By how much a plan was passed, as the per cent after it shows: "812, exceeding 212 and reaching 135% of it"."""
    number, then = figure.number, following[0] if following else None
    counts = figure.measure.word == "amount" and figure.unit == last.unit and 0 < number.value < last.number.value
    if not counts or not _BEYOND.match(flat, number.opens):
        return
    ratio = 100 * last.number.value / (last.number.value - number.value)
    of_plan = then is not None and then.measure.word == "attainment"
    shown = of_plan and then is not None and abs(ratio - then.number.value) <= then.number.step
    small = then is None and 3 * number.value < last.number.value  # nobody says that 1,630 is more than 130
    if shown or small:
        figure.number = replace(number, qualifier="exact", qualifier_start=-1)
        figure.measure = Decision("margin", "beyond the plan", flat[number.opens : number.start].strip())
        if last.measure.word == "change":
            last.measure = Decision("amount", "cut against a plan", last.measure.text)


_CAPITAL = re.compile(r"\b(?:capital|funds?|funding|estimate)\b[^,;()]*$", re.IGNORECASE)
_DISBURSED = phrase("of_it_disbursed")
_OF_WHICH_SPENT = re.compile(r"\s?[,;(]\s?of\swhich,?\s", re.IGNORECASE)
_WAS_DISBURSED = re.compile(r"\s(?:ha[sd]|have|was|were)\s(?:already\s)?(?:been\s)?disbursed\b", re.IGNORECASE)
_ALL_OF = re.compile(r"(?:^|[,;]\s)(?:of|out\sof|from)\s(?:the|its)\s(?:total\s(?:of\s)?)?$", re.IGNORECASE)
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|its|a)\s(?:total\s)?", re.IGNORECASE)
_GIVEN = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:assigned|allocated|allotted|planned|approved)\b", re.IGNORECASE)


def capital_before(flat: str, figure: Candidate, last: Candidate) -> None:
    """The capital that something was disbursed of is the plan: "capital is 4,705 billion VND, disbursed 1,398"."""
    amounts = (
        figure.measure.word == last.measure.word == "amount" and figure.unit == last.unit and is_money(figure.unit)
    )
    if not amounts or last.role.word != "achieved" or figure.role.word != "achieved":
        return
    gap = flat[last.number.end : figure.number.opens]
    if _OF_THE.fullmatch(gap) and _GIVEN.match(figure.words.right):
        figure.role = Decision("target", "out of", figure.words.right.strip()[:40])
        return
    if _ALL_OF.search(last.words.near) and _GIVEN.match(last.words.right):
        last.role = Decision("target", "out of", last.words.right.strip()[:40])
        return
    spent = _DISBURSED.fullmatch(gap) or (_OF_WHICH_SPENT.fullmatch(gap) and _WAS_DISBURSED.match(figure.words.right))
    part = figure.number.value <= last.number.value and spent
    if part and _CAPITAL.search(last.words.wide[-90:]):
        last.role = Decision("target", "capital to disburse", gap.strip())
