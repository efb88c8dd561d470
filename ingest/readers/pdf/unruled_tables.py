"""Tables without ruling lines: columns are the bands of text below a header's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.extract.projects.columns import meaning
from ingest.readers.pdf.ruled_tables import cell_texts
from ingest.readers.pdf.runs import Line, Run, compose, lines
from ingest.readers.tables.joining import Part, line_joined
from ingest.thai.numbers import arabic, money
from ingest.thai.repair import repair

_COLUMN_GAPS = (0.9, 0.65, 0.45)
"""Blank between columns, in font sizes, by how many of the two texts are figures."""

_WORD_GAP = 0.3
_POPULAR = 4
"""Where so many pieces begin below each other, a column begins."""

_FIGURE = re.compile(r"[0-9๐-๙,.]+|[-–—]")
_BEGINS = re.compile(r"\s*(?:[0-9๐-๙]|[-–—]\s*$)")

_FEWEST = 3
"""A header names at least so many columns."""

_TALLEST_HEADER = 9.0
"""A header is not taller than so many font sizes."""

_NEAR = 1.6
_PIECES, _SHORT_NAME = 2, 24
"""A row of a header above its middle: pieces of names, close above the others."""

_GAP = 1.15
"""So much wider is the room below a header than between its lines."""

_ABOVE = 8
_TIE = 0.85
_YEARS = range(2400, 2700)
_APART = 2.5
_MOST = 2
"""Text that stands below more names than this belongs to no column."""


@dataclass(frozen=True, slots=True)
class Band:
    """The width of one column."""

    x0: float
    x1: float

    def overlap(self, line: Line) -> float:
        """How much of a line stands in this band."""
        return min(self.x1, line.x1) - max(self.x0, line.x0)


@dataclass(frozen=True, slots=True)
class Bands:
    """The columns of a table without lines, and what numbers its rows (a band's index)."""

    bands: tuple[Band, ...]
    anchor: int
    header: tuple[str, ...]


Row = list[Line]


def unruled_part(
    number: int, runs: Sequence[Run], known: Bands | None, furniture: frozenset[str] = frozenset()
) -> tuple[Part, Bands] | None:
    """Find the table without ruling lines on page `number`.

    `known` is the layout of the page before, for a table that goes on without its header;
    `furniture` are the page's running lines.
    """
    rows = _without(furniture, _baselines(_segments(runs)))
    top = _header_top(rows)
    if top is None:
        return _continued(number, rows, known)
    bottom = _header_bottom(rows, top)
    result = _layout(rows[top:bottom], rows[bottom:])
    if result is None:
        return None
    body = _records(rows[bottom:], rows[bottom - 1], result)
    if not body:
        return None
    above = tuple(filter(None, (repair(_text(row)) for row in rows[:top])))[-_ABOVE:]
    return _part(number, (result.header, *body), result, 1, above), result


def _continued(number: int, rows: Sequence[Row], known: Bands | None) -> tuple[Part, Bands] | None:
    if known is None or not rows or not _fits(rows, known):
        return None
    body = _records(rows, None, known)
    return (_part(number, body, known, 0, ()), known) if body else None


def _part(
    number: int, rows: Iterable[tuple[str, ...]], find: Bands, headers: int, above: tuple[str, ...]
) -> Part:
    xs = (*(band.x0 for band in find.bands), find.bands[-1].x1)
    return Part(number, tuple(rows), xs, headers, above)


def _segments(runs: Sequence[Run]) -> list[Line]:
    """Cut lines where the blank is wider than between words, or where columns begin."""
    result = lines(runs)
    rough = [piece for line in result for piece in _cut_up(line, frozenset())]
    starts = Counter(round(piece.x0) for piece in rough)
    popular = frozenset(x + d for x, n in starts.items() if n >= _POPULAR for d in (-1, 0, 1))
    return [piece for line in result for piece in _cut_up(line, popular)]


def _cut_up(line: Line, starts: frozenset[int]) -> Iterator[Line]:
    piece: list[Run] = []
    for run in line.runs:
        if piece and run.text.strip() and _apart(piece, run, starts):
            yield Line(tuple(piece), line.room)
            piece = []
        if piece or run.text.strip():
            piece.append(run)
    if piece:
        yield Line(tuple(piece), line.room)


def _apart(piece: Sequence[Run], run: Run, starts: frozenset[int]) -> bool:
    """Whether a run begins another column; figures stand closer together than words."""
    gap = run.x0 - max(r.x1 for r in piece)
    if gap > _WORD_GAP * run.size and round(run.x0) in starts:
        return True
    if gap <= _COLUMN_GAPS[-1] * run.size:
        return False
    text = compose(piece, 0.0)
    figures = bool(_FIGURE.fullmatch(text)) + bool(_BEGINS.match(run.text))
    return gap > _COLUMN_GAPS[figures] * run.size


def _baselines(segments: Iterable[Line]) -> list[Row]:
    """Group segments that stand on one baseline, from top to bottom, left to right."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: s.y):
        if rows and segment.y - rows[-1][0].y <= 0.35 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _without(furniture: frozenset[str], rows: list[Row]) -> list[Row]:
    """Drop running lines above and below everything else."""
    while rows and repair(_text(rows[-1])) in furniture:
        rows = rows[:-1]
    while rows and repair(_text(rows[0])) in furniture and _header_top(rows[:1]) is None:
        rows = rows[1:]
    return rows


def _text(row: Row) -> str:
    return " ".join(segment.text for segment in row)


def _header_top(rows: Sequence[Row]) -> int | None:
    """Find the first row whose segments name columns, a project's name among them."""
    for index, row in enumerate(rows):
        if len(row) < _FEWEST:
            continue
        stated = {result.meaning for segment in row if (result := meaning(repair(segment.text)))}
        if len(stated) >= _FEWEST and stated & {"title", "type"}:
            return _begins(rows, index)
    return None


def _begins(rows: Sequence[Row], index: int) -> int:
    """Return the first row of a header whose names are centred: taller ones begin above."""
    size = rows[index][0].size
    while index and rows[index][0].y - rows[index - 1][0].y <= _NEAR * size:
        above = rows[index - 1]
        if len(above) < _PIECES or any(len(piece.text) > _SHORT_NAME for piece in above):
            break
        index -= 1
    return index


def _header_bottom(rows: Sequence[Row], top: int) -> int:
    """Find the first row below the header: the first that is numbered, or holds money."""
    first = rows[top][0]
    limit = first.y + _TALLEST_HEADER * first.size
    index = top + 1
    while index < len(rows) and rows[index][0].y <= limit:
        row = rows[index]
        if _is_number(row[0].text) or any(_is_money(segment.text) for segment in row):
            return _below_gap(rows, top, index)
        index += 1
    return min(top + 1, len(rows)) if index >= len(rows) else index


def _below_gap(rows: Sequence[Row], top: int, first: int) -> int:
    """Return where the body begins: at the gap below the header, before a row's first figure.

    The first lines of a row may stand above its number, and the rest of one over a page end.
    """
    steps = [b[0].y - a[0].y for a, b in pairwise(rows[top : first + 1])]
    widest = max(range(len(steps)), key=lambda step: steps[step])
    others = [step for at, step in enumerate(steps) if at != widest]
    between = [segment for row in rows[top + widest + 1 : first] for segment in row]
    if not others or steps[widest] < _GAP * median(others):
        return first
    named = any(meaning(repair(segment.text)) or "(" in segment.text for segment in between)
    return first if named else top + widest + 1


def _is_number(text: str) -> bool:
    bare = arabic(text).strip(" .)")
    return bare.isdecimal() and len(bare) <= 4 and not _YEARS.start <= int(bare) < _YEARS.stop


def _is_money(text: str) -> bool:
    bare = text.strip()
    return bare in {"-", "–"} or (money(bare) is not None and "," in bare)


def _layout(header: Sequence[Row], body: Sequence[Row]) -> Bands | None:
    """Find the columns: bands which the body's text fills, named by the header above."""
    names = [segment for row in header for segment in row]
    named = _merge(Band(s.x0, s.x1) for s in names)
    texts = [s for row in body for s in row if sum(b.overlap(s) > 0 for b in named) <= _MOST]
    bands = _merge([Band(s.x0, s.x1) for s in texts])
    narrow = [s for s in names if sum(band.overlap(s) > 0 for band in bands) <= 1]
    bands = _merge([*bands, *(Band(s.x0, s.x1) for s in narrow)])
    if len(bands) < _FEWEST:
        return None
    words = tuple(
        repair(line_joined(s.text for s in names if band.overlap(s) > 0)) for band in bands
    )
    stated = [meaning(word) for word in words]
    numbered = [i for i, c in enumerate(stated) if c and c.meaning == "number"]
    priced = [i for i, c in enumerate(stated) if c and c.meaning == "budget"]
    anchor = next(iter((*numbered, *priced)), None)
    return None if anchor is None else Bands(tuple(bands), anchor, words)


def _merge(bands: Iterable[Band]) -> list[Band]:
    merged: list[Band] = []
    for band in sorted(bands, key=lambda b: b.x0):
        if merged and band.x0 <= merged[-1].x1:
            merged[-1] = Band(merged[-1].x0, max(merged[-1].x1, band.x1))
        else:
            merged.append(band)
    return merged


def _fits(rows: Sequence[Row], known: Bands) -> bool:
    """Whether nearly all segments of a page stand in one column each."""
    segments = [segment for row in rows for segment in row]
    inside = sum(1 for s in segments if sum(band.overlap(s) > 0 for band in known.bands) == 1)
    anchors = sum(1 for row in rows if _anchor(row, known))
    return anchors > 0 and inside >= 0.8 * len(segments)


def _anchor(row: Row, find: Bands) -> Line | None:
    band = find.bands[find.anchor]
    fits: tuple[Callable[[str], bool], ...] = (_is_number, _is_money)
    for segment in row:
        if band.overlap(segment) > 0 and any(fit(segment.text) for fit in fits):
            return segment
    return None


def _records(rows: Sequence[Row], above: Row | None, find: Bands) -> list[tuple[str, ...]]:
    """Cut the rows of text into records: one for each number, parted where space is widest."""
    rows = _until_prose(rows, find)
    starts = [index for index, row in enumerate(rows) if _anchor(row, find)]
    if not starts:
        return []
    cuts = [_cut(rows, above, -1, starts[0])]
    cuts += [_cut(rows, above, a, b) for a, b in pairwise(starts)]
    bounds = sorted({0, *cuts, len(rows)})
    records = [_cells(rows[a:b], find.bands) for a, b in pairwise(bounds) if a < b]
    return [record for record in records if any(record)]


def _until_prose(rows: Sequence[Row], find: Bands) -> Sequence[Row]:
    """Drop what stands below the table: a wide gap, or a line across several columns."""
    steps = [b[0].y - a[0].y for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    last = max((i for i, row in enumerate(rows) if _anchor(row, find)), default=0)
    for index in range(last + 1, len(rows)):
        wide = any(sum(b.overlap(s) > 0 for b in find.bands) > _MOST for s in rows[index])
        if wide or rows[index][0].y - rows[index - 1][0].y > _APART * usual:
            return rows[:index]
    return rows


def _cut(rows: Sequence[Row], above: Row | None, start: int, end: int) -> int:
    """Find where a record begins between two numbers: below the widest gap, the lowest of them."""
    best, widest = (start + 1, 0.0) if start < 0 else (end, 0.0)
    for index in range(start + 1, end + 1):
        before = rows[index - 1] if index else above
        if before is None:
            continue
        gap = rows[index][0].y - before[0].y
        if gap >= _TIE * widest:
            best, widest = index, max(gap, widest)
    return best


def _cells(rows: Sequence[Row], bands: Sequence[Band]) -> tuple[str, ...]:
    columns: list[list[Line]] = [[] for _ in bands]
    for segment in (segment for row in rows for segment in row):
        overlaps = [band.overlap(segment) for band in bands]
        columns[overlaps.index(max(overlaps))].append(segment)
    return tuple(cell_texts(columns))
