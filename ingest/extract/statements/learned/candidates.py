"""Candidates: openings that may be believed, each with its likeliest end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.extract.statements.candidates import FindKind
from ingest.extract.statements.learned.closings import Closing, closing_quote, closings_of
from ingest.extract.statements.learned.features import (
    PageView,
    closing_features,
    following_class,
    opening_features,
    screening_features,
)
from ingest.extract.statements.learned.model import Linear, Model
from ingest.extract.statements.learned.openings import Opening

SCREEN = 0.004
"""Openings that a first glance makes less likely than this are passed over."""
FLOOR = 0.03
"""Openings that are less likely than this are not followed to an end."""


@dataclass(slots=True)
class Candidate:
    """An opening with an end: how likely it opens a statement, and how likely it ends there."""

    opening: Opening
    end: int
    index: int
    opens: float
    closes: float
    names: list[str] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def start(self) -> int:
        """Where the candidate begins."""
        return self.opening.start

    @property
    def kind(self) -> FindKind:
        """What the candidate would be."""
        return self.opening.kind

    @property
    def likely(self) -> float:
        """How likely both its beginning and its end are right."""
        return self.opens * self.closes


def candidates_of(view: PageView, openings: Iterable[Opening], learned: Model) -> list[Candidate]:
    """Return the openings of a page that are likely enough, each with its likeliest end."""
    result = []
    for opening in openings:
        kind = opening.kind
        if learned.screens.probability(screening_features(view, opening), kind) < SCREEN:
            continue
        likely = learned.opens.probability(opening_features(view, opening), kind)
        if likely < FLOOR:
            continue
        candidate = best_end(view, opening, likely, learned.closes)
        if candidate:
            result.append(candidate)
    return result


def best_end(view: PageView, opening: Opening, likely: float, closes: Linear) -> Candidate | None:
    """Return the candidate of an opening: each end is likely where no end before it is right."""
    quote = closing_quote(view.page, opening.start)
    best: tuple[float, Closing] | None = None
    alive = 1.0
    for order, closing in enumerate(ends_of(view, opening)):
        names = closing_features(view, opening, closing, order, quote)
        here = closes.probability(names, opening.kind)
        if best is None or alive * here > best[0]:
            best = (alive * here, closing)
        alive *= 1 - here
        if alive < best[0]:
            break
    return Candidate(opening, best[1].end, best[1].next_word, likely, best[0]) if best else None


def ends_of(view: PageView, opening: Opening) -> list[Closing]:
    """Return the ends an opening may have."""
    return closings_of(view.page, opening.start, opening.rule.end if opening.rule else None)


def describe(view: PageView, candidates: Sequence[Candidate]) -> None:
    """Give each candidate the features by which the whole is judged, its rivals among them."""
    siblings: dict[tuple[object, ...], list[float]] = {}
    for one in candidates:
        siblings.setdefault(_list_of(one), []).append(_odds(one.opens))
    for one in candidates:
        rivals = [
            other.likely
            for other in candidates
            if other is not one and other.start < one.end and one.start < other.end
        ]
        beside = siblings[_list_of(one)]
        one.names = _names(view, one, max(rivals, default=0.0), beside if len(beside) > 1 else [])


def _list_of(candidate: Candidate) -> tuple[object, ...]:
    """Return what the items of one list have in common; a lone candidate is its own list."""
    opening = candidate.opening
    if opening.place is not None:
        return (opening.place.head, opening.cue, candidate.kind)
    if opening.rule is not None and opening.rule.rule in ("label", "enumerated", "listed"):
        return (opening.rule.rule, candidate.kind)
    return (candidate.start, candidate.kind)


def _odds(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def _steps(name: str, odds: float, low: float = -4.0, high: float = 4.0) -> list[str]:
    """Write a number as the steps of half a unit that it has passed."""
    return [f"{name}>{n / 2}" for n in range(int(low * 2), int(high * 2) + 1) if odds >= n / 2]


def _names(view: PageView, one: Candidate, rival: float, siblings: Sequence[float]) -> list[str]:
    page, opening, kind = view.page, one.opening, one.kind
    text = page.text[one.start : one.end]
    rule = opening.rule.rule if opening.rule else "none"
    ends = "rule" if opening.rule and opening.rule.end == one.end else "own"
    behind = following_class(page, one.index)
    names = [
        f"kind={kind}",
        f"way={opening.way}",
        f"rule={rule}",
        f"rule={rule}+{ends}",
        f"page={view.kind}",
        f"page={view.kind}+{kind}",
        f"behind={page.gap(one.index)}+{behind}",
        f"behind={kind}+{page.gap(one.index)}+{behind}",
        f"shape={_shape(text)}",
        f"shape={kind}+{_shape(text)}",
        f"first={page.words[page.at(one.start)]}",
        f"balance={text.count('(') - text.count(')')}+{text.count(chr(34)) % 2}",
        f"alone={not siblings}",
        *_steps("opens", _odds(one.opens)),
        *(f"{kind}|{step}" for step in _steps("opens", _odds(one.opens))),
        *_steps("closes", _odds(one.closes)),
        *_steps("rival", _odds(rival)),
        *_steps("ahead", _odds(one.likely) - _odds(rival)),
        *(f"long>{n}" for n in (8, 15, 25, 40, 60, 90, 130, 180, 250, 350) if len(text) >= n),
    ]
    if siblings:
        names += _steps("siblings", sum(siblings) / len(siblings))
    return names


def _shape(text: str) -> str:
    """Return how a text begins, and whether it holds figures or a place."""
    head = next(
        (
            word
            for word in (
                "โครงการ",
                "การ",
                "กรม",
                "กระทรวง",
                "สำนักงาน",
                "จังหวัด",
                "นาย",
                "เพื่อ",
                "ด้าน",
            )
            if text.startswith(word)
        ),
        "other",
    )
    place = "place" if "จังหวัด" in text or "อำเภอ" in text else ""
    return f"{head}+{place}+{any(sign.isdigit() for sign in text)}"
