"""The data files: every row whole, every pattern a regular expression, every name once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from analysis.extraction.cues import expand
from analysis.lexicon import word_pattern
from tests import ROOT

DATA = ROOT / "analysis" / "data"


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: path.stem)
def test_rows_have_the_columns_of_their_header(path: Path) -> None:
    """A comma outside quotation marks cuts a pattern short without a word."""
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    assert [row for row in rows if len(row) != len(header)] == []


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: path.stem)
def test_patterns_compile(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for part in row.get("pattern", "").split(r"\|"):
                re.compile(expand(part).replace("{word}", word_pattern()))
