"""The meaning index against the plain answer: every vector compared with every query."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import PhaenError
from kb.vectors import files
from kb.vectors import index as meaning
from kb.vectors.index import Mark, MeaningIndex, Version
from kb.vectors.segments import Ids, Vectors

WIDE = 24


class Table:
    """Vectors by id: the smallest thing an index can be derived from."""

    def __init__(self, rows: dict[int, np.ndarray], version: Version = (1,)) -> None:
        self.rows = dict(rows)
        self.version = version
        self.fetched = 0

    def ids(self) -> Ids:
        return np.array(list(self.rows), dtype=np.int64)

    def since(self, mark: Mark) -> tuple[Mark, Ids | None]:
        return (), None

    def fetch(self, ids: Ids) -> tuple[Ids, Vectors]:
        self.fetched += len(ids)
        found = [key for key in ids.tolist() if key in self.rows]
        rows = [self.rows[key] for key in found]
        return np.array(found, dtype=np.int64), np.array(rows, np.float32).reshape(-1, WIDE)

    def nearest(self, query: np.ndarray, k: int, allowed: set[int] | None = None) -> list[int]:
        keys = [key for key in self.rows if allowed is None or key in allowed]
        return sorted(keys, key=lambda key: (-float(self.rows[key] @ query), key))[:k]


def vectors(count: int, seed: int = 0) -> Vectors:
    """Make vectors in clusters, exact in half precision, so that cosines can be compared."""
    draw = np.random.default_rng(seed)
    centres = draw.normal(size=(12, WIDE))
    found = centres[draw.integers(12, size=count)] + 0.4 * draw.normal(size=(count, WIDE))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float16).astype(np.float32)


def table(count: int, seed: int = 0) -> Table:
    return Table(dict(enumerate(vectors(count, seed), start=1)))


def filled(source: Table) -> MeaningIndex:
    index = MeaningIndex("model-1", WIDE)
    index.follow(source)
    return index


def agree(index: MeaningIndex, source: Table, allowed: set[int] | None = None) -> None:
    """Check that ids and cosines are those of the plain answer."""
    queries = vectors(20, seed=99)
    stated = None if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    ids, cosines = index.search(queries, 10, stated)
    for query, row, near in zip(queries, ids.tolist(), cosines.tolist(), strict=True):
        expected = source.nearest(query, 10, allowed)
        assert [key for key in row if key >= 0] == expected
        assert np.allclose(
            near[: len(expected)], [source.rows[k] @ query for k in expected], atol=1e-4
        )
        assert row[len(expected) :] == [-1] * (10 - len(expected))


class TestSearching:
    def test_a_plain_index_gives_the_exact_answer(self) -> None:
        source = table(1000)
        index = filled(source)
        agree(index, source)
        assert (len(index), index.recall) == (1000, 1.0)

    def test_one_query_may_come_alone(self) -> None:
        source = table(50)
        ids, cosines = filled(source).search(vectors(1, 3)[0], 3)
        assert ids.shape == cosines.shape == (1, 3)
        assert ids[0].tolist() == source.nearest(vectors(1, 3)[0], 3)

    def test_an_empty_index_finds_nothing(self) -> None:
        ids, cosines = MeaningIndex("model-1", WIDE).search(vectors(2), 4)
        assert ids.tolist() == [[-1] * 4] * 2
        assert np.isneginf(cosines).all()

    def test_fewer_than_asked_for_leaves_places_empty(self) -> None:
        source = table(4)
        agree(filled(source), source)

    def test_vectors_of_another_width_are_refused(self) -> None:
        with pytest.raises(ValueError, match="dimensions"):
            filled(table(5)).search(np.ones((1, WIDE + 1), np.float32), 3)
        with pytest.raises(ValueError, match="dimensions"):
            filled(table(5)).add(np.array([9]), np.ones((1, WIDE + 1), np.float32))
        with pytest.raises(ValueError, match="twice"):
            filled(table(5)).add(np.array([9, 9]), vectors(2))

    @pytest.mark.parametrize(
        "allowed", [set(), {7}, {-5, 3, 10**12}, {-1}, set(range(1, 400, 7)), set(range(2000))]
    )
    def test_only_what_is_allowed_is_found_and_all_of_it(self, allowed: set[int]) -> None:
        source = table(600)
        agree(filled(source), source, allowed)


class TestCosines:
    def test_vectors_are_found_by_runs_of_ids(self) -> None:
        source = table(900)
        index = filled(source)
        index.add(np.array([7, 3]), vectors(2, seed=6))  # out of order, and in place of others
        source.rows |= dict(zip((7, 3), vectors(2, seed=6), strict=True))
        index.remove(np.array([21]))
        query = vectors(1, seed=3)[0]
        ids, near = index.cosines(query, np.array([0, 5, 20, 898, 5000]), 4)
        assert sorted(ids.tolist()) == [1, 2, 3, 5, 6, 7, 8, 20, 22, 23, 898, 899, 900]
        wanted = [min(1.0, float(source.rows[key] @ query)) for key in ids.tolist()]
        assert np.allclose(near, wanted, atol=1e-4)

    def test_nothing_is_near_in_an_empty_index(self) -> None:
        ids, near = MeaningIndex("model-1", WIDE).cosines(vectors(1)[0], np.array([1]), 32)
        assert (len(ids), len(near)) == (0, 0)
        assert len(filled(table(5)).cosines(vectors(1)[0], np.array([], np.int64), 32)[0]) == 0


class TestChanging:
    def test_an_id_added_again_has_the_new_vector_alone(self) -> None:
        source = table(300)
        index = filled(source)
        for key, row in zip(range(50, 90), vectors(40, seed=5), strict=True):
            source.rows[key] = row
        index.add(np.arange(50, 90), vectors(40, seed=5))
        assert len(index) == 300
        agree(index, source)

    def test_many_small_additions_make_few_segments(self) -> None:
        source, index = table(1500), MeaningIndex("model-1", WIDE)
        for start in range(1, 1501, 5):
            index.add(*source.fetch(np.arange(start, start + 5)))
        assert len(index.segments) < 15
        agree(index, source)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 60), max_size=25)), max_size=8))
    def test_any_run_of_changes_ends_as_if_made_anew(
        self, steps: list[tuple[bool, set[int]]]
    ) -> None:
        source, index = Table({}), MeaningIndex("model-1", WIDE)
        for number, (adds, keys) in enumerate(steps):
            ids = np.array(sorted(keys), dtype=np.int64)
            if adds:
                new = vectors(len(keys), seed=number)
                source.rows |= dict(zip(ids.tolist(), new, strict=True))
                index.add(ids, new)
            else:
                source.rows = {k: row for k, row in source.rows.items() if k not in keys}
                index.remove(ids)
        assert index.ids().tolist() == sorted(source.rows)
        agree(index, source)

    def test_following_the_store_fetches_only_what_is_new(self) -> None:
        source = table(800)
        index = filled(source)
        assert not index.follow(source)
        for key in range(1, 101):
            del source.rows[key]
        source.rows |= dict(enumerate(vectors(30, seed=8), start=5000))
        source.version, source.fetched = (2,), 0
        assert index.follow(source)
        assert source.fetched == 30
        agree(index, source)

    def test_searches_go_on_while_records_come_and_go(self) -> None:
        source = table(2000)
        index, stop, wrong = filled(source), threading.Event(), []

        def search() -> None:
            while not stop.is_set():
                ids, _ = index.search(vectors(3, seed=4), 10)
                wrong.extend(ids[(ids < 1) | (ids > 3000)].tolist())

        threads = [threading.Thread(target=search) for _ in range(3)]
        for thread in threads:
            thread.start()
        for start in range(2001, 3001, 20):
            index.add(np.arange(start, start + 20), vectors(20, seed=start))
            index.remove(np.arange(start - 1000, start - 990))
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sketch beyond 3,000 rows, which takes a moment, not beyond 200,000."""
    monkeypatch.setattr(meaning, "EXACT", 3000)


