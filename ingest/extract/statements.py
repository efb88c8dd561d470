"""Statements from what the rules found: repeated ones merged, parents and ids given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.found import Found
from ingest.records import Organisation, Page, Span, Statement, StatementKind, fingerprint

_IGNORED = re.compile(r"[\s“”\"‘’'.,…]+")


def statements_of(
    founds: Sequence[Found],
    pages: Sequence[Page],
    *,
    document_id: str,
    organisation: Organisation | None = None,
) -> tuple[tuple[Statement, ...], dict[int, str]]:
    """Return the statements in reading order, and the id that each found one came to have."""
    body = organisation.name if organisation else ""
    merged: dict[tuple[str, str], Statement] = {}
    ids: dict[int, str] = {}
    for index, found in enumerate(founds):
        kind = found.kind
        if kind == "project":
            continue
        key = (kind, _IGNORED.sub("", found.text))
        parent = ids.get(found.within) if found.within is not None else None
        known = merged.get(key)
        if known is None:
            merged[key] = _statement(found, kind, document_id, body, parent, pages)
        else:
            merged[key] = _mentioned(known, found, parent)
        ids[index] = merged[key].id
    ordered = sorted(merged.values(), key=lambda s: (s.page, s.start))
    return tuple(ordered), ids


def _statement(
    found: Found, kind: StatementKind, document_id: str, body: str, parent: str | None,
    pages: Sequence[Page],
) -> Statement:  # fmt: skip
    return Statement(
        fingerprint(document_id, kind, found.text, body), kind, found.text, found.page,
        found.start, found.end, explanation=found.explanation, alternatives=found.alternatives,
        mentions=_mentions(found, pages), section=found.section, number=found.number,
        parent=parent, found_by=found.rule,
    )  # fmt: skip


def _mentioned(known: Statement, again: Found, parent: str | None) -> Statement:
    span = Span(again.page, again.start, again.end)
    mentions = known.mentions if span in known.mentions else (*known.mentions, span)
    return replace(
        known,
        mentions=mentions,
        parent=known.parent or parent,
        explanation=known.explanation or again.explanation,
    )


def _mentions(found: Found, pages: Sequence[Page]) -> tuple[Span, ...]:
    if found.kind != "vision":
        return ()
    pattern = re.compile(r"\s*".join(re.escape(letter) for letter in "".join(found.text.split())))
    return tuple(
        Span(page.number, match.start(), match.end())
        for page in pages
        for match in pattern.finditer(page.text)
        if (page.number, match.start()) != (found.page, found.start)
    )
