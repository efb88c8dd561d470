"""The village whose plan a document is: บ้านหนองไผ่ หมู่ที่ 3 ตำบล… อำเภอ… จังหวัด…."""

from __future__ import annotations

import re

from ingest.records import Organisation
from ingest.thai.alphabet import LETTERS
from ingest.thai.digits import arabic
from ingest.thai.places import FoundPlace, find_places

_HEAD = 600
_NAME = f"(?P<name>(?:บ้าน|(?<!แผน)(?<!พัฒนา)ชุมชน)(?!เมือง|ละ|ที่|ใน)[{LETTERS}]{{2,30}})"
_NUMBER = r"(?:หมู่ที่|หมู่|ม\.)\s?(?P<number>[0-9๐-๙]{1,2})(?![0-9๐-๙])"
_VILLAGE = (
    re.compile(rf"{_NAME}\s*\(?{_NUMBER}\)?"),
    re.compile(rf"{_NUMBER}\s*{_NAME}"),
    re.compile(rf"แผน(?:พัฒนา)?(?:หมู่บ้าน|ชุมชน)(?:/ชุมชน)?\s*{_NAME}"),
)


def village_of(text: str) -> Organisation | None:
    """Return the village or community that the first lines of its plan name."""
    head = text[:_HEAD]
    match = next((found for pattern in _VILLAGE if (found := pattern.search(head))), None)
    if match is None:
        return None
    number = match.groupdict().get("number")
    name = match["name"] + (f" หมู่ที่ {int(arabic(number))}" if number else "")
    return Organisation(name, "other", **_above(find_places(head)))


def _above(places: list[FoundPlace]) -> dict[str, str | None]:
    """Return the first places named of each level, and those which contain them."""
    named: dict[str, str | None] = {"province": None, "district": None, "subdistrict": None}
    for place in reversed(places):
        named[place.level] = place.name
    for place in places:
        named["district"] = named["district"] or place.district
        named["province"] = named["province"] or place.province
    return named
