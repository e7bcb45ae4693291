"""A target in, the result that it is set beside out: the nearest of its kind, or what the next clause says was done.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("The town aimed to plant 600 ha of forest but managed only 540 ha.")
>>> figures["about"].map(figures.set_index("figure_id")["quote"]).fillna("").tolist()
['540 ha', '']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.extraction.candidate import LEVELS, Candidate
from analysis.extraction.parts import counts_targets
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = [
    "BEYOND_TARGET",
    "PLACES",
    "STARTED_FROM",
    "is_where",
    "link_aim_before",
    "link_to_result_before",
    "of_growth",
    "result_of",
]

STARTED_FROM = ("from_the_current", "from_now", "compared_base", "forecast_then")
"""Cues of a level that an aim starts from, or that is of another time: no result of it."""

BEYOND_TARGET = "beyond the target behind it"
"""Cue of a margin that is told before its target."""

_OF_THE_AIM = ("so_far", "done_by_now", "done_in_clause", "done_already")
_DONE = ("done_after", "done_bare")
_OF_WHICH = Sifted(r"\b(?:of\s(?:which|these|them|those)|so\sfar)\s(?:only\s|about\s|over\s|nearly\s)?$")
_NO_NOUN = phrase("no_noun_after")
_TARGETED = re.compile(r"\s(?:targeted|planned|assigned|expected)\b")
_EACH_YEAR = Sifted(r"\b(?:each|every|per|a)\syear\b(?!-)|\bannual(?:ly)?\saverage\b|/year\b", re.IGNORECASE)
_IN_THEM = re.compile(r"\b(?:among|of|in)\s(?:them|which|these)\b|\bincluding\b")
_AMONG = re.compile(r"\b(?:[Aa]mong|[Oo]f)\s(?:the|its|these)\s$")  # "Among the 18 indicators, it set one of 4 million"


def result_of(figure: Candidate, earlier: Sequence[Candidate], later: Sequence[Candidate]) -> Candidate | None:
    """The result that a target or a benchmark is set beside: a per cent of that very target, else the nearest level."""
    last = earlier[-1] if earlier else None
    target = figure.role.word == "target"
    of_plan = last and last.role.word != "target" and last.measure.word == "attainment"
    if target and of_plan and figure.unit not in ("%", "pp"):
        return last
    percent = figure.unit in ("%", "pp")
    wanted = ("%", "pp") if percent else (figure.unit,)
    measures = (*LEVELS, "attainment", "change") if percent else (*LEVELS, "change", "rank")
    results = [d for d in earlier if d.measure.word in measures and d.role.word in ("achieved", "projected")]
    results = [
        d for d in results if d.measure.cue != "as the one it is compared with" and d.role.cue not in STARTED_FROM
    ]
    if figure.measure.word == "change" and figure.measure.cue != "unit":
        results = [d for d in results if d.measure.word != "attainment"]  # growth is no answer to a part of a plan
    if (
        figure.measure.word == "share" and not figure.bracketed
    ):  # "farming makes up 23% (down 3%), industry 24% (up 5%)"
        results = [d for d in results if not (d.bracketed and d.measure.word == "change")]
    results = [d for d in results if not _IS_BASE.search(d.words.near) and not of_growth(d, earlier)]
    results = [d for d in results if not (counts_targets(d) and _AMONG.search(d.words.near))]
    results = [d for d in results if not is_where(d, earlier[: earlier.index(d)]) and not _is_whole(d, earlier)]
    if _is_yearly(figure):  # "40 in all (8 each year on average)"
        results = [d for d in results if _is_yearly(d)]
    fitting = [d for d in results if d.unit in wanted and not _ranked_elsewhere(d, figure)]
    inside = [d for d in fitting if figure.bracketed and d.words.bracket == figure.words.bracket]
    bare = _NO_NOUN.match(figure.words.right) or _TARGETED.match(figure.words.right)
    if not fitting and figure.unit == "count" and bare:  # "fees of 4 billion (plan: 3)"
        fitting = results[-1:]
    if fitting:
        return _preferred(figure, inside or fitting)
    if later and _is_what_was_done(figure, later[0]):
        return later[0]
    if figure.role.cue in ("striving", "will", "modal", "heading", "year to come"):
        return None
    if any(d.number.out_of is not None and d.number.out_of == figure.number.value for d in later):
        return None
    if _PURPOSE.match(figure.words.wide):
        return None  # "To reach the estimate of May of 310 billion VND, it has to collect 1,790 billion VND by then"
    moved = ("change",) if figure.unit == "pp" or figure.measure.word == "change" else ()
    fitting = [d for d in later if (d.is_level or d.measure.word in moved) and d.unit in wanted]
    after = fitting[0] if fitting and fitting[0].role.word != "target" else None
    if after and _FROM.search(after.words.near):
        return None  # "to lower the rate to 28% from 33%"
    if after and counts_targets(after) and _IN_THEM.search(after.words.near):
        return None  # "the plan for 21 indicators (among them 9 indicators that were surpassed)"
    if after and (after.measure.cue == "accounting_for" or _counts_another(after, figure) or _counts_others(after)):
        return None  # "a growth target of 7.4%, in which services make up 64%"
    return None if after and _is_yearly(figure) and not _is_yearly(after) else after


def _ranked_elsewhere(one: Candidate, other: Candidate) -> bool:
    """Whether two ranks are held among others: "33rd in the world and 5th in the region"."""
    among = [_AMONG_WHOM.match(figure.words.right) for figure in (one, other) if figure.unit == "rank"]
    return len(among) > 1 and all(among) and len({found.group() for found in among if found}) > 1


_AMONG_WHOM = re.compile(r"\s(?:in|among|of)\s(?:the\s)?(?:[\w'-]+\s?){1,4}")


def _is_whole(level: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a number is what the share before it is a part of: "57 communes, or 23% of the 247 communes"."""
    last = next((d for d in reversed(earlier) if d.number.end <= level.number.start), None)
    share = last is not None and last.measure.word == "share"
    return share and bool(_OF_THE.fullmatch(level.words.left))


