"""The national frameworks that plans serve: their nodes, and which node serves which.

They are data (`corpora/frameworks`): codes and names as published, descriptions and
keywords written by the project. Any table of the same columns can be a framework too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.errors import UsageError
from kb.reference.tables import table_rows


@dataclass(frozen=True, slots=True)
class Node:
    """One strategy, plan, milestone or goal of a framework; `code` is unique among all of them."""

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
    """A framework: its name in commands, its titles, and its nodes in order."""

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
    """A node and one it serves, by code; `strength` is `main` or `also`, `source` who says so."""

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
    """Return the frameworks, from the national strategy to the Sustainable Development Goals."""
    return tuple(
        Framework(name, thai, english, tuple(_nodes(name, file)))
        for name, file, thai, english in _FRAMEWORKS
    )


def framework(name: str) -> Framework:
    """Return one framework by its name. Raises UsageError `framework-unknown`."""
    for candidate in frameworks():
        if candidate.name == name:
            return candidate
    names = ", ".join(one.name for one in frameworks())
    raise UsageError("framework-unknown", value=name, choices=names)


def node(code: str) -> Node:
    """Return a node by its code, such as `MP19`. Raises UsageError `framework-node-unknown`."""
    known = _by_code().get(code.strip().upper())
    if known is None:
        raise UsageError("framework-node-unknown", value=code)
    return known


@cache
def links() -> tuple[FrameworkLink, ...]:
    """Return all links between nodes."""
    return tuple(
        FrameworkLink(row["lower"], row["higher"], row["strength"], row["source"])
        for row in table_rows("frameworks/links.tsv")
    )


def above(code: str) -> tuple[FrameworkLink, ...]:
    """Return the links from a node to what it serves, main links first."""
    own = [link for link in links() if link.lower == code]
    return tuple(sorted(own, key=lambda link: link.strength != "main"))


@cache
def _by_code() -> dict[str, Node]:
    return {node.code: node for framework in frameworks() for node in framework.nodes}


def _nodes(framework: str, file: str) -> Iterator[Node]:
    for row in table_rows(f"frameworks/{file}"):
        keywords = tuple(word for word in row["keywords"].split(";") if word)
        yield Node(
            row["code"], framework, row["thai"], row["english"], row["description"], keywords
        )
