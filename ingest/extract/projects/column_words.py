"""The words by which columns of tables are known, as patterns over tight lower-case text.

The words are those of แบบ ผ.01, ผ.02, ผ.02/1, ผ.02/2, ผ.03, of action plans (แผนดำเนินงาน,
แบบ ผด.), of budgets and reports on them, of provinces' lists of projects and of plain
proposal lists, Thai or English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Meaning = Literal[
    "number",
    "title",
    "item",
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
    "spending",
    "percent",
    "change",
    "measured_in",
    "ignore",
]
"""What a column holds. `item` is a line of cost, `measured_in` the unit of a row's figures,
`ignore` something that is known and of no use here."""

Stage = Literal["asked", "planned", "approved"]

MONTHS = (
    r"ม\.?ค\.?|ก\.?พ\.?|มี\.?ค\.?|เม\.?ย\.?|พ\.?ค\.?|มิ\.?ย\.?|ก\.?ค\.?|ส\.?ค\.?|ก\.?ย\.?"
    r"|ต\.?ค\.?|พ\.?ย\.?|ธ\.?ค\.?|ไตรมาส.*|q[1-4]|งวดที่.*"
    r"|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
)
MONTH = re.compile(
    rf"(?:.*[0-9])?(?:(?:เดือน|ประจำเดือน)?(?:{MONTHS}))(?:[0-9]{{2,4}})?(?:\(?บาท\)?)?"
)

# The first rule that fits decides, so narrow ones stand before wide ones.
_PATTERNS: tuple[tuple[Meaning, str], ...] = (
    ("count", r"จำนวนโครงการ|numberofprojects"),
    ("source", r"^แหล่ง(?:เงิน|งบ|ที่มา|ทุน)|^ที่มาของ(?:งบ|เงิน)|^ประเภทงบ|^source|fundingsource"),
    (
        "number",
        r"^(?:ลำดับ)?ที่$|^ลำดับ|^รหัส|^เลขที่|^no\.?$|^#$|itemno|code$|^id$|^(?:item|project|ref)[_\s]?id$",
    ),
    ("ignore", r"เลขที่สัญญา|วันที่|คู่สัญญา|ผู้รับจ้าง|ผู้ขาย|ระยะเวลา|วันเริ่ม|วันสิ้นสุด|contractor|vendor|date"),
    (
        "change",
        r"เพิ่ม\W*(?:/|-|–|\()\W*ลด|^เพิ่ม(?:ขึ้น)?\W*$|^ลด(?:ลง)?\W*$|ผลต่าง|เปลี่ยนแปลง(?:จาก|เพิ่ม|$)|^difference|^change",
    ),
    ("percent", r"^\(?ร้อยละ|^%|^percent|ร้อยละ(?:การ|ของ(?:การ|งบ))|\(?%\)?$|คิดเป็น"),
    ("note", r"หมายเหตุ|remark|^notes?$|comment"),
    ("expected_result", r"คาดว่า|ผลลัพธ์|ประโยชน์ที่|expected|outcome|result|benefit"),
    ("responsible", r"รับผิดชอบ|หน่วย(?:งาน)?(?:ที่)?ดำเนินการ|ผู้ดำเนินการ|เจ้าของ|responsible|owner"),
    ("indicator", r"ตัวชี้วัด|ดัชนีชี้วัด|kpi|indicator"),
    ("objective", r"วัตถุประสงค์|จุดประสงค์|หลักการและเหตุผล|objective|purpose"),
    ("measured_in", r"^หน่วย(?:นับ|วัด)$|^unit$|^unitofmeasure"),
    ("strategy", r"ยุทธศาสตร์|กลยุทธ์|^แนวทาง|ประเด็นการพัฒนา|strateg"),
    ("plan", r"^แผนงาน(?!\W*(?:โครงการ|กิจกรรม))|^งาน$|^program"),
    ("title", r"^(?:ชื่อ|แผนงาน|\W)*(?:โครงการ|กิจกรรม|งาน)|title|^project|^name|^activity"),
    ("place", r"สถานที่|พื้นที่|จุดดำเนินการ|ที่ตั้ง|location|place|^site|^area"),
    ("province", r"^จังหวัด|province"),
    ("subdistrict", r"^ตำบล|^แขวง|sub-?district|tambon"),
    ("district", r"^อำเภอ|^เขต|district|amphoe"),
    ("village", r"^หมู่|^บ้าน|^ชุมชน|village|^moo"),
    ("organisation", r"หน่วยงาน|หน่วยรับงบ|องค์กร|^อปท|ส่วนราชการ|organi[sz]ation|agency|department"),
    ("target", r"เป้าหมาย|ผลผลิต|รายละเอียด|ปริมาณ|target|output|detail|description|goal"),
    ("year", r"^ปี(?:งบประมาณ)?(?:พ\.?ศ\.?|\(พ\.?ศ\.?\))?$|^พ\.?ศ\.?$|^(?:fiscal)?year"),
    (
        "budget",
        r"งบ|วงเงิน|จำนวนเงิน|ราคา|เงิน|บาท|^รวม|budget|amount|cost|baht|^(?:grand)?total|ค่า(?:ใช้จ่าย|ใช้สอย|ตอบแทน|วัสดุ|ครุภัณฑ์|จ้าง|ที่ดิน|สาธารณูปโภค)",
    ),
    ("type", r"ประเภท|หมวด|รายการ|ครุภัณฑ์|^type|category|^list"),
)
MIXED = re.compile(
    r"(?:กระทรวง|หน่วยงาน|ผลผลิต|แนวทาง)[^()]{0,60}[-/–][^()]*โครงการ|โครงการ[^()]{0,20}[-/–][^()]*(?:ผลผลิต|หน่วยงาน)"
)
"""A column that names agencies, outputs and projects below each other."""

RULES: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern)) for name, pattern in _PATTERNS
)

# Money that is not the budget, by the name it has in `spending`.
SPENDING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("unit_price", r"ราคา(?:ต่อ|/)?หน่วย|หน่วยละ|unitprice|priceperunit"),
        ("reference_price", r"ราคากลาง|referenceprice|medianprice|pricebuild"),
        ("left", r"คงเหลือ|เหลือจ่าย|^(?:งบประมาณ|เงิน|ยอด)?เหลือ|remain|balance|unspent|leftover"),
        (
            "contracted",
            r"ก่อหนี้|ผูกพัน(?!ธ์)|สัญญา|(?:ราคา|วงเงิน|จำนวนเงิน)(?:ที่)?(?:ตกลง|จัดซื้อ|จัดจ้าง|ซื้อ|จ้าง)"
            r"|contract|commit|obligat|agreed|award",
        ),
        (
            "paid",
            r"(?<!แผน)(?<!แผนการ)เบิกจ่าย|จ่ายจริง|จ่ายไป|จ่ายแล้ว|ใช้ไป|ใช้จริง|ใช้จ่าย(?:จริง|แล้ว|ไป)|ผลการ(?:ใช้|เบิก)จ่าย"
            r"|(?<!แผน)(?<!แผนการ)เบิก(?:แล้ว|ไป|เงิน)?$|^เบิก|รายจ่ายจริง|จ่ายสะสม|เบิกสะสม|disburs|^paid|spent"
            r"|expended|actual|(?:งบ|เงิน|บาท)[^()]*ผล\W*$",
        ),
        ("transferred", r"โอน(?:เพิ่ม|ลด|งบ|เงิน|ออก|เข้า|$)|กันเงิน|transfer"),
        ("income", r"^(?:ประมาณการ)?รายรับ|^income|^revenue"),
    )
)
STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("asked", re.compile(r"คำขอ|เสนอขอ|ที่ขอ|ขอรับ|ขอตั้ง|ขอสนับสนุน|request|proposed")),
    ("approved", re.compile(r"อนุมัติ|จัดสรร|ข้อบัญญัติ|เทศบัญญัติ|ที่ได้รับ|approved|allocat")),
    ("planned", re.compile(r"(?<!ตาม)แผน(?!งาน)|ตั้งไว้|ประมาณการ|planned")),
)
TOTAL = re.compile(
    r"^(?:\W|ยอด|ผล|เงิน|งบประมาณ|งบ|จำนวน)*รวม(?!พลัง)|รวม(?:ทั้งสิ้น|ทั้งหมด|เงิน|งบประมาณ)?\W*(?:\(?(?:ล้าน|พัน)?บาท\)?)?$"
    r"|^(?:grand|sub)?total|total$|^sum$"
)
PART = re.compile(
    r"งบ(?:บุคลากร|ดำเนิน(?:งาน|การ)|ลงทุน|เงินอุดหนุน|รายจ่ายอื่น|กลาง|อุดหนุน)|อุดหนุน|รายจ่าย(?:ประจำ|ลงทุน|อื่น)"
    r"|ค่า(?:ตอบแทน|ใช้สอย|วัสดุ|ครุภัณฑ์|ที่ดิน|สาธารณูปโภค|จ้าง|แรง|ใช้จ่าย)|สิ่งก่อสร้าง|ครุภัณฑ์|เงิน(?:รายได้|กู้|สะสม|สมทบ|บำรุง|นอกงบ|งบประมาณ|เดือน)"
    r"|งบ(?:อบต|อบจ|เทศบาล|ท้องถิ่น|ของ|ตนเอง|แผ่นดิน|พัฒนา|ปกติ|ฟังก์ชั่?น|จังหวัด|กลุ่มจังหวัด|กระทรวง|กรม|ส่วนราชการ)"
    r"|นอกงบประมาณ|ภาคเอกชน|แหล่งอื่น|อื่นๆ|subsid|grant|personnel|operating|capital"
)
UNITS = (
    (re.compile(r"ล้านบาท|ล้าน\)|million|\bmb\b"), Decimal(1_000_000)),
    (re.compile(r"แสนบาท"), Decimal(100_000)),
    (re.compile(r"หมื่นบาท"), Decimal(10_000)),
    (re.compile(r"พันบาท|thousand|'000"), Decimal(1_000)),
    (re.compile(r"บาท|baht|thb"), Decimal(1)),
)
WRITTEN: dict[Meaning, str] = {
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
"""How a header with one meaning is written most often, for headers that are misread."""


def unit_in(text: str) -> Decimal | None:
    """Return what a figure is multiplied with to make baht, as a text says; None if it doesn't."""
    tight = "".join(text.split()).lower()
    return next((unit for pattern, unit in UNITS if pattern.search(tight)), None)


