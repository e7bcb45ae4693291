"""A table of results in, a sentence for each row out, as reports say the same in prose.

>>> head = ["Indicator", "Unit", "Plan 2023", "Result 2023", "% of plan"]
>>> spoken([head, ["Grain output", "tons", "400", "416", "104"]]).lines
('Grain output in 2023 reached 416 tons (plan 400 tons), equal to 104% of the plan.',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest

from analysis.formatting import count, join
from analysis.lexicon import rows

__all__ = ["Spoken", "Table", "fields", "spoken"]

Table = Sequence[Sequence[str]]

_HEADS = 3  # rows, among which the head is looked for
_PROSE = 8  # words from which a cell is a sentence rather than a label
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"[-+−]?\d[\d.,\s]*%?")
_BRACKETS = re.compile(r"\s*\(([^()]{1,30})\)\s*$")
_MARK = re.compile(r"^\s*(?:[-+*•–]+|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[a-zA-Z][.)])\s+|\s*[:;.]+\s*$")
_VALUES = ("plan", "result", "projected")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Spoken:
    """The sentences that a table makes, what of it could not be told, and whether it is a table of results."""

    lines: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    results: bool = False


@dataclass(frozen=True)
class _Column:
    at: int
    field: str
    head: str
    year: str


def spoken(table: Table) -> Spoken:
    """The rows of a table of results as sentences; of any other, the cells that hold sentences already.

    A table is one of results where its head names an indicator and its plan or result. The numbers of another would be
    figures of nobody knows what: they are left out, and ``lost`` says so.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in table if any(cell.strip() for cell in row)]
    for head, body in _heads(cells):
        columns = _columns(head, body)
        if {"plan", "result", "projected"} & {column.field for column in columns}:
            lines = tuple(line for row in body for line in _sentences(row, columns))
            return Spoken(lines, _columns_lost(head, columns, body), True)
    prose = tuple(line for row in table for cell, _ in groupby(row) for line in _prose(cell))
    numbered = sum(any(_NUMBER.fullmatch(cell) for cell in row) for row in cells)
    if numbered < 2:
        return Spoken(prose)
    told = f"a table of {count(len(cells), 'row')}: its head names no indicator with its plan or result"
    return Spoken(prose, (told,))


def _prose(cell: str) -> Iterator[str]:
    """The lines of a cell that holds sentences, as where a page is laid out by a table."""
    if len(cell.split()) >= _PROSE:
        yield from (line for line in map(str.strip, cell.splitlines()) if line)


def fields(kind: str, head: Iterable[str]) -> dict[int, str]:
    """What each column holds by its head, for those whose head is known: ``results`` or ``reports`` by ``kind``.

    >>> fields("reports", ["Title", "Content", "Pages"])
    {0: 'headline', 1: 'text'}
    """
    found = {}
    for at, cell in enumerate(head):
        field = next((name for name, pattern in _patterns(kind) if pattern.search(cell.strip())), "")
        if field:
            found[at] = field
    return found


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = (row for row in rows("reading/columns") if row["table"] == kind)
    return tuple((row["column"], re.compile(row["pattern"], re.IGNORECASE)) for row in own)


