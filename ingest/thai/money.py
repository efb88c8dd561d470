"""Amounts of baht as tables and sentences write them.

Thais write commas between thousands and a full stop before decimals, however many:
12,500.125 has three of them. Blanks between groups of three part thousands, too. A figure
that can be read in two ways is `clear=False` and has no value: nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.thai.digits import arabic

_UNITS = {"หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6, "พัน": 10**3, "ร้อย": 10**2}
_UNIT = r"(?:ร้อย|พัน|หมื่น|แสน)?\s?ล้าน|ร้อย|พัน|หมื่น|แสน"
# Any string of digits, commas and full stops; what it says is decided afterwards.
_FIGURE = re.compile(
    rf"(?P<number>[0-9]+(?:[.,]+[0-9]+)*)(?P<letters>[.,]?(?:[A-Za-z]|(?<=[.,])[Oo]))?"
    rf"(?:\s?(?P<unit>{_UNIT})(?!ละ))?(?:\s?(?P<baht>บาท))?"
)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_STOPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")  # 1.200.000, full stops for commas
_YEAR_BEFORE = re.compile(r"(?:ปี|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|งบประมาณ\s?พ\.ศ\.)\s*$")
_COUNTED_BEFORE = re.compile(r"(?:ร้อยละ|หมู่(?:ที่)?|ม\.|ข้อ|ระยะ(?:ที่)?|งวด(?:ที่)?|ครั้งที่|ลำดับ(?:ที่)?)\s*$")
_NOT_MONEY = re.compile(
    r"\s?(?:%|แห่ง|คน|ราย|หมู่|เมตร|กม|กิโลเมตร|ครั้ง|สาย|ครัวเรือน|โครงการ|ตร\.|ตาราง|ชุด|เครื่อง|คัน|หลัง|ต้น|ไร่|วัน|ปี|เดือน)(?!ละ)"
)
_LINE_BROKEN = re.compile(r"(?<=[0-9],)\s+(?=[0-9]{3}(?![0-9]))|(?<=[0-9])\s+(?=,[0-9]{3})")
# No-break, figure, thin and narrow blanks stand inside numbers, never between them.
_INSIDE = re.compile("(?<=[0-9,])[\u00a0\u2007\u2008\u2009\u200a\u202f](?=[0-9]{3}(?![0-9])|,)")
_APOSTROPHE = re.compile("(?<=[0-9])['’](?=[0-9]{3}(?![0-9]))")
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BLANKED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9]|[.,] ?[0-9]{3}|\.[0-9]+[.,])")
_WHOLE = re.compile(
    r"(?:฿|บาท)?\s*([0-9][0-9.,\s]*?)\s*(?:[.,]?\s?[-–—=]{1,2}|/-)?\s*(?:บาท)?(?:ถ้วน)?\.?"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_JOINED = re.compile(r"\s*(?:[-–—+*/x×]|ถึง)\s*[0-9]")
_FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0C: ",", 0xFF0E: "."}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a text says in money: baht where it says so itself (`named`), else a bare number.

    `value` is None where there is none, and where it can't be read for sure (not `clear`).
    """

    value: Decimal | None
    named: bool = False
    clear: bool = True


NOTHING = Figure(None)
UNCLEAR = Figure(None, clear=False)


def money(text: str) -> Decimal | None:
    """Read the amount of baht a table cell or phrase gives, None if it gives none for sure.

    Reads Thai and mixed digits, units (1.5 ล้านบาท), the closing ".-", and the figure of
    a cell with a note under it. A dash, an empty cell and words alone are no amount; an
    explicit 0 is Decimal(0). Where บาท marks one of several numbers, that one counts.
    """
    return figure(text).value


def figure(text: str) -> Figure:
    """Read the figure a cell of a column of money holds, and say whether it is clear."""
    flat = _flat(text)
    if not re.search("[0-9]", flat):
        return NOTHING
    if whole := _WHOLE.fullmatch(flat.strip()):
        return _whole(whole[1].strip(), named="บาท" in flat)
    result = [match for match in _FIGURE.finditer(flat) if _plausible(flat, match)]
    marked = [match for match in result if match["baht"] or match["unit"]]
    return _chosen(flat, marked or result, bool(marked)) if result else NOTHING


