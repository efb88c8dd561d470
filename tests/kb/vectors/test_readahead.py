"""Reading ahead is a kindness: whatever it meets, it harms nothing."""

from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.vectors.readahead import read_ahead


def test_what_is_gone_or_no_file_is_no_matter(tmp_path: Path) -> None:
    kept = tmp_path / "kept.bin"
    kept.write_bytes(b"x" * 3_000_000)
    read_ahead([tmp_path / "gone.bin", tmp_path, kept])
    assert kept.stat().st_size == 3_000_000


def test_a_system_without_it_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.posix_fadvise", raising=False)
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.warm_up()
        assert kb.search("ถนน").hits == ()
