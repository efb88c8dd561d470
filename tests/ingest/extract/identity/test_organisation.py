import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from ingest.extract.identity.organisation import organisation_of, organisations_in
from ingest.thai.repair import repair
from tests.ingest.thai.strategies import damaged


def _name(text: str, title: str | None = None) -> tuple[str, str] | None:
    body = organisation_of(text, title)
    return (body.name, body.kind) if body else None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("จังหวัดแพร่\nวิสัยทัศน์\nเมืองน่าอยู่", "จังหวัดแพร่", "province"),
        ("วิสัยทัศน์ จ.น่าน\nเมืองสงบ", "จังหวัดน่าน", "province"),
        ("วิสัยทัศน์การพัฒนา อบจ.โคราช\nก้าวหน้า", "องค์การบริหารส่วนจังหวัดนครราชสีมา", "pao"),
        ("อบต. สำโรง อ.เมือง จ.อุบลราชธานี\nพันธกิจ", "องค์การบริหารส่วนตำบลสำโรง", "sao"),
        ("ทน.หาดใหญ่\nวิสัยทัศน์", "เทศบาลนครหาดใหญ่", "municipality"),
        ("ทม.ป่าตอง จ.ภูเก็ต\nพันธกิจ", "เทศบาลเมืองป่าตอง", "municipality"),
        ("เว็บไซต์ทต.เชิงทะเล\nทต.เชิงทะเล อ.ถลาง", "เทศบาลตำบลเชิงทะเล", "municipality"),
        ("แผนพัฒนาอำเภอแม่สาย จังหวัดเชียงราย (พ.ศ. 2566-2570)", "อำเภอแม่สาย", "district"),
        (
            "แผนพัฒนากลุ่มจังหวัดภาคเหนือตอนล่าง ๑\nจังหวัดตาก พิษณุโลก สุโขทัย",
            "กลุ่มจังหวัดภาคเหนือตอนล่าง 1",
            "province_group",
        ),
        ("แผนพัฒนากรุงเทพมหานคร\nมหานครน่าอยู่", "กรุงเทพมหานคร", "bangkok"),
        ("วิสัยทัศน์เมืองพัทยา\nเมืองท่องเที่ยว", "เมืองพัทยา", "pattaya"),
        ("แผนปฏิบัติราชการ\nกระทรวงมหาดไทย", "กระทรวงมหาดไทย", "ministry"),
        ("สำนักงานพัฒนาชุมชนจังหวัดลพบุรี\nพันธกิจ", "สำนักงานพัฒนาชุมชนจังหวัดลพบุรี", "office"),
        ("กรมที่ดิน\nวิสัยทัศน์ของกรมที่ดิน", "กรมที่ดิน", "other"),
    ],
)
def test_bodies_of_every_kind(text: str, name: str, kind: str) -> None:
    assert _name(text) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a name the gazetteer lacks, with and without a blank behind it
        ("องค์การบริหารส่วนตำบลโนนตะเคียนคู่\nวิสัยทัศน์", "องค์การบริหารส่วนตำบลโนนตะเคียนคู่"),
        ("องค์การบริหารส่วนตำบลโนนตะเคียนคู่ได้กำหนดวิสัยทัศน์", "องค์การบริหารส่วนตำบลโนนตะเคียนคู่"),
        ("แผนพัฒนาจังหวัดมณีธารา (พ.ศ. 2566 - 2570)", "จังหวัดมณีธารา"),
        # longer than a name of the gazetteer (หนองปลิง, หนองบัวระเหว)
        ("เทศบาลตำบลหนองปลิงแก้ว\nพันธกิจ", "เทศบาลตำบลหนองปลิงแก้ว"),
        ("เทศบาลตำบลหนองบัวระเหว่า\nพันธกิจ", "เทศบาลตำบลหนองบัวระเหว่า"),
        # that ends in a verb, or begins like a sort of place
        ("อบต.ทุ่งพัฒนา ประกาศ", "องค์การบริหารส่วนตำบลทุ่งพัฒนา"),
        ("องค์การบริหารส่วนตำบลบางแก้วศรี\nพันธกิจ", "องค์การบริหารส่วนตำบลบางแก้วศรี"),
        # whose domain looks like another kind
        ("องค์การบริหารส่วนตำบลเป้า ได้กำหนดวิสัยทัศน์\nwww.pao.go.th", "องค์การบริหารส่วนตำบลเป้า"),
        # over a line end
        ("แผนพัฒนาท้องถิ่นขององค์การบริหารส่วนตำบล\nแม่สาย", "องค์การบริหารส่วนตำบลแม่สาย"),
    ],
)
def test_names(text: str, name: str) -> None:
    body = organisation_of(text)
    assert body is not None
    assert body.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ตราสัญลักษณ์ประจำองค์การบริหารส่วนตำบล",
        "ประชุมสภาองค์การบริหารส่วนตำบล สมัยสามัญ สมัยที่ 3",
        "จังหวัดชายแดนภาคใต้ จังหวัดอื่น ๆ จังหวัดที่เกี่ยวข้อง และทุกจังหวัดทั่วประเทศ",
        "นายกเทศมนตรีเป็นประธาน โดยมีปลัดเทศบาลและหัวหน้าส่วนราชการเข้าร่วม",
        "31 ต.ค. 2566 ราคา 5 จ. 3",
    ],
)
def test_words_for_sorts_of_bodies_name_none(text: str) -> None:
    assert organisation_of(text) is None
    assert organisations_in(text) == []


