"""The order in which a page is read, where it was not written in it."""

from pathlib import Path

from ingest.formats.limits import Limits
from ingest.readers import read_content
from tests.ingest.readers.pdf.pdf_files import Leaf, pdf

VISION = "เมืองน่าอยู่ ผู้คนมีสุข เศรษฐกิจมั่นคงด้วยเกษตรปลอดภัย"
MISSION = "พัฒนาคุณภาพชีวิตของประชาชนทุกช่วงวัย"


def lines(folder: Path, leaf: Leaf) -> list[str]:
    content = read_content(pdf(folder / "page.pdf", [leaf]), Limits())
    return content.pages[0].text.split("\n")


def test_what_was_filled_into_a_form_stands_below_its_heading(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 200, "1. วิสัยทัศน์").text(72, 260, "2. พันธกิจ")
    leaf.text(100, 100, "สำนักงานจังหวัดศรีพนาลัย").text(90, 225, VISION).text(90, 285, MISSION)
    assert lines(tmp_path, leaf) == [
        "สำนักงานจังหวัดศรีพนาลัย",
        "1. วิสัยทัศน์",
        VISION,
        "2. พันธกิจ",
        MISSION,
    ]


def test_several_lines_filled_in_stay_together(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "วิสัยทัศน์").text(72, 190, "พันธกิจ")
    leaf.text(90, 125, "1. " + VISION).text(160, 149, "ภายในปี 2570").text(90, 215, MISSION)
    filled = f"1. {VISION}ภายในปี 2570"
    assert lines(tmp_path, leaf) == ["วิสัยทัศน์", filled, "พันธกิจ", MISSION]


def test_figures_go_into_the_gaps_of_their_line(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "งบประมาณรายจ่าย").text(300, 100, "บาท").text(440, 100, "บาท")
    leaf.text(72, 190, "หมายเหตุ").text(210, 100, "191,976,200").text(350, 100, "166,576,700")
    assert lines(tmp_path, leaf)[0] == "งบประมาณรายจ่าย 191,976,200 บาท 166,576,700 บาท"


def test_two_columns_are_read_one_after_the_other_whatever_was_drawn_first(tmp_path: Path) -> None:
    leaf = Leaf().text(150, 800, "เทศบาลตำบลหนองบัวแก้ว อำเภอเมือง จังหวัดศรีพนาลัย")
    columns = [["ด้านหนึ่ง", "ด้านสอง", "ด้านสาม"], ["ด้านสี่", "ด้านห้า", "ด้านหก"]]
    for x, column in zip((72, 320), columns, strict=True):
        for number, words in enumerate(column):
            leaf.text(x, 100 + 60 * number, words + "ของแผนพัฒนา")
    found = [line for line in lines(tmp_path, leaf) if line.startswith("ด้าน")]
    assert found == [f"{words}ของแผนพัฒนา" for column in columns for words in column]


def test_figures_of_several_columns_are_no_single_number(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "ตัวชี้วัด: จำนวนหมู่บ้าน")
    for number in range(5):
        leaf.text(250 + 50 * number, 100, "6")
    assert lines(tmp_path, leaf) == ["ตัวชี้วัด: จำนวนหมู่บ้าน 6 6 6 6 6"]


def test_figures_drawn_at_once_but_apart_are_no_single_number(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "หมู่บ้าน")
    leaf.commands.append("BT /F1 14 Tf 40 Tc 1 0 0 1 250 742 Tm <0036003600360036> Tj 0 Tc ET")
    assert lines(tmp_path, leaf) == ["หมู่บ้าน 6 6 6 6"]


def test_a_heading_keeps_the_blank_behind_its_number(tmp_path: Path) -> None:
    leaf = Leaf().text(72, 100, "1.").text(72 + 14 + 3.2, 100, "วิสัยทัศน์")
    leaf.text(72, 190, "เป็นองค์กร ").text(72 + 8 * 7 + 4, 190, "กำกับดูแล")
    assert lines(tmp_path, leaf)[0] == "1. วิสัยทัศน์"
