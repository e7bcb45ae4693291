"""The checks: cases that trip each of them and near twins that must not, and what holds for any consistent table."""

from __future__ import annotations

import json
import re
import runpy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import checks, schema
from analysis.checks import readings
from analysis.checks.results import Reading
from analysis.checks.sheet import sheets
from analysis.intervals import Interval
from analysis.reading.reports import Reports, from_text
from tests import ROOT

HERE = ROOT / "tests"
READ = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "cases/checks").glob("*.json"))
}
KNOWN_FAILURES = READ.pop("known_failures")
CASES = READ
REPORT = "case"
# What is kept within a limit, told once, or possible for some target, recomputes nothing.
LIMITS = {"over_whole", "bounds", "conflict", "scale", "attainment_grain"}
REMARKS = {check for check, rule in checks.RULES.items() if rule.severity == "note"} - {"class_base"}


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=f"{case.get('check', '')}: {case['name']}") for case in cases]


ALL = named([{"check": check} | case for check, cases in CASES.items() for case in cases])


def read(case: dict[str, Any]) -> analysis.Tables:
    """The tables of a text, read as any report is."""
    return analysis.tabulate(Reports([from_text(" ".join(case["text"]), REPORT)]))


@pytest.mark.parametrize("case", ALL)
def test_case(case: dict[str, Any]) -> None:
    tables, text = read(case), " ".join(case["text"])
    found = tables.findings
    shown = "\n".join(f"{row.severity} {row.check} {row.quote}: {row.message}" for row in found.itertuples())
    got = sorted((row.check, row.severity, row.quote) for row in found.itertuples())
    assert got == sorted((want["check"], want["severity"], want["at"]) for want in case["findings"]), shown
    for want in case["findings"]:
        row = found[(found["check"] == want["check"]) & (found["quote"] == want["at"])].iloc[0]
        assert text[row["start"] : row["end"]] == row["quote"]
        for name, column in (("stated", "stated"), ("low", "recomputed_low"), ("high", "recomputed_high")):
            assert name not in want or row[column] == pytest.approx(want[name], rel=6e-4), (column, row[column])
        assert want.get("why", "") in row["explanation"]
        assert (row["explanation"] != "") == (want["severity"] == "warning" and want["check"] != "conflict")
    quotes = tables.figures.set_index("figure_id")["quote"]
    redone = [[row.check, quotes[row.figure_ids[0]], row.agrees] for row in tables.recomputations.itertuples()]
    assert redone == case.get("recomputed", redone), tables.recomputations["arithmetic"].tolist()
    doubted = found.loc[found["severity"] != "note", "finding_id"]
    kept = tables.recomputations["agrees"].isin(["yes", "by rounding"])
    assert set(doubted) <= set(tables.recomputations.loc[~kept, "recomputation_id"])
    assert not set(found["finding_id"]) & set(tables.recomputations.loc[kept, "recomputation_id"])


@pytest.mark.parametrize("case", named(KNOWN_FAILURES))
@pytest.mark.xfail(strict=True, reason="the sentence is not read as its writer meant it")
def test_known_failure(case: dict[str, Any]) -> None:
    test_case(case)


@pytest.mark.parametrize("check", list(checks.RULES))
def test_every_check_has_a_case_that_trips_it_and_a_near_twin(check: str) -> None:
    tripped = [case for case in CASES[check] if any(want["check"] == check for want in case["findings"])]
    twins = [case for case in CASES[check] if case["name"].startswith("twin: ")]
    assert tripped and twins
    assert not any(want["check"] == check for case in twins for want in case["findings"])


@pytest.mark.parametrize("check", sorted(set(CASES) - LIMITS - REMARKS))
def test_every_check_has_a_case_that_shows_what_it_found_in_order(check: str) -> None:
    redone = [row for case in CASES[check] for row in case.get("recomputed", [])]
    assert any(row[0] == check and row[2] in ("yes", "by rounding") for row in redone)


def test_every_case_file_belongs_to_a_check() -> None:
    assert sorted(CASES) == sorted(checks.RULES)


def test_cases_from_the_wild_are_quoted_as_they_stand() -> None:
    seeds = "\n".join(path.read_bytes().decode("utf-8") for path in (ROOT / "seeds").glob("*.txt"))
    every = [case for cases in (*CASES.values(), KNOWN_FAILURES) for case in cases]
    wild = [sentence for case in every if case["origin"] == "wild" for sentence in case["text"]]
    assert [sentence for sentence in wild if sentence not in seeds] == []


