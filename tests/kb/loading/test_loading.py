"""Folders of files into the store: order, skipping, archives, errors, and sudden death."""

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from ingest.formats.limits import MIB, Limits
from ingest.records import Organisation, Period
from kb.loading.loading import Loaded, Progress
from kb.loading.loading import load as load_with
from kb.store.store import Store

pytestmark = pytest.mark.slow

load = partial(load_with, workers=1)  # one process starts faster than several

BODY = "วิสัยทัศน์\n“{vision}”\nพันธกิจ\n1. พัฒนาโครงสร้างพื้นฐานให้ทั่วถึง\n2. ส่งเสริมอาชีพและรายได้ของประชาชน\n"
VISIONS = ("เมืองน่าอยู่ คู่ธรรมชาติ", "ตำบลเข้มแข็ง แหล่งเกษตรปลอดภัย", "ชุมชนสุขภาพดี มีการศึกษา")


def plan(path: Path, vision: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY.format(vision=vision), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "แผน พัฒนา"
    plan(found / "แผน 10.txt", VISIONS[0])
    plan(found / "แผน 2.txt", VISIONS[1])
    plan(found / "ปี ๒๕๖๖" / "แผน\nทบทวน.txt", VISIONS[2])
    plan(found / ".hidden.txt", "ซ่อน")
    plan(found / "__MACOSX" / "junk.txt", "ขยะ")
    (found / "~$แผน.docx").write_bytes(b"lock")
    (found / "Thumbs.db").write_bytes(b"x")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "phaen.db")
    yield opened
    opened.close()


def outcomes(loaded: list[Loaded]) -> list[tuple[str, str]]:
    return [(Path(found.file).name, found.status) for found in loaded]


def dump(store: Store) -> list[object]:
    """Everything the knowledge base says, without the moment it was told."""
    said: list[object] = []
    for document in store.documents():
        outcomes = document.to_dict()
        del outcomes["added_at"]
        said.append(outcomes)
        said += [page.text for page in store.pages(document.id)]
        said.append(store.whole(document.id).to_dict())
    said.append(store.count("sources"))
    return said


def test_a_folder_in_natural_order_without_junk(folder: Path, store: Store) -> None:
    found = list(load([folder], store))
    assert outcomes(found) == [
        ("แผน\nทบทวน.txt", "added"),
        ("แผน 2.txt", "added"),
        ("แผน 10.txt", "added"),
    ]
    assert [one.statements for one in found] == [3, 3, 3]


def test_a_second_run_reads_nothing(folder: Path, store: Store) -> None:
    list(load([folder], store))
    before = dump(store)
    pages: list[Progress] = []
    again = list(load([folder], store, progress=pages.append))
    assert {one.status for one in again} == {"unchanged"}
    assert [one.statements for one in again] == [3, 3, 3]
    assert pages[-1].pages == 0
    assert dump(store) == before


def test_a_changed_file_replaces_what_it_said(folder: Path, store: Store) -> None:
    list(load([folder], store))
    plan(folder / "แผน 2.txt", "วิสัยทัศน์ใหม่ของตำบล")
    assert dict(outcomes(list(load([folder], store))))["แผน 2.txt"] == "replaced"
    texts = [found.text for found in store.statements()]
    assert not any(VISIONS[1] in text for text in texts)


def test_a_copy_is_the_same_document_and_a_move_keeps_it(folder: Path, store: Store) -> None:
    list(load([folder], store))
    shutil.copy(folder / "แผน 2.txt", folder / "สำเนา.txt")
    assert dict(outcomes(list(load([folder], store))))["สำเนา.txt"] == "unchanged"
    (folder / "แผน 2.txt").unlink()
    plan(folder / "สำเนา.txt", "วิสัยทัศน์ใหม่ของตำบล")
    list(load([folder], store))
    assert VISIONS[1] in str(dump(store)), "the first place still counts: nobody said it is gone"


def test_a_file_given_kept_content_lets_go_of_its_own(folder: Path, store: Store) -> None:
    list(load([folder], store))
    shutil.copy(folder / "แผน 10.txt", folder / "แผน 2.txt")
    assert dict(outcomes(list(load([folder], store))))["แผน 2.txt"] == "replaced"
    assert store.count("documents") == 2


def test_two_files_alike_in_one_run(tmp_path: Path, store: Store) -> None:
    for name in ("ก.txt", "ข.txt"):
        plan(tmp_path / "twins" / name, VISIONS[0])
    found = list(load([tmp_path / "twins"], store))
    assert outcomes(found) == [("ก.txt", "added"), ("ข.txt", "unchanged")]


def test_what_the_caller_knows_better(folder: Path, store: Store) -> None:
    body = Organisation("องค์การบริหารส่วนตำบลท่าน้ำใส", "sao", "พิษณุโลก")
    wishes = {"organisation": body, "period": Period(2566, 2570)}
    list(load([folder], store))
    assert {one.status for one in load([folder], store, **wishes)} == {"replaced"}
    assert {one.status for one in load([folder], store, **wishes)} == {"unchanged"}
    kept = list(store.documents())
    assert {(one.organisation, one.period) for one in kept} == {(body, Period(2566, 2570))}


def test_bad_files_are_told_and_the_others_kept(folder: Path, store: Store) -> None:
    (folder / "ว่าง.txt").touch()
    (folder / "ขยะ.txt").write_bytes(os.urandom(3000))
    (folder / "เสีย.docx").write_bytes(b"PK\x03\x04 broken")
    paths = [folder / "ไม่มี.pdf", folder]
    found = list(load(paths, store))
    errors = {Path(one.file).name: one.error.code for one in found if one.error}
    assert errors == {
        "ไม่มี.pdf": "file-not-found",
        "ว่าง.txt": "empty-file",
        "ขยะ.txt": "not-text",
        "เสีย.docx": "damaged",
    }
    assert sum(one.status == "added" for one in found) == 3
    assert all(one.error.details["file"] == one.file for one in found if one.error)


