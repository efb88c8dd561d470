"""The chain above a project ("One Plan"): plan, milestone, master plan, national strategy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kb.alignment.answers import WEAK, Link, Match, Target
from kb.alignment.texts import Matrix
from kb.frameworks import Node, above, frameworks, node
from kb.proposals import Proposal
from kb.stored import StoredStatement


def chain_of(
    proposal: Proposal, best: Match, nodes: Sequence[Target], scores: Matrix
) -> tuple[Link, ...]:
    """Return the links from the project upwards: told first, then the plan, then the nation.

    A level whose best node is not even weakly served is left out.
    """
    found = list(_plan(proposal, best))
    inferred = list(_inferred(nodes, scores))
    found += [link for link in inferred if link.score >= WEAK]
    plan = next((link for link in found if link.level == "master_plans"), None)
    if plan:
        found += _published(plan)
    return tuple(found)


def _plan(proposal: Proposal, best: Match) -> Iterator[Link]:
    if proposal.declared_strategy:
        yield Link("plan", "declared", proposal.declared_strategy, 1.0, "declared", "proposal")
    source = best.target.source
    if isinstance(source, StoredStatement) and best.score >= WEAK:
        where = f"{source.file}#{source.page}"
        yield Link("plan", source.id, source.text, best.score, "inferred", where)


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
