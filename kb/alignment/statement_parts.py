"""What a statement says without its label, and the things it lists."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kb.reference.tables import table_rows

_DIGITS = "0-9๐-๙"
_LABEL = re.compile(
    rf"^\s*(?:[“\"'(]\s*)?(?:(?:ประเด็น|ยุทธศาสตร์|กลยุทธ์|แนวทาง|แผนงาน|เป้าประสงค์|พันธกิจ|เป้าหมาย|มาตรการ|ด้าน)"
    rf"(?:การพัฒนา|ยุทธศาสตร์)*\s*(?:ที่|ด้านที่|ข้อที่|ข้อ)?\s*[{_DIGITS}]+(?:\s*[./]\s*[{_DIGITS}]+)*\s*[.):：–-]*\s*"
    rf"|[{_DIGITS}]+(?:\s*[.]\s*[{_DIGITS}]+)*\s*[.)]*\s+)"
)
_FIELD = re.compile(r"^(?:[:：–-]\s*)?(?:การพัฒนา)?ด้าน\s*")
_BETWEEN = re.compile(
    r"\s*(?:,|;|:|\(|\)|/|“|”|\"|\s|และ|พร้อมทั้ง|ตลอดจน|รวมทั้ง|รวมถึง|ควบคู่กับ|ควบคู่|โดยเฉพาะ|ได้แก่|หรือ|โดย)\s*"
)
_LETTERS = re.compile("[ก-ฮA-Za-z]")
_LEAST_LETTERS = 2
"""Consonants of the shortest part that may name a thing (กีฬา, ถนน)."""

_MOST_PARTS = 10
_FORM_PARTS = frozenset(
    "ก่อสร้าง ปรับปรุง ซ่อมแซม บำรุงรักษา ติดตั้ง พัฒนา ส่งเสริม สนับสนุน ป้องกัน ควบคุม จัดหา เฝ้าระวัง ตรวจวัด "
    "ชุมชน ท้องถิ่น ประชาชน พื้นที่ พื้นที่ใกล้เคียง เท่าเทียม เป็นธรรม ยั่งยืน มั่นคง มั่งคั่ง อย่างยั่งยืน "
    "ขยาย เพิ่มประสิทธิภาพ ยกระดับ ฟื้นฟู อนุรักษ์ ดูแล แก้ไข บรรเทา สร้าง ในการ ต่อเนื่อง ทั่วถึง อื่น ฯลฯ".split()
)
"""Verbs and manners, which are no things by themselves."""


@lru_cache(maxsize=20_000)
def bare_text(text: str) -> str:
    """Return a statement without its label and number: `ยุทธศาสตร์ที่ ๒ ด้านถนน` is `ถนน`."""
    bare = _FIELD.sub("", _LABEL.sub("", text, count=1), count=1).strip(" “”\"':–-")
    return bare if len(_LETTERS.findall(bare)) > _LEAST_LETTERS else text


@lru_cache(maxsize=20_000)
def listed_parts(text: str) -> tuple[str, ...]:
    """Return the things a statement lists; none where it names a single one."""
    pieces = _BETWEEN.split(bare_text(text))
    parts = [piece for piece in pieces if _names_thing(piece)]
    return tuple(dict.fromkeys(parts))[:_MOST_PARTS] if len(parts) > 1 else ()


def covered_subjects(text: str) -> tuple[str, ...]:
    """Return what the widest words of a statement cover, such as คุณภาพชีวิต of local plans.

    As the plan for handing duties to local bodies (B.E. 2543) groups them.
    """
    return tuple(
        subject
        for wordings, subjects in _local_duties()
        if any(wording in text for wording in wordings)
        for subject in subjects
    )


@cache
def _local_duties() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return fields of duties: their wordings in plans, and the subjects that each covers."""
    return tuple(
        (tuple(row["said_as"].split(";")), tuple(row["covers"].split(";")))
        for row in table_rows("frameworks/local_duties.tsv")
    )


def _names_thing(piece: str) -> bool:
    return len(_LETTERS.findall(piece)) >= _LEAST_LETTERS and piece not in _FORM_PARTS
