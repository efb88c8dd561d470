"""One spelling for a project's name: digits, abbreviations, frequent slips made alike.

Rules only where two spellings mean the same thing in the names of Thai local projects;
`corpora/names/abbreviations.tsv` explains the abbreviations to people.
"""

import re
from collections.abc import Callable

from ingest.thai.fold import fold
from ingest.thai.repair import repair

# Slips of the keyboard that real project lists are full of.
_SLIPS = (
    ("กอ่สร้าง", "ก่อสร้าง"),
    ("ก่อสร้ง", "ก่อสร้าง"),
    ("ปรับปรุ่ง", "ปรับปรุง"),
    ("เอนกประสงค์", "อเนกประสงค์"),
    ("สาธารณะประโยชน์", "สาธารณประโยชน์"),
    ("โซล่าเซลล์", "โซลาร์เซลล์"),
    ("โซล่าร์เซลล์", "โซลาร์เซลล์"),
    ("โซลาเซลล์", "โซลาร์เซลล์"),
    ("คอนกรีตเสริมเหล็ก (คสล.)", "คอนกรีตเสริมเหล็ก"),
    ("คอนกรีตเสริมเหล็ก(คสล.)", "คอนกรีตเสริมเหล็ก"),
    ("คอนกรีดเสริมเหล็ก", "คอนกรีตเสริมเหล็ก"),
    ("หมู่บ้านที่", "หมู่ที่"),
    ("หมูที่", "หมู่ที่"),
    ("หมู๋ที่", "หมู่ที่"),
    ("หมู่ ที่", "หมู่ที่"),
)

# แอสฟัลท์ติกคอนกรีต, แอสฟัลต์ติก, แอสฟัลติกคอนกรีต, แอสฟัสท์ … are one material.
_ASPHALT = re.compile(r"แอ[สซ][ฟพ]ั[ลส]+[ตท]?์?\s*(?:[ตท]?ิ[กค]์?|ติ?ก)?\s*(?:คอนก?รี[ตด])?")

# An abbreviation is read where no letter touches it on the left.
_ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    (r"ค\.?\s?ส\.?\s?ล\.?(?![ก-๙])|คสล\.?", "คอนกรีตเสริมเหล็ก"),
    (r"ศ\.?พ\.?ด\.?(?=[\s\u0e01-\u0e2e\u0e40-\u0e44]|$)", "ศูนย์พัฒนาเด็กเล็ก"),
    (r"ร\.?พ\.?\s?ส\.?ต\.?", "โรงพยาบาลส่งเสริมสุขภาพตำบล"),
    (r"อ\.?ส\.?ม\.(?![ก-๙])|อสม\.?(?![ก-๙])", "อาสาสมัครสาธารณสุข"),
    (r"อ\.?ป\.?พ\.?ร\.?(?![ก-๙])", "อาสาสมัครป้องกันภัยฝ่ายพลเรือน"),
    (r"อ\.?บ\.?จ\.", "องค์การบริหารส่วนจังหวัด"),
    (r"อบจ(?=[\sก-๙])", "องค์การบริหารส่วนจังหวัด"),
    (r"อ\.?บ\.?ต\.", "องค์การบริหารส่วนตำบล"),
    (r"อบต(?=[\sก-๙])", "องค์การบริหารส่วนตำบล"),
    (r"ท\.?ต\.", "เทศบาลตำบล"),
    (r"ท\.?ม\.", "เทศบาลเมือง"),
    (r"ท\.?น\.", "เทศบาลนคร"),
    (r"ร\.?ร\.(?=\s?[ก-๙])", "โรงเรียน"),
    (r"ช\.(?=\s?[ก-๙]{2})", "ชุมชน"),
    (r"ซ\.(?=\s?[ก-๙0-9])", "ซอย"),
    (r"ถ\.(?=\s?[ก-๙0-9])", "ถนน"),
    (r"บ\.(?=\s?[ก-๙])", "บ้าน"),
    (r"ต\.(?=\s?[ก-๙])", "ตำบล"),
    (r"อ\.(?=\s?[ก-๙])", "อำเภอ"),
    (r"จ\.(?=\s?[ก-๙])", "จังหวัด"),
)
_SHORT = tuple(
    (re.compile(rf"(?<![\u0e01-\u0e4c.])(?:{short})"), long) for short, long in _ABBREVIATIONS
)

# ม. before a number is a village (หมู่ที่), after a number a metre.
_VILLAGE = re.compile(r"(?<![\u0e01-\u0e4c])(?:ม\.|หมู่\.|หมู่ที่|หมู่)\s*(?=\d{1,2}(?!\d|\s*[.,]\d))")
_METRE = re.compile(r"(?<=\d)\s*ม\.(?!\s?\d)|(?<=\d)\s*ม(?=[\sx×,)]|$)")
_SQUARE = re.compile(r"ตร\.\s*ม\.?|ตารางเมตร|ตรม\.?")
_CUBIC = re.compile(r"ลบ\.\s*ม\.?|ลบม\.?")
_KILOMETRE = re.compile(r"(?<=\d)\s*(?:กม\.|ก\.ม\.)")
_STATION = re.compile(r"(?:กม\.|ก\.ม\.|กิโลเมตรที่|sta\.?)\s*(?=\d+\s*\+)")
_NUMBERED = re.compile(r"หมายเลข\s+(?=\d)")
_SPACE = re.compile(r"\s+")


def plain(name: str) -> str:
    """Return `name` in the one spelling that parts are read from; idempotent."""
    return spelled(repair(name))


def spelled(clean: str) -> str:
    """Return a text that is repaired already in the spelling of `plain`."""
    text = fold(clean)
    for slip, right in _SLIPS:
        text = text.replace(slip, right)
    for change in _CHANGES:
        text = change(text)
    return _SPACE.sub(" ", text).strip()


def _asphalt(text: str) -> str:
    return _ASPHALT.sub("แอสฟัลต์คอนกรีต ", text)


def _abbreviations(text: str) -> str:
    for short, long in _SHORT:
        text = short.sub(long, text)
    return text


def _units(text: str) -> str:
    text = _NUMBERED.sub("หมายเลข", _STATION.sub("กม.", text))
    text = _SQUARE.sub("ตารางเมตร", text)
    text = _CUBIC.sub("ลูกบาศก์เมตร", text)
    text = _KILOMETRE.sub(" กิโลเมตร", text)
    text = _VILLAGE.sub("หมู่ที่ ", text)
    return _METRE.sub(" เมตร", text)


_CHANGES: tuple[Callable[[str], str], ...] = (_asphalt, _units, _abbreviations)
