"""What is printed is read, what is not printed is not: every kind of file that can hide things."""

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

import ingest
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.readers.office.number_formats import format_of, shown
from ingest.readers.superscripts import raised
from ingest.records import Content
from tests.ingest.readers.office.office_files import cell, docx, paragraph, row, run, table
from tests.ingest.readers.pdf.pdf_files import Leaf, pdf
from tests.ingest.readers.pdf.test_tables import HEAD, WIDE, XS

DAY = datetime.datetime(2024, 10, 1)


def read(path: Path) -> Content:
    return read_content(path, Limits())


class TestSheets:
    def saved(self, folder: Path, book: openpyxl.Workbook) -> Content:
        path = folder / "โครงการ.xlsx"
        book.save(path)
        return read(path)

    def book(self, *rows: list[object]) -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        book.active.title = "ผ.02"
        for cells in rows:
            book.active.append(cells)
        return book

    def test_hidden_rows_and_columns_are_left_out_and_noted(self, tmp_path: Path) -> None:
        book = self.book(["ที่", "โครงการ", "ลับ"], [1, "ซ่อมถนน", "x"], [2, "ซ่อมฝาย", "y"])
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["C"].hidden = True
        content = self.saved(tmp_path, book)
        assert content.tables[0].rows == (("ที่", "โครงการ", ""), ("", "", ""), ("2", "ซ่อมฝาย", ""))
        assert content.notes == ("hidden-rows: ผ.02 (1)", "hidden-columns: ผ.02 (1)")

    def test_struck_out_cells_and_words_are_left_out(self, tmp_path: Path) -> None:
        book = self.book(["โครงการ", "งบประมาณ"], ["ซ่อมถนน", 5000], ["ซ่อมฝาย", 7000])
        book.active["B2"].font = Font(strike=True)
        struck = TextBlock(InlineFont(strike=True), "เก่า")
        book.active["A3"] = CellRichText("ซ่อมฝาย", struck, "ใหม่")
        content = self.saved(tmp_path, book)
        assert content.tables[0].rows[1:] == (("ซ่อมถนน", ""), ("ซ่อมฝายใหม่", "7000"))
        assert content.notes == ("struck-out: ผ.02 (1)",)

    def test_formulas_that_nothing_worked_out_are_noted(self, tmp_path: Path) -> None:
        content = self.saved(tmp_path, self.book(["โครงการ", "งบ"], ["ซ่อมถนน", "=1+1"]))
        assert content.notes == ("formula-without-value: ผ.02 (1)",)

    def test_cells_over_rows_belong_to_each_row(self, tmp_path: Path) -> None:
        header = ["ที่", "โครงการ", "วัตถุประสงค์", "งบประมาณ 2567"]
        book = self.book(header, [1, "ถนนเหนือ", "เพื่อสัญจร", 5], [2, "ถนนใต้", None, 7])
        book.active.merge_cells("C2:C3")
        path = tmp_path / "โครงการ.xlsx"
        book.save(path)
        assert [one.objective for one in ingest.read(path).projects] == ["เพื่อสัญจร"] * 2

    @pytest.mark.parametrize(
        ("code", "value", "text"),
        [
            ("0%", 0.85, "85%"),
            ("0.0%", 0.9, "90.0%"),
            ("0.00%", 0.12345, "12.35%"),
            ("[$-107041E]d mmmm yyyy;@", DAY, "1 ตุลาคม 2567"),
            ("[$-D00041E]d mmm yy", DAY, "๑ ต.ค. ๖๗"),
            ("d/mm/bbbb", DAY, "1/10/2567"),
            ("[$-1070000]d/mm/yyyy;@", DAY, "1/10/2567"),
            ("[$-101041E]d mmm yyyy", DAY, "1 ต.ค. 2024"),
            ("yyyy-mm-dd", DAY, "2024-10-01"),
            ("#,##0,", 1_500_123, "1500.123"),
            ('dd/mm/yyyy "น."', DAY, "01/10/2024 น."),
        ],
    )
    def test_values_are_written_as_their_format_shows_them(
        self, code: str, value: object, text: str
    ) -> None:
        found = format_of(code)
        assert found is not None
        assert shown(found, value) == text

    @given(st.text("0#?.,%ymdhsbe[]$-;\"\\ 'กAaP/:@_*", max_size=20), st.floats(-1e6, 1e6))
    def test_no_format_breaks_it(self, code: str, value: float) -> None:
        found = format_of(code)
        for one in (value, DAY, DAY.date(), True, "ก"):
            assert found is None or isinstance(shown(found, one), str | None)


