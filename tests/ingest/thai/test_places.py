import re

import pytest

from ingest.thai.places import (
    find_places,
    parents_of_subdistrict,
    province_in_english,
    province_named,
    provinces,
    provinces_of_district,
)
from ingest.thai.words import dictionary, segment


def test_the_gazetteer_is_whole() -> None:
    assert len(provinces()) == 77
    assert provinces_of_district("แม่สาย") == ("เชียงราย",)
    assert ("ตระการพืชผล", "อุบลราชธานี") in parents_of_subdistrict("เป้า")


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("โคราช", "นครราชสีมา"),
        ("อยุธยา", "พระนครศรีอยุธยา"),
        ("กทม.", "กรุงเทพมหานคร"),
        ("แพร่", "แพร่"),
        ("ศรีพนาลัย", None),
    ],
)
def test_provinces_by_common_names(name: str, official: str | None) -> None:
    assert province_named(name) == official


def test_english_names() -> None:
    assert province_in_english("Nakhon Ratchasima") == "นครราชสีมา"
    assert province_in_english("phitsanulok") == "พิษณุโลก"
    assert province_in_english("pao") is None


def test_an_address_is_read_as_one() -> None:
    text = "หมู่ที่ 4 ต.แก่งเสี้ยน อำเภอเมืองกาญจนบุรี จังหวัดกาญจนบุรี"
    subdistrict, district, province = find_places(text)
    assert (subdistrict.name, subdistrict.district, subdistrict.province) == (
        "แก่งเสี้ยน",
        "เมืองกาญจนบุรี",
        "กาญจนบุรี",
    )
    assert (district.name, district.province) == ("เมืองกาญจนบุรี", "กาญจนบุรี")
    assert text[province.start : province.end] == "จังหวัดกาญจนบุรี"


@pytest.mark.parametrize(
    "text",
    ["เผยแพร่ข่าวสาร", "ตากแดดตากลม", "ไม่เห็นด้วยเลย", "จังหวัดชายแดนภาคใต้", "น่านน้ำไทย", "ต.ค. 2566"],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert find_places(text) == []


def test_a_name_shared_by_many_places_stays_open() -> None:
    (place,) = find_places("ตำบลในเมือง")
    assert place.province is None


def test_a_name_ends_where_its_last_letter_is_whole() -> None:
    # หนองบัวระเหว is a place, หนองบัวระเหว่า none
    assert find_places("ตำบลหนองบัวระเหว่า") == []


def test_the_dictionary_spells_every_place() -> None:
    """`place_words.txt` holds what the general dictionary lacks; add here what fails."""
    known = dictionary()
    names = {*provinces(), *(name for name in _districts())}
    for name in names:
        for part in re.findall("[ก-๎]{3,}", name):
            assert all(len(word) > 1 and word in known for word in segment(part)), name


def _districts() -> set[str]:
    import geothai

    return {
        district.name_th.removeprefix("เขต")
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ต.แหลมสนงาม อ.ปลายเลทอง", []),
        ("ต.แหลมสน อ.ละงู", ["แหลมสน", "ละงู"]),
        ("ตำบลแหลมสนเป็นพื้นที่ชายฝั่ง", ["แหลมสน"]),
        ("ตำบลแหลมสนอำเภอละงูจังหวัดสตูล", ["แหลมสน", "ละงู", "สตูล"]),
    ],
)
def test_a_longer_name_is_not_the_shorter_one_of_the_gazetteer(text: str, names: list[str]) -> None:
    assert [place.name for place in find_places(text)] == names
