"""Gold for search: queries with graded answers, and the records that they search.

The records are made from gold statements, not by reading files, so that search is measured
by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UsageError
from ingest.records import Document, Organisation, Page, Period, Project, Statement, fingerprint
from kb.evaluation.gold import gold_items
from kb.evaluation.json_lines import read_rows

Answer = tuple[str, str]
"""A file's name and the text of a record in it, white space as single blanks."""

_QUERIES = ("queries.jsonl", "searches.jsonl")
_RECORDS = ("gold.jsonl", "documents.jsonl")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the grades of its answers: 2 answers directly, 1 is related."""

    text: str
    relevant: Mapping[Answer, int]


def answer(file: str, text: str) -> Answer:
    """Return the name by which gold knows a record."""
    return file, " ".join(text.split())


def queries_in(folder: Path) -> list[Query]:
    """Return the queries of a gold set. Raises UsageError: `gold-not-found`, `gold-unreadable`."""
    queries = []
    for row in read_rows(_first(folder, _QUERIES)):
        relevant: dict[Answer, int] = {}
        for item in row["relevant"]:
            key = answer(item["file"], item["text"])
            relevant[key] = max(item["grade"], relevant.get(key, 0))
        queries.append(Query(row["query"], relevant))
    return queries


def off_topic_in(folder: Path) -> list[str]:
    """Return the queries that nothing answers, none where the set has no such list."""
    path = folder / "off_topic.txt"
    if not path.is_file():
        return []
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def documents_in(folder: Path) -> list[Document]:
    """Return documents made of the gold statements in a set, or in the set `pages` beside it.

    Raises UsageError: `gold-not-found`, `gold-unreadable`.
    """
    for candidate in (folder, folder.parent / "pages"):
        if any((candidate / name).is_file() for name in _RECORDS):
            return [_document(row) for row in read_rows(_first(candidate, _RECORDS))]
    raise UsageError("gold-not-found", folder=str(folder))


def _document(row: Mapping[str, Any]) -> Document:
    document_id = fingerprint(row["file"])
    statements: list[Statement] = []
    projects: list[Project] = []
    for number, item in enumerate(gold_items(row)):
        record_id = fingerprint(document_id, str(number))
        kind = item.get("kind") or item["type"]
        if kind == "project":
            projects.append(Project(record_id, item["text"], 1))
        else:
            statements.append(
                Statement(
                    record_id, kind, item["text"], 1, 0, 0, explanation=item.get("explanation")
                )
            )
    return Document(
        id=document_id,
        file=row["file"],
        media_type="text/plain",
        title=None,
        organisation=_organisation(row),
        plan_kind=row.get("plan_kind") or "other",
        period=Period(*row["period"]) if row.get("period") else None,
        published=None,
        pages=(Page(1, ""),),
        statements=tuple(statements),
        projects=tuple(projects),
    )


def _organisation(row: Mapping[str, Any]) -> Organisation | None:
    if isinstance(row.get("organisation"), dict):
        return Organisation(**row["organisation"])
    if not row.get("org"):
        return None
    return Organisation(row["org"], row.get("org_type") or "other", row.get("province"))


def _first(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise UsageError("gold-not-found", folder=str(folder))
