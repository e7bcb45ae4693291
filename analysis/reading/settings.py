"""A folder's ``reports.toml`` in, what it says of each report out: its date, its places, its source, its language.

>>> of_report({"date": "2024-07", "language": "vi"}, "one.txt")
Settings(date=datetime.date(2024, 7, 31), dated='2024-07', places=(), source='', language='vi', address='')
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FILE", "Place", "Settings", "of_folder", "of_report"]

FILE = "reports.toml"


@dataclass(frozen=True)
class Place:
    """A locality: its name, its level, and the province it belongs to."""

    name: str
    level: str = ""
    province: str = ""


@dataclass(frozen=True)
class Settings:
    """What a text leaves out; ``dated`` is the date as it was written, ``date`` the last day that it can mean."""

    date: dt.date | None = None
    dated: str = ""
    places: tuple[Place, ...] = ()
    source: str = ""
    language: str = "en"
    address: str = ""


def of_folder(folder: Path) -> tuple[dict[str, Mapping[str, object]], list[tuple[Path, str]]]:
    """The entries of a folder's ``reports.toml`` by the file they name, and the files that are wrong, with why."""
    path = folder / FILE
    if not path.exists():
        return {}, []
    try:
        with open(path, "rb") as handle:
            entries = tomllib.load(handle).get("report", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [(path, f"{path}: {error}; the reports are read without it.")]
    named = {str(entry["file"]): entry for entry in entries if isinstance(entry, Mapping) and "file" in entry}
    missing = [name for name in named if not (folder / name).exists()]
    return named, [(folder / name, f"{path} names {name}, which is not there; correct the name.") for name in missing]


def of_report(entry: Mapping[str, object], name: str) -> Settings:
    """One entry, checked.

    Args:
        entry: the entry of ``reports.toml``.
        name: the name of the report's file, for the message where something is wrong.

    Raises:
        ValueError: the date is none, or a place has no name.
    """
    stated = entry.get("date")
    date = None if stated is None else _day(stated)
    if stated is not None and date is None:
        raise ValueError(f"the date {stated!r} of {name} is none; write 2023-12-28, 2023-12 or 2023.")
    listed = entry.get("places", ())
    places = []
    for place in listed if isinstance(listed, list) else []:
        if not isinstance(place, Mapping) or not place.get("name"):
            raise ValueError(f'a place of {name} has no name; write {{ name = "..." }} there.')
        places.append(Place(*(str(place.get(part, "")) for part in ("name", "level", "province"))))
    source, language = str(entry.get("source", "")), str(entry.get("language", "en"))
    return Settings(date, str(stated) if date else "", tuple(places), source, language, str(entry.get("address", "")))


def _day(stated: object) -> dt.date | None:
    """A day, or the last day of a month or year; None where it is none."""
    if isinstance(stated, dt.datetime):
        return stated.date()
    if isinstance(stated, dt.date):
        return stated
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(stated))
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        return dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except (ValueError, IndexError):
        return None
