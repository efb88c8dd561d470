"""Thailand's places: 77 provinces, their districts and subdistricts, and the places in a text.

The gazetteer is that of the Department of Provincial Administration in the PyPI package
`geothai` (data CC BY 4.0). It is read on first use and costs nothing before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from ingest.thai.alphabet import FOLLOWING, LETTERS, MARKS

Level = Literal["province", "district", "subdistrict"]

BANGKOK = "กรุงเทพมหานคร"

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "กรุงเทพฯ": BANGKOK,
        "กรุงเทพ": BANGKOK,
        "กทม": BANGKOK,
        "กทม.": BANGKOK,
        "อยุธยา": "พระนครศรีอยุธยา",
        "โคราช": "นครราชสีมา",
        "แปดริ้ว": "ฉะเชิงเทรา",
        "ปากน้ำโพ": "นครสวรรค์",
        "สองแคว": "พิษณุโลก",
        "เมืองคอน": "นครศรีธรรมราช",
        "เมืองกาญจน์": "กาญจนบุรี",
        "เมืองชล": "ชลบุรี",
        "สุราษฎร์ฯ": "สุราษฎร์ธานี",
        "สุราษฎร์": "สุราษฎร์ธานี",
        "ประจวบฯ": "ประจวบคีรีขันธ์",
        "ประจวบ": "ประจวบคีรีขันธ์",
        "อุบลฯ": "อุบลราชธานี",
        "อุบล": "อุบลราชธานี",
        "อุดรฯ": "อุดรธานี",
        "อุดร": "อุดรธานี",
        "นครศรีฯ": "นครศรีธรรมราช",
        "สุพรรณฯ": "สุพรรณบุรี",
        "เมืองสุพรรณ": "สุพรรณบุรี",
        "แม่กลอง": "สมุทรสงคราม",
        "มหาชัย": "สมุทรสาคร",
    }
)
"""Short and common names of provinces, and the provinces they mean."""

_COMMON_WORDS = frozenset(
    ("เลย", "ตาก", "แพร่", "น่าน", "ตรัง", "ตราด", "ระนอง", "พะเยา", "มหาชัย", "อุดร")
)
"""Names that are everyday words or parts of them: a province only behind จังหวัด or จ."""

_BARE_ALIASES = frozenset(("กทม.", "กรุงเทพฯ", "โคราช"))
_EDGE = f"(?<![{LETTERS}])"
_MARKS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("province", re.compile(rf"จังหวัด ?|{_EDGE}จ\. ?")),
    ("district", re.compile(rf"อำเภอ ?|{_EDGE}อ\. ?|(?:เขต)(?=[{LETTERS}])")),
    ("subdistrict", re.compile(rf"ตำบล ?|{_EDGE}ต\. ?|แขวง")),
)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of the gazetteer and where the text names it.

    `name` is the official one without its level. The places above it are filled in where
    the text names them near by or only one place of Thailand bears the name.
    """

    name: str
    level: Level
    start: int
    end: int
    province: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    provinces: Mapping[str, str]
    """English name in small letters without blanks, by Thai name."""
    districts: Mapping[str, tuple[str, ...]]
    """Provinces, by district; the district of the capital is called เมืองX."""
    subdistricts: Mapping[str, tuple[tuple[str, str], ...]]
    """(district, province) pairs, by subdistrict."""


@cache
def _gazetteer() -> _Gazetteer:
    import geothai

    provinces: dict[str, str] = {}
    districts: dict[str, tuple[str, ...]] = {}
    subdistricts: dict[str, tuple[tuple[str, str], ...]] = {}
    for province in geothai.provinces():
        above = province.name_th
        provinces[above] = re.sub(r"[^a-z]", "", province.name_en.lower())
        for district in geothai.districts(province.code):
            name = _bare(district.name_th.removeprefix("เขต"))
            districts[name] = (*districts.get(name, ()), above)
            for subdistrict in geothai.subdistricts(district.code):
                own = _bare(subdistrict.name_th)
                subdistricts[own] = (*subdistricts.get(own, ()), (name, above))
    return _Gazetteer(provinces, districts, subdistricts)


def _bare(name: str) -> str:
    """Drop what the register adds in brackets: ปอภาร (ปอพาน)."""
    return name.partition("(")[0].rstrip() if "(" in name else name


def provinces() -> tuple[str, ...]:
    """Return the names of the 77 provinces, Bangkok first."""
    return tuple(_gazetteer().provinces)


def province_named(name: str) -> str | None:
    """Return the official name of a province by its name or a common alias (โคราช)."""
    name = ALIASES.get(name, name)
    return name if name in _gazetteer().provinces else None


def province_in_english(label: str) -> str | None:
    """Return the province whose English name is `label`, blind to case and blanks."""
    wanted = re.sub(r"[^a-z]", "", label.lower())
    for thai, english in _gazetteer().provinces.items():
        if english == wanted:
            return thai
    return None


