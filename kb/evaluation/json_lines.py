"""Rows of gold sets: files of JSON objects, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import UsageError


def numbered_rows(path: Path, code: str = "gold-unreadable") -> Iterator[tuple[int, Any]]:
    """Yield a file's rows with the numbers of their lines, from 1; blank lines are left out.

    Raises UsageError of the given code, with the line, where one is no JSON.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UsageError(code, file=str(path), line=number) from error
            yield number, row


def read_rows(path: Path, code: str = "gold-unreadable") -> Iterator[dict[str, Any]]:
    """Yield a file's rows. Raises as `numbered_rows`."""
    for _, row in numbered_rows(path, code):
        yield row
