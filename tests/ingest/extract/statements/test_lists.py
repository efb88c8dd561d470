"""Lists in every numbering style, broken, inline, nested, grouped, and where they end."""

import pytest

from tests.ingest.extract.texts import read, said

_THREE = ["ซ่อมถนนลูกรัง", "ขุดลอกคลองส่งน้ำ", "เปิดศูนย์เด็กเล็ก"]


@pytest.mark.parametrize(
    "marks",
    [
        ("1. ", "2. ", "3. "),
        ("1.", "2.", "3."),
        ("1) ", "2) ", "3) "),
        ("(1) ", "(2) ", "(3) "),
        ("๑. ", "๒. ", "๓. "),
        ("๑) ", "๒) ", "๓) "),
        ("๒.๑ ", "๒.๒ ", "๒.๓ "),
        ("ก. ", "ข. ", "ค. "),
        ("- ", "- ", "- "),
        ("• ", "• ", "• "),
        ("* ", "* ", "* "),
        ("– ", "– ", "– "),
        ("- 1) ", "- 2) ", "- 3) "),
        ("พันธกิจที่ 1 ", "พันธกิจที่ 2 ", "พันธกิจที่ 3 "),
        ("พันธกิจที่ ๑ : ", "พันธกิจที่ ๒ : ", "พันธกิจที่ ๓ : "),
        ("", "", ""),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_every_numbering_style(marks: tuple[str, ...], gap: str) -> None:
    items = gap.join(mark + text for mark, text in zip(marks, _THREE, strict=True))
    assert said(read(f"พันธกิจ{gap}{items}"), "mission") == _THREE


@pytest.mark.parametrize(
    "line",
    [
        "พันธกิจ 1) ซ่อมถนนลูกรัง 2) ขุดลอกคลองส่งน้ำ 3) เปิดศูนย์เด็กเล็ก",
        "พันธกิจ : 1. ซ่อมถนนลูกรัง 2. ขุดลอกคลองส่งน้ำ 3. เปิดศูนย์เด็กเล็ก",
        "พันธกิจ\n(๑) ซ่อมถนนลูกรัง (๒) ขุดลอกคลองส่งน้ำ (๓) เปิดศูนย์เด็กเล็ก",
        "พันธกิจ\n1.ซ่อมถนนลูกรัง\n\n2.ขุดลอกคลองส่งน้ำ 3.เปิดศูนย์เด็กเล็ก",
    ],
)
def test_inline_list(line: str) -> None:
    assert said(read(line), "mission") == _THREE


def test_number_is_kept_in_arabic_digits() -> None:
    numbers = [s.number for s in read("พันธกิจ\n๒.๑ ซ่อมถนน\n๒.๒ ขุดคลอง").statements]
    assert numbers == ["2.1", "2.2"]


def test_introduction_is_no_statement() -> None:
    document = read(
        "พันธกิจขององค์การบริหารส่วนจังหวัดชลธี\n\n"
        "องค์การบริหารส่วนจังหวัดชลธีเห็นความสำคัญของการทำงานร่วมกับทุกภาคส่วน"
        " พันธกิจจึงถูกกำหนดให้สอดคล้องกับความต้องการของประชาชน ดังนี้\n • ดูแลท่าเรือ\n • "
        "สอนว่ายน้ำ"
    )
    assert said(document, "mission") == ["ดูแลท่าเรือ", "สอนว่ายน้ำ"]


def test_line_broken_in_mid_sentence() -> None:
    document = read(
        "พันธกิจ\n๑) "
        "พัฒนาระบบการจัดการน้ำเพื่อการเกษตรและการอุปโภคบริโภคให้เพียงพอ\nต่อความต้องการทุกฤดูกาล\n"
        "๒) ส่งเสริมการรวมกลุ่มอาชีพ รวมทั้ง\n\nเชื่อมโยงกับตลาดออนไลน์\n๓) สืบสานประเพณี"
    )
    assert said(document, "mission") == [
        "พัฒนาระบบการจัดการน้ำเพื่อการเกษตรและการอุปโภคบริโภคให้เพียงพอต่อความต้องการทุกฤดูกาล",
        "ส่งเสริมการรวมกลุ่มอาชีพ รวมทั้งเชื่อมโยงกับตลาดออนไลน์",
        "สืบสานประเพณี",
    ]


def test_missions_grouped_under_phrases_of_the_vision() -> None:
    document = read(
        "วิสัยทัศน์\n“ถนนดี   คลองใส   ใจกว้าง”\n\nพันธกิจ\n\n     ถนนดี\n\n1) "
        "ลาดยางทุกซอย\n\n2) ติดไฟทาง\n\n"
        "     คลองใส\n\n1) ขุดลอกคลอง"
    )
    missions = [s for s in document.statements if s.kind == "mission"]
    assert [m.text for m in missions] == ["ลาดยางทุกซอย", "ติดไฟทาง", "ขุดลอกคลอง"]
    assert [m.section for m in missions] == ["ถนนดี", "ถนนดี", "คลองใส"]


def test_missions_below_numbered_fields() -> None:
    document = read(
        "พันธกิจ\n1. ด้านโครงสร้างพื้นฐาน\n   1.1 ลาดยางทุกซอย\n   1.2 ติดไฟทาง\n2. ด้านสังคม\n "
        "  2.1 ดูแลผู้สูงอายุ"
    )
    assert said(document, "mission") == ["ลาดยางทุกซอย", "ติดไฟทาง", "ดูแลผู้สูงอายุ"]


def test_one_paragraph_in_the_place_of_a_list() -> None:
    document = read(
        "พันธกิจ\n   เทศบาลตำบลลาดกุ่ม มุ่งมั่นพัฒนาตำบลภายใต้การบริหารที่โปร่งใส "
        "และเปิดให้ทุกหมู่บ้านร่วมคิดร่วมทำ"
        "\n\nShare on Line"
    )
    assert len(said(document, "mission")) == 1


@pytest.mark.parametrize(
    "after",
    [
        "โทร. 054-111222 โทรสาร 054-111223",
        "อ่าน 1,204 ครั้ง",
        "ปรับปรุงล่าสุด 3 มี.ค. 2565",
        "ติดต่อเรา\nงานสารบรรณ",
        "3. สภาพปัญหา\n3.1 ถนนชำรุดเสียหายในฤดูฝน",
        "ส่วนที่ 3 การนำแผนไปสู่การปฏิบัติ\nการจัดสรรงบประมาณ",
    ],
)
def test_list_ends_at_what_is_no_item(after: str) -> None:
    document = read(f"2. พันธกิจ\n1) ลาดยางทุกซอย\n2) ติดไฟทาง\n{after}")
    assert said(document, "mission") == ["ลาดยางทุกซอย", "ติดไฟทาง"]


def test_rows_of_figures_are_no_items() -> None:
    document = read(
        "6.2 ภารกิจเพื่อการพัฒนา - -\n- - - -\n6.2.1 รายจ่ายประจำ 54.8 80.0 -\n7. คงเหลือ 1.2 3.4 5.6"
    )
    assert document.statements == ()


def test_last_item_cut_within_a_word_is_left_out() -> None:
    document = read("พันธกิจ\n1. ลาดยางทุกซอยในเขตเทศบาล\n2. ก่อสร้างทางเท้าและปลูกต้นไม้ให้เหมาะส")
    assert said(document, "mission") == ["ลาดยางทุกซอยในเขตเทศบาล"]
