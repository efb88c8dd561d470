"""Plain text files."""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers import read_content


def write(folder: Path, data: bytes, name: str = "แผน.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_text_comes_out_clean(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "วิสัยทัศน์\r\nเเพร่เมืองน่าอยู่\r\n".encode(encoding))
    content = read_content(path, Limits())
    assert [page.text for page in content.pages] == ["วิสัยทัศน์\nแพร่เมืองน่าอยู่"]
    assert content.pages[0].quality == pytest.approx(1.0)
    assert content.media_type == "text/plain"


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    path = write(tmp_path, "หน้าแรก\fหน้าที่สอง\f".encode())
    pages = read_content(path, Limits()).pages
    assert [(page.number, page.text) for page in pages] == [(1, "หน้าแรก"), (2, "หน้าที่สอง")]


def test_too_many_pages_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, b"page\f" * 30)
    with pytest.raises(ReadError, match="too-many-pages"):
        read_content(path, Limits(pages=20))


def test_one_endless_line_is_a_clear_error(tmp_path: Path) -> None:
    path = write(tmp_path, "ถนนคอนกรีต ".encode() * 700_000)
    with pytest.raises(ReadError, match="line-too-long") as caught:
        read_content(path, Limits())
    assert caught.value.details["file"] == str(path)


def test_binary_junk_named_txt_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not-text"):
        read_content(write(tmp_path, bytes(range(256)) * 20), Limits())


@pytest.mark.parametrize("data", [b"", b"  \n\n \t"])
def test_nothing_to_read_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError, match="empty-file"):
        read_content(write(tmp_path, data), Limits())


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="file-not-found"):
        read_content(tmp_path / "ไม่มี.txt", Limits())
    with pytest.raises(ReadError, match="is-a-folder"):
        read_content(tmp_path, Limits())


def test_names_with_thai_spaces_and_a_newline(tmp_path: Path) -> None:
    path = write(tmp_path, "พันธกิจ".encode(), "แผน พัฒนา\nฉบับทบทวน.txt")
    assert read_content(path, Limits()).pages[0].text == "พันธกิจ"
