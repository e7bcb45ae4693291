"""Figures beside each other in, out what is told of a plan: a bare per cent of one, a margin, an estimate of a result.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("By June it had disbursed 79.6 billion VND, i.e. 67.3%.")
>>> figures[["value", "measure"]].values.tolist()
[[79600000000.0, 'amount'], [67.3, 'attainment']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from analysis.currencies import is_money
from analysis.extraction.candidate import LEVELS, Candidate
from analysis.extraction.cues import Decision, expand
from analysis.extraction.links_of_aims import BEYOND_TARGET
from analysis.extraction.plan_lists import listed_below_plan, names_plan, plan_of_item
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = [
    "before_its_plan",
    "beside_its_level",
    "beyond_plan",
    "beyond_target",
    "by_arithmetic",
    "estimate_of_result",
    "of_amount",
    "out_of_plan",
    "over_plan_of",
    "plan_of_percent",
    "will_reach",
]

_PLAN_WORD = Sifted(expand(r"\b{plan}\b"), re.IGNORECASE)
_REACHED = phrase("reached_before_percent")
_ASSIGNED = Sifted(r"\b(?:assigned|planned|allocated)\b", re.IGNORECASE)
_OF = re.compile(r"\s*of\b")
_OF_WHOLE = re.compile(
    r"\s*of\s(?:its|their|all|(?:(?:the\s)?[A-Z][\w'’ -]*['’]s|the)\s(?:total|overall|whole|entire))\s[a-z]"
)
_PARTICIPLE = Sifted(expand(r"^\W*{reaching}(?:\s(?:only|about|at|a\srate\sof))*\s*$"))


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
    if below := listed_below_plan(flat, figure, earlier):
        return Decision("attainment", "listed", below)
    plan = (
        _beside_its_amount(flat, figure, earlier, heading, previous)
        or _part_disbursed(flat, figure, earlier)
        or plan_of_item(figure, earlier)
    )
    return Decision("attainment", "inherited", plan) if plan else None


def _beside_its_amount(
    flat: str, figure: Candidate, earlier: Sequence[Candidate], heading: str, previous: Sequence[Candidate]
) -> str:
    """The words that name the plan of which a bare per cent is a part, nothing where it is a share."""
    reached = _REACHED.search(figure.words.near)
    before = list(earlier)
    while before and before[-1].measure.word == "change" and before[-1].unit == "%":
        before.pop()  # "18,260 billion VND, up 9.4%, reaching 97%"
    amount = before[-1] if before else None
    if amount is not None and amount.role.cue == "out of":
        return amount.role.text
    if amount is None or amount.measure.word != "amount" or not amount.is_level:
        return ""
    if amount.number.out_of is not None and ":" in flat[amount.number.end : figure.number.opens]:
        return ""  # "3/3 targets were met: the rate of coverage reached 99%" lists what they are
    if _OF_WHOLE.match(figure.words.right) and not names_plan(figure.words.right):
        return ""  # "62% of the plan, worth 22 million USD, or 18% of its exports" says of what it is a share
    sibling = next((d for d in reversed(earlier) if d.measure.word in ("attainment", "share")), None)
    alike = sibling is not None and (reached or sibling.bracketed == figure.bracketed)
    if sibling and sibling.measure.word == "attainment" and (alike or _is_no_part(figure, amount, earlier)):
        return sibling.measure.text
    if reached and (_PLAN_WORD.search(heading) or names_plan(figure.words.wide)):
        return heading[-60:] or figure.words.near.strip()
    aimed = any(d.role.word == "target" or d.measure.word in ("attainment", "margin") for d in previous)
    if aimed and _REACHING.search(figure.words.near):
        return figure.words.near.strip()  # "An Khe admitted 104 (plan 95). ... Ban Mai 44 members, reaching 48.9%"
    if amount.unit != "count" and _PARTICIPLE.search(figure.words.near) and not _OF.match(figure.words.right):
        return figure.words.near.strip()  # no amount of money or rice reaches a share
    assigned = _ASSIGNED.search(flat, amount.number.end, figure.number.start) if amount.number.out_of else None
    return assigned.group() if assigned else ""


_REACHING = Sifted(expand(r"\b{reaching}\s(?:(?:only|about|over|nearly)\s)?$"))


def _is_no_part(figure: Candidate, amount: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a bracket is not what its amount makes of those before: "118 tons, 69% of plan, of which 62 (64%)"."""
    wholes = [d.number.value for d in earlier if d is not amount and d.unit == amount.unit and d.is_level]
    near = 2 * figure.number.step
    makes = any(abs(100 * amount.number.value / whole - figure.number.value) <= near for whole in wholes if whole)
    return figure.bracketed and bool(wholes) and not makes


