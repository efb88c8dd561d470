"""The planner's way, from an idea to the marked page and the workbook, in a real browser."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.http.recording import SAMPLES
from tests.api.http.serving import served
from tests.api.web.conftest import Browser, Page

pytestmark = pytest.mark.slow
PLAN = "21-wiangphana-plan-2566.pdf"
FILES = (PLAN, "09-pao-sriphanalai-plan-2566.docx", "08-pao-sriphanalai-vision.html")
IDEA = "โรงเรียนผู้สูงอายุ"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a printed plan, a Word file and a web page."""
    path = tmp_path_factory.mktemp("library") / "kb.db"
    with TestClient(create_app(path)) as client:
        for name in FILES:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
    with served(create_app(path, hosts={"127.0.0.1"})) as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_planner_goes_from_an_idea_to_the_marked_page_and_a_workbook(
    browser: Browser, library: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{library}/search?mode=words")
    page.fill("input[name=q]", IDEA)
    page.keyboard.press("Enter")
    page.locator(".facets a", has_text="โครงการ").first.click()
    assert page.locator(".chip").first.inner_text().startswith("โครงการ")
    hit = page.locator("ol.results > li", has_text="เวียงพนา").first
    assert "180,000 บาท" in hit.inner_text()
    with page.expect_download() as sent:
        page.get_by_role("link", name="Excel").click()
    rows = list(openpyxl.load_workbook(io.BytesIO(sent.value.path().read_bytes())).active.values)
    assert any(IDEA in str(row[1]) for row in rows[1:])
    hit.locator("a.plain").click()
    assert page.locator(".printed img").count() == 1
    page.locator("a[href*='/documents/']", has_text="ดูทั้งแผน").click()
    mark = page.locator(".printed .chosen")
    assert mark.locator("rect.box").count() >= 1
    row = page.locator(".tree-rows a[aria-current=true]").first
    assert IDEA in row.inner_text()
    other = page.locator(".printed a:not(.chosen)").first
    chosen = other.get_attribute("data-record")
    page.goto(
        f"{library}{page.url.removeprefix(library).split('?')[0]}{other.get_attribute('href')}"
    )
    assert page.locator(f"#r-{chosen}[aria-current=true]").count() == 1
    with page.expect_download() as original:
        page.locator("a[href$='/original']").click()
    assert Path(original.value.path()).read_bytes() == (SAMPLES / PLAN).read_bytes()
    context.close()


def test_arrow_keys_turn_pages(page: Page, library: str) -> None:
    page.goto(f"{library}/search?q={IDEA}&mode=words&kind=project")
    page.locator("ol.results a[href*='/documents/']").first.click()
    page.goto(page.url.split("?")[0] + "?page=2")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**page=3**")


def test_a_word_file_shows_its_text_with_its_records_marked(page: Page, library: str) -> None:
    page.goto(f"{library}/bodies")
    page.locator("tbody a", has_text="องค์การบริหารส่วนจังหวัด").first.click()
    page.locator("a[href*='/documents/']", has_text="แผนพัฒนาท้องถิ่น").first.click()
    assert page.locator(".as-text .in-text").count() > 10
    page.locator(".as-text .in-text").first.click()
    assert page.locator(".as-text .in-text.chosen").count() == 1


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/search?q={IDEA}&mode=words",
        "/search?q=ไม่มีคำนี้เลย&mode=exact",
        "/bodies",
        "/documents",
        "/to-check",
        "/bodies/เทศบาลเมืองเวียงพนา",
        "/add",
        "/compare",
        "/problems/empty-file",
        "DOCUMENT",
        "RECORD",
    ],
)
def test_axe_has_nothing_to_say(page: Page, library: str, path: str, language: str) -> None:
    if path in ("DOCUMENT", "RECORD"):
        page.goto(f"{library}/search?q={IDEA}&mode=words&kind=project")
        kind = "/documents/" if path == "DOCUMENT" else "/records/"
        found = page.locator(f"ol.results a[href*='{kind}']").first.get_attribute("href") or ""
        path = found.replace("&lang=th", "").replace("?lang=th", "")
    page.goto(f"{library}{path}{'&' if '?' in path else '?'}lang={language}")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
