"""Where a project's work is done, as its name says it, one facet at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, get_args

from ingest.project_names.quantity import CUT
from ingest.project_names.vocabulary import (
    BEFORE_HAMLET,
    NOT_CENTRE,
    NOT_COMMUNITY,
    NOT_HAMLET,
    NOT_HEALTH,
    NOT_LINE,
    NOT_PROVINCE,
    NOT_ROAD,
    NOT_SCHOOL,
    NOT_SITE,
    NOT_TEMPLE,
    NOT_WATER,
)
from ingest.thai.places import provinces

Facet = Literal[
    "village",
    "hamlet",
    "community",
    "line",
    "soi",
    "road",
    "water",
    "school",
    "temple",
    "centre",
    "health",
    "site",
    "spot",
    "route",
    "subdistrict",
    "district",
    "province",
    "municipality",
]
FACETS: tuple[Facet, ...] = get_args(Facet)

# A name goes on to a blank, a bracket, a dash or the word that opens the next facet.
_NEXT = (
    "หมู่ที่|ตำบล|อำเภอ|จังหวัด|ซอย|สาย|เชื่อม|ถึง|ชุมชน|เทศบาล|องค์การบริหาร|เพื่อ|และ(?=บ้าน|หมู่)|พร้อม"
    "|บริเวณ|ระหว่าง|ผิวจราจร|ผิวทาง|ถนน|ทางหลวง"
)
_NAME = rf"([\u0e01-\u0e4c0-9a-z./]+?)(?=\s|$|[()|,\"'\-]|{_NEXT})"

_VILLAGE_LIST = re.compile(
    r"หมู่ที่\s*\d{1,2}(?!\d)(?:\s*(?:,|และ|-|ถึง|เชื่อม|/)?\s*(?:หมู่ที่\s*)\d{1,2}(?!\d)"
    r"|\s*(?:,|และ|-|/)\s*\d{1,2}(?![\d.x×]|\s*(?:เมตร|ตาราง)))*"
)
_RANGE = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})")

_LINE_END = r"(?=$|[()|,]|\s(?!-|ถึง|เชื่อม)|หมู่ที่|ตำบล|กว้าง|ยาว)"
_LINE = re.compile(
    rf"(?:สายทาง|เส้นทาง(?!ท่องเที่ยว|คมนาคม)|สายจาก|(?<!ไร้)(?<!ตาม)(?<!หลาย)(?<!ทุก)(?<!ลัด)สาย(?!{NOT_LINE})|ช่วงจาก|จาก(?=บ้าน|ถนน|แยก|สาม|สี่|วัด|โรงเรียน|หน้า|ปาก|ที่นา|สะพาน)|ช่วง(?=หน้า|บ้าน|แยก|สาม|สี่|ทาง|หลัง|ข้าง|วัด|โรง|สะพาน|ปาก))"
    rf"\s*([^\s()|,]+?(?:\s*(?:-|ถึง|เชื่อม(?:ต่อ)?)\s*[^\s()|,]+?)*){_LINE_END}"
)

_HERE = r"(?:เขต|พื้นที่)?"
_SCHOOL_END = r"(?=\s|$|[()|,\-]|หมู่ที่|ตำบล|อำเภอ)"


def _facet(opening: str, unless: str, name: str = _NAME) -> re.Pattern[str]:
    """Return a pattern for a facet's opening word and the name behind it."""
    return re.compile(rf"{opening}(?!\s*(?:{unless})|\s*[()|]|\s*$)\s*{name}")


_ROUTES = (
    re.compile(r"(?<=ทางหลวง)(?:ชนบท|แผ่นดิน|ท้องถิ่น)?หมายเลข(\d+)(?!\d|\s*-\s*บ้าน)"),
    re.compile(r"(?:สาย\s*)?((?:[\u0e01-\u0e2e]{2,3}\.?\s?ถ\.?|ทล\.|ทช\.)\s?\d+-?\d*)"),
)
_CONTROL = re.compile(r"ตอนควบคุม(?:ที่)?\s*\d+")
_STRETCH = re.compile(r"ตอน\s+([\u0e01-\u0e4c0-9]+\s*-\s*[\u0e01-\u0e4c0-9]+)")

