"""Ruling lines: what a page draws that may border a table's cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

from ingest.readers.pdf import pdfium as raw
from ingest.readers.pdf.canvas import Canvas
from ingest.readers.pdf.matrices import Matrix, place
from ingest.readers.tables.ruled import Edge

_THIN = 3.0
_STRAIGHT = 1.0
_SHORT = 3.0


def edges(canvas: Canvas) -> list[Edge]:
    """Return the straight lines a page draws, strokes and thin boxes alike.

    Filled boxes lend their borders only where a page draws no lines of its own. A page that
    draws more than is read has no lines.
    """
    if canvas.cut:
        return []  # so much is a drawing, no table
    lines: list[Edge] = []
    borders: list[Edge] = []
    for item in canvas.objects:
        if item.kind == raw.PATH:
            _sort(item.handle, canvas.matrix_of(item), lines, borders)
    return lines or borders


def _sort(handle: int, matrix: Matrix, lines: list[Edge], borders: list[Edge]) -> None:
    stroked, filled = ctypes.c_int(), ctypes.c_int()
    raw.path_mode(handle, filled, stroked)
    if not (stroked.value or filled.value):
        return
    for points in _outlines(handle, matrix):
        if stroked.value:
            lines.extend(_sides(points))
        elif (thin := _as_line(points)) is not None:
            lines.append(thin)
        else:
            borders.extend(_sides(points))


def _outlines(handle: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each piece of a path; curved pieces are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(raw.path_segments(handle)):
        segment = raw.path_segment(handle, index)
        kind = raw.segment_kind(segment)
        if kind == raw.MOVE:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.CURVE
        raw.segment_point(segment, x, y)
        points.append(place(matrix, x.value, y.value))
        if raw.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _sides(points: list[tuple[float, float]]) -> Iterator[Edge]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) > _SHORT:
            yield Edge(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) > _SHORT:
            yield Edge(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _as_line(points: list[tuple[float, float]]) -> Edge | None:
    """Return a thin filled box as the line it looks like."""
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    if bottom - top <= _THIN < right - left:
        return Edge(True, (top + bottom) / 2, left, right)
    if right - left <= _THIN < bottom - top:
        return Edge(False, (left + right) / 2, top, bottom)
    return None
