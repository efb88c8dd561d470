"""Numbers on pairs of proposals and statements, from which the judgement is learnt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.alignment.evidence import PlanEvidence, ProposalEvidence
from kb.alignment.model import ThemeModel
from kb.alignment.subject_terms import SubjectTerms, overlap_counts
from kb.arrays import Matrix

OWN = (
    "cosine",
    "title_cosine",
    "purpose_cosine",
    "part_cosine",
    "part_title_cosine",
    "part_purpose_cosine",
    "themes",
    "part_themes",
    "concepts",
    "words",
    "title_words",
    "part_concepts",
    "title_concepts",
    "subjects",
    "title_subjects",
    "part_subjects",
    "subject_share",
    "title_subject_share",
)
"""What a proposal and a statement have in common, looked at alone."""

LEAD = (
    "cosine",
    "part_cosine",
    "themes",
    "concepts",
    "part_title_cosine",
    "subject_share",
    "title_subject_share",
)
"""Of these it counts how a statement stands among those of its plan and of its family."""

CONTEXT = tuple(
    f"{name}_{kind}" for name in LEAD for kind in ("behind", "below", "above", "rank", "top")
)
"""`behind`: how far behind the plan's best; `below`, `above`: the best of the statement's
children, that of its parent; `rank`: its place in the plan; `top`: the plan's best."""

NATURE = (
    "is_issue",
    "is_strategy",
    "is_aim",
    "is_vision",
    "parts",
    "children",
    "officials",
    "perks",
    "bookkeeping",
    "office",
    "empty",
    "private",
    "perks_of_officials",
    "above_level",
    "has_purpose",
    "subject_words",
)
"""What a statement or a proposal is, whatever the other."""

FEATURES = (*OWN, *CONTEXT, *NATURE)


def pair_evidence(themes: ThemeModel, proposals: ProposalEvidence, plan: PlanEvidence) -> Matrix:
    """Return the numbers of all pairs, shape (proposals, statements, len(FEATURES))."""
    own = _own(themes, proposals, plan)
    columns = [own[OWN.index(name)] for name in LEAD]
    context = [matrix for column in columns for matrix in _context(column, plan)]
    return np.stack([*own, *context, *_nature(proposals, plan)], axis=2)


def _own(themes: ThemeModel, proposals: ProposalEvidence, plan: PlanEvidence) -> list[Matrix]:
    starts = np.flatnonzero(np.diff(plan.owner, prepend=-1))

    def best_part(scores: Matrix) -> Matrix:
        best: Matrix = np.maximum.reduceat(scores, starts, axis=1)
        return best

    whole_concepts, words = _shared(proposals.whole_terms, plan.terms)
    title_concepts, title_words = _shared(proposals.title_terms, plan.terms)
    part_concepts, _ = _shared(proposals.whole_terms, plan.part_terms)
    return [
        proposals.whole @ plan.vectors.T,
        proposals.title @ plan.vectors.T,
        proposals.purpose @ plan.vectors.T,
        best_part(proposals.whole @ plan.parts.T),
        best_part(proposals.title @ plan.parts.T),
        best_part(proposals.purpose @ plan.parts.T),
        themes.affinity(proposals.whole, plan.vectors),
        best_part(themes.affinity(proposals.whole, plan.parts)),
        whole_concepts,
        words,
        title_words,
        best_part(part_concepts),
        title_concepts,
        np.minimum(np.minimum(proposals.whole_subjects, 1) @ plan.subjects.T, 3),
        np.minimum(np.minimum(proposals.title_subjects, 1) @ plan.subjects.T, 3),
        best_part(np.minimum(np.minimum(proposals.whole_subjects, 1) @ plan.part_subjects.T, 3)),
        _subject_share(proposals.whole_subjects, plan.subjects),
        _subject_share(proposals.title_subjects, plan.subjects),
    ]


def _subject_share(works: Matrix, statements: Matrix) -> Matrix:
    """Return what share of a proposal's subject terms are of subjects that a statement names."""
    share: Matrix = works @ statements.T / np.maximum(works.sum(axis=1, keepdims=True), 1)
    return share


def _shared(ones: Sequence[SubjectTerms], others: Sequence[SubjectTerms]) -> tuple[Matrix, Matrix]:
    """Return how many concepts and words each pair shares, 3 at most."""
    concepts = overlap_counts([one.concepts for one in ones], [one.concepts for one in others])
    words = overlap_counts([one.words for one in ones], [one.words for one in others])
    return np.minimum(concepts, 3), np.minimum(words, 3)


def _context(scores: Matrix, plan: PlanEvidence) -> list[Matrix]:
    """Return how each statement stands among the others of its plan."""
    top = scores.max(axis=1, keepdims=True)
    below, above = np.array(scores), np.array(scores)
    for row, parent in enumerate(plan.parent):
        if parent >= 0:
            np.maximum(below[:, parent], scores[:, row], out=below[:, parent])
            above[:, row] = scores[:, parent]
    rank = (scores[:, :, None] < scores[:, None, :]).sum(axis=2) / max(len(plan), 1)
    return [top - scores, below, above, rank, np.broadcast_to(top, scores.shape)]


def _nature(proposals: ProposalEvidence, plan: PlanEvidence) -> list[Matrix]:
    ones = np.ones((len(proposals), len(plan)))
    kinds = np.array(plan.kinds)
    parts = np.bincount(plan.owner, minlength=len(plan)) - 1
    children = np.bincount(plan.parent[plan.parent >= 0], minlength=len(plan))
    of_statements = [
        kinds == "strategic_issue",
        kinds == "strategy",
        (kinds == "mission") | (kinds == "goal"),
        kinds == "vision",
        np.minimum(parts, 6),
        np.minimum(children, 3),
    ]
    officials, perks = proposals.matters[:, 0], proposals.matters[:, 1]
    subject_words = [min(len(terms.words), 8) for terms in proposals.whole_terms]
    of_proposals = [
        *proposals.matters.T,
        np.minimum(officials, 1) * np.minimum(perks, 1),
        np.maximum(proposals.level - plan.level, 0),
        proposals.has_purpose,
        np.array(subject_words, dtype=np.float64),
    ]
    return [ones * row[None, :] for row in of_statements] + [
        ones * column[:, None] for column in of_proposals
    ]
