"""Values of spreadsheet cells written as their number format shows them: dates and shares.

Formats are Excel's (ECMA-376, 18.8.30). Of a locale mark `[$-107041E]` the last four digits
are the language (041E Thai), the two before them the calendar (07 Buddhist), the first the
digits (D Thai). Other numbers keep all their digits: rounding is for the eye alone.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ingest.thai.digits import thai

_MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
).split()
_SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_DAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
_LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]{1,8})\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|y+|b+|e+|m+|d+|h+|s+|am/pm|.', re.IGNORECASE)
_THAI, _BUDDHIST, _THAI_DIGITS = 0x041E, 7, 0xD
_BE = 543


@dataclass(frozen=True, slots=True)
class Format:
    """What of a number format changes how a value reads."""

    percent: int | None = None
    thousands: int = 0
    date: str | None = None
    thai: bool = False
    buddhist: bool = False
    thai_digits: bool = False


@lru_cache(maxsize=1024)
def format_of(code: str) -> Format | None:
    """Read a format's code; None for one that changes nothing a reader would miss."""
    section = code.split(";")[0]
    locale = _LOCALE.search(section)
    number = int(locale[1], 16) if locale else 0
    bare = _LITERAL.sub("", section)
    if "%" in bare:
        decimals = re.search(r"\.([0#?]+)", bare)
        return Format(percent=len(decimals[1]) if decimals else 0)
    if re.search(r"[ymdb]", bare, re.IGNORECASE) and "General" not in bare:
        digits, calendar = number >> 24 & 0xFF, number >> 16 & 0xFF
        return Format(
            date=section,
            thai=number & 0xFFFF == _THAI,
            buddhist=calendar == _BUDDHIST or digits == _THAI_DIGITS,
            thai_digits=digits == _THAI_DIGITS,
        )
    if scaled := re.search(r"[0#?](,+)(?:\.[0#?]+)?[^0#?,.]*$", bare):
        return Format(thousands=len(scaled[1]))
    return None


def shown(find: Format, value: object) -> str | None:
    """Write a value as its format shows it; None where the format says nothing of it."""
    if isinstance(value, datetime.datetime | datetime.date) and find.date:
        return _date(find, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(format(value, ".15g"))
    if find.percent is not None:
        step = Decimal(1).scaleb(-find.percent)
        return f"{(number * 100).quantize(step, ROUND_HALF_UP):f}%"
    if find.thousands:
        return f"{(number / 1000**find.thousands).normalize():f}"
    return None


def _date(find: Format, value: datetime.date) -> str | None:
    """Write a date; None where the format leaves the language of months to the program."""
    tokens = _TOKEN.findall(find.date or "")
    if not isinstance(value, datetime.datetime) or value.time() == datetime.time():
        hour = next((i for i, token in enumerate(tokens) if token[0].lower() == "h"), len(tokens))
        tokens = tokens[:hour]
    kinds = [token[0].lower() + str(min(len(token), 4)) for token in tokens if token[0].isalpha()]
    if not find.thai and {"m3", "m4", "d3", "d4"} & set(kinds):
        return None
    text = "".join(_piece(find, token, value, tokens, at) for at, token in enumerate(tokens))
    text = " ".join(text.split())
    return thai(text) if find.thai_digits else text


def _piece(find: Format, token: str, value: datetime.date, tokens: list[str], at: int) -> str:
    kind = token[0].lower()
    if token[0] in '"\\':
        return token.strip('"').lstrip("\\")
    if token[0] in "[_*@":
        return ""
    if kind in "hs" or (kind == "m" and _is_minute(tokens, at)):
        return _time(kind, token, value)
    if token.lower() == "am/pm":
        return f"{value:%p}"
    if kind in "ybe":
        year = value.year + (_BE if find.buddhist or kind == "b" else 0)
        return f"{year % 100:02}" if len(token) < 3 and kind != "e" else str(year)
    if kind == "m":
        return _of(
            value.month, len(token), _SHORT_MONTHS[value.month - 1], _MONTHS[value.month - 1]
        )
    if kind == "d":
        return _of(value.day, len(token), _DAYS[value.weekday()], _DAYS[value.weekday()])
    return token


def _of(number: int, length: int, short: str, long: str) -> str:
    return (str(number), f"{number:02}", short, long)[min(length, 4) - 1]


def _is_minute(tokens: list[str], at: int) -> bool:
    """Whether m stands for minutes: right behind hours or before seconds."""
    marks = [i for i, token in enumerate(tokens) if token[0].lower() in "ymdhsb"]
    place = marks.index(at)
    before = tokens[marks[place - 1]][0].lower() if place else ""
    after = tokens[marks[place + 1]][0].lower() if place + 1 < len(marks) else ""
    return before == "h" or after == "s"


def _time(kind: str, token: str, value: datetime.date) -> str:
    if not isinstance(value, datetime.datetime):
        return ""
    number = {"h": value.hour, "m": value.minute, "s": value.second}[kind]
    return f"{number:0{min(len(token), 2)}}"
