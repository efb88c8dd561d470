"""The records that travel through the house: what one file says, as plain data.

Every record is frozen and knows its JSON form (`to_dict`), whose field names are the
contract of the command line and of HTTP alike. Years are Buddhist Era (BE = CE + 543),
money is baht as `Decimal`, offsets count characters in the clean text of a page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, get_args

OrganisationKind = Literal[
    "province",
    "province_group",
    "pao",
    "municipality",
    "sao",
    "district",
    "bangkok",
    "pattaya",
    "ministry",
    "office",
    "other",
]
StatementKind = Literal[
    "vision", "mission", "value", "goal", "strategic_issue", "strategy", "indicator"
]
PlanKind = Literal[
    "national_strategy",
    "master_plan",
    "national_plan",
    "government_action_plan",
    "province_group_plan",
    "province_plan",
    "province_annual_plan",
    "district_plan",
    "local_plan",
    "local_strategy",
    "operation_plan",
    "budget",
    "village_plan",
    "news",
    "other",
]

ORGANISATION_KINDS: tuple[str, ...] = get_args(OrganisationKind)
STATEMENT_KINDS: tuple[str, ...] = get_args(StatementKind)
PLAN_KINDS: tuple[str, ...] = get_args(PlanKind)

_SPACE = re.compile(r"\s+")


def fingerprint(*parts: str) -> str:
    """Name a text by its content: 16 hexadecimal digits, blind to white space."""
    folded = "\x1f".join(_SPACE.sub(" ", part).strip() for part in parts)
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that plans. `name` is written out (องค์การบริหารส่วนจังหวัดแพร่)."""

    name: str
    kind: OrganisationKind
    province: str | None = None
    district: str | None = None
    subdistrict: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "kind": self.kind,
            "province": self.province,
            "district": self.district,
            "subdistrict": self.subdistrict,
        }


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The years a plan covers, first and last, Buddhist Era, both included."""

    start: int
    end: int

    def to_list(self) -> list[int]:
        """Return the JSON form `[from_be, to_be]`."""
        return [self.start, self.end]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a document: page number from 1, character offsets into its clean text."""

    page: int
    start: int
    end: int

    def to_dict(self) -> dict[str, int]:
        """Return the JSON form."""
        return {"page": self.page, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: rows of cell texts, and the lines that stood right above it.

    `headers` counts the rows at the top that are headers, 0 where the reader can't tell.
    `row_pages[i]` is the page on which row i begins. `spans` are cells over several rows, as
    (column, first row, last row): their text stands in the first. `unit` is what the page
    says figures are multiplied with to make baht, where the table itself doesn't.
    """

    page: int
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    headers: int = 0
    row_pages: tuple[int, ...] = ()
    sheet: str | None = None
    unverified: bool = False
    spans: tuple[tuple[int, int, int], ...] = ()
    unit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of clean text, how good it is, and which engine won it.

    `quality` is the share of Thai letters inside dictionary words (1.0 = all), None
    where there is no Thai. `unread` names the reason why a page has no text that can be
    trusted (`no-ocr`, `too-large`, …). `unverified` marks text from OCR, whose numbers
    are to be checked. `furniture` holds the running lines that were set aside.
    """

    number: int
    text: str
    quality: float | None = None
    engine: str = "text"
    unread: str | None = None
    unverified: bool = False
    furniture: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, without the text."""
        return {
            "number": self.number,
            "quality": self.quality,
            "engine": self.engine,
            "unread": self.unread,
            "unverified": self.unverified,
            "characters": len(self.text),
        }


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader hands over: pages and tables of one file, nothing interpreted yet.

    `title` is what the file says of itself (HTML title, document properties); `notes`
    are codes of what was left out on purpose (`hidden-sheet: งบ 66`).
    """

    media_type: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a plan says: a vision, a mission, a value, a goal and so on.

    `text` equals the slice `start:end` of its page up to white space and list marks.
    `parent` is the id of the statement it stands under. `organisation` and `period` are
    set only where they differ from the document's. `confidence` is a probability.
    """

    id: str
    kind: StatementKind
    text: str
    page: int
    start: int
    end: int
    explanation: str | None = None
    alternatives: tuple[StatementKind, ...] = ()
    organisation: Organisation | None = None
    period: Period | None = None
    mentions: tuple[Span, ...] = ()
    section: str | None = None
    number: str | None = None
    parent: str | None = None
    confidence: float = 1.0
    found_by: str = "rule"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; whose document it is, the caller adds."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "explanation": self.explanation,
            "alternatives": list(self.alternatives),
            "organisation": self.organisation.to_dict() if self.organisation else None,
            "period": self.period.to_list() if self.period else None,
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "mentions": [mention.to_dict() for mention in self.mentions],
            "section": self.section,
            "number": self.number,
            "parent": self.parent,
            "confidence": self.confidence,
            "found_by": self.found_by,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project's work is done, as far as its row tells."""

    villages: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "villages": list(self.villages),
            "roads": list(self.roads),
            "subdistrict": self.subdistrict,
            "district": self.district,
            "province": self.province,
        }


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of cost of a project, as open data gives them; `row` counts from 1."""

    title: str
    budget: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    row: int | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross process borders: a read-only mapping does not pickle by itself."""
        return (CostLine, (self.title, dict(self.budget), self.row))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        amounts = {str(year): baht(amount) for year, amount in self.budget.items()}
        return {"title": self.title, "budget": amounts, "row": self.row}


