"""A change and its row in the log: who, when, what, before and after; never altered.

A row is written in the transaction of the change it speaks of: there is no change without
its row and no row without its change. Triggers of the database refuse to alter a row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.store.actor import acting
from kb.store.insertion import now
from kb.store.records import StoredDocument

State = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the log.

    `at` is UTC in ISO 8601. `action` is a noun and what happened to it (`document.added`).
    `subject` is the id of a document, record, pair or token, or the name of a user;
    `document` the id of the document it belongs to, if any.
    """

    key: int
    at: str
    actor: str
    action: str
    subject: str
    document: str | None
    before: State
    after: State

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "key": self.key,
            "at": self.at,
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "document": self.document,
            "before": None if self.before is None else dict(self.before),
            "after": None if self.after is None else dict(self.after),
        }


def write_change(
    connection: sqlite3.Connection,
    action: str,
    subject: str,
    *,
    document: str | None = None,
    before: State = None,
    after: State = None,
    actor: str | None = None,
) -> None:
    """Add a row inside the transaction of the change; `actor` is who is acting unless given."""
    connection.execute(
        "insert into log (at, actor, action, subject, document, before, after) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            now(),
            acting().name if actor is None else actor,
            action,
            subject,
            document,
            _dump(before),
            _dump(after),
        ),
    )


def write_added(
    connection: sqlite3.Connection, document: StoredDocument, status: str, stood: sqlite3.Row | None
) -> None:
    """Add the row of a document that was added, or took the place of the one that `stood`."""
    body = document.organisation.name if document.organisation else None
    before = {"document": stood["id"]} if stood and stood["id"] != document.id else None
    after = {"title": document.title or document.file, "organisation": body}
    write_change(
        connection,
        f"document.{status}",
        document.id,
        document=document.id,
        before=before,
        after=after,
    )


def change_of(row: sqlite3.Row) -> Change:
    """Read a row of the table `log`."""
    return Change(
        row["key"],
        row["at"],
        row["actor"],
        row["action"],
        row["subject"],
        row["document"],
        json.loads(row["before"]) if row["before"] else None,
        json.loads(row["after"]) if row["after"] else None,
    )


def _dump(state: State) -> str | None:
    return None if state is None else json.dumps(dict(state), ensure_ascii=False)
