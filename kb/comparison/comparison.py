"""A comparison of bodies as data: who is close to whom, themes, changes, and the JSON form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ingest.records import Organisation, Period
from kb.arrays import Matrix
from kb.comparison.bodies import BodyPlan
from kb.comparison.changes import Change
from kb.comparison.topics import Topic
from kb.reference.themes import ThemeMatch, themes
from kb.store.records import StoredStatement

_MOST_NEAREST = 3
"""Bodies listed as nearest, and as farthest."""


@dataclass(frozen=True, slots=True)
class ComparedBody:
    """A body in the comparison: what it says, its themes, and its place among the others.

    `plan` is its newest; `other_plans` are what those of other years, or without any, say in
    other words. `themes` are scores by theme, `peculiar` the phrases of no other body,
    `place` its coordinates on the map, in [-1, 1].
    """

    plan: BodyPlan
    other_plans: tuple[BodyPlan, ...]
    themes: dict[str, float]
    statement_themes: tuple[tuple[ThemeMatch, ...], ...]
    peculiar: tuple[str, ...]
    place: tuple[float, float]
    group: int


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """Two phrases that want the same, and their likeness."""

    a: str
    b: str
    likeness: float

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"a": self.a, "b": self.b, "likeness": round(self.likeness, 3)}


@dataclass(frozen=True, slots=True)
class BodyPair:
    """Two bodies (by their number), how close they are, and the phrases they share."""

    a: int
    b: int
    closeness: float
    shared: tuple[SharedPhrase, ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One body from one plan to the next: the periods, what became of each phrase, the themes.

    A theme that one of the plans has in other words is among the themes of both.
    """

    organisation: Organisation
    earlier: Period | None
    later: Period | None
    changes: tuple[Change, ...]
    themes_before: frozenset[str]
    themes_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class PeriodThemes:
    """How many bodies have plans of one period, and how many of them have each theme."""

    period: Period
    bodies: int
    themes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer; `without` names bodies that say nothing of the kinds asked for.

    `topics` are what the phrases cluster into by themselves; `periods` has the themes of
    all plans by their years, oldest first, where changes over time are asked for.
    """

    kinds: tuple[str, ...]
    over_time: bool
    bodies: tuple[ComparedBody, ...]
    pairs: tuple[BodyPair, ...]
    closeness: Matrix
    steps: tuple[PlanStep, ...]
    without: tuple[str, ...]
    topics: tuple[Topic, ...]
    periods: tuple[PeriodThemes, ...]

    def theme_counts(self) -> dict[str, int]:
        """Return how many bodies have each theme, in the taxonomy's order."""
        return {
            theme.code: sum(theme.code in body.themes for body in self.bodies) for theme in themes()
        }

    def nearest(self, body: int, *, far: bool = False) -> list[tuple[int, float]]:
        """Return the bodies nearest to one, or farthest from it: their numbers and closeness."""
        others = [other for other in range(len(self.bodies)) if other != body]
        sign = 1 if far else -1
        others.sort(key=lambda other: (sign * self.closeness[body, other], other))
        return [(other, float(self.closeness[body, other])) for other in others[:_MOST_NEAREST]]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        names = [body.plan.organisation.name for body in self.bodies]
        return {
            "kinds": list(self.kinds),
            "over_time": self.over_time,
            "organisations": [_body(self, number, names) for number in range(len(names))],
            "without": list(self.without),
            "pairs": [_pair(pair, names) for pair in self.pairs],
            "groups": _groups(self, names),
            "themes": _themes(self),
            "topics": [topic.to_dict(names) for topic in self.topics],
            "changes": [_step(step) for step in self.steps],
            "drift": _drift(self),
            "periods": [_period(period) for period in self.periods],
        }


def _body(comparison: Comparison, number: int, names: list[str]) -> dict[str, Any]:
    body = comparison.bodies[number]
    return {
        "organisation": body.plan.organisation.to_dict(),
        "period": _years(body.plan.period),
        "statements": _statements(body),
        "others": [_other(side) for side in body.other_plans],
        "phrases": list(body.plan.phrases),
        "themes": {code: round(score, 3) for code, score in sorted(body.themes.items())},
        "peculiar": list(body.peculiar),
        "nearest": _ranked(comparison.nearest(number), names),
        "farthest": _ranked(comparison.nearest(number, far=True), names),
        "group": body.group,
        "map": list(body.place),
    }


