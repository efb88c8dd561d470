"""Encodings, told from bytes alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.formats.charset import decode, encoding_of

THAI = "วิสัยทัศน์\nเมืองน่าอยู่ ประชาชนมีสุข เศรษฐกิจมั่นคง ภายในปี พ.ศ. ๒๕๗๐\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp874"]
)
def test_thai_is_read_in_every_encoding_it_comes_in(encoding: str) -> None:
    assert decode(THAI.encode(encoding)) == THAI


def test_tis620_stands_out_even_in_a_short_text() -> None:
    assert decode("ข่าว".encode("tis-620")) == "ข่าว"


def test_thai_quotation_marks_of_windows_survive() -> None:
    text = "วิสัยทัศน์ “ตำบลน่าอยู่” – ๒๕๖๖"
    assert decode(text.encode("cp874")) == text


def test_mostly_english_text_with_a_few_western_letters() -> None:
    text = "Development plan of the province, résumé of the year 2023. " * 5
    assert decode(text.encode("cp1252")) == text


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    data = bytearray((THAI * 20).encode())
    data[900] = 0xFF
    assert encoding_of(bytes(data)) == "utf-8"


@pytest.mark.parametrize("seed", range(5))
def test_binary_junk_is_not_text(seed: int) -> None:
    with pytest.raises(ReadError, match="not-text"):
        decode(random.Random(seed).randbytes(5000))


def test_zeros_are_not_text() -> None:
    with pytest.raises(ReadError, match="not-text"):
        decode(bytes(4096))


@given(st.text(alphabet="กขคงจดตนบปมยรลวสหอ", min_size=1).map(lambda t: t + "่านี้เป็นที่น่าอยู่ "))
def test_utf8_and_utf16_give_back_what_was_written(text: str) -> None:
    assert decode(text.encode("utf-8")) == text
    assert decode(text.encode("utf-16")) == text
