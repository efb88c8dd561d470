"""Search is measured against gold and against what experts expect, and told on a page."""

import json
from pathlib import Path

import pytest

from ingest.errors import UsageError
from kb.evaluation.retrieval import evaluate_search
from kb.evaluation.retrieval_page import render_page
from tests.kb.tiny_encoder import TinyEncoder

SAID = ("ขุดลอกคลองส่งน้ำเพื่อการเกษตร", "อบรมผู้สูงอายุเรื่องสุขภาพ", "ปลูกป่าชายเลนริมคลอง")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    statements = [{"kind": "strategy", "text": text} for text in SAID]
    record = {"file": "a.txt", "statements": statements}
    asked = {"query": "คลองส่งน้ำ", "relevant": [{"file": "a.txt", "text": SAID[0], "grade": 2}]}
    (tmp_path / "documents.jsonl").write_text(json.dumps(record), "utf-8")
    (tmp_path / "searches.jsonl").write_text(json.dumps(asked), "utf-8")
    (tmp_path / "off_topic.txt").write_text("สูตรแกงเขียวหวาน\n", "utf-8")
    return tmp_path


def expect(gold: Path, **stated: object) -> tuple[str, ...]:
    line = json.dumps({"mode": "words", "because": "<b>เหตุผล</b>"} | stated)
    (gold / "expectations.jsonl").write_text(line + "\n\n", "utf-8")
    (told_back,) = evaluate_search(gold, mode="words", encoder=TinyEncoder()).expectations
    assert told_back.to_dict()["held"] is not bool(told_back.broken)
    return told_back.broken


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ({"query": "ผู้สูงอายุ", "expected": [SAID[1]]}, None),
        ({"query": "ผู้สูงอายุ", "expected": [SAID[0]]}, "expected"),
        ({"query": "ผู้สูงอายุ", "forbidden": [SAID[0]]}, None),
        ({"query": "ผู้สูงอายุ", "forbidden": [SAID[1]]}, "forbidden"),
        ({"query": "คลอง", "fields": {"kind": "strategy"}}, None),
        ({"query": "คลอง", "fields": {"kind": "vision"}}, "fields"),
        ({"query": "ผู้สูงอายุ", "overlap": {"with": "คนชรา", "share": 1}}, None),
        ({"query": "ผู้สูงอายุ", "overlap": {"with": "ป่าชายเลน", "share": 0.5}}, "overlap"),
        ({"query": "จรวดไปดวงจันทร์", "none": True}, None),
        ({"query": "ผู้สูงอายุ", "none": True}, "none"),
        ({"query": "ป่าชายเลนริม", "mode": "exact", "expected": [SAID[2]], "within": 1}, None),
    ],
)
def test_expectations_hold_or_tell_which_rule_broke(
    gold: Path, stated: dict[str, object], rule: str | None
) -> None:
    broken = expect(gold, **stated)
    assert [each.split(":")[0] for each in broken] == ([rule] if rule else [])


@pytest.mark.parametrize(
    "line",
    [
        '{"query": 3}',
        '{"query": "a", "mode": "magic"}',
        '{"query": "a", "expcted": []}',
        "[]",
        "{",
        '{"query": "a", "overlap": {"with": "b"}}',
        '{"query": "a", "within": 0}',
    ],
)
def test_a_line_that_is_no_expectation_is_an_error(gold: Path, line: str) -> None:
    (gold / "expectations.jsonl").write_text(line, "utf-8")
    with pytest.raises(UsageError, match="gold-unreadable"):
        evaluate_search(gold, mode="words", encoder=TinyEncoder())


def test_the_report_shows_queries_hits_and_what_broke(gold: Path) -> None:
    line = json.dumps({"query": "ผู้สูงอายุ", "none": True, "because": "<b>", "mode": "words"})
    (gold / "expectations.jsonl").write_text(line, "utf-8")
    scores = evaluate_search(gold, mode="words", encoder=TinyEncoder())
    page = render_page(scores)
    assert "1 / 1" in page
    assert SAID[0] in page
    assert "&lt;b&gt;" in page
    assert scores.to_dict()["expectations"][0]["held"] is False
