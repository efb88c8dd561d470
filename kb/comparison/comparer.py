"""How the aims of bodies agree and differ, and how the aims of each body changed.

Closeness of two bodies: for each phrase of either, the likeness of its best counterpart
at the other; the mean over both. 1: the same words; 0: nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import UsageError
from kb.arrays import Matrix
from kb.comparison.bodies import BodyPlan, plans_of_body, select_bodies
from kb.comparison.changes import changes
from kb.comparison.comparison import (
    BodyPair,
    ComparedBody,
    Comparison,
    PeriodThemes,
    PlanStep,
    SharedPhrase,
)
from kb.comparison.grouping import groups, positions
from kb.comparison.likeness import SAME, anchors, likeness
from kb.comparison.phrases import phrases, unnamed
from kb.comparison.theme_changes import in_other_words
from kb.comparison.theme_meaning import phrase_themes
from kb.comparison.things import name_other_things
from kb.comparison.topics import Topic, topics
from kb.model.bundled import Progress, silent
from kb.reference.areas import area
from kb.reference.themes import ThemeMatch, themes_of
from kb.store.filters import Filters
from kb.store.passages import squeeze

if TYPE_CHECKING:
    from ingest.records import Period
    from kb.knowledge_base import KnowledgeBase
    from kb.model.encoder import Encoder

MOST = 400
"""More bodies than these are not compared at once."""

GROUPED_FROM = 0.5
"""The least closeness at which groups of bodies are joined."""

_OTHER_THING = 0.5
"""Where two bodies' phrases name no thing in common, and one names one, their likeness halves."""

STAGE = "compare"
"""What progress counts: bodies compared with all that come after them."""


