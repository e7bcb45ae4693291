"""A report, several of them in their order, and the files that could not be read.

>>> Reports([Report("b", "It has 9 members."), Report("a", "It has 8 members.")])["a"].text
'It has 8 members.'
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path

from analysis.reading import settings
from analysis.reading.article import passages
from analysis.reading.copies import alike
from analysis.reading.files import printable, shown, without_surrogates
from analysis.reading.sentences import plain
from analysis.reading.settings import Place

__all__ = ["Failure", "Report", "Reports"]


@dataclass(frozen=True)
class Report:
    """One report: its text, and what ``reports.toml``, or else its web page, says of it.

    ``text`` is as it was read: of a web page the article, of a table its rows; offsets of figures point into it.
    ``date`` is when it was published, the last day of the month or year where only that is known; ``dated`` is the date
    as narrowly as it is known: ``2023-12-28``, ``2023-12`` or ``2023``; ``date_source`` says who says so.
    ``period`` is the first and the last day of what it looks back on, where that is stated. What the text itself says
    of its date, place and time, :mod:`analysis.extraction.frame` finds out. ``folder`` is the one that was given, from
    which a file is named.
    """

    id: str
    text: str = field(repr=False)
    path: Path | None = None
    places: tuple[Place, ...] = ()
    date: dt.date | None = None
    dated: str = ""
    source: str = ""
    language: str = "en"
    address: str = ""
    date_source: str = settings.FILE
    period: tuple[dt.date, dt.date] | None = None
    folder: Path | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep out what no table and no page can hold."""
        for name in ("id", "text"):
            object.__setattr__(self, name, without_surrogates(getattr(self, name)))

    @property
    def frame(self):  # type: ignore[no-untyped-def]
        """What the report is about, a :class:`analysis.extraction.frame.Frame`; printed, it gives its reasons."""
        extraction = import_module("analysis.extraction.frame")  # it lies above this package: looked up when asked for
        return extraction.frame_of(self)

    @property
    def title(self) -> str:
        """The first sentence of the article, without the page's furniture; the id where there is none."""
        return next((self.text[part.start : part.end] for part in passages(plain(self.text))), self.id)


@dataclass(frozen=True)
class Failure:
    """A file, or a part of one, that was not read, and why, in a sentence that begins with its path.

    ``folder`` is the one that was given: pages and tables name the file as seen from there.
    """

    path: Path
    message: str
    folder: Path | None = None

    def __post_init__(self) -> None:
        # It may name sheets, files in archives and other texts, which may hold anything; it is printed.
        object.__setattr__(self, "message", printable(self.message))

    def __str__(self) -> str:
        return self.message

    @property
    def name(self) -> str:
        """The path as seen from the folder that was given."""
        inside = self.folder is not None and self.path.is_relative_to(self.folder) and self.path != self.folder
        return shown(self.path.relative_to(self.folder or self.path).as_posix() if inside else self.path.name)

    @property
    def told(self) -> str:
        """The sentence with the path as seen from the folder that was given: the rest may be nobody else's business."""
        return self.message if self.folder is None else self.message.replace(f"{self.folder}{os.sep}", "")

    @property
    def reason(self) -> str:
        """Why it was not read, without its name."""
        return self.told.removeprefix(self.name).lstrip(":, ")


class Reports(Sequence[Report]):
    """Reports in the order of their ids; ``failed`` lists the files that could not be read.

    Those of ``tabulate`` list there, too, what was read but could not be tabulated.
    """

    def __init__(self, reports: Sequence[Report] = (), failed: Sequence[Failure] = ()) -> None:
        self._reports = tuple(sorted(reports, key=lambda report: report.id))
        self._by_id = {report.id: report for report in self._reports}
        self.failed = tuple(failed)

    @cached_property
    def alike(self) -> list[tuple[Report, Report, float]]:
        """The pairs of reports that seem to be one release, with the share of the shorter one that both have."""
        pairs = alike({report.id: report.text for report in self})
        return [(self._by_id[one], self._by_id[other], share) for one, other, share in pairs]

    def __len__(self) -> int:
        return len(self._reports)

    def __iter__(self) -> Iterator[Report]:
        return iter(self._reports)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        """A report by its id or its position.

        Raises:
            KeyError: no report has that id.
        """
        if isinstance(key, str):
            if key not in self._by_id:
                known = ", ".join(list(self._by_id)[:5]) or "none"
                raise KeyError(f"There is no report {key!r}; the ids are {known}.")
            return self._by_id[key]
        return self._reports[key]

    def _ipython_key_completions_(self) -> list[str]:
        """The ids, for completion after ``reports["``."""
        return list(self._by_id)

    def __repr__(self) -> str:
        lost = f", {len(self.failed)} not read" if self.failed else ""
        return f"<{len(self)} report{'' if len(self) == 1 else 's'}{lost}>"
