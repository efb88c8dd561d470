"""The chain above a project ("One Plan"): plan, province, cluster, milestone, the nation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kb.alignment.declared_strategies import declared_strategies
from kb.alignment.subject_terms import Matrix
from kb.alignment.verdicts import WEAK, ChainLink, Target, TargetMatch
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node, above, frameworks, node
from kb.store.records import StoredStatement

Scored = tuple[str, Sequence[Target], Matrix]
"""A level, what may be served there, and how surely a proposal serves each."""


def chain_of(
    proposal: Proposal,
    best: TargetMatch,
    nodes: Sequence[Target],
    scores: Matrix,
    levels: Sequence[Scored] = (),
    parents: Mapping[str, StoredStatement] | None = None,
) -> tuple[ChainLink, ...]:
    """Return the links from the project upwards: told first, then the plan, then the nation.

    `parents` are the statements of the plans served, by id: what a strategy stands under is
    told by the plan itself. A level whose best statement is not even weakly served is left
    out.
    """
    found = [*_plan(proposal, best, parents or {})]
    for name, targets, row in levels:
        found += _told_province(proposal) if name == "province" else ()
        found += _served(name, targets, row)
    if not any(name == "province" for name, _, _ in levels):
        found += _told_province(proposal)
    inferred = list(_inferred(nodes, scores))
    found += [link for link in inferred if link.score >= WEAK]
    plan = next((link for link in found if link.level == "master_plans"), None)
    if plan:
        found += _published(plan)
    return tuple(found)


def _plan(
    proposal: Proposal, best: TargetMatch, parents: Mapping[str, StoredStatement]
) -> Iterator[ChainLink]:
    if proposal.declared_strategy:
        yield ChainLink("plan", "declared", proposal.declared_strategy, 1.0, "declared", "proposal")
    source = best.target.source
    if isinstance(source, StoredStatement) and best.score >= WEAK:
        yield ChainLink("plan", source.id, source.text, best.score, "inferred", _where(source))
        parent = parents.get(source.record.parent or "")
        if parent is not None and parent.text != source.text:
            yield ChainLink("plan", parent.id, parent.text, 1.0, "declared", _where(parent))


def _told_province(proposal: Proposal) -> Iterator[ChainLink]:
    told = declared_strategies(proposal.declared_strategy or "").province
    if told:
        yield ChainLink("province", "declared", told, 1.0, "declared", "proposal")


def _served(level: str, targets: Sequence[Target], scores: Matrix) -> Iterator[ChainLink]:
    top = int(np.argmax(scores))
    source, score = targets[top].source, float(scores[top])
    if isinstance(source, StoredStatement) and score >= WEAK:
        yield ChainLink(level, source.id, source.text, score, "inferred", _where(source))


def _where(statement: StoredStatement) -> str:
    return f"{statement.file}#{statement.page}"


def _inferred(nodes: Sequence[Target], scores: Matrix) -> Iterator[ChainLink]:
    for framework in reversed(frameworks()):
        here = [
            at
            for at, target in enumerate(nodes)
            if isinstance(target.source, Node) and target.source.framework == framework.name
        ]
        top = here[int(np.argmax(scores[here]))]
        yield ChainLink(
            framework.name, nodes[top].id, nodes[top].text, float(scores[top]), "inferred", "model"
        )


def _published(plan: ChainLink) -> Iterator[ChainLink]:
    for link in above(plan.id):
        if link.strength == "main":
            higher = node(link.higher)
            yield ChainLink(
                higher.framework, higher.code, higher.thai, 1.0, "published", link.source
            )
