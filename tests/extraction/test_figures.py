"""Short invented sentences, each with the figures that a careful reader finds in it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import tests
from analysis.extraction.figures import extract_figures

CASES = tests.CASES / "extraction"
KNOWN = {tuple(entry) for entry in json.loads((CASES / "known_failures.json").read_text(encoding="utf-8"))}


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.json")):
        if path.stem == "known_failures":
            continue
        for case in json.loads(path.read_text(encoding="utf-8")):
            known = (path.stem, case["name"]) in KNOWN
            marks = [pytest.mark.xfail(strict=True, reason="a known miss")] if known else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


@pytest.mark.parametrize("case", _cases())
def test_figures_of_a_sentence(case: dict[str, Any]) -> None:
    figures = extract_figures(case["text"])
    quotes = dict(zip(figures["figure_id"], figures["quote"], strict=True))
    assert list(figures["quote"]) == [wanted["quote"] for wanted in case["figures"]]
    for wanted, row in zip(case["figures"], figures.to_dict("records"), strict=True):
        found = {name: _shown(name, row[name], quotes) for name in wanted}
        for name, value in wanted.items():
            allowed = value.split("|") if isinstance(value, str) else [pytest.approx(value)]
            assert found[name] in allowed, f"{name} of {wanted['quote']!r}: {found[name]!r}, not {value!r}"


def _shown(name: str, value: object, quotes: dict[str, str]) -> object:
    """A cell as the cases write it: links by the quote they lead to, days as ISO dates, nothing as an empty string."""
    if name in ("about", "part_of"):
        return quotes.get(str(value), "")
    if name.startswith("period"):
        return "" if pd.isna(value) else f"{value:%Y-%m-%d}"  # type: ignore[str-format, call-overload]
    return value


def test_every_topic_has_cases() -> None:
    assert sum(len(json.loads(path.read_text(encoding="utf-8"))) for path in CASES.glob("*.json")) >= 60
    names = [
        (path.stem, case["name"])
        for path in CASES.glob("*.json")
        if path.stem != "known_failures"
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]
    assert len(names) == len(set(names))
    assert set(names) >= KNOWN


def test_offsets_slice_the_text_as_it_is() -> None:
    text = "\ufeffRevenue reached 512\u00a0billion VND.\r\nI\u0302t admitted “41” members – 3% more.\r\n"
    figures = extract_figures(text)
    assert [text[start:end] for start, end in zip(figures["start"], figures["end"], strict=True)] == list(
        figures["quote"]
    )


@pytest.mark.parametrize("text", ["", "\n\n", "No number here.", "(((", "1" * 400, "of which " * 500])
def test_odd_texts_are_read_without_error(text: str) -> None:
    extract_figures(text)


@pytest.mark.parametrize("text", ["Revenue reached 5billion\nVND", "It is 25\n/30 communes.", "It grew 5 per\ncent."])
def test_a_sentence_holds_its_figures_also_where_a_line_ends_inside_them(text: str) -> None:
    (figure,) = extract_figures(text).to_dict("records")
    assert figure["quote"] in figure["sentence"]
    assert "\n" in figure["quote"]
