"""A folder's ``reports.toml`` in, what it says of each report out: its date, period, places, source, language.

>>> told = of_report({"date": "2024-07", "period": "2024-01/2024-06", "language": "vi"}, "one.txt")
>>> str(told.date), told.dated, [str(day) for day in told.period or ()], told.language
('2024-07-31', '2024-07', ['2024-01-01', '2024-06-30'], 'vi')
"""

from __future__ import annotations

import calendar
import datetime as dt
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from analysis.reading.files import shown, text_of

__all__ = ["FILE", "Place", "Settings", "as_period", "of_folder", "of_report"]

FILE = "reports.toml"

_T = TypeVar("_T")

_REPORT: dict[str, type] = {
    "file": str,
    "date": object,
    "period": object,
    "source": str,
    "address": str,
    "language": str,
    "places": list,
}
_PLACE: dict[str, type] = {"name": str, "level": str, "province": str}
_KINDS: dict[type, str] = {str: "text in quotation marks", list: 'a list: [{ name = "..." }]'}
_YEARS = range(1678, 2262)  # of which pandas can tell every day to the nanosecond
_LARGEST, _LONGEST_LINE = 1_000_000, 10_000  # reading "a.a.a." takes time by the square of its length
_ITS_WORDS = 60  # letters of a wrong setting that are told


@dataclass(frozen=True)
class Place:
    """A locality: its name, its level, and the province it belongs to."""

    name: str
    level: str = ""
    province: str = ""


@dataclass(frozen=True)
class Settings:
    """What a text leaves out; ``dated`` is the date as it was written, ``date`` the last day that it can mean.

    ``period`` is the first and the last day of what the report looks back on.
    """

    date: dt.date | None = None
    dated: str = ""
    places: tuple[Place, ...] = ()
    source: str = ""
    language: str = "en"
    address: str = ""
    period: tuple[dt.date, dt.date] | None = None


def of_folder(folder: Path) -> tuple[dict[str, Mapping[str, object]], list[tuple[Path, str]]]:
    """The entries of a folder's ``reports.toml`` by the file they name, and what is wrong, each with its path."""
    path = folder / FILE
    if not os.path.lexists(path):
        return {}, []
    try:
        said = _said(path)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).rstrip(".")
        told = reason if shown(path) in reason else f"{shown(path)}: {reason}"
        return {}, [(path, f"{told}; the reports are read without it.")]
    problems = [(path, f"{shown(path)}: {problem}") for problem in _ignored(said)]
    named: dict[str, Mapping[str, object]] = {}
    for entry in _entries(said):
        name = entry["file"]
        if isinstance(name, str):
            named[name] = entry
            outside = os.path.isabs(name) or os.path.normpath(name).split(os.sep)[0] == os.pardir
            if outside or not os.path.exists(folder / name):
                where = "lies outside its folder" if outside else "is not there"
                problem = f"{shown(path)} names {shown(name[:_ITS_WORDS])}, which {where}; correct the name."
                problems.append((folder / name, problem))
    return named, problems


def of_report(entry: Mapping[str, object], name: str) -> Settings:
    """One entry, checked; what has another form than it should is left out, as ``of_folder`` has told.

    Args:
        entry: the entry of ``reports.toml``.
        name: the name of the report's file, for the message where something is wrong.

    Raises:
        ValueError: the date or the period is none, or a place has no name.
    """
    stated = entry.get("date")
    date = _checked("date", stated, _span(stated), name, "2023-12-28, 2023-12 or 2023")
    given = entry.get("period")
    period = _checked("period", given, _period(given), name, "2023, 2023-07 or 2023-01/2023-06")
    places = []
    for place in _held(entry, "places", list, []):
        if not isinstance(place, Mapping) or not _held(place, "name", str, ""):
            raise ValueError(f'a place of {name} has no name; write {{ name = "..." }} there.')
        places.append(Place(*(_held(place, part, str, "") for part in _PLACE)))
    dated = "" if date is None else date[1].isoformat() if isinstance(stated, dt.date) else str(stated)
    return Settings(
        date and date[1],
        dated,
        tuple(places),
        _held(entry, "source", str, ""),
        _held(entry, "language", str, "en"),
        _held(entry, "address", str, ""),
        period,
    )


