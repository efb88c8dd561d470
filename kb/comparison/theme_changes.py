"""Which themes of a plan were in the other plan already, in other words.

ท่องเที่ยวเชิงอนุรักษ์ that becomes ท่องเที่ยวเชิงนิเวศ brings nature in no more than it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from kb.comparison.changes import Change
from kb.reference.themes import evidence, themes_of

Side = Literal["old", "new"]


def in_other_words(
    changes: Sequence[Change], themes: AbstractSet[str], *, of: Side
) -> frozenset[str]:
    """Return those of `themes`, which one plan has alone, that the `of` plan has in other words.

    It has a theme in other words where each phrase of the other plan that carries it is a
    rewording of one of its own, and adds nothing to it.
    """
    carried: set[str] = set()
    brought: set[str] = set()
    for change in changes:
        own, other = (change.old, change.new) if of == "old" else (change.new, change.old)
        if other is None:
            continue
        themes_of_other = _codes(other) & themes
        if own is None:
            brought |= themes_of_other
        else:
            carried |= {code for code in themes_of_other if not _adds(code, own, other)}
            brought |= {code for code in themes_of_other if _adds(code, own, other)}
    return frozenset(carried - brought)


def _adds(theme: str, own: str, other: str) -> bool:
    """Return whether a phrase wants what its rewording wants, and this theme besides."""
    own_themes = _codes(own)
    return bool(own_themes) and own_themes <= _codes(other) and theme not in evidence(own)


def _codes(text: str) -> set[str]:
    return {match.theme for match in themes_of(text)}
