"""Search finds what was said, shows where, and says honestly when nothing was."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import UsageError
from kb import MODES, Filters, KnowledgeBase, Mode
from tests.kb.samples import HILLTOWN, MISSIONS, RIVERSIDE_PAO, VISION, document, project, rich
from tests.kb.tiny_encoder import TinyEncoder

THAI = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=60)
SYNTAX = st.sampled_from(
    [
        '"',
        "*",
        "NEAR(a b, 2)",
        "a OR",
        "AND NOT",
        "words:ถนน",
        "{words}:x",
        "^ถ",
        "-ถนน",
        "(((",
        "'; drop table entries; --",
        "%",
        "_",
        "\x00",
        "\x1b[31m",
        "\ud800",
        "๑๒๓",
        "ํา",
        "🍕",
        " ",
    ]
)
ANYTHING = st.one_of(
    st.text(max_size=80),
    THAI,
    st.lists(SYNTAX, max_size=6).map(" ".join),
    st.lists(st.sampled_from(["ถนน", "น้ำ", "ผู้สูงอายุ", "จ.", "วิสัยทัศน์"]), max_size=5).map(" ".join),
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    path = tmp_path_factory.mktemp("search") / "phaen.db"
    with KnowledgeBase(path, encoder=TinyEncoder()) as opened:
        opened.add(document())
        opened.add(rich())
        opened.add(
            document(
                "b",
                ("mission", MISSIONS[0]),
                ("goal", "ครัวเรือนมีน้ำใช้ ปี 2566"),
                ("vision", "องค์กรแห่งน้ำใจ"),
                body=RIVERSIDE_PAO,
            )
        )
        opened.add(
            document(
                "c",
                ("strategy", "จัดซื้อเครื่อง AED"),
                body=HILLTOWN,
                projects=(project("ถนน คสล. ม.3"),),
            )
        )
        yield opened


def texts(kb: KnowledgeBase, query: str, mode: str = "words", **options: object) -> list[str]:
    return [hit.record.text for hit in kb.search(query, mode=mode, **options).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ผู้สูงอายุ", MISSIONS[1]),
        ("คนแก่ คนชรา", MISSIONS[1]),
        ("จิตบริการ", "มีจิตบริการ"),
        ("aed", "จัดซื้อเครื่อง AED"),
        ("ถนนคอนกรีตเสริมเหล็ก", "ถนน คสล. ม.3"),
        ("น้ําท่วม", MISSIONS[2]),
    ],
)
def test_words_find_synonyms_and_spellings(kb: KnowledgeBase, query: str, expected: str) -> None:
    assert expected in texts(kb, query)[:2]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("น่าอยู่ริมน้ำ", [VISION]),
        ("น่าอยู่  ริมน้ํา", [VISION]),
        ("ปี ๒๕๖๖", ["ครัวเรือนมีน้ำใช้ ปี 2566"]),
        ("เครื่องaed", ["จัดซื้อเครื่อง AED"]),
        ("ม.๓", ["ถนน คสล. ม.3"]),
        ("น่าอยู่ริมทะเล", []),
    ],
)
def test_exact_phrases_are_blind_to_blanks_digits_and_typing(
    kb: KnowledgeBase, phrase: str, expected: list[str]
) -> None:
    result = kb.search(phrase, mode="exact")
    assert [hit.record.text for hit in result.hits] == expected
    for hit in result.hits:
        assert len(hit.highlight) == 1
        assert hit.relevance_source == "exact"


def test_highlights_mark_what_matched(kb: KnowledgeBase) -> None:
    (hit, *_) = kb.search("น่าอยู่ริมน้ำ", mode="exact").hits
    ((start, end),) = hit.highlight
    assert VISION[start:end] == "น่าอยู่ริมน้ำ"
    (hit, *_) = kb.search("ดูแลผู้สูงอายุ", mode="words").hits
    marked = [hit.record.text[start:end] for start, end in hit.highlight]
    assert marked == ["ดูแลผู้สูงอายุ"]
    assert set(hit.why.words) == {"ดูแล", "ผู้สูงอายุ"}


@pytest.mark.parametrize("mode", MODES)
def test_thai_and_arabic_digits_ask_the_same(kb: KnowledgeBase, mode: str) -> None:
    thai, arabic = (texts(kb, query, mode, floor=0.0) for query in ("ปี ๒๕๖๖", "ปี 2566"))
    assert thai == arabic


def test_function_words_are_never_marked(kb: KnowledgeBase) -> None:
    (hit, *_) = kb.search("การดูแลผู้สูงอายุและการอยู่ให้ดี", mode="words").hits
    marked = "".join(hit.record.text[start:end] for start, end in hit.highlight)
    assert marked == "ดูแลผู้สูงอายุ"


@pytest.mark.parametrize("query", ["3", "๓", "จิต", "ใจ", "ปี"])
def test_short_terms_find_something(kb: KnowledgeBase, query: str) -> None:
    assert texts(kb, query)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("query", ["", "   ", "\n", "​", "!!!", "\x00\x01"])
def test_queries_that_say_nothing_find_nothing(kb: KnowledgeBase, mode: str, query: str) -> None:
    result = kb.search(query, mode=mode, floor=0.9)
    assert result.hits == ()
    assert result.to_dict()["hits"] == []


def test_filters_hold_in_every_mode(kb: KnowledgeBase) -> None:
    for mode in ("words", "meaning", "smart", "exact"):
        for filters in (Filters(organisation="อบจ.ริมธาร"), Filters(kinds=("goal",))):
            for hit in kb.search("น้ำ", mode=mode, filters=filters, floor=0.0).hits:
                assert filters.organisation is None or hit.record.organisation == RIVERSIDE_PAO
                assert not filters.kinds or hit.record.kind == "goal"
        assert texts(kb, "น้ำ", mode, filters=Filters(province="แพร่"), floor=0.0) == []
    assert texts(kb, "น้ำ", filters=Filters(kinds=("goal",))) == ["ครัวเรือนมีน้ำใช้ ปี 2566"]


def test_the_kind_and_the_body_a_query_names_come_first(kb: KnowledgeBase) -> None:
    assert texts(kb, "วิสัยทัศน์ อบจ.ริมธาร")[0] == "องค์กรแห่งน้ำใจ"
    assert texts(kb, "วิสัยทัศน์จังหวัดริมธาร")[0] == VISION


@pytest.mark.parametrize("mode", ["words", "exact", "meaning", "smart"])
def test_the_same_words_of_two_bodies_are_one_hit(kb: KnowledgeBase, mode: Mode) -> None:
    hits = kb.search(MISSIONS[0], mode=mode).hits
    first = hits[0]
    assert [hit.record.text for hit in hits].count(MISSIONS[0]) == 1
    assert first.record.text == MISSIONS[0]
    assert first.more_same == 1
    assert first.same[0].text == MISSIONS[0]
    assert first.same[0].document != first.record.document


def test_pages_of_hits_follow_each_other(kb: KnowledgeBase) -> None:
    whole = kb.search("น้ำ ท่องเที่ยว ชุมชน", mode="words", floor=0.0)
    pages = [
        kb.search("น้ำ ท่องเที่ยว ชุมชน", mode="words", floor=0.0, limit=1, offset=at)
        for at in range(whole.found)
    ]
    assert [page.hits[0].record.id for page in pages] == [hit.record.id for hit in whole.hits]


def test_rejected_records_are_not_found(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.add(document())
        with kb.store.writing() as connection:
            connection.execute("update entries set review = 'rejected' where kind = 'vision'")
        assert texts(kb, "เมืองน่าอยู่ริมน้ำ") == []


def test_wrong_questions_are_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="mode-unknown"):
        kb.search("น้ำ", mode="magic")
    with pytest.raises(UsageError, match="limit-invalid"):
        kb.search("น้ำ", limit=0)
    with pytest.raises(UsageError, match="document-unknown"):
        kb.search("น้ำ", mode="words", filters=Filters(document="ffff"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(query=ANYTHING, mode=st.sampled_from(MODES))
def test_any_query_gives_results(kb: KnowledgeBase, query: str, mode: str) -> None:
    result = kb.search(query, mode=mode, floor=0.0, limit=50)
    for hit in result.hits:
        assert 0.0 <= hit.relevance <= 1.0
        last = 0
        for start, end in hit.highlight:
            assert last <= start < end <= len(hit.record.text)
            last = end
    relevances = [hit.relevance for hit in result.hits]
    assert relevances == sorted(relevances, reverse=True)


@pytest.mark.parametrize("mode", MODES)
def test_queries_of_a_hundred_thousand_characters_are_answered(
    kb: KnowledgeBase, mode: str
) -> None:
    for query in ("ก" * 100_000, "น้ำ ถนน " * 12_500, "\x00" * 100_000, '"*' * 50_000):
        kb.search(query, mode=mode)


def test_words_need_no_model(tmp_path: Path) -> None:
    script = (
        "import sys; from kb import KnowledgeBase; from tests.kb.samples import document\n"
        "with KnowledgeBase(sys.argv[1]) as kb:\n"
        "    kb.add(document()); assert kb.search('ผู้สูงอายุ', mode='words').hits\n"
        "heavy = {'torch', 'faiss', 'transformers', 'sentence_transformers', 'pandas'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "kb.db")], check=True)
