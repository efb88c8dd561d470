"""All documents and the work to check, as lists that lead to the page, in a real browser."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kb import KnowledgeBase
from tests.api.http.recording import SAMPLES
from tests.api.http.serving import served
from tests.api.web.conftest import FILES, Browser, Page
from tests.kb.samples import VISION, document

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with two records in doubt and a document of nobody."""
    path = tmp_path_factory.mktemp("doubtful") / "kb.db"
    said = document("แผน.txt", ("vision", VISION), ("mission", "ดูแลคนทุกวัยให้ทั่วถึง"))
    unsure = tuple(replace(one, confidence=0.6) for one in said.statements)
    with KnowledgeBase(path) as kb:
        kb.add(replace(said, statements=unsure))
        kb.add(document("ไม่รู้ที่มา.txt", ("vision", "เมืองของใคร"), body=None))
    with served(create_app(path, hosts={"127.0.0.1"})) as address:
        yield address


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with three sample documents, to which nobody adds."""
    path = tmp_path_factory.mktemp("shelf") / "kb.db"
    with TestClient(create_app(path)) as client:
        for name in FILES:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
    with served(create_app(path, hosts={"127.0.0.1"})) as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_page_leads_through_the_work_to_the_marked_page(
    browser: Browser, doubtful: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{doubtful}/")
    row = page.locator(".checks a").first
    count = row.locator("b").inner_text()
    row.click()
    assert page.locator("nav .checks a[aria-current=true] b").inner_text() == count
    assert page.locator("tbody tr").count() == int(count) == 2
    assert "60%" in page.locator("tbody tr").first.inner_text()
    page.locator("tbody a", has_text="ดูแลคนทุกวัย").click()
    page.wait_for_url("**/documents/**")
    assert "ดูแลคนทุกวัย" in page.locator("[aria-current=true]").first.inner_text()
    page.goto(f"{doubtful}/to-check?what=body")
    page.locator("tbody a", has_text="ไม่รู้ที่มา.txt").click()
    page.wait_for_url("**/documents/**")
    context.close()


def test_documents_are_found_by_file_or_body_and_by_the_address(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/")
    page.get_by_role("link", name="จากทั้งหมด").click()
    assert page.locator("tbody tr").count() == len(FILES)
    page.fill("input[name=q]", "รัตนสมุทร")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    assert page.locator("tbody tr").count() == 1
    page.select_option("select[name=sort]", "title")
    page.locator("form[data-form=documents] button").click()
    page.wait_for_url("**sort=title**")
    assert page.locator("input[name=q]").input_value() == "รัตนสมุทร"
    page.locator("tbody a").first.click()
    page.wait_for_url("**/documents/**")
    page.goto(f"{shelf}/documents?q=ไม่มีเอกสารนี้")
    assert page.locator("tbody tr").count() == 0


def test_a_page_beyond_the_last_shows_the_last(page: Page, shelf: str) -> None:
    page.goto(f"{shelf}/documents?page=999")
    assert page.locator("tbody tr").count() == len(FILES)
    page.goto(f"{shelf}/to-check?what=body&page=999&lang=en")
    assert page.locator("main h2").first.is_visible()
