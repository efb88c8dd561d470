"""Documents people have looked through, written as a gold set of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kb.knowledge_base import KnowledgeBase


def write_reviewed_gold(kb: KnowledgeBase, folder: Path) -> int:
    """Write `gold.jsonl` and each document's clean text; return how many documents.

    The texts lie beside the gold, so that `phaen evaluate extract --gold` reads the set
    wherever it is taken. A form feed parts the pages. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_with_text(kb, row, folder) for row in kb.reviews.gold()]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / "gold.jsonl").write_text("".join(lines), "utf-8")
    return len(rows)


def _with_text(kb: KnowledgeBase, row: dict[str, Any], folder: Path) -> dict[str, Any]:
    name = f"{row['document']}.txt"
    text = "\f".join(page.text for page in kb.pages(row["document"]))
    (folder / name).write_text(text, "utf-8")
    return {**row, "file": name, "source": row["file"]}
