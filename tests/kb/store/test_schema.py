"""A file of a newer version is read and never written; one of an older version is renewed."""

import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from api.text.messages import explain
from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.store.backup import restore
from kb.store.store import Store
from tests.kb.samples import HILLTOWN, document


def from_the_future(path: Path, needs: str | None = "99.1") -> None:
    """Do to a file what a later version would: a step more, and its name."""
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("create table if not exists plans_of_the_future (key integer primary key)")
        other.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) "
            "values ('phaen', 'm999_future', '2570-01-01')"
        )
        if needs:
            other.execute("update settings set value = ? where name = 'needs-version'", (needs,))


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as other:
        return list(other.iterdump())


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as kb:
        kb.add(document("a"))
    from_the_future(path)
    return path


def test_a_newer_file_is_read(newer: Path) -> None:
    with KnowledgeBase(newer) as kb:
        (kept,) = kb.documents()
        assert kb.whole(kept.id).statements
        assert kb.search("ท่องเที่ยว", mode="words").hits
        assert not kb.store.writable


def test_a_newer_file_is_never_written(newer: Path) -> None:
    before = contents(newer)
    with KnowledgeBase(newer) as kb:
        (kept,) = kb.documents()
        attempts = (
            lambda: kb.add(document("b", body=HILLTOWN)),
            lambda: kb.remove(kept.id),
            lambda: kb.store.remember("model", "x"),
            lambda: kb.complete(),
            lambda: kb.store.connection.execute("delete from documents"),
        )
        for attempt in attempts[:3]:
            with pytest.raises(PhaenError, match="kb-newer") as refused:
                attempt()
            said = explain(refused.value, "en")
            assert "99.1" in said
            assert version("phaen") in said
            assert str(newer) in said
        for attempt in attempts[3:]:
            with pytest.raises(PhaenError):
                attempt()
    assert contents(newer) == before


def test_a_backup_is_not_restored_over_a_newer_file_nor_from_one(
    newer: Path, tmp_path: Path
) -> None:
    with KnowledgeBase(tmp_path / "old.db") as kb:
        kb.add(document("c"))
    before = contents(newer)
    with pytest.raises(PhaenError, match="kb-newer"):
        restore(tmp_path / "old.db", newer, replace=True)
    with pytest.raises(PhaenError, match="kb-newer"):
        restore(newer, tmp_path / "new.db")
    assert contents(newer) == before
    assert not (tmp_path / "new.db").exists()


def test_a_file_made_newer_while_it_is_open_is_written_no_more(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store(path) as store:
        store.add(document("a"))
        from_the_future(path)
        before = contents(path)
        for _ in range(2):
            with pytest.raises(PhaenError, match="kb-newer"):
                store.add(document("b"))
        assert [each.file for each in store.documents()] == ["a"]
    assert contents(path) == before


def test_a_newer_file_that_names_no_version_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    Store(path).close()
    from_the_future(path, needs=None)
    with Store(path) as store, pytest.raises(PhaenError, match="kb-newer-unnamed"):
        store.add(document("a"))


def test_a_file_remembers_who_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store(path) as store:
        assert store.setting("needs-version") == version("phaen")
        assert store.setting("written-by") == version("phaen")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("update settings set value = '0.0.1' where name = 'written-by'")
        other.execute("delete from settings where name = 'needs-version'")
    with Store(path) as store:
        assert store.setting("needs-version") == version("phaen")
        store.add(document("a"))
        assert store.setting("written-by") == version("phaen")


def test_opening_to_read_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store(path) as store:
        store.add(document("a"))
    with closing(sqlite3.connect(path)) as holder:
        holder.execute("begin immediate")  # a writer is busy, as long as it likes
        with Store(path) as store:
            assert store.count("documents") == 1
        holder.execute("rollback")


def test_another_programs_file_stays_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("create table songs (name text)")
    before = path.read_bytes()
    with pytest.raises(PhaenError, match="kb-foreign"):
        Store(path)
    assert path.read_bytes() == before
