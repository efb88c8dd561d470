"""Every form of every page, sent by a real browser.

A test client sends neither `Origin` nor `Sec-Fetch-Site` nor obeys a page's own policies, so
forms that no browser could send have passed before. A template with a form that is not sent
here is a failure of `test_every_form_is_sent`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx2
import pytest

from api.app import create_app
from api.web.rendering import FOLDER
from tests.api.http.recording import SAMPLES
from tests.api.http.serving import served
from tests.api.web.conftest import TOKEN, Browser, Page
from tests.api.web.test_people import PEOPLE_FORMS

_FORM = re.compile(r"<form\b[^>]*>")
_NAME = re.compile(r'data-form="([a-z]+)"')
PROPOSALS = "10-pao-sriphanalai-projects.xlsx"
REPEATED = """โครงการ,วัตถุประสงค์,งบประมาณ 2568,หน่วยงานรับผิดชอบหลัก
ขุดลอกหนองน้ำสาธารณะหนองแสนตอ หมู่ที่ 1 ตำบลหนองแสนตอ,เพื่อเก็บกักน้ำ,1850000,อบจ.ศรีพนาลัย
โครงการขุดลอกหนองสาธารณะหนองแสนตอ ม.๑ ต.หนองแสนตอ,เพื่อเก็บกักน้ำ,1790000,อบจ.ศรีพนาลัย
"""
UPLOAD = "20-wiangphana-plan-2561.txt"
IDEA = "สร้างท่าเทียบเรือ บ้านปลายแหลม ต.แหลมสนงาม"


def send(page: Page, name: str, button: str = "button[type=submit]") -> None:
    """Send a form as a person does, by its button; the answer has to be a page."""
    form = page.locator(f"form[data-form={name}]").first
    with page.expect_navigation() as went:
        form.locator(button).first.click()
    answer = went.value
    assert answer is not None
    assert answer.status == 200, (name, answer.status, page.locator("main").inner_text()[:300])


def search(page: Page, site: str) -> None:
    page.goto(f"{site}/search")
    page.fill("form[data-form=search] input[name=q]", "สังคมสูงวัย")
    page.select_option("select[name=mode]", "words")
    send(page, "search")
    assert page.locator("ol.results mark").count() > 0


def documents(page: Page, site: str) -> None:
    page.goto(f"{site}/documents")
    page.fill("form[data-form=documents] input[name=q]", "รัตนสมุทร")
    send(page, "documents")
    assert page.locator("tbody tr").count() >= 1


def add(page: Page, site: str) -> None:
    page.goto(f"{site}/add")
    page.set_input_files("input[name=file]", SAMPLES / UPLOAD)
    page.fill("input[name=organisation]", "เทศบาลเมืองเวียงพนา")
    send(page, "add")
    page.get_by_text("อ่านเสร็จแล้ว").wait_for()
    assert page.locator("main ul.tree a").count() == 1


def missing(page: Page, site: str) -> None:
    _open_plan(page, site)
    page.locator("details:has(form[data-form=missing]) > summary").click()
    page.select_option("form[data-form=missing] select[name=kind]", "value")
    page.fill("form[data-form=missing] textarea", "ซื่อตรงและเปิดเผย")
    send(page, "missing")
    assert page.get_by_text("ซื่อตรงและเปิดเผย").count() == 1


def review(page: Page, site: str) -> None:
    for verdict, outcome in (("accepted", "ยืนยัน"), ("corrected", "แก้"), ("rejected", None)):
        _open_plan(page, site)
        _open_record(page)
        address = page.url
        if verdict == "corrected":
            page.fill("form[data-form=review] textarea", "ข้อความที่แก้แล้วโดยผู้ตรวจ")
        page.fill("input[name=reviewer]", "ผู้ตรวจ")
        send(page, "review", f"button[value={verdict}]")
        page.goto(address)
        shown = page.locator("main .card").first.inner_text()
        assert outcome is None or outcome in shown
        assert verdict != "corrected" or "ข้อความที่แก้แล้วโดยผู้ตรวจ" in shown


def align(page: Page, site: str) -> None:
    page.goto(f"{site}/align")
    page.fill("input[name=title]", "อบรมผู้ดูแลผู้สูงอายุติดเตียง")
    page.select_option("select[name=against]", "จังหวัดศรีพนาลัย")
    send(page, "align")
    assert "%" in page.locator("h2[role=status]").inner_text()
    for link in ("coverage", "audit"):
        with page.expect_navigation() as went:
            page.locator(f"a[href*='/alignment/{link}']").click()
        assert went.value.headers["content-type"].startswith("text/html"), link
        page.go_back()


def duplicates(page: Page, site: str) -> None:
    _look_up(page, site)
    assert page.locator("ol.hits > li").count() > 0


def parts(page: Page, site: str) -> None:
    _look_up(page, site)
    page.locator("details summary").click()
    page.fill("form[data-form=parts] input[name='part.village']", "ปลายแหลม")
    send(page, "parts")
    assert page.locator("ol.hits > li").count() > 0


def refuse(page: Page, site: str) -> None:
    _look_up(page, site)
    before = page.locator("form[data-form=refuse]").count()
    assert before > 0
    send(page, "refuse")
    assert page.locator("form[data-form=refuse]").count() < before


def compare(page: Page, site: str) -> None:
    page.goto(f"{site}/compare")
    assert page.locator("input[name=organisation]:checked").count() > 1
    send(page, "compare")
    assert page.locator("svg").count() > 0


def login(page: Page, site: str) -> None:
    page.goto(f"{site}/duplicates?lang=en")
    assert "/login" in page.url
    page.fill("input[name=token]", TOKEN)
    send(page, "login")
    assert page.url == f"{site}/duplicates?lang=en"
    cookie = page.context.cookies()[0]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")


def logout(page: Page, site: str) -> None:
    login(page, site)
    send(page, "logout")
    page.goto(f"{site}/duplicates")
    assert "/login" in page.url


def reviewset(page: Page, site: str) -> None:
    page.goto(f"{site}/reviews")
    page.set_input_files("form[data-form=reviewset] input[name=file]", SAMPLES / PROPOSALS)
    send(page, "reviewset")
    page.wait_for_url("**/rows/*")


def reviewdecide(page: Page, site: str) -> None:
    _open_set(page, site)
    page.locator("label:has(input[value=agrees])").click()
    page.locator("label:has(input[value=not_duplicate])").click()
    send(page, "reviewdecide", "#save")
    assert "saved=" in page.url


def reviewundo(page: Page, site: str) -> None:
    reviewdecide(page, site)
    with page.expect_navigation() as went:
        page.locator("button[form=undo]").click()
    assert went.value.status == 200
    assert page.locator(".notes li").count() > 1


def reviewfilter(page: Page, site: str) -> None:
    _open_set(page, site)
    page.locator("details.filter summary").first.click()
    page.select_option("form[data-form=reviewfilter] select[name=state]", "pending")
    send(page, "reviewfilter")
    assert "state=pending" in page.url


def reviewbulk(page: Page, site: str) -> None:
    _open_set(page, site)
    page.locator(".ql li input[type=checkbox]").last.check()
    page.locator("details.filter summary").last.click()
    page.select_option("form[data-form=reviewbulk] select[name=alignment]", "touches")
    send(page, "reviewbulk")
    assert "written=1" in page.url


def reviewassign(page: Page, site: str) -> None:
    _open_set(page, site)
    page.fill("form[data-form=reviewassign] input[name=assigned]", "กองช่าง")
    send(page, "reviewassign")
    assert page.locator(".ql .tag", has_text="กองช่าง").count() > 0


def reviewgroups(page: Page, site: str) -> None:
    page.goto(f"{site}/reviews")
    repeated = {"name": "ซ้ำ.csv", "mimeType": "text/csv", "buffer": REPEATED.encode()}
    page.set_input_files("form[data-form=reviewset] input[name=file]", repeated)
    send(page, "reviewset")
    page.wait_for_url("**/rows/*")
    address = page.url.split("/rows/")[0]
    page.goto(f"{address}/duplicates?kind=duplicate")
    assert page.locator("form[data-form=reviewgroups]").count() == 1
    send(page, "reviewgroups", "button[value=not_duplicate]")
    page.goto(f"{address}/duplicates?kind=duplicate")
    assert page.locator("form[data-form=reviewgroups]").count() == 0


def check(page: Page, site: str) -> None:
    page.goto(f"{site}/checks")
    form = page.locator("form[data-form=check]:has(input[value=within])")
    with page.expect_navigation() as went:
        form.locator("button").click()
    assert went.value.status == 200
    page.locator("[data-job]").wait_for(state="detached")


def dismiss(page: Page, site: str) -> None:
    check(page, site)
    before = page.locator("form[data-form=dismiss]").count()
    assert before > 0
    send(page, "dismiss")
    assert page.locator("form[data-form=dismiss]").count() == before - 1


FORMS: Mapping[str, Callable[[Page, str], None]] = {
    form.__name__: form
    for form in (
        search,
        documents,
        add,
        missing,
        review,
        align,
        reviewset,
        reviewgroups,
        reviewdecide,
        reviewundo,
        reviewfilter,
        reviewbulk,
        reviewassign,
        check,
        dismiss,
        duplicates,
        parts,
        refuse,
        compare,
        login,
        logout,
    )
}


def _open_set(page: Page, site: str) -> None:
    """Open the first row of a set of one's own: sets of other tests may be decided already."""
    reviewset(page, site)


