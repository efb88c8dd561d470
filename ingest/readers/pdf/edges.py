"""Ruling lines: what a page draws that may border a table's cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from ingest.readers.pdf.pdfium import Drawn, Matrix, drawn, matrix_of, multiply, place, view_of
from ingest.readers.ruled import Edge

_THIN = 3.0
_STRAIGHT = 1.0
_SHORT = 3.0


def edges(page: PdfPage) -> list[Edge]:
    """Return the straight lines a page draws, strokes and thin boxes alike.

    Filled boxes lend their borders only where a page draws no lines of its own.
    """
    view = view_of(page)
    lines: list[Edge] = []
    borders: list[Edge] = []
    for item in drawn(page):
        if item.kind == pdfium.FPDF_PAGEOBJ_PATH:
            _sort(
                item, multiply(multiply(matrix_of(item.handle), item.matrix), view), lines, borders
            )
    return lines or borders


def _sort(item: Drawn, matrix: Matrix, lines: list[Edge], borders: list[Edge]) -> None:
    stroked, filled = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.handle, filled, stroked)
    for points in _outlines(item.handle, matrix):
        if stroked.value:
            lines.extend(_sides(points))
        elif filled.value:
            thin = _as_line(points)
            if thin is not None:
                lines.append(thin)
            else:
                borders.extend(_sides(points))


def _outlines(handle: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each piece of a path; curved pieces are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(pdfium.FPDFPath_CountSegments(handle)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(place(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
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
