"""The OpenAPI description, with examples that are real calls and their real answers.

`examples.json` is written by `python -m tests.api.http.recording` and held against the running
application by the tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.http.access import COOKIE
from api.http.problems import MEDIA_TYPE

_PROBLEMS: Mapping[str, str] = {
    "400": "อ่านข้อมูลที่ส่งมาไม่ได้ · the body cannot be read",
    "403": "ไม่รับจากหน้าเว็บอื่น หรือให้อ่านอย่างเดียว · another site's page, or reading only",
    "404": "ไม่พบ · not found",
    "405": "ไม่รับคำสั่งนี้ · not this method",
    "408": "ส่งมาช้าเกินไป · too slow",
    "409": "รหัสตรงกับหลายรายการ · an id that stands for several",
    "413": "ใหญ่เกินไป · too large",
    "421": "ไม่ใช่ชื่อของเครื่องนี้ · not a name of this server",
    "422": "คำขอใช้ไม่ได้ · not valid",
    "500": "เกิดข้อผิดพลาดภายใน · an error inside",
    "503": "มีงานมากเกินไป หรือยังไม่พร้อม · busy, or not ready",
    "507": "เนื้อที่เต็ม · no space left",
}
_UNKNOWN = "ต้องใช้รหัสเข้าใช้ · the token is missing or wrong"
EXAMPLES = Path(__file__).with_name("examples.json")


@lru_cache(maxsize=1)
def examples() -> list[dict[str, Any]]:
    """Return the recorded calls: method, path template, request, status, answer."""
    if not EXAMPLES.exists():
        return []
    recorded: list[dict[str, Any]] = json.loads(EXAMPLES.read_text("utf-8"))
    return recorded


def described(app: FastAPI) -> None:
    """Add examples and problems to the application's OpenAPI description."""
    original = app.openapi

    def with_examples() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = original()
            _describe_problems(schema, token=app.state.identities.needed())
            for example in examples():
                _add(schema["paths"][example["template"]][example["method"].lower()], example)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = with_examples  # type: ignore[method-assign]


def _describe_problems(schema: dict[str, Any], *, token: bool) -> None:
    """Describe the errors of every operation: RFC 9457, and a page for browsers (GET)."""
    problems = {**_PROBLEMS, "401": _UNKNOWN} if token else _PROBLEMS
    shape = {"schema": {"$ref": "#/components/schemas/ProblemShape"}}
    for methods in schema["paths"].values():
        for method, call in methods.items():
            content = {MEDIA_TYPE: shape} | ({"text/html": {}} if method == "get" else {})
            for status, text in sorted(problems.items()):
                call["responses"][status] = {"description": text, "content": deepcopy(content)}
            call["responses"]["503"]["headers"] = {
                "Retry-After": {"schema": {"type": "string"}, "description": "วินาที · seconds"}
            }
            if token:
                call["security"] = [{"token": []}, {"session": []}]
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(unused, None)
    if token:
        schema["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
        }


def _add(call: dict[str, Any], example: Mapping[str, Any]) -> None:
    answer = call["responses"].setdefault(str(example["status"]), {"description": ""})
    if example["answer"] is not None:
        content = answer.setdefault("content", {}).setdefault(example["media_type"], {})
        content["example"] = example["answer"]
    if example.get("json") is not None:
        call["requestBody"]["content"]["application/json"]["example"] = example["json"]
