"""Reports in, the first table out: every figure that they state, one row each.

>>> figures = extract_figures("In 2023, 123 members were admitted, achieving 100% of the target set by the province.")
>>> figures[["value", "unit", "measure", "role", "set_by"]].values.tolist()
[[123.0, 'count', 'amount', 'achieved', ''], [100.0, '%', 'attainment', 'achieved', 'province']]
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import pandas as pd

from analysis import schema
from analysis.extraction import cues, measures, percents
from analysis.extraction.ambiguities import doubt_of
from analysis.extraction.candidate import Candidate
from analysis.extraction.clauses import Windows
from analysis.extraction.cues import Decision
from analysis.extraction.digits import Number
from analysis.extraction.frame import Frame, frame_of
from analysis.extraction.garbage import uncollected
from analysis.extraction.layout import set_back, squeezed
from analysis.extraction.links import about_of, link
from analysis.extraction.links_in_order import lists
from analysis.extraction.links_of_aims import link_aim_before, link_to_result_before
from analysis.extraction.numbers import scan
from analysis.extraction.periods import NO_PERIOD
from analysis.extraction.places.of_figure import Topic
from analysis.extraction.plan_signals import by_arithmetic
from analysis.extraction.qualifiers import unemphatic
from analysis.extraction.roles import (
    MANY_AIMS,
    aims_go_on,
    announces_aims,
    go_on,
    heading_of,
    holds_its_plan,
    role_in_time,
    role_of,
)
from analysis.extraction.strengths import rival_of, strength_of
from analysis.extraction.subjects import name
from analysis.extraction.times.resolve import Clock
from analysis.extraction.values import value_of
from analysis.extraction.wordings import stands_alone, words_around
from analysis.extraction.yardsticks import against, set_by, whole_of
from analysis.reading.article import Passage, passages
from analysis.reading.reports import Report, Source, each_report
from analysis.reading.sentences import plain

__all__ = ["candidates", "extract_figures"]


def extract_figures(reports: Source) -> pd.DataFrame:
    """One row per figure that the reports state, with the columns of ``schema.FIGURES``.

    Args:
        reports: reports as ``read`` returns them, one report, the text of one, the path of a folder, or several.
    """
    with uncollected():
        return schema.frame("figures", (row for report in each_report(reports) for row in _rows(report)))


def _rows(report: Report) -> Iterator[dict[str, object]]:
    if found := squeezed(report.text):
        text, at = found
        return (set_back(row, report.text, at) for row in _rows_of(replace(report, text=text)))
    return _rows_of(report)


def _rows_of(report: Report) -> Iterator[dict[str, object]]:
    frame = frame_of(report)
    for passage, figures in candidates(report, frame):
        for figure in figures:
            yield _row(report, frame, passage, figure)


def candidates(report: Report, frame: Frame) -> Iterator[tuple[Passage, list[Candidate]]]:
    """The sentences of a report, each with its figures, in the order of the text."""
    flat = plain(report.text)
    body, found = passages(flat), scan(report.text)
    starts = [number.start for number in found]
    clock, topic = Clock(flat, frame.timeline), Topic(frame.atlas)
    last_level: Candidate | None = None
    previous: list[Candidate] = []
    aimed = 0  # how many figures in a row, up to the last one, were targets
    reviewed: set[tuple[int, int] | None] = set()
    line, announced = -1, False  # of the last figures; whether the sentence before says that targets are set
    held: tuple[Passage, list[Candidate]] | None = None
    for passage in body:
        topic.enter(flat, passage.start, passage.end, passage.line)
        clock.enter(passage, aimed=aimed > 0)
        numbers = found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        end = max((number.end for number in numbers), default=0)
        if end > passage.end:  # a line that ends inside an amount ends no sentence
            passage = replace(passage, end=end)
        goes_on = aims_go_on(flat, passage, aimed, line, announced=announced)
        figures = _sentence(flat, passage, numbers, last_level, previous, reviewed, goes_on) if numbers else []
        in_order = {**topic.behind(flat, figures), **topic.in_order(flat, passage.start, lists(flat, figures))}
        for figure in figures:
            _place_and_time(flat, passage, figure, topic, clock, frame.date)
            figure.place, figure.place_source = in_order.get(figure.number.start, (figure.place, figure.place_source))
            if topic.is_named_by(figure.subject):
                figure.subject = ""
        if held:
            yield held
        held = passage, figures  # a target of this sentence may be answered in the next
        levels = [d for d in figures if d.is_level and d.part_of is None]
        last_level = next((d for d in reversed(levels) if not d.bracketed), levels[-1] if levels else last_level)
        previous = figures
        if figures:
            last = len([*takewhile(lambda d: d.role.word == "target", reversed(figures))])
            aimed = last + (aimed if last == len(figures) else 0)
            line = passage.line
        announced = announces_aims(flat, passage)
        if announced:
            aimed, line = max(aimed, MANY_AIMS), passage.line
    if held:
        yield held


def _sentence(
    flat: str,
    passage: Passage,
    numbers: Sequence[Number],
    before: Candidate | None,
    previous: Sequence[Candidate],
    reviewed: set[tuple[int, int] | None],
    goes_on: bool,
) -> list[Candidate]:
    """The figures of one sentence: cues first, then links, then what follows from the links.

    ``reviewed`` are the headings so far whose list tells results: one of its items holds its own plan. ``goes_on`` says
    that the sentence goes on with the aims told before it.
    """
    heading = "" if passage.heading in reviewed else heading_of(flat, passage)
    windows = Windows(flat, passage.start, passage.end, numbers)
    found = [windows.around(n) for n in range(len(numbers))]
    told = [cues.measure(number, words) for number, words in zip(numbers, found, strict=True)]
    told = [
        Decision("share", "N of M", number.text) if number.out_of is not None and number.unit == "%" else measure
        for number, measure in zip(numbers, told, strict=True)
    ]  # "98.2/99% of the target"
    over = heading
    if heading and holds_its_plan(found, told):
        over = ""
        reviewed.add(passage.heading)
    figures = [
        Candidate(number, words, measure, role_of(number, words, measure, over))
        for number, words, measure in zip(numbers, found, told, strict=True)
    ]
    measures.before_links(flat, figures, heading, previous)
    if goes_on:
        go_on(figures)
    link(flat, figures, before)
    link_to_result_before(flat, figures, previous)
    by_arithmetic(flat, figures)
    for n in percents.weigh(flat, figures, previous, ("achieved", "projected")):
        figures[n].about = about_of(flat, figures, n)
    for figure in figures:
        measures.from_sentence_before(figure, before)
        measures.after_links(figure)
        figure.number = unemphatic(flat, figure.number, figure.role.word)
    percents.weigh(flat, figures, previous, ("target", "benchmark"))
    name(figures, previous)
    for figure in figures:
        figure.link, figure.rival = strength_of(figure, figures), rival_of(figure, figures)
    if aim := link_aim_before(flat, figures, previous):
        measures.after_links(aim)
        aim.link = strength_of(aim, previous)
    return figures


def _place_and_time(
    flat: str, passage: Passage, figure: Candidate, topic: Topic, clock: Clock, date: dt.date | None
) -> None:
    figure.place, figure.place_source = topic.place_of(flat, passage.start, figure)
    open_ = figure.role.word == "achieved" and not figure.role.cue.startswith("done_")
    if open_ and figure.measure.word != "margin" and clock.aims(figure):
        figure.role = Decision("target", "year to come")
    period, figure.period_source = clock.period_of(figure)
    backwards = period.start and period.end and period.start > period.end
    figure.period = NO_PERIOD if backwards else period  # two times that do not belong together
    figure.unfinished = clock.goes_on(figure.period)
    figure.role = role_in_time(figure, date, clock.main)


def _row(report: Report, frame: Frame, passage: Passage, figure: Candidate) -> dict[str, object]:
    number, place = figure.number, figure.place
    value, interval, sign = value_of(figure)
    plan = against(figure)
    return {
        "figure_id": _id(report, figure),
        "report": report.id,
        "start": number.start,
        "end": number.end,
        "quote": report.text[number.start : number.end],
        "sentence": report.text[passage.start : passage.end],
        "sentence_start": passage.start,
        "wording": _wording(report.text, passage, figure),
        "value": float(value),
        "low": float(interval.low),
        "high": float(interval.high),
        "qualifier": number.qualifier,
        "unit": figure.unit,
        "per": number.per,
        "subject": figure.subject,
        "indicator": figure.indicator,
        "measure": figure.measure.word,
        "role": figure.role.word,
        "out_of": float(number.out_of) if number.out_of is not None else None,
        "place": place.name if place else "",
        "place_level": place.level if place else "",
        "period_start": figure.period.start,
        "period_end": figure.period.end,
        "step": float(number.step),
        "sign": sign,
        "whole": whole_of(figure),
        "against": plan,
        "set_by": set_by(plan),
        "about": _id(report, figure.about) if figure.about else "",
        "part_of": _id(report, figure.part_of) if figure.part_of else "",
        "link": figure.link or None,
        "measure_cue": figure.measure.trace,
        "role_cue": figure.role.trace,
        "doubt": doubt_of(figure, frame),
        "place_source": figure.place_source,
        "period_source": figure.period_source,
        "report_date": frame.date,
        "unfinished": figure.unfinished,
    }


def _wording(text: str, passage: Passage, figure: Candidate) -> str:
    """The report's words around a figure, which its subject cannot do without."""
    number, sentence = figure.number, text[passage.start : passage.end]
    if stands_alone(figure.subject, " ".join(sentence.split())):
        return ""
    left, right = text[passage.start : number.start], text[number.end : passage.end]
    return words_around(left, text[number.start : number.end], right, figure.subject)


def _id(report: Report, figure: Candidate) -> str:
    return f"{report.id}:{figure.number.start}"
