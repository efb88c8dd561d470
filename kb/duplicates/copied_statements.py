"""Visions and missions copied from one body or year to another, the copied part marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ingest.thai.fold import fold_with_offsets
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredStatement
from kb.store.store import Store

RUN = 12
"""Shorter runs of letters are Thai planning's common stock (พัฒนาคุณภาพชีวิต), no copy."""

LEAST = 24
"""Shorter statements say too little for anybody to have copied them."""

LEAST_SHARE = 0.6
_GRAM = 8
_COMMON = 40
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class CopiedStatement:
    """Two statements of two bodies or years of which one copies much of the other.

    `share` is how much of the shorter one stands in the longer one; `spans_a` and
    `spans_b` are the copied parts as `(from, to)` offsets into their texts.
    """

    a: StoredStatement
    b: StoredStatement
    share: float
    spans_a: tuple[tuple[int, int], ...]
    spans_b: tuple[tuple[int, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "a": self.a.to_dict(),
            "b": self.b.to_dict(),
            "share": round(self.share, 4),
            "copied": [self.a.text[start:end] for start, end in self.spans_a],
            "spans": {"a": [list(s) for s in self.spans_a], "b": [list(s) for s in self.spans_b]},
        }


def near_copies(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    kinds: tuple[str, ...] = ("vision", "mission"),
    share: float = LEAST_SHARE,
    limit: int = 100,
) -> list[CopiedStatement]:
    """Find near-copies between bodies and years, the largest share first.

    Candidates share a rare run of letters, so no statement is compared with all others.
    """
    long = (each for each in store.statements(filters) if len(each.text) >= LEAST)
    found = [each for each in long if each.kind in kinds]
    texts = [_tight(each.text[:_LONGEST]) for each in found]
    copies = []
    for a, b in sorted(_candidates([text for text, _ in texts])):
        if not _apart(found[a], found[b]) or found[a].kind != found[b].kind:
            continue
        copy = _copy(found[a], found[b], texts[a], texts[b])
        if copy.share >= share:
            copies.append(copy)
    copies.sort(key=lambda copy: (-copy.share, -len(copy.a.text), copy.a.key, copy.b.key))
    return copies[:limit]


def _apart(a: StoredStatement, b: StoredStatement) -> bool:
    """Tell whether two statements are of two bodies, or of two periods that are both told."""
    if a.organisation and b.organisation and a.organisation.name != b.organisation.name:
        return True
    return bool(a.period and b.period and a.period != b.period)


def _tight(text: str) -> tuple[str, list[int]]:
    """Fold a text and take out its blanks; tell where each letter stood."""
    folded, offsets = fold_with_offsets(text)
    kept = [index for index, char in enumerate(folded) if not char.isspace()]
    ends = [offsets[index] for index in kept]
    return "".join(folded[index] for index in kept), [*ends, len(text)]


def _candidates(texts: list[str]) -> set[tuple[int, int]]:
    holders: Mapping[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for gram in {text[at : at + _GRAM] for at in range(0, max(1, len(text) - _GRAM + 1))}:
            holders[gram].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        if 1 < len(numbers) <= _COMMON:
            for pair in _pairs(numbers):
                shared[pair] += 1
    return {
        (a, b)
        for (a, b), count in shared.items()
        if count * 3 >= min(len(texts[a]), len(texts[b])) * LEAST_SHARE - _GRAM
    }


def _pairs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for at, a in enumerate(numbers):
        for b in numbers[at + 1 :]:
            yield a, b


def _copy(
    a: StoredStatement,
    b: StoredStatement,
    text_a: tuple[str, list[int]],
    text_b: tuple[str, list[int]],
) -> CopiedStatement:
    (tight_a, at_a), (tight_b, at_b) = text_a, text_b
    matcher = SequenceMatcher(None, tight_a, tight_b, autojunk=False)
    blocks = [
        block
        for block in matcher.get_matching_blocks()
        if block.size >= min(RUN, len(tight_a), len(tight_b)) > 0
    ]
    least = min(len(tight_a), len(tight_b)) or 1
    return CopiedStatement(
        a,
        b,
        min(1.0, sum(block.size for block in blocks) / least),
        tuple((at_a[m.a], at_a[m.a + m.size]) for m in blocks),
        tuple((at_b[m.b], at_b[m.b + m.size]) for m in blocks),
    )
