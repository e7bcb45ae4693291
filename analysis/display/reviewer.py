"""Figures corrected by a person in a notebook: the same file as that of ``analysis review``, and the tables at once.

>>> import tempfile
>>> from pathlib import Path
>>> from analysis.tables import tabulate
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = Path(folder, "a.txt").write_text("In 2023 Xa An district planted 120 trees.")
...     tables = tabulate(folder)
...     reviewer = review(tables, who="An").correct("a:31", role="projected", why="The year was not over.")
>>> tables.figures[["quote", "role", "reviewed"]].values.tolist(), reviewer
([['120', 'projected', True]], <1 of 1 figure reviewed>)
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.display.elements import tag
from analysis.display.evidence import evidence
from analysis.extraction.figures import extract_figures
from analysis.formatting import count
from analysis.reviewing.corrections import (
    COLUMNS,
    FILE,
    Correction,
    ReviewError,
    as_cell,
    checked,
    corrections_in,
    digest,
    same_cell,
    text_of,
    user,
    written,
)
from analysis.schema import VOCABULARIES
from analysis.tables import Tables
from analysis.writing.codebook import indicators
from analysis.writing.files import replace as write

__all__ = ["Reviewer", "review"]

_VIEW = "application/vnd.jupyter.widget-view+json"


class Reviewer:
    """The figures of some tables, and what a person says of them; each word is kept, and applied to the tables."""

    def __init__(self, tables: Tables, who: str) -> None:
        self.tables = tables
        self._who = who
        self._read = extract_figures(tables.reports).set_index("figure_id", drop=False)
        self._file = _folder(tables) / FILE

    def correct(self, figure_id: str, why: str = "", **cells: object) -> Reviewer:
        """Put what is right into the cells of a figure.

        Args:
            figure_id: as in the tables.
            why: a word on the reason.
            cells: by column: value, unit, role, measure, indicator, subject, place, period_start, period_end; ``about``
                takes the figure_id of the result that belongs to this target.

        Raises:
            KeyError: no report states the figure.
            ReviewError: a cell makes no sense.
        """
        known = [row["id"] for row in indicators()]
        row = self._row(figure_id)
        unknown = sorted(set(cells) - set(COLUMNS))
        if unknown:
            raise ReviewError(f"There is no column {unknown[0]} to correct; there are {', '.join(COLUMNS)}.")
        told = {name: checked(name, as_cell(name, cell, row["report"]), known) for name, cell in cells.items()}
        return self._keep(figure_id, told, why=why)

    def right(self, figure_id: str, why: str = "") -> Reviewer:
        """Say that a figure is right as it stands in the tables."""
        return self._keep(figure_id, {}, right=True, why=why)

    def strike(self, figure_id: str, why: str = "") -> Reviewer:
        """Say that it is no figure at all."""
        return self._keep(figure_id, None, strike=True, why=why)

    def forget(self, figure_id: str) -> Reviewer:
        """Take back all that was said of a figure."""
        return self._keep(figure_id, None)

    def _row(self, figure_id: str) -> dict[str, Any]:
        """The figure as it was read."""
        if figure_id not in self._read.index:
            raise KeyError(f"There is no figure {figure_id!r} in these reports.")
        return dict(self._read.loc[figure_id])

    def _keep(
        self, figure_id: str, cells: dict[str, Any] | None, right: bool = False, strike: bool = False, why: str = ""
    ) -> Reviewer:
        """Write the file, and make the tables anew; without cells, those that were corrected are given up."""
        row = self._row(figure_id)
        key = digest(self.tables.reports[row["report"]].text), int(row["start"]), int(row["end"])
        known = {one.key: one for one in corrections_in(self._file)}
        old = known.pop(key, None)
        told = {} if cells is None else {**dict(old.cells if old else ()), **cells}
        kept = [(name, told[name]) for name in COLUMNS if name in told and not self._is_read(row, name, told[name])]
        if kept or right or strike or cells:
            one = Correction(*key, row["quote"], row["report"], tuple(kept), strike, not (kept or strike))
            known[key] = replace(one, who=self._who, when=dt.date.today(), why=why or (old.why if old else ""))
        ordered = sorted(known.values(), key=lambda one: (one.report, one.text, one.start))
        write(self._file, written(ordered).encode("utf-8", "replace"))
        self.tables.renew()
        return self

    @staticmethod
    def _is_read(row: dict[str, Any], name: str, cell: object) -> bool:
        """Whether the cell says what the library reads anyway."""
        shown = f"{row['report']}:{cell}" if name == "about" and cell != "" else cell
        return same_cell(shown, row[name])

    def __repr__(self) -> str:
        figures = self.tables.figures
        return f"<{figures['reviewed'].sum()} of {count(len(figures), 'figure')} reviewed>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """The form for JupyterLab; how much is reviewed for whoever shows no widgets."""
        bundle = {"text/plain": repr(self)}
        widget = self.widget()
        return bundle if widget is None else bundle | {_VIEW: widget._repr_mimebundle_()[_VIEW]}

    def widget(self) -> Any:
        """A form for one figure at a time, below its sentence; None where ipywidgets is missing."""
        try:
            import ipywidgets
        except ImportError:
            return None
        return _Form(self, ipywidgets).box

    def sentence(self, figure_id: str) -> str:
        """The figure's sentence, as HTML."""
        shown = evidence(self._read.loc[figure_id], self.tables.reports)
        return tag("div", shown._repr_html_(), class_="jp-RenderedHTMLCommon")

    def cells(self, figure_id: str) -> dict[str, str]:
        """What now stands in the columns that can be corrected, as text; as read where the figure is struck."""
        now = self.tables.figures.set_index("figure_id")
        row = now.loc[figure_id] if figure_id in now.index else self._read.loc[figure_id]
        return {name: f"{row[name]:.15g}" if name == "value" else text_of(row[name]) for name in COLUMNS}

    def choices(self) -> list[tuple[str, str]]:
        """The figures in the order of the text, with a mark at those that are reviewed."""
        known = set(self.tables.figures.loc[self.tables.figures["reviewed"], "figure_id"])
        left = set(self.tables.figures["figure_id"])
        signs = {id: "✓" if id in known else " " if id in left else "–" for id in self._read["figure_id"]}
        quotes = zip(self._read["figure_id"], self._read["quote"], strict=True)
        return [(f"{signs[id]} {quote} ({id})", id) for id, quote in quotes]


