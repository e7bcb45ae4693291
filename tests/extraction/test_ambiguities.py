"""Figures that could be read otherwise are marked, with the other reading; plain ones are not."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import analysis
from analysis import schema
from analysis.display import story


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        (
            "Revenue reached 1.625 billion VND.",
            ["decimal mark: read as 1.625 billion; if the mark groups thousands, 1,625 billion"],
        ),
        ("Revenue reached 1,625 billion VND.", [""]),
        ("Revenue reached 1.62 billion VND.", [""]),
        (
            "Rice output fulfilled 98.7% of the plan.",
            ["denominator: the result that this is about is not stated beside it"],
        ),
        ("Rice output was 500 tons, 98.7% of the plan.", ["", ""]),
        (
            "The province must collect 40 billion VND.",
            ['role: a target, because of "must collect"; it may announce a result'],
        ),
        ("The province collected 40 billion VND.", [""]),
    ],
)
def test_doubt_is_marked(text: str, doubts: list[str]) -> None:
    assert analysis.extract_figures(text)["doubt"].tolist() == doubts


def places(name: str, level: str, date: dt.date | None) -> str:
    figures = schema.frame(
        "figures",
        [{"figure_id": "a:1", "place": name, "place_level": level, "report_date": date, "place_source": "sentence"}],
    )
    return story.places(figures)["since"].item()


def test_a_reader_is_told_what_became_of_a_place() -> None:
    assert "district level was abolished on 1 July 2025" in places("Krong Pac", "district", dt.date(2024, 1, 1))
    assert "merged" in places("Binh Dinh", "province", dt.date(2024, 1, 1))


@pytest.mark.parametrize("name", ["Chau Thanh", "Nowhere At All"])
def test_nothing_is_guessed_between_places_of_one_name(name: str) -> None:
    assert places(name, "district", dt.date(2024, 1, 1)) == ""


def test_places_of_no_figures() -> None:
    assert story.places(schema.empty("figures")).empty
    assert isinstance(story.doubtful(schema.empty("figures")), pd.DataFrame)
