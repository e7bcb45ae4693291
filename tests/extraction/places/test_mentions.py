"""Places of a report: what the text says, what the gazetteer adds, and what neither of them knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.extraction.places.mentions import Atlas
from analysis.reading.reports import Place, from_text


def named(text: str, day: date | None = None, *settings: Place) -> list[Place]:
    report = replace(from_text(text), date=day, places=settings)
    return [mention.place for mention in Atlas.of(report).mentions]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In 2023, Ninh Thuan admitted 41 members.", Place("Ninh Thuan", "province")),
        ("In 2023, Can Gio District admitted 41 members.", Place("Can Gio", "district", "Ho Chi Minh City")),
        ("In 2023, 41 members were admitted in Moc Chau.", Place("Moc Chau", "", "Son La")),
        ("In 2023, Chau Thanh District admitted 41 members.", Place("Chau Thanh", "district")),
        ("In 2023, Lam Quy District admitted 41 members.", Place("Lam Quy", "district")),
    ],
)
def test_level_and_province_come_from_the_gazetteer_where_it_knows_one_unit(text: str, place: Place) -> None:
    assert named(text) == [place]


def test_the_province_that_the_report_speaks_of_tells_homonyms_apart() -> None:
    text = "In 2023, Chau Thanh District of Tra Vinh province admitted 41 members."
    assert named(text)[0] == Place("Chau Thanh", "district", "Tra Vinh")
    both = text + " Ben Tre province admitted 32."
    assert named(both)[0] == Place("Chau Thanh", "district")


def test_the_province_of_the_settings_tells_homonyms_apart() -> None:
    text = "In 2023, Chau Thanh District admitted 41 members."
    assert named(text, None, Place("Lam Quy", "district", "Tra Vinh")) == [Place("Chau Thanh", "district", "Tra Vinh")]


def test_a_bare_name_is_that_of_a_unit_that_existed() -> None:
    text = "41 members were admitted in Moc Chau."
    assert named(text, date(2023, 12, 28)) == [Place("Moc Chau", "district", "Son La")]
    assert named(text, date(2026, 12, 28)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Comrade Ha Nam raised 41 cows.",
        "Ha Nam said that 41 cows were raised.",
        "Le Van Ha Nam raised 41 cows.",
        "The house stands in Ha Nam Street.",
        "Ha Nam Newspaper counted 41 cows.",
        "HA NAM - 41 cows were raised.",
        "Pupils of Ha Nam High School raised 41 cows.",
        "Ho Chi Minh lived here for 41 days.",
    ],
)
def test_people_streets_and_newspapers_are_no_places(text: str) -> None:
    assert named(text) == []


def test_what_the_settings_say_stays_as_it_is() -> None:
    stated = Place("Ninh Thuan", "city", "Lam Quy")
    assert named("Ninh Thuan admitted 41 members.", None, stated) == [stated]