def compare(
    kb: KnowledgeBase,
    organisations: Sequence[str] = (),
    *,
    kinds: Sequence[str] = ("vision",),
    over_time: bool = False,
    filters: Filters | None = None,
    areas: Sequence[str] = (),
    encoder: Encoder | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Compare bodies by name, or all that `filters` and `areas` let through, by newest plan.

    `areas` are regions or groups of provinces (`kb.reference.areas`). With `over_time` each
    body's plans are compared with one another as well. Without an `encoder` words alone are
    compared. Raises UsageError: `organisation-not-found`, `area-unknown`,
    `nothing-to-compare` (no body says anything of these kinds), `too-many-to-compare`.
    """
    asked = Filters(kinds=tuple(kinds)) if filters is None else filters
    bodies, statements = select_bodies(kb, organisations, asked, [area(name) for name in areas])
    speaking = [body for body in bodies if statements[body.name]]
    if not speaking:
        raise UsageError("nothing-to-compare", kinds=", ".join(asked.kinds))
    if len(speaking) > MOST:
        raise UsageError("too-many-to-compare", count=len(speaking), limit=MOST)
    plans = [plans_of_body(body, statements[body.name]) for body in speaking]
    progress(STAGE, 0, len(plans))
    without = tuple(body.name for body in bodies if not statements[body.name])
    comparer = _Comparer(plans, over_time, encoder)
    return comparer.comparison(asked.kinds, without, progress)


class _Comparer:
    """The plans of a comparison, by body and oldest first; each phrase is encoded once."""

    def __init__(
        self, plans: Sequence[Sequence[BodyPlan]], over_time: bool, encoder: Encoder | None
    ) -> None:
        self._plans, self._over_time = plans, over_time
        self._newest = [own[-1] for own in plans]
        compared = [plan for own in plans for plan in (own if over_time else own[-1:])]
        self._phrases = list(dict.fromkeys(p for plan in compared for p in plan.unnamed))
        self._row = {phrase: row for row, phrase in enumerate(self._phrases)}
        self._vectors = encoder.encode(self._phrases, "passage") if encoder else None
        centre = encoder.encode(anchors(), "passage").mean(axis=0) if encoder else None
        self._likeness = likeness(self._phrases, self._vectors, centre)
        self._of_others = np.where(
            name_other_things(self._phrases), self._likeness * _OTHER_THING, self._likeness
        )
        fingerprint = encoder.fingerprint if encoder else ""
        listed = phrase_themes(self._phrases, self._vectors, fingerprint)
        self._phrase_themes = dict(zip(self._phrases, listed, strict=True))
        self._themes = {
            statement.key: self._statement_themes(statement.text, plan.organisation.name)
            for plan in compared
            for statement in plan.statements
        }

    def _statement_themes(self, text: str, body: str) -> tuple[ThemeMatch, ...]:
        """Return the themes of a whole statement and of its phrases, likeliest first."""
        best = {match.theme: match for match in themes_of(unnamed(text, body))}
        for phrase in phrases(text, body):
            for match in self._phrase_themes.get(unnamed(phrase, body), ()):
                best.setdefault(match.theme, match)
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.theme)))

    def comparison(
        self, kinds: tuple[str, ...], without: tuple[str, ...], progress: Progress
    ) -> Comparison:
        pairs = self._pairs(progress)
        closeness = np.eye(len(self._newest))
        for pair in pairs:
            closeness[pair.a, pair.b] = closeness[pair.b, pair.a] = pair.closeness
        return Comparison(
            kinds,
            self._over_time,
            self._compared_bodies(closeness),
            tuple(pairs),
            closeness,
            self._steps(),
            without,
            self._topics(),
            self._periods(),
        )

    def _pairs(self, progress: Progress) -> list[BodyPair]:
        pairs: list[BodyPair] = []
        for a in range(len(self._newest)):
            pairs += [self._pair(a, b) for b in range(a + 1, len(self._newest))]
            progress(STAGE, a + 1, len(self._newest))
        return pairs

    def _compared_bodies(self, closeness: Matrix) -> tuple[ComparedBody, ...]:
        peculiar = self._peculiar() if len(self._newest) > 1 else [()]
        places = positions(closeness)
        group_of = {
            body: group
            for group, members in enumerate(groups(closeness, GROUPED_FROM))
            for body in members
        }
        return tuple(
            ComparedBody(
                plan,
                _said_otherwise(self._plans[number][:-1], plan),
                self._theme_scores(plan),
                tuple(self._themes[statement.key] for statement in plan.statements),
                peculiar[number],
                (float(places[number, 0]), float(places[number, 1])),
                group_of[number],
            )
            for number, plan in enumerate(self._newest)
        )

    def _topics(self) -> tuple[Topic, ...]:
        bodies_by_phrase: dict[str, list[int]] = {}
        row_of: dict[str, int] = {}
        for number, plan in enumerate(self._newest):
            for phrase, bare in zip(plan.phrases, plan.unnamed, strict=True):
                bodies_by_phrase.setdefault(phrase, []).append(number)
                row_of.setdefault(phrase, self._row[bare])
        rows = list(row_of.values())
        vectors = None if self._vectors is None else self._vectors[rows]
        return topics(list(bodies_by_phrase.items()), vectors)

    def _steps(self) -> tuple[PlanStep, ...]:
        return tuple(
            self._step(earlier, later)
            for own in (self._plans if self._over_time else ())
            for earlier, later in pairwise(plan for plan in own if plan.is_successive)
        )

    def _periods(self) -> tuple[PeriodThemes, ...]:
        """Count the themes of all dated plans by their years."""
        dated: dict[Period, list[BodyPlan]] = {}
        for own in self._plans if self._over_time else ():
            for plan in own:
                if plan.period and plan.is_successive:
                    dated.setdefault(plan.period, []).append(plan)
        return tuple(
            PeriodThemes(
                period,
                len(plans),
                dict(Counter(theme for plan in plans for theme in self._theme_scores(plan))),
            )
            for period, plans in sorted(dated.items())
        )

    def _likeness_of(self, table: Matrix, one: BodyPlan, other: BodyPlan) -> Matrix:
        rows = [self._row[phrase] for phrase in one.unnamed]
        columns = [self._row[phrase] for phrase in other.unnamed]
        between: Matrix = table[np.ix_(rows, columns)]
        return between

    def _pair(self, a: int, b: int) -> BodyPair:
        one, other = self._newest[a], self._newest[b]
        between = self._likeness_of(self._of_others, one, other)
        best = [0.0]
        if between.size:
            best = [*between.max(axis=1), *between.max(axis=0)]
        is_shared = between.max(initial=0.0) >= SAME
        shared = tuple(
            SharedPhrase(change.old, change.new, change.likeness)
            for change in (changes(one.phrases, other.phrases, between) if is_shared else ())
            if change.old and change.new
        )
        return BodyPair(a, b, round(float(np.mean(best)), 4), shared)

    def _peculiar(self) -> list[tuple[str, ...]]:
        """Return for each body the phrases that no other body shares."""
        phrases = [
            (number, phrase, self._row[bare])
            for number, plan in enumerate(self._newest)
            for phrase, bare in zip(plan.phrases, plan.unnamed, strict=True)
        ]
        owners = np.array([number for number, _, _ in phrases])
        rows = np.array([row for _, _, row in phrases], dtype=np.intp)
        is_own = owners[:, None] == owners[None, :]
        others = np.where(is_own, 0.0, self._of_others[np.ix_(rows, rows)])
        is_peculiar = (others.max(axis=1, initial=0.0) < SAME).tolist()
        peculiar: list[list[str]] = [[] for _ in self._newest]
        for (number, phrase, _), alone in zip(phrases, is_peculiar, strict=True):
            if alone:
                peculiar[number].append(phrase)
        return [tuple(own) for own in peculiar]

    def _theme_scores(self, plan: BodyPlan) -> dict[str, float]:
        """Return each theme's highest probability among a plan's statements."""
        best: dict[str, float] = {}
        for statement in plan.statements:
            for match in self._themes[statement.key]:
                best[match.theme] = max(best.get(match.theme, 0.0), match.score)
        return best

    def _step(self, earlier: BodyPlan, later: BodyPlan) -> PlanStep:
        between = changes(
            earlier.phrases, later.phrases, self._likeness_of(self._likeness, earlier, later)
        )
        before, after = set(self._theme_scores(earlier)), set(self._theme_scores(later))
        name = later.organisation.name
        themed = {
            phrase: frozenset(match.theme for match in self._phrase_themes[unnamed(phrase, name)])
            for phrase in (*earlier.phrases, *later.phrases)
        }
        return PlanStep(
            earlier.organisation,
            earlier.period,
            later.period,
            between,
            frozenset(before | in_other_words(between, after - before, themed, of="old")),
            frozenset(after | in_other_words(between, before - after, themed, of="new")),
        )


def _said_otherwise(others: Sequence[BodyPlan], newest: BodyPlan) -> tuple[BodyPlan, ...]:
    """Return what other plans say in other words than the newest; silent plans are left out."""
    known = {(statement.kind, squeeze(statement.text)) for statement in newest.statements}
    plans = (
        replace(
            plan,
            statements=tuple(
                statement
                for statement in plan.statements
                if (statement.kind, squeeze(statement.text)) not in known
            ),
        )
        for plan in others
    )
    return tuple(plan for plan in plans if plan.statements)