def as_period(first: dt.date, last: dt.date) -> str:
    """A period as the file has it, in the fewest figures.

    >>> as_period(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), as_period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    ('2023', '2023-01/2023-06')
    >>> as_period(dt.date(2020, 1, 1), dt.date(2025, 12, 31)), as_period(dt.date(2023, 5, 4), dt.date(2023, 6, 30))
    ('2020/2025', '2023-05-04/2023-06-30')
    """
    for form in ("%Y", "%Y-%m", "%Y-%m-%d"):
        ends = list(dict.fromkeys(day.strftime(form) for day in (first, last)))
        told = "/".join(ends)
        if _period(told) == (first, last):
            break
    return told


def _said(path: Path) -> dict[str, object]:
    """What the file says.

    Raises:
        ValueError: it cannot be read, or not as TOML.
        RecursionError: it is nested too deeply.
    """
    text = text_of(path, _LARGEST).removeprefix("\ufeff")
    if any(len(line) > _LONGEST_LINE for line in text.splitlines()):
        raise ValueError(f"a line has more than {_LONGEST_LINE:,} characters")
    return tomllib.loads(text)


def _entries(said: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The entries that name a file."""
    listed = said.get("report")
    found = listed if isinstance(listed, list) else []
    return [entry for entry in found if isinstance(entry, Mapping) and "file" in entry]


def _ignored(said: Mapping[str, object]) -> Iterator[str]:
    """What of the settings has no effect, in sentences."""
    yield from _strange(said, ["report"], "it")
    listed = said.get("report", [])
    entries = _entries(said)
    if not isinstance(listed, list):
        yield "report is no list, and is ignored; begin each entry with a line [[report]]."
    elif len(entries) < len(listed):
        yield 'an entry names no file, and is ignored; write file = "..." in it.'
    names = [str(entry["file"])[:_ITS_WORDS] for entry in entries]
    for entry, name in zip(entries, names, strict=True):
        yield from _strange(entry, list(_REPORT), name)
        yield from _of_another_form(entry, _REPORT, name)
        for place in _held(entry, "places", list, []):
            if isinstance(place, Mapping):
                yield from _strange(place, list(_PLACE), f"a place of {name}")
                yield from _of_another_form(place, _PLACE, f"a place of {name}")
    again = sorted(name for name, times in Counter(names).items() if times > 1)
    yield from (f"{name} has several entries; the last one holds." for name in again)


def _strange(given: Mapping[str, object], known: Sequence[str], name: str) -> Iterator[str]:
    """The keys that nobody looks at."""
    for key in given:
        if key not in known:
            yield f"{key[:_ITS_WORDS]!r} of {name} is ignored; known there: {', '.join(known)}."


def _of_another_form(given: Mapping[str, object], forms: Mapping[str, type], name: str) -> Iterator[str]:
    """The keys whose values have another form than they should."""
    for key, form in forms.items():
        if key in given and not isinstance(given[key], form):
            yield f"{key} of {name} is ignored; write {_KINDS[form]}."


def _held(given: Mapping[str, object], key: str, form: type[_T], other: _T) -> _T:
    """The value of a key where it has its form, else the other one."""
    value = given.get(key)
    return value if isinstance(value, form) else other


def _checked(
    key: str, stated: object, days: tuple[dt.date, dt.date] | None, name: str, forms: str
) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that is meant, if anything is stated.

    Raises:
        ValueError: it is no date or period, or one that no table can hold.
    """
    if stated is None:
        return None
    if days is None or not {day.year for day in days} <= set(_YEARS):
        form = "none" if days is None else f"before {_YEARS[0]} or after {_YEARS[-1]}"
        raise ValueError(f"the {key} {str(stated)[:_ITS_WORDS]!r} of {name} is {form}; write {forms}.")
    return days


def _period(stated: object) -> tuple[dt.date, dt.date] | None:
    """A day, month or year, or from one to another as ISO 8601 has it; None where it is none.

    >>> [str(day) for day in _period("2020/2023-06") or ()], _period("2023/2020")
    (['2020-01-01', '2023-06-30'], None)
    """
    first, mark, last = str(stated).partition("/")
    spans = [_span(part.strip()) for part in (first, last)] if mark else [_span(stated)]
    if spans[0] is None or spans[-1] is None or spans[0][0] > spans[-1][1]:
        return None
    return spans[0][0], spans[-1][1]


def _span(stated: object) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a day, month or year; None where it is none."""
    if isinstance(stated, dt.datetime):
        stated = stated.date()
    if isinstance(stated, dt.date):
        return stated, stated
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", str(stated))
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        last = dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
        return dt.date(year, month or 1, day or 1), last
    except (ValueError, IndexError):
        return None
