"""The gazetteer: who existed when, which names are ambiguous, and how a name may be written."""

from __future__ import annotations

import csv
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date, timedelta

import pytest

from analysis.extraction.places.gazetteer import SINCE, Unit, look_up, status, units
from tests import ROOT

DATA = ROOT / "analysis" / "data" / "places"
MID_2024, LAST, FIRST = date(2024, 7, 1), date(2025, 6, 30), date(2025, 7, 1)
SPELT_OTHERWISE = {"Hà Nội": "Hanoi", "Hồ Chí Minh": "Ho Chi Minh City"}


def found(name: str, **narrowed: object) -> list[tuple[str, str, str]]:
    return [(unit.name, unit.level, unit.province) for unit in look_up(name, **narrowed)]  # type: ignore[arg-type]


def plain_name(text: str) -> str:
    """The text without accents, ``đ`` as ``d``, all else as it is."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(str.maketrans("đĐ", "dD"))


def there_on(day: date) -> list[Unit]:
    return [unit for unit in units() if unit.exists(day)]


def of_level(level: str, day: date) -> list[Unit]:
    return [unit for unit in there_on(day) if unit.level == level]


# --- counts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "provinces", "districts"),
    [
        (SINCE, 63, 705),
        (date(2024, 8, 31), 63, 705),
        (date(2024, 9, 1), 63, 704),
        (date(2024, 12, 1), 63, 701),
        (date(2025, 1, 1), 63, 696),
        (LAST, 63, 696),
        (FIRST, 34, 0),
    ],
)
def test_how_many_there_were(day: date, provinces: int, districts: int) -> None:
    there = there_on(day)
    assert sum(not unit.province for unit in there) == provinces
    assert sum(bool(unit.province) for unit in there) == districts


@pytest.mark.parametrize(
    ("day", "levels"),
    [
        # Rural and urban districts; cities under a centrally run city and under a province.
        (LAST, {"district": 508 + 49, "city": 2 + 85, "town": 52}),
        (date(2023, 12, 31), {"district": 524 + 46, "city": 83, "town": 52}),
    ],
)
def test_how_many_of_each_level(day: date, levels: dict[str, int]) -> None:
    assert Counter(unit.level for unit in there_on(day) if unit.province) == levels


def test_how_many_centrally_run_cities() -> None:
    cities = {unit.name for unit in of_level("city", FIRST)}
    assert cities == {"Hanoi", "Ho Chi Minh City", "Hai Phong", "Da Nang", "Can Tho", "Hue"}
    assert cities - {unit.name for unit in of_level("city", MID_2024) if not unit.province} == {"Hue"}


# --- the data agree with themselves -----------------------------------------------------------------------------------


def test_every_row_says_what_it_is_and_no_row_is_there_twice() -> None:
    assert len(set(units())) == len(units())
    for unit in units():
        assert unit.level in ({"district", "city", "town"} if unit.province else {"province", "city"})
        assert unit.valid_to is None or unit.valid_to >= (unit.valid_from or SINCE)
        assert unicodedata.is_normalized("NFC", unit.vietnamese)
        plain = unit.vietnamese.replace("Quận", "District") if unit.name.startswith("District ") else unit.vietnamese
        assert unit.name == SPELT_OTHERWISE.get(plain, plain_name(plain))


def test_a_district_has_a_parent_all_the_time() -> None:
    for unit in units():
        for day in filter(None, (unit.valid_from or SINCE, unit.valid_to)):
            parents = [other for other in there_on(day) if other.name == unit.province and not other.province]
            assert len(parents) == bool(unit.province), (unit, day)


def test_one_name_is_one_unit_of_a_level_in_a_province() -> None:
    for day in (SINCE, MID_2024, LAST, FIRST):
        shared = Counter((unit.name, unit.level, unit.province) for unit in there_on(day))
        assert set(shared.values()) == {1}


def test_successors_exist_the_day_after() -> None:
    for unit in units():
        for name in filter(None, unit.successor.split("; ")):
            assert unit.valid_to is not None
            heirs = look_up(name, date=unit.valid_to + timedelta(days=1))
            assert [heir for heir in heirs if bool(heir.province) == bool(unit.province)], unit


def test_what_ended_has_a_successor_or_was_abolished_with_its_level() -> None:
    for unit in units():
        if unit.valid_to and not unit.successor:
            assert unit.province
            assert unit.valid_to == LAST
        assert bool(unit.valid_to) or not unit.successor


def test_the_34_are_made_of_the_63() -> None:
    before, after = ({unit for unit in there_on(day) if not unit.province} for day in (LAST, FIRST))
    unchanged = before & after
    assert {unit.name for unit in unchanged} == {
        *("Cao Bang", "Dien Bien", "Ha Tinh", "Hanoi", "Hue", "Lai Chau"),
        *("Lang Son", "Nghe An", "Quang Ninh", "Son La", "Thanh Hoa"),
    }
    parts = Counter(unit.successor for unit in before - unchanged)
    assert set(parts) == {unit.name for unit in after - unchanged}
    assert Counter(parts.values()) == {2: 17, 3: 6}


# --- names ------------------------------------------------------------------------------------------------------------

SPELLINGS = [
    ("Da Nang", "Da Nang"),
    ("Danang", "Da Nang"),
    ("DA NANG CITY", "Da Nang"),
    ("Đà Nẵng", "Da Nang"),
    ("TP Đà Nẵng", "Da Nang"),
    ("TP.Đà Nẵng", "Da Nang"),
    ("thành phố Đà Nẵng", "Da Nang"),
    ("Thanh pho Da Nang", "Da Nang"),
    ("the city of Da Nang", "Da Nang"),
    ("Ha Noi", "Hanoi"),
    ("Hà Nội", "Hanoi"),
    ("Ho Chi Minh City", "Ho Chi Minh City"),
    ("TP.HCM", "Ho Chi Minh City"),
    ("HCMC", "Ho Chi Minh City"),
    ("Thua Thien-Hue", "Thua Thien Hue"),
    ("Ba Ria – Vung Tau", "Ba Ria-Vung Tau"),
    ("Dac Lac", "Dak Lak"),
    ("Đăk Lăk Province", "Dak Lak"),
    ("Q.1", "District 1"),
    ("Quận 1", "District 1"),
    ("District 1", "District 1"),
    ("Ia H’Drai", "Ia H'Drai"),
    ("Phan Rang - Tháp Chàm", "Phan Rang-Thap Cham"),
    ("Quan Hóa", "Quan Hoa"),
    ("Tinh Bien", "Tinh Bien"),
    ("Thuỷ Nguyên", "Thuy Nguyen"),
    ("Thủy Nguyên", "Thuy Nguyen"),
]


@pytest.mark.parametrize(("written", "name"), SPELLINGS)
def test_ways_to_write_a_name(written: str, name: str) -> None:
    for form in ("NFC", "NFD"):
        assert {unit.name for unit in look_up(unicodedata.normalize(form, written), date=MID_2024)} == {name}


@pytest.mark.parametrize(
    "written", ["", " ", "1", "City", "the", "Đã Nẵng", "Hạ Nội", "Hoa", "Hoa District", "Da Nang Province", "Hue Town"]
)
def test_what_is_no_name(written: str) -> None:
    assert look_up(written) == ()


def test_every_unit_is_found_by_each_of_its_names() -> None:
    with (DATA / "gazetteer.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for written in (row["name"], row["vietnamese"], *filter(None, row["also"].split("; "))):
                assert (row["name"], row["level"], row["province"]) in found(written, level=row["level"]), written


# --- homonyms ---------------------------------------------------------------------------------------------------------


def test_a_name_in_several_provinces_is_ambiguous() -> None:
    everywhere = found("Chau Thanh", date=MID_2024)
    assert len(everywhere) == len({province for _, _, province in everywhere}) == 10


def test_a_city_and_its_province_are_told_apart_by_level() -> None:
    assert len(found("Ninh Binh", date=MID_2024)) == 2
    assert found("Ninh Binh", date=MID_2024, level="province") == [("Ninh Binh", "province", "")]
    assert found("Ninh Binh City", date=MID_2024) == [("Ninh Binh", "city", "Ninh Binh")]
    assert found("tỉnh Ninh Bình", date=MID_2024) == [("Ninh Binh", "province", "")]


def test_accents_tell_homonyms_apart() -> None:
    plain = {unit.vietnamese for unit in look_up("Phu Ninh")} | {unit.vietnamese for unit in look_up("Phu Cat")}
    assert plain == {"Phù Ninh", "Phú Ninh", "Phù Cát"}
    assert {unit.vietnamese for unit in look_up("Thanh Hoa")} == {"Thanh Hóa", "Thạnh Hóa"}
    assert {unit.vietnamese for unit in look_up("Thanh Hóa")} == {"Thanh Hóa"}
    assert {unit.vietnamese for unit in look_up("Thanh Hoá")} == {"Thanh Hóa"}
    assert found("Phù Ninh") == [("Phu Ninh", "district", "Phu Tho")]
    assert found("Phú Ninh") == [("Phu Ninh", "district", "Quang Nam")]


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "units_then"),
    [
        ("Moc Chau", date(2025, 1, 31), [("Moc Chau", "district", "Son La")]),
        ("Moc Chau", date(2025, 2, 1), [("Moc Chau", "town", "Son La")]),
        ("Moc Chau", FIRST, []),
        ("Thu Duc", date(2020, 12, 31), []),
        ("Thu Duc", SINCE, [("Thu Duc", "city", "Ho Chi Minh City")]),
        ("Hue", MID_2024, [("Hue", "city", "Thua Thien Hue")]),
        ("Hue", LAST, [("Hue", "city", "")]),
        ("A Luoi", LAST, [("A Luoi", "district", "Hue")]),
        ("Kon Tum", date(2019, 1, 1), [("Kon Tum", "province", ""), ("Kon Tum", "city", "Kon Tum")]),
        ("Kon Tum", FIRST, []),
    ],
)
def test_a_date_picks_the_state_of_that_day(name: str, day: date, units_then: list[tuple[str, str, str]]) -> None:
    assert found(name, date=day) == units_then


def only(name: str, day: date, level: str | None = None) -> Unit:
    (unit,) = look_up(name, date=day, level=level)
    return unit


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (only("A Luoi", LAST), "A Luoi was a district of Hue until 30 June 2025; the district level was abolished."),
        (
            only("Moc Chau", MID_2024),
            "Moc Chau was a district of Son La until 31 January 2025; it went into the town of Moc Chau.",
        ),
        (
            only("Hue", MID_2024),
            "Hue was a city of Thua Thien Hue until 31 December 2024; it went into the district of Phu Xuan and the "
            "district of Thuan Hoa.",
        ),
        (
            only("Ho Chi Minh City", MID_2024),
            "Ho Chi Minh City was a centrally run city until 30 June 2025; it went into Ho Chi Minh City.",
        ),
        (only("Son La", FIRST), ""),
    ],
)
def test_status_tells_what_became_of_a_unit(unit: Unit, told: str) -> None:
    assert status(unit) == told


def test_status_has_a_sentence_for_every_unit_that_is_gone() -> None:
    for unit in units():
        told = status(unit)
        assert bool(told) == (unit.valid_to is not None)
        assert not told or told.startswith(f"{unit.name} was a ")


# --- cost -------------------------------------------------------------------------------------------------------------


def test_the_file_is_read_when_a_name_is_asked_for() -> None:
    code = """if True:
        from analysis.extraction.places import gazetteer as g
        print(g._records.cache_info().currsize, len(g.units()) > 0)
    """
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["0", "True"]


def test_the_data_stay_small_and_name_their_sources() -> None:
    assert (DATA / "gazetteer.csv").stat().st_size < 64_000
    sources = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    assert all(word in sources for word in ("MIT", "Apache-2.0", "202/2025/QH15"))
