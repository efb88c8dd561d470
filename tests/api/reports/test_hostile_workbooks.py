"""Workbooks of two kilobytes that ask for all the cells a sheet can have."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from api.reports.workbook import RowAnswers, SheetRow, answered
from ingest.errors import ReadError
from ingest.sandbox.pool import Workers
from kb.loading.proposals import read_proposals
from tests.api.conftest import Run

pytestmark = pytest.mark.slow

LAST = "XFD1048576"
ANSWERS = RowAnswers(("ผล",), (20,), {("บัญชี", 2): SheetRow(("สอดคล้อง",), "C6E0B4")}, "ข้อเสนอ")


def book(path: Path, far: str | None = None, *, hidden: bool = True, merged: str = "") -> Path:
    """Write a workbook of one proposal, and a second sheet with a cell far out."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "บัญชี"
    sheet.append(["ชื่อโครงการ", "งบประมาณ 2567"])
    sheet.append(["ก่อสร้างถนน คสล. สายบ้านสันต้นยาง", 500000])
    if far:
        other = made.create_sheet("ซ่อน")
        other["A1"], other[far] = 1, 1
        other.sheet_state = "hidden" if hidden else "visible"
    made.save(path)
    if merged:
        _merge(path, merged)
    return path


def _merge(path: Path, area: str) -> None:
    """Merge cells in the file itself: openpyxl would make every one of them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = "xl/worksheets/sheet1.xml"
    ranges = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells><pageMargins'.encode()
    parts[first] = parts[first].replace(b"<pageMargins", ranges)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_cell_far_out_on_a_hidden_sheet_costs_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", LAST)
    out = tmp_path / "out.xlsx"
    out.write_bytes(answered(path, ANSWERS))
    sheets = load_workbook(out)
    assert sheets["บัญชี"]["C2"].value == "สอดคล้อง"
    assert sheets["ซ่อน"][LAST].value == 1
    with zipfile.ZipFile(out) as archive:
        assert archive.read("xl/worksheets/sheet2.xml").count(b"<c ") == 2


def test_a_cell_far_out_on_a_sheet_that_is_read(tmp_path: Path, run: Run) -> None:
    path = book(tmp_path / "in.xlsx", LAST, hidden=False)
    with pytest.raises(ReadError, match="too-many-cells"):
        read_proposals(path)
    for command in ("align", "duplicates"):
        if command == "duplicates":
            (tmp_path / "plan.txt").write_text("วิสัยทัศน์\nเมืองน่าอยู่\n", "utf-8")
            assert run("add", "plan.txt", "--kb", "kb.db").code == 0
        ran = run(command, "--file", path, "--kb", "kb.db", PHAEN_LANG="en")
        assert ran.code == 1
        assert "tables of more than" in ran.err


def test_one_range_merged_over_everything(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", merged=f"A3:{LAST}")
    assert [each.title for each in read_proposals(path)] == ["ก่อสร้างถนน คสล. สายบ้านสันต้นยาง"]
    with pytest.raises(ReadError, match="too-many-cells"):
        answered(path, ANSWERS)


def test_one_reading_process_serves_for_both(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", LAST)
    with Workers(1) as workers:
        (found,) = read_proposals(path, workers=workers)
        assert (found.sheet, found.row, found.budget) == ("บัญชี", 2, {2567: 500000})
        assert answered(path, ANSWERS, workers).startswith(b"PK")


def test_no_room_for_answers_is_said(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "บัญชี"
    sheet["A1"], sheet["A2"], sheet["XFD1"] = "ชื่อโครงการ", "ปลูกป่า", "ท้าย"
    made.save(path)
    with pytest.raises(ReadError, match="too-many-cells"):
        answered(path, ANSWERS)
