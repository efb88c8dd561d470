"""What the columns of a table mean, told by their headers and never by their position.

The words are those of แบบ ผ.01, ผ.02, ผ.02/1, ผ.02/2, ผ.03, of action plans (แผนดำเนินงาน,
แบบ ผด.), of provinces' lists of projects and of plain proposal lists, Thai or English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ingest.thai.numbers import arabic, buddhist, year

Meaning = Literal[
    "number",
    "title",
    "objective",
    "target",
    "budget",
    "indicator",
    "expected_result",
    "responsible",
    "organisation",
    "place",
    "year",
    "plan",
    "strategy",
    "type",
    "note",
    "source",
    "month",
    "count",
    "province",
    "district",
    "subdistrict",
    "village",
]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds. Budgets know their fiscal year (BE), where the header tells.

    `unit` is what a figure of the column is multiplied with to make baht (ล้านบาท).
    """

    meaning: Meaning
    year: int | None = None
    unit: Decimal = Decimal(1)


_MONTHS = (
    r"ม\.?ค\.?|ก\.?พ\.?|มี\.?ค\.?|เม\.?ย\.?|พ\.?ค\.?|มิ\.?ย\.?|ก\.?ค\.?|ส\.?ค\.?|ก\.?ย\.?"
    r"|ต\.?ค\.?|พ\.?ย\.?|ธ\.?ค\.?|ไตรมาส.*|q[1-4]"
)
# The first rule that fits decides, so narrow ones stand before wide ones.
_PATTERNS: tuple[tuple[Meaning, str], ...] = (
    ("count", r"จำนวนโครงการ|numberofprojects"),
    ("source", r"แหล่ง(?:เงิน|งบ|ที่มา|ทุน)|ที่มาของ(?:งบ|เงิน)|ประเภทงบ|source"),
    ("number", r"^(?:ลำดับ)?ที่$|^ลำดับ|^รหัส|^เลขที่|^no\.?$|^#$|itemno|code$|^id$"),
    ("note", r"หมายเหตุ|remark|^notes?$|comment"),
    ("expected_result", r"คาดว่า|ผลลัพธ์|ประโยชน์ที่|expected|outcome|result|benefit"),
    ("responsible", r"รับผิดชอบ|หน่วย(?:งาน)?(?:ที่)?ดำเนินการ|ผู้ดำเนินการ|เจ้าของ|responsible|owner"),
    ("indicator", r"ตัวชี้วัด|ดัชนีชี้วัด|kpi|indicator"),
    ("objective", r"วัตถุประสงค์|จุดประสงค์|หลักการและเหตุผล|objective|purpose"),
    ("strategy", r"ยุทธศาสตร์|กลยุทธ์|^แนวทาง|ประเด็นการพัฒนา|strateg"),
    ("plan", r"^แผนงาน(?!\W*(?:โครงการ|กิจกรรม))|^งาน$|^program"),
    ("title", r"^(?:ชื่อ|แผนงาน|\W)*(?:โครงการ|กิจกรรม|งาน)|title|^project|^name|^activity"),
    ("place", r"สถานที่|พื้นที่|จุดดำเนินการ|ที่ตั้ง|location|place|^site|^area"),
    ("province", r"^จังหวัด|province"),
    ("subdistrict", r"^ตำบล|^แขวง|sub-?district|tambon"),
    ("district", r"^อำเภอ|^เขต|district|amphoe"),
    ("village", r"^หมู่|^บ้าน|^ชุมชน|village|^moo"),
    ("organisation", r"หน่วยงาน|องค์กร|^อปท|ส่วนราชการ|organi[sz]ation|agency|department"),
    ("target", r"เป้าหมาย|ผลผลิต|รายละเอียด|ปริมาณ|target|output|detail|description|goal"),
    ("year", r"^ปี(?:งบประมาณ)?(?:พ\.?ศ\.?|\(พ\.?ศ\.?\))?$|^พ\.?ศ\.?$|^(?:fiscal)?year"),
    ("budget", r"งบ|วงเงิน|จำนวนเงิน|ราคา|เงิน|บาท|^รวม|budget|amount|cost|baht"),
    ("type", r"ประเภท|หมวด|รายการ|ครุภัณฑ์|^type|category|^list"),
)
# The first rule that fits decides, so narrow ones stand before wide ones.
_RULES = tuple((meaning, re.compile(pattern)) for meaning, pattern in _PATTERNS)
_MONTH = re.compile(rf"(?:.*[0-9])?(?:{_MONTHS})")
_UNITS = (
    (re.compile(r"ล้านบาท|million"), Decimal(1_000_000)),
    (re.compile(r"แสนบาท"), Decimal(100_000)),
    (re.compile(r"หมื่นบาท"), Decimal(10_000)),
    (re.compile(r"พันบาท|thousand"), Decimal(1_000)),
)
_ONLY_YEAR = re.compile(
    r"(?:ปี|งบประมาณ|พ\.?ศ\.?|fy|[(.])*([0-9]{4}|(?<=ปี)[0-9]{2})(?:[().]|บาท|ล้าน|พัน)*"
)
_BLANK = re.compile(r"\s+")
_WRITTEN: dict[Meaning, str] = {
    "title": "โครงการ",
    "objective": "วัตถุประสงค์",
    "target": "เป้าหมาย",
    "indicator": "ตัวชี้วัด",
    "expected_result": "ผลที่คาดว่าจะได้รับ",
    "responsible": "รับผิดชอบหลัก",
    "budget": "งบประมาณ",
    "place": "สถานที่ดำเนินการ",
    "note": "หมายเหตุ",
}
_ALIKE = 80.0
_TOO_SHORT = 5
LONGEST_HEADER = 80
"""Nobody names a column in more letters: longer texts are contents."""


