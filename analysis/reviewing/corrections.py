"""Corrections in a small text file beside the reports, ``corrections.toml``: who corrected which figure, when and why.

A correction belongs to a text, by its hash, and to a span of it: it holds whatever the file is called, and only as long
as the text is the same.

>>> told = {"who": "An", "when": dt.date(2024, 7, 31)}
>>> one = Correction("sha256:0", 17, 25, "22 of 25", "a", cells=(("role", "target"),), **told)
>>> print(written([one]).partition("\\n\\n")[2])
[[correction]]
report = "a"
text = "sha256:0"
start = 17
end = 25
quote = "22 of 25"
set = { role = "target" }
who = "An"
when = 2024-07-31
<BLANKLINE>
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import math
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import UserError
from analysis.lexicon import rows
from analysis.reading.reports import Report
from analysis.schema import VOCABULARIES

__all__ = [
    "COLUMNS",
    "DEEP",
    "FILE",
    "Correction",
    "ReviewError",
    "as_cell",
    "checked",
    "corrections_in",
    "corrections_of",
    "digest",
    "same_cell",
    "text_of",
    "user",
    "written",
]

FILE = "corrections.toml"
COLUMNS = (
    *("value", "unit", "role", "measure", "indicator", "subject"),
    *("place", "period_start", "period_end", "about"),
)
"""The columns of ``figures`` that can be corrected; ``about`` pairs a target with its result."""

_NUMBERS, _DAYS = ("value", "about"), ("period_start", "period_end")
DEEP = 5  # folders above a report in which the file is looked for
_HEAD = """\
# What people corrected in the figures of these reports, written by `analysis review`, applied whenever they are read.
# A figure is named by its text's hash and its span; `about` is where the figure begins that it is paired with.
"""

Cell = str | float | int | dt.date


class ReviewError(UserError, ValueError):
    """A correction that makes no sense; the message is one sentence that says where."""


@dataclass(frozen=True)
class Correction:
    """What a person said of one figure: that it is right, that it is none, or what should stand in some columns."""

    text: str
    start: int
    end: int
    quote: str
    report: str
    cells: tuple[tuple[str, Cell], ...] = ()
    strike: bool = False
    right: bool = False
    who: str = ""
    when: dt.date | None = None
    why: str = ""

    @property
    def key(self) -> tuple[str, int, int]:
        """The figure that is meant."""
        return self.text, self.start, self.end


def digest(text: str) -> str:
    """What a text is known by."""
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def corrections_of(reports: Iterable[Report]) -> tuple[Correction, ...]:
    """The corrections in the folders of some reports, and in those above them.

    Raises:
        ReviewError: a file cannot be read.
    """
    folders = {folder for one in reports if one.path for folder in list(one.path.absolute().parents)[:DEEP]}
    return tuple(one for folder in sorted(folders) for one in corrections_in(folder / FILE))


def corrections_in(path: Path) -> list[Correction]:
    """The corrections in a file; none where there is no such file.

    Raises:
        ReviewError: it cannot be read.
    """
    if not path.is_file():
        return []
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("correction", [])
        return [_correction(entry) for entry in listed]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReviewError(f"{path} cannot be read ({error}); mend it, or move it away.") from None


def written(corrections: Iterable[Correction]) -> str:
    """The text of the file."""
    return "\n".join([_HEAD, *(f"{_entry(one)}\n" for one in corrections)])


def checked(column: str, value: object, indicators: Iterable[str]) -> Cell:
    """A corrected cell, if it can stand in its column; an empty text where nothing is known.

    Raises:
        ReviewError: it cannot; the message goes on behind the name of the place.
    """
    if column in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e60:
            if column == "about" and value == "":
                return ""
            raise ReviewError(f"{value!r} is no number; give one, or strike the row")
        return value
    if column in _DAYS:
        if value == "" or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        raise ReviewError(f"{value!r} is no day; write 2023-12-28")
    words = VOCABULARIES.get(column, ("", *indicators) if column == "indicator" else None)
    if not isinstance(value, str) or (words is not None and value not in words):
        raise ReviewError(f"{value!r} is no {column}; it may be {', '.join(filter(None, words or ['a text']))}")
    return value


def as_cell(column: str, cell: object, report: str) -> object:
    """A cell as a person gives it, in the type of its column as far as it can be had; an empty text where it is empty.

    Args:
        column: one of ``COLUMNS``.
        cell: from a workbook or a form.
        report: the id of the figure's report.

    Raises:
        ReviewError: it names no figure of the report.
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return ""
    if column == "about":
        named, _, start = text_of(cell).rpartition(":")
        if named != report or not start.isdigit():
            raise ReviewError(f"{cell!r} is no figure of this report; give its figure_id")
        return int(start)
    try:
        if column in _DAYS and isinstance(cell, str):
            return dt.date.fromisoformat(cell.strip())
        if column == "value" and isinstance(cell, str):
            return float(cell.replace(",", ""))
    except ValueError:
        return cell
    return cell if column in ("value", *_DAYS) else text_of(cell)


def same_cell(one: object, other: object) -> bool:
    """Whether two cells say the same, whatever type a workbook gave them."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other or text_of(one) == text_of(other)


def text_of(cell: Any) -> str:
    """A cell as text; empty where it is missing."""
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    return cell.date().isoformat() if isinstance(cell, dt.datetime) else str(cell).strip()


def user() -> str:
    """Who works here, as the computer knows; empty where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for the number of the user
        return os.environ.get("USER", "")


def _correction(entry: Mapping[str, Any]) -> Correction:
    known = [row["id"] for row in rows("indicators/indicators")]
    cells = tuple((name, checked(name, entry["set"][name], known)) for name in COLUMNS if name in entry.get("set", {}))
    told = {name: entry[name] for name in ("text", "report", "start", "end", "quote")}
    told |= {name: entry[name] for name in ("strike", "right", "who", "when", "why") if name in entry}
    return Correction(cells=cells, **told)


def _entry(one: Correction) -> str:
    named = {name: getattr(one, name) for name in ("report", "text", "start", "end", "quote")}
    flags = {name: True for name in ("strike", "right") if getattr(one, name)}
    cells = ", ".join(f"{name} = {_value(cell)}" for name, cell in one.cells)
    last = {name: getattr(one, name) for name in ("who", "when", "why") if getattr(one, name)}
    lines = [f"{name} = {_value(value)}" for name, value in (named | flags).items()]
    lines += [f"set = {{ {cells} }}"] if cells else []
    return "\n".join(["[[correction]]", *lines, *(f"{name} = {_value(value)}" for name, value in last.items())])


def _value(value: object) -> str:
    """A value as TOML has it; its texts are written as JSON's, but for one character."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
