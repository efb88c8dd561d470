"""What kind of document it is: which plan, a budget, or news, and which version of its plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.layout.lines import FrontLine, front_lines
from ingest.records import Organisation, OrganisationKind, PlanKind
from ingest.thai.dates import buddhist, dates
from ingest.thai.digits import arabic

_DATED = re.compile(
    r"วันนี้\s?\(|วันที่\s?[0-9๐-๙]{1,2}\s?[ก-๙.]{3,12}\s?(?:พ\.ศ\.\s?)?[0-9๐-๙]{2,4}[^\n]{0,12}เวลา"
    r"|(?:เมื่อวัน|วัน)[ก-๙]{0,10}ที่\s?[0-9๐-๙][^\n]{5,40}(?:\sณ\s|ที่ห้อง|ที่หอ|ที่ศาลา|\s(?:นาย|นาง|พล))"
    r"|^วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่",
    re.MULTILINE,
)
_STATED = re.compile(
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
    """Return whether the first pages report an event rather than state a plan."""
    if lines and lines[0].text.strip().startswith("ประกาศ"):
        return False
    text = "\n".join(line.text for line in lines)
    stated = len(_STATED.findall(text))
    dated = bool(_DATED.search(text)) or any(map(_is_date, lines[:5]))
    labelled = bool(_LABELLED.search(text))
    planned = sum(1 for line in lines if len(line.text) < 90 and _PLANNED.match(line.text))
    items = sum(1 for line in lines if line.item)
    score = 2 * dated + min(stated, 4) + 1.5 * labelled - min(planned, 6) - min(items, 8) / 2
    least = _LEAST if planned or items else _LEAST_IN_PROSE
    prose = any(len(line.text) > _PROSE and "\t" not in line.text for line in lines)
    return score >= least and (stated > 0 or dated) and (prose or dated)


_LEAST = 1.5
_LEAST_IN_PROSE = 1.0


_PROSE = 90


def _is_date(line: FrontLine) -> bool:
    """Return whether a line is a date, or tells of a day it begins with."""
    return any(result.start < 3 for result in dates(line.text[:60]))


_KIND = r"แก้ไข|เพิ่มเติม|เปลี่ยนแปลง|ทบทวน"
_REVISED = re.compile(
    rf"(?:ฉบับ(?:ที่)?\s?)?(?P<kinds>(?:{_KIND})(?:\s?(?:และ|หรือ|,|/)?\s?(?:{_KIND}))*)"
    r"(?:\s?[(]?(?:ครั้งที่|ฉบับที่)\s?(?P<number>[0-9]{1,2}))?"
    r"(?:\s?/\s?(?P<slash>[0-9]{4}|[0-9]{2}))?"
    r"(?:[\s)]*(?:ประจำปี(?:งบประมาณ)?|พ\.ศ\.|ปี)\s?(?:พ\.ศ\.)?\s?(?P<year>[0-9]{4}))?"
)
_PLAN = re.compile(r"แผน|ข้อบัญญัติ|เทศบัญญัติ|ประเด็นการพัฒนา")
_LAW = re.compile(r"ระเบียบ|พระราชบัญญัติ|พ\.ร\.บ\.|ประกาศกระทรวง")


@dataclass(frozen=True, slots=True)
class Revision:
    """A later version of a plan: what was done to it, which time, in which year (BE)."""

    kinds: tuple[str, ...]
    number: int | None
    year: int | None

    @property
    def label(self) -> str:
        """Write it as plans do: เพิ่มเติม ครั้งที่ 2/2567."""
        text = "และ".join(self.kinds).replace("แก้ไขและเพิ่มเติม", "แก้ไขเพิ่มเติม")
        if self.number:
            text += f" ครั้งที่ {self.number}"
        if self.year:
            text += f"/{self.year}" if self.number else f" พ.ศ. {self.year}"
        return text


def revision_of(text: str, title: str | None = None) -> Revision | None:
    """Read which revision of a plan a document is, None for a first version or none told.

    Only headings count: a menu or a sentence that names a revision is about another file.
    """
    above = ""
    for line in front_lines(text, title)[:12]:
        result = _REVISED.search(arabic(line.text))
        stated = result and (
            result["number"] or result["slash"] or result["year"] or "ฉบับ" in result[0]
        )
        named = _PLAN.search(line.text) or (_PLAN.search(above) and line.heading)
        if result and stated and named and line.heading and not _LAW.search(line.text):
            return _read(result)
        above = line.text if line.heading else ""
    return None


def _read(find: re.Match[str]) -> Revision:
    written = find["year"] or find["slash"]
    return Revision(
        tuple(dict.fromkeys(re.findall(_KIND, find["kinds"]))),
        int(find["number"]) if find["number"] else None,
        buddhist(int(written)) if written else None,
    )


_YEARS = r"(?:สาม|สี่|ห้า|[345๓๔๕])\s?ปี"
_LOCAL = r"ท้องถิ่น|เทศบาล|องค์การบริหารส่วน|อบต|อบจ|อปท|องค์กรปกครองส่วนท้องถิ่น|เมืองพัทยา"
_PATTERNS: tuple[tuple[PlanKind, str], ...] = (
    ("village_plan", r"แผนพัฒนาหมู่บ้าน|แผนชุมชน|แผนพัฒนาชุมชน|แผนหมู่บ้าน|แผนพัฒนาตำบล"),
    ("district_plan", r"แผนพัฒนาอำเภอ|แผนยุทธศาสตร์การพัฒนาอำเภอ"),
    ("province_group_plan", r"แผน(?:พัฒนา|ยุทธศาสตร์|ปฏิบัติราชการ)[^\n]{0,24}กลุ่มจังหวัด"),
    ("province_annual_plan", r"แผนปฏิบัติราชการประจำปี[^\n]{0,40}จังหวัด|แผนปฏิบัติราชการ(?:ของ)?จังหวัด"),
    (
        "province_plan",
        r"แผนพัฒนาจังหวัด|(?:แผน)?ยุทธศาสตร์(?:การ)?(?:พัฒนา)?จังหวัด|แผนพัฒนา[^\n]{0,8}ปี\s?จังหวัด"
        r"|ยุทธศาสตร์การพัฒนาของจังหวัด",
    ),
    ("operation_plan", r"แผนการดำเนินงาน|แผนดำเนินงาน|แผนดำเนินการ"),
    (
        "budget",
        r"(?:เทศ|ข้อ)บัญญัติ[^\n]{0,12}งบประมาณ|เทศบัญญัติ|งบประมาณรายจ่าย|เอกสารงบประมาณ"
        r"|ร่างพระราชบัญญัติงบประมาณ|หน่วยรับงบประมาณ",
    ),
    (
        "local_strategy",
        rf"แผนยุทธศาสตร์(?:การ)?พัฒนา(?:{_LOCAL})?|แผนยุทธศาสตร์[^\n]{{0,10}}(?:{_LOCAL})",
    ),
    ("local_plan", rf"แผนพัฒนา\s?(?:{_LOCAL})|แผนพัฒนา\s?{_YEARS}|แผนพัฒนา[^\n]{{0,12}}(?:{_LOCAL})"),
    ("master_plan", r"แผนแม่บทภายใต้ยุทธศาสตร์ชาติ|แผนแม่บท"),
    ("national_plan", r"แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ|แผนการปฏิรูปประเทศ"),
    ("national_strategy", r"ยุทธศาสตร์ชาติ"),
    ("government_action_plan", r"แผนปฏิบัติราชการ|แผนปฏิบัติการ"),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_LOCAL_KINDS: tuple[PlanKind, ...] = ("local_plan", "local_strategy", "operation_plan", "budget")
_FITTING: dict[OrganisationKind, tuple[PlanKind, ...]] = {
    "province": ("province_plan", "province_annual_plan", "budget"),
    "province_group": ("province_group_plan",),
    "pao": _LOCAL_KINDS,
    "municipality": _LOCAL_KINDS,
    "sao": _LOCAL_KINDS,
    "pattaya": _LOCAL_KINDS,
    "bangkok": _LOCAL_KINDS,
    "district": ("district_plan",),
    "ministry": ("government_action_plan", "budget"),
}
_REFERS = re.compile(
    r"(?:ตาม|สอดคล้อง[^\s]{0,6}|เชื่อมโยง[^\s]{0,6}|ความสัมพันธ์[^\n]{0,20}|ภายใต้|รองรับ|กรอบ|ระเบียบ[^\n]{0,30})\s?$"
)
_STATES = re.compile(r"วิสัยทัศน์|พันธกิจ|ยุทธศาสตร์การพัฒนา|ประเด็นการพัฒนา|เป้าประสงค์")
_FORM = re.compile(r"แบบ\s?ผ\.\s?0?[123]|บัญชีโครงการ|รายละเอียดโครงการพัฒนา")
_BOUND = (
    "province_group_plan",
    "province_plan",
    "province_annual_plan",
    "local_plan",
    "local_strategy",
    "operation_plan",
)
"""Kinds of plan that only one kind of body makes: another's is quoted."""

