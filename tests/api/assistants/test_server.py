"""An assistant asks over standard input and output and gets what people get."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from kb import KnowledgeBase
from tests.kb.samples import HILLTOWN, RIVERSIDE, document, project

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("assistants") / "kb.db"
    with KnowledgeBase(path) as kb:
        kb.add(document("a", ("vision", "คลองสะอาด น้ำใส"), body=RIVERSIDE))
        kb.add(
            document(
                "b",
                ("vision", "เมืองภูเขาน่าอยู่"),
                body=HILLTOWN,
                projects=(project("ขุดลอกคลองหมู่ที่ 3"),),
            )
        )
    return path


def asked(path: Path, question: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """Start `phaen mcp`, ask it, and end it."""

    async def ask() -> Any:
        program = StdioServerParameters(
            command=sys.executable,
            args=["-c", "from api.cli.main import main; main()", "mcp", "--kb", str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        async with stdio_client(program) as streams, ClientSession(*streams) as session:
            await session.initialize()
            return await question(session)

    return asyncio.run(ask())


def tool(path: Path, tool_name: str, /, **arguments: Any) -> Any:
    return asked(path, lambda session: session.call_tool(tool_name, arguments))


def test_every_tool_only_reads_and_says_what_it_does(path: Path) -> None:
    listed = asked(path, lambda session: session.list_tools())
    assert {one.name for one in listed.tools} == {
        "search",
        "source",
        "align",
        "duplicates",
        "compare",
        "organisations",
    }
    for one in listed.tools:
        assert one.description
        assert one.annotations.read_only_hint


def test_a_question_is_answered_with_document_and_page(path: Path) -> None:
    answer = tool(path, "search", query="ขุดลอกคลอง").structured_content
    (hit,) = [hit for hit in answer["hits"] if hit["kind"] == "project"]
    assert hit["organisation"]["name"] == HILLTOWN.name
    page = tool(path, "source", document=hit["document"], page=hit["page"]).structured_content
    assert page["document"]["id"] == hit["document"]
    assert page["whole"]


def test_bodies_are_found_by_a_part_of_their_name(path: Path) -> None:
    answer = tool(path, "organisations", name=RIVERSIDE.name[4:]).structured_content
    assert [one["name"] for one in answer["organisations"]] == [RIVERSIDE.name]


def test_an_error_is_the_message_that_people_get(path: Path) -> None:
    answer = tool(path, "source", document="nothing-like-it")
    assert answer.is_error
    assert "nothing-like-it" in answer.content[0].text
    assert "Traceback" not in answer.content[0].text
