"""A folder of reports in, a draft of its ``reports.toml`` out: what the texts show, and what of it is uncertain.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = Path(folder, "a.txt").write_text("Strong year for Tan Phuoc province\\n\\nIn 2023 it admitted 40 members.")
...     print(draft(folder))
...     for line in Path(folder, "reports.toml").read_text().splitlines()[3:]:
...         print(line)
1 entry drafted, 0 kept
[[report]]
file = "a.txt"
places = [{name = "Tan Phuoc", level = "province"}] # inferred
# date = "2023-12-28"  # not known
period = "2023" # inferred
# source = "the newspaper"  # not known
language = "en"
<BLANKLINE>
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from analysis.extraction.frame import Frame, frame_of, only_the_year
from analysis.extraction.hints import Choice
from analysis.formatting import count
from analysis.reading import settings
from analysis.reading.files import write_whole
from analysis.reading.report import Report, Reports
from analysis.reading.reports import read
from analysis.reading.sparing import spared

__all__ = ["Draft", "DraftError", "draft"]

_CLOSE = 0.5  # of the winner's evidence, from which a runner-up makes a place uncertain
_HEAD = """What the texts leave out: drafted by `analysis init`, to be read and corrected.
A line that begins with # says what is uncertain, and has no effect until its # is taken away."""


class DraftError(OSError):
    """Why no draft was written."""


@dataclass(frozen=True)
class Draft:
    """What was written where: how many entries are new, how many were there, and what was read for it."""

    path: Path
    drafted: int
    kept: int
    reports: Reports

    def __str__(self) -> str:
        return f"{count(self.drafted, 'entry', 'entries')} drafted, {self.kept} kept"


def draft(given: str | Path) -> Draft:
    """Write ``reports.toml`` into a folder: an entry for each file that has none; what the user wrote stays as it is.

    Args:
        given: the folder of reports, with its subfolders and archives; or one report, beside which the file is written.

    Raises:
        DraftError: it does not exist, or the ``reports.toml`` that is there cannot be read.
    """
    given = Path(given)
    if not given.exists():
        raise DraftError(f"There is no file or folder {given}; give the path of a report or of a folder of reports.")
    folder = given if given.is_dir() else given.parent
    path = folder / settings.FILE
    document = _parsed(path)
    listed = document["report"]
    assert isinstance(listed, AoT)
    _, reports = spared(lambda read: [frame_of(report) for report in read], read(given))
    before = {str(entry.get("file", "")) for entry in listed}
    drafted = 0
    for file, own in _by_file(reports, folder):
        if file not in before:
            listed.append(_entry(file, own))
            drafted += 1
    if drafted:
        write_whole(path, tomlkit.dumps(document).encode())
    return Draft(path, drafted, len(before), reports)


def _parsed(path: Path) -> tomlkit.TOMLDocument:
    """What the file holds, with a list of entries; a new file with a head where there is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(text)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise DraftError(f"{path}: {error}; correct it, then draft the rest.") from None
    if not text:
        for line in _HEAD.splitlines():
            document.add(tomlkit.comment(line))
        document.add(tomlkit.nl())
    if "report" not in document:
        document.append("report", tomlkit.aot())
    if not isinstance(document["report"], AoT):
        raise DraftError(f"{path}: report is no list of entries; begin each entry with a line [[report]].")
    return document


def _by_file(reports: Reports, folder: Path) -> Iterator[tuple[str, list[Report]]]:
    """The reports of each file, by its name as seen from the folder; a spreadsheet may hold many."""
    named = [(report.path.relative_to(folder).as_posix(), report) for report in reports if report.path is not None]
    for file, own in groupby(sorted(named, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield file, [report for _, report in own]


def _entry(file: str, own: Sequence[Report]) -> Table:
    """A draft of one entry; one for many reports says only what they have in common."""
    entry = tomlkit.table()
    entry["file"] = file
    report, frame = own[0], frame_of(own[0])
    if len(own) == 1:
        _add_place(entry, report, frame)
        _add_date(entry, frame)
        _add_period(entry, frame)
    sources = {one.source for one in own}
    if len(sources) == 1 and report.source:
        entry["source"] = report.source
    else:
        entry.add(tomlkit.comment('source = "the newspaper"  # not known'))
    if len(own) == 1 and report.address:
        entry["address"] = report.address
    entry["language"] = report.language
    if len(own) > 1:
        entry.add(tomlkit.comment(f"It holds {len(own)} reports; what stands here is of all of them."))
    entry.add(tomlkit.nl())
    return entry


def _add_place(entry: Table, report: Report, frame: Frame) -> None:
    choice = frame.choices.get("place")
    ranked = choice.ranked if choice else ()
    if report.places:
        return  # by the settings of a subfolder
    if not frame.place:
        between = f"undecided {frame.between('place')}" if ranked else "not known"
        entry.add(tomlkit.comment(f'places = [{{ name = "...", level = "province" }}]  # {between}'))
        return
    one = tomlkit.inline_table()
    one.update({part: value for part, value in vars(frame.place).items() if value})
    places = tomlkit.array()
    places.append(one)
    if _is_close(choice):
        entry.add(tomlkit.comment(f"places = {places.as_string()}  # uncertain: {frame.between('place')}"))
    else:
        entry.add("places", places.comment(frame.place_source))


def _add_date(entry: Table, frame: Frame) -> None:
    if not frame.dated:
        entry.add(tomlkit.comment('date = "2023-12-28"  # not known'))
    elif frame.date_source == "inferred":
        entry.add(tomlkit.comment(f'date = "{frame.dated}"  # uncertain: the latest day that the text speaks of'))
    else:
        entry.add("date", tomlkit.item(frame.dated).comment(f"from the {frame.date_source}"))


def _add_period(entry: Table, frame: Frame) -> None:
    """What the report looks back on; only as a comment where that is uncertain."""
    start, end = frame.period.start, frame.period.end
    if not frame.period:
        between = f"undecided {frame.between('period')}".rstrip() if frame.period_source else "not known"
        entry.add(tomlkit.comment(f'period = "2023-01/2023-06"  # what it looks back on: {between}'))
    elif start is None or end is None or only_the_year(frame.timeline.review):
        told = settings.as_period(start or end or dt.date.min, end or start or dt.date.max)
        entry.add(tomlkit.comment(f'period = "{told}"  # uncertain: the year of the report'))
    elif _is_close(frame.choices.get("period")):
        told = settings.as_period(start, end)
        entry.add(tomlkit.comment(f'period = "{told}"  # uncertain: {frame.between("period")}'))
    else:
        entry.add("period", tomlkit.item(settings.as_period(start, end)).comment(frame.period_source))


def _is_close(choice: Choice[Any] | None) -> bool:
    """Whether a runner-up has nearly as much evidence as the winner."""
    ranked = choice.ranked if choice else ()
    return len(ranked) > 1 and ranked[1][1] >= _CLOSE * ranked[0][1]
