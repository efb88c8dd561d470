"""The calls behind the examples of the API's description, and how they are recorded.

`python -m tests.api.http.recording` calls a server that holds four sample documents and writes
what it was sent and what it answered to `api/http/examples.json`. The tests call again.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from api.http.openapi import EXAMPLES

HTTP_DOCS = Path(__file__).resolve().parents[3] / "docs" / "http.md"
_MARK = re.compile(
    r"<!-- example: (GET|POST) (\S+) (\d+) -->\n(?:```json\n.*?^```\n)?", re.M | re.S
)
PROPOSALS = "10-pao-sriphanalai-projects.xlsx"
SAMPLES = Path(__file__).resolve().parents[3] / "corpora" / "samples"
FILES = (
    "02-sriphanalai-plan-2566.html",
    "08-pao-sriphanalai-vision.html",
    "14-rattanasamut-budget-2567.csv",
    "20-wiangphana-plan-2561.txt",
)


@dataclass(frozen=True)
class Call:
    """One call; `{document}` and `{job}` in its path are filled in."""

    method: str
    template: str
    query: str = ""
    json: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    file: str | None = None
    slow: bool = False


CALLS = (
    Call("POST", "/v1/documents", file=FILES[0]),
    Call("POST", "/v1/documents", file=FILES[0], headers={"prefer": "respond-async"}),
    Call("GET", "/v1/documents", "?limit=1"),
    Call("GET", "/v1/documents/{document}"),
    Call("GET", "/v1/documents/{unknown}"),
    Call("GET", "/v1/statements", "?kind=vision&limit=1"),
    Call("GET", "/v1/statements", "?kind=visoin"),
    Call("GET", "/v1/projects", "?limit=1"),
    Call(
        "POST",
        "/v1/reviews",
        json={
            "document": "{document}",
            "verdict": "added",
            "kind": "value",
            "text": "โปร่งใส",
            "note": "อยู่ในภาพ",
        },
    ),
    Call("GET", "/v1/reviews", "?limit=1"),
    Call("GET", "/v1/organisations", "?limit=2"),
    Call(
        "POST",
        "/v1/search",
        json={
            "query": "ดูแลผู้สูงอายุที่อยู่คนเดียว",
            "mode": "smart",
            "kinds": ["strategy", "mission"],
            "limit": 2,
        },
        slow=True,
    ),
    Call(
        "POST",
        "/v1/alignment",
        json={
            "proposals": [{"title": "อบรมผู้ดูแลผู้สูงอายุติดเตียงประจำหมู่บ้าน"}],
            "against": ["จังหวัดศรีพนาลัย"],
        },
        slow=True,
    ),
    Call("POST", "/v1/alignment/workbook", file=FILES[2], slow=True),
    Call("GET", "/v1/alignment/audit", "?organisation=จังหวัดศรีพนาลัย", slow=True),
    Call("GET", "/v1/alignment/coverage", "?organisation=จังหวัดศรีพนาลัย", slow=True),
    Call(
        "POST",
        "/v1/duplicates",
        json={
            "proposals": [{"title": "สร้างท่าเรือบ้านปลายแหลม ต.แหลมสนงาม", "year": 2567}],
            "limit": 1,
        },
        slow=True,
    ),
    Call(
        "POST",
        "/v1/duplicates/thresholds",
        json={
            "results": [
                {
                    "matches": [
                        {
                            "project": {"title": "ก่อสร้างท่าเทียบเรือ บ.ปลายแหลม"},
                            "relation": "duplicate",
                            "score": 0.61,
                            "chances": {
                                "duplicate": 0.61,
                                "continuation": 0.02,
                                "same_activity_elsewhere": 0.36,
                                "related": 0.01,
                                "different": 0.0,
                            },
                        }
                    ]
                }
            ],
            "thresholds": {"duplicate": 0.8},
        },
    ),
    Call("POST", "/v1/duplicates/within", json={"province": "รัตนสมุทร"}),
    Call("POST", "/v1/duplicates/statements", json={"kinds": ["vision"], "share": 0.3, "limit": 1}),
    Call(
        "POST",
        "/v1/comparisons",
        json={"organisations": ["จังหวัดศรีพนาลัย", "อบจ.ศรีพนาลัย"], "kinds": ["vision"]},
        slow=True,
    ),
    Call("GET", "/v1/frameworks"),
    Call("GET", "/v1/jobs/{job}"),
    Call("POST", "/v1/jobs/{job}/cancel"),
    Call("POST", "/v1/review-sets", file=PROPOSALS, slow=True),
    Call("GET", "/v1/review-sets", slow=True),
    Call("GET", "/v1/review-sets/{review_set}", slow=True),
    Call("GET", "/v1/review-sets/{review_set}/rows", "?limit=1", slow=True),
    Call("GET", "/v1/review-sets/{review_set}/rows/{number}", slow=True),
    Call(
        "PUT",
        "/v1/review-sets/{review_set}/rows/{number}/decision",
        json={
            "alignment": "agrees",
            "duplicate": "not_duplicate",
            "note": "เพิ่มตัวชี้วัด",
            "version": 0,
        },
        slow=True,
    ),
    Call("GET", "/v1/review-sets/{review_set}/rows/{number}/history", slow=True),
    Call(
        "POST",
        "/v1/review-sets/{review_set}/decisions",
        json={"rows": {"2": 0, "3": 0}, "alignment": "touches"},
        slow=True,
    ),
    Call("POST", "/v1/review-sets/{review_set}/undo", slow=True),
    Call(
        "POST",
        "/v1/review-sets/{review_set}/assignment",
        json={"rows": [2, 3], "to": "กองช่าง"},
        slow=True,
    ),
    Call("GET", "/v1/review-sets/{review_set}/summary", slow=True),
    Call(
        "POST",
        "/v1/review-proposals",
        json={"title": "อบรมผู้ดูแลผู้สูงอายุติดเตียงประจำหมู่บ้าน", "against": ["จังหวัดศรีพนาลัย"]},
        slow=True,
    ),
    Call("GET", "/v1/health"),
    Call("GET", "/v1/ready"),
    Call("DELETE", "/v1/documents/{document}"),
)


@contextmanager
def server(folder: Path) -> Iterator[TestClient]:
    """Serve a knowledge base of the four documents; the first comes with the first call."""
    with TestClient(create_app(folder / "kb.db")) as client:
        for name in FILES[1:]:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
        yield client


def record(client: TestClient, *, slow: bool = True) -> Iterator[dict[str, Any]]:
    """Make the calls in their order; tell what was sent and what came back."""
    known = {"unknown": "0000000000000000", "number": "1"}
    for call in CALLS:
        if call.slow and not slow:
            continue
        path = call.template.format(**known) + call.query
        files = None
        if call.file:
            files = {"file": (call.file, (SAMPLES / call.file).read_bytes(), "text/html")}
        sent = _filled(call.json, known)
        answer = client.request(call.method, path, json=sent, files=files, headers=call.headers)
        stated = answer.json() if answer.content else None
        if call.template == "/v1/documents" and answer.status_code == 201:
            known["document"] = stated["documents"][0]["id"]
        if answer.status_code == 202:
            begun = stated.get("job", stated)
            known["job"] = begun["id"]
            known["review_set"] = stated.get("set", {}).get("id", "")
            client.get(f"/v1/jobs/{begun['id']}/events")
        yield {
            "method": call.method,
            "template": call.template.replace("{unknown}", "{document}"),
            "path": path,
            "headers": call.headers,
            "file": call.file,
            "json": sent,
            "status": answer.status_code,
            "media_type": answer.headers.get("content-type"),
            "answer": _short(stated),
        }


def _filled(sent: dict[str, Any] | None, known: dict[str, str]) -> dict[str, Any] | None:
    """Put the known ids into a body that asks for them."""
    return sent and {
        name: known.get(value[1:-1], value) if isinstance(value, str) else value
        for name, value in sent.items()
    }


def _short(value: Any) -> Any:
    """Keep the first two of long lists, so that an example can be read."""
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_short(inner) for inner in value[:2]]
    return value


def documented(text: str, recorded: list[dict[str, Any]]) -> str:
    """Put the recorded answers behind their marks in the documentation."""

    def block(match: re.Match[str]) -> str:
        method, template, status = match[1], match[2], int(match[3])
        answer = next(
            each["answer"]
            for each in recorded
            if (each["method"], each["template"], each["status"]) == (method, template, status)
        )
        body = json.dumps(answer, ensure_ascii=False, indent=1)
        return f"<!-- example: {method} {template} {status} -->\n```json\n{body}\n```\n"

    return _MARK.sub(block, text)


def main() -> None:
    """Record the examples anew."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as client:
        recorded = list(record(client))
    EXAMPLES.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", "utf-8")
    HTTP_DOCS.write_text(documented(HTTP_DOCS.read_text("utf-8"), recorded), "utf-8")


if __name__ == "__main__":
    main()
