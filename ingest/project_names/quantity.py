"""Numbers in a project's name: the stage of a work, its quantities, its years.

Each reader takes the plain name and returns what it found and the rest, where a bar
stands for every part taken out.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

StageKind = Literal["phase", "section", "batch", "round", "year", "term", "more"]

CUT = " | "

_YEAR = re.compile(
    r"(?:ใน|ประจำ)?ปี(?:การศึกษา|งบประมาณ)?\s*(?:พ\.?ศ\.?)?\s*(25\d\d)(?:\s*-\s*(25\d\d))?"
    r"|พ\.?ศ\.?\s*(25\d\d)(?:\s*-\s*(25\d\d))?"
    r"|\((25\d\d)\)|(?<![\d/.,])(25\d\d)$"
)

_ORDINALS = {"แรก": "1", "ต้น": "1", "ต่อ": "2", "กลาง": "2", "ปลาย": "9", "สุดท้าย": "9"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}

_NUMERAL = r"(\d{1,2}|i{1,3}v?|iv|v)(?![\d.])"
_STATION = r"\d+\s*\+\s*[\d.]+"
_NOT_STAGE = "ทาง|ยาว|สั้น|เวลา|กลาง|ไกล|ใกล้|ที่|ห่าง|ประชิด|แรก"

_STAGES: tuple[tuple[StageKind, re.Pattern[str]], ...] = (
    ("term", re.compile(r"(?:ภาคเรียนที่|ภาคการศึกษาที่|เทอมที่|เทอม|ไตรมาสที่)\s*(\d)(?:\s*/\s*(25\d\d))?")),
    ("phase", re.compile(rf"\(?(?:ระยะ|เฟส|เฟซ|phase)\s*(?:ที่)?\s*{_NUMERAL}\)?")),
    (
        "section",
        re.compile(r"\(?(?:ช่วง|ตอน|ส่วน)(?:ที่)?\s*(\d{1,2})(?![\d.])(?:\s*\((กม\.[^)]*)\))?\)?"),
    ),
    ("section", re.compile(r"(?:ช่วง|ตอน|ระยะ)(แรก|ต้น|ต่อ|กลาง|ปลาย|สุดท้าย)")),
    ("section", re.compile(rf"\(?กม\.\s*({_STATION}(?:\s*(?:-|ถึง)\s*(?:กม\.\s*)?{_STATION})?)\)?")),
    ("batch", re.compile(r"รุ่น(?:ที่)?\s*(\d{1,3})")),
    ("round", re.compile(r"(?:ครั้งที่|ครั้ง)\s*(\d{1,3})(?:\s*/\s*(25\d\d))?")),
    ("year", re.compile(r"ปีที่\s*(\d{1,2})")),
    ("phase", re.compile(rf"ระยะ(?!{_NOT_STAGE}|\s*\d)([\u0e01-\u0e4c]{{4,40}})(?=\s|$|\|)")),
    (
        "more",
        re.compile(
            r"เพิ่มเติม|ต่อเนื่องจาก|(?:ส่วน)?ต่อจาก(?:ของเดิม|เดิม|ปีก่อน)?|ส่วนที่เหลือ"
            r"|(?<=\s)อีก(?=\s*\d)|\(ต่อเนื่อง\)|\(ต่อ\)"
        ),
    ),
)

_DIMENSION = (
    "กว้างเฉลี่ย|ความกว้าง|ความยาว|ความหนา|ความลึก|ความสูง|ความจุ|กว้าง|ปากกว้าง|ก้นกว้าง|ยาว|หนาเฉลี่ย|หนา|สูง|ลึก|เส้นผ่านศูนย์กลาง|เส้นผ่าศูนย์กลาง"
    "|จำนวน|มีพื้นที่|พื้นที่|ระยะทาง|รวม|ปริมาตร|ปริมาณ|ขนาด|ไหล่ทาง|รัศมี|อีก"
)
_UNIT = (
    "ตารางเมตร|ลูกบาศก์เมตร|กิโลเมตร|เมตร|เซนติเมตร|ซม\\.|นิ้ว|มิลลิเมตร|วัตต์|กิโลวัตต์|ลิตร|ตัน|กิโลกรัม"
    "|จุด|แห่ง|คน|รายการ|ราย|หน่วย|หลัง|สายทาง|สาย|ล้อ|ชุด|เครื่อง|คัน|บ่อ|ต้น|ไร่|งาน|ครัวเรือน|ครัว|ตัว|ดวง|ถัง|ท่อน|ท่อ|ใบ"
    "|ครั้ง|รุ่น|วัน|เดือน|ห้องเรียน|ห้อง|ชั้น|ช่อง(?!จราจร)|โรงเรียน|โรง|กลุ่ม|หมู่บ้าน|อัน|ลูก|ที่นั่ง|แปลง|ฉบับ"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?P<what>{_DIMENSION})?\s*(?:ข้างละ|เฉลี่ย|ประมาณ|ไม่น้อยกว่า|รวม|ไม่เกิน)*\s*"
    rf"(?P<value>{_NUMBER}(?:\s*[x×*]\s*{_NUMBER})*)\s*(?P<unit>{_UNIT})"
    rf"|(?P<what2>{_DIMENSION})\s*(?:ไม่น้อยกว่า|ประมาณ)?\s*(?P<value2>{_NUMBER}(?:\s*[x×*]\s*{_NUMBER})*)"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a work that goes on: phase, stretch, batch, round, year, school term, more."""

    kind: StageKind
    number: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"kind": self.kind, "number": self.number}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: `values` multiply (40 x 60), `what` is its dimension (ยาว) where said."""

    values: tuple[Decimal, ...]
    unit: str | None = None
    what: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"values": [str(v) for v in self.values], "unit": self.unit, "what": self.what}


def years(name: str) -> tuple[tuple[int, ...], str]:
    """Take the fiscal years out of a plain name."""
    read = tuple(
        sorted({int(year) for match in _YEAR.finditer(name) for year in match.groups() if year})
    )
    # The year of a school term or a numbered round belongs to the stage and stays.
    return read, _YEAR.sub(CUT, name)


def stages(name: str) -> tuple[tuple[Stage, ...], str]:
    """Take the stages of the work out of a plain name."""
    read: list[Stage] = []
    for kind, pattern in _STAGES:
        for match in pattern.finditer(name):
            numbers = [_ordinal(group) for group in match.groups() if group]
            read.append(Stage(kind, "/".join(numbers) or None))
        name = pattern.sub(CUT, name)
    return tuple(read), name


def quantities(name: str) -> tuple[tuple[Quantity, ...], str]:
    """Take counts and measures out of a plain name."""
    read: list[Quantity] = []
    for match in _QUANTITY.finditer(name):
        what = (match["what"] or match["what2"] or "").removeprefix("ความ") or None
        values = (match["value"] or match["value2"]).replace(",", "")
        numbers = tuple(Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", values))
        read.append(Quantity(numbers, match["unit"], what))
    return tuple(read), _QUANTITY.sub(CUT, name)


def _ordinal(text: str) -> str:
    squeezed = re.sub(r"\s", "", text)
    return _ORDINALS.get(squeezed) or _ROMAN.get(squeezed) or squeezed
