"""Where the heading stands and how it looks must not matter (DOMAIN 2: how real pages look)."""

import pytest

from tests.ingest.extract.texts import read, said


@pytest.mark.parametrize(
    "text",
    [
        "วิสัยทัศน์ : ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "วิสัยทัศน์ “ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต”",
        "วิสัยทัศน์\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "วิสัยทัศน์\n\n\n\n“ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต”",
        'วิสัยทัศน์ (Vision)\n"ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต"',
        '๒.๑ วิสัยทัศน์การพัฒนาท้องถิ่น\n"...ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต..."',
        "วิสัยทัศน์ของเทศบาลตำบลทุ่งรวงทอง\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "วิสัยทัศน์\nขององค์การบริหารส่วนตำบลทุ่งรวงทอง\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "(1) วิสัยทัศน์(\nVision) การพัฒนาของเทศบาลตำบลทุ่งรวงทอง\n“ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต”",
        "วิสัยทัศน์/พันธกิจ\n\nวิสัยทัศน์การพัฒนา\n   ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "วิสัยทัศน์\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต”",
        "VISION\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต",
        "|\n|\nวิสัยทัศน์\n|\nทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต\n| |",
    ],
)
def test_vision_wherever_its_heading_stands(text: str) -> None:
    assert said(read(text), "vision") == ["ทุ่งรวงทองน่าอยู่ เรียนรู้ตลอดชีวิต"]


@pytest.mark.parametrize("heading", ["วิสยั ทัศน์", "วิสัยทศั น์", "วสัยทัศน", "วิสัยทัศน ์"])
def test_heading_in_a_damaged_text_layer(heading: str) -> None:
    assert said(read(f"{heading}\n“คลองใส ใจเย็น”"), "vision") == ["คลองใส ใจเย็น"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("พันธกิจ", "mission"),
        ("พันธกิจการพัฒนา (Mission)", "mission"),
        ("ภารกิจหลัก", "mission"),
        ("เป้าประสงค์รวม", "goal"),
        ("จุดมุ่งหมายเพื่อการพัฒนา", "goal"),
        ("เป้าหมายการพัฒนา", "goal"),
        ("วัตถุประสงค์/เป้าประสงค์", "goal"),
        ("ประเด็นยุทธศาสตร์", "strategic_issue"),
        ("ยุทธศาสตร์การพัฒนา 2 ด้าน ดังนี้", "strategic_issue"),
        ("กลยุทธ์", "strategy"),
        ("แนวทางการพัฒนา", "strategy"),
        ("มาตรการ", "strategy"),
        ("ตัวชี้วัดความสำเร็จ", "indicator"),
        ("ตัวชี้วัดและค่าเป้าหมาย", "indicator"),
        ("ค่านิยมองค์กร (Core Values)", "value"),
    ],
)
def test_each_kind_by_its_headings(heading: str, kind: str) -> None:
    document = read(f"{heading}\n1. ปลูกไม้ริมคลองทุกสาย\n2. เปิดตลาดนัดวันเสาร์")
    assert said(document, kind) == ["ปลูกไม้ริมคลองทุกสาย", "เปิดตลาดนัดวันเสาร์"]


def test_short_lines_without_quotes_are_one_vision() -> None:
    document = read(
        "วิสัยทัศน์ในการพัฒนาท้องถิ่น\n\nเทศบาลได้กำหนดวิสัยทัศน์จากเวทีของทุกชุมชน "
        "จึงได้กำหนดวิสัยทัศน์"
        " ดังนี้\n\nทุ่งข้าวเขียวขจี\nวิถีไทยพวนงดงาม\nน้ำใสไหลทั่วทุ่ง\n\nพันธกิจ\n1. "
        "ดูแลเหมืองฝาย"
    )
    assert said(document, "vision") == ["ทุ่งข้าวเขียวขจี วิถีไทยพวนงดงาม น้ำใสไหลทั่วทุ่ง"]


def test_sentence_that_introduces_makes_up_for_a_heading() -> None:
    document = read(
        "จากการรับฟังความต้องการของทุกหมู่บ้าน ได้กำหนดวิสัยทัศน์ดังนี้\nบ้านเรือนอบอุ่น "
        "เศรษฐกิจแข็งแรง\n"
        "บ้านเรือนอบอุ่น\nส่งเสริมให้ทุกครอบครัวอยู่กันอย่างเกื้อกูล "
        "ช่วยเหลือกันและมีความปลอดภัยในชีวิต"
    )
    assert said(document, "vision") == ["บ้านเรือนอบอุ่น เศรษฐกิจแข็งแรง"]


def test_heading_printed_right_behind_a_closing_quote() -> None:
    document = read("วิสัยทัศน์\n“ผาเมี่ยงป่าเย็น คนเป็นสุข”พันธกิจ\n\n  • ดูแลป่าต้นน้ำ\n  • แปรรูปชา")
    assert said(document, "mission") == ["ดูแลป่าต้นน้ำ", "แปรรูปชา"]


def test_vision_that_is_a_picture_is_not_made_up() -> None:
    document = read("วิสัยทัศน์เทศบาล\n\nยุทธศาสตร์การพัฒนาเทศบาล\nยุทธศาสตร์ที่ 1 การดูแลตลาดเก่า")
    assert said(document, "vision") == []
    assert said(document, "strategic_issue") == ["การดูแลตลาดเก่า"]


def test_vision_printed_away_from_its_heading() -> None:
    document = read(
        "1. วิสัยทัศน์\n2. พันธกิจ\n1. ตรวจวัดคุณภาพน้ำในลำคลองทุกสาย\n2. "
        "ให้ความรู้แก่ชุมชนริมน้ำ\n"
        "งบประมาณ ปี 2564 ปี 2565\n1,139,442,200 "
        "1,152,432,500\nสายน้ำสะอาดหล่อเลี้ยงทุกชีวิตอย่างยั่งยืน"
    )
    assert said(document, "vision") == ["สายน้ำสะอาดหล่อเลี้ยงทุกชีวิตอย่างยั่งยืน"]
    assert len(said(document, "mission")) == 2


def test_what_a_vision_means_is_its_explanation() -> None:
    document = read(
        "วิสัยทัศน์\n“โคกเพชรร่มรื่น ชื่นใจคนทุกวัย”\nหมายถึง ตำบลที่มีร่มเงาไม้และคนทุกวัยอยู่ด้วยกันอย่างสบายใจ"
    )
    (vision,) = document.statements
    assert vision.explanation == "ตำบลที่มีร่มเงาไม้และคนทุกวัยอยู่ด้วยกันอย่างสบายใจ"


def test_aim_of_a_province_is_a_goal_that_may_be_called_vision() -> None:
    document = read("เป้าหมายการพัฒนาจังหวัดชลธี ระยะ 5 ปี (วิสัยทัศน์)\n“เมืองท่าปลอดภัย ทะเลสมบูรณ์”")
    (goal,) = document.statements
    assert (goal.kind, goal.alternatives, goal.text) == (
        "goal",
        ("vision",),
        "เมืองท่าปลอดภัย ทะเลสมบูรณ์",
    )
