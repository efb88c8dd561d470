"""Columns, marks and JSON lines, as an officer and a program see them."""

import itertools
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cli.output import to_json
from api.text.columns import ELLIPSIS, pad, shorten, table, width
from api.text.hits import mark_spans, merge_spans

THAI = st.text(
    alphabet=[chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)]
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("แผน", 3), ("ที่", 1), ("น้ำ", 2), ("วิสัยทัศน์", 6), ("ผู้สูงอายุ", 6), ("計画", 4), ("", 0)],
)
def test_vowels_and_tones_take_no_column(text: str, columns: int) -> None:
    assert width(text) == columns


@given(THAI, st.integers(2, 30))
def test_a_shortened_text_fits_and_keeps_letters_whole(text: str, columns: int) -> None:
    short = shorten(text, columns)
    assert width(short) <= max(columns, 1)
    if short != text:
        assert short.endswith(ELLIPSIS)
        rest = text[len(short) - 1 :].lstrip()
        assert not rest or not text.startswith(short[:-1]) or unicodedata.category(rest[0]) != "Mn"


@given(THAI, st.integers(0, 40))
def test_padding_fills_to_the_column(text: str, columns: int) -> None:
    assert width(pad(text, columns)) == max(columns, width(text))
    assert pad(text, columns, right=True).endswith(text)


def test_columns_stand_under_each_other() -> None:
    drawn = table(
        ["จังหวัด", "ปี", "วิสัยทัศน์"],
        [["พิษณุโลก", "2566", "เมืองน่าอยู่"], ["แพร่", "2561", "ไม้สัก"]],
        [20, 0, 40],
    ).splitlines()
    starts = {
        width(line[: line.index(word)])
        for line, word in zip(drawn, ["วิสัย", "เมือง", "ไม้"], strict=True)
    }
    assert len(starts) == 1


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60))))
def test_marks_never_lose_text(text: str, spans: list[tuple[int, int]]) -> None:
    shown = mark_spans(text, spans, before="\x01", after="\x02")
    assert shown.replace("\x01", "").replace("\x02", "") == text.replace("\x01", "").replace(
        "\x02", ""
    )
    ends = merge_spans(spans, len(text))
    assert all(first[1] < second[0] for first, second in itertools.pairwise(ends))


def test_json_is_one_line_of_readable_thai() -> None:
    line = to_json({"title": "แผน\nพัฒนา"})
    assert "แผน" in line
    assert "\n" not in line
    assert json.loads(line) == {"title": "แผน\nพัฒนา"}
