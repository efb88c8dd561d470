"""Running headers, footers and page numbers: recognised across pages, set aside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_EDGE = 4
"""How many lines at each end of a page may be furniture: headers may be drawn last."""

_MOST = 0.4
"""A line is furniture from this share of the pages on (odd and even pages may differ)."""

_FEWEST = 3
"""And from so many pages on, where there are more than two."""

_IN_A_ROW = 5
"""A chapter's running title stands on the outermost line of so many pages in a row."""

_ONCE = 1.3
"""A running line stands once on its page; a table's words (กองช่าง) stand all over it."""

_ALIKE = 0.9
_DIGITS = re.compile("[0-9๐-๙]+")
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(
    r"\W*(?:หน้า(?:ที่)?|page)?\W*([0-9๐-๙]{1,4})(?:\s*(?:/|of|จาก)\s*[0-9๐-๙]{1,4})?\W*",
    re.IGNORECASE,
)
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# A slogan or a table's strategy on top of every page states something: its first place stays.
_STATES = re.compile(
    r"\s*(?:[กข]\.\s*)?(?:วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าประสงค์|ประเด็น|ยุทธศาสตร์|กลยุทธ์|แผนงาน|แนวทาง)"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """The text of one page without its furniture, and the furniture.

    `kept` are the places of the lines of `text` among the page's lines.
    """

    text: str
    furniture: tuple[str, ...]
    kept: tuple[int, ...] = ()


def set_aside(pages: Sequence[str]) -> list[Parted]:
    """Part the pages of one document from their running lines."""
    lines = [page.split("\n") for page in pages]
    edges = [_edges(page) for page in lines]
    running = _running(lines, edges)
    numbers = _page_numbers(lines, edges)
    stated: set[str] = set()
    return [
        _part(page, edge, running, numbers.get(index), stated)
        for index, (page, edge) in enumerate(zip(lines, edges, strict=True))
    ]


def _edges(lines: Sequence[str]) -> list[int]:
    """List the lines near the top and the bottom of a page, the outermost first."""
    inked = [index for index, line in enumerate(lines) if line.strip()]
    if len(inked) <= 2 * _EDGE:
        return inked
    return inked[:_EDGE] + inked[-1 : -_EDGE - 1 : -1]


def _key(line: str) -> str:
    """Write a line so that page numbers and spacing make no difference."""
    return _BLANK.sub("", _DIGITS.sub("#", line))


def _running(lines: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> set[str]:
    """Find the keys of the lines that run through the document."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for number, (page, edge) in enumerate(zip(lines, edges, strict=True)):
        for index in edge:
            if len(key := _key(page[index])) > 1:
                places[key].add(number)
    inked = sum(1 for edge in edges if edge)
    needed = max(min(inked, _FEWEST), _MOST * inked)
    frequent = {key for key, pages in places.items() if len(pages) >= needed or _in_a_row(pages)}
    everywhere = Counter(key for page in lines for line in page if (key := _key(line)) in frequent)
    if inked < 2:
        return set()
    result = {key for key in frequent if everywhere[key] <= _ONCE * len(places[key])}
    return result | _variants(places, result, inked)


def _in_a_row(pages: Iterable[int]) -> bool:
    known = set(pages)
    return any(all(n + i in known for i in range(_IN_A_ROW)) for n in known)


def _variants(places: dict[str, set[int]], find: set[str], inked: int) -> set[str]:
    """Find lines misread here and there: nearly the same as a running line."""
    rare = [key for key in places if key not in find and len(key) > 5]
    if not find:
        return set()
    return {
        key
        for key in rare
        if process.extractOne(
            key, find, scorer=Levenshtein.normalized_similarity, score_cutoff=_ALIKE
        )
    }


def _page_numbers(lines: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """Find the lines that are nothing but the page's number: they count up with the pages."""
    candidates: list[tuple[int, int, int]] = []
    for number, (page, edge) in enumerate(zip(lines, edges, strict=True)):
        for index in edge:
            if match := _NUMBER.fullmatch(page[index]):
                candidates.append((number, index, int(match[1].translate(_ARABIC)) - number))
    offsets = Counter(offset for _, _, offset in candidates)
    steady = {offset for offset, count in offsets.items() if count >= 2}
    best = sorted(candidates, key=lambda item: offsets[item[2]])
    return {number: index for number, index, offset in best if offset in steady}


def _part(
    lines: Sequence[str],
    edge: Sequence[int],
    running: set[str],
    page_number: int | None,
    kept_once: set[str],
) -> Parted:
    aside: set[int] = set() if page_number is None else {page_number}
    for index in edge:
        key = _key(lines[index])
        if key not in running:
            continue
        if _STATES.match(lines[index]) and key not in kept_once:
            kept_once.add(key)
            continue
        aside.add(index)
    kept = [index for index in range(len(lines)) if index not in aside]
    while kept and not lines[kept[0]].strip():
        kept.pop(0)
    while kept and not lines[kept[-1]].strip():
        kept.pop()
    text = "\n".join(lines[index] for index in kept)
    return Parted(text, tuple(lines[index] for index in sorted(aside)), tuple(kept))
