import json
from pathlib import Path

import pytest

from ingest.extract.identity import identity_of
from ingest.extract.identity.period import published_of
from ingest.extract.identity.plan_kind import revision_of
from ingest.records import Period
from ingest.thai.repair import repair

LOCAL = "องค์การบริหารส่วนตำบลแม่สาย อำเภอแม่สาย จังหวัดเชียงราย\n"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)\n" + LOCAL, 2566, 2570),
        ("แผนพัฒนาท้องถิ่น\n(พ.ศ. 2566 - 2570)\n" + LOCAL, 2566, 2570),
        ("วิสัยทัศน์และพันธกิจ อบต.แม่สาย ประจำปีงบประมาณ พ.ศ.2561-2565", 2561, 2565),
        ("แผนพัฒนาสามปี (พ.ศ. 2559 - 61) เทศบาลเมืองนครปฐม", 2559, 2561),
        # the nation's, the cluster's and the province's years stand beside the plan's own
        (
            "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)\n" + LOCAL + "ยุทธศาสตร์ชาติ ๒๐ ปี (พ.ศ. ๒๕๖๑ – ๒๕๘๐)\n"
            "แผนพัฒนาจังหวัดเชียงราย พ.ศ. 2561 - 2565\nแผนพัฒนาจังหวัดเชียงราย พ.ศ. 2561 - 2565",
            2566,
            2570,
        ),
        (
            "แผนพัฒนาจังหวัดน่าน พ.ศ. 2566-2570\nสอดคล้องกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ "
            "ฉบับที่ 12 (พ.ศ. 2560-2564)",
            2566,
            2570,
        ),
        # yearly plans and budgets
        ("แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n" + LOCAL, 2568, 2568),
        ("ข้อบัญญัติงบประมาณรายจ่ายประจำปี พ.ศ. 2566\n" + LOCAL, 2566, 2566),
        # the head of a table of projects
        (LOCAL + "แบบ ผ.02\nที่ | โครงการ | 2566 | 2567 | 2568 | 2569 | 2570 | ตัวชี้วัด", 2566, 2570),
        # running text that quotes the vision of a plan with its years
        (
            "จังหวัดน่านมีเป้าหมายตามแผนพัฒนาจังหวัดน่าน พ.ศ. 2566-2570 คือ “เมืองแห่งความสุข” "
            "และมีประเด็นการพัฒนา 4 ประเด็น",
            2566,
            2570,
        ),
    ],
)
def test_the_plans_own_years(text: str, start: int, end: int) -> None:
    assert identity_of(text).period == Period(start, end)


@pytest.mark.parametrize(
    "text",
    [
        # a menu, minutes, years inside statements, laws
        "เมนู\n - แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)\n - แผนการดำเนินงาน\n - ข้อบัญญัติงบประมาณรายจ่าย",
        "ระเบียบวาระที่ 4\n4.2 พิจารณาร่างแผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) เปลี่ยนแปลง ครั้งที่ 2",
        "วิสัยทัศน์\n“เมืองน่าอยู่ ภายในปี พ.ศ. 2570”\nพันธกิจ\n1. ลดความยากจน",
        "ประชุมสภา สมัยสามัญ สมัยที่ 3 ประจำปี พ.ศ. 2567",
        "ปรับปรุงล่าสุด 26 ส.ค. 2566\nวิสัยทัศน์\nเมืองน่าอยู่",
        "",
    ],
)
def test_years_that_are_mentions_only(text: str) -> None:
    assert identity_of(text).period is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("วิสัยทัศน์\nอัพเดทเมื่อ 15/07/2565 | อ่าน 730 ครั้ง", "2022-07-15"),
        ("ปรับปรุงล่าสุด 26 ส.ค. 2023 12:53:47 2,804\nวิสัยทัศน์", "2023-08-26"),
        ("ประกาศ\nเรื่อง แผน\nประกาศ ณ วันที่ ๑๕ พฤษภาคม พ.ศ. ๒๕๖๗", "2024-05-15"),
        ("หัวข้อ\n19 สิงหาคม 2565\nเนื้อความ", "2022-08-19"),
        ("แผนพัฒนาท้องถิ่น ผ่านความเห็นชอบเมื่อวันที่ 15 ตุลาคม 2564 แล้ว", None),
        ("วิสัยทัศน์ ภายในปี 2570", None),
    ],
)
def test_the_day_a_page_bears(text: str, day: str | None) -> None:
    assert published_of(text) == day


@pytest.mark.parametrize(
    ("text", "kinds", "number", "year"),
    [
        ("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570) เพิ่มเติม ครั้งที่ 3/2567", ("เพิ่มเติม",), 3, 2567),
        ("แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖-๒๕๗๐)\nแก้ไข ครั้งที่ ๑/๒๕๖๖", ("แก้ไข",), 1, 2566),
        (
            "แผนพัฒนาสามปี (พ.ศ. 2559-2561) แก้ไขเพิ่มเติมและเปลี่ยนแปลง (ฉบับที่ 3)",
            ("แก้ไข", "เพิ่มเติม", "เปลี่ยนแปลง"),
            3,
            None,
        ),
        ("แผนพัฒนาจังหวัดเลย (พ.ศ. 2566–2570) ฉบับทบทวน ประจำปี 2568", ("ทบทวน",), None, 2568),
    ],
)
def test_revisions(text: str, kinds: tuple[str, ...], number: int | None, year: int | None) -> None:
    found = revision_of(text)
    assert found is not None
    assert (found.kinds, found.number, found.year) == (kinds, number, year)


@pytest.mark.parametrize(
    "text",
    [
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)",
        "เมนู\n- แผนพัฒนาท้องถิ่น เพิ่มเติม ครั้งที่ 3/2567",
        "ระเบียบกระทรวงมหาดไทยว่าด้วยการจัดทำแผนพัฒนา แก้ไขเพิ่มเติม (ฉบับที่ 3) พ.ศ. 2561",
        "พันธกิจ\n1. แก้ไขปัญหายาเสพติด",
    ],
)
def test_no_revision(text: str) -> None:
    assert revision_of(text) is None


def test_gold_pages(shared: Path) -> None:
    folder = shared / "eval" / "pages"
    right = total = 0
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        found = identity_of(repair((folder / page["file"]).read_text(encoding="utf-8"))).period
        right += (found.to_list() if found else None) == page["period"]
        total += 1
    assert right >= 0.95 * total
