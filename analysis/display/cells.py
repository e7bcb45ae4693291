"""A table's cells: what stands in them, for people, and what to sort them by.

>>> maker("attainment")({"attainment": 1.346}).text
'134.6%'
>>> maker("quote", "../reports/")({"quote": "<5%", "figure_id": "r:7"}).html
'<a href="../reports/report-r.html#f7">&lt;5%</a>'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from math import isinf, isnan
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis import formatting
from analysis.comparison.asks import ASKS
from analysis.display.citing import Said, cite, in_place, said_in
from analysis.display.elements import tag
from analysis.lexicon import rows
from analysis.writing.links import page_link, words_link

__all__ = [
    "SYMBOLS",
    "Cell",
    "Record",
    "Stated",
    "anchor",
    "maker",
    "paged",
    "plain",
    "records",
    "stated_in",
    "symbol",
    "word",
]

_LOOKS = {row["word"]: row for row in reversed(rows("pages/palette")) if row["tone"]}
SYMBOLS = {word: row["sign"] for word, row in _LOOKS.items()}
"""A sign beside each verdict and severity, so that no meaning hangs on colour alone."""

_CHECKS = {row["id"]: row["name"] for row in rows("checks/checks")}
_AMOUNTS = {"value", "target", "achieved", "stated", "recomputed_low", "recomputed_high", "low", "high", "out_of"}
_AMOUNTS |= {"target_low", "target_high", "achieved_low", "achieved_high", "baseline", "last_target"}
_WORKED_OUT = {"before", "added"}  # an earlier level, and what came on top, where growth tells them
_RATIOS = {"attainment", "attainment_low", "attainment_high", "stated_attainment", "progress", "elapsed", "pace"}
_RATIO_MEASURES = {"attainment", "margin"}
_SIGNED = {"verdict", "severity"}
_SHORT = 18  # letters of an amount that is not broken: "26.97 trillion VND"
Record = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text, its HTML, and what to sort it by."""

    text: str
    html: str
    key: float | str | None = None
    number: bool = False


@dataclass(frozen=True)
class Stated:
    """What a table says about a figure that one of its rows rests on."""

    quote: str
    value: float
    qualifier: str
    per: str
    role: str
    is_ratio: bool = False  # a per cent of the target, or by how much it is passed
    said: Said | None = None  # the sentence, where a notebook shows it


def stated_in(
    figures: pd.DataFrame | None, links: str | None = None, called: Mapping[str, str] = MappingProxyType({})
) -> Mapping[str, Stated]:
    """The figures by figure_id, with their sentences where these open in place; none without a table of figures."""
    if figures is None:
        return MappingProxyType({})
    said = said_in(figures, called) if in_place(links) else {}
    columns = ["figure_id", "quote", "value", "qualifier", "per", "role", "measure"]
    return {
        figure_id: Stated(
            quote, value, word(qualifier), word(per), word(role), measure in _RATIO_MEASURES, said.get(figure_id)
        )
        for figure_id, quote, value, qualifier, per, role, measure in figures[columns].itertuples(index=False)
    }


def maker(
    name: str,
    links: str | None = None,
    stated: Mapping[str, Stated] = MappingProxyType({}),
    called: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Record], Cell]:
    """The function that makes a column's cell of a row.

    Args:
        name: of the column; ``period`` and ``evidence`` stand for several.
        links: what comes before the name of a report's page; see :func:`analysis.writing.links.link`.
        stated: the figures by figure_id; with them, amounts keep their qualifier and lead to the words that state them.
        called: what each report is called, by its id.
    """
    if name in ("evidence", "figure_ids", "figure_id"):
        return lambda row: _evidence(row, links, stated)
    if name == "period":
        return _period
    if name == "quote":
        return lambda row: _quote(row, links, stated)
    if name in _AMOUNTS:
        return lambda row: _amount(row, name, links, stated)
    if name in _WORKED_OUT:
        return lambda row: _before(row, name)
    if name in _RATIOS:
        return lambda row: _ratio(row, name, links, stated)
    if name == "message":
        return _message
    if name == "report":
        return lambda row: paged(str(row[name]), called.get(str(row[name]), str(row[name])), links)
    if name == "subject":
        return lambda row: _text(formatting.subject(row, unknown=""))
    if name == "check":
        return lambda row: _text(_CHECKS.get(word(row[name]), word(row[name])))
    if name in ("basis", "indicator"):
        return lambda row: _text(word(row[name]).replace("_", " "))
    if name == "asks":
        return lambda row: _asked(str(row[name]))
    if name in _SIGNED:  # what a rule finds at most is nothing that was found: it has no colour
        return lambda row: (
            plain(row[name])
            if "rule" in row
            else _signed(str(row[name]), word(row.get("doubt")) if name == "verdict" else "")
        )
    return lambda row: plain(row[name])


