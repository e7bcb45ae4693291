"""A candidate and those before it in, the role that it has from them out: a bracket, a part, "of which" of a plan.

>>> from analysis.extraction.figures import extract_figures
>>> extract_figures("It disbursed 41 billion VND out of the 60 billion VND allocated.")["role"].tolist()
['achieved', 'target']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from analysis.currencies import is_money
from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision
from analysis.lexicon import expand, phrase
from analysis.sieve import Sifted

__all__ = ["aimed_parts", "role_from_last", "role_goes_on", "told_with_plans"]

_OUT_OF = Sifted(
    r"\bout\sof\s(?:the\s|a\s|total\s|of\s|required\s|needed\s|planned\s|assigned\s|targeted\s)*$", re.IGNORECASE
)
_OF = re.compile(r"\bof\s(?:the\s|a\stotal\sof\s)*$", re.IGNORECASE)
_GIVEN = phrase("given_to_spend")
_OF_WHICH = phrase("opens_of_which")
_INCLUDING = re.compile(
    r"\s?[,;]\s(?:including|of\swhich|comprising|made\sup\sof|consisting\sof)\s(?:about\s)?", re.IGNORECASE
)
_TOLD = Sifted(r"\b(?:welcomed|received|hosted|collected|reached|achieved|attained|earned|built|sold|had)\s")
_PART = "part of what is planned"
_DONE = re.compile(r"[^,;.]{0,40}?\b(?:disbursed|collected|achieved|reached|completed|already)\b", re.IGNORECASE)
_ONLY_BRACKET = re.compile(r"\s*\(\s*")
_LABELLED = re.compile(r"\s*\((?:of\swhich\s|the\s)?[a-z][\w'-]*(?:\s[\w'-]+){0,3}:\s*", re.IGNORECASE)
_DONE_BEFORE = ("done_by_now", "done_already", "done_in_clause", "so_far")
_BEHIND_STROKE = re.compile(r"(?P<noun>\s[a-z]+(?:\s[a-z]+)?)\s?/\s?")
_REACHING = phrase("reaching_alone")


def role_goes_on(flat: str, figure: Candidate, previous: Sequence[Candidate]) -> bool:
    """Whether "Of which, ..." goes on with what was projected, or with the money planned, in the sentence before."""
    if not previous or figure.role.word != "achieved" or not _OF_WHICH.match(flat, figure.words.start):
        return False
    whole = previous[0]
    if whole.role.word == "projected":
        return not _TOLD.search(flat, figure.words.start, figure.number.opens)  # "In which, An Khe alone had 2 million"
    if any(d.is_level and d.unit == whole.unit for d in previous[1:]):
        return False  # "The estimate is 6,180 billion dong, of which 4,845 billion are collected. Of which, ..."
    part = is_money(whole.unit) and figure.unit == whole.unit and figure.number.value <= whole.number.value
    spent = _DONE.match(figure.words.near) or _DONE.match(figure.words.right)
    return whole.role.word == "target" and whole.measure.word == "amount" and part and not spent


def role_from_last(flat: str, figure: Candidate, earlier: Sequence[Candidate]) -> Decision:
    """A bracket with an amount in another currency, or after a per cent of a plan; X out of the Y allocated.

    Args:
        flat: the plain text.
        figure: the figure.
        earlier: those before it in its sentence, one at least.
    """
    last = earlier[-1]
    amount = next((d for d in reversed(earlier) if d.measure.word == "amount"), last)
    so_far = last.role.cue in _DONE_BEFORE and _REACHING.match(figure.words.near) and figure.unit == "%"
    if figure.role.cue == "striving" and (so_far or _changed_since(flat, figure, last)):
        return last.role  # "strives to have 15; up to now there are 12, reaching 80%"
    if _grew_behind_plan(figure, last):
        return Decision("achieved")
    if last.role.word == "target" and _in_other_words(flat, figure, last):
        return Decision("target", "in other words", last.role.text)
    if _told_as_its_result(figure, earlier):
        return Decision("target", "in other words", last.role.text)
    between = flat[last.number.end : figure.number.opens]
    if last.role.word == "target" and between.strip(" )") == "and" and "respectively" in figure.words.right[:40]:
        return last.role  # "are targeted at 31 trillion VND (1.4 billion USD) and 216 million USD, respectively"
    if last.role.word == "target" and between.strip() == "to" and _RAISED.search(last.words.near):
        return last.role  # "raised its growth target from 7% to 7.5%"
    if figure.role.cue == "behind_slash" and _is_before(figure, earlier):
        return Decision("benchmark", "the level that it changed from", figure.role.text)
    if figure.role.word != "achieved" or figure.measure.word != "amount":
        return figure.role
    if last.role.cue == "plan_raised" and between.strip() == "from":
        return last.role  # "raised its target to 41 billion USD from 38 billion USD"
    bracketed = _ONLY_BRACKET.fullmatch(between)
    if bracketed and is_money(figure.unit) and is_money(last.unit):
        return last.role
    of_rate = last.unit == "%" and last.measure.word == "share" and last.role.word in ("target", "projected")
    if bracketed and of_rate and figure.unit == "count":
        return last.role  # "will fall to 2.95% (13,421 households)"
    stroke = _BEHIND_STROKE.fullmatch(between)
    if stroke and figure.unit == last.unit == "count" and figure.words.right.startswith(stroke["noun"]):
        return Decision("target", "behind its result", between.strip())  # "2,130 laborers/4,200 laborers"
    told_apart = ";" in flat[amount.number.end : last.number.opens]
    if bracketed and last.measure.word == "attainment" and not told_apart and _makes(amount, figure, last):
        return Decision("target", "bracket after its attainment", last.measure.text)
    part = _INCLUDING.fullmatch(between) or _LABELLED.fullmatch(between)
    if part and last.role.word == "target" and not _DONE.match(figure.words.right):
        return Decision(
            "target", _PART, last.role.text
        )  # "8,946 billion VND, including 365 from fees and 80 from rents"
    given = _OF.search(figure.words.near) and _GIVEN.match(flat, figure.number.end)
    if is_money(figure.unit) and (given or _OUT_OF.search(figure.words.near)):
        return Decision("target", "out of", figure.words.near.strip())
    return figure.role


_IN_OTHER_WORDS = re.compile(
    r"(?:\s[a-z]+){1,2}\sor\s(?:about\s|over\s)?|(?:\s[a-z]+){0,2},\s(?:i\.e\.?|that\sis|or|equal(?:\sto)?|equalling|equivalent\sto|corresponding\sto),?\s(?:about\s|over\s)?"
)
_OF_A_WHOLE = re.compile(r"\s(?:of\s|[A-Z])")
_CHANGED = re.compile(
    expand(
        r"[^;:\d]*,\s(?:(?:{up}|{down})(?:\sby)?|an?\s(?:increase|decrease|rise|fall|reduction)\sof)\s(?:about\s|over\s)?"
    )
)
_RAISED = re.compile(r"\b(?:target|plan|goal|estimate)\s(?:for\s(?:[\w-]+\s){1,3})?from\s$")
_SINCE = phrase("held_against_earlier")


def _changed_since(flat: str, figure: Candidate, last: Candidate) -> bool:
    """Whether a change is that of what has been reached: "strives for 27 ha, 58% of the plan, a rise of 2% on 2022"."""
    reached = last.measure.word == "attainment" and last.role.word == "achieved" and figure.measure.word == "change"
    gap = flat[last.number.end : figure.number.opens]
    return bool(reached and _CHANGED.fullmatch(gap) and _SINCE.search(figure.words.right))


def _grew_behind_plan(figure: Candidate, last: Candidate) -> bool:
    """Whether a bracket behind what a plan was passed by is no part of the plan: "13% over the plan (up 2%)"."""
    beside = figure.bracketed and not last.bracketed and last.measure.word in ("attainment", "margin")
    return beside and figure.measure.word == "change" and figure.role.cue == "bracketed_plan"


def _in_other_words(flat: str, figure: Candidate, last: Candidate) -> bool:
    """Whether a number says a target in other words: "the plan was 13 trillion VND, equal to 40.8% of GRDP"."""
    of_others = figure.measure.word in ("attainment", "margin", "change")
    of_others = of_others or (figure.unit == "%" and not _OF_A_WHOLE.match(figure.words.right))
    return not of_others and bool(_IN_OTHER_WORDS.fullmatch(flat, last.number.end, figure.number.opens))


def _told_as_its_result(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether a share says a target as one before says its result: "29 tons, 46% of it; the plan was 28, 45%"."""
    if len(earlier) < 3 or figure.measure.word != "share" or figure.unit != "%":
        return False
    result, share, target = earlier[-3:]
    told = share.measure.word == "share" and share.unit == "%" and "target" not in (result.role.word, share.role.word)
    alike = target.role.word == "target" and target.measure.word == result.measure.word == "amount"
    return told and alike and target.unit == result.unit != "%" and "," in figure.words.left


