"""What the notebooks tell is right for none, one and many, says no more than the tables, and leads to the evidence."""

from __future__ import annotations

import re
from math import inf
from typing import Any

import pandas as pd
import pytest
from matplotlib.text import Text

import analysis
from analysis import schema
from analysis.charts.titles import verdict_title
from analysis.comparison.answered import with_answers
from analysis.comparison.asks import next_pairs
from analysis.display import counted
from analysis.display.answers import added_up, became, doubts, lower_bars, overview, reading, recomputed, targets_met
from analysis.display.digest import Digest, Item, Line
from analysis.display.highlights import highlights
from analysis.display.questions import questions
from analysis.lexicon import rows
from analysis.pages.scorecard import outcomes
from analysis.reading.reports import Reports, from_text
from analysis.tables import Tables
from analysis.writing.links import LINKS
from tests import ROOT

YEAR = {
    "period_source": "sentence",
    "period_start": pd.Timestamp("2023-01-01"),
    "period_end": pd.Timestamp("2023-12-31"),
}
NEXT = {
    "period_source": "sentence",
    "period_start": pd.Timestamp("2024-01-01"),
    "period_end": pd.Timestamp("2024-12-31"),
}
TERM = {
    "period_source": "sentence",
    "period_start": pd.Timestamp("2025-01-01"),
    "period_end": pd.Timestamp("2030-12-31"),
}
DAY = {"report_date": pd.Timestamp("2023-12-28")}


def tables(**given: list[dict[str, Any]]) -> Tables:
    """Give tables of plain rows, each with a figure that it rests on."""
    made = {name: given.get(name, []) for name in schema.TABLES}
    for name in ("comparisons", "outlook", "findings", "recomputations"):
        for n, row in enumerate(made[name]):
            row.setdefault("report", "r")
            row.setdefault("figure_ids", (f"r:{name}{n}",))
    figures, compared, later, *others = (schema.frame(name, made[name]) for name in schema.TABLES)
    return Tables(with_answers(figures, compared, later), compared, later, *others)


def compared(verdict: str, subject: str = "trees", ratio: float = 1.1, **more: Any) -> dict[str, Any]:
    ends = {
        "attainment_low": ratio,
        "attainment_high": ratio,
        "direction": "higher",
        "basis": "stated",
        "unit": "count",
    }
    return {"verdict": verdict, "subject": subject, "place": "Xa An", "attainment": ratio} | ends | more


def tally(met: int, of: int) -> dict[str, Any]:
    counts = {"basis": "out_of", "achieved": met, "target": of, "indicator": "targets_met"}
    return compared("missed", "targets", met / of, **counts)


def ahead(verdict: str, **more: Any) -> dict[str, Any]:
    return compared(verdict, target=95, achieved=100, **more)


def answers(reports: Reports) -> list[str]:
    made = analysis.tabulate(reports)
    return [
        str(overview(reports, made)),
        str(reading(reports, made)),
        str(targets_met(made)),
        str(doubts(made.findings, made.figures)),
        str(lower_bars(made)),
    ]


# None, one, many.


def test_answers_for_nothing_say_so() -> None:
    assert answers(Reports()) == [
        "There is no report in this folder.",
        "No sentence became a row.",
        "No target in these reports can be set against a result.",
        "Nothing that was recomputed contradicts what is stated.",
        "No report sets a target for a later period beside a result for the same thing.",
    ]


def test_answers_for_one_are_in_the_singular() -> None:
    text = "An Lac\n28/12/2023\nIn 2023 An Lac district admitted 12 members, reaching 120% of the plan."
    first, second, met, *_ = answers(Reports([from_text(text, "one")]))
    assert first.startswith("The one target set beside a result was reached.")
    assert "1 report on 1 place states 2 figures." in first
    assert second.startswith("2 figures became rows")
    assert met.startswith("The one target set beside a result was reached.")
    assert "For the one target the report gives only how far it was reached or passed" in met


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        (["missed"], "The one target set beside a result was missed."),
        (["undetermined"], "The one target set beside a result is undetermined."),
        (["in progress"], "The one target set beside a result is in progress."),
        (["undetermined"] * 2, "Both targets set beside a result are undetermined."),
        (["met", "exceeded"], "Both targets set beside a result were reached."),
        (["met", "missed", "undetermined"], "Of 3 targets set beside a result, 1 was reached, 1 was missed and 1 is"),
        (["in progress"] * 2, "Both targets set beside a result are in progress."),
    ],
)
def test_verdicts_are_told_in_their_number(verdicts: list[str], told: str) -> None:
    assert str(targets_met(tables(comparisons=[compared(word) for word in verdicts]))).startswith(told)


