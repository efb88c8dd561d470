"""What befalls a file (damage, deletion, replacement) is understood and said, never guessed."""

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.text.messages import explain
from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.checking import check
from kb.store.backup import back_up, restore
from kb.store.store import Store
from tests.kb.samples import HILLTOWN, document, project, rich

PAGE = 4096
UNDERSTOOD = {"kb-damaged", "record-damaged", "words-damaged", "kb-foreign", "kb-unreadable"}


def filled(path: Path) -> Path:
    with KnowledgeBase(path) as kb:
        kb.add(rich())
        kb.add(document("a"))
        kb.add(document("b", ("goal", "คลองสะอาด " * 2000), body=HILLTOWN))
        kb.add(document("c", body=HILLTOWN, projects=(project("ขุดคลอง"),)))
    return path


def asked(kb: KnowledgeBase) -> list[Any]:
    """Ask for everything that a list, a search and the health of a server ask for."""
    documents = list(kb.documents())
    return [
        [each.to_dict() for each in documents],
        [kb.whole(each.id) for each in documents],
        [each.record for each in kb.statements()],
        [each.record for each in kb.projects()],
        [hit.record.text for hit in kb.search("คลอง", mode="words").hits],
        [hit.record.text for hit in kb.search("คลองสะอาด", mode="exact").hits],
        [(body.name, dict(counts)) for body, counts in kb.organisations()],
        kb.counts(),
    ]


def code_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(PhaenError) as failed:
        attempt()
    assert failed.value.code in explain(failed.value, "en") or explain(failed.value, "en")
    return failed.value.code


def test_a_file_deleted_under_a_running_process_is_missed(tmp_path: Path) -> None:
    path = filled(tmp_path / "kb.db")
    with KnowledgeBase(path) as kb:
        (first, *_) = kb.documents()
        path.unlink()
        for attempt in (
            lambda: list(kb.documents()),
            lambda: kb.search("คลอง", mode="words"),
            lambda: kb.add(document("d")),
            lambda: kb.remove(first.id),
            lambda: check(kb),
            kb.store.look,
            kb.counts,
        ):
            assert code_of(attempt) == "kb-gone"
    assert not path.exists()


def test_a_file_replaced_under_a_running_process_is_noticed(tmp_path: Path) -> None:
    path, other = filled(tmp_path / "kb.db"), filled(tmp_path / "other.db")
    with KnowledgeBase(path) as kb:
        other.replace(path)
        for attempt in (
            lambda: list(kb.documents()),
            lambda: kb.search("คลอง", mode="words"),
            lambda: kb.add(document("d")),
            lambda: check(kb),
            kb.store.look,
        ):
            assert code_of(attempt) == "kb-replaced"
    with KnowledgeBase(path) as kb:
        assert kb.counts()["documents"] == 4
        assert kb.add(document("d")) == "added"


def test_a_file_deleted_within_a_write_is_not_said_to_be_written(tmp_path: Path) -> None:
    path = filled(tmp_path / "kb.db")
    with Store(path) as store:

        def write() -> None:
            with store.writing() as connection:
                connection.execute("delete from documents")
                path.unlink()

        assert code_of(write) == "kb-gone"


