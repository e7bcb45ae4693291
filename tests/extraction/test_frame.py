"""What a report is about: its date, and where that comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from analysis.extraction.frame import frame_of
from analysis.reading.reports import from_text


@pytest.mark.parametrize(
    ("text", "day", "source"),
    [
        ("Headline\n\nThe Paper28/12/2023\n\nText.", dt.date(2023, 12, 28), "text"),
        ("Headline\nJune 27, 2024 16:45\nText.", dt.date(2024, 6, 27), "text"),
        ("Headline\n2024-06-27\nText.", dt.date(2024, 6, 27), "text"),
        (
            "A long text that tells that as of March 31, 2024 it had 9 members in all of its many cells.",
            dt.date(2024, 3, 31),
            "inferred",
        ),
        ("It was decided in Resolution No. 3 dated May 5, 2024.", None, ""),
        ("Nothing is dated 31/02/2024 here.", None, ""),
    ],
)
def test_the_date_of_a_report(text: str, day: dt.date | None, source: str) -> None:
    frame = frame_of(from_text(text))
    assert (frame.date, frame.date_source) == (day, source)


def test_the_settings_decide_before_the_text() -> None:
    report = replace(from_text("Headline\n2024-06-27\nText."), date=dt.date(2024, 2, 29), dated="2024-02")
    frame = frame_of(report)
    assert (frame.date, frame.date_source, frame.dated) == (dt.date(2024, 2, 29), "reports.toml", "2024-02")
