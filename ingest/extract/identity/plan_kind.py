"""What kind of document it is: which of the plans of DOMAIN's ladder, a budget, news."""

import re

from ingest.extract.identity.news import is_news
from ingest.layout.front import FrontLine, front_lines
from ingest.records import Organisation, OrganisationKind, PlanKind

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
    """Say what kind of document a text is.

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
    found: list[tuple[PlanKind, float]] = []
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
        found.append((kind, score - 0.4 * (len(taken) - 1)))
    return found
