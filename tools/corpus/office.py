"""Word documents from simple HTML, workbooks and CSV from project tables."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import html as lxml_html
from openpyxl import Workbook

from .projects import HEADERS, Row, Table

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
STYLES = {"ul": "List Bullet", "ol": "List Number"}


def write_docx(text: str, facts: dict[str, str], path: Path) -> None:
    """Write headings, paragraphs, real lists and real tables; landscape where tables are."""
    made = Document()
    _prepare(made, facts, landscape="<table" in text)
    for element in lxml_html.fragments_fromstring(text):
        if not isinstance(element, str):
            _add(made, element)
    made.save(str(path))
    _settle(path)


def _prepare(made: Any, facts: dict[str, str], *, landscape: bool) -> None:
    font = facts.get("font", "TH Sarabun New")
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = made.styles[name]
        style.font.name = font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), font)
    made.styles["Normal"].font.size = Pt(11)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    properties = made.core_properties
    properties.title = facts.get("title", "")
    properties.author = ""
    properties.comments = ""
    properties.created = properties.modified = EPOCH
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)


def _add(made: Any, element: Any) -> None:
    tag = element.tag
    if tag in ("h1", "h2", "h3"):
        heading = made.add_heading(_text(element), int(tag[1]))
        heading.paragraph_format.page_break_before = element.get("class") == "page"
    elif tag == "p":
        _paragraph(made.add_paragraph(), element)
    elif tag in STYLES:
        for item in element:
            made.add_paragraph(_text(item), style=STYLES[tag])
    elif tag == "table":
        _table(made, element)
    else:
        raise ValueError(f"no way to write <{tag}>")


def _paragraph(paragraph: Any, element: Any) -> None:
    paragraph.add_run(element.text or "")
    for child in element:
        if child.tag == "br":
            paragraph.add_run().add_break()
        else:
            paragraph.add_run(_text(child)).bold = True
        paragraph.add_run(child.tail or "")


def _text(element: Any) -> str:
    return str(element.text_content()).strip()


def _table(made: Any, element: Any) -> None:
    rows = list(element.iter("tr"))
    width = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
    table = made.add_table(rows=len(rows), cols=width, style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
            target = table.cell(number, column)
            if across > 1 or down > 1:
                target = target.merge(table.cell(number + down - 1, column + across - 1))
            target.text = _text(cell)
            _small(target)
            column += across
    _widths(table, width)
    for row in table.rows[: len(next(element.iter("thead")))]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _widths(table: Any, width: int) -> None:
    """Share 25.7 cm out as such forms do: names wide, years narrow."""
    shares = [1.2, 5, 4.6, 4.2, *[3.0] * (width - 7), 3, 3.6, 2.8]
    widths = [Cm(25.7 * share / sum(shares)) for share in shares]
    table.autofit = False
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    for row in table.rows:
        column = 0
        for cell in row._tr.tc_lst:
            cell.width = sum(widths[column : column + cell.grid_span])
            column += cell.grid_span


def _small(cell: Any) -> None:
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        for run in paragraph.runs:
            run.font.size = Pt(8)
            thai = OxmlElement("w:szCs")
            thai.set(qn("w:val"), "18")
            run._r.get_or_add_rPr().append(thai)


def write_xlsx(text: str, tables: list[Table], facts: dict[str, str], path: Path) -> None:
    """Write a workbook: a sheet a table in the form of แบบ ผ.02, or one plain list."""
    book = Workbook()
    book.remove(book.worksheets[0])
    title = text.strip().splitlines()[0]
    if facts.get("sheets") == "one":
        _plain_sheet(book.create_sheet("บัญชีโครงการ"), title, tables)
    else:
        for table in tables:
            name = table.above["plan"].removeprefix("แผนงาน")[:28]
            _form_sheet(book.create_sheet(name), title, table)
        draft = book.create_sheet("ร่างเดิม")
        draft.append(["ร่างเดิม ไม่ใช้แล้ว"])
        draft.sheet_state = "hidden"
    book.properties.title = facts["title"]
    book.properties.creator = ""
    book.properties.created = book.properties.modified = EPOCH.replace(tzinfo=None)
    book.save(path)
    _settle(path)


def _form_sheet(sheet: Any, title: str, table: Table) -> None:
    years = table.years
    last = 7 + len(years)
    sheet.append([title])
    sheet.append(["ข. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นที่ " + table.above["strategy"]])
    sheet.append([table.above["plan"]])
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    first = [HEADERS[name] for name in ("no", "title", "objective", "target")]
    after = [HEADERS[name] for name in ("indicator", "expected_result", "responsible")]
    sheet.append([*first, "งบประมาณ", *[None] * (len(years) - 1), *after])
    sheet.append([*[None] * 4, *[f"{year} (บาท)" for year in years], *[None] * 3])
    sheet.merge_cells(start_row=4, end_row=4, start_column=5, end_column=4 + len(years))
    for column in [*range(1, 5), *range(5 + len(years), last + 1)]:
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    for row in table.rows:
        sheet.append(list(_cells(row, years)))


def _cells(row: Row, years: list[int]) -> Iterator[Any]:
    yield from (row.number, row.title, row.objective, row.target)
    for year in years:
        amount = row.budget.get(year)
        yield "-" if amount is None else int(amount)
    yield from (row.indicator, row.expected_result, row.responsible)


def _plain_sheet(sheet: Any, title: str, tables: list[Table]) -> None:
    years = sorted({year for table in tables for year in table.years})
    sheet.append([title])
    sheet.append([])
    sheet.append(
        [
            "ลำดับ",
            "ชื่อโครงการ",
            "วัตถุประสงค์",
            "เป้าหมาย",
            *[f"งบประมาณปี {year}" for year in years],
            "ตัวชี้วัด",
            "ผลที่คาดว่าจะได้รับ",
            "ยุทธศาสตร์",
            "แผนงาน",
            "หน่วยงานรับผิดชอบ",
        ]
    )
    totals = dict.fromkeys(years, 0)
    for table in tables:
        for row in table.rows:
            *cells, responsible = _cells(row, years)
            sheet.append([*cells, table.strategy, table.above["plan"], responsible])
            for year in years:
                totals[year] += int(row.budget.get(year) or 0)
    sheet.append([None, "รวม", None, None, *totals.values()])


def write_csv(tables: list[Table], facts: dict[str, str], path: Path) -> None:
    """Write a list of budget lines, one a row, in UTF-8 with BOM as spreadsheets save it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "ลำดับ",
            "หน่วยรับงบประมาณ",
            "แผนงาน",
            "รายการ",
            "หน่วยงานรับผิดชอบ",
            "ปีงบประมาณ",
            "งบประมาณ (บาท)",
        ]
    )
    for table in tables:
        for row in table.rows:
            ((year, amount),) = row.budget.items()
            writer.writerow(
                [
                    row.number,
                    facts["body_column"],
                    table.above["plan"],
                    row.title,
                    row.responsible,
                    year,
                    f"{amount:,}",
                ]
            )
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _settle(path: Path) -> None:
    """Give every member of the zip the same date, so that the bytes stay the same."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            if name == "docProps/core.xml":
                data = _settled_properties(data)
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )


def _settled_properties(data: bytes) -> bytes:
    stamp = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", stamp, data)
