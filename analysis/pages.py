"""Self-contained HTML pages: the frame that all of them share, and the overview that links to them.

A page asks for nothing from outside and says so in its Content-Security-Policy: the only script that may run is the
page's own, named by its hash, so nothing from a report can run. Whatever is not HTML already is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import jinja2
import pandas as pd
from markupsafe import Markup

from analysis import schema, wording
from analysis.evidence import reports_html
from analysis.html_tables import show

if TYPE_CHECKING:
    from analysis.reports import Report, Reports
    from analysis.tables import Tables

__all__ = ["TEMPLATES", "Answer", "heading_of", "overview", "page", "scorecard", "summary_of", "template"]

TEMPLATES = Path(__file__).parent / "templates"
_TABLE = 'class="data"'


@dataclass(frozen=True)
class Answer:
    """A notebook's question with its computed answer in HTML, and the page that tells the rest."""

    href: str
    question: str
    html: str


def page(
    title: str,
    body: str,
    *,
    description: str,
    contents: Sequence[tuple[int, str, str]] = (),
    home: bool = True,
    code_switch: bool = False,
) -> str:
    """One whole HTML page around its body.

    Args:
        title: plain text, for the browser's tab.
        body: HTML, with the page's one ``h1``.
        description: one plain sentence on what the page holds.
        contents: level, id and plain text of each heading to list.
        home: whether to link to the overview.
        code_switch: whether the page has code to show and hide.
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
        style=Markup(_asset("page.css")),
        script=Markup(script),
        script_hash="sha256-" + b64encode(sha256(script.encode()).digest()).decode(),
    )


def overview(title: str, answers: Sequence[Answer], reports: Reports, tables: Tables) -> str:
    """The page that links to all others: questions with their answers, a scorecard, and what was read.

    Args:
        title: the heading.
        answers: one for each notebook.
        reports: what ``read`` returned, with the files that could not be read.
        tables: what ``tabulate`` returned.
    """
    scores = scorecard(tables, [place.name for report in reports for place in report.places])
    summary = f"{wording.count(len(reports), 'report')} read: {summary_of(tables)}."
    body = template("overview.html.j2").render(
        title=title,
        summary=summary[0].upper() + summary[1:],
        answers=[(answer.href, answer.question, Markup(answer.html)) for answer in answers],
        scorecard=Markup(show(scores, caption="Verdicts and findings by place").html()) if len(scores) else "",
        reports=Markup(reports_html(reports, tables, links="")),
        empty=not reports,
    )
    contents = [(2, "answers", "Questions and answers")] if answers else []
    contents += [(2, "scorecard", "Scorecard"), (2, "reports", "What was read")]
    return page(title, body, description=summary, contents=contents, home=False)


def scorecard(tables: Tables, places: Iterable[str] = ()) -> pd.DataFrame:
    """How many targets of each place were exceeded, met, missed, …, and how many findings there are on it.

    Args:
        tables: what ``tabulate`` returned.
        places: to be listed even where there is nothing to count.

    >>> from analysis.tables import Tables
    >>> verdicts = schema.frame("comparisons", [{"place": "Xa An", "verdict": word} for word in ("met", "missed")])
    >>> tables = Tables(schema.empty("figures"), verdicts, schema.empty("outlook"), schema.empty("findings"))
    >>> scorecard(tables, ["Xa Binh"])[["place", "met", "missed", "error"]]
         place  met  missed  error
    0    Xa An    1       1      0
    1  Xa Binh    0       0      0
    """
    columns = (*schema.VERDICTS, *schema.VOCABULARIES["severity"])
    seen = Counter(zip(tables.aimed["place"], tables.aimed["verdict"].astype(str), strict=True))
    seen += Counter(zip(tables.findings["place"], tables.findings["severity"].astype(str), strict=True))
    listed = sorted({*places, *(place for place, _ in seen)})
    rows = [{"place": place or "(no place named)"} | {word: seen[place, word] for word in columns} for place in listed]
    return pd.DataFrame(rows, columns=["place", *columns])


def summary_of(tables: Tables) -> str:
    """How much the tables hold, in words."""
    compared = wording.count(len(tables.aimed), "target set against a result", "targets set against results")
    parts = [wording.count(len(tables.figures), "figure"), compared, wording.count(len(tables.findings), "finding")]
    return wording.join(parts)


def heading_of(report: Report) -> str:
    """A title short enough for a heading; a report that begins with a long sentence is called by its beginning."""
    return shorten(report.title, 110, placeholder=" …")


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
