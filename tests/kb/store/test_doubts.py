"""What a person should look at is counted and listed, the most doubtful first."""

from dataclasses import replace
from pathlib import Path

from ingest.records import Page
from kb import KnowledgeBase
from kb.store.doubts import DOUBTS, Doubts
from tests.kb.samples import VISION, document, project


def test_each_doubt_is_counted_as_it_is_listed_and_leads_to_its_page(tmp_path: Path) -> None:
    sure = document("sure.txt")
    said = document("unsure.txt", ("vision", VISION), ("mission", "ดูแลคนทุกวัย"))
    vision, mission = said.statements
    unsure = replace(
        said, statements=(replace(vision, confidence=0.6), replace(mission, confidence=0.55))
    )
    nobody = document("nobody.txt", ("vision", "เมืองของใครก็ไม่รู้"), body=None)
    scan = document("scan.pdf", ("vision", "เมืองจากภาพ"), projects=(project(),))
    scan = replace(
        scan, pages=(replace(scan.pages[0], unverified=True), Page(2, "", unread="no-ocr"))
    )
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        for each in (sure, unsure, nobody, scan):
            kb.add(each)
        doubts = Doubts(kb.store)
        listed = {doubt: doubts.rows(doubt, 10) for doubt in DOUBTS}
        assert {doubt: doubts.count(doubt) for doubt in DOUBTS} == {
            doubt: len(rows) for doubt, rows in listed.items()
        }
        assert [row.text for row in listed["unsure"]] == ["ดูแลคนทุกวัย", VISION]
        assert {row.record for row in listed["unsure"]} == {vision.id, mission.id}
        assert [(row.document, row.page) for row in listed["unread"]] == [(scan.id, 2)]
        assert [(row.document, row.page) for row in listed["body"]] == [(nobody.id, None)]
        assert [row.text for row in listed["scan"]] == [project().title]
        assert doubts.rows("unsure", 1, 1) == listed["unsure"][1:]
        kb.reviews.review(vision.id, "accepted")
        assert [row.record for row in doubts.rows("unsure", 10)] == [mission.id]
