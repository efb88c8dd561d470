"""Word documents: what stands in them, as a reader of the printed page would say it."""

import json
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.readers.office.docx_numbering import number_text
from ingest.records import Content
from tests.ingest.readers.office.office_files import (
    cell,
    docx,
    level,
    listed,
    numbering,
    paragraph,
    row,
    run,
    table,
    word_xml,
)

THREE_LEVELS = (
    level(0, "thaiNumbers", "%1.")
    + level(1, "thaiNumbers", "%1.%2")
    + level(2, "thaiLetters", "%3)")
)


def content(path: Path) -> Content:
    return read_content(path, Limits())


def text(path: Path) -> str:
    return "\f".join(page.text for page in content(path).pages)


def test_the_sample_table_is_read_whole(shared: Path) -> None:
    files = shared / "eval" / "files"
    truth = json.loads((files / "truth_table.json").read_text(encoding="utf-8"))
    for name in ("t_lo.docx", "o_full.docx"):
        found = content(files / name).tables[0]
        assert found.headers == 2
        assert [list(cells) for cells in found.rows[2:]] == truth["rows"]
        assert found.above[-1] == "แบบ ผ.02"


def test_the_sample_prose_is_read_to_the_letter(shared: Path) -> None:
    files = shared / "eval" / "files"
    truth = (files / "truth_prose.txt").read_text(encoding="utf-8").strip()
    found = content(files / "a_lo_laksaman.docx").pages
    assert "\n".join(page.text for page in found) == truth
    assert any("แผนพัฒนาท้องถิ่น" in line for line in found[0].furniture)


def test_boxes_and_changes_of_the_sample(shared: Path) -> None:
    found = text(shared / "eval" / "files" / "o_full.docx")
    assert found.endswith("ข้อความก่อนกล่อง\nวิสัยทัศน์ในกล่องข้อความ\nข้อความแทรกแบบติดตามการแก้ไข")


def test_lists_on_several_levels_count_as_word_counts(tmp_path: Path) -> None:
    body = "".join(
        [
            listed("วิสัยทัศน์"),
            listed("พันธกิจ"),
            listed("ถนน", level=1),
            listed("น้ำ", level=1),
            listed("บ่อ", level=2),
            listed("คลอง", level=2),
            listed("เป้าประสงค์"),
            listed("รายได้", level=1),
        ]
    )
    path = docx(tmp_path, body, parts={"word/numbering.xml": numbering(THREE_LEVELS)})
    assert text(path) == (
        "๑. วิสัยทัศน์\n๒. พันธกิจ\n๒.๑ ถนน\n๒.๒ น้ำ\nก) บ่อ\nข) คลอง\n๓. เป้าประสงค์\n๓.๑ รายได้"
    )


def test_bullets_dashes_and_lists_that_go_on_or_begin_again(tmp_path: Path) -> None:
    again = (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    lists = numbering(
        level(0, "decimal", "(%1)", start=4),
        level(0, "bullet", "\uf0b7"),
        level(0, "bullet", "-"),
        overrides=again,
    )
    body = (
        listed("หนึ่ง")
        + listed("สอง")
        + listed("จุด", 2)
        + listed("ขีด", 3)
        + listed("ต่อ", 8)
        + listed("ใหม่", 9)
        + paragraph("ไม่มีเลข")
    )
    path = docx(tmp_path, body, parts={"word/numbering.xml": lists})
    assert text(path) == "(4) หนึ่ง\n(5) สอง\n• จุด\n- ขีด\n(6) ต่อ\n(1) ใหม่\nไม่มีเลข"


def test_a_style_brings_its_list(tmp_path: Path) -> None:
    styles = word_xml(
        "styles",
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own">'
        '<w:basedOn w:val="Base"/></w:style>',
    )
    parts = {
        "word/numbering.xml": numbering(level(0, "decimal", "ยุทธศาสตร์ที่ %1")),
        "word/styles.xml": styles,
    }
    body = paragraph("ด้านเกษตร", '<w:pStyle w:val="Own"/>') + paragraph("เนื้อความ")
    assert text(docx(tmp_path, body, parts=parts)) == "ยุทธศาสตร์ที่ 1 ด้านเกษตร\nเนื้อความ"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (12, "thaiNumbers", "๑๒"),
        (3, "thaiLetters", "ค"),
        (42, "thaiLetters", "กก"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (7, "decimalZero", "07"),
        (7, "chicago", "7"),
        (0, "thaiLetters", "0"),
    ],
)
def test_numbers_in_every_form(number: int, form: str, written: str) -> None:
    assert number_text(number, form) == written


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('เมือง')}<w:del><w:r><w:delText>เก่า</w:delText></w:r></w:del>"
        f"<w:ins>{run('ใหม่')}</w:ins>{run('ซ่อน', '<w:vanish/>')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('ต้น')}</w:p>{paragraph('ปลาย')}"
        f"<w:p><w:moveFrom>{run('ย้ายจาก')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo>{run('ย้ายมา')}</w:moveTo></w:p>"
    )
    assert text(docx(tmp_path, body)) == "เมืองใหม่\nต้นปลาย\nย้ายมา"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('วิสัยทัศน์ในกรอบ')}</w:txbxContent>"
    body = (
        f"<w:p>{run('ก่อน')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        f"</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{paragraph('หลัง')}"
    )
    assert text(docx(tmp_path, body)) == "ก่อน\nวิสัยทัศน์ในกรอบ\nหลัง"


