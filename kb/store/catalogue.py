"""The documents as a list that can be looked through: found by words, sorted, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from kb.store import rows
from kb.store.records import StoredDocument
from kb.store.store import Store

Order = Literal["latest", "oldest", "title", "organisation", "years"]
ORDERS: tuple[Order, ...] = get_args(Order)
_SQL: Mapping[Order, str] = {
    "latest": "d.key desc",
    "oldest": "d.key",
    "title": "coalesce(d.title, d.file), d.key",
    "organisation": "o.name is null, o.name, d.year_from, d.key",
    "years": "d.year_from is null, d.year_from desc, d.key desc",
}


class Catalogue:
    """The documents of one store by title, file or body."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, words: str = "", plan_kind: str = "") -> int:
        """Return how many documents there are with these words, of this kind of plan."""
        where, values = _condition(words, plan_kind)
        sql = (
            "select count(*) from documents d "
            f"left join organisations o on o.key = d.organisation where {where}"
        )
        return int(self._store.connection.execute(sql, values).fetchone()[0])

    def find(
        self,
        words: str = "",
        plan_kind: str = "",
        *,
        order: Order = "latest",
        limit: int,
        offset: int = 0,
    ) -> list[StoredDocument]:
        """Return some documents whose title, file or body has all the words, in an order."""
        where, values = _condition(words, plan_kind)
        sql = f"{rows.DOCUMENTS} where {where} order by {_SQL[order]} limit ? offset ?"
        found = self._store.connection.execute(sql, [*values, limit, offset])
        return [rows.document(row) for row in found]


def _condition(words: str, plan_kind: str) -> tuple[str, list[object]]:
    parts, values = ["1"], []
    for word in words.split():
        parts.append(
            "instr(lower(d.file || ' ' || ifnull(d.title, '') || ' ' || "
            "ifnull(o.name, '')), lower(?))"
        )
        values.append(word)
    if plan_kind:
        parts.append("d.plan_kind = ?")
        values.append(plan_kind)
    return " and ".join(parts), list(values)