def _flat(text: str) -> str:
    """Write a text in 0-9, with blanks inside numbers taken out where they surely are."""
    flat = _UNSEEN.sub("", arabic(text).translate(_FULL_WIDTH))
    flat = _LINE_BROKEN.sub("", _APOSTROPHE.sub("", _INSIDE.sub("", flat)))
    return _BLANKED.sub(_unblanked, flat)


def _unblanked(match: re.Match[str]) -> str:
    """Join groups of three which can be nothing but thousands: one begins with a zero."""
    groups = match[0].split(" ")
    return "".join(groups) if any(group[0] == "0" for group in groups[1:]) else match[0]


def _whole(number: str, *, named: bool) -> Figure:
    """Read a cell that holds one number and nothing else."""
    if not re.search(r"\s", number):
        return _figure(number.rstrip(".,"), named)
    groups = number.split()
    if "," not in number and re.fullmatch(r"[0-9]{1,3}(?:\s[0-9]{3})+(?:\.[0-9]+)?", number):
        return Figure(Decimal("".join(groups)), named)
    # A blank that a file lost its way with stands inside a group: 1,500,0 00.
    tight = "".join(groups)
    if "," in groups[0] and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", tight):
        return _figure(tight, named)
    return UNCLEAR


def _figure(number: str, named: bool) -> Figure:
    value = _value(number)
    return UNCLEAR if value is None else Figure(value, named)


def _value(number: str) -> Decimal | None:
    if _PLAIN.fullmatch(number):
        return Decimal(number.replace(",", ""))
    return Decimal(number.replace(".", "")) if _STOPS.fullmatch(number) else None


def _plausible(text: str, find: re.Match[str]) -> bool:
    if find["baht"]:
        return True
    before = text[max(0, find.start() - 14) : find.start()]
    if _YEAR_BEFORE.search(before) or _COUNTED_BEFORE.search(before):
        return False
    return not _NOT_MONEY.match(text, find.end())


def _chosen(text: str, find: Sequence[re.Match[str]], named: bool) -> Figure:
    """Take the first figure, with the smaller units that follow it; doubt where others vie."""
    first, *rest = find
    value = _amount(first)
    if value is None or _is_torn(text, first):
        return UNCLEAR
    last = first
    for match in _following(text, first, rest):
        value, last = value + (_amount(match) or 0), match
    if _JOINED.match(text, last.end()) or (not named and _vie(text, find)):
        return UNCLEAR
    return Figure(value, named)


def _amount(find: re.Match[str]) -> Decimal | None:
    value = None if find["letters"] else _value(find["number"])
    for word, factor in _UNITS.items():
        if value is not None and find["unit"] and word in find["unit"]:
            value *= factor
    return value


def _following(
    text: str, first: re.Match[str], rest: Sequence[re.Match[str]]
) -> Iterator[re.Match[str]]:
    """Yield what one amount goes on with: 1 ล้าน 5 แสน 2 หมื่นบาท."""
    last = first
    for match in rest:
        between = text[last.end() : match.start()]
        if last["baht"] or not last["unit"] or between.strip() or _size(match) >= _size(last):
            return
        yield match
        last = match


def _size(find: re.Match[str]) -> int:
    size = 1
    for word, factor in _UNITS.items():
        size *= factor if find["unit"] and word in find["unit"] else 1
    return size


def _is_torn(text: str, find: re.Match[str]) -> bool:
    """Whether a figure may be the rest of a longer one, or stands below nothing."""
    before = text[: find.start()]
    if re.search(r"[0-9]\s$", before) and re.match(r"[0-9]{3}(?![0-9])", find["number"]):
        return True
    if before.strip() in {"-", "−"} and before[-1:] in {"-", "−"}:
        return True
    return before.strip() == "(" and text[find.end() :].strip() == ")"


def _vie(text: str, find: Sequence[re.Match[str]]) -> bool:
    """Whether several different amounts stand in a cell, brackets apart."""
    bracketed = [match.span() for match in _IN_BRACKETS.finditer(text)]
    amounts = {
        match["number"]
        for match in find
        if ("," in match["number"] or len(match["number"]) > 3)
        and not any(start <= match.start() < end for start, end in bracketed)
    }
    return len(amounts) > 1