def test_a_pao_is_not_its_province() -> None:
    text = (
        "องค์การบริหารส่วนจังหวัดระยอง\nวิสัยทัศน์\nพัฒนาจังหวัดระยองให้น่าอยู่\n"
        "พันธกิจ\n1. บริการประชาชนในจังหวัดระยอง\n2. ดูแลถนนในจังหวัดระยอง"
    )
    assert _name(text) == ("องค์การบริหารส่วนจังหวัดระยอง", "pao")
    kinds = {mention.organisation.kind for mention in organisations_in(text)}
    assert kinds == {"pao", "province"}


def test_a_local_plan_that_quotes_its_province_is_the_local_bodys() -> None:
    text = (
        "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)\nของ\nเทศบาลตำบลหนองน้ำใส\nอำเภอบ้านหมี่ จังหวัดลพบุรี\n\n"
        "ยุทธศาสตร์จังหวัดลพบุรี\nวิสัยทัศน์จังหวัดลพบุรี\nแผนพัฒนาจังหวัดลพบุรี พ.ศ. 2566 - 2570"
    )
    body = organisation_of(text)
    assert body is not None
    assert body.to_dict() == {
        "name": "เทศบาลตำบลหนองน้ำใส",
        "kind": "municipality",
        "province": "ลพบุรี",
        "district": "บ้านหมี่",
        "subdistrict": None,
    }


def test_the_title_tells_whose_a_bare_page_is() -> None:
    page = "วิสัยทัศน์\nตำบลน่าอยู่\nพันธกิจ\n1. ถนน"
    assert organisation_of(page) is None
    assert _name(page, "อบต.หนองโสน | วิสัยทัศน์") == ("องค์การบริหารส่วนตำบลหนองโสน", "sao")


def test_places_come_from_the_address_or_a_unique_name() -> None:
    addressed = organisation_of(
        "ที่ทำการองค์การบริหารส่วนตำบลบ้านแดง หมู่ 3 ตำบลบ้านแดง อำเภอพิบูลย์รักษ์ จังหวัดอุดรธานี"
    )
    unique = organisation_of("เทศบาลนครหาดใหญ่\nวิสัยทัศน์")
    open_ = organisation_of("องค์การบริหารส่วนตำบลท่าช้าง\nวิสัยทัศน์")
    assert addressed is not None
    assert (addressed.province, addressed.district) == ("อุดรธานี", "พิบูลย์รักษ์")
    assert unique is not None
    assert (unique.province, unique.district) == ("สงขลา", "หาดใหญ่")
    assert open_ is not None
    assert open_.province is None


