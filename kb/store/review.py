"""A review: a person's word on one record, and a document with all such words applied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, get_args

from ingest.errors import UsageError
from ingest.records import Document, Page, Project, Statement, fingerprint

Verdict = Literal["accepted", "corrected", "rejected", "added"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
SUBJECT = "record"
"""What the store calls the subject of these reviews; reviews of pairs have their own."""

T = TypeVar("T", bound=Statement | Project)


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word on a record. `changes` are the fields it corrects, or the whole added one.

    `document` is the id of the document the record belongs to, `key` the review's place in
    the order they were made (0 before it is stored).
    """

    target: str
    document: str
    verdict: Verdict
    changes: Mapping[str, Any]
    note: str | None
    reviewer: str | None
    made_at: str
    key: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "target": self.target,
            "document": self.document,
            "verdict": self.verdict,
            "changes": dict(self.changes),
            "note": self.note,
            "reviewer": self.reviewer,
            "made_at": self.made_at,
        }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with people's words applied, and those words by the record's id."""

    document: Document
    verdicts: Mapping[str, str]


def reviewed_document(connection: sqlite3.Connection, document: Document) -> Reviewed:
    """Apply what people said of a document's records, the last word on each."""
    rows = connection.execute(
        "select * from reviews where subject = ? and document = ? order by key",
        (SUBJECT, document.id),
    ).fetchall()
    if not rows:
        return Reviewed(document, {})
    said = [review_of(row) for row in rows]
    last = {item.target: item for item in said}
    changes = {item.target: item.changes for item in said if item.changes}
    statements = [corrected(item, changes.get(item.id, {})) for item in document.statements]
    present = {item.id for item in statements}
    for target, review in last.items():
        stated = changes.get(target, {})
        if target not in present and "page" in stated and review.verdict != "rejected":
            statements.append(
                added_statement(
                    document.id, stated["kind"], stated["text"], stated["page"], document.pages
                )
            )
    projects = tuple(corrected(item, changes.get(item.id, {})) for item in document.projects)
    verdicts = {target: review.verdict for target, review in last.items()}
    return Reviewed(replace(document, statements=tuple(statements), projects=projects), verdicts)


def corrected(record: T, changes: Mapping[str, Any]) -> T:
    """Apply a correction: a statement's kind and text, a project's name."""
    if isinstance(record, Project):
        return replace(record, title=changes.get("text", record.title))
    return replace(
        record, kind=changes.get("kind", record.kind), text=changes.get("text", record.text)
    )


def added_statement(
    document: str, kind: Any, text: str, page: int, pages: Iterable[Page]
) -> Statement:
    """Make a statement a person added; where its words stand on the page, if they do."""
    result = next((item for item in pages if item.number == page), None)
    if result is None:
        raise UsageError("page-unknown", page=page)
    at = result.text.find(text)
    start, end = (at, at + len(text)) if at >= 0 else (0, 0)
    key = fingerprint(document, "added", kind, text, str(page))
    return Statement(key, kind, text, page, start, end, found_by="review")


def review_of(row: sqlite3.Row) -> Review:
    """Read a row of the table `reviews`."""
    return Review(
        row["target"],
        row["document"],
        row["verdict"],
        json.loads(row["changes"]),
        row["note"],
        row["reviewer"],
        row["made_at"],
        row["key"],
    )
