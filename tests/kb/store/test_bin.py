"""Deleting moves to the bin, restoring brings back everything, and the log says who."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import read
from ingest.errors import PhaenError, UsageError
from kb.knowledge_base import KnowledgeBase
from kb.store.actor import Actor, acting_as
from kb.store.filters import Filters

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "corpora" / "samples"
FILES = ("08-pao-sriphanalai-vision.html", "14-rattanasamut-budget-2567.csv")


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        for name in FILES:
            kb.add(read(SAMPLES / name), str(SAMPLES / name))
        yield kb


def everything(kb: KnowledgeBase, document: str) -> object:
    own = Filters(document=document)
    kept = kb.document(document).to_dict()
    records = [item.to_dict() for item in [*kb.statements(own), *kb.projects(own)]]
    return (kept, records, kb.pages(document), [r.to_dict() for r in kb.reviews.all(document)])


def test_a_restored_document_is_as_it_was(kb: KnowledgeBase) -> None:
    for kept in list(kb.documents()):
        first = next(
            iter(
                [*kb.statements(Filters(document=kept.id)), *kb.projects(Filters(document=kept.id))]
            )
        )
        kb.reviews.review(first.id, "corrected", text="ข้อความที่แก้แล้ว", note="ตรวจแล้ว")
        before, words = everything(kb, kept.id), kb.store.count("passages")
        kb.remove(kept.id)
        assert not kb.has(kept.id)
        assert kb.store.count("passages") < words
        assert [item.document for item in kb.bin.documents()] == [kept.id]
        kb.bin.restore(kept.id[:10])
        assert everything(kb, kept.id) == before
        assert kb.store.count("passages") == words
        assert list(kb.bin.documents()) == []
        own = Filters(document=kept.id)
        assert kb.search("ข้อความที่แก้แล้ว", mode="exact", filters=own).hits
    assert kb.store.connection.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.slow
def test_vectors_come_back_and_need_not_be_made_anew(kb: KnowledgeBase) -> None:
    kb.complete()
    kept = next(kb.documents())
    vectors = kb.store.count("vectors")
    kb.remove(kept.id)
    assert kb.store.count("vectors") < vectors
    kb.bin.restore(kept.id)
    assert kb.store.count("vectors") == vectors
    assert kb.complete() == 0


def test_what_was_added_anew_is_not_restored_over(kb: KnowledgeBase) -> None:
    kept = next(kb.documents())
    kb.remove(kept.id)
    kb.add(read(SAMPLES / FILES[0]), str(SAMPLES / FILES[0]))
    with pytest.raises(UsageError, match="bin-kept"):
        kb.bin.restore(kept.id)
    with pytest.raises(UsageError, match="bin-unknown"):
        kb.bin.restore("0000")
    assert kb.bin.empty() == 1
    with pytest.raises(UsageError, match="bin-unknown"):
        kb.bin.restore(kept.id)


def test_the_log_says_who_did_what(kb: KnowledgeBase) -> None:
    kept = next(kb.documents())
    with acting_as(Actor("เจ้าหน้าที่ 1", signs=True)):
        record = next(kb.statements(Filters(document=kept.id)))
        kb.reviews.review(record.id, "accepted", reviewer="คนอื่น")
        kb.remove(kept.id)
        kb.bin.restore(kept.id)
    history = kb.log.history(kept.id)
    assert [row.action for row in history] == [
        "document.restored",
        "document.deleted",
        "record.reviewed",
        "document.added",
    ]
    assert {row.actor for row in history[:3]} == {"เจ้าหน้าที่ 1"}
    assert [review.reviewer for review in kb.reviews.all(kept.id)] == ["เจ้าหน้าที่ 1"]
    assert [row.action for row in kb.log.history(record.id)] == ["record.reviewed"]


def test_a_person_changes_what_belongs_to_its_bodies_alone(kb: KnowledgeBase) -> None:
    one, other = kb.documents()
    assert one.organisation is not None
    assert other.organisation is not None
    before = [everything(kb, item.id) for item in (one, other)]
    rows = len(list(kb.log.rows()))
    record = next(iter(kb.projects(Filters(document=other.id))))
    with acting_as(Actor("เจ้าหน้าที่ 1", frozenset({one.organisation.name}))):
        for change in (
            lambda: kb.remove(other.id),
            lambda: kb.reviews.review(record.id, "rejected"),
            lambda: kb.reviews.add(other.id, "vision", "ข้อความใหม่"),
            lambda: kb.reviews.accept_all(other.id),
        ):
            with pytest.raises(PhaenError, match="body-not-yours"):
                change()
        assert [everything(kb, item.id) for item in (one, other)] == before
        assert len(list(kb.log.rows())) == rows
        kb.remove(one.id)
    with acting_as(Actor("เจ้าหน้าที่ 2", frozenset({other.organisation.name}))):
        with pytest.raises(PhaenError, match="body-not-yours"):
            kb.bin.restore(one.id)
        with pytest.raises(PhaenError, match="body-not-yours"):
            kb.add(read(SAMPLES / FILES[0]), str(SAMPLES / FILES[0]))
    assert not kb.has(one.id)
    assert len(list(kb.bin.documents())) == 1
