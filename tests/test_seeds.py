"""The five reports: unchanged, and read into tables that keep their promises."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import schema
from tests import ROOT

SEEDS = ROOT / "seeds"
SHA256 = {
    "000_7acac973da2e3ad7.txt": "c4774e236451d41db0c95b6ea54329b77606d0f64fa7af75f925cb98979dbd52",
    "001_d76adeb0973dedf7.txt": "bc1d333b353497eac83e732e18071256cfbdf4f8b04add7da67fcf543e2b3aff",
    "002_52203acd06f8b5c8.txt": "4a5f82a34f2c8fbb25250fa6c00442d73b6d59521ceb5385fb5f37c144bfee8e",
    "003_f58c5101bc52c9c2.txt": "c8feec5b8e1ef472a1e226a57356c3e7e2e21a2e7654260a0cd9c300c0db2bf7",
    "004_56a80109ba288b84.txt": "088cb8395d8fec4c771826e8e1b473ab1f6770f0ff2bf4c49ebd6025aaaaecd2",
}


@pytest.fixture(scope="module")
def tables() -> analysis.Tables:
    return analysis.tabulate(analysis.read(SEEDS))


@pytest.mark.parametrize("name", SHA256)
def test_a_seed_is_byte_for_byte_what_it_was(name: str) -> None:
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


def test_there_are_no_other_seeds_and_settings_name_them_all() -> None:
    assert {path.name for path in SEEDS.glob("*.txt")} == set(SHA256)
    settings = tomllib.loads((SEEDS / "reports.toml").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in settings["report"]} == set(SHA256)


def test_a_quote_is_sliced_from_its_report(tables: analysis.Tables) -> None:
    reports = analysis.read(SEEDS)
    for row in tables.figures.itertuples():
        text = reports[row.report].text
        assert text[row.start : row.end] == row.quote
        assert text[row.sentence_start :].startswith(row.sentence)
        assert row.sentence_start <= row.start < row.end <= row.sentence_start + len(row.sentence)


def test_values_lie_in_their_intervals(tables: analysis.Tables) -> None:
    figures = tables.figures
    assert ((figures["low"] <= figures["value"]) & (figures["value"] <= figures["high"])).all()
    for side in ("target", "achieved", "attainment"):
        known = tables.comparisons.dropna(subset=[side])
        assert (known[f"{side}_low"] <= known[side] * (1 + 1e-12)).all()
        assert (known[side] <= known[f"{side}_high"] * (1 + 1e-12)).all()


def test_ids_are_unique_and_figure_ids_exist(tables: analysis.Tables) -> None:
    known = set(tables.figures["figure_id"])
    assert len(known) == len(tables.figures)
    for name in ("comparisons", "outlook", "findings", "recomputations"):
        table = getattr(tables, name)
        assert table.iloc[:, 0].is_unique
        assert all(figure_id in known for ids in table["figure_ids"] for figure_id in ids)
    for column in ("about", "part_of"):
        assert set(tables.figures[column]) - {""} <= known


def test_columns_dtypes_and_words_are_those_of_the_schema(tables: analysis.Tables) -> None:
    for name, table in tables:
        schema.validate(name, table)
        assert list(table.columns) == list(schema.TABLES[name])
        for column, dtype in schema.TABLES[name].items():
            assert str(table[column].dtype) == dtype, (name, column)


def test_reading_twice_gives_the_same_tables(tables: analysis.Tables) -> None:
    again = analysis.tabulate(analysis.read(SEEDS))
    for name, table in again:
        pd.testing.assert_frame_equal(table, getattr(tables, name))


def test_files_hold_what_the_tables_hold(tables: analysis.Tables, tmp_path: Path) -> None:
    written = tables.write(tmp_path)
    assert sorted(path.name for path in written) == sorted(
        f"{name}.{ending}" for name, _ in tables for ending in ("csv", "parquet")
    )
    for name, table in tables:
        typed = pd.read_parquet(tmp_path / f"{name}.parquet")
        plain = pd.read_csv(tmp_path / f"{name}.csv", keep_default_na=False)
        assert len(typed) == len(plain) == len(table)
        assert list(typed.columns) == list(plain.columns) == list(table.columns)
    figures = pd.read_csv(tmp_path / "figures.csv")
    np.testing.assert_array_equal(figures["value"], tables.figures["value"])
    comparisons = pd.read_csv(tmp_path / "comparisons.csv", keep_default_na=False)
    assert comparisons["figure_ids"].tolist() == [" ".join(ids) for ids in tables.comparisons["figure_ids"]]


def test_the_findings_are_the_five_and_no_other(tables: analysis.Tables) -> None:
    grave = tables.findings[tables.findings["severity"] != "note"]
    stated = sorted(grave["stated"].round(2))
    assert stated == [19.1, 58.7, 96.38, 119.1, 487.0]
    assert set(grave["place"]) == {"Hong Linh", "Dong Da"}


def test_a_finding_says_which_reading_fits(tables: analysis.Tables) -> None:
    by_stated = tables.findings.set_index(tables.findings["stated"].round(2))["explanation"]
    assert "2,744" in by_stated[19.1]
    assert "2,744 of 2,847" in by_stated[96.38]
    assert "171/291" in by_stated[58.7]
