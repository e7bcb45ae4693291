"""A list of per cents in, the measure that a bare one has from those before it out: of the list, the bracket, the lead.

>>> from analysis.extraction.figures import extract_figures
>>> figures = extract_figures("In 2023 farming grew by 3.5%, crafts 12.1%, and trade gained 16% (rice 17%, tea 12%).")
>>> figures["measure"].tolist()
['change', 'change', 'change', 'change', 'change']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision, expand
from analysis.lexicon import phrase
from analysis.sieve import Sifted

__all__ = [
    "FROM",
    "by_turns",
    "change_goes_on",
    "goes_on",
    "like_before",
    "listed_in_brackets",
    "listed_with_last",
    "part_of_growth",
]

FROM = Sifted(r"\bfrom\s$")
_ITEM = phrase("item_without_verb")
_OF_WHICH = phrase("opens_of_which")
_ALIKE = 3  # times the growth before it that one told in the same words is at most; forest cover is more
_LISTS = re.compile(r"\b(?:of|in|among)\s(?:which|these|them)\s?:\W*$", re.IGNORECASE)
_BY = Sifted(r"\bby(?:\san\sestimated)?\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)|^[^()]*\)")
_ALONE = phrase("place_alone")


def change_goes_on(flat: str, figure: Candidate, earlier: Sequence[Candidate], previous: Sequence[Candidate]) -> bool:
    """Whether a list goes on with the growth told before it: "Of which: agriculture at 4.2%; industry at 9% (8.5%)"."""
    bare = figure.measure.cue == "unit" and figure.measure.word == "share"
    grew = bool(previous) and previous[0].measure.word == "change" and previous[0].unit == figure.unit
    if not bare or not grew or any(d.measure.word != "change" for d in earlier):
        return False
    listed = previous[0].measure.cue == "inherited" and figure.role.text and figure.role in [d.role for d in previous]
    listed = listed and figure.number.value <= _ALIKE * max(d.number.value for d in previous)
    opens = (earlier or [figure])[0].words.start
    return bool(_OF_WHICH.match(flat, opens) or _LISTS.search(flat, previous[-1].number.end, opens) or listed)


def by_turns(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a change is told by "by", its verb left out: "output will expand by 6.8% and exports by 7%"."""
    changes = any(d.unit == "%" and d.measure.word == "change" for d in earlier)
    return changes and _BY.search(figure.words.near) is not None


_TRAILED = re.compile(
    r"[^;.\d]{0,20}(?:\d{4})?,\s(?:and\s)?(?:followed|trailed|then)\sby\s[^;.,\d]{2,60}?\s(?:with|at|by)\s"
)


_BETWEEN_COMMAS = re.compile(r"[;,]\s(?P<item>(?:(?!\b(?:among|of|in|total|them|which|all)\b)[^;,()\d]){2,60}),\s")
_ENDS = re.compile(r"\s?(?:[,;.)]|and\b|$)")


