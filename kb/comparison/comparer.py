"""How the aims of bodies agree and differ, and how the aims of each body changed.

Closeness of two bodies: for each phrase of either, the likeness of its best counterpart
at the other; the mean over both sides. 1: the same words; 0: nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import UsageError
from kb.comparison.bodies import BodyPlan, plans_of_body, select_bodies
from kb.comparison.changes import changes
from kb.comparison.comparison import BodyPair, ComparedBody, Comparison, PeriodThemes, PlanStep
from kb.comparison.grouping import groups, positions
from kb.comparison.likeness import SAME, Matrix, likeness
from kb.comparison.topics import Topic, topics
from kb.model.bundled import Progress, silent
from kb.reference.areas import area
from kb.reference.themes import themes_of
from kb.store.filters import Filters
from kb.store.passages import squeeze

if TYPE_CHECKING:
    from ingest.records import Period
    from kb.knowledge_base import KnowledgeBase
    from kb.model.encoder import Encoder

MOST = 400
"""More bodies than these are not compared at once."""
GROUPED_FROM = 0.5
STAGE = "compare"
"""What progress is told of: bodies compared with all that come after them."""


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

    `areas` are regions or groups of provinces (`kb.reference.areas`). With `over_time` each body's
    plans are compared with one another as well. Without an `encoder` words alone are
    compared. Raises UsageError: `organisation-not-found`, `area-unknown`,
    `nothing-to-compare` (no body says anything of these kinds), `too-many-to-compare`.
    """
    asked = Filters(kinds=tuple(kinds)) if filters is None else filters
    bodies, said = select_bodies(kb, organisations, asked, [area(name) for name in areas])
    speaking = [body for body in bodies if said[body.name]]
    if not speaking:
        raise UsageError("nothing-to-compare", kinds=", ".join(asked.kinds))
    if len(speaking) > MOST:
        raise UsageError("too-many-to-compare", count=len(speaking), limit=MOST)
    parted = [plans_of_body(body, said[body.name]) for body in speaking]
    progress(STAGE, 0, len(parted))
    without = tuple(body.name for body in bodies if not said[body.name])
    desk = _Comparer(parted, over_time, encoder)
    return desk.comparison(asked.kinds, without, progress)


def _unlike(others: Sequence[BodyPlan], newest: BodyPlan) -> tuple[BodyPlan, ...]:
    """Keep what other plans say in other words than the newest."""
    known = {(said.kind, squeeze(said.text)) for said in newest.statements}
    kept = (
        replace(
            side,
            statements=tuple(
                said for said in side.statements if (said.kind, squeeze(said.text)) not in known
            ),
        )
        for side in others
    )
    return tuple(side for side in kept if side.statements)


