"""Reading ahead is a kindness: whatever it meets, it harms nothing."""

import os
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.vectors.readahead import read_ahead


def test_what_is_gone_or_no_file_is_no_matter(tmp_path: Path) -> None:
    kept = tmp_path / "kept.faiss"
    kept.write_bytes(b"x" * 3_000_000)
    (tmp_path / "folder.faiss").mkdir()
    (tmp_path / "gone.faiss").symlink_to(tmp_path / "nowhere")
    read_ahead([tmp_path / "no folder", tmp_path])
    assert kept.stat().st_size == 3_000_000


def test_only_index_files_are_opened(tmp_path: Path) -> None:
    """A pipe in the place of a database would keep whoever opens it waiting without end."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    for name in ("kb.db", "kb.db-wal", "kb.db-shm", "manifest.json"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "kb.faiss").symlink_to(tmp_path / "kb.db")
    read_ahead([tmp_path])


def test_a_system_without_it_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.posix_fadvise", raising=False)
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.warm_up()
        assert kb.search("ถนน").hits == ()