@dataclass(frozen=True, slots=True)
class Project:
    """A piece of work with place, money and years: a row of แบบ ผ.02, a budget line.

    `budget` maps a fiscal year (BE) to baht that is planned or approved; a project named in
    running text has none. `spending` is the other money of its row by name: asked, contracted,
    paid, left (baht), percent. `warnings` are codes of what is in doubt: `unclear-number`,
    `sum-differs`, `total-differs`, `no-year`, `amounts-differ`, `shared-amount`,
    `unit-doubtful`. `lines` are the lines of cost it is made of. `parent` is the id of the
    strategic issue or strategy it stands under.
    """

    id: str
    title: str
    page: int
    row: int | None = None
    objective: str | None = None
    target: str | None = None
    budget: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    indicator: str | None = None
    expected_result: str | None = None
    responsible: str | None = None
    plan: str | None = None
    declared_strategy: str | None = None
    place: Place = Place()
    organisation: Organisation | None = None
    period: Period | None = None
    parent: str | None = None
    notes: tuple[str, ...] = ()
    confidence: float = 1.0
    found_by: str = "table"
    spending: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[str, ...] = ()
    lines: tuple[CostLine, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross process borders: a read-only mapping does not pickle by itself."""
        values = [getattr(self, name) for name in self.__slots__]
        for name in ("budget", "spending"):
            values[self.__slots__.index(name)] = dict(getattr(self, name))
        return (Project, tuple(values))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; whose document it is, the caller adds."""
        return {
            "id": self.id,
            "title": self.title,
            "objective": self.objective,
            "target": self.target,
            "budget": {str(year): baht(amount) for year, amount in self.budget.items()},
            "indicator": self.indicator,
            "expected_result": self.expected_result,
            "responsible": self.responsible,
            "plan": self.plan,
            "declared_strategy": self.declared_strategy,
            "place": self.place.to_dict(),
            "organisation": self.organisation.to_dict() if self.organisation else None,
            "period": self.period.to_list() if self.period else None,
            "page": self.page,
            "row": self.row,
            "parent": self.parent,
            "notes": list(self.notes),
            "confidence": self.confidence,
            "found_by": self.found_by,
            "spending": {name: baht(amount) for name, amount in self.spending.items()},
            "warnings": list(self.warnings),
            "lines": [line.to_dict() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read and understood. `id` is the SHA-256 of its bytes, 16 digits of it."""

    id: str
    file: str
    media_type: str
    title: str | None
    organisation: Organisation | None
    plan_kind: PlanKind
    period: Period | None
    published: str | None
    pages: tuple[Page, ...]
    statements: tuple[Statement, ...] = ()
    projects: tuple[Project, ...] = ()
    version_of: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def quality(self) -> float | None:
        """The mean quality of the pages that have one, weighted by their length."""
        weighed = [(p.quality, len(p.text)) for p in self.pages if p.quality is not None]
        total = sum(length for _, length in weighed)
        return sum(q * length for q, length in weighed) / total if total else None

    @property
    def unread_pages(self) -> tuple[Page, ...]:
        """The pages no engine could read."""
        return tuple(page for page in self.pages if page.unread)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form with statements and projects, without the pages' text."""
        return {
            "id": self.id,
            "file": self.file,
            "media_type": self.media_type,
            "title": self.title,
            "organisation": self.organisation.to_dict() if self.organisation else None,
            "plan_kind": self.plan_kind,
            "period": self.period.to_list() if self.period else None,
            "published": self.published,
            "pages": len(self.pages),
            "quality": self.quality,
            "version_of": self.version_of,
            "unread_pages": [page.number for page in self.unread_pages],
            "notes": list(self.notes),
            "statements": [statement.to_dict() for statement in self.statements],
            "projects": [project.to_dict() for project in self.projects],
        }


def baht(amount: Decimal) -> int | str:
    """Write money for JSON: an integer, or a decimal string where there are satang."""
    whole = amount.to_integral_value()
    return int(whole) if whole == amount else format(amount.normalize(), "f")
