"""Proposals against targets: verdicts with scores, reasons and the chain above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ingest.errors import UsageError
from kb.alignment.chain import ScoredLevel, chain_of
from kb.alignment.changes import Asked, changes
from kb.alignment.declared_links import declared_target
from kb.alignment.evidence import ProposalEvidence, says_nothing, text_of
from kb.alignment.judgement import declared_doubts, families
from kb.alignment.levels import PlanLevel
from kb.alignment.nature import nature_of
from kb.alignment.reasons import shared_phrases, theme_names, verdict_sentence, with_change
from kb.alignment.scorer import Scorer, Scores
from kb.alignment.subject_terms import SubjectTerms, subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import Alignment, Sentence, Target, TargetMatch
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

    def _align_batch(
        self,
        proposals: Sequence[Proposal],
        targets: Sequence[Target],
        limit: int,
        levels: Sequence[PlanLevel],
        parents: Mapping[str, StoredStatement],
    ) -> list[Alignment]:
        evidence = self.scorer.read(proposals)
        scores = self.scorer.scores(evidence, targets)
        node_scores = self.scorer.scores(evidence, self._framework_nodes).serves
        level_scores = [self.scorer.scores(evidence, level.targets).serves for level in levels]
        themes = self.scorer.themes(evidence)
        answers: list[Alignment] = []
        asked: list[Asked] = []
        for row, proposal in enumerate(proposals):
            terms = evidence.whole_terms[row]
            if note := undecidable_note(proposal, terms):
                sentence = verdict_sentence("cannot_tell", None, note)
                answers.append(Alignment(proposal, "cannot_tell", 0.0, sentence, notes=(note,)))
                continue
            best = self._best_matches(terms, themes[row], targets, scores, row, limit)
            verdict = scores.verdict(row)
            scored_levels = [
                ScoredLevel(level.name, level.targets, level_score[row])
                for level, level_score in zip(levels, level_scores, strict=True)
            ]
            chain = chain_of(
                proposal,
                best[0],
                self._framework_nodes,
                node_scores[row],
                scored_levels,
                parents,
                serves_nothing=verdict == "not_aligned",
            )
            score = float(scores.served[row])
            nature = nature_of(proposal.title, scores.level)
            sentence = verdict_sentence(verdict, best[0], score=score, nature=nature)
            declared, doubt = self._declared(
                proposal, terms, themes[row], targets, evidence, scores, row
            )
            asked.append(Asked(row, proposal, best[0].target))
            answers.append(
                Alignment(proposal, verdict, score, sentence, best, chain, declared, doubt=doubt)
            )
        found = changes(self.scorer, asked, evidence, targets, scores)
        return [_with_change(answer, found.get(row)) for row, answer in enumerate(answers)]

    def _best_matches(
        self,
        terms: SubjectTerms,
        theme: str,
        targets: Sequence[Target],
        scores: Scores,
        row: int,
        limit: int,
    ) -> tuple[TargetMatch, ...]:
        order = np.argsort(-scores.order[row], kind="stable")[:limit]
        return tuple(
            self._match(terms, theme, targets[column], float(scores.serves[row, column]))
            for column in order
        )

    def _declared(
        self,
        proposal: Proposal,
        terms: SubjectTerms,
        theme: str,
        targets: Sequence[Target],
        evidence: ProposalEvidence,
        scores: Scores,
        row: int,
    ) -> tuple[TargetMatch | None, float | None]:
        """Return what a proposal declares, scored, and how surely that does not fit.

        Only a statement of the plans it is compared with can be said not to fit.
        """
        text = proposal.declared_strategy
        if not text or not text.strip():
            return None, None
        for plan in scores.plans:
            own = [targets[column] for column in plan.columns]
            target = declared_target(text, own)
            if target is not None:
                place = own.index(target)
                doubt = declared_doubts(self.scorer.model, plan, place)[row]
                score = families(plan.judged.serves, plan.plan, [place])[row, 0]
                return self._match(terms, theme, target, float(score)), float(doubt)
        target = Target("declared", text, subject_terms(text))
        score = self.scorer.scores(evidence.only(row), [target]).served[0]
        return self._match(terms, theme, target, float(score)), None

    def _match(self, terms: SubjectTerms, theme: str, target: Target, score: float) -> TargetMatch:
        names = theme_names()
        proposal_phrases, target_phrases = shared_phrases(terms, target.terms)
        target_theme = self.scorer.themes_of([target])[0]
        return TargetMatch(
            target, score, names[theme], names[target_theme], proposal_phrases, target_phrases
        )


def _with_change(answer: Alignment, change: Sentence | None) -> Alignment:
    return replace(answer, reason=with_change(answer.reason, change), change=change)


def undecidable_note(proposal: Proposal, terms: SubjectTerms) -> str | None:
    """Return the note code why no verdict can be given, None where one can."""
    letters = _LETTER.findall(text_of(proposal))
    if letters and len(_THAI.findall(text_of(proposal))) < len(letters) / 4:
        return "not-thai"
    return "subject-unknown" if says_nothing(proposal, terms) else None
