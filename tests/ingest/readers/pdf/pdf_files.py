"""PDF files made byte by byte: what no PDF library would write, and Thai without a font file.

Text is drawn in a font that is not embedded; its /ToUnicode map gives each two-byte code
the letter of that number, so that engines read what tests mean and nothing depends on the
fonts of a machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

A4 = (595.0, 842.0)
_ABOVE = [0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)]
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CMapName /Plain def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"3 beginbfrange\n<0020> <00FF> <0020>\n<0E00> <0EFF> <0E00>\n<F700> <F7FF> <F700>\n"
    b"endbfrange\nendcmap end end"
)


@dataclass
class Leaf:
    """One page as drawing commands."""

    size: tuple[float, float] = A4
    commands: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, words: str, size: float = 14) -> Leaf:
        """Draw `words`, their baseline `top` points below the upper edge."""
        code = words.encode("utf-16-be").hex()
        y = self.size[1] - top
        self.commands.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET")
        return self

    def meaning(self, x: float, top: float, drawn: str, meant: str) -> Leaf:
        """Draw one thing and say with /ActualText that another is meant."""
        self.commands.append(f"/Span <</ActualText <FEFF{meant.encode('utf-16-be').hex()}>>> BDC")
        self.text(x, top, drawn)
        self.commands.append("EMC")
        return self

    def line(self, x0: float, top0: float, x1: float, top1: float) -> Leaf:
        """Draw a straight line."""
        height = self.size[1]
        self.commands.append(f"0.5 w {x0} {height - top0} m {x1} {height - top1} l S")
        return self

    def grid(self, xs: Iterable[float], tops: Iterable[float]) -> Leaf:
        """Rule a table."""
        xs, tops = list(xs), list(tops)
        for top in tops:
            self.line(xs[0], top, xs[-1], top)
        for x in xs:
            self.line(x, tops[0], x, tops[-1])
        return self


def pdf(path: Path, leaves: Iterable[Leaf], title: str = "") -> Path:
    """Write a PDF of these pages."""
    leaves = list(leaves)
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(leaves)))
    widths = " ".join(f"{code} [0]" for code in _ABOVE)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(leaves)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Plain/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Plain/DW 500/W[" + widths.encode() + b"]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Plain/Flags 4/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>",
        _stream(_TO_UNICODE),
    ]
    for number, leaf in enumerate(leaves):
        width, height = leaf.size
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + 2 * number} 0 R>>".encode()
        )
        objects.append(_stream("\n".join(leaf.commands).encode()))
    objects.append(b"<</Title <FEFF" + title.encode("utf-16-be").hex().encode() + b">>>")
    return assemble(path, objects, info=len(objects))


def assemble(path: Path, objects: Iterable[bytes], info: int | None = None) -> Path:
    """Write numbered objects, the first of them the catalog, as a PDF."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"/Info %d 0 R" % info if info else b""
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, table)
    data += b"trailer<</Size %d/Root 1 0 R%b>>\n" % (len(places) + 1, about)
    path.write_bytes(data + b"startxref\n%d\n%%%%EOF" % start)
    return path


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%b\nendstream" % (len(content), content)
