"""Pickers for place, indicator and verdict over the targets set against results, in JupyterLab.

A page or a program without JupyterLab's widgets gets the whole table instead: nothing is fetched to show it.

>>> from analysis.reading.reports import Reports, from_text
>>> from analysis.tables import tabulate
>>> text = "In 2023 Xa An district met 22 out of 25 targets. It planted 120 trees, reaching 120% of the plan."
>>> explorer = explore(tabulate(Reports([from_text(text, "note")])))
>>> explorer.choices("verdict")
[('exceeded (1)', 'exceeded'), ('missed (1)', 'missed')]
>>> len(explorer.rows), len(explorer.pick(verdict="missed").rows)
(2, 1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.display.elements import tag
from analysis.display.table import Table, show
from analysis.schema import VERDICTS
from analysis.tables import Tables

__all__ = ["PICKERS", "Explorer", "explore"]

PICKERS = ("place", "indicator", "verdict")
"""The columns of comparisons that can be picked from."""

_VIEW = "application/vnd.jupyter.widget-view+json"
_NONE = "(none)"


class Explorer:
    """Comparisons, and what is picked from them; ``rows`` are those picked, for whatever comes next."""

    def __init__(self, tables: Tables) -> None:
        self._all = tables.aimed
        self._figures = tables.figures
        self._picked: dict[str, str | None] = dict.fromkeys(PICKERS)

    @property
    def rows(self) -> pd.DataFrame:
        """The comparisons that agree with everything picked."""
        return self._agreeing(PICKERS)

    def _agreeing(self, columns: Iterable[str]) -> pd.DataFrame:
        """The comparisons that agree with what is picked from these columns."""
        rows = self._all
        for column in columns:
            value = self._picked[column]
            if value is not None:
                rows = rows[_words(rows[column]) == value]
        return rows

    def pick(self, place: str | None = None, indicator: str | None = None, verdict: str | None = None) -> Explorer:
        """The same comparisons with these words picked, None for any.

        Raises:
            ValueError: no row has the word.
        """
        other = Explorer(Tables(self._figures, self._all, self._all.head(0), self._all.head(0)))
        for column, value in zip(PICKERS, (place, indicator, verdict), strict=True):
            known = [choice for _, choice in self.choices(column)]
            if value is not None and value not in known:
                raise ValueError(f"No comparison has the {column} {value!r}; there are {', '.join(known) or 'none'}.")
            other._picked[column] = value
        return other

    def choices(self, column: str) -> list[tuple[str, str]]:
        """The words to pick from a column, each with how many rows it leaves of what is picked from the others.

        Verdicts come in the order that they have everywhere, other words by name.
        """
        counts = Counter(_words(self._of_others(column)[column]))
        order = {word: n for n, word in enumerate(VERDICTS)} if column == "verdict" else {}
        words = sorted(set(_words(self._all[column])), key=lambda word: (word == _NONE, order.get(word, 0), word))
        return [(f"{word.replace('_', ' ')} ({counts[word]:,})", word) for word in words]

    def _of_others(self, column: str) -> pd.DataFrame:
        """The comparisons that agree with what is picked from the other columns."""
        return self._agreeing(other for other in PICKERS if other != column)

    def table(self) -> Table:
        """The rows for people."""
        return show(self.rows, caption="Targets set against results", figures=self._figures)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def __repr__(self) -> str:
        return str(self.table())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """The pickers for JupyterLab, and the table for whoever shows no widgets, such as an exported page."""
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        widget = self.widget()
        return bundle if widget is None else bundle | {_VIEW: widget._repr_mimebundle_()[_VIEW]}

    def widget(self) -> Any:
        """The pickers above the table that follows them; None where ipywidgets is missing."""
        try:
            import ipywidgets
        except ImportError:
            return None
        shown = ipywidgets.HTML(self._for_widget())
        pickers = {name: ipywidgets.Dropdown(description=name.capitalize()) for name in PICKERS}

        def follow(_: object) -> None:
            self._picked = {name: picker.value or None for name, picker in pickers.items()}
            shown.value = self._for_widget()
            count()

        def count() -> None:
            """Say beside each word how many rows it leaves; that the options are new is no pick."""
            for name, picker in pickers.items():
                picker.unobserve(follow, "value")
                with picker.hold_sync():
                    picker.options = [(f"any ({len(self._of_others(name)):,})", ""), *self.choices(name)]
                    picker.value = self._picked[name] or ""
                picker.observe(follow, "value")

        for picker in pickers.values():
            picker.observe(follow, "value")
        count()
        # One beside the other where there is room, else one below the other.
        line = ipywidgets.Layout(flex_flow="row wrap")
        return ipywidgets.VBox([ipywidgets.HBox(list(pickers.values()), layout=line), shown])

    def _for_widget(self) -> str:
        """The table with the looks that JupyterLab gives those outside widgets."""
        return tag("div", self._repr_html_(), class_="jp-RenderedHTMLCommon")


def explore(tables: Tables) -> Explorer:
    """Pickers for place, indicator and verdict over the targets set against results; in a page, the whole table.

    Args:
        tables: what ``tabulate`` returned.

    Raises:
        TypeError: it is one table, or none.
    """
    if not isinstance(tables, Tables):
        raise TypeError(f"Pass all that analysis.tabulate returned: explore(tables), not {type(tables).__name__}.")
    return Explorer(tables)


def _words(column: pd.Series) -> pd.Series:
    """The column as plain words, a word for what is missing."""
    return column.astype("object").where(column.notna() & (column.astype("object") != ""), _NONE).astype(str)
