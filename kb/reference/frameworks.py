"""The national frameworks plans answer to: their nodes, and how the nodes hang together.

They are data (`corpora/frameworks`): codes and names as published, descriptions and
keywords written by the project. Any table of the same columns can be a framework too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Node:
    """One strategy, plan, milestone or goal of a framework; `code` is its own everywhere."""

    code: str
    framework: str
    thai: str
    english: str
    description: str
    keywords: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "code": self.code,
            "framework": self.framework,
            "thai": self.thai,
            "english": self.english,
            "description": self.description,
            "keywords": list(self.keywords),
        }


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework: its name in commands, what people call it, and its nodes in order."""

    name: str
    thai: str
    english: str
    nodes: tuple[Node, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "thai": self.thai,
            "english": self.english,
            "nodes": [node.to_dict() for node in self.nodes],
        }


@dataclass(frozen=True, slots=True)
class FrameworkLink:
    """A node and one it serves; `strength` is `main` or `also`, `source` says who says so."""

    lower: str
    higher: str
    strength: str
    source: str


_FRAMEWORKS = (
    (
        "national_strategy",
        "national_strategy.tsv",
        "ยุทธศาสตร์ชาติ พ.ศ. 2561–2580",
        "National strategy 2018–2037",
    ),
    (
        "master_plans",
        "master_plans.tsv",
        "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
        "Master plans under the national strategy",
    ),
    (
        "milestones",
        "milestones_13th_plan.tsv",
        "หมุดหมายของแผนพัฒนาฯ ฉบับที่ 13",
        "Milestones of the 13th national plan",
    ),
    ("sdgs", "sdgs.tsv", "เป้าหมายการพัฒนาที่ยั่งยืน", "Sustainable Development Goals"),
)


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return the frameworks, from the nation's strategy to the world's goals."""
    return tuple(
        Framework(name, thai, english, tuple(_nodes(name, file)))
        for name, file, thai, english in _FRAMEWORKS
    )


def framework(name: str) -> Framework:
    """Return one framework by its name. Raises UsageError `framework-unknown`."""
    for each in frameworks():
        if each.name == name:
            return each
    names = ", ".join(each.name for each in frameworks())
    raise UsageError("framework-unknown", value=name, choices=names)


def node(code: str) -> Node:
    """Return a node by its code, such as `MP19`. Raises UsageError `framework-node-unknown`."""
    found = _by_code().get(code.strip().upper())
    if found is None:
        raise UsageError("framework-node-unknown", value=code)
    return found


@cache
def links() -> tuple[FrameworkLink, ...]:
    """Return which node serves which, as published where `source` says so."""
    return tuple(
        FrameworkLink(row["lower"], row["higher"], row["strength"], row["source"])
        for row in _rows("links.tsv")
    )


def above(code: str) -> tuple[FrameworkLink, ...]:
    """Return what a node serves, main links first."""
    found = [link for link in links() if link.lower == code]
    return tuple(sorted(found, key=lambda link: link.strength != "main"))


@cache
def _by_code() -> dict[str, Node]:
    return {each.code: each for one in frameworks() for each in one.nodes}


def _nodes(framework: str, file: str) -> Iterator[Node]:
    for row in _rows(file):
        keywords = tuple(word for word in row["keywords"].split(";") if word)
        yield Node(
            row["code"], framework, row["thai"], row["english"], row["description"], keywords
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("corpora") / "frameworks" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
