"""Raised figures: a power belongs to its unit (ม.2), a mark of a footnote to no word."""

from __future__ import annotations

import re

_MARK = re.compile(r"[\s(\[]*(?:[0-9๐-๙]{1,2}|[*†‡§#]+)(?:\s*[,–-]\s*[0-9๐-๙]{1,2})*[)\]\s]*")
_UNIT = re.compile(
    r"(?:เมตร|(?:ตร|ซ|มม|ก|ลบ|ด)?\.?\s?ม\.?|ซม\.?|กม\.?|มม\.?|หลา|ฟุต|(?<![A-Za-z])(?:[kcdm]?m|km|ft|in|CO|10|x|X))\s*$"
)


def raised(before: str, text: str) -> str:
    """Return what raised letters add to the text before them: nothing where they mark a note."""
    if not _MARK.fullmatch(text):
        return text
    return text.strip() if _UNIT.search(before) else ""
