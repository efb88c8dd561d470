from pathlib import Path

import pytest

from ingest.extract.identity import identity_of
from ingest.layout.lines import front_text
from ingest.records import Page
from ingest.thai.repair import repair


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("แผนพัฒนาจังหวัดเลย (พ.ศ. 2566 – 2570)\nเป้าหมายการพัฒนาจังหวัด", "province_plan"),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2567 ของจังหวัดน่าน", "province_annual_plan"),
        ("แผนพัฒนากลุ่มจังหวัดภาคกลางตอนบน พ.ศ. 2566-2570", "province_group_plan"),
        ("แผนพัฒนาอำเภอแม่สาย (พ.ศ. 2566-2570)", "district_plan"),
        ("แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)\nองค์การบริหารส่วนตำบลแม่สาย", "local_plan"),
        ("แผนพัฒนาสามปี (พ.ศ. ๒๕๕๙ - ๒๕๖๑)\nเทศบาลเมืองนครปฐม", "local_plan"),
        ("แผนยุทธศาสตร์การพัฒนาเทศบาลนครเชียงใหม่ (พ.ศ. 2561 – 2564)", "local_strategy"),
        ("แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\nเทศบาลตำบลแม่จัน", "operation_plan"),
        ("เทศบัญญัติงบประมาณรายจ่าย ประจำปี พ.ศ. 2567\nเทศบาลตำบลแม่จัน", "budget"),
        ("แผนพัฒนาหมู่บ้าน บ้านโนนงาม หมู่ที่ 6", "village_plan"),
        ("แผนปฏิบัติราชการ 5 ปี (พ.ศ. 2566 - 2570)\nกระทรวงมหาดไทย", "government_action_plan"),
        ("ยุทธศาสตร์ชาติ (พ.ศ. 2561 - 2580)", "national_strategy"),
        ("แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 (พ.ศ. 2566 - 2570)", "national_plan"),
        # a page of statements with years of its own is the plan its body makes
        ("วิสัยทัศน์และพันธกิจ เทศบาลเมืองป่าตอง ประจำปี พ.ศ. 2561 - 2565", "local_plan"),
        ("วิสัยทัศน์\nเมืองน่าอยู่\nพันธกิจ\n1. ถนน", "other"),
        ("", "other"),
        # a strategy of another level, quoted on the way to the body's own
        ("ยุทธศาสตร์การพัฒนาจังหวัดน่าน\nวิสัยทัศน์องค์การบริหารส่วนตำบลบ่อ", "other"),
    ],
)
def test_kinds_of_plans(text: str, kind: str) -> None:
    assert identity_of(text).plan_kind == kind


NEWS = (
    "จ.น่านจัดประชุมทบทวนแผนพัฒนาจังหวัดน่าน 5 ปี (พ.ศ. 2566 – 2570)\n"
    "วันนี้ (9 ก.พ. 66) ผู้ว่าราชการจังหวัดน่านเป็นประธานการประชุมเพื่อทบทวนแผนพัฒนาจังหวัดน่าน "
    "(พ.ศ. 2566 – 2570) และกล่าวว่า ทุกฝ่ายต้องร่วมมือกัน"
)


def test_news_about_a_plan_is_no_plan_and_has_no_years() -> None:
    found = identity_of(NEWS)
    assert (found.plan_kind, found.period, found.published, found.revision) == (
        "news",
        None,
        "2023-02-09",
        None,
    )


def test_a_date_in_the_corner_gives_way_to_the_dateline() -> None:
    assert identity_of("3 ธันวาคม 2566\n\n" + NEWS).published == "2023-02-09"


@pytest.mark.parametrize(
    ("seed", "kind", "published"),
    [
        ("000", "news", "2018-10-01"),
        ("002", "news", "2018-08-09"),
        ("004", "news", "2022-05-19"),
        ("001", "other", None),
        ("003", "other", None),
    ],
)
def test_the_founding_documents(shared: Path, seed: str, kind: str, published: str | None) -> None:
    text = next((shared / "seeds").glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
    found = identity_of(repair(text))
    assert (found.plan_kind, found.published, found.period) == (kind, published, None)


def test_running_headers_tell_whose_plan_it_is() -> None:
    running = ("แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)", "เทศบาลตำบลหนองน้ำใส อำเภอบ้านหมี่ จังหวัดลพบุรี")
    page = Page(1, "ส่วนที่ ๒ ยุทธศาสตร์\nวิสัยทัศน์\nเมืองน่าอยู่", furniture=running)
    found = identity_of(front_text((page, page)))
    assert found.organisation is not None
    assert (found.organisation.name, found.organisation.district) == ("เทศบาลตำบลหนองน้ำใส", "บ้านหมี่")
    assert found.plan_kind == "local_plan"
    assert found.period is not None
    assert found.period.to_list() == [2566, 2570]


def test_menus_tell_nothing() -> None:
    menu = ("หน้าหลัก | แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) | อบต.แม่สาย",)
    found = identity_of(front_text((Page(1, "วิสัยทัศน์\nเมืองน่าอยู่", furniture=menu),)))
    assert (found.organisation, found.period) == (None, None)


@pytest.mark.parametrize(
    ("text", "name", "subdistrict", "province"),
    [
        (
            "แผนพัฒนาหมู่บ้าน\nบ้านหนองไผ่ หมู่ที่ ๓\nตำบลทุ่งช้าง อำเภอทุ่งช้าง จังหวัดน่าน\nพ.ศ. 2566 - 2570",
            "บ้านหนองไผ่ หมู่ที่ 3",
            "ทุ่งช้าง",
            "น่าน",
        ),
        ("แผนชุมชนบ้านดอนแก้ว หมู่ 5 ต.สบตุ๋ย อ.เมือง จ.ลำปาง", "บ้านดอนแก้ว หมู่ที่ 5", "สบตุ๋ย", "ลำปาง"),
    ],
)
def test_plan_of_a_village_is_its_own(
    text: str, name: str, subdistrict: str, province: str
) -> None:
    identity = identity_of(text)
    assert identity.plan_kind == "village_plan"
    assert identity.organisation is not None
    assert identity.organisation.name == name
    assert identity.organisation.subdistrict == subdistrict
    assert identity.organisation.province == province
