"""Where a project's work is done, as its own words say: villages, roads, places above."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.project_names.place import localities
from ingest.project_names.spelling import spelled
from ingest.records import Place
from ingest.thai.alphabet import LETTERS
from ingest.thai.numbers import arabic
from ingest.thai.places import find_places

_EDGE = f"(?<![{LETTERS}])"
_NAME = f"[{LETTERS}]+"
_NO_NAME = (
    "(?!พัก|เรือน|มั่นคง|เมือง|คอนกรีต|คสล|ลาดยาง|แอสฟัล|ลูกรัง|หินคลุก|ดิน|ทุก|ภายใน|สายหลัก|สายรอง|ใน|เพื่อ"
    "|ที่|และ|หรือ|เข้า|สู่)"
)
_VILLAGE = re.compile(
    rf"(?:(?:หมู่ที่|หมู่|(?<![0-9 ]){_EDGE}ม\.|(?<=[^0-9] )ม\.)\s*(?P<number>[0-9]{{1,2}})(?![0-9.,/])"
    rf"(?:\s*\(?{_EDGE}?บ้าน{_NO_NAME}(?P<named>{_NAME}))?)"
    rf"|{_EDGE}(?<!สาย)บ้าน{_NO_NAME}(?P<name>{_NAME})"
)
_ROAD = re.compile(
    rf"(?:ถนน|ซอย|{_EDGE}ถ\.\s?|{_EDGE}ซ\.\s?)(?:สาย)?{_NO_NAME}(?:{_NAME}|[0-9]+)(?:\s?[0-9]+(?:/[0-9]+)?)?"
    rf"|สาย{_NO_NAME}{_NAME}(?:\s?-\s?{_NAME})?"
)


# Only with these words does a text name a district or subdistrict.
_NAMES_PLACE = re.compile(r"ตำบล|อำเภอ|แขวง|เขต|ต\s?\.|อ\s?\.")


def place_of(*texts: str) -> Place:
    """Read the place out of a project's words, the most telling first (place, title)."""
    text = arabic(" | ".join(filter(None, texts)))
    result = find_places(text)
    places = {place.level: place.name for place in reversed(result)}
    whole = places.keys() >= {"subdistrict", "district"}
    named = not whole and _NAMES_PLACE.search(text)
    stated = localities(spelled(text))[0].names if named else {}
    nearest = next((place for place in result if place.level != "province"), None)
    return Place(
        villages=_distinct(_village(match) for match in _VILLAGE.finditer(text)),
        roads=_distinct(" ".join(match[0].split()) for match in _ROAD.finditer(text)),
        subdistrict=places.get("subdistrict") or next(iter(stated.get("subdistrict", ())), None),
        district=places.get("district")
        or (nearest.district if nearest else None)
        or next(iter(stated.get("district", ())), None),
        province=places.get("province") or (nearest.province if nearest else None),
    )


def _village(find: re.Match[str]) -> str:
    if find["number"] is None:
        return f"บ้าน{find['name']}"
    named = f" บ้าน{find['named']}" if find["named"] else ""
    return f"หมู่ที่ {int(find['number'])}{named}"


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
