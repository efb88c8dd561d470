"""The page that documents the API, made from its OpenAPI description on the server.

FastAPI's own pages load scripts from another host; a provincial office's browser may not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.text.messages import message
from api.web.rendering import language_of, page

router = APIRouter(include_in_schema=False)
_LONGEST = 6000
_UPLOAD = "curl -F file=@plan.pdf -F organisation=อบจ.แพร่ -F period=2566-2570 …/v1/documents"
_METHODS = ("get", "post", "put", "delete")


@router.get("/docs", response_class=HTMLResponse)
def docs(request: Request) -> HTMLResponse:
    """Document every call: parameters, what to send, what comes back."""
    calls = list(_calls(request.app.openapi()))
    return page(request, "docs", message("web-docs", language_of(request)), calls=calls)


def _calls(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield _call(path, method, methods[method])


def _call(path: str, method: str, call: Mapping[str, Any]) -> dict[str, Any]:
    successes = {status: answer for status, answer in call["responses"].items() if status < "4"}
    return {
        "id": call["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": call.get("summary", ""),
        "description": call.get("description", ""),
        "parameters": [_parameter(parameter) for parameter in call.get("parameters", [])],
        "request": _example(call.get("requestBody", {})),
        "answer": next((text for answer in successes.values() if (text := _example(answer))), ""),
        "statuses": ", ".join(sorted(call["responses"])),
    }


def _parameter(parameter: Mapping[str, Any]) -> dict[str, str]:
    shape = parameter.get("schema", {})
    kinds = [option.get("type", "") for option in shape.get("anyOf", [shape])]
    return {
        "name": parameter["name"],
        "type": ", ".join(kind for kind in kinds if kind not in ("", "null")),
        "meaning": parameter.get("description") or shape.get("description", ""),
    }


def _example(answer: Mapping[str, Any]) -> str:
    for media_type, content in answer.get("content", {}).items():
        if "example" in content:
            text = json.dumps(content["example"], ensure_ascii=False, indent=2)
            return text if len(text) <= _LONGEST else text[:_LONGEST] + "\n…"
        if media_type.startswith("multipart/"):
            return _UPLOAD
    return ""
