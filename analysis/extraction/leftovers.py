"""Numbers of the article that are no figures, each with the rule that left it out and why.

>>> from analysis.reading.reports import from_text
>>> left_out([from_text("In 2023 the 13th Congress met. It has 9 members.")])[["quote", "rule"]].values.tolist()
[['2023', 'year'], ['13th', 'ordinal']]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.extraction.exclusions import reasons
from analysis.extraction.numbers import scan
from analysis.lexicon import rows
from analysis.reading.article import passages
from analysis.reading.reports import Report
from analysis.reading.sentences import plain

__all__ = ["left_out"]

COLUMNS = ["report", "start", "end", "quote", "context", "rule", "why"]
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*(?:st|nd|rd|th)?\b")
_AROUND = 30  # characters of context either side


def left_out(reports: Iterable[Report]) -> pd.DataFrame:
    """One row per written number of the articles that is no figure: report, start, end, quote, context, rule, why.

    ``rule`` is a row of ``data/numbers/exclusions.csv``; it is empty where the number was passed over without one.
    """
    return pd.DataFrame([row for report in reports for row in _numbers(report)], columns=COLUMNS)


def _numbers(report: Report) -> Iterator[dict[str, object]]:
    flat = plain(report.text)
    whys = {row["name"]: row["why"] for row in rows("numbers/exclusions")}
    figures = [(number.start, number.end) for number in scan(report.text)]
    named = reasons(flat)
    for passage in passages(flat):
        for match in _NUMBER.finditer(flat, passage.start, passage.end):
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
