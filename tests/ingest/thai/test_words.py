from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.thai.words import dictionary, segment, words
from tests.ingest.thai.strategies import SENTENCES, damaged


def test_words_of_a_plan() -> None:
    assert words("ส่งเสริมการท่องเที่ยว (SDGs) ปี 2566") == ["ส่งเสริม", "การท่องเที่ยว", "SDGs", "ปี", "2566"]


def test_words_of_planning_and_places_are_known() -> None:
    assert {"อบต", "คสล", "แอสฟัลท์ติก", "กุฉินารายณ์"} <= dictionary()


def test_nothing_has_no_words() -> None:
    assert words("") == []
    assert words(" \n“” - ") == []


@given(st.one_of(damaged, st.sampled_from(SENTENCES)))
@settings(deadline=None)
def test_segments_joined_are_the_text(text: str) -> None:
    assert "".join(segment(text)) == text


def test_a_very_long_line_is_cut_like_any_other() -> None:
    line = "พัฒนาคุณภาพชีวิต" * 2000
    tokens = segment(line)
    assert "".join(tokens) == line
    assert tokens.count("พัฒนา") >= 1950  # a few words fall on the cuts


def test_threads_may_share_it() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(words, SENTENCES * 5))
    assert answers == [words(sentence) for sentence in SENTENCES * 5]
