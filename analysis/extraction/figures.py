"""The first table: every figure that reports state, one row each.

>>> figures = extract_figures("In 2023, 123 members were admitted, achieving 100% of the target set by the province.")
>>> figures[["value", "unit", "measure", "role", "set_by"]].values.tolist()
[[123.0, 'count', 'amount', 'achieved', ''], [100.0, '%', 'attainment', 'achieved', 'province']]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from analysis import schema
from analysis.extraction import cues, measures
from analysis.extraction.ambiguities import doubt_of
from analysis.extraction.candidate import Candidate
from analysis.extraction.clauses import Words, around, brackets
from analysis.extraction.cues import Decision
from analysis.extraction.denominators import is_on_spending
from analysis.extraction.digits import Number
from analysis.extraction.frame import frame_of
from analysis.extraction.links import link
from analysis.extraction.naming import name
from analysis.extraction.numbers import scan
from analysis.extraction.places.mentions import Atlas
from analysis.extraction.places.topic import Topic
from analysis.extraction.qualifiers import unemphatic
from analysis.extraction.times.resolve import Clock
from analysis.extraction.values import value_of
from analysis.extraction.yardsticks import against, set_by, whole_of
from analysis.lexicon import rows
from analysis.reading.article import Passage, passages
from analysis.reading.reports import Report, from_text
from analysis.reading.sentences import plain

__all__ = ["extract_figures", "figure_rows"]


def extract_figures(reports: str | Report | Iterable[Report]) -> pd.DataFrame:
    """One row per figure that the reports state, with the columns of ``schema.FIGURES``.

    Args:
        reports: reports as ``read`` returns them, one report, or a plain string.
    """
    if isinstance(reports, str):
        reports = [from_text(reports)]
    elif isinstance(reports, Report):
        reports = [reports]
    return schema.frame("figures", (row for report in reports for row in figure_rows(report)))


def figure_rows(report: Report) -> Iterator[dict[str, object]]:
    """The figures of one report as plain rows, in the order of the text."""
    for figure in _candidates(report):
        yield _row(report, figure)


def _candidates(report: Report) -> Iterator[Candidate]:
    flat = plain(report.text)
    found = scan(report.text)
    starts = [number.start for number in found]
    body = passages(flat)
    clock, topic = Clock(report, flat, body), Topic(Atlas.of(report))
    last_level: Candidate | None = None
    previous: list[Candidate] = []
    opening: Passage | None = None
    spending = is_on_spending(flat, body)
    for passage in body:
        if passage.heading is None and opening is not None and opening.line == passage.line:
            passage = replace(passage, heading=(opening.start, opening.end))
        elif _opens_list(flat, passage, clock):
            opening = passage
        topic.enter(flat, passage.start, passage.end, passage.line)
        numbers = found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        clock.enter(passage)
        figures = _sentence(flat, passage, numbers, last_level, previous, spending)
        for figure in figures:
            _place_and_time(flat, report, passage, figure, topic, clock)
            yield figure
        last_level = next((d for d in reversed(figures) if d.is_level and d.part_of is None), last_level)
        if passage.first and not figures:
            last_level = None
        previous = figures


def _sentence(
    flat: str,
    passage: Passage,
    numbers: Sequence[Number],
    before: Candidate | None,
    previous: Sequence[Candidate],
    spending: bool = False,
) -> list[Candidate]:
    """The figures of one sentence: cues first, then links, then what follows from the links."""
    heading = flat[slice(*passage.heading)] if passage.heading else _inline_heading(flat, passage)
    figures = []
    pairs = brackets(flat, passage.start, passage.end) if numbers else []
    for n, number in enumerate(numbers):
        words = around(flat, passage.start, passage.end, numbers, n, pairs)
        measure = cues.measure(number, words)
        figures.append(Candidate(number, words, measure, _role(number, words, measure, heading)))
    measures.before_links(flat, figures, heading, previous, spending)
    link(flat, figures, before)
    for figure in figures:
        measures.from_sentence_before(figure, before)
        measures.after_links(figure)
        figure.number = unemphatic(flat, figure.number, figure.role.word)
    name(figures)
    return figures


_AGREED = re.compile(
    r"\b(?:agree[ds]?\son|(?:has|have)?\s?sets?(?:\sout)?|adopt(?:s|ed)|approve[ds]?|propose[ds]?|unanimously\s\w+)"
    r"\s(?:(?!\b(?:but|and|which|that)\b)[\w-]+\s){0,5}?(?:targets|goals|objectives)\b[^.:;]*\.$",
    re.IGNORECASE,
)


def _opens_list(flat: str, passage: Passage, clock: Clock) -> bool:
    """Whether the sentences after it in its line are targets: "For 2025, the conference agreed on 30 targets."."""
    text = flat[passage.start : passage.end]
    if not _AGREED.search(text[-200:]):
        return False
    year = clock.calendar.year
    return bool(year) and any(int(named) > int(year or 0) for named in re.findall(r"\b20\d\d\b", text))


def _inline_heading(flat: str, passage: Passage) -> str:
    """The heading that stands on the line of its list: "Main targets for 2025: growth of 10%; 70 new members"."""
    colon = flat.find(": ", passage.start, min(passage.end, passage.start + 100))
    opening = flat[passage.start : colon + 1] if colon > 0 else ""
    return opening if _HEADING.match(opening) else ""


_HEADING = re.compile(
    r"(?:[\w,'-]+\s){0,4}?(?:targets|goals|objectives|tasks)"
    r"(?:\s(?!were\b|was\b|are\b|is\b|not\b|met\b|reached\b|achieved\b|completed\b|exceeded\b)[\w'-]+){0,8}:$",
    re.IGNORECASE,
)
_TARGET_WINDOWS = frozenset(
    row["name"] for row in rows("cues/role_cues") if row["role"] == "target" and row["window"] == "near"
)


def _role(number: Number, words: Words, measure: Decision, heading: str) -> Decision:
    """The heading decides first; a number beside "target" is one unless it says how far the target was reached."""
    given = cues.heading_role(heading) if heading else None
    if given:
        return given
    if measure.cue in _OF_OTHERS:
        return Decision("benchmark", measure.cue, measure.text)
    decision = cues.role(words)
    relative = measure.word in ("attainment", "margin") or number.out_of is not None
    changed = decision.cue == "bracketed_plan" and measure.word == "change" and _EARLIER.search(words.right)
    if changed or (decision.word == "target" and relative and decision.cue in _TARGET_WINDOWS):
        return Decision("achieved")
    return decision


_SOON = 31  # days after its date that a report still speaks of as past: "by the end of 2023", on December 28
_YEAR_END = 20  # days before the end of a period in which "will meet" tells of what has been met
_OF_OTHERS = ("percent_of_average", "more_than_others", "above_others_by")
_EARLIER = re.compile(
    cues.expand(r"\b(?:compared\s(?:to|with)|over|than|from)\s{earlier}|\byear[\s-]on"), re.IGNORECASE
)


# --- place, time, row -------------------------------------------------------------------------------------------


def _place_and_time(flat: str, report: Report, passage: Passage, figure: Candidate, topic: Topic, clock: Clock) -> None:
    others = figure.role.word == "benchmark" and figure.measure.word != "margin"  # a gap to an average is one's own
    place, source = topic.place_at(flat, passage.start, figure.number.opens, others)
    if place is None and figure.about is not None and not others:
        place, source = figure.about.facts.get("place_object"), "sentence"  # type: ignore[assignment]
    if figure.role.word == "achieved" and clock.aims(figure, passage):
        figure.role = Decision("target", "year to come")
    period, period_source = clock.period_of(figure, passage)
    date = frame_of(report).date
    told = figure.role.cue in ("will", "will_follow") and period.end and date
    if told and period.end and date and (period.end - date).days <= _YEAR_END:
        figure.role = Decision("achieved", "will, of a period that is over", figure.role.text)
    if figure.role.word == "achieved" and period.start and date and (period.start - date).days > _SOON:
        figure.role = Decision("target", "period to come", str(period))
    figure.facts |= {
        "place_object": place,
        "place": place.name if place else "",
        "place_level": place.level if place else "",
        "place_source": source if place else "",
        "period_start": period.start,
        "period_end": period.end,
        "period_source": period_source,
        "report_date": date,
        "sentence_start": passage.start,
        "sentence_end": passage.end,
    }


def _row(report: Report, figure: Candidate) -> dict[str, object]:
    number, facts = figure.number, figure.facts
    start, end = int(str(facts["sentence_start"])), int(str(facts["sentence_end"]))
    value, interval, sign = value_of(figure)
    plan = against(figure)
    return {
        "figure_id": _id(report, figure),
        "report": report.id,
        "start": number.start,
        "end": number.end,
        "quote": report.text[number.start : number.end],
        "sentence": report.text[start:end],
        "sentence_start": start,
        "value": float(value),
        "low": float(interval.low),
        "high": float(interval.high),
        "qualifier": number.qualifier,
        "unit": figure.unit,
        "per": number.per,
        "subject": facts["subject"],
        "indicator": facts["indicator"],
        "measure": figure.measure.word,
        "role": figure.role.word,
        "out_of": float(number.out_of) if number.out_of is not None else None,
        "place": facts["place"],
        "place_level": facts["place_level"],
        "period_start": facts["period_start"],
        "period_end": facts["period_end"],
        "step": float(number.step),
        "sign": sign,
        "whole": whole_of(figure),
        "against": plan,
        "set_by": set_by(plan),
        "about": _id(report, figure.about) if figure.about else "",
        "part_of": _id(report, figure.part_of) if figure.part_of else "",
        "measure_cue": figure.measure.trace,
        "role_cue": figure.role.trace,
        "doubt": doubt_of(figure),
        "place_source": facts["place_source"],
        "period_source": facts["period_source"],
        "report_date": facts["report_date"],
    }


def _id(report: Report, figure: Candidate) -> str:
    return f"{report.id}:{figure.number.start}"
