"""What is measured, in the report's own words, and its indicator in the codebook."""

from __future__ import annotations

import pytest

import analysis
from analysis.extraction.indicators import indicator
from analysis.lexicon import indicators, rows

SENTENCES = [
    ("The district has cut 26 staffing targets.", ["staffing targets cut"]),
    (
        "It disciplined 14 party members, including warnings for 4 party members.",
        ["party members disciplined", "warnings for party members"],
    ),
    (
        "As a result, 20/20 citizens were received, of which 12/12 were at the district level.",
        ["citizens received", "citizens received at the district level"],
    ),
    ("90% of party cells completed their tasks well.", ["party cells that completed their tasks well"]),
    ("At least 10% of members will be rated as excellent, and it will grow.", ["members rated as excellent"]),
    ("It reduced 42 villages, residential groups, 6 managers.", ["villages, residential groups reduced", "managers"]),
    (
        "Average income reached 51 million VND, exceeding the plan by 1 million VND.",
        ["Average income", "Average income"],
    ),
    ("It scored well, with a total score of 72.56.", ["total score"]),
    ('It built 86 "skillful mass mobilization" models.', ["skillful mass mobilization models built"]),
    ("As of June 20, 946 billion VND in public investment had been disbursed.", ["public investment disbursed"]),
    (
        "It supported the construction of 61 houses, totalling over 4.1 billion VND.",
        ["construction of houses", "value of construction of houses"],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "expected"), SENTENCES, ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_a_subject_is_the_reports_own_words(sentence: str, expected: list[str]) -> None:
    assert analysis.extract_figures(sentence)["subject"].tolist() == expected


def test_a_figure_without_a_subject_has_the_reports_words() -> None:
    told = "The meeting was long (two days). In 2023, the town of Ba Ran collected 412 billion VND in all, and more."
    figures = analysis.extract_figures(told)
    last = figures.iloc[-1]
    assert (last["subject"], last["wording"]) == ("", "the town of Ba Ran collected 412 billion VND in all")
    assert last["wording"] in told
    named = analysis.extract_figures("Fee revenue was 412 billion VND.").iloc[0]
    assert (named["subject"], named["wording"]) == ("Fee revenue", "")


@pytest.mark.parametrize(
    ("sentence", "subject", "wording"),
    [
        ("71% of hamlets and 88% of households use clean water.", "households that use clean water", ""),
        (
            "71% of hamlets and 88% of farms bear the green mark.",
            None,
            "71% of hamlets and 88% of farms bear the green mark",
        ),
        (
            "The Xa An Party unit ably guided small farms into cooperatives, achieving 107% of its yearly target.",
            None,
            "guided small farms into cooperatives, achieving 107% of its yearly target",
        ),
        (
            "In 2023, six wards had a debt of over 4 billion VND.",
            "wards",
            "In 2023, six wards had a debt of over 4 billion VND",
        ),
        ("In 2023, six wards that have a debt were audited.", "wards that have a debt audited", ""),
    ],
)
def test_a_subject_that_does_not_stand_alone_has_the_reports_words(
    sentence: str, subject: str | None, wording: str
) -> None:
    figure = analysis.extract_figures(sentence).query("unit in ('%', 'count')").iloc[0 if "wards" in sentence else -1]
    assert figure["wording"] == wording
    assert subject is None or figure["subject"] == subject


def test_a_part_of_a_caseload_is_a_caseload_and_a_part_of_communes_is_not() -> None:
    caseload = analysis.extract_figures("20/20 citizens were received, of which 12/12 were at the district level.")
    communes = analysis.extract_figures("20/30 communes were inspected, of which 12/12 were at the district level.")
    assert caseload["whole"].tolist() == ["caseload", "caseload"]
    assert communes["whole"].tolist() == ["part", "part"]


@pytest.mark.parametrize(
    ("subject", "unit", "measure", "expected"),
    [
        ("party cells directly under the grassroots party committee", "count", "amount", "subordinate_party_cells"),
        ("Party members disciplined", "count", "amount", "party_members_disciplined"),
        ("Party organizations disciplined", "count", "amount", "party_organizations_disciplined"),
        ("Party members who did not complete their tasks", "count", "amount", "party_members_not_completed"),
        ("Party members who completed their tasks", "count", "amount", "party_members_completed"),
        ("3-star OCOP products", "count", "amount", "ocop_products_3_star"),
        ("OCOP products", "count", "amount", "ocop_products"),
        ("total budget revenue", "VND", "amount", "budget_revenue"),
        ("total budget revenue", "ha", "amount", ""),
        ("administrative reform index", "rank", "rank", "par_index"),
        ("bicycles", "count", "amount", ""),
    ],
)
def test_a_subject_has_the_indicator_of_its_longest_phrase(
    subject: str, unit: str, measure: str, expected: str
) -> None:
    assert indicator(subject, unit, measure) == expected


def test_the_codebook_is_in_order() -> None:
    assert len(indicators()) == len(rows("indicators/indicators"))
    for row in rows("indicators/indicators"):
        assert row["direction"] in ("higher", "lower", "")
        assert row["label"] and row["sector"] and row["unit"] and row["phrases"]
