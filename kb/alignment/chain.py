"""The chain above a project ("One Plan"): plan, province, cluster, milestone, the nation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kb.alignment.declared import declared
from kb.alignment.texts import Matrix
from kb.alignment.verdicts import WEAK, Link, Match, Target
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node, above, frameworks, node
from kb.store.records import StoredStatement

Scored = tuple[str, Sequence[Target], Matrix]
"""A level, what may be served there, and how surely a proposal serves each."""


def chain_of(
    proposal: Proposal,
    best: Match,
    nodes: Sequence[Target],
    scores: Matrix,
    levels: Sequence[Scored] = (),
    parents: Mapping[str, StoredStatement] | None = None,
) -> tuple[Link, ...]:
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
    proposal: Proposal, best: Match, parents: Mapping[str, StoredStatement]
) -> Iterator[Link]:
    if proposal.declared_strategy:
        yield Link("plan", "declared", proposal.declared_strategy, 1.0, "declared", "proposal")
    source = best.target.source
    if isinstance(source, StoredStatement) and best.score >= WEAK:
        yield Link("plan", source.id, source.text, best.score, "inferred", _where(source))
        parent = parents.get(source.record.parent or "")
        if parent is not None and parent.text != source.text:
            yield Link("plan", parent.id, parent.text, 1.0, "declared", _where(parent))


def _told_province(proposal: Proposal) -> Iterator[Link]:
    told = declared(proposal.declared_strategy or "").province
    if told:
        yield Link("province", "declared", told, 1.0, "declared", "proposal")


def _served(level: str, targets: Sequence[Target], scores: Matrix) -> Iterator[Link]:
    top = int(np.argmax(scores))
    source, score = targets[top].source, float(scores[top])
    if isinstance(source, StoredStatement) and score >= WEAK:
        yield Link(level, source.id, source.text, score, "inferred", _where(source))


def _where(statement: StoredStatement) -> str:
    return f"{statement.file}#{statement.page}"


def _inferred(nodes: Sequence[Target], scores: Matrix) -> Iterator[Link]:
    for framework in reversed(frameworks()):
        here = [
            at
            for at, target in enumerate(nodes)
            if isinstance(target.source, Node) and target.source.framework == framework.name
        ]
        top = here[int(np.argmax(scores[here]))]
        yield Link(
            framework.name, nodes[top].id, nodes[top].text, float(scores[top]), "inferred", "model"
        )


def _published(plan: Link) -> Iterator[Link]:
    for link in above(plan.id):
        if link.strength == "main":
            higher = node(link.higher)
            yield Link(higher.framework, higher.code, higher.thai, 1.0, "published", link.source)
