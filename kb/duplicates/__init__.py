"""Duplicates: what was planned before that is like a proposal, how it is related, how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

if TYPE_CHECKING:
    from kb.duplicates.finder import DuplicateFinder
    from kb.knowledge_base import KnowledgeBase
    from kb.model.encoder import Encoder
    from kb.search.semantic import Nearest

_FINDERS: WeakKeyDictionary[KnowledgeBase, DuplicateFinder] = WeakKeyDictionary()


def duplicates_of(kb: KnowledgeBase) -> DuplicateFinder:
    """Return the finder of a knowledge base's projects, the same one at every call.

    The model is loaded when a comparison first needs it. The finder holds the knowledge
    base weakly, so that keeping it here does not keep the knowledge base alive.
    """
    from kb.duplicates.finder import DuplicateFinder

    if kb in _FINDERS:
        return _FINDERS[kb]
    reference = ref(kb)

    def nearest() -> Nearest | None:
        owner = reference()
        return owner._nearest() if owner is not None else None

    def encoder() -> Encoder | None:
        owner = reference()
        return owner._ready_encoder() if owner is not None else None

    return _FINDERS.setdefault(kb, DuplicateFinder(kb.store, nearest, encoder))
