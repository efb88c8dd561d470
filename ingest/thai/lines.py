"""Broken lines put together: a PDF's line ends fall where the paper ends, not the sentence."""

import math
import re

from ingest.thai.alphabet import THAI

_MARKER = re.compile(
    r"\s*(?:[-–—•▪●○■□➢✓*·]"  # a bullet
    r"|\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]?\s"  # 1 1.1 1) (1) ๑.
    r"|\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]"
    r"|\(?[ก-ฮ][.)]\s?)"  # ก. ก) (ก)
)
_HEADING = re.compile(
    r"\s*(?:(?:วิสัยทัศน์|พันธกิจ|ภารกิจ|ค่านิยม|เป้าประสงค์|เป้าหมาย|จุดมุ่งหมาย|วัตถุประสงค์"
    r"|ประเด็น(?:ยุทธศาสตร์|การพัฒนา)|ยุทธศาสตร์|กลยุทธ์|แนวทาง(?:การพัฒนา)?|ตัวชี้วัด|แผนงาน|โครงการ)"
    r"(?:[^:]{0,30}(?:\s?:|\s?\((?:Vision|Mission|Goal|KPI)|ที่\s?[0-9๐-๙])|(?:การพัฒนา)?\s*$)"
    r"|(?:ลำดับ)?ที่\s(?:ชื่อ)?โครงการ\s"
    r"|(?:ส่วนที่|บทที่|หมวดที่)\s?[0-9๐-๙]|ภาคผนวก|สารบัญ|แบบ\s?ผ\.|[กข]\.\s?ยุทธศาสตร์)",
    re.IGNORECASE,
)
_ENDS_THAI = re.compile(f"[{THAI}]$")
_STARTS_THAI = re.compile(f"[{THAI}]")
_CLOSED = re.compile(r"[:;”\"')\]}…]$")

_FULL = 0.75
"""A line is full, and so may break off mid-sentence, from this share of the usual width."""


_NEAR = 0.85


def join_broken_lines(text: str) -> str:
    """Join lines that break mid-sentence; give back list items, headings and short lines.

    Thai goes to Thai without a blank, as the language sets none at a line end; anything
    else is joined by one. Empty lines keep paragraphs apart.
    """
    lines = text.split("\n")
    width = _usual_width(lines)
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _continues(last, line, width):
            blank = "" if _ENDS_THAI.search(last) and _STARTS_THAI.match(line) else " "
            joined[-1] += blank + line
        else:
            joined.append(line)
        last = line
    return "\n".join(joined)


def begins_item(line: str) -> bool:
    """Whether a line begins a list item or a heading."""
    return bool(_MARKER.match(line) or _HEADING.match(line))


def _usual_width(lines: list[str]) -> float:
    """Return the width running text reaches: the ninth decile of what is printed.

    Where fewer than two lines come near it there is no running text, and no width.
    """
    widths = sorted(_width(line) for line in lines if line.strip())
    if not widths:
        return math.inf
    usual = widths[math.ceil(0.9 * (len(widths) - 1))]
    near = sum(1 for width in widths if width >= _NEAR * usual)
    return usual if near > 1 else math.inf


_ZERO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def _width(line: str) -> int:
    """Count what takes room on paper: marks stand above and below and take none."""
    return len(_ZERO_WIDTH.sub("", line))


def _continues(last: str, line: str, width: float) -> bool:
    if not last.strip() or not line.strip():
        return False
    if begins_item(line) or _CLOSED.search(last):
        return False
    return _width(last) >= _FULL * width
