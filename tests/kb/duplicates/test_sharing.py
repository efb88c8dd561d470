"""One finder serves many requests: at the same time, on a damaged file, until it is let go."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import PhaenError
from ingest.records import Place
from kb import KnowledgeBase
from kb.duplicates import duplicates_of
from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.groups import find_groups
from kb.duplicates.keys import keys_from_bytes, keys_to_bytes
from kb.loading.proposals import proposal
from tests.kb.samples import HILLTOWN, document, project

WORKS = ("ก่อสร้างถนน คสล.", "วางท่อระบายน้ำ", "ขุดลอกคลอง", "ติดตั้งไฟส่องสว่าง", "เจาะบ่อบาดาล")
TITLES = [f"{work} หมู่ที่ {village} ตำบลนาคำไกล" for work in WORKS for village in range(1, 9)]


def fill(kb: KnowledgeBase) -> None:
    projects = tuple(project(title, place=Place()) for title in TITLES)
    kb.add(document("plan.txt", body=HILLTOWN, projects=projects))


def test_a_request_does_not_wait_for_another_one(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        fill(kb)
        finder = duplicates_of(kb)
        finder.ready()
        finished = threading.Event()

        def second() -> None:
            finder.find([proposal(TITLES[3])], meaning=False)
            find_groups(finder)
            finished.set()

        def at_work(stage: str, done: int, total: int) -> None:
            if done == 1:
                threading.Thread(target=second).start()
                assert finished.wait(timeout=120)

        finder.find([proposal(TITLES[0]), proposal(TITLES[1])], meaning=False, progress=at_work)
        assert finished.is_set()


def test_requests_at_the_same_time_get_the_answers_they_get_alone(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        fill(kb)
        finder = duplicates_of(kb)

        def ask(title: str) -> list[tuple[str, float]]:
            (result,) = finder.find([proposal(title)], meaning=False)
            return [(match.profile.title, match.score) for match in result.matches]

        alone = [ask(title) for title in TITLES]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, TITLES)) == alone
        assert all(matches[0][0] == title for title, matches in zip(TITLES, alone, strict=True))


def test_threads_search_one_index_without_disturbing_each_other() -> None:
    chance = np.random.default_rng(5)
    keys = [np.unique(chance.integers(0, 300, 12)).astype(np.uint32) for _ in range(2_000)]
    starts = np.concatenate([[0], np.cumsum([len(own) for own in keys])]).astype(np.int64)
    index = CandidateIndex(np.arange(len(keys)), starts, np.concatenate(keys))

    def search(own: np.ndarray) -> tuple[list[int], list[float]]:
        rows, scores = index.search(own, 10)
        return rows.tolist(), scores.tolist()

    alone = [search(own) for own in keys[:400]]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search, keys[:400])) == alone


def test_a_knowledge_base_that_is_let_go_is_freed(tmp_path: Path) -> None:
    kb = KnowledgeBase(tmp_path / "kb.db")
    fill(kb)
    assert duplicates_of(kb) is duplicates_of(kb)
    duplicates_of(kb).find([proposal(TITLES[0])], meaning=False)
    kb.close()
    gone = weakref.ref(kb)
    del kb
    gc.collect()
    assert gone() is None


def test_keys_that_are_cut_off_are_a_damaged_file(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        fill(kb)
        duplicates_of(kb).ready()
        with kb.store.writing() as connection:
            connection.execute("update project_traits set keys = substr(keys, 2)")
    with KnowledgeBase(tmp_path / "kb.db") as kb, pytest.raises(PhaenError, match="kb-damaged"):
        duplicates_of(kb).find([proposal(TITLES[0])], meaning=False)


def test_stored_keys_are_read_as_they_were_written() -> None:
    keys = [np.array([1, 258, 2**32 - 1], dtype=np.uint32), np.array([], dtype=np.uint32)]
    stored = [keys_to_bytes(own) for own in keys]
    assert stored[0] == bytes([1, 0, 0, 0, 2, 1, 0, 0, 255, 255, 255, 255])
    starts, joined = keys_from_bytes(stored, "kb.db")
    assert starts.tolist() == [0, 3, 3]
    assert joined.tolist() == keys[0].tolist()
