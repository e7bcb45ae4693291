"""Tables for people: words for codes, links to evidence, and nothing from a report obeyed."""

from __future__ import annotations

import io
import re
from base64 import b64decode

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

import analysis
from analysis import schema
from analysis.comparison.asks import next_pairs
from analysis.display.answers import targets_met
from analysis.display.cells import SYMBOLS
from analysis.display.evidence import evidence
from analysis.display.table import show
from analysis.reading.reports import Reports, from_text

COMPARISON = {
    "comparison_id": "r:1",
    "report": "r",
    "place": "<b>Xa An</b>",
    "subject": "total & budget revenue",
    "unit": "VND",
    "target": 303_120_356_612,
    "target_low": 302.97e9,
    "target_high": 303.27e9,
    "achieved": 408e9,
    "achieved_low": 408e9,
    "achieved_high": 408e9,
    "attainment": 1.346,
    "attainment_low": 1.3455,
    "attainment_high": 1.3465,
    "verdict": "exceeded",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "figure_ids": ("r:10", "a b:20"),
}
COMPARISONS = schema.frame("comparisons", [COMPARISON, {"verdict": "undetermined", "figure_ids": ()}])
FIGURES = schema.frame(
    "figures", [{"figure_id": "r:10", "quote": "34.6%"}, {"figure_id": "a b:20", "quote": "408 <i>"}]
)


def table(html: str) -> Tag:
    """Return the table element."""
    found = BeautifulSoup(html, "html.parser").table
    assert found is not None
    return found


def texts(row: Tag) -> list[str]:
    """Return what stands in the cells of a row."""
    return [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]


def test_a_comparison_is_told_in_words() -> None:
    found = table(show(COMPARISONS, caption="All", figures=FIGURES, links="")._repr_html_())
    head, first, second = found.find_all("tr")
    assert texts(head) == ["Subject", "Place", "Period", "Target", "Achieved", "Attainment", "Verdict", "Evidence"]
    assert texts(first) == [
        "total & budget revenue",
        "<b>Xa An</b>",
        "2023",
        "303.1 billion VND ± 302.97 to 303.27 billion VND",
        "408 billion VND",
        "134.6% ± 134.55 to 134.65%",
        f"{SYMBOLS['exceeded']} exceeded",
        "34.6% , 408 <i>",
    ]
    assert [a["href"] for a in first.find_all("a")] == ["report-r.html#f10", "report-a%20b.html#f20"]
    assert texts(second) == ["", "", "", "", "", "", f"{SYMBOLS['undetermined']} undetermined", ""]


def test_a_screen_reader_learns_what_each_cell_is() -> None:
    html = show(COMPARISONS, caption='Two "rows"')._repr_html_()
    found = table(html)
    assert found.caption.text == 'Two "rows"'
    assert all(cell["scope"] == "col" for cell in found.thead.find_all("th"))
    named, nameless = found.tbody.find_all("tr")
    assert named.th["scope"] == "row" and nameless.th is None
    region = BeautifulSoup(html, "html.parser").find(role="region")
    assert (region["aria-label"], region["tabindex"]) == ('Two "rows"', "0")
    assert all(sign["aria-hidden"] == "true" for sign in found.find_all(class_="symbol"))


def test_a_figure_links_to_itself() -> None:
    rows = [
        {"figure_id": "r:10", "quote": "<s>34.6%", "value": 34.6, "unit": "%", "role": "target", "measure": "margin"}
    ]
    found = table(show(schema.frame("figures", rows), links="x/")._repr_html_())
    assert [(a.text, a["href"]) for a in found.find_all("a")] == [
        ("<s>34.6%", "x/report-r.html#f10"),
        ("34.6%", "x/report-r.html#f10"),
    ]


def test_words_without_a_figure_are_linked_too() -> None:
    claim = {
        "report": "r",
        "check": "unsupported_claim",
        "severity": "note",
        "quote": "met & more",
        "start": 5,
        "end": 9,
    }
    (row,) = table(show(schema.frame("findings", [claim | {"figure_ids": ()}]), links="")._repr_html_()).tbody.find_all(
        "tr"
    )
    assert texts(row)[:2] == ["success without a figure", f"{SYMBOLS['note']} note"]
    assert (row.a.text, row.a["href"]) == ("met & more", "report-r.html#s5")


