"""Nesting: issue → goals, strategies, indicators, projects; flattened tables; cell by cell."""

from ingest.records import Table
from tests.ingest.extract.texts import read, said, tree


def test_issue_with_goals_strategies_indicators_and_projects() -> None:
    document = read(
        "ประเด็นการพัฒนาที่ 1 : ยกระดับประมงพื้นบ้าน\nวัตถุประสงค์\n1. "
        "เพื่อเพิ่มมูลค่าสัตว์น้ำ\nตัวชี้วัด\n"
        "- รายได้ของชาวประมงเพิ่มขึ้นร้อยละ 5\nแนวทางการพัฒนา\n1) "
        "พัฒนาท่าเทียบเรือชุมชน\nแผนงาน/โครงการสำคัญ\n"
        "1. โครงการห้องเย็นกลางตำบล วงเงิน 3,500,000 บาท\nประเด็นการพัฒนาที่ 2 : ดูแลชายหาด\n"
        "แนวทางการพัฒนา\n1) เก็บขยะทุกสัปดาห์"
    )
    assert tree(document) == {
        None: ["ยกระดับประมงพื้นบ้าน", "ดูแลชายหาด"],
        "ยกระดับประมงพื้นบ้าน": [
            "เพื่อเพิ่มมูลค่าสัตว์น้ำ",
            "รายได้ของชาวประมงเพิ่มขึ้นร้อยละ 5",
            "พัฒนาท่าเทียบเรือชุมชน",
        ],
        "ดูแลชายหาด": ["เก็บขยะทุกสัปดาห์"],
    }
    (project,) = document.projects
    assert project.title == "โครงการห้องเย็นกลางตำบล"
    assert project.parent == document.statements[0].id


def test_list_right_below_an_issue_holds_its_strategies() -> None:
    document = read(
        "ยุทธศาสตร์ที่ ๑ ด้านโครงสร้างพื้นฐาน\n- ก่อสร้างถนน\n- ขยายเขตประปา\nยุทธศาสตร์ที่ ๒ ด้านสังคม\n- ดูแลเด็ก"
    )
    assert tree(document) == {
        None: ["ด้านโครงสร้างพื้นฐาน", "ด้านสังคม"],
        "ด้านโครงสร้างพื้นฐาน": ["ก่อสร้างถนน", "ขยายเขตประปา"],
        "ด้านสังคม": ["ดูแลเด็ก"],
    }


def test_strategies_listed_apart_find_their_issue_by_number() -> None:
    document = read(
        "ยุทธศาสตร์ที่ 1 ถนนและน้ำ\nยุทธศาสตร์ที่ 2 คนและชุมชน\nกลยุทธ์\nกลยุทธ์ที่ 1.1 ขุดสระ\nกลยุทธ์ที่ 2.1 เปิดห้องสมุด"
    )
    assert tree(document)["ถนนและน้ำ"] == ["ขุดสระ"]
    assert tree(document)["คนและชุมชน"] == ["เปิดห้องสมุด"]


def test_goals_after_a_bare_list_of_issues_stand_under_none() -> None:
    document = read(
        "ยุทธศาสตร์ที่ 1 ถนน\nยุทธศาสตร์ที่ 2 น้ำสะอาด\nเป้าประสงค์\n1. เดินทางสะดวก\n2. มีน้ำใช้ตลอดปี"
    )
    assert tree(document).keys() == {None}


def test_issues_that_only_their_place_tells() -> None:
    document = read(
        "ยุทธศาสตร์การพัฒนา\n\nด้านสาธารณสุข\nแนวทางการพัฒนา\n • "
        "คัดแยกขยะ\n\nด้านการศึกษา\nแนวทางการพัฒนา\n • สอนสองภาษา"
    )
    assert tree(document) == {
        None: ["ด้านสาธารณสุข", "ด้านการศึกษา"],
        "ด้านสาธารณสุข": ["คัดแยกขยะ"],
        "ด้านการศึกษา": ["สอนสองภาษา"],
    }


def test_issues_named_in_full_keep_their_word() -> None:
    document = read("ยุทธศาสตร์การพัฒนา\n๑. ยุทธศาสตร์การพัฒนาการค้าชายแดน\n๒. ยุทธศาสตร์การพัฒนา ด้านสังคม")
    assert said(document, "strategic_issue") == [
        "ยุทธศาสตร์การพัฒนาการค้าชายแดน",
        "ยุทธศาสตร์การพัฒนา ด้านสังคม",
    ]


