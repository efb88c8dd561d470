"""One plan for people: its heading and its tree, or its clean text page by page.

The tree is the one that planners know: issues, below each its goals, strategies, indicators and
projects. It is made of the JSON forms of records, so that the command line, HTTP and the web
pages show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from api.text.columns import shorten
from api.text.heading import heading, unread_page
from api.text.labels import STATEMENTS, label
from api.text.messages import message
from api.text.money import money, spending, warnings
from ingest.records import Document

ORDER = tuple(STATEMENTS)
Record = Mapping[str, Any]


def outline(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a document's heading and tree, from its JSON form."""
    yield from heading(document)
    roots = tree(document["statements"], document["projects"])
    yield from draw(roots) if roots else [message("nothing-stated")]


def pages(document: Document) -> Iterator[str]:
    """Yield the clean text page by page; an unread page gives its reason."""
    yield from heading(document.to_dict())
    for page in document.pages:
        yield f"\n═══ {message('page-heading', page=page.number)} ═══"
        yield unread_page(page.unread) if page.unread else page.text


def with_text(whole: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """Add the pages with their text to a document's JSON form."""
    return {**whole, "text": [{**page.to_dict(), "text": page.text} for page in document.pages]}


def tree(statements: Sequence[Record], projects: Sequence[Record]) -> list[dict[str, Any]]:
    """Nest statements and projects under their parents; each node has `kind` and `children`.

    Nodes come by kind (vision first, projects last), within a kind in reading order. A
    parent that is not in the document, or a circle of parents, makes a root.
    """
    records = [*statements, *({**project, "kind": "project"} for project in projects)]
    nodes = {record["id"]: {**record, "children": []} for record in records}
    roots = []
    for node in nodes.values():
        parent = nodes.get(node.get("parent") or "")
        if parent is None or _circles(node, nodes):
            roots.append(node)
        else:
            parent["children"].append(node)
    for node in nodes.values():
        node["children"].sort(key=_place)
    return sorted(roots, key=_place)


def _circles(node: Record, nodes: Mapping[str, Record]) -> bool:
    seen, at = {node["id"]}, node
    while (parent := nodes.get(at.get("parent") or "")) is not None:
        if parent["id"] in seen:
            return True
        seen.add(parent["id"])
        at = parent
    return False


def _place(node: Record) -> tuple[int, int, int, int]:
    start, row = node.get("start") or 0, node.get("row") or 0
    return (ORDER.index(node["kind"]), node["page"], start, row)


def draw(roots: Sequence[Record]) -> Iterator[str]:
    """Yield the tree as lines, one a node, roots grouped under the name of their kind."""
    for kind in ORDER:
        group = [node for node in roots if node["kind"] == kind]
        if group:
            yield click.style(f"{label(STATEMENTS, kind)} ({len(group)})", bold=True)
            yield from _branches(group, "", named=False)


def _branches(nodes: Sequence[Record], indent: str, *, named: bool) -> Iterator[str]:
    for index, node in enumerate(nodes):
        last = index == len(nodes) - 1
        yield f"{indent}{'└─ ' if last else '├─ '}{_line(node, named=named)}"
        yield from _branches(node["children"], indent + ("   " if last else "│  "), named=True)


def _line(node: Record, *, named: bool) -> str:
    head = [label(STATEMENTS, node["kind"])] if named else []
    if node.get("number"):
        head.append(str(node["number"]))
    text = " ".join((node.get("text") or node.get("title") or "").split())
    parts = [f"{' '.join(head)}: {text}" if named else " ".join([*head, text])]
    if node.get("explanation"):
        parts.append(
            click.style(shorten(f"– {' '.join(node['explanation'].split())}", 60), dim=True)
        )
    if node.get("budget"):
        parts.append(money(node["budget"]))
    if spent := spending(node):
        parts.append(click.style(spent, dim=True))
    parts += [click.style(f"! {doubt}", fg="yellow") for doubt in warnings(node)]
    if node.get("organisation"):
        parts.append(f"[{node['organisation']['name']}]")
    parts.append(click.style(message("page", page=node["page"]), fg="cyan"))
    return "  ".join(parts)