_NATIONAL = ("national_strategy", "master_plan", "national_plan", "government_action_plan")
_HEAD_LINES = 14
_ENOUGH = 2.0


def plan_kind_of(
    text: str,
    title: str | None = None,
    organisation: Organisation | None = None,
    *,
    dated: bool = False,
) -> PlanKind:
    """Return what kind of document a text is.

    `dated` tells that the document has a period of its own: then a page of statements
    counts as the plan its body makes, even where it does not call itself one.
    """
    lines = front_lines(text, title)
    if is_news(lines):
        return "news"
    scores: dict[PlanKind, float] = {}
    fitting = _FITTING.get(organisation.kind, ()) if organisation else ()
    for line in lines[:_HEAD_LINES]:
        for kind, score in _named(line):
            gain = score + (1.5 if kind in fitting else 0.0)
            gain -= 3.0 if fitting and kind in _BOUND and kind not in fitting else 0.0
            scores[kind] = max(scores.get(kind, 0.0), gain)
    best = max(scores, key=lambda kind: scores[kind], default=None)
    if best and scores[best] >= _ENOUGH:
        return best
    states = any(_STATES.search(line.text) for line in lines if line.heading)
    if fitting and (_FORM.search(text) or (dated and states)):
        return fitting[0]
    return "other"


def _named(line: FrontLine) -> list[tuple[PlanKind, float]]:
    """Weigh the plans a line names: its own name stands early, in a heading, with years."""
    if line.item:
        return []
    result: list[tuple[PlanKind, float]] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS:
        match = pattern.search(line.text)
        if match is None or any(a < match.end() and match.start() < b for a, b in taken):
            continue
        taken.append(match.span())
        if kind in _NATIONAL and match.start() > 3 and line.rank >= 0:
            continue  # a plan of the nation named in passing
        score = 2.0 if line.heading else 0.0
        score += max(0.0, 1.0 - 0.1 * max(line.rank, 0)) + (0.5 if match.start() < 12 else 0.0)
        if _REFERS.search(line.text[: match.start()]):
            score -= 3.0
        result.append((kind, score - 0.4 * (len(taken) - 1)))
    return result
