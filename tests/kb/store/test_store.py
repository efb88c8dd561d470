"""The store keeps documents whole, once, and forgets them whole."""

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import PhaenError, UsageError
from ingest.records import Period
from kb.store.filters import Filters
from kb.store.store import Store
from tests.kb.samples import (
    HILLTOWN,
    MISSIONS,
    RIVERSIDE,
    RIVERSIDE_PAO,
    VISION,
    document,
    project,
    rich,
)


@pytest.fixture
def store(tmp_path: Path):
    with_store = Store(tmp_path / "phaen.db")
    yield with_store
    with_store.close()


def rows(store: Store) -> dict[str, int]:
    tables = (
        "documents",
        "pages",
        "entries",
        "statements",
        "projects",
        "passages",
        "organisations",
        "mentions",
        "sources",
    )
    return {table: store.count(table) for table in tables}


def test_a_document_comes_back_as_it_was_added(store: Store) -> None:
    assert store.add(rich()) == "added"
    assert store.whole("c" * 16) == rich()


def test_adding_again_changes_nothing(store: Store) -> None:
    store.add(rich())
    before, generation = rows(store), store.generation
    assert store.add(rich()) == "unchanged"
    assert rows(store) == before
    assert store.generation == generation


def test_the_same_content_elsewhere_is_the_same_document(store: Store) -> None:
    store.add(document(), source="/plans/a.txt")
    assert store.add(document(), source="/plans/copy of a.txt") == "unchanged"
    assert store.count("documents") == 1


def test_other_content_in_the_same_file_replaces_the_old(store: Store) -> None:
    old = document("plan.txt")
    new = document("plan.txt", ("vision", "เมืองใหม่"))
    store.add(old, source="/plans/plan.txt")
    assert store.add(new, source="/plans/plan.txt") == "replaced"
    assert [each.id for each in store.documents()] == [new.id]
    assert store.document(new.id).version_of == old.id
    assert [each.text for each in store.statements()] == ["เมืองใหม่"]
    assert store.count("passages") == 1


def test_content_that_still_stands_elsewhere_is_not_replaced(store: Store) -> None:
    store.add(document("a"), source="/a")
    store.add(document("a"), source="/b")
    new = document("b", ("vision", "เมืองใหม่"))
    assert store.add(new, source="/b") == "added"
    assert store.count("documents") == 2


def test_a_file_that_becomes_a_copy_of_another_leaves_one_document(store: Store) -> None:
    first, second = document("a"), document("b", ("vision", "เมืองใหม่"))
    store.add(first, source="/a")
    store.add(second, source="/b")
    assert store.add(first, source="/b") == "replaced"
    assert [each.id for each in store.documents()] == [first.id]


def test_uploads_of_one_name_are_told_apart_by_body_and_years(store: Store) -> None:
    store.add(document("แผน.pdf"))
    other_body = document("แผน.pdf", ("vision", "ข"), body=RIVERSIDE_PAO)
    other_years = document("แผน.pdf", ("vision", "ค"), period=Period(2561, 2565))
    same = document("แผน.pdf", ("vision", "ง"))
    assert store.add(other_body) == "added"
    assert store.add(other_years) == "added"
    assert store.add(same) == "replaced"
    assert store.count("documents") == 3


def test_a_better_reading_of_the_same_bytes_takes_the_old_ones_place(store: Store) -> None:
    poor = replace(rich(), statements=())
    store.add(poor, source="/a")
    assert store.add(rich(), source="/a") == "replaced"
    assert store.whole("c" * 16) == rich()
    assert store.add(rich(), source="/a") == "unchanged"


def test_removing_leaves_nothing_of_a_document_and_all_of_the_others(store: Store) -> None:
    store.add(document())
    before = rows(store)
    store.add(rich())
    store.add(document("b", ("mission", MISSIONS[0]), body=HILLTOWN))
    store.remove("cccc")
    store.remove(document("b", ("mission", MISSIONS[0]), body=HILLTOWN).id)
    assert rows(store) == before
    matches = store.connection.execute(
        "select count(*) from passage_words where passage_words match 'จิต'"
    ).fetchone()[0]
    assert matches == 0


def test_texts_said_by_many_are_kept_once(store: Store) -> None:
    store.add(document("a", ("vision", VISION)))
    store.add(document("b", ("vision", VISION), body=HILLTOWN))
    assert (store.count("entries"), store.count("passages")) == (2, 1)


def test_a_document_that_cannot_be_kept_whole_is_not_kept(store: Store) -> None:
    store.add(document("a"))
    before = rows(store)
    twice = document("b", ("vision", "ก"))
    broken = replace(twice, statements=twice.statements * 2)
    with pytest.raises(sqlite3.IntegrityError):
        store.add(broken)
    assert rows(store) == before
    assert store.add(document("c")) == "added"


