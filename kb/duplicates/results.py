"""Results of comparing proposals: matches and models to copy, under thresholds that may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kb.duplicates.match import SHOWN_RELATIONS, ProjectMatch, Thresholds
from kb.duplicates.models_to_copy import ModelToCopy, models_to_copy
from kb.duplicates.profile import ProjectProfile
from kb.loading.proposals import Proposal


@dataclass(frozen=True, slots=True)
class DuplicateResult:
    """One proposal with every project that came near; `notes` are codes about its place."""

    proposal: Proposal
    profile: ProjectProfile
    compared: tuple[ProjectMatch, ...]
    thresholds: Thresholds = Thresholds()
    limit: int = 10
    notes: tuple[str, ...] = ()

    @property
    def matches(self) -> tuple[ProjectMatch, ...]:
        """At most `limit` matches worth showing, duplicates first, then by how sure."""
        named = [
            replace(match, relation=self.thresholds.relation(match.chances))
            for match in self.compared
        ]
        shown = [match for match in named if match.relation in SHOWN_RELATIONS]
        shown.sort(key=lambda match: (SHOWN_RELATIONS.index(match.relation), -match.score))
        return tuple(shown[: self.limit])

    @property
    def models(self) -> tuple[ModelToCopy, ...]:
        """The projects elsewhere most worth copying, best first."""
        return models_to_copy(self.compared, self.thresholds)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "proposal": self.proposal.to_dict(),
            "parts": self.profile.parts_to_dict(),
            "matches": [match.to_dict() for match in self.matches],
            "models": [model.to_dict() for model in self.models],
            "notes": [*self.proposal.warnings, *self.notes],
        }


@dataclass(frozen=True, slots=True)
class DuplicateResults:
    """The results of several proposals, in their order."""

    results: tuple[DuplicateResult, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)

    def __iter__(self) -> Iterator[DuplicateResult]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def rethreshold(self, **changes: float) -> DuplicateResults:
        """Return the same results under other thresholds; nothing is compared again.

        Raises UsageError `threshold-invalid`.
        """
        thresholds = replace(self.thresholds, **changes)
        results = tuple(replace(result, thresholds=thresholds) for result in self.results)
        return DuplicateResults(results, thresholds)

    def counts(self) -> dict[str, int]:
        """Count proposals by the first relation shown for them, `none` where there is none."""
        first = [result.matches[0].relation if result.matches else "none" for result in self]
        return {name: first.count(name) for name in (*SHOWN_RELATIONS, "none")}
