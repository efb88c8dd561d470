"""Decisions on a review set: no row is lost, and no reviewer overwrites another unseen."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import UsageError
from kb.duplicates.pair_reviews import PairReviews
from kb.loading.proposals import Proposal
from kb.review_sets.decisions import Decisions
from kb.review_sets.findings import split_procurement
from kb.review_sets.records import (
    ALIGNMENT_DECISIONS,
    DUPLICATE_DECISIONS,
    Decision,
    RowFilter,
    proposal_of,
)
from kb.review_sets.sets import ReviewSets
from kb.review_sets.summary import summarise
from kb.store.store import Store

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)
MADE = Decision("agrees", "not_duplicate", "ดี")


@pytest.fixture
def sets(tmp_path: Path) -> Iterator[ReviewSets]:
    with Store(tmp_path / "kb.db") as store:
        yield ReviewSets(store)


def filled(sets: ReviewSets, titles: list[str]) -> str:
    made = sets.make("ชุด", "โครงการ.xlsx", b"bytes", ("อบจ.ศรีพนาลัย",))
    sets.fill(made.id, [Proposal(title, money=Decimal(100)) for title in titles])
    return made.id


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    titles=st.lists(TEXT, min_size=1, max_size=20),
    moves=st.lists(
        st.tuples(
            st.integers(0, 19),
            st.sampled_from([None, *ALIGNMENT_DECISIONS]),
            st.sampled_from([None, *DUPLICATE_DECISIONS]),
            st.booleans(),
        ),
        max_size=20,
    ),
)
def test_no_row_is_lost_whatever_is_decided(
    sets: ReviewSets, titles: list[str], moves: list[tuple[int, str | None, str | None, bool]]
) -> None:
    key, decisions = filled(sets, titles), Decisions(sets)
    for place, alignment, duplicate, undone in moves:
        number = place % len(titles) + 1
        version = sets.row(key, number).version
        decisions.decide(key, number, Decision(alignment, duplicate), version, "ก")  # type: ignore[arg-type]
        if undone and sets.row(key, number).version > version:
            before = decisions.history(key, number)[0]["before"]
            assert decisions.undo(key, "ก").decision.to_dict() == before
    rows = sets.rows(key)
    assert [row.title for row in rows] == titles
    pending, done = (
        sets.rows(key, RowFilter(state=state))
        for state in ("pending", "done")  # type: ignore[arg-type]
    )
    assert sorted(row.number for row in [*pending, *done]) == list(range(1, len(titles) + 1))
    summary = summarise(rows)
    assert summary.all.rows == len(titles)
    assert all(sum(one.rows for one in by.values()) == len(titles) for by in summary.by.values())
    assert [proposal_of(row.proposal).title for row in rows] == titles


def test_an_older_version_is_not_written(sets: ReviewSets) -> None:
    key, decisions = filled(sets, ["ขุดลอกคลอง"]), Decisions(sets)
    decisions.decide(key, 1, MADE, 0, "ก")
    with pytest.raises(UsageError, match="review-row-changed"):
        decisions.decide(key, 1, Decision("does_not", "duplicate"), 0, "ข")
    assert sets.row(key, 1).decision == MADE
    assert sets.row(key, 1).decided_by == "ก"


def test_many_rows_at_once_leave_out_those_changed_meanwhile(sets: ReviewSets) -> None:
    key, decisions = filled(sets, ["ก", "ข", "ค"]), Decisions(sets)
    decisions.decide(key, 2, MADE, 0, "ก")
    written, changed = decisions.decide_many(key, {1: 0, 2: 0, 3: 0}, Decision("touches"), "ข")
    assert (written, changed) == ([1, 3], [2])
    assert sets.row(key, 2).decision == MADE


def test_undo_goes_back_one_decision_after_the_other(sets: ReviewSets) -> None:
    key, decisions = filled(sets, ["ก", "ข"]), Decisions(sets)
    decisions.decide(key, 1, MADE, 0, "ก")
    decisions.decide(key, 2, MADE, 0, "ก")
    assert [decisions.undo(key, "ก").number for _ in range(2)] == [2, 1]
    with pytest.raises(UsageError, match="undo-nothing"):
        decisions.undo(key, "ก")
    assert sets.get(key).decided == 0


def test_not_a_duplicate_is_remembered_for_later_runs(sets: ReviewSets) -> None:
    key, decisions = filled(sets, ["ขุดลอกคลอง"]), Decisions(sets)
    own = sets.row(key, 1).proposal["id"]
    match = {"relation": "duplicate", "project": {"id": "abc"}, "in_workbook": False}
    sets.save_duplicates(key, {1: {"parts": {}, "matches": [match], "models": [], "notes": []}})
    decisions.decide(key, 1, MADE, 0, None)
    assert PairReviews(sets.store).dismissed(own) == {"abc"}
    decisions.undo(key, None)
    assert PairReviews(sets.store).dismissed(own) == frozenset()


def test_like_works_just_below_the_limit_are_shown_together(sets: ReviewSets) -> None:
    made = sets.make("ชุด", "", None, ())
    proposals = [
        Proposal(f"รางระบายน้ำ ช่วงที่ {n}", years=(2568,), money=Decimal(money))
        for n, money in enumerate((495_000, 498_000, 600_000), start=1)
    ]
    sets.fill(made.id, proposals)
    parts = {"work": "รางระบายน้ำ", "places": {}}
    sets.save_duplicates(
        made.id, {n: {"parts": parts, "matches": [], "models": [], "notes": []} for n in (1, 2, 3)}
    )
    (found,) = split_procurement(sets.rows(made.id))
    assert [row.number for row in found.rows] == [1, 2]
    assert found.money == 993_000
