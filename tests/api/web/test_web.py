"""The pages in a browser: searchable, escaped, readable without scripts or other hosts."""

import itertools
import re
from collections.abc import Iterator

import lxml.html
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.conftest import PLAN
from tests.api.http.test_http import send


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(tmp_path_factory.mktemp("web") / "kb.db")) as client:
        send(client, ("<b>แผน.txt", PLAN), data={"organisation": "จังหวัดพะเยา"})
        yield client


def see(browser: TestClient, path: str, **query: str) -> lxml.html.HtmlElement:
    """Open a page."""
    answer = browser.get(path, params=query or None)
    assert answer.headers["content-type"].startswith("text/html")
    return lxml.html.fromstring(answer.text)


def test_the_first_page_says_what_there_is_in_thai(browser: TestClient) -> None:
    page = see(browser, "/")
    assert page.get("lang") == "th"
    assert "จังหวัดพะเยา" in page.text_content()
    (plan,) = page.xpath("//tbody//a/@href")
    assert "<b>แผน.txt" in see(browser, plan).text_content()
    assert page.xpath("//a[starts-with(@href, '/docs')]")


def test_a_search_shows_marked_hits_that_lead_to_the_plan(browser: TestClient) -> None:
    page = see(browser, "/", q="ผู้สูงอายุ", mode="words", province="พะเยา")
    assert page.xpath("//ol[contains(@class, 'results')]//mark/text()") == ["ผู้สูงอายุ"]
    assert page.xpath("//input[@name='q']/@value") == ["ผู้สูงอายุ"]
    assert "พะเยา" in page.xpath("//a[@class='chip']")[0].text_content()
    (link,) = page.xpath(
        "//ol[contains(@class, 'results')]//a[contains(@href, '/documents/')]/@href"
    )
    plan = see(browser, link)
    assert "ดูแลผู้สูงอายุในชุมชนให้ทั่วถึง" in plan.text_content()
    assert "วิสัยทัศน์ (1)" in plan.xpath("//summary/text()")
    assert "ดูแลผู้สูงอายุในชุมชนให้ทั่วถึง" in plan.xpath("//a[@aria-current='true']")[0].text_content()


def test_a_search_without_an_answer_says_so(browser: TestClient) -> None:
    page = see(browser, "/", q="asdfgh qwerty", mode="words")
    assert page.xpath("//*[@role='status']/h2/text()") == ["ไม่พบสิ่งที่ตรงกับคำค้นนี้ในแผนใด"]
    assert page.xpath("//a[contains(@href, '/add')]")


@pytest.mark.parametrize(
    "query",
    [{"q": "น้ำ", "mode": "magic"}, {"q": "น้ำ", "kind": "nix", "mode": "words"}, {"q": "น้ำ" * 1000}],
)
def test_a_search_that_cannot_be_is_told_on_the_page(
    browser: TestClient, query: dict[str, str]
) -> None:
    answer = browser.get("/", params=query)
    assert answer.status_code == 422
    assert lxml.html.fromstring(answer.text).xpath("//*[@role='alert']")


def test_what_people_type_is_never_markup(browser: TestClient) -> None:
    text = browser.get("/", params={"q": '"><script>alert(1)</script>', "mode": "words"}).text
    assert "<script" not in text


def test_english_keeps_the_search(browser: TestClient) -> None:
    thai = see(browser, "/", q="ผู้สูงอายุ", mode="words")
    (other,) = thai.xpath("//header//a[@lang='en']/@href")
    english = see(browser, "/" + other)
    assert english.get("lang") == "en"
    assert english.xpath("//input[@name='q']/@value") == ["ผู้สูงอายุ"]
    assert "1 found" in english.text_content()


@pytest.mark.parametrize("path", ["/", "/?q=น้ำ&mode=words", "/docs", "/problems/empty-file"])
def test_pages_are_accessible_and_need_no_other_host(browser: TestClient, path: str) -> None:
    page = see(browser, path)
    assert not page.xpath(
        "//script[not(@src)] | //iframe | //*[@style] | //*[starts-with(name(@*), 'on')]"
    )
    for address in page.xpath("//@src | //@href | //@action"):
        assert re.match(r"(/|#|\?|data:,)", address)
    for field in page.xpath("//input[not(@type='hidden')] | //select"):
        assert field.xpath("ancestor::label")
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.xpath("//main[@id='main']")


def test_the_looks_load_nothing_from_elsewhere(browser: TestClient) -> None:
    css = browser.get("/assets/phaen.css")
    assert css.headers["content-type"].startswith("text/css")
    assert "@import" not in css.text
    faces = re.findall(r"url\(([^)]*)\)", css.text)
    assert faces
    for face in faces:
        answer = browser.get(f"/assets/{face}")
        assert answer.headers["content-type"] == "font/woff2"
        assert answer.content[:4] == b"wOF2"
    assert browser.get("/assets/..%2Ftemplates%2Fbase.html").status_code == 404


def test_the_first_view_is_light(browser: TestClient) -> None:
    css = browser.get("/assets/phaen.css").text
    faces = re.findall(r"url\(([^)]*)\)", css)
    sizes = [len(browser.get(f"/assets/{face}").content) for face in faces]
    assert sum(sizes) + len(css.encode()) + len(browser.get("/").content) <= 100_000


def test_what_is_missing_is_a_page_too(browser: TestClient) -> None:
    assert browser.get("/documents/0000").status_code == 404
    assert "0000" in see(browser, "/documents/0000").text_content()
    assert browser.get("/problems/nix").status_code == 404
    assert "รหัสผ่าน" in see(browser, "/problems/encrypted").text_content()


def test_the_map_counts_plans_by_province(browser: TestClient) -> None:
    page = see(browser, "/")
    (tile,) = page.xpath("//*[name()='a'][contains(@href, 'province=')]")
    assert tile.get("aria-label") == "พะเยา 1 ฉบับ"
    bodies = see(browser, tile.get("href"))
    assert bodies.xpath("//tbody//a/text()") == ["จังหวัดพะเยา"]
    body = see(browser, bodies.xpath("//tbody//a/@href")[0])
    assert body.xpath("//h1/text()") == ["จังหวัดพะเยา"]


def test_bodies_are_counted_alike(browser: TestClient) -> None:
    figures = see(browser, "/").xpath("//div[@class='figure']")
    (counted,) = [
        int(one.xpath("b/text()")[0]) for one in figures if "หน่วยงาน" in one.text_content()
    ]
    assert len(see(browser, "/bodies").xpath("//tbody/tr")) == counted


def test_what_is_seen_can_be_downloaded(browser: TestClient) -> None:
    asked = {"q": "ผู้สูงอายุ", "mode": "words", "lang": "en"}
    lines = (
        browser.get("/search/download.csv", params=asked).content.decode("utf-8-sig").split("\n")
    )
    assert lines[0].startswith("kind,text,body")
    assert "ดูแลผู้สูงอายุในชุมชนให้ทั่วถึง" in lines[1]
    assert browser.get("/search/download.pdf", params=asked).status_code == 422


def test_an_address_of_nothing_is_a_page_for_people(browser: TestClient) -> None:
    answer = browser.get("/nowhere", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert lxml.html.fromstring(answer.text).xpath("//main//a | //main//form")
    assert browser.head("/search").status_code == 200
