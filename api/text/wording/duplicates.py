"""Whether a project was planned before: its page, its parts, answers that are named anew."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DUPLICATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "parts-read": ("อ่านชื่อได้เป็น {parts}", "read as {parts}"),
        "part-unknown": (
            "ไม่รู้จักส่วน {part} ของชื่อโครงการ (ใช้ได้: {choices})",
            "A project's name has no part {part} (known: {choices})",
        ),
        "answers-damaged": (
            "ไม่ใช่คำตอบที่บันทึกจาก phaen duplicates --json ({reason})",
            "These are no answers kept from phaen duplicates --json ({reason})",
        ),
        "sheet-models": ("ต้นแบบ", "Models to copy"),
        "answer-unit": ("หน่วย", "Unit"),
        "answer-unit-cost": ("บาทต่อหน่วย", "Baht a unit"),
        "answer-result": ("ผลที่คาดว่าจะได้รับ", "Expected result"),
        "measure-unseen": (
            "ชื่อที่กันไว้ {names} ชื่อ: สถานที่ถูก {place}% งานถูก {work}%",
            "{names} names kept apart: place right {place}%, work right {work}%",
        ),
        "measure-tool": ("เครื่องมือ", "Tool"),
        "measure-auroc": ("AUROC ซ้ำ/ที่อื่น", "AUROC same/elsewhere"),
        "measure-duplicate-f1": ("F1 ซ้ำ", "F1 duplicate"),
        "measure-macro-f1": ("macro-F1", "macro-F1"),
        "measure-elsewhere": ("ที่อื่นถูกเรียกว่าซ้ำ", "Elsewhere called same"),
        "web-duplicates": ("เคยมีในแผนแล้วหรือไม่", "Planned before?"),
        "web-duplicates-lead": (
            "พิมพ์ชื่อโครงการที่จะเสนอ แล้วดูว่าเคยมีในแผนใด ซ้ำ ต่อเนื่อง หรือทำแบบเดียวกันที่อื่น",
            "Type a project's name to see where it was planned: the same, its next phase, elsewhere",
        ),
        "web-project-title": ("ชื่อโครงการ", "Project"),
        "web-project-place": ("สถานที่", "Place"),
        "web-project-body": ("หน่วยงานที่เสนอ", "Proposed by"),
        "web-project-year": ("ปีงบประมาณ พ.ศ.", "Fiscal year (BE)"),
        "web-project-budget": ("งบประมาณ (บาท)", "Budget (baht)"),
        "web-threshold": ("เรียกว่าซ้ำเมื่อมั่นใจตั้งแต่ (%)", "Called a duplicate from (%)"),
        "web-compare": ("ตรวจ", "Check"),
        "web-parts": (
            "อ่านชื่อได้ดังนี้ แก้ได้ถ้าไม่ถูก",
            "The name as it was read; correct it where it is wrong",
        ),
        "web-parts-compare": ("แก้แล้วตรวจใหม่", "Check again"),
        "web-matches": ("พบ {count} รายการ", "{count} found"),
        "web-refuse": ("ไม่ซ้ำ ไม่ต้องถามอีก", "Not a duplicate, never ask again"),
        "web-models": ("ต้นแบบจากที่อื่น", "Models to copy"),
        "part-village": ("หมู่ที่", "Village no."),
        "part-hamlet": ("บ้าน", "Village"),
        "part-community": ("ชุมชน", "Community"),
        "part-line": ("สายทาง", "Road line"),
        "part-soi": ("ซอย", "Lane"),
        "part-road": ("ถนน", "Road"),
        "part-water": ("แหล่งน้ำ", "Water"),
        "part-school": ("โรงเรียน", "School"),
        "part-temple": ("วัด", "Temple"),
        "part-centre": ("ศูนย์พัฒนาเด็กเล็ก", "Child centre"),
        "part-health": ("รพ.สต.", "Health centre"),
        "part-site": ("สถานที่", "Site"),
        "part-spot": ("จุดที่", "Spot"),
        "part-route": ("ทางหลวงหมายเลข", "Route no."),
        "part-subdistrict": ("ตำบล", "Subdistrict"),
        "part-district": ("อำเภอ", "District"),
        "part-province": ("จังหวัด", "Province"),
        "part-municipality": ("เทศบาล/อบต.", "Municipality"),
        "part-work": ("งาน", "Work"),
    }
)