class TestWord:
    def test_a_table_in_a_cell_stays_in_it(self, tmp_path: Path) -> None:
        inner = table(row(cell("จุดที่ 1"), cell("200 เมตร")), row(cell("จุดที่ 2"), cell("150 เมตร")))
        body = table(
            row(cell("ที่"), cell("โครงการ"), cell("เป้าหมาย"), cell("2567 (บาท)")),
            row(cell("1"), cell("รางระบายน้ำ"), cell("รวม 2 จุด", inner), cell("450,000")),
            row(cell("2"), cell("รถบรรทุกน้ำ"), cell("1 คัน"), cell("2,500,000")),
        )
        one, two = ingest.read(docx(tmp_path, body)).projects
        assert one.target == "รวม 2 จุด จุดที่ 1 200 เมตร จุดที่ 2 150 เมตร"
        assert (dict(one.budget), dict(two.budget)) == ({2567: 450_000}, {2567: 2_500_000})

    def test_cells_over_rows_belong_to_each_row(self, tmp_path: Path) -> None:
        start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        body = table(
            row(cell("ที่"), cell("โครงการ"), cell("วัตถุประสงค์"), cell("งบประมาณ 2567")),
            row(cell("1"), cell("ถนนเหนือ"), cell("เพื่อสัญจร", properties=start), cell("5,000")),
            row(cell("2"), cell("ถนนใต้"), cell("", properties=more), cell("7,000")),
            row(cell("3"), cell("ซ่อมฝาย"), cell("เพื่อกักน้ำ"), cell("9,000")),
        )
        found = ingest.read(docx(tmp_path, body)).projects
        assert [one.objective for one in found] == ["เพื่อสัญจร", "เพื่อสัญจร", "เพื่อกักน้ำ"]

    def test_struck_out_and_hidden_words_and_marks_of_notes(self, tmp_path: Path) -> None:
        up = '<w:vertAlign w:val="superscript"/>'
        body = f"""<w:p>{run("ดูแล")}{run("คนเก่า", "<w:strike/>")}{run("ผู้สูงอายุ")}{run("1", up)}
            {run(" เพิ่มพื้นที่ 500 ม.")}{run("2", up)}{run(" ต่อปี")}</w:p>{paragraph("พันธกิจ")}"""
        content = read(docx(tmp_path, body))
        assert content.pages[0].text.split("\n")[0] == "ดูแลผู้สูงอายุ เพิ่มพื้นที่ 500 ม.2 ต่อปี"
        assert content.notes == ("hidden-text: (1)",)


class TestWeb:
    def page(self, folder: Path, body: str) -> Path:
        path = folder / "page.html"
        path.write_text(
            f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>", "utf-8"
        )
        return path

    def test_what_a_visitor_does_not_see_is_left_out_and_noted(self, tmp_path: Path) -> None:
        body = (
            "<h2>วิสัยทัศน์</h2><p>เมืองน่าอยู่ <s>ร่างเก่า</s> ผู้คนมีสุข<sup>1</sup></p>"
            "<p style='display: none'>ข้อความลับ</p><p hidden>ซ่อนไว้</p>"
        )
        content = read(self.page(tmp_path, body))
        text = content.pages[0].text
        assert "ผู้คนมีสุข" in text
        assert not any(word in text for word in ("ร่างเก่า", "ข้อความลับ", "ซ่อนไว้", "สุข1"))
        assert content.notes == ("hidden-text: (3)",)

    def test_rows_hidden_and_cells_over_rows(self, tmp_path: Path) -> None:
        body = """<table><tr><th>ที่</th><th>โครงการ</th><th>วัตถุประสงค์</th><th>งบประมาณ 2567</th></tr>
            <tr><td>1</td><td>ถนนเหนือ</td><td rowspan=2>เพื่อสัญจร</td><td>5,000</td></tr>
            <tr><td>2</td><td>ถนนใต้</td><td>7,000</td></tr>
            <tr style="display:none"><td>3</td><td>ลับ</td><td>-</td><td>9,000</td></tr></table>"""
        found = ingest.read(self.page(tmp_path, body)).projects
        assert [(one.title, one.objective) for one in found] == [
            ("ถนนเหนือ", "เพื่อสัญจร"),
            ("ถนนใต้", "เพื่อสัญจร"),
        ]


