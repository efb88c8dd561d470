"""Search hits in words: which words matched, and why a record answers a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.text.labels import STATEMENTS, label
from api.text.language import Language, current
from api.text.messages import message


def merge_spans(spans: Iterable[Sequence[int]], length: int) -> list[tuple[int, int]]:
    """Sort `[from, to]` offsets, cut them to a text of `length` and join those that touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, span[0]), min(length, span[1])) for span in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def mark_spans(
    text: str, spans: Iterable[Sequence[int]], *, before: str = "\x1b[1;33m", after: str = "\x1b[0m"
) -> str:
    """Put `before` and `after` around slices of a text, which may overlap.

    The default codes show them bold and yellow in a terminal; click drops the codes elsewhere.
    """
    pieces, last = [], 0
    for start, end in merge_spans(spans, len(text)):
        pieces += [text[last:start], before, text[start:end], after]
        last = end
    return "".join([*pieces, text[last:]])


def explain_hit(hit: Mapping[str, Any], language: Language | None = None) -> str:
    """Return on one line how relevant a hit is, and why: words in common or meaning."""
    language = language or current()
    evidence = hit["why"]
    words = ", ".join(str(word) for word in evidence.get("words") or [])
    reasons = [message("relevance", language, percent=int(hit["relevance"] * 100))]
    if words:
        reasons.append(message("why-words", language, words=words))
    elif evidence.get("meaning") is not None:
        reasons.append(message("why-meaning", language))
    return " · ".join(reasons)


def understood_as(
    understood: Mapping[str, Any] | None, language: Language | None = None
) -> str | None:
    """Return on one line how a question was read, None where it asks for its subject alone."""
    if not understood:
        return None
    language = language or current()
    kinds = [label(STATEMENTS, kind, language) for kind in understood["kinds"]]
    first, last = understood["years"] or (None, None)
    years = f"{first}" if first == last else f"{first}–{last}"
    asked = {
        "asked-correction": understood["corrected"],
        "asked-kinds": ", ".join(kinds),
        "asked-bodies": ", ".join(understood["organisations"]),
        "asked-places": ", ".join(understood["places"]),
        "asked-years": years if first else "",
        "asked-without": ", ".join(understood["without"]),
    }
    parts = [message(code, language, value=value) for code, value in asked.items() if value]
    if not parts:
        return None
    if understood["subject"] and not understood["corrected"]:
        parts.insert(0, message("asked-subject", language, value=understood["subject"]))
    return message("asked", language, parts=" · ".join(parts))
