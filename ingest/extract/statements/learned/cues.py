"""Words that announce a statement in running text, and words at which one may begin or end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ingest.extract.statements.candidates import FindKind

_CUES: dict[str, FindKind] = {
    "วิสัยทัศน์": "vision",
    "Vision": "vision",
    "VISION": "vision",
    "พันธกิจ": "mission",
    "ภารกิจ": "mission",
    "Mission": "mission",
    "ค่านิยม": "value",
    "วัฒนธรรมองค์กร": "value",
    "Core Value": "value",
    "เป้าหมาย": "goal",
    "เป้าประสงค์": "goal",
    "ตั้งเป้าหมาย": "goal",
    "ตั้งเป้า": "goal",
    "วัตถุประสงค์": "goal",
    "จุดมุ่งหมาย": "goal",
    "ประเด็นยุทธศาสตร์": "strategic_issue",
    "ประเด็นการพัฒนา": "strategic_issue",
    "ยุทธศาสตร์": "strategic_issue",
    "ยุทธศาตร์": "strategic_issue",
    "ประเด็น": "strategic_issue",
    "ความสำคัญที่": "strategic_issue",
    "ด้านที่": "strategic_issue",
    "เสาหลัก": "strategic_issue",
    "กลยุทธ์": "strategy",
    "แนวทาง": "strategy",
    "มาตรการ": "strategy",
    "ตัวชี้วัด": "indicator",
    "โครงการ": "project",
    "แผนงาน": "project",
}
_CUE = re.compile("|".join(sorted(map(re.escape, _CUES), key=len, reverse=True)))
# Words that make of the next one no announcement: กลุ่มเป้าหมาย, พื้นที่ยุทธศาสตร์.
_OTHERS = ("กลุ่ม", "อุตสาหกรรม", "พื้นที่", "หุ้นส่วน")
# What follows โครงการ where it names no project: the project at hand, projects in general.
_UNNAMED = re.compile(
    r"โครงการ\s*(?:ดังกล่าว|นี้|นั้น|เหล่า|ฯ|ต่าง|อื่น|ทั้ง|ที่|และ|หรือ|ของ|ใน|ได้|จะ|จึง|ซึ่ง|แล้ว|ด้วย|ตาม|มี|เป็น|ไป|ต่อ|ภายใต้|ให้|เพื่อ|โดย|เช่น|อาทิ|ได้แก่|คือ"
    r"|ประกอบ|สำคัญ|ขนาด|เร่งด่วน|ระยะ|ร่วมกับ|ร่วมลงทุน|กว่า|ก็|ไม่|แก่|จาก|กับ|ระหว่าง|ว่า|ละ|[0-9๐-๙]+\s|[/,.)”\"\n]|$)"
)

# Words between an announcing word and what it announces.
LEADS = frozenset(
    """
    คือ ได้แก่ ว่า เป็น ให้ ให้เป็น เพื่อ เพื่อให้ ในการ ที่จะ มุ่ง มุ่งสู่ มุ่งเน้น สู่ ด้วย
    เรื่อง ดังนี้ การ ใน จะ ประกอบด้วย ไว้ โดย ตาม ต้องการ จำนวน อาทิ เช่น ตัวอย่างเช่น ทั้ง
    ภายใน ผ่าน ที่ ทำให้ ของ นี้ จัดทำ ไม่ว่าจะเป็น อยู่ที่ สำคัญ หลัก ด้าน ทั้ง พร้อม เตรียม
    """.split()
)
# Words before which a statement may end.
STOPS = frozenset(
    """
    โดย โดยมี โดยเฉพาะ ผ่าน ด้วย ด้วยการ ซึ่ง เพื่อ เพื่อให้ เพื่อเป็น เช่น อาทิ ประกอบด้วย
    ได้แก่ และ หรือ รวมถึง รวมทั้ง ตลอดจน พร้อม พร้อมทั้ง จะ จึง ได้ มี เป็น ให้ ที่ ใน ไป ตาม
    ตามที่ จาก ว่า นั้น นี้ ดังกล่าว แล้ว อัน ทั้งนี้ นอกจากนี้ สำหรับ ภายใต้ ระหว่าง ระยะ
    ระยะทาง วงเงิน งบประมาณ จำนวน เมื่อ ณ ต่อ ของ กับ สู่ คือ อีก อยู่ กล่าว เริ่ม เริ่มต้น
    ดำเนิน ดำเนินการ ทำให้ ก็ ควบคู่ ตั้งแต่ ปี ประจำ ครั้ง รุ่น ระยะที่ เป็นการ เป็นต้น ฯลฯ
    ส่วน ขณะที่ แต่ เนื่องจาก โครงการ ยุทธศาสตร์ กลยุทธ์ มาตรการ แนวทาง เป้าหมาย วิสัยทัศน์
    พันธกิจ แผนงาน ประเด็น สื่อสาร ร่วม ร่วมกับ
    """.split()
)


def names_project(text: str, start: int) -> bool:
    """Return whether the โครงการ that stands at `start` may begin a project's name."""
    return not _UNNAMED.match(text, start)


class Cue(NamedTuple):
    """An announcing word at its place, and the kind that it announces."""

    start: int
    end: int
    kind: FindKind


@lru_cache(maxsize=1024)
def cues_in(text: str) -> tuple[Cue, ...]:
    """Return the announcing words of a text, in order."""
    return tuple(
        Cue(match.start(), match.end(), _CUES[match.group()])
        for match in _CUE.finditer(text)
        if not text.endswith(_OTHERS, 0, match.start())
    )