class TestPdf:
    @pytest.mark.parametrize("quarters", [0, 1, 2, 3])
    def test_a_table_set_sideways_is_read(self, tmp_path: Path, quarters: int) -> None:
        from reportlab.pdfgen.canvas import Canvas

        rows = (
            ("No.", "Project", "Objective", "Budget 2567", "Responsible"),
            ("1", "Build a drain in village 1", "to drain water", "450,000", "engineers"),
            ("2", "Build a drain in village 2", "to drain water", "350,000", "engineers"),
        )
        width, height = (595, 842) if quarters % 2 else (842, 595)
        canvas = Canvas(str(tmp_path / "t.pdf"), pagesize=(width, height))
        canvas.rotate(90 * quarters)
        canvas.translate(*((0, 0), (0, -595), (-842, -595), (-842, 0))[quarters])
        xs = (40, 80, 280, 420, 560, 760)
        canvas.grid(xs, [500 - 40 * n for n in range(len(rows) + 1)])
        for number, cells in enumerate(rows):
            for x, text in zip(xs, cells, strict=False):
                canvas.drawString(x + 4, 475 - 40 * number, text)
        canvas.save()
        (table,) = read(tmp_path / "t.pdf").tables
        assert table.rows == rows

    def test_a_watermark_at_an_angle_is_set_aside(self, tmp_path: Path) -> None:
        leaf = Leaf().text(60, 100, "พันธกิจ").text(60, 130, "1. ดูแลผู้สูงอายุให้มีคุณภาพชีวิตที่ดี")
        code = "ร่าง".encode("utf-16-be").hex()
        leaf.commands.append(f"BT /F1 90 Tf 0.7 0.7 -0.7 0.7 200 500 Tm <{code}> Tj ET")
        assert "ร่าง" not in read(pdf(tmp_path / "w.pdf", [leaf])).pages[0].text

    def test_raised_figures_neither_cut_nor_stick(self, tmp_path: Path) -> None:
        leaf = Leaf().text(60, 100, "เพิ่มพื้นที่สีเขียว 500 ม.").text(187, 95, "2", size=8)
        leaf.text(193, 100, "ต่อปี").text(60, 130, "ดูแลผู้สูงอายุ").text(124, 125, "1", size=8)
        leaf.text(130, 130, "ทุกคน")
        text = "".join(read(pdf(tmp_path / "s.pdf", [leaf])).pages[0].text.split())
        assert text == "เพิ่มพื้นที่สีเขียว500ม.2ต่อปีดูแลผู้สูงอายุทุกคน"

    def test_cells_over_rows_and_a_page_end(self, tmp_path: Path) -> None:
        leaves = []
        for first, aim in ((1, "เพื่อสัญจร"), (3, "")):
            leaf = Leaf(size=WIDE)
            tops = (100, 130, 160, 190)
            leaf.grid(XS[:3], tops)
            leaf.grid(XS[3:], tops)
            for top in (100, 130, 190):
                leaf.line(XS[2], top, XS[3], top)
            rows = (
                HEAD,
                *(
                    (
                        str(n),
                        f"ก่อสร้างถนน หมู่ที่ {n}",
                        aim if n == first else "",
                        "5,000",
                        "-",
                        "กองช่าง",
                    )
                    for n in (first, first + 1)
                ),
            )
            for top, cells in zip(tops, rows, strict=False):
                for x, text in zip(XS, cells, strict=False):
                    if text:
                        leaf.text(x + 4, top + 18, text, size=9)
            leaves.append(leaf)
        found = ingest.read(pdf(tmp_path / "m.pdf", leaves)).projects
        assert [one.objective for one in found] == ["เพื่อสัญจร"] * 4

    def test_words_typed_into_a_form_are_read(self, tmp_path: Path) -> None:
        from reportlab.pdfgen.canvas import Canvas

        path = tmp_path / "form.pdf"
        canvas = Canvas(str(path))
        canvas.drawString(60, 780, "Vision of the municipality")
        canvas.acroForm.textfield(value="A pleasant town by the river", x=60, y=700, width=300)
        canvas.save()
        assert "A pleasant town by the river" in read(path).pages[0].text


@pytest.mark.parametrize(
    ("before", "mark", "text"),
    [
        ("พื้นที่ 500 ม.", "2", "2"),
        ("10 ตร.ม.", "2", "2"),
        ("12 km", "2", "2"),
        ("ลูกบาศก์เมตร", "3", "3"),
        ("ผู้สูงอายุ", "1", ""),
        ("ผู้สูงอายุ", "๑", ""),
        ("แผน", "*", ""),
        ("แผน", "[2]", ""),
        ("the 4", "th", "th"),
    ],
)
def test_raised_letters(before: str, mark: str, text: str) -> None:
    assert raised(before, mark) == text
