"""Exclusion rules (definitions, introductions, reports, table rows) and the ends of spans."""

from __future__ import annotations

import re

from ingest.layout.lines import Line

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
    """Return whether a text stops within a word: what is left of its last word is none.

    Copies of pages are often cut at so many characters. Only a short rest, set tight to the
    word before, counts: an abbreviation or a foreign word stands behind a blank.
    """
    from ingest.thai.words import dictionary, segment

    pieces = segment(text[-_TAIL:])
    if len(pieces) < 2 or not pieces[-2].strip() or not _THAI.match(pieces[-2]):
        return False
    rest = pieces[-1]
    return len(rest) <= _REST and bool(_THAI.match(rest)) and rest not in dictionary()


_D = "[0-9๐-๙]"
_TERM = "วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าประสงค์|ยุทธศาสตร์|กลยุทธ์|ตัวชี้วัด|เป้าหมาย"
# What textbooks say these words are.
_GENUS = (
    "การ(?:มอง|กำหนด|บอก|ตั้ง|คาด|วาด|เขียน|อธิบาย)|(?:สภาพ|ภาพ|จินตภาพ|สิ่ง)(?=ที่|ของ|หรือ|ใน|อนาคต|ฝัน|\\s|$)|วิธีการ|วิธีที่|หลักที่"
    "|ตัวบอก|ข้อความ|ถ้อยแถลง|ถ้อยคำ|งานที่|งานหลัก|ขอบเขต|กรอบ|จุดหมาย|ความคาดหวัง|ความคาดหมาย|ความมุ่งหวัง|ความปรารถนา|เครื่องมือ"
    "|หลักการ|อะไร|กลุ่มบุคคล|คำ(?:แถลง|ตอบ|อธิบาย|ที่)|ศัพท์"
)
_DEFINITION = re.compile(
    rf"^\s*(?:คำว่า|ความหมายของ|นิยาม)|^\W*(?:{_TERM})?[”\"\s]*(?:\([^)]*\))?\s*(?:นี้)?\s*"
    rf"(?:(?:นอกจาก)?(?:จะ)?หมายถึง|หมายความ|มาจากคำ|แปลว่า|คือ\s*(?:{_GENUS})|ที่ดี(?!ขึ้น|มี)"
    r"|เป็น\s*(?:ข้อความ|การกำหนด|ถ้อยแถลง|เครื่องมือ|ภาพ(?:อนาคต|ใน)|การมอง|สิ่งที่))"
)
_ABOUT_WORDS = re.compile(
    r"(?:คำว่า|ความหมาย(?:ของ)?|นิยาม(?:ของ)?|การเขียน|วิธีเขียน|ตัวอย่าง(?:การเขียน)?|องค์ประกอบ(?:ของ)?|ถ้อยแถลง|แปลว่า)\s*[“\"]?$"
)
_LEAD = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ดังต่อนี้|ต่อไปนี้|ได้แก่|ประกอบด้วย|ไว้ว่า|คือ|ดังกล่าว|ว่า|คือว่า|ตามลำดับ)\s*[:：\-–]*\s*$"
)
_RUNS_ON = re.compile(
    r"(?:ที่|ซึ่ง|ของ|และ|หรือ|โดย|จาก|ใน|แห่ง|ตาม|ดังกล่าว|ร่วม|กับ|นี้|จะ|ได้|ต้อง|ควร|อัน|ถึง|นั้น|ไป|มา|เพื่อให้บรรลุ|แล้ว"
    r"|มี(?!ส่วนร่วม|คุณ|ความ|ศักย|รายได้|งานทำ|สุข)"
    r"|เป็น(?!เมือง|องค์กร|ศูนย์|ตำบล|จังหวัด|แหล่ง|ชุมชน|ผู้นำ|หน่วย|ท้องถิ่น|เทศบาล|อบต|อบจ|สังคม|มหานคร|ประตู|ฐาน"
    r"|เลิศ|มิตร|หลัก|กลไก|ครัว|สถาบัน|ที่พึ่ง|ต้นแบบ|นคร|พื้นที่|กระทรวง|กรม))"
)
_NARRATIVE = re.compile(
    r"(?:ได้|จึง)(?:มีการ)?(?:กำหนด|จัดทำ|วาง|ตระหนัก|ดำเนินการ|ร่วมกัน|ระดม)|ดังนั้น|เนื่องจาก|ทั้งนี้|อย่างไรก็ตาม"
    r"|รับฟังความ|ประชุม|ตามระเบียบ|พระราชบัญญัติ|จากการวิเคราะห์|กล่าวว่า"
)
_CONTENTS_ENTRY = re.compile(rf"(?:\.{{3,}}|…{{2,}}|(?:\. ){{3,}})\s*{_D}{{0,3}}\s*$")
_OF_ALL_THAIS = re.compile(r"คนไทย|(?:12|๑๒)\s*ประการ|ของสังคม|ของวัยรุ่น")
# What a body publishes, as menus and lists of files name it.
_PAPER = re.compile(
    r"(?:แผนพัฒนา(?:ท้องถิ่น|สามปี|สี่ปี|ห้าปี|[3-5๓-๕]\s?ปี|ตำบล|เทศบาล|อบต|อบจ|จังหวัด)|แผน(?:การ)?ดำเนินงาน|แผนอัตรากำลัง|แผนการจัดซื้อ|แผนยุทธศาสตร์"
    r"|แผนปฏิบัติ(?:การ|ราชการ)|แผนการ(?:ใช้จ่าย|จัดหา)|(?:ร่าง)?(?:ข้อบัญญัติ|เทศบัญญัติ)|รายงาน(?:ผล|การ|งบ|ประจำ|กิจการ|สรุป)|คู่มือ|ประกาศ|ระเบียบ"
    r"|คำสั่ง|พระราชบัญญัติ|พ\.ร\.บ|กฎหมาย|กฎกระทรวง|ข่าว|ภาพกิจกรรม|กระดาน|สถิติ|แบบฟอร์ม|แบบคำร้อง|เอกสาร|หนังสือ(?!เรียน)|ข้อมูล(?:พื้นฐาน|ทั่วไป|หน่วยงาน)"
    r"|ประวัติ|โครงสร้าง|บุคลากร|ทำเนียบ|กิจการสภา|อำนาจหน้าที่|ติดต่อ|ช่องทาง|ร้องเรียน|ถาม\s?-?\s?ตอบ|ติดตามและประเมิน|การติดตามและประเมินผลแผน)"
)
_LONGEST_PAPER = 70
_LATIN = re.compile(r"[A-Za-z0-9\s/:.,\-–|>»()&©+'’“”\"]+$")


