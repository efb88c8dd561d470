"""Visions and missions copied from one body or year to another, the copied part marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from ingest.thai.fold import fold_with_offsets
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import StoredStatement
from kb.store.store import Store

LEAST_RUN = 12
"""Shorter runs of letters are Thai planning's common stock (พัฒนาคุณภาพชีวิต), no copy."""

LEAST_LENGTH = 24
"""Statements of fewer characters say too little for anybody to have copied them."""

LEAST_SHARE = 0.6
"""The least share of the shorter statement that the longer one contains."""

_NGRAM = 8
_COMMON = 40
"""A run of letters in more statements than these is no sign of a copy."""

_LONGEST = 2_000
"""Characters of a statement that are compared."""


@dataclass(frozen=True, slots=True)
class CopiedStatement:
    """Two statements of two bodies or years of which one copies much of the other.

    `share` is how much of the shorter one the longer one contains; `spans_a` and
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
            "spans": {
                "a": [list(span) for span in self.spans_a],
                "b": [list(span) for span in self.spans_b],
            },
        }


@dataclass(frozen=True, slots=True)
class _FoldedText:
    """A folded text without blanks; `offsets` are its letters' places, then the text's end."""

    letters: str
    offsets: tuple[int, ...]


def near_copies(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    kinds: tuple[str, ...] = ("vision", "mission"),
    share: float = LEAST_SHARE,
    limit: int = 100,
) -> list[CopiedStatement]:
    """Return at most `limit` near-copies between bodies and years, the largest share first.

    Candidates share a rare run of letters, so no statement is compared with all others.
    """
    long = (one for one in store.statements(filters) if len(one.text) >= LEAST_LENGTH)
    statements = [statement for statement in long if statement.kind in kinds]
    texts = [_folded(statement.text[:_LONGEST]) for statement in statements]
    copies = []
    for a, b in sorted(_candidates([text.letters for text in texts])):
        one, other = statements[a], statements[b]
        if one.kind != other.kind or not _of_other_plans(one, other):
            continue
        copy = _compare(one, other, texts[a], texts[b])
        if copy.share >= share:
            copies.append(copy)
    copies.sort(key=lambda copy: (-copy.share, -len(copy.a.text), copy.a.key, copy.b.key))
    return copies[:limit]


def _of_other_plans(a: StoredStatement, b: StoredStatement) -> bool:
    """Return whether two statements are known to be of two bodies, or of two periods."""
    if a.organisation and b.organisation and a.organisation.name != b.organisation.name:
        return True
    return bool(a.period and b.period and a.period != b.period)


def _folded(text: str) -> _FoldedText:
    folded, offsets = fold_with_offsets(text)
    places = [place for place, char in enumerate(folded) if not char.isspace()]
    letters = "".join(folded[place] for place in places)
    return _FoldedText(letters, (*(offsets[place] for place in places), len(text)))


def _candidates(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Return the pairs of texts that share enough n-grams which few texts have."""
    holders: Mapping[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for gram in {text[at : at + _NGRAM] for at in range(0, max(1, len(text) - _NGRAM + 1))}:
            holders[gram].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        if len(numbers) <= _COMMON:
            for pair in combinations(numbers, 2):
                shared[pair] += 1
    return {
        (a, b)
        for (a, b), count in shared.items()
        if count * 3 >= min(len(texts[a]), len(texts[b])) * LEAST_SHARE - _NGRAM
    }


def _compare(
    a: StoredStatement, b: StoredStatement, text_a: _FoldedText, text_b: _FoldedText
) -> CopiedStatement:
    shorter = min(len(text_a.letters), len(text_b.letters))
    matcher = SequenceMatcher(None, text_a.letters, text_b.letters, autojunk=False)
    blocks = [
        block
        for block in matcher.get_matching_blocks()
        if block.size >= min(LEAST_RUN, shorter) > 0
    ]
    return CopiedStatement(
        a,
        b,
        min(1.0, sum(block.size for block in blocks) / (shorter or 1)),
        tuple((text_a.offsets[m.a], text_a.offsets[m.a + m.size]) for m in blocks),
        tuple((text_b.offsets[m.b], text_b.offsets[m.b + m.size]) for m in blocks),
    )
