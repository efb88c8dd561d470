"""News told from plans: news reports that people met about a plan, it is none."""

import re

from ingest.layout.front import FrontLine
from ingest.thai.dates import dates

_DATED = re.compile(
    r"วันนี้\s?\(|วันที่\s?[0-9๐-๙]{1,2}\s?[ก-๙.]{3,12}\s?(?:พ\.ศ\.\s?)?[0-9๐-๙]{2,4}[^\n]{0,12}เวลา"
    r"|(?:เมื่อวัน|วัน)[ก-๙]{0,10}ที่\s?[0-9๐-๙][^\n]{5,40}(?:\sณ\s|ที่ห้อง|ที่หอ|ที่ศาลา|\s(?:นาย|นาง|พล))"
    r"|^วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่",
    re.MULTILINE,
)
_TOLD = re.compile(
    r"กล่าวว่า|กล่าวต่อ|กล่าวเพิ่ม|กล่าวอีก|กล่าวถึง|เปิดเผยว่า|เปิดเผยถึง|เป็นประธาน|ลงพื้นที่|ให้สัมภาษณ์|ร่วมประชุม"
    r"|เข้าร่วมประชุม|(?<!โครงการ)จัด(?:การ)?(?:ประชุม|อบรม|กิจกรรม)|กล่าวขอบคุณ|เปิดการประชุม|พิธีเปิด|มอบนโยบาย|ตรวจเยี่ยม|ที่ประชุม(?:คณะรัฐมนตรี|เห็นชอบ|รับทราบ|ได้|มีมติ)?"
    r"|ครม\.|คณะรัฐมนตรี(?:มีมติ|เห็นชอบ|รับทราบ|อนุมัติ)|โฆษก|ผู้สื่อข่าว|เผยว่า|ระบุว่า|ชื่นชม"
)
_LABELLED = re.compile(
    r"ภาพ\s?/\s?ข่าว|ข่าว\s?/\s?ภาพ|ผู้สื่อข่าว|สำนักข่าว|min read|ข่าวประชาสัมพันธ์|ข่าวทำเนียบ|ข่าวภาค|ข่าววันที่"
    r"|ภาพ\s?:\s?|สรุปข่าว|เปิดอ่าน|ข่าวที่เกี่ยวข้อง|ข่าวล่าสุด"
)
_PLANNED = re.compile(
    r"^\s*(?:[0-9๐-๙.() ]{0,6})(?:วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าประสงค์|เป้าหมาย|ยุทธศาสตร์"
    r"|กลยุทธ์|ตัวชี้วัด|จุดมุ่งหมาย|ประเด็น(?:ยุทธศาสตร์|การพัฒนา)|แบบ\s?ผ\.|[0-9๐-๙]{0,3}\s?โครงการ|บัญชี|รายละเอียดโครงการ|สารบัญ|ส่วนที่)",
    re.MULTILINE,
)


def is_news(lines: list[FrontLine]) -> bool:
    """Say whether the first pages report an event rather than state a plan."""
    if lines and lines[0].text.strip().startswith("ประกาศ"):
        return False
    text = "\n".join(line.text for line in lines)
    told = len(_TOLD.findall(text))
    dated = bool(_DATED.search(text)) or any(map(_is_date, lines[:5]))
    labelled = bool(_LABELLED.search(text))
    planned = sum(1 for line in lines if len(line.text) < 90 and _PLANNED.match(line.text))
    items = sum(1 for line in lines if line.item)
    score = 2 * dated + min(told, 4) + 1.5 * labelled - min(planned, 6) - min(items, 8) / 2
    least = _LEAST if planned or items else _LEAST_IN_PROSE
    prose = any(len(line.text) > _PROSE and "\t" not in line.text for line in lines)
    return score >= least and (told > 0 or dated) and (prose or dated)


_LEAST = 1.5
_LEAST_IN_PROSE = 1.0


_PROSE = 90


def _is_date(line: FrontLine) -> bool:
    """Say whether a line is a date, or tells of a day it begins with."""
    return any(found.start < 3 for found in dates(line.text[:60]))
