"""A reviewer's workbook as offices send them: forty proposals among merged cells and sums."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

SHEET = "บัญชีคำขอ ๒๕๖๘"
PLAN = (
    ("vision", "เมืองน่าอยู่ ริมคลองสะอาด ผู้คนสุขภาพดี"),
    ("strategic_issue", "ยุทธศาสตร์ที่ ๑ ด้านถนน ไฟฟ้าสาธารณะ และการระบายน้ำ"),
    ("strategic_issue", "ยุทธศาสตร์ที่ ๒ ด้านสุขภาพ ผู้สูงอายุ และคนพิการ"),
    ("strategic_issue", "ยุทธศาสตร์ที่ ๓ ด้านการจัดการขยะและน้ำเสีย"),
    ("strategic_issue", "ยุทธศาสตร์ที่ ๔ ด้านการท่องเที่ยว ประเพณี และวัฒนธรรม"),
    ("strategic_issue", "ยุทธศาสตร์ที่ ๕ ด้านการศึกษา เด็ก และเยาวชน"),
)
ROADS, HEALTH, WASTE, TOURISM, SCHOOLS = (text for kind, text in PLAN if kind == "strategic_issue")

MISFITS = {
    "other strategy": (
        ("จัดซื้อถังขยะแยกประเภท ๒๐๐ ใบ ชุมชนริมคลอง", ROADS),
        ("ติดตั้งโคมไฟถนนแอลอีดี ซอยวัดเหนือ", HEALTH),
    ),
    "officials": (
        ("จัดซื้อรถประจำตำแหน่งนายกเทศมนตรี", ROADS),
        ("ศึกษาดูงานต่างประเทศของคณะผู้บริหารและคู่สมรส", TOURISM),
    ),
    "books": (("ชำระหนี้เงินกู้ ก.ส.ท. งวดที่ ๓", ROADS), ("ค่าไฟฟ้าและค่าโทรศัพท์สำนักงาน", ROADS)),
    "another level": (
        ("ก่อสร้างสนามบินนานาชาติริมคลอง", TOURISM),
        ("สร้างทางรถไฟรางคู่สายริมคลอง–ชายแดน", ROADS),
    ),
    "empty": (("โครงการตามนโยบายผู้บริหาร", ROADS), ("ดำเนินงานตามภารกิจเร่งด่วน", "")),
}
"""Proposals that serve nothing, or not what they declare, by kind."""

DUPLICATES = (
    ("วางท่อระบายน้ำพร้อมบ่อพัก ซอยเทศบาล 5 หมู่ที่ 2", "วางท่อระบายน้ำ พร้อมบ่อพัก ซ.เทศบาล ๕ ม.๒", ROADS),
    ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนายคำ หมู่ที่ 3", "ก่อสร้างถนน คสล. สายบ้านนายคำ ม.3", ROADS),
    ("อบรมผู้ดูแลผู้สูงอายุติดเตียง รุ่นที่ 1 ปี 2568", "อบรมผู้ดูแลผู้สูงอายุติดเตียง รุ่นที่ ๑ ปี ๒๕๖๘", HEALTH),
    ("ขุดลอกคลองสาธารณะ บ้านหนองแสง หมู่ที่ 4", "ขุดลอกคลองสาธารณะบ้านหนองแสง ม.๔", ROADS),
    ("ก่อสร้างลานตากขยะรีไซเคิล ชุมชนวัดใต้", "ก่อสร้างลานตากขยะรีไซเคิลชุมชนวัดใต้", WASTE),
    ("จัดงานลอยกระทงริมคลอง ประจำปี 2568", "จัดงานลอยกระทงริมคลอง ประจำปี ๒๕๖๘", TOURISM),
    ("ปรับปรุงห้องสมุดโรงเรียนเทศบาล 1", "ปรับปรุงห้องสมุด โรงเรียนเทศบาล ๑", SCHOOLS),
    ("ติดตั้งไฟส่องสว่างสี่แยกตลาดเก่า 6 ดวง", "ติดตั้งไฟส่องสว่าง สี่แยกตลาดเก่า ๖ ดวง", ROADS),
    ("ก่อสร้างระบบบำบัดน้ำเสียชุมชนท่าน้ำ", "ก่อสร้างระบบบำบัดน้ำเสีย ชุมชนท่าน้ำ", WASTE),
    ("ก่อสร้างสนามเด็กเล่น ศูนย์พัฒนาเด็กเล็กริมคลอง", "ก่อสร้างสนามเด็กเล่น ศพด.ริมคลอง", SCHOOLS),
)
"""Ten proposals asked for twice, in other words."""

SOUND = (
    ("ซ่อมผิวถนนลาดยาง ถนนริมคลองสายหลัก ช่วงตลาดสดถึงวัดกลาง ระยะทาง ๑,๒๐๐ เมตร", ROADS),
    ("ตรวจเบาหวานและความดันถึงบ้าน", HEALTH),
    ("คัดแยกขยะต้นทาง ๑๒ ชุมชน", WASTE),
    ("พัฒนาเส้นทางท่องเที่ยวทางน้ำและตลาดน้ำยามเย็น", TOURISM),
    ("ค่ายภาษาอังกฤษสำหรับเยาวชน", SCHOOLS),
    ("เปลี่ยนหลอดไฟทางเป็นแอลอีดี ๔๐ ดวง", ROADS),
    ("ปรับปรุงบ้านและทางลาดให้คนพิการ", HEALTH),
    ("สืบสานประเพณีแข่งเรือยาว", TOURISM),
    ("ทุนการศึกษาเด็กยากจน", SCHOOLS),
    ("เก็บผักตบชวาและฟื้นฟูคุณภาพน้ำคลอง", WASTE),
)
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def rows() -> list[tuple[str, str]]:
    """Return the forty proposals as (title, declared strategy) in the order of the sheet."""
    misfits = [pair for pairs in MISFITS.values() for pair in pairs]
    first = [(one, issue) for one, _, issue in DUPLICATES]
    again = [(other, issue) for _, other, issue in DUPLICATES]
    return [*SOUND[:5], *first, *misfits, *again, *SOUND[5:]]


def write_messy(path: Path) -> None:
    """Write the workbook: a merged title, a head of two rows, sums, empty rows, Thai digits."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet["A1"] = "บัญชีคำขอโครงการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ เทศบาลตำบลริมคลอง"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "หน่วย : บาท"
    sheet.merge_cells("A2:H2")
    heads = ("ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", None, "ยุทธศาสตร์", "หน่วยงานรับผิดชอบ")
    for column, head in enumerate(heads, start=1):
        sheet.cell(4, column, head)
        if head != "งบประมาณ" and head is not None:
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet.merge_cells("E4:F4")
    sheet["E5"], sheet["F5"] = "๒๕๖๘", "๒๕๖๙"
    row = 6
    for number, (title, issue) in enumerate(rows(), start=1):
        if number % 8 == 1:
            sheet.cell(row, 1, f"แผนงานที่ {number // 8 + 1} งานพัฒนาด้านต่าง ๆ")
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
            row += 1
        money = 25_000 * number
        thai = number % 3 == 0
        sheet.cell(row, 1, str(number).translate(_THAI) if thai else number)
        sheet.cell(row, 2, f" {title}\n" if number % 7 == 0 else title)
        sheet.cell(row, 3, "เพื่อประชาชนในเขตเทศบาล" if number % 2 else None)
        sheet.cell(row, 4, "๑ แห่ง" if thai else "-")
        sheet.cell(row, 5, f"{money:,}".translate(_THAI) if thai else money)
        sheet.cell(row, 6, money if number % 5 == 0 else "-")
        sheet.cell(row, 7, issue or None)
        sheet.cell(row, 8, "เทศบาลตำบลริมคลอง")
        row += 1
        if number % 8 == 0:
            sheet.cell(row, 2, "รวม ๘ โครงการ")
            sheet.cell(row, 5, f"=SUM(E{row - 8}:E{row - 1})")
            row += 2
    sheet.cell(row, 1, "รวมทั้งสิ้น ๔๐ โครงการ")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
    sheet.cell(row, 5, 20_500_000)
    sheet.cell(row + 2, 2, "หมายเหตุ: วงเงินอาจเปลี่ยนแปลงตามข้อบัญญัติ")
    sheet.column_dimensions["B"].width = 40
    book.save(path)
