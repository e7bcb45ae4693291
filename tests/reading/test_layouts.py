"""Pages as sites of many kinds lay them out: the article is found in each, and nothing that stands around it.

Each layout in ``layouts`` is a page with places for title, date and text; all numbers of four figures in it that begin
with 7 stand in menus, headlines of other articles, comments, counters and the like.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from string import Template
from typing import Any

import pytest

import analysis
from analysis.reading.web import read

LAYOUTS = Path(__file__).parent / "layouts"
ARTICLES = json.loads((LAYOUTS / "articles.json").read_text(encoding="utf-8"))
_AROUND = re.compile(r"\b7[\d,]{3,4}\b")
_NO_ADDRESS = {"office_portal", "association_site"}
KNOWN = {
    ("news_agency", "brief"): "beside a very short article a related one is taken for more of it",
    ("news_agency", "breaks"): "beside a text without paragraphs a related article is taken for more of it",
    ("provincial_paper", "brief"): "how long it takes to read aloud stands beside the date",
    ("provincial_paper", "breaks"): "how long it takes to read aloud stands beside the date",
    ("office_portal", "brief"): "the counter of visitors is told as a table that was not read",
    ("translated_feed", "lists"): "no name of a part says where the article is, and its list is lost",
}
"""What is not right yet, by layout and article, and why."""


def page(layout: str, article: dict[str, Any]) -> str:
    """The article as a site of this kind shows it."""
    told = {name: article[name] for name in ("title", "day", "written", "address")}
    body = "\n".join(article["body"])
    return Template((LAYOUTS / f"{layout}.html").read_text(encoding="utf-8")).substitute(told, body=body)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["name"]))
@pytest.mark.parametrize("layout", [path.stem for path in sorted(LAYOUTS.glob("*.html"))])
def test_the_article_is_found_and_nothing_around_it(
    layout: str, article: dict[str, Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if reason := KNOWN.get((layout, article["name"])):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    (tmp_path / "page.html").write_text(page(layout, article), encoding="utf-8")
    reports = analysis.read(tmp_path)
    assert not reports.failed
    (report,) = reports
    assert not _AROUND.findall(report.text)
    assert article["title"] in report.text[:300]
    assert report.date == dt.date.fromisoformat(article["day"])
    assert report.address == ("" if layout in _NO_ADDRESS else article["address"])
    quotes = list(analysis.tabulate(reports).figures["quote"])
    assert [quote for quote in quotes if quote in article["quotes"]] == article["quotes"], report.text
    assert len(quotes) == len(article["quotes"])


def test_layouts_are_many_and_full_of_what_is_no_article() -> None:
    layouts = {path.stem: path.read_text(encoding="utf-8") for path in LAYOUTS.glob("*.html")}
    assert len(layouts) >= 8 and all(len(set(_AROUND.findall(text))) >= 8 for text in layouts.values())
    assert all(read(page(name, article).encode()) for name in layouts for article in ARTICLES)
