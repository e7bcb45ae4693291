"""The candidates of a sentence in, their links out: which figure is about which, and which is a part of which.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It disciplined 15 party members, including 2 warnings, 107% of the plan.")
>>> named = figures.set_index("figure_id")["quote"]
>>> figures["part_of"].map(named).fillna("").tolist(), figures["about"].map(named).fillna("").tolist()
(['', '15', ''], ['', '', '15'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import expand
from analysis.extraction.links_in_order import answered_in_order, link_in_order, link_lists
from analysis.extraction.links_of_aims import BEYOND_TARGET, PLACES, STARTED_FROM, is_where, of_growth, result_of
from analysis.extraction.parts import counts_targets, link_parts
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["about_of", "fell_to", "link"]

_CONTRAST = re.compile(r"\b(?:while|whereas)\Z")
# Cues of a target beside its result.
_BESIDE = (
    *(
        "plan_of",
        "plan_bare",
        "plan_was_change",
        "resolution_set",
        "bracketed_plan",
        "in_the_plan",
        "held_against",
        "within_limit",
    ),
    *("held_against_named", "held_against_plan", "setter_bare", "assigned", "ceiling"),
)
_OF_ITEMS = ("inherited", "listed", "as the one before", "as the bracket before")
_BY_NOW = ("so_far", "given_reason")
# Decisions on an attainment whose amount is not told beside it.
_OF_NO_LEVEL = (
    *("as the one it is compared with", "as the one before", "listed", "disbursed_after"),
    *("percent_of_capital_done", "passing_listed"),
)
_FROM_TO = re.compile(r"(?:\s?\([^()]*\))?\s(?:[\w\s]{0,30}\)?\s)?to\s(?:only\s|about\s)?", re.IGNORECASE)
# What is still to be added is no target for the whole; "150 members or more" is one.
_OWN_SUBJECT = phrase("own_subject")
_GOES_ON = Sifted(
    r";\s(?:and\s|thereby\s)?(?:(?:this|that|which)\s(?:is|was|equals|equalled|represents|represented|amounts)"
    r"|equal(?:l?ing)?|equivalent|(?:reach|achiev|attain|hitt|obtain|meet)ing|exceeding|surpassing)"
    r"(?:\s(?:to|about|only|over|nearly|roughly|by))*\s$"
)
_MORE = Sifted(r"\s(?:(?!or\b|and\b)\w+\s){0,2}?(?:more\b(?!\sthan)|others?\b|further\b|additional\b)")
_APPOSED = phrase("apposed_share")


def link(flat: str, figures: Sequence[Candidate], before: Candidate | None) -> None:
    """Set ``about`` and ``part_of`` of the figures of one sentence; ``before`` is the last level of the one before."""
    if figures:
        link_parts(flat, figures, before)
    in_order = answered_in_order(flat, figures)
    for n, figure in enumerate(figures):
        figure.about = in_order[n] if n in in_order else about_of(flat, figures, n)
    link_lists(flat, figures)
    link_in_order(figures)
    _unlink_parts(figures)


_PARTS = 8  # at most: each whole looks ahead no further


def _unlink_parts(figures: Sequence[Candidate]) -> None:
    """Targets that add up to what they seem to answer are its parts: "is 90 billion: the plan of fees is 50, ..."."""
    for n, whole in enumerate(figures):
        aims = [d for d in figures[n + 1 : n + 1 + _PARTS] if d.role.word == "target" and d.unit == whole.unit]
        if len(aims) > 1 and sum(d.number.value for d in aims) == whole.number.value:
            for part in aims:
                of_whole = whole.role.word == "target" and part.about is whole.about
                part.about = None if part.about is whole or of_whole else part.about


def about_of(flat: str, figures: Sequence[Candidate], n: int) -> Candidate | None:
    """The figure of its sentence that the n-th one is about, None where there is none.

    Args:
        flat: the plain text.
        figures: the figures of one sentence.
        n: which of them it is.
    """
    figure = figures[n]
    between = flat[figures[n - 1].number.end : figure.number.opens] if n else ""
    whole = figure.bracketed or _GOES_ON.search(between)  # what reaches back beyond its clause
    earlier = [d for d in figures[:n] if whole or d.words.clause >= figure.words.clause]
    later = figures[n + 1 :]
    if figure.role.word == "target" and _MORE.match(figure.words.right):
        return None
    if figure.role.word in ("target", "benchmark") and figure.measure.word != "attainment":
        contrast = _CONTRAST.search(flat[max(0, figure.words.clause - 8) : figure.words.clause])
        found = None if contrast else result_of(figure, earlier, later)
        beside = contrast or figure.role.cue in _BESIDE
        return found or (result_of(figure, figures[:n], later) if beside else None)
    match figure.measure.word:
        case "attainment" | "margin" | "change" if figure.measure.cue in _OF_NO_LEVEL:
            return None
        case "attainment" if figure.role.word == "target":
            return next((d for d in later if d.role.cue in _BY_NOW), None)
        case "attainment" | "margin" | "change" if _has_own_subject(flat, figure, earlier):
            return None
        case "attainment" | "margin" if _of_another_time(flat, figure):
            return None
        case "attainment":
            nearest = _level_before(figure, earlier, skip_including=False)
            named = nearest and (_names_a_class(flat, nearest, figure) or _lists_targets(flat, nearest, figure))
            if named:
                return None
            if nearest and _is_of_capital(figure, nearest):
                return next((d for d in reversed(earlier) if d.is_level and is_money(d.unit)), None)
            return (
                _level_before(figure, earlier, skip_including=True)
                or _rate_before(figure, earlier)
                or _level_after(flat, figure, later)
                or _aim_before(figure, earlier)
            )
        case "margin" | "change":
            if figure.measure.cue == BEYOND_TARGET:
                return next((d for d in reversed(earlier) if d.unit == figure.unit and d.role.word != "target"), None)
            alike = [d for d in earlier if d.is_level and d.unit == figure.unit]
            if figure.measure.word == "margin" and alike and figure.unit not in ("%", "pp"):
                return alike[-1]  # "118 communes (79%, exceeding 8 communes)"
            of_plan = figure.measure.word == "margin" and figure.unit == "%"
            return (
                _led_to(flat, figure, later)
                or _level_before(figure, earlier, skip_including=of_plan)
                or _level_after(flat, figure, later)
                or _behind_plan(flat, figure, earlier)
                or _rate_before(figure, earlier)
            )
        case "rank":
            scores = [d for d in earlier if d.measure.word in ("score", "share", "attainment", "change")]
            scores = [d for d in scores if d.role.word != "benchmark"]
            return next((d for d in reversed(scores) if d.bracketed <= figure.bracketed), None)
        case "share":
            return _count_of(flat, figure, earlier)
    return None


def _aim_before(figure: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The aim of which so much has been reached: "strives to sow 14,200 ha, reaching 61.5% of the plan"."""
    aims = [d for d in earlier if d.role.word == "target" and d.measure.word == "amount" and d.unit not in ("%", "pp")]
    return aims[-1] if aims else None