@pytest.mark.parametrize("check", list(checks.CHECKS))
def test_every_check_says_why_it_is_there(check: str) -> None:
    rule = checks.RULES[check]
    assert (checks.CHECKS[check].__doc__ or "").strip() and rule.why and rule.rule and rule.source
    assert rule.severity in schema.VOCABULARIES["severity"]


def test_messages_are_one_sentence_that_accuses_no_number() -> None:
    reports = [
        from_text(" ".join(case["text"]), f"{check}-{n}")
        for check, cases in CASES.items()
        for n, case in enumerate(cases)
    ]
    messages = analysis.tabulate(Reports(reports)).findings["message"].tolist()
    assert len(messages) > len(CASES)
    for message in messages:
        assert message.endswith((".", "?")) and not re.search(r"[.!?] [A-Z]", message), message
        assert not re.search(r"\b(?:wrong|incorrect|false|should be|mistake)\b", message), message


def test_finding_ids_are_stable_and_name_their_place() -> None:
    case = CASES["class_sum"][0]
    first = read(case).findings
    pd.testing.assert_frame_equal(first, read(case).findings)
    assert f"{REPORT}:class_sum:{' '.join(case['text']).index('19.1%')}" in set(first["finding_id"])
    assert first["finding_id"].is_unique


def test_findings_of_several_reports_come_report_by_report() -> None:
    text = " ".join(CASES["over_whole"][0]["text"])
    found = checks.audit(pd.concat([analysis.extract_figures(from_text(text, name)) for name in ("b", "a")]))
    assert list(found["report"]) == ["b", "a"]
    assert list(found["check"]) == ["over_whole", "over_whole"]


def test_a_table_that_is_no_figures_table_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the columns"):
        checks.audit(pd.DataFrame({"value": [1.0]}))


def typed(**columns: list[Any]) -> pd.DataFrame:
    """A table of a few columns, as somebody types it."""
    names = [f"f{n}" for n in range(len(columns["value"]))]
    return pd.DataFrame({"figure_id": names} | columns)


TYPED = {
    "part_whole_share": typed(
        value=["2847", "524", "19.1"], measure=["amount", "amount", "share"],
        part_of=["", "f0", ""], about=["", "", "f1"],
    ),
    "attainment": typed(
        value=[73, 95, 79.8], measure=["amount", "amount", "attainment"],
        role=["", "target", ""], about=["", "f0", "f0"],
    ),
    "attainment_grain": typed(value=["171", "58.7"], measure=["amount", "attainment"], about=["", "f0"]),
    "margin": typed(
        value=["92.4", "84", "8.7"], measure=["amount", "amount", "margin"], unit=["VND", "VND", ""],
        role=["achieved", "target", "achieved"], about=["", "f0", "f0"],
    ),
    "sum_total": typed(value=[40, 27, 14], measure=["amount"] * 3, part_of=["", "f0", "f0"]),
    "over_whole": typed(value=[487], measure=["amount"], out_of=[485], whole=["caseload"]),
    "bounds": typed(value=[12], measure=["rank"], out_of=[10]),
}  # fmt: skip


@pytest.mark.parametrize("check", TYPED)
def test_a_table_without_text_that_somebody_typed_is_audited(check: str) -> None:
    found = checks.audit(TYPED[check])
    assert check in set(found["check"]), found["message"].tolist()


def test_a_typed_table_that_adds_up_has_no_findings() -> None:
    table = typed(
        value=["2744", "524", "19.1"],
        measure=["amount", "amount", "share"],
        part_of=["", "f0", ""],
        about=["", "", "f1"],
    )
    assert checks.audit(table).empty


def test_the_digits_of_a_typed_value_count() -> None:
    columns = {"measure": ["amount", "attainment"], "about": ["", "f0"]}
    assert "attainment_grain" not in set(checks.audit(typed(value=["171", "58.8"], **columns))["check"])
    assert "attainment_grain" in set(checks.audit(typed(value=["171", "58.80"], **columns))["check"])


def test_a_typed_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="figure f0 is no number"):
        checks.audit(typed(value=["many"], measure=["amount"]))


