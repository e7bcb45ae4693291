"""What is said in other words of the same meaning is read the same: ``tests/cases/synonyms.csv``, over whole reports.

Each row puts one phrase for another wherever the seeds and the invented reports have it. No cell of their figures may
change but those that ``known`` counts, so that the row turns red when one more changes, or one fewer.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

import tests
from analysis.extraction.figures import extract_figures
from tests.scoring import SETS

COLUMNS = ["value", "unit", "measure", "role", "out_of", "qualifier", "place", "period_start", "period_end"]
with (tests.CASES / "synonyms.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@cache
def _texts() -> tuple[str, ...]:
    folders = [reports for reports, _ in SETS.values()]
    return tuple(path.read_text(encoding="utf-8") for folder in folders for path in sorted(Path(folder).glob("*.txt")))


@cache
def _cells(text: str) -> tuple[tuple[str, ...], ...]:
    """A row of cells for each figure of a text, in its order."""
    return tuple(map(tuple, extract_figures(text)[COLUMNS].astype(object).fillna("").astype(str).to_numpy().tolist()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['written'].strip()} > {row['instead'].strip()}" for row in ROWS])
def test_other_words_of_the_same_meaning_are_read_the_same(row: dict[str, str]) -> None:
    written = re.compile(rf"\b{re.escape(row['written'])}(?![\w-])")
    pairs = [(text, written.sub(row["instead"], text)) for text in _texts() if written.search(text)]
    assert pairs, "no report has these words"
    changed = 0
    for text, other in pairs:
        before, after = _cells(text), _cells(other)
        assert len(before) == len(after)
        changed += sum(
            a != b for one, another in zip(before, after, strict=True) for a, b in zip(one, another, strict=True)
        )
    assert changed == int(row["known"] or 0)
