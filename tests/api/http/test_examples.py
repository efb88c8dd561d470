"""The examples in the API's description are what the server really answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.openapi import examples
from tests.api.http.recording import record, server

MODELLED = ("/v1/jobs/{job}", "/v1/search", "/v1/alignment", "/v1/duplicates", "/v1/comparisons")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with server(tmp_path_factory.mktemp("examples")) as client:
        yield client


def skeleton(value: Any) -> Any:
    """Reduce an answer to its form: names of fields, and whether values are there."""
    if isinstance(value, dict):
        return {key: skeleton(inner) for key, inner in value.items()}
    return [skeleton(inner) for inner in value[:1]] if isinstance(value, list) else None


def called(example: dict[str, Any]) -> tuple[Any, ...]:
    sent = (example["method"], example["template"], example["status"], example["media_type"])
    answer = example["answer"]
    return (*sent, sorted(answer) if isinstance(answer, dict) else answer)


@pytest.mark.slow
def test_the_server_answers_as_the_description_says(client: TestClient) -> None:
    now = list(record(client))
    assert [called(example) for example in now] == [called(example) for example in examples()]
    for live, example in zip(now, examples(), strict=True):
        if example["template"] not in MODELLED:
            assert skeleton(live["answer"]) == skeleton(example["answer"]), example["path"]


def test_every_call_has_an_example(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            if method == "delete" or path.endswith("/events"):
                continue
            contents = [
                content
                for status, answer in call["responses"].items()
                if status.startswith("2")
                for content in answer.get("content", {}).values()
            ]
            assert any("example" in content for content in contents), (method, path)
