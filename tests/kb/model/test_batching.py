"""Calls from many threads: each gets its own rows, few runs are needed, errors come home."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kb.model.batching import Foreseen, MicroBatcher, Rows
from kb.model.encoder import Role


class Lengths:
    """Turns a text into its length, and remembers what it was given at once."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, texts: list[str]) -> Rows:
        self.runs.append(texts)
        self.begun.set()
        assert self.go.wait(10)
        if "bad" in texts:
            raise ValueError("bad")
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_those_who_wait_are_answered_together() -> None:
    lengths = Lengths()
    ask = MicroBatcher(lengths)
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(ask, ["a"])
        lengths.begun.wait(10)
        others = [pool.submit(ask, ["b" * n, "c"]) for n in range(1, 17)]
        while len(ask._waiting) < 16:
            threading.Event().wait(0.001)
        lengths.go.set()
        assert first.result().tolist() == [[1]]
        assert [other.result().tolist() for other in others] == [[[n], [1]] for n in range(1, 17)]
    assert [len(run) for run in lengths.runs] == [1, 32]


def test_long_work_waits_for_short_and_goes_alone() -> None:
    lengths = Lengths()
    ask = MicroBatcher(lengths)
    lengths.go.set()
    assert ask(["x"] * 100).shape == (100, 1)
    assert len(ask([])) == 0
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(ask, [["y"] * n for n in (1, 50, 2, 60, 3, 70, 4, 80)]))
    assert [len(each) for each in rows] == [1, 50, 2, 60, 3, 70, 4, 80]
    assert all({len(run)} & {50, 60, 70, 80, 100} or len(run) <= 32 for run in lengths.runs)


def test_an_error_reaches_those_it_concerns_and_nobody_after() -> None:
    lengths = Lengths()
    ask = MicroBatcher(lengths)
    lengths.go.set()
    with pytest.raises(ValueError, match="bad"):
        ask(["bad"])
    assert ask(["good"]).tolist() == [[4]]


class Counting:
    """Gives a text's length as its vector, and counts how often it is asked."""

    fingerprint = "lengths"
    dimensions = 1

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str], role: Role) -> Rows:
        self.asked.append(list(texts))
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    def warm_up(self) -> None:
        self.asked.append([])


def test_what_was_foreseen_is_computed_once_and_together() -> None:
    counting = Counting()
    foreseen = Foreseen(counting)
    foreseen.foresee(["ถนน", "สะพาน", "ถนน"])
    assert foreseen.encode(["สะพาน"], "query").tolist() == [[5]]
    assert foreseen.encode(["ถนน"], "query").tolist() == [[3]]
    foreseen.foresee(["ถนน"])
    assert counting.asked == [["ถนน", "สะพาน"]]
    assert foreseen.encode(["ถนน"], "passage").tolist() == [[3]]
    assert foreseen.encode(["คลอง"], "query").tolist() == [[4]]
    assert counting.asked[1:] == [["ถนน"], ["คลอง"]]
    assert (foreseen.fingerprint, foreseen.dimensions) == ("lengths", 1)
