"""All statements of a document, named, merged and with a probability that each is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.found import Found
from ingest.extract.lines import lines_of
from ingest.extract.outline import outline_of
from ingest.records import Organisation, Page, Span, Statement, fingerprint

_IGNORED = re.compile(r"[\s“”\"‘’'.,…]+")


def statements_of(
    pages: Sequence[Page], *, document_id: str, organisation: Organisation | None = None
) -> tuple[Statement, ...]:
    """Return the statements of the pages in the order in which they stand."""
    founds = outline_of(lines_of(pages))
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
            mentions=_mentions(found, pages),
        )  # fmt: skip
    return tuple(merged.values())


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
