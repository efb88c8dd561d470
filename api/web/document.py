"""The page `/documents/{id}`: a printed page beside what was read from it, and the whole plan."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from api.http.state import Kb
from api.text.heading import note_text, title, unread_reason, years
from api.text.labels import PLANS, REVIEWS, STATEMENTS, label
from api.text.language import Language
from api.text.messages import message, printable
from api.text.money import money, spending, warnings
from api.text.plan import tree
from api.web.pages import page_images
from api.web.rendering import error_page, kind_choices, language_of, page
from ingest.errors import PhaenError
from ingest.records import Document, Page
from kb import Filters, KnowledgeBase, StoredDocument
from kb.page_marks import PageMarks

router = APIRouter(include_in_schema=False)
_WELL_READ, _POORLY_READ = 0.9, 0.7
_PRINTED = ("application/pdf", "image/")
_VERSIONS = 20
_TAB_LEFT, _TAB_WIDTH, _TAB_HEIGHT = 6, 34, 24
"""Where the numbers of records stand on the picture of a page, in its pixels."""


@router.get("/documents/{document}", response_class=HTMLResponse)
def plan(
    request: Request,
    kb: Kb,
    document: str,
    number: Annotated[int, Query(alias="page", ge=1)] = 1,
    record: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """Show one page of a plan, its records marked, beside the plan as a tree."""
    language = language_of(request)
    try:
        stored = kb.document(document)
        whole = kb.whole(stored.id)
    except PhaenError as error:
        return error_page(request, error)
    view = _View(kb, stored, whole, language)
    nodes = view.nodes(record)
    chosen = next((node for node in _walked(nodes) if node["chosen"]), None)
    number = min(chosen["page"] if chosen else number, max(1, stored.pages))
    here = [node for node in _walked(nodes) if node["page"] == number]
    text = view.text_of(number)
    for node in here:
        node["spans"] = _span(node, text["text"])
    here.sort(key=lambda node: (node["spans"] or (node["start"], 0), node["row"]))
    sheet = sheet_of(request, stored, number, here)
    here.sort(key=lambda node: node.get("top", 0))
    for badge, node in enumerate(here, start=1):
        node["badge"] = badge
    _put_tabs(here)
    return page(
        request,
        "document",
        title(stored.to_dict()),
        document=view.about(number),
        number=number,
        groups=_grouped(nodes, language),
        records=here,
        chosen=chosen,
        sheet=sheet,
        text={**text, "marked": _marked_text(text["text"], here)},
        strip=[view.page_quality(part, number) for part in whole.pages],
        versions=view.versions(),
        kinds=kind_choices(language),
    )


class _View:
    """One document in words of a language."""

    def __init__(
        self, kb: KnowledgeBase, stored: StoredDocument, whole: Document, language: Language
    ) -> None:
        self._kb, self._stored, self._whole, self._language = kb, stored, whole, language

    def about(self, number: int) -> dict[str, Any]:
        """Return what the heading says, and the addresses of the pages before and after."""
        stored, language = self._stored, self._language
        body = stored.organisation
        return {
            "id": stored.id,
            "title": title(stored.to_dict()),
            "file": printable(PurePath(stored.file).name),
            "pages": stored.pages,
            "body": body.name if body else "",
            "plan": label(PLANS, stored.plan_kind, language),
            "years": years(stored.period.to_list() if stored.period else None, language),
            "statements": stored.statements,
            "projects": stored.projects,
            "original": self._kb.original(stored.id) is not None,
            "notes": [note_text(note, language) for note in stored.notes],
            "before": number - 1 if number > 1 else None,
            "after": number + 1 if number < stored.pages else None,
        }

    def nodes(self, chosen: str) -> list[dict[str, Any]]:
        """Return the plan as a tree; the node named `chosen` says so."""
        plain = self._whole.to_dict()
        reviews = {one.target: one.verdict for one in self._kb.reviews.all(self._stored.id)}
        roots = tree(plain["statements"], plain["projects"])
        return [self._node(node, reviews, chosen) for node in roots]

    def _node(
        self, node: Mapping[str, Any], reviews: Mapping[str, str], chosen: str
    ) -> dict[str, Any]:
        language, verdict = self._language, reviews.get(node["id"])
        parts = [
            money(node["budget"], language) if node.get("budget") else "",
            spending(node, language),
            label(REVIEWS, verdict, language) if verdict else "",
        ]
        return {
            "id": node["id"],
            "kind": node["kind"],
            "label": label(STATEMENTS, node["kind"], language),
            "number": node.get("number") or "",
            "text": node.get("text") or node.get("title") or "",
            "explanation": node.get("explanation") or "",
            "facts": " · ".join(part for part in parts if part),
            "warnings": warnings(node, language),
            "page": node["page"],
            "start": node.get("start") or 0,
            "end": node.get("end") or 0,
            "row": node.get("row") or 0,
            "badge": 0,
            "chosen": node["id"] == chosen,
            "address": urlencode({"page": node["page"], "record": node["id"], "lang": language}),
            "children": [self._node(child, reviews, chosen) for child in node["children"]],
        }

    def text_of(self, number: int) -> dict[str, str]:
        """Return the clean text of a page, and why it has none."""
        part = next((part for part in self._whole.pages if part.number == number), None)
        if part is None:
            return {"text": "", "unread": ""}
        unread = unread_reason(part.unread, self._language) if part.unread else ""
        return {"text": part.text, "unread": unread}

    def page_quality(self, part: Page, number: int) -> dict[str, Any]:
        """Return how well a page was read, as a look and in words."""
        look, code = _quality(part)
        percent = round((part.quality or 0) * 100)
        return {
            "number": part.number,
            "look": look,
            "current": part.number == number,
            "words": message(code, self._language, percent=percent),
        }

    def versions(self) -> list[dict[str, str]]:
        """Return the other documents of the same plan: of one body and one period."""
        stored = self._stored
        if stored.organisation is None or stored.period is None:
            return []
        others = [
            other
            for other in self._kb.documents(Filters(organisation=stored.organisation.name))
            if other.organisation == stored.organisation
            and other.period == stored.period
            and other.id != stored.id
        ]
        return [{"id": other.id, "title": title(other.to_dict())} for other in others[:_VERSIONS]]


def _quality(part: Page) -> tuple[str, str]:
    if part.unread:
        return "bad", "page-not-read"
    if part.quality is None:
        return "good", "page-without-thai"
    if part.quality >= _WELL_READ and not part.unverified:
        return "good", "page-well-read"
    return (
        ("warn", "page-to-check") if part.quality >= _POORLY_READ else ("bad", "page-poorly-read")
    )


def _walked(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _walked(node["children"])


def _grouped(nodes: Sequence[dict[str, Any]], language: Language) -> list[dict[str, Any]]:
    groups = [(kind, [node for node in nodes if node["kind"] == kind]) for kind in STATEMENTS]
    return [
        {
            "label": label(STATEMENTS, kind, language),
            "nodes": members,
            "open": any(node["badge"] for node in _walked(members)),
        }
        for kind, members in groups
        if members
    ]


def sheet_of(
    request: Request, stored: StoredDocument, number: int, here: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """Return the picture of a page with the boxes of its records; None where there is none."""
    if not stored.media_type.startswith(_PRINTED):
        return None
    with contextlib.suppress(PhaenError):
        letters = page_images(request).letters(stored.id, number, stored.media_type)
        marks = PageMarks(letters)
        width, height = letters["size"]
        return {"width": width, "height": height, "marks": [_marked(node, marks) for node in here]}
    return None


def _marked(node: dict[str, Any], marks: PageMarks) -> dict[str, Any]:
    """Say in a node where it stands on the picture; one that was not met keeps its place."""
    boxes = marks.boxes(node["text"])
    node["boxes"] = boxes
    if boxes:
        node["top"] = boxes[0][1]
    return node


def _put_tabs(here: Sequence[dict[str, Any]]) -> None:
    """Say where the numbers of records stand: in the margin, beside one another on one line."""
    above, at = -_TAB_HEIGHT, _TAB_LEFT
    for node in here:
        if "top" in node:
            at = at + _TAB_WIDTH if node["top"] - above < _TAB_HEIGHT else _TAB_LEFT
            above = node["top"]
            node["tab"] = at


def _span(node: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    """Return where a record stands in the clean text of its page; None where it does not."""
    if node["end"] > node["start"]:
        return node["start"], node["end"]
    words = node["text"].split()
    at = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return at.span() if at else None


def _marked_text(text: str, here: Sequence[Mapping[str, Any]]) -> Markup:
    """Return a page's text with every record in it as a link to its row."""
    result, last = Markup(""), 0
    for node in here:
        start, end = node["spans"] or (0, 0)
        if start < last or end <= start:
            continue
        result += escape(text[last:start]) + Markup(
            '<a class="in-text{}" href="?{}#r-{}" data-record="{}">{}</a>'
        ).format(
            " chosen" if node["chosen"] else "",
            node["address"],
            node["id"],
            node["id"],
            text[start:end],
        )
        last = end
    return result + escape(text[last:])
