import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from ingest.thai.quality import quality
from ingest.thai.repair import repair
from tests.ingest.thai.strategies import SENTENCES, clean, damaged

CONSONANT = re.compile("[\u0e01-\u0e2e]")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_clean_thai_is_left_as_it_is(sentence: str) -> None:
    assert repair(sentence) == sentence


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        # characters that are none, and line ends of other systems
        ("แผน\u200bพัฒนา\ufeff\u00ad จังหวัด\ufffd", "แผนพัฒนา จังหวัด"),
        ("แผน\u00a0พัฒนา\r\nท้องถิ่น", "แผน พัฒนา\nท้องถิ่น"),
        ("\x93เมืองน่าอยู่\x94", "“เมืองน่าอยู่”"),
        # shifted glyphs at private places, of Microsoft and of Adobe
        ("ป\uf705า", "ป่า"),
        ("\uf700าน\uf70fาติ", "ฐานญาติ"),
        ("ป\uf701ด ป\uf70aา ฟ\uf710น ป\uf712น ญ\uf718", "ปิด ป่า ฟัน ป็น ญุ"),
        ("ป\uf88aา ฝ\uf884น", "ป่า ฝัน"),
        # shifted glyphs that fonts map to Latin letters
        ("ทีÉดิน ฟÊา ศาสตรÍ", "ที่ดิน ฟ้า ศาสตร์"),
        ("พ.ศ. ŚŝŞş", "พ.ศ. ๒๕๖๗"),
        # sara am lost to a blank
        ("จ านวน ต าบล น้ า ท าการ", "จำนวน ตำบล น้ำ ทำการ"),
        # doubled
        ("ให้้บริิการ", "ให้บริการ"),
        ("จำำแนก", "จำแนก"),
        ("เเผนเเม่บท", "แผนแม่บท"),
        # marks in the wrong order
        ("ท\u0e48\u0e35ด\u0e34น", "ที่ดิน"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("น\u0e33\u0e49", "น้ำ"),
        # sara am in pieces, the tone before, between and after
        ("น\u0e49\u0e4d\u0e32 น\u0e4d\u0e49\u0e32 ต\u0e4d\u0e32บล", "น้ำ น้ำ ตำบล"),
        ("ส\u0e33\u0e32นักงาน", "สำนักงาน"),
        # blanks and line ends before what hangs on a consonant
        ("เพ ื่อ พัฒน า ส ังคม แ ละ เ ศรษฐกิจ", "เพื่อ พัฒนา สังคม และ เศรษฐกิจ"),
        ("ท้องถ\nิ่น", "ท้องถิ่น"),
        # lakkhangyao for sara aa, but not in ฤๅษี
        ("พัฒน\u0e45 ฤ\u0e45ษี", "พัฒนา ฤๅษี"),
        # words torn in two, marks slid one consonant too far
        ("สาธาร ณูป การ", "สาธารณูปการ"),
        ("วิสยั ทัศน์ และเปา้ ประสงค์ ยทุ ธศาสตร์", "วิสัยทัศน์ และเป้าประสงค์ ยุทธศาสตร์"),
        # letter-spaced for looks
        ("ย ุ ท ธ ศ า ส ต ร ์ ท ี ่ ๑", "ยุทธศาสตร์ที่๑"),
        ("แ ล ะ ภ ูม ิป ัญ ญ า ท ้อ ง ถ ิ่น", "และภูมิปัญญาท้องถิ่น"),
        # bullets of Symbol and Wingdings
        ("\uf0b7 พัฒนา", "• พัฒนา"),
        # white space
        ("  ก่อสร้าง   ถนน \n \n\n\n สะพาน\t", "ก่อสร้าง ถนน\n\nสะพาน"),
    ],
)
def test_each_defect_is_mended(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "ก ข ค ง จ ฉ ช ซ ฌ ญ",  # a list of letters is not letter-spaced
        "Škoda Éclair",  # Latin stays Latin where no Thai stands before it
        "1 2 3 4 5 6 7 8 9 10",
        "ที่ โครงการ วัตถุประสงค์",
        "ย่อหน้าแรก\n\nาไม่ควรอยู่ต้นย่อหน้า",  # paragraphs stay apart
    ],
)
def test_what_only_looks_damaged_stays(text: str) -> None:
    assert repair(text) == text


@given(damaged)
@settings(max_examples=300, deadline=None)
def test_repairing_twice_changes_nothing(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@given(damaged)
@settings(max_examples=300, deadline=None)
def test_no_consonant_is_lost(text: str) -> None:
    drawn = text.replace("\uf700", "ฐ").replace("\uf70f", "ญ")
    assert CONSONANT.findall(repair(text)) == CONSONANT.findall(drawn)


@given(clean)
@settings(deadline=None)
def test_clean_pages_keep_every_character(text: str) -> None:
    assert repair(text) == text


def test_real_news_pages_are_already_clean(shared: Path) -> None:
    for path in sorted((shared / "eval" / "prose").glob("*.txt")):
        text = path.read_text(encoding="utf-8").split("\n", 1)[1]
        typed = re.sub("[\\s\u200b]", "", text).replace("\u0e4d\u0e32", "\u0e33")
        assert re.sub(r"\s", "", repair(text)) == typed, path.name


@pytest.mark.parametrize(
    "name", ["pua", "decomp", "saee", "saraamspace", "spaces", "tonefirst", "letterspaced"]
)
def test_defective_pdfs_come_out_whole(shared: Path, name: str) -> None:
    file = shared / "eval" / "files" / f"f_{name}.pdf"
    raw = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    truth = (shared / "eval" / "files" / "truth_prose.txt").read_text(encoding="utf-8")
    printed = re.sub(r"\s", "", repair(raw))
    for paragraph in truth.split("\n"):
        # a page's header may stand inside a paragraph, so look at its beginning
        assert re.sub(r"\s", "", paragraph)[:20] in printed
    assert quality(repair(raw)).misplaced == 0
