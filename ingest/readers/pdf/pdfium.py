"""The PDFium calls made for every object of a page, with handles as plain integers.

pypdfium2's own bindings make a Python object of every handle; a page has thousands. For the
same reason what PDFium answers in numbers goes into `Numbers`, whose address is passed.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char_p, c_float, c_int, c_uint, c_ulong, c_void_p
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

FLOAT = POINTER(c_float)

FLATTENED: int = pdfium.FLATTEN_SUCCESS
_SHOWING = frozenset(
    {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
)


def types_text(page: Any) -> bool:
    """Whether a page (a pypdfium2 handle) has annotations that show words: fields, notes on it."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else 0
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWING:
            return True
    return False


TEXT: int = pdfium.FPDF_PAGEOBJ_TEXT
IMAGE: int = pdfium.FPDF_PAGEOBJ_IMAGE
PATH: int = pdfium.FPDF_PAGEOBJ_PATH
FORM: int = pdfium.FPDF_PAGEOBJ_FORM
MOVE: int = pdfium.FPDF_SEGMENT_MOVETO
CURVE: int = pdfium.FPDF_SEGMENT_BEZIERTO


class Numbers:
    """Room for the numbers PDFium answers with; `at` is where it is."""

    _MATRIX, _BOX, _ONE = Struct("6f"), Struct("4f"), Struct("f")

    def __init__(self) -> None:
        self._room = (c_float * 6)()
        self._view = memoryview(self._room).cast("B")
        self.at = tuple(ctypes.addressof(self._room) + 4 * nth for nth in range(6))

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Read a matrix."""
        return self._MATRIX.unpack_from(self._view)

    def box(self) -> tuple[float, float, float, float]:
        """Read a box, in the order the call has."""
        return self._BOX.unpack_from(self._view)

    def one(self) -> float:
        """Read one number."""
        return self._ONE.unpack_from(self._view)[0]  # type: ignore[no-any-return]


def _call(name: str, result: Any, *arguments: Any) -> Any:
    where = ctypes.cast(getattr(pdfium, name), c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(where)


def address(handle: Any) -> int:
    """Return a pypdfium2 handle as an integer."""
    return ctypes.addressof(handle.contents)


page_objects = _call("FPDFPage_CountObjects", c_int, c_void_p)
page_object = _call("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
form_objects = _call("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _call("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
object_kind = _call("FPDFPageObj_GetType", c_int, c_void_p)
object_matrix = _call("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
object_bounds = _call(
    "FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
object_marks = _call("FPDFPageObj_CountMarks", c_int, c_void_p)
object_mark = _call("FPDFPageObj_GetMark", c_void_p, c_void_p, c_ulong)
mark_blob = _call(
    "FPDFPageObjMark_GetParamBlobValue",
    c_int,
    c_void_p,
    c_char_p,
    c_void_p,
    c_ulong,
    POINTER(c_ulong),
)
_fill_color = _call(
    "FPDFPageObj_GetFillColor",
    c_int,
    c_void_p,
    POINTER(c_uint),
    POINTER(c_uint),
    POINTER(c_uint),
    POINTER(c_uint),
)


def fill_color(handle: int) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity of an object's fill, 0 to 255; black where unknown."""
    parts = (c_uint * 4)()
    places = [ctypes.cast(ctypes.addressof(parts) + 4 * n, POINTER(c_uint)) for n in range(4)]
    if not _fill_color(handle, *places):
        return 0, 0, 0, 255
    return parts[0], parts[1], parts[2], parts[3]


font_size = _call("FPDFTextObj_GetFontSize", c_int, c_void_p, c_void_p)

text_letters = _call("FPDFText_CountChars", c_int, c_void_p)
text_string = _call("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
text_letter = _call("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
text_object = _call("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
text_generated = _call("FPDFText_IsGenerated", c_int, c_void_p, c_int)
text_box = _call("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)

image_pixels = _call(
    "FPDFImageObj_GetImagePixelSize", c_int, c_void_p, POINTER(c_uint), POINTER(c_uint)
)

path_mode = _call("FPDFPath_GetDrawMode", c_int, c_void_p, POINTER(c_int), POINTER(c_int))
path_segments = _call("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _call("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_kind = _call("FPDFPathSegment_GetType", c_int, c_void_p)
segment_point = _call("FPDFPathSegment_GetPoint", c_int, c_void_p, FLOAT, FLOAT)
segment_closes = _call("FPDFPathSegment_GetClose", c_int, c_void_p)
