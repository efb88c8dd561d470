"""The words of one Word paragraph, as they stand once every tracked change is accepted."""

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from lxml import etree

from ingest.readers.office.package import child, local, value
from ingest.readers.superscripts import raised


class Break(Enum):
    """Where a page ends: as its writer asked, or as Word last laid it out."""

    ASKED = "asked"
    RENDERED = "rendered"


Piece: TypeAlias = str | Break | etree._Element
"""Text, the end of a page, the content of a text box, or what a diagram refers to."""

_DROPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "rt",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
    }
)
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def pieces(node: etree._Element) -> Iterator[Piece]:
    """Yield what stands in a paragraph, run or any element around runs, in order."""
    said = ""
    for result in node:
        name = local(result)
        if name in _DROPPED or (name == "r" and is_unseen(result)):
            continue
        if name == "AlternateContent":
            yield from pieces(_alternative(result))
        elif name == "r" and value(child(result, "rPr", "vertAlign")) == "superscript":
            yield raised(said, "".join(_texts(result)))
        elif name == "r":
            inner = list(pieces(result))
            said += "".join(piece for piece in inner if isinstance(piece, str))
            yield from inner
        elif name in ("txbxContent", "relIds"):
            yield result
        elif (piece := _piece(result, name)) is not None:
            yield piece
        else:
            yield from pieces(result)


def is_unseen(run: etree._Element) -> bool:
    """Return whether a run is hidden or struck out."""
    properties = child(run, "rPr")
    return any(_is_on(child(properties, name)) for name in ("vanish", "strike", "dstrike"))


def _texts(run: etree._Element) -> Iterator[str]:
    for result in run:
        piece = _piece(result, local(result))
        if isinstance(piece, str) and local(result) not in _DROPPED:
            yield piece


def _piece(find: etree._Element, name: str) -> str | Break | None:
    if name == "t":
        return find.text or ""
    if name == "br":
        return Break.ASKED if value(find, "type") == "page" else "\n"
    if name == "lastRenderedPageBreak":
        return Break.RENDERED
    if name == "sym":
        return _symbol(find)
    return _SIGNS.get(name)


def _symbol(find: etree._Element) -> str:
    code = value(find, "char") or ""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= sign <= "\udfff" else sign


def _alternative(choices: etree._Element) -> etree._Element:
    """Choose one of several renderings of the same thing: the first that holds text."""
    for choice in choices:
        if any(local(result) == "txbxContent" for result in choice.iter()):
            return choice
    return choices[0] if len(choices) else choices


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and value(toggle) not in ("0", "false", "off")


def ends_deleted(paragraph: etree._Element) -> bool:
    """Return whether the paragraph's end was deleted, which joins it to the next one."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def begins_page(paragraph: etree._Element) -> bool:
    """Return whether the writer asked for a new page before the paragraph."""
    return _is_on(child(paragraph, "pPr", "pageBreakBefore"))


def ends_page(paragraph: etree._Element) -> bool:
    """Return whether a section ends with the paragraph and the next begins on a new page."""
    section = child(paragraph, "pPr", "sectPr")
    return section is not None and value(child(section, "type")) not in ("continuous", "nextColumn")
