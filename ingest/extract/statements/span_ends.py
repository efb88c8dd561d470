"""Where a statement without quotes ends in running prose: Thai sets no full stop."""

from __future__ import annotations

import re

# Words with which the reporter goes on after the words of the plan.
_GOES_ON = re.compile(
    r"\s+(?:(?:และ)?(?:โดย|ซึ่ง|ทั้งนี้|ดังนั้น|ด้วยการ|จึง|ภายใต้|นอกจากนี้|นอกจากนั้น|เพื่อให้(?=บรรลุ|สอดคล้อง|เป็นไป)|ทำให้|ส่งผล"
    r"|ในโอกาส|ขณะ|อีกทั้ง|เมื่อ|จากนั้น|สำหรับ|ต่อไป|นำไปสู่|ประกอบด้วย|อาทิ|เช่น|เป็นต้น|พร้อม(?=ทั้ง|กับ|ด้วย|รับ|แนะ|นำ)|ส่วน|ปัจจุบัน"
    r"|ที่ประชุม|ในปี|ในวัน|ที่ผ่านมา|ตลอดจน|รวมทั้ง|รวมถึง|มุ่งเน้น|มุ่งหวัง|กล่าว|ระยะเวลา|อย่างไรก็)"
    r"|และ(?:ได้|มี|จะ|ขับเคลื่อน|กำหนด|นำ)|มีเป้าหมาย|มีวัตถุประสงค์|เป้าหมายรอง|(?:และ)?มีตัวชี้วัด|(?:นาย|นาง|น\.ส\.|ดร\.|พล)\S+\s)"
    r"|”|\s\(\d{1,2}\)|$"
)
_THAI = re.compile(r"[ก-๙]+$")
_TAIL = 40
_REST = 4
_AND = re.compile(r"\s+และ(?!ได้|มี|จะ)\S+")


def end_of(text: str, start: int) -> int:
    """Return where the words from `start` on stop being the plan's and go on as the report's."""
    match = _GOES_ON.search(text, start + 2)
    return match.start() if match else len(text)


def enumeration_end(text: str, start: int) -> int:
    """Return the end of an enumeration (A B และC), no later than `end_of`."""
    end = end_of(text, start)
    last = _AND.search(text, start, end)
    return last.end() if last else end


def breaks_off(text: str) -> bool:
    """Tell whether a text stops within a word: what is left of its last word is none.

    Copies of pages are often cut at so many characters. Only a short rest, set tight to the
    word before, counts: an abbreviation or a foreign word stands behind a blank.
    """
    from ingest.thai.words import dictionary, segment

    pieces = segment(text[-_TAIL:])
    if len(pieces) < 2 or not pieces[-2].strip() or not _THAI.match(pieces[-2]):
        return False
    rest = pieces[-1]
    return len(rest) <= _REST and bool(_THAI.match(rest)) and rest not in dictionary()
