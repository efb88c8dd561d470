"""Tables by their ruling lines: edges in, cells out, for drawn pages and scans alike.

Coordinates are whatever the edges are in (points or pixels), y downwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_COVERS = 0.6
"""The share of a cell's side that a line must cover to be its wall."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line `across` the page (its y, x from start to end) or down (its x, y)."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its first row and column, how many of each it spans, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table and the lines between them: `xs` downwards, `ys` across."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.xs) - 1

    @property
    def titles(self) -> int:
        """How many rows at the top are one cell as wide as the table."""
        wide = {c.row + n for c in self.cells if c.columns == self.columns for n in range(c.rows)}
        return next(row for row in range(self.rows + 1) if row not in wide)

    @property
    def headers(self) -> int:
        """How many rows below the titles are headers, told by merged cells; 0 where none is."""
        first = self.titles
        end = first
        for cell in sorted(self.cells, key=lambda cell: cell.row):
            if first <= cell.row <= end and (cell.columns > 1 or cell.rows > 1):
                divided = 1 if cell.columns > 1 else 0
                end = (
                    max(end, cell.row + cell.rows + divided)
                    if cell.row < end or end == first
                    else end
                )
        return min(end, self.rows) - first


def grids(edges: Iterable[Edge], tolerance: float = 3.0) -> list[Grid]:
    """Find the tables that edges rule, from the top of the page to its bottom."""
    merged = _merge(edges, tolerance)
    result = [_grid(group, tolerance) for group in _touching(merged, tolerance)]
    tables = [grid for grid in result if grid is not None]
    return sorted(tables, key=lambda grid: (grid.ys[0], grid.xs[0]))


def rows_of(grid: Grid, texts: dict[Cell, str]) -> tuple[tuple[str, ...], ...]:
    """Write the cells below a table's titles as rows.

    A cell that spans columns or rows stands in the first of them; in header rows its
    text is repeated in each column.
    """
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    top = grid.titles
    head = top + grid.headers
    for cell in grid.cells:
        width = cell.columns if cell.row < head else 1
        for column in range(cell.column, cell.column + width):
            rows[cell.row][column] = texts.get(cell, "")
    return tuple(tuple(row) for row in rows[top:])


def spans_of(grid: Grid) -> tuple[tuple[int, int, int], ...]:
    """List the cells over several rows, as `rows_of` counts them: column, first, last row."""
    top, head = grid.titles, grid.titles + grid.headers
    return tuple(
        (cell.column, cell.row - top, cell.row + cell.rows - 1 - top)
        for cell in grid.cells
        if cell.rows > 1 and cell.row >= head
    )


def _merge(edges: Iterable[Edge], tolerance: float) -> list[Edge]:
    """Make one edge of those that continue or double each other."""
    from pdfplumber.table import merge_edges

    drawn = [_as_dict(edge) for edge in edges]
    if not drawn:
        return []
    merged = merge_edges(drawn, tolerance, tolerance, tolerance, tolerance)
    return [_from_dict(edge) for edge in merged]


def _as_dict(edge: Edge) -> dict[str, Any]:
    x0, x1 = (edge.start, edge.end) if edge.across else (edge.at, edge.at)
    top, bottom = (edge.at, edge.at) if edge.across else (edge.start, edge.end)
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if edge.across else "v",
    }


def _from_dict(edge: dict[str, Any]) -> Edge:
    if edge["orientation"] == "h":
        return Edge(True, edge["top"], edge["x0"], edge["x1"])
    return Edge(False, edge["x0"], edge["top"], edge["bottom"])


def _touching(edges: Sequence[Edge], tolerance: float) -> Iterator[list[Edge]]:
    """Group edges that cross or meet."""
    groups: list[list[Edge]] = []
    for edge in edges:
        met = [g for g in groups if any(_meet(edge, other, tolerance) for other in g)]
        groups = [g for g in groups if g not in met]
        groups.append([edge, *(other for g in met for other in g)])
    yield from groups


def _meet(one: Edge, other: Edge, tolerance: float) -> bool:
    if one.across == other.across:
        return False
    return (
        one.start - tolerance <= other.at <= one.end + tolerance
        and other.start - tolerance <= one.at <= other.end + tolerance
    )


def _grid(edges: Sequence[Edge], tolerance: float) -> Grid | None:
    across = [edge for edge in edges if edge.across]
    down = [edge for edge in edges if not edge.across]
    if len(across) < 2 or not down:
        return None
    xs = _with_ends([e.at for e in down], across, tolerance)
    ys = _with_ends([e.at for e in across], down, tolerance)
    if len(xs) < 3 or len(ys) < 3:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _with_ends(places: Iterable[float], others: Sequence[Edge], tolerance: float) -> list[float]:
    """List the lines of a table; where its outermost ones are not drawn, where others end."""
    known = sorted(set(places))
    first, last = min(e.start for e in others), max(e.end for e in others)
    if first < known[0] - 2 * tolerance:
        known.insert(0, first)
    if last > known[-1] + 2 * tolerance:
        known.append(last)
    return known


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Edge], down: Sequence[Edge]
) -> Iterator[Cell]:
    """Join neighbouring boxes of the grid that no wall parts."""
    right = _walls(xs, ys, down)
    below = _walls(ys, xs, across)
    owner: dict[tuple[int, int], int] = {}
    for start in ((r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)):
        if start in owner:
            continue
        region = _flood(start, len(ys) - 1, len(xs) - 1, right, below)
        owner.update(dict.fromkeys(region, len(owner)))
        yield _cell(region, xs, ys)


def _walls(
    lines: Sequence[float], stations: Sequence[float], edges: Sequence[Edge]
) -> set[tuple[int, int]]:
    """Find the walls: (line, gap between stations) where an edge covers most of the gap."""
    by_line: defaultdict[float, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_line[edge.at].append(edge)
    return {
        (index, gap)
        for index, line in enumerate(lines)
        for gap, (start, end) in enumerate(pairwise(stations))
        if _covered(by_line[line], start, end) >= _COVERS * (end - start)
    }


def _covered(edges: Iterable[Edge], start: float, end: float) -> float:
    covered = 0.0
    for edge in edges:
        left = edge.start if edge.start > start else start
        right = edge.end if edge.end < end else end
        if right > left:
            covered += right - left
    return covered


def _flood(
    start: tuple[int, int],
    rows: int,
    columns: int,
    right: set[tuple[int, int]],
    below: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    region, waiting = {start}, [start]
    while waiting:
        row, column = waiting.pop()
        near = [
            (row, column + 1) if (column + 1, row) not in right else None,
            (row, column - 1) if (column, row) not in right else None,
            (row + 1, column) if (row + 1, column) not in below else None,
            (row - 1, column) if (row, column) not in below else None,
        ]
        for box in near:
            if box and box not in region and 0 <= box[0] < rows and 0 <= box[1] < columns:
                region.add(box)
                waiting.append(box)
    return region


def _cell(region: set[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Cell:
    top, bottom = min(r for r, _ in region), max(r for r, _ in region)
    left, right = min(c for _, c in region), max(c for _, c in region)
    return Cell(
        top,
        left,
        bottom - top + 1,
        right - left + 1,
        xs[left],
        ys[top],
        xs[right + 1],
        ys[bottom + 1],
    )