@pytest.mark.usefixtures("small_limit")
class TestSketched:
    def test_nearly_all_of_the_exact_answer_is_found(self) -> None:
        source = table(4000)
        index = filled(source)
        assert [segment.looked > 0 for segment in index.segments] == [True]
        assert index.recall >= 0.99
        queries = vectors(50, seed=77)
        found = index.search(queries, 10)[0].tolist()
        exact = [source.nearest(query, 10) for query in queries]
        hits = sum(len(set(a) & set(b)) for a, b in zip(found, exact, strict=True))
        assert hits / 500 >= 0.95

    def test_below_the_limit_only_candidates_are_looked_up_in_sketches(
        self, tmp_path: Path
    ) -> None:
        source = table(2500)
        index = filled(source)
        files.save(index, tmp_path / "index")
        assert [segment.looked > 0 for segment in index.segments] == [True]
        agree(index, source)
        queries = vectors(40, seed=78)
        nearly, cosines = index.search(queries, 10, nearly=True)
        exactly, _ = index.search(queries, 10)
        shared = [len(set(a) & set(b)) for a, b in zip(nearly, exactly, strict=True)]
        assert sum(shared) / 400 >= 0.98
        assert (np.diff(cosines, axis=1) <= 0).all()

    def test_a_filter_is_exact_there_too(self) -> None:
        source = table(4000)
        agree(filled(source), source, set(range(1, 4000, 3)))

    def test_what_is_removed_is_never_found_and_what_is_added_is(self, tmp_path: Path) -> None:
        source = table(4000)
        index = filled(source)
        gone = np.arange(1, 2001)
        index.remove(gone)
        source.rows = {key: row for key, row in source.rows.items() if key > 2000}
        assert not np.isin(index.search(vectors(30, 5), 50)[0], gone).any()
        files.save(index, tmp_path / "index")
        assert sum(segment.rows for segment in index.segments) == 2000, "rewritten, not struck out"
        new = vectors(500, seed=6)
        index.add(np.arange(9000, 9500), new)
        source.rows |= dict(zip(range(9000, 9500), new, strict=True))
        agree(index, source, set(source.rows))

    def test_it_grows_by_segments_and_opens_again(self, tmp_path: Path) -> None:
        source = table(3500)
        files.derived(tmp_path / "index", "model-1", WIDE, source)
        source.rows |= dict(enumerate(vectors(3300, seed=2), start=10_000))
        source.version = (2,)
        index = files.derived(tmp_path / "index", "model-1", WIDE, source)
        again = files.load(tmp_path / "index", "model-1")
        assert [segment.looked > 0 for segment in again.segments] == [True, True]
        assert len(index) == len(again) == 6800
        agree(again, source, set(source.rows))

    def test_a_tail_beside_them_is_sketched_when_it_is_saved(self, tmp_path: Path) -> None:
        source = table(4000)
        index = filled(source)
        for step, count in enumerate((700, 1100, 200)):
            more = vectors(count, seed=20 + step)
            ids = np.arange(10_000 * (step + 1), 10_000 * (step + 1) + count)
            source.rows |= dict(zip(ids.tolist(), more, strict=True))
            index.add(ids, more)
            files.save(index, tmp_path / "index")
        again = files.load(tmp_path / "index", "model-1")
        assert [len(segment) for segment in again.segments] == [4000, 1800, 200]
        agree(again, source, set(source.rows))
        query = source.rows[20_003]
        assert again.search(query, 1)[0].tolist() == [[20_003]]
        assert np.allclose(again.cosines(query, np.array([20_003]), 1)[1], 1.0, atol=1e-3)


