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

SHOWN_RELATIONS: tuple[Relation, ...] = tuple(name for name in RELATIONS if name != "different")
"""Relations that are shown, in the order people want them."""

_SAME_WORK = frozenset({"duplicate", "continuation", "same_activity_elsewhere"})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least probability, in [0, 1], at which a pair is called by a relation's name."""

    duplicate: float = 0.5
    continuation: float = 0.4
    same_activity_elsewhere: float = 0.35
    related: float = 0.4

    def __post_init__(self) -> None:
        for name in SHOWN_RELATIONS:
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError("threshold-invalid", name=name, value=getattr(self, name))

    def relation(self, chances: Mapping[Relation, float]) -> Relation:
        """Return the likeliest relation that reaches its threshold, else `different`."""
        for name in sorted(RELATIONS, key=lambda relation: -chances[relation]):
            if name == "different" or chances[name] >= getattr(self, name):
                return name
        return "different"


@dataclass(frozen=True, slots=True)
class ProjectMatch:
    """A project like the proposal, with the calibrated probability of every relation.

    `project` is of the knowledge base, or another proposal of the same workbook, `profile`
    its profile; `proposed` is the profile of the proposal. `review` is a person's verdict.
    """

    project: StoredProject | Proposal
    profile: ProjectProfile
    chances: Mapping[Relation, float]
    proposed: ProjectProfile
    relation: Relation = "different"
    review: str | None = None

    @property
    def score(self) -> float:
        """The calibrated probability that the relation is right."""
        return self.chances[self.relation]

    @property
    def agrees(self) -> tuple[PartComparison, ...]:
        """The parts in which the two agree."""
        return compare_parts(self.proposed, self.profile).agrees

    @property
    def differs(self) -> tuple[PartComparison, ...]:
        """The parts that both name and in which they differ."""
        return compare_parts(self.proposed, self.profile).differs

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes of what keeps the answer from being sure: an unknown place is unknown."""
        unknown = self.relation in _SAME_WORK and places_incomparable(self.proposed, self.profile)
        return ("place-unknown",) if unknown else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        agreement = compare_parts(self.proposed, self.profile)
        return {
            "project": self.project.to_dict(),
            "in_workbook": isinstance(self.project, Proposal),
            "relation": self.relation,
            "score": round(self.score, 4),
            "chances": {name: round(self.chances[name], 4) for name in RELATIONS},
            "agrees": [part.to_dict() for part in agreement.agrees],
            "differs": [part.to_dict() for part in agreement.differs],
            "notes": list(self.notes),
            "review": self.review,
        }