def test_documents_are_found_by_an_unambiguous_beginning(store: Store) -> None:
    store.add(rich())
    store.add(replace(rich(), id="cc" + "d" * 14, file="other"))
    assert store.document("ccc").id == "c" * 16
    assert store.document("C" * 16).id == "c" * 16
    with pytest.raises(UsageError, match="document-ambiguous"):
        store.document("cc")
    for unknown in ("", "ffff", "%", "แผน", "c' or 1=1"):
        with pytest.raises(UsageError, match="document-unknown"):
            store.document(unknown)


def test_records_are_found_by_an_unambiguous_beginning(store: Store) -> None:
    store.add(rich())
    assert store.record("aaaa").text == "มีจิตบริการ"
    assert store.record("aaaa").organisation == RIVERSIDE_PAO
    assert store.record(project().id[:8]).kind == "project"
    for unknown in ("", "z", "%"):
        with pytest.raises(UsageError, match="record-unknown"):
            store.record(unknown)


def test_a_projects_years_are_those_of_its_money(store: Store) -> None:
    store.add(rich())
    (kept,) = store.projects()
    assert kept.period == Period(2567, 2568)
    assert [each.id for each in store.projects(Filters(period=(2567, 2567)))] == [kept.id]
    assert not list(store.projects(Filters(period=(2569, 2570))))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 5),
        (Filters(kinds=("vision",)), 1),
        (Filters(kinds=("vision", "value")), 2),
        (Filters(organisation="จังหวัดริมธาร"), 4),
        (Filters(organisation="จ.ริมธาร"), 4),
        (Filters(organisation="อบจ.ริมธาร"), 1),
        (Filters(organisation="อบจ. ริมธาร"), 1),
        (Filters(organisation="ริมธาร"), 5),
        (Filters(organisation="ไม่มีจริง"), 0),
        (Filters(organisation=""), 0),
        (Filters(organisation_kinds=("province",)), 4),
        (Filters(province="จังหวัดริมธาร", organisation_kinds=("pao",)), 1),
        (Filters(province="แพร่"), 0),
        (Filters(district="อ.เมืองริมธาร"), 0),
        (Filters(plan_kinds=("local_plan",)), 1),
        (Filters(period=(2565, 2565)), 1),
        (Filters(period=(2565, 2566)), 5),
        (Filters(period=(2023, 2023)), 4),
        (Filters(document="cccc"), 1),
        (Filters(min_confidence=0.8), 4),
        (Filters(reviewed=True), 0),
        (Filters(reviewed=False), 5),
    ],
)
def test_filters_compose_and_fail_closed(store: Store, filters: Filters, expected: int) -> None:
    store.add(document())
    store.add(rich())
    assert len(list(store.statements(filters))) == expected


def test_documents_can_be_filtered_too(store: Store) -> None:
    store.add(document())
    store.add(rich())
    assert [each.id for each in store.documents(Filters(kinds=("project",)))] == ["c" * 16]
    assert [each.organisation for each in store.documents(Filters(province="ริมธาร"))] == [
        RIVERSIDE,
        HILLTOWN,
    ]
    assert not list(store.documents(Filters(period=(2580, 2581))))
    assert len(list(store.documents(Filters(document="cccc")))) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kinds": ("dream",)},
        {"organisation_kinds": ("king",)},
        {"plan_kinds": ("x",)},
        {"period": (2570, 2566)},
        {"period": (1, 2)},
        {"period": (2566, 99999)},
        {"min_confidence": 1.5},
    ],
)
def test_filters_that_cannot_be_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Filters(**values)


def test_pages_and_lists_can_be_walked_in_steps(store: Store) -> None:
    store.add(document())
    first = list(store.statements(limit=3))
    rest = list(store.statements(after=first[-1].key))
    assert [each.text for each in first + rest] == [VISION, *MISSIONS]


def test_threads_read_and_write_one_store(store: Store) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(5):
                store.add(document(f"{number}-{step}", ("vision", f"เมือง {number} {step}")))
                list(store.statements())
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert store.count("documents") == 20


def test_two_processes_write_one_store(tmp_path: Path) -> None:
    script = (
        "import sys; from kb.store.store import Store; from tests.kb.samples import document\n"
        "store = Store(sys.argv[1])\n"
        "for i in range(10): store.add(document(sys.argv[2] + str(i), ('vision', f'v{i}')))\n"
    )
    path = str(tmp_path / "phaen.db")
    running = [subprocess.Popen([sys.executable, "-c", script, path, name]) for name in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    store = Store(path)
    assert store.count("documents") == 20
    store.close()


def test_a_missing_knowledge_base_is_only_made_when_asked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-knowledge-base"):
        Store(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_files_that_are_no_knowledge_base_are_told(tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"this is no database at all, only words" * 100)
    with pytest.raises(PhaenError, match="kb-damaged"):
        Store(junk)
    assert junk.read_bytes().startswith(b"this is no database")
    with pytest.raises(UsageError, match="kb-is-a-folder"):
        Store(tmp_path)
    with pytest.raises(PhaenError, match="kb-not-writable"):
        Store(tmp_path / "no" / "such" / "folder.db")