def _heads(cells: list[list[str]]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The heads that a table may have, of one row or of two that are read together, and the rows below each."""
    for first in range(min(_HEADS, len(cells) - 1)):
        if any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells[first]):
            return
        yield cells[first], cells[first + 1 :]
        below = cells[first + 1]
        if first + 2 < len(cells) and not any(_NUMBER.fullmatch(c) and not _YEAR.fullmatch(c) for c in below):
            yield _together(cells[first], below), cells[first + 2 :]


def _together(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of a head in one: a cell of the upper one stands over all cells of the lower up to the next.

    >>> _together(["Target", "2023", ""], ["", "Plan", "Result"])
    ['Target', '2023 Plan', '2023 Result']
    """
    both, over = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        over = above or (over if below else "")
        both.append(over if over == below else f"{over} {below}".strip())
    return both


def _columns(head: Sequence[str], body: list[list[str]]) -> list[_Column]:
    """The columns that a sentence is made of; none where the head names no indicator.

    What is counted may itself be called a target: then it is the first column of words.
    """
    known = fields("results", head)
    first = min((at for at, field in known.items() if field in (*_VALUES, "indicator")), default=None)
    if first is not None and "indicator" not in known.values():
        cells = [row[first] for row in body if first < len(row) and row[first]]
        if cells and not any(_NUMBER.match(cell) for cell in cells):
            known[first] = "indicator"
    years = {at: found.group() if (found := _YEAR.search(head[at])) else "" for at in known}
    dated = [years[at] for at, field in known.items() if field in _VALUES and years[at]]
    columns = [
        _Column(at, field, head[at], years[at] or max(dated, default=""))
        for at, field in known.items()
        if field not in ("number", "previous")
    ]
    # Twice the same, or a result in per cent of a plan that is none: who knows what is meant.
    unique = len({(column.field, column.year) for column in columns}) == len(columns)
    in_percent = {"%" in column.head for column in columns if column.field in _VALUES}
    return columns if unique and len(in_percent) == 1 and "indicator" in known.values() else []


def _columns_lost(head: Sequence[str], columns: list[_Column], body: list[list[str]]) -> tuple[str, ...]:
    """The columns of numbers that are in no sentence."""
    told = {column.at for column in columns} | {
        at for at, field in fields("results", head).items() if field == "number"
    }
    numbers = {at for row in body for at, cell in enumerate(row) if _NUMBER.fullmatch(cell)}
    names = [f'"{head[at]}"' if at < len(head) and head[at] else f"{at + 1}" for at in sorted(numbers - told)]
    if not names:
        return ()
    return (f"of a table of {count(len(body), 'row')}, the column{'' if len(names) == 1 else 's'} {join(names)}",)


def _sentences(row: Sequence[str], columns: list[_Column]) -> Iterator[str]:
    """What a row says, a sentence for each year; nothing where it has no number."""
    cells = {column: row[column.at] if column.at < len(row) else "" for column in columns}
    name = next(cell for column, cell in cells.items() if column.field == "indicator")
    unit = next((cell for column, cell in cells.items() if column.field == "unit"), "")
    while (cut := _MARK.sub("", name)) != name:
        name = cut
    if brackets := _BRACKETS.search(name):
        unit, name = unit or brackets[1], name[: brackets.start()]
    values = [column for column in columns if column.field in (*_VALUES, "percent") and _DIGIT.search(cells[column])]
    if not name or len(set(row)) == 1:  # a title across all columns
        return
    for year, own in groupby(sorted(values, key=lambda column: column.year), key=lambda column: column.year):
        said = {column.field: (column, cells[column]) for column in own}
        yield _sentence(name, unit, year, said)


def _sentence(name: str, unit: str, year: str, said: dict[str, tuple[_Column, str]]) -> str:
    """One sentence, in the words of reports: reached, plan or target, equal to; is to reach, where nothing is done."""
    amounts = {field: _amount(cell, unit, column.head) for field, (column, cell) in said.items() if field != "percent"}
    percent = said["percent"][1].rstrip("% ") if "percent" in said else ""
    aim = "target" if "plan" in said and "target" in said["plan"][0].head.lower() else "plan"
    when = f" in {year}" if year else ""
    done = amounts.get("result") or amounts.get("projected")
    reached = "reached" if "result" in amounts or not done else "is estimated to reach"
    if not done and not percent:
        return f"{name}{when} is to reach {amounts['plan']}."
    planned = f" ({aim} {amounts['plan']})" if "plan" in amounts else ""
    if not done:
        return f"{name}{when} reached {percent}% of the {aim}{planned}."
    attained = f", equal to {percent}% of the {aim}" if percent else ""
    return f"{name}{when} {reached} {done}{planned}{attained}."


def _amount(cell: str, unit: str, head: str) -> str:
    """A cell with its unit: its own, else that of the row, else that in brackets in the column's head."""
    brackets = _BRACKETS.search(head)
    own = unit or (brackets[1] if brackets else "")
    if not own or not _NUMBER.fullmatch(cell) or cell.endswith("%"):
        return cell
    return f"{cell}%" if own.lower() in ("%", "percent", "per cent") else f"{cell} {own}"
