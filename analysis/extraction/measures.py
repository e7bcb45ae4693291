"""What a figure takes over from its neighbours: a bare per cent its denominator, a bracket its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction import siblings
from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.extraction.denominators import denominator, is_bare_rate

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
    flat: str, figures: Sequence[Candidate], heading: str, previous: Sequence[Candidate], spending: bool = False
) -> None:
    """Settle what the words beside a figure leave open, in the order of the text.

    Args:
        flat: the plain text.
        figures: the figures of one sentence.
        heading: the heading that it stands under, or nothing.
        previous: the figures of the sentence before.
        spending: whether the report is on the disbursement of capital.
    """
    carried = previous and _OF_WHICH.match(flat, figures[0].words.start if figures else 0)
    for n, figure in enumerate(figures):
        earlier = figures[:n]
        last = earlier[-1] if earlier else None
        siblings.in_dong(figure)
        if carried and figure.role.word == "achieved" and _role_goes_on(flat, figure, previous[0]):
            figure.role = previous[0].role
        if last is not None:
            amount = next((d for d in reversed(earlier) if d.measure.word == "amount"), last)
            _role_from_last(flat, figure, last, amount)
            siblings.capital_before(flat, figure, last)
            _cut_against_plan(flat, figure, last)
            siblings.listed_with_last(flat, figure, last)
            siblings.base_of_last(flat, figure, earlier)
            siblings.beyond_plan(flat, figure, last, figures[n + 1 : n + 2])
        open_share = figure.measure.cue == "unit" and figure.measure.word == "share"
        if (open_share and figure.role.word != "target") or _by_in_a_list(figure, earlier):
            _measure_of_percent(flat, figure, earlier, heading, previous)
        siblings.share_of_count(flat, figure, earlier)
        if spending and figure.measure.cue == "unit" and figure.role.word != "target" and is_bare_rate(figure):
            figure.measure = Decision("attainment", "topic of the report", "disbursement")
    _before_its_plan(figures)


_REPORTED = re.compile(r"\b(?:reached|achieved|was|were|ha[sd]|have|disbursed|collected)\b", re.IGNORECASE)


def _role_goes_on(flat: str, figure: Candidate, before: Candidate) -> bool:
    """Whether "Of which, ..." goes on with what was projected, or aimed at, in the sentence before."""
    if before.role.word == "target":
        return not _REPORTED.search(flat, figure.words.start, figure.number.start)
    return before.role.word == "projected"


def _before_its_plan(figures: Sequence[Candidate]) -> None:
    """Bare per cents in brackets before the one that names the plan: "(A: 120%; B: 110% of the estimate)"."""
    for figure, following in zip(figures[-2::-1], figures[:0:-1], strict=True):
        bare = figure.measure.word == "share" and figure.measure.cue == "unit" and figure.bracketed
        together = figure.words.bracket == following.words.bracket and not figure.words.right.strip(" ,").startswith(
            "of"
        )
        if following.measure.word != "attainment" or following.role.word != figure.role.word:
            continue
        pair = figure.words.right.strip() == "and" and figure.measure.cue in ("unit", "accounting_for")
        if (bare and together) or pair or (figure.measure.word == "share" and _OF_BUDGET.fullmatch(figure.words.right)):
            figure.measure = Decision("attainment", "before its plan", following.measure.text)


_OF_BUDGET = re.compile(r"\s*of\s(?:the\s)?(?:[\w'-]+\s){0,3}?budget(?:\sestimates?)?\s?,?\sand\s", re.IGNORECASE)


_FALL = re.compile(expand(r"\b{down}\b"), re.IGNORECASE)
_SINCE = re.compile(expand(r"\b(?:compared\s(?:to|with)|over|than|from)\s{earlier}"), re.IGNORECASE)


def _cut_against_plan(flat: str, figure: Candidate, last: Candidate) -> None:
    """What was cut against a plan for cutting is an amount: "decreased by 1,204 households, 120% of the plan"."""
    counted = last.measure.word == "change" and last.unit not in ("%", "pp", "times", "rank")
    counted = counted and bool(_FALL.search(f"{last.words.near[-60:]} {last.measure.text}"))
    counted = counted and not (last.unit != "count" and _SINCE.search(last.words.right))
    if counted and figure.measure.word == "attainment" and ";" not in flat[last.number.end : figure.number.start]:
        last.measure = Decision("amount", "cut against a plan", last.measure.text)


def _role_from_last(flat: str, figure: Candidate, last: Candidate, amount: Candidate) -> None:
    """A bracket with an amount in another currency, or after a per cent of a plan; X out of the Y allocated."""
    bracketed = _ONLY_BRACKET.fullmatch(flat, last.number.end, figure.number.opens)
    amounts = figure.measure.word == last.measure.word == "amount"
    if figure.role.word != "achieved":
        return
    if bracketed and amounts and figure.unit != last.unit and {figure.unit, last.unit} <= set(_MONEY):
        figure.role = last.role
    elif (
        bracketed
        and last.measure.word == "attainment"
        and figure.measure.word == "amount"
        and last.role.word == "achieved"
    ):
        figure.role = Decision("target", "bracket after its attainment", last.measure.text)
    elif amounts and last.role.word == "target" and figure.unit == last.unit and _part_of_plan(flat, figure, last):
        figure.role = last.role
    elif (
        figure.measure.word == "amount"
        and figure.unit == amount.unit
        and figure.unit in _MONEY
        and _OUT_OF.search(figure.words.near)
    ):
        figure.role = Decision("target", "out of", figure.words.near.strip())


def _part_of_plan(flat: str, figure: Candidate, last: Candidate) -> bool:
    """A part of what is planned is planned: "the plan is 8,946 billion VND, including 365 billion from 2023"."""
    between = flat[last.number.end : figure.number.opens]
    return bool(_INCLUDING.fullmatch(between)) and not _DONE.match(figure.words.right)


def _by_in_a_list(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a list of changes goes on: "the index rose by 9.6% in August, in the 8 months by 7.83%"."""
    open_ = figure.unit == "%" and figure.measure.cue in ("unit", "score_subject")
    changed = any(d.unit == "%" and d.measure.word == "change" for d in earlier)
    return bool(open_ and changed and _BY.search(figure.words.near))


