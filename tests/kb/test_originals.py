"""Originals: kept with their documents, brought back with them, gone with them."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kb import KnowledgeBase
from kb.checking import check_originals
from kb.loading.loading import load
from kb.store.backup import back_up, restore

PLAN = "แผนพัฒนาจังหวัดพะเยา พ.ศ. 2566-2570\nวิสัยทัศน์\nเมืองเกษตรปลอดภัย ประชาชนมีความสุข\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "plan.txt"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_document_keeps_the_bytes_it_was_read_from(file: Path, tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        (loaded,) = load([file], kb)
        original = kb.original(loaded.document_id or "")
        assert original is not None
        assert original.read_bytes() == file.read_bytes()
        (unchanged,) = load([file], kb)
        assert unchanged.status == "unchanged"
        assert len(list(kb.store.originals.all())) == 1
        kb.remove(loaded.document_id or "")
        assert len(list(kb.store.originals.all())) == 1, "it lies in the bin with its document"
        assert list(check_originals(kb.store, repair=True)) == []
        kb.bin.restore(loaded.document_id or "")
        assert kb.original(loaded.document_id or "") == original
        kb.remove(loaded.document_id or "")
        kb.bin.empty()
        assert list(kb.store.originals.all()) == []


def test_what_takes_a_documents_place_takes_its_originals_too(file: Path, tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        (old,) = load([file], kb)
        file.write_text(PLAN + "พันธกิจ\n1. พัฒนาแหล่งน้ำให้เพียงพอ\n", encoding="utf-8")
        (new,) = load([file], kb)
        assert new.status == "replaced"
        assert kb.original(old.document_id or "") is None
        assert kb.original(new.document_id or "") is not None


def test_a_backup_brings_originals_back(file: Path, tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        (loaded,) = load([file], kb)
        back_up(kb.store, tmp_path / "backup.db")
    restore(tmp_path / "backup.db", tmp_path / "other.db")
    with KnowledgeBase(tmp_path / "other.db") as kb:
        original = kb.original(loaded.document_id or "")
        assert original is not None
        assert original.read_bytes() == file.read_bytes()


def test_check_names_damaged_and_unneeded_originals_and_mends_them(
    file: Path, tmp_path: Path
) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        list(load([file], kb))
        assert list(check_originals(kb.store, repair=False)) == []
        (kept,) = kb.store.originals.all()
        kept.write_bytes(b"changed")
        other = tmp_path / "other.txt"
        other.write_bytes(b"left by a command that was killed")
        kb.store.originals._copy(other, kept.parent, lambda _: True)
        codes = {finding.code: finding.count for finding in check_originals(kb.store, repair=True)}
        assert codes == {"originals-unneeded": 1, "originals-damaged": 1}
        assert list(check_originals(kb.store, repair=False)) == []
        (loaded,) = load([file], kb)
        assert kb.original(loaded.document_id or "") is not None


def test_an_upload_can_be_downloaded_as_it_was_sent(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        sent = client.post("/v1/documents", files={"file": ("แผน.txt", PLAN.encode())})
        document = sent.json()["documents"][0]["id"]
        answer = client.get(f"/documents/{document}/original")
        assert answer.content == PLAN.encode()
        assert "attachment" in answer.headers["content-disposition"]
        assert str(tmp_path) not in str(answer.headers)
        for path in (tmp_path / "kb.db.originals").glob("*/*/*"):
            path.unlink()
        missing = client.get(f"/documents/{document}/original")
        assert missing.status_code == 404