_OF_THE = re.compile(r"\s*of\s(?:the\s|its\s|all\s|total\s)*")


def of_growth(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a change is that of a growth rate before it: "growth averaged 8%, up 2.7% compared to 2021"."""
    last = next((d for d in reversed(earlier) if d.number.end <= figure.number.start), None)
    rate = last is not None and last.measure.cue == "growth_rate" and last.unit == "%"
    return rate and figure.measure.word == "change" and bool(_NO_NOUN_BEFORE.fullmatch(figure.words.left))


_NO_NOUN_BEFORE = phrase("no_noun_before_change")
_OF_ONE_BEFORE = phrase("target_of_one_before")


def link_to_result_before(flat: str, figures: Sequence[Candidate], previous: Sequence[Candidate]) -> None:
    """Set a target that names nothing beside the one result of the sentence before: "It met 41. Its target was 40".

    Args:
        flat: the plain text.
        figures: the figures of a sentence, linked.
        previous: those of the sentence before.
    """
    aim = figures[0] if figures and figures[0].role.word == "target" and figures[0].about is None else None
    if aim is None or not _OF_ONE_BEFORE.match(flat[aim.words.start : aim.number.opens]):
        return
    units = ("%", "pp") if aim.unit in ("%", "pp") else (aim.unit,)
    told = [d for d in previous if d.unit in units and d.role.word in ("achieved", "projected") and not d.bracketed]
    told = [d for d in told if d.measure.word in (*LEVELS, "change") and (d.part_of or d.about) is None]
    if len(told) == 1 and _is_like(told[0], aim):
        aim.about = told[0]


_OF_AIM_BEFORE = phrase("answers_one_before")


def link_aim_before(flat: str, figures: Sequence[Candidate], previous: Sequence[Candidate]) -> Candidate | None:
    """The one target of the sentence before that a result answers, linked: "The target was 95%. The rate was 96.2%".

    Args:
        flat: the plain text.
        figures: the figures of a sentence, linked.
        previous: those of the sentence before.
    """
    told = figures[0] if figures and figures[0].role.word in ("achieved", "projected") else None
    if told is None or told.part_of or told.about or told.measure.word not in (*LEVELS, "change"):
        return None
    start = flat[told.words.start : told.number.opens]
    opens = _OF_AIM_BEFORE.match(start) and start.strip()
    if not opens and told.role.cue != "so_far":
        return None
    units = ("%", "pp") if told.unit in ("%", "pp") else (told.unit,)
    if any(d.about is told and d.measure.word in ("attainment", "margin") for d in figures):
        return None  # it says itself what it is held against, which may be another plan
    aims = [d for d in previous if d.role.word == "target" and d.about is None and not d.bracketed]
    if len(aims) != 1 or aims[0].unit not in units or not _is_like(told, aims[0]):
        return None
    if not (opens and _NO_NOUN.match(told.words.right)) and not _is_done_of(aims[0], told):
        return None
    aims[0].about = told
    return aims[0]


_IS_DONE = re.compile(r"\s(?:(?:ha(?:s|ve|d)|was|were)\s|came\b|arrived\b)")


def _is_what_was_done(aim: Candidate, told: Candidate) -> bool:
    """Whether the next figure tells how much of an aim was done: "plans to build 90 flats, so far 21 were built"."""
    level = told.is_level or (told.unit == "%" and told.measure.word in ("change", aim.measure.word))
    alike = level and told.unit == aim.unit and told.number.out_of is None
    if not alike or told.bracketed:
        return False
    part = told.role.cue in _DONE and _OF_WHICH.search(told.words.near)
    no_other = told.unit == "%" or _IS_DONE.match(told.words.right) or _NO_NOUN.match(told.words.right)
    done = told.role.cue in (*_DONE, *_OF_THE_AIM) or (told.role.word == "achieved" and _DID.search(told.words.wide))
    return bool(part or ((no_other or _same_noun(aim, told)) and done))


def _is_done_of(aim: Candidate, told: Candidate) -> bool:
    """Whether a sentence says that so much of what is aimed at has been done: "44 km of roads have been built"."""
    done = _BEEN_DONE.match(told.words.right)
    return done is not None and re.search(rf"\b{done['noun']}\b", aim.words.right[:60]) is not None


def _same_noun(aim: Candidate, told: Candidate) -> bool:
    """Whether two numbers count the same: "to build 8 new rural communes, and has completed 7 communes"."""
    noun = _NOUN.match(told.words.right)
    return noun is not None and re.search(rf"\b{noun['noun']}\b", aim.words.right[:60]) is not None


def _counts_another(told: Candidate, aim: Candidate) -> bool:
    """Whether two numbers count other things: "planned 13 inspections; disciplined 3 Party organizations"."""
    nouns = [_COUNTED.match(one.words.right) for one in (told, aim)]
    heads = [noun["head"].removesuffix("s") for noun in nouns if noun]
    apart = len(heads) == 2 and heads[0] not in aim.words.right[:60] and heads[1] not in told.words.right[:60]
    return told.unit == aim.unit == "count" and apart


def _counts_others(told: Candidate) -> bool:
    """Whether a number counts other ones: "7 families need money; 24 other families ask for repairs"."""
    return bool(_OTHERS.match(told.words.right))


_OTHERS = phrase("other_ones")
_COUNTED = re.compile(
    r"\s(?:[A-Za-z-]+\s){0,3}?(?P<head>[a-z-]{4,}s)(?=\s?[,.;()]|\s(?:of|in|by|for|with|to|that|and|at|on)\b|$)"
)
_NOUN = re.compile(r"\s(?P<noun>[a-z]{4,})(?:\s\w+ed)?\s?(?:[,.;)]|$)")
_BEEN_DONE = re.compile(r"\s(?:of\s)?(?:[\w-]+\s){0,2}?(?P<noun>[a-z]{4,})\s(?:have|has)\sbeen\s\w+(?:ed|lt|ne|id)\b")
_DID = phrase("answers_its_aim")


_PURPOSE = re.compile(r"\W*(?:To|In\sorder\sto|So\sas\sto)\s[a-z]")


def _is_yearly(figure: Candidate) -> bool:
    """Whether an amount is one for each year."""
    words = f"{figure.number.text} {figure.words.near[-30:]}|{figure.words.right[:30]}"
    return figure.measure.word == "amount" and (figure.number.per == "year" or bool(_EACH_YEAR.search(words)))


def _preferred(figure: Candidate, fitting: Sequence[Candidate]) -> Candidate:
    """The nearest; for a level aimed at or to compare with, the nearest level, unless a bracket follows a change."""
    bracket, last = figure.words.bracket, fitting[-1]
    if bracket is None and last.part_of in fitting and _PASSED.search(figure.words.near):
        return last.part_of or last  # "rose to 187, including 12 with four stars, exceeding the plan of 150"
    yearly = "year" in last.number.per and figure.number.qualifier not in ("under", "at_most")  # those bound a level
    if bracket and yearly and 0 <= bracket[0] - last.number.end <= 1:
        return last  # "to 1.48%, an average of 0.62% a year (resolution: 0.5%)"
    moved = figure.unit == "pp" or (figure.measure.word == "change" and figure.unit != "%")
    alike = "change" if moved else "rank" if figure.unit == "rank" else ""
    # "fell by 2.1 points to 6.3%, against the target of 1.5 points"; "18th, up 7 places, behind the target of 15th"
    if alike:
        return next((d for d in reversed(fitting) if d.measure.word == alike), fitting[-1])
    if figure.measure.word != "change":
        level = next((d for d in reversed(fitting) if d.measure.word != "change"), fitting[-1])
        return last if _is_like(last, figure) and not _is_like(level, figure) else level
    return fitting[-1]


_IS_BASE = re.compile(r"\b(?:double|twice|triple|treble)\s(?:the|its|that\sof)\s$", re.IGNORECASE)  # of the year before
_PASSED = re.compile(
    r"^\W*(?:and\s)?(?:thus\s|thereby\s)?(?:exceed|surpass|pass|beat|meet|miss|reach)ing\b", re.IGNORECASE
)
_ALIKE = 3  # times that a result lies above or below its target at most


def _is_like(result: Candidate, target: Candidate) -> bool:
    """Whether two numbers are of one size: of "24.4%, lowering 5.1%; the norm is 4.5%" the fall is meant."""
    return target.number.value < _ALIKE * result.number.value < _ALIKE**2 * target.number.value


_FROM = re.compile(r"\bfrom\s(?:about\s|over\s|nearly\s)?$")
_IN = re.compile(r"(?:[^,;:]*\s)?(?:in|across|throughout|within)\s(?:all\s|the\s|over\s|some\s|about\s|nearly\s)*$")
PLACES = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:provinces|cities|districts|towns|communes|wards|villages|hamlets|localities)\b"
)


def is_where(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a number of places says where those counted before it are: "41 schools in 23 communes were opened".

    What stands behind a stroke says whose they are.
    """
    last = earlier[-1] if earlier else None
    if last is not None and last.unit != figure.unit and figure.words.near.strip() == "/":
        return True  # "9,380 hectares/11,870 households, 104% of the plan"
    counts = last is not None and last.unit == figure.unit == "count" and last.measure.word == "amount"
    return bool(counts and _IN.fullmatch(figure.words.near) and PLACES.match(figure.words.right))