def _measure_of_percent(
    flat: str, figure: Candidate, earlier: Sequence[Candidate], heading: str, previous: Sequence[Candidate]
) -> None:
    """A bare per cent: "(122.8 per cent)", "reaching 58.5%", "services by 6.05%", "than in 2023 (94.9%)"."""
    percents = [d for d in earlier if d.unit == "%"]
    if _EARLIER_BRACKET.search(flat[figure.words.start : figure.number.opens][-60:]):
        found = next(
            (d for d in reversed(percents) if d.is_level or d.measure.word == "attainment"),
            percents[-1] if percents else None,
        )
        if found:
            figure.measure = Decision(found.measure.word, "as the one it is compared with", found.measure.text)
        return
    if _by_in_a_list(figure, earlier) or _goes_on(figure, earlier):
        figure.measure = Decision("change", "inherited", figure.words.near.strip())
        return
    last = earlier[-1] if earlier else None
    if last and last.measure.word == "change" and last.unit != "%" and _APPOSED.search(figure.words.near):
        figure.measure = Decision("change", "as the change before", last.measure.text)
        return
    if plan := denominator(flat, figure, earlier, heading, previous):
        figure.measure = plan
    elif alike := siblings.like_before(figure, earlier, previous):
        figure.measure = alike


_APPOSED = re.compile(r"^\s*(?:equal|equivalent|or\b|i\.e)", re.IGNORECASE)


def _goes_on(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a list of changes goes on without its verb: "agriculture grew by 3.5%, industry 12.1%"."""
    last = earlier[-1] if earlier else None
    if last is None or last.unit != "%" or last.measure.word != "change" or last.bracketed != figure.bracketed:
        return False
    same_clause = last.words.clause == figure.words.clause or figure.words.clause - last.number.end < 3
    return bool(same_clause and _ITEM.fullmatch(figure.words.near) and not figure.words.right.startswith(" of "))


def _in_points(figure: Candidate) -> bool:
    """Whether a change in per cent is that of a rate in per cent: "the poverty rate fell by 0.5%"."""
    if figure.measure.cue in ("percent_of_earlier", "growth_rate", "signed") or figure.number.value >= 50:
        return False
    about = figure.about
    if about is not None and about.unit in ("%", "pp"):
        return about.unit == "pp" or about.measure.word in ("share", "score")
    return about is None and bool(_RATE.search(figure.words.wide[-90:]))


def from_sentence_before(figure: Candidate, before: Candidate | None) -> None:
    """Somebody else's level alone in its sentence stands beside the level told before: "The average was 86.9%"."""
    alone = figure.role.word == "benchmark" and figure.about is None and figure.measure.cue == "unit"
    if alone and before is not None and before.unit == figure.unit and figure.measure.word in ("share", "amount"):
        figure.about, figure.measure = before, Decision(before.measure.word, "as its result", before.measure.text)


def after_links(figure: Candidate) -> None:
    """What follows from the figure that another one is about: its role, and the measure and unit of a target."""
    if figure.measure.word == "score" and figure.unit == "count":
        figure.unit = "point"
    about = figure.about
    if figure.measure.word == "change" and figure.unit == "%" and _in_points(figure):
        figure.unit = "pp"
    if about is None:
        return
    if figure.role.word == "achieved" and about.role.word == "projected":
        figure.role = replace(about.role, text=about.role.text)
    elif figure.role.word == "achieved" and figure.measure.word == "change" and about.role.word == "target":
        figure.role = about.role
    level = about.about if about.measure.word == "attainment" and about.about and figure.unit != "%" else about
    if figure.role.word in ("target", "benchmark"):
        if figure.unit == "count" and level.unit != "count" and figure.number.unit == "count":
            figure.unit = level.unit
        comparable = figure.unit == level.unit or {figure.unit, level.unit} <= {"%", "pp"}
        if (
            figure.measure.cue == "unit"
            and comparable
            and level.measure.word in ("share", "score", "change", "attainment")
        ):
            figure.measure = Decision(level.measure.word, "as its result", level.measure.text)
    elif figure.measure.cue == "unit" and figure.measure.word == "share" and level.measure.word == "score":
        figure.measure = level.measure
