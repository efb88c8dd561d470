"""Targets of proposals: the statements of a body's plan or document, or a framework's nodes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from ingest.errors import ReadError, UsageError
from kb.alignment.periods import in_force
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import Target
from kb.knowledge_base import KnowledgeBase
from kb.reference.frameworks import Node, framework, frameworks
from kb.store.filters import Filters
from kb.store.records import StoredStatement

SERVED_KINDS = ("mission", "goal", "strategic_issue", "strategy")
"""Kinds of statement a project can serve; a vision only where a plan has no strategies."""

_STRATEGIES = ("strategic_issue", "strategy")


def targets_of(kb: KnowledgeBase, against: Iterable[str], year: int | None = None) -> list[Target]:
    """Return the targets that these names of frameworks, bodies or documents stand for.

    Of a body's plans the one in force in the fiscal year counts, by default the newest; a
    document that is named counts whatever its years. Raises UsageError: `against-unknown`,
    `plan-missing` (a body without statements).
    """
    targets: dict[str, Target] = {}
    for name in against:
        for target in _named(kb, name, year):
            targets.setdefault(target.text, target)
    return list(targets.values())


def framework_targets(names: Iterable[str] = ()) -> list[Target]:
    """Return the nodes of these frameworks, by default of all that come with the software."""
    chosen = [framework(name) for name in names] or list(frameworks())
    return [node_target(node) for one in chosen for node in one.nodes]


def node_target(node: Node) -> Target:
    """Return a framework's node as a target."""
    terms = subject_terms(f"{node.thai} {node.description} {' '.join(node.keywords)}")
    return Target(node.code, node.thai, terms, node)


def statement_targets(statements: Iterable[StoredStatement]) -> list[Target]:
    """Return statements as targets: equal texts once, visions of bodies without strategies."""
    listed = list(statements)
    strategic = {_whose(one) for one in listed if one.kind in _STRATEGIES}
    usable = [
        one
        for one in listed
        if one.kind in SERVED_KINDS or (one.kind == "vision" and _whose(one) not in strategic)
    ]
    texts = {statement.text: statement for statement in reversed(usable)}
    return [
        Target(statement.id, statement.text, subject_terms(statement.text), statement)
        for statement in reversed(texts.values())
    ]


def read_framework(path: Path) -> list[Target]:
    """Return the nodes of a user's framework: a TSV or CSV with the columns `code` and `thai`.

    The columns `level`, `english`, `description` and `keywords` (separated by `;`) may be
    missing. Raises ReadError `framework-invalid`.
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


def _whose(statement: StoredStatement) -> str:
    """Return whose plan a statement is of: the body's, else that of its document alone."""
    return statement.organisation.name if statement.organisation else statement.document


def _named(kb: KnowledgeBase, name: str, year: int | None) -> list[Target]:
    if name in {one.name for one in frameworks()}:
        return framework_targets([name])
    stated = list(kb.statements(Filters(organisation=name))) if name.strip() else []
    targets = statement_targets(in_force(stated, year)) or statement_targets(stated)
    if targets:
        return targets
    if name.strip() and next(kb.documents(Filters(organisation=name)), None):
        raise UsageError("plan-missing", organisation=name)
    try:
        document = kb.document(name)
    except UsageError as error:
        names = ", ".join(one.name for one in frameworks())
        raise UsageError("against-unknown", value=name, choices=names) from error
    targets = statement_targets(kb.statements(Filters(document=document.id)))
    if not targets:
        raise UsageError("plan-missing", organisation=document.file)
    return targets
