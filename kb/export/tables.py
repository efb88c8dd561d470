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

Type = Literal["string", "integer", "number", "decimal"]
Row = dict[str, Any]
LISTED = "; "
"""Parts the values of a column that holds several."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type (`decimal` is baht), and its meaning in Thai and English."""

    name: str
    type: Type
    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export; `rows` gives those of one document."""

    name: str
    thai: str
    english: str
    columns: tuple[Column, ...]
    rows: Callable[[KnowledgeBase, StoredDocument], Iterator[Row]]


_BODY = (
    Column("organisation", "string", "หน่วยงาน", "the body whose words these are"),
    Column("organisation_kind", "string", "ชนิดหน่วยงาน", "kind of body: province, pao, …"),
    Column("province", "string", "จังหวัด", "its province"),
    Column("district", "string", "อำเภอ", "its district"),
    Column("subdistrict", "string", "ตำบล", "its subdistrict"),
    Column("period_from", "integer", "ปี พ.ศ. แรกของแผน", "first year of the plan, BE"),
    Column("period_to", "integer", "ปี พ.ศ. สุดท้ายของแผน", "last year of the plan, BE"),
)
_SOURCE = (
    Column("document", "string", "รหัสเอกสาร", "id of the document, see documents"),
    Column("page", "integer", "หน้า", "page of the document, from 1"),
)
_TRUST = (
    Column("confidence", "number", "ความมั่นใจของการอ่าน 0–1", "how sure the reading is, 0 to 1"),
    Column("found_by", "string", "วิธีที่พบ", "how it was found"),
    Column("review", "string", "คำตัดสินของผู้ตรวจ", "a person's word: accepted, corrected, …"),
)


def _listed(values: tuple[str, ...]) -> str | None:
    return LISTED.join(values) or None


def _body(body: Organisation | None, period: Period | None) -> Row:
    return {
        "organisation": body.name if body else None,
        "organisation_kind": body.kind if body else None,
        "province": body.province if body else None,
        "district": body.district if body else None,
        "subdistrict": body.subdistrict if body else None,
        "period_from": period.start if period else None,
        "period_to": period.end if period else None,
    }


def _document(_kb: KnowledgeBase, one: StoredDocument) -> Iterator[Row]:
    yield {
        "id": one.id,
        "file": one.file,
        "media_type": one.media_type,
        "title": one.title,
        **_body(one.organisation, one.period),
        "plan_kind": one.plan_kind,
        "published": one.published,
        "pages": one.pages,
        "unread_pages": one.unread_pages,
        "quality": one.quality,
        "statements": one.statements,
        "projects": one.projects,
        "version_of": one.version_of,
        "notes": _listed(one.notes),
        "added_at": one.added_at,
    }


def _statements(kb: KnowledgeBase, one: StoredDocument) -> Iterator[Row]:
    said = kb.statements(replace(EVERYTHING, document=one.id))
    for statement in sorted(said, key=lambda s: (s.page, s.record.start, s.record.end, s.id)):
        yield _statement(statement)


def _statement(said: StoredStatement) -> Row:
    record = said.record
    return {
        "id": said.id,
        "kind": said.kind,
        "text": said.text,
        "explanation": record.explanation,
        "alternatives": _listed(record.alternatives),
        "number": record.number,
        "section": record.section,
        "parent": record.parent,
        **_body(said.organisation, said.period),
        "document": said.document,
        "page": said.page,
        "start": record.start,
        "end": record.end,
        "mentions": len(record.mentions),
        "confidence": record.confidence,
        "found_by": record.found_by,
        "review": said.review,
    }


def _planned(kb: KnowledgeBase, one: StoredDocument) -> list[StoredProject]:
    found = kb.projects(replace(EVERYTHING, document=one.id))
    return sorted(found, key=lambda p: (p.page, p.record.row or 0, p.id))


def _projects(kb: KnowledgeBase, one: StoredDocument) -> Iterator[Row]:
    for stored in _planned(kb, one):
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


def _budgets(kb: KnowledgeBase, one: StoredDocument) -> Iterator[Row]:
    for stored in _planned(kb, one):
        for year, amount in sorted(stored.record.budget.items()):
            yield {"project": stored.id, "year": year, "baht": amount}


DOCUMENTS = Table(
    "documents",
    "เอกสารที่มา",
    "the sources",
    (
        Column("id", "string", "รหัสเอกสาร (จาก SHA-256 ของไฟล์)", "16 digits of the file's SHA-256"),
        Column("file", "string", "ชื่อไฟล์", "name of the file"),
        Column("media_type", "string", "ชนิดไฟล์", "media type"),
        Column("title", "string", "ชื่อเอกสาร", "title"),
        *_BODY,
        Column("plan_kind", "string", "ชนิดแผน", "kind of plan: province_plan, local_plan, …"),
        Column("published", "string", "วันที่เผยแพร่", "date of publication, ISO"),
        Column("pages", "integer", "จำนวนหน้า", "pages"),
        Column("unread_pages", "integer", "จำนวนหน้าที่อ่านไม่ได้", "pages that could not be read"),
        Column("quality", "number", "สัดส่วนคำที่อยู่ในพจนานุกรม 0–1", "share of Thai in known words"),
        Column("statements", "integer", "จำนวนข้อความ", "statements found in it"),
        Column("projects", "integer", "จำนวนโครงการ", "projects found in it"),
        Column("version_of", "string", "รหัสเอกสารที่ฉบับนี้แทน", "the document this one replaces"),
        Column("notes", "string", "หมายเหตุการอ่าน", "notes of the reading, parted by ;"),
        Column("added_at", "string", "วันเวลาที่เพิ่ม", "when it was added"),
    ),
    _document,
)
STATEMENTS = Table(
    "statements",
    "ข้อความในแผน",
    "what the plans say",
    (
        Column("id", "string", "รหัสข้อความ", "id of the statement"),
        Column("kind", "string", "ชนิด", "vision, mission, value, goal, strategic_issue, …"),
        Column("text", "string", "ข้อความ", "the words"),
        Column("explanation", "string", "คำอธิบาย", "explanation that follows it"),
        Column("alternatives", "string", "ชนิดอื่นที่เป็นได้", "other kinds it may be, parted by ;"),
        Column("number", "string", "เลขข้อ", "its number"),
        Column("section", "string", "หัวข้อที่อยู่", "the heading it stands under"),
        Column("parent", "string", "รหัสข้อความแม่", "id of the statement it stands under"),
        *_BODY,
        *_SOURCE,
        Column("start", "integer", "ตำแหน่งแรกในหน้า", "first character in the page's clean text"),
        Column("end", "integer", "ตำแหน่งสุดท้ายในหน้า", "character after its last"),
        Column("mentions", "integer", "จำนวนที่กล่าวซ้ำ", "further places with the same words"),
        *_TRUST,
    ),
    _statements,
)
PROJECTS = Table(
    "projects",
    "โครงการ",
    "projects",
    (
        Column("id", "string", "รหัสโครงการ", "id of the project"),
        Column("title", "string", "ชื่อโครงการ", "name"),
        Column("objective", "string", "วัตถุประสงค์", "objective"),
        Column("target", "string", "เป้าหมาย (ผลผลิต)", "target, output"),
        Column("indicator", "string", "ตัวชี้วัด", "indicator"),
        Column("expected_result", "string", "ผลที่คาดว่าจะได้รับ", "expected result"),
        Column("responsible", "string", "หน่วยงานรับผิดชอบ", "who is responsible"),
        Column("plan", "string", "แผนงาน", "programme"),
        Column("declared_strategy", "string", "ยุทธศาสตร์ที่ระบุ", "the strategy it declares"),
        Column("parent", "string", "รหัสข้อความแม่", "id of the statement it stands under"),
        Column("budget_total", "decimal", "งบประมาณรวมทุกปี (บาท)", "baht of all years, see budgets"),
        Column("villages", "string", "หมู่บ้าน", "villages, parted by ;"),
        Column("roads", "string", "ถนน", "roads, parted by ;"),
        Column("place_subdistrict", "string", "ตำบลที่ทำ", "subdistrict of the work"),
        Column("place_district", "string", "อำเภอที่ทำ", "district of the work"),
        Column("place_province", "string", "จังหวัดที่ทำ", "province of the work"),
        *_BODY,
        *_SOURCE,
        Column("row", "integer", "ลำดับในตาราง", "its number in the table"),
        Column("notes", "string", "หมายเหตุการอ่าน", "notes of the reading, parted by ;"),
        *_TRUST,
        Column("spending", "string", "เงินที่ก่อหนี้ เบิกจ่าย คงเหลือ", "contracted=, paid=, … in baht"),
        Column("warnings", "string", "ข้อที่ควรตรวจ", "codes of what is in doubt, parted by ;"),
        Column("lines", "integer", "จำนวนรายการย่อย", "lines of cost it is made of"),
    ),
    _projects,
)
BUDGETS = Table(
    "budgets",
    "งบประมาณรายปี",
    "money by year",
    (
        Column("project", "string", "รหัสโครงการ", "id of the project"),
        Column("year", "integer", "ปีงบประมาณ พ.ศ.", "fiscal year, BE"),
        Column("baht", "decimal", "บาท", "baht"),
    ),
    _budgets,
)
TABLES = (DOCUMENTS, STATEMENTS, PROJECTS, BUDGETS)


def described() -> list[Mapping[str, str]]:
    """List every column of every table: the data dictionary."""
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
