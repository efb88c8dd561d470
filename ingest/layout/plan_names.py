"""Lines that name a plan: the nation's, another body's, or the body's own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

LONGEST = 140
_MAYBE = re.compile(r"แผน|ยุทธศาสตร์|วิสัยทัศน์|นโยบาย|กรอบ|หมุดหมาย|ยั่งยืน|SDG|[4๔]\.[0๐]")
_NATION = re.compile(
    r"ยุทธศาสตร์ชาติ|แผนแม่บทภายใต้|แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ|แผนพัฒนาฯ\s?ฉบับที่|แผน(?:การ)?ปฏิรูปประเทศ"
    r"|เป้าหมายการพัฒนาที่ยั่งยืน|(?<![A-Za-z])SDGs?|นโยบาย(?:ของ)?(?:รัฐบาล|คณะรัฐมนตรี)|(?:ประเทศไทย|ไทยแลนด์|Thailand)\s?[4๔]\.[0๐]"
    r"|แผนพัฒนาภาค|หมุดหมาย(?:ที่|การพัฒนา)|แผน(?:ความมั่นคง|ระดับ)\S*ชาติ"
)
_OWN = re.compile(
    r"(?:ยุทธศาสตร์|แผนพัฒนา(?:ท้องถิ่น)?|วิสัยทัศน์|นโยบาย)(?:การพัฒนา)?(?:ท้องถิ่น)?ของ(?:องค์กรปกครองส่วนท้องถิ่น|เทศบาล|อบต|อบจ|องค์การบริหาร)"
    r"(?!\S*ในเขตจังหวัด)"
)
_OTHER = re.compile(
    r"(?:แผน(?:พัฒนา|ยุทธศาสตร์|ปฏิบัติราชการ)|ยุทธศาสตร์(?:การพัฒนา)?|กรอบ\S*)(?:ของ)?"
    r"(?=(?:กลุ่มจังหวัด|จังหวัด|อำเภอ|องค์กรปกครองส่วนท้องถิ่นในเขตจังหวัด|อปท\.?\s?ในเขตจังหวัด|กระทรวง|กรม)\S)"
)
_NEAR = 30
_LINK = re.compile(r"^(?:ความ(?:เชื่อมโยง|สัมพันธ์|สอดคล้อง)\S*|ภายใต้)?\s*")
_TOLD = re.compile(r"ประเทศไทย(?:มี|เป็น|จะ|ต้อง)|เป็นประเทศ(?:ที่)?พัฒนาแล้ว|มั่นคง มั่งคั่ง ยั่งยืน เป็นประเทศ")
_TIES = re.compile(r"(?:ความเชื่อมโยง|ความสัมพันธ์|ความสอดคล้อง)\S*\s*(?:ของ|กับ|ระหว่าง|และ)?\s*\S*แผน")

Level = Literal["nation", "other", "own"]


@lru_cache(maxsize=4096)
def plan_named(text: str) -> tuple[Level, str] | None:
    """Return whose plan a line opens, and its words; None for a line that opens none."""
    if not _MAYBE.search(text):
        return None
    words = text[_LINK.match(text).end() :] if _LINK.match(text) else text  # type: ignore[union-attr]
    if _OWN.match(words):
        return "own", words
    nation = _NATION.search(words)
    if nation and nation.start() < _NEAR:
        return "nation", words
    return ("other", words) if _OTHER.match(words) else None


def opens_other_plan(text: str) -> bool:
    """Tell whether a short line opens a part on a plan that is not the body's own."""
    if len(text) > LONGEST:
        return False
    named = plan_named(text)
    return (text.startswith("ความ") and bool(_TIES.match(text))) or (
        named is not None and named[0] == "nation"
    )


_VISION_OF_NATION = re.compile(
    r"[“\"]?(?:ประเทศ(?:ไทย)?มีความมั่นคงมั่งคั่งยั่งยืนเป็นประเทศ|ประเทศชาติมั่นคงประชาชนมีความสุข|มั่นคงมั่งคั่งยั่งยืน[”\"]?$)"
)


def states_of_nation(text: str) -> bool:
    """Tell whether a text is the vision or the aim of the national strategy, word for word."""
    return bool(_VISION_OF_NATION.match("".join(text[:80].split())))


def tells_of_nation(text: str) -> bool:
    """Tell whether a vision is the nation's: it speaks of ประเทศไทย as its subject."""
    return bool(_TOLD.search(text))
