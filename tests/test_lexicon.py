"""The data files: whole rows, unique names, a reason where one is due, and examples that trip their own row."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.currencies import is_money
from analysis.extraction import noun_phrases, percents
from analysis.extraction.claims import extract_claims
from analysis.extraction.country import country_of
from analysis.extraction.cues import expand
from analysis.extraction.exclusions import left_out
from analysis.extraction.figures import candidates, extract_figures
from analysis.extraction.frame import frame_of
from analysis.lexicon import word_pattern
from analysis.reading import table_rows, web
from analysis.reading.documents import documents
from analysis.reading.reports import from_text
from analysis.reading.table_rows import fields
from tests import ROOT

DATA = ROOT / "analysis" / "data"
PATHS = sorted(DATA.rglob("*.csv"))

# Vocabularies whose rows speak for themselves: only odd rows have a reason of their own.
SELF_EXPLAINING = {
    "cues/heads": "nouns that say what was done to the things counted after them",
    "indicators/indicators": "label, sector and unit say what is measured; the phrases are what it is called",
    "numbers/number_words": "words and their values",
    "numbers/ordinal_words": "words and their values",
    "numbers/pers": "words and the unit they stand for",
    "numbers/scales": "words and their factors",
    "numbers/units": "signs and words and the unit they stand for",
    "places/gazetteer": "units and their history, from the sources that SOURCES.md names",
    "places/gazetteer_prefixes": "Vietnamese words and the level they stand for",
    "places/levels": "words and the level they stand for",
    "places/namesakes": "words that make a place's name that of a street, a school, a person",
    "places/subdivisions": "first-level parts of countries, from the source that SOURCES.md names",
    "places/not_places": "capitalized words that open sentences and names of bodies",
    "places/person_words": "titles",
}

# What makes a row one of a kind, where it is not the first column alone.
NAMED_BY = {
    "checks/check_words": ("kind", "language", "words"),
    "checks/classes": ("partition", "class"),
    "cues/claims": ("pattern",),
    "cues/pieces": ("piece", "pattern"),
    "cues/wholes": ("pattern",),
    "frame/hints": ("decides", "hint"),
    "indicators/comparison_words": ("kind", "phrase"),
    "pages/palette": ("group", "word"),
    "places/subdivisions": ("country", "name"),
    "pages/questions": ("about", "kind"),
    "places/gazetteer": ("name", "level", "province", "valid_from"),
    "places/namesakes": ("word", "side"),
    "reading/columns": ("table", "column", "pattern"),
}

# Files in an order that helps who looks for a row; in those with patterns, the first that fits decides.
SORTED = {"numbers/number_words": "value", "numbers/ordinal_words": "value", "places/not_places": "word"}


def _name(path: Path) -> str:
    return path.relative_to(DATA).with_suffix("").as_posix()


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def _each(name: str) -> list[Any]:
    return [pytest.param(row, id=next(iter(row.values()))) for row in _rows(name)]


# --- the files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS, ids=_name)
def test_rows_have_the_columns_of_their_header(path: Path) -> None:
    """A comma outside quotation marks cuts a pattern short without a word."""
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    assert rows
    assert len(header) == len(set(header))
    assert [row for row in rows if len(row) != len(header)] == []


@pytest.mark.parametrize("path", PATHS, ids=_name)
def test_files_are_plain_text_of_one_kind(path: Path) -> None:
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("path", PATHS, ids=_name)
def test_patterns_compile(path: Path) -> None:
    for row in _rows(_name(path)):
        for part in row.get("pattern", "").split(r"\|"):
            re.compile(expand(part).replace("{word}", word_pattern()).replace("{money}", "VND"))


@pytest.mark.parametrize("path", PATHS, ids=_name)
def test_rows_say_why(path: Path) -> None:
    name = _name(path)
    assert "why" in _rows(name)[0]
    silent = [next(iter(row.values())) for row in _rows(name) if not row["why"].strip()]
    fillers = [row["why"] for row in _rows(name) if re.match(r"as above|see |same\b|ditto|todo", row["why"], re.I)]
    assert fillers == []
    assert silent == [] or name in SELF_EXPLAINING


def test_files_said_to_explain_themselves_have_silent_rows() -> None:
    assert [name for name in SELF_EXPLAINING if all(row["why"] for row in _rows(name))] == []


@pytest.mark.parametrize("path", PATHS, ids=_name)
def test_names_are_unique(path: Path) -> None:
    rows = _rows(_name(path))
    columns = NAMED_BY.get(_name(path), (next(iter(rows[0])),))
    names = [tuple(row[column] for column in columns) for row in rows]
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize("name", SORTED)
def test_files_are_in_order(name: str) -> None:
    found = [row[SORTED[name]] for row in _rows(name)]
    assert found == sorted(found, key=lambda cell: (int(cell) if cell.isdigit() else 0, cell))


def test_every_file_is_described() -> None:
    described = re.findall(r"`(\w+/\w+)\.csv`", (DATA / "README.md").read_text(encoding="utf-8"))
    assert sorted(described) == [_name(path) for path in PATHS]


# --- the examples: each trips its own row ------------------------------------------------------------------------


def _deciding(text: str, column: str) -> list[str]:
    """The names of the rows that decided, from the traces in a column of the figures."""
    return [trace.partition(":")[0] for trace in extract_figures(text)[column]]


@pytest.mark.parametrize("row", _each("cues/measure_cues"))
def test_example_of_a_measure_cue(row: dict[str, str]) -> None:
    figures = extract_figures(row["example"])
    decided = figures["measure_cue"].str.partition(":")[0] == row["name"]
    assert set(figures.loc[decided, "measure"]) == {row["measure"]}


@pytest.mark.parametrize("row", _each("cues/role_cues"))
def test_example_of_a_role_cue(row: dict[str, str]) -> None:
    figures = extract_figures(row["example"])
    decided = figures["role_cue"].str.partition(":")[0] == row["name"]
    assert set(figures.loc[decided, "role"]) == {row["role"]}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in _rows("cues/pieces")])
def test_example_of_a_piece(row: dict[str, str]) -> None:
    """Only this row of its piece fits the example, so that the cue which the piece opens decides, or one ends it."""
    others = [one["pattern"] for one in _rows("cues/pieces") if one["piece"] == row["piece"] and one != row]
    figure = extract_figures(row["example"]).iloc[-1]
    before = row["example"][: figure["start"]]
    assert re.search(row["pattern"], before, re.IGNORECASE)
    assert not re.search(rf"\b(?:{'|'.join(others)})", before, re.IGNORECASE)
    aimed, expected = (figure["role_cue"].startswith(f"{cue}:") for cue in ("striving", "projected"))
    assert (aimed, expected) == (row["piece"] == "aiming", row["piece"] == "expecting")


@pytest.mark.parametrize("row", _each("cues/heading_cues"))
def test_example_of_a_heading_cue(row: dict[str, str]) -> None:
    item = "\n- 70 new members;" if row["example"].endswith(":") else ""
    assert row["name"] in _deciding(row["example"].replace("\\n", "\n") + item, "role_cue")


def _hints(text: str, decides: str) -> list[tuple[str, str]]:
    """The hints on what a text is about, of one kind: the candidate, and the name of the hint."""
    frame = frame_of(from_text(text.replace("\\n", "\n")))
    choice = frame.timeline.year if decides == "year" else frame.choices[decides]
    return [(getattr(candidate, "name", str(candidate)), hint.name) for candidate, hint in choice.hints]


@pytest.mark.parametrize("row", _each("frame/hints"))
def test_example_of_a_hint(row: dict[str, str]) -> None:
    assert row["hint"] in {name for _, name in _hints(row["example"], row["decides"])}


@pytest.mark.parametrize("row", _each("places/body_words"))
def test_example_of_a_word_for_a_body(row: dict[str, str]) -> None:
    assert ("Kon Tum", "body") in _hints(row["example"], "place")


@pytest.mark.parametrize("row", _each("places/national"))
def test_example_of_words_for_the_country(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"])
    if row["kind"] == "home":
        assert country_of(f"Kenya reports. {row['example']} {row['example']} {row['example']}") == "VN"
        return
    if row["kind"] == "seat":
        assert {name for _, name in _hints(row["example"], "place")} == {"dateline"}
        return
    assert ("Vietnam", {"body": "national body", "all": "nationwide"}[row["kind"]]) in _hints(row["example"], "place")


@pytest.mark.parametrize("row", _each("places/regions"))
def test_example_of_a_region(row: dict[str, str]) -> None:
    """In a report on the country, a region has its own figures."""
    assert list(extract_figures(f"The Ministry of Health met.\n{row['example']}")["place"]) == [row["name"]]


@pytest.mark.parametrize("row", _each("numbers/currencies"))
def test_example_of_a_currency(row: dict[str, str]) -> None:
    """The amount is money; where the words are also something else, it is none in a report of no such country."""
    found = extract_figures(row["example"]).iloc[-1]
    assert row["written"] in found["quote"]
    if row["otherwise"]:
        assert found["unit"] == row["otherwise"]
        return
    assert is_money(found["unit"]) and found["unit"] != "XXX"
    twin = extract_figures(f"The hall{row['example'][row['example'].index(' cost ') :]}")
    assert not any(map(is_money, twin["unit"]))


@pytest.mark.parametrize("row", _each("places/countries"))
def test_example_of_words_for_a_country(row: dict[str, str]) -> None:
    assert country_of(row["example"]) == (row["country"] if len(row["country"]) == 2 else "")


@pytest.mark.parametrize("row", _each("times/fiscal_years"))
def test_example_of_a_budget_year(row: dict[str, str]) -> None:
    starts = extract_figures(row["example"])["period_start"].iloc[0]
    assert f"{starts:%Y-%m-%d}" == f"2021-{row['starts']}"


@pytest.mark.parametrize("row", _each("numbers/exclusions"))
def test_example_of_an_exclusion(row: dict[str, str]) -> None:
    """The number is passed over, and this row is the first that says so."""
    report = from_text(row["example"])
    written = left_out([report], extract_figures(report))["rule"].tolist()
    assert row["name"] in written or (not re.search(r"\d", row["example"]) and extract_figures(report).empty)


@pytest.mark.parametrize("row", _each("cues/set_by"))
def test_example_of_who_set_a_target(row: dict[str, str]) -> None:
    assert row["set_by"] in set(extract_figures(row["example"])["set_by"])


@pytest.mark.parametrize("row", _each("cues/wholes"))
def test_example_of_a_whole(row: dict[str, str]) -> None:
    """N of M is what the row says, and no row before it fits."""
    figures = extract_figures(row["example"])
    figure = figures[figures["out_of"].notna()].iloc[0]
    left, _, right = row["example"].partition(figure["quote"])
    near = f"{left[-70:]} | {right[:90]}"
    assert figure["whole"] == row["whole"]
    assert next(r for r in _rows("cues/wholes") if re.search(r["pattern"], near, re.IGNORECASE)) == row


@pytest.mark.parametrize("row", _each("cues/claims"))
def test_example_of_a_claim(row: dict[str, str]) -> None:
    claim = extract_claims([from_text(row["example"])]).iloc[0]
    first = next(r for r in _rows("cues/claims") if re.search(expand(r["pattern"]), row["example"], re.IGNORECASE))
    assert first == row
    assert (claim["kind"], claim["quote"]) == (
        row["kind"],
        re.search(expand(row["pattern"]), row["example"], re.IGNORECASE)[0],  # type: ignore[index]
    )


@pytest.mark.parametrize("row", _each("cues/word_kinds"))
def test_example_of_a_kind_of_word(row: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The example has a word of the kind and the subject that it says, and without the kind another one."""
    assert re.search(rf"\b(?:{row['words']})(?!\w)", row["example"], re.IGNORECASE)
    assert extract_figures(row["example"])["subject"].iloc[-1] == row["subject"]
    code = noun_phrases._CODES[row["kind"]]
    others = {word: other for word, other in noun_phrases._kinds().items() if other != code}
    monkeypatch.setattr(noun_phrases, "_kinds", lambda: others)
    monkeypatch.setattr(noun_phrases, "_token", noun_phrases._token.__wrapped__)
    monkeypatch.setattr(noun_phrases, "_kind", noun_phrases._kind.__wrapped__)
    monkeypatch.setattr(noun_phrases, "_tagged", noun_phrases._tagged.__wrapped__)
    assert extract_figures(row["example"])["subject"].iloc[-1] != row["subject"]


