"""Records as the knowledge base keeps them: what a document said, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.records import Organisation, Period, PlanKind, Project, Statement


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document without its text: what it is, whose, for when, and how much it says.

    `key` is the row's number inside this knowledge base; `id` names the content.
    """

    key: int
    id: str
    file: str
    media_type: str
    title: str | None
    organisation: Organisation | None
    plan_kind: PlanKind
    period: Period | None
    published: str | None
    pages: int
    unread_pages: int
    quality: float | None
    statements: int
    projects: int
    version_of: str | None
    notes: tuple[str, ...]
    added_at: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "id": self.id,
            "file": self.file,
            "media_type": self.media_type,
            "title": self.title,
            "organisation": self.organisation.to_dict() if self.organisation else None,
            "plan_kind": self.plan_kind,
            "period": self.period.to_list() if self.period else None,
            "published": self.published,
            "pages": self.pages,
            "unread_pages": self.unread_pages,
            "quality": self.quality,
            "statements": self.statements,
            "projects": self.projects,
            "version_of": self.version_of,
            "notes": list(self.notes),
            "added_at": self.added_at,
        }


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement with its document, and the body and years it counts for.

    `organisation` and `period` are the statement's own where it has its own, else its
    document's. `review` is a person's last word on it (`accepted`, `corrected`,
    `rejected`, `added`), None where nobody has looked.
    """

    key: int
    record: Statement
    document: str
    file: str
    organisation: Organisation | None
    period: Period | None
    review: str | None = None

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.record.id

    @property
    def kind(self) -> str:
        """The statement's kind."""
        return self.record.kind

    @property
    def text(self) -> str:
        """The words people read, search and see highlighted."""
        return self.record.text

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return self.record.page

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return self.record.to_dict() | _context(self)


@dataclass(frozen=True, slots=True)
class StoredProject:
    """A project with its document, and the body and years it counts for.

    The fields beside `record` mean what they mean in `StoredStatement`.
    """

    key: int
    record: Project
    document: str
    file: str
    organisation: Organisation | None
    period: Period | None
    review: str | None = None

    @property
    def id(self) -> str:
        """The project's id."""
        return self.record.id

    @property
    def kind(self) -> str:
        """Always `project`."""
        return "project"

    @property
    def text(self) -> str:
        """The words people read, search and see highlighted: the project's name."""
        return self.record.title

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return self.record.page

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `kind` tells projects from statements in mixed lists."""
        return {"kind": "project"} | self.record.to_dict() | _context(self)


Stored = StoredStatement | StoredProject


def _context(stored: Stored) -> dict[str, Any]:
    return {
        "organisation": stored.organisation.to_dict() if stored.organisation else None,
        "period": stored.period.to_list() if stored.period else None,
        "document": stored.document,
        "file": stored.file,
        "review": stored.review,
    }
