"""Rows as an accessible HTML table for people: words for codes, figures linked to the report's own words.

>>> import pandas as pd
>>> table = show(pd.DataFrame({"place": ["Xa <An>"], "verdict": ["missed"]}), caption="One place")
>>> print(table)
One place
Place   | Verdict
Xa <An> | missed
>>> "Xa &lt;An&gt;" in table._repr_html_()
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis import formatting, schema
from analysis.display.cells import Cell, Stated, maker, records, stated_in
from analysis.display.citing import named_in, with_look
from analysis.display.csv_link import CsvLink, csv_link
from analysis.display.elements import NO_MATHS, tag

__all__ = ["CASELOADS", "LIMIT", "Table", "show"]

LIMIT = 300
"""How many rows a table shows unless it is told otherwise: a page of several tables stays under two megabytes."""

_SENTENCE = 60  # letters
_LONG = 21  # rows from which a table scrolls under its header

# JupyterLab sets every cell to the right, words too.
_LOOK = (
    "<style>div.table table.data :is(th, td, caption) { text-align: left; vertical-align: top }"
    " div.table table.data .number { text-align: right } div.table table.data small { display: block }"
    " div.table table.data .symbol { display: inline-block; width: 1.2em }"
    " div.table details.span { display: inline } div.table details.span > summary"
    " { display: inline-block; min-width: 24px; text-align: center; cursor: pointer; list-style: none }"
    " div.table :is(.sign, .near.short) { white-space: nowrap }"
    " div.table .near:not(:has([open])) { display: inline-flex; align-items: last baseline }</style>"
)
_LABELS = {
    "asks": "It asks for",
    "figure_ids": "Evidence",
    "figure_id": "Evidence",
    "quote": "In the report's words",
    "high": "At most",
    "low": "At least",
    "message": "Finding",
    "arithmetic": "Redone",
    "stated_attainment": "Attainment as stated",
    "measure_cue": "Measure read from",
    "role_cue": "Role read from",
    "place_source": "Place from",
    "period_source": "Period from",
    "set_by": "Target set by",
}
_LATER = {"achieved": "Latest result", "verdict": "Target is"}
_ASKED = _LATER | {"subject": "What", "target": "Next target", "period": "Target for"}
CASELOADS: Mapping[str, str] = dict.fromkeys(("subject", "place", "period"), "") | {
    "target": "In all",
    "achieved": "Dealt with",
    "attainment": "Part of all",
    "evidence": "",
}
"""The columns of a table of caseloads: nobody aims at them, so there is no target and no verdict."""

# A frame is told by the columns that it has; then which of them it shows, and what it calls some of them.
_KINDS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("asks caution", "place subject achieved target asks period caution evidence", _ASKED),
    ("question why", "place question why evidence", {"why": "Why ask"}),
    ("comparison_id", "subject place period target achieved attainment verdict evidence", {}),
    ("recomputation_id", "arithmetic agrees place link evidence", {}),
    ("finding_id", "check severity place message evidence", {}),
    ("figure_id", "quote value measure role subject place period", {}),
    ("quote context", "quote context rule why", {"quote": "Number"}),
    ("check severity rule", "check severity rule", {"rule": "What it asks", "severity": "At most"}),
)
_OUTLOOK = ("subject place period target achieved verdict evidence", _LATER)


@dataclass(frozen=True, repr=False)
class Table:
    """A table for people; a notebook shows it as HTML."""

    caption: str
    note: str
    labels: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...] = ()
    csv: CsvLink | None = None
    of: int = 0  # how many rows there are, where not all are shown

    def _repr_html_(self) -> str:
        told = self.html() if self.rows else tag("p", escape(f"{self.caption or 'Rows'}: none."))
        return _LOOK + with_look(told) if self.rows else told

    def __repr__(self) -> str:
        """How much it holds; a notebook shows the table itself, and ``print`` writes it."""
        size = f"{formatting.count(len(self.rows), 'row')} of {formatting.count(len(self.labels), 'column')}"
        return f"<{self.caption or 'Table'}: {size}>"

    def html(self) -> str:
        """The table as an element for a page of this project, whose style sheet knows it.

        Columns after the first in which no row says anything are left out.
        """
        shown = [n for n in range(len(self.labels)) if not n or not self.rows or any(row[n].text for row in self.rows)]
        note = self.note and " " + tag("span", escape(self.note), class_="note")
        head = [
            tag("th", escape(self.labels[n]), scope="col", class_="number" if self._is_numeric(n) else None)
            for n in shown
        ]
        ids = self.ids or (None,) * len(self.rows)
        body = [_row([row[n] for n in shown], identity) for row, identity in zip(self.rows, ids, strict=True)]
        table = tag(
            "table",
            tag("caption", tag("span", escape(self.caption) + note)),
            tag("thead", tag("tr", *head)),
            tag("tbody", *body),
            class_="data",
        )
        long = " long" if len(self.rows) >= _LONG else ""
        name = self.caption or "Table"
        scroll = tag("div", table, class_=f"scroll{long}", tabindex="0", role="region", aria_label=name)
        return tag("div", scroll, self._download(name), class_=f"table {NO_MATHS}")

    def _download(self, name: str) -> str:
        """The link to the rows as a file; a part of them where they are too many for a page."""
        if self.csv is None or not self.rows:
            return ""
        total = self.of or len(self.rows)
        part = f" (the first {self.csv.rows:,} of {formatting.count(total, 'row')})" if self.csv.rows < total else ""
        words = f"Download as CSV{part}"
        # The type opens as a file; the name says which table, to those who go from link to link.
        link = tag("a", words, href=self.csv.href, download=self.csv.file, aria_label=f"{words}: {name}")
        return tag("p", link, class_="take")

    def _is_numeric(self, column: int) -> bool:
        cells = [row[column] for row in self.rows]
        return any(cell.number for cell in cells) and all(cell.number or not cell.text for cell in cells)

    def __str__(self) -> str:
        lines = [self.labels, *(tuple(cell.text for cell in row) for row in self.rows)]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.labels))]
        text = [" | ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([*filter(None, [f"{self.caption} {self.note}".strip()]), *text])


def show(
    frame: pd.DataFrame,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    caption: str = "",
    limit: int | None = LIMIT,
    *,
    links: str | None = None,
    figures: pd.DataFrame | None = None,
    ids: Sequence[str] = (),
    called: Mapping[str, str] | None = None,
) -> Table:
    """The frame as a table for people: amounts with units, ratios as per cents, verdicts with a sign, all text escaped.

    Args:
        frame: rows of one of the tables, or any frame; an index that has a name, as after a groupby, is shown too.
        columns: which columns, in order, where not those that this kind of frame usually shows; a mapping gives them
            labels of your own. ``period`` stands for period_start and period_end, ``evidence`` for links to the
            figures that a row rests on.
        caption: what the table shows.
        limit: how many rows to show, None for all; the caption says how many there are, and the file holds more.
        links: what comes before the name of a report's page in a link; see :func:`analysis.writing.links.link`. Without
            it, an export links to its own pages, and elsewhere a number opens its sentence in place.
        figures: the table of figures; with it, evidence is shown in the report's words rather than by number.
        ids: an id for each row, to link to it.
        called: what each report is called, by its id, as ``analysis.display.naming.report_names`` gives it.

    Raises:
        KeyError: the frame has no such column.
    """
    frame = frame.reset_index() if any(frame.index.names) else frame
    usual, known = _kind_of(frame)
    names, own = list(usual if columns is None else columns), columns if isinstance(columns, Mapping) else {}
    missing = [name for name in names if name not in frame.columns and name not in ("period", "evidence")]
    if missing:
        raise KeyError(f"The table has no column {missing[0]!r}; it has {', '.join(map(str, frame.columns))}.")
    kept = frame if limit is None else frame.head(limit)
    stated = _stated(kept, figures, links, called or {})
    makers = [maker(name, links, stated, called or {}) for name in names]
    rows = tuple(tuple(make(record) for make in makers) for record in records(kept))
    note = f"({len(kept):,} of {formatting.count(len(frame), 'row')})" if len(kept) < len(frame) else ""
    heads = tuple(own.get(name) or known.get(name) or _label(name) for name in names)
    return Table(caption, note, heads, rows, tuple(ids)[: len(rows)], csv_link(frame, names, caption), len(frame))


def _stated(
    rows: pd.DataFrame, figures: pd.DataFrame | None, links: str | None, called: Mapping[str, str]
) -> Mapping[str, Stated]:
    """The figures that the rows rest on; rows of the table of figures are their own."""
    if "figure_id" in rows.columns:
        own = rows if figures is None else named_in(figures, rows["figure_id"])
        return stated_in(own, links, called) if set(schema.FIGURES) <= set(own.columns) else {}
    if figures is None:
        return {}
    ids = {one for cell in rows["figure_ids"] for one in cell or ()} if "figure_ids" in rows.columns else set()
    return stated_in(named_in(figures, ids), links, called)


def _row(cells: Sequence[Cell], identity: str | None) -> str:
    first, *others = cells
    # A heading needs words.
    head = _cell(first, "th", scope="row") if first.text else _cell(first, "td")
    made = [head, *(_cell(cell, "td") for cell in others)]
    return tag("tr", *made, id=identity) + "\n"


def _cell(cell: Cell, name: str, **attributes: str) -> str:
    key = None if cell.key is None else str(cell.key)
    return tag(name, cell.html, data_value=key, class_=_kind(cell), **attributes)


def _kind(cell: Cell) -> str | None:
    """The class of a cell: numbers are set to the right, sentences get room."""
    return "number" if cell.number else "sentence" if len(cell.text) > _SENTENCE else None


def _kind_of(frame: pd.DataFrame) -> tuple[Sequence[str], Mapping[str, str]]:
    """The columns that a frame shows unless it is told otherwise, and its own labels; all where it is of no kind."""
    has = set(frame.columns)
    kind = next(((shown, labels) for told_by, shown, labels in _KINDS if has.issuperset(told_by.split())), ("", {}))
    if "comparison_id" in has and set(frame["verdict"].dropna()) & {"above", "equal", "below"} and "asks" not in has:
        kind = _OUTLOOK
    return kind[0].split() or list(map(str, frame.columns)), kind[1]


def _label(name: str) -> str:
    return _LABELS.get(name) or name.replace("_", " ").capitalize()
