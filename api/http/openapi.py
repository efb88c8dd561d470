"""The OpenAPI description, with examples that are real calls and their real answers.

`examples.json` is written by `python -m tests.api.http.recording` and held against the running
application by the tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

EXAMPLES = Path(__file__).with_name("examples.json")


@lru_cache(maxsize=1)
def examples() -> list[dict[str, Any]]:
    """Return the recorded calls: method, path template, request, status, answer."""
    if not EXAMPLES.exists():
        return []
    recorded: list[dict[str, Any]] = json.loads(EXAMPLES.read_text("utf-8"))
    return recorded


def described(app: FastAPI) -> None:
    """Give the application's OpenAPI description its examples."""
    plain = app.openapi

    def with_examples() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            for example in examples():
                _add(schema["paths"][example["template"]][example["method"].lower()], example)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = with_examples  # type: ignore[method-assign]


def _add(call: dict[str, Any], example: Mapping[str, Any]) -> None:
    answer = call["responses"].setdefault(str(example["status"]), {"description": ""})
    if example["answer"] is not None:
        content = answer.setdefault("content", {}).setdefault(example["media_type"], {})
        content["example"] = example["answer"]
    if example.get("json") is not None:
        call["requestBody"]["content"]["application/json"]["example"] = example["json"]
