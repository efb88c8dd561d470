"""The workbook of a review set: theirs, untouched but for what is added beside the rows."""

import io
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from api.reports.review_workbook import review_workbook
from kb.loading.proposals import read_proposals
from kb.review_sets.decisions import Decisions
from kb.review_sets.records import Decision
from kb.review_sets.sets import ReviewSets
from kb.store.store import Store

_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PART = (
    b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
)
_LINK = (
    b'<Relationship Id="rId99" Target="vbaProject.bin" '
    b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
)


def with_macros(content: bytes) -> bytes:
    """Return a workbook as one that carries macros."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(_MAIN, _MACROS)
            part = part.replace(b"</Types>", _PART + b"</Types>")
            if name == "xl/_rels/workbook.xml.rels":
                part = part.replace(b"</Relationships>", _LINK + b"</Relationships>")
            new.writestr(name, part)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    return out.getvalue()


def test_a_workbook_comes_back_whole_with_its_macros(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "โครงการ"
    sheet.append(["ที่", "โครงการ", "งบประมาณ 2568", "รวม"])
    sheet.append([1, "ขุดลอกคลองสาธารณะบ้านหนองแสง หมู่ที่ 2", 500_000, "=C2*2"])
    sheet.append([2, "อบรมมัคคุเทศก์ชุมชน รุ่นที่ 3", 90_000, "=C3*2"])
    sheet.row_dimensions[3].height = 77
    out = io.BytesIO()
    book.save(out)
    content = with_macros(out.getvalue())
    path = tmp_path / "โครงการ.xlsm"
    path.write_bytes(content)
    with Store(tmp_path / "kb.db") as store:
        sets = ReviewSets(store)
        made = sets.make("ชุด", path.name, content, ())
        sets.fill(made.id, read_proposals(path))
        note = "=เริ่มด้วยเครื่องหมายเท่ากับ " + "ยาวมาก " * 100
        Decisions(sets).decide(made.id, 1, Decision("agrees", "duplicate", note), 0, None)
        sent, macros = review_workbook(sets, made.id)
        assert sets.workbook(made.id) == content
    assert macros
    with zipfile.ZipFile(io.BytesIO(sent)) as package:
        assert package.read("xl/vbaProject.bin").endswith(b"macros")
    back = load_workbook(io.BytesIO(sent))
    theirs = back["โครงการ"]
    assert [cell.value for cell in theirs[2]][:4] == [
        1,
        "ขุดลอกคลองสาธารณะบ้านหนองแสง หมู่ที่ 2",
        500_000,
        "=C2*2",
    ]
    assert theirs.row_dimensions[3].height == 77
    assert theirs.row_dimensions[2].height == 409, "as tall as a row may be"
    assert theirs.freeze_panes == "A2"
    noted = next(cell for cell in theirs[2] if str(cell.value).startswith("=เริ่ม"))
    assert noted.data_type == "s"
    assert back["สรุปผลตรวจ"]["C3"].value == 2
    assert back.sheetnames == ["สรุปผลตรวจ", "รายการที่ต้องพิจารณา", "โครงการ"]
