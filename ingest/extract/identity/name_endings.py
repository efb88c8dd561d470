"""Where the name of a body ends: names known to the gazetteer, and names by their form.

Thai sets no blank between a name and the verb behind it, and half of what follows จังหวัด
is no name at all (จังหวัดชายแดน). The gazetteer decides where it can; a name it lacks ends
at a blank, at a word that no name holds, or where the same document ends it elsewhere.
"""

import re
from collections.abc import Collection

from ingest.thai.alphabet import LETTERS
from ingest.thai.places import Level, longest_name
from ingest.thai.words import segment

_RUN = re.compile(f"[{LETTERS}]+")
_LONGEST = 26
_SHORTEST = 2


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that begin what is said about a body, and so end its name.
_STOPS = _listed("""
    ได้ มี เป็น จะ ที่ ซึ่ง โดย และ หรือ กับ ใน ของ เพื่อ ให้ อยู่ ต้อง ยัง ไม่ ถือ ทำ รับ ตาม ต่อ
    ต่าง ทุก ทั้ง เมื่อ แล้ว จึง ก็ คือ ว่า กล่าว เปิด จำนวน ถูก นาย นาง นางสาว ผู้ คน การ ความ
    ชาว พื้นที่ อำเภอ จังหวัด ตำบล หมู่ หมู่ที่ ปี ด้าน แผน ฉบับ ครั้ง ครั้งที่ พร้อม นำ ขอ มุ่ง
    พัฒนา ส่งเสริม สนับสนุน เข้า เรื่อง ไป มา จาก ถึง แก่ แต่ ตั้ง แบ่ง สู่ เห็น ณ วิสัยทัศน์
    พันธกิจ ยุทธศาสตร์ ยุทธศาสตร์ที่ เลขที่ โทร โทรศัพท์ ร่วม จัด ก่อน หลัง ระหว่าง ด้วย อีก
    ปฏิบัติ ประชาชน หัวหน้า สมัย บูรณาการ ดังนี้ ดังกล่าว ดัง จน เขต แห่ง สังกัด หน้า กลุ่ม
    ว่าด้วย หมาย หมายถึง
""")
_STOP_BEGINNINGS = (
    "ได้",
    "ทุก",
    "ตระหนัก",
    "ร่วม",
    "จัด",
    "ดำเนิน",
    "ประชุม",
    "กำหนด",
    "พัฒนา",
    "ส่งเสริม",
    "สนับสนุน",
    "ประกาศ",
    "เป็น",
    "เพื่อ",
    "โดย",
    "ตั้งแต่",
    "ผลัก",
    "ขับเคลื่อน",
    "มุ่ง",
    "เตรียม",
    "เร่ง",
    "เดินหน้า",
    "ลงพื้นที่",
    "เปิด",
    "ประจำ",
    "ประกอบ",
    "สามารถ",
    "ผู้",
    "ความ",
    "การ",
    "กล่าว",
    "เข้า",
    "รับ",
    "ต่อ",
    "จำนวน",
    "คณะ",
    "นายก",
    "นายอำเภอ",
    "สมาชิก",
    "เจ้าหน้าที่",
    "ประธาน",
    "สำนัก",
    "กอง",
    "ศูนย์",
    "โครงการ",
    "แผน",
    "วิสัยทัศน์",
    "นโยบาย",
    "เป้าหมาย",
    "แถลง",
    "ชี้แจง",
    "มอบ",
    "เชิญ",
    "แจ้ง",
    "รายงาน",
    "เผย",
    "ยืนยัน",
    "ย้ำ",
    "เสนอ",
    "ก่อสร้าง",
    "ปรับปรุง",
    "ซ่อมแซม",
    "ติดตั้ง",
    "อนุมัติ",
    "อบรม",
    "ลงนาม",
    "จับมือ",
    "ยกระดับ",
    "ชวน",
    "รณรงค์",
    "เยี่ยม",
    "ติดตาม",
    "ประเมิน",
    "สรุป",
    "คว้า",
    "โชว์",
    "แสดง",
    "บูรณาการ",
    "บริหาร",
    "บริการ",
    "ให้บริการ",
    "ช่วยเหลือ",
    "ฟื้นฟู",
    "อนุรักษ์",
    "ป้องกัน",
    "แก้ไข",
    "วางแผน",
    "ผ่าน",
    "ถวาย",
    "สืบสาน",
    "หนุน",
    "เฝ้าระวัง",
    "ต้อนรับ",
    "สำรวจ",
    "จะ",
    "ชื่นชม",
    "ยึด",
    "ตอบสนอง",
    "ขยาย",
)