class _Form:
    """The widgets, and what their buttons do."""

    def __init__(self, reviewer: Reviewer, widgets: Any) -> None:
        self._reviewer = reviewer
        words = {name: list(VOCABULARIES[name]) for name in ("role", "measure")}
        words["indicator"] = ["", *(row["id"] for row in indicators())]
        self.figure = widgets.Dropdown(description="Figure", options=reviewer.choices())
        self.said = widgets.HTML()
        self.fields = {
            name: widgets.Dropdown(description=name, options=words[name])
            if name in words
            else widgets.Text(description=name, continuous_update=False)
            for name in COLUMNS
        }
        self.why = widgets.Text(description="why", continuous_update=False)  # one message, before that of a button
        self.told = widgets.HTML()
        self.buttons = [widgets.Button(description=name) for name in ("Save", "Right", "Strike", "Forget")]
        for button, act in zip(self.buttons, (self._save, self._right, self._strike, self._forget), strict=True):
            button.on_click(act)
        self.figure.observe(lambda _: self._show(), "value")
        line = widgets.Layout(flex_flow="row wrap")
        rows = [list(self.fields.values()), [self.why, *self.buttons]]
        lines = [widgets.HBox(row, layout=line) for row in rows]
        self.box = widgets.VBox([self.figure, self.said, *lines, self.told])
        self._show()

    def _show(self) -> None:
        if self.figure.value is None:
            return
        self.said.value = self._reviewer.sentence(self.figure.value)
        for name, cell in self._reviewer.cells(self.figure.value).items():
            self.fields[name].value = cell
        self.why.value = ""

    def _save(self, _: object) -> None:
        now = self._reviewer.cells(self.figure.value)
        changed = {name: field.value for name, field in self.fields.items() if field.value != now[name]}
        self._do(lambda id: self._reviewer.correct(id, self.why.value, **changed))

    def _right(self, _: object) -> None:
        self._do(lambda id: self._reviewer.right(id, self.why.value))

    def _strike(self, _: object) -> None:
        self._do(lambda id: self._reviewer.strike(id, self.why.value))

    def _forget(self, _: object) -> None:
        self._do(self._reviewer.forget)

    def _do(self, act: Any) -> None:
        """Do it for the figure that is shown, and say how it went."""
        id = self.figure.value
        try:
            act(id)
        except (ReviewError, OSError) as error:
            self.told.value = tag("p", str(error), role="alert")
            return
        self.told.value = tag("p", f"{repr(self._reviewer)[1:-1]}; kept in {FILE}.")
        self.figure.options = self._reviewer.choices()
        self.figure.value = id
        self._show()


def review(tables: Tables, who: str = "") -> Reviewer:
    """A form in JupyterLab to correct figures, which changes the tables in place, and keeps the corrections.

    They are kept in ``corrections.toml`` beside the reports, as ``analysis review`` keeps them, and applied whenever
    the reports are read.

    Args:
        tables: what ``tabulate`` returned for reports in files.
        who: whose corrections they are; by default the user of this computer.

    Raises:
        TypeError: it is one table, or none.
        ReviewError: the tables are made of texts that lie in no folder.
    """
    if not isinstance(tables, Tables):
        raise TypeError(f"Pass all that analysis.tabulate returned: review(tables), not {type(tables).__name__}.")
    return Reviewer(tables, who or user())


def _folder(tables: Tables) -> Path:
    """The folder that the reports have in common, or one above it that has corrections already."""
    folders = [os.path.abspath(report.path.parent) for report in tables.reports if report.path]
    if not folders:
        raise ReviewError("These tables are made of texts that lie in no folder; read the reports from files.")
    common = Path(os.path.commonpath(folders))
    while not common.is_dir():  # it lies in an archive
        common = common.parent
    return next((folder for folder in (common, *list(common.parents)[:3]) if (folder / FILE).is_file()), common)
