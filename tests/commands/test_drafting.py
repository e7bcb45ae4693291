"""A draft of reports.toml: what the texts show is written, what is uncertain is marked, what a user wrote stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import analysis
from analysis.__main__ import main
from analysis.commands.drafting import DraftError, draft
from tests.reading.mixed import excel, packed, page_article, sentence

FILE = "reports.toml"
BY_HAND = """# Mine.
[[report]]
file = "b.txt"   # the second
date = "2024"
source = 'Our paper'
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text(page_article(40), encoding="utf-8")
    (tmp_path / "b.txt").write_text(sentence(41), encoding="utf-8")
    (tmp_path / "c.zip").write_bytes(packed({"in/d.txt": f"28/12/2023\n\n{sentence(42)}"}))
    (tmp_path / "vietnamese.txt").write_text("Năm 2023, huyện An Xá kết nạp 41 đảng viên mới. " * 5, encoding="utf-8")
    return tmp_path


def entries(folder: Path) -> dict[str, dict[str, object]]:
    found = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))["report"]
    return {entry.pop("file"): entry for entry in found}


def test_what_the_texts_show_is_drafted(folder: Path) -> None:
    made = draft(folder)
    assert (made.drafted, made.kept) == (3, 0)
    found = entries(folder)
    assert found["a.html"] == {
        "places": [{"name": "Tan Lap", "level": "commune"}],
        "date": "2023-12-28",
        "period": "2023",
        "source": "Tan Lap News",
        "address": "https://news.example/tan-lap/1",
        "language": "en",
    }
    assert found["c.zip/in/d.txt"] == {
        "places": [{"name": "An Xa", "level": "district"}],
        "date": "2023-12-28",
        "period": "2023",
        "language": "en",
    }


def test_what_is_uncertain_has_no_effect_and_says_why(folder: Path) -> None:
    (folder / "e.txt").write_text(
        "Two districts\n\nOn December 20, 2023, An Xa district and Binh Xa district admitted 9 members.",
        encoding="utf-8",
    )
    draft(folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert "date" not in entries(folder)["e.txt"]
    assert '# date = "2023-12-20"  # uncertain: the latest day that the text speaks of' in text
    assert "# places = " in text.partition('file = "e.txt"')[2]


def test_a_period_that_is_as_likely_as_another_is_marked(folder: Path) -> None:
    (folder / "e.txt").write_text(
        "An Xa looks back\n\nIn the first 6 months of 2023 it admitted 9 members. In 2023 it admitted 14 members.",
        encoding="utf-8",
    )
    (folder / "f.txt").write_text("Unity is strength, said the elders of Binh Xa.", encoding="utf-8")
    draft(folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert "period" not in entries(folder)["e.txt"] and "period" not in entries(folder)["f.txt"]
    assert '# period = "2023-01/2023-06"  # uncertain: between January to June 2023 and 2023' in text
    assert '# period = "2023-01/2023-06"  # what it looks back on: not known' in text


def test_one_report_is_drafted_beside_it(folder: Path) -> None:
    made = draft(folder / "b.txt")
    assert (made.path, made.drafted) == (folder / FILE, 1) and list(entries(folder)) == ["b.txt"]
    draft(folder / "c.zip")
    assert list(entries(folder)) == ["b.txt", "c.zip/in/d.txt"]


@pytest.mark.parametrize(
    ("stated", "start", "end"),
    [("2022", "2022-01-01", "2022-12-31"), ("2023-01/2023-09", "2023-01-01", "2023-09-30"), (2022, "2022-01-01", "")],
)
def test_the_period_that_a_user_states_is_taken(stated: str | int, start: str, end: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An Xa looks back\n\nThe district admitted 9 members.", encoding="utf-8")
    entry = f'[[report]]\nfile = "a.txt"\nperiod = {stated!r}\n'
    (tmp_path / FILE).write_text(entry, encoding="utf-8")
    tables = analysis.tabulate(tmp_path)
    (row,) = tables.figures.to_dict("records")
    assert str(row["period_start"].date()) == start and str(row["period_end"].date()).endswith(end)
    assert tables.reports[0].frame.period_source == FILE and not analysis.read(tmp_path).failed


@pytest.mark.parametrize("stated", ["soon", "2023/2021", "1200", "2023-13"])
def test_a_period_that_is_none_is_told(stated: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An Xa looks back\n\nThe district admitted 9 members.", encoding="utf-8")
    (tmp_path / FILE).write_text(f'[[report]]\nfile = "a.txt"\nperiod = "{stated}"\n', encoding="utf-8")
    (failure,) = analysis.read(tmp_path).failed
    assert f"the period '{stated}' of a.txt is" in failure.reason
    assert failure.reason.endswith("write 2023, 2023-07 or 2023-01/2023-06.")


def test_a_line_counts_once_its_mark_is_taken_away(folder: Path) -> None:
    draft(folder)
    path = folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("\n# ", "\n"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "=" in line or line.startswith("[[")]
    assert tomllib.loads("\n".join(kept))


def test_a_draft_changes_no_figure(folder: Path) -> None:
    columns = ["figure_id", "value", "role", "place", "period_start", "period_end"]
    before = analysis.tabulate(folder).figures[columns]
    draft(folder)
    reports = analysis.read(folder)
    assert [failure.name for failure in reports.failed] == ["vietnamese.txt"]
    assert analysis.tabulate(reports).figures[columns].equals(before)


def test_what_the_user_wrote_stays_as_it_is(folder: Path) -> None:
    (folder / FILE).write_text(BY_HAND, encoding="utf-8")
    made = draft(folder)
    assert (made.drafted, made.kept) == (2, 1)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.startswith(BY_HAND)
    assert entries(folder)["b.txt"] == {"date": "2024", "source": "Our paper"}
    draft(folder)
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_many_reports_of_one_file_have_one_entry(tmp_path: Path) -> None:
    rows = [("Text", "Newspaper"), (sentence(41), "A paper"), (sentence(42), "A paper")]
    (tmp_path / "all.xlsx").write_bytes(excel(Sheet1=rows))
    draft(tmp_path)
    assert entries(tmp_path) == {"all.xlsx": {"source": "A paper", "language": "en"}}
    assert "# It holds 2 reports" in (tmp_path / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["[[report]\n", "report = 5\n", "\xff"])
def test_settings_that_cannot_be_read_are_not_touched(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text, encoding="latin-1")
    with pytest.raises(DraftError, match=FILE):
        draft(folder)
    assert (folder / FILE).read_text(encoding="latin-1") == text


def test_the_command_tells_what_it_drafted_and_what_it_could_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(folder)]) == 3
    told = capsys.readouterr()
    assert told.out.startswith(f"3 entries drafted, 0 kept in {folder / FILE}")
    assert "vietnamese.txt is in Vietnamese" in told.err
    assert main(["init", str(folder / "gone.html")]) == 1


def test_the_command_drafts_for_each_folder_its_own(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"In 2023 {name} district admitted 12 members.", encoding="utf-8")
    assert main(["init", str(tmp_path / "one"), str(tmp_path / "other" / "other.txt")]) == 0
    drafts = [(tmp_path / name / FILE).read_text(encoding="utf-8") for name in ("one", "other")]
    assert 'file = "one.txt"' in drafts[0] and 'file = "other.txt"' in drafts[1] and "one.txt" not in drafts[1]
