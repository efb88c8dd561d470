"""The reviewer's way in a browser: a workbook in, decisions by key or plain form, the workbook out."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page

from api.app import create_app
from tests.api.http.serving import served

TITLES = (
    "ขุดลอกหนองน้ำสาธารณะหนองแสนตอ หมู่ที่ 1 ตำบลหนองแสนตอ",
    "โครงการขุดลอกหนองสาธารณะหนองแสนตอ ม.๑ ต.หนองแสนตอ",
    "อบรมมัคคุเทศก์ชุมชน รุ่นที่ 3",
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook of three proposals with a sheet of the owner's beside them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "ผ.02"
    sheet.append(["ที่", "โครงการ", "วัตถุประสงค์", "งบประมาณ 2568", "หน่วยงานรับผิดชอบหลัก"])
    for number, title in enumerate(TITLES, start=1):
        sheet.append([number, title, "เพื่อประชาชน", 100_000 * number, "อบจ.ศรีพนาลัย"])
    sheet.column_dimensions["B"].width = 41
    notes = book.create_sheet("บันทึก")
    notes["C7"] = "ของหน่วยงาน"
    path = tmp_path / "โครงการ.xlsx"
    book.save(path)
    return path


@pytest.fixture
def office(knowledge: Path, tmp_path: Path) -> Iterator[str]:
    """A server over a copy of the knowledge base, which a reviewer changes."""
    path = tmp_path / "kb.db"
    shutil.copy(knowledge, path)
    with served(create_app(path, hosts={"127.0.0.1"})) as address:
        yield address


def begin(page: Page, office: str, workbook: Path) -> str:
    """Send a workbook and wait for its first row; return the address of the set."""
    page.goto(f"{office}/reviews")
    page.set_input_files("input[type=file]", workbook)
    page.locator("form[data-form=reviewset] button[type=submit]").click()
    page.wait_for_url("**/rows/*")
    return page.url.split("/rows/")[0]


def downloaded(page: Page, address: str) -> Workbook:
    """Return the workbook with results."""
    answer = page.request.get(f"{address}/workbook")
    assert answer.ok
    return load_workbook(io.BytesIO(answer.body()))


@pytest.mark.slow
def test_a_reviewer_decides_by_keyboard_and_takes_the_workbook_home(
    page: Page, office: str, workbook: Path
) -> None:
    address = begin(page, office, workbook)
    for keys in (("1", "6"), ("3", "4"), ("2", "5")):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("n")
        page.keyboard.type(f"บันทึก {keys[0]}")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.wait_for_url("**/summary*")
    book = downloaded(page, address)
    sheet = book["ผ.02"]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == list(TITLES)
    assert sheet.column_dimensions["B"].width == 41
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert book["บันทึก"]["C7"].value == "ของหน่วยงาน"
    answers = {sheet.cell(1, column).value: column for column in range(6, sheet.max_column + 1)}
    decided = [sheet.cell(row, answers["ตัดสินความสอดคล้อง"]).value for row in (2, 3, 4)]
    assert decided == ["สอดคล้อง", "ไม่สอดคล้อง", "เกี่ยวข้องบางส่วน"]
    assert [sheet.cell(row, answers["ตัดสินความซ้ำ"]).value for row in (2, 3, 4)] == [
        "ซ้ำ",
        "ไม่ซ้ำ",
        "ต่อเนื่อง",
    ]
    assert sheet.cell(2, answers["บันทึกถึงเจ้าของโครงการ"]).value == "บันทึก 1"
    assert all(0 < (sheet.row_dimensions[row].height or 0) <= 409 for row in (2, 3, 4))
    assert book["สรุปผลตรวจ"].cell(4, 3).value == 3


@pytest.mark.slow
def test_undo_and_the_back_button_lose_nothing(page: Page, office: str, workbook: Path) -> None:
    begin(page, office, workbook)
    first = page.url
    page.keyboard.press("1")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=**")
    page.go_back()
    page.reload()
    assert page.locator("input[value=agrees]").is_checked()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.split("?")[0] == first.split("?")[0]
    assert page.locator(".notes li").count() == 2


@pytest.mark.slow
def test_a_second_reviewer_sees_the_first_ones_decision_and_keeps_what_was_typed(
    page: Page, office: str, workbook: Path
) -> None:
    begin(page, office, workbook)
    row = page.url
    other = page.context.new_page()
    other.goto(row)
    page.keyboard.press("1")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=**")
    other.locator("label:has(input[value=does_not])").click()
    other.fill("#note", "ความเห็นของคนที่สอง")
    with other.expect_response(lambda answer: answer.status == 409):
        other.locator("#save").click()
    assert "สอดคล้อง" in other.locator("[role=alert]").inner_text()
    assert other.locator("#note").input_value() == "ความเห็นของคนที่สอง"
    assert other.locator("input[value=does_not]").is_checked()
    other.locator("label:has(input[value=duplicate])").click()
    other.locator("#save").click()
    other.wait_for_url("**saved=**")
    page.goto(row)
    assert page.locator("input[value=does_not]").is_checked()
    other.close()


@pytest.mark.slow
def test_the_whole_way_works_without_scripts_on_a_phone(
    browser: Browser, office: str, workbook: Path
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="th-TH"
    )
    context.set_default_timeout(120_000)
    page = context.new_page()
    address = begin(page, office, workbook)
    for _ in TITLES:
        page.locator("label:has(input[value=agrees])").click()
        page.locator("label:has(input[value=not_duplicate])").click()
        page.locator("#save").click()
        page.wait_for_load_state()
    page.wait_for_url("**/summary*")
    sheet = downloaded(page, address)["ผ.02"]
    assert "สอดคล้อง" in [cell.value for cell in sheet[2]]
    context.close()


@pytest.mark.slow
def test_a_file_without_proposals_is_an_answer_with_a_way_on(
    page: Page, office: str, tmp_path: Path
) -> None:
    empty = tmp_path / "ว่าง.xlsx"
    Workbook().save(empty)
    page.goto(f"{office}/reviews")
    page.set_input_files("input[type=file]", empty)
    page.locator("form[data-form=reviewset] button[type=submit]").click()
    page.locator("[role=alert]").wait_for()
    assert "ว่าง.xlsx" in page.locator("[role=alert]").inner_text()
    assert page.locator("main a.btn.pri").get_attribute("href")
