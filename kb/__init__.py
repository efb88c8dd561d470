"""What is known and what follows from it."""

from kb.facets import SORTS, Sort
from kb.filters import EVERYTHING, Filters
from kb.hit import MODES, Hit, Mode, SearchResult, Why
from kb.knowledge_base import KnowledgeBase
from kb.search import Arranged
from kb.stored import Stored, StoredDocument, StoredProject, StoredStatement

__all__ = [
    "EVERYTHING",
    "MODES",
    "SORTS",
    "Arranged",
    "Filters",
    "Hit",
    "KnowledgeBase",
    "Mode",
    "SearchResult",
    "Sort",
    "Stored",
    "StoredDocument",
    "StoredProject",
    "StoredStatement",
    "Why",
]
