"""Judging proposals against plans of a knowledge base, with the levels above them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.alignment.aligner import Aligner
from kb.alignment.levels import levels_above
from kb.alignment.targets import targets_of
from kb.alignment.verdicts import Alignment, Target
from kb.knowledge_base import KnowledgeBase
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.store.filters import Filters
from kb.store.records import StoredStatement


def judge(
    kb: KnowledgeBase,
    aligner: Aligner,
    proposals: Sequence[Proposal],
    plans: Sequence[str],
    *,
    own: Sequence[Target] = (),
    limit: int = 3,
    progress: Progress = silent,
) -> list[Alignment]:
    """Return an answer for each proposal against the plans of these names and `own` targets.

    A body's plan is the one in force in the proposal's first year. The chain goes on through
    the plans of the province and its cluster where the knowledge base has them. Raises what
    `targets_of` and `Aligner.align` raise.
    """
    years = [first_year(proposal) for proposal in proposals]
    answers: dict[int, Alignment] = {}
    for year in dict.fromkeys(years):
        rows = [row for row, own_year in enumerate(years) if own_year == year]
        targets = [*own, *targets_of(kb, plans, year)]
        judged = aligner.align(
            [proposals[row] for row in rows],
            targets,
            limit=limit,
            levels=levels_above(kb, targets),
            parents=_parents(kb, targets),
            progress=progress,
        )
        answers |= zip(rows, judged, strict=True)
    return [answers[row] for row in range(len(proposals))]


def first_year(proposal: Proposal) -> int | None:
    """Return the first fiscal year of a proposal, None where it names none."""
    return min(proposal.years, default=None)


def _parents(kb: KnowledgeBase, targets: Sequence[Target]) -> dict[str, StoredStatement]:
    """Return all statements, by id, of the documents whose statements are nested."""
    documents = {
        target.source.document
        for target in targets
        if isinstance(target.source, StoredStatement) and target.source.record.parent
    }
    return {
        statement.id: statement
        for document in sorted(documents)
        for statement in kb.statements(Filters(document=document))
    }