@pytest.mark.parametrize("folder", ["seeds", "tests/gold/invented"])
def test_answers_count_what_the_tables_hold(folder: str) -> None:
    reports = analysis.read(ROOT / folder)
    made = analysis.tabulate(reports)
    first, met, later = overview(reports, made), targets_met(made), lower_bars(made)
    is_reached, is_open = made.aimed["verdict"].isin(["exceeded", "met"]), made.aimed["projected"].fillna(False)
    expected, reached = int((is_reached & is_open).sum()), int((is_reached & ~is_open).sum())
    told = f"Of {len(made.aimed)} targets set beside a result, {reached} were reached, {expected} are projected to be"
    assert met.lead == first.lead and met.lead.startswith(told)
    numbers = {line.words: line.number for line in first.lines}
    assert sum(numbers.values()) == len(made.aimed)
    assert (numbers["exceeded"] + numbers["met"], numbers["projected"]) == (reached, expected)
    card, *_ = outcomes(made.aimed)
    assert (card.total, card.words[-1]) == (reached, f"{expected} more are projected to be")
    assert f"{expected} are projected to be reached" in verdict_title(list(counted.outcomes(made.aimed)))
    assert f"{len(made.comparisons) - len(made.aimed)} caseloads, such as " in met
    less = int((next_pairs(made.outlook, made.figures)["asks"] == "less").sum())
    assert f"Of {len(made.outlook)} next targets beside a result, {less} ask" in later
    known = set(made.figures["figure_id"])
    named = [item for answer in (first, met, later) for line in answer.lines for item in line.items]
    assert named and all(re.search(r"#f(\d+)$", item.href) for item in named)
    starts = {figure.rpartition(":")[2] for figure in known}
    assert {item.href.rpartition("#f")[2] for item in named} <= starts


# What stands behind a count of targets, and what has no result.


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([tally(22, 25)], "The one missed target is itself a count of targets, 22 out of 25: 3 targets were"),
        ([tally(22, 25)], "missed in it, and no figure says which."),
        ([tally(9, 10)], "1 target was missed in it, and no figure says which."),
        ([tally(22, 25), compared("missed")], "1 of the 2 missed targets is itself a count of targets, 22 out"),
        ([tally(22, 25), compared("missed")], "missed in it, and at most 1 of them has a figure of its own."),
    ],
)
def test_counts_of_targets_are_told_apart(rows: list[dict[str, Any]], told: str) -> None:
    assert told in targets_met(tables(comparisons=rows))


def test_rows_that_are_no_target_of_their_own_are_told() -> None:
    twice = {"achieved": 9, "unit": "km", "basis": "stated"}
    rows = [tally(22, 25), compared("met", "roads", target=9, **twice), compared("missed", "roads", target=12, **twice)]
    told = "1 of the 3 targets is a count of targets, and stands for many; in 1 of the others a result stands"
    assert told in targets_met(tables(comparisons=rows))
    assert "further target" not in targets_met(tables(comparisons=[rows[1], compared("met", "bridges")]))


def test_a_missed_target_is_no_count_of_targets() -> None:
    assert "count of targets" not in targets_met(tables(comparisons=[compared("missed")]))


