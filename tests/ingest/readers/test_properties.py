"""What is written comes out, whatever it is, and offsets can be trusted."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.thai.repair import repair
from tests.ingest.readers.office.office_files import cell, docx, paragraph, row, table

WORDS = st.sampled_from(
    "วิสัยทัศน์ พันธกิจ โครงการ ถนน คสล. หมู่ที่ ๓ 1,250,000 (บาท) “เมืองน่าอยู่” ปี 2566-2570 - a;b".split()
)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: repair(" ".join(words)))
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(LINE, min_size=width, max_size=width), min_size=2, max_size=6)
)
calm = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@calm
@given(lines=st.lists(LINE, min_size=1, max_size=12))
def test_paragraphs_of_a_word_file(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = docx(Path(folder), "".join(paragraph(escape(line)) for line in lines))
        assert read_content(path, Limits()).pages[0].text == "\n".join(lines)


@calm
@given(rows=ROWS)
def test_tables_of_a_word_file(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        body = table(*(row(*(cell(escape(text)) for text in cells)) for cells in rows))
        content = read_content(docx(Path(folder), body), Limits())
        assert [list(cells) for cells in content.tables[0].rows] == rows
        assert content.pages[0].text == "\n".join("\t".join(cells) for cells in rows)


@calm
@given(rows=ROWS, delimiter=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "cp874"]))
def test_delimited_tables(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows([["ลำดับที่"] * len(rows[0]), *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(target.getvalue().encode(encoding))
        found = read_content(path, Limits()).tables[0].rows[1:]
        assert [list(cells) for cells in found] == rows


def _is_plain(data: bytes) -> bool:
    """Return whether data is neither picture nor PDF: those have tests of their own."""
    return data[:2] not in (b"\x89P", b"\xff\xd8", b"II", b"MM", b"GI", b"BM", b"RI")


@calm
@given(
    data=st.binary(max_size=3000).filter(_is_plain),
    name=st.sampled_from(["a.txt", "a.csv", "a.docx", "a.html"]),
)
def test_no_bytes_at_all_end_in_a_traceback(data: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        for outcome in ingest.read_all(path):
            if isinstance(outcome, ingest.ReadError):
                assert outcome.code != "read-failed", outcome
