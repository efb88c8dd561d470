"""What kind of page a text is: it decides what a candidate on it can be.

A page of a plan or of a body's own web site states; news reports; a textbook, a law or a
notice names the words and states nothing of a body's own. Kinds are recognised by words that such
pages use, counted a thousand letters; where none stands out the page is `plan` if it has
numbered headings, else `about`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, get_args

PageKind = Literal[
    "plan", "about", "news", "school", "company", "law", "textbook", "notice", "procurement"
]
PAGE_KINDS: tuple[str, ...] = get_args(PageKind)

_READ = 6_000
_WORDS: dict[PageKind, str] = {
    "news": r"กล่าวว่า|เปิดเผย|เผยว่า|เป็นประธาน|ผู้สื่อข่าว|แถลง|โฆษก|วันนี้ \(|ระบุว่า|กล่าวเพิ่มเติม|คณะรัฐมนตรี|ครม\.|ที่มา :",
    "school": r"โรงเรียน|นักเรียน|สถานศึกษา|ครูและบุคลากร|ผู้อำนวยการโรงเรียน|คณะ[ก-๙]{2,20}ศาสตร์|หลักสูตร",
    "company": r"บริษัท|จำกัด \(มหาชน\)|ผู้ถือหุ้น|ลูกค้า|สินค้าของเรา|Company|Co\., ?Ltd",
    "law": r"มาตรา\s?[0-9๐-๙]|พระราชบัญญัติ|กฎกระทรวง|ข้อ\s[0-9๐-๙]{1,3}\s|ราชกิจจานุเบกษา|ให้ไว้ ณ วันที่|บทเฉพาะกาล",
    "textbook": r"หมายถึง|หมายความว่า|ความหมายของ|นักวิชาการ|ทฤษฎี|ตัวอย่างเช่น|การเขียน|คำว่า|องค์ประกอบของ|แนวคิดของ",
    "notice": r"ขอเชิญชวน|รับสมัคร|ประชาสัมพันธ์|กำหนดการ|ประกาศผล|ลงทะเบียน|สอบถามรายละเอียด|ขอแจ้ง",
    "procurement": r"ประกวดราคา|จัดซื้อจัดจ้าง|ราคากลาง|e-bidding|สอบราคา|ผู้เสนอราคา|ตกลงราคา|วิธีเฉพาะเจาะจง",
    "plan": r"ประเด็นยุทธศาสตร์|ยุทธศาสตร์ที่|เป้าประสงค์|ตัวชี้วัด|กลยุทธ์|แผนพัฒนา|แผนปฏิบัติ|ค่าเป้าหมาย",
}
_PATTERN = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()))
# Words of a plan stand on every page here; others count as often as they are rarer.
_WEIGHT: dict[str, float] = {"plan": 0.5, "news": 2.0, "textbook": 1.5, "company": 0.7}
_LEAST = 1.0


@lru_cache(maxsize=64)
def page_kind_of(text: str) -> PageKind:
    """Return the kind of page that the first letters of a text make likeliest."""
    counts = dict.fromkeys(PAGE_KINDS, 0.0)
    for match in _PATTERN.finditer(text, 0, _READ):
        kind = str(match.lastgroup)
        counts[kind] += _WEIGHT.get(kind, 1.0)
    best = max(counts, key=lambda kind: counts[kind])
    size = max(500, min(len(text), _READ)) / 1000
    if counts[best] / size < _LEAST:
        return "about"
    return next(kind for kind in get_args(PageKind) if kind == best)