@pytest.mark.parametrize(
    ("period", "date", "due"),
    [
        (YEAR, DAY, "due"),  # a review appears days before the year ends
        (YEAR, {"report_date": pd.Timestamp("2023-06-30")}, "running"),
        (NEXT, DAY, "ahead"),
        (YEAR, {}, "no date"),
        ({}, DAY, "no date"),
    ],
)
def test_a_target_without_a_result_is_due_when_its_time_was_up(
    period: dict[str, Any], date: dict[str, Any], due: str
) -> None:
    target = {"figure_id": "r:1", "report": "r", "role": "target", "subject": "roads", "value": 5.0, "unit": "km"}
    made = tables(figures=[target | period | date])
    assert made.figures[["answered", "due"]].values.tolist() == [[False, due]]
    asked = list(questions(made, "targets")["question"])
    assert asked == (
        ["roads: A target of 5 km for 2023, and no result in the same words. What was reached?"] if due == "due" else []
    )


def test_a_target_with_a_result_is_answered() -> None:
    target = {"figure_id": "r:comparisons0", "report": "r", "role": "target"} | YEAR | DAY
    found = tables(figures=[target], comparisons=[compared("met")]).figures
    assert found["answered"].tolist() == [True] and found["due"].isna().all()


def test_what_is_no_target_is_neither_answered_nor_due() -> None:
    found = tables(
        figures=[{"figure_id": "r:comparisons0", "role": "achieved"} | YEAR | DAY], comparisons=[compared("met")]
    )
    assert found.figures[["answered", "due"]].isna().all(axis=None)


# Next targets.


@pytest.mark.parametrize(
    ("verdict", "direction", "asks"),
    [
        ("below", "higher", "less"),
        ("below", "lower", "more"),
        ("above", "lower", "less"),
        ("equal", "lower", "the same"),
    ],
)
def test_a_lower_target_asks_for_more_where_less_is_better(verdict: str, direction: str, asks: str) -> None:
    made = tables(outlook=[ahead(verdict, direction=direction)])
    assert list(next_pairs(made.outlook, made.figures)["asks"]) == [asks]
    assert len(questions(made, "next")) == (asks == "less")
    assert ("ask for less" in lower_bars(made) or "asks for less" in lower_bars(made)) == (asks == "less")


@pytest.mark.parametrize(
    ("target", "result", "row", "caution"),
    [
        ("growth rate", "production value", {}, "the target is for “growth rate”, the result of “production value”"),
        ("budget revenue", "total budget revenue", {}, ""),
        ("members", "members", {"target": 100, "achieved": 1000}, "far apart"),
        ("poverty", "poverty", {"target": 1, "achieved": 10, "unit": "%"}, ""),
        ("members", "members", {"span": TERM}, "the target is for 2025 to 2030, the result of 2023"),
        ("members", "members", {"role": "projected"}, "the result is a projection"),
    ],
)
def test_pairs_that_may_not_measure_the_same_are_cautioned(
    target: str, result: str, row: dict[str, Any], caution: str
) -> None:
    span, role = row.pop("span", NEXT), row.pop("role", "achieved")
    figures = [
        {"figure_id": "r:1", "report": "r", "role": "target", "subject": target} | span,
        {"figure_id": "r:2", "report": "r", "role": role, "subject": result} | YEAR,
    ]
    made = tables(figures=figures, outlook=[ahead("below", figure_ids=("r:1", "r:2")) | row])
    told = next_pairs(made.outlook, made.figures)["caution"].item()
    assert caution in told and bool(caution) == bool(told)
    assert bool(caution) == ("has a caution" in lower_bars(made))
    assert (f"But {told}." in questions(made, "next")["why"].item()) == bool(told)


def test_a_target_by_a_new_poverty_line_is_cautioned() -> None:
    text = "Na Lac\n20/12/2023\n\nIn 2023, the rate of poor households was {}.\n\nTargets for 2024: a rate of poor "
    text += "households of 4% under the {} poverty line."
    told = [
        next_pairs(made.outlook, made.figures)["caution"].item()
        for line in ("new", "national")
        if len((made := analysis.tabulate(text.format("2.6%", line))).outlook)
    ]
    assert told == ["the target is by a new standard", ""]


