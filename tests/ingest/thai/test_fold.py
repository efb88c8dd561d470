import pytest
from hypothesis import given, settings

from ingest.thai.words import fold, fold_with_offsets
from tests.ingest.thai.strategies import damaged


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("พ.ศ. ๒๕๖๖", "พ.ศ. 2566"),
        ("ต่าง ๆ", "ต่างๆ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("เเผน", "แผน"),
        ("ท่ี", "ที่"),
        ("Smart CITY", "smart city"),
        ("แผน\u200bพัฒนา", "แผนพัฒนา"),
        ("แผน  \n พัฒนา", "แผน พัฒนา"),
        ("“เมืองน่าอยู่”", '"เมืองน่าอยู่"'),
        ("2566–2570", "2566-2570"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


@given(damaged)
@settings(deadline=None)
def test_offsets_lead_back(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert offsets == sorted(offsets)


def test_a_hit_in_the_folded_text_is_shown_in_the_original() -> None:
    text = "แผนพัฒนา  ท้องถิ่น พ.ศ. ๒๕๖๖ ต่าง ๆ ของ NGO"
    folded, offsets = fold_with_offsets(text)
    for query, shown in (("2566", "๒๕๖๖"), ("ท้องถิ่น", "ท้องถิ่น"), ("ngo", "NGO")):
        start = folded.index(query)
        assert text[offsets[start] : offsets[start + len(query)]] == shown
