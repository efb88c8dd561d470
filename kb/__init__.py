"""What is known and what follows from it."""

from kb.knowledge_base import KnowledgeBase
from kb.search.facets import SORTS, Sort
from kb.search.hit import MODES, Hit, Mode, SearchResult, Why
from kb.search.searcher import Arranged
from kb.store.filters import EVERYTHING, Filters
from kb.store.records import Stored, StoredDocument, StoredProject, StoredStatement

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
