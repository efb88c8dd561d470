"""Statements from candidates: repeats merged; parents, bodies, confidence, mentions added."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.extract.identity.chapters import chapters_of
from ingest.extract.identity.organisation import organisation_of, organisations_in
from ingest.extract.statements.candidates import Find
from ingest.extract.statements.scopes import quoted_from_nation
from ingest.records import Organisation, Page, Period, Span, Statement, StatementKind, fingerprint

STRENGTH = 10

# What is expected of a rule before any count.
EXPECTED: dict[str, float] = {
    "heading-quote": 0.97,
    "heading-lines": 0.85,
    "heading-list": 0.85,
    "heading-named": 0.92,
    "heading-slogan": 0.85,
    "label": 0.95,
    "title": 0.8,
    "list-marked": 0.95,
    "list-plain": 0.8,
    "below": 0.85,
    "quoted": 0.92,
    "said": 0.75,
    "unquoted": 0.5,
    "enumerated": 0.85,
    "stray": 0.75,
    "listed": 0.85,
}

# Right and all, of statements and projects found by the rule in the gold sets.
COUNTED: dict[str, tuple[int, int]] = {}

_UNFINISHED = re.compile(r"(?:และ|หรือ|ของ|เพื่อ|โดย|แห่ง|ด้วย|\()$")
_LONGEST = 300
_OTHER = 0.7


def rate(rule: str) -> float:
    """Return the share of a rule's statements that is right, as far as is known."""
    right, result = COUNTED.get(rule, (0, 0))
    expected = EXPECTED.get(rule, _OTHER)
    return (right + STRENGTH * expected) / (result + STRENGTH)


def confidence_of(find: Find, page: Page | None = None) -> float:
    """Return the probability that a careful reader would have found the same."""
    base = find.confidence or rate(find.rule)
    base = min(max(base, 0.001), 0.999)
    odds = math.log(base / (1 - base)) - doubt(find, page)
    return round(1 / (1 + math.exp(-odds)), 3)


def doubt(find: Find, page: Page | None) -> float:
    """Return by how much the logarithm of the odds goes down."""
    doubts = 0.0
    if find.confidence is None:
        doubts += 1.0 * (len(find.text) > _LONGEST) + bool(_UNFINISHED.search(find.text))
    if page is not None and page.unverified:
        doubts += 1.0
    if page is not None and page.quality is not None and page.quality < 1:
        doubts += min(2.0, 20 * (1 - page.quality))
    return doubts


_IGNORED = re.compile(r"[\s“”\"‘’'.,…:：]+")
_ALIKE = 93.0
_BODIES = ("เทศบาล", "องค์การบริหารส่วน", "อบต", "อบจ", "จังหวัด", "อำเภอ", "สำนักงาน")
_SHORTEST = 12


def folded(text: str) -> str:
    """Fold what does not make another statement: white space, quotes, stops."""
    return _IGNORED.sub("", text)


def same_vision(text: str, visions: Iterable[Statement]) -> Statement | None:
    """Return the vision that a text repeats, slips of the pen allowed."""
    from rapidfuzz import fuzz

    squeezed = folded(text)
    for statement in visions:
        if statement.kind != "vision" or len(squeezed) <= _SHORTEST:
            continue
        known = folded(statement.text)
        if fuzz.ratio(squeezed, known) >= _ALIKE or _but_for_its_body(squeezed, known):
            return statement
    return None


