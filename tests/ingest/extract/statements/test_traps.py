"""Traps seen on real pages, told in the words of made-up towns: what is read, and what is not."""

import pytest

from ingest.layout.fuzzy_words import Words
from tests.ingest.extract.texts import kinds, read, said, tree

_NOTHING = {
    "a speech named vision": "นายกฯ จะแถลงวิสัยทัศน์ “GREEN CITY HUB” ในงานเปิดศูนย์ประชุมวันศุกร์นี้",
    "a minister's task that day": "ภารกิจ รัฐมนตรีวันนี้\nเวลา 09.00 น. เปิดงานวันดินโลกที่จังหวัดแพร่\n"
    "เวลา 13.00 น. ตรวจเยี่ยมฝายบ้านนา",
    "activities in the news": "เทศบาลจัดกิจกรรมปั่นจักรยานและกิจกรรมปลูกป่าในโอกาสวันสำคัญ มีผู้ร่วมงาน 200 คน",
    "papers in a menu": "เกี่ยวกับเรา\n - วิสัยทัศน์/พันธกิจ\n - ยุทธศาสตร์การพัฒนา\nแผนงาน\n"
    " - แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)\n - แผนการดำเนินงาน\n - เทศบัญญัติงบประมาณ\nติดต่อเรา",
    "contents with a count": "สารบัญ\nส่วนที่ 2 ยุทธศาสตร์องค์กรปกครองส่วนท้องถิ่น 21\n"
    "1. ความสัมพันธ์ระหว่างแผนพัฒนาระดับมหภาค 22\n2. วิสัยทัศน์ พันธกิจ และเป้าประสงค์ 40",
    "definition in quotes": "ค่านิยมหลักขององค์กร\n(Core Values) คืออะไร\n”ค่านิยม” หมายถึง หลักที่ชี้นำ"
    "ความประพฤติของคนในหน่วยงานและบอกสิ่งที่หน่วยงานคาดหวัง\nสะท้อนสิ่งที่คนทำงานเชื่อร่วมกันและ"
    "ส่งผลต่อการตัดสินใจของทุกคน (ตำรา ปี\n2561-2562)",
    "a body that works with others": "ยุทธศาสตร์คณะกรรมการพัฒนาตำบลร่วมกับประชาคมท้องถิ่น ส่วนราชการ และประชาชน",
    "purposes of a work": "ภายใต้วิสัยทัศน์ของหน่วยงาน ได้จัดโครงการอบรมตามแผนงานประจำปี โดยจัดประชุม"
    " มีวัตถุประสงค์เพื่อ 1) ให้ความรู้แก่ผู้นำ 2) แลกเปลี่ยนประสบการณ์",
}


@pytest.mark.parametrize("name", _NOTHING)
def test_states_nothing(name: str) -> None:
    assert kinds(read(_NOTHING[name])) == set()


def test_target_and_measure_of_a_project_row_belong_to_the_project() -> None:
    document = read(
        "ที่ | โครงการ | วัตถุประสงค์ | เป้าหมาย (ผลผลิตของโครงการ) | งบประมาณ 2566 | ตัวชี้วัด (KPI)\n"
        "1 | ก่อสร้างถนนสายบ้านนา | เพื่อให้สัญจรสะดวก | ถนน 1 สาย | 350,000 | ร้อยละ 80 พึงพอใจ\n"
    )
    assert kinds(document) == {"project"}
    assert document.projects[0].indicator == "ร้อยละ 80 พึงพอใจ"


def test_vision_below_a_picture_and_blank_lines() -> None:
    document = read(
        "วิสัยทัศน์ (Vision)\n\n[ภาพ]\n\n\n“ท่าคล้อน่าเดิน คลองใสใจดี”\n\nพันธกิจ\n1. ดูแลคลอง\n2. ดูแลคน"
    )
    assert said(document, "vision") == ["ท่าคล้อน่าเดิน คลองใสใจดี"]


def test_vision_set_for_a_place_by_a_clause() -> None:
    document = read(
        "ผังเมืองนี้สอดคล้องกับวิสัยทัศน์ของจังหวัดแพร่ ซึ่งกำหนดให้ “ชุมชนเวียงแก้วเป็นเมืองไม้สัก"
        "ที่เป็นมิตรกับป่า” โดยเฉพาะด้านการท่องเที่ยว"
    )
    assert said(document, "vision") == ["ชุมชนเวียงแก้วเป็นเมืองไม้สักที่เป็นมิตรกับป่า"]


