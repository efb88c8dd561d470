"""Which files a folder offers, and in what order."""

from pathlib import Path

from ingest.errors import ReadError
from kb.loading.sources import Source, natural, sources_of


def test_names_in_the_order_people_expect() -> None:
    wanted = [
        "1 บทนำ.pdf",
        "2 แผน.pdf",
        "๓ โครงการ.pdf",
        "10 ภาคผนวก.pdf",
        "A.pdf",
        "b.pdf",
        "กองช่าง.pdf",
        "เกษตร.pdf",
        "ปี 2566.pdf",
        "ปี ๒๕๖๗.pdf",
        "แผน 9.pdf",
        "แผน 10.pdf",
        "อื่น.pdf",
    ]
    assert sorted(set(wanted), key=natural) == wanted


def test_each_file_once_and_errors_in_their_place(tmp_path: Path) -> None:
    for name in ("ข/2.txt", "ก.txt", "ข/.git/x", "ข/kb.db", "ว่าง/.keep"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "ข" / "วน").symlink_to(tmp_path, target_is_directory=True)
    found = sources_of([tmp_path / "ข", tmp_path / "ว่าง", tmp_path, tmp_path / "ข" / "kb.db"])
    assert [
        one.code if isinstance(one, ReadError) else one.path.relative_to(tmp_path).as_posix()
        for one in found
    ] == ["ข/2.txt", "no-documents", "ก.txt", "ข/kb.db"]
    assert all(Path(one.place).is_absolute() for one in found if isinstance(one, Source))


def test_links_to_files_elsewhere_are_said_and_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "แผน", tmp_path / "ลับ.txt"
    folder.mkdir()
    elsewhere.write_text("ความลับ", "utf-8")
    (folder / "1.txt").write_text("วิสัยทัศน์", "utf-8")
    (folder / "2.txt").symlink_to(elsewhere)
    (folder / "3.txt").symlink_to(folder / "1.txt")
    (folder / "4.txt").symlink_to(tmp_path / "nowhere.txt")
    found = sources_of([folder])
    assert [
        (one.code, one.details["file"]) if isinstance(one, ReadError) else one.path.name
        for one in found
    ] == ["1.txt", ("link-outside", str(folder / "2.txt")), "3.txt"]
    assert [type(one) for one in sources_of([folder / "2.txt"])] == [Source]
