import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UsageError
from ingest.records import Organisation, Period
from kb import Filters, KnowledgeBase
from kb.comparison import changes, compare, likeness, phrases
from kb.comparison.comparer import MOST
from kb.comparison.grouping import groups, linked, positions
from tests.kb.samples import HILLTOWN, RIVERSIDE, RIVERSIDE_PAO, document

OLD, NEW = Period(2561, 2565), Period(2566, 2570)


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as made:
        yield made


def vision(kb: KnowledgeBase, body: Organisation, text: str, period: Period | None = NEW) -> None:
    kb.add(document(f"{body.name}{period}.txt", ("vision", text), body=body, period=period))


def test_a_vision_is_cut_into_its_phrases() -> None:
    text = "“เมืองน่าอยู่ ท่องเที่ยว 4 ฤดู\nและสังคมเป็นสุข”"
    assert phrases(text) == ("เมืองน่าอยู่", "ท่องเที่ยว 4 ฤดู", "สังคมเป็นสุข")
    assert phrases("อบจ.แพร่ คนมีสุข", "องค์การบริหารส่วนจังหวัดแพร่") == ("คนมีสุข",)


@given(st.text(alphabet="กขคงเมืองน่า ๆ\n,“”•12", max_size=80))
def test_no_phrase_is_empty_or_doubled(text: str) -> None:
    found = phrases(text)
    assert all(phrase.strip() for phrase in found)
    assert len(set(found)) == len(found)


