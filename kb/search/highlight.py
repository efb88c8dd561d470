"""Highlights: which parts of a text a query's words or phrase stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from ingest.thai.fold import fold_with_offsets
from ingest.thai.words import segment
from kb.store.passages import squeeze

Slice = tuple[int, int]


def phrase_slices(text: str, phrase: str) -> tuple[Slice, ...]:
    """Find a phrase in a text, blind to blanks and spelling variants; slices of the text."""
    wanted = squeeze(phrase)
    if not wanted:
        return ()
    folded, offsets = _squeezed(text)
    result, at = [], folded.find(wanted)
    while at >= 0:
        result.append((offsets[at], offsets[at + len(wanted)]))
        at = folded.find(wanted, at + len(wanted))
    return joined(_trimmed(text, result))


def word_slices(text: str, terms: Collection[str]) -> tuple[Slice, ...]:
    """Find folded terms in a text, as words of their own or else inside words; its slices."""
    folded, offsets, tokens = _cut(text)
    result: list[Slice] = []
    inside, at = set(terms), 0
    for token in tokens:
        end = at + len(token)
        if token.strip() in terms:
            result.append((offsets[at], offsets[end]))
            inside.discard(token.strip())
        at = end
    for term in inside:
        at = folded.find(term)
        while at >= 0:
            result.append((offsets[at], offsets[at + len(term)]))
            at = folded.find(term, at + len(term))
    return joined(_trimmed(text, result))


def joined(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """Sort slices and join those that touch."""
    merged: list[Slice] = []
    for start, end in sorted(slices):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, list[int], list[str]]:
    """Fold a text and cut it into words; the same texts are shown again and again."""
    folded, offsets = fold_with_offsets(text)
    return folded, offsets, segment(folded)


def _squeezed(text: str) -> tuple[str, list[int]]:
    folded, offsets = fold_with_offsets(text)
    kept = [index for index, char in enumerate(folded) if not char.isspace()]
    return "".join(folded[index] for index in kept), [*(offsets[i] for i in kept), len(text)]


def _trimmed(text: str, slices: Iterable[Slice]) -> Iterable[Slice]:
    for start, end in slices:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end
