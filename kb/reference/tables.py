"""Reference data: the files of the package `corpora`, and the rows of its tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def table_text(path: str) -> str:
    """Return the text of a file of `corpora`, such as `names/provinces.tsv`."""
    folder, name = path.split("/")
    return (files("corpora") / folder / name).read_text(encoding="utf-8")


def table_rows(path: str) -> Iterator[dict[str, str]]:
    """Yield a TSV file's rows by the names of its columns; quotes are ordinary characters."""
    lines = table_text(path).splitlines()
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
