"""Which themes of a plan were in the other plan already, in other words.

ท่องเที่ยวเชิงอนุรักษ์ that becomes ท่องเที่ยวเชิงนิเวศ brings nature in no more than it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from kb.comparison.changes import Change
from kb.reference.themes import evidence

Side = Literal["old", "new"]


def in_other_words(
    changes: Sequence[Change],
    themes: AbstractSet[str],
    themed: Mapping[str, frozenset[str]],
    *,
    of: Side,
) -> frozenset[str]:
    """Return those of `themes`, which one plan has alone, that the `of` plan has in other words.

    It has one in other words where each phrase of the other plan that carries it is a rewording
    of one of its own and adds nothing to it. `themed` are the themes of each phrase.
    """
    carried: set[str] = set()
    brought: set[str] = set()
    for change in changes:
        own, other = (change.old, change.new) if of == "old" else (change.new, change.old)
        if other is None:
            continue
        its_themes = themed[other] & themes
        if own is None:
            brought |= its_themes
            continue
        is_kept = bool(themed[own]) and themed[own] <= themed[other]
        added = {code for code in its_themes if is_kept and code not in evidence(own)}
        brought |= added
        carried |= its_themes - added
    return frozenset(carried - brought)
