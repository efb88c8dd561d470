"""Evidence: what the judgement looks at in proposals and in the statements of one plan.

Both are read and encoded once, whoever asks. A plan's statements are judged together, because
what a statement's siblings, its parent and its children say is evidence too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kb.alignment.model import ThemeModel
from kb.alignment.office_matters import is_empty_word, level_needed, level_of, matters_of
from kb.alignment.planning_subjects import statement_subjects, work_subjects
from kb.alignment.statement_parts import bare_text, covered_subjects, listed_parts
from kb.alignment.subject_terms import SubjectTerms, proposal_terms, subject_terms
from kb.alignment.verdicts import Target
from kb.arrays import Mask, Matrix
from kb.loading.proposals import Proposal
from kb.model.encoder import Encoder
from kb.model.vector_cache import VectorCache
from kb.store.records import StoredStatement

_WHERE = re.compile(
    r"(?:ริม|บริเวณ|หน้า(?!ที่|แล้ง|ฝน|ร้อน|หนาว|กาก)|หลัง(?!คา|การ|วัย|นา|เลิก|เกี่ยว)|ข้าง)(?=[ก-ฮเแโใไ])\S{2,18}"
)
"""A phrase that says where: ริมทะเล, หน้าโรงเรียน. The place is not what the work is about."""


@dataclass(frozen=True, slots=True)
class ProposalEvidence:
    """Proposals in order: centred vectors and terms of their titles, their purposes, and both.

    A proposal without an objective has its title as the purpose. `matters` is (proposals,
    `MATTERS`), `level` the level of body whose work each names.
    """

    whole: Matrix
    title: Matrix
    purpose: Matrix
    whole_terms: tuple[SubjectTerms, ...]
    title_terms: tuple[SubjectTerms, ...]
    whole_subjects: Matrix
    title_subjects: Matrix
    matters: Matrix
    level: Matrix
    has_purpose: Matrix

    def __len__(self) -> int:
        return len(self.whole_terms)

    def only(self, row: int) -> ProposalEvidence:
        """Return the evidence of one proposal alone."""
        kept: dict[str, Any] = {
            field.name: getattr(self, field.name)[row : row + 1] for field in fields(self)
        }
        return ProposalEvidence(**kept)

    @property
    def is_for_office(self) -> Mask:
        """Whether each is spent on the office itself: its people's comfort, or its books."""
        officials, perks, bookkeeping, _, _, private = self.matters.T
        for_itself: Mask = (
            (private > 0) | (bookkeeping > 0) | ((officials > 0) & (perks > 0)) | (perks > 1)
        )
        return for_itself


@dataclass(frozen=True, slots=True)
class PlanEvidence:
    """The statements of one plan, and the things they list.

    `owner` says of each listed thing which statement lists it; `parent` is -1 where none of the
    plan's statements stands above. `level` is that of the body whose plan it is.
    """

    vectors: Matrix
    terms: tuple[SubjectTerms, ...]
    parts: Matrix
    part_terms: tuple[SubjectTerms, ...]
    subjects: Matrix
    part_subjects: Matrix
    owner: Matrix
    parent: Matrix
    kinds: tuple[str, ...]
    level: int

    def __len__(self) -> int:
        return len(self.terms)


class Reader:
    """Reads proposals and plans as evidence; the vectors of statements are cached."""

    def __init__(self, encoder: Encoder, themes: ThemeModel) -> None:
        self.encoder = encoder
        self.themes = themes
        self._cache = VectorCache()
        self._plans: dict[tuple[str, ...], PlanEvidence] = {}

    def proposals(self, proposals: Sequence[Proposal]) -> ProposalEvidence:
        """Read proposals: title, objective and target."""
        wholes = [text_of(proposal) for proposal in proposals]
        titles = [proposal.title for proposal in proposals]
        purposes = [proposal.objective or proposal.title for proposal in proposals]
        texts = list(dict.fromkeys([*wholes, *titles, *purposes]))
        rows = dict(zip(texts, self.centred_queries(texts), strict=True)) if texts else {}
        whole, title, purpose = (
            np.array([rows[text] for text in kind]) for kind in (wholes, titles, purposes)
        )
        return ProposalEvidence(
            whole,
            title,
            purpose,
            tuple(proposal_terms(text) for text in wholes),
            tuple(proposal_terms(text) for text in titles),
            work_subjects([_without_places(text) for text in wholes]),
            work_subjects([_without_places(text) for text in titles]),
            np.array([matters_of(text) for text in titles]),
            np.array([level_needed(text) for text in titles], dtype=np.float64),
            np.array([bool(proposal.objective) for proposal in proposals], dtype=np.float64),
        )

    def plan(self, targets: Sequence[Target]) -> PlanEvidence:
        """Read the statements of one plan; read before, it comes from memory."""
        key = tuple(f"{target.id} {target.text}" for target in targets)
        if key not in self._plans:
            self._plans[key] = self._read(targets)
        return self._plans[key]

    def centred_queries(self, texts: Sequence[str]) -> Matrix:
        """Return centred vectors of proposals' texts, one row each."""
        return self.themes.centred(self._cache.encode(self.encoder, texts, "query"), "query")

    def centred_passages(self, texts: Sequence[str]) -> Matrix:
        """Return centred vectors of statements' texts, one row each."""
        return self.themes.centred(self._cache.encode(self.encoder, texts, "passage"), "passage")

    def _read(self, targets: Sequence[Target]) -> PlanEvidence:
        bare = [bare_text(target.text) for target in targets]
        parts = [
            (row, part)
            for row, text in enumerate(bare)
            for part in (text, *listed_parts(text), *covered_subjects(text))
        ]
        rows = {target.id: row for row, target in enumerate(targets)}
        sources = [target.source for target in targets]
        stored = [source if isinstance(source, StoredStatement) else None for source in sources]
        parents = [rows.get(source.record.parent or "", -1) if source else -1 for source in stored]
        bodies = {source.organisation.kind for source in stored if source and source.organisation}
        return PlanEvidence(
            self.centred_passages(bare),
            tuple(subject_terms(text) for text in bare),
            self.centred_passages([part for _, part in parts]),
            tuple(subject_terms(part) for _, part in parts),
            statement_subjects(bare),
            statement_subjects([part for _, part in parts]),
            np.array([row for row, _ in parts]),
            np.array(parents),
            tuple(source.kind if source else "" for source in stored),
            max((level_of(kind) for kind in bodies), default=level_of(None)),
        )


def says_nothing(proposal: Proposal, terms: SubjectTerms) -> bool:
    """Return whether a proposal names no subject: a verb, a place, or a policy at most."""
    if not terms.names_subject:
        return True
    if work_subjects([terms.text]).any():
        return False
    _, _, bookkeeping, _, empty, _ = matters_of(text_of(proposal))
    words = [word for word in terms.words if not is_empty_word(word)]
    return not bookkeeping and len(words) <= (1 if empty else 0)


def _without_places(text: str) -> str:
    return _WHERE.sub(" ", proposal_terms(text).text)


def text_of(proposal: Proposal) -> str:
    """Return what a proposal says of its work: title, objective and target."""
    said = (proposal.title, proposal.objective, proposal.target)
    return " ".join(text for text in said if text)
