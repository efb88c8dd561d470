"""Web pages as Thai offices publish them."""

from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.readers import read_content
from ingest.records import Content

VISION = "ท่าน้ำใสเมืองเกษตรปลอดภัย ใส่ใจสิ่งแวดล้อม พร้อมก้าวสู่สังคมดิจิทัล"


def page_of(folder: Path, body: str, encoding: str = "utf-8", head: str = "") -> Content:
    path = folder / "page.html"
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    path.write_bytes(source.encode(encoding))
    return read_content(path, Limits())


@pytest.mark.parametrize("name", ["page.html", "page_tis620.html", "page_tis620_nometa.html"])
def test_the_sample_page_in_three_encodings(shared: Path, name: str) -> None:
    content = read_content(shared / "eval" / "files" / name, Limits())
    text = content.pages[0].text
    assert "“บ้านสวนงามตำบลน่าอยู่ คู่เกษตรอินทรีย์" in text
    assert "\n3. คุ้มครอง ดูแล และบำรุงรักษาทรัพยากรธรรมชาติและสิ่งแวดล้อม" in text
    assert [len(table.rows) for table in content.tables] == [3]
    assert content.tables[0].headers == 1
    for aside in ("ผู้เข้าชม", "ความคิดเห็น", "หน้าแรก", "สงวนลิขสิทธิ์", "var x"):
        assert aside not in text
    assert content.title == "ยุทธศาสตร์การพัฒนา | องค์การบริหารส่วนตำบลบ้านสวนงาม"


def test_a_page_laid_out_by_tables(tmp_path: Path) -> None:
    body = f"""<form id="aspnetForm"><table><tr><td colspan=2><img src=x></td></tr><tr>
    <td><table><tr><td><a href=1>หน้าแรก</a></td></tr><tr><td><a href=2>ติดต่อเรา</a></td></tr>
    <tr><td><a href=3>ข่าวสาร</a></td></tr></table></td>
    <td><font size=4><b>วิสัยทัศน์</b></font><br>{VISION}<br><br><b>พันธกิจ</b><br>
    1. พัฒนาโครงสร้างพื้นฐานให้ทั่วถึง<br>2. ส่งเสริมอาชีพและรายได้ของประชาชน</td>
    </tr></table></form>"""
    text = page_of(tmp_path, body, "cp874").pages[0].text
    assert text == (
        f"วิสัยทัศน์\n{VISION}\nพันธกิจ\n1. พัฒนาโครงสร้างพื้นฐานให้ทั่วถึง\n2. ส่งเสริมอาชีพและรายได้ของประชาชน"
    )


def test_the_vision_is_never_dropped_for_being_short(tmp_path: Path) -> None:
    news = "<p>" + "จังหวัดจัดประชุมติดตามผลการดำเนินงานตามแผนพัฒนาประจำปี " * 12 + "</p>"
    body = f"<div><span>วิสัยทัศน์</span><div>{VISION}</div></div><div class=content>{news * 4}</div>"
    text = page_of(tmp_path, body).pages[0].text
    assert f"วิสัยทัศน์\n{VISION}" in text


def test_lists_keep_their_numbers_and_bullets(tmp_path: Path) -> None:
    body = """<h2>พันธกิจ</h2><ol start=2><li>ดูแลแหล่งน้ำ</li><li>ดูแลป่าชุมชน</li></ol>
    <h2>ค่านิยม</h2><ul><li><p>โปร่งใส</p></li><li>ตรวจสอบได้<br>ทุกขั้นตอน</li></ul>"""
    text = page_of(tmp_path, body).pages[0].text
    assert text == ("พันธกิจ\n2. ดูแลแหล่งน้ำ\n3. ดูแลป่าชุมชน\nค่านิยม\n• โปร่งใส\n• ตรวจสอบได้\nทุกขั้นตอน")


def test_words_split_over_inline_elements_stay_whole(tmp_path: Path) -> None:
    body = f"<p>วิสัย<b>ทัศน์</b></p><p><span>{VISION[:12]}</span>{VISION[12:]}</p>"
    assert page_of(tmp_path, body).pages[0].text == f"วิสัยทัศน์\n{VISION}"


def test_cells_that_span_columns_and_rows(tmp_path: Path) -> None:
    body = """<p>แบบ ผ.02</p><table><thead><tr><th rowspan=2>โครงการ</th><th colspan=2>งบประมาณ</th>
    </tr><tr><th>2566</th><th>2567</th></tr></thead><tr><td>ขุดลอกคลอง</td><td>100</td><td>-</td>
    </tr><tr><td>ซ่อมถนน</td><td>200</td><td>300</td></tr></table>"""
    table = page_of(tmp_path, body).tables[0]
    assert table.rows == (
        ("โครงการ", "งบประมาณ", "งบประมาณ"),
        ("", "2566", "2567"),
        ("ขุดลอกคลอง", "100", "-"),
        ("ซ่อมถนน", "200", "300"),
    )
    assert table.headers == 2
    assert table.above == ("แบบ ผ.02",)


def test_tabs_hidden_until_clicked_are_read(tmp_path: Path) -> None:
    body = f"<div style='display:none'><h3>วิสัยทัศน์</h3><p>{VISION}</p></div><p>ข้อมูลหน่วยงาน</p>"
    assert VISION in page_of(tmp_path, body).pages[0].text
