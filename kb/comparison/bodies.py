"""Bodies: who is compared, and the statements that speak for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.errors import UsageError
from ingest.records import Organisation, Period
from kb.comparison.phrases import phrases
from kb.reference.areas import Area
from kb.store.filters import Filters
from kb.store.passages import squeeze
from kb.store.records import StoredStatement

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

UNDATED = Period(0, 0)
"""Stands for the period of statements that tell none, the oldest of all."""


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """What one body says in one period: its statements, once each, and their phrases."""

    organisation: Organisation
    period: Period | None
    statements: tuple[StoredStatement, ...]
    phrases: tuple[str, ...]


def select_bodies(
    kb: KnowledgeBase, names: Sequence[str], filters: Filters, areas: Sequence[Area] = ()
) -> tuple[list[Organisation], dict[str, list[StoredStatement]]]:
    """Find the bodies asked for, and what each says; raise `organisation-not-found`.

    A body is asked for by a name, or by the filters where no name is given; where there are
    `areas` it must lie in one. A body that is asked for but says nothing of the kind asked
    for has an empty list.
    """
    said: dict[str, list[StoredStatement]] = defaultdict(list)
    bodies: dict[str, Organisation] = {}
    for name in names or ("",):
        found = _named(kb, replace(filters, organisation=name or filters.organisation))
        if name and not found:
            raise UsageError("organisation-not-found", name=name)
        bodies.update({body.name: body for body in found if _inside(body, areas)})
    wanted = _with_goals(filters)
    for statement in kb.statements(wanted):
        body = statement.organisation
        if body is not None and body.name in bodies:
            said[body.name].append(statement)
    listed = [bodies[name] for name in sorted(bodies)]
    return listed, {body.name: _of_kinds(said[body.name], filters.kinds) for body in listed}


def _inside(body: Organisation, areas: Sequence[Area]) -> bool:
    return not areas or any(area.holds(body) for area in areas)


def _named(kb: KnowledgeBase, filters: Filters) -> list[Organisation]:
    whose = replace(filters, kinds=(), period=None)
    found = {s.organisation.name: s.organisation for s in kb.statements(whose) if s.organisation}
    for document in kb.documents(whose.about_documents()):
        if document.organisation:
            found.setdefault(document.organisation.name, document.organisation)
    return list(found.values())


def _with_goals(filters: Filters) -> Filters:
    """Look among goals too where visions are asked for: some plans call their vision so."""
    if "vision" in filters.kinds and "goal" not in filters.kinds:
        return replace(filters, kinds=(*filters.kinds, "goal"), organisation=None)
    return replace(filters, organisation=None)


def _of_kinds(said: list[StoredStatement], kinds: tuple[str, ...]) -> list[StoredStatement]:
    """Keep the kinds asked for; a goal that stands for the vision only where there is none."""
    if not kinds:
        return said
    stands_in = {
        period
        for period in {s.period for s in said}
        if not any(s.kind == "vision" and s.period == period for s in said)
    }
    return [
        s
        for s in said
        if s.kind in kinds
        or ("vision" in kinds and "vision" in s.record.alternatives and s.period in stands_in)
    ]


def plans_of_body(body: Organisation, said: Iterable[StoredStatement]) -> list[BodyPlan]:
    """Part what a body says by period, oldest first; doubles within a period count once."""
    by_period: dict[Period, dict[str, StoredStatement]] = defaultdict(dict)
    for statement in said:
        kept = by_period[statement.period or UNDATED]
        kept.setdefault(f"{statement.kind} {squeeze(statement.text)}", statement)
    return [
        _side(body, None if period == UNDATED else period, tuple(held.values()))
        for period, held in sorted(by_period.items())
    ]


def _side(body: Organisation, period: Period | None, said: tuple[StoredStatement, ...]) -> BodyPlan:
    """Cut what is said into phrases, in their order and without doubles."""
    found: dict[str, str] = {}
    for statement in said:
        for phrase in phrases(statement.text, body.name):
            found.setdefault(squeeze(phrase), phrase)
    return BodyPlan(body, period, said, tuple(found.values()))
