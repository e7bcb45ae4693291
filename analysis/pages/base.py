"""Self-contained HTML pages: the frame that all of them share.

A page asks for nothing from outside and says so in its Content-Security-Policy: the only script that may run is the
page's own, named by its hash, so nothing from a report can run. Whatever is not HTML already is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import shorten

import jinja2
import pandas as pd
from markupsafe import Markup

from analysis import formatting
from analysis.display.naming import headline, report_name
from analysis.reading.reports import Report
from analysis.tables import Tables

__all__ = ["TEMPLATES", "heading_of", "neighbours", "page", "rested_on", "summary_of", "template"]

TEMPLATES = Path(__file__).parent / "templates"
_TABLE = 'class="data"'


def page(
    title: str,
    body: str,
    *,
    description: str,
    contents: Sequence[tuple[int, str, str]] = (),
    home: bool = True,
    code_switch: bool = False,
    basis: str = "",
    neighbours: Sequence[tuple[str, str, str]] = (),
) -> str:
    """One whole HTML page around its body.

    Args:
        title: plain text, for the browser's tab.
        body: HTML, with the page's one ``h1``.
        description: one plain sentence on what the page holds.
        contents: level, id and plain text of each heading to list.
        home: whether to link to the overview.
        code_switch: whether the page has code to show and hide.
        basis: one plain sentence on what the page rests on, its first line.
        neighbours: ``prev`` and ``next``, each with its address and plain words.
    """
    script = _script(_TABLE in body)
    heading, end, rest = body.partition("</h1>")
    return template("page.html.j2").render(
        title=title,
        heading=Markup(heading + end),
        body=Markup(rest),
        description=shorten(description, 300, placeholder=" …"),
        contents=contents,
        home=home,
        code_switch=code_switch,
        basis=basis,
        neighbours=neighbours,
        style=Markup(_asset("page.css")),
        script=Markup(script),
        script_hash="sha256-" + b64encode(sha256(script.encode()).digest()).decode(),
    )


def neighbours(pages: Sequence[tuple[str, str]]) -> list[list[tuple[str, str, str]]]:
    """For each of some pages in a row, given by address and words, the one before it and the one after it.

    >>> neighbours([("a.html", "A"), ("b.html", "B")])
    [[('next', 'b.html', 'B')], [('prev', 'a.html', 'A')]]
    """
    pairs = zip([None, *pages[:-1]], [*pages[1:], None], strict=True) if pages else ()
    return [[(rel, *page) for rel, page in (("prev", before), ("next", after)) if page] for before, after in pairs]


def summary_of(tables: Tables) -> str:
    """How much the tables hold, in words."""
    compared = formatting.count(len(tables.aimed), "target set against a result", "targets set against results")
    parts = [
        formatting.count(len(tables.figures), "figure"),
        compared,
        formatting.count(len(tables.findings), "finding"),
    ]
    return formatting.join(parts)


def rested_on(figures: pd.DataFrame) -> Callable[[Tables], pd.DataFrame]:
    """A function that picks the figures which some rows are or rest on, of reports and places besides their own too.

    A page asks about its own few again and again; of all figures, pages would take longer the more pages there are.

    Args:
        figures: the table of all.
    """
    at = pd.Index(figures["figure_id"])

    def of(own: Tables) -> pd.DataFrame:
        ids = set(own.figures["figure_id"])
        ids.update(one for _, rows in own if "figure_ids" in rows for cell in rows["figure_ids"] for one in cell or ())
        return figures.iloc[sorted({*at.get_indexer_for(list(ids))} - {-1})]

    return of


def heading_of(report: Report) -> str:
    """The report's headline; where it begins with anything else, its place and date."""
    name = report_name(report)
    return headline(report) or (f"Report on {name}" if name != report.id else name)


def template(name: str) -> jinja2.Template:
    """A page's template, in which every value is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


@cache
def _script(tables: bool) -> str:
    """The page's own script; the library for tables comes along where there is one to sort."""
    names = ["vendor/datatables.js", "table.js"] if tables else []
    return "\n".join(map(_asset, [*names, "page.js"]))


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