def test_what_is_only_projected_has_not_been_reached() -> None:
    text = "In 2023 Xa An district collected {} billion VND of budget revenue.\n\n"
    text += "Targets for 2024: budget revenue of 60 billion VND."
    for how, asked in (("80", "80 billion VND had been reached"), ("an estimated 80", "80 billion VND was projected")):
        made = analysis.tabulate(Reports([from_text(text.format(how), "r")]))
        assert asked in questions(made, "next")["question"].item()
        told = made.findings.loc[made.findings["check"] == "target_below_result", "message"].item()
        assert ("already reached" in told) == (how == "80")


def test_one_caseload_is_named_without_such_as() -> None:
    row = compared("met", "petitions resolved", figure_ids=("r:1",))
    figure = {"figure_id": "r:1", "report": "r", "whole": "caseload"}
    made = tables(figures=[figure], comparisons=[row, compared("met")])
    assert "1 caseload, petitions resolved (Xa An), is not counted" in targets_met(made)


# Questions.


def test_every_check_has_its_question() -> None:
    assert not {row["id"] for row in rows("checks/checks")} - {row["kind"] for row in rows("pages/questions")}
    assert all(row["why"] and row["question"].endswith(("?", ".")) for row in rows("pages/questions"))


def test_a_check_without_a_question_is_asked_about_all_the_same() -> None:
    finding = {"check": "new", "severity": "error", "quote": "12%", "place": "Xa An", "message": "No."}
    assert list(questions(tables(findings=[finding]), "figures")["question"]) == ["Xa An: How is 12% to be understood?"]


def test_a_question_without_its_number_is_asked_otherwise() -> None:
    finding = {"check": "change", "severity": "error", "quote": "12%", "place": "Xa An"}
    asked = [finding | {"quote": "13%", "recomputed_low": 10.0, "recomputed_high": 11.0, "unit": "%"}, finding]
    assert list(questions(tables(findings=asked), "figures")["question"]) == [
        "Xa An: How large was the change: 13%, or 10 to 11%, as the two levels say?",
        "Xa An: How is 12% to be understood?",
    ]


def test_the_gravest_questions_come_first() -> None:
    found = [
        {"check": "pp_or_percent", "severity": "note", "quote": "1%"},
        {"check": "bounds", "severity": "error", "quote": "31st/30"},
        {"check": "conflict", "severity": "warning", "quote": "7"},
    ]
    asked = questions(tables(findings=found), "figures")
    assert list(asked["quote"]) == ["31st/30", "7", "1%"]
    assert len(questions(tables(findings=[*found, *found]), "figures")) == 3


def test_misses_and_undecided_targets_are_asked_about() -> None:
    near = {"basis": "attainment", "target": 120, "achieved": 98}
    made = tables(
        comparisons=[
            compared("missed", "members", 0.817, **near),
            compared("undetermined", "water", 1.0, target=65, achieved=65, unit="%"),
            compared("missed", "capital", 0.763, basis="percent only"),
            compared("met"),
            compared("in progress"),
        ]
    )
    members, water, capital = questions(made, "targets")["question"]
    assert members.startswith("members (Xa An): 98 against a target of about 120. What")
    assert "65% against 65%" in water and "76.3% of the target" in capital


def test_there_are_questions_about_three_things() -> None:
    with pytest.raises(ValueError, match="ask about targets, figures or next"):
        questions(tables(), "weather")


@pytest.mark.parametrize("folder", ["seeds", "tests/gold/invented"])
def test_questions_on_reports_have_no_gaps(folder: str) -> None:
    made = analysis.tabulate(analysis.read(ROOT / folder))
    asked = pd.concat([questions(made, about) for about in ("targets", "figures", "next")])
    assert len(asked) > 10
    assert not asked["question"].str.contains(r"[{}]|\bnan\b|(?<!Subject )not stated|: :|  ").any()
    assert set(asked["report"]) <= set(made.figures["report"]) | set(made.findings["report"])


# As HTML.


def test_words_of_reports_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LINKS, "")
    hostile = '<b>"An" & Xa</b>'
    digest = Digest(hostile, (Line("missed", 1, "missed", (Item(hostile, "r.html#f1"),)),), hostile)
    html = digest._repr_html_()
    assert "<b>&quot;" not in html and html.count("&lt;b&gt;") == 3
    assert '<a href="r.html#f1">' in html
    assert digest.prose == f"{hostile} {hostile}" and "missed" in digest