def test_an_outlook_has_labels_of_its_own() -> None:
    names = {"subject": "revenue", "place": "P", "period_start": pd.Timestamp("2024-01-01")}
    rows = [names | {"target": 371e9, "achieved": 408e9, "unit": "VND", "verdict": "below", "figure_ids": ()}]
    head, row = table(show(schema.frame("outlook", rows))._repr_html_()).find_all("tr")
    assert texts(head)[3:6] == ["Target", "Latest result", "Target is"]
    assert texts(row)[3:6] == ["371 billion VND", "408 billion VND", "below"]  # no sign: ▲ is better elsewhere
    pairs = next_pairs(schema.frame("outlook", [row | {"direction": "lower"} for row in rows]), schema.empty("figures"))
    _, row = table(show(pairs)._repr_html_()).find_all("tr")
    assert f"{SYMBOLS['above']} more" in texts(row)


def test_a_column_in_which_no_row_says_anything_is_left_out() -> None:
    shown = show(pd.DataFrame({"first": ["", ""], "none": [None, ""], "some": [None, 0.0]}))
    assert [head.text for head in table(shown.html()).thead.find_all("th")] == ["First", "Some"]
    assert shown.labels == ("First", "None", "Some")


def test_a_report_links_to_its_page() -> None:
    found = table(show(COMPARISONS.head(1), ["place", "report"], links="x/")._repr_html_())
    assert (found.a.text, found.a["href"]) == ("r", "x/report-r.html")


def test_columns_labels_and_limit_are_the_callers() -> None:
    shown = show(COMPARISONS, {"verdict": "How it went", "place": ""}, caption="Short", limit=1)
    assert str(shown).splitlines() == ["Short (1 of 2 rows)", "How it went | Place", "exceeded    | <b>Xa An</b>"]
    with pytest.raises(KeyError, match="no column 'wrong'"):
        show(COMPARISONS, ["wrong"])


def test_any_frame_can_be_shown() -> None:
    frame = pd.DataFrame(
        {
            "word": ["a", None],
            "n": [1234.5, float("nan")],
            "yes": [True, False],
            "day": [pd.Timestamp("2024-06-30"), pd.NaT],
            "parts": [("x", "y"), ()],
        }
    )
    rows = table(show(frame)._repr_html_()).tbody.find_all("tr")
    assert [texts(row) for row in rows] == [["a", "1,234.5", "yes", "2024-06-30", "x and y"], ["", "", "no", "", ""]]
    assert rows[0].find_all("td")[0]["data-value"] == "1234.5"


def test_what_pandas_counted_is_shown_with_its_names() -> None:
    counted = pd.crosstab(COMPARISONS["place"], COMPARISONS["verdict"].astype(str))
    head, first, second = table(show(counted)._repr_html_()).find_all("tr")
    assert texts(head) == ["Place", "Exceeded", "Undetermined"]
    assert [texts(first), texts(second)] == [["", "0", "1"], ["<b>Xa An</b>", "1", "0"]]


def test_numbers_carry_what_to_sort_them_by() -> None:
    found = table(show(COMPARISONS)._repr_html_())
    assert [cell.get("data-value") for cell in found.tbody.tr.find_all("td")[2:5]] == [
        "303120356612.0",
        "408000000000.0",
        "1.346",
    ]


def test_a_frame_without_rows_says_so_in_a_notebook_and_keeps_its_head_on_a_page() -> None:
    shown = show(schema.empty("findings"), caption="Errors & warnings")
    assert shown._repr_html_() == "<p>Errors &amp; warnings: none.</p>"
    assert texts(table(shown.html()).tr)[0] == "Check"


@pytest.mark.parametrize(
    ("columns", "heads"),
    [
        ("asks caution", ["What", "Latest result", "Next target", "It asks for", "Caution"]),
        ("question why", ["Question", "Why ask"]),
        ("quote context rule why", ["Number", "Context", "Rule", "Why"]),
        ("check severity rule", ["Check", "At most", "What it asks"]),
        ("place anything", ["Place", "Anything"]),
    ],
)
def test_a_frame_is_told_by_its_columns(columns: str, heads: list[str]) -> None:
    frame = pd.DataFrame({name: ["a"] for name in columns.split()})
    if "asks" in frame:
        frame[["subject", "achieved", "target", "unit"]] = [["tons", 2.0, 1.0, "t"]]
        assert show(frame, ["subject", "achieved", "target", "asks", "caution"]).labels == tuple(heads)
    else:
        assert list(show(frame, None if "place" in columns else frame.columns).labels) == heads


