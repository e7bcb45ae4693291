"""The candidates of a sentence in, what each takes over from its neighbours out: a measure, a role, a unit.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("Fees and rents were up 3.2 percent and 11.7 percent.")
>>> figures[["value", "measure"]].values.tolist()
[[3.2, 'change'], [11.7, 'change']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.changes import as_the_next, in_amounts, listed_amount, worded_alike
from analysis.extraction.country import HOME, country_of
from analysis.extraction.cues import Decision, expand
from analysis.extraction.links import fell_to
from analysis.extraction.listed_measures import (
    FROM,
    by_turns,
    change_goes_on,
    goes_on,
    like_before,
    listed_in_brackets,
    listed_with_last,
    part_of_growth,
)
from analysis.extraction.plan_lists import beyond_whole, of_base_behind
from analysis.extraction.plan_signals import (
    before_its_plan,
    beside_its_level,
    beyond_plan,
    beyond_target,
    estimate_of_result,
    of_amount,
    out_of_plan,
    over_plan_of,
    plan_of_percent,
    will_reach,
)
from analysis.extraction.roles_beside import aimed_parts, role_from_last, role_goes_on, told_with_plans
from analysis.extraction.yardsticks import whole_of
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["after_links", "before_links", "from_sentence_before"]

_EARLIER_BRACKET = phrase("earlier_in_bracket")
_RATE = phrase("rate_in_percent")


def before_links(flat: str, figures: Sequence[Candidate], heading: str, previous: Sequence[Candidate]) -> None:
    """Settle what the words beside a figure leave open, in the order of the text.

    Args:
        flat: the plain text.
        figures: the figures of one sentence.
        heading: the heading that it stands under, or nothing.
        previous: the figures of the sentence before.
    """
    told_with_plans(figures)
    for n, figure in enumerate(figures):
        earlier = figures[:n]
        last = earlier[-1] if earlier else None
        _in_money(flat, figure, earlier)
        _fell_below(flat, figure)
        if role_goes_on(flat, figure, previous):
            figure.role = previous[0].role
        if change_goes_on(flat, figure, earlier, previous):
            figure.measure = Decision("change", "inherited", previous[0].measure.text)
        if last is not None:
            figure.role = role_from_last(flat, figure, earlier)
            listed_with_last(flat, figure, last)
            listed_amount(flat, figure, last)
            _base_of_last(flat, figure, earlier)
            beyond_plan(flat, figure, earlier)
        open_share = figure.measure.cue == "unit" and figure.measure.word == "share"
        if figure.measure.cue == "rising_listed":  # "crops grew, such as tea, 9 ha (116% of plan), beans, 1 ha (52%)"
            figure.measure = plan_of_percent(flat, figure, earlier, heading, previous) or figure.measure
        if open_share and by_turns(figure, earlier):
            figure.measure = Decision("change", "inherited", figure.words.near.strip())
        elif open_share and figure.role.word != "target":
            _measure_of_percent(flat, figure, earlier, heading, previous)
        _share_of_count(flat, figure, earlier)
        in_amounts(flat, figure, earlier)
        of_amount(flat, figure, figures[n + 1 : n + 2])
        beside_its_level(flat, figure, figures[n + 1 : n + 2])
    as_the_next(flat, figures)
    aimed_parts(figures)
    beyond_target(figures)
    over_plan_of(flat, figures)
    out_of_plan(flat, figures)
    before_its_plan(figures)
    estimate_of_result(flat, figures)
    beyond_whole(flat, figures)
    of_base_behind(figures)
    for n in range(len(figures)):
        will_reach(flat, figures, n)


def _fell_below(flat: str, figure: Candidate) -> None:
    """A rate that "fell below 2.1%" is at a level, and did not fall by so much."""
    number = figure.number
    if figure.measure.cue == "change_direct" and _BELOW.match(flat, max(0, number.qualifier_start), number.start):
        figure.measure = Decision("share", "fell below", figure.measure.text)


_BELOW = re.compile(r"(?:below|under)\b")


def _measure_of_percent(
    flat: str, figure: Candidate, earlier: Sequence[Candidate], heading: str, previous: Sequence[Candidate]
) -> None:
    """A bare per cent: "(122.8 per cent)", "reaching 58.5%", "than in 2023 (94.9%)"."""
    percents = [d for d in earlier if d.unit == "%"]
    if _EARLIER_BRACKET.search(flat[figure.words.start : figure.number.opens][-60:]):
        own = [d for d in percents if d.role.word != "target"]
        told = [d for d in own if d.is_level or d.measure.word == "attainment"] or own
        for found in told[-1:]:
            figure.measure = Decision(found.measure.word, "as the one it is compared with", found.measure.text)
        return
    if grown := part_of_growth(flat, figure, earlier):
        figure.measure, figure.role = Decision("change", "inherited", grown.measure.text), grown.role
        return
    if figure.role.cue == "of_last_year" and percents and percents[-1].words.bracket == figure.words.bracket:
        figure.measure = replace(percents[-1].measure, cue="inherited")  # "(the plan up 11%; last year's result 9.8%)"
        return
    if goes_on(flat, figure, earlier):
        figure.measure = Decision("change", "inherited", figure.words.near.strip())
        return
    aimed = next((d for d in reversed(percents) if d.role.word == "target"), None)
    if aimed is not None and _ACTUAL.search(figure.words.near):
        figure.measure = Decision(aimed.measure.word, "as the one aimed at", figure.words.near.strip())
        return
    last = earlier[-1] if earlier else None
    bracketed = last is not None and _ONLY_BRACKET.fullmatch(_gap(flat, last, figure))
    apposed = _APPOSED.search(figure.words.near) and not figure.words.right.startswith(" of ")
    if last and last.measure.word in ("change", "margin") and (bracketed or apposed):
        figure.measure = Decision(last.measure.word, "in other words", last.measure.text)
        return
    if percents and earlier[-1] is percents[-1] and _AND_WILL.fullmatch(_gap(flat, earlier[-1], figure)):
        figure.measure = replace(percents[-1].measure, cue="inherited")  # "reached 28% and is expected to reach 95%"
        return
    if worded := worded_alike(figure, percents):
        figure.measure = Decision(worded.measure.word, "worded as the one before", worded.measure.text)
        return
    held = next((d for d in reversed(percents) if d.measure.word == "attainment"), None)
    if held is not None and held is percents[-1] and _THAT_OF.search(figure.words.near):
        figure.measure = Decision("attainment", "inherited", held.measure.text)
        return
    if listed := listed_in_brackets(flat, figure, earlier):
        figure.measure = listed
    elif held and _GIVEN_BY.match(
        figure.words.right
    ):  # "88% of the estimate given by the State, 79% given by the city"
        figure.measure = Decision("attainment", "inherited", held.measure.text)
    elif plan := plan_of_percent(flat, figure, earlier, heading, previous):
        figure.measure = plan
    elif alike := like_before(figure, earlier, previous):
        figure.measure = alike


_ACTUAL = Sifted(
    r"\b(?:actual|real)\s(?:figure|result|rate|number|level|growth)\s(?:is|was|reached)\s(?:only\s)?$", re.IGNORECASE
)
_AND_WILL = phrase("and_is_expected_to_reach")
_THAT_OF = re.compile(r"^\W*(?:and\s)?(?:that|those)\sof\s[^,;\d]{2,60}?\s(?:to|at|by|with)\s$")
_GIVEN_BY = re.compile(r"\s+(?:given|assigned|handed\sdown|set)\sby\b")
_TO_RATE = re.compile(r"\sin\s(?:19|20)\d\d\sto\s$")
_ONLY_BRACKET = re.compile(
    r"\s?(?:[a-z][\w-]*\s){0,3}\(\s?(?:or\s)?"
)  # "up 18 thousand ha (1.5%)", "6 offices (31.6%)"
_APPOSED = re.compile(r"^\s*(?:equal|equivalent|(?:[a-z]+\s){0,2}or\b|i\.e)", re.IGNORECASE)


def _in_points(figure: Candidate) -> bool:
    """Whether a change in per cent is that of a rate in per cent: "the poverty rate fell by 0.5%"."""
    about = figure.about
    if about is not None and about.unit in ("%", "pp"):
        return about.unit == "pp" or about.measure.word in ("share", "score")
    return about is None and bool(_RATE.search(figure.words.wide[-90:]))


_ANAPHORIC = re.compile(
    r"^\W*(?:This|That|It|The\s(?:figure|number|result|amount|sum))\s(?:figure\s|number\s|result\s|amount\s)?"
    r"(?:amounts?|amounted|ma(?:de|kes)\sup|account(?:s|ed)\sfor|equals?|equalled|is\sequal|is\sequivalent|represents?|represented|is|was|reached|reaches|"
    r"exceed(?:s|ed)|surpass(?:es|ed)|fulfilled|met)\b[^,;]*$"
    r"|^\W*(?:This|That|The)\s(?:figure|number|result|amount|sum),\s(?:despite|(?:al|even\s)?though|while)\s"
    r"(?:only\s)?(?:reach|gett|meet|achiev|attain|equal|fulfil)l?ing\b[^,;]*$"
)


def from_sentence_before(figure: Candidate, before: Candidate | None) -> None:
    """A part of a plan alone in its sentence is about the level told before: "This equals 86.9% of the plan"."""
    relative = figure.measure.word in ("attainment", "margin") and figure.role.word != "target"
    if relative and before is not None and _ANAPHORIC.search(figure.words.wide):
        figure.about = before


_MOVED = ("change_direct", "change_by", "more_than_earlier", "year_on_year")


def after_links(figure: Candidate) -> None:
    """What follows from the figure that another one is about: its role, and the measure and unit of a target."""
    if figure.measure.word == "score" and figure.unit == "count":
        figure.unit = "point"
    if figure.role.cue in ("within_limit", "ceiling") and figure.number.qualifier in ("exact", "under"):
        figure.number = replace(figure.number, qualifier="at_most")
    about = figure.about
    if about is not None and figure.measure.cue.startswith("pass") and fell_to(about):
        figure.measure = replace(figure.measure, cue="passed_downwards")
    if figure.measure.word == "change" and figure.unit == "%" and _in_points(figure):
        figure.unit = "pp"
    if about is None:
        return
    reached = figure.measure.word == "attainment" and about.role.cue == "striving"  # nobody aims at a part of a plan
    if figure.role.word == "achieved" and about.role.word in ("projected", "target") and not reached:
        figure.role = about.role
    elif figure.role.cue == "targets_are" and about.role.word != "target" and figure.measure.cue in _MOVED:
        figure.role = about.role  # "the target set is 6.4%, down 1% on the year before": the rate itself is down
    level = about.about if about.measure.word == "attainment" and about.about and figure.unit != "%" else about
    if figure.role.word in ("target", "benchmark"):
        if figure.unit == "count" and (level.unit != "%" or _NO_NOUN.match(figure.words.right)):
            figure.unit = level.unit
        comparable = figure.unit == level.unit or {figure.unit, level.unit} <= {"%", "pp"}
        comparable = comparable and not (figure.unit == "pp" and level.is_level)  # points are no level
        known = level.measure.word in ("share", "score", "change", "attainment")
        falls = (
            figure.measure.word == "score" and figure.unit == "%" and level.measure.word == "change"
        )  # an index that rose by 3%
        if (figure.measure.cue == "unit" or falls) and comparable and known:
            figure.measure = Decision(level.measure.word, "as its result", level.measure.text)


# --- what a number has from the one beside it -------------------------------------------------------------------------

_OF_MONEY = phrase("told_in_money")
_NO_NOUN = phrase("no_noun_after")
_IN_DOLLARS = phrase("dollars_in_bracket")
_SINCE = re.compile(r"\s?(?:[,.;)]|$|(?:from|compared|against|over|on|year|than|in)\b)")


def _in_money(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """Billions of what is told in money are of dong where no unit is named: "revenue reached 1,620 billion, up 3%".

    Abroad they are of the money named before in the sentence: "a target of Rs 38 crore, achieved 34 crore".
    """
    number, last = figure.number, earlier[-1] if earlier else None
    if number.unit != "count" or not number.scaled:
        return
    if last and is_money(last.unit) and figure.measure.word == "change" and _SINCE.match(figure.words.right):
        figure.number, figure.unit = replace(number, unit=last.unit), last.unit  # "48 million VND, up 19 million"
        return
    if not _NO_NOUN.match(figure.words.right):
        return
    if country_of(flat) != HOME:
        named = next((d.unit for d in reversed(earlier) if is_money(d.unit)), "")
        if named:
            figure.number, figure.unit = replace(number, unit=named), named
    elif (
        _OF_MONEY.search(figure.words.wide[-120:])
        or _IN_DOLLARS.match(flat, number.end)
        or (
            figure.bracketed
            and any(d.bracketed and d.unit == "VND" for d in earlier)  # "A (10 billion VND), B (2 billion)"
        )
    ):
        figure.number, figure.unit = replace(number, unit="VND"), "VND"


_HELD = Sifted(expand(r"\b(?:against|versus|{compared}|than|from)\s(?:only\s|just\s)?$"), re.IGNORECASE)
_AND_THEN = re.compile(r"[^;.,()]{1,50}\sand\s(?:only\s|just\s)?")  # "versus 4% in 2022 and 2% in 2021"
_THEN = re.compile(
    expand(r"\s*(?:in|of|for|at|a)\s(?:the\s)?(?:{earlier}|(?:\w+\s(?:quarter|half)\sof\s)?(?:19|20)\d\d)"),
    re.IGNORECASE,
)


def _base_of_last(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """What a per cent is compared with is of its kind: "49.6% of the plan against 56.1% in the same period"."""
    last = earlier[-1]
    if figure.unit != "%" or last.unit != "%" or figure.role.word == "target":
        return
    gap = _gap(flat, last, figure)
    moved = FROM.search(gap) and _TO_RATE.match(figure.words.right) and last.measure.word == "change"
    goes_on = last.measure.cue == "as the one it is compared with" and _AND_THEN.fullmatch(gap)
    held = not moved and (_HELD.search(gap) or goes_on) and _THEN.match(figure.words.right)
    if held and last.measure.word in ("attainment", "share", "change"):
        figure.measure = Decision(last.measure.word, "as the one it is compared with", last.measure.text)


_OF_COUNT = ("unit", "growth_rate", "plan_reached")


def _share_of_count(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> None:
    """The per cent that N of M makes: a share where M is no plan, "301/417 of them are young, or 72.2 per cent"."""
    counted = next((d for d in reversed(earlier[-2:]) if d.number.out_of), None)
    if counted is None or figure.unit != "%" or figure.measure.cue not in _OF_COUNT or figure.role.word == "target":
        return
    assert counted.number.out_of is not None
    gap = abs(100 * counted.number.value / counted.number.out_of - figure.number.value)
    if gap <= figure.number.step and whole_of(counted) == "part" and ";" not in _gap(flat, counted, figure):
        figure.measure = Decision("share", "N of M", counted.number.text)


def _gap(flat: str, one: Candidate, other: Candidate) -> str:
    return flat[one.number.end : other.number.opens]
