"""Pages as they were printed, and where texts stand on them."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.readers.page_image import Letter, PageImage, boxes_of, draw_page
from ingest.sandbox.pool import Workers

SAMPLES = Path(__file__).resolve().parents[3] / "corpora" / "samples"
PLAN = SAMPLES / "17-pao-rattanasamut-plan-2566.pdf"
PROJECT = "ติดตั้งทุ่นผูกเรือและแนวเขตว่ายน้ำปลอดภัย"


def test_a_project_is_marked_where_its_cell_stands() -> None:
    drawn = draw_page(PLAN, 4, 800, (PROJECT, "ไม่มีข้อความนี้ในหน้า"), Limits())
    picture = Image.open(io.BytesIO(drawn.png))
    assert picture.size == drawn.size
    assert picture.width == 800
    found, missing = drawn.boxes
    assert missing == ()
    assert 2 <= len(found) <= 5  # the lines of its cell
    for left, top, width, height in found:
        assert 0.05 < left < 0.25
        assert 0.45 < top < 0.65
        assert 0 < width < 0.2
        assert 0 < height < 0.1
        assert left + width < 1


@pytest.mark.slow
def test_a_fresh_reading_process_answers_with_a_page() -> None:
    with Workers(1) as workers:
        drawn = workers.call(
            draw_page,
            PLAN,
            4,
            400,
            (PROJECT,),
            workers.limits,
            kind=PageImage,
            modules=frozenset({"ingest.readers.page_image"}),
        )
    assert drawn.boxes[0]


def test_a_picture_is_its_own_page(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("L", (1200, 600), 255).save(path)
    drawn = draw_page(path, 1, 600, ("ข้อความ",), Limits())
    assert drawn.size == (600, 300)
    assert drawn.boxes == ((),)


@pytest.mark.parametrize(
    ("name", "number"), [("01-sriphanalai-plan-2561.txt", 1), (PLAN.name, 99), (PLAN.name, 0)]
)
def test_what_has_no_such_page_says_so(name: str, number: int) -> None:
    with pytest.raises(ReadError) as caught:
        draw_page(SAMPLES / name, number, 400, (), Limits())
    assert caught.value.code == "page-image-none"


def test_a_page_too_large_to_draw_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("L", (1200, 600), 255).save(path)
    with pytest.raises(ReadError) as caught:
        draw_page(path, 1, 600, (), Limits(pixels=1000))
    assert caught.value.code == "page-too-large"


@given(st.text("กขคงน้ำท่วม่้ ", min_size=6, max_size=40), st.integers(min_value=1, max_value=9))
def test_a_text_set_on_a_page_is_found_in_as_many_boxes_as_lines(text: str, columns: int) -> None:
    letters = [
        Letter(sign, (0.1 * (at % columns), 0.02 * (at // columns), 0.09, 0.015))
        for at, sign in enumerate(text)
    ]
    consonants = [at for at, sign in enumerate(text) if "ก" <= sign <= "ฮ"]
    boxes = boxes_of(letters, text)
    if len(consonants) < 4:
        assert boxes == ()
    else:
        assert len(boxes) == len({at // columns for at in consonants})