def meaning(header: str) -> Column | None:
    """Read a column's header; None where it says nothing that is known."""
    text = _BLANK.sub(" ", header).strip()
    if not text or len(text) > LONGEST_HEADER:
        return None
    tight = arabic(text.replace(" ", "")).lower()
    if _MONTH.fullmatch(tight):
        return Column("month")
    if only := _ONLY_YEAR.fullmatch(tight):
        return Column("budget", buddhist(int(only[1])), _unit(tight))
    found = next((name for name, rule in _RULES if rule.search(tight)), None)
    if found is None:
        return None
    if found in {"year", "budget"}:
        return _money(found, tight, text)
    return Column(found)


def _money(found: Meaning, tight: str, text: str) -> Column:
    told = year(text)
    if told is None and found == "year":
        return Column("year")
    return Column("budget", told, _unit(tight))


def _unit(text: str) -> Decimal:
    return next((unit for pattern, unit in _UNITS if pattern.search(text)), Decimal(1))


def nearest(header: str) -> Column | None:
    """Read a header that may be misread by a letter or two, as in scans."""
    from rapidfuzz import fuzz, process

    exact = meaning(header)
    tight = arabic("".join(header.split()))
    if exact is not None or not _TOO_SHORT <= len(tight) <= LONGEST_HEADER:
        return exact
    found = process.extractOne(tight, _WRITTEN, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE)
    return Column(found[2]) if found else None


def columns(rows: Sequence[Sequence[str]], *, misread: bool = False) -> tuple[Column | None, ...]:
    """Read the header rows of one table: each column by the words above it, top to bottom.

    `misread` allows for letters read wrongly, and for years that break the row of years.
    """
    width = max(map(len, rows), default=0)
    read = nearest if misread else meaning
    found = [_column(rows, index, read) for index in range(width)]
    return tuple(_in_a_row(found) if misread else found)


def _in_a_row(found: list[Column | None]) -> list[Column | None]:
    """Set the years of neighbouring budgets right: they count up by one, most of them say so."""
    priced = [i for i, column in enumerate(found) if column and column.meaning == "budget"]
    offsets = Counter(c.year - i for i in priced if (c := found[i]) is not None and c.year)
    if not offsets:
        return found
    offset, agreed = offsets.most_common(1)[0]
    if agreed < 2 or agreed <= len(priced) / 2 or priced[-1] - priced[0] >= len(priced):
        return found
    return [replace(c, year=offset + i) if c and i in priced else c for i, c in enumerate(found)]


def _column(
    rows: Sequence[Sequence[str]], index: int, read: Callable[[str], Column | None]
) -> Column | None:
    words: list[str] = []
    for row in rows:
        word = _BLANK.sub(" ", row[index]).strip() if index < len(row) else ""
        if word and word not in words:
            words.append(word)
    whole = read(" ".join(words))
    if len(words) < 2 or (whole is not None and whole.meaning in {"budget", "month"}):
        return whole
    lowest = read(words[-1])
    return whole if lowest is None else _nearer(whole, lowest, words)


def _nearer(whole: Column | None, lowest: Column, words: Sequence[str]) -> Column:
    """Decide between the lowest header and all of them: งบประมาณ over 2566 is a budget."""
    if lowest.meaning == "budget" and whole is not None:
        upper = meaning(" ".join(words[:-1]))
        return whole if upper is not None and upper.meaning != "budget" else lowest
    return lowest
