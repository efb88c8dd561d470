"""The levels between a body's own plan and the nation's: its province, and the cluster.

Their plans are looked for in the knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.records import Organisation
from kb.alignment.periods import newest_plans
from kb.alignment.targets import statement_targets
from kb.alignment.verdicts import Target
from kb.knowledge_base import KnowledgeBase
from kb.reference.areas import provinces
from kb.store.filters import Filters
from kb.store.records import StoredStatement

PROVINCE, CLUSTER = "province", "province_group"


@dataclass(frozen=True, slots=True)
class PlanLevel:
    """A level above a plan, and the statements of its plan."""

    name: str
    targets: tuple[Target, ...]


def levels_above(kb: KnowledgeBase, targets: Sequence[Target]) -> tuple[PlanLevel, ...]:
    """Return the plans of the province and the cluster of the bodies whose plans are served.

    A level is left out where its plan is not in the knowledge base, or is itself among the
    targets.
    """
    bodies = _bodies(targets)
    names = sorted({body.province for body in bodies if body.province})
    kinds = {body.kind for body in bodies}
    levels: list[PlanLevel] = []
    if names and PROVINCE not in kinds:
        levels.append(PlanLevel(PROVINCE, tuple(_province_targets(kb, names))))
    if names and CLUSTER not in kinds:
        clusters = {cluster for cluster in map(cluster_of, names) if cluster}
        levels.append(PlanLevel(CLUSTER, tuple(_cluster_targets(kb, clusters))))
    return tuple(level for level in levels if level.targets)


def cluster_of(province: str) -> str | None:
    """Return the province group a province belongs to; None for Bangkok and unknown names."""
    return _clusters().get(province) or None


@cache
def _clusters() -> dict[str, str]:
    return {province.thai: province.cluster for province in provinces()}


def _bodies(targets: Iterable[Target]) -> list[Organisation]:
    sources = (target.source for target in targets)
    return [
        source.organisation
        for source in sources
        if isinstance(source, StoredStatement) and source.organisation
    ]


def _province_targets(kb: KnowledgeBase, names: Iterable[str]) -> list[Target]:
    targets: list[Target] = []
    for name in names:
        filters = Filters(organisation_kinds=(PROVINCE,), province=name)
        targets += statement_targets(newest_plans(kb.statements(filters)))
    return targets


def _cluster_targets(kb: KnowledgeBase, clusters: Iterable[str]) -> list[Target]:
    endings = tuple("".join(cluster.split()) for cluster in clusters)
    statements = [
        statement
        for statement in kb.statements(Filters(organisation_kinds=(CLUSTER,)))
        if statement.organisation and "".join(statement.organisation.name.split()).endswith(endings)
    ]
    return statement_targets(newest_plans(statements))
