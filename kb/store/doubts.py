"""What a person should look at: records in doubt, pages that were not read, unknown bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kb.store.store import Store

Doubt = Literal["unsure", "unread", "body", "scan"]
DOUBTS: tuple[Doubt, ...] = get_args(Doubt)
UNSURE = 0.7
"""A record that nobody has looked at is in doubt below this confidence."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One thing to look at: a record, a page, or a whole document (`page` is None).

    `text` is the record's, or the reason why a page was not read.
    """

    document: str
    file: str
    title: str | None
    organisation: str | None
    page: int | None
    record: str | None
    text: str
    confidence: float | None


_DOCUMENT = "join documents d on d.key = {of} left join organisations o on o.key = d.organisation"
_RECORD = "e.id, coalesce(s.text, p.title), e.confidence"
_SQL: Mapping[Doubt, tuple[str, str, str]] = {
    "unsure": (
        f"coalesce(s.page, p.page), {_RECORD}",
        "entries e left join statements s on s.key = e.key left join projects p on p.key = e.key "
        f"{_DOCUMENT.format(of='e.document')} "
        f"where e.review is null and e.confidence < {UNSURE}",
        "e.confidence, e.key",
    ),
    "unread": (
        "g.number, null, g.unread, null",
        f"pages g {_DOCUMENT.format(of='g.document')} where g.unread is not null",
        "d.key desc, g.number",
    ),
    "body": (
        "null, null, '', null",
        "documents d left join organisations o on o.key = d.organisation "
        "where d.organisation is null",
        "d.key desc",
    ),
    "scan": (
        "p.page, e.id, p.title, e.confidence",
        "projects p join entries e on e.key = p.key "
        "join pages g on g.document = e.document and g.number = p.page "
        f"{_DOCUMENT.format(of='e.document')} where g.unverified and e.review is null",
        "e.confidence, e.key",
    ),
}
"""For each doubt: what is shown, where it comes from, and its order, the most doubtful first."""


class Doubts:
    """The work to check of one store.

    `unsure`: records below a confidence that nobody has looked at. `unread`: pages whose text
    could not be read. `body`: documents of an unknown body. `scan`: projects whose figures come
    from the picture of a page.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, doubt: Doubt) -> int:
        """Return how many there are."""
        _, source, _ = _SQL[doubt]
        sql = f"select count(*) from {source}"
        return int(self._store.connection.execute(sql).fetchone()[0])

    def rows(self, doubt: Doubt, limit: int, offset: int = 0) -> list[Doubtful]:
        """Return some of them, the most doubtful first."""
        shown, source, order = _SQL[doubt]
        sql = (
            f"select d.id, d.file, d.title, o.name, {shown} from {source} "
            f"order by {order} limit ? offset ?"
        )
        return [Doubtful(*row) for row in self._store.connection.execute(sql, (limit, offset))]
