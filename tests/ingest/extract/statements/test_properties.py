"""What holds for any text: places, ids, order, and no text that breaks the reader."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.statements.assembly import confidence_of
from ingest.extract.statements.candidates import Find
from ingest.layout.list_marks import inline_items, mark_of
from ingest.records import Page
from tests.ingest.extract.texts import read, slice_of

_HEADS = [
    "วิสัยทัศน์",
    "พันธกิจ",
    "ค่านิยม",
    "ยุทธศาสตร์ที่ 1 ",
    "เป้าประสงค์ :",
    "ตัวชี้วัด",
    "กลยุทธ์ที่ ๑.๑ ",
    "โครงการ",
    "วิสัยทัศน์/พันธกิจ",
]
_BITS = [
    "1. ",
    "(๒) ",
    "- ",
    "“",
    "”",
    '"',
    " : ",
    "ดูแลคลอง",
    "เพื่อให้",
    "น่าอยู่",
    "และ",
    " 2566",
    "ที่ ",
    "|",
    "ก. ",
    "\t",
    "หมายถึง",
    "ดังนี้",
    "โครงการ",
]
_LINE = st.lists(st.sampled_from(_HEADS + _BITS), max_size=6).map("".join)
_TEXT = st.lists(_LINE, max_size=14).map("\n".join)
_slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_slow
@given(st.lists(_TEXT, min_size=1, max_size=3))
def test_every_statement_stands_where_it_says(texts: list[str]) -> None:
    document = read(*texts)
    for statement in document.statements:
        words = "".join(statement.text.split())
        assert words
        assert "".join(slice_of(document, statement).split()).startswith(words[:8])
        assert words.endswith("".join(slice_of(document, statement).split())[-4:])
        for mention in statement.mentions:
            assert 0 <= mention.start < mention.end <= len(texts[mention.page - 1])


@_slow
@given(st.lists(_TEXT, min_size=1, max_size=3))
def test_ids_are_unique_stable_and_parents_are_there(texts: list[str]) -> None:
    document = read(*texts)
    ids = [s.id for s in document.statements]
    assert len(ids) == len(set(ids))
    assert ids == [s.id for s in read(*texts).statements]
    assert {s.parent for s in document.statements} - {None} <= set(ids)
    assert {p.parent for p in document.projects} - {None} <= set(ids)


@_slow
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for statement in read(text).statements:
        assert 0 < statement.confidence < 1


@given(st.integers(1, 9), st.sampled_from(["{}. ", "{}) ", "({}) ", "{}."]))
def test_mark_is_read_back(number: int, style: str) -> None:
    mark = mark_of(style.format(number) + "ดูแลคลอง")
    assert mark is not None
    assert mark.number == str(number)


@given(st.lists(st.sampled_from(["ดูแลคลอง", "ปลูกป่า", "เปิดตลาด"]), min_size=2, max_size=9))
def test_inline_list_is_parted(items: list[str]) -> None:
    text = " ".join(f"{number}) {item}" for number, item in enumerate(items, 1))
    assert [text[i.start : i.end].strip() for i in inline_items(text)] == items


def test_damage_and_doubt_lower_confidence() -> None:
    found = Find("mission", 1, 0, 9, "ดูแลคลอง", "list-marked")
    clean = confidence_of(found, Page(1, "ดูแลคลอง", quality=1.0))
    assert confidence_of(found, Page(1, "ดูแลคลอง", quality=0.95)) < clean
    assert confidence_of(found, Page(1, "ดูแลคลอง", unverified=True)) < clean
    unfinished = Find("mission", 1, 0, 9, "ดูแลคลองและ", "list-marked")
    assert confidence_of(unfinished) < confidence_of(found)
