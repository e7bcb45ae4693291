"""Which figures of a sentence belong together: a per cent and its amount, a target and its result, parts and whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from analysis.extraction.drafts import LEVELS, Draft
from analysis.extraction.parts import link_parts

__all__ = ["link"]

_CONTRAST = re.compile(r"\b(?:while|whereas)\Z")
_BESIDE = (
    "plan_of",
    "plan_bare",
    "plan_was_change",
    "resolution_set",
    "bracketed_plan",
    "held_against",
    "held_against_named",
    "held_against_plan",
    "within_limit",
    "setter_bare",
    "assigned",
    "ceiling",
)  # cues of a target beside its result
_BY_NOW = ("so_far", "given_reason")
_OF_NO_LEVEL = (
    "as the one it is compared with",
    "as the one before",
    "listed",
    "disbursed_after",
    "percent_of_capital_done",
)
_FROM_TO = re.compile(r"\s(?:[\w\s]{0,30}\s)?to\s(?:only\s|about\s)?", re.IGNORECASE)
# What is still to be added is no target for the whole; "150 members or more" is one.
_MORE = re.compile(r"\s(?:(?!or\b|and\b)\w+\s){0,2}?more\b(?!\sthan)")
_MORE_BEFORE = re.compile(
    r"\b(?:another|additional|remaining)\s$|\d\s(?:\w+\s){0,2}?more\s(?!than\b)[a-z]+\s(?:must|have|has|need|are|will)\b"
)
_APPOSED = re.compile(
    r"^\s*[,(]?\s*(?:or|i\.e\.|equal(?:s|ing|ling)?\s?(?:to)?|equivalent\sto|accounting\sfor"
    r"|making\sup|that\sis|reaching|achieving|a\srate\sof|at\sa\srate\sof|with\sa\srate\sof|,|\()"
    r"?[\s,(]*(?:only\s)?$"
)


def link(flat: str, drafts: Sequence[Draft], before: Draft | None) -> None:
    """Set ``about`` and ``part_of`` of the drafts of one sentence; ``before`` is the last level of the one before."""
    if drafts:
        link_parts(flat, drafts, before)
    for n, draft in enumerate(drafts):
        draft.about = _about(flat, drafts, n)


def _about(flat: str, drafts: Sequence[Draft], n: int) -> Draft | None:
    draft = drafts[n]
    earlier = [d for d in drafts[:n] if d.words.clause >= draft.words.clause or _reaches_back(draft, d)]
    later = drafts[n + 1 :]
    if draft.role.word == "target" and (_MORE.match(draft.words.right) or _MORE_BEFORE.search(draft.words.wide[-90:])):
        return None
    if draft.role.word in ("target", "benchmark") and draft.measure.word != "attainment":
        contrast = _CONTRAST.search(flat[max(0, draft.words.clause - 8) : draft.words.clause])
        found = None if contrast else _result_of(draft, earlier, later)
        beside = contrast or draft.role.cue in _BESIDE
        return found or (_result_of(draft, drafts[:n], later) if beside else None)
    match draft.measure.word:
        case "attainment" if draft.measure.cue in _OF_NO_LEVEL:
            return None
        case "attainment" if draft.measure.cue == "topic of the report" and not (n and _closely(draft, drafts[n - 1])):
            return None
        case "attainment" if draft.role.word == "target":
            return next((d for d in later if d.measure.word == "attainment" and d.role.cue in _BY_NOW), None)
        case "attainment":
            nearest = _level_before(draft, earlier, skip_including=False)
            if nearest and _names_a_class(flat, nearest, draft):
                return None
            return _level_before(draft, earlier, skip_including=True) or _plan_before(draft, earlier)
        case "margin" | "change":
            of_plan = draft.measure.word == "margin" and draft.unit == "%"
            return (
                _level_before(draft, earlier, skip_including=of_plan)
                or _level_after(flat, draft, later)
                or _level_but(flat, draft, drafts[:n])
                or _rate_before(draft, earlier)
            )
        case "rank":
            scores = [d for d in earlier if d.measure.word in ("score", "share", "attainment", "change")]
            scores = [d for d in scores if d.role.word != "benchmark"]
            return next((d for d in reversed(scores) if d.bracketed <= draft.bracketed), None)
        case "share":
            return _count_of(flat, draft, earlier)
    return None


def _plan_before(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """ "Against the plan of 850, it has done 22.5%": the plan, where no result is stated."""
    if draft.measure.cue != "against_plan_first":
        return None
    return next((d for d in reversed(earlier) if d.role.word == "target" and d.measure.word == "amount"), None)


def _names_a_class(flat: str, found: Draft, draft: Draft) -> bool:
    """Whether a per cent says which ones are counted: "three committees are below 80% of the plan"."""
    between = flat[found.quantity.end : draft.quantity.opens]
    classed = draft.quantity.qualifier != "exact" or between.endswith("from ")
    return found.unit == "count" and classed and not re.search(r"[,(;]", between)


def _rate_before(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """A margin on a growth rate, a change of a planned amount."""
    last = earlier[-1] if earlier else None
    if last is None or last.bracketed != draft.bracketed:
        return None
    if draft.measure.word == "margin" and last.measure.word == "change" and {last.unit, draft.unit} <= {"%", "pp"}:
        return last
    planned = draft.measure.word == "change" and last.role.word == "target" and last.measure.word == "amount"
    return last if planned else None


def _reaches_back(draft: Draft, other: Draft) -> bool:
    """A bracket belongs to the clause that it stands in, and holds together."""
    bracket = draft.words.bracket
    return bracket is not None and (other.quantity.end <= bracket[0] or other.words.bracket == bracket)


def _levels(draft: Draft, earlier: Sequence[Draft]) -> list[Draft]:
    same_bracket = [d for d in earlier if d.is_level and d.words.bracket == draft.words.bracket]
    outside = [d for d in earlier if d.is_level and not d.bracketed]
    return same_bracket if draft.bracketed and same_bracket else outside


def _level_before(draft: Draft, earlier: Sequence[Draft], *, skip_including: bool) -> Draft | None:
    """The nearest level before; ", reaching 114.4% of the plan" after "including 3 ..., 48 ..." is about the whole."""
    levels = [d for d in _levels(draft, earlier) if d.unit not in ("times", "rank")]
    if not levels:
        return None
    nearest = levels[-1]
    if draft.measure.word == "attainment" and nearest.measure.word == "share" and nearest.about in levels:
        nearest = nearest.about  # "15 billion, 81.5% of the total and 105% of the plan": the amount, not its share
    if draft.measure.word == "margin" and draft.unit not in ("%", "pp", "times"):
        nearest = next((d for d in reversed(levels) if d.unit == draft.unit), nearest)
    if draft.measure.word in ("margin", "change") and draft.unit == "pp":
        nearest = next((d for d in reversed(levels) if d.unit == "%"), nearest)
    if skip_including and nearest.part_of is not None and nearest.part_of in levels and not draft.bracketed:
        told = any(d.about is nearest.part_of and d.measure.word == "attainment" for d in earlier)
        return nearest if told or _is_part_in_percent(draft, nearest) else nearest.part_of
    return nearest


def _is_part_in_percent(draft: Draft, part: Draft) -> bool:
    """Whether a per cent is what the part makes of its whole: "of the 25 targets, 22 were achieved, or 88 per cent"."""
    whole = part.part_of.quantity.value if part.part_of is not None else Fraction(0)
    share = 100 * part.quantity.value / whole if whole else Fraction(0)
    return draft.unit == "%" and abs(share - draft.quantity.value) <= draft.quantity.step


def _level_but(flat: str, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """ "Income reached 31.5 million VND, but 0.5 million VND lower than the target": the level of the clause before."""
    turned = _BUT.search(flat, max(0, draft.words.clause - 4), draft.quantity.opens)
    level = _level_before(draft, earlier, skip_including=False) if turned else None
    alike = level is not None and (draft.unit in (level.unit, "%") or {draft.unit, level.unit} <= {"%", "pp"})
    return level if alike else None


_BUT = re.compile(r"but\s(?:still\s|only\s|it\s|was\s|is\s)*$")


def _level_after(flat: str, draft: Draft, later: Sequence[Draft]) -> Draft | None:
    """ "fell by 2.13% to 11.42%": the level that a change led to."""
    after = next((d for d in later if d.is_level), None)
    if after and _FROM_TO.fullmatch(flat[draft.quantity.end : after.quantity.opens]):
        return after
    return None


def _count_of(flat: str, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The count that a share in brackets or apposition is about."""
    counts = [
        d
        for d in earlier
        if d.is_level and d.measure.word == "amount" and (not d.bracketed or d.words.bracket == draft.words.bracket)
    ]
    if not counts:
        return None
    between = flat[counts[-1].quantity.end : draft.quantity.opens]
    in_brackets = draft.bracketed and between.rstrip().endswith("(")
    apposed = "," in between and _APPOSED.match(draft.words.near.strip())
    return counts[-1] if in_brackets or apposed or "accounting for" in between else None


