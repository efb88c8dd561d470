"""Help texts end their lines between words, in Thai as in English."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cli.formatter import wrapped
from api.cli.help import COMMANDS
from api.text.columns import width
from ingest.thai.words import segment

_TEXTS = sorted({thai for thai, _ in COMMANDS.values()})
_WORDS = st.sampled_from(sorted({word for text in _TEXTS for word in segment(text)} | {" ", "PDF"}))
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


@pytest.mark.parametrize("columns", [20, 37, 60])
def test_no_line_of_help_begins_within_a_word(columns: int) -> None:
    for text in _TEXTS:
        place = 0
        ends = {0}
        for word in segment(text):
            place += len(word)
            ends.add(place)
        at = 0
        for line in wrapped(text, columns):
            at = text.index(line, at)
            assert at in ends
            at += len(line)


@given(st.lists(_WORDS, max_size=30).map("".join), st.integers(min_value=8, max_value=90))
def test_wrapping_keeps_every_letter_and_the_width(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    for line in lines:
        assert line == line.strip()
        assert not _MARK.match(line)
        assert width(line) <= columns or len(segment(line)) == 1 or " " not in line
