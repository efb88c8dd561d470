"""What counts as the output that the documentation shows."""

import pytest

from tests.transcripts import agrees


@pytest.mark.parametrize(
    ("documented", "real", "same"),
    [
        ("ตรงกัน 91%  น้ำ", "ตรงกัน 91%  น้ำ", True),
        ("ตรงกัน 91%  น้ำ", "ตรงกัน 89%  น้ำ", True),
        ("ตรงกัน 91%  น้ำ", "ตรงกัน 93.0%  น้ำ", True),
        ("ตรงกัน 91%  น้ำ", "ตรงกัน 88%  น้ำ", False),
        ("ตรงกัน 91%  น้ำ", "ตรงกัน 91%  ถนน", False),
        ("91% (a.b) 8%", "90% (a.b) 12%", False),
        ("91% (a.b) 8%", "90% (axb) 8%", False),
        ("found 12 … 40%", "found 12 of all, 41%", True),
        ("found 12 … 40%", "found 12 of all, 1 in 3, 70%", False),
        ("12", "12%", False),
    ],
)
def test_a_line_is_as_documented_but_for_a_per_cent_or_two(
    documented: str, real: str, same: bool
) -> None:
    assert agrees((documented,), [real]) is same


def test_lines_may_be_left_out_only_where_it_says_so() -> None:
    assert agrees(("a", "…", "d"), ["a", "b", "c", "d"])
    assert not agrees(("a", "d"), ["a", "b", "c", "d"])
    assert not agrees(("a", "…", "d"), ["d", "a"])