# Bodies and villages first: their names are full of canals, ponds and hills.
_NAMED: tuple[tuple[Facet, re.Pattern[str]], ...] = (
    (
        "centre",
        _facet(
            "(?:ศูนย์พัฒนาเด็กเล็ก|ศูนย์เด็กเล็ก)",
            NOT_CENTRE,
            rf"((?:บ้าน|วัด)?\s?[\u0e01-\u0e4c0-9]+?)(?=\s|$|[()|,\-]|{_NEXT})",
        ),
    ),
    ("health", _facet("โรงพยาบาลส่งเสริมสุขภาพตำบล", NOT_HEALTH)),
    (
        "school",
        _facet(
            "โรงเรียน", NOT_SCHOOL, rf"((?:บ้าน|วัด|ชุมชน|เทศบาล)?\s?[\u0e01-\u0e4c0-9]+?){_SCHOOL_END}"
        ),
    ),
    (
        "municipality",
        _facet(rf"{_HERE}(?:เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วนตำบล)", "ใน|และ|เคลื่อนที่"),
    ),
    (
        "subdistrict",
        _facet(
            rf"{_HERE}ตำบล",
            "ใน(?!เมือง|เวียง)|และ|ต้าน|ปลอดภัย|จัดการ|สุขภาวะ|เข้มแข็ง|ละ|ต้นแบบ|น่า|ต่าง|เคลื่อนที่|หลักสูตร|จำนวน",
        ),
    ),
    ("district", _facet("อำเภอ", "ละ|ใน")),
    ("province", _facet("(?:องค์การบริหารส่วน)?จังหวัด", NOT_PROVINCE)),
    ("temple", _facet("(?<!จังห)วัด", NOT_TEMPLE)),
    ("hamlet", _facet(f"{BEFORE_HAMLET}บ้าน", NOT_HAMLET)),
    ("community", _facet(r"(?<!ป่า)ชุมชน", rf"{NOT_COMMUNITY}|เมือง(?:\s|$)")),
    (
        "soi",
        re.compile(
            rf"(?<!พารา)ซอย(?!\s*(?:ภายใน|ใน|และ|ต่าง))\s*{_NAME}(?:\s(?=\d+(?:\s|$|[()|]))(\d+))?"
        ),
    ),
    ("road", _facet("ถนน", rf"{NOT_ROAD}|\d", rf"{_NAME}(?:\s(?=\d{{1,2}}(?:\s|$|[()|]))(\d+))?")),
    ("site", _facet("(?:สวนสาธารณะ|ตลาดสด|ตลาดน้ำ|จุดชมวิว|น้ำตก|ถ้ำ)", NOT_SITE)),
    (
        "water",
        _facet(
            "(?:แม่น้ำ|ลำน้ำ|ลำห้วย|ลำคลอง|ลำเหมือง|ลำราง|คลอง|ห้วย|หนอง|บึง|อ่างเก็บน้ำ|สระน้ำ|บุ่ง)", NOT_WATER
        ),
    ),
    (
        "site",
        _facet(
            "(?:วนอุทยาน|อุทยาน(?:แห่งชาติ)?|หาด|เกาะ(?!กลุ่ม)|ดอย|เขา(?!ควาย)|ตลาด(?!สด|น้ำ)"
            "|แปลงใหญ่|สะพาน(?=บ้าน|วัด|คลอง|ห้วย))",
            NOT_SITE,
        ),
    ),
    ("spot", re.compile(r"(?:จุดที่|แห่งที่|บ่อที่|สายที่)\s*(\d+)")),
)

_JOINED = re.compile(r"\s*(?:-|–|ถึง|เชื่อม(?:ต่อ)?)\s*")


