"""A report in, what it is about out: its date, with where that comes from.

>>> from analysis.reading.reports import from_text
>>> frame_of(from_text("Ninh Binh\\n\\nMorning Post28/12/2023\\n\\nText."))
Frame(date=datetime.date(2023, 12, 28), date_source='text', dated='2023-12-28')
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from analysis.extraction.times.report_date import report_date
from analysis.reading import settings
from analysis.reading.reports import Report

__all__ = ["Frame", "frame_of"]


@dataclass(frozen=True)
class Frame:
    """What a report is about.

    ``date`` is when it was published, ``dated`` the same as narrowly as it is known (``2023-12``); ``date_source`` says
    where it comes from: ``reports.toml``, ``text`` (a dateline), ``inferred`` (the latest day that the text speaks of),
    or nothing.
    """

    date: dt.date | None = None
    date_source: str = ""
    dated: str = ""


@lru_cache(maxsize=1000)
def frame_of(report: Report) -> Frame:
    """What a report is about: what its settings say, else what its text shows."""
    if report.date:
        return Frame(report.date, settings.FILE, report.dated or report.date.isoformat())
    day, source = report_date(report.text)
    return Frame(day, source, day.isoformat()) if day else Frame()
