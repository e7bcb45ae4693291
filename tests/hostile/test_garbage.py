"""Tables are made without Python's search for garbage, which has nothing to find there."""

from __future__ import annotations

import gc
from typing import Any

import pytest

import analysis
from analysis.extraction.garbage import uncollected
from analysis.reading.reports import from_text
from tests.hostile.texts import ordinary


def test_tables_leave_nothing_that_only_the_search_frees() -> None:
    report = from_text(ordinary(30_000), "searched")
    analysis.tabulate("In 2023 it planted 9 trees.")  # what is done once
    gc.collect()
    with uncollected():
        tables = analysis.tabulate(report)
        assert gc.collect() < len(tables.figures) / 10


def test_nothing_is_searched_meanwhile() -> None:
    searches: list[str] = []

    def note(phase: str, told: dict[str, Any]) -> None:
        searches.append(phase)

    gc.callbacks.append(note)
    try:
        analysis.tabulate(from_text(ordinary(20_000), "unsearched"))
    finally:
        gc.callbacks.remove(note)
    assert len(searches) < 10  # of seventy, where it is on


def test_it_is_as_before_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
