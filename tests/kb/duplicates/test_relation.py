"""Relations of pairs: what planners would call a duplicate, and what only looks like one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UsageError
from kb.duplicates.features import places_incomparable
from kb.duplicates.judgement import pair_evidence
from kb.duplicates.pairs_file import profile_of_row
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import RELATIONS, relation_model
from kb.duplicates.traits import traits_from_json, traits_to_json
from kb.evaluation.duplicates import evaluate, gold_pairs, probabilities

ROAD = "ก่อสร้างถนน คสล. สายบ้านนางหล้า หมู่ที่ 3"
PLACE = "ตำบลสันริมธาร"


def relation(a: ProjectProfile, b: ProjectProfile) -> str:
    return RELATIONS[probabilities([(a, b)], None)[0].argmax()]


@pytest.mark.parametrize(
    ("title", "place", "year", "expected"),
    [
        ("โครงการก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านนางหล้า ม.๓", "ต.สันริมธาร", 2567, "duplicate"),
        ("ก่อสร้างถนน คสล. สายบ้านนางหล้า หมู่ที่ 13", PLACE, 2567, "same_activity_elsewhere"),
        ("ก่อสร้างถนน คสล. สายบ้านนายปัน หมู่ที่ 3", PLACE, 2567, "same_activity_elsewhere"),
        (ROAD, "ตำบลดอยริมธาร", 2567, "same_activity_elsewhere"),
        (ROAD + " ระยะที่ 2", PLACE, 2568, "continuation"),
    ],
)
def test_one_road(title: str, place: str, year: int, expected: str) -> None:
    assert (
        relation(project_profile(ROAD, PLACE, [2567]), project_profile(title, place, [year]))
        == expected
    )


@pytest.mark.parametrize(
    "title", ["จัดงานวันเด็กแห่งชาติ", "ขุดลอกสระน้ำ หมู่ที่ 3", "ฝึกอบรมอาชีพกลุ่มแม่บ้าน", "ฉีดวัคซีนสุนัข"]
)
def test_another_work_at_the_same_place_is_another_work(title: str) -> None:
    assert (
        relation(project_profile(ROAD, PLACE, [2567]), project_profile(title, PLACE, [2567]))
        == "different"
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ก่อสร้างถนน คสล.", f"{ROAD} {PLACE}"),
        ("ก่อสร้างห้องน้ำสาธารณะ", "สร้างห้องน้ำสาธารณะ"),
        ("โครงการอบรมอาชีพจักสาน", "อบรมอาชีพจักสาน หมู่ที่ 4 ตำบลนาคำ"),
    ],
)
def test_an_unknown_place_is_unknown(mine: str, theirs: str) -> None:
    """Nothing is sure of the place where one side tells none: neither here nor elsewhere."""
    pair = (project_profile(mine, None, [2567]), project_profile(theirs, None, [2567]))
    (chances,) = probabilities([pair], None)
    assert places_incomparable(*pair)
    assert chances.max() < 0.75
    assert chances[:3].sum() > 0.9


def test_duplicates_and_steps_of_the_samples_come_out_right(corpora: Path) -> None:
    """What is related and what is different is drawn more narrowly by writers than here."""
    measured = evaluate(corpora / "gold").relations
    assert measured is not None
    assert measured["relations"]["duplicate"]["recall"] >= 0.85
    assert measured["relations"]["continuation"]["recall"] == 1.0
    assert measured["macro_f1"] >= 0.7, measured["misses"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("เงินอุดหนุนด้านการศึกษา (ค่าเดินทาง)", "เงินอุดหนุนด้านการศึกษา (ค่าอาหารเย็น)"),
        ("วัสดุจราจร", "วัสดุดนตรี"),
        ("ครุภัณฑ์โรงงาน", "ครุภัณฑ์ดนตรี"),
    ],
)
def test_heads_of_cost_alone_make_no_duplicate(mine: str, theirs: str) -> None:
    assert (
        relation(project_profile(mine, PLACE, [2567]), project_profile(theirs, PLACE, [2567]))
        != "duplicate"
    )


def test_general_tools_are_measured_on_the_same_pairs(corpora: Path) -> None:
    peers = evaluate(corpora / "gold").peers
    assert peers is not None
    assert {"phaen", "rapidfuzz token set ratio"} <= set(peers)
    best = max(stated["macro_f1"] for name, stated in peers.items() if name != "phaen")
    assert peers["phaen"]["macro_f1"] > best


def test_shared_gold_meets_the_goals(shared: Path) -> None:
    measured = evaluate(shared / "eval" / "duplicates").relations
    assert measured is not None
    assert measured["macro_f1"] >= 0.82, measured["misses"]
    assert measured["relations"]["duplicate"]["precision"] >= 0.95
    assert measured["elsewhere_called_duplicate"] <= 0.02


@pytest.mark.slow
def test_budget_lines_of_other_bodies_and_years_are_no_duplicates(shared: Path) -> None:
    measured = evaluate(shared / "eval" / "budget").never
    assert measured is not None
    assert measured["other_bodies"]["called_duplicate"] <= 0.01
    assert measured["other_years"]["called_duplicate"] <= 0.01


@pytest.mark.parametrize(
    ("mine", "theirs", "bodies", "years", "expected"),
    [
        (
            "ก่อสร้างถนนลาดยาง สายบ้านดอนแก้ว - บ้านวังหิน",
            "ก่อสร้างถนนลาดยาง สายบ้านวังหิน - บ้านดอนแก้ว",
            ("อบต.ดอนแก้ว", "ทต.วังหิน"),
            (2567, 2567),
            "duplicate",
        ),
        (
            "ก่อสร้างถนน คสล. ซอย 3 หมู่ที่ 5",
            "ก่อสร้างถนน คสล. ซอย 9 หมู่ที่ 5",
            ("อบต.ดอนแก้ว", "อบต.ดอนแก้ว"),
            (2567, 2567),
            "same_activity_elsewhere",
        ),
        (
            "ก่อสร้างถนน คสล. สายห้วยทราย หมู่ที่ 2",
            "ก่อสร้างถนน คสล. ซอย 4 หมู่ที่ 2",
            ("อบต.ดอนแก้ว", "อบต.ดอนแก้ว"),
            (2567, 2568),
            "same_activity_elsewhere",
        ),
        (
            "จัดซื้อเครื่องพิมพ์เลเซอร์ กองการศึกษา",
            "จัดซื้อเครื่องพิมพ์เลเซอร์ สำนักปลัด",
            ("ทต.วังหิน", "ทต.วังหิน"),
            (2568, 2568),
            "same_activity_elsewhere",
        ),
        (
            "ก่อสร้างถนน คสล. ข้างวัดดอนแก้ว หมู่ที่ 2",
            "ทำถนนปูนข้างวัดดอนแก้ว ม.2",
            ("อบต.ดอนแก้ว", "อบต.ดอนแก้ว"),
            (2568, 2568),
            "duplicate",
        ),
    ],
)
def test_what_writers_taught(
    mine: str, theirs: str, bodies: tuple[str, str], years: tuple[int, int], expected: str
) -> None:
    sides = [
        profile_of_row({"title": title, "organisation": body, "year": year})
        for title, body, year in zip((mine, theirs), bodies, years, strict=True)
    ]
    assert relation(sides[0], sides[1]) == expected


def test_a_pair_is_judged_alone_as_among_others(corpora: Path) -> None:
    pairs = [(pair.a, pair.b) for pair in gold_pairs(corpora / "gold")][:12]
    together = probabilities(pairs, None)
    alone = [probabilities([pair], None)[0] for pair in pairs]
    assert abs(together - alone).max() < 1e-9


def test_order_does_not_matter(corpora: Path) -> None:
    pairs = [(pair.a, pair.b) for pair in gold_pairs(corpora / "gold")]
    there = probabilities(pairs, None)
    back = probabilities([(b, a) for a, b in pairs], None)
    assert abs(there - back).max() < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_have_chances_that_add_up(a: str, b: str) -> None:
    pair = pair_evidence(project_profile(a), project_profile(b), 0.9)
    for meaning in (False, True):
        row = relation_model(meaning=meaning).probabilities([pair])[0]
        assert abs(row.sum() - 1) < 1e-9
        assert ((row >= 0) & (row <= 1)).all()


def test_traits_survive_being_kept() -> None:
    traits = project_profile(f"{ROAD} กว้าง 4 เมตร ระยะที่ 2 ปี 2567", PLACE).traits
    assert traits_from_json(traits_to_json(traits)) == traits


@pytest.mark.slow
def test_keys_are_the_same_in_every_process() -> None:
    """Keys are kept: what another process works out for a long name must meet them."""
    code = (
        "from kb.duplicates.keys import keys_of; from kb.duplicates.profile import project_profile; "
        f"print(keys_of(project_profile('{ROAD} อบรมเด็ก เยาวชน ผู้นำ สตรี อาชีพ จักสาน ดนตรี กีฬา เกษตร ประมง')).tolist())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(found) == 1


@pytest.mark.parametrize("name", ["pairs.jsonl", "parts.jsonl", "projects_1.jsonl"])
def test_gold_that_is_no_json_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"title": ', "utf-8")
    with pytest.raises(UsageError, match="gold-damaged"):
        evaluate(tmp_path)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gold-not-found"):
        evaluate(tmp_path)
