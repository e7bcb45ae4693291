"""Findings as items of a list: how grave, what does not add up, and links to the words that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.display.cells import Record, maker, records, word
from analysis.display.naming import about_findings
from analysis.writing.links import link, words_link

__all__ = ["FindingItem", "finding_items"]


@dataclass(frozen=True)
class FindingItem:
    """A finding as ``finding.html.j2`` wants it."""

    sign: Markup
    about: str
    message: str
    reading: str
    words: Sequence[tuple[str, str]]


def finding_items(findings: pd.DataFrame, figures: pd.DataFrame) -> list[FindingItem]:
    """The findings for a list, in their order.

    Args:
        findings: rows of the table of that name.
        figures: the table of figures, which has their words.
    """
    ids = {one for row in findings["figure_ids"] for one in row or ()}
    named = figures[figures["figure_id"].isin(list(ids))]
    quotes = dict(zip(named["figure_id"], named["quote"], strict=True))
    told = about_findings(findings, figures)
    return [_item(row, quotes, what) for row, what in zip(records(findings), told, strict=True)]


def _item(row: Record, quotes: Mapping[str, str], what: str) -> FindingItem:
    words = [(link(one, ""), quotes[one]) for one in row["figure_ids"] or () if one in quotes]
    if not words and row["quote"]:
        words = [(words_link(row["report"], row["start"], ""), row["quote"])]
    message, reading = word(row["message"]), formatting.reading(word(row["explanation"]))
    return FindingItem(Markup(maker("severity")(row).html), what, message, reading, words)
