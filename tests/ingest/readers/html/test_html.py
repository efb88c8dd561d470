"""Web pages as Thai offices publish them."""

from pathlib import Path

import pytest

from ingest.formats.limits import Limits
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


MENU = "".join(f"<li><a href=/{n}>{t}</a></li>" for n, t in enumerate(["หน้าแรก", "พันธกิจ", "ข่าว"]))
NEWS = "".join(f"<li><a href=/n{n}>ประกาศสอบราคา ครั้งที่ {n}</a></li>" for n in range(6))
LAYOUTS = {
    "blog": "<nav><ul>{menu}</ul></nav><div id=primary><article>{lines}</article></div>"
    "<div class=comments-area><form><textarea></textarea></form><p>ความเห็นของผู้ใช้</p></div>"
    "<aside><h3>ข่าวล่าสุด</h3><ul>{news}</ul></aside><footer>สงวนลิขสิทธิ์</footer>",
    "tables": "<table><tr><td colspan=2>ยินดีต้อนรับสู่เว็บไซต์</td></tr><tr><td><table><tr><td>"
    "<a href=1>หน้าแรก</a></td></tr></table><p>ผู้เข้าชม 123,456 คน</p></td><td>{lines}</td></tr>"
    "<tr><td colspan=2>โทรศัพท์ 0-5555-5555</td></tr></table>",
    "plain": "<div><ul>{menu}</ul><div>{lines}</div><div>จำนวนผู้เข้าชม 99</div></div>",
    "sides": "<div class=left-side><ul>{news}</ul></div><div class=right-side>{lines}</div>",
    "password": "<form><p>ชื่อผู้ใช้<input></p>รหัสผ่าน<input type=password></form><div>{lines}</div>",
}
AROUND = ("สอบราคา", "ผู้เข้าชม", "ยินดีต้อนรับ", "สงวนลิขสิทธิ์", "ความเห็น", "โทรศัพท์", "รหัสผ่าน")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["<p>{}</p>", "<div><span>{}</span></div>", "{}<br>\n"])
def test_every_line_of_a_plan_survives_every_layout(tmp_path: Path, layout: str, form: str) -> None:
    lines = [
        "วิสัยทัศน์",
        f"“{VISION}”",
        "พันธกิจ",
        "1. พัฒนาแหล่งน้ำเพื่อการเกษตรให้ทั่วถึง",
        "2. รักษาป่าชุมชน",
        "เป้าประสงค์",
        "ประชาชนมีรายได้เพิ่มขึ้น",
    ]
    body = LAYOUTS[layout].format(
        menu=MENU, news=NEWS, lines="".join(form.format(line) for line in lines)
    )
    text = page_of(tmp_path, body).pages[0].text
    assert [line for line in lines if line not in text.split("\n")] == []
    assert [word for word in AROUND if word in text] == []


def test_preformatted_text_keeps_its_lines(tmp_path: Path) -> None:
    body = f"<pre>วิสัยทัศน์\n   {VISION}\nพันธกิจ</pre>"
    assert page_of(tmp_path, body).pages[0].text == f"วิสัยทัศน์\n{VISION}\nพันธกิจ"


def test_a_page_that_is_a_picture_is_unread(tmp_path: Path) -> None:
    content = page_of(tmp_path, "<img src=vision.jpg>", head="<title>วิสัยทัศน์</title>")
    assert content.pages[0].unread == "no-text"
    assert content.title == "วิสัยทัศน์"


def test_a_script_before_the_thai_does_not_hide_the_encoding(tmp_path: Path) -> None:
    script = f"<script>{'var x = 1;' * 40_000}</script>"
    text = page_of(tmp_path, f"<p>วิสัยทัศน์</p><p>{VISION}</p>", "cp874", script).pages[0].text
    assert text == f"วิสัยทัศน์\n{VISION}"
