"""Has this been planned before? Proposals against everything the knowledge base holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.project_names import parts_of
from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.features import pair_features
from kb.duplicates.keys import keys_of
from kb.duplicates.match import ProjectMatch, Thresholds
from kb.duplicates.pair_reviews import PairReviews
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import relation_model
from kb.duplicates.results import DuplicateResult, DuplicateResults, calibrated
from kb.duplicates.stored_traits import StoredTraits
from kb.duplicates.work_vectors import WorkVectors
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredProject
from kb.store.store import Store

if TYPE_CHECKING:
    from kb.model.encoder import Encoder
    from kb.search.semantic import Nearest

Mask = NDArray[np.bool_]

COMPARED = 64
"""So many candidates are compared part by part."""

_WEIGHED = 14
_NEAREST = 24
_A_NAME = 4
"""So many projects of one name are taken: others of that name share its words and are found
by them, what is near in meaning alone is found here."""

_LOOKED_AT = 128
"""So many projects of a name are looked at for some that the filters let through."""

_MASKS = 16
_SURE = 0.97
"""A pair of which words and places are that sure needs no look at meaning."""

_WORTH = 0.08
"""Candidates whose chance of being the same or related is lower need no look at meaning."""


class DuplicateFinder:
    """Compares proposals with the projects of a store; any thread may ask.

    `nearest` gives the meaning index, `encoder` the loaded model; both may be absent, then
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
        self._works = WorkVectors()
        self._index: CandidateIndex | None = None
        self._seen = -1
        self._masks: dict[Filters, Mask | None] = {}
        self._turn = threading.RLock()

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
        """Tell of each proposal what was planned before that is like it.

        Proposals are compared with each other too. `meaning` False decides by words and
        places alone, without the model.
        """
        with self._turn:
            index = self.ready(progress)
            allowed = self.allowed(index, filters)
            subjects = [proposal_profile(each) for each in proposals]
            nearby = _inside(subjects)
            found: list[DuplicateResult] = []
            for at, each in enumerate(proposals):
                inside = [(proposals[other], subjects[other]) for other in nearby[at]]
                compared = self._compared(each, subjects[at], index, allowed, inside, meaning)
                notes = _notes(each, subjects[at])
                found.append(
                    DuplicateResult(each, subjects[at], compared, thresholds, limit, notes)
                )
                progress("compare", at + 1, len(proposals))
        return DuplicateResults(tuple(found), thresholds)

    def ready(self, progress: Progress = silent) -> CandidateIndex:
        """Return the index of all projects, brought up to date with the store."""
        with self._turn:
            generation = self.store.generation
            if self._index is None or generation != self._seen:
                self.traits.complete(progress)
                self._index = CandidateIndex(*self.traits.keys())
                self._masks.clear()
                self._seen = generation
            return self._index

    def _compared(
        self,
        proposal: Proposal,
        own: ProjectProfile,
        index: CandidateIndex,
        allowed: Mask | None,
        inside: Sequence[tuple[Proposal, ProjectProfile]],
        meaning: bool,
    ) -> tuple[ProjectMatch, ...]:
        rows, _ = index.search(keys_of(own), COMPARED, allowed)
        keys = dict.fromkeys(int(key) for key in index.entries[rows])
        encoder = self._encoder() if meaning else None
        if encoder is not None:
            keys |= dict.fromkeys(self._near(own, encoder, index, allowed))
        refused = self.reviews.dismissed(proposal.id)
        others: list[tuple[StoredProject | Proposal, ProjectProfile]] = [
            pair for pair in self.traits.subjects(keys).values() if pair[0].id not in refused
        ]
        others += [pair for pair in inside if pair[0].id not in refused]
        return self._weighed(own, others, encoder)

    def _weighed(
        self,
        own: ProjectProfile,
        others: Sequence[tuple[StoredProject | Proposal, ProjectProfile]],
        encoder: Encoder | None,
    ) -> tuple[ProjectMatch, ...]:
        """Compare by words and places first; look at the meaning of the most likely."""
        pairs = [pair_features(own, other) for _, other in others]
        chances = relation_model(meaning=False).probabilities(pairs)
        if encoder is not None and len(others):
            likely = np.argsort(chances[:, -1], kind="stable")[:_WEIGHED]
            unsure = likely[chances[likely].max(axis=1) < _SURE]
            cosines = self._works.cosines(
                encoder, own.traits.work, [others[at][1].traits.work for at in unsure]
            )
            weighed = [pairs[at].meaning(near) for at, near in zip(unsure, cosines, strict=True)]
            chances[unsure] = relation_model(meaning=True).probabilities(weighed)
        named = calibrated(chances.tolist())
        return tuple(
            ProjectMatch(project, other, chance, own)
            for (project, other), chance in zip(others, named, strict=True)
            if chance["different"] < 1 - _WORTH
        )

    def _near(
        self, own: ProjectProfile, encoder: Encoder, index: CandidateIndex, allowed: Mask | None
    ) -> list[int]:
        """Return projects whose names are nearest in meaning to a work, whatever its place.

        Places are found by keys; here it is the work alone, whose vector is needed anyway.
        """
        nearest = self._nearest()
        if nearest is None or not len(index):
            return []
        work = self._works.vector(encoder, own.traits.work or own.title)
        passages = list(nearest.around(work, _NEAREST))
        found: list[int] = []
        for passage in passages:
            said = self._said(passage, _A_NAME if allowed is None else _LOOKED_AT)
            rows = np.minimum(np.searchsorted(index.entries, said), len(index) - 1).tolist()
            fits = [
                key
                for key, row in zip(said, rows, strict=True)
                if index.entries[row] == key and (allowed is None or allowed[row])
            ]
            found += fits[:_A_NAME]
        return found[:_NEAREST]

    def _said(self, passage: int, most: int) -> list[int]:
        """Return the first projects whose name this is.

        The plus keeps SQLite from walking all projects by their kind.
        """
        sql = "select key from entries where passage = ? and +kind = 'project' order by key limit ?"
        found = self.store.connection.execute(sql, (passage, most))
        return [int(row["key"]) for row in found]

    def allowed(self, index: CandidateIndex, filters: Filters) -> Mask | None:
        """Mark the rows of the index that filters let through, None where all are."""
        if filters not in self._masks:
            if len(self._masks) >= _MASKS:
                self._masks.clear()
            self._masks[filters] = self._mask(index, filters)
        return self._masks[filters]

    def _mask(self, index: CandidateIndex, filters: Filters) -> Mask | None:
        where, values = self.store.where(filters)
        sql = f"select e.key from entries e where e.kind = 'project' and {where}"
        keys = [row["key"] for row in self.store.connection.execute(sql, values)]
        if len(keys) == len(index):
            return None
        return np.isin(index.entries, np.array(keys, dtype=np.int64))


