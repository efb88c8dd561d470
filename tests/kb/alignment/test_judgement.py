"""One judgement, whoever asks; the plan in force; declared strategies as links."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from api.assistants.server import judged
from api.reports.alignment import report
from api.reports.review_workbook import review_workbook
from api.text.labels import VERDICTS, label
from ingest.records import Document, Organisation, Period, Project
from kb import KnowledgeBase
from kb.alignment.aligner import Aligner
from kb.alignment.audit import audit
from kb.alignment.body_plans import proposal_of
from kb.alignment.coverage import coverage
from kb.alignment.declared_links import declared_target
from kb.alignment.form import form_of
from kb.alignment.judging import judge
from kb.alignment.statement_parts import bare_text
from kb.alignment.subject_terms import subject_terms
from kb.alignment.targets import targets_of
from kb.alignment.verdicts import MISDECLARED, Target
from kb.loading.proposals import Proposal
from kb.model.sentence_encoder import DefaultEncoder
from kb.review_sets.judging import judge_set
from kb.review_sets.sets import ReviewSets
from tests.kb.samples import HILLTOWN, document, project

TOWN = Organisation("เทศบาลตำบลริมคลอง", "municipality", "น่าน")
ISSUES = (
    "ยุทธศาสตร์ที่ ๑ ด้านถนน ไฟฟ้าสาธารณะ และการระบายน้ำ",
    "ยุทธศาสตร์ที่ ๒ ด้านสุขภาพและผู้สูงอายุ",
    "ยุทธศาสตร์ที่ ๓ ด้านการจัดการขยะและน้ำเสีย",
    "ยุทธศาสตร์ที่ ๔ ด้านการท่องเที่ยวและวัฒนธรรม",
)
TITLES = (
    "วางท่อระบายน้ำพร้อมบ่อพัก ซอยวัดเหนือ",
    "เปลี่ยนโคมไฟทางเป็นแอลอีดี 40 ดวง",
    "อบรมผู้ดูแลคนแก่ติดเตียง",
    "ตรวจเบาหวานถึงบ้าน",
    "แจกถังหมักเศษอาหารทุกครัวเรือน",
    "จัดงานลอยกระทงริมคลอง",
    "จัดซื้อรถประจำตำแหน่งนายกเทศมนตรี",
    "ค่าไฟฟ้าและค่าโทรศัพท์สำนักงาน",
)

VAGUE = ("ประชุมคณะทำงานชุมชน", "จัดซื้อเต็นท์และโต๊ะ", "อบรมแกนนำหมู่บ้าน", "ปรับปรุงลานหน้าวัดเหนือ")
"""Titles that may serve this or that."""


@pytest.fixture(scope="module")
def aligner(encoder: DefaultEncoder) -> Aligner:
    return Aligner(encoder)


def town(*projects: Project) -> Document:
    said = tuple(("strategic_issue", text) for text in ISSUES)
    return document("แผน.txt", *said, body=TOWN, projects=projects)


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(TITLES), st.sampled_from(ISSUES)),
        min_size=1,
        max_size=4,
        unique_by=lambda pair: pair[0],
    )
)
def test_whoever_asks_hears_the_same(
    tmp_path_factory: pytest.TempPathFactory, aligner: Aligner, declared: list[tuple[str, str]]
) -> None:
    projects = [
        project(title, declared_strategy=issue, objective=None, budget={})
        for title, issue in declared
    ]
    path = tmp_path_factory.mktemp("kb") / "kb.db"
    with KnowledgeBase(path, create=True) as kb:
        kb.add(town(*projects))
        stored = list(kb.projects())
        proposals = [proposal_of(one) for one in stored]
        answers = judge(kb, aligner, proposals, [TOWN.name])
        sets = ReviewSets(kb.store)
        made = sets.make("ชุด", "คำขอ.xlsx", None, (TOWN.name,))
        judge_set(kb, made.id, lambda: proposals)
        reviewed = {row.title: row for row in sets.rows(made.id)}
        sheet = load_workbook(io.BytesIO(review_workbook(sets, made.id)[0]))["ผลตรวจ"]
        handed = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
        stated = [
            judged(kb, one.title, None, one.declared_strategy, [TOWN.name], 3) for one in proposals
        ]
        listed = {one.project.id: one for one in audit(kb, aligner, TOWN.name)[1]}
        rows = {
            one.statement.text: one for one in coverage(kb, aligner, TOWN.name) if one.statement
        }
    beside = load_workbook(io.BytesIO(report(answers, None))).worksheets[2]
    written = {row[0].value: [cell.value for cell in row] for row in beside.iter_rows(min_row=2)}
    for one, answer, record in zip(stored, answers, stated, strict=True):
        title, word = one.record.title, label(VERDICTS, answer.verdict)
        assert record == {**answer.to_dict(), "proposal": record["proposal"]}
        assert reviewed[title].verdict == answer.verdict
        assert (reviewed[title].alignment or {})["reason"] == answer.reason.thai
        assert handed[title][1] == written[title][1] == word
        assert answer.reason.thai in handed[title]
        assert answer.reason.thai in written[title]
        assert answer.doubt is not None
        assert answer.declared_fits is (one.id not in listed)
        if one.id in listed:
            assert listed[one.id].doubt == pytest.approx(answer.doubt)
            assert listed[one.id].doubt >= MISDECLARED
        if answer.verdict == "aligned":
            assert rows[answer.best[0].target.text].served > 0
        if answer.verdict == "not_aligned":
            assert all(link.origin == "declared" for link in answer.chain)
            shown = {criterion.code: criterion.finding for criterion in form_of(answer)}
            assert shown["national_strategy"] == "person"


@pytest.mark.slow
def test_a_proposal_is_judged_the_same_in_any_company(tmp_path: Path, aligner: Aligner) -> None:
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        kb.add(town())
        asked = [Proposal(title) for title in TITLES]
        together = judge(kb, aligner, asked, [TOWN.name])
        alone = [judge(kb, aligner, [one], [TOWN.name])[0] for one in asked]
    for one, other in zip(together, alone, strict=True):
        assert (one.verdict, one.reason) == (other.verdict, other.reason)
        assert one.score == pytest.approx(other.score, abs=1e-4)


@pytest.mark.slow
def test_a_reason_quotes_words_that_the_texts_have(tmp_path: Path, aligner: Aligner) -> None:
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        kb.add(town())
        answers = judge(kb, aligner, [Proposal(title) for title in TITLES], [TOWN.name])
    for answer in answers:
        best = answer.best[0]
        assert best.target.text in answer.reason.thai
        for phrase in best.proposal_phrases:
            assert phrase in "".join(answer.proposal.title.lower().split())
        for phrase in best.target_phrases:
            assert phrase in "".join(best.target.text.lower().split())
        assert bool(best.proposal_phrases) == bool(best.target_phrases)


@pytest.mark.slow
def test_what_would_change_a_verdict_does_change_it(tmp_path: Path, aligner: Aligner) -> None:
    asked = [Proposal(title) for title in (*TITLES, *VAGUE)]
    asked += [Proposal(title, f"เพื่อ{bare_text(ISSUES[0])}") for title in VAGUE]
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        kb.add(town())
        answers = judge(kb, aligner, asked, [TOWN.name])
        for answer in answers:
            if answer.change is None:
                continue
            assert answer.reason.thai.endswith(answer.change.thai)
            assert answer.reason.english.endswith(answer.change.english)
            quoted = re.search("“(.*)”", answer.change.thai)
            assert answer.verdict == "aligned" or answer.best[0].proposal_phrases
            other = f"เพื่อ{quoted[1]}" if quoted else None
            (again,) = judge(kb, aligner, [replace(answer.proposal, objective=other)], [TOWN.name])
            assert (again.verdict == "aligned") is not (answer.verdict == "aligned")
    assert any(answer.change for answer in answers)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("จัดซื้อรถประจำตำแหน่งนายกเทศมนตรี", "รถประจำตำแหน่ง"),
        ("ชำระหนี้เงินกู้ ก.ส.ท. งวดที่ 3", "ชำระหนี้"),
        ("ก่อสร้างสนามบินนานาชาติ", "สนามบิน"),
    ],
)
def test_what_serves_nothing_by_its_nature_is_said_so(
    tmp_path: Path, aligner: Aligner, title: str, word: str
) -> None:
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        kb.add(town())
        (answer,) = judge(kb, aligner, [Proposal(title)], [TOWN.name])
    assert answer.verdict == "not_aligned"
    assert f"“{word}”" in answer.reason.thai
    assert f"“{word}”" in answer.reason.english
    assert answer.change is None


def test_a_vision_is_served_where_a_body_has_no_strategies(tmp_path: Path) -> None:
    bare = document("a.txt", ("vision", "เมืองสะอาด"), ("mission", "เก็บขยะให้ทั่วถึง"), body=TOWN)
    whole = document("b.txt", ("vision", "เมืองสะอาด"), ("strategy", "คัดแยกขยะ"), body=HILLTOWN)
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        kb.add(bare)
        kb.add(whole)
        assert {one.text for one in targets_of(kb, [TOWN.name])} == {"เมืองสะอาด", "เก็บขยะให้ทั่วถึง"}
        assert [one.text for one in targets_of(kb, [HILLTOWN.name])] == ["คัดแยกขยะ"]


def test_the_plan_in_force_in_the_proposals_year(tmp_path: Path) -> None:
    old = document("เก่า.txt", ("goal", "เมืองเก่า"), body=TOWN, period=Period(2561, 2565))
    new = document("ใหม่.txt", ("goal", "เมืองใหม่"), body=TOWN, period=Period(2566, 2570))
    yearly = document("ปี.txt", ("goal", "งานประจำปี"), body=TOWN, period=Period(2568, 2568))
    with KnowledgeBase(tmp_path / "kb.db", create=True) as kb:
        for one in (old, new, yearly):
            kb.add(one)

        def texts(name: str, year: int | None = None) -> list[str]:
            return [target.text for target in targets_of(kb, [name], year)]

        assert texts(TOWN.name) == ["เมืองใหม่"]
        assert texts(TOWN.name, 2564) == ["เมืองเก่า"]
        assert texts(TOWN.name, 2568) == ["เมืองใหม่"]
        assert texts(TOWN.name, 2590) == ["เมืองใหม่"]
        assert texts(old.id, 2568) == ["เมืองเก่า"]
        assert texts(yearly.id) == ["งานประจำปี"]


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        ("ยุทธศาสตร์ที่ 2", 1),
        ("ประเด็นที่ ๔", 3),
        ("ยุทธศาสตร์ที่ ๓ ด้านการจัดการขยะฯ", 2),
        ("การท่องเที่ยวและวัฒนธรรม", 3),
        ("ยุทธศาสตร์ที่ 1 ด้านสุขภาพและผู้สูงอายุ", 1),
        ("ก. ยุทธศาสตร์จังหวัดที่ 1 คนน่านสุขภาพดี\nข. ยุทธศาสตร์ที่ 3 ด้านการจัดการขยะและน้ำเสีย", 2),
        ("ยุทธศาสตร์ที่ 9", None),
        ("การป้องกันประเทศ", None),
        ("ยุทธศาสตร์ที่ 4 การพัฒนาอุตสาหกรรมหนัก", None),
        ("", None),
    ],
)
def test_a_declared_strategy_is_a_link(declared: str, place: int | None) -> None:
    targets = [Target(text, text, subject_terms(text)) for text in ISSUES]
    assert declared_target(declared, targets) == (None if place is None else targets[place])


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_declaration_can_be_looked_up(text: str) -> None:
    targets = [Target(one, one, subject_terms(one)) for one in ISSUES]
    assert declared_target(text, targets) in (None, *targets)
