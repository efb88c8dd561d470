"""The tables of an export: their columns, with what each means, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from ingest.records import Organisation, Period, baht
from kb.store.filters import EVERYTHING
from kb.store.records import StoredDocument, StoredProject, StoredStatement

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

ColumnType = Literal["string", "integer", "number", "decimal"]
ExportRow = dict[str, Any]
SEPARATOR = "; "
"""Stands between the values of a column that holds several."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its type (`decimal` is baht), and its meaning in Thai and English."""

    name: str
    type: ColumnType
    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table of the export; `rows` yields those of one document."""

    name: str
    thai: str
    english: str
    columns: tuple[ExportColumn, ...]
    rows: Callable[[KnowledgeBase, StoredDocument], Iterator[ExportRow]]


_BODY = (
    ExportColumn("organisation", "string", "หน่วยงาน", "the body whose words these are"),
    ExportColumn("organisation_kind", "string", "ชนิดหน่วยงาน", "kind of body: province, pao, …"),
    ExportColumn("province", "string", "จังหวัด", "its province"),
    ExportColumn("district", "string", "อำเภอ", "its district"),
    ExportColumn("subdistrict", "string", "ตำบล", "its subdistrict"),
    ExportColumn("period_from", "integer", "ปี พ.ศ. แรกของแผน", "first year of the plan, BE"),
    ExportColumn("period_to", "integer", "ปี พ.ศ. สุดท้ายของแผน", "last year of the plan, BE"),
)
_SOURCE = (
    ExportColumn("document", "string", "รหัสเอกสาร", "id of the document, see documents"),
    ExportColumn("page", "integer", "หน้า", "page of the document, from 1"),
)
_TRUST = (
    ExportColumn(
        "confidence", "number", "ความมั่นใจของการอ่าน 0–1", "how sure the reading is, 0 to 1"
    ),
    ExportColumn("found_by", "string", "วิธีที่พบ", "how it was found"),
    ExportColumn("review", "string", "คำตัดสินของผู้ตรวจ", "a person's word: accepted, corrected, …"),
)


def _listed(values: tuple[str, ...]) -> str | None:
    return SEPARATOR.join(values) or None


def _body(body: Organisation | None, period: Period | None) -> ExportRow:
    return {
        "organisation": body.name if body else None,
        "organisation_kind": body.kind if body else None,
        "province": body.province if body else None,
        "district": body.district if body else None,
        "subdistrict": body.subdistrict if body else None,
        "period_from": period.start if period else None,
        "period_to": period.end if period else None,
    }


def _document(_kb: KnowledgeBase, document: StoredDocument) -> Iterator[ExportRow]:
    yield {
        "id": document.id,
        "file": document.file,
        "media_type": document.media_type,
        "title": document.title,
        **_body(document.organisation, document.period),
        "plan_kind": document.plan_kind,
        "published": document.published,
        "pages": document.pages,
        "unread_pages": document.unread_pages,
        "quality": document.quality,
        "statements": document.statements,
        "projects": document.projects,
        "version_of": document.version_of,
        "notes": _listed(document.notes),
        "added_at": document.added_at,
    }


def _statements(kb: KnowledgeBase, document: StoredDocument) -> Iterator[ExportRow]:
    statements = kb.statements(replace(EVERYTHING, document=document.id))
    for statement in sorted(statements, key=lambda s: (s.page, s.record.start, s.record.end, s.id)):
        yield _statement(statement)


def _statement(stored: StoredStatement) -> ExportRow:
    record = stored.record
    return {
        "id": stored.id,
        "kind": stored.kind,
        "text": stored.text,
        "explanation": record.explanation,
        "alternatives": _listed(record.alternatives),
        "number": record.number,
        "section": record.section,
        "parent": record.parent,
        **_body(stored.organisation, stored.period),
        "document": stored.document,
        "page": stored.page,
        "start": record.start,
        "end": record.end,
        "mentions": len(record.mentions),
        "confidence": record.confidence,
        "found_by": record.found_by,
        "review": stored.review,
    }


def _sorted_projects(kb: KnowledgeBase, document: StoredDocument) -> list[StoredProject]:
    projects = kb.projects(replace(EVERYTHING, document=document.id))
    return sorted(projects, key=lambda project: (project.page, project.record.row or 0, project.id))


def _projects(kb: KnowledgeBase, document: StoredDocument) -> Iterator[ExportRow]:
    for stored in _sorted_projects(kb, document):
        record, place = stored.record, stored.record.place
        yield {
            "id": stored.id,
            "title": record.title,
            "objective": record.objective,
            "target": record.target,
            "indicator": record.indicator,
            "expected_result": record.expected_result,
            "responsible": record.responsible,
            "plan": record.plan,
            "declared_strategy": record.declared_strategy,
            "parent": record.parent,
            "budget_total": _total(record.budget),
            "villages": _listed(place.villages),
            "roads": _listed(place.roads),
            "place_subdistrict": place.subdistrict,
            "place_district": place.district,
            "place_province": place.province,
            **_body(stored.organisation, stored.period),
            "document": stored.document,
            "page": stored.page,
            "row": record.row,
            "notes": _listed(record.notes),
            "confidence": record.confidence,
            "found_by": record.found_by,
            "review": stored.review,
            "spending": _listed(
                tuple(f"{name}={baht(money)}" for name, money in record.spending.items())
            ),
            "warnings": _listed(record.warnings),
            "lines": len(record.lines),
        }


def _total(budget: Mapping[int, Decimal]) -> Decimal | None:
    return sum(budget.values(), Decimal(0)) if budget else None


def _budgets(kb: KnowledgeBase, document: StoredDocument) -> Iterator[ExportRow]:
    for stored in _sorted_projects(kb, document):
        for year, amount in sorted(stored.record.budget.items()):
            yield {"project": stored.id, "year": year, "baht": amount}


DOCUMENTS = ExportTable(
    "documents",
    "เอกสารที่มา",
    "the sources",
    (
        ExportColumn(
            "id", "string", "รหัสเอกสาร (จาก SHA-256 ของไฟล์)", "16 digits of the file's SHA-256"
        ),
        ExportColumn("file", "string", "ชื่อไฟล์", "name of the file"),
        ExportColumn("media_type", "string", "ชนิดไฟล์", "media type"),
        ExportColumn("title", "string", "ชื่อเอกสาร", "title"),
        *_BODY,
        ExportColumn("plan_kind", "string", "ชนิดแผน", "kind of plan: province_plan, local_plan, …"),
        ExportColumn("published", "string", "วันที่เผยแพร่", "date of publication, ISO"),
        ExportColumn("pages", "integer", "จำนวนหน้า", "pages"),
        ExportColumn("unread_pages", "integer", "จำนวนหน้าที่อ่านไม่ได้", "pages that could not be read"),
        ExportColumn(
            "quality", "number", "สัดส่วนคำที่อยู่ในพจนานุกรม 0–1", "share of Thai in known words"
        ),
        ExportColumn("statements", "integer", "จำนวนข้อความ", "statements found in it"),
        ExportColumn("projects", "integer", "จำนวนโครงการ", "projects found in it"),
        ExportColumn("version_of", "string", "รหัสเอกสารที่ฉบับนี้แทน", "the document this one replaces"),
        ExportColumn("notes", "string", "หมายเหตุการอ่าน", "notes of the reading, parted by ;"),
        ExportColumn("added_at", "string", "วันเวลาที่เพิ่ม", "when it was added"),
    ),
    _document,
)
STATEMENTS = ExportTable(
    "statements",
    "ข้อความในแผน",
    "what the plans say",
    (
        ExportColumn("id", "string", "รหัสข้อความ", "id of the statement"),
        ExportColumn("kind", "string", "ชนิด", "vision, mission, value, goal, strategic_issue, …"),
        ExportColumn("text", "string", "ข้อความ", "the words"),
        ExportColumn("explanation", "string", "คำอธิบาย", "explanation that follows it"),
        ExportColumn("alternatives", "string", "ชนิดอื่นที่เป็นได้", "other kinds it may be, parted by ;"),
        ExportColumn("number", "string", "เลขข้อ", "its number"),
        ExportColumn("section", "string", "หัวข้อที่อยู่", "the heading it stands under"),
        ExportColumn("parent", "string", "รหัสข้อความแม่", "id of the statement it stands under"),
        *_BODY,
        *_SOURCE,
        ExportColumn(
            "start", "integer", "ตำแหน่งแรกในหน้า", "first character in the page's clean text"
        ),
        ExportColumn("end", "integer", "ตำแหน่งสุดท้ายในหน้า", "character after its last"),
        ExportColumn("mentions", "integer", "จำนวนที่กล่าวซ้ำ", "further places with the same words"),
        *_TRUST,
    ),
    _statements,
)
PROJECTS = ExportTable(
    "projects",
    "โครงการ",
    "projects",
    (
        ExportColumn("id", "string", "รหัสโครงการ", "id of the project"),
        ExportColumn("title", "string", "ชื่อโครงการ", "name"),
        ExportColumn("objective", "string", "วัตถุประสงค์", "objective"),
        ExportColumn("target", "string", "เป้าหมาย (ผลผลิต)", "target, output"),
        ExportColumn("indicator", "string", "ตัวชี้วัด", "indicator"),
        ExportColumn("expected_result", "string", "ผลที่คาดว่าจะได้รับ", "expected result"),
        ExportColumn("responsible", "string", "หน่วยงานรับผิดชอบ", "who is responsible"),
        ExportColumn("plan", "string", "แผนงาน", "programme"),
        ExportColumn("declared_strategy", "string", "ยุทธศาสตร์ที่ระบุ", "the strategy it declares"),
        ExportColumn("parent", "string", "รหัสข้อความแม่", "id of the statement it stands under"),
        ExportColumn(
            "budget_total", "decimal", "งบประมาณรวมทุกปี (บาท)", "baht of all years, see budgets"
        ),
        ExportColumn("villages", "string", "หมู่บ้าน", "villages, parted by ;"),
        ExportColumn("roads", "string", "ถนน", "roads, parted by ;"),
        ExportColumn("place_subdistrict", "string", "ตำบลที่ทำ", "subdistrict of the work"),
        ExportColumn("place_district", "string", "อำเภอที่ทำ", "district of the work"),
        ExportColumn("place_province", "string", "จังหวัดที่ทำ", "province of the work"),
        *_BODY,
        *_SOURCE,
        ExportColumn("row", "integer", "ลำดับในตาราง", "its number in the table"),
        ExportColumn("notes", "string", "หมายเหตุการอ่าน", "notes of the reading, parted by ;"),
        *_TRUST,
        ExportColumn(
            "spending", "string", "เงินที่ก่อหนี้ เบิกจ่าย คงเหลือ", "contracted=, paid=, … in baht"
        ),
        ExportColumn("warnings", "string", "ข้อที่ควรตรวจ", "codes of what is in doubt, parted by ;"),
        ExportColumn("lines", "integer", "จำนวนรายการย่อย", "lines of cost it is made of"),
    ),
    _projects,
)
BUDGETS = ExportTable(
    "budgets",
    "งบประมาณรายปี",
    "money by year",
    (
        ExportColumn("project", "string", "รหัสโครงการ", "id of the project"),
        ExportColumn("year", "integer", "ปีงบประมาณ พ.ศ.", "fiscal year, BE"),
        ExportColumn("baht", "decimal", "บาท", "baht"),
    ),
    _budgets,
)
TABLES = (DOCUMENTS, STATEMENTS, PROJECTS, BUDGETS)


def column_descriptions() -> list[Mapping[str, str]]:
    """Return every column of every table: the rows of the data dictionary."""
    return [
        {
            "table": table.name,
            "column": column.name,
            "type": column.type,
            "thai": column.thai,
            "english": column.english,
        }
        for table in TABLES
        for column in table.columns
    ]
