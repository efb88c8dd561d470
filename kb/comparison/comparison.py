"""A comparison of bodies as data: who is close to whom, themes, changes, and the JSON form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ingest.records import Organisation, Period
from kb.comparison.bodies import BodyPlan
from kb.comparison.changes import Change
from kb.comparison.likeness import Matrix
from kb.comparison.topics import Topic
from kb.reference.themes import ThemeMatch, themes
from kb.store.records import StoredStatement

_NEAREST = 3
"""Bodies listed as nearest, and as farthest."""


@dataclass(frozen=True, slots=True)
class ComparedBody:
    """A body in the comparison: what it says, its themes, and its place among the others.

    `others` are its plans of other years, or without any, that the newest does not speak for.
    """

    side: BodyPlan
    others: tuple[BodyPlan, ...]
    themes: dict[str, float]
    statement_themes: tuple[tuple[ThemeMatch, ...], ...]
    peculiar: tuple[str, ...]
    place: tuple[float, float]
    group: int


@dataclass(frozen=True, slots=True)
class BodyPair:
    """Two bodies (by their number), how close they are, and the phrases they share."""

    a: int
    b: int
    closeness: float
    shared: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One body from one plan to the next: the periods and what became of each phrase."""

    organisation: Organisation
    earlier: Period | None
    later: Period | None
    changes: tuple[Change, ...]
    themes: tuple[dict[str, float], dict[str, float]]


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

    def shares(self) -> dict[str, int]:
        """Count the bodies that have each theme, in the taxonomy's order."""
        return {
            theme.code: sum(theme.code in body.themes for body in self.bodies) for theme in themes()
        }

    def nearest(self, at: int, *, far: bool = False) -> list[tuple[int, float]]:
        """List the bodies nearest to one (or farthest from it) with their closeness."""
        others = [other for other in range(len(self.bodies)) if other != at]
        sign = 1 if far else -1
        others.sort(key=lambda other: (sign * self.closeness[at, other], other))
        return [(other, float(self.closeness[at, other])) for other in others[:_NEAREST]]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        names = [body.side.organisation.name for body in self.bodies]
        return {
            "kinds": list(self.kinds),
            "over_time": self.over_time,
            "organisations": [_body(self, at, names) for at in range(len(names))],
            "without": list(self.without),
            "pairs": [_pair(pair, names) for pair in self.pairs],
            "groups": _groups(self, names),
            "themes": _themes(self),
            "topics": [topic.to_dict(names) for topic in self.topics],
            "changes": [_step(step) for step in self.steps],
            "drift": _drift(self),
            "periods": [_share(share) for share in self.periods],
        }


def _body(found: Comparison, at: int, names: list[str]) -> dict[str, Any]:
    body = found.bodies[at]
    return {
        "organisation": body.side.organisation.to_dict(),
        "period": _years(body.side.period),
        "statements": _statements(body),
        "others": [_other(side) for side in body.others],
        "phrases": list(body.side.phrases),
        "themes": {code: round(score, 3) for code, score in sorted(body.themes.items())},
        "peculiar": list(body.peculiar),
        "nearest": _ranked(found.nearest(at), names),
        "farthest": _ranked(found.nearest(at, far=True), names),
        "group": body.group,
        "map": list(body.place),
    }


def _statements(body: ComparedBody) -> list[dict[str, Any]]:
    return [
        _said(said) | {"themes": [theme.to_dict() for theme in told]}
        for said, told in zip(body.side.statements, body.statement_themes, strict=True)
    ]


def _other(side: BodyPlan) -> dict[str, Any]:
    """Show what a body says in a plan of other years, or in one that tells none."""
    return {"period": _years(side.period), "statements": [_said(s) for s in side.statements]}


def _said(said: StoredStatement) -> dict[str, Any]:
    return {
        "id": said.id,
        "kind": said.kind,
        "text": said.text,
        "document": said.document,
        "file": said.file,
        "page": said.page,
    }


def _ranked(listed: list[tuple[int, float]], names: list[str]) -> list[dict[str, Any]]:
    return [{"organisation": names[at], "closeness": round(close, 3)} for at, close in listed]


def _pair(pair: BodyPair, names: list[str]) -> dict[str, Any]:
    return {
        "a": names[pair.a],
        "b": names[pair.b],
        "closeness": round(pair.closeness, 3),
        "shared": [{"a": a, "b": b, "likeness": round(alike, 3)} for a, b, alike in pair.shared],
    }


def _groups(found: Comparison, names: list[str]) -> list[dict[str, Any]]:
    members: dict[int, list[int]] = {}
    for at, body in enumerate(found.bodies):
        members.setdefault(body.group, []).append(at)
    return [
        {
            "organisations": [names[at] for at in members[group]],
            "themes": _common(found, members[group]),
        }
        for group in sorted(members)
    ]


def _common(found: Comparison, members: list[int]) -> list[str]:
    """List the themes that more than half of a group's bodies have, most frequent first."""
    counted = Counter(code for at in members for code in found.bodies[at].themes)
    common = [(-times, code) for code, times in counted.items() if times * 2 > len(members)]
    return [code for _, code in sorted(common)]


def _themes(found: Comparison) -> list[dict[str, Any]]:
    counted, bodies = found.shares(), len(found.bodies)
    return [
        {
            "theme": theme.code,
            "thai": theme.thai,
            "english": theme.english,
            "organisations": counted[theme.code],
            "share": round(counted[theme.code] / bodies, 3),
        }
        for theme in themes()
    ]


def _step(step: PlanStep) -> dict[str, Any]:
    return {
        "organisation": step.organisation.name,
        "from": _years(step.earlier),
        "to": _years(step.later),
        "phrases": [change.to_dict() for change in step.changes],
        "themes_dropped": sorted(set(step.themes[0]) - set(step.themes[1])),
        "themes_new": sorted(set(step.themes[1]) - set(step.themes[0])),
    }


def _drift(found: Comparison) -> list[dict[str, Any]]:
    """Tell for each theme how many bodies took it up or let it go between their plans."""
    if not found.steps:
        return []
    return [
        {
            "theme": theme.code,
            "thai": theme.thai,
            "before": sum(theme.code in step.themes[0] for step in found.steps),
            "after": sum(theme.code in step.themes[1] for step in found.steps),
        }
        for theme in themes()
    ]


def _share(share: PeriodThemes) -> dict[str, Any]:
    """Tell for one period which share of its bodies has each theme."""
    return {
        "period": share.period.to_list(),
        "organisations": share.bodies,
        "themes": [
            {
                "theme": theme.code,
                "thai": theme.thai,
                "organisations": share.themes.get(theme.code, 0),
                "share": round(share.themes.get(theme.code, 0) / share.bodies, 3),
            }
            for theme in themes()
        ],
    }


def _years(period: Period | None) -> list[int] | None:
    return period.to_list() if period else None
