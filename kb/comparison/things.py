"""The things that a phrase names: โนรา in วัฒนธรรมโนรา, which no วัฒนธรรมท้องถิ่น names.

A thing is a word of the groups that `corpora/themes/words.tsv` marks as names of things
(festivals, crafts, peoples, crops), or a word that is neither frequent in Thai nor among
the words in which planners speak of their themes.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from ingest.thai.fold import fold
from kb.arrays import Mask
from kb.comparison.qualifiers import content
from kb.reference.tables import table_rows
from kb.reference.themes import evidence
from kb.store.passages import terms

_FREQUENT = 300
"""A word so often in the Thai National Corpus is no name of a thing."""
_LEAST_LETTERS = 3


def name_other_things(phrases: Sequence[str]) -> Mask:
    """Return for each two phrases whether one names a thing and both name none in common."""
    listed = [things(phrase) for phrase in phrases]
    columns = {word: column for column, word in enumerate(sorted(set().union(*listed)))}
    incidence = np.zeros((len(phrases), max(len(columns), 1)), dtype=np.float32)
    for row, own in enumerate(listed):
        incidence[row, [columns[word] for word in own]] = 1
    names_any: Mask = incidence.sum(axis=1) > 0
    in_common = incidence @ incidence.T > 0
    different: Mask = (names_any[:, None] | names_any[None, :]) & ~in_common
    return different


@lru_cache(maxsize=8192)
def things(phrase: str) -> frozenset[str]:
    """Return the words of a phrase that name things."""
    known = {
        word
        for words in evidence(phrase).values()
        for word in (*words.terms, *words.hints)
        if word in _named()
    }
    rare = {
        word
        for word in content(phrase)
        if len(word) >= _LEAST_LETTERS
        and not word.isdigit()
        and word not in _general()
        and not any(word in name for name in known)
    }
    return frozenset(known | rare)


@cache
def _named() -> frozenset[str]:
    return frozenset(
        fold(word.lstrip("^"))
        for row in table_rows("themes/words.tsv")
        if row["names"] == "things"
        for word in row["words"].split(";")
        if word[0] not in "~-"
    )


@cache
def _general() -> frozenset[str]:
    """Return the words that name nothing peculiar: of the themes, of usual wants, and frequent."""
    said = " ".join(
        f" {row['thai']} {row['definition']} {row['evidence']} {row['examples']}"
        for row in table_rows("themes/themes.tsv")
    )
    said += " " + " ".join(
        row["words"] for row in table_rows("themes/words.tsv") if row["names"] != "things"
    )
    said += " " + " ".join(row["wordings"] for row in table_rows("themes/wordings.tsv"))
    return frozenset(terms(said.replace(";", " "))) | _frequent()


@cache
def _frequent() -> frozenset[str]:
    """Return the frequent words of the Thai National Corpus, as PyThaiNLP brings them."""
    spec = importlib.util.find_spec("pythainlp")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pythainlp", name="pythainlp")
    table = Path(spec.origin).parent / "corpus" / "tnc_freq.txt"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return frozenset(row[0] for row in rows if len(row) == 2 and int(row[1]) >= _FREQUENT)
