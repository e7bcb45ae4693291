"""A number in, the same number with the words that bound or round it out: nearly, at least, no more than, or more.

>>> from analysis.extraction.numbers import scan
>>> [number.qualifier for number in scan("nearly 4,700 members, at least 10% and 95% or more")]
['almost', 'at_least', 'at_least']
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from analysis.extraction.digits import Number
from analysis.lexicon import alternation, phrase, rows

__all__ = ["qualified", "unemphatic"]

_ALONE = re.compile(r"[,(]\s?(?:exceed|surpass|topp|beat)(?:ing|ed)\s$")
_SET = phrase("was_set")
_AMOUNT = re.compile(r"\d\s(?:[a-z]+\s)?$")  # "710 ha over 690 ha of the plan"
_GAP = re.compile(r"\d\s?(?:%|per\s?cent|times)\s$", re.IGNORECASE)  # "17% more than the 101,200 of 2014"
_STOP = re.compile(r"\s*(?:[,;)]|\.(?!\d)|$)|\s*\n")
_COMPARED = ("higher than", "lower than")
_IN_YEAR = re.compile(
    r"\s(?:of|in)\s(?:the\s)?(?:same\speriod|previous\s|(?:\w+\s(?:quarter|half)\sof\s)?(?:19|20)\d\d)"
)
_OF_A_PLAN = phrase("of_a_plan")
_AGAINST_A_PLAN = phrase("against_a_plan")


@cache
def _qualifier_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = alternation(row["phrase"] for row in rows("numbers/qualifiers") if row["position"] == "before")
    after = alternation(row["phrase"] for row in rows("numbers/qualifiers") if row["position"] == "after")
    return (
        re.compile(
            rf"(?P<none>\b[Nn]o\s[\w\s]{{1,30}}?\s)?(?<!handed )(?<!took )(?<!turned )(?<!carried )(?<!taken )"
            rf"(?:\b(?=\w)|(?=~))(?P<phrase>(?i:{before}))(?:\s+|(?<=~)|(?<=than))(?:the\s+(?:mark|level|threshold|milestone)\s+of\s+|the\s+)?$"
        ),
        re.compile(rf"\s(?P<phrase>{after})\b|(?:\s[a-zA-Z-]+){{1,3}}\s(?P<late>or more|or higher)\b", re.IGNORECASE),
    )


@cache
def _ends_of_qualifiers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The last words of those before a number, the first of those after it: without one of them there is none."""
    before = {row["phrase"].split()[-1] for row in rows("numbers/qualifiers") if row["position"] == "before"}
    after = {row["phrase"].split()[0] for row in rows("numbers/qualifiers") if row["position"] == "after"}
    return tuple(before | {"the", "of"}), tuple(after)


@cache
def _qualifier_of() -> dict[str, str]:
    return {row["phrase"]: row["qualifier"] for row in rows("numbers/qualifiers")}


def qualified(flat: str, number: Number) -> Number:
    """The number with the qualifier that stands before it ("nearly 4,700") or after it ("95% or more")."""
    before, after = _qualifier_patterns()
    near, (last, first) = flat[max(0, number.start - 48) : number.start].lower(), _ends_of_qualifiers()
    may_be = (near[-1:] in " \n\t~" or near.endswith("than")) and near.rstrip().endswith(last)
    found = before.search(flat, max(0, number.start - 48), number.start) if may_be else None
    held = found is not None and _is_held(flat, number, found)
    if found and not held and not _counts_what_passed(flat, found["phrase"], number):
        kind = _qualifier_of()[" ".join(found["phrase"].lower().split())]
        if found["none"]:
            kind = {"under": "at_least", "over": "at_most"}.get(kind, kind)
        unit = "rank" if found["phrase"].lower().endswith("the top") and number.unit == "count" else number.unit
        return replace(number, qualifier=kind, qualifier_start=found.start(), unit=unit)
    near = flat[number.end : number.end + 40].lower()
    may_be = near[:1].isspace() and ("or " in near or near[1:].startswith(first))
    late = after.match(flat, number.end, number.end + 40) if may_be else None
    if late:
        return replace(number, qualifier=_qualifier_of()[" ".join((late["phrase"] or late["late"]).lower().split())])
    return number


def _is_held(flat: str, number: Number, found: re.Match[str]) -> bool:
    """Whether a result is held against the number: "710 ha over 690 ha of the plan", "higher than 12% in 2020"."""
    compared = found["phrase"].lower() in _COMPARED and _IN_YEAR.match(flat, number.end)
    if found["phrase"].lower().endswith("than") and _GAP.search(flat, max(0, found.start() - 12), found.start()):
        return True
    beside = found.group().endswith("the ") or _AMOUNT.search(flat, max(0, found.start() - 20), found.start())
    return bool(compared or (beside and _SET.match(flat, number.end)))


def _counts_what_passed(flat: str, phrase: str, number: Number) -> bool:
    """Whether a verb is no qualifier: "exceeded 19/22 targets" counts, "surpassing 30% of the plan" says by how much.

    From half of the plan on, the words can only mean that more than that was reached.
    """
    if phrase.lower().endswith((" passed", "passes")) and phrase.lower() != "surpasses":
        return number.unit == "count" and not number.scaled  # who "has passed 12 resolutions" has so many
    if not phrase.lower().startswith(("exceed", "surpass", "topp", "beat", "outstrip")):
        return False
    beyond = number.unit == "%" and number.value < 50 and _OF_A_PLAN.match(flat, number.end)
    alone = number.unit == "%" and number.value < 50 and _ALONE.search(flat[max(0, number.start - 16) : number.start])
    beyond = beyond or (number.unit != "%" and _AGAINST_A_PLAN.match(flat, number.end))
    few = number.unit == "count" and number.value < 100
    return bool(number.out_of is not None or few or beyond or (alone and _STOP.match(flat, number.end)))


def unemphatic(flat: str, number: Number, role: str) -> Number:
    """The number without the "up to" that bounds a target, but on a result only says that it is much."""
    if role == "target" or number.qualifier != "at_most" or number.qualifier_start < 0:
        return number
    start = number.qualifier_start
    emphatic = flat[start : start + len("up to")].lower() == "up to"
    return replace(number, qualifier="exact") if emphatic else number
