"""The knowledge base as one object: vectors made once, indexes that follow, honest checks."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase
from kb.checking import check
from tests.kb.samples import HILLTOWN, MISSIONS, VISION, document, project, rich
from tests.kb.tiny_encoder import TinyEncoder


@pytest.fixture
def encoder_() -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture
def kb(tmp_path: Path, encoder_: TinyEncoder) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "phaen.db", encoder=encoder_) as opened:
        yield opened


def found(kb: KnowledgeBase, query: str) -> list[str]:
    return [hit.record.text for hit in kb.search(query, mode="meaning", floor=0.0).hits]


def test_vectors_are_made_once_for_a_text_whoever_says_it(
    kb: KnowledgeBase, encoder_: TinyEncoder
) -> None:
    kb.add(document("a"))
    assert kb.complete() == 4
    kb.add(document("b", ("mission", MISSIONS[0]), ("goal", "ของใหม่"), body=HILLTOWN))
    assert kb.complete() == 1
    assert kb.complete() == 0
    assert len(encoder_.encoded) == len(set(encoder_.encoded))


def test_a_new_version_keeps_the_vectors_of_what_it_still_says(
    kb: KnowledgeBase, encoder_: TinyEncoder
) -> None:
    kb.add(document("a"), source="/a")
    kb.complete()
    encoder_.encoded.clear()
    kb.add(document("a", ("vision", VISION), ("goal", "ของใหม่")), source="/a")
    assert kb.complete() == 1
    assert encoder_.encoded == ["ของใหม่"]


def test_meaning_follows_what_is_added_and_removed(kb: KnowledgeBase) -> None:
    kb.add(document("a", ("goal", "ถนนลาดยางเข้าหมู่บ้าน")))
    assert found(kb, "ถนนลาดยาง") == ["ถนนลาดยางเข้าหมู่บ้าน"]
    added = document("b", ("goal", "ถนนลาดยาง"))
    kb.add(added)
    assert found(kb, "ถนนลาดยาง") == ["ถนนลาดยาง", "ถนนลาดยางเข้าหมู่บ้าน"]
    kb.remove(added.id)
    assert found(kb, "ถนนลาดยาง") == ["ถนนลาดยางเข้าหมู่บ้าน"]


def test_what_another_process_adds_is_found(kb: KnowledgeBase) -> None:
    kb.add(document("a", ("goal", "ถนนลาดยาง")))
    assert len(found(kb, "ถนน")) == 1
    script = (
        "import sys; from kb import KnowledgeBase; from tests.kb.samples import document\n"
        "with KnowledgeBase(sys.argv[1]) as kb: kb.add(document('b', ('goal', 'ถนนดินแดง')))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(kb.store.path)], check=True)
    assert sorted(found(kb, "ถนนดินแดง")) == ["ถนนดินแดง", "ถนนลาดยาง"]


def test_an_index_that_is_lost_or_damaged_is_made_again(
    tmp_path: Path, encoder_: TinyEncoder
) -> None:
    path = tmp_path / "phaen.db"
    with KnowledgeBase(path, encoder=encoder_) as kb:
        kb.add(document())
        before = found(kb, "ผู้สูงอายุ")
        folder = kb.index_folder
    for file in folder.glob("*.faiss"):
        file.write_bytes(b"junk")
    with KnowledgeBase(path, encoder=encoder_) as kb:
        assert found(kb, "ผู้สูงอายุ") == before
    shutil.rmtree(folder)
    with KnowledgeBase(path, encoder=encoder_) as kb:
        assert found(kb, "ผู้สูงอายุ") == before
        assert check(kb) == []


def test_another_model_is_told_and_the_command_it_names_works(tmp_path: Path) -> None:
    path = tmp_path / "phaen.db"
    with KnowledgeBase(path, encoder=TinyEncoder("tiny-1", 64)) as kb:
        kb.add(document())
        before = found(kb, "ผู้สูงอายุ")
    other = TinyEncoder("tiny-2", 32)
    with KnowledgeBase(path, encoder=other) as kb:
        with pytest.raises(UsageError) as stated:
            kb.search("ผู้สูงอายุ")
        assert stated.value.code == "model-changed"
        assert stated.value.details["command"] == "phaen check --repair"
        assert kb.search("ผู้สูงอายุ", mode="words").hits
        assert [each.code for each in check(kb)] == ["model-changed"]
        assert [(e.code, e.repaired) for e in check(kb, repair=True)] == [("model-changed", True)]
        assert found(kb, "ผู้สูงอายุ")[0] == before[0]
        assert check(kb) == []
        assert kb.store.count("models") == 1


def test_checks_find_and_mend_what_is_derived(kb: KnowledgeBase) -> None:
    kb.add(document())
    kb.add(rich())
    kb.complete()
    assert check(kb) == []
    with kb.store.writing() as connection:
        connection.execute("delete from vectors where passage = 2")
        connection.execute("update vectors set vector = x'00' where passage = 3")
        connection.execute("insert into passage_words (passage_words) values ('delete-all')")
    assert [each.code for each in check(kb)] == [
        "words-damaged",
        "vectors-damaged",
        "vectors-missing",
    ]
    assert all(each.repaired for each in check(kb, repair=True))
    assert check(kb) == []
    assert kb.search("ผู้สูงอายุ", mode="words").hits


def test_passages_prepared_in_another_way_are_prepared_anew(kb: KnowledgeBase) -> None:
    kb.add(rich())
    with kb.store.writing() as connection:
        connection.execute("update passages set words = 'old', concepts = ''")
        connection.execute("update settings set value = 'older' where name = 'recipe'")
    assert [each.code for each in check(kb, repair=True)] == ["words-outdated"]
    assert check(kb) == []
    assert [hit.record.text for hit in kb.search("จิต", mode="words").hits] == ["มีจิตบริการ"]


def test_counts_and_stats_tell_what_is_kept(kb: KnowledgeBase) -> None:
    kb.add(document())
    kb.add(rich())
    assert kb.counts() == {
        "documents": 2,
        "pages": 3,
        "statements": 5,
        "projects": 1,
        "organisations": 3,
    }
    stats = kb.stats()
    assert stats["by_kind"] == {"mission": 3, "project": 1, "value": 1, "vision": 1}
    assert stats["by_period"] == {"2566-2570": 1}
    assert stats["unread_pages"] == 1
    assert stats["model"] == {"kept": None, "loaded": False, "missing": 6}


def test_records_carry_their_body_years_and_document(kb: KnowledgeBase) -> None:
    kb.add(rich())
    (statement,) = [each.to_dict() for each in kb.statements()]
    assert statement["organisation"]["kind"] == "pao"
    assert statement["period"] == [2561, 2565]
    assert (statement["document"], statement["review"]) == ("c" * 16, None)
    assert statement["mentions"][1] == {"page": 2, "start": 0, "end": 11}
    (kept,) = [each.to_dict() for each in kb.projects()]
    assert kept["budget"] == {"2567": 1200000, "2568": "50000.5"}
    assert kept["organisation"]["name"] == HILLTOWN.name
    assert (kept["id"], kept["kind"]) == (project().id, "project")


def test_a_closed_knowledge_base_says_so(tmp_path: Path) -> None:
    kb = KnowledgeBase(tmp_path / "phaen.db")
    kb.close()
    with pytest.raises(PhaenError, match="kb-closed"):
        kb.counts()
