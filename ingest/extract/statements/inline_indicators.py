"""Indicators in running prose: A ไม่น้อยกว่าร้อยละ 25, B เพิ่มขึ้นปีละ 3,000 ราย และC …."""

from __future__ import annotations

import re

from ingest.extract.statements.span_ends import end_of

# Nouns with which a measure begins.
_NOUN = (
    r"(?:จำนวน(?!\s?[\d๐-๙])|อัตรา|สัดส่วน|ระดับ(?=ความ|คะแนน|คุณภาพ|การ)|มูลค่า|คะแนน|ปริมาณ|อันดับ|ดัชนี|รายได้|ระยะเวลา"
    r"|ร้อยละ(?:ของ|ความ|ที่|การ)|ผลิตภาพ|ผลิตภัณฑ์|พื้นที่|ค่าเฉลี่ย)"
)
_PARTED = re.compile(rf"\s*,\s+(?=[ก-๙])|\s+และ\s?(?={_NOUN})|(?<![\d๐-๙])\s+(?={_NOUN})")
_YEAR = re.compile(r"\s+(?:ใน|ภายใน|ภายในสิ้น)\s?ปี(?:งบประมาณ)?\s?(?:พ\.ศ\.)?\s?[\d๐-๙]{4}")
# What a whole measure says: by how much, or that something grows or shrinks.
_WHOLE = re.compile(
    r"[\d๐-๙]|เพิ่ม(?:ขึ้น|สูงขึ้น)?|ลดลง|สูงขึ้น|ดีขึ้น|ไม่น้อยกว่า|ไม่ต่ำกว่า|ขยายตัว|เติบโต|ความ(?:สำเร็จ|พึงพอใจ)"
)
_AND = re.compile(r"และ\s?")
_SENTENCE_ENDS = re.compile(r"\s(?:น\.ส\.|นาย|นาง|พล\.|กล่าว)")
_LONGEST = 1200
_SHORTEST = 12


def measures_in(text: str, start: int) -> list[tuple[int, int]]:
    """Return the spans of the measures that follow, as long as each is a whole one."""
    stop = _SENTENCE_ENDS.search(text, start)
    limit = min(stop.start() if stop else len(text), start + _LONGEST)
    spans: list[tuple[int, int]] = []
    begin = start
    while begin < limit:
        end = _end(text, begin, limit)
        joined = _AND.match(text, begin)
        head = joined.end() if joined else begin
        if end - head < _SHORTEST or not _WHOLE.search(text, head, end):
            break
        spans.append((head, end))
        parted = _PARTED.match(text, end)
        if parted is None:
            break
        begin = parted.end()
    return spans


def _end(text: str, begin: int, limit: int) -> int:
    """Return where the measure ends: at a comma, before the next noun, where the report goes on."""
    last = min(end_of(text, begin), limit)
    while year := _YEAR.match(text, last, limit):
        last = min(end_of(text, year.end() - 2), limit)
    for parted in _PARTED.finditer(text, begin + _SHORTEST, last):
        if "," in parted.group() or _WHOLE.search(text, begin, parted.start()):
            return parted.start()
    return last