def test_what_a_rule_finds_at_most_is_not_printed_in_red() -> None:
    rules = pd.DataFrame([{"check": "bounds", "severity": "error", "rule": "No more is done than there is."}])
    assert "bad" in show(rules[["severity"]]).html() and "bad" not in show(rules).html()


def test_an_earlier_level_of_people_is_a_whole_number_and_no_more_exact_than_it_is_known() -> None:
    frame = pd.DataFrame({"before": [894.51, 1052631.5], "added": [2039.49, 947368.5], "unit": ["count", "count"]})
    (_, *few), (_, *many) = show(frame, ["unit", "before", "added"]).rows
    assert [cell.text for cell in [*few, *many]] == ["895", "2,039", "1,053,000", "947,400"]


STATED = [
    {
        "figure_id": "r:10",
        "quote": "at least 70",
        "value": 70,
        "low": 70,
        "high": float("inf"),
        "qualifier": "at_least",
    },
    {"figure_id": "r:20", "quote": "nearly 4,700", "value": 4700, "low": 4600, "high": 4700, "qualifier": "almost"},
    {
        "figure_id": "r:30",
        "quote": "53.4 million VND",
        "value": 53.4e6,
        "low": 53.35e6,
        "high": 53.45e6,
        "per": "person year",
    },
    {"figure_id": "r:40", "quote": "117.4%", "value": 117.4, "low": 117.35, "high": 117.45, "qualifier": "exact"},
]
ROLES = [("target", "amount", "count"), ("achieved", "amount", "count"), ("achieved", "amount", "VND")]
ROLES += [("achieved", "attainment", "%")]
WORDS = schema.frame(
    "figures",
    [
        row | {"role": role, "measure": measure, "unit": unit}
        for row, (role, measure, unit) in zip(STATED, ROLES, strict=True)
    ],
)


def test_an_amount_keeps_its_qualifier_and_its_interval() -> None:
    rows = table(show(WORDS, ["value"]).html()).tbody.find_all("tr")
    assert [texts(row) for row in rows] == [
        ["at least 70"],
        ["nearly 4,700 ± 4,600 to 4,700"],
        ["53.4 million VND per person and year"],
        ["117.4%"],
    ]


SIDES = {
    "the target is stated, the result too": (
        {"target": 70, "target_low": 70, "target_high": float("inf"), "achieved": 4700, "figure_ids": ("r:20", "r:10")},
        [("at least 70", "f10"), ("nearly 4,700", "f20")],
    ),
    "the target follows from the per cent": (
        {"target": 4003, "achieved": 4700, "figure_ids": ("r:20", "r:40")},
        [("4,003", "f40"), ("nearly 4,700", "f20")],
    ),
    "a computed number borrows no qualifier": (
        {"target": 71, "achieved": 4700, "figure_ids": ("r:10", "r:20")},
        [("71", "f10"), ("nearly 4,700", "f20")],
    ),
    "what a rate is per comes with its figure": (
        {"achieved": 53.4e6, "unit": "VND", "figure_ids": ("r:30",)},
        [("53.4 million VND per person and year", "f30")],
    ),
}


@pytest.mark.parametrize("case", SIDES)
def test_each_side_leads_to_the_words_that_state_it(case: str) -> None:
    row, expected = SIDES[case]
    shown = show(schema.frame("comparisons", [row]), ["target", "achieved"], figures=WORDS, links="")
    links = [(a.text, a["href"].partition("#")[2]) for a in table(shown.html()).tbody.find_all("a")]
    assert links == expected


def test_a_stated_per_cent_leads_to_its_words_and_a_computed_one_nowhere() -> None:
    rows = [{"attainment": 1.174, "figure_ids": ("r:20", "r:40")}, {"attainment": 67.1, "figure_ids": ("r:20", "r:10")}]
    first, second = table(
        show(schema.frame("comparisons", rows), ["attainment"], figures=WORDS, links="").html()
    ).tbody.find_all("tr")
    assert (first.a.text, first.a["href"]) == ("117.4%", "report-r.html#f40")
    assert second.a is None


