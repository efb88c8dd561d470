import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.thai.lines import join_broken_lines
from tests.ingest.thai.strategies import SENTENCES

BROKEN = """\
วิสัยทัศน์ (Vision)
“เมืองน่าอยู่ ผู้คนมีสุข เศรษฐกิจก้าวหน้า สิ่งแวดล้อมดี มีธรรมา
ภิบาล ภายในปี พ.ศ. 2570”
พันธกิจ
1. พัฒนาโครงสร้างพื้นฐานและระบบสาธารณูปโภคให้ครอบคลุมทั่ว
ถึงทุกหมู่บ้าน
2. ส่งเสริมคุณภาพชีวิตของประชาชนทุกกลุ่มวัย

เทศบาลได้ดำเนินการจัดทำแผนพัฒนาท้องถิ่นตามระเบียบกระทรวง
มหาดไทยว่าด้วยการจัดทำแผนพัฒนา (SWOT Analysis of the local
area) โดยผ่านความเห็นชอบแล้ว"""

WHOLE = """\
วิสัยทัศน์ (Vision)
“เมืองน่าอยู่ ผู้คนมีสุข เศรษฐกิจก้าวหน้า สิ่งแวดล้อมดี มีธรรมาภิบาล ภายในปี พ.ศ. 2570”
พันธกิจ
1. พัฒนาโครงสร้างพื้นฐานและระบบสาธารณูปโภคให้ครอบคลุมทั่วถึงทุกหมู่บ้าน
2. ส่งเสริมคุณภาพชีวิตของประชาชนทุกกลุ่มวัย

เทศบาลได้ดำเนินการจัดทำแผนพัฒนาท้องถิ่นตามระเบียบกระทรวงมหาดไทยว่าด้วยการจัดทำแผนพัฒนา \
(SWOT Analysis of the local area) โดยผ่านความเห็นชอบแล้ว"""


def test_sentences_are_joined_and_structure_stays() -> None:
    assert join_broken_lines(BROKEN) == WHOLE


def test_joining_twice_changes_nothing() -> None:
    assert join_broken_lines(WHOLE) == WHOLE


def test_headings_begin_lines_of_their_own() -> None:
    text = "ก่อสร้างถนนคอนกรีตเสริมเหล็กภายในหมู่บ้านทุกสาย\nยุทธศาสตร์ที่ 2 การพัฒนาสังคม"
    assert join_broken_lines(text) == text


def test_short_lines_of_a_vision_stay_apart() -> None:
    text = "เมืองสะอาด\nการศึกษาก้าวหน้าทันโลกด้วยเทคโนโลยีสมัยใหม่\nประชามีสุข\nเศรษฐกิจดี"
    assert join_broken_lines(text).split("\n")[2:] == ["ประชามีสุข", "เศรษฐกิจดี"]


@given(st.lists(st.sampled_from([*SENTENCES, "", "1. ถนน", "- สะพาน"]), max_size=12))
@settings(deadline=None)
def test_nothing_but_line_ends_changes(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert re.sub(r"\s", "", join_broken_lines(text)) == re.sub(r"\s", "", text)
