"""Notes that say how the columns of a table were understood, and which were not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.extract.projects.column_words import Column
from ingest.extract.projects.rows import layout
from ingest.records import Table


def understood(headers: Iterable[str], columns: Iterable[Column | None]) -> Mapping[str, str]:
    """Return how each column of a table was understood; an empty word where it was not."""
    return {
        " ".join(header.split()): _field_of(column)
        for header, column in zip(headers, columns, strict=False)
        if header.strip()
    }


def columns_read(
    tables: Sequence[Table], named: Mapping[str, Column], *, brief: bool = False
) -> tuple[str, ...]:
    """Return in notes how the columns of tables of projects were understood.

    When `brief`, nothing is said where all of them were.

    `columns: ชื่อโครงการ = title, งบ = budget` for those that were, `columns-unknown: …` for
    those that were not.
    """
    known: dict[str, str] = {}
    for table in tables:
        header = layout(table, None, named)
        if header is None or header.end == 0 or not header.lists_projects:
            continue
        words = [
            " ".join(dict.fromkeys(filter(None, (row[i].strip() for row in rows if i < len(row)))))
            for rows in (table.rows[header.start : header.end],)
            for i in range(len(header.columns))
        ]
        known |= understood(words, header.columns)
    understood_words = ", ".join(f"{word} = {field}" for word, field in known.items() if field)
    unknown = ", ".join(word for word, field in known.items() if not field)
    if brief and not unknown:
        return ()
    notes = (
        f"columns: {understood_words}" if understood_words else "",
        f"columns-unknown: {unknown}" if unknown else "",
    )
    return tuple(filter(None, notes))


def _field_of(column: Column | None) -> str:
    if column is None:
        return ""
    word = column.name if column.meaning == "spending" and column.name else column.meaning
    return f"{word}:{column.year}" if column.year else word
