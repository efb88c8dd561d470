"""Classes of Thai words of like meaning: sixty wide ones and two hundred and fifty narrow ones.

`word_classes.tsv` lists frequent words with their two classes; `tools/make_word_classes.py` made
it from the vectors of the encoder that search uses (multilingual-e5-small). So the model learns
from a word what it may then expect of its like.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _classes() -> dict[str, tuple[str, str]]:
    text = (files(__package__) / "word_classes.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {word: (wide, narrow) for word, wide, narrow in rows}


def classes_of(word: str) -> tuple[str, str]:
    """Return the wide and the narrow class of a word; a word that is not listed has none."""
    return _classes().get(word, ("none", "none"))
