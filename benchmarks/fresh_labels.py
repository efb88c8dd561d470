"""Labels of real texts by offset, and the texts they belong to, which lie elsewhere.

A label file is JSON lines, one text a line (`corpora/labels/README.md`). Slices of the pool are
found by their id in `batch-NN.jsonl` of the pool; pages by the fingerprint of their text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "corpora" / "labels"
FOLDERS = {"prose": "pool", "pages": "pages"}
"""The two sets of fresh texts, and the folder that each has among the labels."""


class NotReadyError(Exception):
    """A batch that can't be measured; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text, with the kinds that are right for it."""

    start: int
    end: int
    kind: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its labels; `sha256` is set for a page only."""

    id: str
    text: str
    statements: tuple[Span, ...]
    borderline: tuple[Span, ...]


def label_file(labels: Path, name: str, number: int) -> Path:
    """Return where the settled labels of a batch lie; `name` is `prose` or `pages`."""
    return labels / FOLDERS[name] / f"batch-{number:02d}.jsonl"


def shared_pool() -> Path:
    """Return where the pool lies unless another folder is named: beside the checkout."""
    return Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared")) / "eval" / "pool"


def labelled_slices(labels: Path, batch: Path) -> list[LabelledText]:
    """Return the slices of a pool batch with their labels.

    Raise `NotReadyError` where either file is absent, an id has no slice, a slice no label,
    or a span does not lie within its text.
    """
    rows = _rows(labels, "the labels of this batch")
    texts = {row["id"]: row["text"] for row in _rows(batch, "the texts of this batch")}
    if missing := sorted(texts.keys() - {row["id"] for row in rows}):
        raise NotReadyError(f"{labels.name} has no line for {', '.join(missing)}.")
    return [_labelled(row, texts.get(row["id"])) for row in rows]


def labelled_pages(labels: Path, folder: Path) -> list[LabelledText]:
    """Return the pages of a batch with their labels, found by fingerprint in a folder of texts.

    Raise `NotReadyError` where the labels, the folder or a page's text is absent.
    """
    rows = _rows(labels, "the labels of this batch")
    if not folder.is_dir():
        raise NotReadyError(f"The texts of the pages are not at {folder}; name their folder.")
    texts = {fingerprint(path.read_bytes()): path for path in sorted(folder.rglob("*.txt"))}
    return [
        _labelled(
            row, texts[row["sha256"]].read_bytes().decode() if row["sha256"] in texts else None
        )
        for row in rows
    ]


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_gold(texts: Iterable[LabelledText], folder: Path) -> None:
    """Write texts and labels as a gold set that `kb.evaluation` reads, in the same order."""
    rows = []
    for number, labelled in enumerate(texts, 1):
        name = f"{number:04d}.txt"
        (folder / name).write_bytes(labelled.text.encode())
        rows.append(_gold_row(name, labelled))
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "gold.jsonl").write_text(lines, "utf-8")


def _gold_row(name: str, labelled: LabelledText) -> dict[str, Any]:
    def words(span: Span) -> str:
        return labelled.text[span.start : span.end]

    return {
        "file": name,
        "source_kind": "fresh",
        "hard_negative": not labelled.statements,
        "statements": [
            {"kind": span.kind, "text": words(span), "alt_types": span.alternatives}
            for span in labelled.statements
        ],
        "borderline": [words(span) for span in labelled.borderline],
    }


def _rows(path: Path, what: str) -> list[dict[str, Any]]:
    if not path.is_file():
        raise NotReadyError(
            f"{path} is not there: {what}. Name the folder of the texts with --texts, or the "
            "founding material with PHAEN_SHARED."
        )
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _labelled(row: Mapping[str, Any], text: str | None) -> LabelledText:
    if text is None:
        raise NotReadyError(f"The text of {row['id']} ({row.get('address', 'pool')}) is not there.")
    statements = tuple(
        Span(item["start"], item["end"], item["kind"], tuple(item.get("alt_kinds", ())))
        for item in row["statements"]
    )
    borderline = tuple(Span(item["start"], item["end"]) for item in row["borderline"])
    for span in (*statements, *borderline):
        words = text[span.start : span.end]
        if not 0 <= span.start < span.end <= len(text) or words != words.strip():
            raise NotReadyError(f"{row['id']}: {span.start}–{span.end} is no span of its text.")
    return LabelledText(row["id"], text, statements, borderline)