@pytest.mark.parametrize("row", _each("numbers/qualifiers"))
def test_example_of_a_qualifier(row: dict[str, str]) -> None:
    """With the phrase the number is qualified, without it exact."""
    assert list(extract_figures(row["example"])["qualifier"]) == [row["qualifier"]]
    bare = " ".join(row["example"].replace(row["phrase"], "", 1).split())
    assert bare != row["example"]
    assert list(extract_figures(bare)["qualifier"]) == ["exact"]


@pytest.mark.parametrize("row", _each("reading/columns"))
def test_example_of_a_head_of_a_column(row: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The example is a head of the kind; without the row it is of another, or of none."""
    assert fields(row["table"], [row["example"]]) == {0: row["column"]}
    others = tuple(one for one in table_rows.rows("reading/columns") if one != row)
    monkeypatch.setattr(table_rows, "rows", lambda name: others)
    monkeypatch.setattr(table_rows, "_patterns", table_rows._patterns.__wrapped__)
    assert fields(row["table"], [row["example"]]) != {0: row["column"]}


@pytest.mark.parametrize("row", _each("reading/around_articles"))
def test_example_of_a_part_of_a_page_around_its_article(
    row: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example stands behind an article, and is read with it where the row is missing."""
    said = "Xa An district admitted 43 members in 2023, and thanked all those who had taken part in the work."
    page = f"<html><body><article><h1>Xa An</h1><p>{said}</p></article>{row['example']}</body></html>".encode()
    others = tuple(one for one in _rows("reading/around_articles") if one != row)
    assert "7411" not in web.read(page)[0].text and "43 members" in web.read(page)[0].text
    monkeypatch.setattr(web, "rows", lambda name: others)
    assert "7411" in web.read(page)[0].text


@pytest.mark.parametrize("row", _each("reading/passed_over"))
def test_example_of_a_file_that_is_passed_over(row: dict[str, str], tmp_path: Path) -> None:
    first = next(
        one for one in _rows("reading/passed_over") if re.search(one["pattern"], row["example"], re.IGNORECASE)
    )
    assert first == row
    (tmp_path / row["example"]).write_text("It has 9 members.", encoding="utf-8")
    assert list(documents(tmp_path)) == []


def test_examples_are_sentences_of_their_own() -> None:
    examples = pd.Series([row["example"] for path in PATHS for row in _rows(_name(path)) if "example" in row])
    assert examples.str.len().min() > 0
    assert examples[examples.duplicated()].tolist() == []


def test_each_sign_of_a_per_cent_is_one_that_is_looked_for() -> None:
    text = (
        "In 2023 output grew by 9% over 2022. Farms sold 40 tons, guests paid 3 million USD (4 percent), "
        "fees 5 km (8 percent of which, 92%), above 150%, of all. Boys were 52%, girls 48%."
    )
    report = from_text(text)
    found, previous = set(), []
    for _, figures in candidates(report, frame_of(report)):
        found |= {sign for n in range(len(figures)) for sign in percents.signs(text, figures, n, previous)}
        previous = figures
    known = {row["sign"] for row in _rows("cues/percent_signs") if row["sign"]}
    assert {sign.partition(" ")[0] for sign in known} <= {sign.partition(" ")[0] for sign in found}
    sizes = {sign for sign in known if sign.startswith("size ")}
    assert sizes <= {f"size {size}" for _, size in percents.SIZES} | {"size 100", percents.WHOLE_PASSED}
