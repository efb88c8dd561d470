"""Headings, bodies and titles as web pages and printed pages of real offices have them."""

from pathlib import Path

import pytest

from ingest import read as read_file
from ingest.readers.pdf.opening import clean_title
from tests.ingest.extract.texts import kinds, read, said


@pytest.mark.parametrize(
    "heading",
    [
        ":: วิสัยทัศน์[VISION]",
        "★ วิสัยทัศน์ ★",
        ">> วิสัยทัศน์ <<",
        "【วิสัยทัศน์】",
        "❖❖ วิสัยทัศน์ ❖❖",
        "วิสัยทัศน์ : (Vision)",
        "วิศัยทัศน์",
        "วิสัยทัศ",
    ],
)
def test_decorated_and_misspelt_headings(heading: str) -> None:
    document = read(f"เทศบาลตำบลลำธารใส\n{heading}\nลำธารใสเมืองสุขภาพ ผู้คนเกื้อกูล\nพันธกิจ\n1. ดูแลลำธาร")
    assert said(document, "vision") == ["ลำธารใสเมืองสุขภาพ ผู้คนเกื้อกูล"]


def test_a_foreword_is_no_misspelt_heading_of_values() -> None:
    assert said(read("เทศบาลตำบลลำธารใส\nคำนิยม\nหนังสือเล่มนี้อ่านง่าย"), "value") == []


def test_words_right_behind_a_gloss_are_the_statement() -> None:
    document = read("เทศบาลตำบลลำธารใส\nพันธกิจ (Mission)จัดบริการสุขภาพถึงบ้าน\nเป้าประสงค์\n1. เด็กแข็งแรง")
    assert said(document, "mission") == ["จัดบริการสุขภาพถึงบ้าน"]


def test_values_spelt_out_by_thai_letters() -> None:
    document = read("เทศบาลตำบลลำธารใส\nค่านิยมร่วม : สมร.\n ส = สามัคคี\n ม = มีวินัย\n ร = รอบคอบ")
    assert said(document, "value") == ["สามัคคี", "มีวินัย", "รอบคอบ"]


@pytest.mark.parametrize(
    "below",
    [
        "นิยามศัพท์\nเมืองสุขภาพ หมายถึง เมืองที่คนแข็งแรง",
        "สุขภาพ หมายถึง\n1. กินดี",
        "นายสมพร ใจซื่อ\nนายกเทศมนตรี",
    ],
)
def test_a_vision_ends_above_what_explains_or_signs_it(below: str) -> None:
    document = read(f"เทศบาลตำบลลำธารใส\nวิสัยทัศน์\nลำธารใสเมืองสุขภาพ\n{below}")
    assert said(document, "vision") == ["ลำธารใสเมืองสุขภาพ"]


def test_a_wrapped_item_that_begins_with_a_national_plan_ends_no_list() -> None:
    document = read(
        "เทศบาลตำบลลำธารใส\nพันธกิจ\n1. จัดทำแผนที่สอดคล้องกับ\nยุทธศาสตร์ชาติ และนโยบายรัฐบาล\n2. ดูแลเด็ก"
    )
    assert said(document, "mission") == ["จัดทำแผนที่สอดคล้องกับยุทธศาสตร์ชาติ และนโยบายรัฐบาล", "ดูแลเด็ก"]
    assert document.plan_kind != "national_strategy"


@pytest.mark.parametrize(
    "text",
    [
        "บทความ: คำศัพท์ที่ควรรู้\nคำศัพท์พวกนี้หมายถึงอะไรกันแน่\n• Vision วิสัยทัศน์: ภาพวันที่งานเสร็จ\n• Mission ภารกิจ: สิ่งที่ทำทุกวัน",
        "ตัวอย่าง การเขียนวิสัยทัศน์ของบริษัทดัง\nร้านชาดอยหมอก: ให้ทุกคนได้จิบชาดี",
        "วิสัยทัศน์ พันธกิจ โรงเรียนบ้านลำธารวิทยา\nวิสัยทัศน์\nเป็นโรงเรียนคุณธรรม นำวิชาการ\nพันธกิจ\n1. สอนเด็กทุกคน",
    ],
)
def test_pages_that_teach_words_and_pages_of_schools_state_nothing(text: str) -> None:
    assert kinds(read(text)) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "แผนพัฒนา ของเทศบาลตาบลลำธารใส\nวิสัยทัศน์ของเทศบาลตาบลลำธารใส\n“สุขกายสุขใจ”",
            "เทศบาลตำบลลำธารใส",
        ),
        ("นายสมพร ใจซื่อ\nนายกเทศมนตรีตำบลลำธารใส\nวิสัยทัศน์\nลำธารใสเมืองสุขภาพ", "เทศบาลตำบลลำธารใส"),
        (
            "สำนักงานส่งเสริมการปกครองท้องถิ่น\n\nจังหวัดน่าน\n\nพันธกิจ\n1. กำกับดูแลท้องถิ่น",
            "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดน่าน",
        ),
        (
            "สำนักงานสาธารณสุขจังหวัดน่าน ได้จัดทำแผนยุทธศาสตร์การพัฒนาสุขภาพจังหวัดน่าน พ.ศ. 2563-2567",
            "สำนักงานสาธารณสุขจังหวัดน่าน",
        ),
        ("พันธกิจ\n1. สนับสนุนกรมการพัฒนาชุมชนให้ทำงานได้", None),
        ("วิสัยทัศน์\nสุขภาพดีทั่วหน้า\nค่านิยมกระทรวงสาธารณสุข (สธ.)\nM : Mastery เป็นนายตนเอง", None),
        ("วิสัยทัศน์\nโรงพยาบาลคุณภาพ\nบริการเสมือนญาติ", None),
    ],
)
def test_whose_page_it_is(text: str, name: str | None) -> None:
    body = read(text).organisation
    assert (body.name if body else None) == name


def test_each_agency_of_a_book_has_its_own_vision() -> None:
    document = read(
        "กระทรวงท้องน้ำสมมุติ\nกรมลำธารสมมุติ\n1. วิสัยทัศน์\nลำธารใสทั่วไทย\n2. พันธกิจ\n1. ดูแลลำธาร\n"
        "กรมหนองบึงสมมุติ\n1. วิสัยทัศน์\nหนองบึงอุดมสมบูรณ์\n2. พันธกิจ\n1. ขุดลอกหนองบึง"
    )
    owners = {s.text: s.organisation.name for s in document.statements if s.organisation}
    assert owners["ลำธารใสทั่วไทย"] == owners["ดูแลลำธาร"] == "กรมลำธารสมมุติ"
    assert owners["หนองบึงอุดมสมบูรณ์"] == owners["ขุดลอกหนองบึง"] == "กรมหนองบึงสมมุติ"


@pytest.mark.parametrize(
    "title",
    ["<E0C5E8C1B7D5E82031382E706466>", "untitled", "Microsoft Word", "scan0012", "plan 66.docx"],
)
def test_what_programs_leave_is_no_title(title: str) -> None:
    assert clean_title(title) is None


def test_a_title_is_not_the_browsers_line_and_keeps_its_years() -> None:
    page = "11/30/26, 7:24 PM หน้าหลัก\nแผนพัฒนาท้องถิ่น\n(พ.ศ. 2566-2570)\nเทศบาลตำบลลำธารใส"
    assert read(page).title == "แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)"


def test_a_row_of_a_table_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "งบ.csv"
    path.write_text("ลำดับ,รายการ,งบประมาณ (บาท)\n1,ก่อสร้างถนน คสล. หมู่ที่ 3,500000\n", "utf-8")
    assert read_file(path).title is None
