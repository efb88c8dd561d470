"""Answers: all that is like each proposal; thresholds may change after the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.duplicates.match import SHOWN_RELATIONS, ProjectMatch, Thresholds
from kb.duplicates.models_to_copy import ModelToCopy, models_to_copy
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.relation import RELATIONS, Relation
from kb.loading.proposals import Proposal


@dataclass(frozen=True, slots=True)
class DuplicateResult:
    """What is known of one proposal: all that came near, told by relation."""

    proposal: Proposal
    subject: ProjectProfile
    compared: tuple[ProjectMatch, ...]
    thresholds: Thresholds = Thresholds()
    limit: int = 10
    notes: tuple[str, ...] = ()

    @property
    def matches(self) -> tuple[ProjectMatch, ...]:
        """The matches worth showing, duplicates first, then by how sure."""
        named = [
            replace(match, relation=self.thresholds.relation(match.chances))
            for match in self.compared
        ]
        shown = [match for match in named if match.relation in SHOWN_RELATIONS]
        shown.sort(key=lambda match: (SHOWN_RELATIONS.index(match.relation), -match.score))
        return tuple(shown[: self.limit])

    @property
    def models(self) -> tuple[ModelToCopy, ...]:
        """The projects elsewhere most worth copying, likeliest first."""
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
class DuplicateResults:
    """The answers for several proposals; `rethreshold` names them anew without a new run."""

    findings: tuple[DuplicateResult, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)

    def __iter__(self) -> Iterator[DuplicateResult]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def rethreshold(self, **changes: float) -> DuplicateResults:
        """Return the same answers, called by other thresholds; nothing is compared again."""
        thresholds = replace(self.thresholds, **changes)
        return DuplicateResults(
            tuple(replace(finding, thresholds=thresholds) for finding in self.findings), thresholds
        )

    def counts(self) -> dict[str, int]:
        """Count proposals by the gravest relation found."""
        first = [finding.matches[0].relation if finding.matches else "none" for finding in self]
        return {name: first.count(name) for name in (*SHOWN_RELATIONS, "none")}


def calibrated(rows: Sequence[Sequence[float]]) -> list[dict[Relation, float]]:
    """Name the columns of the model's answers."""
    return [dict(zip(RELATIONS, map(float, row), strict=True)) for row in rows]
