import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.comparison.grouping import linked
from kb.comparison.topics import topics


def test_what_the_taxonomy_does_not_know_is_still_found() -> None:
    said = [
        ("เมืองอวกาศแห่งอนาคต", [0]),
        ("พัฒนาเมืองอวกาศ", [1]),
        ("เมืองอวกาศ", [2]),
        ("เกษตรอินทรีย์", [0]),
        ("ส่งเสริมเกษตรอินทรีย์", [1]),
    ]
    found = {topic.words[0]: topic for topic in topics(said)}
    news = found["อวกาศ"]
    assert news.bodies == (0, 1, 2)
    assert news.themes == ()
    assert news.to_dict(["ก", "ข", "ค"])["outside"] is True
    assert any("agriculture" in topic.themes for topic in found.values())


def test_what_one_body_says_alone_is_no_topic() -> None:
    assert topics([("เมืองน่าอยู่", [0]), ("เมืองน่าอยู่ยิ่ง", [0]), ("ถนนดี", [1])]) == ()


def test_one_body_alone_has_its_own_topics() -> None:
    (topic,) = topics([("เกษตรอินทรีย์", [0]), ("ส่งเสริมเกษตรอินทรีย์", [0]), ("ถนนดี", [0])])
    assert topic.bodies == (0,)


def test_nothing_said_has_no_topic() -> None:
    assert topics([]) == ()


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_every_row_is_in_one_part_and_order_is_settled(count: int, seed: int) -> None:
    draw = np.random.default_rng(seed).random((count, count))
    alike = (draw + draw.T) / 2
    parts = linked(alike, 0.5)
    assert sorted(at for part in parts for at in part) == list(range(count))
    assert parts == linked(alike, 0.5)


def test_rows_are_joined_by_the_mean_of_their_likeness() -> None:
    alike = np.array([[1, 0.9, 0.4], [0.9, 1, 0.5], [0.4, 0.5, 1.0]])
    assert linked(alike, 0.46) == [[0, 1], [2]]
    assert linked(alike, 0.44) == [[0, 1, 2]]
