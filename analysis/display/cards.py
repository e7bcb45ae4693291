"""A card per finding: the sentences with their figures marked, the arithmetic, and the reading that fits.

>>> import pandas as pd
>>> cards(pd.DataFrame(), None)
<no findings>
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import formatting
from analysis.display.cells import maker, tag
from analysis.display.evidence import Evidence, evidence

if TYPE_CHECKING:
    from analysis.reading.reports import Reports

__all__ = ["Card", "Cards", "cards"]

_LOOK = (
    "<style>article.finding { border-left: .3em solid; margin: 1em 0; padding: .1em 1em } "
    "article.finding blockquote { margin: .5em 0 } "
    "article.finding .symbol { display: inline-block; width: 1.2em }</style>"
)


@dataclass(frozen=True)
class Card:
    """One finding as a reader needs it."""

    severity: str
    check: str
    place: str
    message: str
    reading: str
    numbers: str
    evidence: Evidence

    @property
    def title(self) -> str:
        """How grave it is, of whom, and by which check."""
        about = f", {self.place}" if self.place else ""
        return f"{self.severity}{about} ({self.check.replace('_', ' ')})"

    def html(self) -> str:
        """The card as an element; all text is escaped."""
        sign = maker("severity")({"severity": self.severity}).html
        about = f", {escape(self.place)}" if self.place else ""
        head = tag("p", tag("strong", sign, about), f" ({escape(self.check.replace('_', ' '))})")
        told = [tag("p", escape(line)) for line in (self.message, self.reading) if line]
        small = tag("p", tag("small", escape(self.numbers))) if self.numbers else ""
        quoted = "".join(passage._repr_html_() for passage in self.evidence.passages)
        return tag("article", head, quoted, *told, small, class_="finding")

    def __str__(self) -> str:
        quoted = map(str, self.evidence.passages)
        return "\n".join(line for line in (self.title, *quoted, self.message, self.reading, self.numbers) if line)


@dataclass(frozen=True)
class Cards:
    """The cards of some findings; a notebook shows them one below the other."""

    cards: tuple[Card, ...]

    def _repr_html_(self) -> str:
        if not self.cards:
            return "<p>There is no finding to show.</p>"
        return _LOOK + "\n".join(card.html() for card in self.cards)

    def __repr__(self) -> str:
        return "\n\n".join(map(str, self.cards)) or "<no findings>"


def cards(
    findings: pd.DataFrame, reports: Reports | None, figures: pd.DataFrame | None = None, limit: int | None = None
) -> Cards:
    """A card for each finding.

    Args:
        findings: rows of the findings table.
        reports: what ``read`` returned; without it, as after an audit of a typed table, no sentence is shown.
        figures: the table of figures, which says where each figure ends.
        limit: how many cards to make.

    Raises:
        KeyError: a finding is of a report that was not read.
    """
    rows = findings if limit is None else findings.head(limit)
    own = {} if figures is None else {str(name): group for name, group in figures.groupby("report", sort=False)}
    made = []
    for _, row in rows.iterrows():
        words = Evidence(()) if reports is None else evidence(row, reports, own.get(str(row["report"]), figures))
        made.append(_card({str(name): cell for name, cell in row.items()}, words))
    return Cards(tuple(made))


def _card(row: Mapping[str, Any], words: Evidence) -> Card:
    return Card(
        severity=str(row["severity"]),
        check=str(row["check"]),
        place=str(row["place"] or ""),
        message=str(row["message"]),
        reading=formatting.reading(str(row["explanation"] or "")),
        numbers=_numbers(row),
        evidence=words,
    )


def _numbers(row: Mapping[str, Any]) -> str:
    """The number in question, stated or added up, and what the other figures allow, with their units."""
    stated, low, high = (float(row[name]) for name in ("stated", "recomputed_low", "recomputed_high"))
    if isnan(stated) or isnan(low) or isnan(high) or row["severity"] == "note":
        return ""
    unit, per = str(row.get("unit") or ""), str(row.get("per") or "")
    question = f"In question: {formatting.amount(stated, unit, per)}."
    if str(row["check"]).endswith("_grain"):
        nearest = formatting.join([formatting.amount(end, unit, per) for end in (low, high)])
        return f"{question} The nearest that whole numbers give: {nearest}."
    return f"{question} The other figures allow: {formatting.between(low, high, unit, per)}."