def aimed_parts(figures: Sequence[Candidate]) -> None:
    """Make the parts of a plan planned, whatever their words say: "planned 9 checks (6 of cells, 3 of members)".

    Parts of what is projected are so, too.

    Its parts are those behind it that add up to it.
    """
    for n, whole in enumerate(figures):
        if whole.role.word in ("target", "projected") and whole.measure.word == "amount" and not whole.bracketed:
            for part in _adding_up(whole, figures[n + 1 :]):
                if not part.role.cue and not _WERE_DONE.match(part.words.right):
                    part.role = Decision(whole.role.word, _PART, whole.role.text)


_PLAN_CUES = ("bracketed_plan", "in_bracket_of_plan")
_PUT_AT = Sifted(r"\b(?:put\sat|estimated|forecast|predicted)\b")


def told_with_plans(figures: Sequence[Candidate]) -> None:
    """Make levels that are put at so much, with their plan in a bracket, results, though a list of goals is opened.

    "Several goals, such as: growth is put at 11.2% (goal: 8.6%), revenue ..., up 12.4%": what goes on behind it, too.
    """
    cue = ""
    for figure, following in zip(figures, [*figures[1:], None], strict=True):
        plan = following if following is not None and following.bracketed and not figure.bracketed else None
        plan = plan if plan is not None and plan.role.word == "target" and plan.role.cue in _PLAN_CUES else None
        told = plan is not None and plan.unit == figure.unit and _PUT_AT.search(figure.words.near)
        if told and figure.role.word == "target":
            cue = figure.role.cue
        elif figure.bracketed or figure.role.cue != cue:
            continue
        if cue and figure.role.word == "target":
            figure.role = Decision("projected", "beside its plan in a bracket", figure.role.text)