@dataclass(frozen=True, slots=True)
class Locality:
    """The places a name gives, by facet; `villages` are numbers of หมู่ที่, others are names."""

    names: dict[Facet, tuple[str, ...]] = field(default_factory=dict)

    @property
    def villages(self) -> tuple[str, ...]:
        """The village numbers."""
        return self.names.get("village", ())

    def __bool__(self) -> bool:
        return any(self.names.values())

    def with_villages(self, numbers: tuple[str, ...]) -> "Locality":
        """Return these places with the village numbers given."""
        return Locality({**self.names, "village": numbers}) if numbers else self

    def filled_from(self, other: "Locality") -> "Locality":
        """Return these places with the facets that only `other` knows."""
        return Locality({**other.names, **self.names})

    def to_dict(self) -> dict[str, list[str]]:
        """Return the JSON form: facet to names, empty facets left out."""
        return {facet: list(self.names[facet]) for facet in FACETS if self.names.get(facet)}


def villages(name: str) -> tuple[tuple[str, ...], str]:
    """Take the village numbers (หมู่ที่) out of a plain name."""
    by_facet: dict[Facet, list[str]] = {}
    rest = _VILLAGE_LIST.sub(lambda match: _keep(by_facet, "village", _villages(match[0])), name)
    return tuple(dict.fromkeys(by_facet.get("village", []))), rest


def localities(name: str) -> tuple[Locality, str]:
    """Take the named places out of a plain name; kinds of things (คลอง) stay in the rest."""
    by_facet: dict[Facet, list[str]] = {}
    name = _CONTROL.sub(CUT, name)
    for pattern in _ROUTES:
        name = pattern.sub(lambda match: _keep(by_facet, "route", [match[1]]), name)
    name = _STRETCH.sub(lambda match: _keep(by_facet, "line", [_line(match[1])]), name)
    name = _LINE.sub(lambda match: _keep(by_facet, "line", [_line(match[1])]), name)
    for facet, pattern in _NAMED:
        name = pattern.sub(partial(_named, by_facet, facet), name)
    return Locality({facet: tuple(dict.fromkeys(names)) for facet, names in by_facet.items()}), name


def _keep(by_facet: dict[Facet, list[str]], facet: Facet, names: list[str]) -> str:
    by_facet.setdefault(facet, []).extend(name for name in names if name)
    return CUT


def _named(by_facet: dict[Facet, list[str]], facet: Facet, match: re.Match[str]) -> str:
    parts = [part.strip() for part in match.groups() if part]
    if facet == "province" and (known := _province(parts[0])):
        _keep(by_facet, facet, [known])
        return f"{CUT}{parts[0][len(known) :]}"
    _keep(by_facet, facet, [" ".join(parts)])
    kind = match[0][: match.start(1) - match.start()].strip()
    return f" {kind}{CUT}" if facet in _STAYS else CUT


def _province(name: str) -> str | None:
    """Return the province a name begins with: words that follow without a blank are no name."""
    known = [province for province in provinces() if name.startswith(province)]
    return max(known, key=len, default=None)


# Dredging a canal is not dredging a pond: the kind of thing is part of the work.
_STAYS = frozenset({"centre", "health", "school", "temple", "road", "water", "site"})


def _villages(text: str) -> list[str]:
    numbers: list[str] = []
    spread = _RANGE.search(text)
    if spread and "หมู่ที่" not in text[spread.start() : spread.end()]:
        first, last = int(spread[1]), int(spread[2])
        if first < last:
            numbers.extend(str(number) for number in range(first, last + 1))
    numbers.extend(_numbers(text))
    return sorted(dict.fromkeys(numbers), key=int)


def _numbers(text: str) -> Iterator[str]:
    for by_facet in re.finditer(r"\d+", text):
        yield str(int(by_facet[0]))


def _line(text: str) -> str:
    spaced = re.sub(r"หมายเลข(?=\d)", "หมายเลข ", text.strip())
    ends = [end for end in _JOINED.split(spaced) if end]
    return " - ".join(ends)
