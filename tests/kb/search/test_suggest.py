"""Suggestions for the wrong keyboard layout and for misspelt words."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.search.suggest import Suggester
from tests.kb.samples import document


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path_factory.mktemp("suggest") / "kb.db") as opened:
        opened.add(document())
        opened.add(
            document(
                "b",
                ("goal", "อนุรักษ์สิ่งแวดล้อมและพัฒนาคุณภาพชีวิต"),
                ("goal", "การท่องเที่ยวเชิงนิเวศ สู่ Smart City"),
                ("goal", "โครงสร้างพื้นฐานทั่วถึง เศรษฐกิจพอเพียง"),
            )
        )
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("z^hl^'vkp6", "ผู้สูงอายุ"),
        ("dkimjv'gmujp;", "การท่องเที่ยว"),
        ("หทฟพะ แระั", "smart city"),
        ("ผูสูงอายุ", "ผู้สูงอายุ"),
        ("สิงแวดล้อม", "สิ่งแวดล้อม"),
        ("สิ่งแวดลอม", "สิ่งแวดล้อม"),
        ("การท่องเทียว", "การท่องเที่ยว"),
        ("โครงสร้างพื้ฐาน", "โครงสร้างพื้นฐาน"),
        ("พัฒนา คุณภาพชีวต", "พัฒนา คุณภาพชีวิต"),
    ],
)
def test_what_was_meant_is_suggested(kb: KnowledgeBase, typed: str, meant: str) -> None:
    assert kb.search(typed, mode="words").suggestion == meant


@pytest.mark.parametrize("query", ["ผู้สูงอายุ", "smart city", "asdfgh qwerty", "ปลา", "2566", "?"])
def test_nothing_is_suggested_for_what_is_right_or_past_guessing(
    kb: KnowledgeBase, query: str
) -> None:
    assert kb.search(query, mode="words").suggestion is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=70))
def test_any_query_can_be_looked_at(kb: KnowledgeBase, query: str) -> None:
    assert Suggester(kb.store.connection).suggest(query.encode("utf-8", "replace").decode()) != ""