_WERE_DONE = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:were|was|have|has|had)\s(?:(?:not|been|yet|all)\s)*(?:met|fulfilled|reached|achieved|completed|exceeded)\b"
)
_PARTS = 12  # at most: each whole looks ahead no further


def _adding_up(whole: Candidate, later: Sequence[Candidate]) -> list[Candidate]:
    """The amounts behind another one that add up to it, in a bracket or beside one another; none where they do not."""
    found: list[Candidate] = []
    total = Fraction(0)
    for one in later[:_PARTS]:
        if one.unit != whole.unit or one.measure.word != "amount":
            continue
        found.append(one)
        total += one.number.value
        if total >= whole.number.value:
            break
    return found if len(found) > 1 and total == whole.number.value else []


def _is_before(figure: Candidate, earlier: Sequence[Candidate]) -> bool:
    """Whether what stands behind a stroke is the level before a change: "up 8% (569 million USD/527 million USD)"."""
    if len(earlier) < 2 or earlier[-2].measure.word != "change" or earlier[-2].unit != "%" or not figure.number.value:
        return False
    grown = abs(100 * (earlier[-1].number.value / figure.number.value - 1))
    return 2 * abs(grown - abs(earlier[-2].number.value)) <= earlier[-2].number.step


def _makes(amount: Candidate, whole: Candidate, percent: Candidate) -> bool:
    """Whether an amount is so many per cent of what stands in a bracket: "640 workers, reaching 91.4% (700)"."""
    part, of = amount.number.value, whole.number.value
    alike = amount.unit == whole.unit and amount.measure.word == "amount" and bool(of)
    return alike and abs(100 * part / of - percent.number.value) <= 2 * percent.number.step
