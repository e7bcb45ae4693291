"""A page for each place, and the front page: counted, linked, told apart, escaped, and right where there is nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

import analysis
from analysis import schema
from analysis.display.counted import outcomes as outcomes_of
from analysis.pages.overview import first_findings, overview
from analysis.pages.place import place_page, place_pages
from analysis.pages.places import ENOUGH, Locality, localities
from analysis.pages.report import report_page
from analysis.pages.scorecard import outcomes, scorecard_table
from analysis.reading.reports import Place, Report, Reports, from_text
from analysis.tables import Tables, tabulate
from tests import ROOT

SEEDS = ROOT / "seeds"
NAMES = ("figures", "comparisons", "outlook", "findings")
HOSTILE = "</script><b>An & Xa\"'"


def tables(**rows: list[dict]) -> Tables:
    """Return tables with the given rows and nothing else."""
    return Tables(*(schema.frame(name, rows.get(name, [])) for name in NAMES))


def figures(count: int, **cells: object) -> list[dict]:
    """Return so many figures that differ in nothing but their id."""
    return [{"figure_id": f"r:{n}", "report": "r", "role": "achieved"} | cells for n in range(count)]


def soup(html: str) -> BeautifulSoup:
    """Return a page, parsed."""
    return BeautifulSoup(html, "html.parser")


def texts(row: Tag) -> list[str]:
    """Return what stands in the cells of a row."""
    return [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]


# --- which places have a page, and what it is called -----------------------------------------------------------------

PAGED = {
    "many figures": ({"figures": figures(ENOUGH, place="Xa")}, True),
    "few figures": ({"figures": figures(ENOUGH - 1, place="Xa")}, False),
    "a target": ({"figures": figures(1, place="Xa", role="target")}, True),
    "a comparison": ({"comparisons": [{"report": "r", "place": "Xa", "figure_ids": ()}]}, True),
    "a later target": ({"outlook": [{"report": "r", "place": "Xa", "figure_ids": ()}]}, True),
    "a finding": ({"findings": [{"report": "r", "place": "Xa", "figure_ids": ()}]}, True),
}


@pytest.mark.parametrize("case", PAGED)
def test_a_place_has_a_page_if_there_is_enough_to_tell(case: str) -> None:
    rows, paged = PAGED[case]
    (place,) = localities(Reports(), tables(**rows))
    assert place.file == ("place-xa.html" if paged else "")


def files(*places: tuple[str, str, str]) -> list[str]:
    """Return the files of places given by report, name and province."""
    reports = [Report(report, "", places=(Place(name, "", province),)) for report, name, province in places]
    rows = [{"report": report, "place": name, "role": "target"} for report, name, _ in places]
    return [place.file for place in localities(Reports(reports), tables(figures=rows))]


def test_equal_names_of_two_provinces_are_two_places() -> None:
    assert files(("a", "Xa", "Bac"), ("b", "Xa", "Nam")) == ["place-xa-bac.html", "place-xa-nam.html"]


def test_a_report_that_names_no_province_means_the_only_one() -> None:
    assert files(("a", "Xa", "Bac"), ("b", "Xa", "")) == ["place-xa.html"]


def test_where_two_provinces_are_known_a_report_without_one_stays_apart() -> None:
    made = files(("a", "Xa", "Bac"), ("b", "Xa", "Nam"), ("c", "Xa", ""))
    assert len(set(made)) == 3 and {"place-xa-bac.html", "place-xa-nam.html"} < set(made)


@pytest.mark.parametrize("names", [("Đông Hà", "Dong Ha"), ("…", "<>"), ("A B", "a-b"), ("No place named", "")])
def test_names_that_look_alike_in_a_file_are_kept_apart(names: tuple[str, str]) -> None:
    made = files(*((str(n), name, "") for n, name in enumerate(names)))
    assert len({file.lower() for file in made}) == 2
    assert all(file.startswith("place-") and file.isascii() and len(file) < 100 for file in made)


def test_a_name_that_is_no_file_name_becomes_one() -> None:
    assert files(("a", "../../etc/passwd", "")) == ["place-etc-passwd.html"]
    assert len(files(("a", "x" * 5000, ""))[0]) < 100


# --- what stands on it -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds() -> tuple[Reports, Tables]:
    reports = analysis.read(SEEDS)
    return reports, tabulate(reports)


@pytest.fixture(scope="module")
def pages(seeds: tuple[Reports, Tables]) -> dict[str, str]:
    return dict(place_pages(*seeds))


def paged(seeds: tuple[Reports, Tables]) -> list[Locality]:
    """Return the places that have a page."""
    return [place for place in localities(*seeds) if place.file]


def test_every_row_about_a_place_is_on_its_page(seeds: tuple[Reports, Tables], pages: dict[str, str]) -> None:
    _, all_rows = seeds
    assert len(pages) > 3
    for place in paged(seeds):
        page = soup(pages[place.file])
        for section, rows in (
            ("results", all_rows.aimed),
            ("findings", all_rows.findings),
            ("figures", all_rows.figures),
        ):
            own = rows[rows["place"] == place.name]
            shown = page.select(f"section[aria-labelledby={section}] table.data tbody tr")
            assert len(shown) == len(own), (place.name, section)
        later = all_rows.outlook[all_rows.outlook["place"] == place.name]
        captions = {caption.text: caption.parent for caption in page.select("caption")}
        if len(later):
            assert len(captions["Next targets against the latest results"].select("tbody tr")) == len(later)


def test_every_link_leads_to_a_mark_of_a_figure(seeds: tuple[Reports, Tables], pages: dict[str, str]) -> None:
    known = {f"report-{one.rpartition(':')[0]}.html#f{one.rpartition(':')[2]}" for one in seeds[1].figures["figure_id"]}
    claims = seeds[1].findings
    known |= {f"report-{row.report}.html#s{row.start}" for row in claims.itertuples()}
    for html in pages.values():
        marks = [a["href"] for a in soup(html).select("main a[href*='#']") if not a["href"].startswith(("#", "data:"))]
        assert marks and set(marks) <= known


def test_targets_are_drawn_with_words_for_those_who_do_not_see(
    seeds: tuple[Reports, Tables], pages: dict[str, str]
) -> None:
    aimed = seeds[1].aimed
    for place in paged(seeds):
        page = soup(pages[place.file])
        drawn = page.select("section[aria-labelledby=results] .chart svg")
        assert bool(drawn) == bool((aimed["place"] == place.name).any())
        assert all(svg["role"] == "img" and len(svg["aria-label"]) > 30 for svg in drawn)


def test_errors_come_first_and_columns_that_say_nothing_are_left_out() -> None:
    found = [
        {"report": "r", "place": "Xa", "severity": word, "figure_ids": ()} for word in ("note", "error", "warning")
    ]
    (html,) = dict(place_pages(Reports([Report("r", "")]), tables(findings=found))).values()
    head, *rows = soup(html).select("section[aria-labelledby=findings] tr")
    assert [texts(row)[0].split()[-1] for row in rows] == ["error", "warning", "note"]
    assert not {"Explanation", "Report"} & set(texts(head))
    found[0] |= {"explanation": "x"}
    found[1] |= {"report": "s"}
    (html,) = dict(place_pages(Reports([Report("r", ""), Report("s", "")]), tables(findings=found))).values()
    assert {"Explanation", "Report"} < set(texts(soup(html).select_one("section[aria-labelledby=findings] tr")))


def test_a_page_has_one_heading_and_no_gap_below_it(pages: dict[str, str]) -> None:
    for html in pages.values():
        page = soup(html)
        levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3"])]
        assert levels.count(1) == 1 and levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        labels = [region["aria-label"] for region in page.select("[role=region], [role=group]")]
        labels += [page.find(id=section["aria-labelledby"]).text for section in page.select("section")]
        assert len(labels) == len(set(labels))
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids))


def test_names_from_reports_are_text_on_a_page() -> None:
    reports = Reports([Report("r", "", places=(Place(HOSTILE, HOSTILE, HOSTILE),), source=HOSTILE)])
    rows = figures(1, place=HOSTILE, subject=HOSTILE, quote=HOSTILE, role="target", place_level=HOSTILE)
    compared = [{"report": "r", "place": HOSTILE, "subject": HOSTILE, "verdict": "missed", "attainment": 0.5}]
    compared[0] |= {"figure_ids": ("r:0",), "target": 2.0, "achieved": 1.0, "set_by": HOSTILE}
    found = [{"report": "r", "place": HOSTILE, "message": HOSTILE, "severity": "error", "figure_ids": ("r:0",)}]
    all_rows = tables(figures=rows, comparisons=compared, findings=found)
    (html,) = dict(place_pages(reports, all_rows)).values()
    for page in (soup(html), soup(overview("T", [], reports, all_rows))):
        assert len(page.find_all("script")) == 1 and not page.find("b")
        assert HOSTILE in page.main.text
    assert soup(html).h1.text == HOSTILE


# --- the front page --------------------------------------------------------------------------------------------------


def test_the_front_page_counts_what_was_met_missed_and_left_open(seeds: tuple[Reports, Tables]) -> None:
    aimed = seeds[1].aimed
    verdicts = outcomes_of(aimed).value_counts()
    page = soup(overview("T", [], *seeds))
    told = {card["class"][-1]: int(card.select_one(".total").text) for card in page.select(".outcome")}
    assert told == {
        "reached": verdicts["exceeded"] + verdicts["met"],
        "missed": verdicts["missed"],
        "in-progress": verdicts["in progress"],
    }
    assert "2 more are projected to be" in page.select_one(".outcome.reached").text
    assert sum(told.values()) + 2 == len(aimed) == len(page.select("section[aria-labelledby=targets] tbody tr"))


def test_the_front_page_links_to_each_place_and_report(seeds: tuple[Reports, Tables]) -> None:
    hrefs = {a["href"] for a in soup(overview("T", [], *seeds)).select("main a[href]")}
    assert {place.file for place in paged(seeds)} <= hrefs
    assert {f"report-{report.id}.html" for report in seeds[0]} <= hrefs


def test_errors_come_first_and_notes_only_where_there_is_nothing_else() -> None:
    found = [{"severity": word, "message": word, "figure_ids": ()} for word in ("note", "warning", "error", "warning")]
    made = schema.frame("findings", found)
    assert list(first_findings(made)["severity"]) == ["error", "warning", "warning"]
    assert list(first_findings(made, most=1)["severity"]) == ["error"]
    assert list(first_findings(made[:1])["severity"]) == ["note"]
    assert first_findings(schema.empty("findings")).empty


def test_the_front_page_lists_a_passage_once_and_the_legend_names_its_number() -> None:
    rows = [("warning", "r:1"), ("warning", "r:1"), ("error", "r:2")]
    found = [{"report": "r", "severity": severity, "message": "m", "figure_ids": (one,)} for severity, one in rows]
    own = tables(figures=[{"figure_id": one, "report": "r"} for one in ("r:1", "r:2")], findings=found)
    assert list(first_findings(own.findings)["severity"]) == ["error", "warning"]
    legend = soup(report_page(Report("r", "words"), own)).select_one(".legend")
    assert legend is not None
    assert [(sup["class"][0], sup.text) for sup in legend.select("sup")] == [("error", "3"), ("warning", "1")]


def test_the_furthest_from_the_target_is_named_first() -> None:
    pairs = [("missed", 0.9), ("missed", 0.5), ("exceeded", 1.1), ("exceeded", 3.0), ("missed", None)]
    rows = [{"verdict": verdict, "attainment": ratio, "figure_ids": ()} for verdict, ratio in pairs]
    reached, missed, in_progress = outcomes(tables(comparisons=rows).aimed)
    assert [target.number for target in reached.targets] == ["300%", "110%"]
    assert [target.number for target in missed.targets] == ["50%", "90%", ""]
    assert (in_progress.total, in_progress.targets) == (0, [])


def test_what_is_only_projected_is_named_after_what_was_reached_and_counted_apart() -> None:
    rows = [{"attainment": 1.5, "projected": True}, {"attainment": 1.1, "projected": False}]
    reached, *_ = outcomes(tables(comparisons=[row | {"verdict": "exceeded", "figure_ids": ()} for row in rows]).aimed)
    assert [(one.before, one.number) for one in reached.targets] == [("", "110%"), ("a projected ", "150%")]
    assert (reached.total, reached.words, reached.more) == (1, ["1 exceeded", "1 more is projected to be"], "")


def test_of_what_is_in_progress_the_furthest_and_the_nearest_are_named() -> None:
    rows = [
        {"verdict": "in progress", "attainment": n / 10, "subject": "a", "place": "Xa An", "figure_ids": ()}
        for n in (5, 9, 1, 3)
    ]
    _, _, running = outcomes(tables(comparisons=rows).aimed)
    assert [target.number for target in running.targets] == ["10%", "30%", "90%"]
    _, _, running = outcomes(tables(comparisons=rows[:3]).aimed)
    assert [target.number for target in running.targets] == ["10%", "50%", "90%"]


def test_what_is_named_with_its_place_comes_before_what_is_further_and_unnamed() -> None:
    rows = [
        {"verdict": "missed", "attainment": 0.9, "subject": "a", "place": "Xa An", "figure_ids": ()},
        {"verdict": "missed", "attainment": 0.5, "subject": "b", "figure_ids": ()},
    ]
    _, missed, _ = outcomes(tables(comparisons=rows).aimed)
    assert [target.number for target in missed.targets] == ["90%", "50%"]


def test_a_count_under_missed_does_not_read_as_so_many_missed() -> None:
    row = {"verdict": "missed", "basis": "out_of", "unit": "count", "indicator": "targets_met", "subject": "targets"}
    row |= {"target": 25, "achieved": 22, "attainment": 0.88, "place": "Xa An", "figure_ids": ()}
    _, missed, _ = outcomes(tables(comparisons=[row, row | {"target": 9, "achieved": 8, "place": "Xa Ba"}]).aimed)
    assert missed.words == ["each a count of targets: 4 short in all"]
    assert [target.before for target in missed.targets] == ["only ", "only "]


def test_a_count_of_other_things_is_none_of_targets() -> None:
    row = {
        "verdict": "missed",
        "basis": "out_of",
        "unit": "count",
        "indicator": "targets_met",
        "subject": "homes built",
    }
    row |= {"target": 9000, "achieved": 4000, "attainment": 0.44, "place": "Xa An", "figure_ids": ()}
    _, missed, _ = outcomes(tables(comparisons=[row]).aimed)
    assert missed.words == []


def test_words_of_the_report_stand_where_nothing_names_what_was_aimed_at() -> None:
    row = {"verdict": "missed", "attainment": 0.5, "wording": "the farm sold half", "place": "Xa An", "figure_ids": ()}
    _, missed, _ = outcomes(tables(comparisons=[row]).aimed)
    assert missed.targets[0].words == "of the target: “the farm sold half”"


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("disbursement rate", "of the target: disbursement rate"),
        ("industrial output", "of the target for industrial output"),
    ],
)
def test_a_rate_that_is_the_per_cent_itself_is_no_target_of_its_own(subject: str, told: str) -> None:
    row = {"verdict": "missed", "attainment": 0.5, "basis": "percent only", "subject": subject, "figure_ids": ()}
    _, missed, _ = outcomes(tables(comparisons=[row]).aimed)
    assert missed.targets[0].words == told


def test_what_is_undetermined_says_why() -> None:
    row = {"verdict": "undetermined", "doubt": "it contradicts itself", "subject": "rice", "figure_ids": ()}
    *_, undetermined = outcomes(tables(comparisons=[row]).aimed)
    assert [(target.number, target.words) for target in undetermined.targets] == [("rice:", "it contradicts itself")]


def test_the_grid_of_places_leaves_noughts_out() -> None:
    figure = {"report": "r", "place": "Xa An", "role": "target"}
    row = {"report": "r", "place": "Xa An", "verdict": "met", "figure_ids": ()}
    made = tables(figures=[figure], comparisons=[row])
    reports = Reports([Report("r", "", places=(Place("Xa An", "commune"),))])
    table = scorecard_table(made, localities(reports, made))
    assert table.labels == ("Place", "Reached", "Figures", "About")
    assert [cell.text for cell in table.rows[0]] == ["Xa An", "1 of 1", "1", "commune"]


def test_where_lower_is_better_the_least_is_the_best() -> None:
    rows = [
        {"verdict": "missed", "attainment": 0.9, "subject": "a"},
        {"verdict": "missed", "attainment": 2.0, "subject": "b", "direction": "lower"},
        {"verdict": "missed", "attainment": 1.05, "indicator": "poverty_rate", "direction": "lower"},
        {"verdict": "missed"},
    ]
    _, missed, *_ = outcomes(tables(comparisons=[row | {"figure_ids": ()} for row in rows]).aimed)
    less = ", where less is better"
    said = [f"of the target for b{less}", "of the target for a", f"of the target for poverty rate{less}"]
    assert [target.words for target in missed.targets] == said


EMPTY = {
    "no report": (Reports(), "There is no report in the folder"),
    "no figure": (Reports([from_text("Unity is strength.", "r")]), "No target was found"),
    "no target": (
        Reports([from_text("An Lac\nAn Lac district admitted 12 members in 2023.", "r")]),
        "No target was found",
    ),
    "one of each": (
        Reports([from_text("In 2023 An Lac district met 9 out of 10 targets.", "r")]),
        "1 figure, 1 target set against a result and 1 finding.",
    ),
}


@pytest.mark.parametrize("case", EMPTY)
def test_where_there_is_little_the_pages_say_so(case: str) -> None:
    reports, words = EMPTY[case]
    all_rows = tabulate(reports)
    page = soup(overview("T", [], reports, all_rows))
    assert words in " ".join(page.main.text.split())
    for _, html in place_pages(reports, all_rows):
        assert soup(html).h1.text
    for anchor in page.select("main a[href^='#']"):
        assert page.find(id=anchor["href"][1:]), anchor


def test_two_hundred_reports_and_places_stay_under_two_megabytes() -> None:
    many = 200
    reports = Reports([Report(f"{n:03}", "words " * 50, places=(Place(f"Xa {n}", "commune"),)) for n in range(many)])
    one = {"unit": "VND", "subject": "total budget revenue of the whole commune", "sentence": "x" * 300}
    rows = [
        one
        | {"figure_id": f"{n:03}:{m}", "report": f"{n:03}", "place": place, "quote": "408.5 billion VND", "value": m}
        for n in range(many)
        for m in range(20)
        for place in (f"Xa {n}" if m else "Xa 0",)
    ]
    rows += [row | {"figure_id": f"{row['figure_id']}9", "place": "Xa 0"} for row in rows]
    compared = [
        {"report": row["report"], "place": row["place"], "verdict": "missed", "figure_ids": (row["figure_id"],)}
        | {"target": 2e9, "achieved": 1e9, "attainment": 0.5, "unit": "VND", "subject": one["subject"]}
        for row in rows[:4000]
    ]
    all_rows = tables(figures=rows, comparisons=compared)
    front = overview("T", [], reports, all_rows)
    assert len(front.encode()) < 2_000_000
    assert len(soup(front).select("section[aria-labelledby=scorecard] tbody tr")) == many
    assert "(300 of 4,000 rows)" in soup(front).select_one("section[aria-labelledby=targets] caption").text
    busiest = max(localities(reports, all_rows), key=lambda place: place.figures)
    page = place_page(busiest, reports, all_rows)
    assert len(page.encode()) < 2_000_000
    assert (
        f"(200 of {busiest.figures:,} rows)" in soup(page).select_one("section[aria-labelledby=figures] caption").text
    )


def test_of_two_thousand_the_front_page_shows_those_to_ask_about_and_finds_all() -> None:
    many = 2000
    reports = Reports([Report(f"{n:04}", "words", places=(Place(f"Xa {n}", "commune"),)) for n in range(many)])
    rows = [{"figure_id": f"{n:04}:1", "report": f"{n:04}", "place": f"Xa {n}", "role": "target"} for n in range(many)]
    doubt = {"report": "1999", "place": "Xa 1999", "severity": "error", "check": "attainment", "message": "No."}
    front = overview("T", [], reports, tables(figures=rows, findings=[doubt | {"figure_ids": ("1999:1",)}]))
    assert len(front.encode()) < 1_000_000
    page = soup(front)
    for section in ("scorecard", "reports"):
        assert len(page.select(f"section[aria-labelledby={section}] tbody tr")) == 300
    assert "Xa 1999" in page.select_one("section[aria-labelledby=scorecard] tbody").text
    found = {one["value"]: one["data-href"] for one in page.select("#found option")}
    assert found["Xa 1234, commune"] == "place-xa-1234.html"
    assert found["Xa 1234, undated"] == "report-1234.html"
    assert page.select_one("input#find")["list"] == "found"
