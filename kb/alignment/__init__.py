"""Alignment: which strategy a proposal serves, how surely, why, and what that strategy serves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kb.alignment.aligner import Aligner
    from kb.knowledge_base import KnowledgeBase

_ALIGNERS: WeakKeyDictionary[KnowledgeBase, Aligner] = WeakKeyDictionary()


def aligner_of(kb: KnowledgeBase) -> Aligner:
    """Return the aligner of a knowledge base's encoder, the same one at every call.

    Loads the model. Raises PhaenError `alignment-model-changed`.
    """
    from kb.alignment.aligner import Aligner

    if kb not in _ALIGNERS:
        _ALIGNERS[kb] = Aligner(kb._ready_encoder())
    return _ALIGNERS[kb]
