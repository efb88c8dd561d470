"""Several bodies or periods in one document; repeated statements; values."""

from tests.ingest.extract.texts import read, said, slice_of

_LOCAL_PLAN = """แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)
องค์การบริหารส่วนตำบลบ่อแฝก อำเภอบ่อเกลือ จังหวัดน่าน
1. ความสัมพันธ์ระหว่างแผนพัฒนาระดับมหภาค
1.1 แผนยุทธศาสตร์ชาติ 20 ปี (พ.ศ. 2561 - 2580)
วิสัยทัศน์ “ประเทศไทยมีความมั่นคง มั่งคั่ง ยั่งยืน เป็นประเทศพัฒนาแล้ว”
ยุทธศาสตร์ที่ 1 ด้านความมั่นคง
ยุทธศาสตร์ที่ 2 ด้านการสร้างความสามารถในการแข่งขัน
1.2 แผนพัฒนาจังหวัดน่าน (พ.ศ. 2566 - 2570)
วิสัยทัศน์ : “เมืองต้นน้ำ วัฒนธรรมงาม เกษตรปลอดภัย”
พันธกิจ
1) อนุรักษ์ป่าต้นน้ำ
2) สืบสานวัฒนธรรมน่าน
2. ยุทธศาสตร์ขององค์การบริหารส่วนตำบลบ่อแฝก
2.1 วิสัยทัศน์
“บ่อแฝกน่าอยู่ เกลือดีดินดี”
2.2 ยุทธศาสตร์
ยุทธศาสตร์ที่ 1 ด้านโครงสร้างพื้นฐาน
ยุทธศาสตร์ที่ 2 ด้านเกลือและอาชีพ
"""


def test_each_statement_carries_its_body() -> None:
    document = read(_LOCAL_PLAN)
    bodies = {s.text: s.organisation.name if s.organisation else None for s in document.statements}
    assert bodies == {
        "เมืองต้นน้ำ วัฒนธรรมงาม เกษตรปลอดภัย": "จังหวัดน่าน",
        "อนุรักษ์ป่าต้นน้ำ": "จังหวัดน่าน",
        "สืบสานวัฒนธรรมน่าน": "จังหวัดน่าน",
        "บ่อแฝกน่าอยู่ เกลือดีดินดี": None,
        "ด้านโครงสร้างพื้นฐาน": None,
        "ด้านเกลือและอาชีพ": None,
    }


def test_quoted_national_strategy_is_left_out() -> None:
    texts = [s.text for s in read(_LOCAL_PLAN).statements]
    assert not any("ประเทศไทย" in text or "ความมั่นคง" in text for text in texts)


def test_owner_named_in_the_heading() -> None:
    document = read(
        "เทศบาลเมืองเวียงแก้ว จังหวัดแพร่\nวิสัยทัศน์จังหวัดแพร่\n“เมืองไม้สัก รักษ์ป่า”\n"
        "วิสัยทัศน์เทศบาลเมืองเวียงแก้ว\n“เวียงแก้วน่าเดิน”"
    )
    owners = [s.organisation.name if s.organisation else None for s in document.statements]
    assert owners == ["จังหวัดแพร่", None]


def test_old_and_new_plan_keep_their_years() -> None:
    document = read(
        "องค์การบริหารส่วนจังหวัดแพร่\nแผนพัฒนาท้องถิ่น (พ.ศ. 2561 - "
        "2565)\nวิสัยทัศน์\n“แพร่ก้าวหน้า พัฒนาไม้สัก”\n"
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)\nวิสัยทัศน์\n“แพร่เมืองแห่งโอกาส”\nพันธกิจ\n1. "
        "ยกระดับช่างไม้\n2. เปิดพื้นที่แสดงงาน"
    )
    own = document.period.to_list() if document.period else None
    years = [s.period.to_list() if s.period else own for s in document.statements]
    assert years == [[2561, 2565], [2566, 2570], [2566, 2570], [2566, 2570]]