def test_hostile_files_harm_nothing_else(folder: Path, store: Store) -> None:
    (folder / "แผน 1 ใหญ่.csv").write_text("ก,ข,ค,ง\n" * 900_000, encoding="utf-8")
    with zipfile.ZipFile(folder / "แผน 3 ระเบิด.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ก.txt", bytes(60 * MIB))
    with zipfile.ZipFile(folder / "แผน 4 หลุด.zip", "w") as archive:
        archive.writestr("../evil.txt", "ชั่วร้าย")
    limits = Limits(memory=300 * MIB, inflated_bytes=50 * MIB)
    found = list(load([folder], store, limits=limits))
    assert [(Path(one.file).name, one.error.code) for one in found if one.error] == [
        ("แผน 1 ใหญ่.csv", "reader-memory"),
        ("แผน 3 ระเบิด.zip", "inflated-too-large"),
        ("แผน 4 หลุด.zip", "unsafe-archive"),
    ]
    assert store.count("documents") == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_files_and_folders_that_may_not_be_read(folder: Path, store: Store) -> None:
    (folder / "แผน 2.txt").chmod(0)
    (folder / "ปี ๒๕๖๖").chmod(0)
    codes = [one.error.code for one in load([folder], store) if one.error]
    (folder / "ปี ๒๕๖๖").chmod(0o755)
    assert codes == ["no-permission", "no-permission"]


def test_a_read_only_folder_is_read(folder: Path, store: Store) -> None:
    folder.chmod(0o555)
    assert [one.status for one in load([folder], store)] == ["added"] * 3
    folder.chmod(0o755)


def test_a_folder_without_documents(tmp_path: Path, store: Store) -> None:
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    found = list(load([tmp_path / "empty"], store))
    assert [(one.status, one.error and one.error.code) for one in found] == [
        ("failed", "no-documents")
    ]


def test_an_archive_is_a_folder(tmp_path: Path, store: Store) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("แผน.txt", BODY.format(vision=VISIONS[2]))
    outer = tmp_path / "in" / "รวมแผน.zip"
    outer.parent.mkdir()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("ก/แผน.txt", BODY.format(vision=VISIONS[0]))
        archive.writestr("ก/ว่าง.txt", "")
        archive.writestr("__MACOSX/._แผน.txt", "junk")
        archive.write(inner, "ข.zip")
    plan(tmp_path / "in" / "อื่น.txt", VISIONS[1])
    found = list(load([tmp_path / "in"], store))
    base = str(outer)
    assert [(one.file, one.status) for one in found] == [
        (f"{base}/ก/แผน.txt", "added"),
        (f"{base}/ก/ว่าง.txt", "failed"),
        (f"{base}/ข.zip/แผน.txt", "added"),
        (str(tmp_path / "in" / "อื่น.txt"), "added"),
    ]
    statuses = [one.status for one in load([tmp_path / "in"], store)]
    assert statuses == ["unchanged", "failed", "unchanged", "unchanged"]


def test_progress_counts_files_and_pages(folder: Path, store: Store) -> None:
    heard: list[Progress] = []
    list(load([folder], store, progress=heard.append))
    assert (heard[-1].files, heard[-1].total, heard[-1].pages) == (3, 3, 3)
    assert heard[-1].rate > 0


def test_stopping_early_keeps_what_is_kept(folder: Path, store: Store) -> None:
    run = load([folder], store, workers=1)
    first = next(run)
    run.close()
    assert [one.id for one in store.documents()] == [first.document_id]


RUN = """
import sys
from kb.loading.loading import load
from kb.store.store import Store
for one in load([sys.argv[1]], Store(sys.argv[2]), workers=2):
    print(one.file, one.status, flush=True)
"""


def start(folder: Path, database: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RUN, str(folder), str(database)]
    root = Path(__file__).resolve().parents[3]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def finish(folder: Path, database: Path) -> list[object]:
    process = start(folder, database)
    process.communicate(timeout=120)
    assert process.returncode == 0
    store = Store(database)
    try:
        return dump(store)
    finally:
        store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for nth in range(30):
        plan(folder / f"แผน {nth}.txt", f"{VISIONS[nth % 3]} ฉบับที่ {nth}")
    undisturbed = finish(folder, tmp_path / "calm.db")
    for moment, lines in enumerate((0, 1, 9, 29)):
        database = tmp_path / f"killed{moment}.db"
        process = start(folder, database)
        assert process.stdout is not None
        with process.stdout as said:
            for _ in range(lines):
                said.readline()
            time.sleep(0.003 * moment)
            process.kill()
        process.wait()
        assert finish(folder, database) == undisturbed


def test_the_knowledge_base_itself_is_no_document(folder: Path) -> None:
    """Opening it to read it would cost SQLite its locks on it, whatever it is called."""
    path = folder / "ฐานความรู้.txt"
    with Store(path) as store:
        assert {each.status for each in load([folder], store)} == {"added"}
        (folder / "ชื่ออื่น.txt").hardlink_to(path)
        assert "ชื่ออื่น.txt" not in dict(outcomes(list(load([folder], store))))
        for name in (path, folder / "ชื่ออื่น.txt", folder / f"{path.name}-wal"):
            (refused,) = load([name], store)
            assert refused.error is not None
            assert refused.error.code == "own-file"
