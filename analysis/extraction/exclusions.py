"""A text in, the spans of what measures nothing out: dates, ordinals, document numbers, names, ages, page furniture.

The patterns stand in ``data/numbers/exclusions.csv``, each with its reason.

>>> excluded("In 2023 it met 22 targets.").overlaps(3, 7), excluded("In 2023 it met 22 targets.").overlaps(15, 17)
(True, False)
>>> from analysis.extraction.figures import extract_figures
>>> from analysis.reading.reports import from_text
>>> report = from_text("In 2023 the 13th Congress met. It has 9 members.")
>>> left_out([report], extract_figures(report))[["quote", "rule"]].values.tolist()
[['2023', 'year'], ['13th', 'ordinal']]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from analysis.currencies import before_number
from analysis.extraction.country import country_of
from analysis.extraction.number_pairs import BEST
from analysis.lexicon import (
    alternation,
    by_initial,
    likely,
    months,
    number_words,
    ordinal_words,
    phrase,
    rows,
    spaced,
    word_pattern,
)
from analysis.reading.article import passages
from analysis.reading.reports import Report
from analysis.reading.sentences import plain
from analysis.sieve import Quick, Sieve, Sifted, opens_with_digit

__all__ = ["Holes", "excluded", "left_out", "number_starts", "reasons"]

_TIME_TAKEN = phrase("time_taken")
_LINE = re.compile(r"[^\r\n]+")
_SOME_OF = Sifted(
    r"(?:(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|out|all|each|half|most))\sof|\bamong)\s$",
    re.IGNORECASE,
)
_AMONG = re.compile(rf"\s{BEST}\s(?:[\w-]+\s){{0,4}}?(?:among|of|in|nationwide)\b")
_IN_COUNTRY = re.compile(
    r"\s(?:nationwide|in\sthe\s(?:whole\s|entire\s)?(?:country|nation))(?=\s?[,.;)]|\s(?:and|in|among|by|with|for)\b|$)"
)
_RANK = Sifted(
    r"\d(?:st|nd|rd|th)\snationwide,|\brank|\bplaces?\b|\bposition|\bindex\b|\bPCI\b|\bPAPI\b|\b(?:stands?|standing|stood|finish(?:es|ed|ing))\s(?:\d|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Holes:
    """Spans that hold no figure, sorted and disjoint."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span touches one of them."""
        n = bisect_right(self.starts, end - 1) - 1
        return n >= 0 and self.ends[n] > start


