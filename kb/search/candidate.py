"""What may answer a question, what is known of it, and how likely it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kb.search.fits import Fit
from kb.search.lexical import WordMatch
from kb.search.relevance import Evidence

if TYPE_CHECKING:
    from kb.search.semantic import Near


class Candidate(NamedTuple):
    """A passage that may answer, and what is known of it."""

    passage: int
    words: WordMatch | None = None
    near: Near | None = None

    def evidence(self, fit: Fit, *, listed: bool) -> Evidence:
        """Return what is known of one record that says the passage."""
        near = self.near.cosine if self.near else None
        match = self.words
        if match is None:
            return Evidence(None, 0.0, 0.0, 0.0, 0.0, near, *fit, float(listed))
        shares = match.coverage, match.bm25, match.grams, match.concepts, match.themes
        return Evidence(*shares, near, *fit, float(listed))


class Judged(NamedTuple):
    """A record (by the key of its entry) that may answer, and how likely it does."""

    entry: int
    candidate: Candidate
    evidence: Evidence
    relevance: float


def texts_once(judged: Sequence[Judged]) -> tuple[list[Judged], dict[int, list[int]]]:
    """Keep the first of the records that say the same words; list the others under its entry."""
    first: dict[int, Judged] = {}
    same: dict[int, list[int]] = {}
    for one in judged:
        kept = first.setdefault(one.candidate.passage, one)
        if kept is not one:
            same.setdefault(kept.entry, []).append(one.entry)
    return list(first.values()), same
