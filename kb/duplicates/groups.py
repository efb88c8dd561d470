"""Duplicates within the knowledge base: groups of projects that are one work, or a chain of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kb.arrays import Mask
from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.judgement import judged_by_words
from kb.duplicates.pair_reviews import pair_name
from kb.duplicates.relation import RELATIONS, Relation
from kb.model.bundled import Progress, silent
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredProject

if TYPE_CHECKING:
    from kb.duplicates.finder import DuplicateFinder

_NEIGHBOURS = 12
"""Projects that each project is compared with."""

_LEAST_SHARED = 0.45
"""Pairs that share less of the lesser side's keys, counted by how rare they are, are not
one work: duplicates of the training pairs share more."""

_LONGEST_LIST = 400
_BUDGET = 3_000
"""Rows that are looked at for a project, and the most a single key may add to them."""

_BATCH = 2_000
_LEAST_CONTINUATION = 0.5
_LEAST_LIKELY = 0.25
"""A pair less likely than this to be a duplicate or a continuation is dropped."""


class _ScoredPair(NamedTuple):
    """Two projects' keys, and the probabilities that they are duplicates or a continuation."""

    a: int
    b: int
    duplicate: float
    continuation: float


class _Link(NamedTuple):
    """Two projects' keys, and how surely the relation holds between them."""

    a: int
    b: int
    score: float


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Two projects of a group by their ids, and how surely they are related so."""

    a: str
    b: str
    relation: Relation
    score: float

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"a": self.a, "b": self.b, "relation": self.relation, "score": round(self.score, 4)}


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Projects that are one work: duplicates of each other, or a chain over years.

    `projects` are in the order of their years. `score` is the least sure of the links that
    hold the group together.
    """

    relation: Relation
    projects: tuple[StoredProject, ...]
    score: float
    links: tuple[GroupLink, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "relation": self.relation,
            "score": round(self.score, 4),
            "projects": [project.to_dict() for project in self.projects],
            "links": [link.to_dict() for link in self.links],
        }


def find_groups(
    finder: DuplicateFinder,
    *,
    filters: Filters = EVERYTHING,
    threshold: float = 0.5,
    progress: Progress = silent,
) -> list[DuplicateGroup]:
    """Return the groups among the projects that `filters` let through, duplicates first.

    Words and places decide; every project is compared with the few that share its rarest
    keys, so the work grows with the number of projects, not with its square. `threshold` is
    the least probability of a duplicate.
    """
    index = finder.ready(progress)
    rows = _similar_rows(index.candidates, index.allowed(filters), progress)
    pairs = list(_scored_pairs(finder, index.candidates, rows, progress))
    return _groups(finder, pairs, threshold)


def _similar_rows(
    index: CandidateIndex, allowed: Mask | None, progress: Progress
) -> list[tuple[int, int]]:
    """Return the pairs of rows that share enough keys to be compared, the lower row first."""
    rows = range(len(index)) if allowed is None else np.flatnonzero(allowed).tolist()
    pairs: set[tuple[int, int]] = set()
    for done, row in enumerate(rows):
        keys = index.own_keys(row)
        whole = float(index.idf(keys).sum())
        others, scores = index.search(
            keys, _NEIGHBOURS, allowed, budget=_BUDGET, longest=_LONGEST_LIST
        )
        for other, score in zip(others.tolist(), scores.tolist(), strict=True):
            if other != row and score > _LEAST_SHARED * whole:
                pairs.add((min(row, other), max(row, other)))
        if done % _BATCH == 0:
            progress("candidates", done, len(rows))
    return sorted(pairs)


def _scored_pairs(
    finder: DuplicateFinder,
    index: CandidateIndex,
    rows: Sequence[tuple[int, int]],
    progress: Progress,
) -> Iterator[_ScoredPair]:
    """Yield the pairs that the model finds likely, in order of their first project."""
    for start in range(0, len(rows), _BATCH):
        batch = [
            (int(index.entries[a]), int(index.entries[b])) for a, b in rows[start : start + _BATCH]
        ]
        stored = finder.traits.profiles({key for pair in batch for key in pair})
        batch = [(a, b) for a, b in batch if a in stored and b in stored]
        probabilities = judged_by_words([(stored[a].profile, stored[b].profile) for a, b in batch])
        for (a, b), row in zip(batch, probabilities.tolist(), strict=True):
            if row[0] + row[1] > _LEAST_LIKELY:
                yield _ScoredPair(a, b, row[0], row[1])
        progress("compare", min(start + _BATCH, len(rows)), len(rows))


def _groups(
    finder: DuplicateFinder, pairs: Sequence[_ScoredPair], threshold: float
) -> list[DuplicateGroup]:
    keys = {key for pair in pairs for key in (pair.a, pair.b)}
    projects = {
        key: record
        for key, record in finder.store.records(keys).items()
        if isinstance(record, StoredProject)
    }
    dismissed = finder.reviews.dismissed_pairs()
    links: dict[Relation, list[_Link]] = defaultdict(list)
    for a, b, duplicate, continuation in pairs:
        if a not in projects or b not in projects:
            continue
        if pair_name(projects[a].id, projects[b].id) in dismissed:
            continue
        if duplicate >= threshold:
            links["duplicate"].append(_Link(a, b, duplicate))
        elif continuation >= _LEAST_CONTINUATION:
            links["continuation"].append(_Link(a, b, continuation))
    groups = [
        _group(relation, members, own_links, projects)
        for relation, own_links in links.items()
        for members in _connected(own_links)
    ]
    return sorted(groups, key=lambda group: (RELATIONS.index(group.relation), -group.score))


def _connected(links: Sequence[_Link]) -> list[set[int]]:
    """Return the connected components of linked projects (union-find)."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for link in links:
        parent[root(link.a)] = root(link.b)
    components: dict[int, set[int]] = defaultdict(set)
    for key in parent:
        components[root(key)].add(key)
    return list(components.values())


def _group(
    relation: Relation,
    members: set[int],
    links: Sequence[_Link],
    projects: Mapping[int, StoredProject],
) -> DuplicateGroup:
    own = [link for link in links if link.a in members]
    return DuplicateGroup(
        relation,
        tuple(sorted((projects[key] for key in members), key=_first_year)),
        min(link.score for link in own),
        tuple(
            GroupLink(projects[link.a].id, projects[link.b].id, relation, link.score)
            for link in own
        ),
    )


def _first_year(project: StoredProject) -> tuple[int, int]:
    budget = project.record.budget
    first = min(budget) if budget else project.period.start if project.period else 0
    return first, project.key
