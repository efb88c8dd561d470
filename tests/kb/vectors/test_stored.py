"""Vectors in the store: what is missing, and what came since somebody looked."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.vectors.stored import PARTS, Vectors
from tests.kb.samples import document
from tests.kb.tiny_encoder import TinyEncoder


def named(number: int) -> tuple[str, str]:
    return "goal", f"ก่อสร้างถนนสายที่ {number}"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 5))), max_size=6))
def test_who_follows_what_came_since_knows_what_there_is(
    steps: list[tuple[bool, set[int]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        encoder = TinyEncoder()
        with KnowledgeBase(Path(folder) / "phaen.db", encoder=encoder) as kb:
            vectors, known, mark = Vectors(kb.store, encoder.fingerprint), set[int](), ()
            for adds, numbers in steps:
                for number in numbers:
                    plan = document(f"{number}.txt", named(number), named(number + 1))
                    if adds:
                        kb.add(plan)
                    elif kb.has(plan.id):
                        kb.remove(plan.id)
                kb.complete()
                mark, came = vectors.since(mark)
                known = set(vectors.ids().tolist()) if came is None else known | set(came.tolist())
                assert known == set(vectors.ids().tolist())


def test_what_only_came_is_told_without_all_the_rest(tmp_path: Path) -> None:
    encoder = TinyEncoder()
    with KnowledgeBase(tmp_path / "phaen.db", encoder=encoder) as kb:
        kb.add(document("a.txt", named(1), named(2)))
        kb.complete()
        vectors = Vectors(kb.store, encoder.fingerprint)
        mark, came = vectors.since(())
        assert came is None
        kb.add(document("b.txt", named(3)))
        kb.complete()
        came = vectors.since(mark)[1]
        assert came is not None
        assert len(came) == 1
        assert np.array_equal(vectors.fetch(came)[0], came)


@pytest.mark.parametrize("gone", [[0], [1, 2], [4], [0, 3, 4]])
def test_vectors_lost_anywhere_are_made_again(tmp_path: Path, gone: list[int]) -> None:
    encoder = TinyEncoder()
    with KnowledgeBase(tmp_path / "phaen.db", encoder=encoder) as kb:
        kb.add(document("a.txt", *map(named, range(5))))
        kb.complete()
        before = np.sort(Vectors(kb.store, encoder.fingerprint).ids())
        encoder.encoded.clear()
        with kb.store.writing() as connection:
            for place in gone:
                key = int(before[place]) // PARTS
                connection.execute("delete from vectors where passage = ?", (key,))
        assert kb.complete() == len(gone)
        assert encoder.encoded == [named(place)[1] for place in gone]
        assert np.array_equal(np.sort(Vectors(kb.store, encoder.fingerprint).ids()), before)