def test_what_one_side_is_said_to_be_per_holds_for_both() -> None:
    figures = [
        {"figure_id": "r:1", "quote": "4%", "value": 4.0, "unit": "pp", "role": "target", "measure": "change"},
        {"figure_id": "r:2", "quote": "5%", "value": 5.0, "unit": "pp", "role": "achieved", "measure": "change"},
    ]
    figures[1]["per"] = "year"
    row = {"comparison_id": "r:1>2", "target": 4.0, "achieved": 5.0, "unit": "pp", "figure_ids": ("r:1", "r:2")}
    made = show(schema.frame("comparisons", [row]), ["target", "achieved"], figures=schema.frame("figures", figures))
    assert [cell.text for cell in made.rows[0]] == [f"{n} percentage points per year" for n in (4, 5)]


@pytest.mark.parametrize(("role", "told"), [("projected", "408 (projected)"), ("achieved", "408")])
def test_a_projection_is_told_as_one(role: str, told: str) -> None:
    figure = {"figure_id": "r:2", "quote": "408", "value": 408.0, "unit": "count", "role": role, "measure": "amount"}
    row = {"comparison_id": "r:2", "target": 400.0, "achieved": 408.0, "unit": "count", "figure_ids": ("r:2",)}
    row |= {"projected": role == "projected"}
    made = show(schema.frame("comparisons", [row]), ["achieved"], figures=schema.frame("figures", [figure]))
    assert made.rows[0][0].text == told


def saved(html: str) -> tuple[str, pd.DataFrame]:
    """Return the name and the rows of the file in a table's link."""
    link = BeautifulSoup(html, "html.parser").select_one(".take a")
    content = b64decode(link["href"].partition("base64,")[2])
    assert content.startswith(b"\xef\xbb\xbf")
    return link["download"], pd.read_csv(io.BytesIO(content))


def test_the_file_holds_every_digit_and_what_the_words_stand_for() -> None:
    name, rows = saved(show(COMPARISONS, caption="Targets & results", figures=FIGURES).html())
    assert name == "targets-results.csv"
    first = rows.iloc[0]
    assert (first["attainment_low"], first["target"], first["unit"]) == (1.3455, 303_120_356_612, "VND")
    assert (first["period_start"], first["figure_ids"]) == ("2023-01-01", "r:10 a b:20")


def test_text_of_a_report_is_no_formula_in_the_file() -> None:
    _, rows = saved(show(pd.DataFrame({"words": ["=1+1", "@x", "-x", "-5%", "+3", "a=b"]})).html())
    assert rows["words"].tolist() == ["'=1+1", "'@x", "'-x", "-5%", "+3", "a=b"]


def test_a_long_table_says_how_much_it_shows_and_how_much_the_file_holds() -> None:
    frame = pd.DataFrame({"words": ["x" * 30] * 400})
    html = show(frame, caption="Many").html()
    assert "(300 of 400 rows)" in table(html).caption.text
    assert len(table(html).tbody.find_all("tr")) == 300
    assert len(saved(html)[1]) == 400
    longer = show(pd.DataFrame({"words": ["x" * 300] * 4000}), caption="Many").html()
    told = BeautifulSoup(longer, "html.parser").select_one(".take a").text
    assert len(longer) < 600_000
    assert told.startswith(f"Download as CSV (the first {len(saved(longer)[1]):,} of 4,000 rows")


def test_a_table_without_rows_has_no_file() -> None:
    assert BeautifulSoup(show(schema.empty("findings")).html(), "html.parser").select_one(".take") is None


def test_words_of_the_report_stand_where_there_is_no_subject() -> None:
    rows = pd.DataFrame({"subject": ["tea", "", ""], "wording": ["", "it made 41 tons", ""], "place": ["a", "b", "c"]})
    assert [row[0].text for row in show(rows).rows] == ["tea", "“it made 41 tons”", ""]
    assert [row[0].text for row in show(rows.drop(columns="wording")).rows] == ["tea", "", ""]


def test_dollars_are_money_and_no_mathematics() -> None:
    text = "In 2023 Xa An district collected $1.27 billion of the planned $2.6 billion in taxes."
    reports = Reports([from_text(text, "r")])
    made = analysis.tabulate(reports)  # which gives plain frames their look
    shown = [show(made.figures), evidence(made.figures, reports), targets_met(made), made.figures.head(1)]
    for html in (one._repr_html_() for one in shown):
        soup = BeautifulSoup(html, "html.parser")
        dollars = soup.find_all(string=re.compile(r"\$"))
        assert all(words.find_parent(class_="mathjax_ignore") for words in dollars)
        assert soup.find(class_="mathjax_ignore")