def test_heading_that_tells_what_its_list_serves() -> None:
    document = read(
        "วิสัยทัศน์เทศบาลตำบลทุ่งรวงทอง (พ.ศ. 2566 – 2570)\n\nทุ่งรวงทองน่าอยู่ ผู้คนเกื้อกูล\n\n"
        "พันธกิจที่สอดคล้องวิสัยทัศน์\n\n1. ดูแลแหล่งน้ำ\n\n2. ดูแลผู้สูงอายุ\n\n"
        "เป้าประสงค์ตามพันธกิจ\n\n1. น้ำพอใช้ทุกฤดู\n2. ผู้สูงอายุแข็งแรง"
    )
    assert said(document, "vision") == ["ทุ่งรวงทองน่าอยู่ ผู้คนเกื้อกูล"]
    assert said(document, "mission") == ["ดูแลแหล่งน้ำ", "ดูแลผู้สูงอายุ"]
    assert said(document, "goal") == ["น้ำพอใช้ทุกฤดู", "ผู้สูงอายุแข็งแรง"]


def test_strategy_on_the_line_of_its_issue() -> None:
    document = read(
        "ยุทธศาสตร์ที่ 1 การสร้างอาชีพบนฐานไม้สัก โดยใช้กลยุทธ์ : สร้างช่างรุ่นใหม่ในทุกชุมชน\n"
        "ยุทธศาสตร์ที่ 2 การดูแลป่าต้นน้ำ โดยมีแนวทาง : ปลูกไม้พื้นถิ่น"
    )
    assert tree(document) == {
        None: ["การสร้างอาชีพบนฐานไม้สัก", "การดูแลป่าต้นน้ำ"],
        "การสร้างอาชีพบนฐานไม้สัก": ["สร้างช่างรุ่นใหม่ในทุกชุมชน"],
        "การดูแลป่าต้นน้ำ": ["ปลูกไม้พื้นถิ่น"],
    }


def test_list_behind_a_sentence_that_ends_in_a_colon() -> None:
    document = read(
        "ร่างแผนดำเนินการภายใต้วิสัยทัศน์ “เมืองชาเมืองหมอก” ขับเคลื่อนภายใต้ 2 พันธกิจหลัก :\n.\n"
        "• “ชาดี” ให้ปลอดสารทั้งหุบเขา\n• พัฒนาช่างชงรุ่นใหม่\n.\nสำหรับตัวชี้วัดของร่างแผน ประกอบด้วย :\n"
        "• พื้นที่ปลูกชาปลอดสารเพิ่มขึ้นร้อยละ 5 ต่อปี\n• รายได้ครัวเรือนเพิ่มขึ้นร้อยละ 3"
    )
    assert said(document, "vision") == ["เมืองชาเมืองหมอก"]
    assert said(document, "mission") == ["“ชาดี” ให้ปลอดสารทั้งหุบเขา", "พัฒนาช่างชงรุ่นใหม่"]
    assert len(said(document, "indicator")) == 2


def test_issues_a_plan_stresses_and_its_goal_in_quotes() -> None:
    document = read(
        "การศึกษาพบว่า แผนแม่บทการพัฒนาเมืองลุ่มน้ำแม่แก้ว มีเป้าหมาย ในการพัฒนาทั้งสามเมืองไปสู่การเป็น "
        "“หุบเขาแห่งงานไม้” ที่ให้ความสำคัญใน 2 ประเด็นหลัก ได้แก่\n(1) การสร้างช่างฝีมือรุ่นใหม่\n"
        "(2) การดูแลป่าต้นน้ำร่วมกัน"
    )
    assert said(document, "goal") == ["หุบเขาแห่งงานไม้"]
    assert said(document, "strategic_issue") == ["การสร้างช่างฝีมือรุ่นใหม่", "การดูแลป่าต้นน้ำร่วมกัน"]


def test_purposes_of_a_plan_are_its_goals() -> None:
    document = read(
        "ร่างแผนขับเคลื่อนภายใต้วิสัยทัศน์ “แม่แก้วปลอดควัน” โดยมีวัตถุประสงค์เพื่อ 1)ลดการเผาในที่โล่งทั้งลุ่มน้ำ "
        "2)สร้างรายได้จากเศษวัสดุการเกษตร และ 3)ให้ทุกชุมชนดูแลป่าของตน"
    )
    assert said(document, "goal") == [
        "ลดการเผาในที่โล่งทั้งลุ่มน้ำ",
        "สร้างรายได้จากเศษวัสดุการเกษตร",
        "ให้ทุกชุมชนดูแลป่าของตน",
    ]


