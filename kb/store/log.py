"""The log of changes, read: all of it, or the history of one document or record."""

from __future__ import annotations

from collections.abc import Iterator

from kb.store.changes import Change, change_of
from kb.store.store import Store


class Log:
    """Reads the log of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(
        self,
        *,
        actor: str | None = None,
        action: str | None = None,
        subject: str | None = None,
        document: str | None = None,
        day: str | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Change]:
        """Yield changes, the newest first; what is None does not narrow.

        `action` may be its beginning (`document.`), `day` a date in UTC (`2026-12-01`),
        `before` the key that all rows lie under.
        """
        conditions: list[tuple[str, object]] = [
            ("actor = ?", actor),
            ("subject = ?", subject),
            ("document = ?", document),
            ("substr(action, 1, length(?1)) = ?1", action),
            ("substr(at, 1, 10) = ?", day),
            ("key < ?", before),
        ]
        given = [(sql.replace("?1", "?"), value) for sql, value in conditions if value is not None]
        values = [value for sql, value in given for _ in range(sql.count("?"))]
        where = " and ".join(sql for sql, _ in given) or "1"
        cursor = self._store.connection.execute(
            f"select * from log where {where} order by key desc limit ?",
            [*values, -1 if limit is None else limit],
        )
        return (change_of(row) for row in cursor)

    def history(self, subject: str, *, limit: int | None = None) -> list[Change]:
        """Return the changes of a document with all of its records, or of one record.

        `subject` is a full id; the newest change comes first.
        """
        cursor = self._store.connection.execute(
            "select * from log where subject = ?1 or document = ?1 order by key desc limit ?2",
            (subject, -1 if limit is None else limit),
        )
        return [change_of(row) for row in cursor]

    def actors(self) -> list[str]:
        """Return the names of everybody who has changed something, in order."""
        rows = self._store.connection.execute("select distinct actor from log order by actor")
        return [row[0] for row in rows]
