"""Gold sets of statements: reading them in their four formats, and writing reviewed documents.

A folder is a gold set when it holds `gold.jsonl` or `documents.jsonl` (a row a file) or
`vision_mission.jsonl` (a row a page of a PDF). Rows name what a careful reader marked:
`statements` with a kind (`type` or `kind`) and text, `alt_types` also acceptable, `borderline`
to be counted neither way, the body and the period where the text names them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import UsageError
from kb.evaluation.json_lines import numbered_rows

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

_FILES = ("gold.jsonl", "documents.jsonl", "vision_mission.jsonl")
_UNSCORED = range(31, 61)
"""Numbers of prose files whose body the labeller left unsettled."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement that a person marked; `kinds` are all kinds that are right for it."""

    kind: str
    text: str
    kinds: frozenset[str]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GoldBody:
    """The body a document belongs to; a field that the text does not name is None."""

    kind: str | None = None
    name: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One file of a gold set, or one page of it where `page` is set.

    `period` is the pair of years, an empty tuple for "none", None where it is not scored.
    """

    gold_set: str
    file: str
    path: Path
    statements: tuple[GoldStatement, ...]
    borderline: tuple[str, ...] = ()
    body: GoldBody = GoldBody()
    period: tuple[int, ...] | None = None
    source: str = "real"
    negative: bool = False
    truncated: bool = False
    page: int | None = None


def gold_files(folder: Path) -> list[GoldFile]:
    """Return the files of the gold set in a folder, or of the sets in its folders.

    Raises UsageError: `gold-not-found` where there is none, `gold-unreadable` for a broken row.
    """
    folders = [folder, *sorted(path for path in folder.glob("*") if path.is_dir())]
    files = [row for path in folders for row in _rows(path)]
    if not files:
        raise UsageError("gold-not-found", folder=str(folder))
    return files


def write_reviewed_gold(kb: KnowledgeBase, folder: Path) -> int:
    """Write reviewed documents as a gold set: `gold.jsonl` and their texts; return how many.

    The texts are beside the gold, so that `phaen evaluate extract --gold` reads the set
    wherever it is taken. A form feed separates the pages. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_with_text(kb, row, folder) for row in kb.reviews.gold()]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / "gold.jsonl").write_text("".join(lines), "utf-8")
    return len(rows)


def _rows(folder: Path) -> Iterator[GoldFile]:
    for name in _FILES:
        path = folder / name
        if not path.is_file():
            continue
        for number, row in numbered_rows(path):
            try:
                if row is not None and "statements" in row:
                    yield _file(folder, row)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError("gold-unreadable", file=str(path), line=number) from error


def _file(folder: Path, row: Mapping[str, Any]) -> GoldFile:
    name = row.get("file") or row["pdf"]
    return GoldFile(
        gold_set=folder.name,
        file=name if "file" in row else f"{name}:{row['page']}",
        path=_located(folder, name),
        statements=tuple(_statement(item) for item in gold_items(row)),
        borderline=tuple(_text(item) for item in row.get("borderline", ())),
        body=_body(row),
        period=tuple(row["period"] or ()) if "period" in row else None,
        source=row.get("source_kind", "real_news" if folder.name == "prose" else "real"),
        negative=bool(row.get("hard_negative")),
        truncated=bool(row.get("truncated")),
        page=row.get("page") if "pdf" in row else None,
    )


def _located(folder: Path, name: str) -> Path:
    """Return where a file is: beside its gold, or in the folder `samples` beside the gold's."""
    places = [folder / name, folder.parent / "samples" / name]
    return next((place for place in places if place.is_file()), places[0])


def gold_items(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a row's statements, then its projects in the same form."""
    projects = [{"kind": "project", "text": item["title"]} for item in row.get("projects", ())]
    return [*row["statements"], *projects]


def _statement(item: Mapping[str, Any]) -> GoldStatement:
    kind = item.get("kind") or item["type"]
    others = item.get("alt_types") or item.get("alternatives") or ()
    return GoldStatement(kind, item["text"], frozenset([kind, *others]), item.get("page"))


def _text(item: str | Mapping[str, Any]) -> str:
    return item if isinstance(item, str) else str(item["text"])


def _body(row: Mapping[str, Any]) -> GoldBody:
    if row.get("hard_negative"):
        return GoldBody()
    if isinstance(body := row.get("organisation"), Mapping):
        return GoldBody(body.get("kind"), body.get("name"), body.get("province"))
    number = row.get("file", "")[:3]
    if "source_kind" not in row and number.isdigit() and int(number) in _UNSCORED:
        return GoldBody()
    is_named = row.get("org_in_text", True)
    return GoldBody(
        row.get("org_type") if is_named else None,
        row.get("org") if is_named else None,
        (row.get("province") or None) if row.get("province_in_text") else None,
    )


def _with_text(kb: KnowledgeBase, row: dict[str, Any], folder: Path) -> dict[str, Any]:
    name = f"{row['document']}.txt"
    text = "\f".join(page.text for page in kb.pages(row["document"]))
    (folder / name).write_text(text, "utf-8")
    return {**row, "file": name, "source": row["file"]}
