"""Where a text stands on a printed page, on real PDFs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.sandbox.pool import Workers
from kb import KnowledgeBase
from kb.loading.loading import load
from kb.page_images import PageImages
from kb.page_marks import PageMarks, lines_of
from tests.api.http.recording import SAMPLES

pytestmark = pytest.mark.slow
PLANS = ("05-sriphanalai-plan-2566.pdf", "21-wiangphana-plan-2566.pdf")


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path_factory.mktemp("marks") / "kb.db") as kb:
        files = [SAMPLES / name for name in (*PLANS, "20-wiangphana-plan-2561.txt")]
        list(load(files, kb, workers=1))
        yield kb


@pytest.fixture(scope="module")
def images(kb: KnowledgeBase) -> Iterator[PageImages]:
    with Workers(1) as workers:
        yield PageImages(kb.store.originals, workers)


@pytest.mark.parametrize("name", PLANS)
def test_every_record_of_a_printed_plan_is_marked_on_its_page(
    name: str, kb: KnowledgeBase, images: PageImages
) -> None:
    (stored,) = [one for one in kb.documents() if Path(one.file).name == name]
    whole = kb.whole(stored.id)
    for number in range(1, stored.pages + 1):
        letters = images.letters(stored.id, number, stored.media_type)
        width, height = letters["size"]
        marks = PageMarks(letters)
        here = [one.text for one in whole.statements if one.page == number]
        here += [one.title for one in whole.projects if one.page == number]
        for text in here:
            boxes = marks.boxes(text)
            assert boxes, text
            for left, top, right, bottom in boxes:
                assert 0 <= left < right <= width
                assert 0 <= top < bottom <= height
        assert marks.boxes("ข้อความที่ไม่มีในหน้านี้เลยแม้แต่คำเดียว xyzxyz") == []


def test_a_page_without_a_picture_says_so(kb: KnowledgeBase, images: PageImages) -> None:
    (text,) = [one for one in kb.documents() if one.media_type == "text/plain"]
    with pytest.raises(ReadError, match="page-image-missing"):
        images.image(text.id, 1, text.media_type)


def test_letters_of_one_line_make_one_box() -> None:
    assert lines_of([(0, 0, 9, 20), (10, 0, 19, 20), (0, 30, 9, 50)]) == [
        (0, 0, 19, 20),
        (0, 30, 9, 50),
    ]
