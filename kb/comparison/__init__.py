"""Comparison: how the visions, missions and issues of bodies compare, and how they change."""

from kb.comparison.changes import Change, changes
from kb.comparison.comparer import compare
from kb.comparison.comparison import Comparison
from kb.comparison.likeness import SAME, likeness
from kb.comparison.phrases import phrases

__all__ = ["SAME", "Change", "Comparison", "changes", "compare", "likeness", "phrases"]