@dataclass(frozen=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    quick: Quick
    at_number: bool  # whether its matches start with their number, so that it need be tried nowhere else

    def found(self, flat: str, start: int, end: int, numbers: Sequence[int]) -> Iterator[re.Match[str]]:
        """Its matches in a line of which some offsets are those of its numbers."""
        if not self.at_number:
            yield from self.quick.finditer(flat, start, end)
            return
        for number in numbers:
            if number >= start and (match := self.pattern.match(flat, number, end)):
                yield match
                start = match.end()


@cache
def _rules(country: str) -> Sieve[_Rule]:
    month, money = f"(?:{alternation(months())})", by_initial(before_number(country))
    written = {row["name"]: row["pattern"].replace("{month}", month) for row in rows("numbers/exclusions")}
    rules = [_rule(name, pattern.replace("{money}", money)) for name, pattern in written.items()]
    return Sieve((rule, [rule.pattern]) for rule in rules)


@cache  # most rules are those of every country
def _rule(name: str, written: str) -> _Rule:
    pattern = re.compile(spaced(written.replace("{word}", word_pattern())), re.MULTILINE)
    return _Rule(name, pattern, Quick(pattern), opens_with_digit(written.replace("{word}", "0")))


@cache
def _start() -> re.Pattern[str]:
    """A run of digits, or what stands before a word: two letters rule out most of them."""
    ordinals = alternation(ordinal_words())
    words = likely([*number_words(), *ordinal_words(), "an"], any_case=True)
    return re.compile(rf"[\d\W](?:(?<=\d)\d*|{words}(?={word_pattern()}|(?i:{ordinals})))")


@lru_cache(maxsize=10)
def number_starts(flat: str) -> list[int]:
    """Where a number may start: its first digit, or its word.

    >>> number_starts("Of the 15 targets, ten were met.")
    [0, 7, 19]
    """
    found = _start().finditer(flat)
    return [0, *(at.start() if at.group()[0].isdecimal() else at.end() for at in found)]


@cache
def _number() -> re.Pattern[str]:
    """What a line without digits must hold to hold a number at all."""
    return re.compile(
        rf"\b{word_pattern()}(?:fold)?\b|\b(?:one|half|tens|dozens|\w+ions|\w+ands|hundreds)\b", re.IGNORECASE
    )


def excluded(flat: str) -> Holes:
    """The spans of a plain text that hold no figure."""
    return _merged([(start, end) for _, start, end in reasons(flat)])


def reasons(flat: str) -> list[tuple[str, int, int]]:
    """What holds no figure, by the name of the rule in ``data/numbers/exclusions.csv``, with its span.

    Four reasons yield to their context: a duration is kept where a time taken is measured ("processing time was
    shortened from 15 days to 9 days"), an ordinal where a rank is spoken of ("up two places from 2022 (6th)"), a year
    or a class where it is money ("VND 2023", "₱5M"), a group of which so many are counted ("4 of the seven targets").
    """
    found: list[tuple[str, int, int]] = []
    country, starts = country_of(flat), number_starts(flat)
    for line in _LINE.finditer(flat):
        start, end = line.span()
        numbers = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        if any(flat[number].isdecimal() for number in numbers) or _number().search(flat, start, end):
            for rule in _rules(country).passed(line.group()):
                matches = rule.found(flat, start, end, numbers)
                found += [
                    (rule.name, *match.span()) for match in matches if not _yields(rule.name, flat, match, country)
                ]
    return found


@cache
def _paid(country: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){by_initial(before_number(country))}\s?$")


def _yields(name: str, flat: str, match: re.Match[str], country: str) -> bool:
    """Whether what a rule finds is a number all the same, because of the words around it."""
    if name == "duration":
        return bool(_TIME_TAKEN.search(_clause(flat, match)))
    if name == "known_group":
        return bool(_SOME_OF.search(flat, max(0, match.start() - 24), match.start()))
    if name in ("year", "class_code"):
        return bool(_paid(country).search(flat, max(0, match.start() - 8), match.start()))
    if name != "ordinal":
        return False
    among = _AMONG.match(flat, match.end())  # "the 3rd highest rate among 11 provinces"
    return bool(
        among
        or _IN_COUNTRY.match(flat, match.end())
        or (_RANK.search(_clause(flat, match)) and _ends_a_phrase(flat, match.end()))
    )


def _clause(flat: str, match: re.Match[str]) -> str:
    near = flat[max(0, match.start() - 120) : match.start()]
    return re.split(r"[\n;]|\.\s", near)[-1]


_PHRASE_END = re.compile(r"\s?[).,;]|\s(?:in|among|out|nationwide|place|position|when|and|but|while|up|down|after)\b|$")


def _ends_a_phrase(flat: str, end: int) -> bool:
    return bool(_PHRASE_END.match(flat[end : end + 12]))


def _merged(spans: list[tuple[int, int]]) -> Holes:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Holes(tuple(starts), tuple(ends))


# --- for a reader: the numbers passed over --------------------------------------------------------------------------

_COLUMNS = ["report", "start", "end", "quote", "context", "rule", "why"]
_WRITTEN = re.compile(r"\d+(?:[.,/:-]\d+)*(?:(?:st|nd|rd|th)(?=\b|[a-z]{3})|\b)")
_AROUND = 30  # characters of context either side


def left_out(reports: Iterable[Report], figures: pd.DataFrame) -> pd.DataFrame:
    """One row per written number of the articles that is no figure: report, start, end, quote, context, rule, why.

    Args:
        reports: the reports.
        figures: the figures that ``extract_figures`` found in them.

    ``rule`` is a row of ``data/numbers/exclusions.csv``; it is empty where the number was passed over without one.
    """
    taken = {report: [*zip(own["start"], own["end"], strict=True)] for report, own in figures.groupby("report")}
    entries = [row for report in reports for row in _passed_over(report, taken.get(report.id, []))]
    return pd.DataFrame(entries, columns=_COLUMNS)


def _passed_over(report: Report, figures: Sequence[tuple[int, int]]) -> Iterator[dict[str, object]]:
    flat = plain(report.text)
    whys = {row["name"]: row["why"] for row in rows("numbers/exclusions")}
    named = reasons(flat)
    for passage in passages(flat):
        for match in _WRITTEN.finditer(flat, passage.start, passage.end):
            if any(start < match.end() and match.start() < end for start, end in figures):
                continue
            rule = next((name for name, start, end in named if start < match.end() and match.start() < end), "")
            near = report.text[max(passage.start, match.start() - _AROUND) : min(passage.end, match.end() + _AROUND)]
            yield {
                "report": report.id,
                "start": match.start(),
                "end": match.end(),
                "quote": report.text[match.start() : match.end()],
                "context": " ".join(near.split()),
                "rule": rule,
                "why": whys.get(rule, ""),
            }
