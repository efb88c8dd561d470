"""The documents are found by words of their title, file or body, in the order asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.records import Period
from kb import KnowledgeBase
from kb.store.catalogue import ORDERS, Catalogue
from tests.kb.samples import HILLTOWN, RIVERSIDE_PAO, document


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.add(document("Budget 100%.xlsx", ("vision", "หนึ่ง"), body=HILLTOWN))
        kb.add(
            document("plan.pdf", ("vision", "สอง"), body=RIVERSIDE_PAO, period=Period(2561, 2565))
        )
        kb.add(document("lost.pdf", ("vision", "สาม"), body=None, period=None))
        yield Catalogue(kb.store)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("", ["lost.pdf", "plan.pdf", "Budget 100%.xlsx"]),
        ("budget", ["Budget 100%.xlsx"]),
        ("100%", ["Budget 100%.xlsx"]),
        ("%", ["Budget 100%.xlsx"]),
        ("ริมธาร pdf", ["plan.pdf"]),
        ("เนินสวย", ["Budget 100%.xlsx"]),
        ("ไม่มี", []),
    ],
)
def test_words_are_looked_for_as_they_stand(
    catalogue: Catalogue, words: str, files: list[str]
) -> None:
    assert [one.file for one in catalogue.find(words, limit=10)] == files
    assert catalogue.count(words) == len(files)


def test_every_order_gives_all_and_pages_join(catalogue: Catalogue) -> None:
    for order in ORDERS:
        whole = [one.id for one in catalogue.find(order=order, limit=10)]
        parts = [
            one.id for at in range(3) for one in catalogue.find(order=order, limit=1, offset=at)
        ]
        assert len(set(whole)) == 3
        assert parts == whole
    assert [one.file for one in catalogue.find(order="years", limit=10)] == [
        "Budget 100%.xlsx",
        "plan.pdf",
        "lost.pdf",
    ]


def test_a_kind_of_plan_narrows(catalogue: Catalogue) -> None:
    assert catalogue.count(plan_kind="province_plan") == 3
    assert catalogue.find(plan_kind="budget", limit=10) == []
