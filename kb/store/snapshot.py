"""A document with all that hangs on it, copied out of the tables and put back into them.

What hangs on a document is read from the tables themselves: every row whose foreign key
leads to the document or to one of its records and is deleted with it. A table that comes
later is copied without a change here.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
_SHARED = ("organisations", "passages", "models")
"""Tables whose rows several documents share: found again by what they say, not by key."""
_SAME: Mapping[str, tuple[str, ...]] = {
    "organisations": ("name", "kind", "province", "district", "subdistrict"),
    "passages": ("hash",),
    "models": ("fingerprint",),
}


@dataclass(frozen=True, slots=True)
class _Link:
    column: str
    table: str
    cascades: bool


def taken(connection: sqlite3.Connection, key: int) -> bytes:
    """Return the document of that key with all that hangs on it, compressed."""
    rows = {"documents": _rows(connection, "documents", "key", [key])}
    pending = ["documents"]
    links = _links(connection)
    while pending:
        parent = pending.pop(0)
        keys = [row["key"] for row in rows[parent]]
        for table, own in links.items():
            link = next((item for item in own if item.cascades and item.table == parent), None)
            if link is None or table in rows or table == "vectors" or not keys:
                continue
            rows[table] = _rows(connection, table, link.column, keys)
            if any(item.table == table for others in links.values() for item in others):
                pending.append(table)
    rows |= _shared(connection, rows, links)
    text = json.dumps(rows, ensure_ascii=False, default=_packed)
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def put_back(connection: sqlite3.Connection, content: bytes) -> int:
    """Insert what `taken` returned, inside a transaction; return the document's key.

    Keys are new, ids are the old ones. Rows that others share are taken where they are there.
    """
    text = zlib.decompress(content).decode("utf-8", "surrogatepass")
    rows: dict[str, list[Row]] = json.loads(text, object_hook=_unpacked)
    known: dict[str, dict[int, int]] = {}
    links = _links(connection)
    for table in (*_SHARED, *(name for name in rows if name not in _SHARED)):
        known[table] = {}
        for row in rows.get(table, []):
            _insert(connection, table, row, links.get(table, []), known)
    return next(iter(known["documents"].values()))


def _insert(
    connection: sqlite3.Connection,
    table: str,
    row: Row,
    links: list[_Link],
    known: dict[str, dict[int, int]],
) -> None:
    columns = {name[1] for name in connection.execute(f"pragma table_info([{table}])")}
    fresh = {name: value for name, value in row.items() if name in columns}
    linked = {link.column for link in links}
    for link in links:
        if fresh.get(link.column) is not None:
            fresh[link.column] = known[link.table][fresh[link.column]]
    old = row.get("key")
    if old is not None and "key" not in linked:
        fresh.pop("key")
    key = _alike(connection, table, fresh)
    if key is None:
        names = ", ".join(f"[{name}]" for name in fresh)
        marks = ", ".join("?" * len(fresh))
        verb = "insert or ignore" if table in ("sources", "vectors") else "insert"
        key = connection.execute(
            f"{verb} into [{table}] ({names}) values ({marks})", list(fresh.values())
        ).lastrowid
    if old is not None:
        known[table][old] = int(fresh["key"] if "key" in linked else key or 0)


def _alike(connection: sqlite3.Connection, table: str, row: Row) -> int | None:
    """Return the key of the shared row that says the same, None where there is none."""
    if table not in _SAME:
        return None
    where = " and ".join(f"[{name}] is ?" for name in _SAME[table])
    same = connection.execute(
        f"select key from [{table}] where {where}", [row[name] for name in _SAME[table]]
    ).fetchone()
    return int(same["key"]) if same else None


def _shared(
    connection: sqlite3.Connection, rows: Mapping[str, list[Row]], links: Mapping[str, list[_Link]]
) -> dict[str, list[Row]]:
    """Return the shared rows that the document's own rows lead to, and the passages' vectors."""
    keys: dict[str, set[int]] = {"organisations": set(), "passages": set()}
    for table, own in rows.items():
        for link in links.get(table, []):
            if link.table in keys:
                keys[link.table] |= {row[link.column] for row in own} - {None}
    shared = {
        table: _rows(connection, table, "key", sorted(found)) for table, found in keys.items()
    }
    shared["vectors"] = _rows(connection, "vectors", "passage", sorted(keys["passages"]))
    models = sorted({row["model"] for row in shared["vectors"]})
    return {**shared, "models": _rows(connection, "models", "key", models)}


def _rows(connection: sqlite3.Connection, table: str, column: str, keys: list[int]) -> list[Row]:
    result: list[Row] = []
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        marks = ", ".join("?" * len(some))
        cursor = connection.execute(f"select * from [{table}] where [{column}] in ({marks})", some)
        result += [dict(zip(row.keys(), row, strict=True)) for row in cursor]
    return sorted(result, key=lambda row: row.get("key") or 0)


def _links(connection: sqlite3.Connection) -> dict[str, list[_Link]]:
    """Return the foreign keys of every table."""
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    ).fetchall()
    return {
        name: [
            _Link(row["from"], row["table"], row["on_delete"] == "CASCADE")
            for row in connection.execute(f"pragma foreign_key_list([{name}])")
        ]
        for (name,) in map(tuple, tables)
    }


def _packed(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def _unpacked(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if value.keys() == {"base64"} else value
