"""Twice as much text costs about twice the work, whatever is repeated in it; counted, so that no clock decides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from analysis.checks.wholes import _Names
from analysis.comparison.figure import Figure, figures_of, words
from analysis.comparison.linking import _Implied
from analysis.intervals import Interval
from analysis.reading import article
from analysis.reading.article import passages
from tests import ROOT
from tests.hostile.texts import long_text, repeated

SHORT, LONG = 2600, 5200  # characters; both are more than any sentence is read as one
MOST = 2.6  # times the work, for what is done once in a while
FREE = {"searches": 1000, "characters": 150_000, "calls": 40_000}  # that tell nothing of how the work grows
SAMPLE = ["", "stops", "dotted groups", "short lines with figures", "open brackets", "capitals", "bars", "one letter"]
"""What is tried here; ANALYSIS_GROWTH=all tries every unit, for some minutes."""


def tried() -> list[str]:
    """Return the names of the units to try; the empty one is ordinary text."""
    return ["", *repeated()] if os.environ.get("ANALYSIS_GROWTH") == "all" else SAMPLE


@pytest.fixture(scope="module")
def work() -> dict[str, list[dict[str, int]]]:
    """What each text costs, in a process of its own, in which patterns count."""
    line = [sys.executable, "-m", "tests.hostile.work", str(SHORT), str(LONG), *tried()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return {told["name"]: told["work"] for told in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", tried())
def test_work_grows_no_faster_than_the_text(name: str, work: dict[str, list[dict[str, int]]]) -> None:
    short, long = work[name]
    for what, free in FREE.items():
        assert long.get(what, 0) <= MOST * max(short.get(what, 0), free), (what, short, long)


def test_a_text_that_names_a_source_on_every_line_is_split_once() -> None:
    article._paragraphs.cache_clear()
    text = long_text("sources", 50_000)
    assert len(passages(text)) > 100
    assert article._paragraphs.cache_info().misses == 1 and article._paragraphs.cache_info().hits > 100


def figures(role: str, **columns: Sequence[object]) -> list[Figure]:
    """Return figures of one place and year, which differ in some columns."""
    same = {
        "measure": "amount",
        "role": role,
        "place": "An Lac",
        "period_start": "2023-01-01",
        "period_end": "2023-12-31",
    }
    rows = pd.DataFrame(columns)
    return figures_of(rows.assign(figure_id=[f"r:{n}" for n in range(len(rows))], report="r", unit="count", **same))


def test_a_target_is_held_against_the_results_that_imply_about_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[object] = []
    contains = Interval.contains

    def noted(span: Interval, value: Any) -> bool:
        held.append(value)
        return contains(span, value)

    monkeypatch.setattr(Interval, "contains", noted)
    results = figures("achieved", value=list(range(2000)), subject=["trees"] * 2000)
    implied = _Implied((one, Interval.of(one.value + 5, one.value + 6)) for one in results)
    targets = figures("target", value=[100, 1500, 9000], subject=["trees"] * 3)
    found = [implied.result_of(target) for target in targets]
    assert [one and one.value for one in found] == [95, 1495, None]  # of two that fit the last
    assert len(held) < 100


def test_nor_is_a_share_against_amounts_of_other_names() -> None:
    looked_at: list[int] = []

    class Noted(list[frozenset[str]]):
        def __getitem__(self, n: Any) -> Any:
            looked_at.append(n)
            return super().__getitem__(n)

    names = ["Xa commune's mills", "mills", "commune", "of the", *(f"farm{n} of commune" for n in range(2000))]
    asked = ["the mills of Xa commune", "farm7", "farm7 of that commune", "barn", "of", "mills"]
    parts, shares = (figures("achieved", value=[5] * len(some), subject=some) for some in (names, asked))
    index = _Names(parts)
    index._words = Noted(index._words)
    for share in shares:
        name = words(share.subject)
        bear_it = [n for n, each in enumerate(map(words, names)) if name and (name <= each or each <= name)]
        assert sorted(index.of(share)) == bear_it
    assert len(looked_at) < 50
