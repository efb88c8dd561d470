"""Where the lines stand that poppler read: its words with their boxes, shared out to lines."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator, Mapping

from ingest.readers.pdf.document import Document
from ingest.readers.pdf.runs import Line, Run

_PAGE = re.compile(rb"<page width")
_WORD = re.compile(
    rb'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
_LETTERS = 0.8
_BELOW = 0.2
"""The font size and what hangs below the baseline, as shares of a word's box."""


_SECONDS = 120.0


def poppler_lines(document: Document, texts: Mapping[int, str]) -> dict[int, list[Line]]:
    """Return the lines of these pages (raw text by number) with the boxes of their words.

    A page whose words do not make up its text is left out.
    """
    if not texts:
        return {}
    first, last = min(texts), max(texts)
    command = ["pdftotext", "-raw", "-bbox", "-f", str(first), "-l", str(last)]
    try:
        done = subprocess.run(
            [*command, str(document.path.absolute()), "-"],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return {}
    pages = enumerate(_PAGE.split(done.stdout)[1:], start=first)
    result = {n: _shared_out(texts[n], _words(page)) for n, page in pages if n in texts}
    return {number: lines for number, lines in result.items() if lines is not None}


def _words(page: bytes) -> Iterator[Run]:
    for match in _WORD.finditer(page):
        x0, top, x1, bottom = (float(number) for number in match.groups()[:4])
        text = html.unescape(match[5].decode("utf-8", "replace"))
        height = bottom - top
        yield Run(text, x0, x0, x1, bottom - _BELOW * height, max(_LETTERS * height, 1.0))


def _shared_out(text: str, words: Iterator[Run]) -> list[Line] | None:
    """Give each line of a page the words it is made of."""
    lines: list[Line] = []
    for line in text.split("\n"):
        missing = len("".join(line.split()))
        runs: list[Run] = []
        while missing > 0 and (word := next(words, None)) is not None:
            runs.append(word)
            missing -= len("".join(word.text.split()))
        if missing or not runs:
            return None
        lines.append(Line(tuple(runs)))
    return lines
