"""Duplicates within the knowledge base: groups of projects that are one work, or a chain of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.features import pair_features
from kb.duplicates.pair_reviews import pair_name
from kb.duplicates.relation import RELATIONS, Relation, relation_model
from kb.model.bundled import Progress, silent
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredProject

if TYPE_CHECKING:
    from kb.duplicates.finder import DuplicateFinder

_NEIGHBOURS = 12
_SHARED = 0.45
"""Pairs that share less of the lesser side's keys, counted by how rare they are, are not
one work: duplicates of the training pairs share more."""

_RARE = 400
_BUDGET = 3_000
_BATCH = 2_000
_CONTINUATION = 0.5

Pair = tuple[int, int, float, float]
"""Two projects' keys, and the chances that they are duplicates or one continues the other."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Projects that are one work: duplicates of each other, or a chain over years.

    `score` is the least sure of the links that hold the group together.
    """

    relation: Relation
    projects: tuple[StoredProject, ...]
    score: float
    links: tuple[tuple[str, str, Relation, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "relation": self.relation,
            "score": round(self.score, 4),
            "projects": [project.to_dict() for project in self.projects],
            "links": [
                {"a": a, "b": b, "relation": relation, "score": round(score, 4)}
                for a, b, relation, score in self.links
            ],
        }


def find_groups(
    finder: DuplicateFinder,
    *,
    filters: Filters = EVERYTHING,
    threshold: float = 0.5,
    progress: Progress = silent,
) -> list[DuplicateGroup]:
    """Group what the knowledge base says twice, by body, province or everything.

    Words and places decide; every project is compared with the few that share its rarest
    keys, so the work grows with the number of projects, not with its square.
    """
    index = finder.ready(progress)
    allowed = finder.allowed(index, filters)
    wanted = _wanted(index, allowed, progress)
    pairs = list(_decided(finder, index, wanted, progress))
    refused = finder.reviews.dismissed_pairs()
    return _groups(finder, pairs, threshold, refused)


def _wanted(
    index: CandidateIndex, allowed: NDArray[np.bool_] | None, progress: Progress
) -> list[tuple[int, int]]:
    """List the pairs of rows that share enough to be looked at."""
    rows = range(len(index)) if allowed is None else np.flatnonzero(allowed).tolist()
    found: set[tuple[int, int]] = set()
    for done, row in enumerate(rows):
        keys = index.own_keys(row)
        whole = float(index.idf(keys).sum())
        near, scores = index.search(keys, _NEIGHBOURS, allowed, budget=_BUDGET, longest=_RARE)
        for other, score in zip(near.tolist(), scores.tolist(), strict=True):
            if other != row and score > _SHARED * whole:
                found.add((min(row, other), max(row, other)))
        if done % _BATCH == 0:
            progress("candidates", done, len(rows))
    return sorted(found)


def _decided(
    finder: DuplicateFinder,
    index: CandidateIndex,
    wanted: Sequence[tuple[int, int]],
    progress: Progress,
) -> Iterator[Pair]:
    """Ask the model about pairs, thousands at a time, in order of their first project."""
    model = relation_model(meaning=False)
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        keys = {int(index.entries[row]) for pair in part for row in pair}
        subjects = {key: subject for key, (_, subject) in finder.traits.subjects(keys).items()}
        named = [(int(index.entries[a]), int(index.entries[b])) for a, b in part]
        named = [(a, b) for a, b in named if a in subjects and b in subjects]
        chances = model.probabilities([pair_features(subjects[a], subjects[b]) for a, b in named])
        for (a, b), row in zip(named, chances.tolist(), strict=True):
            if row[0] + row[1] > 0.25:
                yield a, b, row[0], row[1]
        progress("compare", min(start + _BATCH, len(wanted)), len(wanted))


def _groups(
    finder: DuplicateFinder, pairs: Sequence[Pair], threshold: float, refused: frozenset[str]
) -> list[DuplicateGroup]:
    keys = {key for a, b, *_ in pairs for key in (a, b)}
    records = {
        key: record
        for key, record in finder.store.records(keys).items()
        if isinstance(record, StoredProject)
    }
    links: dict[Relation, list[tuple[int, int, float]]] = defaultdict(list)
    for a, b, duplicate, continuation in pairs:
        if (
            a not in records
            or b not in records
            or pair_name(records[a].id, records[b].id) in refused
        ):
            continue
        if duplicate >= threshold:
            links["duplicate"].append((a, b, duplicate))
        elif continuation >= _CONTINUATION:
            links["continuation"].append((a, b, continuation))
    found = [
        _group(relation, members, some, records)
        for relation, some in links.items()
        for members in _joined(some)
    ]
    return sorted(found, key=lambda group: (RELATIONS.index(group.relation), -group.score))


def _joined(links: Sequence[tuple[int, int, float]]) -> list[set[int]]:
    """Join linked projects into groups."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b, _ in links:
        parent[root(a)] = root(b)
    groups: dict[int, set[int]] = defaultdict(set)
    for key in parent:
        groups[root(key)].add(key)
    return list(groups.values())


def _group(
    relation: Relation,
    members: set[int],
    links: Sequence[tuple[int, int, float]],
    records: Mapping[int, StoredProject],
) -> DuplicateGroup:
    own = [(a, b, score) for a, b, score in links if a in members]
    projects = sorted((records[key] for key in members), key=_when)
    return DuplicateGroup(
        relation,
        tuple(projects),
        min(score for *_, score in own),
        tuple((records[a].id, records[b].id, relation, score) for a, b, score in own),
    )


def _when(project: StoredProject) -> tuple[int, int]:
    budget = project.record.budget
    first = min(budget) if budget else project.period.start if project.period else 0
    return first, project.key
