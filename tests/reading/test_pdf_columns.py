"""A PDF in columns: read column by column, and a sentence that goes on in the next column is one sentence."""

from __future__ import annotations

from textwrap import wrap

import pytest

import analysis
from analysis.reading.pdf import read
from analysis.reading.reports import from_text
from tests.reading.mixed import in_columns, pdf

TITLE = "The communes of Xa An look back on the year of 2023"
SAID = (
    "Tan Lap admitted 43 new members in 2023, its secretary told the meeting that closed the year, and thanked all who "
    "had taken part. With the help of families the commune built 118 houses for poor households, of which 84 were "
    "finished before the rains came to the hills. Farmers changed to fruit on the slopes, where 62 hectares of orange "
    "trees were planted, and to fish in the ponds below the village. By the end of the year 96% of the households had "
    "clean water, the report says, while the school in the upper hamlet still waits for its new well and its gate."
)
QUOTES = ["43", "118", "84", "62 hectares", "96%"]


def quotes(data: bytes) -> list[str]:
    (found,) = read(data)
    assert not found.lost
    return [" ".join(quote.split()) for quote in analysis.extract_figures(from_text(found.text))["quote"]]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_columns_are_read_one_after_another(number: int) -> None:
    lines = wrap(SAID, 84 // number - 4)
    each = -(-len(lines) // number)
    columns = [lines[n * each : (n + 1) * each] for n in range(number)]
    (found,) = read(in_columns(TITLE, *columns))
    told = " ".join(found.text.split())
    assert told == f"{TITLE} {SAID}"
    assert quotes(in_columns(TITLE, *columns)) == QUOTES


def test_cells_of_a_table_without_lines_and_the_heads_of_a_letter_are_no_columns() -> None:
    labels = [f"Trees of kind {n}" for n in range(9)]
    (found,) = read(in_columns(TITLE, labels, [f"{n} trees" for n in range(21, 30)]))
    assert "Trees of kind 3 24 trees" in found.text
    heads = ["People's Committee of Xa An", "Office of the council of 2023"]
    (found,) = read(in_columns(TITLE, heads, ["Socialist Republic of the land", "Independence and freedom for all"]))
    assert "People's Committee of Xa An Socialist Republic" in found.text


def test_a_page_without_columns_stays_as_it_is() -> None:
    lines = wrap(SAID, 90)
    (found,) = read(pdf([lines]))
    assert " ".join(found.text.split()) == SAID
