"""Schemas of records over HTTP, the same as the JSON of the command line.

Answers are made from the records' own JSON forms; these models document them in OpenAPI,
and the tests hold every real answer against them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.http.fields import storable
from ingest.records import OrganisationKind, PlanKind, StatementKind

Money = int | str
Years = tuple[int, int]
Relevance = Field(ge=0, le=1)


class StrictModel(BaseModel):
    """A model that admits no unknown fields."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _check(cls, body: Any) -> Any:
        return storable(body)


class ErrorShape(StrictModel):
    """An error beside a record: its stable code, and its wording."""

    code: str
    message: str


class OrganisationShape(StrictModel):
    """An organisation that plans."""

    name: str
    kind: OrganisationKind
    province: str | None
    district: str | None
    subdistrict: str | None


class OrganisationCount(OrganisationShape):
    """An organisation and its counts in the knowledge base."""

    documents: int
    statements: int
    projects: int


class SpanShape(StrictModel):
    """A span of text: page from 1, character offsets into its clean text."""

    page: int
    start: int
    end: int


class PlaceShape(StrictModel):
    """Where a project's work is done."""

    villages: list[str]
    roads: list[str]
    subdistrict: str | None
    district: str | None
    province: str | None


class StatementOwn(StrictModel):
    """A statement, without its document."""

    id: str
    kind: StatementKind
    text: str
    explanation: str | None
    alternatives: list[StatementKind]
    organisation: OrganisationShape | None
    period: Years | None
    page: int
    start: int
    end: int
    mentions: list[SpanShape]
    section: str | None
    number: str | None
    parent: str | None
    confidence: float
    found_by: str


class CostLineShape(StrictModel):
    """One line of cost of a project; `row` counts from 1."""

    title: str
    budget: dict[str, Money]
    row: int | None


class ProjectOwn(StrictModel):
    """A project, without its document; money is baht by fiscal year (BE)."""

    id: str
    title: str
    objective: str | None
    target: str | None
    budget: dict[str, Money]
    indicator: str | None
    expected_result: str | None
    responsible: str | None
    plan: str | None
    declared_strategy: str | None
    place: PlaceShape
    organisation: OrganisationShape | None
    period: Years | None
    page: int
    row: int | None
    parent: str | None
    notes: list[str]
    confidence: float
    found_by: str
    spending: dict[str, Money]
    warnings: list[str]
    lines: list[CostLineShape]


class Kept(StrictModel):
    """The document of a stored record, and the newest review of it."""

    document: str
    file: str
    review: str | None


class StatementShape(StatementOwn, Kept):
    """A stored statement; organisation and period are those it counts for."""


class ProjectShape(ProjectOwn, Kept):
    """A stored project; organisation and period are those it counts for."""

    kind: Literal["project"]


class WhyShape(StrictModel):
    """The evidence of a hit: words in common, the closest phrase, both scores."""

    words: list[str]
    closest: str | None
    meaning: float | None
    word_score: float | None


class SameWords(StrictModel):
    """A further record that says the same words as a hit."""

    id: str
    document: str
    file: str
    page: int
    organisation: OrganisationShape | None
    period: Years | None


class HitPart(StrictModel):
    """Relevance of a hit and its evidence."""

    relevance: float = Relevance
    relevance_source: str
    why: WhyShape
    highlight: list[tuple[int, int]]
    more_in_document: int | None
    more_same: int
    same: list[SameWords]


class StatementHit(StatementShape, HitPart):
    """A statement that answers a query."""


class ProjectHit(ProjectShape, HitPart):
    """A project that answers a query; `text` is its name, which `highlight` refers to."""

    text: str


class DocumentShape(StrictModel):
    """A document without its records: organisation, period, and counts."""

    id: str
    file: str
    media_type: str
    title: str | None
    organisation: OrganisationShape | None
    plan_kind: PlanKind
    period: Years | None
    published: str | None
    pages: int
    unread_pages: int
    quality: float | None
    statements: int
    projects: int
    version_of: str | None
    notes: list[str]
    added_at: str


class StatementNode(StatementOwn):
    """A statement in its plan's tree."""

    children: list[StatementNode | ProjectNode]


class ProjectNode(ProjectOwn):
    """A project in its plan's tree."""

    kind: Literal["project"]
    children: list[StatementNode | ProjectNode]


class WholeDocument(StrictModel):
    """A document with its records in reading order and as the tree of the plan."""

    id: str
    file: str
    media_type: str
    title: str | None
    organisation: OrganisationShape | None
    plan_kind: PlanKind
    period: Years | None
    published: str | None
    pages: int
    unread_pages: list[int]
    quality: float | None
    version_of: str | None
    notes: list[str]
    added_at: str
    statements: list[StatementOwn]
    projects: list[ProjectOwn]
    tree: list[StatementNode | ProjectNode]


class FrameworkNode(StrictModel):
    """A strategy, plan, milestone or goal of a framework."""

    code: str
    framework: str
    thai: str
    english: str
    description: str
    keywords: list[str]


class FrameworkShape(StrictModel):
    """A framework that plans answer to, with its nodes in order."""

    name: str
    thai: str
    english: str
    nodes: list[FrameworkNode]