def test_table_flattened_to_lines() -> None:
    document = read(
        "หัวข้อ\nสาระสำคัญ\nวิสัยทัศน์\nการกีฬาเป็นวิถีชีวิตของคนทุกวัย\nพันธกิจ\n"
        "สร้างพื้นที่เล่นที่ปลอดภัยให้ทุกชุมชน\n"
        "เป้าหมายและตัวชี้วัด\nเป้าหมายที่ 1 : คนไทยออกกำลังกายเป็นประจำ\n(1) "
        "อัตราการออกกำลังกายไม่น้อยกว่าร้อยละ 60\n"
        "เป้าหมายที่ 2 : นักกีฬาประสบความสำเร็จ"
    )
    assert said(document, "vision") == ["การกีฬาเป็นวิถีชีวิตของคนทุกวัย"]
    assert said(document, "mission") == ["สร้างพื้นที่เล่นที่ปลอดภัยให้ทุกชุมชน"]
    assert said(document, "goal") == ["คนไทยออกกำลังกายเป็นประจำ", "นักกีฬาประสบความสำเร็จ"]
    assert said(document, "indicator") == ["อัตราการออกกำลังกายไม่น้อยกว่าร้อยละ 60"]


def test_page_whose_lines_were_run_together() -> None:
    document = read(
        "ยุทธศาสตร์ที่ ๑ การพัฒนาถนนและคลอง กลยุทธ์ที่ ๑.๑ ซ่อมถนนทุกสาย ยุทธศาสตร์ที่ ๒ "
        "การพัฒนาคน กลยุทธ์ที่ ๒.๑ เปิดห้องสมุด"
    )
    assert tree(document) == {
        None: ["การพัฒนาถนนและคลอง", "การพัฒนาคน"],
        "การพัฒนาถนนและคลอง": ["ซ่อมถนนทุกสาย"],
        "การพัฒนาคน": ["เปิดห้องสมุด"],
    }


_MATRIX = Table(
    1,
    (
        ("ประเด็นการพัฒนา", "เป้าประสงค์", "ตัวชี้วัด", "แนวทางการพัฒนา"),
        ("1. ประมงพื้นบ้าน", "1. ชาวประมงมีรายได้เพิ่ม\n2. ทะเลสมบูรณ์", "ร้อยละของรายได้", "สร้างห้องเย็น"),
        ("2. การท่องเที่ยว", "นักท่องเที่ยวพักนานขึ้น", "จำนวนวันพักเฉลี่ย", "ทำเส้นทางจักรยาน"),
    ),
)


def test_table_of_statements_read_cell_by_cell() -> None:
    text = "\n".join("\t".join(row) for row in _MATRIX.rows)
    assert tree(read(text, tables=(_MATRIX,))) == {
        None: ["ประมงพื้นบ้าน", "การท่องเที่ยว"],
        "ประมงพื้นบ้าน": ["ชาวประมงมีรายได้เพิ่ม", "ทะเลสมบูรณ์", "ร้อยละของรายได้", "สร้างห้องเย็น"],
        "การท่องเที่ยว": ["นักท่องเที่ยวพักนานขึ้น", "จำนวนวันพักเฉลี่ย", "ทำเส้นทางจักรยาน"],
    }


def test_targets_of_an_indicator_explain_it() -> None:
    table = Table(1, (("ตัวชี้วัด", "2566", "2567"), ("จำนวนวันพักเฉลี่ย (วัน)", "1.8", "1.9")))
    document = read(
        "ตัวชี้วัดและค่าเป้าหมาย\nตัวชี้วัด\t2566\t2567\nจำนวนวันพักเฉลี่ย (วัน)\t1.8\t1.9", tables=(table,)
    )
    (indicator,) = document.statements
    assert (indicator.text, indicator.explanation) == ("จำนวนวันพักเฉลี่ย (วัน)", "2566: 1.8; 2567: 1.9")


def test_statements_in_a_table_of_two_columns() -> None:
    table = Table(1, (("วิสัยทัศน์", "“เมืองท่าน่าเดิน”"), ("พันธกิจ", "1. ดูแลท่าเรือ\n2. ดูแลทะเล")))
    document = read("วิสัยทัศน์\t“เมืองท่าน่าเดิน”\nพันธกิจ\n1. ดูแลท่าเรือ\n2. ดูแลทะเล", tables=(table,))
    assert said(document, "vision") == ["เมืองท่าน่าเดิน"]
    assert said(document, "mission") == ["ดูแลท่าเรือ", "ดูแลทะเล"]
