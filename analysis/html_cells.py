"""A table's cells: what stands in them, for people, and what to sort them by.

>>> maker("attainment")({"attainment": 1.346}).text
'134.6%'
>>> maker("quote")({"quote": "<5%", "figure_id": "r:7"}).html
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

from analysis import wording
from analysis.evidence import link, page_link, words_link

__all__ = ["SYMBOLS", "Cell", "Record", "anchor", "maker", "plain", "tag"]

SYMBOLS = {
    "exceeded": "▲",
    "met": "●",
    "missed": "▼",
    "in progress": "▷",
    "undetermined": "□",
    "above": "▲",
    "equal": "●",
    "below": "▼",
    "error": "✕",
    "warning": "!",
    "note": "i",
}
"""A sign beside each verdict and severity, so that no meaning hangs on colour alone."""

_COLOURS = {"exceeded": "good", "met": "good", "missed": "bad", "error": "bad"}
_AMOUNTS = {"value", "target", "achieved", "stated", "recomputed_low", "recomputed_high", "low", "high", "out_of"}
_AMOUNTS |= {"target_low", "target_high", "achieved_low", "achieved_high", "baseline"}
_RATIOS = {"attainment", "attainment_low", "attainment_high", "stated_attainment", "progress", "elapsed"}
_SIGNED = {"verdict", "severity"}
Record = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text, its HTML, and what to sort it by."""

    text: str
    html: str
    key: float | str | None = None
    number: bool = False


def maker(
    name: str, links: str | None = None, quotes: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Record], Cell]:
    """The function that makes a column's cell of a row.

    Args:
        name: of the column; ``period`` and ``evidence`` stand for several.
        links: what comes before the name of a report's page; see :func:`analysis.evidence.link`.
        quotes: the words of figures, by figure_id.
    """
    if name in ("evidence", "figure_ids", "figure_id"):
        return lambda row: _evidence(row, links, quotes)
    if name == "period":
        return _period
    if name == "quote":
        return lambda row: _quote(row, links)
    if name in _AMOUNTS:
        return lambda row: _amount(row, name, links)
    if name in _RATIOS:
        return lambda row: _ratio(row, name)
    if name == "message":
        return _message
    if name == "report":
        return lambda row: anchor(page_link(str(row[name]), links), str(row[name]))
    if name == "check":
        return lambda row: _text(_word(row[name]).replace("_", " "))
    if name in _SIGNED:
        return lambda row: _signed(str(row[name]))
    return lambda row: plain(row[name])


def plain(value: object) -> Cell:
    """The cell of a value on its own: text, number, date, or nothing."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return Cell("", "")
    if isinstance(value, bool):
        return _text("yes" if value else "no")
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return _number(wording.number(float(value)) if not isinf(value) else "no limit", float(value))  # type: ignore[arg-type]
    if isinstance(value, date):
        text = f"{value:%Y-%m-%d}"
        return Cell(text, tag("time", text))
    if isinstance(value, tuple | list):
        return _text(wording.join([str(part) for part in value]))
    return _text(str(value))


def anchor(href: str, words: str) -> Cell:
    """The cell of a link."""
    return Cell(words, tag("a", escape(words), href=href))


def tag(name: str, *content: str, **attributes: str | None) -> str:
    """An element around HTML; attributes are escaped, and left out where they are None."""
    written = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return f"<{name}{''.join(written)}>{''.join(content)}</{name}>"


def _text(text: str) -> Cell:
    return Cell(text, escape(text))


def _number(text: str, key: float, html: str = "") -> Cell:
    return Cell(text, html or escape(text), key if not isnan(key) else "", number=True)


def _signed(word: str) -> Cell:
    if word not in SYMBOLS:
        return plain(None if word == "nan" else word)
    symbol = tag("span", SYMBOLS[word], class_="symbol", aria_hidden="true")
    return Cell(word, tag("span", symbol, word, class_=f"sign {_COLOURS.get(word, 'muted')}"))


def _amount(row: Record, name: str, links: str | None) -> Cell:
    value = float(row[name])
    if isnan(value):
        return Cell("", "")
    unit, per = _word(row.get("unit")), _word(row.get("per"))
    text = wording.amount(value, unit, per)
    if name == "value" and "figure_id" in row:
        return _number(text, value, _anchor(row["figure_id"], text, links))
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is None or high is None or low == high or isnan(low) or isnan(high):
        return _number(text, value)
    span = wording.between(low, high, unit, per)
    return _number(text, value, f"{escape(text)} <small>{escape(span)}</small>")


def _ratio(row: Record, name: str) -> Cell:
    value = float(row[name])
    if isnan(value):
        return Cell("", "")
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    text = wording.percent(value)
    if low is None or high is None or low == high or isnan(low) or isnan(high):
        return _number(text, value)
    return _number(
        text,
        value,
        f"{escape(text)} <small>{escape(wording.between(_hundredfold(low), _hundredfold(high), '%'))}</small>",
    )


def _hundredfold(ratio: float) -> float:
    """A ratio as a per cent, without the digits that binary fractions add: 1.3455 * 100 is not 134.55."""
    return float(Decimal(repr(float(ratio))) * 100)


def _quote(row: Record, links: str | None) -> Cell:
    words = str(row["quote"])
    if "figure_id" not in row:
        return _text(words)
    return Cell(words, _anchor(row["figure_id"], words, links))


def _message(row: Record) -> Cell:
    """What a finding says, and the reading that fits."""
    told, reading = _word(row["message"]), wording.reading(_word(row.get("explanation")))
    return Cell(f"{told} {reading}".strip(), escape(told) + (reading and f" <br><small>{escape(reading)}</small>"))


def _evidence(row: Record, links: str | None, quotes: Mapping[str, str]) -> Cell:
    ids = [str(row["figure_id"])] if "figure_id" in row else list(row["figure_ids"])
    if not ids and _word(row.get("quote")):
        return anchor(words_link(row["report"], row["start"], links), row["quote"])
    words = [quotes.get(figure_id, str(n)) for n, figure_id in enumerate(ids, start=1)]
    html = [_anchor(figure_id, word, links) for figure_id, word in zip(ids, words, strict=True)]
    return Cell(", ".join(words), ", ".join(html))


def _period(row: Record) -> Cell:
    start, end = row["period_start"], row["period_end"]
    text = _period_words(start, end)
    return Cell(text, escape(text), "" if start is pd.NaT else f"{start:%Y-%m-%d}")


@cache
def _period_words(start: object, end: object) -> str:
    return wording.period(start, end)


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _anchor(figure_id: str, words: str, links: str | None) -> str:
    return tag("a", escape(words), href=link(figure_id, links))
