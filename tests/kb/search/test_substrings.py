"""Pieces of text are found in the lines that have them, wherever stretches are cut."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.search import substrings as lines
from kb.search.substrings import Lines

LINE = st.text(alphabet="กขาิ่ ab1", max_size=12)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut every few bytes, so that many pieces lie across a cut."""
    monkeypatch.setattr(lines, "_STRETCH", 7)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, max_size=30), st.text(alphabet="กขาิ่ ab1", min_size=1, max_size=9))
def test_a_piece_is_found_where_it_stands_and_nowhere_else(texts: list[str], piece: str) -> None:
    laid_out = Lines.of(texts)
    found = laid_out.rows_with(piece)
    assert found.tolist() == [row for row, text in enumerate(texts) if piece in text]
    assert laid_out.lengths(found).tolist() == [len(texts[row]) + 1 for row in found]


def test_every_part_of_every_line_is_found() -> None:
    texts = [f"ก่อสร้างถนนสายที่ {number}" for number in range(200)]
    laid_out = Lines.of(texts)
    for row in (0, 57, 199):
        for start in range(len(texts[row])):
            assert row in laid_out.rows_with(texts[row][start : start + 7])
    assert laid_out.rows_with("สะพาน").tolist() == []


def test_what_has_no_byte_matches_its_like() -> None:
    assert Lines.of(["漢字", "กข"]).rows_with("水").tolist() == [0]