def test_closeness_shared_and_peculiar(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เกษตรปลอดภัย ท่องเที่ยวเชิงวัฒนธรรม เมืองสะอาด")
    vision(kb, RIVERSIDE_PAO, "เกษตรปลอดภัย ท่องเที่ยวเชิงวัฒนธรรม กีฬาเด่น")
    vision(kb, HILLTOWN, "พลังงานแสงอาทิตย์ รถไฟความเร็วสูง")
    found = compare(kb)
    by_pair = {(pair.a, pair.b): pair for pair in found.pairs}
    names = [body.plan.organisation.name for body in found.bodies]
    province, pao, town = (names.index(b.name) for b in (RIVERSIDE, RIVERSIDE_PAO, HILLTOWN))
    near = by_pair[min(province, pao), max(province, pao)]
    assert {phrase.a for phrase in near.shared} >= {"เกษตรปลอดภัย", "ท่องเที่ยวเชิงวัฒนธรรม"}
    assert found.nearest(province)[0][0] == pao
    assert found.nearest(province, far=True)[0][0] == town
    assert found.bodies[pao].peculiar == ("กีฬาเด่น",)
    assert found.bodies[province].group == found.bodies[pao].group != found.bodies[town].group


def test_the_newest_plan_counts_and_old_ones_show_what_changed(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เมืองเกษตรปลอดภัย ป่าสมบูรณ์ ค้าชายแดนรุ่งเรือง", OLD)
    vision(kb, RIVERSIDE, "เมืองเกษตรปลอดภัยมูลค่าสูง ป่าสมบูรณ์ ผู้สูงวัยเป็นสุข", NEW)
    found = compare(kb, over_time=True)
    (body,) = found.bodies
    assert body.plan.period == NEW
    (step,) = found.steps
    stated = {(one.change, one.old, one.new) for one in step.changes}
    assert stated == {
        ("reworded", "เมืองเกษตรปลอดภัย", "เมืองเกษตรปลอดภัยมูลค่าสูง"),
        ("kept", "ป่าสมบูรณ์", "ป่าสมบูรณ์"),
        ("dropped", "ค้าชายแดนรุ่งเรือง", None),
        ("new", None, "ผู้สูงวัยเป็นสุข"),
    }
    written = found.to_dict()
    assert written["changes"][0]["themes_new"] == ["elderly", "welfare"]
    assert {row["theme"]: (row["before"], row["after"]) for row in written["drift"]}["trade"] == (
        1,
        0,
    )


def test_one_body_alone_and_one_without_a_vision(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เกษตรปลอดภัย")
    kb.add(document("m.txt", ("mission", "ดูแลถนน"), body=HILLTOWN))
    written = compare(kb, ["จังหวัดริมธาร", HILLTOWN.name]).to_dict()
    assert written["without"] == [HILLTOWN.name]
    assert written["pairs"] == []
    assert len(written["organisations"]) == 1


def test_a_goal_that_stands_for_the_vision_is_compared(kb: KnowledgeBase) -> None:
    plan = document("g.txt", ("goal", "เมืองท่องเที่ยวสีเขียว"), ("goal", "รายได้เพิ่ม"))
    stands = replace(plan.statements[0], alternatives=("vision",))
    kb.add(replace(plan, statements=(stands, plan.statements[1])))
    (body,) = compare(kb).bodies
    assert [said.text for said in body.plan.statements] == ["เมืองท่องเที่ยวสีเขียว"]


def test_what_cannot_be_compared_is_told(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เกษตรปลอดภัย")
    with pytest.raises(UsageError, match="organisation-not-found"):
        compare(kb, ["จังหวัดไม่มีจริง"])
    with pytest.raises(UsageError, match="nothing-to-compare"):
        compare(kb, filters=Filters(kinds=("value",)))


def test_the_changes_of_the_sample_documents_are_told(corpora: Path) -> None:
    rows = [
        json.loads(line)
        for line in (corpora / "gold" / "vision_changes.jsonl").read_text("utf-8").splitlines()
    ]
    right = 0
    for body in {row["organisation"] for row in rows}:
        own = [row for row in rows if row["organisation"] == body]
        old = [row["old"] for row in own if row["old"]]
        new = [row["new"] for row in own if row["new"]]
        alike = likeness([*old, *new])[: len(old), len(old) :]
        stated = {(one.change, one.old, one.new) for one in changes(old, new, alike)}
        right += len(stated & {(row["change"], row["old"], row["new"]) for row in own})
    assert right >= 0.9 * len(rows)


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_groups_part_all_bodies_and_the_map_holds_them(count: int, seed: int) -> None:
    draw = np.random.default_rng(seed).random((count, count))
    close = (draw + draw.T) / 2
    np.fill_diagonal(close, 1)
    found = groups(close, 0.5)
    assert sorted(at for members in found for at in members) == list(range(count))
    placed = positions(close)
    assert placed.shape == (count, 2)
    assert np.abs(placed).max() <= 1
    assert np.array_equal(placed, positions(close))


def test_an_undated_page_that_disagrees_is_shown_beside_the_plan(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เมืองน่าอยู่ เกษตรปลอดภัย")
    vision(kb, RIVERSIDE, "เมืองแห่งสายน้ำ การค้ารุ่งเรือง", None)
    vision(kb, HILLTOWN, "เมืองสะอาด")
    vision(kb, HILLTOWN, "เมือง สะอาด", None)
    stated = {one["organisation"]["name"]: one for one in compare(kb).to_dict()["organisations"]}
    (other,) = stated[RIVERSIDE.name]["others"]
    assert other["period"] is None
    assert [said["text"] for said in other["statements"]] == ["เมืองแห่งสายน้ำ การค้ารุ่งเรือง"]
    assert stated[HILLTOWN.name]["others"] == []


def test_bodies_of_different_periods_are_compared_and_themes_told_by_period(
    kb: KnowledgeBase,
) -> None:
    vision(kb, RIVERSIDE, "ท่องเที่ยวยั่งยืน", Period(2561, 2565))
    vision(kb, RIVERSIDE, "เกษตรปลอดภัย", NEW)
    vision(kb, HILLTOWN, "ท่องเที่ยวชุมชน", Period(2561, 2565))
    stated = compare(kb, over_time=True).to_dict()
    assert [one["period"] for one in stated["organisations"]] == [[2566, 2570], [2561, 2565]]
    old, new = stated["periods"]
    assert (old["organisations"], new["organisations"]) == (2, 1)
    share = {row["theme"]: row["share"] for row in old["themes"]}
    assert share["tourism"] == 1.0
    assert {row["theme"]: row["share"] for row in new["themes"]}["tourism"] == 0.0


def test_bodies_are_chosen_by_area(kb: KnowledgeBase) -> None:
    for name, province in (("แพร่", "แพร่"), ("ตาก", "ตาก"), ("สงขลา", "สงขลา")):
        vision(kb, Organisation(f"จังหวัด{name}", "province", province), "เมืองน่าอยู่")
    names = [one.plan.organisation.name for one in compare(kb, areas=["ภาคเหนือตอนบน 2"]).bodies]
    assert names == ["จังหวัดแพร่"]
    assert len(compare(kb, areas=["ภาคเหนือ", "ภาคใต้"]).bodies) == 3
    with pytest.raises(UsageError, match="nothing-to-compare"):
        compare(kb, areas=["ภาคตะวันออก"])


@pytest.mark.slow
def test_two_hundred_bodies_are_compared_with_progress(kb: KnowledgeBase) -> None:
    words = "เกษตรปลอดภัย เมืองน่าอยู่ ท่องเที่ยวยั่งยืน น้ำทั่วถึง ป่าสมบูรณ์ สังคมเป็นสุข ค้าชายแดน".split()
    texts = [" ".join(words[(at * step) % 7] for step in (1, 2, 3)) for at in range(200)]
    plan = document("all.txt", *(("vision", text) for text in texts))
    whose = [Organisation(f"องค์การบริหารส่วนตำบลที่{at}", "sao", "แพร่") for at in range(200)]
    said = (replace(s, organisation=b) for s, b in zip(plan.statements, whose, strict=True))
    kb.add(replace(plan, statements=tuple(said)))
    steps: list[tuple[int, int]] = []
    stated = compare(kb, progress=lambda _, done, total: steps.append((done, total))).to_dict()
    assert len(stated["organisations"]) == 200
    assert steps[-1] == (200, 200)
    assert stated["topics"]


def test_the_same_bodies_give_the_same_answer(kb: KnowledgeBase) -> None:
    vision(kb, RIVERSIDE, "เกษตรปลอดภัย เมืองน่าอยู่")
    vision(kb, RIVERSIDE_PAO, "เมืองน่าอยู่ กีฬาเด่น")
    vision(kb, HILLTOWN, "เมืองน่าอยู่อย่างยั่งยืน")
    stated = json.dumps(compare(kb, over_time=True).to_dict())
    assert stated == json.dumps(compare(kb, over_time=True).to_dict())


def test_more_bodies_than_can_be_compared_are_an_error(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        for number in range(MOST + 1):
            body = Organisation(f"เทศบาลตำบลเนินสวย{number}", "municipality")
            kb.add(document(f"{number}.txt", ("vision", f"เมืองน่าอยู่ {number}"), body=body))
        with pytest.raises(UsageError, match="too-many-to-compare"):
            compare(kb)


def test_both_ways_of_clustering_agree_where_no_pairs_are_equally_close() -> None:
    chance = np.random.default_rng(11)
    for size in [2, 3, 5, 8, 13] * 20:
        closeness = chance.random((size, size))
        closeness = (closeness + closeness.T) / 2
        assert groups(closeness, 0.5) == linked(closeness, 0.5)
