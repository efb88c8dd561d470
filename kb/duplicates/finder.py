"""Proposals against everything the knowledge base holds: candidates, relations, results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from ingest.project_names import parts_of
from kb.arrays import Mask, Vectors
from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.judgement import judged_by_words, with_meaning
from kb.duplicates.keys import keys_of
from kb.duplicates.match import ProjectMatch, Thresholds
from kb.duplicates.pair_reviews import PairReviews
from kb.duplicates.profile import ProjectProfile, proposal_profile
from kb.duplicates.relation import relations_by_name
from kb.duplicates.results import DuplicateResult, DuplicateResults
from kb.duplicates.stored_traits import StoredTraits
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.model.vector_cache import VectorCache
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredProject
from kb.store.store import Store

if TYPE_CHECKING:
    from kb.model.encoder import Encoder
    from kb.search.semantic import Nearest

CANDIDATES = 64
"""Candidates by keys that are compared part by part."""

_WITH_MEANING = 24
"""Of these, the most likely whose meaning is compared too."""

_NEAREST = 24
"""Candidates by meaning: passages that are asked for, and projects that are taken."""

_PROJECTS_OF_NAME = 4
"""Projects taken of one name: others of that name share its words and are candidates by keys;
what is near in meaning alone is a candidate here."""

_FILTERED_OF_NAME = 128
"""Projects of one name that are read in search of some that the filters let through."""

_NEIGHBOURS_IN_WORKBOOK = 8
_CACHED_MASKS = 16
_LEAST_LIKELY = 0.08
"""A pair less likely than this to be the same or related is no match."""


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """The projects of a store as they were at one generation of it.

    `allowed` returns which rows of `candidates` some filters let through, None where all are.
    """

    generation: int
    candidates: CandidateIndex
    allowed: Callable[[Filters], Mask | None]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A project to compare, or another proposal of the same workbook, with its profile."""

    project: StoredProject | Proposal
    profile: ProjectProfile


