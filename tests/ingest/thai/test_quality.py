from pathlib import Path

from ingest.thai.quality import quality
from tests.ingest.thai.strategies import SENTENCES

PAGE = "\n".join(sentence for sentence in SENTENCES if "ก ข ค ง" not in sentence)


def test_a_good_page_stands_in_the_dictionary() -> None:
    found = quality(PAGE)
    assert found.share >= 0.99
    assert found.misplaced == 0
    assert found.thai > 250


def test_no_thai_is_no_complaint() -> None:
    assert quality("Vision 2030 (SDGs) 1,200,000").thai == 0
    assert quality("").share == 1.0


def test_torn_and_shifted_text_falls_below_good_text() -> None:
    torn = " ".join(PAGE)
    shifted = PAGE.replace("่", "\uf70a").replace("้", "\uf70b")
    dropped = PAGE.translate(dict.fromkeys(map(ord, "่้๊๋์")))
    for damaged in (torn, shifted, dropped):
        assert quality(damaged).share < 0.985
    assert quality(torn).misplaced > 50
    assert quality(shifted).misplaced > 10


def test_an_engine_that_drops_tones_has_fewer_letters() -> None:
    dropped = PAGE.translate(dict.fromkeys(map(ord, "่้๊๋")))
    assert quality(dropped).thai < quality(PAGE).thai


def test_abbreviations_and_places_are_no_damage() -> None:
    text = "อบต.หนองแก้ว อ.กุฉินารายณ์ จ.กาฬสินธุ์ พ.ศ. ๒๕๖๖ ก.บ.จ. ถนน คสล. ข้อ ก) แอสฟัลท์ติก"
    assert quality(text).share >= 0.99


def test_marks_where_none_can_stand_are_counted_per_thousand_letters() -> None:
    good = "ก่อสร้างถนน"
    bad = "ก่อสร้างถนน ่"
    assert quality(good).misplaced == 0
    assert round(quality(bad).misplaced) == round(1000 / quality(bad).thai)


def test_real_news_pages_are_good(shared: Path) -> None:
    shares = [
        quality(path.read_text(encoding="utf-8").split("\n", 1)[1]).share
        for path in sorted((shared / "eval" / "prose").glob("*.txt"))
    ]
    assert sum(share >= 0.985 for share in shares) >= 0.95 * len(shares)
