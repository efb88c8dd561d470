"""What a proposal is held against: a body's plan, one document, or a framework."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from ingest.errors import ReadError, UsageError
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import Target
from kb.knowledge_base import KnowledgeBase
from kb.reference.frameworks import Node, framework, frameworks
from kb.store.filters import Filters
from kb.store.records import StoredStatement

SERVED = ("mission", "goal", "strategic_issue", "strategy")
"""Statements a project can serve; a vision counts only where a plan says nothing else."""


def targets_of(kb: KnowledgeBase, against: Iterable[str]) -> list[Target]:
    """Return the targets that names stand for: frameworks, bodies, documents.

    Raises UsageError: `against-unknown`, `plan-missing` (a body without statements).
    """
    found: dict[str, Target] = {}
    for name in against:
        found |= {target.text: target for target in _named(kb, name) if target.text not in found}
    return list(found.values())


def framework_targets(names: Iterable[str] = ()) -> list[Target]:
    """Return the nodes of some frameworks, of all that come with the software by default."""
    chosen = [framework(name) for name in names] or list(frameworks())
    return [node_target(node) for each in chosen for node in each.nodes]


def node_target(node: Node) -> Target:
    """Make a node a target."""
    heard = subject_terms(f"{node.thai} {node.description} {' '.join(node.keywords)}")
    return Target(node.code, node.thai, heard, node)


def statement_targets(statements: Iterable[StoredStatement]) -> list[Target]:
    """Make statements targets; equal texts once, a vision only where there is nothing else."""
    every = list(statements)
    usable = [each for each in every if each.kind in SERVED]
    usable = usable or [each for each in every if each.kind == "vision"]
    texts = {each.text: each for each in reversed(usable)}
    return [
        Target(each.id, each.text, subject_terms(each.text), each)
        for each in reversed(texts.values())
    ]


def read_framework(path: Path) -> list[Target]:
    """Read a user's framework: a TSV or CSV table with the columns `code` and `thai`.

    `level`, `english`, `description` and `keywords` (parted by `;`) may be missing. Raises
    ReadError `framework-invalid`.
    """
    try:
        text = path.read_text("utf-8-sig")
        rows = csv.DictReader(text.splitlines(), delimiter="\t" if "\t" in text else ",")
        nodes = [
            Node(
                row["code"].strip(),
                row.get("level") or path.stem,
                row["thai"].strip(),
                row.get("english") or "",
                row.get("description") or "",
                tuple((row.get("keywords") or "").split(";")),
            )
            for row in rows
            if row["code"] and row["thai"]
        ]
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise ReadError("framework-invalid", file=path.name) from error
    if not nodes:
        raise ReadError("framework-invalid", file=path.name)
    return [node_target(node) for node in nodes]


def _named(kb: KnowledgeBase, name: str) -> list[Target]:
    if name in {each.name for each in frameworks()}:
        return framework_targets([name])
    found = statement_targets(kb.statements(Filters(organisation=name))) if name.strip() else []
    if found:
        return found
    if name.strip() and next(kb.documents(Filters(organisation=name)), None):
        raise UsageError("plan-missing", organisation=name)
    try:
        document = kb.document(name)
    except UsageError as error:
        names = ", ".join(each.name for each in frameworks())
        raise UsageError("against-unknown", value=name, choices=names) from error
    found = statement_targets(kb.statements(Filters(document=document.id)))
    if not found:
        raise UsageError("plan-missing", organisation=document.file)
    return found
