"""Lines of a page which only repeat a table that is read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.layout.lines import Line
from ingest.records import Table

_MOST = 0.8
_ISSUE = re.compile(
    r"\s*(?:ประเด็นยุทธศาสตร์|ประเด็นการพัฒนา|ยุทธศาสตร์)ที่\s*[0-9๐-๙]{1,2}(?![0-9๐-๙.])\s*\S"
)


def project_tables(tables: Iterable[Table]) -> list[Table]:
    """Return the tables that list projects; one without a header goes on with that before."""
    tables = list(tables)
    if not tables:
        return []
    from ingest.extract.projects.rows import Layout, layout

    result: list[Table] = []
    known: Layout | None = None
    for table in tables:
        header = layout(table, known)
        known = header if header is not None and header.lists_projects else None
        if known is not None:
            result.append(table)
    return result


def without_tables(lines: Sequence[Line], tables: Iterable[Table]) -> list[Line]:
    """Leave out the lines that are rows or cells of the tables."""
    tables = list(tables)
    words: dict[int, str] = {}
    for table in tables:
        for page in {table.page, *table.row_pages}:
            words[page] = "\n".join((words.get(page, ""), words_of(table)))
    named = {tight for table in tables for tight in _issues(table)}
    return [
        line
        for line in lines
        if line.page not in words
        or "".join(line.text.split()) in named
        or not repeats(line, words[line.page])
    ]


def _issues(table: Table) -> Iterator[str]:
    """Yield the rows of a table that name an issue for the rows below: it is stated there."""
    for row in table.rows:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and _ISSUE.match(filled[0]):
            yield "".join(filled[0].split())


def words_of(table: Table) -> str:
    """Return the table's rows without blanks, a line each."""
    return "\n".join("".join("".join(row).split()) for row in table.rows)


def repeats(line: Line, words: str) -> bool:
    """Return whether a line, or nearly all its words, stand in the rows of a table."""
    if "".join(line.text.split()) in words:
        return True
    tokens = [token for token in line.text.split() if len(token) > 1]
    inside = sum(len(token) for token in tokens if token in words)
    return bool(tokens) and inside >= _MOST * sum(map(len, tokens))
