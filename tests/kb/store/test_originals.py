"""Originals are kept beside the store, come back with a backup, and go with their document."""

import hashlib
from pathlib import Path

import pytest

from ingest.errors import ReadError
from kb import KnowledgeBase
from kb.checking import check
from kb.loading.loading import load
from kb.store.backup import back_up, restore
from kb.store.originals import Originals

PLAN = "วิสัยทัศน์\n“เมืองน่าอยู่ คู่ลำน้ำ”\n"


def written(folder: Path, name: str, text: str = PLAN) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def added(kb: KnowledgeBase, path: Path) -> str:
    (loaded,) = load([path], kb, workers=1)
    assert loaded.document_id is not None
    return loaded.document_id


def test_what_was_read_can_be_had_again_byte_for_byte(tmp_path: Path) -> None:
    path = written(tmp_path, "แผน.txt")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        document = added(kb, path)
        original = kb.original(document)
        assert original is not None
        assert original.read_bytes() == path.read_bytes()
        assert hashlib.sha256(original.read_bytes()).hexdigest().startswith(document)


def test_a_document_kept_before_originals_gets_its_own_when_added_again(tmp_path: Path) -> None:
    path = written(tmp_path, "แผน.txt")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        document = added(kb, path)
        kb.store.originals.remove(document)
        assert kb.original(document) is None
        added(kb, path)
        assert kb.original(document) is not None


def test_none_are_kept_where_the_office_wants_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHAEN_ORIGINALS", "none")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        assert kb.original(added(kb, written(tmp_path, "แผน.txt"))) is None
    assert not (tmp_path / "kb.db.originals").exists()


def test_the_original_goes_with_its_document(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        document = added(kb, written(tmp_path, "แผน.txt"))
        kb.remove(document)
        assert list(kb.store.originals.ids()) == []


def test_a_newer_file_at_the_same_place_takes_the_old_original_away(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        added(kb, written(tmp_path, "แผน.txt"))
        newer = added(kb, written(tmp_path, "แผน.txt", PLAN.replace("น่าอยู่", "น่าเที่ยว")))
        assert list(kb.store.originals.ids()) == [newer]


def test_originals_are_no_documents_of_a_folder_that_is_added(tmp_path: Path) -> None:
    written(tmp_path, "แผน.txt")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        assert [one.status for one in load([tmp_path], kb, workers=1)] == ["added"]
        assert [one.status for one in load([tmp_path], kb, workers=1)] == ["unchanged"]


def test_a_backup_brings_them_back(tmp_path: Path) -> None:
    path = written(tmp_path, "แผน.txt")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        document = added(kb, path)
        back_up(kb.store, tmp_path / "backup")
    (tmp_path / "elsewhere").mkdir()
    restore(tmp_path / "backup", tmp_path / "elsewhere" / "kb.db")
    with KnowledgeBase(tmp_path / "elsewhere" / "kb.db") as kb:
        original = kb.original(document)
        assert original is not None
        assert original.read_bytes() == path.read_bytes()
        assert check(kb) == []
        back_up(kb.store, tmp_path / "second")
    restore(tmp_path / "second", tmp_path / "elsewhere" / "kb.db", replace=True)
    with KnowledgeBase(tmp_path / "elsewhere" / "kb.db") as kb:
        assert kb.original(document) is not None


def test_bytes_that_changed_while_they_were_read_are_not_kept(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "kb.db")
    assert not originals.keep("0123456789abcdef", written(tmp_path, "แผน.txt"))
    assert list(originals.ids()) == []


def test_check_finds_damaged_and_unused_ones(tmp_path: Path) -> None:
    other = written(tmp_path, "อื่น.txt", "ไม่ใช่แผน")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        document = added(kb, written(tmp_path, "แผน.txt"))
        kb.store.originals.keep(hashlib.sha256(other.read_bytes()).hexdigest()[:16], other)
        original = kb.original(document)
        assert original is not None
        original.write_bytes(b"broken")
        assert {one.code for one in check(kb)} == {"originals-unused", "originals-damaged"}
        assert all(one.repaired for one in check(kb, repair=True))
        assert check(kb) == []
        assert kb.original(document) is None


def test_a_folder_that_can_not_be_written_is_an_error_and_the_document_stays(
    tmp_path: Path,
) -> None:
    (tmp_path / "kb.db.originals").write_text("in the way")
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        (loaded,) = load([written(tmp_path, "แผน.txt")], kb, workers=1)
        assert isinstance(loaded.error, ReadError)
        assert loaded.error.code == "original-not-kept"
        assert kb.counts()["documents"] == 1
