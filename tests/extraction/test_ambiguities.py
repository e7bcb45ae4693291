"""Figures that could be read otherwise are marked, with the other reading; plain ones are not."""

from __future__ import annotations

import pytest

import analysis


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        (
            "Revenue reached 1.625 billion VND.",
            ["decimal mark: read as 1.625 billion; if the mark groups thousands, 1,625 billion"],
        ),
        ("Revenue reached 1,625 billion VND.", [""]),
        (
            "In 2015 revenue was VND14.87 (VND7.10 billion), 209.4 percent.",
            ["scale: its words give none; read as that of the number beside it", "", ""],
        ),
        ("In 2015 revenue was VND14.87 billion (VND7.10 billion), 209.4 percent.", ["", "", ""]),
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
        ("In 2023, the number of visitors to Tan Phuoc was 45,000.", ["place: undecided about Tan Phuoc"]),
        (
            "In 2023, the gross product of Tan Phuoc recorded 7.2%.",
            ["measure: read as change, by what stands around it; it may be share"],
        ),
        ("In 2023, the rate of trained workers in Tan Phuoc came to 61.4%.", [""]),
    ],
)
def test_doubt_is_marked(text: str, doubts: list[str]) -> None:
    assert analysis.extract_figures(text)["doubt"].tolist() == doubts
