"""Gold across documents: relations, alignment, coverage, changed phrases, searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .bodies import BODIES
from .gold import ARABIC
from .projects import Row, Table
from .source import SOURCES

Line = dict[str, Any]
Gold = list[Line]


def lines(name: str) -> Iterator[list[str]]:
    """Yield the fields of every line of a source that is no comment."""
    for line in (SOURCES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")]


def relations(documents: Gold) -> Gold:
    """Return pairs of projects with their relation."""
    known = _projects(documents)
    found = []
    for relation, a, b, *note in lines("relations.txt"):
        found.append(
            {
                "relation": relation,
                "a": known[a],
                "b": known[b],
                "note": note[0].strip(" |") if note else "",
            }
        )
    return found


def _projects(documents: Gold) -> dict[str, dict[str, Any]]:
    return {
        project["key"]: {
            "file": document["file"],
            "organisation": document["organisation"]["name"],
            "province": document["organisation"]["province"],
            "key": project["key"],
            "title": project["title"],
            "objective": project["objective"],
            "target": project["target"],
            "budget": project["budget"],
        }
        for document in documents
        for project in document["projects"]
        if project["key"]
    }


def alignment(documents: Gold, tables: dict[str, Table]) -> Gold:
    """Return every project with a declared strategy: what it declares, and what it serves."""
    rows: dict[str, tuple[Row, Table]] = {
        row.key: (row, table) for table in tables.values() for row in table.rows
    }
    found = []
    for document in documents:
        for project in document["projects"]:
            declared = project["declared_strategy"]
            if not project["key"] or not declared:
                continue
            row, _ = rows[project["key"]]
            serves = {"=": declared, "none": None}.get(row.serves, row.serves)
            found.append(
                {
                    "file": document["file"],
                    "organisation": document["organisation"]["name"],
                    "key": row.key,
                    "title": project["title"],
                    "declared": declared,
                    "serves": serves,
                    "sound": serves == declared,
                    "note": row.note,
                }
            )
    return found


def unserved() -> Gold:
    """Return strategies of a plan that none of its projects serves."""
    return [
        {"file": file, "statement": statement, "note": "".join(note).strip(" |")}
        for file, statement, *note in map(_unbarred, lines("unserved.txt"))
    ]


def _unbarred(cells: list[str]) -> list[str]:
    return [cell.removesuffix(" |") for cell in cells]


def phrases() -> Gold:
    """Return visions of two periods, phrase by phrase."""
    return [
        {
            "organisation": BODIES[body]["name"],
            "from": [2561, 2565],
            "to": [2566, 2570],
            "change": change,
            "old": None if old == "-" else old,
            "new": None if new == "-" else new,
        }
        for body, change, old, new in lines("phrases.txt")
    ]


def searches(documents: Gold) -> Gold:
    """Return queries with what must be found: every place where the same words stand."""
    places = _places(documents)
    return [
        {"query": query, "relevant": list(_relevant(wanted, places))}
        for query, wanted in lines("searches.txt")
    ]


def _places(documents: Gold) -> dict[str, list[tuple[str, str, str]]]:
    """Map a text, its digits folded, to every (file, kind, text as printed there)."""
    places: dict[str, list[tuple[str, str, str]]] = {}
    for document in documents:
        said = [(s["kind"], s["text"]) for s in document["statements"]]
        said += [("project", p["title"]) for p in document["projects"]]
        for kind, text in said:
            folded = text.translate(ARABIC)
            for key in {folded, folded.removeprefix("โครงการ")}:
                places.setdefault(key, []).append((document["file"], kind, text))
    return places


def _relevant(wanted: str, places: dict[str, list[tuple[str, str, str]]]) -> Iterator[Line]:
    for text in wanted.split(" ; "):
        words = text.removeprefix("~")
        for file, kind, printed in places[words]:
            yield {"file": file, "text": printed, "type": kind, "grade": 1 if text != words else 2}