class DuplicateFinder:
    """Compares proposals with the projects of a store; threads may ask at the same time.

    `nearest` returns the vector index, `encoder` the loaded model; where either returns None
    words and places alone decide.
    """

    def __init__(
        self,
        store: Store,
        nearest: Callable[[], Nearest | None],
        encoder: Callable[[], Encoder | None],
    ) -> None:
        self.store = store
        self.traits = StoredTraits(store)
        self.reviews = PairReviews(store)
        self._nearest, self._encoder = nearest, encoder
        self._vectors = VectorCache()
        self._index: ProjectIndex | None = None
        self._updating = threading.Lock()

    def find(
        self,
        proposals: Sequence[Proposal],
        *,
        filters: Filters = EVERYTHING,
        limit: int = 10,
        thresholds: Thresholds = Thresholds(),
        meaning: bool = True,
        progress: Progress = silent,
    ) -> DuplicateResults:
        """Return for each proposal what was planned before that is like it, `limit` at most.

        Proposals are compared with each other too. `meaning` False decides by words and
        places alone, without the model.
        """
        index = self.ready(progress)
        allowed = index.allowed(filters)
        profiles = [proposal_profile(proposal) for proposal in proposals]
        neighbours = _neighbours(profiles)
        results: list[DuplicateResult] = []
        for number, (proposal, profile) in enumerate(zip(proposals, profiles, strict=True)):
            encoder = self._encoder() if meaning else None
            candidates = self._candidates(profile, index.candidates, allowed, encoder)
            candidates += [
                _Candidate(proposals[other], profiles[other]) for other in neighbours[number]
            ]
            dismissed = self.reviews.dismissed(proposal.id)
            candidates = [one for one in candidates if one.project.id not in dismissed]
            compared = self._compare(profile, candidates, encoder)
            notes = _place_notes(proposal, profile)
            results.append(DuplicateResult(proposal, profile, compared, thresholds, limit, notes))
            progress("compare", number + 1, len(proposals))
        return DuplicateResults(tuple(results), thresholds)

    def ready(self, progress: Progress = silent) -> ProjectIndex:
        """Return the index of all projects, brought up to date with the store.

        Where it is out of date one thread updates it and the others wait.
        """
        index = self._index
        if index is not None and index.generation == self.store.generation:
            return index
        with self._updating:
            generation = self.store.generation
            if self._index is None or self._index.generation != generation:
                self.traits.complete(progress)
                candidates = self.traits.index()
                mask = lru_cache(maxsize=_CACHED_MASKS)(partial(self._mask, candidates))
                self._index = ProjectIndex(generation, candidates, mask)
            return self._index

    def _candidates(
        self,
        profile: ProjectProfile,
        index: CandidateIndex,
        allowed: Mask | None,
        encoder: Encoder | None,
    ) -> list[_Candidate]:
        """Return the stored projects worth comparing, by keys and by meaning."""
        rows, _ = index.search(keys_of(profile), CANDIDATES, allowed)
        keys = dict.fromkeys(int(key) for key in index.entries[rows])
        if encoder is not None:
            keys |= dict.fromkeys(self._nearest_keys(profile, encoder, index, allowed))
        return [
            _Candidate(project, candidate)
            for project, candidate in self.traits.profiles(keys).values()
        ]

    def _compare(
        self, profile: ProjectProfile, candidates: Sequence[_Candidate], encoder: Encoder | None
    ) -> tuple[ProjectMatch, ...]:
        """Compare by words and places first, then the unsure by meaning too."""
        pairs = [(profile, candidate.profile) for candidate in candidates]
        chances = judged_by_words(pairs)
        if encoder is not None and candidates:
            likely = np.argsort(chances[:, -1], kind="stable")[:_WITH_MEANING]
            asked = [pairs[number] for number in likely]
            chances[likely] = with_meaning(asked, chances[likely], partial(self.cosines, encoder))
        return tuple(
            ProjectMatch(candidate.project, candidate.profile, named, profile)
            for candidate, named in zip(candidates, relations_by_name(chances), strict=True)
            if named["different"] < 1 - _LEAST_LIKELY
        )

    def cosines(self, encoder: Encoder, texts: Sequence[tuple[str, str]]) -> list[float]:
        """Return the cosine of each pair of texts."""
        vectors = self._vectors.encode(
            encoder, [text for pair in texts for text in pair], "passage"
        )
        return [float(a @ b) for a, b in zip(vectors[::2], vectors[1::2], strict=True)]

    def _nearest_keys(
        self, profile: ProjectProfile, encoder: Encoder, index: CandidateIndex, allowed: Mask | None
    ) -> list[int]:
        """Return projects whose titles are nearest in meaning to a work, whatever its place."""
        nearest = self._nearest()
        if nearest is None or not len(index):
            return []
        work = profile.traits.work or profile.title
        vector: Vectors = self._vectors.encode(encoder, [work], "passage")[0]
        keys: list[int] = []
        for passage in nearest.around(vector, _NEAREST):
            most = _PROJECTS_OF_NAME if allowed is None else _FILTERED_OF_NAME
            named = self._projects_named(passage, most)
            rows = np.minimum(np.searchsorted(index.entries, named), len(index) - 1).tolist()
            fitting = [
                key
                for key, row in zip(named, rows, strict=True)
                if index.entries[row] == key and (allowed is None or allowed[row])
            ]
            keys += fitting[:_PROJECTS_OF_NAME]
        return keys[:_NEAREST]

    def _projects_named(self, passage: int, most: int) -> list[int]:
        """Return the keys of the first projects whose title is this passage.

        The plus keeps SQLite from walking all projects by their kind.
        """
        sql = "select key from entries where passage = ? and +kind = 'project' order by key limit ?"
        rows = self.store.connection.execute(sql, (passage, most))
        return [int(row["key"]) for row in rows]

    def _mask(self, index: CandidateIndex, filters: Filters) -> Mask | None:
        where, values = self.store.where(filters)
        sql = f"select e.key from entries e where e.kind = 'project' and {where}"
        keys = [row["key"] for row in self.store.connection.execute(sql, values)]
        if len(keys) == len(index):
            return None
        return np.isin(index.entries, np.array(keys, dtype=np.int64))


def _place_notes(proposal: Proposal, profile: ProjectProfile) -> tuple[str, ...]:
    """Return codes of what about a proposal's place keeps the answer from being sure."""
    if not profile.traits.places and profile.body is None:
        return ("place-unknown",)
    if not proposal.place:
        return ()
    in_title = parts_of(proposal.title).place
    in_column = parts_of("", proposal.place).place
    contradicts = any(
        not set(names) & set(in_column.names.get(facet, names))
        for facet, names in in_title.names.items()
    )
    return ("place-contradicts",) if contradicts else ()


def _neighbours(profiles: Sequence[ProjectProfile]) -> list[list[int]]:
    """Return for each proposal the numbers of the others that share most with it."""
    if len(profiles) < 2:
        return [[] for _ in profiles]
    keys = [keys_of(profile) for profile in profiles]
    starts = np.concatenate([[0], np.cumsum([len(own) for own in keys])]).astype(np.int64)
    index = CandidateIndex(np.arange(len(profiles)), starts, np.concatenate(keys))
    neighbours = []
    for number, own in enumerate(keys):
        rows, _ = index.search(own, _NEIGHBOURS_IN_WORKBOOK)
        neighbours.append([int(row) for row in rows if row != number])
    return neighbours
