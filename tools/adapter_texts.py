"""The examples that the adapter learns from: what somebody asks, what answers it, what does not.

All are written for learning, by many writers: questions with the passages they mean
(`corpora/training/questions`), proposals with the statement they serve (`plans`), names of the
same or of other works (`project_pairs`), and statements and proposals of one theme
(`alignment.jsonl`). An example belongs to a group; two of one group never stand in one batch,
as one would be taken for a wrong answer to the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRAINING = Path(__file__).resolve().parents[1] / "corpora" / "training"
SAME = ("duplicate", "continuation", "same_activity_elsewhere")
"""Relations of two names that mean the same work, here or elsewhere."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its answer, passages that look alike and are none, and the group.

    `writer` is the writer's mark; `symmetric` says that both sides are passages.
    """

    question: str
    answer: str
    wrong: tuple[str, ...]
    group: str
    writer: str


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def examples(training: Path = TRAINING) -> list[Example]:
    """Return every example, in an order that stays."""
    return [
        *_questions(training / "questions"),
        *_plans(training / "plans"),
        *_pairs(training / "project_pairs"),
        *_themes(training / "alignment.jsonl"),
    ]


def _questions(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows_of(path):
            wrong, group, writer = tuple(row["hard"]), row["id"], row["writer"]
            for at, item in enumerate(row["questions"]):
                yield Example(item["text"], row["passage"], wrong, group, writer)
                if row["same"]:
                    same = row["same"][at % len(row["same"])]
                    yield Example(item["text"], same, wrong, group, writer)
            for same in row["same"]:
                yield Example(same, row["passage"], wrong, group, writer)


def _plans(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows_of(path):
            texts = {item["id"]: item["text"] for item in row["statements"]}
            for item in row["proposals"]:
                if not item["best"]:
                    continue
                right = {*item["serves"], *item["touches"]}
                wrong = tuple(text for name, text in texts.items() if name not in right)
                group, writer = f"{row['plan']}-{item['best']}", row["writer"]
                asked = item["title"]
                yield Example(asked, texts[item["best"]], wrong, group, writer)
                if item["objective"]:
                    asked = f"{asked} {item['objective']}"
                other = next((name for name in item["serves"] if name != item["best"]), None)
                yield Example(asked, texts[other or item["best"]], wrong, group, writer)


def _pairs(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows_of(path):
            if row["relation"] not in SAME:
                continue
            one, other = row["a"]["title"], row["b"]["title"]
            yield Example(one, other, (), row["id"], row["writer"])
            yield Example(other, one, (), row["id"], row["writer"])


def _themes(path: Path) -> Iterator[Example]:
    for row in rows_of(path):
        for at, proposal in enumerate(row["proposals"]):
            statement = row["statements"][at % len(row["statements"])]
            yield Example(proposal, statement, (), row["topic"], "themes")
