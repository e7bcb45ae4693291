"""What the audit has to say, each at its place in a file: for a terminal, an editor, or a service that reviews changes.

>>> from analysis.reading.reports import Reports, from_text
>>> from analysis.tables import tabulate
>>> reports = Reports([from_text("Xa An has 2,847 households,\\nof which 524 are poor, accounting for 19.1%.", "note")])
>>> print(*remarks(tabulate(reports), reports), sep="\\n")
note:2:39: error part_whole_share 524 of 2,847 is 18.41%, while the report gives 19.1%.
"""

from __future__ import annotations

import os
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from analysis.reading.reports import Report, Reports
from analysis.writing.positions import Lines

__all__ = ["Remark", "plain", "remarks"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class _Tables(Protocol):
    @property
    def figures(self) -> pd.DataFrame: ...
    @property
    def findings(self) -> pd.DataFrame: ...
    @property
    def recomputations(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Remark:
    """One finding, or one recomputation; lines and columns count from 1, the end is the place behind the last letter.

    ``level`` is the severity of a finding; of a recomputation, whether it agrees. Printed, it is a line of a linter.
    """

    id: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    level: str
    check: str
    message: str
    explanation: str
    quote: str
    figure_ids: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place}: {self.word} {self.check} {self.message}"

    @property
    def place(self) -> str:
        """Its file, line and column, as editors know them."""
        return f"{plain(self.file)}:{self.line}:{self.column}"

    @property
    def word(self) -> str:
        """Its level as one word."""
        return self.level.replace(" ", "-")


def remarks(tables: _Tables, reports: Reports, every: bool = False) -> list[Remark]:
    """The findings by report, in the order of the text.

    Args:
        tables: of the reports.
        reports: as read, for the names of their files, and their lines.
        every: whether to tell every recomputation too, also where it agrees; one that made a finding is told once.
    """
    spans = tables.figures.set_index("figure_id")[["start", "end", "quote"]].to_dict("index")
    rows = [_finding(row) for row in tables.findings.to_dict("records")]
    if every:
        known = {row["id"] for row in rows}
        redone = [_recomputation(row, spans) for row in tables.recomputations.to_dict("records")]
        rows += [row for row in redone if row["id"] not in known]
    lines: dict[str, Lines] = {}
    rows.sort(key=lambda row: (row["report"], row["start"]))
    return [_placed(row, reports[row["report"]], lines) for row in rows]


def _finding(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    names = ("report", "start", "end", "quote", "check", "message", "explanation", "figure_ids")
    return {name: row[name] for name in names} | {"id": row["finding_id"], "level": row["severity"]}


def _recomputation(row: Mapping[Hashable, Any], spans: Mapping[Any, Mapping[Any, Any]]) -> dict[str, Any]:
    said = {"id": row["recomputation_id"], "level": row["agrees"], "message": f"{row['arithmetic']}."}
    same = {name: row[name] for name in ("report", "check", "figure_ids")}
    return {"explanation": "", **said, **same, **spans[row["figure_ids"][0]]}


def _placed(row: Mapping[str, Any], report: Report, lines: dict[str, Lines]) -> Remark:
    """The remark with its place in the report's file; ``lines`` keeps those of the reports seen."""
    at = lines.setdefault(report.id, Lines(report.text)).at
    (line, column), (end_line, end_column) = at(row["start"]), at(row["end"])
    return Remark(
        id=row["id"],
        file=os.fspath(report.path) if report.path else report.id,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        level=row["level"],
        check=row["check"],
        message=plain(row["message"]),
        explanation=plain(row["explanation"] or ""),
        quote=row["quote"],
        figure_ids=tuple(row["figure_ids"]),
    )


def plain(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return _CONTROL.sub(" ", text)
