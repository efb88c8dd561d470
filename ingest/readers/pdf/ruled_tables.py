"""The tables of one page: ruled cells filled with the runs of text that stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from ingest.readers.pdf.runs import Line, Run, lines, room_of
from ingest.readers.tables.joining import Part, line_joined
from ingest.readers.tables.ruled import Cell, Edge, Grid, grids, rows_of, spans_of
from ingest.thai.repair import repair

_ABOVE = 8
"""How many lines above a table are kept with it."""

_RISE = 0.3
"""How far above its baseline, in font sizes, the middle of a letter is."""


def ruled_parts(number: int, runs: Sequence[Run], edges: Iterable[Edge]) -> list[Part]:
    """Return the ruled tables of page `number`."""
    result = [grid for grid in grids(edges) if _is_table(grid)]
    finders = [_finder(grid) for grid in result]
    visits: list[list[tuple[Cell, list[Run]]]] = [[] for _ in result]
    outside: list[Run] = []
    for run in runs:
        place = _place(run, finders)
        if place is None:
            outside.append(run)
        else:
            _visit(visits[place[0]], place[1], run)
    room = room_of(runs)
    around = lines(outside, room)
    return [
        _part(number, index, result, _filled(visits[index]), around, room)
        for index in range(len(result))
        if visits[index]
    ]


def _visit(visits: list[tuple[Cell, list[Run]]], cell: Cell, run: Run) -> None:
    """Add a run to the cell last written into, or begin a visit to another."""
    if not visits or visits[-1][0] != cell:
        visits.append((cell, []))
    visits[-1][1].append(run)


def _filled(visits: Sequence[tuple[Cell, list[Run]]]) -> dict[Cell, list[Run]]:
    """Give each cell its runs; text that ran out of the cell above goes back there.

    Makers write cell after cell. A cell that is written into twice, the first time right
    after the cell above it, was overrun by that one (LibreOffice's repeated headers).
    """
    filled: defaultdict[Cell, list[Run]] = defaultdict(list)
    left = Counter(cell for cell, _ in visits)
    last: Cell | None = None
    for cell, runs in visits:
        left[cell] -= 1
        if last is not None and left[cell] and _is_below(cell, last):
            filled[last].extend(runs)
            continue
        filled[cell].extend(runs)
        last = cell
    return dict(filled)


def _is_below(cell: Cell, other: Cell) -> bool:
    return cell.column == other.column and cell.row == other.row + other.rows


def _is_table(grid: Grid) -> bool:
    return grid.rows >= 2 and grid.columns >= 2


def _place(
    run: Run, finders: Sequence[Callable[[float, float], Cell | None]]
) -> tuple[int, Cell] | None:
    x, y = (run.x0 + run.x1) / 2, run.y - _RISE * run.size
    for index, finder in enumerate(finders):
        cell = finder(x, y)
        if cell is not None:
            return index, cell
    return None


def _finder(grid: Grid) -> Callable[[float, float], Cell | None]:
    """Make a function that finds the cell at a point."""
    boxes = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }

    def find(x: float, y: float) -> Cell | None:
        return boxes.get((bisect_right(grid.ys, y) - 1, bisect_right(grid.xs, x) - 1))

    return find


def _part(
    number: int,
    index: int,
    find: Sequence[Grid],
    filled: dict[Cell, list[Run]],
    around: Sequence[Line],
    room: float,
) -> Part:
    grid = find[index]
    texts = dict(
        zip(filled, cell_texts(lines(runs, room) for runs in filled.values()), strict=True)
    )
    top = grid.titles
    roof = max((other.ys[-1] for other in find[:index]), default=float("-inf"))
    above = [line.text for line in around if roof < line.y <= grid.ys[0] + line.size / 2]
    titles = [texts.get(cell, "") for cell in grid.cells if cell.row < top]
    below = [line for line in around if line.y > grid.ys[-1] + line.size]
    return Part(
        page=number,
        rows=rows_of(grid, texts),
        xs=grid.xs,
        headers=grid.headers,
        above=tuple(text for text in map(repair, [*above, *titles]) if text)[-_ABOVE:],
        opens=index == 0,
        closes=index == len(find) - 1 and len(below) <= 2,
        spans=spans_of(grid),
    )


def cell_texts(cells: Iterable[Iterable[Line]]) -> list[str]:
    """Join the lines of each cell, and repair the cells together: one text tells more."""
    texts = [
        line_joined(line.text + (" " if line.ends_blank else "") for line in cell).strip()
        for cell in cells
    ]
    filled = [text for text in texts if text]
    repaired = repair("\n".join(filled)).split("\n")
    if len(repaired) != len(filled):
        return [repair(text) for text in texts]
    left = iter(repaired)
    return [next(left) if text else "" for text in texts]
