"""The figures of a sentence in order in, which of them are parts of which out: "62 billion VND, 19 of which was spent".

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("It admitted 82 members, of which 31 were women.")
>>> figures["part_of"].map(figures.set_index("figure_id")["quote"]).fillna("").tolist()
['', '82']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.extraction.candidate import Candidate
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = ["counts_targets", "link_parts"]

_PARTS = phrase("parts_follow")
_OF_N = phrase("whole_first")
_OF_THEM = re.compile(r"\sof\s(?:them|these|those|which|whom)\b")
_TARGETS_SET = Sifted(r"\s(?:(?!met\b)[\w-]+\s){0,2}?(?:targets|goals|norms|tasks|indicators)\b")
_TARGETS_MET = phrase("targets_met")
_IN_BRACKET = re.compile(r"\(\s?(?:of|in)\swhich\b[^()]*$")  # "(in which domestic revenue was 4 billion VND, ..."
_LED_TO = re.compile(r",\s(?!includ|compris|consist|count)[a-z]+ing\s(?:[a-z]+\s){0,3}$")
_OUT_OF_TOTAL = re.compile(
    r"(?:\s[a-z]+){0,2}\s(?:out\s)?of\s(?:the\s|a\s)?(?:total|overall|whole)\s(?:[a-z-]+\s){0,3}?(?:of\s)?"
)
_OWN_TOTAL = re.compile(
    r";\s(?:and\s)?(?:the\s)?(?:total\b|(?:value|volume|turnover|output|number)\sof\b)", re.IGNORECASE
)


def link_parts(flat: str, figures: Sequence[Candidate], before: Candidate | None) -> None:
    """Set ``part_of`` of the figures of one sentence; ``before`` is the last level of the sentence before."""
    whole: Candidate | None = None
    at = figures[0].words.start
    for n, figure in enumerate(figures):
        gap = flat[at : figure.number.opens]
        at = figure.number.end
        if _OF_N.search(gap) and figure.is_level:
            whole = figure
            continue
        of_them = _OF_THEM.match(figure.words.right) and n > 0  # "318 students, 281 of them girls"
        parts = _PARTS.search(gap)
        if of_them or parts:
            levels = [before] if n == 0 and before else [d for d in figures[:n] if d.is_level and d.part_of is None]
            alike = [d for d in reversed(levels) if _same_kind(d, figure)]
            whole = next((d for d in alike[:_FEW] if _names(flat, d, figure)), alike[0] if alike else None)
        elif whole and ";" in gap and (_OWN_TOTAL.search(gap) or not _same_kind(whole, figure)):
            whole = None
        if whole and whole.role.word == "projected" and figure.role.cue == "will" and _same_kind(whole, figure):
            figure.role = whole.role  # "it is expected to be 9 billion, of which fees will reach 4 billion"
        after = next((d for d in figures[n + 1 :] if d.unit == figure.unit), None)
        following = flat[figure.number.end : after.number.opens] if after else ""
        larger = whole is not None and whole.unit == figure.unit and figure.number.value > whole.number.value
        if larger and _LED_TO.search(gap):
            continue  # "128 projects, 97 of which have begun, giving 15,000 jobs"
        if larger and not (parts or of_them) and _PARTS.search(following):
            whole = None  # "7 parks, of which 4 are open, and 27 sites, of which 5 are"
        if whole and _counts_others(flat, whole, figure, figures[n + 1 :]):
            continue
        if whole and figure.number.out_of not in (None, whole.number.value):
            continue  # "among the 16 cells, An Khe admitted 17/12 members"
        inside = figure.bracketed and not _IN_BRACKET.search(gap)
        if whole and figure.is_level and _same_kind(whole, figure) and not inside:
            figure.part_of = whole
        elif _TARGETS_MET.match(figure.words.right) and figure.number.out_of is None and figure.is_level:
            counted = [d for d in figures[:n] if _TARGETS_SET.match(d.words.right)]
            figure.part_of = next((d for d in counted if d.is_level), counted[0] if counted else None)
    for part, total in pairwise(figures):
        smaller = (
            part.unit == total.unit and part.is_level and total.is_level and part.number.value < total.number.value
        )
        if smaller and part.part_of is None and _OUT_OF_TOTAL.fullmatch(flat, part.number.end, total.number.opens):
            part.part_of = total  # "1,151 million USD out of total trade of 1,184 million USD"


def counts_targets(one: Candidate) -> bool:
    """Whether it is a number of targets, which does not grow by the per cent that stands behind it."""
    return one.unit == "count" and bool(_TARGETS_SET.match(one.words.right))


_FEW = 3  # numbers in a row of which another is a part: "9 districts and 1 city, of which 7 are poor districts"
_NOUN = re.compile(r"\s(?!of\b|in\b|and\b|are\b|were\b)([a-z-]+)")


def _names(flat: str, whole: Candidate, part: Candidate) -> bool:
    """Whether the noun of a number stands behind its part too: "9 districts ..., of which 7 are poor districts"."""
    noun = None if ";" in _between(flat, whole, part) else _NOUN.match(flat, whole.number.end)
    return bool(noun and re.match(rf"(?:\s[\w-]+){{0,3}}?\s{noun[1]}\b", part.words.right))


def _counts_others(flat: str, whole: Candidate, part: Candidate, later: Sequence[Candidate]) -> bool:
    """Whether an item counts other things before those of the whole: "70 flats, of which 3 houses with 40 flats"."""
    nouns = [_NOUN.match(flat, one.number.end) for one in (whole, part, *later[:1])]
    if whole.unit != "count" or not later or not all(nouns) or ";" in _between(flat, part, later[0]):
        return False
    wanted, own, following = (noun.group(1) for noun in nouns if noun)
    return own != wanted == following


def _between(flat: str, one: Candidate, other: Candidate) -> str:
    return flat[one.number.end : other.number.opens]


def _same_kind(whole: Candidate, part: Candidate) -> bool:
    return whole.unit == part.unit and whole.measure.word == part.measure.word == "amount"