def test_the_width_of_a_rounding_word_is_a_parameter() -> None:
    table = typed(
        value=["4,700", "4,000", "115.0"], measure=["amount", "amount", "attainment"], role=["", "target", ""],
        qualifier=["almost", "", ""], about=["", "f0", "f0"],
    )  # fmt: skip
    assert checks.audit(table).empty  # nearly 4,700 may be 4,600
    assert list(checks.audit(table, widths={"almost": ("0.5", 0)})["check"]) == ["attainment"]


def reading_of(stated: str, plain: str, **unusual: str) -> str:
    """The reading found for a stated per cent, where the ordinary and some unusual computations give these numbers."""
    columns = {"measure": ["share"], "figure_id": ["f"], "value": [stated]}
    figure = next(sheets(pd.DataFrame(columns))).figures[0]
    tried = {kind: [Reading(kind, lambda rule, number=number: Interval.of(number))] for kind, number in unusual.items()}
    ordinary = checks.part_whole_share(Interval.of(plain), 100, figure, checks.HALVES)
    return readings.explain(figure, ordinary, ordinary.found, **tried)


FITTING = {"bases": "19.1", "nested": "19.1", "points": "19.1", "swapped": "19.1"}


def test_readings_are_tried_in_their_fixed_order() -> None:
    assert "cut off" in reading_of("19.1", "19.19", **FITTING)
    left = dict(FITTING)
    for kind in FITTING:
        assert reading_of("19.1", "191", **left) == kind
        del left[kind]
    assert "factor of 10" in reading_of("19.1", "191")
    assert "factor of 10" in reading_of("11.0", "110")
    assert "two digits" in reading_of("19.1", "91.1")
    assert reading_of("19.1", "25.5") == ""


def test_an_unknown_rounding_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="half_up"):
        checks.part_whole_share("524", "2744", "19.1", rounding="up")


# What holds for any table: figures that are consistent under some rounding rule are never called an error.

RULES = st.sampled_from(list(checks.ROUNDINGS))
GRADES = ("excellently completed", "completed their tasks well", "completed their tasks", "did not complete")


def rounded(value: Fraction, places: int, rule: str) -> str:
    """The digits of a number under a rounding rule, by the decimal module: not the implementation under test."""
    modes = {
        "half_up": "ROUND_HALF_UP",
        "half_down": "ROUND_HALF_DOWN",
        "half_even": "ROUND_HALF_EVEN",
        "truncate": "ROUND_DOWN",
    }
    digits = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{digits.quantize(Decimal(1).scaleb(-places), rounding=modes[rule]):f}"


def listing(counts: list[int], shares: list[str]) -> pd.DataFrame:
    """A class list as somebody types it: the counts, then their shares."""
    return typed(
        value=[*map(str, counts), *shares],
        measure=["amount"] * 4 + ["share"] * 4,
        subject=[f"members who {grade}" for grade in GRADES] + [""] * 4,
        about=[""] * 4 + ["f0", "f1", "f2", "f3"],
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 5000), min_size=4, max_size=4), st.integers(0, 2), RULES)
def test_a_consistent_class_list_is_never_an_error(counts: list[int], places: int, rule: str) -> None:
    found = checks.audit(listing(counts, [rounded(Fraction(100 * n, sum(counts)), places, rule) for n in counts]))
    assert "error" not in set(found["severity"]), found["message"].tolist()
    if rule != "truncate":
        assert set(found["severity"]) <= {"note"}, found["message"].tolist()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 2), RULES)
def test_a_consistent_share_or_attainment_is_never_an_error(a: int, b: int, places: int, rule: str) -> None:
    part, whole = min(a, b), max(a, b)
    share, attained = (rounded(Fraction(100 * n, m), places, rule) for n, m in ((part, whole), (a, b)))
    table = typed(
        value=[whole, part, share, a, attained, b],
        measure=["amount", "amount", "share", "amount", "attainment", "amount"],
        role=["", "", "", "", "", "target"],
        part_of=["", "f0", "", "", "", ""],
        about=["", "", "f1", "", "f3", "f3"],
    )
    for found in (checks.audit(table), checks.audit(table[3:5])):
        assert "error" not in set(found["severity"]), found["message"].tolist()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2), RULES)
def test_the_pure_functions_accept_what_rounding_gives(part: int, whole: int, places: int, rule: str) -> None:
    share = rounded(Fraction(100 * part, whole), places, rule)
    assert checks.part_whole_share(part, whole, share, rule).ok
    assert checks.attainment_grain(part, share, rule).ok
    assert checks.share_grain(share, whole, rule).ok


