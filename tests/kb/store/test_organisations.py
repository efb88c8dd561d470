"""A body is one body, however much of its place a document tells."""

from ingest.records import Organisation
from kb.store.organisations import joined

BARE = Organisation("เทศบาลตำบลเนินสวย", "municipality", None)
HERE = Organisation("เทศบาลตำบลเนินสวย", "municipality", "ริมธาร", "เมืองริมธาร")
HERE_TOO = Organisation("เทศบาลตำบลเนินสวย", "municipality", "ริมธาร")
THERE = Organisation("เทศบาลตำบลเนินสวย", "municipality", "ปลายน้ำ")
ONE = {"documents": 1, "statements": 2}


def test_entries_that_tell_less_join_the_one_that_tells_more() -> None:
    assert joined([(BARE, ONE), (HERE, ONE), (HERE_TOO, ONE)]) == [
        (HERE, {"documents": 3, "statements": 6})
    ]


def test_bodies_of_one_name_in_two_places_stay_two() -> None:
    found = joined([(BARE, ONE), (HERE, ONE), (THERE, ONE)])
    assert {body for body, _ in found} == {BARE, HERE, THERE}
    assert all(counts == ONE for _, counts in found)
