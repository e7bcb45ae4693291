"""Figures corrected in a notebook: by calls or by the form, in place, and in the file that later runs apply."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import analysis
from analysis.reviewing.corrections import FILE, ReviewError, corrections_in
from analysis.tables import Tables

TEXT = (
    "In 2023 Xa An district planted 120 trees and built 15 schools.\n"
    "The district had aimed at 100 saplings along its roads.\n"
)


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return analysis.tabulate(tmp_path)


def ids(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.figures["quote"], tables.figures["figure_id"], strict=True))


def test_corrections_change_the_tables_in_place_and_every_later_run(tables: Tables, tmp_path: Path) -> None:
    known = ids(tables)
    reviewer = analysis.review(tables, who="An")
    reviewer.correct(known["100"], about=known["120"], subject="trees", why="of the plan").strike(known["15"])
    reviewer.right(known["120"])
    assert list(tables.figures["quote"]) == ["120", "100"] and tables.figures["reviewed"].all()
    assert repr(reviewer) == "<2 of 2 figures reviewed>"
    (pair,) = tables.comparisons.to_dict("records")
    assert (pair["target"], pair["achieved"], pair["reviewed"]) == (100, 120, True)
    again = analysis.tabulate(tmp_path)
    assert again.figures.equals(tables.figures)
    kept = {one.quote: one for one in corrections_in(tmp_path / FILE)}
    assert kept["100"].why == "of the plan" and kept["15"].strike and kept["120"].right
    assert {(one.who, one.when) for one in kept.values()} == {("An", dt.date.today())}


def test_what_was_said_can_be_taken_back(tables: Tables, tmp_path: Path) -> None:
    known = ids(tables)
    reviewer = analysis.review(tables)
    reviewer.strike(known["15"]).correct(known["15"], value=51)
    assert tables.figures.set_index("quote").loc["15", "value"] == 51
    reviewer.correct(known["15"], value="15")
    (one,) = corrections_in(tmp_path / FILE)
    assert one.right and not one.cells
    reviewer.forget(known["15"])
    assert corrections_in(tmp_path / FILE) == [] and not tables.figures["reviewed"].any()


def test_a_mistake_is_told_and_nothing_is_kept(tables: Tables, tmp_path: Path) -> None:
    reviewer, known = analysis.review(tables), ids(tables)
    with pytest.raises(ReviewError, match="'goal' is no role; it may be target, achieved"):
        reviewer.correct(known["120"], role="goal")
    with pytest.raises(ReviewError, match="There is no column verdict to correct"):
        reviewer.correct(known["120"], verdict="met")
    with pytest.raises(KeyError, match="There is no figure 'a:9'"):
        reviewer.right("a:9")
    with pytest.raises(ReviewError, match="texts that lie in no folder"):
        analysis.review(analysis.tabulate(TEXT))
    with pytest.raises(TypeError, match="Pass all that"):
        analysis.review(tables.figures)  # type: ignore[arg-type]
    assert not (tmp_path / FILE).exists()


def test_the_form_does_the_same(tables: Tables, tmp_path: Path) -> None:
    known = ids(tables)
    figure, said, fields, last, told = analysis.review(tables, who="An").widget().children
    assert [id for _, id in figure.options] == list(known.values())
    figure.value = known["100"]
    assert "saplings" in said.value and "<mark" in said.value
    named = {field.description: field for field in fields.children}
    why, save, right, strike, forget = last.children
    assert named["value"].value == "100" and named["role"].value == "target"
    named["value"].value, why.value = "110", "a slip"
    save.click()
    assert tables.figures.set_index("quote").loc["100", "value"] == 110
    assert corrections_in(tmp_path / FILE)[0].why == "a slip" and "1 of 3 figures reviewed" in told.value
    assert figure.value == known["100"] and figure.label.startswith("✓")
    named["period_end"].value = "soon"
    save.click()
    assert "'soon' is no day" in told.value and 'role="alert"' in told.value
    forget.click()
    assert corrections_in(tmp_path / FILE) == []
    figure.value = known["15"]
    strike.click()
    assert known["15"] not in set(tables.figures["figure_id"]) and figure.label.startswith("–")
    figure.value = known["120"]
    right.click()
    assert "1 of 2 figures reviewed" in told.value
