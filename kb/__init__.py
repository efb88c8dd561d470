"""What is known and what follows from it."""

from kb.filters import EVERYTHING, Filters
from kb.hit import MODES, Hit, Mode, SearchResult, Why
from kb.knowledge_base import KnowledgeBase
from kb.stored import Stored, StoredDocument, StoredProject, StoredStatement

__all__ = [
    "EVERYTHING",
    "MODES",
    "Filters",
    "Hit",
    "KnowledgeBase",
    "Mode",
    "SearchResult",
    "Stored",
    "StoredDocument",
    "StoredProject",
    "StoredStatement",
    "Why",
]