def _has_own_subject(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a per cent of the plan has a subject of its own: "62 houses; the rate of disbursement reached 100%"."""
    if figure.unit != "%" or figure.bracketed or not earlier:
        return False
    between = flat[earlier[-1].number.end : figure.number.opens]
    return bool(_OWN_SUBJECT.search(between))


def _lists_targets(flat: str, count: Candidate, figure: Candidate) -> bool:
    """Whether a number of targets is followed by what they are: "3 targets fell short: fees got to 43% of the plan"."""
    return counts_targets(count) and ":" in flat[count.number.end : figure.number.opens]


_AT_ANOTHER_TIME = re.compile(
    expand(r"\(\s?(?:(?:while|whereas|{compared}|in|the\sfigure\s(?:of|in|for))\s)*(?:the\s)?")
    + r"(?:(?:same|corresponding|similar|previous|preceding|last)\s(?:period|time|year|quarter|month|term)"
    r"|(?:first|second|third|fourth)\squarter)\b(?!.{0,20}\b(?:plan|estimate|target)s?\b.{0,20}[:=])"
)


def _of_another_time(flat: str, figure: Candidate) -> bool:
    """Whether a bracket tells of an earlier period: "31.3% of the plan (the same period of 2022 reached 30.2%)"."""
    if figure.words.bracket is None:
        return False
    return bool(_AT_ANOTHER_TIME.match(flat, figure.words.bracket[0], figure.number.opens))


_ARE = re.compile(r"\s(?:are|is|were|was)\s")
_WHICH = Sifted(r"\b(?:of|in)\swhich\b[^.;]*$")
_OF_CAPITAL = Sifted(
    r"\s?of\s(?:the\s|its\s)?(?:[\w-]+\s){0,3}?(?:(?:capital|budget|funding)\s(?:plan|estimate)s?|"
    r"(?:sum|money|capital|funds?)\s(?:aimed|planned|allocated|assigned|set|targeted))\b"
)
_OF_WHICH_SPENT = re.compile(
    r"\sof\s(?:which|that)\s(?:has|have|had|was|were)\s(?:been\s)?(?:\w+ly\s)?\w+(?:ed|nt|id)\b"
)
_OPENS = re.compile(r"\)?\s\(\s?")
_THAT_IS = phrase("that_is_so_much")
_FROM_LEVEL = re.compile(r",?\sfrom\s(?:an?\s[\w-]+\sof\s)?(?:only\s|about\s|over\s|nearly\s)?")
_TO = re.compile(
    r"\s(?:[a-z]+\s){0,2}(?:(?:19|20)\d\d\s)?to\s(?:only\s|about\s|over\s|nearly\s)?"
)  # "rose by 49%, from 97 to 145"
_IS_SAID_OF = Sifted(r"\b(?:have|has|had|are|were|is|was|with)\b")


def _names_a_class(flat: str, found: Candidate, figure: Candidate) -> bool:
    """Whether a per cent says which ones are counted: "three committees are below 80% of the plan"."""
    between = flat[found.number.end : figure.number.opens]
    bodies, apart = _BODIES.match(found.words.right), re.search(r"[,(;:]", between)
    if found.unit == "count" and bodies and _IS_SAID_OF.search(between):
        return True  # "6/9 districts, towns have reached and surpassed 45% of the plan"
    if found.unit != "count":
        return False  # "1,234 billion VND and reached nearly 98% of the plan"
    inexact = figure.number.qualifier not in ("exact", "about")
    if bodies and (figure.measure.cue in _OF_ITEMS or not apart or (inexact and "," not in between)):
        return True  # "four districts have yet to reach 50%: Na Ri 41.2%", "7 boards did well (above 80%)"
    if found.number.out_of and not apart and _EACH_REACHED.search(between):
        made = 100 * found.number.value / found.number.out_of
        return abs(made - figure.number.value) > figure.number.step  # "13 of 17 revenues reached 100% of the estimate"
    if found.number.out_of is None and inexact and figure.measure.cue in ("inherited", "listed"):
        return True  # "14 departments are well ahead (over 80%)"
    some = found.number.out_of is not None and _IS_SAID_OF.search(between)  # "8 of 9 towns, cities have over 75%"
    return figure.number.qualifier != "exact" and bool(some or not re.search(r"[,(;]", between))


_EACH_REACHED = re.compile(r"\b(?:reached|attained|achieved|met|obtained|got)\s(?:over\s|nearly\s|about\s)?$")
_BODIES = re.compile(
    rf"{PLACES.pattern}|\s(?:[\w-]+\s){{0,2}}?(?:investing\sunits|agencies|departments|offices|boards|investors|committees)\b"
)


def _is_of_capital(figure: Candidate, counted: Candidate) -> bool:
    """Whether a per cent of a plan of money stands behind a number of things: "3 programs (50% of the budget plan)"."""
    return counted.unit == "count" and bool(_OF_CAPITAL.match(figure.words.right))


def _rate_before(figure: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """A margin on a growth rate, a change of a planned amount, a per cent of the plan of "12 more"."""
    last = earlier[-1] if earlier else None
    if last is not None and figure.measure.word == "attainment" and last.measure.word == "change":
        so_many = last.unit not in ("%", "pp") and last.role.word in ("achieved", "projected")
        return last if so_many or (last.measure.cue == "growth_rate" and last.bracketed == figure.bracketed) else None
    if last is None or last.bracketed != figure.bracketed:
        return None
    if figure.measure.word == "margin" and last.measure.word == "change" and {last.unit, figure.unit} <= {"%", "pp"}:
        return earlier[-2] if of_growth(last, earlier) else last
    planned = figure.measure.word == "change" and last.role.word == "target" and last.measure.word != "change"
    planned = planned and last.unit not in ("%", "pp")  # the rate that another one's growth is held against
    return last if planned else None


def _behind_plan(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The result that a plan in a clause beside it answers, whose growth follows: "while the plan was 91 km, up 4%"."""
    plan = earlier[-1] if earlier else None
    if plan is None or plan.role.word != "target" or plan.about is None or figure.measure.word != "change":
        return None
    of_another_year = _A_YEAR.search(flat, plan.words.clause, plan.number.opens)
    apart = _NEXT_CLAUSE.fullmatch(flat, plan.number.end, figure.number.opens)
    told = plan.about.number.end < plan.number.start and plan.about.is_level
    return plan.about if told and apart and not of_another_year else None


_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bnext\b")
_NEXT_CLAUSE = re.compile(r"[^;:()]*(?:,|\band)\s[^;:()]*")


def _levels(figure: Candidate, earlier: Sequence[Candidate]) -> list[Candidate]:
    earlier = [d for n, d in enumerate(earlier) if not is_where(d, earlier[:n])]
    earlier = [d for d in earlier if d.role.cue not in STARTED_FROM] or earlier
    same_bracket = [d for d in earlier if d.is_level and d.words.bracket == figure.words.bracket]
    outside = [d for d in earlier if d.is_level and not d.bracketed]
    return same_bracket if figure.bracketed and same_bracket else outside


def _level_before(figure: Candidate, earlier: Sequence[Candidate], *, skip_including: bool) -> Candidate | None:
    """The nearest level before; ", reaching 114.4% of the plan" after "including 3 ..., 48 ..." is about the whole.

    After a part that has a clause it is about the part: "41 billion, of which 20 was spent, reaching 49% of the plan",
    "41 billion, 20 of which was spent".
    """
    levels = _levels(figure, earlier)
    if not levels:
        return None
    nearest = levels[-1]
    if figure.measure.word == "change" and counts_targets(nearest):
        return None  # "it met 22 targets, and output grew by 8%"
    grew = figure.measure.word == "change" and figure.unit == "%" and nearest.measure.cue == "accounting_for"
    if (grew or figure.measure.word == "attainment") and nearest.measure.word == "share" and nearest.about in levels:
        nearest = nearest.about  # "15 billion, 81.5% of the total and 105% of the plan": the amount, not its share
    if skip_including and nearest.part_of in levels and not figure.bracketed:
        of_others = [d.about for d in earlier if d.measure.word in ("attainment", "margin") and d.about is not None]
        told = any(nearest.part_of in (other, other.part_of) for other in of_others)  # of the whole, or another part
        own_clause = _WHICH.search(nearest.words.wide) or _OF_WHICH_SPENT.match(nearest.words.right)
        own_clause = own_clause or _ARE.match(nearest.words.right)  # "Of the 90 guests, 20 were foreigners, 80% of ..."
        alone = sum(d.part_of is nearest.part_of for d in levels) == 1 and own_clause
        return nearest if told or alone else nearest.part_of
    return nearest


def fell_to(level: Candidate) -> bool:
    """Whether a rate is told as what it fell to: "the rate of poor households decreases to 1.4%"."""
    return level.unit == "%" and bool(_FELL_TO.search(level.words.near))


_FELL_TO = Sifted(expand(r"\b{down}\sto\s(?:only\s|about\s|nearly\s|below\s)?$"), re.IGNORECASE)


def _led_to(flat: str, figure: Candidate, later: Sequence[Candidate]) -> Candidate | None:
    """The amount that a change in per cent led to, right behind it: "the rise of incomes by 7% to 15 million VND"."""
    level = later[0] if later and later[0].is_level and figure.measure.word == "change" else None
    if level is None or level.unit in ("%", "pp") or figure.unit not in ("%", "pp"):
        return None
    return level if _ONLY_TO.fullmatch(flat, figure.number.end, level.number.opens) else None


_ONLY_TO = re.compile(r"\sto\s(?:only\s|about\s|over\s|nearly\s)?")


def _level_after(flat: str, figure: Candidate, later: Sequence[Candidate]) -> Candidate | None:
    """The level that a change or a per cent led to: "fell by 2.13% to 11.42%", "26% of the plan, equal to 7 tons"."""
    after = next((d for d in later if d.is_level), None)
    held = figure.measure.word == "attainment"
    if held and after and after.role.word != "target" and _OPENS.fullmatch(flat, figure.number.end, after.number.opens):
        return after  # "the town gained 101.7% (234 billion VND)"
    led = [d for d in later if d.is_level][:2]
    if not held and len(led) > 1 and _FROM_LEVEL.fullmatch(flat, figure.number.end, led[0].number.opens):
        return led[1] if _TO.fullmatch(flat, led[0].number.end, led[1].number.opens) else None
    leads = _THAT_IS if held else _FROM_TO
    return after if after and leads.fullmatch(flat, figure.number.end, after.number.opens) else None


def _count_of(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The count that a share in brackets or apposition is about."""
    counts = [d for d in earlier if d.is_level and d.measure.word == "amount" and not d.bracketed]
    if not counts:
        return None
    between = flat[counts[-1].number.end : figure.number.opens]
    if len(counts) > 1 and counts[-2].part_of is counts[-1] and "accounting for" in between:
        return counts[-2]  # "1,151 million USD out of total trade of 1,184 million USD, accounting for 97%"
    in_brackets = between.rstrip().endswith("(") and not _NAMELY.search(between)
    apposed = "," in between and _APPOSED.match(figure.words.near.strip())
    beside = _OR.fullmatch(between) or (counts[-1].number.out_of and _ITS_NOUN.fullmatch(between))
    return counts[-1] if in_brackets or apposed or beside or "accounting for" in between else None


_NAMELY = Sifted(  # "9 of 11 districts, including An Khe (5.2%)"
    r"\b(?:including|such\sas|namely|typically|notably|among\s(?:them|these|which))\s"
)
_OR = re.compile(r"(?:\s[a-z-]+){0,3},?\s(?:or|i\.e\.)\s(?:about\s)?")  # "1,038 or 64.3%"
_ITS_NOUN = re.compile(r"(?:\s[a-z-]+){1,3},?\s")  # "51/51 communes 100%"
