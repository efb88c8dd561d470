"""Has this been planned before? Relations of projects, told by their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kb.duplicates.finder import DuplicateFinder
    from kb.knowledge_base import KnowledgeBase
    from kb.model.encoder import Encoder
    from kb.search.semantic import Nearest

_KNOWN: WeakKeyDictionary[KnowledgeBase, DuplicateFinder] = WeakKeyDictionary()


def duplicates_of(kb: KnowledgeBase) -> DuplicateFinder:
    """Return what compares projects with those of a knowledge base; made once for each.

    The model is loaded when meaning is first asked for.
    """
    from kb.duplicates.finder import DuplicateFinder

    def nearest() -> Nearest:
        return kb._nearest()

    def encoder() -> Encoder:
        return kb._ready_encoder()

    return _KNOWN.setdefault(kb, DuplicateFinder(kb.store, nearest, encoder))
