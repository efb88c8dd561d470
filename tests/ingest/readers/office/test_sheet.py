"""Spreadsheets: values as people see them, hidden sheets left out, merged headers."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Content


def workbook(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ผ.02"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    path = folder / "โครงการ.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Content:
    return read_content(path, Limits())


def test_the_sample_workbook(shared: Path) -> None:
    content = read(shared / "eval" / "files" / "o_big.xlsx")
    assert content.notes == ("formula-without-value: ผ.02 (1)", "hidden-sheet: ซ่อน")
    assert [(table.sheet, table.page) for table in content.tables] == [("ผ.02", 1)]
    rows = content.tables[0].rows
    assert len(rows) == 4004
    assert rows[1][4:9] == ("งบประมาณ",) * 5
    assert rows[2][4:9] == tuple(f"{year} (บาท)" for year in range(2566, 2571))
    assert rows[3][5] == "375000"
    assert rows[0][1:] == ("",) * 11, "a title over the whole width stays one cell"


def test_values_as_people_see_them(tmp_path: Path) -> None:
    values: list[object] = [
        "ที่",
        1250000,
        1250000.5,
        0.1 + 0.2,
        1e15,
        None,
        True,
        datetime.datetime(2023, 10, 1),
        "เเพร่",
    ]
    rows = read(workbook(tmp_path, [values, ["ข"] * 9])).tables[0].rows
    assert rows[0] == (
        "ที่",
        "1250000",
        "1250000.5",
        "0.3",
        "1000000000000000",
        "",
        "TRUE",
        "2023-10-01",
        "แพร่",
    )


def test_each_visible_sheet_is_a_page(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["โครงการ", "งบ"], ["ซ่อมถนน", 5]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("ว่าง")
    book.create_sheet("ลับ").append(["ไม่เห็น"])
    book["ลับ"].sheet_state = "veryHidden"
    book.create_sheet("ผ.03").append(["ครุภัณฑ์", 7])
    book.save(path)
    content = read(path)
    assert [(page.number, page.text) for page in content.pages] == [
        (1, "โครงการ\tงบ\nซ่อมถนน\t5"),
        (2, ""),
        (3, "ครุภัณฑ์\t7"),
    ]
    assert [(table.sheet, table.page) for table in content.tables] == [("ผ.02", 1), ("ผ.03", 3)]
    assert content.notes == ("hidden-sheet: ลับ",)


def test_sub_headings_stay_one_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["ก", "ข", "ค", "ง"]] * 30
    rows[25] = ["แผนงานเคหะ", None, None, "x"]
    found = read(workbook(tmp_path, rows, merged=("A26:C26",))).tables[0].rows
    assert found[25] == ("แผนงานเคหะ", "", "", "x")


def test_rows_keep_their_number_over_empty_ones(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, [["ก"], [None], ["ข"], [None]])).tables[0].rows
    assert found == (("ก",), ("",), ("ข",))


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="empty-file"):
        read(workbook(tmp_path, []))


def test_too_many_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["x"] * 50] * 50)
    with pytest.raises(ReadError, match="too-many-cells"):
        read_content(path, Limits(cells=2000))


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(folder: Path, *rows: str) -> Path:
    """Write an OpenDocument spreadsheet of these rows of cells."""
    path = folder / "โครงการ.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="ผ.02">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*cells: str | tuple[str, int], again: int = 1) -> str:
    """Write a row; a cell with a number spans so many columns."""
    written = ""
    for cell in cells:
        text, across = cell if isinstance(cell, tuple) else (cell, 1)
        written += (
            f'<table:table-cell office:value-type="string" table:number-columns-spanned="{across}">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )
        if across > 1:
            written += f'<table:covered-table-cell table:number-columns-repeated="{across - 1}"/>'
    return f'<table:table-row table:number-rows-repeated="{again}">{written}</table:table-row>'


def test_headers_that_span_columns_in_open_document(tmp_path: Path) -> None:
    path = ods(
        tmp_path,
        ods_row(("บัญชีโครงการพัฒนา", 6)),
        ods_row("", "", "", "", "", "", again=2),
        ods_row("ที่", "โครงการ", ("งบประมาณ", 3), "หน่วยงาน"),
        ods_row("", "", "2566", "2567", "2568", ""),
        ods_row("1", "ขุดลอกคลองบัว", "100000", "-", "200000", "กองช่าง"),
    )
    rows = read(path).tables[0].rows
    assert rows[0] == ("บัญชีโครงการพัฒนา", "", "", "", "", "")
    assert rows[3] == ("ที่", "โครงการ", "งบประมาณ", "งบประมาณ", "งบประมาณ", "หน่วยงาน")
    assert rows[5][2:5] == ("100000", "-", "200000")
    (project,) = ingest.read(path).projects
    assert project.budget == {2566: 100_000, 2568: 200_000}
