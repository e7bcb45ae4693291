"""Targets against results, three ways: how far each was reached, in amounts, and where the next target lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf, isinf, isnan, nan

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.dot_plot import Dot, cut_at, draw_dots
from analysis.charts.labels import Record, amounts, counted, labels, numeral, records, side, source, spread, word
from analysis.charts.layout import ChartRow, Plan, render
from analysis.charts.lettering import clean
from analysis.charts.style import look
from analysis.charts.titles import ahead_title, pairs_title, verdict_title
from analysis.comparison.asks import ASKS, asks, is_bound
from analysis.comparison.verdicts import outcome
from analysis.formatting import TELLING, amount, between, count, percent, period, ratio
from analysis.schema import VERDICTS

__all__ = ["attainment", "next_targets", "targets_and_results"]

LIMIT = 15  # rows; more is a table, not a chart, and does not fit on a page
SOME = 2  # rows of each verdict that are drawn whatever others there are
AXIS_ROOM = 0.52  # inches: the ticks, and above them the name of the reference line
ALT_SUBJECT = 60  # letters of a subject in the alternative text
ASKED = {"less": "asks for less", "more": "asks for more"}
COLUMNS = (
    *("report", "place", "indicator", "subject", "unit", "period_start", "period_end", "set_by", "direction"),
    *("target", "target_low", "target_high", "achieved", "achieved_low", "achieved_high"),
    *("attainment", "attainment_low", "attainment_high", "verdict", "basis"),
)

Ends = tuple[float, float, float]  # low end, high end, and the point to draw


@dataclass(frozen=True)
class RatioRow:
    """A row of a table with its verdict and the ratio that is drawn."""

    row: Record
    verdict: str
    low: float
    high: float
    value: float


def attainment(comparisons: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """How far each target was reached, by place, against the line of 100%; shape and colour tell the verdict.

    Args:
        comparisons: the table of that name.
        ax: axes whose room the chart takes up; without them it opens a figure as high as it has rows.

    Raises:
        ValueError: the table lacks columns of comparisons.

    >>> from analysis.schema import frame
    >>> from matplotlib.figure import Figure
    >>> row = {"report": "r", "place": "Cua Ran", "subject": "visitors", "attainment": 0.914, "verdict": "missed"}
    >>> attainment(frame("comparisons", [row]), ax=Figure().subplots()).get_title()
    'The one target compared was missed'
    """
    entries = _entries(comparisons, "comparisons", _ratio)
    kept = _kept(entries, "missed")
    texts = labels([entry.row for entry in kept], told=amounts)
    dots = [_dot(entry, "verdict", text) for entry, text in zip(kept, texts, strict=True)]
    plan = Plan(
        title=verdict_title([outcome(entry.verdict, entry.row.get("projected") is True) for entry in entries]),
        subtitle=_subtitle(
            "Result as a per cent of the target", kept, len(entries), *_worked_out(dots), *_expected(kept)
        ),
        source=source(comparisons, "comparison"),
        notes=_notes(entries, dots, "comparison", "without a per cent", "missed targets"),
    )
    return render(_planned(plan, dots, "target"), ax)


def targets_and_results(comparisons: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Each target (upright line) and its result (mark) on one scale from 0, target = 100%, with the real amounts.

    Args:
        comparisons: the table of that name; rows that have only a per cent are left out, and counted.
        ax: axes whose room the chart takes up; without them it opens a figure as high as it has rows.

    Raises:
        ValueError: the table lacks columns of comparisons.
    """
    entries = _entries(comparisons, "comparisons", _ratio_of_pair)
    kept = _kept(entries, "missed")
    dots = [
        replace(
            _dot(entry, "verdict", text), outer=side(entry.row, "achieved"), inner=side(entry.row, "target"), brief=""
        )
        for entry, text in zip(kept, labels([entry.row for entry in kept]), strict=True)
    ]
    computed = any("(" in words for dot in dots for words in (dot.outer, dot.inner))
    shown = counted([entry.verdict for entry in kept], VERDICTS)
    key = ", ".join(f"{look('verdict', verdict).sign} {verdict}" for _, verdict in shown)
    plan = Plan(
        title=pairs_title([entry.verdict in ("exceeded", "met") for entry in entries if not isnan(entry.value)]),
        subtitle=f"Line: the target, set to 100%. Mark: the result ({key}). Beside them the amounts"
        + ("; those in brackets follow from a stated per cent or margin." if computed else "."),
        source=source(comparisons, "comparison"),
        notes=_notes(entries, dots, "comparison", "with a per cent only", "missed targets"),
    )
    return render(_planned(plan, dots, "target", dumbbell=True), ax)


