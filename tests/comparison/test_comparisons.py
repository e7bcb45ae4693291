"""Targets against results: a case per rule, and fourteen invented reports with comparisons found by hand."""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Mapping, Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tests
from analysis.comparison.comparisons import compare_targets
from analysis.comparison.outlook import outlook
from analysis.schema import COMPARISONS, VOCABULARIES, frame, validate
from analysis.tables import tabulate

CASES = tests.CASES / "comparison"
DEFAULTS = {
    "report": "r",
    "place": "Na Lac",
    "unit": "count",
    "measure": "amount",
    "role": "achieved",
    "qualifier": "exact",
}
THIS_YEAR, NEXT_YEAR = ["2023-01-01", "2023-12-31"], ["2024-01-01", "2024-12-31"]
# The data contract of the tables, without the columns that extraction adds.
CONTRACT = [
    *("figure_id", "report", "start", "end", "quote", "sentence", "value", "low", "high", "qualifier", "unit", "per"),
    *("subject", "indicator", "measure", "role", "out_of", "place", "place_level", "period_start", "period_end"),
]


def cases(name: str) -> list[object]:
    """The cases of a file, for parametrize."""
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def figures_of(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """A table of figures from the short form of the case files."""
    return frame("figures", [figure_row(dict(row)) for row in rows])


def figure_row(row: dict[str, object]) -> dict[str, object]:
    """One figure with the defaults filled in; numbers in id, about and part_of are figures of the same report."""
    report = row.get("report", DEFAULTS["report"])
    start, end = row.pop("period", NEXT_YEAR if row.pop("ahead", False) else THIS_YEAR)
    row |= {"period_start": start or None, "period_end": end or None}
    row["report_date"] = row.get("report_date", "2023-12-28") or None
    row["figure_id"] = f"{report}:{row['id']}"
    row |= {name: f"{report}:{row[name]}" for name in ("about", "part_of") if name in row}
    row["start"] = row.pop("id")
    return DEFAULTS | {"low": row["value"], "high": row["value"], "sign": 1} | row


def expect(table: pd.DataFrame, rows: Sequence[Mapping[str, object]]) -> None:
    """The table has these rows, in this order, as far as they say."""
    assert len(table) == len(rows), table.to_dict("records")
    for got, wanted in zip(table.to_dict("records"), rows, strict=True):
        for column, value in wanted.items():
            assert same(got[column], value), f"{column} is {got[column]!r}, not {value!r}"


def same(got: object, wanted: object) -> bool:
    """Whether a cell holds what a case wants; an empty string wants it missing."""
    if wanted == "":
        return got == "" or got is None or bool(pd.isna(got))
    if isinstance(got, tuple):
        return list(got) == wanted
    if isinstance(got, pd.Timestamp):
        return got.date().isoformat() == wanted
    if isinstance(got, float):
        return math.isclose(got, float(str(wanted)), rel_tol=1e-8)
    return got == wanted


@pytest.mark.parametrize("case", cases("rules"))
def test_rule_of_comparisons(case: dict) -> None:
    expect(compare_targets(figures_of(case["figures"])), case["comparisons"])


@pytest.mark.parametrize("case", cases("texts"))
def test_rule_of_comparisons_from_a_text(case: dict) -> None:
    expect(tabulate(case["text"]).comparisons, case["comparisons"])


@pytest.mark.parametrize("case", cases("outlook"))
def test_rule_of_outlook(case: dict) -> None:
    expect(outlook(figures_of(case["figures"])), case["outlook"])


# --- fourteen invented reports, their figures linked by hand, their comparisons found by hand ---------------------


def sheet(name: str) -> list[dict[str, str]]:
    """A CSV of the case folder."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def invented() -> pd.DataFrame:
    numbers = {"value", "low", "high", "out_of", "step", "start", "end", "sign", "sentence_start"}
    rows = [
        {name: None if cell == "" else float(cell) if name in numbers else cell for name, cell in row.items()}
        for row in sheet("invented_reports_figures")
    ]
    return frame("figures", rows)


def matched(
    table: pd.DataFrame, gold: Sequence[Mapping[str, str]]
) -> tuple[list[tuple[dict, dict]], list[dict], list[dict]]:
    """Pairs of gold and found rows, required gold rows not found, and found rows that no gold row allows."""
    left = table.to_dict("records")
    pairs, missed = [], []
    for wanted in sorted(gold, key=lambda row: row["required"], reverse=True):
        got = next((row for row in left if fits(row, wanted)), None)
        if got is not None:
            left.remove(got)
            pairs.append((dict(wanted), got))
        elif wanted["required"] == "1":
            missed.append(dict(wanted))
    return pairs, missed, left


def fits(row: Mapping[str, object], wanted: Mapping[str, str]) -> bool:
    numbers = [(row[name], wanted[name]) for name in ("target", "achieved", "attainment") if wanted[name]]
    place = row["report"] == wanted["report"] and row["place"] in wanted["place"].split("|")
    return place and all(math.isclose(float(str(got)), float(want), rel_tol=1e-5) for got, want in numbers)


def test_comparisons_of_invented_reports(invented: pd.DataFrame) -> None:
    pairs, missed, extra = matched(compare_targets(invented), sheet("invented_reports_comparisons"))
    assert (missed, extra) == ([], [])
    for wanted, got in pairs:
        if wanted["required"] == "1":
            assert got["verdict"] in wanted["verdict"].split("|"), (wanted, got)
            assert (got["basis"], got["direction"], got["unit"]) in {
                (wanted["basis"], wanted["direction"], unit) for unit in (wanted["unit"], "%")
            }, (wanted, got)
            assert got["set_by"] == wanted["set_by"], (wanted, got)
            for name in ("period_start", "period_end", "target_low", "target_high", "achieved_low", "achieved_high"):
                assert not wanted[name] or same(got[name], wanted[name]), (name, wanted, got)
            if wanted["stated_attainment"]:
                assert same(got["stated_attainment"], wanted["stated_attainment"]), (wanted, got)


def test_comparisons_of_invented_reports_without_links(invented: pd.DataFrame) -> None:
    """The contract's columns alone give all but a few: they tell neither a report's date nor a margin's sign."""
    pairs, missed, extra = matched(compare_targets(invented[CONTRACT]), sheet("invented_reports_comparisons"))
    required = [(wanted, got) for wanted, got in pairs if wanted["required"] == "1"]
    wrong = [got for wanted, got in required if got["verdict"] not in wanted["verdict"].split("|")]
    assert len(required) > 120
    assert max(len(missed), len(extra), len(wrong)) <= 5, (missed, extra, wrong)


def test_outlook_of_invented_reports(invented: pd.DataFrame) -> None:
    columns = ["report", "place", "subject", "target", "achieved", "verdict"]
    found = outlook(invented)[columns].astype({"target": float, "achieved": float}).to_dict("records")
    gold = sheet("invented_reports_outlook")
    assert found == [row | {"target": float(row["target"]), "achieved": float(row["achieved"])} for row in gold]


def test_a_report_is_compared_alone(invented: pd.DataFrame) -> None:
    together = compare_targets(invented)
    parts = [compare_targets(part) for _, part in invented.groupby("report", sort=False)]
    assert together["comparison_id"].tolist() == [name for part in parts for name in part["comparison_id"]]


def test_comparison_ids_are_unique(invented: pd.DataFrame) -> None:
    for table in (compare_targets(invented), outlook(invented)):
        assert table["comparison_id"].is_unique
        known = set(invented["figure_id"])
        assert all(set(names) <= known for names in table["figure_ids"])


@pytest.mark.parametrize("verb", [compare_targets, outlook])
def test_no_figures_give_an_empty_table(verb) -> None:
    table = verb(frame("figures", []))
    assert table.empty
    assert list(table.columns) == list(COMPARISONS)


@pytest.mark.parametrize("verb", [compare_targets, outlook])
def test_a_table_without_a_needed_column_is_refused(verb, invented: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="lacks the columns role; add"):
        verb(invented.drop(columns="role"))


def test_a_table_typed_by_hand_says_by_a_minus_that_a_margin_is_short() -> None:
    rows = [
        {"id": 1, "value": 12, "subject": "houses"},
        {"id": 5, "value": -3, "measure": "margin", "subject": "houses"},
    ]
    table = compare_targets(figures_of(rows)[CONTRACT])
    expect(table, [{"target": 15, "achieved": 12, "verdict": "missed", "basis": "margin"}])


def test_numbers_beyond_all_reports_fit_into_the_table() -> None:
    rows = [
        {"id": 1, "value": 1e50, "low": 1e50, "high": 1e300, "role": "target"},
        {"id": 5, "value": 1e50, "low": 1e-300, "high": 1e300, "measure": "attainment", "unit": "%", "about": 1},
    ]
    expect(compare_targets(figures_of(rows)), [{"target": 1e50, "achieved": 1e98, "achieved_high": math.inf}])


def test_an_end_beyond_all_reports_on_the_wrong_side_says_nothing() -> None:
    rows = [
        {"id": 1, "value": 40, "low": 1e300, "high": 1e300, "subject": "boats"},
        {"id": 5, "value": 10, "low": 10, "high": 1e300, "measure": "margin", "subject": "boats", "about": 1},
    ]
    expect(compare_targets(figures_of(rows)), [{"target": 30, "target_low": -math.inf, "target_high": math.inf}])


# --- whatever the table says ----------------------------------------------------------------------------------------

NUMBERS = st.one_of(
    st.integers(-50, 200).map(float), st.sampled_from([0.0, 1e300, -1e-300, 5e-324, math.inf, math.nan])
)
DAYS = st.sampled_from([None, "2020-01-01", "2023-01-01", "2023-06-30", "2023-12-31", "2024-01-01", "2025-12-31"])
FIGURES = st.fixed_dictionaries(
    {
        "value": NUMBERS,
        "low": NUMBERS,
        "high": NUMBERS,
        "qualifier": st.sampled_from(VOCABULARIES["qualifier"]),
        "measure": st.sampled_from(VOCABULARIES["measure"]),
        "role": st.sampled_from(VOCABULARIES["role"]),
        "whole": st.sampled_from(VOCABULARIES["whole"]),
        "unit": st.sampled_from(["%", "pp", "count", "VND", "times"]),
        "subject": st.sampled_from(["", "new members", "poverty rate"]),
        "indicator": st.sampled_from(["", "poverty_rate"]),
        "per": st.sampled_from(["", "year", "person", "person year"]),
        "set_by": st.sampled_from(["", "plan", "province"]),
        "out_of": st.one_of(st.none(), NUMBERS),
        "about": st.integers(0, 12),
        "part_of": st.integers(0, 12),
        "sign": st.sampled_from([1, -1]),
        "period_start": DAYS,
        "period_end": DAYS,
        "report_date": DAYS,
    }
)


@settings(deadline=None)
@given(st.lists(FIGURES, max_size=12))
def test_any_table_gives_a_valid_one(rows: list[dict]) -> None:
    figures = frame(
        "figures",
        [
            row | {"figure_id": f"r:{n}", "report": "r", "about": f"r:{row['about']}", "part_of": f"r:{row['part_of']}"}
            for n, row in enumerate(rows)
        ],
    )
    for name, table in (("comparisons", compare_targets(figures)), ("outlook", outlook(figures))):
        validate(name, table)
        assert table["comparison_id"].is_unique
        assert table["verdict"].notna().all()
        for side in ("target", "achieved"):
            known = table[table[side].notna()]
            assert (known[f"{side}_low"] <= known[f"{side}_high"]).all()


@pytest.mark.parametrize(("better", "verdict"), [("higher", "exceeded"), ("lower", "missed")])
def test_who_knows_better_than_the_codebook_says_so(better: str, verdict: str) -> None:
    rows = [
        {"id": 1, "value": 90, "indicator": "grain_output"},
        {"id": 5, "value": 80, "indicator": "grain_output", "role": "target", "about": 1},
    ]
    found = compare_targets(figures_of(rows), directions={"grain_output": better})
    assert list(found["verdict"]) == [verdict]
