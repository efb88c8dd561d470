"""People in a real browser: logging in, a wrong password, a session that ends, a role refused."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.web.rendering import FOLDER
from kb.people.people import People
from kb.store.store import Store
from tests.api.http.serving import served
from tests.api.web.conftest import Browser, Page

PASSWORD = "ข้าวเหนียวมะม่วงหวาน"
NEW = "ข้าวเหนียวทุเรียนหมอนทอง"
PEOPLE_FORMS = frozenset(
    """
    enter typed addperson person personpassword keyrevoke key password log restore binempty
    """.split()
)
"""The forms that are sent here; test_forms sends the others."""


@pytest.fixture
def office(knowledge: Path, tmp_path: Path) -> Iterator[str]:
    """A server with an administrator, a reviewer and a reader, and three documents."""
    path = tmp_path / "kb.db"
    shutil.copy(knowledge, path)
    with Store(path) as store:
        people = People(store)
        people.add("admin1", display="ผู้ดูแล 1", role="admin", password=PASSWORD)
        people.add("officer1", display="เจ้าหน้าที่ 1", role="reviewer", password=PASSWORD)
        people.add("officer2", display="เจ้าหน้าที่ 2", role="reader", password=PASSWORD)
    with served(create_app(path, hosts={"127.0.0.1"})) as address:
        yield address


@pytest.fixture(params=["scripts", "no scripts on a phone"])
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser that has never been here; refusals may be shown, so errors are not counted."""
    phone = request.param != "scripts"
    size: Any = {"width": 390, "height": 800} if phone else {"width": 1280, "height": 800}
    context = browser.new_context(locale="th-TH", viewport=size, java_script_enabled=not phone)
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def send(page: Page, name: str) -> int:
    """Send a form by its button; return the status of the answer."""
    with page.expect_navigation() as went:
        page.locator(f"form[data-form={name}] button").first.click()
    return went.value.status


def enter(page: Page, name: str, password: str = PASSWORD) -> int:
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password)
    return send(page, "enter")


def forms_of(*names: str) -> set[str]:
    texts = [(FOLDER / "templates" / name).read_text("utf-8") for name in names]
    return {form for text in texts for form in re.findall(r'data-form="([a-z]+)"', text)}