def goes_on(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a list of changes goes on without its verb: "agriculture grew by 3.5%, industry 12.1%"."""
    before = [d for d in earlier if figure.bracketed or not d.bracketed]
    last = next((d for d in reversed(before) if d.measure.word != "rank"), None)
    if last is None or last.unit != "%" or last.measure.word != "change" or last.bracketed != figure.bracketed:
        return False
    if FROM.search(figure.words.near):
        return False  # "down 6.7%; in An Khe from 38.4% to 32.1%"
    if _TRAILED.fullmatch(flat, last.number.end, figure.number.opens):
        return True
    apart = _BETWEEN_COMMAS.fullmatch(flat, last.number.end, figure.number.opens)
    closed = _ENDS.match(figure.words.right) and before[-1] is last
    if apart and closed and _ITEM.fullmatch(f"{apart['item']} "):
        return True  # "up 14.3 percent; apparel, 12.6 percent"
    gap = _BRACKET.sub("", flat[before[-1].number.end : figure.words.clause])
    ranked = before[-1] is not last  # "5.5%, 31st of 63 provinces; Da Nang 3.9%"
    if ranked:
        return bool(_ALONE.fullmatch(figure.words.near))
    return len(gap.strip(" ),")) < 3 and bool(_ITEM.fullmatch(figure.words.near))


_LISTED = re.compile(
    expand(r"(?:\s(?:year\son\syear|year-on-year|(?:against|over|{compared})\sthe\ssame\s(?:month|period|quarter)))?")
    + r"(?:\sin\s(?:terms\sof\s)?(?:the\s)?(?:numbers?\sof\s)?(?:the\s)?(?:[a-z-]+\s)?[\w-]+"
    r"|\s(?:versus|on|over|from)\s[A-Z][a-z]+)?"
    r"\s*(?:,|and|or|,\s?and)\s*|\sin\s(?:19|20)\d\d;\s(?:and\s)?"
    r"|\sin\s(?:the\s)?(?:19|20)\d\d\s?-\s?(?:19|20)\d\d(?:\s(?:period|phase|stage|term))?,\s(?:and\s)?"
)
_GOES_ON = re.compile(
    r"\s*(?:[,.;)(]|$|(?:and|or|in|respectively|from|compared|over|on|versus|year|against)\b|\s(?:for|in|of)\s[^,;()]{1,60}\srespectively)",
    re.IGNORECASE,
)


def listed_with_last(flat: str, figure: Candidate, last: Candidate) -> None:
    """A number of a list is what the one before is: "up 3.2%, 11.7% and 20.9%"."""
    gap = flat[last.number.end : figure.number.opens]
    bare = figure.measure.cue in ("unit", "growth_rate", "score_subject", "points") and figure.unit in ("%", "pp")
    listed = bool(_LISTED.fullmatch(gap) and _GOES_ON.match(figure.words.right))
    if listed and bare and (last.unit == figure.unit or (last.measure.word == "change" and figure.unit == "pp")):
        figure.measure = replace(last.measure, cue="inherited")


def part_of_growth(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The growth whose parts a bracket right behind it names: "up by 16% (trade 17%, building 12.5%)".

    Per cents that add up to a hundred are shares of a whole.
    """
    bracket = figure.words.bracket
    outer = next((d for d in reversed(earlier) if d.words.bracket != bracket), None)
    if bracket is None or outer is None or outer.measure.word != "change" or outer.unit != "%" or figure.role.cue:
        return None
    total = sum(float(one.replace(",", ".")) for one in _PER_CENTS.findall(flat, *bracket))
    if figure.words.right.startswith(" of ") or abs(total - _WHOLE) < 1:
        return None
    named = _ITEM.fullmatch(re.split(r"[(,;]\s?", flat[bracket[0] : figure.number.opens])[-1])
    return outer if named and not flat[outer.number.end : bracket[0]].strip(" (") else None


_WHOLE = 100
_PER_CENTS = re.compile(r"\d+(?:[.,]\d+)?(?=\s?(?:%|per\s?cent))")


_ITEM_BETWEEN = re.compile(r"[^()]*\),?\s(?:and\s)?(?:(?!\b(?:of|in)\swhich\b|\bincluding\b)[^();.]){2,60}\(\s*")


def listed_in_brackets(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> Decision | None:
    """Items with a bare per cent in brackets, as the first of them: "rents (8% higher than planned), fees (4%)"."""
    beside = [d for d in earlier[-2:] if d.bracketed]  # "France 19 (up 4%), Canada 10 (8%)"
    last = beside[-1] if beside else None
    own = "benchmark" not in (figure.role.word, last.role.word if last else "")
    if last is None or not own or not figure.bracketed or last.unit != "%":
        return None
    between = _ITEM_BETWEEN.fullmatch(flat, last.number.end, figure.number.start)
    if last.measure.word not in ("margin", "attainment", "change") or not between:
        return None
    return Decision(last.measure.word, "as the bracket before", last.measure.text)


_GOT = Sifted(r"\b(?:with|at|got|scored|scoring|earned|earning|and)\s(?:only\s|just\s)?$")
_PLACED = phrase("units_placed")
_UNIT_REACHED = phrase("unit_reached")
_REACHED = phrase("reached_before_percent")


def like_before(figure: Candidate, earlier: Sequence[Candidate], previous: Sequence[Candidate]) -> Decision | None:
    """The measure that the sentence before gives to others: "Lac Hoa led with an index of 91%. Da Khe had 82%".

    An attainment goes on only where units are placed: "The disbursement rate was 61%. Leading is Ba Vach with 98%".
    """
    others = [d for d in (*previous, *earlier) if d.unit == "%"]
    measures = {d.measure.word for d in others}
    wide = figure.words.wide
    parallel = _UNIT_REACHED.search(wide)
    parallel = parallel or (_OF_WHICH.match(figure.words.sentence) and _REACHED.search(figure.words.near))
    if measures in ({"attainment"}, {"margin", "attainment"}) and parallel:
        return Decision("attainment", "as the one before", others[-1].measure.text)
    placed = measures == {"score"} or (measures == {"attainment"} and _PLACED.search(wide))
    if not placed or not _GOT.search(figure.words.near):
        return None
    return Decision(others[-1].measure.word, "as the one before", others[-1].measure.text)
