"""Proposals against targets: verdicts with scores, reasons and the chain above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ingest.errors import UsageError
from kb.alignment.chain import ScoredLevel, chain_of
from kb.alignment.levels import PlanLevel
from kb.alignment.reasons import shared_phrases, theme_names, verdict_sentence
from kb.alignment.scorer import Scorer
from kb.alignment.subject_terms import SubjectTerms, proposal_terms, subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import Alignment, Target, TargetMatch, verdict_of
from kb.arrays import Matrix, Vectors
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.model.encoder import Encoder
from kb.store.records import StoredStatement

BATCH_SIZE = 256
"""Texts that are encoded and scored at once."""

_THAI, _LETTER = re.compile("[ก-ฮ]"), re.compile(r"[^\W\d_]")


class Aligner:
    """Judges proposals with one encoder; the vectors of targets are cached."""

    def __init__(self, encoder: Encoder) -> None:
        self.scorer = Scorer(encoder)
        self._framework_nodes = framework_targets()

    def align(
        self,
        proposals: Sequence[Proposal],
        targets: Sequence[Target],
        *,
        limit: int = 3,
        levels: Sequence[PlanLevel] = (),
        parents: Mapping[str, StoredStatement] | None = None,
        progress: Progress = silent,
    ) -> list[Alignment]:
        """Return an answer for each proposal, with at most `limit` matches, best first.

        `levels` are the plans above, `parents` the statements above the targets, by
        id: both for the chain. Raises UsageError `against-empty` where there is no target.
        """
        if not targets:
            raise UsageError("against-empty")
        self.scorer.themes_of(targets)
        answers: list[Alignment] = []
        for start in range(0, len(proposals), BATCH_SIZE):
            batch = proposals[start : start + BATCH_SIZE]
            answers += self._align_batch(batch, targets, limit, levels, parents or {})
            progress("align", len(answers), len(proposals))
        return answers

    def scores(self, texts: Sequence[str], targets: Sequence[Target]) -> Matrix:
        """Return how surely each text serves each target, shape (texts, targets), in [0, 1]."""
        terms = [proposal_terms(text) for text in texts]
        return self.scorer.scores(self.scorer.encoder.encode(texts, "query"), terms, targets)

    def _align_batch(
        self,
        proposals: Sequence[Proposal],
        targets: Sequence[Target],
        limit: int,
        levels: Sequence[PlanLevel],
        parents: Mapping[str, StoredStatement],
    ) -> list[Alignment]:
        texts = [text_of(proposal) for proposal in proposals]
        terms = [proposal_terms(text) for text in texts]
        queries = self.scorer.encoder.encode(texts, "query")
        scores = self.scorer.scores(queries, terms, targets)
        node_scores = self.scorer.scores(queries, terms, self._framework_nodes)
        level_scores = [self.scorer.scores(queries, terms, level.targets) for level in levels]
        themes = self.scorer.themes(queries)
        answers = []
        for row, proposal in enumerate(proposals):
            if note := undecidable_note(proposal, terms[row]):
                sentence = verdict_sentence("cannot_tell", None, note)
                answers.append(Alignment(proposal, "cannot_tell", 0.0, sentence, notes=(note,)))
                continue
            best = self._best_matches(terms[row], themes[row], targets, scores[row], limit)
            scored_levels = [
                ScoredLevel(level.name, level.targets, level_score[row])
                for level, level_score in zip(levels, level_scores, strict=True)
            ]
            chain = chain_of(
                proposal, best[0], self._framework_nodes, node_scores[row], scored_levels, parents
            )
            verdict = verdict_of(best[0].score)
            sentence = verdict_sentence(verdict, best[0])
            declared = self._declared_match(
                proposal, terms[row], themes[row], queries[row : row + 1]
            )
            answers.append(
                Alignment(proposal, verdict, best[0].score, sentence, best, chain, declared)
            )
        return answers

    def _best_matches(
        self, terms: SubjectTerms, theme: str, targets: Sequence[Target], scores: Matrix, limit: int
    ) -> tuple[TargetMatch, ...]:
        order = np.argsort(-scores, kind="stable")[:limit]
        return tuple(
            self._match(terms, theme, targets[column], float(scores[column])) for column in order
        )

    def _declared_match(
        self, proposal: Proposal, terms: SubjectTerms, theme: str, query: Vectors
    ) -> TargetMatch | None:
        text = proposal.declared_strategy
        if not text or not text.strip():
            return None
        target = Target("declared", text, subject_terms(text))
        score = self.scorer.scores(query, [terms], [target])[0, 0]
        return self._match(terms, theme, target, float(score))

    def _match(self, terms: SubjectTerms, theme: str, target: Target, score: float) -> TargetMatch:
        names = theme_names()
        proposal_phrases, target_phrases = shared_phrases(terms, target.terms)
        target_theme = self.scorer.themes_of([target])[0]
        return TargetMatch(
            target, score, names[theme], names[target_theme], proposal_phrases, target_phrases
        )


def text_of(proposal: Proposal) -> str:
    """Return what a proposal says of its work: title, objective and target."""
    fields = (proposal.title, proposal.objective, proposal.target)
    return " ".join(field for field in fields if field)


def undecidable_note(proposal: Proposal, terms: SubjectTerms) -> str | None:
    """Return the note code why no verdict can be given, None where one can."""
    letters = _LETTER.findall(text_of(proposal))
    if letters and len(_THAI.findall(text_of(proposal))) < len(letters) / 4:
        return "not-thai"
    return None if terms.names_subject else "subject-unknown"
