"""The checks: cases that trip each of them and near twins that must not, and what holds for any consistent report."""

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

from analysis import checks, schema
from analysis.checks import readings
from analysis.checks.results import Reading
from analysis.checks.sheet import sheets
from analysis.intervals import Interval, exact
from tests import ROOT

HERE = ROOT / "tests"
CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "cases/checks").glob("*.json"))
}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?(?:(?:[ \w]* out of |/)(\d[\d,]*(?:\.\d+)?))?")
REPORT = "case"


def all_cases() -> list[Any]:
    return [pytest.param(name, case, id=f"{name}: {case['name']}") for name, cases in CASES.items() for case in cases]


class Draft:
    """A case turned into tables."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.text = " ".join(case["text"])
        starts = [sum(len(sentence) + 1 for sentence in case["text"][:n]) for n in range(len(case["text"]))]
        self.sentences = list(zip(starts, case["text"], strict=True))
        self.ids: dict[str, str] = {}
        spans = [self.span(figure) for figure in case["figures"]]
        for figure, (start, _) in zip(case["figures"], spans, strict=True):
            key = figure.get("key", figure["at"])
            assert key not in self.ids, f"two figures have the key {key}"
            self.ids[key] = f"{REPORT}:{start}"
        rows = [self.row(dict(figure), *span) for figure, span in zip(case["figures"], spans, strict=True)]
        self.figures = schema.frame("figures", rows)
        self.comparisons = self.linked("comparisons", case)
        self.outlook = self.linked("outlook", case)
        self.claims = self.claim_rows(case)

    def span(self, item: dict[str, Any]) -> tuple[int, int]:
        after = item.get("after", "")
        start = self.text.index(item["at"], self.text.index(after) + len(after))
        return start, start + len(item["at"])

    def row(self, figure: dict[str, Any], start: int, end: int) -> dict[str, Any]:
        quote, year = figure.pop("at"), str(figure.pop("period", "2023"))
        sentence_start, sentence = next((a, s) for a, s in self.sentences if a <= start < a + len(s))
        figure.pop("key", None), figure.pop("after", None)
        scale = Fraction(10) ** figure.pop("scale", 0)
        unit = figure.setdefault("unit", "%" if "%" in quote else "count")
        digits, of = found.groups() if (found := NUMBER.search(quote)) else (None, None)
        first, last = (year, year) if len(year) > 4 else (f"{year}-01-01", f"{year}-12-31")
        row: dict[str, Any] = {
            "figure_id": f"{REPORT}:{start}", "report": REPORT, "start": start, "end": end, "quote": quote,
            "sentence": sentence, "sentence_start": sentence_start, "qualifier": "exact", "measure": "amount",
            "role": "achieved", "place": "Here", "sign": 1, "whole": "",
            "period_start": pd.Timestamp(first), "period_end": pd.Timestamp(last),
        }  # fmt: skip
        if digits is not None:
            places = len(digits.partition(".")[2])
            row["value"], row["step"] = float(exact(digits) * scale), float(scale / 10**places)
            row["out_of"] = None if of is None else float(exact(of) * scale)
            known = "." in digits or scale != 1 or unit in ("%", "pp", "times")
            half = exact(row["step"]) / 2 if known and figure.get("role") != "target" else Fraction(0)
            row["low"], row["high"] = (float(exact(row["value"]) + end) for end in (-half, half))
        else:
            row |= {"value": figure["value"], "step": 1.0, "low": figure["value"], "high": figure["value"]}
        for link in ("about", "part_of"):
            figure[link] = self.ids[figure[link]] if link in figure else ""
        row |= figure
        return row | {"high": float(row["high"])}

    def linked(self, table: str, case: dict[str, Any]) -> pd.DataFrame | None:
        if table not in case:
            return None
        rows = [dict(row, comparison_id=f"c{n}", report=REPORT, place="Here") for n, row in enumerate(case[table])]
        return schema.frame(
            table, [row | {"figure_ids": tuple(self.ids[key] for key in row["figures"])} for row in rows]
        )

    def claim_rows(self, case: dict[str, Any]) -> pd.DataFrame:
        columns = ["report", "place", "start", "end", "quote", "sentence", "kind"]
        rows = []
        for claim in case.get("claims", []):
            start, end = self.span(claim)
            rows.append([REPORT, "Here", start, end, claim["at"], self.text, claim["kind"]])
        return pd.DataFrame(rows, columns=columns)

    def audit(self) -> pd.DataFrame:
        return checks.audit(self.figures, self.comparisons, self.claims, self.outlook)


@pytest.mark.parametrize(("check", "case"), all_cases())
def test_case(check: str, case: dict[str, Any]) -> None:
    draft = Draft(case)
    found = draft.audit()
    shown = "\n".join(f"{row.severity} {row.check} {row.quote}: {row.message}" for row in found.itertuples())
    got = sorted((row.check, row.severity, row.quote) for row in found.itertuples())
    assert got == sorted((want["check"], want["severity"], want["at"]) for want in case["findings"]), shown
    for want in case["findings"]:
        row = found[(found["check"] == want["check"]) & (found["quote"] == want["at"])].iloc[0]
        assert draft.text[row["start"] : row["end"]] == row["quote"]
        for name, column in (("stated", "stated"), ("low", "recomputed_low"), ("high", "recomputed_high")):
            assert name not in want or row[column] == pytest.approx(want[name], rel=6e-4), (column, row[column])
        assert want.get("why", "") in row["explanation"]
        assert (row["explanation"] != "") == (want["severity"] == "warning" and want["check"] != "conflict")


@pytest.mark.parametrize("check", list(checks.RULES))
def test_every_check_has_a_case_that_trips_it_and_a_near_twin(check: str) -> None:
    tripped = [case for case in CASES[check] if any(want["check"] == check for want in case["findings"])]
    twins = [case for case in CASES[check] if case["name"].startswith("twin: ")]
    assert tripped and twins
    assert not any(want["check"] == check for case in twins for want in case["findings"])


def test_every_case_file_belongs_to_a_check() -> None:
    assert sorted(CASES) == sorted(checks.RULES)


def test_cases_from_the_wild_are_quoted_as_they_stand() -> None:
    seeds = "\n".join(path.read_bytes().decode("utf-8") for path in (HERE.parent / "seeds").glob("*.txt"))
    wild = [
        sentence for cases in CASES.values() for case in cases if case["origin"] == "wild" for sentence in case["text"]
    ]
    assert [sentence for sentence in wild if sentence not in seeds] == []


@pytest.mark.parametrize("check", list(checks.CHECKS))
def test_every_check_says_why_it_is_there(check: str) -> None:
    rule = checks.RULES[check]
    assert (checks.CHECKS[check].__doc__ or "").strip() and rule.why and rule.rule and rule.source
    assert rule.severity in schema.VOCABULARIES["severity"]


def test_messages_are_one_sentence_that_accuses_no_number() -> None:
    messages = [m for _, cases in CASES.items() for case in cases for m in Draft(case).audit()["message"]]
    assert messages
    for message in messages:
        assert message.endswith(".") and not re.search(r"[.!?] [A-Z]", message), message
        assert not re.search(r"\b(?:wrong|incorrect|false|should be|mistake)\b", message), message


def test_finding_ids_are_stable_and_name_their_place() -> None:
    draft = Draft(CASES["class_sum"][0])
    first, again = draft.audit(), Draft(CASES["class_sum"][0]).audit()
    pd.testing.assert_frame_equal(first, again)
    start = draft.text.index("19.1%")
    assert f"{REPORT}:class_sum:{start}" in set(first["finding_id"])
    assert first["finding_id"].is_unique


def test_findings_of_several_reports_come_report_by_report() -> None:
    frames = []
    for name in ("b", "a"):
        figures = Draft(CASES["over_whole"][0]).figures
        for column in ("figure_id", "report", "about", "part_of"):
            figures[column] = figures[column].str.replace(REPORT, name)
        frames.append(figures)
    found = checks.audit(pd.concat(frames, ignore_index=True))
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


# What holds for any report: figures that are consistent under some rounding rule are never called an error.

RULES = st.sampled_from(list(checks.ROUNDINGS))


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


def listing(counts: list[int], shares: list[str]) -> dict[str, Any]:
    """A class list as a case."""
    texts = (
        "who excellently completed their tasks",
        "who completed their tasks well",
        "who completed their tasks",
        "who did not complete their tasks",
    )
    text, figures = "", []
    for n, (count, share, words) in enumerate(zip(counts, shares, texts, strict=True)):
        figures.append({"at": f"{count} members", "after": text, "key": f"k{n}", "value": count})
        figures.append({"at": f"({share}%)", "after": text, "key": f"s{n}", "measure": "share", "about": f"k{n}"})
        text += f"{count} members {words} ({share}%), "
    return {"text": [text], "figures": figures}


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 5000), min_size=4, max_size=4), st.integers(0, 2), RULES)
def test_a_consistent_class_list_is_never_an_error(counts: list[int], places: int, rule: str) -> None:
    shares = [rounded(Fraction(100 * count, sum(counts)), places, rule) for count in counts]
    found = Draft(listing(counts, shares)).audit()
    assert "error" not in set(found["severity"]), found["message"].tolist()
    if rule != "truncate":
        assert set(found["severity"]) <= {"note"}, found["message"].tolist()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 2), RULES)
def test_a_consistent_share_or_attainment_is_never_an_error(a: int, b: int, places: int, rule: str) -> None:
    part, whole = min(a, b), max(a, b)
    share = rounded(Fraction(100 * part, whole), places, rule)
    attained = rounded(Fraction(100 * a, b), places, rule)
    case = {
        "text": [
            f"Of {whole} things, {part} items ({share}%).",
            f"There are {a} of them, or {attained} per cent of {b} planned.",
        ],
        "figures": [
            {"at": f"{whole} things", "key": "whole"}, {"at": f"{part} items", "key": "part", "part_of": "whole"},
            {"at": f"({share}%)", "measure": "share", "about": "part"}, {"at": f"{a} of", "key": "a"},
            {"at": f"{attained} per cent", "unit": "%", "measure": "attainment", "about": "a"},
            {"at": f"{b} planned", "role": "target", "about": "a"},
        ],
    }  # fmt: skip
    draft = Draft(case)
    assert "error" not in set(draft.audit()["severity"]), draft.audit()["message"].tolist()
    alone = Draft({"text": case["text"], "figures": case["figures"][3:5]})
    assert "error" not in set(alone.audit()["severity"]), alone.audit()["message"].tolist()


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
        links = {"part_of": "w"} if measure == "share" else {}
        base = {} if measure == "share" else {"role": "target", "about": "p"}
        figures = [
            {"at": f"{whole} things", "key": "w"} | base,
            {"at": f"{part} items", "key": "p"} | links,
            {"at": f"({moved}%)", "measure": measure, "about": "p"},
        ]
        found = Draft({"text": [f"Of {whole} things, {part} items ({moved}%)."], "figures": figures}).audit()
        caught += bool({"part_whole_share", "attainment"} & set(found["check"]))
    assert caught / 200 >= 0.95


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(1, 90000), st.integers(1, 90000), st.integers(0, 1), RULES)
def test_consistent_amounts_of_money_are_never_an_error(a: int, b: int, places: int, rule: str) -> None:
    part, whole = Fraction(min(a, b), 100), Fraction(max(a, b), 100)
    texts = [rounded(amount, places, rule) for amount in (part, whole)]
    if "0" in (texts[0].strip("0.") or "0", texts[1].strip("0.") or "0"):
        return
    share, grown = rounded(100 * part / whole, 1, rule), rounded(100 * (whole / part - 1), 1, rule)
    case = {
        "text": [
            f"Of {texts[1]} billion in all, {texts[0]} billion of it ({share}%).",
            f"That is {texts[1]} billion now, up {grown} per cent on the {texts[0]} billion before.",
        ],
        "figures": [
            {"at": f"{texts[1]} billion in all", "key": "w", "scale": 9, "unit": "VND"},
            {"at": f"{texts[0]} billion of it", "key": "p", "scale": 9, "unit": "VND", "part_of": "w"},
            {"at": f"({share}%)", "measure": "share", "about": "p"},
            {"at": f"{texts[1]} billion now", "key": "new", "scale": 9, "unit": "VND"},
            {"at": f"{grown} per cent", "unit": "%", "measure": "change", "measure_cue": "up", "about": "new"},
            {"at": f"{texts[0]} billion before", "key": "old", "scale": 9, "unit": "VND", "period": "2022"},
        ],
    }
    found = Draft(case).audit()
    assert "error" not in set(found["severity"]), found["message"].tolist()


def test_perturbed_class_lists_are_caught() -> None:
    caught = 0
    for seed in range(200):
        counts = [200 + seed, 2100 + 3 * seed, 90 + seed % 50, 10 + seed % 20]
        shares = [Fraction(100 * count, sum(counts)) for count in counts]
        shares[seed % 4] += Fraction(1 + seed % 7, 2)
        found = Draft(listing(counts, [rounded(share, 1, "half_up") for share in shares])).audit()
        caught += {"part_whole_share", "class_sum"} <= set(found["check"])
    assert caught / 200 >= 0.95


def test_the_page_on_the_checks_is_up_to_date() -> None:
    root = HERE.parent
    made = runpy.run_path(str(root / ".ci" / "checks_page.py"))["page"]()
    assert made == (root / "analysis" / "checks" / "README.md").read_text(encoding="utf-8"), "run make checks"
