"""Does this proposal serve our strategy? Proposals against targets, with reasons and chain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ingest.errors import UsageError
from kb.alignment.chain import chain_of
from kb.alignment.levels import PlanLevel
from kb.alignment.model import Vectors
from kb.alignment.reasons import shared_phrases, theme_names, verdict_sentence
from kb.alignment.scorer import Scorer
from kb.alignment.subject_terms import Matrix, SubjectTerms, proposal_terms, subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import Alignment, Target, TargetMatch, Verdict, verdict_of
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.model.encoder import Encoder
from kb.store.records import StoredStatement

BATCH_SIZE = 256
_THAI, _LETTER = re.compile("[ก-ฮ]"), re.compile(r"[^\W\d_]")


class Aligner:
    """Judges proposals; the vectors of targets are made once and kept."""

    def __init__(self, encoder: Encoder) -> None:
        self.scorer = Scorer(encoder)
        self._nodes = framework_targets()

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
        """Judge each proposal against the targets; `limit` is how many best are told.

        `levels` are the plans above, `parents` the statements the targets stand under, by id:
        both for the chain. Raises UsageError `against-empty` where there is no target.
        """
        if not targets:
            raise UsageError("against-empty")
        self.scorer.themes_of(targets)
        found: list[Alignment] = []
        for start in range(0, len(proposals), BATCH_SIZE):
            part = proposals[start : start + BATCH_SIZE]
            found += self._batch(part, targets, limit, levels, parents or {})
            progress("align", len(found), len(proposals))
        return found

    def scores(self, texts: Sequence[str], targets: Sequence[Target]) -> Matrix:
        """Return the bare scores of texts and targets, shape (texts, targets)."""
        heard = [proposal_terms(text) for text in texts]
        return self.scorer.scores(self.scorer.encoder.encode(texts, "query"), heard, targets)

    def _batch(
        self,
        proposals: Sequence[Proposal],
        targets: Sequence[Target],
        limit: int,
        levels: Sequence[PlanLevel],
        parents: Mapping[str, StoredStatement],
    ) -> list[Alignment]:
        texts = [text_of(each) for each in proposals]
        heard = [proposal_terms(text) for text in texts]
        queries = self.scorer.encoder.encode(texts, "query")
        scores = self.scorer.scores(queries, heard, targets)
        above = self.scorer.scores(queries, heard, self._nodes)
        upper = [(each, self.scorer.scores(queries, heard, each.targets)) for each in levels]
        themes = self.scorer.themes(queries)
        found = []
        for at, each in enumerate(proposals):
            heard_one, query = heard[at], queries[at : at + 1]
            if note := undecidable_note(each, heard_one):
                text = verdict_sentence("cannot_tell", None, note)
                found.append(Alignment(each, "cannot_tell", 0.0, text, notes=(note,)))
                continue
            best = self._best(heard_one, themes[at], targets, scores[at], limit)
            rows = [(level.name, level.targets, row[at]) for level, row in upper]
            chain = chain_of(each, best[0], self._nodes, above[at], rows, parents)
            verdict: Verdict = verdict_of(best[0].score)
            declared = self._declared(each, heard_one, themes[at], query)
            found.append(
                Alignment(
                    each,
                    verdict,
                    best[0].score,
                    verdict_sentence(verdict, best[0]),
                    best,
                    chain,
                    declared,
                )
            )
        return found

    def _best(
        self, heard: SubjectTerms, theme: str, targets: Sequence[Target], scores: Matrix, limit: int
    ) -> tuple[TargetMatch, ...]:
        order = np.argsort(-scores, kind="stable")[:limit]
        return tuple(self._match(heard, theme, targets[at], float(scores[at])) for at in order)

    def _declared(
        self, proposal: Proposal, heard: SubjectTerms, theme: str, query: Vectors
    ) -> TargetMatch | None:
        text = proposal.declared_strategy
        if not text or not text.strip():
            return None
        target = Target("declared", text, subject_terms(text))
        score = self.scorer.scores(query, [heard], [target])[0, 0]
        return self._match(heard, theme, target, float(score))

    def _match(self, heard: SubjectTerms, theme: str, target: Target, score: float) -> TargetMatch:
        names = theme_names()
        ours, theirs = shared_phrases(heard, target.said)
        other = self.scorer.themes_of([target])[0]
        return TargetMatch(target, score, names[theme], names[other], ours, theirs)


def text_of(proposal: Proposal) -> str:
    """Return what a proposal says of its work: name, objective and target."""
    parts = (proposal.title, proposal.objective, proposal.target)
    return " ".join(part for part in parts if part)


def undecidable_note(proposal: Proposal, heard: SubjectTerms) -> str | None:
    """Return why nothing can be told of a proposal, None where something can."""
    letters = _LETTER.findall(text_of(proposal))
    if letters and len(_THAI.findall(text_of(proposal))) < len(letters) / 4:
        return "not-thai"
    return None if heard.names_subject else "subject-unknown"