def _statements(body: ComparedBody) -> list[dict[str, Any]]:
    return [
        _statement(statement) | {"themes": [theme.to_dict() for theme in matches]}
        for statement, matches in zip(body.plan.statements, body.statement_themes, strict=True)
    ]


def _other(plan: BodyPlan) -> dict[str, Any]:
    """Return the JSON form of a plan of other years, or of none."""
    return {
        "period": _years(plan.period),
        "statements": [_statement(statement) for statement in plan.statements],
    }


def _statement(statement: StoredStatement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "kind": statement.kind,
        "text": statement.text,
        "document": statement.document,
        "file": statement.file,
        "page": statement.page,
    }


def _ranked(ranked: list[tuple[int, float]], names: list[str]) -> list[dict[str, Any]]:
    return [
        {"organisation": names[number], "closeness": round(closeness, 3)}
        for number, closeness in ranked
    ]


def _pair(pair: BodyPair, names: list[str]) -> dict[str, Any]:
    return {
        "a": names[pair.a],
        "b": names[pair.b],
        "closeness": round(pair.closeness, 3),
        "shared": [phrase.to_dict() for phrase in pair.shared],
    }


def _groups(comparison: Comparison, names: list[str]) -> list[dict[str, Any]]:
    members: dict[int, list[int]] = {}
    for number, body in enumerate(comparison.bodies):
        members.setdefault(body.group, []).append(number)
    return [
        {
            "organisations": [names[number] for number in members[group]],
            "themes": _common(comparison, members[group]),
        }
        for group in sorted(members)
    ]


def _common(comparison: Comparison, members: list[int]) -> list[str]:
    """Return the themes that more than half of a group's bodies have, most frequent first."""
    counted = Counter(code for number in members for code in comparison.bodies[number].themes)
    common = [(-times, code) for code, times in counted.items() if times * 2 > len(members)]
    return [code for _, code in sorted(common)]


def _themes(comparison: Comparison) -> list[dict[str, Any]]:
    counts, bodies = comparison.theme_counts(), len(comparison.bodies)
    return [
        {
            "theme": theme.code,
            "thai": theme.thai,
            "english": theme.english,
            "organisations": counts[theme.code],
            "share": round(counts[theme.code] / bodies, 3),
        }
        for theme in themes()
    ]


def _step(step: PlanStep) -> dict[str, Any]:
    return {
        "organisation": step.organisation.name,
        "from": _years(step.earlier),
        "to": _years(step.later),
        "phrases": [change.to_dict() for change in step.changes],
        "themes_dropped": sorted(step.themes_before - step.themes_after),
        "themes_new": sorted(step.themes_after - step.themes_before),
    }


def _drift(comparison: Comparison) -> list[dict[str, Any]]:
    """Return for each theme how many bodies had it before and have it now.

    Only bodies with an earlier and a newer plan count, each once, by its last step:
    `organisations` of them.
    """
    last = {step.organisation.name: step for step in comparison.steps}
    if not last:
        return []
    return [
        {
            "theme": theme.code,
            "thai": theme.thai,
            "organisations": len(last),
            "before": sum(theme.code in step.themes_before for step in last.values()),
            "after": sum(theme.code in step.themes_after for step in last.values()),
        }
        for theme in themes()
    ]


def _period(period_themes: PeriodThemes) -> dict[str, Any]:
    """Return the share of a period's bodies that has each theme."""
    return {
        "period": period_themes.period.to_list(),
        "organisations": period_themes.bodies,
        "themes": [
            {
                "theme": theme.code,
                "thai": theme.thai,
                "organisations": period_themes.themes.get(theme.code, 0),
                "share": round(period_themes.themes.get(theme.code, 0) / period_themes.bodies, 3),
            }
            for theme in themes()
        ],
    }


def _years(period: Period | None) -> list[int] | None:
    return period.to_list() if period else None
