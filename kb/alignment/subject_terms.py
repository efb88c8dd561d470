"""The words and concepts in a text that say what it is about, as the scorer compares them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.thai.places import find_places
from kb.arrays import Matrix
from kb.reference.concepts import lexicon
from kb.store.passages import terms

_FORM_WORDS = frozenset(
    "โครงการ กิจกรรม แผนงาน แผน วัตถุประสงค์ เพื่อ ให้ และ หรือ ของ ใน ที่ ด้วย การ ความ ส่งเสริม "
    "สนับสนุน พัฒนา จัด ดำเนิน ดำเนินการ จัดทำ ก่อสร้าง ปรับปรุง ซ่อมแซม สร้าง เพิ่ม เสริมสร้าง ยกระดับ "
    "ประชาชน พื้นที่ ท้องถิ่น ชุมชน หมู่บ้าน บ้าน หมู่ ตำบล อำเภอ จังหวัด ประจำปี ปี อย่าง มี ได้ เป็น "
    "กับ จาก ต่อ ต่าง ๆ ทั่วถึง ยั่งยืน มาตรฐาน คุณภาพ ระบบ ศักยภาพ ประสิทธิภาพ ด้าน ทุก ไป มา ไม่ แก่ "
    "ตาม แบบ หน่วยงาน องค์กร ราชการ รวม ทั้ง โดย งาน อบรม ฝึกอบรม ขยาย ติดตั้ง จัดซื้อ จัดหา ค่า "
    "แก้ไข ปัญหา บริหาร จัดการ บริหารจัดการ เทศบาล องค์การ บริหารส่วน ส่วน ระยะ สาย ครั้ง คน "
    "ประเทศ ภาครัฐ รัฐ สังคม ติด ทำ ตั้ง วาง ใช้ เปิด เข้า ออก ขึ้น ลง นำ ซื้อ จ้าง แจก ทำให้ ต่าง พร้อม เพียงพอ "
    "อื่น บริการ เหมาะสม แห่ง จำนวน ภายใน เขต กลุ่ม ร่วม เกี่ยวข้อง สามารถ เข้าถึง มุ่ง เน้น "
    "ทาง การพัฒนา โครง เอง ครบ ระหว่าง ผ่าน ก่อน หลัง ถึง แล้ว ยัง อีก เดียว เดียวกัน ละ กัน ได้รับ เพิ่มขึ้น ลดลง "
    "ตลอด ตลอดปี ทั้งปี เป็นต้น สำหรับ ทั่ว ใหม่ จริง เฉลี่ย ร้อยละ พร้อมทั้ง รายการ "
    "สาธารณะ ศูนย์ สถานที่ สะดวก ทันสมัย เข้มแข็ง ต่อเนื่อง".split()
)
"""Words of the form of plans: any proposal and any strategy may have them."""

_LETTER = re.compile("[ก-ฮA-Za-z]")


@dataclass(frozen=True, slots=True)
class SubjectTerms:
    """A text, the words in it that name a subject, its concepts, and the themes of these."""

    text: str
    words: frozenset[str]
    concepts: frozenset[str]
    themes: frozenset[str]

    @property
    def names_subject(self) -> bool:
        """Whether the text names a subject at all."""
        return bool(self.words or self.concepts)


def subject_terms(text: str) -> SubjectTerms:
    """Return the terms of a text."""
    concepts = lexicon().find(text)
    words = frozenset(
        term for term in terms(text) if term not in _FORM_WORDS and len(_LETTER.findall(term)) > 1
    )
    return SubjectTerms(text, words, concepts, lexicon().themes_of(concepts))


def proposal_terms(text: str) -> SubjectTerms:
    """Return the terms of a proposal without its places: where is not what."""
    characters = list(text)
    for place in find_places(text):
        characters[place.start : place.end] = " " * (place.end - place.start)
    return subject_terms("".join(characters))


def overlap_counts(ones: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> Matrix:
    """Return how many items each pair of sets shares, shape (len(ones), len(others))."""
    items = sorted(frozenset().union(*ones, *others))
    columns = {item: column for column, item in enumerate(items)}
    return _incidence(ones, columns) @ _incidence(others, columns).T


def _incidence(sets: Sequence[frozenset[str]], columns: dict[str, int]) -> Matrix:
    matrix = np.zeros((len(sets), len(columns)))
    for row, items in enumerate(sets):
        matrix[row, [columns[item] for item in items]] = 1.0
    return matrix