def plain(value: object) -> Cell:
    """The cell of a value on its own: text, number, date, or nothing."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return Cell("", "")
    if isinstance(value, bool):
        return _text("yes" if value else "no")
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return _number(formatting.number(float(value)) if not isinf(value) else "no limit", float(value))  # type: ignore[arg-type]
    if isinstance(value, date):
        text = f"{value:%Y-%m-%d}"
        return Cell(text, tag("time", text))
    if isinstance(value, tuple | list):
        return _text(formatting.join([str(part) for part in value]))
    return _text(str(value))


def word(value: object) -> str:
    """The text of a cell; empty where it is missing."""
    return value if isinstance(value, str) else ""


def records(table: pd.DataFrame) -> list[Record]:
    """The rows of a table as plain records."""
    return table.to_dict("records")  # type: ignore[return-value]


def paged(report: str, words: str, links: str | None = None) -> Cell:
    """The cell of a report: a link to its page where there is one."""
    return _text(words) if in_place(links) else anchor(page_link(report, links), words)


def anchor(href: str, words: str) -> Cell:
    """The cell of a link."""
    return Cell(words, tag("a", escape(words), href=href))


def symbol(kind: str) -> str:
    """The sign of a verdict or severity as an element, a verdict's in the colour that charts give it.

    >>> symbol("missed")
    '<span class="symbol" style="color: #E69F00" aria-hidden="true">▼</span>'
    """
    look = _LOOKS[kind]
    is_drawn = look["group"] == "verdict" and look["colour"].upper() != "#FFFFFF"
    return tag(
        "span",
        look["sign"],
        class_="symbol",
        style=f"color: {look['colour']}" if is_drawn else None,
        aria_hidden="true",
    )


def _text(text: str) -> Cell:
    return Cell(text, escape(text))


def _number(text: str, key: float, html: str = "") -> Cell:
    return Cell(text, html or escape(text), key if not isnan(key) else "", number=True)


def _asked(what: str) -> Cell:
    """What a next target asks for, with the sign that it has in charts."""
    return Cell(what, tag("span", symbol(ASKS[what]), what, class_="sign")) if what in ASKS else plain(what)


def _signed(verdict: str, doubt: str = "") -> Cell:
    if verdict not in SYMBOLS or verdict in ("above", "equal", "below"):  # the sign of more is that of better
        return plain(None if verdict == "nan" else verdict)
    tone = _LOOKS[verdict]["tone"] if _LOOKS[verdict]["group"] == "severity" else ""
    sign = tag("span", symbol(verdict), verdict, class_=f"sign {tone}".strip())
    return Cell(verdict, f"{sign} {tag('small', escape(doubt))}" if doubt else sign)


def _told(
    value: float, unit: str, per: str = "", qualifier: str = "exact", digits: int = formatting.SIGNIFICANT
) -> str:
    """The amount in words, with what it is per spelled out."""
    return formatting.amount(value, unit, qualifier=qualifier, digits=digits) + _each(per)


def _each(per: str) -> str:
    return f" per {formatting.join(per.split())}" if per else ""


def _amount(row: Record, name: str, links: str | None, stated: Mapping[str, Stated]) -> Cell:
    value = float(row[name])
    if isnan(value):
        return Cell("", "")
    unit, per, qualifier = word(row.get("unit")), word(row.get("per")), "exact"
    low, high, source = row.get(f"{name}_low"), row.get(f"{name}_high"), ""
    if name == "value" and "figure_id" in row:
        low, high, source, qualifier = row.get("low"), row.get("high"), row["figure_id"], word(row.get("qualifier"))
        if qualifier in ("", "exact"):  # the stated digits tell their own precision
            low = high = None
    elif name in ("target", "achieved"):
        source = _source(row, name, stated)
        figure = stated.get(source)
        per = per or (figure.per if figure else "") or _per_of(row, stated)
        qualifier = figure.qualifier if figure and not figure.is_ratio and figure.value == value else "exact"
    is_computed = name != "value" and source in stated and stated[source].is_ratio
    quote = word(row.get("quote")) if name == "value" else stated[source].quote if source in stated else ""
    is_range = not is_computed and formatting.is_range(quote)
    if is_computed and low is not None and high is not None:
        text = formatting.worked_out(value, unit, low, high) + _each(per)
        text = f"about {text}" if unit == "count" and round(value) != value else text
    elif is_range and name == "value":
        text, low = formatting.stated(dict(row) | {"per": ""}) + _each(per), None
    elif is_range and low is not None and high is not None:
        text, low = formatting.between(low, high, unit) + _each(per), None
    elif name == "last_target" and unit == "count" and value != round(value):
        text = f"about {round(value):,}"
    elif name == "value" and (value < 0 or unit == "rank"):
        text = formatting.stated(dict(row) | {"per": ""}) + _each(per)
    else:
        text = _told(value, unit, per, qualifier, _digits(name))
    html = _cited(source, text, links, stated) if source else escape(text)
    is_bound = qualifier in ("over", "at_least", "under", "at_most") and _is_open(low, high)
    span = _span(None if is_bound else low, high, unit, "worked out" if is_computed else "")
    how = " (projected)" if name == "achieved" and row.get("projected") is True else ""
    return _number(text + how, value, _together(text, html, span) + (how and f" {tag('small', how.strip())}"))


def _before(row: Record, name: str) -> Cell:
    """An earlier level, to two digits where it follows from "over 300 billion"."""
    near = word(row.get("qualifier")) not in ("", "exact")
    value = float(f"{row[name]:.2g}") if near else _rounded(row[name])
    return _number("about " * near + formatting.worked_out(value, word(row.get("unit"))), float(row[name]))


def _rounded(value: float) -> float:
    """A number that follows from rounded ones, without digits that nobody knows."""
    return value if abs(value) < 10**formatting.SIGNIFICANT else float(f"{value:.{formatting.SIGNIFICANT}g}")


def _digits(name: str) -> int:
    """A bound lies half a digit beyond what is stated, and half a digit more tells it apart."""
    return formatting.SIGNIFICANT + 2 * (name in ("low", "high"))


def _source(row: Record, name: str, stated: Mapping[str, Stated]) -> str:
    """The figure that states a side of a comparison; where none does, the per cent that it is worked out from."""
    roles = ("target",) if name == "target" else ("achieved", "projected")
    ids = [one for one in row.get("figure_ids") or () if one in stated]
    amounts = [one for one in ids if not stated[one].is_ratio]
    of_side = [one for one in amounts if stated[one].role in roles]
    ratios = [one for one in ids if stated[one].is_ratio]
    only = amounts if len(ids) == 1 else []  # N out of M states both sides
    return next(iter((*of_side, *ratios, *only)), "")


def _per_of(row: Record, stated: Mapping[str, Stated]) -> str:
    """What both sides of a comparison are per, where the words say it of one of them only."""
    return next((stated[one].per for one in row.get("figure_ids") or () if one in stated and stated[one].per), "")


def _is_open(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and (isinf(low) or isinf(high) or low == 0)


def _span(low: float | None, high: float | None, unit: str, said: str = "") -> str:
    """The interval, folded away behind a sign; what is said of the number comes first."""
    known = low is not None and high is not None and low != high and not (isnan(low) or isnan(high))
    between = formatting.between(low, high, unit) if known and low is not None and high is not None else ""
    words = ": ".join(filter(None, [said, between]))
    if not words:
        return ""
    sign = tag("summary", "≈" if said else "±", aria_label="how exactly it is known", title=words)
    return tag("details", sign, tag("small", escape(words)), class_="span")


def _together(text: str, html: str, span: str) -> str:
    """A number and the sign behind it, which never stands alone on a line; all on one line where it is short."""
    kind = "near short" if len(text) <= _SHORT else "near"
    return tag("span", f"{html} {span}", class_=kind) if span else html


def _ratio(row: Record, name: str, links: str | None, stated: Mapping[str, Stated]) -> Cell:
    value = float(row[name])
    if isnan(value):
        return Cell("", "")
    low, high, text = row.get(f"{name}_low"), row.get(f"{name}_high"), formatting.percent(value)
    if low is not None and high is not None and _is_open(low, high):
        text = formatting.ratio(low, high, value)
    ids = [one for one in row.get("figure_ids") or () if one in stated and stated[one].is_ratio]
    html = _cited(ids[0], text, links, stated) if ids else escape(text)
    if low is None or high is None:
        return _number(text, value, html)
    return _number(text, value, _together(text, html, _span(_hundredfold(low), _hundredfold(high), "%")))


def _hundredfold(ratio: float) -> float:
    """A ratio as a per cent, without the digits that binary fractions add: 1.3455 * 100 is not 134.55."""
    return float(Decimal(repr(float(ratio))) * 100) if not isnan(ratio) else ratio


def _quote(row: Record, links: str | None, stated: Mapping[str, Stated]) -> Cell:
    words = str(row["quote"])
    if "figure_id" not in row:
        return _text(words)
    return Cell(words, _cited(row["figure_id"], words, links, stated))


def _message(row: Record) -> Cell:
    """What a finding says, and the reading that fits."""
    told, reading = word(row["message"]), formatting.reading(word(row.get("explanation")))
    return Cell(f"{told} {reading}".strip(), escape(told) + (reading and f" <br><small>{escape(reading)}</small>"))


def _evidence(row: Record, links: str | None, stated: Mapping[str, Stated]) -> Cell:
    ids = [str(row["figure_id"])] if "figure_id" in row else list(row["figure_ids"])
    if not ids and word(row.get("quote")):
        words = row["quote"]
        return _text(words) if in_place(links) else anchor(words_link(row["report"], row["start"], links), words)
    quotes = [stated[one].quote if one in stated else str(n) for n, one in enumerate(ids, start=1)]
    html = [_cited(figure_id, quote, links, stated) for figure_id, quote in zip(ids, quotes, strict=True)]
    return Cell(", ".join(quotes), ", ".join(html))


def _period(row: Record) -> Cell:
    start, end = row["period_start"], row["period_end"]
    text = _period_words(start, end)
    return Cell(text, escape(text), "" if start is pd.NaT else f"{start:%Y-%m-%d}")


@cache
def _period_words(start: object, end: object) -> str:
    return formatting.period(start, end)


def _cited(figure_id: str, words: str, links: str | None, stated: Mapping[str, Stated]) -> str:
    figure = stated.get(figure_id)
    return cite(words, figure_id, figure.said if figure else None, links)
