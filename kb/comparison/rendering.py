"""The JSON form of a comparison."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kb.reference.themes import themes

if TYPE_CHECKING:
    from ingest.records import Period
    from kb.comparison.bodies import Side
    from kb.comparison.comparison import Compared, Comparison, Pair, Share, Step
    from kb.store.records import StoredStatement


def written(found: Comparison) -> dict[str, Any]:
    """Return a comparison's JSON form."""
    names = [body.side.organisation.name for body in found.bodies]
    return {
        "kinds": list(found.kinds),
        "over_time": found.over_time,
        "organisations": [_body(found, at, names) for at in range(len(names))],
        "without": list(found.silent),
        "pairs": [_pair(pair, names) for pair in found.pairs],
        "groups": _groups(found, names),
        "themes": _themes(found),
        "topics": [topic.to_dict(names) for topic in found.topics],
        "changes": [_step(step) for step in found.steps],
        "drift": _drift(found),
        "periods": [_share(share) for share in found.periods],
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


def _statements(body: Compared) -> list[dict[str, Any]]:
    return [
        _said(said) | {"themes": [theme.to_dict() for theme in told]}
        for said, told in zip(body.side.statements, body.statement_themes, strict=True)
    ]


def _other(side: Side) -> dict[str, Any]:
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


def _pair(pair: Pair, names: list[str]) -> dict[str, Any]:
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


def _step(step: Step) -> dict[str, Any]:
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


def _share(share: Share) -> dict[str, Any]:
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