@pytest.mark.slow
def test_a_file_cut_short_under_a_running_process_does_not_kill_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "kb.db")
    code = (
        "import os, sys; from pathlib import Path; from ingest.errors import PhaenError\n"
        "from kb.store.store import Store; path = Path(sys.argv[1])\n"
        "with Store(path) as store:\n"
        "    list(store.documents()); os.truncate(path, 4096)\n"
        "    try: [store.whole(each.id) for each in store.documents()]; print('answered')\n"
        "    except PhaenError as error: print(error.code)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() in ("kb-damaged", "kb-unreadable")


@pytest.mark.parametrize("filling", ["zeros", "noise", "letters"])
def test_a_damaged_page_gives_the_right_answer_or_a_clear_error(
    tmp_path: Path, filling: str
) -> None:
    path = filled(tmp_path / "sound.db")
    with KnowledgeBase(path) as kb:
        right = asked(kb)
    dice = random.Random(filling)
    damaged = 0
    for page in range(path.stat().st_size // PAGE):
        broken = tmp_path / "broken.db"
        shutil.copy(path, broken)
        fill = {"zeros": bytes(PAGE), "noise": dice.randbytes(PAGE), "letters": b"\xe0\xb8" * 2048}
        with broken.open("r+b") as file:
            file.seek(page * PAGE)
            file.write(fill[filling])
        stated = outcome(broken)
        if isinstance(stated, str):
            assert stated in UNDERSTOOD
            damaged += 1
        else:
            assert stated == right
    assert damaged > 10


def outcome(path: Path) -> str | list[Any]:
    """Open a file, check it and ask it everything; return the answers, or the code of an error.

    What `check` calls sound must answer, and what it doesn't may answer or say what is wrong.
    """
    try:
        with KnowledgeBase(path, create=False) as kb:
            if not check(kb):
                return asked(kb)
            with contextlib.suppress(PhaenError):
                asked(kb)
            return "kb-damaged"
    except PhaenError as error:
        return error.code


def test_damage_that_was_met_stays_known_until_it_is_mended(tmp_path: Path) -> None:
    path = filled(tmp_path / "kb.db")
    with KnowledgeBase(path) as kb:
        back_up(kb.store, tmp_path / "backup.db")
    with closing(sqlite3.connect(path)) as other:
        (root,) = other.execute(
            "select rootpage from sqlite_master where name = 'statements'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(bytes(PAGE))
    with KnowledgeBase(path) as kb:
        kb.store.look()
        assert code_of(lambda: list(kb.statements())) == "kb-damaged"
        assert code_of(kb.store.look) == "kb-damaged"
        assert [finding.code for finding in check(kb)] == ["store-damaged"]
        restore(tmp_path / "backup.db", path, replace=True)
        kb.store.look()
        assert list(kb.statements())


def test_a_backup_mends_a_file_that_is_no_database_any_more(tmp_path: Path) -> None:
    path = filled(tmp_path / "kb.db")
    with KnowledgeBase(path) as kb:
        back_up(kb.store, tmp_path / "backup.db")
        before = asked(kb)
    path.write_bytes(b"nothing of it is left" * 1000)
    assert code_of(lambda: KnowledgeBase(path)) == "kb-damaged"
    restore(tmp_path / "backup.db", path, replace=True)
    with KnowledgeBase(path) as kb:
        assert asked(kb) == before
    assert (tmp_path / "kb.db.damaged").read_bytes().startswith(b"nothing")


def test_a_running_process_answers_from_what_was_restored(tmp_path: Path) -> None:
    """Keys of passages are the same, what they say is not: nothing old may be shown."""
    path = tmp_path / "kb.db"
    with KnowledgeBase(tmp_path / "other.db") as other:
        other.add(document("x", ("goal", "หอดูดาวประจำอำเภอ"), body=HILLTOWN))
        back_up(other.store, tmp_path / "backup.db")
    with KnowledgeBase(path) as kb:
        kb.add(document("y", ("goal", "ตลาดน้ำวันอาทิตย์"), body=HILLTOWN))
        assert kb.search("ตลาดน้ำ", mode="words").hits
        generation = kb.store.generation
        restore(tmp_path / "backup.db", path, replace=True)
        assert kb.store.generation > generation
        assert not kb.search("ตลาดน้ำ", mode="words").hits
        assert kb.search("หอดูดาว", mode="words").hits


@pytest.mark.slow
def test_meaning_follows_what_was_restored(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with KnowledgeBase(tmp_path / "other.db") as other:
        other.add(document("x", ("goal", "หอดูดาวประจำอำเภอ"), body=HILLTOWN))
        other.complete()
        back_up(other.store, tmp_path / "backup.db")
    with KnowledgeBase(path) as kb:
        kb.add(document("y", ("goal", "ตลาดน้ำวันอาทิตย์"), body=HILLTOWN))
        assert kb.search("ตลาดน้ำวันอาทิตย์", mode="meaning").hits
        restore(tmp_path / "backup.db", path, replace=True)
        (hit,) = kb.search("หอดูดาวประจำอำเภอ", mode="meaning").hits
        assert hit.why.meaning is not None
        assert hit.record.text == "หอดูดาวประจำอำเภอ"
        assert hit.why.meaning > 0.8


def test_a_backup_never_takes_the_place_of_a_knowledge_base_in_use(tmp_path: Path) -> None:
    path, other = filled(tmp_path / "kb.db"), filled(tmp_path / "other.db")
    with KnowledgeBase(path) as kb, KnowledgeBase(other) as running:
        running.add(document("z"))
        for target in (path, other):
            assert code_of(lambda target=target: back_up(kb.store, target, replace=True)) == (
                "backup-in-use"
            )
        assert running.counts()["documents"] == 5
    assert code_of(lambda: restore(path, path, replace=True)) == "restore-itself"
