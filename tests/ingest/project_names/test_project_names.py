"""Names of projects taken apart: what is done, where, which stage, how much, when."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UsageError
from ingest.project_names import parts_of
from ingest.project_names.correction import correction
from ingest.project_names.spelling import plain
from kb.evaluation.duplicates import parts_accuracy


def test_the_gold_is_read_as_people_read_it(corpora: Path) -> None:
    lines = (corpora / "gold" / "parts.jsonl").read_text("utf-8").splitlines()
    measured = parts_accuracy(json.loads(line) for line in lines)
    assert measured["names"] >= 200
    assert measured["place"] >= 0.9, measured["misses"]
    assert measured["work"] >= 0.9, measured["misses"]


def test_names_nobody_looked_at_are_read_too(corpora: Path) -> None:
    lines = (corpora / "gold" / "parts_unseen.jsonl").read_text("utf-8").splitlines()
    measured = parts_accuracy(json.loads(line) for line in lines)
    assert measured["place"] >= 0.9, measured["misses"]
    assert measured["work"] >= 0.9, measured["misses"]


@pytest.mark.parametrize(
    ("title", "work", "places"),
    [
        (
            "ก่อสร้างถนน คสล. ม.๓ ต.ริมธาร",
            "ก่อสร้างถนนคอนกรีตเสริมเหล็ก",
            {"village": ["3"], "subdistrict": ["ริมธาร"]},
        ),
        (
            "บำรุงทางหลวงหมายเลข 1090 ตอน แม่กลอง - อุ้มผาง",
            "บำรุงทางหลวง",
            {"line": ["แม่กลอง - อุ้มผาง"], "route": ["1090"]},
        ),
        ("บ้านพักคนชรา", "บ้านพักคนชรา", {}),
        ("สร้างท่าเรือ ต.แหลมสนงาม", "สร้างท่าเรือ", {"subdistrict": ["แหลมสนงาม"]}),
        ("แข่งขันกีฬาตำบลต้านยาเสพติด", "แข่งขันกีฬาตำบลต้านยาเสพติด", {}),
        ("ป้องกันตลิ่ง จังหวัดชลบุรีผิวจราจรลาดยาง", "ป้องกันตลิ่งผิวจราจรลาดยาง", {"province": ["ชลบุรี"]}),
    ],
)
def test_kinds_of_things_stay_and_names_go(
    title: str, work: str, places: dict[str, list[str]]
) -> None:
    parts = parts_of(title)
    assert "".join(parts.work.text.split()) == work
    assert parts.place.to_dict() == places


def test_people_correct_what_was_read() -> None:
    read = parts_of("ขุดลอกคลองยายชี หมู่ที่ 2 ตำบลริมธาร")
    right = correction("ขุดลอกสระ", {"village": ["๓", "4"], "water": []}).applied(read)
    assert right.place.to_dict() == {"village": ["3", "4"], "subdistrict": ["ริมธาร"]}
    assert right.work.text == "ขุดลอกสระ"
    assert correction(None, {}).applied(read) == read
    with pytest.raises(UsageError, match="part-unknown"):
        correction(None, {"planet": ["อังคาร"]})


def test_metres_are_not_villages() -> None:
    parts = parts_of("ก่อสร้างถนน คสล. ม.4 กว้าง 4 ม. ยาว 250 ม.")
    assert parts.place.villages == ("4",)
    assert [(q.what, str(q.values[0]), q.unit) for q in parts.quantities] == [
        ("กว้าง", "4", "เมตร"),
        ("ยาว", "250", "เมตร"),
    ]


@pytest.mark.parametrize(
    ("title", "kind", "number"),
    [
        ("ขุดลอกคลอง ระยะที่ ๒", "phase", "2"),
        ("ค่ายเยาวชน รุ่นที่ 4", "batch", "4"),
        ("อาหารกลางวัน ภาคเรียนที่ 1/2567", "term", "1/2567"),
        ("เจาะบ่อบาดาลเพิ่มเติม", "more", None),
    ],
)
def test_stages(title: str, kind: str, number: str | None) -> None:
    assert [(stage.kind, stage.number) for stage in parts_of(title).stages] == [(kind, number)]


def test_the_name_wins_over_the_place_column() -> None:
    parts = parts_of("ขุดลอกคลอง หมู่ที่ 2", "หมู่ที่ 5 ตำบลริมธาร")
    assert parts.place.to_dict() == {"village": ["2"], "subdistrict": ["ริมธาร"]}


@given(st.text(alphabet="กขคงจ่้าิีุูเแโใไ0123456789๐๑๒ .-()/หมู่ที่บ้านตำบล", max_size=80))
def test_any_text_has_parts_and_one_plain_spelling(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    parts_of(text)