class TestKeeping:
    def test_what_is_saved_opens_as_it_was(self, tmp_path: Path) -> None:
        source = table(700)
        index = filled(source)
        index.remove(np.arange(1, 60))
        source.rows = {key: row for key, row in source.rows.items() if key >= 60}
        files.save(index, tmp_path / "index")
        agree(index, source)
        again = files.load(tmp_path / "index", "model-1")
        assert again.version == (1,)
        agree(again, source)
        assert not again.follow(source)

    def test_saving_again_and_again_leaves_no_files_behind(self, tmp_path: Path) -> None:
        source, index = table(400), MeaningIndex("model-1", WIDE)
        for start in range(1, 401, 40):
            index.add(*source.fetch(np.arange(start, start + 40)))
            index.remove(np.array([start]))
            files.save(index, tmp_path)
        assert len(list(tmp_path.glob("*.faiss"))) == len(index.segments)
        assert len(files.load(tmp_path, "model-1")) == 390

    def test_another_models_index_is_stale_and_made_anew(self, tmp_path: Path) -> None:
        source = table(100)
        files.save(filled(source), tmp_path / "index")
        with pytest.raises(PhaenError, match="index-stale"):
            files.load(tmp_path / "index", "model-2")
        index = files.derived(tmp_path / "index", "model-2", WIDE, source)
        agree(index, source)
        assert len(files.load(tmp_path / "index", "model-2")) == 100

    def test_no_index_yet(self, tmp_path: Path) -> None:
        with pytest.raises(PhaenError, match="index-missing"):
            files.load(tmp_path / "nothing", "model-1")
        source = table(10)
        agree(files.derived(tmp_path / "a" / "b", "model-1", WIDE, source), source)

    @pytest.mark.parametrize("harm", ["cut", "flip", "gone", "ids", "manifest", "entries"])
    def test_a_damaged_index_is_set_aside_and_made_anew(self, tmp_path: Path, harm: str) -> None:
        folder, source = tmp_path / "index", table(300)
        files.save(filled(source), folder)
        _harm(folder, harm)
        with pytest.raises(PhaenError, match="index-damaged"):
            files.load(folder, "model-1")
        agree(files.derived(folder, "model-1", WIDE, source), source)
        agree(files.load(folder, "model-1"), source)
        assert (tmp_path / "index.damaged").is_dir()

    def test_a_folder_that_cannot_be_written_is_no_obstacle(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        source = table(100)
        agree(files.derived(tmp_path / "file" / "index", "model-1", WIDE, source), source)
        with pytest.raises(PhaenError, match="index-unwritable"):
            files.save(filled(source), tmp_path / "file" / "index")

    def test_the_older_of_two_writers_gives_way(self, tmp_path: Path) -> None:
        source = table(100)
        older = filled(source)
        source.rows |= dict(enumerate(vectors(20, seed=3), start=500))
        source.version = (2,)
        files.save(filled(source), tmp_path)
        files.save(older, tmp_path)
        agree(files.load(tmp_path, "model-1"), source)

    def test_a_reader_keeps_what_it_opened_while_a_writer_replaces_it(self, tmp_path: Path) -> None:
        source = table(500)
        files.save(filled(source), tmp_path)
        reader = files.load(tmp_path, "model-1")
        other = filled(table(400, seed=1))
        other.version = (9,)
        files.save(other, tmp_path)
        agree(reader, source)

    def test_a_writer_killed_at_any_moment_leaves_a_whole_index(self, tmp_path: Path) -> None:
        script = f"""if True:
            import numpy as np
            from pathlib import Path
            from kb.vectors import files
            from kb.vectors.index import MeaningIndex
            index, folder, n = MeaningIndex("model-1", {WIDE}), Path({str(tmp_path / "index")!r}), 0
            while True:
                ids = np.arange(n, n + 100)
                rows = np.eye({WIDE}, dtype=np.float32)[ids % {WIDE}]
                index.add(ids, rows)
                n += 100
                index.version = (n,)
                files.save(index, folder)
                print(n, flush=True)
        """
        for wait in (0.0, 0.013, 0.029):
            with subprocess.Popen(
                [sys.executable, "-c", script], stdout=subprocess.PIPE, env=dict(os.environ)
            ) as writer:
                assert writer.stdout
                said = [int(writer.stdout.readline()) for _ in range(3)]
                time.sleep(wait)
                writer.send_signal(signal.SIGKILL)
            index = files.load(tmp_path / "index", "model-1")
            assert index.version[0] >= said[-1]
            assert index.ids().tolist() == list(range(index.version[0]))


def _harm(folder: Path, harm: str) -> None:
    vectors_file = next(folder.glob("*.faiss"))
    ids_file = next(folder.glob("*.ids.npy"))
    content = vectors_file.read_bytes()
    if harm == "cut":
        vectors_file.write_bytes(content[: len(content) // 2])
    elif harm == "flip":
        vectors_file.write_bytes(content[:-9] + bytes([content[-9] ^ 0xFF]) + content[-8:])
    elif harm == "gone":
        vectors_file.unlink()
    elif harm == "ids":
        ids_file.write_bytes(b"")
    elif harm == "manifest":
        (folder / "manifest.json").write_text("{")
    else:
        (folder / "manifest.json").write_text(
            '{"format": 2, "fingerprint": "model-1", "version": [1], "mark": [], "dimensions": 24, '
            '"segments": [{"files": {}}]}'
        )
