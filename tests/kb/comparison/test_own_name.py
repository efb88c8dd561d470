import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.thai.words import dictionary
from kb.comparison import phrases
from kb.comparison.own_name import own_name
from kb.comparison.phrases import unnamed

NAMES = (
    "จังหวัดพัทลุง",
    "จังหวัดแพร่",
    "จังหวัดตาก",
    "จังหวัดนครราชสีมา",
    "องค์การบริหารส่วนจังหวัดร้อยเอ็ด",
    "องค์การบริหารส่วนตำบลน้ำเลา",
    "องค์การบริหารส่วนตำบลท่าเรือ",
    "องค์การบริหารส่วนตำบลนา",
    "เทศบาลตำบลบ้านโคกตูม",
    "เทศบาลเมืองชะอำ",
)
SAID = (
    "เมืองเกษตรอินทรีย์",
    "น่าอยู่",
    "ตำบลน่าอยู่ คู่คุณธรรม",
    "ก้าวไกล ใส่ใจประชา",
    "แหล่งเรียนรู้",
    "ปลอดยาเสพติด",
    "ร่วมใจพัฒนา",
)


@pytest.mark.parametrize(
    ("body", "text", "first"),
    [
        ("จังหวัดพัทลุง", "พัทลุงเมืองเกษตรอินทรีย์ ท่องเที่ยวเชิงนิเวศ", "เมืองเกษตรอินทรีย์"),
        ("จังหวัดแพร่", "แพร่เมืองไม้สักและผ้าหม้อห้อม", "เมืองไม้สักและผ้าหม้อห้อม"),
        ("องค์การบริหารส่วนจังหวัดแพร่", "อบจ.แพร่โปร่งใส ใส่ใจประชา", "โปร่งใส"),
        ("องค์การบริหารส่วนจังหวัดแพร่", "อบจ. แพร่เป็นองค์กรคุณธรรม", "องค์กรคุณธรรม"),
        ("องค์การบริหารส่วนตำบลน้ำเลา", "“น้ำเลาน่าอยู่ เชิดชูวัฒนธรรม”", "น่าอยู่"),
        ("เทศบาลตำบลบ้านโคกตูม", "โคกตูมเมืองผ้าไหม", "เมืองผ้าไหม"),
        ("เทศบาลเมืองชะอำ", "เทศบาลเมืองชะอำเป็นเมืองท่องเที่ยว", "เมืองท่องเที่ยว"),
        ("จังหวัดนครราชสีมา", "โคราชเมืองน่าอยู่", "เมืองน่าอยู่"),
        ("จังหวัดพัทลุง", "พัทลุง เมืองเกษตร", "เมืองเกษตร"),
    ],
)
def test_the_own_name_is_cut_from_the_phrase_it_is_written_with(
    body: str, text: str, first: str
) -> None:
    assert phrases(text, body)[0] == first


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("จังหวัดตาก", "ตากอากาศกลางหุบเขา"),
        ("จังหวัดแพร่", "แพร่กระจายความเจริญ"),
        ("องค์การบริหารส่วนตำบลท่าเรือ", "ท่าเรือประมงทันสมัย"),
        ("องค์การบริหารส่วนตำบลนา", "นาข้าวเขียวขจี"),
        ("องค์การบริหารส่วนตำบลสระบัว", "สระบัวหลวงสวยงาม"),
        ("องค์การบริหารส่วนตำบลหนองสิม", "หนองสิมใหญ่พัฒนา"),
        ("จังหวัดพัทลุง", "พัทลุงดี"),
        ("จังหวัดพัทลุง", "เมืองเกษตรอินทรีย์"),
    ],
)
def test_what_only_begins_like_the_name_is_left_whole(body: str, text: str) -> None:
    assert phrases(text, body) == (text,)


def test_a_name_that_is_an_ordinary_word_may_be_a_phrase_further_on() -> None:
    body = "องค์การบริหารส่วนตำบลท่าเรือ"
    assert phrases("ท่าเรือ สนามบิน ท่าเรือ", body) == ("สนามบิน", "ท่าเรือ")
    assert phrases("พัทลุง น่าอยู่ พัทลุง", "จังหวัดพัทลุง") == ("น่าอยู่",)


def test_inside_a_phrase_the_name_does_not_count() -> None:
    assert unnamed("คนพัทลุงมีความสุข", "จังหวัดพัทลุง") == "คน มีความสุข"
    assert unnamed("ชาวตากเป็นสุข ตากอากาศดี", "จังหวัดตาก") == "ชาว เป็นสุข ตากอากาศดี"
    assert unnamed("จังหวัดพัทลุง", "จังหวัดพัทลุง") == "จังหวัดพัทลุง"


@given(
    st.sampled_from([name for name in NAMES if not name.endswith("ตำบลนา")]), st.sampled_from(SAID)
)
def test_what_follows_a_name_is_left_as_it_was(body: str, said: str) -> None:
    name = own_name(body)
    for form in name.forms:
        assert name.cut(f"{form}{said}") == said


@given(st.sampled_from(NAMES), st.text(alphabet="กเาี่นดมืองปลอภัย่้.-", max_size=24))
def test_what_is_left_ends_the_text_and_begins_with_no_vowel(body: str, said: str) -> None:
    name = own_name(body)
    text = f"{name.forms[0]}{said}"
    left = name.cut(text)
    assert text.endswith(left)
    assert left == text or not left or left[0] not in "ะัาำิีึืุู็่้๊๋์ๆ"
    assert all(phrases(text, body)) or not said.strip()


@given(st.sampled_from(NAMES), st.integers(0, 10**6))
def test_no_word_is_cut_in_two(body: str, seed: int) -> None:
    name = own_name(body)
    form = name.forms[seed % len(name.forms)]
    longer = sorted(word for word in dictionary() if word.startswith(form) and word != form)
    if longer:
        word = longer[seed % len(longer)]
        assert name.cut(word) == word


@given(st.sampled_from(NAMES), st.text(max_size=40))
def test_any_text_can_be_cut_and_blanked(body: str, text: str) -> None:
    assert text.endswith(own_name(body).cut(text))
    unnamed(text, body)