class _Comparer:
    """All phrases and statements of a comparison, each looked at once."""

    def __init__(
        self, parted: Sequence[Sequence[BodyPlan]], over_time: bool, encoder: Encoder | None
    ) -> None:
        self._parted, self._over_time = parted, over_time
        every = [side for own in parted for side in (own if over_time else own[-1:])]
        self._phrases = list(dict.fromkeys(p for side in every for p in side.phrases))
        self._at = {phrase: at for at, phrase in enumerate(self._phrases)}
        self._vectors = encoder.encode(self._phrases, "passage") if encoder else None
        self._alike = likeness(self._phrases, self._vectors)
        texts = list(dict.fromkeys(s.text for side in every for s in side.statements))
        self._themes = {text: themes_of(text) for text in texts}

    def comparison(
        self, kinds: tuple[str, ...], without: tuple[str, ...], progress: Progress
    ) -> Comparison:
        newest = [own[-1] for own in self._parted]
        pairs = self._pairs(newest, progress)
        close = np.eye(len(newest))
        for pair in pairs:
            close[pair.a, pair.b] = close[pair.b, pair.a] = pair.closeness
        return Comparison(
            kinds,
            self._over_time,
            self._compared(newest, close),
            tuple(pairs),
            close,
            self._steps(),
            without,
            self._topics(newest),
            self._periods(),
        )

    def _pairs(self, newest: Sequence[BodyPlan], progress: Progress) -> list[BodyPair]:
        found = []
        for a in range(len(newest)):
            found += [self._pair(newest, a, b) for b in range(a + 1, len(newest))]
            progress(STAGE, a + 1, len(newest))
        return found

    def _compared(self, newest: Sequence[BodyPlan], close: Matrix) -> tuple[ComparedBody, ...]:
        only = self._peculiar(newest) if len(newest) > 1 else [()]
        where, joined = positions(close), groups(close, GROUPED_FROM)
        number = {at: group for group, members in enumerate(joined) for at in members}
        return tuple(
            ComparedBody(
                side,
                _unlike(self._parted[at][:-1], side),
                self._shares(side),
                tuple(self._themes[s.text] for s in side.statements),
                only[at],
                (float(where[at, 0]), float(where[at, 1])),
                number[at],
            )
            for at, side in enumerate(newest)
        )

    def _topics(self, newest: Sequence[BodyPlan]) -> tuple[Topic, ...]:
        said: dict[str, list[int]] = {}
        for at, side in enumerate(newest):
            for phrase in side.phrases:
                said.setdefault(phrase, []).append(at)
        rows = [self._at[phrase] for phrase in said]
        return topics(list(said.items()), None if self._vectors is None else self._vectors[rows])

    def _steps(self) -> tuple[PlanStep, ...]:
        return tuple(
            self._step(a, b)
            for own in (self._parted if self._over_time else ())
            for a, b in pairwise(side for side in own if side.period)
        )

    def _periods(self) -> tuple[PeriodThemes, ...]:
        """Count the themes of all dated plans by their years."""
        dated: dict[Period, list[BodyPlan]] = {}
        for own in self._parted if self._over_time else ():
            for side in own:
                if side.period:
                    dated.setdefault(side.period, []).append(side)
        return tuple(
            PeriodThemes(
                period, len(held), dict(Counter(c for side in held for c in self._shares(side)))
            )
            for period, held in sorted(dated.items())
        )

    def _between(self, one: BodyPlan, other: BodyPlan) -> Matrix:
        rows = [self._at[phrase] for phrase in one.phrases]
        columns = [self._at[phrase] for phrase in other.phrases]
        found: Matrix = self._alike[np.ix_(rows, columns)]
        return found

    def _pair(self, newest: Sequence[BodyPlan], a: int, b: int) -> BodyPair:
        alike = self._between(newest[a], newest[b])
        best = np.concatenate([alike.max(axis=1), alike.max(axis=0)]) if alike.size else [0.0]
        shared = tuple(
            (change.old, change.new, change.likeness)
            for change in (
                changes(newest[a].phrases, newest[b].phrases, alike)
                if alike.max(initial=0.0) >= SAME
                else ()
            )
            if change.old and change.new
        )
        return BodyPair(a, b, round(float(np.mean(best)), 4), shared)

    def _peculiar(self, newest: Sequence[BodyPlan]) -> list[tuple[str, ...]]:
        """List for each body the phrases that no other body shares."""
        rows = [(at, self._at[phrase]) for at, side in enumerate(newest) for phrase in side.phrases]
        whose = np.array([at for at, _ in rows])
        held = np.array([row for _, row in rows], dtype=np.intp)
        alike = np.where(whose[:, None] == whose[None, :], 0.0, self._alike[np.ix_(held, held)])
        alone = alike.max(axis=1, initial=0.0) < SAME
        return [
            tuple(
                self._phrases[row]
                for (own, row), only in zip(rows, alone.tolist(), strict=True)
                if own == at and only
            )
            for at in range(len(newest))
        ]

    def _shares(self, side: BodyPlan) -> dict[str, float]:
        """Return each theme's highest probability in what a body says."""
        best: dict[str, float] = {}
        for statement in side.statements:
            for found in self._themes[statement.text]:
                best[found.theme] = max(best.get(found.theme, 0.0), found.score)
        return best

    def _step(self, earlier: BodyPlan, later: BodyPlan) -> PlanStep:
        alike = self._between(earlier, later)
        told = changes(earlier.phrases, later.phrases, alike)
        return PlanStep(
            earlier.organisation,
            earlier.period,
            later.period,
            told,
            (self._shares(earlier), self._shares(later)),
        )
