"""Tables as text: CSV of every kind, and JSON lines."""

import json
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers import read_content

ROWS = (
    ("ลำดับ", "ชื่อโครงการ", "งบประมาณ"),
    ("1", "ก่อสร้างถนน คสล. หมู่ที่ 3", "1,250,000"),
    ("2", 'โครงการ "คลองสวย น้ำใส"', "-"),
)


def csv_text(delimiter: str) -> str:
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS)
    return "\r\n".join(quoted) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("name", ["โครงการ.csv", "table.txt"])
def test_every_delimiter_and_encoding(
    tmp_path: Path, delimiter: str, encoding: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(csv_text(delimiter).encode(encoding))
    content = read_content(path, Limits())
    assert content.tables[0].rows == ROWS
    assert content.pages[0].text.split("\n")[1] == "1\tก่อสร้างถนน คสล. หมู่ที่ 3\t1,250,000"


def test_title_lines_above_the_header_and_breaks_within_cells(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    text = 'บัญชีโครงการ ปี 2567,,\n,,\nที่,โครงการ,งบ\n1,"ขุดลอก\nคลอง",500\n2,ซ่อมถนน,900\n'
    path.write_text(text, encoding="utf-8")
    rows = read_content(path, Limits()).tables[0].rows
    assert rows[0][0] == "บัญชีโครงการ ปี 2567"
    assert rows[3] == ("1", "ขุดลอก\nคลอง", "500")


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("ประชุม, อบรม\nจังหวัด ก, ข, ค และ ง\nไม่มี\n", encoding="utf-8")
    assert read_content(path, Limits()).tables == ()


def test_json_lines_become_a_table(tmp_path: Path) -> None:
    path = tmp_path / "projects.txt"
    objects = [
        {"title": "ขุดลอกคลอง", "year": 2567, "budget": 250000},
        {"title": "ซ่อมถนน", "budget": None, "place": ["หมู่ที่ 1", "หมู่ที่ 2"]},
    ]
    lines = (json.dumps(found, ensure_ascii=False) for found in objects)
    path.write_text("\n".join(lines), encoding="utf-8")
    content = read_content(path, Limits())
    assert content.media_type == "application/x-ndjson"
    assert content.tables[0].rows == (
        ("title", "year", "budget", "place"),
        ("ขุดลอกคลอง", "2567", "250000", ""),
        ("ซ่อมถนน", "", "", "หมู่ที่ 1, หมู่ที่ 2"),
    )


def test_a_broken_json_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "projects.jsonl"
    path.write_text('{"a": 1}\n' * 6 + '{"a": \n', encoding="utf-8")
    with pytest.raises(ReadError, match="bad-json-line: line=7"):
        read_content(path, Limits())


def test_a_json_list_becomes_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "projects.json"
    path.write_text(
        '[\n {"title": "ซ่อมถนน", "year": 2566},\n {"title": "ขุดคลอง"}\n]', encoding="utf-8"
    )
    rows = read_content(path, Limits()).tables[0].rows
    assert rows == (("title", "year"), ("ซ่อมถนน", "2566"), ("ขุดคลอง", ""))
    path.write_text('[\n {"title": "ซ่อมถนน"},\n {"title": \n]', encoding="utf-8")
    with pytest.raises(ReadError, match="bad-json-line: line=4"):
        read_content(path, Limits())


def test_a_numbered_list_with_tabs_is_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("1.\tพัฒนาถนน\n2.\tพัฒนาน้ำ\n3.\tพัฒนาคน\n", encoding="utf-8")
    content = read_content(path, Limits())
    assert (content.tables, content.pages[0].text.split("\n")[0]) == ((), "1. พัฒนาถนน")


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "projects.jsonl"
    path.write_text('{"title": "ถนน\\ud83d", "flag": true}\n', encoding="utf-8")
    title, flag = read_content(path, Limits()).tables[0].rows[1]
    assert title.encode().decode().startswith("ถนน")
    assert flag == "true"


def test_too_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("a,b\n" * 100, encoding="utf-8")
    with pytest.raises(ReadError, match="too-many-cells"):
        read_content(path, Limits(cells=150))
