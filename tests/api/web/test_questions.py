"""The pages where reviewers and researchers ask, without a script and without a model's wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.http.recording import SAMPLES

pytestmark = pytest.mark.slow
FILES = ("02-sriphanalai-plan-2566.html", "08-pao-sriphanalai-vision.html")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(tmp_path_factory.mktemp("questions") / "kb.db")) as client:
        for name in FILES:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
        yield client


def test_a_reviewer_is_told_what_a_proposal_serves_and_why(client: TestClient) -> None:
    assert "จังหวัดศรีพนาลัย" in client.get("/align").text
    asked = {"title": "อบรมผู้ดูแลผู้สูงอายุติดเตียง", "against": "จังหวัดศรีพนาลัย"}
    stated = client.get("/align", params=asked)
    assert stated.status_code == 200
    assert "สอดคล้อง" in stated.text
    assert "ยุทธศาสตร์ชาติ" in stated.text
    assert "aligned" in client.get("/align", params=asked | {"lang": "en"}).text
    wrong = client.get("/align", params={"title": "ก่อสร้างถนน", "against": "<b>ไม่มี</b>"})
    assert (wrong.status_code, "<b>ไม่มี" in wrong.text) == (422, False)


def test_a_researcher_chooses_bodies_and_gets_the_report(client: TestClient) -> None:
    form = client.get("/compare").text
    assert 'value="จังหวัดศรีพนาลัย"' in form
    bodies = ["จังหวัดศรีพนาลัย", "องค์การบริหารส่วนจังหวัดศรีพนาลัย"]
    report = client.get("/compare", params={"organisation": bodies})
    assert report.status_code == 200
    assert "<svg" in report.text
    assert "script" not in report.headers["content-security-policy"]
    assert client.get("/compare", params={"organisation": "ไม่มีจริง"}).status_code == 404


def test_an_empty_knowledge_base_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "kb.db")) as client:
        assert client.get("/compare").status_code == 200
        assert client.get("/align").status_code == 200
