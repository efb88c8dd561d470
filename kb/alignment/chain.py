"""The chain above a project ("One Plan"): plan, province, cluster, milestone, the nation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.alignment.declared_strategies import declared_strategies
from kb.alignment.verdicts import WEAK, ChainLink, Target, TargetMatch
from kb.arrays import Matrix
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node, above, frameworks, node
from kb.store.records import StoredStatement


@dataclass(frozen=True, slots=True)
class ScoredLevel:
    """A level above the plan, its targets, and how surely a proposal serves each of them."""

    name: str
    targets: Sequence[Target]
    scores: Matrix


_SUREST = ("declared", "published", "inferred")


def chain_of(
    proposal: Proposal,
    best: TargetMatch,
    nodes: Sequence[Target],
    node_scores: Matrix,
    levels: Sequence[ScoredLevel] = (),
    parents: Mapping[str, StoredStatement] | None = None,
    *,
    serves_nothing: bool = False,
) -> tuple[ChainLink, ...]:
    """Return the links from the project upwards: declared ones, then the plan, then the nation.

    `nodes` are all nodes of the frameworks and `node_scores` how surely each is served.
    `parents` are the statements of the plans served, by id: a plan itself says what its
    strategies are nested under. A level whose best target scores below `WEAK` is left out,
    and above a proposal that serves nothing there is no chain but what it declares.
    """
    if serves_nothing:
        return _once((*_declared_links(proposal), *_declared_province_links(proposal)))
    links = [*_plan_links(proposal, best, parents or {})]
    for level in levels:
        links += _declared_province_links(proposal) if level.name == "province" else ()
        links += _level_links(level)
    if not any(level.name == "province" for level in levels):
        links += _declared_province_links(proposal)
    links += [link for link in _framework_links(nodes, node_scores) if link.score >= WEAK]
    master_plan = next((link for link in links if link.level == "master_plans"), None)
    if master_plan:
        links += _published_links(master_plan)
    return _once(links)


def _once(links: Iterable[ChainLink]) -> tuple[ChainLink, ...]:
    """Name every strategy of a level once, in the place of its first link, by the surest one."""
    surest: dict[tuple[str, str], ChainLink] = {}
    for link in links:
        key = (link.level, "".join(link.text.split()))
        known = surest.get(key)
        if known is None or _SUREST.index(link.origin) < _SUREST.index(known.origin):
            surest[key] = link
    return tuple(surest.values())


def _plan_links(
    proposal: Proposal, best: TargetMatch, parents: Mapping[str, StoredStatement]
) -> Iterator[ChainLink]:
    yield from _declared_links(proposal)
    source = best.target.source
    if isinstance(source, StoredStatement) and best.score >= WEAK:
        yield ChainLink("plan", source.id, source.text, best.score, "inferred", _where(source))
        parent = parents.get(source.record.parent or "")
        if parent is not None and parent.text != source.text:
            yield ChainLink("plan", parent.id, parent.text, 1.0, "declared", _where(parent))


def _declared_links(proposal: Proposal) -> Iterator[ChainLink]:
    if proposal.declared_strategy:
        text = proposal.declared_strategy
        yield ChainLink("plan", "declared", text, 1.0, "declared", "proposal")


def _declared_province_links(proposal: Proposal) -> Iterator[ChainLink]:
    province = declared_strategies(proposal.declared_strategy or "").province
    if province:
        yield ChainLink("province", "declared", province, 1.0, "declared", "proposal")


def _level_links(level: ScoredLevel) -> Iterator[ChainLink]:
    best = int(np.argmax(level.scores))
    source, score = level.targets[best].source, float(level.scores[best])
    if isinstance(source, StoredStatement) and score >= WEAK:
        yield ChainLink(level.name, source.id, source.text, score, "inferred", _where(source))


def _where(statement: StoredStatement) -> str:
    return f"{statement.file}#{statement.page}"


def _framework_links(nodes: Sequence[Target], scores: Matrix) -> Iterator[ChainLink]:
    """Yield the best node of every framework, the nation's strategy last."""
    for framework in reversed(frameworks()):
        columns = [
            column
            for column, target in enumerate(nodes)
            if isinstance(target.source, Node) and target.source.framework == framework.name
        ]
        best = columns[int(np.argmax(scores[columns]))]
        target, score = nodes[best], float(scores[best])
        yield ChainLink(framework.name, target.id, target.text, score, "inferred", "model")


def _published_links(master_plan: ChainLink) -> Iterator[ChainLink]:
    """Yield what a master plan mainly serves, as the frameworks publish it."""
    for link in above(master_plan.id):
        if link.strength == "main":
            higher = node(link.higher)
            yield ChainLink(
                higher.framework, higher.code, higher.thai, 1.0, "published", link.source
            )
