"""What looks like a statement and is none: definitions, introductions, page furniture."""

from __future__ import annotations

import re

_D = "[0-9๐-๙]"
_DEFINITION = re.compile(
    r"^\s*(?:คำว่า|ความหมายของ|นิยาม)"
    r"|^\W*(?:วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าประสงค์|ยุทธศาสตร์|กลยุทธ์|ตัวชี้วัด|เป้าหมาย)?\s*(?:\([^)]*\))?\s*"
    r"(?:นี้)?\s*(?:หมายถึง|หมายความ|คือ\s*(?:การ(?:มอง|กำหนด|บอก)|ภาพ|สิ่งที่|วิธีการ|วิธีที่|หลักที่|ตัวบอก|ข้อความ|ถ้อยแถลง|งานที่|งานหลัก|ขอบเขต|กรอบ|จุดหมาย|ความคาดหวัง|ความมุ่งหวัง|เครื่องมือ|หลักการ)"
    r"|เป็น\s*(?:ข้อความ|การกำหนด|ถ้อยแถลง|เครื่องมือ|ภาพ(?:อนาคต|ใน)|การมอง|สิ่งที่))"
)
_LEAD = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ดังต่อนี้|ต่อไปนี้|ได้แก่|ประกอบด้วย|ไว้ว่า|คือ|ดังกล่าว|ว่า|คือว่า|ตามลำดับ)\s*[:：\-–]*\s*$"
)
_RUNS_ON = re.compile(
    r"(?:ที่|ซึ่ง|ของ|และ|หรือ|โดย|จาก|ใน|แห่ง|ตาม|ดังกล่าว|ร่วม|กับ|นี้|จะ|ได้|ต้อง|ควร|อัน|ถึง|นั้น|ไป|มา|เพื่อให้บรรลุ|แล้ว"
    r"|มี(?!ส่วนร่วม|คุณ|ความ|ศักย|รายได้|งานทำ|สุข)"
    r"|เป็น(?!เมือง|องค์กร|ศูนย์|ตำบล|จังหวัด|แหล่ง|ชุมชน|ผู้นำ|หน่วย|ท้องถิ่น|เทศบาล|อบต|อบจ|สังคม|มหานคร|ประตู|ฐาน|เลิศ|มิตร|หลัก|กลไก|ครัว|สถาบัน|ที่พึ่ง|ต้นแบบ|นคร|พื้นที่|กระทรวง|กรม))"
)
_NARRATIVE = re.compile(
    r"(?:ได้|จึง)(?:มีการ)?(?:กำหนด|จัดทำ|วาง|ตระหนัก|ดำเนินการ|ร่วมกัน|ระดม)|ดังนั้น|เนื่องจาก|ทั้งนี้|อย่างไรก็ตาม"
    r"|รับฟังความ|ประชุม|ตามระเบียบ|พระราชบัญญัติ|จากการวิเคราะห์|กล่าวว่า"
)
_FURNITURE = re.compile(
    rf"""^(?:
      {_D}{{1,4}}\s*$ | หน้า\s*(?:ที่)?\s*{_D}+ | -\s*{_D}+\s*-$ | \|.*\|$
    | (?:อ่าน|เข้าชม|ผู้ชม|เปิดอ่าน|จำนวนผู้เข้าชม|ดู)\s*:?\s*{_D}+ | \d+\s*(?:min\s+read|views?)
    | (?:ปรับปรุง|อัพเดท|อัปเดต|แก้ไข|เผยแพร่|โพสต์|วันที่|เมื่อวันที่|ประกาศเมื่อ|Last\s|Updated|Posted|Written\s|Published)
    | (?:โทร|Tel|แฟกซ์|โทรสาร|Fax|อีเมล|E-?mail|เว็บไซต์|Website|www\.|https?:|ที่อยู่\s|เลขที่\s|Copyright|©|สงวนลิขสิทธิ์|All\sright|Powered|Design)
    | (?:ข่าวโดย|ภาพ/ข่าว|ผู้เขียน|บรรณาธิการ|ผู้สื่อข่าว|ที่มา\s*:|แหล่งที่มา|Credit|Hits|Print|Email|พิมพ์|แชร์|Share|Tweet|ไฟล์แนบ|ดาวน์โหลด|Download|คลิก|Click|อ่านเพิ่มเติม|Read\smore|กลับหน้า|หน้าแรก|หน้าหลัก|Home|เมนู|Menu|ก่อนหน้า|ถัดไป|Previous|Next|Login|เข้าสู่ระบบ|Search|ค้นหา|Text\sof\sthe)
    | .{{0,40}}\.(?:pdf|docx?|xlsx?|jpe?g|png|go\.th|com)\b
    | {_D}{{1,2}}\s*(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)\S*\s*(?:พ\.ศ\.)?\s*{_D}{{2,4}}
    )""",
    re.VERBOSE | re.IGNORECASE,
)


_CONTENTS_ENTRY = re.compile(rf"(?:\.{{3,}}|…{{2,}}|(?:\. ){{3,}})\s*{_D}{{0,3}}\s*$")
_LATIN = re.compile(r"[A-Za-z0-9\s/:.,\-–|>»()&©+'’“”\"]+$")


def contents_entry(text: str) -> bool:
    """Tell whether the line is an entry of a table of contents: leaders and a page number."""
    return bool(_CONTENTS_ENTRY.search(text))


def latin(text: str) -> bool:
    """Tell whether the line has no Thai: an English name, a counter, a path."""
    return bool(_LATIN.match(text))


_OF_ALL_THAIS = re.compile(r"คนไทย|(?:12|๑๒)\s*ประการ|ของสังคม|ของวัยรุ่น")


# Figures of several years, or a row of years: cells of a table.
_TABULAR = re.compile(
    rf"(?:(?:{_D}[0-9๐-๙.,]*|-)\s+){{2,}}(?:{_D}|-)|(?:25|๒๕){_D}{{2}}\s+\S{{0,6}}\s?(?:25|๒๕){_D}{{2}}"
)


def tabular(text: str) -> bool:
    """Tell whether the line is a row of a table: figures in columns."""
    return bool(_TABULAR.search(text))


def of_all_thais(text: str) -> bool:
    """Tell whether values are those preached to every Thai, not those of a body."""
    return bool(_OF_ALL_THAIS.search(text))


def defines(text: str) -> bool:
    """Tell whether the text explains what a vision or mission is, as textbooks do."""
    return bool(_DEFINITION.search(text[:120]))


def introduces(text: str) -> bool:
    """Tell whether the text only leads up to what follows (… ไว้ดังนี้)."""
    return bool(_LEAD.search(text[-40:]))


def runs_on(text: str) -> bool:
    """Tell whether the words after an announcing word make a sentence with it."""
    return bool(_RUNS_ON.match(text))


def narrates(text: str) -> bool:
    """Tell whether the text reports how something came about instead of stating it."""
    return bool(_NARRATIVE.search(text))


def furniture(text: str) -> bool:
    """Tell whether the line belongs to the page, not to the plan: counters, dates, addresses."""
    return bool(_FURNITURE.match(text))
