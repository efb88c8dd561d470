"""Gold sets of statements, in whichever of the four formats they come.

A folder is a gold set when it holds `gold.jsonl` or `documents.jsonl` (a row a file) or
`vision_mission.jsonl` (a row a page of a PDF). Rows name what a careful reader found:
`statements` with a kind (`type` or `kind`) and text, `alt_types` also acceptable, `borderline`
to be counted neither way, the body and the period where the text tells them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UsageError

_FILES = ("gold.jsonl", "documents.jsonl", "vision_mission.jsonl")
_UNSCORED = range(31, 61)  # prose rows whose body the labeller left unsettled


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement a person found; `kinds` are all kinds that are right for it."""

    kind: str
    text: str
    kinds: frozenset[str]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GoldBody:
    """The body a document belongs to; a field that the text does not tell is None."""

    kind: str | None = None
    name: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One file of a gold set, or one page of it where `page` is set.

    `period` is the pair of years, an empty tuple for "none", None where it is not scored.
    """

    gold_set: str
    file: str
    path: Path
    statements: tuple[GoldStatement, ...]
    borderline: tuple[str, ...] = ()
    body: GoldBody = GoldBody()
    period: tuple[int, ...] | None = None
    source: str = "real"
    negative: bool = False
    truncated: bool = False
    page: int | None = None


def gold_files(folder: Path) -> list[GoldFile]:
    """Return what the gold set in a folder, or the sets in its folders, hold.

    Raise `UsageError("gold-not-found")` where there is none, `gold-unreadable` for a broken row.
    """
    here = [folder, *sorted(path for path in folder.glob("*") if path.is_dir())]
    found = [row for place in here for row in _rows(place)]
    if not found:
        raise UsageError("gold-not-found", folder=str(folder))
    return found


def _rows(folder: Path) -> Iterator[GoldFile]:
    for name in _FILES:
        path = folder / name
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line) if line.strip() else None
                if row is not None and "statements" in row:
                    yield _file(folder, row)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError("gold-unreadable", file=str(path), line=number) from error


def _file(folder: Path, row: Mapping[str, Any]) -> GoldFile:
    name = row.get("file") or row["pdf"]
    return GoldFile(
        gold_set=folder.name,
        file=name if "file" in row else f"{name}:{row['page']}",
        path=_located(folder, name),
        statements=tuple(_statement(item) for item in [*row["statements"], *_projects(row)]),
        borderline=tuple(_text(item) for item in row.get("borderline", ())),
        body=_body(row),
        period=tuple(row["period"] or ()) if "period" in row else None,
        source=row.get("source_kind", "real_news" if folder.name == "prose" else "real"),
        negative=bool(row.get("hard_negative")),
        truncated=bool(row.get("truncated")),
        page=row.get("page") if "pdf" in row else None,
    )


def _located(folder: Path, name: str) -> Path:
    """Gold stands beside its files, or in a folder of its own beside theirs."""
    places = [folder / name, folder.parent / "samples" / name]
    return next((place for place in places if place.is_file()), places[0])


def _projects(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "project", "text": item["title"]} for item in row.get("projects", ())]


def _statement(item: Mapping[str, Any]) -> GoldStatement:
    kind = item.get("kind") or item["type"]
    others = item.get("alt_types") or item.get("alternatives") or ()
    return GoldStatement(kind, item["text"], frozenset([kind, *others]), item.get("page"))


def _text(item: str | Mapping[str, Any]) -> str:
    return item if isinstance(item, str) else str(item["text"])


def _body(row: Mapping[str, Any]) -> GoldBody:
    if row.get("hard_negative"):
        return GoldBody()
    if isinstance(body := row.get("organisation"), Mapping):
        return GoldBody(body.get("kind"), body.get("name"), body.get("province"))
    number = row.get("file", "")[:3]
    if "source_kind" not in row and number.isdigit() and int(number) in _UNSCORED:
        return GoldBody()
    told = row.get("org_in_text", True)
    return GoldBody(
        row.get("org_type") if told else None,
        row.get("org") if told else None,
        (row.get("province") or None) if row.get("province_in_text") else None,
    )