def proposal_profile(proposal: Proposal) -> ProjectProfile:
    """Make a proposal ready to compare."""
    return project_profile(
        proposal.title,
        proposal.place,
        proposal.years,
        proposal.money,
        proposal.organisation,
        proposal.correction,
    )


def _notes(proposal: Proposal, own: ProjectProfile) -> tuple[str, ...]:
    """Tell what about a proposal's place keeps the answer from being sure."""
    if not own.traits.places and own.body is None:
        return ("place-unknown",)
    if not proposal.place:
        return ()
    name, column = parts_of(proposal.title).place, parts_of("", proposal.place).place
    clash = any(
        not set(names) & set(column.names.get(facet, names)) for facet, names in name.names.items()
    )
    return ("place-contradicts",) if clash else ()


def _inside(subjects: Sequence[ProjectProfile]) -> list[list[int]]:
    """Find for each proposal the others of its workbook that share most with it."""
    if len(subjects) < 2:
        return [[] for _ in subjects]
    keys = [keys_of(each) for each in subjects]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in keys])]).astype(np.int64)
    index = CandidateIndex(np.arange(len(subjects)), starts, np.concatenate(keys))
    found = []
    for at, own in enumerate(keys):
        rows, _ = index.search(own, 8)
        found.append([int(row) for row in rows if row != at])
    return found