@pytest.mark.parametrize("measure", ["share", "attainment"])
def test_perturbed_figures_are_caught(measure: str) -> None:
    """A per cent moved by two units of its last digit or more is reported, with a reading or without."""
    caught = 0
    for seed in range(200):
        whole, places = 997 + 13 * seed, 1 + seed % 2
        part = whole * (7 + seed % 80) // 100
        moved = rounded(Fraction(100 * part, whole) + Fraction(2 + seed % 9, 10**places), places, "half_up")
        columns = {"value": [str(whole), str(part), moved], "measure": ["amount", "amount", measure]}
        if measure == "share":
            found = checks.audit(typed(**columns, part_of=["", "f0", ""], about=["", "", "f1"]))
        else:
            found = checks.audit(typed(**columns, role=["target", "", ""], about=["f1", "", "f1"]))
        caught += bool({"part_whole_share", "attainment"} & set(found["check"]))
    assert caught / 200 >= 0.95


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 90000), st.integers(1, 90000), st.integers(0, 1), RULES)
def test_consistent_amounts_of_money_are_never_an_error(a: int, b: int, places: int, rule: str) -> None:
    part, whole = Fraction(min(a, b), 100), Fraction(max(a, b), 100)
    digits = [rounded(amount, places, rule) for amount in (part, whole)]
    if not all(map(Fraction, digits)):
        return
    share, grown = rounded(100 * part / whole, 1, rule), rounded(100 * (whole / part - 1), 1, rule)
    told = [digits[1], digits[0], share, digits[1], grown, digits[0]]
    step = 10.0**-places
    steps = [step, step, 0.1, step, 0.1, step]
    table = typed(
        value=told,
        measure=["amount", "amount", "share", "amount", "change", "amount"],
        unit=["VND", "VND", "%", "VND", "%", "VND"],
        part_of=["", "f0", "", "", "", ""],
        about=["", "", "f1", "", "f3", "f4"],
        period_end=["2023-12-31"] * 5 + ["2022-12-31"],
        step=steps,
        low=[float(Fraction(text) - Fraction(str(step)) / 2) for text, step in zip(told, steps, strict=True)],
        high=[float(Fraction(text) + Fraction(str(step)) / 2) for text, step in zip(told, steps, strict=True)],
    )
    found = checks.audit(table)
    assert "error" not in set(found["severity"]), found["message"].tolist()


def test_perturbed_class_lists_are_caught() -> None:
    caught = 0
    for seed in range(200):
        counts = [200 + seed, 2100 + 3 * seed, 90 + seed % 50, 10 + seed % 20]
        shares = [Fraction(100 * count, sum(counts)) for count in counts]
        shares[seed % 4] += Fraction(1 + seed % 7, 2)
        found = checks.audit(listing(counts, [rounded(share, 1, "half_up") for share in shares]))
        caught += {"part_whole_share", "class_sum"} <= set(found["check"])
    assert caught / 200 >= 0.95


def of_parts(whole: str, parts: list[str], amounts: list[str], measure: str) -> pd.DataFrame:
    """A whole that its parts make up, each with its growth or attainment, as somebody types it."""
    total = str(sum(map(int, amounts)))
    return typed(
        value=[total, *amounts, whole, *parts],
        measure=["amount"] * (len(parts) + 1) + [measure] * (len(parts) + 1),
        unit=["t"] * (len(parts) + 1) + ["%"] * (len(parts) + 1),
        part_of=[""] + ["f0"] * len(parts) + [""] * (len(parts) + 1),
        about=[""] * (len(parts) + 1) + [f"f{n}" for n in range(len(parts) + 1)],
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(50, 9000), st.integers(50, 9000)), min_size=2, max_size=4),
    st.integers(0, 2),
    RULES,
    st.sampled_from([("change", "growth_of_whole"), ("attainment", "attainment_of_whole")]),
)
def test_a_whole_that_is_the_mean_of_its_parts_is_never_an_error(
    pairs: list[tuple[int, int]], places: int, rule: str, kind: tuple[str, str]
) -> None:
    measure, check = kind
    base = 100 if measure == "change" else 0
    now, before = (sum(column) for column in zip(*pairs, strict=True))
    whole = rounded(Fraction(100 * now, before) - base, places, rule)
    parts = [rounded(Fraction(100 * later, earlier) - base, places, rule) for later, earlier in pairs]
    found = checks.audit(of_parts(whole, parts, [str(later) for later, _ in pairs], measure))
    assert check not in set(found["check"]) or rule == "truncate", found["message"].tolist()
    assert "error" not in set(found["severity"]), found["message"].tolist()
    assert check in set(found.recomputations["check"]) or rule == "truncate"


