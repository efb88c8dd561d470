"""ZIP archives of documents."""

import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers.archive import Member, unpack

PLAN = "วิสัยทัศน์\nเมืองน่าอยู่ คู่ธรรมชาติ\n"


def archive(path: Path, entries: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return path


def unpacked(path: Path, limits: Limits = Limits()) -> list[Member]:
    into = path.parent / "into"
    into.mkdir()
    return unpack(path, into, limits)


def code_of(path: Path, limits: Limits = Limits()) -> str:
    with pytest.raises(ReadError) as caught:
        unpacked(path, limits)
    assert not list((path.parent / "into").rglob("*evil*"))
    return caught.value.code


def test_documents_come_out_one_by_one(tmp_path: Path) -> None:
    path = archive(tmp_path / "แผน.zip", {"ปี 66/แผน.txt": PLAN, "ว่าง.txt": ""})
    first, second = ingest.read_all(path)
    assert isinstance(first, ingest.records.Document)
    assert first.file == f"{path}/ปี 66/แผน.txt"
    assert isinstance(second, ReadError)
    assert (second.code, second.details["file"]) == ("empty-file", f"{path}/ว่าง.txt")


def test_a_plain_file_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "แผน.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert list(ingest.read_all(path)) == [ingest.read(path)]
    assert [e.code for e in ingest.read_all(tmp_path / "no") if isinstance(e, ReadError)] == [
        "file-not-found"
    ]


def test_reading_an_archive_as_one_file_says_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is-archive"):
        ingest.read(archive(tmp_path / "a.zip", {"แผน.txt": PLAN}))


def test_names_of_thai_windows_without_a_mark(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a" * 7 + ".txt": PLAN})
    named = path.read_bytes().replace(b"a" * 7, "แผนงาน".encode("cp874") + b"1")
    path.write_bytes(named)
    assert [member.name for member in unpacked(path)] == ["แผนงาน1.txt"]


def test_junk_links_and_folders_are_left_out(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        {"ก/": "", "__MACOSX/._ก.txt": "x", "ก/.DS_Store": "x", "ก/~$แผน.docx": "x", "ข.txt": PLAN},
    )
    with zipfile.ZipFile(path, "a") as target:
        link = zipfile.ZipInfo("ลิงก์.txt")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    assert [member.name for member in unpacked(path)] == ["ข.txt"]


def test_archives_within_archives_to_a_depth(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", {"แผน.txt": PLAN}).read_bytes()
    middle = archive(tmp_path / "middle.zip", {"in.zip": inner}).read_bytes()
    outer = archive(tmp_path / "outer.zip", {"mid.zip": middle, "ท้าย.txt": PLAN})
    assert [m.name for m in unpacked(outer)] == ["mid.zip/in.zip/แผน.txt", "ท้าย.txt"]
    (tmp_path / "into").rename(tmp_path / "done")
    assert code_of(outer, Limits(depth=1)) == "archive-too-deep"


@pytest.mark.parametrize(
    "name", ["../evil.txt", "ก/../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\evil.txt"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert code_of(archive(tmp_path / "a.zip", {"แผน.txt": PLAN, name: PLAN})) == "unsafe-archive"


def test_bombs_are_counted_over_all_entries_and_depths(tmp_path: Path) -> None:
    zeros = bytes(300_000)
    inner = archive(tmp_path / "inner.zip", {"0": zeros, "1": zeros}).read_bytes()
    path = archive(tmp_path / "a.zip", {"a": zeros, "in.zip": inner, "b": zeros})
    assert code_of(path, Limits(inflated_bytes=1_000_000)) == "inflated-too-large"


def test_too_many_members(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {f"{n}.txt": "x" for n in range(30)})
    assert code_of(path, Limits(members=20)) == "too-many-members"


def test_a_damaged_member_is_its_own_error(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("เสีย.txt", "a" * 50)
        target.writestr("ดี.txt", PLAN)
    path.write_bytes(path.read_bytes().replace(b"a" * 50, b"b" * 50))
    broken, good = unpacked(path)
    assert broken.error is not None
    assert broken.error.code == "damaged"
    assert (good.name, good.error) == ("ดี.txt", None)


def test_a_member_with_a_password_is_its_own_error(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"ลับ.txt": PLAN})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(data)
    assert [m.error and m.error.code for m in unpacked(path)] == ["encrypted"]


def test_an_archive_cut_short(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"แผน.txt": PLAN})
    path.write_bytes(path.read_bytes()[:-30])
    assert code_of(path) == "damaged"
