"""All statements of a document, named, merged and with a probability that each is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.found import Found
from ingest.extract.lines import Line, lines_of
from ingest.extract.outline import outline_of
from ingest.extract.paragraphs import paragraphs_of
from ingest.extract.prose import prose_of
from ingest.records import Organisation, Page, Span, Statement, fingerprint

_IGNORED = re.compile(r"[\s“”\"‘’'.,…]+")


def statements_of(
    pages: Sequence[Page], *, document_id: str, organisation: Organisation | None = None
) -> tuple[Statement, ...]:
    """Return the statements of the pages in the order in which they stand."""
    lines = lines_of(pages)
    founds = outline_of(lines)
    founds += prose_of(paragraphs_of(_unread(lines, founds), {p.number: p.text for p in pages}))
    merged: dict[tuple[str, str], Statement] = {}
    for found in founds:
        key = (found.kind, _IGNORED.sub("", found.text))
        if key in merged:
            continue
        body = organisation.name if organisation else ""
        merged[key] = Statement(
            fingerprint(document_id, found.kind, found.text, body), found.kind, found.text,
            found.page, found.start, found.end, explanation=found.explanation,
            section=found.section, number=found.number, found_by=found.rule,
            alternatives=found.alternatives, mentions=_mentions(found, pages),
        )  # fmt: skip
    return tuple(merged.values())


def _unread(lines: Sequence[Line], founds: Sequence[Found]) -> list[Line]:
    """Return the lines on which nothing was found yet."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for found in founds:
        taken.setdefault(found.page, []).append((found.start, found.end))
    return [
        line
        for line in lines
        if not any(s < line.end and line.start < e for s, e in taken.get(line.page, ()))
    ]


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