@pytest.mark.parametrize("measure", ["change", "attainment"])
def test_a_whole_moved_from_the_mean_of_its_parts_is_caught(measure: str) -> None:
    caught = 0
    for seed in range(200):
        pairs = [(1000 + 37 * seed, 900 + 31 * seed), (700 + 11 * seed, 800 + 13 * seed)]
        base = 100 if measure == "change" else 0
        now, before = (sum(column) for column in zip(*pairs, strict=True))
        moved = Fraction(100 * now, before) - base + Fraction(4 + seed % 9, 10)
        parts = [rounded(Fraction(100 * later, earlier) - base, 1, "half_up") for later, earlier in pairs]
        table = of_parts(rounded(moved, 1, "half_up"), parts, [str(later) for later, _ in pairs], measure)
        found = checks.audit(table)
        caught += bool({"growth_of_whole", "attainment_of_whole"} & set(found["check"]))
    assert caught / 200 >= 0.95


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(500, 9000), st.integers(500, 9000)), min_size=2, max_size=4), RULES)
def test_a_whole_that_passes_its_target_as_its_parts_do_is_never_an_error(
    pairs: list[tuple[int, int]], rule: str
) -> None:
    now, aims = (sum(column) for column in zip(*pairs, strict=True))
    whole = rounded(Fraction(100 * now, aims) - 100, 1, rule)
    parts = [rounded(Fraction(100 * done, aim) - 100, 1, rule) for done, aim in pairs]
    if all(map(Fraction, (whole, *parts))):
        found = checks.audit(of_parts(whole, parts, [str(done) for done, _ in pairs], "margin"))
        assert "error" not in set(found["severity"]), found["message"].tolist()
        assert "margin_of_whole" in set(found.recomputations["check"])


def test_a_margin_moved_from_the_mean_of_its_parts_is_caught() -> None:
    for seed in range(99):
        pairs = [(1000 + 37 * seed, 900 + 31 * seed), (700 + 11 * seed, 800 + 13 * seed)]
        now, aims = (sum(column) for column in zip(*pairs, strict=True))
        moved = Fraction(100 * now, aims) - 100 + Fraction(7 + seed % 9, 10)
        parts = [rounded(Fraction(100 * done, aim) - 100, 1, "half_up") for done, aim in pairs]
        found = checks.audit(of_parts(rounded(moved, 1, "half_up"), parts, [str(done) for done, _ in pairs], "margin"))
        assert "margin_of_whole" in set(found["check"])


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(200, 9000), st.integers(10, 100), st.sampled_from([1, 1000, 10**6]), st.booleans())
def test_an_amount_is_off_its_whole_or_target_only_where_it_was_made_so(
    whole: int, per_cent: int, factor: int, target: bool
) -> None:
    part = max(whole * max(per_cent, 55) // 100, 1)
    told = [f"{part * factor}", str(whole)]
    columns = {"value": told, "measure": ["amount"] * 2, "unit": ["VND"] * 2}
    if target:
        found = checks.audit(typed(**columns, role=["", "target"], about=["", "f0"]))
    else:
        found = checks.audit(typed(**columns, part_of=["f1", ""]))
    named = found[found["check"] == "scale"]
    assert (factor == 1) == named.empty and "error" not in set(found["severity"])
    assert named.empty or f"{factor:,}" in named["explanation"].item()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text("123456789", min_size=5, max_size=5), st.integers(0, 3), st.sampled_from(["same", "swapped", "tenfold"]))
def test_a_number_told_twice_is_asked_about_only_where_its_digits_moved(digits: str, at: int, how: str) -> None:
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    other = {"same": digits, "swapped": swapped, "tenfold": digits + "0"}[how]
    table = typed(
        value=[digits, other], measure=["amount"] * 2, unit=["t"] * 2, subject=["rice output", "output of rice"],
        sentence_start=[0, 90], start=[5, 95], period_end=["2023-12-31"] * 2,
    )  # fmt: skip
    found = checks.audit(table)
    told = other != digits and len(set(digits)) >= 3
    assert found["check"].tolist() == (["conflict"] if told else []), found["message"].tolist()


