"""The first lines of a notebook: a sentence, a list that leads to the evidence, and what to keep in mind.

>>> digest = Digest("Of 2 targets, 1 was missed:", (Line("missed", 1, "missed", (Item("saplings <b>", "r.html#f7"),)),))
>>> print(digest)
Of 2 targets, 1 was missed:
▼ 1 missed: saplings <b>
>>> "saplings &lt;b&gt;" in digest._repr_html_()
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis import formatting
from analysis.display.cells import SYMBOLS, symbol
from analysis.display.citing import Said, in_place, named_in, opening_at, said_in, with_look
from analysis.display.elements import NO_MATHS, tag
from analysis.writing.links import link

__all__ = ["NAMED", "Digest", "Item", "Line", "Prose", "are", "item", "opening", "say", "which"]

NAMED = 3
"""How many rows a line names; the tables below it have all."""


@dataclass(frozen=True)
class Item:
    """Words, and the report's words that they lead to: on its page, or in place where there are no pages."""

    words: str
    href: str
    said: tuple[Said, ...] = ()

    @property
    def html(self) -> str:
        """The words as an element."""
        if not in_place():
            return tag("a", escape(self.words), href=self.href)
        return opening_at(self.words, self.said) if self.said else escape(self.words)


@dataclass(frozen=True)
class Line:
    """How many rows there are of a kind, the first of them by name."""

    kind: str  # a word that has a sign: missed, error, below
    number: int
    words: str
    items: tuple[Item, ...] = ()
    apart: bool = False  # whether each item is a sentence of its own

    @property
    def _more(self) -> str:
        more = self.number - len(self.items)
        return f" and {more:,} more" if self.items and more > 0 else ""

    def __str__(self) -> str:
        named = "; ".join(item.words for item in self.items)
        return f"{SYMBOLS[self.kind]} {self.number:,} {self.words}{f': {named}{self._more}' if named else ''}"

    def html(self) -> str:
        """The line as an element of a list."""
        head = tag(
            "span", symbol(self.kind), " ", tag("b", f"{self.number:,}"), f" {escape(self.words)}", class_="sign"
        )
        links = [item.html for item in self.items]
        if self.apart:
            more = [self._more.strip()] if self._more else []
            return tag("li", head, tag("ul", *(tag("li", words) for words in [*links, *more])))
        return tag("li", head, f": {'; '.join(links)}{self._more}" if links else "")


@dataclass(frozen=True)
class Digest:
    """A notebook's answer; a notebook shows it as HTML, all text escaped, because it may hold words of reports."""

    lead: str
    lines: tuple[Line, ...] = ()
    rest: str = ""

    def __str__(self) -> str:
        return "\n".join(filter(None, [self.lead, *map(str, self.lines), self.rest]))

    @property
    def prose(self) -> str:
        """The sentences alone, for a page that has a list or a table of its own."""
        return " ".join(filter(None, [self.lead, self.rest]))

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    def _repr_html_(self) -> str:
        parts = [tag("p", escape(self.lead), class_=f"answer {NO_MATHS}")]
        if self.lines:
            parts.append(tag("ul", *(line.html() for line in self.lines), class_=f"digest {NO_MATHS}"))
        if self.rest:
            parts.append(tag("p", escape(self.rest), class_=NO_MATHS))
        return with_look("".join(parts))


def item(words: str, figure_ids: Sequence[str], figures: pd.DataFrame) -> Item:
    """Words that lead to the first of some figures on its page, and to all of them in place."""
    said = said_in(named_in(figures, figure_ids)) if in_place() else {}
    return Item(words, link(figure_ids[0]), tuple(said[one] for one in figure_ids if one in said))


@dataclass(frozen=True)
class Prose:
    """Computed sentences between two frames; all text escaped, because it may hold words of reports."""

    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return tag("p", escape(self.text), class_=NO_MATHS)


def say(*sentences: str | bool) -> Prose | None:
    """The sentences as a paragraph; one that does not apply may be false, and where all are, nothing is said.

    >>> print(say("2 of 3 were met.", len("none") > 9 and "All were.", "1 was missed."))
    2 of 3 were met. 1 was missed.
    """
    told = " ".join(one for one in sentences if isinstance(one, str) and one)
    return Prose(told[:1].upper() + told[1:]) if told else None


def opening(n: int, noun: str, plural: str = "") -> str:
    """A count that opens a sentence.

    >>> opening(0, "report"), opening(2, "report")
    ('No reports', '2 reports')
    """
    text = formatting.count(n, noun, plural)
    return text[:1].upper() + text[1:]


def which(n: int, of: int, noun: str) -> str:
    """Some of several things, as the subject of a sentence.

    >>> which(2, 2, "target"), which(1, 3, "target"), which(0, 3, "target")
    ('Both targets', '1 of the 3 targets', 'None of the 3 targets')
    """
    return formatting.every(n, noun) if n == of else f"{f'{n:,}' if n else 'None'} of the {formatting.count(of, noun)}"


def are(n: int, one: str, many: str) -> str:
    """The form of a verb for so many things."""
    return one if n == 1 else many