def contents_entry(text: str) -> bool:
    """Return whether the line is an entry of a table of contents: leaders and a page number."""
    return (".." in text or ". ." in text or "…" in text) and bool(_CONTENTS_ENTRY.search(text))


_ERRAND_OR_DUTY = re.compile(rf"วันนี้|ประจำวัน|เวลา\s?{_D}{{1,2}}[.:]{_D}|มาตรา\s?{_D}")


def is_errand_or_duty(*lines: Line) -> bool:
    """Return whether a ภารกิจ is somebody's errand of a day, or what the law bids."""
    return any(_ERRAND_OR_DUTY.search(line.text) for line in lines)


def names_paper(text: str) -> bool:
    """Return whether a text only names a paper or page of a body: แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)."""
    return len(text) <= _LONGEST_PAPER and bool(_PAPER.match(text))


def latin(text: str) -> bool:
    """Return whether the line has no Thai: an English name, a counter, a path."""
    return bool(_LATIN.match(text))


# Figures of several years, or a row of years: cells of a table.
_TABULAR = re.compile(
    rf"(?:(?:{_D}[0-9๐-๙.,]*|-)\s+){{2,}}(?:{_D}|-)|(?:25|๒๕){_D}{{2}}\s+\S{{0,6}}\s?(?:25|๒๕){_D}{{2}}"
)


def tabular(text: str) -> bool:
    """Return whether the line is a row of a table: figures in columns."""
    return bool(_TABULAR.search(text))


def of_all_thais(text: str) -> bool:
    """Return whether values are those preached to every Thai, not those of a body."""
    return bool(_OF_ALL_THAIS.search(text))


def defines(text: str) -> bool:
    """Return whether the text explains what a vision or mission is, as textbooks do."""
    return bool(_DEFINITION.search(text[:120]))


def explains_words(text: str) -> bool:
    """Return whether a text is about the words themselves: คำว่าวิสัยทัศน์…, การเขียนวิสัยทัศน์…."""
    return bool(_ABOUT_WORDS.search(text))


def introduces(text: str) -> bool:
    """Return whether the text only leads up to what follows (… ไว้ดังนี้)."""
    return bool(_LEAD.search(text[-40:]))


def runs_on(text: str) -> bool:
    """Return whether the words after an announcing word make a sentence with it."""
    return bool(_RUNS_ON.match(text))


def narrates(text: str) -> bool:
    """Return whether the text reports how something came about instead of stating it."""
    return bool(_NARRATIVE.search(text))


_TEACHES = re.compile(
    r"คำศัพท์(?:พวก|เหล่า)?นี้|คำศัพท์ที่|มานิยามกัน|(?:หมายถึง|แปลว่า|คือ)อะไร(?:กันแน่|กันบ้าง)|ตัวอย่าง\s?การเขียน(?:วิสัยทัศน์|พันธกิจ)"
    r"|วิธี(?:การ)?เขียน(?:วิสัยทัศน์|พันธกิจ)"
)


def teaches_words(text: str) -> bool:
    """Return whether a page explains the words of planning or shows how to write them."""
    return bool(_TEACHES.search(text))
