"""The levels between a body's own plan and the nation's: its province, and the cluster.

Their plans are looked for in the knowledge base. Which cluster a province belongs to is
published (Royal Gazette, November B.E. 2560; `corpora/names/provinces.tsv`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.records import Organisation
from kb.alignment.targets import statement_targets
from kb.alignment.verdicts import Target
from kb.knowledge_base import KnowledgeBase
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

    A level whose plan is not in the knowledge base, or that is itself held against, is
    left out.
    """
    bodies = _bodies(targets)
    provinces = sorted({body.province for body in bodies if body.province})
    kinds = {body.kind for body in bodies}
    found: list[PlanLevel] = []
    if provinces and PROVINCE not in kinds:
        found.append(PlanLevel(PROVINCE, tuple(_province(kb, provinces))))
    if provinces and CLUSTER not in kinds:
        clusters = {each for each in map(cluster_of, provinces) if each}
        found.append(PlanLevel(CLUSTER, tuple(_cluster(kb, clusters))))
    return tuple(level for level in found if level.targets)


@cache
def _clusters() -> dict[str, str]:
    text = (files("corpora") / "names" / "provinces.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["thai"]: row["cluster"] for row in rows}


def cluster_of(province: str) -> str | None:
    """Return the province group a province belongs to; None for Bangkok and unknown names."""
    return _clusters().get(province) or None


def _bodies(targets: Iterable[Target]) -> list[Organisation]:
    sources = (target.source for target in targets)
    return [s.organisation for s in sources if isinstance(s, StoredStatement) and s.organisation]


def _province(kb: KnowledgeBase, provinces: Iterable[str]) -> list[Target]:
    found: list[Target] = []
    for province in provinces:
        asked = Filters(organisation_kinds=(PROVINCE,), province=province)
        found += statement_targets(_newest(kb.statements(asked)))
    return found


def _cluster(kb: KnowledgeBase, clusters: Iterable[str]) -> list[Target]:
    wanted = {"".join(cluster.split()) for cluster in clusters}
    said = [
        each
        for each in kb.statements(Filters(organisation_kinds=(CLUSTER,)))
        if each.organisation
        and any("".join(each.organisation.name.split()).endswith(cluster) for cluster in wanted)
    ]
    return statement_targets(_newest(said))


def _newest(statements: Iterable[StoredStatement]) -> list[StoredStatement]:
    """Leave out plans that were over when the newest one began."""
    every = list(statements)
    newest = max((each.period.start for each in every if each.period), default=0)
    return [each for each in every if each.period is None or each.period.end >= newest]
