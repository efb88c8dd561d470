"""Answers: what is like a proposal, how, and how sure; thresholds move after the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ingest.errors import UsageError
from ingest.records import baht
from kb.duplicates.agreement import Point, points
from kb.duplicates.features import place_untold
from kb.duplicates.relation import RELATIONS, Relation
from kb.duplicates.subject import Subject
from kb.loading.proposals import Proposal
from kb.store.records import StoredProject

SHOWN: tuple[Relation, ...] = ("duplicate", "continuation", "same_activity_elsewhere", "related")
"""Relations worth a line, in the order people want them."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the model must be before a pair is called so; else the next likely is taken."""

    duplicate: float = 0.5
    continuation: float = 0.4
    same_activity_elsewhere: float = 0.35
    related: float = 0.4

    def __post_init__(self) -> None:
        for name in SHOWN:
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError("threshold-invalid", name=name, value=getattr(self, name))

    def relation(self, chances: Mapping[Relation, float]) -> Relation:
        """Name a pair: the likeliest relation that reaches its threshold, else different."""
        for name in sorted(RELATIONS, key=lambda relation: -chances[relation]):
            if name == "different" or chances[name] >= getattr(self, name):
                return name
        return "different"


@dataclass(frozen=True, slots=True)
class Match:
    """A project like the proposal. `score` is the calibrated chance of `relation`.

    `project` is of the knowledge base, or another proposal of the same workbook; `own` is
    the proposal as it was compared. `review` is a person's word on the pair.
    """

    project: StoredProject | Proposal
    subject: Subject
    chances: Mapping[Relation, float]
    own: Subject
    relation: Relation = "different"
    review: str | None = None

    @property
    def score(self) -> float:
        """The calibrated chance that the relation is right."""
        return self.chances[self.relation]

    @property
    def agrees(self) -> tuple[Point, ...]:
        """What the two have in common."""
        return points(self.own, self.subject)[0]

    @property
    def differs(self) -> tuple[Point, ...]:
        """What both tell and tell differently."""
        return points(self.own, self.subject)[1]

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes of what keeps the answer from being sure: an unknown place is unknown."""
        same_work = self.relation in {"duplicate", "continuation", "same_activity_elsewhere"}
        untold = same_work and place_untold(self.own, self.subject)
        return ("place-unknown",) if untold else ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        inside = isinstance(self.project, Proposal)
        agrees, differs = points(self.own, self.subject)
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


@dataclass(frozen=True, slots=True)
class Model:
    """A project elsewhere worth copying, with what a unit of it was to cost."""

    match: Match
    unit: str | None = None
    unit_cost: Decimal | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "project": self.match.project.to_dict(),
            "score": round(self.match.score, 4),
            "unit": self.unit,
            "unit_cost": baht(self.unit_cost) if self.unit_cost is not None else None,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one proposal: all that came near, told by relation."""

    proposal: Proposal
    subject: Subject
    compared: tuple[Match, ...]
    thresholds: Thresholds = Thresholds()
    limit: int = 10
    notes: tuple[str, ...] = ()

    @property
    def matches(self) -> tuple[Match, ...]:
        """The matches worth showing, duplicates first, then by how sure."""
        named = [
            replace(match, relation=self.thresholds.relation(match.chances))
            for match in self.compared
        ]
        shown = [match for match in named if match.relation in SHOWN]
        shown.sort(key=lambda match: (SHOWN.index(match.relation), -match.score))
        return tuple(shown[: self.limit])

    @property
    def models(self) -> tuple[Model, ...]:
        """The projects elsewhere most worth copying, likeliest first."""
        from kb.duplicates.models_to_copy import models_to_copy

        return models_to_copy(self.compared, self.thresholds)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "proposal": self.proposal.to_dict(),
            "parts": self.subject.shown,
            "matches": [match.to_dict() for match in self.matches],
            "models": [model.to_dict() for model in self.models],
            "notes": [*self.proposal.warnings, *self.notes],
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """The answers for several proposals; `rethreshold` names them anew without a new run."""

    findings: tuple[Finding, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def rethreshold(self, **changes: float) -> Findings:
        """Return the same answers, called by other thresholds; nothing is compared again."""
        thresholds = replace(self.thresholds, **changes)
        return Findings(
            tuple(replace(finding, thresholds=thresholds) for finding in self.findings), thresholds
        )

    def counts(self) -> dict[str, int]:
        """Count proposals by the gravest relation found."""
        first = [finding.matches[0].relation if finding.matches else "none" for finding in self]
        return {name: first.count(name) for name in (*SHOWN, "none")}


def calibrated(rows: Sequence[Sequence[float]]) -> list[dict[Relation, float]]:
    """Name the columns of the model's answers."""
    return [dict(zip(RELATIONS, map(float, row), strict=True)) for row in rows]
