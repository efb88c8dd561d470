"""Has this been planned before? Asked of a real knowledge base."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.errors import ReadError, UsageError
from ingest.records import Place
from kb import Filters, KnowledgeBase
from kb.duplicates import duplicates_of
from kb.duplicates.copied_statements import near_copies
from kb.duplicates.finder import DuplicateFinder
from kb.duplicates.groups import find_groups
from kb.duplicates.results import DuplicateResults
from kb.loading.proposals import proposal, read_proposals
from tests.kb.samples import HILLTOWN, RIVERSIDE, RIVERSIDE_PAO, document, project

ROAD = "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนางหล้า หมู่ที่ 3 ตำบลสันริมธาร"
DRAIN = "วางท่อระบายน้ำ ซอยร่วมใจ หมู่ที่ 2 ตำบลสันริมธาร"
NOWHERE = Place()


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    money = {2567: Decimal(1_000_000)}
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        for number, (body, title, budget) in enumerate(
            (
                (RIVERSIDE_PAO, ROAD, money),
                (HILLTOWN, "ก่อสร้างถนน คสล. สายบ้านนางหล้า ม.3 ต.สันริมธาร", money),
                (HILLTOWN, "ก่อสร้างถนน คสล. สายบ้านนายปัน ม.5 ต.สันริมธาร ยาว 500 เมตร", money),
                (HILLTOWN, f"{DRAIN} ระยะที่ 1", money),
                (HILLTOWN, f"{DRAIN} ระยะที่ 2", {2568: Decimal(900_000)}),
                (HILLTOWN, "จัดงานวันเด็กแห่งชาติ", money),
            )
        ):
            made = project(title, budget=budget, place=NOWHERE)
            kb.add(
                document(
                    f"{number}.txt", ("vision", f"วิสัยทัศน์ที่ {number}"), body=body, projects=(made,)
                )
            )
        yield kb


def ask(kb: KnowledgeBase, title: str, **fields: object) -> DuplicateResults:
    one = replace(proposal(title, year=2567), **fields)
    return duplicates_of(kb).find([one], meaning=False)


def titles(found: DuplicateResults, relation: str) -> set[str]:
    (finding,) = found
    return {m.profile.title for m in finding.matches if m.relation == relation}


def test_a_proposal_finds_its_duplicates_whoever_asked(kb: KnowledgeBase) -> None:
    found = ask(kb, "ถนน คสล. สายบ้านนางหล้า หมู่ 3", place="ต.สันริมธาร")
    assert len(titles(found, "duplicate")) == 2
    (finding,) = found
    match = finding.matches[0]
    assert {point.part for point in match.agrees} >= {"number", "way", "area", "years"}
    stated = match.to_dict()
    assert stated["project"]["page"] == 1
    assert stated["project"]["file"]


def test_models_to_copy_tell_the_cost_of_a_unit(kb: KnowledgeBase) -> None:
    (finding,) = ask(kb, "ก่อสร้างถนน คสล. หมู่ที่ 9 ตำบลไกลโพ้น")
    model = next(model for model in finding.models if model.unit)
    assert (model.unit, model.unit_cost) == ("เมตร", Decimal("2000.00"))


def test_thresholds_move_after_the_run(kb: KnowledgeBase) -> None:
    found = ask(kb, ROAD)
    assert titles(found, "duplicate")
    strict = found.rethreshold(duplicate=1.0)
    assert not titles(strict, "duplicate")
    assert titles(found, "duplicate")
    with pytest.raises(UsageError, match="threshold-invalid"):
        found.rethreshold(duplicate=1.5)


def test_what_a_person_refused_is_never_shown_again(kb: KnowledgeBase) -> None:
    (finding,) = ask(kb, ROAD)
    match = finding.matches[0]
    duplicates_of(kb).reviews.record(finding.proposal.id, match.project.id)
    assert match.profile.title not in titles(ask(kb, ROAD), "duplicate")


def test_filters_keep_other_bodies_out(kb: KnowledgeBase) -> None:
    found = duplicates_of(kb).find(
        [proposal(ROAD, year=2567)], filters=Filters(organisation=HILLTOWN.name), meaning=False
    )
    assert ROAD not in titles(found, "duplicate")


def test_within_groups_duplicates_and_chains(kb: KnowledgeBase) -> None:
    groups = find_groups(duplicates_of(kb))
    stated = {group.relation: [one.record.title for one in group.projects] for group in groups}
    assert set(stated["duplicate"]) == {ROAD, "ก่อสร้างถนน คสล. สายบ้านนางหล้า ม.3 ต.สันริมธาร"}
    assert stated["continuation"] == [f"{DRAIN} ระยะที่ 1", f"{DRAIN} ระยะที่ 2"]


def test_a_refused_pair_is_no_group(kb: KnowledgeBase) -> None:
    finder: DuplicateFinder = duplicates_of(kb)
    one, other = find_groups(finder)[0].projects
    finder.reviews.record(one.id, other.id)
    assert all(group.relation != "duplicate" for group in find_groups(finder))


def test_new_documents_are_seen(kb: KnowledgeBase) -> None:
    title = "ติดตั้งเครื่องกรองน้ำดื่ม โรงเรียนบ้านนาคำ"
    assert not titles(ask(kb, title), "duplicate")
    made = project(title, budget={2567: Decimal(5)}, place=NOWHERE)
    kb.add(document("new.txt", body=HILLTOWN, projects=(made,)))
    assert titles(ask(kb, title), "duplicate") == {title}


def test_an_empty_knowledge_base_finds_nothing(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "empty.db") as kb:
        (finding,) = ask(kb, ROAD)
        assert finding.matches == ()
        assert find_groups(duplicates_of(kb)) == []


def test_a_workbook_finds_its_own_duplicates(tmp_path: Path, kb: KnowledgeBase) -> None:
    path = tmp_path / "proposals.csv"
    path.write_text(
        "ชื่อโครงการ,สถานที่,ปีงบประมาณ,งบประมาณ\n"
        "เจาะบ่อบาดาล หมู่ที่ 7,ตำบลนาคำไกล,2567,300000\n"
        "โครงการขุดเจาะบ่อน้ำบาดาล ม.7,ต.นาคำไกล,2567,310000\n"
        "สะพาน,,2567,-5\n",
        "utf-8",
    )
    found = duplicates_of(kb).find(read_proposals(path), meaning=False)
    first, second, last = found
    assert [m.relation for m in first.matches if not hasattr(m.project, "key")] == ["duplicate"]
    assert second.matches[0].project.row == 2
    assert set(last.to_dict()["notes"]) == {"title-vague", "place-unknown", "budget-implausible"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "proposal-empty"),
        ({"title": "๑๒๓ - 4"}, "proposal-empty"),
        ({"title": "ขุดลอก" * 1000}, "proposal-too-long"),
        ({"title": ROAD, "year": 2499}, "year-implausible"),
        ({"title": ROAD, "year": 2601}, "year-implausible"),
        ({"title": ROAD, "budget": Decimal(-1)}, "budget-implausible"),
        ({"title": ROAD, "budget": Decimal(10) ** 15}, "budget-implausible"),
    ],
)
def test_what_cannot_be_meant_is_an_error(fields: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        proposal(**fields)


def test_the_longest_name_is_answered(kb: KnowledgeBase) -> None:
    name = f"{ROAD} " + "พร้อมวางท่อระบายน้ำ " * 400
    (finding,) = ask(kb, name[:5000].strip())
    assert finding.profile.traits.places["village"] == {"3"}
    assert ROAD in {match.profile.title for match in finding.matches}


def test_rows_that_cannot_be_meant_are_answered_with_a_reason(
    tmp_path: Path, kb: KnowledgeBase
) -> None:
    path = tmp_path / "odd.csv"
    odd = (
        ",2450,1000000",
        ",2650,1000000",
        ",2567,9999999999999999",
        ",2567,-1000",
        "หมู่ที่ 8 ตำบลสันริมธาร,2567,1",
    )
    rows = [f"{ROAD} ยาว {index}00 เมตร,{row}" for index, row in enumerate(odd, start=2)]
    head = "ชื่อโครงการ,สถานที่,ปีงบประมาณ,งบประมาณ"
    path.write_text("\n".join((head, *rows, "สะพาน,,2567,1")) + "\n", "utf-8")
    found = list(duplicates_of(kb).find(read_proposals(path), meaning=False))
    notes = [set(finding.to_dict()["notes"]) for finding in found]
    assert notes[0] == notes[1] == {"year-implausible"}
    assert notes[2] == notes[3] == {"budget-implausible"}
    assert notes[4] == {"place-contradicts"}
    assert notes[5] == {"title-vague", "place-unknown"}
    assert all(finding.matches for finding in found[:5])


def test_a_name_without_a_place_is_sure_of_no_place(kb: KnowledgeBase) -> None:
    (finding,) = ask(kb, "ก่อสร้างถนนคอนกรีตเสริมเหล็ก")
    assert finding.notes == ("place-unknown",)
    match = finding.matches[0]
    assert match.notes == ("place-unknown",)
    assert match.score < 0.75
    assert finding.models == ()


def test_contradicting_places_are_told(kb: KnowledgeBase) -> None:
    (finding,) = ask(kb, ROAD, place="หมู่ที่ 8 ตำบลสันริมธาร")
    assert finding.notes == ("place-contradicts",)


def test_a_file_without_proposals_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("ก,ข\n1,2\n", "utf-8")
    with pytest.raises(ReadError, match="no-proposals"):
        read_proposals(path)


def test_copied_visions_are_marked(kb: KnowledgeBase) -> None:
    vision = "เมืองแห่งสายน้ำใส คนสุขภาพดี เศรษฐกิจชุมชนเข้มแข็งอย่างพอเพียง"
    kb.add(document("a.txt", ("vision", vision), body=RIVERSIDE))
    kb.add(document("b.txt", ("vision", f"{vision} ก้าวไกลสู่สากล"), body=RIVERSIDE_PAO))
    kb.add(document("c.txt", ("vision", vision), body=RIVERSIDE, period=None))
    copies = near_copies(kb.store)
    assert {(copy.a.organisation, copy.b.organisation) for copy in copies} == {
        (RIVERSIDE, RIVERSIDE_PAO),
        (RIVERSIDE_PAO, RIVERSIDE),
    }
    copy = copies[0]
    assert copy.share == 1.0
    assert "".join(copy.to_dict()["copied"]).startswith("เมืองแห่งสายน้ำใส")