@pytest.mark.slow
def test_a_wrong_password_then_the_right_one(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/duplicates")
    assert "/login" in visitor.url
    assert enter(visitor, "officer1", "wrong") == 401
    said = visitor.locator("[role=alert]").inner_text()
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in said
    assert "ขอให้ผู้ดูแลระบบ" in said
    assert visitor.input_value("input[name=name]") == "officer1"
    assert enter(visitor, "officer1") == 200
    assert visitor.url == f"{office}/duplicates"
    (cookie,) = visitor.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert send(visitor, "logout") == 200
    visitor.goto(f"{office}/duplicates")
    assert "/login" in visitor.url
    visitor.go_back()
    visitor.goto(f"{office}/log")
    assert "/login" in visitor.url


@pytest.mark.slow
def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(
    visitor: Page, office: str
) -> None:
    visitor.goto(f"{office}/login")
    enter(visitor, "officer1")
    document = _document(visitor, office)
    visitor.goto(f"{office}/documents/{document['id']}")
    record = document["statements"][0]["id"]
    visitor.goto(f"{office}/records/{record}")
    visitor.fill("form[data-form=review] textarea", "ข้อความที่พิมพ์ค้างไว้ก่อนหมดเวลา")
    visitor.fill("form[data-form=review] input[name=note]", "หมายเหตุ <b>")
    visitor.context.clear_cookies()
    with visitor.expect_navigation() as went:
        visitor.locator("form[data-form=review] button[value=corrected]").click()
    assert went.value.status == 401
    assert visitor.get_by_text("สิ่งที่พิมพ์ไว้ไม่หาย").count() == 1
    assert enter(visitor, "officer1", "wrong") == 401
    assert enter(visitor, "officer1") == 200
    form = visitor.locator("form[data-form=typed]")
    assert form.locator("[name=text]").input_value() == "ข้อความที่พิมพ์ค้างไว้ก่อนหมดเวลา"
    assert form.locator("[name=note]").input_value() == "หมายเหตุ <b>"
    assert send(visitor, "typed") == 200
    saved = {item["id"]: item["text"] for item in _document(visitor, office)["statements"]}
    assert saved[record] == "ข้อความที่พิมพ์ค้างไว้ก่อนหมดเวลา"


@pytest.mark.slow
def test_a_role_refused_says_what_to_do(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/login")
    enter(visitor, "officer2")
    for path, least in (("/add", "ผู้ตรวจ"), ("/people", "ผู้ดูแลระบบ"), ("/log", "ผู้ดูแลระบบ")):
        answer = visitor.goto(office + path)
        assert answer is not None
        assert answer.status == 403
        said = visitor.locator("[role=alert]").inner_text()
        assert f"ต้องเป็น{least}ขึ้นไป" in said
        assert "ขอให้ผู้ดูแลระบบเปลี่ยนบทบาท" in said
        visitor.locator("main a").first.click()
        assert visitor.url.startswith(f"{office}/?lang=th")


@pytest.mark.slow
def test_an_administrator_keeps_the_people(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/people")
    enter(visitor, "admin1")
    visitor.fill("form[data-form=addperson] input[name=name]", "officer3")
    visitor.fill("form[data-form=addperson] input[name=display]", "เจ้าหน้าที่ 3")
    visitor.fill("form[data-form=addperson] input[name=password]", "short")
    assert send(visitor, "addperson") == 422
    assert "อย่างน้อย 12" in visitor.locator("[role=alert]").inner_text()
    assert visitor.input_value("form[data-form=addperson] input[name=display]") == "เจ้าหน้าที่ 3"
    assert send(visitor, "addperson") == 200
    visitor.get_by_role("link", name="เปลี่ยน เจ้าหน้าที่ 3").click()
    visitor.select_option("select[name=role]", "planner")
    visitor.fill("textarea[name=scope]", "เทศบาลเมืองเวียงพนา")
    assert send(visitor, "person") == 200
    row = visitor.locator("tr", has_text="officer3").inner_text()
    assert "ผู้วางแผน" in row
    assert "เทศบาลเมืองเวียงพนา" in row
    visitor.get_by_role("link", name="เปลี่ยน เจ้าหน้าที่ 3").click()
    visitor.fill("form[data-form=personpassword] input", NEW)
    assert send(visitor, "personpassword") == 200
    visitor.goto(f"{office}/log")
    visitor.select_option("select[name=kind]", "user.")
    visitor.fill("input[name=subject]", "officer3")
    assert send(visitor, "log") == 200
    said = visitor.locator("tbody").inner_text()
    assert said.count("ผู้ดูแล 1") == 3
    assert "ตั้งรหัสผ่าน" in said
    send(visitor, "logout")
    assert enter(visitor, "officer3", NEW) == 200


@pytest.mark.slow
def test_a_key_is_shown_once_and_a_password_is_changed(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/account")
    enter(visitor, "officer1")
    visitor.fill("input[name=key_name]", "ส่งออกรายเดือน")
    assert send(visitor, "key") == 200
    assert visitor.locator("input[readonly]").input_value().startswith("phn_")
    visitor.goto(f"{office}/account")
    assert visitor.locator("input[readonly]").count() == 0
    assert send(visitor, "keyrevoke") == 200
    assert visitor.get_by_text("ยกเลิกแล้ว").count() == 1
    for old, status in (("wrong", 422), (PASSWORD, 200)):
        visitor.fill("input[name=password]", old)
        visitor.fill("input[name=new_password]", NEW)
        visitor.fill("input[name=again]", NEW)
        assert send(visitor, "password") == status
    send(visitor, "logout")
    assert enter(visitor, "officer1", NEW) == 200


@pytest.mark.slow
def test_a_deleted_document_comes_back(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/bin")
    enter(visitor, "admin1")
    document = _document(visitor, office)
    headers = {"origin": office}
    for _ in range(2):
        visitor.request.post(f"{office}/documents/{document['id']}/delete", headers=headers)
        visitor.goto(f"{office}/bin")
        assert visitor.locator("tbody tr").count() == 1
        if send(visitor, "restore") == 200:
            assert f"/documents/{document['id']}" in visitor.url
    restored = visitor.request.get(f"{office}/v1/documents/{document['id']}").json()
    assert restored["statements"] == document["statements"]
    visitor.request.post(f"{office}/documents/{document['id']}/delete", headers=headers)
    visitor.goto(f"{office}/bin")
    visitor.check("input[name=sure]")
    assert send(visitor, "binempty") == 200
    assert visitor.get_by_text("ถังขยะว่าง").count() == 1


@pytest.mark.slow
def test_no_page_of_people_is_wider_than_a_phone(visitor: Page, office: str) -> None:
    visitor.goto(f"{office}/people")
    enter(visitor, "admin1")
    for language in ("th", "en"):
        for path in ("people", "people/officer1", "keys", "log", "bin", "account"):
            visitor.goto(f"{office}/{path}?lang={language}")
            box = visitor.locator("main").bounding_box()
            size = visitor.viewport_size
            assert box is not None
            assert size is not None
            assert box["width"] <= size["width"], path
            main = visitor.locator("main").inner_text()
            if language == "en":
                data = re.sub(r"(ผู้ดูแล|เจ้าหน้าที่) \d", "", main)
                data = re.sub(r"(?m)^.*(แผน|จังหวัด|องค์การ|เทศบาล).*$", "", data)
                assert not re.search("[ก-๙]", data), data


def test_these_are_the_forms_of_people() -> None:
    names = "login typed people person key_table keys account log bin".split()
    assert forms_of(*(f"{name}.html" for name in names)) == PEOPLE_FORMS | {"login"}


def _document(page: Page, site: str) -> dict[str, Any]:
    (listed, *_) = page.request.get(f"{site}/v1/documents").json()["items"]
    found: dict[str, Any] = page.request.get(f"{site}/v1/documents/{listed['id']}").json()
    return found
