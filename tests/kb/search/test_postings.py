"""Postings find what FTS5 finds, whatever is added, removed or broken on disk meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import Filters, KnowledgeBase
from kb.search import lexical_files as wordshelf
from kb.search.lexical import Known, Statistics, WordIndex
from kb.store.passages import squeeze
from tests.kb.samples import HILLTOWN, RIVERSIDE, document

PLACES = ("ริมธาร", "เนินสวย", "ห้วยใส", "ดอนกลาง", "ทุ่งทอง", "บึงกว้าง")
WORKS = ("ก่อสร้างถนน คสล.", "ขุดลอกคลอง", "อบรมผู้สูงอายุ", "ซื้ออาหารเสริม (นม)", "ติดตั้ง AED", "ปลูกป่าชายเลน")
TEXTS = [f"{work} บ้าน{place} ระยะที่ {n}" for n in range(1, 4) for place in PLACES for work in WORKS]
QUERIES = st.lists(
    st.sampled_from(
        ["ถนน", "คลอง", "นม", "ผู้สูงอายุ", "คนชรา", "ป่า", "2", "๓", "AED", "ทอง", "ไม่มีคำนี้", "ะ"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def add(kb: KnowledgeBase, name: str, texts: list[str], body: object = RIVERSIDE) -> str:
    plan = document(name, *(("goal", text) for text in texts), body=body)
    kb.add(plan)
    return plan.id


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path_factory.mktemp("postings") / "phaen.db") as opened:
        add(opened, "a", TEXTS[:70])
        add(opened, "b", TEXTS[70:], HILLTOWN)
        yield opened


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make postings of stores that are small enough for a test."""
    monkeypatch.setattr(wordshelf, "LEAST", 20)
    monkeypatch.setattr("kb.search.postings.PART", 40)


def indexes(kb: KnowledgeBase) -> tuple[WordIndex, WordIndex]:
    """Return the words of a store by FTS5 alone, and by postings."""
    connection = kb.store.connection
    stated = Statistics.of(connection)
    laid_out = wordshelf.WordFiles(kb.store).postings(stated.passages, stated.length)
    assert laid_out.parts
    return WordIndex(connection, Known(stated)), WordIndex(connection, Known(stated, laid_out))


@pytest.mark.usefixtures("small_parts")
class TestPostings:
    @settings(
        max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
    )
    @given(query=QUERIES)
    def test_they_find_and_weigh_what_fts5_does(self, kb: KnowledgeBase, query: str) -> None:
        slow, fast = indexes(kb)
        found = []
        for index in (slow, fast):
            asked = index.understand(query)
            weighed = index.weigh(asked, index.search(asked, limit=200))
            found.append({key for key, match in weighed.items() if match.coverage > 0})
        assert found[0] == found[1]

    @pytest.mark.parametrize("phrase", ["บ้านห้วยใส", "คลองบ้าน", "(นม)", "ม)บ", "2", "ไม่มี", "é"])
    def test_they_find_the_same_phrases(self, kb: KnowledgeBase, phrase: str) -> None:
        slow, fast = indexes(kb)
        assert slow.exact(phrase) == fast.exact(phrase)
        expected = sum(squeeze(phrase) in squeeze(text) for text in TEXTS)
        assert len(fast.exact(phrase)) == expected

    def test_filters_hold(self, kb: KnowledgeBase) -> None:
        hits = kb.search("ถนน", mode="words", filters=Filters(organisation=HILLTOWN.name)).hits
        assert hits
        assert {hit.record.organisation for hit in hits} == {HILLTOWN}

    def test_what_is_added_is_found_and_what_is_removed_is_not(self, tmp_path: Path) -> None:
        with KnowledgeBase(tmp_path / "kb.db") as kb:
            gone = add(kb, "a", TEXTS[:60])
            assert kb.search("ขุดลอกคลอง", mode="words").found
            add(kb, "b", ["ขุดลอกคลองสายใหม่เอี่ยม"])
            assert kb.search("สายใหม่เอี่ยม", mode="words").hits[0].record.text.endswith("เอี่ยม")
            kb.remove(gone)
            for mode in ("words", "exact"):
                found = kb.search("ขุดลอกคลอง", mode=mode, limit=50, floor=0.0).hits
                assert [hit.record.text for hit in found] == ["ขุดลอกคลองสายใหม่เอี่ยม"]

    @pytest.mark.parametrize("harm", ["cut", "scribble", "manifest", "delete", "none"])
    def test_damage_on_disk_is_mended(self, tmp_path: Path, harm: str) -> None:
        path = tmp_path / "kb.db"
        with KnowledgeBase(path) as kb:
            add(kb, "a", TEXTS)
            before = [hit.to_dict() for hit in kb.search("ถนน บ้านห้วยใส", mode="words").hits]
        folder = tmp_path / "kb.db.words"
        (first, *_) = sorted(folder.glob("*.words"))
        if harm == "cut":
            first.write_bytes(first.read_bytes()[:100])
        elif harm == "scribble":
            first.write_bytes(first.read_bytes()[:-50] + b"x" * 50)
        elif harm == "manifest":
            (folder / "manifest.json").write_text('{"fingerprint": 3', "utf-8")
        elif harm == "delete":
            first.unlink()
        with KnowledgeBase(path) as kb:
            after = [hit.to_dict() for hit in kb.search("ถนน บ้านห้วยใส", mode="words").hits]
        assert after == before

    def test_many_small_additions_stay_few_parts(self, tmp_path: Path) -> None:
        with KnowledgeBase(tmp_path / "kb.db") as kb:
            for number in range(18):
                add(kb, str(number), [f"{text} {number}" for text in TEXTS[:21]])
                kb.search("ถนน", mode="words")
            found = kb.search("ถนน", mode="words", limit=200, floor=0.0)
            assert found.found == 18 * sum("ถนน" in text for text in TEXTS[:21])
        assert len(list((tmp_path / "kb.db.words").glob("*.words"))) < 18
