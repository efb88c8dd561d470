"""The five documents the project was founded on come out exactly."""

from collections import Counter
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.records import Content, Document, Page


def _read(shared: Path, prefix: str) -> Document:
    path = next((shared / "seeds").glob(f"{prefix}_*.txt"))
    page = Page(1, path.read_text("utf-8"))
    return extract(Content("text/plain", (page,)), file=path.name, document_id=prefix)


@pytest.mark.parametrize(
    ("prefix", "kinds"),
    [
        ("000", {}),
        ("001", {"vision": 1, "mission": 3, "value": 4}),
        ("002", {}),
        ("003", {"vision": 1, "mission": 7, "goal": 10}),
        ("004", {}),
    ],
)
def test_kinds(shared: Path, prefix: str, kinds: dict[str, int]) -> None:
    document = _read(shared, prefix)
    assert Counter(statement.kind for statement in document.statements) == kinds


def test_repeated_vision_is_one_statement_with_a_mention(shared: Path) -> None:
    document = _read(shared, "001")
    vision = document.statements[0]
    (mention,) = vision.mentions
    text = document.pages[0].text[mention.start : mention.end]
    assert "".join(text.split()) == "".join(vision.text.split())


def test_every_value_has_its_explanation(shared: Path) -> None:
    values = [s for s in _read(shared, "001").statements if s.kind == "value"]
    assert [value.text for value in values] == ["มุ่งผลสัมฤทธิ์", "มีจิตบริการ", "ยึดมั่นคุณธรรม", "ทำงานเป็นทีม"]
    assert all(value.explanation for value in values)