def test_a_visit_elsewhere_is_no_address() -> None:
    body = organisation_of("อบต.ท่าช้าง\nวิสัยทัศน์\nตำบลน่าอยู่\nศึกษาดูงาน ณ จังหวัดระยอง")
    assert body is not None
    assert (body.name, body.province) == ("องค์การบริหารส่วนตำบลท่าช้าง", None)


def test_news_is_the_provinces_it_reports_from() -> None:
    text = (
        "วันนี้ (9 ก.พ. 66) ที่ศาลากลางจังหวัดน่าน ผู้ว่าราชการจังหวัดน่าน เป็นประธานประชุม "
        "โดยมีนายกองค์การบริหารส่วนจังหวัดน่าน นายอำเภอ และผู้แทนกระทรวงมหาดไทยเข้าร่วม"
    )
    assert _name(text) == ("จังหวัดน่าน", "province")


def test_a_quoted_ministry_is_not_the_owner() -> None:
    text = (
        "วิสัยทัศน์ของจังหวัดตราด “เมืองเกษตรคุณภาพ” สอดคล้องกับวิสัยทัศน์ของกระทรวงมหาดไทย “ประชาชนมีคุณภาพชีวิตที่ดี”"
    )
    assert _name(text) == ("จังหวัดตราด", "province")


def test_a_list_of_works_belongs_to_the_province_of_their_addresses() -> None:
    text = (
        "ก่อสร้างสะพาน ตำบลแม่สาย อำเภอแม่สาย จังหวัดเชียงราย\n"
        "ขุดลอกหนองน้ำ ตำบลเวียง อำเภอเชียงของ จังหวัดเชียงราย"
    )
    assert _name(text) == ("จังหวัดเชียงราย", "province")


def test_mentions_stand_where_they_say() -> None:
    text = "อบจ.แพร่ ร่วมกับ เทศบาลเมืองแพร่ และจังหวัดแพร่"
    assert [text[m.start : m.end] for m in organisations_in(text)] == [
        "อบจ.แพร่",
        "เทศบาลเมืองแพร่",
        "จังหวัดแพร่",
    ]
    assert organisations_in(text)[0].organisation.name == "องค์การบริหารส่วนจังหวัดแพร่"


@given(damaged)
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    mentions = organisations_in(text + " อบต." + text + " จังหวัด" + text)
    assert all(mention.start < mention.end for mention in mentions)
    organisation_of(text, text[:40])


@pytest.mark.parametrize(
    ("seed", "name", "kind"),
    [
        ("000", "จังหวัดพิษณุโลก", "province"),
        ("001", "จังหวัดพิษณุโลก", "province"),
        ("002", "จังหวัดแพร่", "province"),
        ("003", "องค์การบริหารส่วนจังหวัดพิษณุโลก", "pao"),
        ("004", "จังหวัดจันทบุรี", "province"),
    ],
)
def test_the_founding_documents(shared: Path, seed: str, name: str, kind: str) -> None:
    text = next((shared / "seeds").glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
    assert _name(repair(text)) == (name, kind)


def test_gold_pages(shared: Path) -> None:
    folder = shared / "eval" / "pages"
    right = places = 0
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    bodies = [page for page in gold if page.get("org_in_text")]
    located = [page for page in gold if page.get("province_in_text")]
    for page in bodies:
        text = repair((folder / page["file"]).read_text(encoding="utf-8"))
        right += _name(text) == (page["org"], page["org_type"])
    for page in located:
        body = organisation_of(repair((folder / page["file"]).read_text(encoding="utf-8")))
        places += body is not None and body.province == page["province"]
    assert right >= 0.97 * len(bodies)
    assert places >= 0.97 * len(located)
