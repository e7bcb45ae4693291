"""From a number to its sentence: on a page by a link to the report's page, in a notebook by a card that opens in place.

>>> said = Said("Xa An met 22 of 25 targets.", 10, 18)
>>> cite("88%", "r:10", said, links="")
'<a href="report-r.html#f10">88%</a>'
>>> opening_at("88%", [said]).partition("</summary>")[2]
'<blockquote>Xa An met <mark>22 of 25</mark> targets.</blockquote></details>'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

import pandas as pd

from analysis.display.elements import tag
from analysis.writing.links import LINKS, link

__all__ = ["Said", "cite", "in_place", "named_in", "opening_at", "said_in", "with_look"]

_LOOK = (
    "details.said { display: inline } details.said::details-content { display: contents }"
    " details.said:not([open]) > blockquote { display: none }"
    " details.said > summary { display: inline; cursor: pointer; list-style: none;"
    " text-decoration: underline dotted; text-underline-offset: .2em }"
    " details.said > summary::-webkit-details-marker { display: none }"
    " details.said > blockquote { margin: .5em 0; padding: .25em 1em; border-left: .3em solid; text-align: left;"
    " white-space: pre-line; font-weight: normal }"
    # In a table the card lies over the rows below, as wide as the table, and the table makes room for it.
    " div.table { position: relative } div.table:has(details.said[open]) { padding-bottom: 7em }"
    " div.table details.said > blockquote { position: absolute; left: 0; right: 0; z-index: 2;"
    " background: var(--jp-layout-color1, var(--vscode-editor-background, Canvas));"
    " color: var(--jp-content-font-color1, var(--vscode-editor-foreground, CanvasText));"
    " box-shadow: 0 2px 8px rgb(0 0 0 / .4) }"
)

_CARD = '<details class="said"'


@dataclass(frozen=True)
class Said:
    """A sentence of a report, and which of its letters are a figure; ``source`` says which report's."""

    sentence: str
    start: int
    end: int
    source: str = ""


def quoted(said: Iterable[Said]) -> str:
    """The sentences, each once, with their figures marked.

    >>> quoted([Said("5 of <9>.", 0, 1), Said("5 of <9>.", 5, 8, ""), Said("Yes: 7.", 5, 6, "Xa An, 2023")])
    '<mark>5</mark> of <mark>&lt;9&gt;</mark>.<br>Yes: <mark>7</mark>. <small>Xa An, 2023</small>'
    """
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for one in said:
        spans.setdefault((one.sentence, one.source), set()).add((one.start, one.end))
    return "<br>".join(_marked(sentence, sorted(own)) + _small(source) for (sentence, source), own in spans.items())


def _marked(sentence: str, spans: Iterable[tuple[int, int]]) -> str:
    at, pieces = 0, []
    for start, end in spans:
        if at <= start:  # elements cannot overlap
            pieces += [escape(sentence[at:start]), tag("mark", escape(sentence[start:end]))]
            at = end
    return "".join([*pieces, escape(sentence[at:])])


def _small(source: str) -> str:
    return f" {tag('small', escape(source))}" if source else ""


def in_place(links: str | None = None) -> bool:
    """Whether there is no page to link to, as in a notebook that somebody works in: neither named nor exported."""
    return links is None and LINKS not in os.environ


def cite(words: str, figure_id: str, said: Said | None, links: str | None = None) -> str:
    """The words as a link to the figure in its report's page; without pages, as what opens its sentence in place.

    Args:
        words: plain text.
        figure_id: as in the tables.
        said: the figure's sentence; where it is not known and there is no page, the words stand alone.
        links: what comes before the name of a report's page; see :func:`analysis.writing.links.link`.
    """
    if not in_place(links):
        return tag("a", escape(words), href=link(figure_id, links))
    return opening_at(words, [said]) if said else escape(words)


def opening_at(words: str, said: Iterable[Said]) -> str:
    """Words that open a card with sentences; a card that opens closes the one before it."""
    card = tag("blockquote", quoted(said))
    return tag("details", tag("summary", escape(words)), card, class_="said", name="said")


def with_look(html: str) -> str:
    """A notebook's output with the looks of the cards in it."""
    return (tag("style", _LOOK) if _CARD in html else "") + html


def said_in(figures: pd.DataFrame, called: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, Said]:
    """The sentence of each figure by its id.

    Args:
        figures: the table of figures.
        called: what each report is called, by its id.
    """
    columns = ["figure_id", "report", "sentence", "sentence_start", "start", "end"]
    return {
        figure_id: Said(sentence, start - first, end - first, called.get(report, ""))
        for figure_id, report, sentence, first, start, end in figures[columns].itertuples(index=False)
    }


def named_in(figures: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """The figures with these ids."""
    return figures[figures["figure_id"].isin(list(ids))]
