"""Charts: what they say, that it can be read, and that they leave nothing behind."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, pairwise
from math import inf, nan
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from analysis import charts
from analysis.charts.layout import ChartRow, Plan, render
from analysis.charts.style import Picture, look, palette
from analysis.schema import OUTLOOK_VERDICTS, VERDICTS, VOCABULARIES, empty, frame

Draw = Callable[..., Axes]

YEAR = {"period_start": pd.Timestamp("2024-01-01"), "period_end": pd.Timestamp("2024-12-31")}
TERM = {"period_start": pd.Timestamp("2020-01-01"), "period_end": pd.Timestamp("2025-12-31")}
LONG = "tỉ lệ hộ nghèo đa chiều ở vùng đồng bào dân tộc thiểu số và miền núi theo chuẩn nghèo mới"
HOSTILE = "$5 <script>alert(1)</script> & $x^2$" + chr(0) + chr(0x202E)


def comparison(subject: str, place: str, ratio: float, verdict: str, **more: Any) -> dict[str, Any]:
    ends = {"attainment_low": ratio, "attainment_high": ratio, "direction": "higher", "basis": "stated"}
    return {"report": place, "place": place, "subject": subject, "attainment": ratio, "verdict": verdict, **ends} | more


def pair(target: float, achieved: float, unit: str, **more: Any) -> dict[str, Any]:
    both = {"target": target, "target_low": target, "target_high": target, "unit": unit}
    return both | {"achieved": achieved, "achieved_low": achieved, "achieved_high": achieved} | more


COMPARISONS = [
    comparison("new party members", "Lam Quy", 2684 / 2440, "exceeded", **pair(2440, 2684, "count"), **YEAR),
    comparison("income per capita", "Lam Quy", 1.06, "exceeded", **pair(50_000_000, 53_000_000, "VND"), **YEAR),
    comparison("budget revenue", "Lam Quy", 1.346, "exceeded", set_by="province", **YEAR)
    | pair(380_386_329_866, 512_000_000_000, "VND", basis="margin", target_low=3.7987e11, target_high=3.809e11),
    comparison("budget revenue", "Lam Quy", 0.97, "missed", set_by="people's council", **YEAR),
    comparison("citizens received", "Lam Quy", 1, "met", **pair(612, 612, "count"), **YEAR),
    comparison("late dossiers", "Song Trau", 0.45, "exceeded", **pair(1, 0.45, "%", direction="lower"), **YEAR),
    comparison("criteria", "Song Trau", 57 / 63, "in progress", **pair(63, 57, "count"), **TERM),
    comparison("growth", "Song Trau", nan, "undetermined", attainment_low=0.94, attainment_high=1.04, **YEAR),
    comparison("saplings", "Song Trau", 6.0, "exceeded", **pair(5000, 30_000, "count"), **YEAR),
]
FAR = [  # six powers of ten apart, below nothing, open upwards, in decomposed Vietnamese letters
    comparison("growth", "P", -0.5, "missed", **pair(8, -4, "%"), **YEAR),
    comparison("dong", "P", 1e-6, "missed", **pair(1e12, 1e6, "VND"), **YEAR),
    comparison("trees", "P", 1e6, "exceeded", **pair(1, 1e6, "count"), **YEAR),
    comparison(unicodedata.normalize("NFD", LONG), "P", 1.02, "exceeded", attainment_high=inf, **YEAR),
    comparison("", "", 1, "met", **pair(3, 3, "count")),
]
NEXT = [
    comparison("new party members", "Lam Quy", 183 / 165, "below", **pair(165, 183, "count"), **YEAR),
    comparison("satisfaction", "Lam Quy", 1.01, "below", **pair(95, 96.1, "%", target_high=inf), **YEAR),
    comparison("poverty rate", "Song Trau", 2, "below", **pair(1.2, 2.4, "%", target_low=0, direction="lower"), **YEAR),
    comparison("products", "Song Trau", 1, "equal", **pair(5, 5, "count"), **YEAR),
]
FINDINGS = [
    ("error", "Nine, four and two make 15, not 14.", "count", 14, 15, 15),
    ("note", "The next target lies below the last result.", "VND", 352e9, 387.45e9, 387.55e9),
    ("error", "188 of 185 petitions were settled.", "count", 188, 0, 185),
    ("warning", "114.3% is cut off, not rounded.", "%", 114.3, 114.37, 114.38),
    ("note", "Within the interval.", "ha", 5, 4, 9),
    ("note", "A success is claimed with no figure.", "", nan, nan, nan),
    ("note", "The missed ones are not named.", "count", 22, 22, 22),
]
FIGURES = [
    *[{"role": "achieved", **YEAR}] * 7,
    *[{"role": "projected", **YEAR}] * 2,
    *[{"role": "target", **TERM}] * 3,
    {"role": "achieved", "period_start": pd.Timestamp("2021-01-01")},
    {"role": "achieved", "period_start": pd.Timestamp("2024-06-30"), "period_end": pd.Timestamp("2024-06-30")},
    {"role": "achieved"},
]


def findings(times: int = 1) -> pd.DataFrame:
    names = ("severity", "message", "unit", "stated", "recomputed_low", "recomputed_high")
    return frame(
        "findings", [dict(zip(names, row, strict=True)) | {"report": "r", "place": "P"} for row in FINDINGS * times]
    )


def figures(times: int = 1) -> pd.DataFrame:
    rows = [row | {"report": f"report {n}", "place": f"Place {n % 7}"} for n in range(times) for row in FIGURES]
    return frame("figures", rows)


def many(rows: list[dict[str, Any]], table: str, places: int) -> pd.DataFrame:
    return frame(table, [row | {"place": f"Place {n % places}"} for n, row in zip(range(80), rows * 20, strict=False)])


def hostile(rows: list[dict[str, Any]], table: str, **words: str) -> pd.DataFrame:
    long = dict.fromkeys(words, LONG * 2)
    return frame(table, [row | (words if n % 2 else long) for n, row in enumerate(rows)])


TEXTS = {"subject": HOSTILE, "place": HOSTILE}
CASES: dict[str, tuple[Draw, pd.DataFrame]] = {
    "attainment": (charts.attainment, frame("comparisons", COMPARISONS)),
    "attainment, one row": (charts.attainment, frame("comparisons", COMPARISONS[:1])),
    "attainment, 80 rows": (charts.attainment, many(COMPARISONS, "comparisons", 4)),
    "attainment, many places": (charts.attainment, many(COMPARISONS, "comparisons", 79)),
    "attainment, hostile": (charts.attainment, hostile(COMPARISONS, "comparisons", **TEXTS, set_by=HOSTILE)),
    "attainment, far apart": (charts.attainment, frame("comparisons", FAR)),
    "pairs": (charts.targets_and_results, frame("comparisons", COMPARISONS)),
    "pairs, one row": (charts.targets_and_results, frame("comparisons", COMPARISONS[:1])),
    "pairs, 80 rows": (charts.targets_and_results, many(COMPARISONS, "comparisons", 4)),
    "pairs, hostile": (charts.targets_and_results, hostile(COMPARISONS, "comparisons", **TEXTS)),
    "next": (charts.next_targets, frame("outlook", NEXT)),
    "next, one row": (charts.next_targets, frame("outlook", NEXT[:1])),
    "next, 80 rows": (charts.next_targets, many(NEXT, "outlook", 4)),
    "next, hostile": (charts.next_targets, hostile(NEXT, "outlook", **TEXTS)),
    "stated": (charts.stated_and_recomputed, findings()),
    "stated, one row": (charts.stated_and_recomputed, findings()[:1]),
    "stated, 80 rows": (charts.stated_and_recomputed, findings(16)),
    "stated, hostile": (charts.stated_and_recomputed, findings().assign(message=HOSTILE + LONG * 9, place=LONG)),
    "coverage": (charts.coverage, figures()),
    "coverage, one row": (charts.coverage, figures()[:1]),
    "coverage, 80 rows": (charts.coverage, figures(80)),
    "coverage, hostile": (charts.coverage, figures().assign(report=LONG * 2, place=HOSTILE)),
}


@pytest.fixture(autouse=True)
def _no_figures_left() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(params=CASES)
def ax(request: pytest.FixtureRequest) -> Axes:
    draw, table = CASES[request.param]
    return draw(table)


def words(ax: Axes) -> list[str]:
    """All that is written on the axes."""
    return [text.get_text() for text in (ax.title, *ax.texts, *ax.get_xticklabels()) if text.get_text()]


def said(ax: Axes) -> str:
    """All that is written on the axes, as one line."""
    return " ".join(" ".join(words(ax)).split())


def markers(ax: Axes) -> list[tuple[str, str]]:
    """Shape and colour of the marks, row by row."""
    drawn = [line for line in ax.lines if line.get_linestyle() == "None"]
    return [(str(line.get_marker()), str(line.get_markerfacecolor())) for line in drawn]


def places(ax: Axes) -> list[float]:
    """Where the marks are, row by row."""
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_linestyle() == "None"]


# What can be read.


def test_no_text_is_cut_or_runs_into_another(ax: Axes) -> None:
    figure = ax.figure
    figure.canvas.draw()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    for text, box in boxes:
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, f"{text!r} is cut at the side"
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, f"{text!r} is cut above or below"
    for (text, box), (other, place) in combinations(boxes, 2):
        across = min(box.x1, place.x1) - max(box.x0, place.x0)
        down = min(box.y1, place.y1) - max(box.y0, place.y0)
        assert across <= 1 or down <= 3, f"{text!r} runs into {other!r}"


def test_the_smallest_letters_are_eleven_pixels_high_on_a_telephone(ax: Axes) -> None:
    column = 350  # pixels: a telephone of 390 without its margins
    points = min(text.get_fontsize() for text in ax.figure.findobj(Text) if text.get_text())
    assert points / 72 / ax.figure.get_size_inches()[0] * column >= 11


def test_no_line_strikes_through_a_label(ax: Axes) -> None:
    ax.figure.canvas.draw()
    lines = [path.get_extents(ax.transData) for drawn in ax.collections for path in drawn.get_paths()]
    labels = [text for text in ax.texts if text.get_transform() != ax.transData]
    for text in labels:
        box = text.get_window_extent()
        for line in lines:
            beside = line.x0 > box.x1 or line.x1 < box.x0
            assert beside or line.y1 < box.y0 + 3 or line.y0 > box.y1 - 3, text.get_text()


@pytest.mark.parametrize("group", ["verdict", "outlook", "severity", "role"])
def test_marks_differ_in_shape_and_in_grey(group: str) -> None:
    looks = [entry for (name, _), entry in palette().items() if name == group]
    grey = sorted(sum(a * b for a, b in zip((0.299, 0.587, 0.114), to_rgb(e.colour), strict=True)) for e in looks)
    assert len({entry.marker for entry in looks}) == len(looks)
    assert all(lighter - darker > 0.05 for darker, lighter in pairwise(grey))


def test_every_word_has_a_look() -> None:
    needed = {"verdict": VERDICTS, "outlook": OUTLOOK_VERDICTS, "severity": VOCABULARIES["severity"]}
    assert not [(group, word) for group, words in needed.items() for word in words if (group, word) not in palette()]


def test_text_from_reports_stays_text() -> None:
    written = " ".join(words(CASES["attainment, hostile"][0](CASES["attainment, hostile"][1])))
    assert "$5" in written and "$x^2$" in written and chr(0x202E) not in written and chr(0) not in written
    assert "tỉ lệ hộ nghèo" in written and "…" in written


# What the charts say.


def test_attainment_tells_verdicts_and_ratios() -> None:
    ax = charts.attainment(frame("comparisons", COMPARISONS))
    title = "Of 9 targets, 5 were exceeded, 1 met and 1 missed; 1 is in progress and 1 undetermined"
    assert ax.get_title().replace("\n", " ") == title
    written = words(ax)
    assert {"Lam Quy", "Song Trau", "100%, met", "97%, missed", "90.5%, in progress"} <= set(written)
    told = said(ax)
    assert "2,684; target 2,440; " in told
    assert "512 billion VND; target (province) ≈ 380.4 billion VND" in told and "target: people's council" in told
    assert "0.45%; target 1%; " in told and "lower is better" in told
    assert "Source: 9 comparisons in 2 reports on Lam Quy and Song Trau." in told
    assert "Result as a per cent of the target; whiskers" in said(ax)
    assert "amounts with ≈ are worked out from a stated per cent or margin." in said(ax)


def test_marks_follow_the_verdicts_sorted_within_places() -> None:
    ax = charts.attainment(frame("comparisons", COMPARISONS))
    order = ["exceeded"] * 3 + ["met", "missed", "exceeded", "undetermined", "in progress", "exceeded"]
    assert markers(ax) == [(look("verdict", word).marker, look("verdict", word).colour) for word in order]


def test_a_far_value_does_not_squash_the_others() -> None:
    ax = charts.attainment(frame("comparisons", COMPARISONS))
    assert ax.get_xlim()[1] < 4
    assert "600%, exceeded" in words(ax)
    assert "Beyond 200% an arrow stands for the distance." in words(ax)
    alone = charts.attainment(frame("comparisons", COMPARISONS[-1:]))
    assert not any(word.startswith("Beyond") for word in words(alone))


@pytest.mark.parametrize("ratio", [25.0, 1.3e9, 1e30])
@pytest.mark.parametrize("draw", [charts.attainment, charts.targets_and_results])
def test_a_slip_of_a_million_times_draws_no_endless_axis(draw: Draw, ratio: float) -> None:
    row = comparison("revenue", "P", ratio, "exceeded", **pair(1, ratio, "VND"))
    ax = draw(frame("comparisons", [row]))
    assert len(ax.get_xticks()) < 15
    assert ax.get_xlim()[1] < 60


def test_an_interval_is_drawn_as_long_as_it_is() -> None:
    row = comparison("growth", "P", nan, "undetermined", attainment_low=0.8, attainment_high=1.3)
    ax = charts.attainment(frame("comparisons", [row]))
    whiskers = [line.get_xdata() for line in ax.lines if line.get_marker() == "|"]
    assert [list(ends) for ends in whiskers] == [[0.8, 1.3]]


def test_pairs_write_the_real_amounts() -> None:
    ax = charts.targets_and_results(frame("comparisons", COMPARISONS))
    written = words(ax)
    assert {"2,440", "2,684", "50 million VND", "53 million VND", "(380.4 billion VND)", "512 billion VND"} <= set(
        written
    )
    assert "2 comparisons with a per cent only not drawn." in written
    assert ax.get_title() == "6 of 7 results reach their targets"


def test_next_targets_lie_above_or_below() -> None:
    ax = charts.next_targets(frame("outlook", NEXT))
    written = words(ax)
    assert said(ax).startswith("Of 4 next targets beside a result, 1 asks for less than the latest result, 1 for the ")
    assert {"90.2%, less", "at least 98.9%, met already", "100%, the same"} <= set(written)
    assert "at most 50%, more" in written  # fewer poor households
    assert markers(ax)[-1][0] == look("outlook", "above").marker
    assert "at least 95% for 2024, after 96.1%" in written
    assert places(ax)[0] == pytest.approx(95 / 96.1)


def test_stated_figures_stand_beside_what_others_allow() -> None:
    ax = charts.stated_and_recomputed(findings())
    written = words(ax)
    title = "4 of 5 figures differ from what the others allow: 2 errors, 1 warning and 2 notes"
    assert ax.get_title().replace("\n", " ") == title
    assert "352 billion VND; the others allow 387.45 to 387.55 billion VND" in said(ax)
    assert {"188; the others allow at most 185", "5 ha; the others allow 4 to 9 ha"} <= set(written)
    assert "114.3%; the others allow 114.37 to 114.38%" in written
    assert "2 findings with nothing to set against each other not drawn." in said(ax)
    assert [shape for shape, _ in markers(ax)] == ["X", "X", "^", "o", "o"]


def test_stated_figures_lie_at_their_true_distance() -> None:
    """One scale for all: 0.06% off is beside the line, however far others are."""
    ax = charts.stated_and_recomputed(findings())
    assert places(ax) == pytest.approx([14 / 15, 188 / 185, 114.3 / 114.37, 352 / 387.45, 1])


def test_numbers_without_a_ratio_are_left_out() -> None:
    first = findings().head(1)
    rows = pd.concat([first.assign(stated=-2.0), first.assign(recomputed_low=0.0, recomputed_high=0.0), first])
    ax = charts.stated_and_recomputed(rows)
    assert len(places(ax)) == 1 and "2 findings with nothing to set against each other not drawn." in said(ax)


def test_a_figure_between_two_that_are_allowed_lies_beside_the_nearer() -> None:
    """No whole number of 28 gives 33%: nine give 32.1%, ten give 35.7%."""
    row = (
        findings().head(1).assign(check="share_grain", stated=33.0, recomputed_low=32.1, recomputed_high=35.7, unit="%")
    )
    ax = charts.stated_and_recomputed(row)
    assert places(ax) == pytest.approx([33 / 32.1])
    assert "33%; the others allow 32.1% and 35.7%" in words(ax)


def test_a_stated_figure_lies_on_its_side_of_the_bar() -> None:
    ax = charts.stated_and_recomputed(findings())
    bars = [patch for patch in ax.patches if patch.get_zorder() == 3]
    stated = places(ax)
    sides = [int(x > bar.get_x() + bar.get_width()) - int(x < bar.get_x()) for x, bar in zip(stated, bars, strict=True)]
    assert sides == [-1, 1, -1, -1, 0]


def test_a_stated_figure_is_told_with_its_unit() -> None:
    ax = charts.stated_and_recomputed(findings()[:1].assign(unit="VND", per="year"))
    assert "14 VND/year; the others allow 15 VND/year" in words(ax)


def test_coverage_counts_figures_by_period() -> None:
    ax = charts.coverage(figures())
    written = words(ax)
    assert said(ax).startswith("1 report states 15 figures for 1 place, 2020 to 2025; 3 are targets")
    assert {"9 results", "3 targets", "1 result, since 2021", "1 result"} <= set(written)
    assert "1 figure without a period not drawn." in written
    bars = {round(patch.get_x(), 2): patch for patch in ax.patches if patch.get_zorder() == 3}
    assert bars[2020].get_hatch() and bars[2020].get_width() == pytest.approx(6)
    assert not bars[2024].get_hatch() and bars[2024].get_width() == pytest.approx(1)
    assert bars[2021].get_x() + bars[2021].get_width() == pytest.approx(2025)  # to the last result, not into the plans
    assert len(markers(ax)) == 1


def test_results_end_with_their_report() -> None:
    """A result of a term is drawn as far as the report that states it; a target goes on to the end of its term."""
    told = pd.Timestamp("2023-12-28")
    rows = [{"role": role, "report": "r", "place": "P", "report_date": told, **TERM} for role in ("achieved", "target")]
    ax = charts.coverage(frame("figures", rows))
    result, target = (patch for patch in ax.patches if patch.get_zorder() == 3)
    assert result.get_x() + result.get_width() == pytest.approx(2023.99, abs=0.01)
    assert target.get_x() + target.get_width() == pytest.approx(2026)
    assert {"1 result, 2020 to 2025", "1 target"} <= set(words(ax))
    review = [{"role": "achieved", "report": "r", "place": "P", "report_date": told, "period_start": "2023-01-01"}]
    whole = charts.coverage(frame("figures", [row | {"period_end": "2023-12-31"} for row in review]))
    assert "1 result" in words(whole)  # of the year, although three days were left


def test_a_founding_year_does_not_squash_the_present() -> None:
    old = {"role": "achieved", "period_start": pd.Timestamp("1945-09-02"), "period_end": pd.Timestamp("2024-12-31")}
    ax = charts.coverage(frame("figures", [row | {"report": "r", "place": "P"} for row in [old, *FIGURES]]))
    assert ax.get_xlim()[0] > 2000
    assert "1 result, 2 September 1945 to 31 December 2024" in words(ax)


@pytest.mark.parametrize(
    ("draw", "table", "title"),
    [
        (charts.attainment, "comparisons", "No comparisons in these reports"),
        (charts.targets_and_results, "comparisons", "No targets with results in these reports"),
        (charts.next_targets, "outlook", "No next targets in these reports"),
        (charts.stated_and_recomputed, "findings", "No findings with a recomputed figure in these reports"),
        (charts.coverage, "figures", "No figures in these reports"),
    ],
)
def test_an_empty_table_says_so(draw: Draw, table: str, title: str) -> None:
    ax = draw(empty(table))
    assert said(ax) == title
    assert charts.alt_text(ax) == f"Chart without rows: {title}."


@pytest.mark.parametrize(
    ("case", "limit", "note"),
    [
        (
            "attainment, 80 rows",
            15,
            "65 more not shown; kept first are missed targets, and of the others",
        ),
        ("next, 80 rows", 15, "65 more not shown; kept first are targets that ask for less"),
        ("stated, 80 rows", 12, "68 more not shown; errors come first, then warnings"),
        ("coverage, 80 rows", 10, "70 more rows not shown; these have the most figures."),
    ],
)
def test_long_tables_are_cut_and_say_so(case: str, limit: int, note: str) -> None:
    draw, table = CASES[case]
    ax = draw(table)
    assert note in said(ax)
    assert len(markers(ax)) == limit


def test_missed_targets_are_kept_first() -> None:
    rows = [comparison("s", "P", 3.0, "exceeded")] * 60 + [comparison("late", "P", 0.99, "missed")]
    assert "99%, missed" in words(charts.attainment(frame("comparisons", rows)))


def test_each_outcome_that_the_title_counts_is_drawn() -> None:
    rows = [comparison(f"late {n}", "P", 0.5, "missed") for n in range(30)]
    rows += [comparison(f"early {n}", "P", 1.5 + n / 100, "exceeded") for n in range(30)]
    rows += [comparison("open", "P", 0.98, "in progress"), comparison("even", "P", 1.0, "met")]
    drawn = words(charts.attainment(frame("comparisons", rows)))
    assert sum("missed" in word for word in drawn) >= 11
    assert {"98%, in progress", "100%, met", "179%, exceeded", "178%, exceeded"} <= set(drawn)


def test_a_period_stands_over_a_chart_only_where_all_rows_have_it() -> None:
    same = [comparison("a", "P", 0.9, "missed", **YEAR), comparison("b", "P", 1.1, "exceeded", **YEAR)]
    assert "Result as a per cent of the target, 2024." in said(charts.attainment(frame("comparisons", same)))
    mixed = [same[0], same[1] | TERM]
    assert "Result as a per cent of the target." in said(charts.attainment(frame("comparisons", mixed)))


def test_alternative_text_tells_what_a_reader_would_see() -> None:
    told = charts.alt_text(charts.attainment(frame("comparisons", COMPARISONS)))
    assert "9 rows" in told and "5 were exceeded" in told
    assert "Highest: saplings, Song Trau, 600%; lowest: late dossiers, Song Trau, 45%." in told
    assert told.count(". ") == 1
    with pytest.raises(KeyError, match="hold no chart"):
        charts.alt_text(plt.figure().subplots())


def test_a_table_without_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match=r"draws the table comparisons, .* lacks its columns .*attainment"):
        charts.attainment(findings())


# What they leave behind.


def test_one_call_opens_one_figure(ax: Axes) -> None:
    assert plt.get_fignums() == [ax.figure.number]
    assert len(ax.figure.axes) == 1 and isinstance(ax.figure, Picture)


def test_given_axes_are_used_within_their_room() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(15, 8))
    room = left.get_position()
    assert charts.attainment(frame("comparisons", COMPARISONS), ax=left) is left
    assert charts.coverage(figures(), right) is right
    assert len(figure.axes) == 2 and len(plt.get_fignums()) == 1
    place = left.get_position()
    assert room.x0 < place.x0 < place.x1 <= room.x1 and room.y0 < place.y0 < place.y1 < room.y1


def test_settings_stay_as_they_were() -> None:
    before = mpl.rcParams.copy()
    with plt.style.context("dark_background"):
        own = mpl.rcParams.copy()
        ax = charts.attainment(frame("comparisons", COMPARISONS))
        ax.figure.savefig(io.BytesIO())
        assert dict(own) == dict(mpl.rcParams)
        assert ax.title.get_color() == look("ink", "text").colour
    assert dict(before) == dict(mpl.rcParams)


def test_importing_the_library_does_not_import_matplotlib() -> None:
    code = "import analysis, analysis.formatting, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_the_charts_changes_no_setting() -> None:
    code = "import matplotlib as m, sys; was = m.rcParams.copy(); import analysis.charts; sys.exit(was != m.rcParams)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def svg(draw: Draw, table: pd.DataFrame) -> str:
    file = io.StringIO()
    draw(table).figure.savefig(file, format="svg")
    return file.getvalue()


@pytest.mark.parametrize("case", [name for name in CASES if "," not in name or "hostile" in name])
def test_svg_is_stable_text_without_script(case: str) -> None:
    draw, table = CASES[case]
    first = svg(draw, table)
    assert first == svg(draw, table)
    root = ElementTree.fromstring(first)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "text" in tags and "script" not in tags
    assert "date" not in tags


def test_svg_for_a_page_is_named_and_has_no_common_ids() -> None:
    ax = charts.attainment(hostile(COMPARISONS, "comparisons", **TEXTS))
    root = ElementTree.fromstring(ax.figure.to_svg())
    assert root.get("role") == "img" and root.get("aria-label") == charts.alt_text(ax)
    inks = {element.get("style", "").partition("fill: ")[2].partition(";")[0] for element in root.iter()}
    assert {"var(--ink, #1a1a1a)", "var(--muted, #595959)", "var(--paper, #ffffff)"} <= inks
    assert not {"#1a1a1a", "#595959", "#ffffff"} & inks  # else they would be dark on dark
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) and not [
        name for name in ids if name and name.startswith(("figure", "axes", "text"))
    ]


def test_a_notebook_shows_exactly_one_described_picture() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    setup = (
        "from analysis import charts; from analysis.schema import frame\n"
        "t = frame('comparisons', [dict(report='r', place='P', subject='s', attainment=1.2, verdict='exceeded')])"
    )
    cells = [setup, "charts.attainment(t);", "ax = charts.targets_and_results(t)\nax = charts.attainment(t, ax=ax)"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(book, timeout=120).execute()
    outputs: list[list[Mapping[str, Any]]] = [cell.outputs for cell in book.cells]
    assert [len(shown) for shown in outputs] == [0, 1, 1]
    shown = outputs[1][0]
    assert set(shown["data"]) == {"image/svg+xml", "text/plain"}
    assert "The one target compared was exceeded" in shown["metadata"]["image/svg+xml"]["alt"]


def test_rows_without_a_place_say_so() -> None:
    ax = render(Plan("t", "s", "Source.", rows=[ChartRow("", "label")], grouped=True))
    assert "place not stated" in words(ax)