_SPENT = Sifted(r"\bdisburs(?:e[ds]?|ing|ements?)\b", re.IGNORECASE)
_SAID_OTHERWISE = phrase("said_otherwise")
_BEHIND_AMOUNT = re.compile(r",\s")


def _part_disbursed(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> str:
    """The per cent beside an amount disbursed is of the capital: "it had disbursed 79.6 billion VND, i.e. 67.3%"."""
    amounts = [d for d in earlier if d.measure.word == "amount" and is_money(d.unit)]
    amount = next((d for d in reversed(amounts) if figure.bracketed or not d.bracketed), None)
    if amount is None or figure.number.opens - amount.number.end > 60 or not amount.is_level:
        return ""
    spent = _SPENT.search(flat, amount.words.start, figure.number.opens)
    behind = _BEHIND_AMOUNT.fullmatch(flat, amount.number.end, figure.number.opens)
    said = figure.bracketed or behind or _SAID_OTHERWISE.search(figure.words.near or figure.words.left)
    return spent.group() if spent and said and not _OF.match(figure.words.right) else ""


# --- amounts and per cents that a plan beside them explains ----------------------------------------------------------


def before_its_plan(figures: Sequence[Candidate]) -> None:
    """Bare per cents in brackets before the one that names the plan: "(A: 120%; B: 110% of the estimate)"."""
    for figure, following in zip(figures[-2::-1], figures[:0:-1], strict=True):
        if following.measure.word not in ("attainment", "margin") or following.role.word != figure.role.word:
            continue
        if following.unit != figure.unit:
            continue  # "(78%, exceeding 8 houses)"
        right, cue = figure.words.right, figure.measure.cue
        share = figure.measure.word == "share"
        together = figure.words.bracket == following.words.bracket and not right.strip(" ,").startswith("of")
        bare = share and cue == "unit" and figure.bracketed and together
        pair = right.strip() == "and" and cue in ("unit", "accounting_for")
        if bare or pair or (share and _OF_BUDGET.fullmatch(right)):
            figure.measure = Decision(following.measure.word, "before its plan", following.measure.text)


_OF_BUDGET = phrase("of_budget_and")


_OF_THE = re.compile(r"\s(?:\w+\s){0,2}?of\s(?:the|its|their|an?)\s(?:[a-z-]+\s){0,2}?")
_TO_SPEND = re.compile(
    r"\s(?:\w+\s)?(?:allocated|allotted|budgeted|earmarked|planned|approved|targeted|assigned|set\s(?:for|by|in))\b"
    r"|\s(?:that\s)?(?:it|they)\s(?:is|are|was|were|has|have|had)\sto\s(?:spend|disburse|use)\b",
    re.IGNORECASE,
)


def of_amount(flat: str, figure: Candidate, following: Sequence[Candidate]) -> None:
    """The plan that stands behind its per cent: "63% of the 185 billion allocated", "12% of the planned 86 ha"."""
    whole = following[0] if following else None
    open_ = figure.unit == "%" and figure.measure.word == "share" and figure.role.word != "target"
    if whole is None or not open_ or not _OF_THE.fullmatch(flat, figure.number.end, whole.number.opens):
        return
    if whole.measure.word == "amount" and _TO_SPEND.match(whole.words.right):
        whole.role = Decision("target", "allocated", whole.words.right.strip()[:40])
    if whole.role.word == "target":
        figure.measure = Decision("attainment", "of its plan", whole.role.text)


def beside_its_level(flat: str, figure: Candidate, following: Sequence[Candidate]) -> None:
    """A rate held against the rate that its plan asks for is no part of the plan: "95.2% against the target of 95%"."""
    level = following[0] if following else None
    told = figure.unit == "%" and figure.measure.word in ("attainment", "margin")
    if level is None or not told or level.unit != "%" or level.role.word != "target":
        return
    if _HELD_AGAINST.fullmatch(flat, figure.number.end, level.number.opens):
        measure = "change" if _GROWTH.search(figure.words.wide) else "share"
        figure.measure = Decision(measure, "beside its target", level.role.text)


_HELD_AGAINST = re.compile(
    expand(r"\s(?:against|over|versus|vs\.?|(?:as\s)?{compared})\s[^,;.(]{1,60}")
    + r"(?:\s(?:of|at|is|was)|\s?\(|(?<=\splan)|(?<=\starget)|(?<=\sgoal))"
    r"(?:\s?(?:over|about|at\sleast|more\sthan))?\s?"
)
_GROWTH = re.compile(
    r"\b(?:growth|gr[eo]w|(?:go(?:es)?|went)\sup(?!\sto\b)"
    r"|(?:rises?|rose|increase[sd]?|f[ae]lls?|declined)(?!\sto\b))\b",
    re.IGNORECASE,
)
_BEYOND = Sifted(r"\b(?:(?:exceed|surpass|over-?pass)ing|going\s(?:past|beyond))\s$", re.IGNORECASE)


def beyond_plan(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """By how much a plan was passed: "812 members, exceeding 37"; nobody says that 812 is more than 37.

    What a bracket gives right behind a result that is little more is the plan itself: "812 members (exceeding 790)".
    """
    number = figure.number
    levels = [d for d in earlier if not (figure.bracketed and d.words.bracket == figure.words.bracket)]
    last = levels[-1] if levels else earlier[-1]  # "118 communes (79%, exceeding 8 communes)"
    alike = (figure.unit == last.unit and last.is_level) or last.measure.word == "change" == figure.measure.word
    if alike and last.number.value < 3 * number.value <= 3 * last.number.value:
        told = _PASSED.fullmatch(flat, last.number.end, number.start)
        if told and _ENDS.match(flat, number.end):  # not "(exceeding 790 in 2019)"
            figure.role, figure.about = Decision("target", "passed in a bracket", told.group().strip(" (")), last
            figure.measure = Decision(last.measure.word, "as its result", last.measure.text)
        return
    counts = figure.measure.word == "amount" == last.measure.word and figure.unit == last.unit
    before = flat[max(last.number.end, number.start - 30) : number.start]
    if counts and 0 < 3 * number.value < last.number.value and _BEYOND.search(before):
        figure.number = replace(number, qualifier="exact", qualifier_start=-1)
        figure.measure = Decision("margin", "beyond the plan", flat[number.opens : number.start].strip())


_ENDS = re.compile(r"\s?[);]")
_PASSED = re.compile(expand(r"\s\({pass}\s(?:about\s|over\s)?"))


def beyond_target(figures: Sequence[Candidate]) -> None:
    """More than a number that was aimed at is a gap to it: "rose by 11.1%, 1.6% above the 9.5% targeted"."""
    for gap, target in pairwise(figures):
        level = _MOVED_BY.search(gap.words.near)  # "rose by 5.2%, higher than the 5% planned"
        if target.role.word == "target" and gap.measure.cue == "more_than_number" and not level:
            gap.measure = Decision("margin", BEYOND_TARGET, gap.measure.text)


def over_plan_of(flat: str, figures: Sequence[Candidate]) -> None:
    """What was done over a plan that is nearly as large is no gap to it: "sowed 8,346 ha over the plan of 8,150 ha"."""
    for figure, plan in pairwise(figures):
        large = figure.unit == plan.unit and 2 * figure.number.value > plan.number.value
        over = plan.role.word == "target" and figure.measure.cue == "more_than_plan"
        if over and large and _OVER_PLAN_OF.fullmatch(flat, figure.number.end, plan.number.opens):
            figure.measure = Decision("amount", "over its plan", figure.measure.text)


_OVER_PLAN_OF = re.compile(r"\s(?:over|above)\s(?:the|its)\s(?:\w+\s)?plan\sof\s", re.IGNORECASE)
_MOVED_BY = Sifted(expand(r"\b(?:{up}|{down})\s(?:by|of|at)\s(?:(?:about|over|nearly|only)\s)?$"), re.IGNORECASE)
_WILL = ("will", "will_follow")


_TO = re.compile(r"\sto\s(?:about\s|over\s)?")


def will_reach(flat: str, figures: Sequence[Candidate], n: int) -> None:
    """What "will" reach so much of its plan, or pass it, is an estimate and no aim: "will be 90 tons, 104% of plan"."""
    for one in _passing(figures, n) or _estimated(flat, figures, n):
        one.role = Decision("projected", one.role.cue, one.role.text)


def _passing(figures: Sequence[Candidate], n: int) -> list[Candidate]:
    """What will pass the target in the bracket behind it: "will have 18 km (exceeding the target of 16 km)"."""
    figure = figures[n]
    if not figure.bracketed or figure.role.word != "target" or not _PASSES.search(figure.words.near):
        return []
    return [d for d in _level_beside(figures, n) if d.role.cue in _WILL]


def _estimated(flat: str, figures: Sequence[Candidate], n: int) -> list[Candidate]:
    """A per cent of a plan, or a gap to it, that will be reached, and the level that is as much."""
    figure = figures[n]
    of_plan = figure.bracketed and figure.measure.word == "attainment"  # "will build 12 houses (120% of the plan)"
    if figure.measure.word not in ("margin", "attainment") or not (of_plan or figure.role.cue in _WILL):
        return []
    levels = _level_beside(figures, n)
    if _TO.fullmatch(flat[figure.number.end : figures[n + 1].number.opens] if n + 1 < len(figures) else ""):
        levels = [figures[n + 1]]  # "will surpass the plan by 2% to 11 billion"
    levels = [d for d in levels if d.role.cue in _WILL]
    goes_on = any(d.role.word == "projected" for d in figures[:n])  # "is expected to reach 87%; fees will reach 70%"
    return [figure, *levels] if figure.measure.word == "margin" or levels or goes_on else []


def _level_beside(figures: Sequence[Candidate], n: int) -> list[Candidate]:
    """The last level before a figure, outside of its bracket; none where there is none."""
    levels = (d for d in reversed(figures[:n]) if d.measure.word in LEVELS and d.bracketed <= figures[n].bracketed)
    return [*islice(levels, 1)]


_PASSES = Sifted(expand(r"\({pass}\s(?:the|its)\s(?:[\w-]+\s)*?{plan}\s(?:of|by)\s"), re.IGNORECASE)


def estimate_of_result(flat: str, figures: Sequence[Candidate]) -> None:
    """An estimate told as so much of a plan is one of the result: "the estimate for 2025 is 16 tons, 94% of plan"."""
    for n, level in enumerate(figures):
        if level.role.cue != "plan_of" or not level.role.text.lower().startswith("estimate") or level.bracketed:
            continue
        beside = takewhile(lambda d: d.measure.word in ("margin", "attainment"), figures[n + 1 :])
        goes_on = [d for d in beside if not _NEXT.search(flat, level.number.end, d.number.start)]
        if level.measure.word in LEVELS and any(d.measure.word == "attainment" for d in goes_on):
            for one in (level, *goes_on):
                one.role = Decision("projected", "estimate of a result", level.role.text)


_NEXT = re.compile(r"[;:]|\b(?:but|while|whereas|and)\b")


def out_of_plan(flat: str, figures: Sequence[Candidate]) -> None:
    """The plan that a result is told out of, with the per cent of it: "121 billion of the 361 billion, reaching 33%".

    A result out of a number that no per cent of a plan follows may be a part of it.
    """
    for done, plan, reached in zip(figures, figures[1:], figures[2:], strict=False):
        alike = done.unit == plan.unit and is_money(done.unit) and done.number.value < plan.number.value
        open_ = alike and done.role.word == plan.role.word == "achieved" and reached.measure.word == "attainment"
        told = open_ and _OUT_OF.fullmatch(flat, done.number.end, plan.number.opens)
        if told and _THEN.fullmatch(flat, plan.number.end, reached.number.opens):
            plan.role = Decision("target", "out of", flat[done.number.end : plan.number.opens].strip())


_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|a\s)?(?:total\s(?:of\s)?)?(?:over\s|nearly\s)?")
_THEN = re.compile(
    r",\s(?:reaching|achieving|attaining|equal(?:ling)?\sto|equivalent\sto|or|hitting)\s(?:only\s|about\s|nearly\s|over\s)?"
)


def by_arithmetic(flat: str, figures: Sequence[Candidate]) -> None:
    """A bare per cent that works out as what was reached of a target beside it: "set 88 tons, got 71 tons (80.7%)"."""
    for three in zip(figures, figures[1:], figures[2:], strict=False):
        _plan_between(*three)
    for figure in figures:
        _given_beside(figure, figures)
        bare = figure.unit == "%" and figure.measure.cue == "unit" and figure.measure.word == "share"
        if not bare or figure.role.word == "target":
            continue
        for target in (d for d in figures if d.role.word == "target" and d.number.value and d.about is not None):
            level = target.about
            before = level is not None and level.number.end <= figure.number.start and level.unit == target.unit
            if level is None or not before or level.unit in ("%", "pp"):
                continue
            if abs(100 * level.number.value / target.number.value - figure.number.value) <= figure.number.step:
                figure.about, figure.measure = level, Decision("attainment", "by arithmetic", target.number.text)


def _plan_between(level: Candidate, plan: Candidate, percent: Candidate) -> None:
    """The plan in a bracket between a result and the per cent that it is of it: "in 2015, 14.87 (7.1 billion), 209.4%".

    The result's scale is that of its plan where it has none and the per cent bears it out.
    """
    bare = percent.unit == "%" and percent.measure.cue == "unit" and not percent.bracketed and level.is_level
    amounts = level.unit == plan.unit and level.unit not in ("%", "pp") and plan.measure.word == "amount"
    if not bare or not amounts or not plan.bracketed or level.bracketed or plan.role.word != "achieved":
        return
    unscaled = is_money(level.unit) and not level.number.scaled and plan.number.scaled
    factor = plan.number.factor if unscaled else 1
    value = level.number.value * factor
    if plan.number.value and abs(100 * value / plan.number.value - percent.number.value) <= percent.number.step:
        level.number = replace(level.number, value=value, step=level.number.step * factor, scaled=plan.number.scaled)
        plan.role, plan.about = Decision("target", "by arithmetic", percent.number.text), level
        percent.about, percent.measure = level, Decision("attainment", "by arithmetic", plan.number.text)


def _given_beside(figure: Candidate, figures: Sequence[Candidate]) -> None:
    """Money told before, or in a bracket behind, is the plan of which its per cent is.

    "It was given 512 billion, spent 243, 47.5% of the plan"; "it spent 243 billion, 47.5% of the plan (council: 512)".
    """
    spent = figure.about
    if figure.unit != "%" or figure.measure.word != "attainment" or figure.role.word == "target":
        return
    if spent is None or not is_money(spent.unit) or spent.bracketed or spent.part_of is not None:
        return
    behind = (d for d in figures if d.bracketed and spent.number.end < d.number.start)
    before = (d for d in figures if d.number.end <= spent.number.start)
    for given in (d for d in (*before, *behind) if d.unit == spent.unit):
        open_ = given.role.word == "achieved" and given.measure.word == "amount" and given.number.value
        if not open_ or any(d.about is given for d in figures):
            continue
        if abs(100 * spent.number.value / given.number.value - figure.number.value) <= figure.number.step:
            given.role, given.about = Decision("target", "by arithmetic", figure.number.text), spent