def _open_plan(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.locator("tbody a").last.click()
    page.locator("main h1").wait_for()


def _open_record(page: Page) -> None:
    page.locator(".tree-rows a[id]:visible").first.click()
    page.locator("a[href*='/records/']").first.click()
    page.locator("main .card").first.wait_for()


def _look_up(page: Page, site: str) -> None:
    page.goto(f"{site}/duplicates")
    page.fill("form[data-form=duplicates] input[name=title]", IDEA)
    page.fill("form[data-form=duplicates] input[name=threshold]", "20")
    send(page, "duplicates")


@pytest.fixture
def repeated(tmp_path: Path) -> Iterator[str]:
    """A server over plans that name one work twice."""
    app = create_app(tmp_path / "kb.db")
    with served(app) as address:
        for name in (PROPOSALS, "09-pao-sriphanalai-plan-2566.docx"):
            content = (SAMPLES / name).read_bytes()
            files = {"file": (name, content)}
            sent = httpx2.post(f"{address}/v1/documents", files=files, timeout=120)
            assert sent.status_code == 201
        yield address


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_browser_sends_the_form(name: str, page: Page, request: pytest.FixtureRequest) -> None:
    fixtures = {"login": "guarded", "logout": "guarded", "dismiss": "repeated"}
    fixture = fixtures.get(name, "site")
    FORMS[name](page, request.getfixturevalue(fixture))


def test_every_form_is_sent() -> None:
    named = []
    for template in sorted((FOLDER / "templates").glob("*.html")):
        for form in _FORM.findall(template.read_text("utf-8")):
            name = _NAME.search(form)
            assert name, f"{template.name}: a form without a name that a test could send: {form}"
            named.append(name[1])
    assert set(named) == {*FORMS, *PEOPLE_FORMS}


@pytest.mark.slow
def test_the_language_changes_and_the_search_stays(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=สังคมสูงวัย&mode=words")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.input_value("input[name=q]") == "สังคมสูงวัย"


@pytest.mark.slow
def test_another_sites_form_is_refused(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text(
        f'<form method="post" action="{site}/duplicates/refuse">'
        '<input name="one" value="a"><input name="other" value="b"><button>x</button></form>'
    )
    page.goto(elsewhere.as_uri())
    with page.expect_response(f"{site}/duplicates/refuse") as refused:
        page.locator("button").click()
    assert refused.value.status == 403
    page.close()


@pytest.mark.slow
def test_a_server_for_reading_only_shows_no_form_that_writes(page: Page, readable: str) -> None:
    _open_plan(page, readable)
    assert page.locator("form[method=post]").count() == 0
    _open_record(page)
    assert page.locator("form[method=post]").count() == 0
