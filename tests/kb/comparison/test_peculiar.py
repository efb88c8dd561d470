"""What is peculiar, shared, new and drifting, as a reader of the comparison sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.records import Organisation, Period
from kb import KnowledgeBase
from kb.comparison import compare, likeness
from kb.comparison.things import things
from tests.kb.samples import HILLTOWN, RIVERSIDE, RIVERSIDE_PAO, document

OLD, NEW = Period(2561, 2565), Period(2566, 2570)
PHATTHALUNG = Organisation("จังหวัดพัทลุง", "province", "พัทลุง")
RONGKWANG = Organisation("เทศบาลตำบลร้องกวาง", "municipality", "แพร่")


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as made:
        yield made


def vision(kb: KnowledgeBase, body: Organisation, text: str, period: Period | None = NEW) -> None:
    kb.add(document(f"{body.name}{period}.txt", ("vision", text), body=body, period=period))


def peculiar(kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    return {body.plan.organisation.name: body.peculiar for body in compare(kb).bodies}


def test_a_thing_that_no_other_body_names_is_peculiar(kb: KnowledgeBase) -> None:
    vision(kb, PHATTHALUNG, "พัทลุงเมืองเกษตรอินทรีย์ วัฒนธรรมโนรา")
    vision(kb, RONGKWANG, "ร้องกวางน่าอยู่ เกษตรอินทรีย์ มีวัฒนธรรม")
    found = peculiar(kb)
    assert found[PHATTHALUNG.name] == ("วัฒนธรรมโนรา",)
    assert "เกษตรอินทรีย์" not in found[RONGKWANG.name]


def test_what_two_bodies_name_is_no_longer_peculiar(kb: KnowledgeBase) -> None:
    vision(kb, PHATTHALUNG, "วัฒนธรรมโนรา")
    vision(kb, RONGKWANG, "สืบสานโนรา")
    assert not any(peculiar(kb).values())


def test_the_name_of_the_body_inside_a_phrase_makes_nothing_peculiar(kb: KnowledgeBase) -> None:
    vision(kb, PHATTHALUNG, "คนพัทลุงมีความสุข")
    vision(kb, RONGKWANG, "คนร้องกวางมีความสุข")
    assert not any(peculiar(kb).values())


def test_things_are_festivals_crafts_and_rare_words_not_qualities() -> None:
    assert things("ศูนย์กลางบุญผะเหวด") == {"บุญผะเหวด"}
    assert things("เมืองไม้สักและผ้าหม้อห้อม") >= {"หม้อห้อม"}
    assert not things("เกษตรปลอดภัยยั่งยืน")
    assert not things("ยกระดับคุณภาพชีวิตประชาชน")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("เกษตรปลอดภัย", "ปลอดภัย"),
        ("เกษตรปลอดภัย", "ถนนปลอดภัย"),
        ("เกษตรยั่งยืน", "สิ่งแวดล้อมยั่งยืน"),
        ("คนคุณภาพ", "ผลไม้คุณภาพ"),
        ("เศรษฐกิจก้าวหน้า", "การศึกษาก้าวหน้า"),
        ("พลังงานสะอาด", "บ้านเมืองสะอาด"),
    ],
)
def test_an_adjective_alone_makes_no_likeness(one: str, other: str) -> None:
    assert likeness([one, other])[0, 1] < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("เมืองสะอาด", "บ้านเมืองสะอาด"),
        ("ท่องเที่ยวเชิงอนุรักษ์", "ท่องเที่ยวเชิงนิเวศ"),
        ("คมนาคมสะดวก", "การคมนาคมสะดวกรวดเร็ว"),
        ("ชุมชนเข้มแข็ง", "เสริมสร้างความเข้มแข็งของชุมชน"),
    ],
)
def test_other_words_for_the_same_are_alike(one: str, other: str) -> None:
    assert likeness([one, other])[0, 1] >= 0.5


def test_a_theme_in_other_words_is_not_new(kb: KnowledgeBase) -> None:
    vision(kb, PHATTHALUNG, "พัทลุงเมืองเกษตรยั่งยืน ท่องเที่ยวเชิงอนุรักษ์", OLD)
    vision(kb, PHATTHALUNG, "พัทลุงเมืองเกษตรยั่งยืน ท่องเที่ยวเชิงนิเวศ พลังงานสะอาด", NEW)
    (step,) = compare(kb, over_time=True).to_dict()["changes"]
    assert step["themes_new"] == ["energy"]
    assert step["themes_dropped"] == []


def test_a_theme_that_comes_with_a_rewording_beside_the_old_one_is_new(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "ท่องเที่ยวก้าวหน้า", OLD)
    vision(kb, RIVERSIDE, "ท่องเที่ยวก้าวหน้าและการกีฬา", NEW)
    (step,) = compare(kb, over_time=True).to_dict()["changes"]
    assert step["themes_new"] == ["sport"]


def test_drift_counts_the_bodies_that_have_both_plans_once(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "ท่องเที่ยวยั่งยืน", Period(2557, 2560))
    vision(kb, RIVERSIDE, "ท่องเที่ยวก้าวหน้า", OLD)
    vision(kb, RIVERSIDE, "กีฬาเด่น", NEW)
    vision(kb, RIVERSIDE_PAO, "ท่องเที่ยวชุมชน", OLD)
    vision(kb, HILLTOWN, "กีฬาก้าวไกล", NEW)
    drift = {row["theme"]: row for row in compare(kb, over_time=True).to_dict()["drift"]}
    assert {row["organisations"] for row in drift.values()} == {1}
    assert (drift["tourism"]["before"], drift["tourism"]["after"]) == (1, 0)
    assert (drift["sport"]["before"], drift["sport"]["after"]) == (0, 1)


def test_a_yearly_plan_is_no_newer_vision(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เมืองเกษตรปลอดภัย", OLD)
    vision(kb, RIVERSIDE, "เมืองเกษตรอินทรีย์", NEW)
    vision(kb, RIVERSIDE, "จังหวัดนำร่องกีฬา", Period(2568, 2568))
    stated = compare(kb, over_time=True).to_dict()
    (body,) = stated["organisations"]
    assert body["period"] == [2566, 2570]
    assert [other["period"] for other in body["others"]] == [[2568, 2568], [2561, 2565]]
    assert [(step["from"], step["to"]) for step in stated["changes"]] == [
        ([2561, 2565], [2566, 2570])
    ]
    assert [period["period"] for period in stated["periods"]] == [[2561, 2565], [2566, 2570]]


def test_a_yearly_plan_counts_where_a_body_has_no_other(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เมืองเกษตรปลอดภัย", Period(2567, 2567))
    vision(kb, RIVERSIDE, "เมืองเกษตรอินทรีย์", Period(2568, 2568))
    (body,) = compare(kb).bodies
    assert body.plan.period == Period(2568, 2568)


def test_a_place_name_gives_no_theme(kb: KnowledgeBase) -> None:
    body = Organisation("องค์การบริหารส่วนตำบลหัวฝาย", "sao", "แพร่")
    vision(kb, body, "หัวฝายตำบลกีฬา")
    (found,) = compare(kb).bodies
    assert set(found.themes) == {"sport"}