def _result_of(draft: Draft, earlier: Sequence[Draft], later: Sequence[Draft]) -> Draft | None:
    """The result that a target or a benchmark is set beside: a per cent of that very target, else the nearest level."""
    last = earlier[-1] if earlier else None
    target = draft.role.word == "target"
    if (
        last
        and target
        and last.role.word != "target"
        and last.measure.word == "attainment"
        and draft.unit not in ("%", "pp")
    ):
        return last
    percent = draft.unit in ("%", "pp")
    wanted = ("%", "pp") if percent else (draft.unit,)
    measures = (*LEVELS, "attainment", "change") if percent else (*LEVELS, "change")
    candidates = [d for d in earlier if d.measure.word in measures and d.role.word in ("achieved", "projected")]
    candidates = [
        d for d in candidates if d.measure.cue != "as the one it is compared with" and d.role.cue != "from_the_current"
    ]
    candidates = [d for d in candidates if not _UNFINISHED.match(d.words.right)] or candidates
    fitting = [d for d in candidates if d.unit in wanted]
    inside = [d for d in fitting if draft.bracketed and d.words.bracket == draft.words.bracket]
    if not fitting and target and draft.unit == "count":
        fitting = [d for d in candidates if d.unit in ("%", "pp", "point", "VND")][-1:]
    if fitting:
        return _preferred(draft, inside or fitting)
    if draft.role.cue in ("striving", "will", "modal", "heading", "year to come"):
        return None
    if any(d.quantity.out_of == draft.quantity.value for d in later):
        return None
    return next((d for d in later if d.is_level and d.unit in wanted and d.quantity.out_of is None), None)


_UNFINISHED = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:under\s(?:construction|way)|in\sprogress|being\s|unfinished|pending|not\syet)",
    re.IGNORECASE,
)


def _closely(draft: Draft, before: Draft) -> bool:
    """Whether a bracket opens right behind a figure."""
    return draft.words.bracket is not None and 0 <= draft.words.bracket[0] - before.quantity.end <= 1


def _preferred(draft: Draft, fitting: Sequence[Draft]) -> Draft:
    """The nearest; for a level aimed at or to compare with, the nearest level, unless a bracket follows a change."""
    if draft.bracketed and draft.role.cue == "bracketed_plan" and _closely(draft, fitting[-1]):
        return fitting[-1]
    if draft.measure.word != "change":
        return next((d for d in reversed(fitting) if d.measure.word != "change"), fitting[-1])
    return fitting[-1]
