"""Does this proposal serve our strategy? Verdicts with scores, reasons and the chain above."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kb.alignment.aligner import Aligner
    from kb.knowledge_base import KnowledgeBase

_KNOWN: WeakKeyDictionary[KnowledgeBase, Aligner] = WeakKeyDictionary()


def aligner_of(kb: KnowledgeBase) -> Aligner:
    """Return what judges proposals with a knowledge base's encoder; made once for each.

    Loads the model. Raises PhaenError `alignment-model-changed`.
    """
    from kb.alignment.aligner import Aligner

    if kb not in _KNOWN:
        _KNOWN[kb] = Aligner(kb._ready_encoder())
    return _KNOWN[kb]
