"""The marks which say, inside a source text, what each piece of it is.

`⟦kind attributes|text⟧` marks a statement. The attributes are blank-separated:
`#id` names it, `<id` names the statement it stands under, `n=1.2` its number as printed,
`alt=vision` another kind that is right too, `org=key` and `period=2561-2565` its own body
and years where they differ from the document's. `⟦=id|text⟧` is the explanation of a
statement, `⟦@id|text⟧` a further place where its words stand. Everything outside of
marks states nothing.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


@dataclass
class Marked:
    """A statement found in a source: its attributes and its bare text."""

    kind: str
    text: str
    id: str | None = None
    parent: str | None = None
    number: str | None = None
    alternatives: list[str] = field(default_factory=list)
    organisation: str | None = None
    period: str | None = None
    explanation: str | None = None
    mentions: int = 0


def bare(text: str) -> str:
    """Drop tags and entities, squeeze white space."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", text))).strip(" “”")


def strip_marks(source: str) -> str:
    """Return the document as readers shall see it."""
    return MARK.sub(lambda match: match[2], source)


def statements(source: str) -> list[Marked]:
    """Return the marked statements in the order of the text."""
    found: list[Marked] = []
    by_id: dict[str, Marked] = {}
    for match in MARK.finditer(source):
        head, text = match[1].strip(), bare(match[2])
        if head[0] in "=@":
            _attach(by_id[head[1:]], head[0], text)
            continue
        marked = _statement(head, text)
        found.append(marked)
        if marked.id:
            if marked.id in by_id:
                raise ValueError(f"two statements are called {marked.id}")
            by_id[marked.id] = marked
    for marked in found:
        marked.parent = by_id[marked.parent].text if marked.parent else None
    return found


def _attach(marked: Marked, sign: str, text: str) -> None:
    if sign == "=":
        marked.explanation = text
    else:
        marked.mentions += 1


def _statement(head: str, text: str) -> Marked:
    kind, *attributes = head.split()
    values: dict[str, Any] = {}
    for attribute in attributes:
        if attribute[0] == "#":
            values["id"] = attribute[1:]
        elif attribute[0] == "<":
            values["parent"] = attribute[1:]
        else:
            name, _, value = attribute.partition("=")
            field_name = {"n": "number", "org": "organisation", "period": "period"}.get(name)
            if name == "alt":
                values["alternatives"] = value.split(",")
            elif field_name:
                values[field_name] = value
            else:
                raise ValueError(f"unknown attribute {attribute} in {head}")
    return Marked(kind, text, **values)