def margins(result: int, apart: int, told: str) -> pd.DataFrame:
    """A result and by how much it passed its target, in number and in per cent, as somebody types it."""
    columns = {"value": [str(result), str(apart), told], "measure": ["amount", "margin", "margin"]}
    return typed(**columns, unit=["t", "t", "%"], about=["", "f0", "f0"])


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(500, 90000), st.integers(1, 400), st.integers(0, 2), RULES)
def test_a_margin_in_number_that_is_the_one_in_per_cent_is_never_an_error(
    target: int, apart: int, places: int, rule: str
) -> None:
    told = rounded(Fraction(100 * apart, target), places, rule)
    if Fraction(told):
        found = checks.audit(margins(target + apart, apart, told))
        assert "error" not in set(found["severity"]), found["message"].tolist()
        assert list(found.recomputations["check"]) == ["margin"]


def test_a_moved_margin_is_caught() -> None:
    for n in range(99):
        target, apart = 4000 + 37 * n, 300 + n
        found = checks.audit(margins(target + apart, apart, f"{100 * apart / target + 0.4:.1f}"))
        assert list(found["check"]) == ["margin"]


PLACES = ("Ban Lung", "Dong Vai", "Tan Khe")


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(300, 500), st.integers(1, 9)), min_size=3, max_size=3), RULES)
def test_a_mean_of_its_parts_is_never_an_error(parts: list[tuple[int, int]], rule: str) -> None:
    mean = Fraction(sum(n * weight for n, weight in parts), 10 * sum(weight for _, weight in parts))
    listed = "; ".join(f"{place} commune, {n / 10} million VND" for place, (n, _) in zip(PLACES, parts, strict=True))
    for told, errors in ((mean, 0), (Fraction(max(parts)[0] + 4, 10), 1)):
        whole = rounded(told, 1, rule)
        text = f"In 2021, the income per head of the three communes was {whole} million VND, of which {listed}."
        assert list(read({"text": [text]}).findings["severity"]) == ["error"] * errors


def with_rate(amount: int, base: int, told: str) -> pd.DataFrame:
    """An amount, its base and so much per that, as somebody types it."""
    columns = {"value": [str(amount), str(base), told], "measure": ["amount"] * 3}
    return typed(**columns, unit=["t", "ha", "t"], per=["", "", "ha"])


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(100, 90000), st.integers(100, 90000), st.integers(1, 2), RULES)
def test_a_consistent_rate_is_never_an_error(amount: int, base: int, places: int, rule: str) -> None:
    told = rounded(Fraction(amount, base), places, rule)
    if Fraction(told):
        found = checks.audit(with_rate(amount, base, told))
        assert "error" not in set(found["severity"]), found["message"].tolist()
        assert list(found.recomputations["check"]) == ["rate"]


def test_a_moved_rate_is_caught() -> None:
    for n in range(99):
        amount, base = 4000 + 37 * n, 800 + n
        assert list(checks.audit(with_rate(amount, base, f"{amount / base + 0.2:.2f}"))["check"]) == ["rate"]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.integers(100, 9000), min_size=2, max_size=5), st.integers(0, 4), st.sampled_from([1, 1000]))
def test_a_part_that_is_a_thousand_times_off_is_named(parts: list[int], at: int, factor: int) -> None:
    told = [n * factor if k == at % len(parts) else n for k, n in enumerate(parts)]
    table = typed(
        value=[str(sum(parts)), *map(str, told)], measure=["amount"] * (len(parts) + 1),
        unit=["VND"] * (len(parts) + 1), part_of=[""] + ["f0"] * len(parts),
    )  # fmt: skip
    found = checks.audit(table)
    slips = found[found["check"] == "sum_total"]
    if factor == 1:
        assert found.empty and list(found.recomputations["agrees"]) == ["yes"]
    else:
        assert "1,000" in slips["explanation"].item() and set(found["severity"]) == {"warning"}


def test_the_page_on_the_checks_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / ".ci" / "checks_page.py"))["page"]()
    assert made == (ROOT / "analysis" / "checks" / "README.md").read_text(encoding="utf-8"), "run make checks"