def test_pages_as_asked_and_as_rendered(tmp_path: Path) -> None:
    asked = (
        f"{paragraph('หนึ่ง')}<w:p>{run('ท้าย')}<w:r><w:br w:type='page'/></w:r>{run('สอง')}</w:p>"
        + paragraph("สาม", "<w:pageBreakBefore/>")
        + paragraph("จบตอน", "<w:sectPr/>")
        + paragraph("สี่")
    )
    assert text(docx(tmp_path, asked)) == "หนึ่ง\nท้าย\fสอง\fสาม\nจบตอน\fสี่"
    rendered = (
        f"<w:p>{run('หนึ่ง')}<w:r><w:br w:type='page'/></w:r></w:p>"
        f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{run('สอง')}</w:p>"
    )
    assert text(docx(tmp_path, rendered)) == "หนึ่ง\fสอง"


def test_a_row_knows_the_page_it_begins_on(tmp_path: Path) -> None:
    turning = f"<w:p>{run('ข')}<w:r><w:lastRenderedPageBreak/></w:r>{run('ยาว')}</w:p>"
    body = table(
        row(cell("ก"), cell("1")), row(cell(turning), cell("2")), row(cell("ค"), cell("3"))
    )
    found = content(docx(tmp_path, body))
    assert found.tables[0].row_pages == (1, 1, 2)
    assert found.tables[0].rows[1] == ("ข\nยาว", "2")
    assert [page.text for page in found.pages] == ["ก\t1", "ข\nยาว\n2\nค\t3"]