def _but_for_its_body(one: str, other: str) -> bool:
    """Return whether two visions differ only in that one names the body first."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and 2 * len(short) > len(long) and long.startswith(_BODIES)


def mentions_of(find: Find, pages: Sequence[Page]) -> tuple[Span, ...]:
    """Return where else on the pages the words stand, whatever their white space."""
    letters = "".join(find.text.split())
    if len(letters) < _SHORTEST:
        return ()
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    head = re.compile(r"\s*".join(map(re.escape, letters[:8])))
    return tuple(
        Span(page.number, match.start(), match.end())
        for page in pages
        if head.search(page.text)
        for match in pattern.finditer(page.text)
        if not (page.number == find.page and match.start() < find.end and find.start < match.end())
    )


def named_in(find: Find, values: Iterable[Statement], page: Page) -> dict[str, Span]:
    """Return, for a slogan made of values that are known one by one, where each stands in it."""
    rest = folded(find.text)
    spans: dict[str, Span] = {}
    for value in values:
        name = folded(value.text)
        if name not in rest:
            return {}
        rest = rest.replace(name, "", 1)
        match = re.compile(r"\s*".join(map(re.escape, name))).search(
            page.text, find.start, find.end
        )
        if match:
            spans[value.id] = Span(page.number, *match.span())
    return spans if spans and len(rest) <= 3 else {}


def statements_of(
    finds: Sequence[Find],
    pages: Sequence[Page],
    *,
    document_id: str,
    organisation: Organisation | None = None,
    period: Period | None = None,
    by_page: bool = False,
) -> tuple[tuple[Statement, ...], dict[int, str]]:
    """Return the statements in reading order, and the id that each found one came to have.

    `organisation` and `period` are the document's; a statement of another body or of other
    years keeps its own. In a document of many bodies (`by_page`) each page tells its own.
    """
    merger = _Merger(pages, document_id, organisation, period, by_page)
    quoted = quoted_from_nation(finds, organisation)
    for index, result in enumerate(finds):
        if result.kind != "project" and index not in quoted:
            merger.take(index, result, result.kind)
    ordered = sorted(merger.statements.values(), key=lambda s: (s.page, s.start))
    return tuple(ordered), merger.ids


class _Merger:
    """Makes statements one by one; what repeats one before becomes a mention of it."""

    def __init__(
        self,
        pages: Sequence[Page],
        document_id: str,
        body: Organisation | None,
        period: Period | None,
        by_page: bool,
    ) -> None:
        self.statements: dict[str, Statement] = {}
        self.ids: dict[int, str] = {}
        self._keys: dict[tuple[str, str, str], str] = {}
        self._pages = {page.number: page for page in pages}
        self._document, self._body, self._period = document_id, body, period
        self._by_page = by_page
        self._bodies: dict[int, Organisation | None] = {}
        self._owners: dict[str, Organisation | None] = {}
        self._chapters = chapters_of(pages, body)

    def take(self, index: int, find: Find, kind: StatementKind) -> None:
        """Take what was found as the `index`-th."""
        if kind == "value" and self._is_slogan(find):
            return
        body = self._owner(find)
        name = (body or self._body).name if body or self._body else ""  # type: ignore[union-attr]
        parent = self.ids.get(find.within) if find.within is not None else None
        known = self._known(find, kind, name, parent)
        if known is None:
            known = self._new(find, kind, body, name, parent)
        else:
            known = _again(known, find, parent)
        self.statements[known.id] = known
        self._keys.setdefault((kind, folded(find.text), name), known.id)
        self.ids[index] = known.id

    def _known(
        self, find: Find, kind: StatementKind, name: str, parent: str | None
    ) -> Statement | None:
        """Return the statement that this one repeats, unless both stand under other parents."""
        key = self._keys.get((kind, folded(find.text), name))
        if key is None:
            return same_vision(find.text, self.statements.values()) if kind == "vision" else None
        known = self.statements[key]
        return None if parent and known.parent and parent != known.parent else known

    def _new(
        self,
        find: Find,
        kind: StatementKind,
        body: Organisation | None,
        name: str,
        parent: str | None,
    ) -> Statement:
        key = fingerprint(self._document, kind, find.text, name)
        if key in self.statements:
            key = fingerprint(self._document, kind, find.text, name, parent or "", str(find.start))
        period = find.period if find.period != self._period else None
        return Statement(
            key,
            kind,
            find.text,
            find.page,
            find.start,
            find.end,
            explanation=find.explanation,
            alternatives=find.alternatives,
            organisation=body,
            period=period,
            section=find.section,
            number=find.number,
            parent=parent,
            mentions=mentions_of(find, list(self._pages.values())) if kind == "vision" else (),
            confidence=confidence_of(find, self._pages.get(find.page)),
            found_by=find.rule,
        )

    def _owner(self, find: Find) -> Organisation | None:
        """Return the body a statement names as its own, where it is not the document's."""
        body = self._named(find.owner) if find.owner else None
        body = body or self._chapters.at(find.page, find.start) or self._page_body(find.page)
        if body is None or (self._body and _same_body(body, self._body)):
            return None
        return body

    def _named(self, owner: str) -> Organisation | None:
        """Return the first body that the words name which tell an owner."""
        if owner not in self._owners:
            named = organisations_in(owner)
            self._owners[owner] = named[0].organisation if named else None
        return self._owners[owner]

    def _page_body(self, page: int) -> Organisation | None:
        if not self._by_page:
            return None
        if page not in self._bodies:
            self._bodies[page] = organisation_of(self._pages[page].text)
        return self._bodies[page]

    def _is_slogan(self, find: Find) -> bool:
        values = [s for s in self.statements.values() if s.kind == "value"]
        spans = named_in(find, values, self._pages[find.page]) if len(values) > 1 else {}
        for key, span in spans.items():
            known = self.statements[key]
            self.statements[key] = replace(known, mentions=(*known.mentions, span))
        return bool(spans)


def _same_body(a: Organisation, b: Organisation) -> bool:
    return a.name == b.name or (a.kind == b.kind and (a.name in b.name or b.name in a.name))


def _again(known: Statement, again: Find, parent: str | None) -> Statement:
    span = Span(again.page, again.start, again.end)
    seen = any(
        s.page == span.page and s.start < span.end and span.start < s.end for s in known.mentions
    )
    return replace(
        known,
        mentions=known.mentions if seen else (*known.mentions, span),
        parent=known.parent or parent,
        explanation=known.explanation or again.explanation,
    )
