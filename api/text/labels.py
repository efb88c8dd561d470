"""Names of kinds, relations, verdicts and parts in Thai and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from api.text.language import Language, current

STATEMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "vision": ("วิสัยทัศน์", "vision"),
        "mission": ("พันธกิจ", "mission"),
        "value": ("ค่านิยม", "value"),
        "goal": ("เป้าประสงค์", "goal"),
        "strategic_issue": ("ประเด็นยุทธศาสตร์", "strategic issue"),
        "strategy": ("กลยุทธ์", "strategy"),
        "indicator": ("ตัวชี้วัด", "indicator"),
        "project": ("โครงการ", "project"),
    }
)
ORGANISATIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "province": ("จังหวัด", "province"),
        "province_group": ("กลุ่มจังหวัด", "province group"),
        "pao": ("องค์การบริหารส่วนจังหวัด", "provincial administrative organisation"),
        "municipality": ("เทศบาล", "municipality"),
        "sao": ("องค์การบริหารส่วนตำบล", "subdistrict administrative organisation"),
        "district": ("อำเภอ", "district"),
        "bangkok": ("กรุงเทพมหานคร", "Bangkok"),
        "pattaya": ("เมืองพัทยา", "Pattaya"),
        "ministry": ("กระทรวง", "ministry"),
        "office": ("ส่วนราชการ", "office"),
        "other": ("อื่น ๆ", "other"),
    }
)
PLANS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "national_strategy": ("ยุทธศาสตร์ชาติ", "national strategy"),
        "master_plan": ("แผนแม่บท", "master plan"),
        "national_plan": ("แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ", "national development plan"),
        "government_action_plan": ("แผนปฏิบัติราชการ", "government action plan"),
        "province_group_plan": ("แผนพัฒนากลุ่มจังหวัด", "province group plan"),
        "province_plan": ("แผนพัฒนาจังหวัด", "provincial development plan"),
        "province_annual_plan": ("แผนปฏิบัติราชการประจำปีของจังหวัด", "provincial annual plan"),
        "district_plan": ("แผนพัฒนาอำเภอ", "district plan"),
        "local_plan": ("แผนพัฒนาท้องถิ่น", "local development plan"),
        "local_strategy": ("แผนยุทธศาสตร์การพัฒนา", "local development strategy"),
        "operation_plan": ("แผนการดำเนินงาน", "operation plan"),
        "budget": ("งบประมาณ", "budget"),
        "village_plan": ("แผนพัฒนาหมู่บ้าน/ชุมชน", "village plan"),
        "news": ("ข่าว", "news"),
        "other": ("เอกสารอื่น", "other document"),
    }
)
STATUSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "added": ("เพิ่มแล้ว", "added"),
        "unchanged": ("มีอยู่แล้ว", "unchanged"),
        "replaced": ("แทนที่ฉบับเดิม", "replaced"),
        "failed": ("ไม่สำเร็จ", "failed"),
    }
)
MODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "smart": ("คำและความหมาย", "words and meaning"),
        "words": ("คำเหล่านี้", "these words"),
        "meaning": ("ความหมายใกล้เคียง", "close in meaning"),
        "exact": ("ข้อความตรงกัน", "exact phrase"),
    }
)
FACETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "kind": ("ชนิด", "kind"),
        "organisation": ("หน่วยงาน", "body"),
        "organisation_kind": ("ชนิดหน่วยงาน", "kind of body"),
        "province": ("จังหวัด", "province"),
        "plan_kind": ("ชนิดแผน", "kind of plan"),
        "year": ("ปี พ.ศ.", "year (BE)"),
    }
)
VERDICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "aligned": ("สอดคล้อง", "aligned"),
        "weak": ("สอดคล้องบางส่วน", "weakly aligned"),
        "not_aligned": ("ไม่สอดคล้อง", "not aligned"),
        "cannot_tell": ("บอกไม่ได้", "cannot tell"),
    }
)
ALIGNMENT_DECISIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "agrees": ("สอดคล้อง", "Agrees"),
        "touches": ("เกี่ยวข้องบางส่วน", "Touches it"),
        "does_not": ("ไม่สอดคล้อง", "Does not agree"),
        "cannot_tell": ("ตัดสินไม่ได้", "Can't tell"),
    }
)
DUPLICATE_DECISIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "not_duplicate": ("ไม่ซ้ำ", "Not a duplicate"),
        "continuation": ("ต่อเนื่อง", "Continuation"),
        "duplicate": ("ซ้ำ", "Duplicate"),
    }
)
REVIEWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "accepted": ("ยืนยันแล้ว", "accepted"),
        "corrected": ("แก้ไขแล้ว", "corrected"),
        "rejected": ("ไม่ใช้", "rejected"),
        "added": ("เพิ่มโดยคน", "added"),
    }
)
FRAMEWORK_LEVELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "plan": ("แผน", "plan"),
        "province": ("แผนพัฒนาจังหวัด", "provincial plan"),
        "province_group": ("แผนพัฒนากลุ่มจังหวัด", "province group plan"),
        "national_strategy": ("ยุทธศาสตร์ชาติ", "national strategy"),
        "master_plans": ("แผนแม่บท", "master plan"),
        "milestones": ("หมุดหมาย", "milestone"),
        "sdgs": ("SDGs", "SDGs"),
    }
)
RELATIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "duplicate": ("ซ้ำ", "duplicate"),
        "continuation": ("ต่อเนื่อง", "continuation"),
        "same_activity_elsewhere": ("ทำแบบเดียวกันที่อื่น", "same activity elsewhere"),
        "related": ("เกี่ยวข้อง", "related"),
        "different": ("ต่างกัน", "different"),
    }
)
PARTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "work": ("งาน", "work"),
        "verb": ("ลักษณะงาน", "kind of work"),
        "standard": ("มาตรฐาน", "standard"),
        "number": ("หมู่ที่", "village no."),
        "settlement": ("บ้าน/ชุมชน", "village"),
        "way": ("สายทาง/ซอย", "road"),
        "water": ("แหล่งน้ำ", "water"),
        "building": ("สถานที่", "building"),
        "spot": ("จุด", "spot"),
        "area": ("ตำบล/เทศบาล", "subdistrict"),
        "district": ("อำเภอ", "district"),
        "province": ("จังหวัด", "province"),
        "phase": ("ระยะ", "phase"),
        "section": ("ช่วง", "section"),
        "batch": ("รุ่น", "batch"),
        "round": ("ครั้งที่", "round"),
        "year": ("ปีที่", "year no."),
        "term": ("ภาคเรียน", "term"),
        "more": ("เพิ่มเติม", "more"),
        "quantity": ("ปริมาณ", "quantity"),
        "years": ("ปีงบประมาณ", "fiscal years"),
        "money": ("งบประมาณ", "budget"),
        "organisation": ("หน่วยงาน", "organisation"),
    }
)
"""Parts of a project that two can agree or differ in."""


def label(names: Mapping[str, tuple[str, str]], key: str, language: Language | None = None) -> str:
    """Return the name of a key in the given or current language; the key itself if it has none."""
    if key not in names:
        return key
    return names[key][(language or current()) == "en"]
