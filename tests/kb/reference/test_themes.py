import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reference.themes import evidence, themes, themes_of


def stated(text: str) -> set[str]:
    return {found.theme for found in themes_of(text)}


def test_a_vision_has_several_themes_each_with_its_words() -> None:
    found = {
        theme.theme: theme.evidence
        for theme in themes_of("เมืองเกษตรปลอดภัย ท่องเที่ยวเชิงวัฒนธรรม ผู้สูงวัยมีความสุข")
    }
    assert found["agriculture"] == ("เกษตรปลอดภัย",)
    assert {"tourism", "culture", "elderly"} <= set(found)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("ประตูการค้าสู่ลุ่มน้ำโขง", "water"),
        ("ผลิตภัณฑ์มวลรวมของจังหวัดเพิ่มขึ้น", "culture"),
        ("ปรับปรุงตัวชี้วัดของหน่วยงาน", "culture"),
        ("เมืองเกษตรปลอดภัย", "security"),
        ("สร้างวัฒนธรรมองค์กรที่ดี", "culture"),
        ("สร้างความมั่นคงทางเศรษฐกิจ", "security"),
        ("ก้าวสู่ประชาคมอาเซียน", "governance"),
        ("มั่นคง มั่งคั่ง ยั่งยืน", "grassroots"),
    ],
)
def test_a_word_inside_another_does_not_mislead(text: str, theme: str) -> None:
    assert theme not in stated(text)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("ขุดลอกคลองส่งน้ำให้ชาวนา", "water"),
        ("บ้านเมืองปลอดยาเสพติด", "security"),
        ("ท่องเที่ยวเชิงเกษตร", "agriculture"),
        ("ฝุ่น PM2.5 ลดลง", "haze"),
        ("ฝุ่น pm2.5 ลดลง", "haze"),
        ("รายได้จากการท่องเที่ยวกระจายสู่ชุมชน", "tourism"),
        ("ส่งเสริมประมงทะเล", "agriculture"),
    ],
)
def test_words_tell_their_theme(text: str, theme: str) -> None:
    assert theme in stated(text)


def test_text_about_nothing_has_no_theme() -> None:
    assert stated("ก ข ค") == stated("") == set()


def test_the_taxonomy_is_whole(corpora: Path) -> None:
    codes = [theme.code for theme in themes()]
    assert len(codes) == len(set(codes)) == 20
    for theme in themes():
        assert theme.definition
        assert len(theme.examples) >= 2
        assert len(theme.terms) >= 8
    for line in (corpora / "gold" / "themes.jsonl").read_text("utf-8").splitlines():
        assert set(json.loads(line)["themes"]) <= set(codes)


@given(st.text(alphabet=st.sampled_from("กขคนวดป่าไม้น้ำเเแ ำ็1AIİſ\n"), max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    for told_words, hints in evidence(text).values():
        assert told_words or hints
    for found in themes_of(text):
        assert 0.5 <= found.score <= 1


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("สะอาด ปลอดภัย สังคมเป็นสุข", "security"),
        ("เด็กเดินทางปลอดภัย", "security"),
        ("ตำบลปลอดโจร", "security"),
        ("ศูนย์กลางบุญผะเหวด", "culture"),
        ("งานชักพระและแข่งโพน", "culture"),
        ("ประเพณียี่เป็งเลื่องลือ", "culture"),
        ("ถิ่นผ้าขิด", "culture"),
        ("เมืองมโนราห์", "culture"),
        ("เมืองสร้างสรรค์ด้านอาหาร", "culture"),
        ("กวนอาซูรอร่วมกัน", "culture"),
        ("วิถีไทยทรงดำ", "culture"),
        ("เลี้ยงจิ้งหรีด", "agriculture"),
        ("แหล่งกังหันลม", "energy"),
        ("เมืองเซิร์ฟ", "sport"),
        ("ท่องเที่ยวเชิงอนุรักษ์", "environment"),
    ],
)
def test_festivals_crafts_faiths_and_safety_have_their_themes(text: str, theme: str) -> None:
    assert theme in stated(text)


@pytest.mark.parametrize(
    "text", ["ข้าวหอมมะลิปลอดภัย", "ผักผลไม้สดปลอดภัย", "น้ำดื่มปลอดภัย", "การเดินทางสะดวก ปลอดภัย"]
)
def test_safe_food_is_no_public_safety(text: str) -> None:
    assert "security" not in stated(text)


def test_some_words_count_only_where_a_phrase_begins() -> None:
    assert "waste" in stated("สะอาด สวยงาม")
    assert "waste" not in stated("ใช้พลังงานสะอาด")
    words = evidence("สะอาด ร่มเย็น")["waste"]
    assert (words.terms, words.hints) == (("สะอาด",), ())


def test_every_marked_word_is_of_a_theme(corpora: Path) -> None:
    codes = {theme.code for theme in themes()}
    rows = (corpora / "themes" / "words.tsv").read_text("utf-8").splitlines()[1:]
    for row in rows:
        code, group, names, words = row.split("\t")
        assert code in codes
        assert group
        assert names in {"things", "matters"}
        assert all(word.strip("~-^…") for word in words.split(";"))
