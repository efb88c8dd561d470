"""Proposals are judged by what they do, and nothing is told that cannot be told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import PhaenError, ReadError, UsageError
from kb import KnowledgeBase
from kb.alignment.aligner import Aligner
from kb.alignment.declared_strategies import declared_strategies
from kb.alignment.model import alignment_model, fitting_model
from kb.alignment.reasons import theme_names
from kb.alignment.subject_terms import overlap_counts, proposal_terms, subject_terms
from kb.alignment.targets import framework_targets, read_framework, targets_of
from kb.alignment.verdicts import Alignment, Target, verdict_of
from kb.evaluation.measures import auroc, calibration_error
from kb.loading.proposals import proposal
from kb.model.sentence_encoder import DefaultEncoder
from tests.kb.samples import HILLTOWN, document

_THAI = re.compile("[ก-๛]")
PLAN = (
    "ส่งเสริมการท่องเที่ยวและบริการให้มีมาตรฐาน",
    "จัดการขยะและสิ่งแวดล้อมอย่างเป็นระบบ",
    "ดูแลสุขภาพผู้สูงอายุและผู้ป่วยติดเตียง",
)


@pytest.fixture(scope="module")
def aligner(encoder: DefaultEncoder) -> Aligner:
    return Aligner(encoder)


def judge(aligner: Aligner, title: str, declared_strategy: str | None = None) -> Alignment:
    targets = [Target(text, text, subject_terms(text)) for text in PLAN]
    asked = proposal(title, declared_strategy=declared_strategy)
    return aligner.align([asked], targets)[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "served"),
    [
        ("ธนาคารรับซื้อขวดเก่าและกระดาษของหมู่บ้าน", 1),
        ("อบรมอาสาไปเยี่ยมคนแก่ที่ลุกไม่ได้ถึงบ้าน", 2),
        ("ทำป้ายบอกทางไปน้ำตกและที่พักโฮมสเตย์", 0),
    ],
)
def test_a_proposal_serves_what_it_does(aligner: Aligner, title: str, served: int) -> None:
    found = judge(aligner, title)
    assert found.best[0].target.text == PLAN[served]
    assert found.verdict in ("aligned", "weak")
    assert PLAN[served] in found.reason.thai
    assert PLAN[served] in found.reason.english


@pytest.mark.slow
def test_what_a_plan_does_not_speak_of_is_not_aligned(aligner: Aligner) -> None:
    assert judge(aligner, "ติดสัญญาณไฟจราจรหน้าโรงเรียน").verdict == "not_aligned"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("ก่อสร้าง", "subject-unknown"),
        ("ตำบลเชียงดาว อำเภอเชียงดาว จังหวัดเชียงใหม่", "subject-unknown"),
        ("Community waste bank training", "not-thai"),
    ],
)
def test_what_tells_nothing_cannot_be_judged(aligner: Aligner, title: str, note: str) -> None:
    found = judge(aligner, title)
    assert (found.verdict, found.notes, found.best) == ("cannot_tell", (note,), ())
    assert found.reason.thai
    assert not _THAI.search(found.reason.english)


@pytest.mark.slow
def test_a_declared_strategy_is_flagged_where_another_is_served(aligner: Aligner) -> None:
    assert judge(aligner, "รถเก็บขยะอัดท้าย 6 ตัน", PLAN[2]).declared_fits is False
    assert judge(aligner, "โรงเรียนผู้สูงอายุ", PLAN[2]).declared_fits is True


@pytest.mark.slow
def test_the_chain_tells_published_links_from_inferred_ones(aligner: Aligner) -> None:
    sea = "ฟื้นฟูป่าชายเลนและทรัพยากรทางทะเล"
    targets = [Target(text, text, subject_terms(text)) for text in (*PLAN, sea)]
    asked = proposal("ปลูกป่าชายเลนและวางปะการังเทียม", declared_strategy=sea)
    chain = aligner.align([asked], targets)[0].chain
    origins = {link.level: link.origin for link in chain if link.level != "national_strategy"}
    assert origins["plan"] == "declared"
    assert origins["master_plans"] == "inferred"
    nation = {link.origin: link.id for link in chain if link.level == "national_strategy"}
    assert nation["published"] == "NS5"


@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    ["จัดซื้อรถประจำตำแหน่งนายก อบต.", "ชำระหนี้เงินกู้ ก.ส.ท. งวดที่ 5", "ศึกษาดูงานต่างประเทศของคณะผู้บริหาร"],
)
def test_what_an_office_spends_on_itself_serves_nothing(aligner: Aligner, title: str) -> None:
    plan = judge(aligner, title)
    frameworks = aligner.align([proposal(title)], framework_targets())[0]
    for answer in (plan, frameworks):
        assert answer.verdict == "not_aligned"
        assert answer.chain == ()


@pytest.mark.slow
def test_nothing_to_hold_against_is_an_error(aligner: Aligner) -> None:
    with pytest.raises(UsageError, match="against-empty"):
        aligner.align([proposal("ปลูกป่า")], [])


def test_names_of_what_to_hold_against(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        assert len(targets_of(kb, ["national_strategy", "sdgs"])) == 23
        for name in ("อบต.ไม่มีจริง", "", "ffff"):
            with pytest.raises(UsageError, match="against-unknown"):
                targets_of(kb, [name])


def test_a_plan_that_names_nothing_to_serve_is_an_error(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        plan = document("plan.txt", ("value", "ซื่อสัตย์ โปร่งใส"), body=HILLTOWN)
        kb.add(plan)
        for name in (HILLTOWN.name, plan.id):
            with pytest.raises(UsageError, match="plan-missing"):
                targets_of(kb, [name])


def test_a_framework_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "ours.csv"
    table.write_text("code,thai,keywords\nA1,เมืองสะอาด,ขยะ;น้ำเสีย\n", "utf-8")
    assert [target.id for target in read_framework(table)] == ["A1"]
    table.write_text("name\nx\n", "utf-8")
    with pytest.raises(ReadError, match="framework-invalid"):
        read_framework(table)


def test_another_model_is_told() -> None:
    assert fitting_model(alignment_model().fingerprint) is alignment_model()
    with pytest.raises(PhaenError, match="alignment-model-changed"):
        fitting_model("another-0123")


def test_every_node_is_known_to_the_model() -> None:
    assert [target.id for target in framework_targets()] == list(alignment_model().codes)


def test_the_lines_above_a_table_are_taken_apart() -> None:
    stated = declared_strategies(
        "ก. ยุทธศาสตร์จังหวัดที่ ๓ รักษาป่าต้นน้ำ\n"
        "ข. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นที่ 2 เมืองสะอาด\n"
        "แนวทางการพัฒนาที่ 2.1 ลดขยะ"
    )
    assert (stated.own, stated.approach, stated.province) == ("เมืองสะอาด", "ลดขยะ", "รักษาป่าต้นน้ำ")
    assert declared_strategies("เมืองสะอาด").name == "เมืองสะอาด"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    heard = proposal_terms(text)
    declared_strategies(text)
    assert len(heard.text) == len(text)


@settings(deadline=None)
@given(st.lists(st.frozensets(st.text(max_size=2), max_size=4), min_size=1, max_size=5))
def test_overlaps_count_what_sets_share(sets: list[frozenset[str]]) -> None:
    wanted = [[len(one & other) for other in sets] for one in sets]
    assert np.array_equal(overlap_counts(sets, sets), np.array(wanted))


@settings(deadline=None)
@given(st.floats(0, 1))
def test_every_score_has_a_verdict(score: float) -> None:
    order = ("not_aligned", "weak", "aligned")
    assert order.index(verdict_of(score)) <= order.index(verdict_of(min(1.0, score + 0.1)))


def test_figures_of_the_evaluation() -> None:
    assert auroc(right=[0.9, 0.5], wrong=[0.5, 0.1]) == 0.875
    assert auroc(right=[0.9], wrong=[]) is None
    assert calibration_error([0.8] * 5, [True] * 4 + [False]) == 0.0


def grams(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[at : at + 5] for at in range(len(bare) - 4)}


def test_no_training_proposal_or_description_is_a_copy_of_gold(shared: Path, corpora: Path) -> None:
    lines = (corpora / "training" / "alignment.jsonl").read_text("utf-8").splitlines()
    kinds = ("proposals", "descriptions")
    ours = [grams(t) for row in map(json.loads, lines) for kind in kinds for t in row[kind]]
    for name, key in (("proposals", "proposal"), ("declared", "description")):
        gold = (shared / "eval" / "align" / f"{name}.jsonl").read_text("utf-8").splitlines()
        for theirs in (grams(json.loads(line)[key]) for line in gold):
            if len(theirs) > 20:
                assert max(len(theirs & each) / len(theirs) for each in ours) < 0.5


def test_every_theme_has_a_thai_and_an_english_name() -> None:
    for thai, english in theme_names().values():
        assert _THAI.search(thai)
        assert english
        assert not _THAI.search(english)
