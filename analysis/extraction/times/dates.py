"""Written days and months in, dates out.

>>> day_in(DAYS[0].search("Post28/12/2023")), month_end(2024, month_number("Feb."))
(datetime.date(2023, 12, 28), datetime.date(2024, 2, 29))
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from analysis.lexicon import expand, months

__all__ = ["DAYS", "MONTH", "MONTH_YEAR", "day_in", "month_end", "month_number"]

MONTH = expand("{month}")
DAYS = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d{{2}})"),
    re.compile(rf"\b(?P<month>{MONTH}),?\s?/?(?P<day>\d{{1,2}})\s?/\s?(?P<year>(?:19|20)\d{{2}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<number>\d{2})[-/](?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<day>\d{1,2})[-.](?P<number>\d{1,2})[-.](?P<year>(?:19|20)\d{2})(?![\d-])"),
    re.compile(r"(?<!\d)(?P<number>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d{2})(?!\d)"),  # 12/28/2023
)
MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s+(?P<year>(?:19|20)\d{{2}})")


def month_number(name: str) -> int:
    """1 for ``January`` or ``Jan.``."""
    return months()[name.rstrip(".").capitalize()]


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def day_in(match: re.Match[str]) -> dt.date | None:
    """The day that a match of day, month and year names; None for the 31st of June."""
    groups = match.groupdict()
    month = month_number(groups["month"]) if groups.get("month") else int(groups["number"])
    try:
        return dt.date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        return None