def next_targets(outlook: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Where each next target lies as a per cent of the latest result, and whether it asks for less, as much or more.

    Args:
        outlook: the table of that name.
        ax: axes whose room the chart takes up; without them it opens a figure as high as it has rows.

    Raises:
        ValueError: the table lacks columns of outlook.
    """
    entries = [
        replace(entry, verdict=asks(entry.verdict, word(entry.row, "direction"), _is_bound(entry.row)))
        for entry in _entries(outlook, "outlook", _next_ratio)
    ]
    kept = _kept(entries, "less")
    texts = labels([entry.row for entry in kept], with_period=False)
    dots = [
        _dot(entry, "outlook", (subject, "; ".join(filter(None, [_next_amounts(entry.row), note]))))
        for entry, (subject, note) in zip(kept, texts, strict=True)
    ]
    plan = Plan(
        title=ahead_title([entry.verdict for entry in entries]),
        subtitle=_subtitle("Next target as a per cent of the latest result", kept, len(entries)),
        source=source(outlook, "next target"),
        notes=_notes(entries, dots, "next target", "without a ratio", "targets that ask for less"),
    )
    return render(_planned(plan, dots, "latest result"), ax)


def _entries(table: pd.DataFrame, name: str, ratio_of: Callable[[Record], Ends]) -> list[RatioRow]:
    columns = (*COLUMNS, *(["doubt"] if "doubt" in getattr(table, "columns", ()) else []))
    rows = records(table, columns, name)
    return [RatioRow(row, word(row, "verdict") or "undetermined", *_drawn(row, ratio_of)) for row in rows]


def _drawn(row: Record, ratio_of: Callable[[Record], Ends]) -> Ends:
    """The ratio; none of a row that should not be quoted before its sentences are read."""
    return (nan, nan, nan) if word(row, "doubt") else ratio_of(row)


def _kept(entries: Sequence[RatioRow], first: str) -> list[RatioRow]:
    """The most telling entries that have a ratio: those of the first verdict, and at least some of each other one.

    Those furthest from 100% come before others. Places stay in the order of the table; in each the highest ratio comes
    first.
    """
    drawable = [entry for entry in entries if not isnan(entry.value)]
    ranked = sorted(drawable, key=lambda entry: (entry.verdict != first, -abs(entry.value - 1)))
    among: Counter[str] = Counter()
    numbered = []  # each with its number among those of its verdict
    for entry in ranked:
        among[entry.verdict] += 1
        numbered.append((among[entry.verdict], entry))
    others = sum(min(SOME, n) for verdict, n in among.items() if verdict != first)
    room = {first: LIMIT - others}
    numbered.sort(key=lambda pair: pair[0] > room.get(pair[1].verdict, SOME))
    kept = [entry for _, entry in numbered[:LIMIT]]
    places = {word(entry.row, "place"): number for number, entry in reversed(list(enumerate(drawable)))}
    return sorted(kept, key=lambda entry: (places[word(entry.row, "place")], -entry.value))


def _dot(entry: RatioRow, group: str, text: tuple[str, str]) -> Dot:
    """The entry as a dot whose label tells ratio and verdict."""
    told = ratio(entry.low, entry.high, entry.value)
    row = ChartRow(word(entry.row, "place"), *text)
    verdict = entry.verdict if group == "verdict" else ASKED.get(entry.verdict, entry.verdict)
    shape = look(group, ASKS.get(entry.verdict, entry.verdict))
    return Dot(row, entry.value, entry.low, entry.high, shape, f"{told}, {verdict}", brief=f"{told}, {entry.verdict}")


def _subtitle(measured: str, entries: Sequence[RatioRow], total: int, *more: str) -> str:
    """What is measured, how many of all are drawn, and what whiskers and arrows mean where there are any.

    The period is told where it is that of all rows; else each row tells its own.
    """
    whens = {period(entry.row["period_start"], entry.row["period_end"]) for entry in entries}
    if len(entries) < total:
        measured = f"{measured}, the {len(entries):,} most telling of {total:,}"
    measured = ", ".join(filter(None, [measured, *(whens if len(whens) == 1 else ())]))
    whiskers = any(_is_range(entry) and not _is_open(entry) for entry in entries)
    marks = ["whiskers where only a range is known"] if whiskers else []
    marks += ["arrows where only a floor or a ceiling is known"] if any(map(_is_open, entries)) else []
    return "; ".join([measured, *marks, *more]) + "."


def _worked_out(dots: Sequence[Dot]) -> list[str]:
    """What the sign of an amount that no report states means, where one is drawn."""
    return (
        ["amounts with ≈ are worked out from a stated per cent or margin"]
        if any("≈" in dot.row.note for dot in dots)
        else []
    )


def _expected(entries: Sequence[RatioRow]) -> list[str]:
    """How many results are not final, where some are."""
    n = sum(entry.row.get("projected") is True for entry in entries)
    return [f"{count(n, 'result')} projected"] if n else []


def _is_open(entry: RatioRow) -> bool:
    return isinf(entry.low) or isinf(entry.high)


def _is_range(entry: RatioRow) -> bool:
    return entry.high - entry.low > TELLING


def _notes(entries: Sequence[RatioRow], dots: Sequence[Dot], noun: str, why: str, first: str) -> list[str]:
    """What is drawn otherwise than the reader may think, and what is not drawn."""
    drawable = sum(not isnan(entry.value) for entry in entries)
    doubtful = sum(bool(word(entry.row, "doubt")) for entry in entries)
    notes = [f"Beyond {percent(end)} an arrow stands for the distance." for end in cut_at(dots)]
    if hidden := drawable - len(dots):
        notes.append(f"{hidden:,} more not shown; kept first are {first}, and of the others those furthest from 100%.")
    if doubtful:
        notes.append(f"{count(doubtful, noun)} that could be read otherwise not drawn.")
    if missing := len(entries) - drawable - doubtful:
        notes.append(f"{count(missing, f'{noun} {why}', f'{noun}s {why}')} not drawn.")
    return notes


def _planned(plan: Plan, dots: Sequence[Dot], reference: str, dumbbell: bool = False) -> Plan:
    """The plan with its rows, their drawing and the alternative text."""
    return replace(
        plan,
        rows=[dot.row for dot in dots],
        draw=(lambda board: draw_dots(board, dots, reference, dumbbell, from_zero=reference == "target")),
        axis_room=AXIS_ROOM,
        alt=_alt(plan.title, dots, reference),
    )


def _alt(title: str, dots: Sequence[Dot], reference: str) -> str:
    """Title and extremes, in two sentences."""
    if not dots:
        return f"Chart without rows: {title}."
    name = f"Dot chart, {count(len(dots), 'row')}, 100% is the {reference}: {title}."
    top, bottom = max(dots, key=lambda dot: dot.value), min(dots, key=lambda dot: dot.value)
    ends = [("Highest", top), ("lowest", bottom)] if top is not bottom else [("The row", top)]
    return f"{name} {'; '.join(f'{word}: {_named(dot)}' for word, dot in ends)}."


def _named(dot: Dot) -> str:
    subject, place = (clean(words) for words in (dot.row.label, dot.row.group))
    subject = subject if len(subject) <= ALT_SUBJECT else subject[: ALT_SUBJECT - 1].rstrip() + "…"
    return f"{', '.join(filter(None, [subject, place]))}, {ratio(dot.low, dot.high, dot.value)}"


def _interval(row: Record, name: str) -> Ends:
    return spread(numeral(row, f"{name}_low"), numeral(row, f"{name}_high"), numeral(row, name))


def _ratio(row: Record) -> Ends:
    return _interval(row, "attainment")


def _ratio_of_pair(row: Record) -> Ends:
    """The attainment, where both amounts are known."""
    pair = (numeral(row, "target"), numeral(row, "achieved"))
    return (nan, nan, nan) if any(isnan(amount) for amount in pair) else _ratio(row)


def _next_ratio(row: Record) -> Ends:
    """Next target over latest result with its ends; from the attainment where amounts are missing."""
    target_low, target_high, target = _interval(row, "target")
    low, high, result = _interval(row, "achieved")
    if isnan(target) or isnan(result):
        target_low = target_high = target = 1.0
        low, high, result = _interval(row, "attainment")
    if isnan(result) or low <= 0 or isinf(high):
        return nan, nan, nan
    # A ceiling has no floor worth drawing: nobody aims at nothing.
    return (-inf if target_low == 0 < target else target_low / high), target_high / low, target / result


def _is_bound(row: Record) -> bool:
    return is_bound(numeral(row, "target_low"), numeral(row, "target_high"))


def _next_amounts(row: Record) -> str:
    """``at least 165 in 2024, after 183``."""
    unit, when = word(row, "unit"), period(row["period_start"], row["period_end"])
    target, low, high = (numeral(row, name) for name in ("target", "target_low", "target_high"))
    told = between(low, high, unit) if low < high else amount(target, unit)
    return f"{told}{f' for {when}' if when else ''}, after {side(row, 'achieved')}"
