"""Affine matrices as PDF writes them, and the one from a page to what people see."""

from __future__ import annotations

from pypdfium2 import PdfPage

Matrix = tuple[float, float, float, float, float, float]
_STRAIGHT = 0.1
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first`, and `then` on what came out."""
    if then is IDENTITY:
        return first
    if first is IDENTITY:
        return then
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def view_of(page: PdfPage) -> Matrix:
    """Return the matrix from PDF coordinates to points from the page's top left corner."""
    left, bottom, right, top = page.get_bbox()
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }
    return turned[page.get_rotation()]


def turned(view: Matrix, width: float, height: float, quarters: int) -> Matrix:
    """Return a view turned clockwise by quarters: of a page whose text runs upwards, by one.

    `width` and `height` are the page's before it is turned.
    """
    quarter: dict[int, Matrix] = {
        1: (0, 1, -1, 0, height, 0),
        2: (-1, 0, 0, -1, width, height),
        3: (0, -1, 1, 0, 0, width),
    }
    return multiply(view, quarter[quarters]) if quarters in quarter else view


def quarters_of(matrix: Matrix) -> int | None:
    """Return by how many quarters text must be turned clockwise to stand upright.

    None where it runs across the page at an angle, as watermarks do.
    """
    a, b = matrix[0], matrix[1]
    if abs(b) <= _STRAIGHT * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= _STRAIGHT * abs(b):
        return 1 if b < 0 else 3
    return None
