"""A person's word wins, is kept apart from what was read, and lasts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.records import Document, Page
from kb import Filters, KnowledgeBase
from kb.checking import check
from tests.kb.samples import MISSIONS, VISION, document, rich
from tests.kb.tiny_encoder import TinyEncoder


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "phaen.db", encoder=TinyEncoder()) as opened:
        opened.add(document())
        opened.add(rich())
        yield opened


def vision(kb: KnowledgeBase) -> str:
    return next(each.id for each in kb.statements(Filters(kinds=("vision",))))


def texts(kb: KnowledgeBase) -> list[str]:
    return [each.text for each in kb.statements(Filters(document=document().id))]


def again(kb: KnowledgeBase, added: Document) -> None:
    kb.remove(added.id)
    assert kb.add(added) == "added"


def test_what_a_person_rejects_is_neither_listed_nor_found(kb: KnowledgeBase) -> None:
    assert kb.reviews.review(vision(kb), "rejected", note="คำขวัญ").review == "rejected"
    for _ in range(2):
        assert texts(kb) == list(MISSIONS)
        assert VISION not in [h.record.text for h in kb.search(VISION, floor=0.0).hits]
        assert len(list(kb.statements(Filters(rejected=True, reviewed=True)))) == 1
        again(kb, document())


def test_a_rejected_record_can_be_accepted_after_all(kb: KnowledgeBase) -> None:
    record = vision(kb)
    kb.reviews.review(record, "rejected")
    kb.reviews.review(record, "accepted")
    assert texts(kb)[0] == VISION
    again(kb, document())
    assert kb.record(record).review == "accepted"


def test_a_correction_is_what_is_searched_and_lasts(kb: KnowledgeBase) -> None:
    record, key = vision(kb), kb.record(vision(kb)).key
    kb.complete()
    corrected = kb.reviews.review(record, "corrected", kind="goal", text="  เมืองน่าอยู่\nริมทะเล ")
    assert (corrected.kind, corrected.text) == ("goal", "เมืองน่าอยู่ ริมทะเล")
    assert corrected.key == key
    for _ in range(2):
        assert [h.record.id for h in kb.search("ริมทะเล", mode="exact").hits] == [record]
        assert kb.search(VISION, mode="exact").hits == ()
        kb.complete()
        assert check(kb) == []
        assert kb.record(record).review == "corrected"
        again(kb, document())
    kb.reviews.review(record, "accepted")
    again(kb, document())
    assert kb.record(record).text == "เมืองน่าอยู่ ริมทะเล"


def test_what_reading_missed_can_be_added(kb: KnowledgeBase) -> None:
    page = Page(1, f"{VISION}\nค่านิยม ซื่อสัตย์", quality=0.99)
    missed = replace(document(), id="e" * 16, file="missed.txt", pages=(page,), statements=())
    kb.add(missed)
    added = kb.reviews.add("eeee", "value", "ซื่อสัตย์", page=1)
    assert kb.reviews.add("eeee", "value", "ซื่อสัตย์", page=1).id == added.id
    for _ in range(2):
        (kept,) = kb.statements(Filters(document="eeee"))
        assert (kept.text, kept.review, kept.record.found_by) == ("ซื่อสัตย์", "added", "review")
        assert page.text[kept.record.start : kept.record.end] == "ซื่อสัตย์"
        again(kb, missed)


def test_reviewed_records_count_whatever_their_confidence(kb: KnowledgeBase) -> None:
    sure = Filters(document="cccc", min_confidence=0.9)
    assert not list(kb.statements(sure))
    kb.reviews.review("a" * 16, "accepted")
    assert [each.id for each in kb.statements(sure)] == ["a" * 16]


def test_reviews_are_kept_in_order_and_given_as_gold(kb: KnowledgeBase) -> None:
    kb.reviews.review(vision(kb), "accepted", reviewer="ผู้ตรวจ")
    kb.reviews.review(next(kb.projects()).id, "corrected", text="ก่อสร้างถนนลาดยาง")
    said = list(kb.reviews.all())
    assert [each.verdict for each in said] == ["accepted", "corrected"]
    assert said[0].to_dict()["reviewer"] == "ผู้ตรวจ"
    assert len(list(kb.reviews.all(document().id))) == 1
    assert list(kb.reviews.gold()) == []  # records of both are still open
    for each in list(kb.documents()):
        kb.reviews.accept_all(each.id)
        assert kb.reviews.waiting(each.id) == 0
    first, second = (row["statements"] for row in kb.reviews.gold())
    assert [each["text"] for each in first] == [VISION, *MISSIONS]
    assert {"type": "project", "text": "ก่อสร้างถนนลาดยาง", "page": 1} in second


def test_words_that_cannot_be_are_refused(kb: KnowledgeBase) -> None:
    record = vision(kb)
    for wrong in (
        lambda: kb.reviews.review(record, "loved"),
        lambda: kb.reviews.review(record, "added"),
        lambda: kb.reviews.review(record, "corrected"),
        lambda: kb.reviews.review(record, "corrected", kind="dream"),
        lambda: kb.reviews.review(record, "corrected", text="  "),
        lambda: kb.reviews.review("zzzz", "accepted"),
        lambda: kb.reviews.add("cccc", "vision", "ก", page=9),
        lambda: kb.reviews.add("ffff", "vision", "ก"),
        lambda: kb.reviews.add("cccc", "vision", " "),
    ):
        with pytest.raises(UsageError):
            wrong()
    assert not list(kb.reviews.all())