def provinces_of_district(name: str) -> tuple[str, ...]:
    """Return the provinces that have a district of this name; most names have one."""
    return _gazetteer().districts.get(name, ())


def parents_of_subdistrict(name: str) -> tuple[tuple[str, str], ...]:
    """Return (district, province) of every subdistrict of this name."""
    return _gazetteer().subdistricts.get(name, ())


def longest_name(text: str, start: int, level: Level) -> str | None:
    """Return the longest name of that level that stands at `start`."""
    names = _by_level(level)
    for size in range(min(_LONGEST, len(text) - start), 1, -1):
        name = text[start : start + size]
        if name in names and not _HANGING.match(text, start + size):
            return name
    return None


_LONGEST = 24
_HANGING = re.compile(f"[{MARKS}{FOLLOWING}]")


@cache
def _by_level(level: Level) -> frozenset[str]:
    gazetteer = _gazetteer()
    if level == "province":
        return frozenset((*gazetteer.provinces, *ALIASES))
    return frozenset(gazetteer.districts if level == "district" else gazetteer.subdistricts)


def find_places(text: str) -> list[NamedPlace]:
    """Find the places a text names, in their order.

    Districts and subdistricts count only behind their level (อำเภอ, อ., ตำบล, ต.), and so
    do provinces whose names are everyday words.
    """
    result = [*_marked(text), *_bare_provinces(text)]
    result.sort(key=lambda place: (place.start, -place.end))
    apart: list[NamedPlace] = []
    for place in result:
        if not apart or place.start >= apart[-1].end:
            apart.append(place)
    return [_with_parents(place, apart) for place in apart]


def _marked(text: str) -> list[NamedPlace]:
    result = []
    for level, pattern in _MARKS:
        for mark in pattern.finditer(text):
            name = longest_name(text, mark.end(), level)
            if name and (level == "province" or not _goes_on(text, mark.end() + len(name))):
                end = mark.end() + len(name)
                result.append(NamedPlace(ALIASES.get(name, name), level, mark.start(), end))
    return result


_TAIL = re.compile(r"[\u0e01-\u0e4e]+")
_SHORT_TAIL = 8
_AFTER_NAME = tuple(
    "อำเภอ จังหวัด ตำบล หมู่ บ้าน เทศบาล องค์การ เขต ถนน สาย ซอย ช่วง เชื่อม ถึง จาก และ หรือ กับ ใน ที่ ของ"
    " ให้ เพื่อ โดย เป็น มี ได้ จะ ซึ่ง จัด ร่วม พร้อม ไป รวม ต้อง ว่า นั้น นี้ ทั้ง ด้วย คือ ก็ สู่ ครั้ง จำนวน ระยะ"
    " กว้าง ยาว ประจำ ปี ณ ต่อ เข้า ทุก".split()
)


def _goes_on(text: str, end: int) -> bool:
    """Return whether a name goes on past `end`: แหลมสนงาม is not the แหลมสน of the gazetteer.

    Behind a name stands a blank or a word that can follow one; a short rest that is neither
    belongs to the name.
    """
    tail = _TAIL.match(text, end)
    if tail is None:
        return False
    return len(tail[0]) <= _SHORT_TAIL and not tail[0].startswith(_AFTER_NAME)


@cache
def _bare_pattern() -> re.Pattern[str]:
    bare = {*_gazetteer().provinces, *_BARE_ALIASES} - _COMMON_WORDS
    longest_first = sorted(bare, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _bare_provinces(text: str) -> list[NamedPlace]:
    return [
        NamedPlace(ALIASES.get(match[0], match[0]), "province", match.start(), match.end())
        for match in _bare_pattern().finditer(text)
    ]


_NEAR = 80


def _with_parents(place: NamedPlace, find: list[NamedPlace]) -> NamedPlace:
    """Fill in the places above one, from its neighbours in the text or its unique name."""
    if place.level == "province":
        return place
    if place.level == "district":
        choices = [(place.name, province) for province in provinces_of_district(place.name)]
    else:
        choices = list(parents_of_subdistrict(place.name))
    near = {(other.level, other.name) for other in find if abs(other.start - place.end) < _NEAR}
    for depth in (("district", "province"), ("province",), ("district",)):
        fitting = [
            choice
            for choice in choices
            if all((level, choice[level == "province"]) in near for level in depth)
        ]
        if fitting:
            choices = fitting
            break
    if len(choices) != 1:
        provinces_left = {province for _, province in choices}
        only = provinces_left.pop() if len(provinces_left) == 1 else None
        return NamedPlace(place.name, place.level, place.start, place.end, only)
    district, province = choices[0]
    above = district if place.level == "subdistrict" else None
    return NamedPlace(place.name, place.level, place.start, place.end, province, above)
