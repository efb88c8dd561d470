"""What a question asks for besides its subject is read, used, shown, and can be switched off."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import Arranged, KnowledgeBase
from kb.search.bodies import Bodies
from kb.search.intent import Intent, read_intent
from tests.kb.samples import HILLTOWN, RIVERSIDE_PAO, document, project


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    path = tmp_path_factory.mktemp("intent") / "phaen.db"
    with KnowledgeBase(path) as opened:
        opened.add(
            document(
                "a",
                ("vision", "เมืองน่าอยู่ ผู้คนมีสุข"),
                ("mission", "ส่งเสริมการท่องเที่ยวโดยชุมชน"),
                body=RIVERSIDE_PAO,
                projects=(
                    project("ก่อสร้างถนนคอนกรีต หมู่ที่ 3"),
                    project("ก่อสร้างถนนคอนกรีต หมู่ที่ 30"),
                    project("ซ่อมแซมถนนลูกรัง หมู่ที่ 5"),
                ),
            )
        )
        opened.add(
            document(
                "b",
                ("vision", "เมืองแห่งการเรียนรู้"),
                ("mission", "ส่งเสริมการท่องเที่ยวเชิงเกษตร"),
                body=HILLTOWN,
                projects=(project("อบรมครูศูนย์พัฒนาเด็กเล็ก"),),
            )
        )
        yield opened


def intent_of(kb: KnowledgeBase, query: str) -> Intent:
    return read_intent(query, Bodies(kb.store.connection))


def texts(kb: KnowledgeBase, query: str) -> list[str]:
    return [hit.record.text for hit in kb.search(query, mode="words").hits]


def test_a_body_and_a_kind_are_no_subject(kb: KnowledgeBase) -> None:
    intent = intent_of(kb, "อบจ.ริมธาร มีวิสัยทัศน์ว่าอย่างไร")
    assert intent.subject == ""
    assert intent.kinds == {"vision"}
    assert texts(kb, "อบจ.ริมธาร มีวิสัยทัศน์ว่าอย่างไร") == ["เมืองน่าอยู่ ผู้คนมีสุข"]


def test_a_kind_alone_lists_that_kind(kb: KnowledgeBase) -> None:
    result = kb.search("วิสัยทัศน์", mode="words")
    assert {hit.record.kind for hit in result.hits} == {"vision"}
    assert len(result.hits) == 2
    assert {hit.relevance_source for hit in result.hits} == {"listed"}


def test_a_body_named_is_preferred_and_its_name_is_no_subject(kb: KnowledgeBase) -> None:
    assert intent_of(kb, "ท่องเที่ยว อบจ. ริมธาร").subject == "ท่องเที่ยว"
    assert texts(kb, "ท่องเที่ยว อบจ. ริมธาร")[0] == "ส่งเสริมการท่องเที่ยวโดยชุมชน"


def test_a_number_is_a_whole_number(kb: KnowledgeBase) -> None:
    assert texts(kb, "ถนน ม.3")[0].endswith("หมู่ที่ 3")
    assert texts(kb, "ถนน หมู่ 30")[0].endswith("หมู่ที่ 30")


def test_what_is_refused_comes_last(kb: KnowledgeBase) -> None:
    assert intent_of(kb, "ถนนที่ไม่ใช่คอนกรีต ลาดยาง").refused == ("คอนกรีต", "ลาดยาง")
    assert texts(kb, "ซ่อมแซมถนนที่ไม่ใช่คอนกรีต") == ["ซ่อมแซมถนนลูกรัง หมู่ที่ 5"]


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("ผู้สูงอายุ 2569", (2569, 2569)),
        ("ผู้สูงอายุ ปี 2566-2570", (2566, 2570)),
        ("ผู้สูงอายุ พ.ศ. 2566 ถึง 2570", (2566, 2570)),
        ("ผู้สูงอายุ ปี 2566-70", (2566, 2570)),
        ("ผู้สูงอายุ ปี 67", (2567, 2567)),
        ("ผู้สูงอายุ ปี 2024", (2567, 2567)),
        ("ทุนการศึกษา 2560 บาท", None),
        ("เพาะพันธุ์ปลา 2000 ตัว", None),
        ("ปี 12 อบรม", None),
    ],
)
def test_years_are_read(kb: KnowledgeBase, query: str, years: tuple[int, int] | None) -> None:
    assert intent_of(kb, query).years == years


def test_abbreviations_are_written_out(kb: KnowledgeBase) -> None:
    assert texts(kb, "ศพด.") == ["อบรมครูศูนย์พัฒนาเด็กเล็ก"]


def test_what_was_typed_on_the_wrong_layout_is_answered(kb: KnowledgeBase) -> None:
    result = kb.search("mjv'gmujp;", mode="words")
    assert any("ท่องเที่ยว" in hit.record.text for hit in result.hits)
    assert result.understood is not None
    assert result.understood.corrected == "ท่องเที่ยว"


def test_a_question_can_be_taken_as_typed(kb: KnowledgeBase) -> None:
    literal = kb.search("วิสัยทัศน์", mode="words", arranged=Arranged(literal=True))
    assert literal.understood is None
    assert literal.hits == ()
    assert literal.to_dict()["understood"] is None


def test_how_a_question_was_understood_is_shown(kb: KnowledgeBase) -> None:
    shown = kb.search("ท่องเที่ยว อบจ.ริมธาร 2567", mode="words").to_dict()["understood"]
    assert shown["subject"] == "ท่องเที่ยว"
    assert shown["organisations"] == [RIVERSIDE_PAO.name]
    assert shown["years"] == [2567, 2567]


def test_a_long_text_asks_for_no_kind(kb: KnowledgeBase) -> None:
    stated = "อยากให้มีโครงการที่ช่วยให้คนในหมู่บ้านมีรายได้เสริมในหน้าแล้ง เพราะเป้าหมายคือไม่ต้องไปทำงานไกลบ้าน"
    assert intent_of(kb, stated).kinds == frozenset()


@given(st.text(max_size=120))
def test_any_text_is_understood(kb: KnowledgeBase, query: str) -> None:
    intent = intent_of(kb, query)
    assert intent.subject or not intent.plain or not query.strip() or intent.subject == query
