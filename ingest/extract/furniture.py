"""Lines that belong to the page and not to the plan: counters, dates, addresses, menus."""

from __future__ import annotations

import re

from ingest.extract.grammar import D

# A line that begins with one of these is furniture.
_STARTS = (
    "ปรับปรุงล่าสุด", "ปรับปรุงข้อมูล", "ปรับปรุงเมื่อ", "อัพเดท", "อัปเดต", "แก้ไขล่าสุด", "แก้ไขเมื่อ",
    "เผยแพร่เมื่อ", "เผยแพร่โดย", "เผยแพร่วันที่", "โพสต์", "วันที่", "เมื่อวันที่", "ประกาศเมื่อ", "เขียนโดย",
    "โทร", "แฟกซ์", "อีเมล", "เว็บไซต์", "ที่อยู่ ", "เลขที่ ", "สงวนลิขสิทธิ์", "ข่าวโดย", "ข่าว :", "ภาพ/ข่าว",
    "ผู้เขียน", "บรรณาธิการ", "ผู้สื่อข่าว", "ที่มา :", "ที่มา:", "แหล่งที่มา", "พิมพ์หน้านี้", "แชร์", "ไฟล์แนบ",
    "ดาวน์โหลด", "คลิก", "อ่านเพิ่มเติม", "อ่านต่อ", "กลับหน้า", "หน้าแรก", "หน้าหลัก", "เมนู", "ก่อนหน้า",
    "ถัดไป", "เข้าสู่ระบบ", "ค้นหา", "จำนวนผู้เข้าชม", "สถิติผู้เข้าชม", "ผู้เข้าชม", "ตั้งแต่วันที่", "จำนวน คน",
    "Tel", "Fax", "E-mail", "Email", "Website", "www.", "http:", "https:", "Copyright", "©",
    "All right", "Powered", "Last update", "Updated", "Posted", "Written", "Published", "Credit",
    "Hits", "Print", "Share", "Tweet", "Download", "Click", "Read more", "Home", "Menu",
    "Previous", "Next", "Login", "Search", "Text of the", "Permanent link",
)  # fmt: skip
_MONTHS = (
    r"ม\.?ค", r"ก\.?พ", r"มี\.?ค", r"เม\.?ย", r"พ\.?ค", r"มิ\.?ย", r"ก\.?ค", r"ส\.?ค", r"ก\.?ย",
    r"ต\.?ค", r"พ\.?ย", r"ธ\.?ค", "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา",
    "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
_FURNITURE = re.compile(
    rf"""
      (?:{"|".join(re.escape(start) for start in _STARTS)})
    | {D}[0-9๐-๙,]*(?:\.{D}+)?\s*(?:บาท|ล้านบาท|%)?\s*$ | หน้า\s*(?:ที่)?\s*{D}+ | -\s*{D}+\s*-$
    | (?:อ่าน|เข้าชม|ผู้ชม|เปิดอ่าน|ดู)\s*:?\s*{D}+ | \d+\s*(?:min\s+read|views?)
    | .{{0,40}}\.(?:pdf|docx?|xlsx?|jpe?g|png|go\.th|com)\b
    | {D}{{1,2}}\s*(?:{"|".join(_MONTHS)})\S*\s*(?:พ\.ศ\.)?\s*{D}{{2,4}}
    """.replace("\\ ", r"\s"),
    re.VERBOSE | re.IGNORECASE,
)


def furniture(text: str) -> bool:
    """Tell whether a line is a counter, a date, an address, a link or a credit."""
    return bool(_FURNITURE.match(text))
