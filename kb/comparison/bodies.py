"""Bodies: who is compared, and what each says in each of its plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.errors import UsageError
from ingest.records import Organisation, Period
from kb.comparison.phrases import phrases, unnamed
from kb.reference.areas import Area
from kb.store.filters import Filters
from kb.store.passages import squeeze
from kb.store.records import StoredStatement

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

UNDATED = Period(0, 0)
"""Stands for the period of statements that have none: the oldest of all."""


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """What one body says in one period: its statements, once each, and their phrases.

    `unnamed` are the phrases without the body's name, in the same order: what of them is
    compared. `is_successive` is False of what has no years, and of plans of one year beside
    longer ones: a yearly plan carries the plan out and is no newer one.
    """

    organisation: Organisation
    period: Period | None
    statements: tuple[StoredStatement, ...]
    phrases: tuple[str, ...]
    unnamed: tuple[str, ...]
    is_successive: bool


def select_bodies(
    kb: KnowledgeBase, names: Sequence[str], filters: Filters, areas: Sequence[Area] = ()
) -> tuple[list[Organisation], dict[str, list[StoredStatement]]]:
    """Return the bodies asked for, by name, and what each says, by its name.

    A body is asked for by a name, or by the filters where no name is given; where there are
    `areas` it must lie in one. A body that is asked for but says nothing of the kind asked
    for has an empty list. Raises UsageError `organisation-not-found`.
    """
    bodies: dict[str, Organisation] = {}
    for name in names or ("",):
        named = _bodies(kb, replace(filters, organisation=name or filters.organisation))
        if name and not named:
            raise UsageError("organisation-not-found", name=name)
        bodies.update({body.name: body for body in named if _is_inside(body, areas)})
    statements: dict[str, list[StoredStatement]] = defaultdict(list)
    for statement in kb.statements(_with_goals(filters)):
        owner = statement.organisation
        if owner is not None and owner.name in bodies:
            statements[owner.name].append(statement)
    listed = [bodies[name] for name in sorted(bodies)]
    return listed, {body.name: _of_kinds(statements[body.name], filters.kinds) for body in listed}


def plans_of_body(body: Organisation, statements: Iterable[StoredStatement]) -> list[BodyPlan]:
    """Return what a body says by period; equal statements of a period once.

    Successive plans come last, oldest first; before them what has no years, and the plans of
    one year where there are longer ones.
    """
    by_period: dict[Period, dict[str, StoredStatement]] = defaultdict(dict)
    for statement in statements:
        distinct = by_period[statement.period or UNDATED]
        distinct.setdefault(f"{statement.kind} {squeeze(statement.text)}", statement)
    has_longer = any(period.start < period.end for period in by_period)
    plans = [
        _plan(
            body,
            None if period == UNDATED else period,
            tuple(distinct.values()),
            is_successive=period != UNDATED and (period.start < period.end or not has_longer),
        )
        for period, distinct in sorted(by_period.items())
    ]
    return sorted(plans, key=lambda plan: plan.is_successive)


def _is_inside(body: Organisation, areas: Sequence[Area]) -> bool:
    return not areas or any(area.holds(body) for area in areas)


def _bodies(kb: KnowledgeBase, filters: Filters) -> list[Organisation]:
    """Return the bodies of all statements and documents that the filters let through."""
    any_kind = replace(filters, kinds=(), period=None)
    bodies = {
        s.organisation.name: s.organisation for s in kb.statements(any_kind) if s.organisation
    }
    for document in kb.documents(any_kind.about_documents()):
        if document.organisation:
            bodies.setdefault(document.organisation.name, document.organisation)
    return list(bodies.values())


def _with_goals(filters: Filters) -> Filters:
    """Ask for goals too where visions are asked for: some plans call their vision so."""
    if "vision" in filters.kinds and "goal" not in filters.kinds:
        return replace(filters, kinds=(*filters.kinds, "goal"), organisation=None)
    return replace(filters, organisation=None)


def _of_kinds(statements: list[StoredStatement], kinds: tuple[str, ...]) -> list[StoredStatement]:
    """Return those of the kinds asked for; a goal stands for a vision where there is none."""
    if not kinds:
        return statements
    with_vision = {s.period for s in statements if s.kind == "vision"}
    return [
        s
        for s in statements
        if s.kind in kinds
        or ("vision" in kinds and "vision" in s.record.alternatives and s.period not in with_vision)
    ]


def _plan(
    body: Organisation,
    period: Period | None,
    statements: tuple[StoredStatement, ...],
    *,
    is_successive: bool,
) -> BodyPlan:
    distinct: dict[str, str] = {}
    for statement in statements:
        for phrase in phrases(statement.text, body.name):
            distinct.setdefault(squeeze(phrase), phrase)
    listed = tuple(distinct.values())
    bare = tuple(unnamed(phrase, body.name) for phrase in listed)
    return BodyPlan(body, period, statements, listed, bare, is_successive)
