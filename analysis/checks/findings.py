"""What every check shares: its row in ``checks.csv``, the words it looks for, and the recomputation it gives.

>>> RULES["over_whole"].severity
'error'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from analysis.checks.results import Result
from analysis.comparison.figure import Figure
from analysis.lexicon import rows
from analysis.schema import VOCABULARIES

__all__ = ["RULES", "Finding", "Recomputation", "Rule", "gathered", "pattern", "words"]


GRAVE = ("error", "warning")
WEAK = ("beside", "arithmetic", "inherited")  # links that the words of the report do not state
MUDDLED = 3  # figures of one sentence that fail the same check: then it is the list that is in question
ONLY_CONTRADICTS = frozenset(
    {
        "attainment_grain",
        "share_grain",
        "growth_of_whole",
        "margin_of_whole",
        "over_whole",
        "wording",
        "bounds",
        "conversion",
    }
)
"""Checks that hold a figure to a whole number, a bound or a word: what they do not contradict they do not bear out."""
SCALE = "scale"  # the check that looks at orders of magnitude alone
FACTOR = "off by a factor of 1,000"  # in an explanation: a scale word, or a mark of thousands, is wrong
_KNOWN = 100  # times the last digit that a number with three is worth at least
ASKS_HOW_FAR = "; or does the word before it reach as far?"
ASKS = "; or is one of these figures about something else?"

Finding = dict[str, Any]  # a row of the findings table, or of the recomputations


@dataclass(frozen=True)
class Rule:
    """One row of ``checks.csv``: the id of a check, its name, how grave its findings are, what it tests and why."""

    id: str
    name: str
    severity: str
    rule: str
    why: str
    source: str


RULES: Mapping[str, Rule] = {row["id"]: Rule(**row) for row in rows("checks/checks")}


@cache
def words(kind: str) -> re.Pattern[str]:
    """One pattern for all words of a kind in ``check_words.csv``; a star stands for any ending.

    >>> bool(words("negated").search("targets that were not achieved"))
    True
    """
    found = sorted((row["words"] for row in rows("checks/check_words") if row["kind"] == kind), key=len, reverse=True)
    return pattern(found)


def pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern for some phrases, as whole words, whatever the case; it matches nothing where there is none."""
    parts = [re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


@dataclass(frozen=True)
class Recomputation:
    """What a check says on one figure: the arithmetic redone, whether it agrees or not.

    Attributes:
        check: the id of the rule.
        figure: the figure concerned, whose words are quoted.
        result: what the pure check says: the arithmetic, what the others allow, and a reading under which they agree.
        others: the other figures involved.
        stated: the figure as stated where it is not the figure's own value, such as a sum.
        severity: of the finding, where it is not the rule's own.
        worded: whether a word is in question rather than a number, so that no number is recomputed.
        tie: what ties the figures together, where that is weaker than their own links, or "explicit" where the check
            knows better than they.
        told_with_another: whether the finding on another figure of its list says the same, so that it makes none.
    """

    check: str
    figure: Figure
    result: Result
    others: Sequence[Figure] = ()
    stated: Fraction | None = None
    severity: str = ""
    worded: bool = False
    tie: str = ""
    told_with_another: bool = False

    @property
    def agrees(self) -> str:
        """Whether the stated number is what the others give, in the words of the table."""
        if self.result.ok:
            return "by rounding" if self.result.by_rounding else "yes"
        return "other reading" if self.result.explanation else "no"

    @property
    def link(self) -> str:
        """The weakest link that it rests on; numbers that one phrase puts together are tied by its words."""
        order = VOCABULARIES["link"]
        if self.tie == order[0] or self._slipped:
            return order[0]
        links = (self.tie, self.figure.link, *(one.link for one in self.others))
        return max((link or order[0] for link in links), key=order.index)

    @property
    def figure_ids(self) -> frozenset[str]:
        """The ids of all figures involved."""
        return frozenset((self.figure.figure_id, *(one.figure_id for one in self.others)))

    @property
    def _slipped(self) -> bool:
        """Whether a thousand would set it right to its last digit, of three at least: no other number would."""
        figure = self.figure
        known = figure.step > 0 and _KNOWN * figure.step <= abs(figure.value) and figure.qualifier == "exact"
        return not self.result.ok and known and FACTOR in self.result.explanation

    @property
    def recomputes(self) -> bool:
        """Whether it redoes what the report states: a rule that only remarks on it does so where it is kept."""
        return self.result.ok or (self.severity or RULES[self.check].severity) in GRAVE

    @property
    def row(self) -> Finding:
        """Its row of the table ``recomputations``."""
        return self._cells("recomputation_id") | {
            "agrees": self.agrees,
            "arithmetic": str(self.result),
            "link": self.link,
        }

    @property
    def finding(self) -> Finding:
        """Its row of the table ``findings``, for one that does not agree; an error with an explanation is a warning.

        What rests on a link that the words do not state is no accusation: it is a note that asks. So is what lies on
        the side that a word such as "over" leaves open.
        """
        severity = self.severity or RULES[self.check].severity
        asks = ASKS if self.link in WEAK else ASKS_HOW_FAR if self._is_left_open else ""
        if severity not in GRAVE:
            asks = ""
        severity = "note" if asks else severity
        figure, why = self.figure, self.result.explanation
        return self._cells("finding_id") | {
            "severity": "warning" if severity == "error" and why else severity,
            "message": f"{self.result.message}{asks or '.'}",
            "explanation": why,
            **{name: getattr(figure, name) for name in ("start", "end", "quote", "unit", "per")},
        }

    @property
    def _is_left_open(self) -> bool:
        """Whether the number computed lies where the word before the stated one points: 84.8% is over 78%."""
        figure, found = self.figure, self.result.found
        over = figure.qualifier in ("over", "at_least") and found.low >= figure.value
        return over or (figure.qualifier in ("under", "at_most") and found.high <= figure.value)

    def _cells(self, name: str) -> Finding:
        """What both tables say of it."""
        figure, found = self.figure, self.result.found
        return {
            name: f"{figure.report}:{self.check}:{figure.start}",
            "report": figure.report,
            "place": figure.place,
            "check": self.check,
            "stated": float(abs(figure.value) if self.stated is None else self.stated),
            "recomputed_low": None if self.worded else float(found.low),
            "recomputed_high": None if self.worded else float(found.high),
            "figure_ids": tuple(dict.fromkeys([figure.figure_id, *(one.figure_id for one in self.others)])),
        }


def gathered(wrong: Iterable[Recomputation]) -> Iterator[Recomputation]:
    """What does not agree, a muddled list at once: several figures of one sentence that fail the same check.

    A list whose shares have slipped by one line is one thing to look at, not as many as it has lines. Where each of
    them is what another one should be, that is the reading under which they agree. Two numbers of which a per cent
    says that they do not fit are told once.
    """
    groups: dict[tuple[object, ...], list[Recomputation]] = defaultdict(list)
    all_wrong = list(wrong)
    others = [one.figure_ids for one in all_wrong if one.check == "attainment"]
    for one in all_wrong:
        if one.told_with_another or (one.check == SCALE and any(one.figure_ids <= ids for ids in others)):
            continue  # out of all proportion, and the per cent beside it says so, too
        figure = one.figure
        listed = figure.sentence and one.recomputes and not one.worded
        groups[one.check, figure.report, figure.sentence_start if listed else figure.figure_id].append(one)
    for group in groups.values():
        yield from [_at_once(group)] if len(group) >= MUDDLED else group


def _at_once(group: Sequence[Recomputation]) -> Recomputation:
    """The finding on a muddled list, on the first of its figures for which no reading was found."""
    first = next((one for one in group if not one.result.explanation), group[0])
    stated = {id(one): one.figure.as_stated("half_up") for one in group}
    moved = all(any(two is not one and two.result.found.meets(stated[id(one)]) for two in group) for one in group)
    why = "each of them is what another one of the list should be" if moved else first.result.explanation
    text = f"{first.result.message}, and {len(group) - 1} more figures of the same list do not agree either"
    others = [figure for one in (first, *group) for figure in (one.figure, *one.others)]
    return replace(first, result=replace(first.result, message=text, explanation=why), others=others)