def test_counted_strategies_with_a_foreign_word() -> None:
    document = read(
        "ภายใต้วิสัยทัศน์ “เมืองงานไม้” ดำเนินงานตามแผนด้วยกลยุทธ์สำคัญ 3 ประการ ได้แก่ สนับสนุนช่างท้องถิ่น "
        "สนับสนุน SMEs และร้านค้าเก่า และจัดระเบียบตลาดริมน้ำ"
    )
    assert said(document, "strategy") == [
        "สนับสนุนช่างท้องถิ่น",
        "สนับสนุน SMEs และร้านค้าเก่า",
        "จัดระเบียบตลาดริมน้ำ",
    ]


def test_vision_without_quotes_right_before_its_goal() -> None:
    document = read(
        "ที่ประชุมเห็นชอบแผนพัฒนางานไม้ ซึ่งมีระยะเวลา 5 ปี ภายใต้วิสัยทัศน์ งานไม้ของลุ่มน้ำเป็นอาชีพที่เลี้ยงคนได้ทุกรุ่น "
        "มีเป้าหมายหลัก คือ ช่างไม้มีรายได้มั่นคงและมีตลาดของตน"
    )
    assert said(document, "vision") == ["งานไม้ของลุ่มน้ำเป็นอาชีพที่เลี้ยงคนได้ทุกรุ่น"]
    assert said(document, "goal") == ["ช่างไม้มีรายได้มั่นคงและมีตลาดของตน"]


def test_number_set_twice_is_one_mark() -> None:
    document = read("พันธกิจ (Mission)\n  1.     1.ยึดความโปร่งใส\n  2.     2.ดูแลตลาดเก่า")
    assert said(document, "mission") == ["ยึดความโปร่งใส", "ดูแลตลาดเก่า"]


def test_vision_with_and_without_its_body_is_one() -> None:
    document = read(
        "วิสัยทัศน์\n\nเทศบาลเมืองเวียงแก้ว\n\nเป็นศูนย์กลางงานไม้\n\nคนดี เมืองสงบ\n\nวิสัยทัศน์ (Vision)\n\n"
        "เทศบาลเมืองเวียงแก้ว เป็นศูนย์กลางงานไม้\n\nคนดี เมืองสงบ\n\nพันธกิจ\n1. ดูแลช่าง\n2. ดูแลเมือง"
    )
    assert len(said(document, "vision")) == 1


def test_last_title_of_a_list_of_issues_takes_no_goals() -> None:
    document = read(
        "ยุทธศาสตร์การพัฒนา\n1. ยุทธศาสตร์การพัฒนาคน\n2. ยุทธศาสตร์การพัฒนางานไม้\n\n"
        "เป้าประสงค์\n1. คนแข็งแรง\n2. งานไม้ขายได้"
    )
    assert tree(document)[None][-2:] == ["คนแข็งแรง", "งานไม้ขายได้"]


def test_page_that_is_one_paragraph_of_thousands_of_lines_is_read() -> None:
    lines = "\n".join(f"กลยุทธ์ที่ {n} ดูแลคลองสายที่ {n} ให้ใสตลอดปี" for n in range(1, 400))
    assert len(said(read(f"ยุทธศาสตร์ที่ 1 ด้านน้ำ\n{lines}"), "strategy")) >= 99


@pytest.mark.parametrize("text", ["วิสัยทัศน์", "วิสยั ทัศน", "วิสัย ทัศน์", "VISION", "vision"])
def test_words_are_found_in_a_damaged_text_layer(text: str) -> None:
    words: Words[str] = Words({"vision": ("วิสัยทัศน์", "Vision"), "mission": ("พันธกิจ",)})
    assert words.match(text, 0) == ("vision", len(text))
    assert words.match("พันธะ", 0) is None


def test_longest_word_wins_within_a_group_and_the_first_group_among_several() -> None:
    words: Words[str] = Words({"a": ("หน้าที่",), "b": ("หน้าที่และอำนาจ", "หน้า")})
    assert words.match("หน้าที่และอำนาจ", 0) == ("a", len("หน้าที่"))
    assert words.end("หน้าจำ", 0) == len("หน้า")
