"""JSON objects, one a line or all in one list: a table whose header are their keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers.tables.delimited import table_content
from ingest.readers.text import load_text
from ingest.records import Content


def read(path: Path, limits: Limits) -> Content:
    """Read JSON objects; keys become columns in the order in which they first occur."""
    text = load_text(path, limits)
    objects = list(_list(text) if text.lstrip().startswith("[") else _lines(text))
    keys = list(dict.fromkeys(key for result in objects for key in result))
    rows = [keys, *([_cell(result.get(key)) for key in keys] for result in objects)]
    return table_content(Format.JSON_LINES, rows, limits)


def _lines(text: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _object(line, number)


def _list(text: str) -> Iterator[dict[str, Any]]:
    try:
        result = json.loads(text)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise ReadError("bad-json-line", line=line) from error
    for one in result:
        if not isinstance(one, dict):
            raise ReadError("bad-json-line", line=1)
        yield one


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        result = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError("bad-json-line", line=number) from error
    if not isinstance(result, dict):
        raise ReadError("bad-json-line", line=number)
    return result


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    # JSON may spell half a character (a lone surrogate), which no database takes.
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
