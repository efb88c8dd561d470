"""A match: a project like the proposal, how it is related, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import UsageError
from kb.duplicates.agreement import PartComparison, compare_parts
from kb.duplicates.features import places_incomparable
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.relation import RELATIONS, Relation
from kb.loading.proposals import Proposal
from kb.store.records import StoredProject

SHOWN_RELATIONS: tuple[Relation, ...] = (
    "duplicate",
    "continuation",
    "same_activity_elsewhere",
    "related",
)
"""Relations worth a line, in the order people want them."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the model must be before a pair is called so; else the next likely is taken."""

    duplicate: float = 0.5
    continuation: float = 0.4
    same_activity_elsewhere: float = 0.35
    related: float = 0.4

    def __post_init__(self) -> None:
        for name in SHOWN_RELATIONS:
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError("threshold-invalid", name=name, value=getattr(self, name))

    def relation(self, chances: Mapping[Relation, float]) -> Relation:
        """Name a pair: the likeliest relation that reaches its threshold, else different."""
        for name in sorted(RELATIONS, key=lambda relation: -chances[relation]):
            if name == "different" or chances[name] >= getattr(self, name):
                return name
        return "different"


@dataclass(frozen=True, slots=True)
class ProjectMatch:
    """A project like the proposal. `score` is the calibrated chance of `relation`.

    `project` is of the knowledge base, or another proposal of the same workbook; `own` is
    the proposal as it was compared. `review` is a person's word on the pair.
    """

    project: StoredProject | Proposal
    subject: ProjectProfile
    chances: Mapping[Relation, float]
    own: ProjectProfile
    relation: Relation = "different"
    review: str | None = None

    @property
    def score(self) -> float:
        """The calibrated chance that the relation is right."""
        return self.chances[self.relation]

    @property
    def agrees(self) -> tuple[PartComparison, ...]:
        """What the two have in common."""
        return compare_parts(self.own, self.subject)[0]

    @property
    def differs(self) -> tuple[PartComparison, ...]:
        """What both tell and tell differently."""
        return compare_parts(self.own, self.subject)[1]

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes of what keeps the answer from being sure: an unknown place is unknown."""
        same_work = self.relation in {"duplicate", "continuation", "same_activity_elsewhere"}
        untold = same_work and places_incomparable(self.own, self.subject)
        return ("place-unknown",) if untold else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        inside = isinstance(self.project, Proposal)
        agrees, differs = compare_parts(self.own, self.subject)
        return {
            "project": self.project.to_dict(),
            "in_workbook": inside,
            "relation": self.relation,
            "score": round(self.score, 4),
            "chances": {name: round(self.chances[name], 4) for name in RELATIONS},
            "agrees": [point.to_dict() for point in agrees],
            "differs": [point.to_dict() for point in differs],
            "notes": list(self.notes),
            "review": self.review,
        }