# Words behind จังหวัด, อำเภอ, ตำบล or เทศบาล that make them mean a sort of place, not one.
_GENERIC = _listed("""
    แบบ เป้าหมาย นำร่อง ใกล้เคียง เคลื่อนที่ สะอาด หลัก รอง ใหญ่ เล็ก ภาค ละ หนึ่ง นี้ นั้น เดียว
    แรก ข้าง ข้างเคียง คุณธรรม อัจฉริยะ เรา ทุรกันดาร ห่างไกล เหล่านี้ ดัง บริเวณ ใด ไหน สุขภาพ
    เข้มแข็ง ละแวก บูรณาการ ภูธร อุตสาหกรรม เกษตร ขนาด สอง สาม สี่ ห้า ส่วน เอง
    ท่าน ข้าพเจ้า ระดับ ทาง จัดการ สีเขียว ย่อย คู่ ริม ตอน ยั่งยืน มหาชน สามัญ ยี่สิบ ล่าสุด
    ภาครัฐ ภาคเอกชน กำลัง คนละ อาจ เคย ควร นอกจาก เนื่อง เช่น เพราะ แม้ เพียง เกี่ยวข้อง เสนอ ใช้
    ใหม่ เก่า เดิม อย่าง ผ่าน สอดคล้อง ในฝัน เปราะบาง เศรษฐกิจ โปร่งใส ทันสมัย แข็งแกร่ง สมัย
    สร้างสรรค์ บริการ บริหาร สุข อาสา
""")
_GENERIC_BEGINNINGS = (
    "ชายแดน",
    "ชายทะเล",
    "อื่น",
    "ต่าง",
    "ทั่ว",
    "รุ่น",
    "ใน",
    "เดียวกัน",
    "ปลอด",
    "ต้นแบบ",
    "ท่องเที่ยว",
    "น่าอยู่",
    "ให้",
    "รวม",
    "ปฏิบัติ",
    "อย่าง",
    "ผ่าน",
    "เกิด",
    "ต้อง",
    "ไม่",
    "เพิ่ม",
    "ลด",
    "เชื่อม",
    "สมัย",
    "ภายใน",
    "ภายใต้",
    "ด้วย",
    "หลาย",
    "แต่ละ",
    "จึง",
    "มีการ",
    "สร้าง",
    "ยก",
    "ใช้",
    "เสริม",
)
_ENDINGS = frozenset(("พัฒนา", "ว่า", "มา", "ไป"))
"""Verbs that names end in (หนองพัฒนา, ระเหว่า), where nothing or another verb follows."""

_ONLY_A_BEGINNING = frozenset(("บ้าน", "บาง", "เมือง", "นคร", "หนอง", "ห้วย", "ท่า", "วัง"))
"""Words that begin many names and are none alone."""

_BUILT = re.compile(f"[{LETTERS}]{{1,10}}(?:บุรี|นคร|ธานี|ราช|คีรี|เวียง)$")


def name_at(text: str, start: int, level: Level | None, known: Collection[str] = ()) -> str | None:
    """Read the name that begins at `start`, None where what stands there is no name.

    `level` says which names of the gazetteer fit; `known` are names the same document
    ends clearly elsewhere.
    """
    run = _RUN.match(text, start)
    if run is None:
        return None
    official = longest_name(text, start, level) if level else None
    behind = text[start + len(official) : run.end()] if official else ""
    if official and level == "province" and not _BUILT.match(behind):
        return official
    name = _cut(run[0], known, sure=official is not None)
    if official and not (name and name.startswith(official)):
        return official if not behind or not _is_ordinary(official) else None
    return name


def ends_clearly(text: str, start: int, name: str) -> bool:
    """Say whether a name ends at a blank, a line end or punctuation."""
    end = start + len(name)
    return end >= len(text) or not _RUN.match(text, end)


def is_certain(text: str, start: int, name: str | None, level: Level | None) -> bool:
    """Say whether the gazetteer has the name and the text ends it where the name ends."""
    if name is None or level is None or longest_name(text, start, level) != name:
        return False
    return ends_clearly(text, start, name) or level == "province"


def _cut(run: str, known: Collection[str], *, sure: bool) -> str | None:
    """Cut a run of letters behind the name it begins with; `sure` that it begins with one."""
    familiar = [name for name in known if run.startswith(name)]
    if familiar:
        return max(familiar, key=len)
    pieces = segment(run)
    if not sure and (_is_generic(pieces[0]) or _is_stop(pieces[0])):
        return None
    name = pieces[0]
    for place, piece in enumerate(pieces[1:], 2):
        if _is_stop(piece) and not (piece in _ENDINGS and _ends_or_stops(pieces, place)):
            break
        name += piece
    return name if _SHORTEST <= len(name) <= _LONGEST and not _is_ordinary(name) else None


def _ends_or_stops(pieces: list[str], place: int) -> bool:
    return place == len(pieces) or _is_stop(pieces[place])


def _is_stop(token: str) -> bool:
    return token in _STOPS or token.startswith(_STOP_BEGINNINGS)


def _is_generic(token: str) -> bool:
    return token in _GENERIC or token.startswith(_GENERIC_BEGINNINGS)


def _is_ordinary(name: str) -> bool:
    """Say whether a name is an everyday word too: there are subdistricts และ and สมัย."""
    return name in _STOPS or name in _GENERIC or name in _ONLY_A_BEGINNING