_DECLARED = re.compile(
    r"หน่วย(?:นับ)?\s*[:：=]?\s*((?:ล้าน|แสน|หมื่น|พัน)?\s?บาท)|\(\s*((?:ล้าน|แสน|หมื่น|พัน)\s?บาท)\s*\)"
    r"|unit\s*[:=]\s*((?:million|thousand)?\s*baht)",
    re.IGNORECASE,
)


def declared_unit(text: str) -> Decimal | None:
    """Return the unit of money a line declares for what stands below it (หน่วย : ล้านบาท)."""
    result = _DECLARED.search(text)
    return unit_in(result[1] or result[2] or result[3]) if result else None


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds. Money knows its fiscal year (BE), where the header tells.

    `unit` is what a figure of the column is multiplied with to make baht (ล้านบาท), `united`
    where a header says so. `total` marks a sum of other columns, `part` the kind of money
    (งบลงทุน) or `stage` (asked for, planned, approved) a column of money holds. `name` is what
    money that is no budget is called in `spending`; a title that is `mixed` stands among
    names of agencies, plans and outputs.
    """

    meaning: Meaning
    year: int | None = None
    unit: Decimal = Decimal(1)
    united: bool = False
    total: bool = False
    part: str | None = None
    stage: Stage | None = None
    name: str | None = None
