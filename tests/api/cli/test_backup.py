"""A backup is whole, and brings everything back, reviews included."""

import sqlite3
from pathlib import Path

from tests.api.conftest import Run


def test_a_backup_brings_everything_back(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan)
    (document,) = run("list", "--json").records
    before = run("show", document["id"], "--json").out
    run("review", document["id"], "--accept")
    assert run("backup", "สำรอง.db").code == 0
    run("remove", document["id"])
    refused = run("restore", "สำรอง.db")
    assert (refused.code, "--force" in refused.err) == (2, True)
    assert run("restore", "สำรอง.db", "--force").code == 0
    assert run("show", document["id"], "--json").out == before
    assert len(run("review", "--json").records) > 0
    assert run("search", "กว๊าน", "--mode", "words", "--json").records
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_never_replaces_a_file_unasked(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan)
    (tmp_path / "a.db").write_text("งานสำคัญ")
    assert run("backup", "a.db").code == 2
    assert (tmp_path / "a.db").read_text() == "งานสำคัญ"
    assert run("backup", "a.db", "--force", "--json").records[0]["bytes"] > 0
    assert run("restore", "a.db", "--kb", "new.db", "--json").records[0]["documents"] == 1


def test_what_is_no_backup_is_refused_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_bytes(b"no database" * 100)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("create table songs (name text)")
    for name, code in (("junk.db", 1), ("other.db", 1), ("nix.db", 2)):
        result = run("restore", name, "--kb", "new.db")
        assert result.code == code
        assert name in result.err
        assert not (tmp_path / "new.db").exists()


def test_another_programs_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("create table songs (name text)")
    before = (tmp_path / "other.db").read_bytes()
    result = run("list", "--kb", "other.db")
    assert result.code == 1
    assert "other.db" in result.err
    with sqlite3.connect(tmp_path / "other.db") as other:
        assert other.execute("select name from sqlite_master").fetchall() == [("songs",)]
    assert len(before) > 0
