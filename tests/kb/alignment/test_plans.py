"""Alignment on a real knowledge base: issues, the audit, coverage, levels above, the form."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import read
from ingest.errors import UsageError
from ingest.records import Organisation
from kb import KnowledgeBase
from kb.alignment.aligner import Aligner
from kb.alignment.audit import audit
from kb.alignment.coverage import coverage
from kb.alignment.form import MOST_POINTS, form_of
from kb.alignment.judging import judge
from kb.alignment.levels import cluster_of
from kb.alignment.model import alignment_model
from kb.alignment.statement_parts import bare_text, covered_subjects, listed_parts
from kb.alignment.verdicts import Alignment, ChainLink, Sentence
from kb.evaluation.alignment import METHODS, evaluate
from kb.loading.proposals import Proposal
from kb.model.sentence_encoder import DefaultEncoder
from tests.kb.samples import document, project

TOWN = Organisation("เทศบาลตำบลริมน่าน", "municipality", "น่าน")
PROVINCE = Organisation("จังหวัดน่าน", "province", "น่าน")
CLUSTER = Organisation("กลุ่มจังหวัดภาคเหนือตอนบน 2", "province_group")
ROADS, HEALTH = "การพัฒนาโครงสร้างพื้นฐาน", "การส่งเสริมสุขภาพและผู้สูงอายุ"


@pytest.fixture(scope="module")
def aligner(encoder: DefaultEncoder) -> Aligner:
    return Aligner(encoder)


@pytest.fixture
def town(tmp_path: Path) -> KnowledgeBase:
    """A town with two issues, one project declared rightly and one wrongly, and its province."""
    kb = KnowledgeBase(tmp_path / "kb.db", create=True)
    projects = (
        project("ก่อสร้างถนนคอนกรีตเสริมเหล็กเข้าหมู่บ้าน", declared_strategy=ROADS),
        project(
            "อบรมผู้ดูแลคนชราที่นอนติดเตียง", declared_strategy=ROADS, objective="เพื่อให้ผู้สูงอายุได้รับการดูแล"
        ),
    )
    said = (
        ("strategic_issue", ROADS),
        ("strategic_issue", HEALTH),
        ("indicator", "จำนวนนักท่องเที่ยว"),
    )
    kb.add(document("เมือง.txt", *said, body=TOWN, projects=projects))
    kb.add(document("จังหวัด.txt", ("strategic_issue", "สังคมสูงวัยมีคุณภาพ"), body=PROVINCE))
    kb.add(document("กลุ่ม.txt", ("strategic_issue", "ยกระดับบริการสุขภาพผู้สูงอายุ"), body=CLUSTER))
    return kb


@pytest.mark.slow
def test_the_audit_lists_what_is_declared_wrongly(town: KnowledgeBase, aligner: Aligner) -> None:
    with town as kb:
        with pytest.raises(UsageError, match="audit-nothing"):
            audit(kb, aligner, PROVINCE.name)
        document_two = document(
            "เมือง2.txt",
            ("goal", "น่าอยู่"),
            body=TOWN,
            projects=(project("ตรวจสุขภาพผู้สูงอายุถึงบ้าน", declared_strategy=HEALTH),),
        )
        kb.add(document_two)
        checked, found = audit(kb, aligner, TOWN.name)
    assert checked == 3
    assert [(each.project.record.title, each.serves) for each in found] == [
        ("อบรมผู้ดูแลคนชราที่นอนติดเตียง", HEALTH)
    ]
    assert found[0].to_dict()["doubt"] > 0.5


@pytest.mark.slow
def test_coverage_counts_projects_and_money(town: KnowledgeBase, aligner: Aligner) -> None:
    with town as kb:
        found = {
            each.statement.text if each.statement else "": each
            for each in coverage(kb, aligner, TOWN.name)
        }
    assert found[ROADS].declared == 2
    assert found[ROADS].budget[2567] == Decimal("2400000")
    assert (found[HEALTH].declared, found[HEALTH].served) == (0, 1)
    assert not found[HEALTH].unserved
    assert found["จำนวนนักท่องเที่ยว"].unserved


@pytest.mark.slow
def test_the_chain_goes_through_province_and_cluster(town: KnowledgeBase, aligner: Aligner) -> None:
    asked = Proposal("อบรมผู้ดูแลผู้สูงอายุติดเตียง", declared_strategy="ก. ยุทธศาสตร์จังหวัดที่ 1 คนน่านสุขภาพดี")
    with town as kb:
        found = judge(kb, aligner, [asked], [TOWN.name])[0]
    stated = {(link.level, link.origin): link.text for link in found.chain}
    assert stated["plan", "inferred"] == HEALTH
    assert stated["province", "declared"] == "คนน่านสุขภาพดี"
    assert stated["province", "inferred"] == "สังคมสูงวัยมีคุณภาพ"
    assert stated["province_group", "inferred"] == "ยกระดับบริการสุขภาพผู้สูงอายุ"
    assert ("national_strategy", "published") in stated


@pytest.mark.slow
def test_every_planted_mismatch_of_the_samples_is_found_and_no_sound_project(
    corpora: Path, tmp_path: Path, aligner: Aligner
) -> None:
    """The tables of one body are enough here; `benchmarks.alignment` audits all of them."""
    gold = [
        json.loads(line)
        for line in (corpora / "gold" / "alignment.jsonl").read_text("utf-8").splitlines()
    ]
    files = ["18-pao-rattanasamut-projects.xlsx", "16-pao-rattanasamut-vision.txt"]
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        for name in files:
            kb.add(read(corpora / "samples" / name))
        _, found = audit(kb, aligner, "องค์การบริหารส่วนจังหวัดรัตนสมุทร")
    planted = {tight(row["title"]) for row in gold if not row["sound"] and row["file"] in files}
    assert {tight(each.project.record.title) for each in found} == planted


def tight(text: str) -> str:
    return "".join(text.split())


def test_a_pillar_is_more_than_its_name() -> None:
    assert "การส่งเสริมอาชีพ" in covered_subjects("การส่งเสริมคุณภาพชีวิต")
    assert covered_subjects("เมืองสะอาด") == ()
    listed = listed_parts("ยุทธศาสตร์ที่ ๔ ด้านการศึกษา กีฬา ศาสนา และวัฒนธรรม")
    assert listed == ("การศึกษา", "กีฬา", "ศาสนา", "วัฒนธรรม")
    assert listed_parts("เมืองสะอาด") == ()


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ยุทธศาสตร์ที่ ๒ ด้านถนน ไฟฟ้าสาธารณะ", "ถนน ไฟฟ้าสาธารณะ"),
        ("๒.๑ ก่อสร้างถนน", "ก่อสร้างถนน"),
        ("ประเด็นการพัฒนาที่ 3 เส้นทางสัญจร", "เส้นทางสัญจร"),
        ("กลยุทธ์ 1.1 ควบคุมคุณภาพทุเรียน", "ควบคุมคุณภาพทุเรียน"),
        ("เมืองสะอาด", "เมืองสะอาด"),
        ("ยุทธศาสตร์ที่ 2", "ยุทธศาสตร์ที่ 2"),
    ],
)
def test_labels_say_nothing_of_what_a_statement_is_about(text: str, bare: str) -> None:
    assert bare_text(text) == bare


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_statement_can_be_taken_apart(text: str) -> None:
    assert all(part.strip() for part in listed_parts(text))
    assert bare_text(text) in text


def test_clusters_are_the_published_ones() -> None:
    assert cluster_of("น่าน") == "ภาคเหนือตอนบน 2"
    assert cluster_of("กรุงเทพมหานคร") is None
    assert cluster_of("ริมธาร") is None


def test_doubt_rises_where_less_is_served_or_another_is_served_better() -> None:
    own, gap, _ = alignment_model().misdeclared.weights
    assert own < 0 < gap


def test_the_form_never_invents_points() -> None:
    bare = Alignment(
        Proposal("ก่อสร้าง", warnings=("title-vague",)), "cannot_tell", 0.0, Sentence("", "")
    )
    full = Proposal(
        "ก่อสร้างถนนคอนกรีต",
        "เพื่อให้ถนนสัญจรสะดวก",
        "ถนนกว้าง 4 เมตร ยาว ๕๐๐ เมตร",
        budget=MappingProxyType({2567: Decimal(1200000)}),
        indicator="ถนน 500 เมตร",
        expected_result="ประชาชนใช้ถนนสะดวก",
    )
    for answer in (bare, Alignment(full, "aligned", 0.9, Sentence("", ""))):
        form = [each.to_dict() for each in form_of(answer)]
        assert [each["number"] for each in form] == list(range(1, 13))
        assert all(each["points"] is None and each["most_points"] == MOST_POINTS for each in form)
    findings = {
        each.code: each.finding
        for each in form_of(Alignment(full, "aligned", 0.9, Sentence("", "")))
    }
    assert findings["output"] == findings["indicator"] == findings["result"] == "shown"
    assert findings["budget"] == findings["price"] == "person"
    assert {each.code for each in form_of(bare) if each.finding == "missing"} >= {
        "name",
        "objective",
        "output",
        "budget",
        "indicator",
        "result",
    }


def test_what_is_only_declared_is_for_a_person_to_judge() -> None:
    link = ChainLink("province", "declared", "ป่าต้นน้ำ", 1.0, "declared", "proposal")
    answer = Alignment(Proposal("ก่อสร้างถนน"), "aligned", 0.9, Sentence("", ""), chain=(link,))
    found = next(each for each in form_of(answer) if each.code == "province")
    assert (found.finding, found.evidence) == ("person", ("ป่าต้นน้ำ (ระบุไว้)",))
    sure = replace(link, origin="inferred", score=0.97)
    found = next(
        each for each in form_of(replace(answer, chain=(sure,))) if each.code == "province"
    )
    assert found.finding == "shown"


@pytest.mark.slow
def test_an_evaluation_measures_plain_ways_beside_ours(
    tmp_path: Path, encoder: DefaultEncoder
) -> None:
    row = {"aligned_statement": "ปลูกป่าต้นน้ำ", "also_acceptable": [], "distractors": ["สร้างถนน"]}
    served = row | {"proposal": "เพาะกล้าไม้ให้ป่าชุมชน"}
    none = row | {"proposal": "อบรมภาษาจีน", "aligned_statement": None, "distractors": ["สร้างถนน"]}
    text = "\n".join(json.dumps(each) for each in (served, none))
    (tmp_path / "proposals.jsonl").write_text(text, "utf-8")
    found = evaluate(tmp_path, encoder)["proposals"]["all"]
    assert found["rows"] == 2
    for method in METHODS:
        assert set(found[method]) == {"first", "auroc"}
    assert found["phaen"] == {"first": 1.0, "auroc": 1.0}
    with pytest.raises(UsageError, match="gold-empty"):
        evaluate(tmp_path.parent / "nothing", encoder)
