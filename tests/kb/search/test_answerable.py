"""Whether plans answer a question at all: long tales of a need yes, prices and recipes no."""

from collections.abc import Iterator

import pytest

from kb import KnowledgeBase
from kb.model.chosen import weights_of
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder
from kb.search.answerable import learnt
from tests.kb.samples import RIVERSIDE_PAO, document

TALE = (
    "ยายอยู่บ้านคนเดียวลุกไม่ไหวมาสองปี ลูกหลานต้องออกไปทำงาน "
    "กลางวันไม่มีใครพลิกตัวเปลี่ยนผ้าอ้อมให้ อยากให้มีคนมาดูแลถึงบ้าน"
)
ASIDE = ("ปุ๋ยยูเรียกระสอบละเท่าไรตอนนี้", "หมาโดนงูกัดต้องทำยังไงก่อนถึงคลินิก", "สูตรแกงส้มปลากะพง")


@pytest.fixture(scope="module")
def kb(
    tmp_path_factory: pytest.TempPathFactory, encoder: DefaultEncoder | SentenceEncoder
) -> Iterator[KnowledgeBase]:
    path = tmp_path_factory.mktemp("answerable") / "phaen.db"
    with KnowledgeBase(path, encoder=encoder) as opened:
        opened.add(
            document(
                "a",
                ("mission", "จัดผู้ช่วยเหลือดูแลผู้ที่ช่วยตัวเองไม่ได้ถึงที่พัก"),
                ("strategy", "ลดต้นทุนการผลิตทางการเกษตรด้วยปุ๋ยอินทรีย์"),
                ("strategy", "ควบคุมโรคพิษสุนัขบ้าและทำหมันสุนัขแมวจรจัด"),
                body=RIVERSIDE_PAO,
            )
        )
        yield opened


def test_what_comes_with_the_program_reads_the_vectors_of_its_model(
    encoder: DefaultEncoder | SentenceEncoder,
) -> None:
    assert learnt().fingerprint == weights_of(encoder.fingerprint)
    assert len(learnt().vector) == 384


def test_a_long_tale_of_a_need_is_answered_even_if_nothing_shares_its_words(
    kb: KnowledgeBase,
) -> None:
    found = kb.search(TALE)
    assert found.hits[0].record.text.startswith("จัดผู้ช่วยเหลือดูแล")
    assert found.weak == (found.hits[0].relevance < 0.06)


@pytest.mark.parametrize("question", ASIDE)
@pytest.mark.parametrize("mode", ["smart", "meaning"])
def test_what_plans_never_answer_is_answered_with_nothing_though_words_are_shared(
    kb: KnowledgeBase, question: str, mode: str
) -> None:
    found = kb.search(question, mode=mode)  # type: ignore[arg-type]
    assert (found.hits, found.weak) == ((), False)


def test_a_floor_that_is_asked_for_decides_alone(kb: KnowledgeBase) -> None:
    assert kb.search(ASIDE[0], floor=0.0).hits
    assert not kb.search(TALE, floor=0.99).hits


def test_a_key_word_that_stands_in_a_plan_is_found(kb: KnowledgeBase) -> None:
    assert "ปุ๋ยอินทรีย์" in kb.search("ปุ๋ยอินทรีย์").hits[0].record.text
