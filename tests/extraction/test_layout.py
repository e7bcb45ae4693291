"""A text that a page set in runs of blanks is read as the same text without them, and every quote is its own words."""

from __future__ import annotations

import pytest

from analysis.extraction.figures import extract_figures
from analysis.extraction.layout import squeezed
from tests import ROOT

READ = ("value", "unit", "measure", "role", "place", "period_start", "period_end", "subject", "qualifier")
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def spread(text: str) -> str:
    """The text as a PDF file sets it: two blanks for one, lines indented."""
    return "\n".join("      " + line.replace(" ", "  ") if line.strip() else line for line in text.split("\n"))


@pytest.mark.parametrize("path", SEEDS, ids=[path.stem for path in SEEDS])
def test_a_report_set_in_blanks_is_read_alike(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    wide = spread(text)
    plain, apart = extract_figures(text), extract_figures(wide)
    assert len(plain) > 5
    for name in READ:
        assert apart[name].astype(str).tolist() == plain[name].astype(str).tolist(), name
    for row in apart.to_dict("records"):
        assert wide[row["start"] : row["end"]] == row["quote"]
        assert row["figure_id"].endswith(f":{row['start']}")
        begins = row["sentence_start"]
        assert wide[begins : begins + len(row["sentence"])] == row["sentence"]
    assert set(apart["about"]) <= {"", *apart["figure_id"]}
    assert set(apart["part_of"]) <= {"", *apart["figure_id"]}


def test_a_text_of_the_web_is_left_as_it_is() -> None:
    assert squeezed("In 2023  it met 21 targets. " + "All was well in the town. " * 9) is None
    assert squeezed("") is None