def test_a_range_is_told_by_its_ends_everywhere() -> None:
    made = analysis.tabulate(
        "In 2023 the commune built 95 km of roads. In 2024, it strives to build 75-77 km of roads."
    )
    tables_ = [analysis.show(made.outlook, ["target"], figures=made.figures), analysis.show(made.figures, ["value"])]
    chart = analysis.charts.next_targets(made.outlook).figure
    shown = [str(lower_bars(made)), *questions(made, "next")["question"], *(table.html() for table in tables_)]
    shown.append(" ".join(text.get_text().replace("\n", " ") for text in chart.findobj(Text)))
    assert len(shown) == 5 and all("75 to 77 km" in one and "76 km" not in one for one in shown)


def test_a_line_says_how_many_it_does_not_name() -> None:
    items = (Item("a", "#1"), Item("b", "#2"))
    assert str(Line("missed", 5, "missed", items)) == "▼ 5 missed: a; b and 3 more"
    assert str(Line("missed", 2, "missed", items)) == "▼ 2 missed: a; b"
    assert "<li>and 3 more</li>" in Line("error", 5, "contradictions", items, apart=True).html()
    assert str(Line("undetermined", 0, "cannot be decided")) == "□ 0 cannot be decided"


def test_a_result_of_a_thousand_times_its_target_stands_in_no_headline_chart_or_question() -> None:
    reports = Reports(
        [from_text("In 2023 Ha Tinh province collected 408 billion VND (target 303 VND). It planted 90 trees.", "r")]
    )
    made = analysis.tabulate(reports)
    assert list(made.comparisons["verdict"]) == ["undetermined"]
    told = " ".join(
        [
            str(overview(reports, made)),
            str(targets_met(made)),
            str(questions(made, "targets")["question"].to_list()),
            analysis.charts.alt_text(analysis.charts.attainment(made.aimed)),
            analysis.charts.alt_text(analysis.charts.targets_and_results(made.aimed)),
            str([outcome.targets for outcome in outcomes(made.aimed)]),
        ]
    )
    assert "%" not in told.replace("100% is the target", "")
    assert "1 undetermined" in told


def test_a_result_of_nineteen_times_its_target_does() -> None:
    made = analysis.tabulate(
        Reports([from_text("In 2023 Ha Tinh province planted 5,700 ha of forest (target 300 ha).", "r")])
    )
    assert "1,900%" in str(overview(Reports([from_text("", "r")]), made))


# Places.


def test_a_reader_is_told_what_became_of_a_place() -> None:
    assert "district level was abolished" in became("Krong Pac", "district", pd.Timestamp("2024-01-01"))
    assert "went into the province of Gia Lai" in became("Binh Dinh", "province", pd.Timestamp("2024-01-01"))


@pytest.mark.parametrize("name", ["Chau Thanh", "Nowhere At All"])
def test_nothing_is_guessed_between_places_of_one_name(name: str) -> None:
    assert became(name, "district", pd.Timestamp("2024-01-01")) == ""


def test_of_a_place_of_which_little_is_known_little_is_told() -> None:
    assert became("Krong Pac", float("nan"), pd.NaT) == became("Krong Pac", "", pd.NaT)  # type: ignore[arg-type]