def test_too_many_pages(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>x</w:t><w:br w:type='page'/></w:r></w:p>" * 30
    with pytest.raises(ReadError, match="too-many-pages"):
        read_content(docx(tmp_path, body), Limits(pages=10))


def test_merged_cells_and_header_rows(tmp_path: Path) -> None:
    restart, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = paragraph("แบบ ผ.02") + table(
        row(
            cell("โครงการ", properties=restart),
            cell("งบประมาณ", properties='<w:gridSpan w:val="2"/>'),
            header=True,
        ),
        row(cell(properties=below), cell("2566"), cell("2567"), header=True),
        row(cell("แผนงานเคหะและชุมชน", properties='<w:gridSpan w:val="3"/>')),
        row(cell("ขุดลอกคลอง", properties=restart), cell("100"), cell("-")),
        row(cell("ไม่ควรเห็น", properties=below), cell("200"), cell("300")),
    )
    found = content(docx(tmp_path, body)).tables[0]
    assert found.rows == (
        ("โครงการ", "งบประมาณ", "งบประมาณ"),
        ("", "2566", "2567"),
        ("แผนงานเคหะและชุมชน", "", ""),
        ("ขุดลอกคลอง", "100", "-"),
        ("", "200", "300"),
    )
    assert (found.headers, found.above) == (2, ("แบบ ผ.02",))


def test_a_frame_made_of_a_table_is_text(tmp_path: Path) -> None:
    body = table(row(cell("วิสัยทัศน์", "ตำบลน่าอยู่ คู่คุณธรรม")))
    found = content(docx(tmp_path, body))
    assert found.tables == ()
    assert found.pages[0].text == "วิสัยทัศน์\nตำบลน่าอยู่ คู่คุณธรรม"


def test_a_narrow_table_of_long_cells_is_read_cell_by_cell(tmp_path: Path) -> None:
    body = table(row(cell("พันธกิจ", "1. ถนน", "2. น้ำ"), cell("เป้าประสงค์", "1. รายได้เพิ่ม")))
    assert text(docx(tmp_path, body)) == "พันธกิจ\n1. ถนน\n2. น้ำ\nเป้าประสงค์\n1. รายได้เพิ่ม"


def test_tables_within_tables_keep_their_cells(tmp_path: Path) -> None:
    inner = table(row(cell("โครงการ"), cell("งบ")), row(cell("ซ่อมถนน"), cell("900")))
    body = table(row(cell("ซ้าย"), cell("ขวา", inner)))
    found = content(docx(tmp_path, body))
    assert found.tables[0].rows == (("โครงการ", "งบ"), ("ซ่อมถนน", "900"))
    assert found.pages[0].text == "ซ้าย\nขวา\nโครงการ\tงบ\nซ่อมถนน\t900"


def test_what_stands_around_the_text_is_set_aside(tmp_path: Path) -> None:
    parts = {
        "word/header1.xml": word_xml("hdr", paragraph("เทศบาลตำบลท่าน้ำใส")),
        "word/footer1.xml": word_xml("ftr", paragraph("หน้า ๑")),
        "word/footnotes.xml": word_xml("footnotes", paragraph("ที่มา: สำนักปลัด")),
        "word/styles.xml": word_xml(
            "styles", '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        ),
    }
    body = paragraph("วิสัยทัศน์ ........ 5", '<w:pStyle w:val="TOC1"/>') + paragraph("บทนำ")
    page = content(docx(tmp_path, body, parts=parts)).pages[0]
    assert page.text == "บทนำ"
    assert set(page.furniture) == {"เทศบาลตำบลท่าน้ำใส", "หน้า ๑", "ที่มา: สำนักปลัด", "วิสัยทัศน์ ........ 5"}


def test_content_controls_fields_and_signs(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('ในกรอบควบคุม')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"{run('ผล')}<w:hyperlink>{run('ลิงก์')}</w:hyperlink><w:r><w:tab/><w:t>หลังแท็บ</w:t>"
        f"<w:br/><w:t>บรรทัดใหม่</w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    )
    assert text(docx(tmp_path, body)) == "ในกรอบควบคุม\nผลลิงก์ หลังแท็บ\nบรรทัดใหม่•"


def test_the_main_part_may_be_called_otherwise(tmp_path: Path) -> None:
    path = docx(tmp_path, paragraph("พันธกิจ"), main="word/document2.xml")
    assert text(path) == "พันธกิจ"


def test_smart_art_is_read_where_it_stands(tmp_path: Path) -> None:
    def point(name: str, text: str = "", kind: str = "node") -> str:
        words = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
        return f'<dgm:pt modelId="{name}" type="{kind}">{words}</dgm:pt>'

    links = (("0", "2", 1), ("0", "1", 0), ("1", "3", 0))
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>'
        + point("2", "พันธกิจ")
        + point("3", "เมืองน่าอยู่")
        + point("1", "วิสัยทัศน์")
        + point("0", kind="doc")
        + point("9", "เส้น", "parTrans")
        + "</dgm:ptLst><dgm:cxnLst>"
        + "".join(
            f'<dgm:cxn modelId="c{n}" srcId="{a}" destId="{b}" srcOrd="{n}"/>' for a, b, n in links
        )
        + "</dgm:cxnLst></dgm:dataModel>"
    )
    relations = (
        '<Relationships><Relationship Id="rId7" Target="diagrams/data1.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/diagramData"/></Relationships>'
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/diagrams/data1.xml": data}
    drawing = (
        '<w:p><w:r><w:drawing><dgm:relIds xmlns:dgm="d" xmlns:r="r" r:dm="rId7" r:lo="x"/>'
        "</w:drawing></w:r></w:p>"
    )
    body = paragraph("ก่อน") + drawing + paragraph("หลัง")
    assert text(docx(tmp_path, body, parts=parts)) == "ก่อน\nวิสัยทัศน์\nเมืองน่าอยู่\nพันธกิจ\nหลัง"


def test_the_title_of_the_properties(tmp_path: Path) -> None:
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>แผนพัฒนา 2566</dc:title></p>'
    path = docx(tmp_path, paragraph("ก"), parts={"docProps/core.xml": core})
    assert content(path).title == "แผนพัฒนา 2566"


def test_a_document_without_words_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="empty-file"):
        content(docx(tmp_path, "<w:p/>"))
