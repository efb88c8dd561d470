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

    The chain goes on through the plans of the province and its cluster where the knowledge
    base has them. Raises what `targets_of` and `Aligner.align` raise.
    """
    targets = [*own, *targets_of(kb, plans)]
    return aligner.align(
        proposals,
        targets,
        limit=limit,
        levels=levels_above(kb, targets),
        parents=_parents(kb, targets),
        progress=progress,
    )


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
