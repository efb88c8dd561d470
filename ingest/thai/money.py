"""Amounts of baht as tables and sentences write them."""

import re
from decimal import Decimal

from ingest.thai.digits import arabic

_UNITS = {"หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6, "พัน": 10**3, "ร้อย": 10**2}
_NUMBER = (
    r"(?:[0-9]{1,3}(?:, ?[0-9]{3})+(?:\.[0-9]{1,2})?"  # 1,200,000.50
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}"  # 1.200.000, full stops typed for commas
    r"|[0-9]+(?:\.[0-9]+)?)"
)
_UNIT = r"(?:ร้อย|พัน|หมื่น|แสน)?\s?ล้าน|ร้อย|พัน|หมื่น|แสน"
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})(?:\s?(?P<unit>{_UNIT})(?!ละ))?(?:\s?(?P<baht>บาท))?")
_YEAR_BEFORE = re.compile(r"(?:ปี|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|งบประมาณ\s?พ\.ศ\.)\s*$")
_NOT_MONEY = re.compile(
    r"\s?(?:%|แห่ง|คน|ราย|หมู่|เมตร|กม|กิโลเมตร|ครั้ง|สาย|ครัวเรือน|โครงการ|ตร\.|ตาราง|ชุด|เครื่อง|คัน|หลัง|ต้น|ไร่|วัน|ปี|เดือน)(?!ละ)"
)
_LINE_BROKEN = re.compile(r"(?<=[0-9],)\s+(?=[0-9]{3}(?![0-9]))|(?<=[0-9])\s+(?=,[0-9]{3})")


def money(text: str) -> Decimal | None:
    """Read the amount of baht a table cell or phrase gives, None if it gives none.

    Reads Thai and mixed digits, units (1.5 ล้านบาท), the closing ".-", and the figure of
    a cell with a note under it. A dash, an empty cell and words alone are no amount; an
    explicit 0 is Decimal(0). Where บาท marks one of several numbers, that one counts.
    """
    flat = _LINE_BROKEN.sub("", arabic(text))
    found = [m for m in _AMOUNT.finditer(flat) if _plausible(flat, m)]
    if not found:
        return None
    marked = [m for m in found if m["baht"] or m["unit"]]
    return _value((marked or found)[0])


def _plausible(text: str, found: re.Match[str]) -> bool:
    if found["baht"]:
        return True
    before = text[max(0, found.start() - 14) : found.start()]
    return not _YEAR_BEFORE.search(before) and not _NOT_MONEY.match(text, found.end())


def _value(found: re.Match[str]) -> Decimal:
    number = found["number"].replace(",", "").replace(" ", "")
    if number.count(".") > 1 or (not found["unit"] and re.fullmatch(r"[0-9]+\.[0-9]{3}", number)):
        number = number.replace(".", "")  # a full stop typed for the thousands' comma
    value = Decimal(number)
    for word, factor in _UNITS.items():
        if found["unit"] and word in found["unit"]:
            value *= factor
    return value
