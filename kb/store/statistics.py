"""How much a knowledge base holds, by kind, body, plan and year."""

from __future__ import annotations

from typing import Any

from kb.store.store import Store


def stats(store: Store) -> dict[str, Any]:
    """Count records by kind, by kind of body, by province, documents by plan and by years."""
    return {
        "by_kind": _counted(store, "select kind, count(*) from entries group by kind"),
        "by_organisation_kind": _counted(
            store,
            "select o.kind, count(*) from documents d join organisations o on o.key = "
            "d.organisation group by o.kind",
        ),
        "by_province": _counted(
            store,
            "select o.province, count(*) from documents d join organisations o on o.key = "
            "d.organisation where o.province is not null group by o.province",
        ),
        "by_plan_kind": _counted(
            store, "select plan_kind, count(*) from documents group by plan_kind"
        ),
        "by_period": _counted(
            store,
            "select year_from || '-' || year_to, count(*) from documents "
            "where year_from is not null group by 1",
        ),
        "unread_pages": store.connection.execute(
            "select count(*) from pages where unread is not null"
        ).fetchone()[0],
    }


def _counted(store: Store, sql: str) -> dict[str, int]:
    rows = store.connection.execute(f"{sql} order by 2 desc, 1").fetchall()
    return {row[0]: row[1] for row in rows}