def test_repeated_vision_is_one_statement_with_mentions() -> None:
    document = read(
        "วิสัยทัศน์\n“เมืองน่ายล คนรักถิ่น "
        "ก้าวสู่ประชาคมอาเซียน”\n\nเทศบาลขับเคลื่อนงานให้บรรลุวิสัยทัศน์ “เมืองน่ายล คนรักถิ่น"
        " ก้าวสู่ประชาคมอาเชียน” ในทุกด้าน",
        "แผนนี้สนองคำว่า เมืองน่ายล คนรักถิ่น\nก้าวสู่ประชาคมอาเซียน",
    )
    (vision,) = document.statements
    assert [mention.page for mention in vision.mentions] == [2, 1]


def test_values_with_their_meanings_and_the_slogan_made_of_them() -> None:
    document = read(
        "ค่านิยม\n\nไวต่อปัญหา กล้าลงมือ ซื่อต่อหน้าที่\n\nไวต่อปัญหา : "
        "รับฟังประชาชนทุกวัน\n\nกล้าลงมือ : แก้ปัญหาทันที\n\n"
        "ซื่อต่อหน้าที่ : ตรวจสอบได้เสมอ\n\nเทศบาลยึดค่านิยม “ไวต่อปัญหา กล้าลงมือ "
        "ซื่อต่อหน้าที่” ในการทำงาน"
    )
    assert said(document, "value") == ["ไวต่อปัญหา", "กล้าลงมือ", "ซื่อต่อหน้าที่"]
    assert [s.explanation for s in document.statements] == [
        "รับฟังประชาชนทุกวัน",
        "แก้ปัญหาทันที",
        "ตรวจสอบได้เสมอ",
    ]
    assert all(len(s.mentions) == 1 for s in document.statements)


def test_values_as_an_acronym() -> None:
    document = read(
        "ค่านิยมองค์กร\nCARE (Caring Office)\nC = Courage หมายถึง กล้าทำสิ่งที่ถูกต้อง\nA : "
        "Accountable รับผิดชอบ\nR – Respect ให้เกียรติ"
    )
    assert [(s.number, s.text) for s in document.statements] == [
        ("C", "Courage"),
        ("A", "Accountable รับผิดชอบ"),
        ("R", "Respect ให้เกียรติ"),
    ]
    assert document.statements[0].explanation == "กล้าทำสิ่งที่ถูกต้อง"


def test_values_as_a_slogan() -> None:
    assert said(read('ค่านิยมร่วม\n"บริการดี มีน้ำใจ ใฝ่เรียนรู้"'), "value") == ["บริการดี มีน้ำใจ ใฝ่เรียนรู้"]


def test_budget_bill_tells_a_body_a_page() -> None:
    page = "{body}\n1. วิสัยทัศน์\n{vision}\n2. พันธกิจ\n1. {mission}\n2. ตรวจสอบและรายงานผล"
    document = read(
        "พระราชบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2565\nสำนักงบประมาณ",
        page.format(body="กรมควบคุมมลพิษ", vision="อากาศสะอาดเพื่อทุกคนในประเทศ", mission="เฝ้าระวังมลพิษ"),
        page.format(body="กรมทรัพยากรน้ำ", vision="น้ำเพียงพอสำหรับทุกครัวเรือน", mission="จัดหาแหล่งน้ำต้นทุน"),
    )
    assert document.plan_kind == "budget"
    bodies = [
        s.organisation.name if s.organisation else None
        for s in document.statements
        if s.kind == "vision"
    ]
    assert bodies == ["กรมควบคุมมลพิษ", "กรมทรัพยากรน้ำ"]


def test_slices_point_at_the_words() -> None:
    document = read(_LOCAL_PLAN)
    for statement in document.statements:
        assert "".join(slice_of(document, statement).split()) == "".join(statement.text.split())
