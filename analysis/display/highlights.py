"""What is most worth knowing of some reports: each in a sentence, with the number that leads to the report's words.

>>> from analysis.reading.reports import Reports, from_text
>>> from analysis.tables import tabulate
>>> text = "In 2023 Xa An district met 22 out of 25 targets."
>>> for one in highlights(tabulate(Reports([from_text(text, "note")]))):
...     print(one)
▼ Only 22 of 25 targets met (Xa An, 2023): 3 were missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.comparison.asks import next_pairs
from analysis.display.answers import told
from analysis.display.cells import SYMBOLS, Record, records, symbol
from analysis.display.digest import are
from analysis.display.naming import about_findings
from analysis.display.passages import passages
from analysis.tables import Tables
from analysis.writing.links import link, words_link

__all__ = ["Highlight", "highlights"]

_NUMBER = re.compile(r"\d[\d,.]*(?<=\d)(?: of \d[\d,.]*(?<=\d))?%?")
_FAR = 0.2  # of the target; a result further above it is worth a word


@dataclass(frozen=True)
class Highlight:
    """A sentence in three pieces: before its number, the number, which is a link, and after it."""

    kind: str  # a word that has a sign
    before: str
    number: str
    after: str
    href: str

    @property
    def opening(self) -> str:
        """What comes before the number, as the beginning of a sentence."""
        return self.before[:1].upper() + self.before[1:]

    @property
    def symbol(self) -> Markup:
        """The sign as an element of a page."""
        return Markup(symbol(self.kind))

    def __str__(self) -> str:
        return f"{SYMBOLS[self.kind]} {self.opening}{self.number}{self.after}"


def highlights(tables: Tables, most: int = 3) -> list[Highlight]:
    """What does not add up, what was missed, and which next target asks for less; the gravest of each in turn.

    Args:
        tables: what ``tabulate`` returned.
        most: how many sentences.
    """
    kinds = [_doubted(tables), _missed(tables.aimed), _lowered(tables), _unanswered(tables), _passed(tables.aimed)]
    turns = chain.from_iterable(zip_longest(*kinds[:3]))
    return list(islice(filter(None, chain(turns, *kinds[3:])), most))


def _doubted(tables: Tables) -> Iterator[Highlight]:
    """Errors, then warnings, one for each passage."""
    grave = passages(tables.findings[tables.findings["severity"] != "note"])
    for row, what in zip(records(grave), about_findings(grave, tables.figures), strict=True):
        ids = row["figure_ids"] or ()
        href = link(ids[0], "") if ids else words_link(row["report"], row["start"], "")
        yield _sentence(row["severity"], f"{what}: " if what else "", row["message"], href)


def _missed(aimed: pd.DataFrame) -> Iterator[Highlight]:
    """Missed targets, the furthest first."""
    missed = aimed[(aimed["verdict"] == "missed") & (aimed["doubt"] == "")]
    for row in records(_furthest(missed)):
        left = round(row["target"] - row["achieved"]) if row["basis"] == "out_of" and row["unit"] == "count" else 0
        yield _compared(row, f": {left:,} {are(left, 'was', 'were')} missed." if left > 0 else ": missed.")


def _passed(aimed: pd.DataFrame) -> Iterator[Highlight]:
    """Targets that were passed by far."""
    passed = aimed[(aimed["verdict"] == "exceeded") & (aimed["doubt"] == "") & (aimed["direction"] != "lower")]
    for row in records(_furthest(passed[passed["attainment"] > 1 + _FAR])):
        yield _compared(row, ": far more than was aimed at.")


def _lowered(tables: Tables) -> Iterator[Highlight]:
    """Next targets that ask for less than the latest result; those with a caution come last."""
    pairs = next_pairs(tables.outlook, tables.figures)
    lower = pairs[(pairs["asks"] == "less") & (pairs["doubt"] == "")]
    far = lower.assign(far=(lower["attainment"] - 1).abs(), sure=lower["caution"] == "")
    for row in records(far.sort_values(["sure", "far"], ascending=False, kind="stable")):
        target = formatting.between(row["target_low"], row["target_high"], row["unit"])
        how = "projected before" if row["projected"] is True else "already reached"
        less = "easier to meet" if row["direction"] == "lower" else "less"
        after = f", {less} than the {formatting.amount(row['achieved'], row['unit'])} {how}."
        before = f"{formatting.of_what(row)}: the next target is "
        yield Highlight("below", before, target, after, link(row["figure_ids"][0], ""))


def _unanswered(tables: Tables) -> Iterator[Highlight]:
    """Targets whose time was up, and that no result answers."""
    for row in records(tables.figures[tables.figures["due"] == "due"]):
        number = formatting.stated(row)
        before = f"{formatting.of_what(row)}: a target of "
        yield Highlight(
            "undetermined", before, number, ", and no result in the same words.", link(row["figure_id"], "")
        )


def _furthest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by their distance from the target, in either direction."""
    ratio = rows["attainment"].where(rows["direction"] != "lower", 1 / rows["attainment"])
    return rows.loc[(ratio - 1).abs().sort_values(ascending=False, kind="stable").index]


def _compared(row: Record, end: str) -> Highlight:
    before, number, rest = told(row)
    where = formatting.of_what(row | {"subject": "", "wording": ""})
    after = f" {rest}{f' ({where})' if where else ''}{end}"
    return Highlight(row["verdict"], before, number or "It", after, link(row["figure_ids"][0], ""))


def _sentence(kind: str, before: str, message: str, href: str) -> Highlight:
    """A finding's message, its first number the link; its first word where it has none."""
    found = _NUMBER.search(message)
    start, end = found.span() if found else (0, message.find(" ") % (len(message) + 1))
    return Highlight(kind, before + message[:start], message[start:end], message[end:], href)