def redone(agrees: str, figure: str = "a", link: str = "explicit", check: str = "sum_total") -> dict[str, Any]:
    return {"check": check, "agrees": agrees, "figure_ids": (f"r:{figure}", "r:other"), "link": link}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "No figure was recomputed from the others."),
        ([redone("yes"), redone("by rounding", "b")], "2 of … 2 agree."),
        ([redone("yes"), redone("no")], "1 of … 1 does not agree."),
        ([redone("other reading"), redone("yes", "b")], "2 of … 1 agrees and 1 does so only under another reading."),
        ([redone("no", link="beside")], "1 of … 1 may be held against something else."),
        ([redone("no", link="beside"), redone("yes")], "1 of … 1 agrees."),
        (
            [redone("yes"), redone("yes", "b", check="attainment_grain")],
            "1 of … 1 agrees. 1 more was only held to a bound, a whole number or a word.",
        ),
        ([redone("yes"), redone("yes", check="wording")], "1 of … 1 agrees."),
        (
            [redone("yes", check="growth_of_whole")],
            "1 of this report’s 4 figures was only held to a bound, a whole number or a word.",
        ),
        (
            [redone("no"), redone("no", "b", check="over_whole"), redone("yes", "c", check="bounds")],
            "1 of … 1 does not agree. 2 more were only held to a bound, a whole number or a word: 1 agrees and 1 does "
            "not agree.",
        ),
    ],
)
def test_what_was_recomputed_is_counted_by_figure(rows: list[dict[str, Any]], told: str) -> None:
    figures = [
        {"figure_id": f"r:{n}", "report": "r", "value": 1.0, "measure": "amount", "role": "achieved"} for n in range(4)
    ]
    found = recomputed(tables(recomputations=rows, figures=figures))
    assert re.sub("this report’s 4 figures (?:was|were) recomputed from the others:", "…", found) == told


def test_where_nothing_was_recomputed_nothing_is_said_to_agree() -> None:
    figure = {"figure_id": "r:1", "report": "r", "value": 1.0, "measure": "amount", "role": "achieved"}
    note = {"report": "r", "check": "unnamed_misses", "severity": "note", "message": "m", "figure_ids": ("r:1",)}
    told = str(added_up(tables(figures=[figure], findings=[note])))
    assert told.splitlines()[0].startswith("No figure was recomputed from the others. 1 remark")
    assert "contradict" not in told and "agree" not in told


def test_findings_on_the_same_figures_are_one_passage() -> None:
    rows = [("warning", "r:1"), ("warning", "r:1"), ("warning", "r:2"), ("error", "r:3")]
    found = [
        {"report": "r", "check": "class_sum", "severity": severity, "message": "It is odd.", "figure_ids": (one,)}
        for severity, one in rows
    ]
    told = doubts(tables(findings=found).findings, schema.empty("figures"))
    assert told.lead == "1 contradiction and 2 doubtful passages in 1 report."
    assert "(and 1 more finding on the same figures)" in str(told)


@pytest.mark.parametrize(
    ("low", "high", "told"), [(53.0, inf, "at least 53"), (0.0, 53.0, "at most 53"), (53, 53, "53")]
)
def test_a_next_target_that_is_a_bound_is_told_as_one(low: float, high: float, told: str) -> None:
    row = {"report": "r", "subject": "rice", "target": 53.0, "achieved": 54.0, "unit": "t", "verdict": "below"}
    row |= {"target_low": low, "target_high": high, "figure_ids": ("r:1", "r:2"), "direction": "higher"}
    assert f"rice: {told} t after 54 t" in lower_bars(tables(outlook=[row]))


# What is most worth knowing.


def test_what_is_most_worth_knowing_takes_turns_and_says_of_what() -> None:
    error = {"check": "over_whole", "severity": "error", "message": "9 of 8 is 1 more than there is in all."}
    figure = {"figure_id": "r:1", "report": "r", "subject": "cases settled", "place": "Xa An"} | YEAR
    twice = {"check": "class_sum", "severity": "warning", "message": "The shares add up to 110%."}
    made = tables(
        figures=[figure],
        findings=[error | {"figure_ids": ("r:1",)}, twice | {"figure_ids": ("r:1",)}],
        comparisons=[tally(22, 25), compared("missed", "trees", 0.5)],
    )
    assert [str(one) for one in highlights(made)] == [
        "✕ Cases settled (2023): 9 of 8 is 1 more than there is in all.",
        "▼ 50% of the target for trees (Xa An): missed.",
        "▼ Only 22 of 25 targets met (Xa An): 3 were missed.",
    ]
    assert [one.number for one in highlights(made)] == ["9 of 8", "50%", "22 of 25"]


def test_nothing_is_worth_knowing_of_nothing() -> None:
    assert highlights(tables()) == []
