"""How well and how fast files are read, beside the engines by themselves.

    python -m benchmarks.reading [prose tables scans books speed] [--keep]

Characters: the error rate (CER) of the clean text against the gold text, in percent, white
space left out and, for this reader, counted too. All engines have their running lines set
aside in the same way; only ours repairs. Cells: those of the gold table that come out
exactly, white space left out. Books: real budget books; the share of Thai letters inside
dictionary words, and the Thai letters themselves: an engine that drops tone marks has fewer
letters, one that doubles them more, none has more consonants than there are. Speed: pages
for each second of processor time, child processes counted, and for each second by the clock,
with the peak memory of the process that reads.
`--keep` writes the tables to `benchmarks/results/reading.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.texts import RESULTS, machine
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.readers.running_headers import set_aside
from ingest.records import Content
from ingest.thai.alphabet import CONSONANTS
from ingest.thai.quality import quality
from ingest.thai.repair import repair

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared"))
FILES = SHARED / "eval" / "files"
BUDGET = SHARED / "eval" / "budget"

PROSE = (
    "a_lo_2col",
    "a_lo_distribute",
    "a_lo_laksaman",
    "a_lo_notosans",
    "b_cr_2col",
    "b_cr_norasi",
    "b_cr_notosans",
    "c_rl_2col",
    "c_rl_garuda",
    "f_decomp",
    "f_letterspaced",
    "f_pua",
    "f_saee",
    "f_saraamspace",
    "f_spaces",
    "f_tonefirst",
)
TABLES = ("t_lo", "t_cr", "t_rl", "t_rl_pua", "t_rl_saraamspace", "t_rl_nogrid")
SCANS = ("e_clean_150", "e_noisy_200")
SCANNED_TABLE = "e_table_200"
BOOKS = ("th-budget-17", "th-budget-31")
BOOK_PAGES = 600

_CONSONANT = re.compile(f"[{CONSONANTS}]")

HEAD = """# Reading

`python -m benchmarks.reading --keep`, or some of its parts by name. Figures are of phaen as
it reads unless another engine is named; the goals are: CER without white space at most 0.1,
with white space at most 1 (LibreOffice, Chromium); scans at most 3; cells at least 286 of 288,
260 without ruling lines, 235 of a scanned table with 118 of 120 money cells; budget books at
least 99.5 % of letters in words and no consonant lost; 60 pages/s; 600 MB. Of the first book
phaen sets the running line หน้า aside on seven pages (14 consonants), the others keep it.
Speed counts processor time. The machine has quick and slow minutes, the same code a half apart:
three runs within an hour of 22 November 2026 gave LibreOffice prose 120 to 196 pages/s, Chromium
prose 55 to 73, reportlab prose 72 to 137, the LibreOffice table 48 to 84, the book of 84 pages 45
to 77 and the one of 600 pages 39 to 64. All passed 60 in the quick run; four
fell short in slow ones.

docling and unstructured take no part: docling needs models from a hub and some 6 GB, and
unstructured (0.27) reads PDFs only with its inference package and those models."""

Engine = Callable[[Path], list[str]]


def poppler(path: Path) -> list[str]:
    """`pdftotext -raw`, page by page."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def pypdf(path: Path) -> list[str]:
    """Return pypdf's text of each page."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def pypdfium2(path: Path) -> list[str]:
    """Return pypdfium2's text of each page."""
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def pdfplumber(path: Path) -> list[str]:
    """Return pdfplumber's text of each page."""
    from pdfplumber import open as open_pdf

    with open_pdf(path) as document:
        return [page.extract_text() for page in document.pages]


ENGINES: dict[str, Engine] = {
    "pdftotext -raw": poppler,
    "pypdf": pypdf,
    "pypdfium2": pypdfium2,
    "pdfplumber": pdfplumber,
}


def tight(text: str) -> str:
    """Leave white space out."""
    return "".join(text.split())


def spaced(text: str) -> str:
    """Write every stretch of white space as one blank or one line end."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def error_rate(text: str, truth: str, form: Callable[[str], str]) -> float:
    """Return the character error rate in percent."""
    return 100 * Levenshtein.distance(form(text), form(truth)) / len(form(truth))


def without_poppler(path: Path) -> Content:
    """Read as on a machine that has no poppler."""
    kept = os.environ["PATH"]
    folder = tempfile.mkdtemp()
    tesseract = shutil.which("tesseract")
    if tesseract:
        Path(folder, "tesseract").symlink_to(tesseract)
    os.environ["PATH"] = folder
    try:
        return read_content(path, Limits())
    finally:
        os.environ["PATH"] = kept
        shutil.rmtree(folder)


def text_of(content: Content) -> str:
    """Return the clean text of a file."""
    return "\n".join(page.text for page in content.pages)


def table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table in Markdown."""
    lines = [f"## {title}", "", f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines)


def prose() -> str:
    """Measure the prose PDFs of many makers and defects."""
    truth = (FILES / "truth_prose.txt").read_text(encoding="utf-8")

    def rows() -> Iterator[list[str]]:
        for name in PROSE:
            path = FILES / f"{name}.pdf"
            content = read_content(path, Limits())
            text = text_of(content)
            found = [
                error_rate(text, truth, tight),
                error_rate(text, truth, spaced),
                error_rate(text_of(without_poppler(path)), truth, tight),
            ]
            for engine in ENGINES.values():
                parted = set_aside(engine(path))
                found.append(error_rate("\n".join(page.text for page in parted), truth, tight))
            engines = "+".join(sorted({page.engine for page in content.pages}))
            yield [name, engines, *(f"{figure:.2f}" for figure in found)]

    header = ("file", "won by", "phaen", "with white space", "without poppler", *ENGINES)
    return table("Prose PDFs: CER, %", header, rows())


def right_cells(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Count the cells that equal the gold table's, and those of its five money columns."""
    truth = json.loads((FILES / "truth_table.json").read_text(encoding="utf-8"))["rows"]
    right = [
        column
        for row, gold in zip(rows, truth, strict=False)
        for column, (cell, wanted) in enumerate(zip(row, gold, strict=False))
        if tight(cell) == tight(wanted)
    ]
    return len(right), sum(1 for column in right if 4 <= column <= 8)


def body_rows(content: Content) -> list[tuple[str, ...]]:
    """Return the rows below the headers of all tables."""
    return [row for found in content.tables for row in found.rows[found.headers :]]


def plumbed_rows(path: Path) -> list[list[str]]:
    """Return the numbered rows that pdfplumber extracts."""
    from pdfplumber import open as open_pdf

    with open_pdf(path) as document:
        found = [row for page in document.pages for t in page.extract_tables() for row in t]
    cells = [[cell or "" for cell in row] for row in found]
    return [row for row in cells if row[0].strip().isdecimal()]


def tables() -> str:
    """Measure the tables of PDFs."""

    def rows() -> Iterator[list[object]]:
        for name in TABLES:
            path = FILES / f"{name}.pdf"
            cells, money = right_cells(body_rows(read_content(path, Limits())))
            bare, _ = right_cells(body_rows(without_poppler(path)))
            yield [name, cells, money, bare, right_cells(plumbed_rows(path))[0]]

    header = (
        "file",
        "cells of 288",
        "money of 120",
        "without poppler",
        "pdfplumber.extract_tables",
    )
    return table("Project tables (แบบ ผ.02): cells exactly right", header, rows())


def plain_tesseract(path: Path) -> str:
    """Read a scan as tesseract comes: 300 dots an inch, its own layout, no repair."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "300", "-png", str(path), f"{folder}/p"], check=True)
        images = sorted(Path(folder).glob("*.png"))
        pages = [
            subprocess.run(
                ["tesseract", str(image), "stdout", "-l", "tha+eng"],
                capture_output=True,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            ).stdout.decode()
            for image in images
        ]
    return "\n".join(part.text for part in set_aside(pages))


def scans() -> str:
    """Measure scanned prose and the scanned table."""
    truth = (FILES / "truth_prose.txt").read_text(encoding="utf-8")

    def rows() -> Iterator[list[object]]:
        for name in SCANS:
            path = FILES / f"{name}.pdf"
            begun = time.perf_counter()
            content = read_content(path, Limits())
            rate = len(content.pages) / (time.perf_counter() - begun)
            error = error_rate(text_of(content), truth, tight)
            plain = error_rate(plain_tesseract(path), truth, tight)
            yield [name, f"{error:.2f} % CER", f"{plain:.2f} % CER", f"{rate:.2f}"]
        begun = time.perf_counter()
        content = read_content(FILES / f"{SCANNED_TABLE}.pdf", Limits())
        rate = len(content.pages) / (time.perf_counter() - begun)
        cells, money = right_cells(body_rows(content))
        yield [SCANNED_TABLE, f"{cells}/288 cells, money {money}/120", "", f"{rate:.2f}"]

    header = ("file", "phaen", "tesseract as it comes", "pages/s, wall clock")
    return table("Scans", header, rows())


def books() -> str:
    """Measure the real budget books."""

    def rows() -> Iterator[list[str]]:
        for name in BOOKS:
            path = BUDGET / f"{name}.pdf"
            texts = {"phaen": text_of(read_content(path, Limits()))}
            texts |= {label: "\n".join(engine(path)) for label, engine in ENGINES.items()}
            for label, text in texts.items():
                clean = repair(text)
                found = quality(clean)
                consonants = len(_CONSONANT.findall(clean))
                share = f"{100 * found.share:.2f}"
                yield [name, label, share, f"{found.thai:,}", f"{consonants:,}"]

    header = ("book", "read by", "letters in words, %", "Thai letters", "consonants")
    return table("Budget books", header, rows())


_TIMED = """
import resource, sys, time
from pathlib import Path
{work}
used, ended = time.process_time(), time.perf_counter()
children = resource.getrusage(resource.RUSAGE_CHILDREN)
used += children.ru_utime + children.ru_stime
from benchmarks.texts import peak_memory
print(pages, used - started, ended - begun, round(peak_memory()))
"""
_OURS = """
from ingest import read
for warm in sys.argv[2:]:                    # dictionaries and engines are loaded once
    read(Path(warm))
begun, started = time.perf_counter(), time.process_time()
pages = len(read(Path(sys.argv[1])).pages)
"""
_THEIRS = """
from benchmarks.reading import ENGINES
begun, started = time.perf_counter(), time.process_time()
pages = len(ENGINES[sys.argv[2]](Path(sys.argv[1])))
"""


def timed(work: str, *arguments: str) -> list[str]:
    """Return pages for a second of processor time and of the clock, and the peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _TIMED.format(work=work), *arguments],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    pages, used, waited, memory = done.stdout.split()[-4:]
    return [f"{int(pages) / float(used):.0f}", f"{int(pages) / float(waited):.0f}", memory]


def speed() -> str:
    """Measure speed and memory: prose of each maker, a real book, a book of 600 pages."""
    warm = [str(FILES / name) for name in ("c_rl_garuda.pdf", "t_lo.pdf")]

    def rows(folder: Path) -> Iterator[list[str]]:
        for label, path in _long_files(folder):
            figures = timed(_OURS, str(path), *warm)
            yield [label, "phaen: read, repair, extract", *figures]
            for engine in ENGINES if label != "book of 600 pages" else ("pdftotext -raw", "pypdf"):
                yield [label, f"{engine}, text alone", *timed(_THEIRS, str(path), engine)]

    with tempfile.TemporaryDirectory() as folder:
        header = ("file", "reader", "pages/s of processor time", "by the clock", "peak memory, MB")
        return table("Speed, one core", header, list(rows(Path(folder))))


def _long_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield files long enough to be timed, put together of the gold files' pages."""
    from pypdf import PdfReader, PdfWriter

    for label, name, copies in (
        ("LibreOffice prose", "a_lo_laksaman", 30),
        ("Chromium prose", "b_cr_notosans", 30),
        ("reportlab prose", "c_rl_garuda", 60),
        ("LibreOffice table", "t_lo", 15),
    ):
        writer = PdfWriter()
        for _ in range(copies):
            writer.append(PdfReader(FILES / f"{name}.pdf"))
        path = folder / f"{name}.pdf"
        writer.write(path)
        yield label, path
    yield "budget book, 84 pages", BUDGET / f"{BOOKS[1]}.pdf"
    writer = PdfWriter()
    pages = [page for name in BOOKS for page in PdfReader(BUDGET / f"{name}.pdf").pages]
    for page in (pages * 2)[:BOOK_PAGES]:
        writer.add_page(page)
    path = folder / "book.pdf"
    writer.write(path)
    yield "book of 600 pages", path


PARTS: dict[str, Callable[[], str]] = {
    "prose": prose,
    "tables": tables,
    "scans": scans,
    "books": books,
    "speed": speed,
}


def main() -> None:
    """Print the tables asked for, all of them where none is named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    for part in asked.parts or PARTS:
        report = PARTS[part]()
        print(report, end="\n\n", flush=True)
        if asked.keep:
            keep(part, report)


def keep(part: str, report: str) -> None:
    """Write a part's table in the place of the one it had."""
    path = RESULTS / "reading.md"
    RESULTS.mkdir(parents=True, exist_ok=True)
    kept = dict(re.findall(r"(?s)<!-- (\w+) -->\n(.*?)\n<!-- end -->", _read(path)))
    kept[part] = f"{report}\n\nMeasured on {machine('pypdfium2', 'pypdf', 'pdfplumber')}."
    parts = [f"<!-- {name} -->\n{kept[name]}\n<!-- end -->" for name in PARTS if name in kept]
    path.write_text("\n\n".join([HEAD, *parts]) + "\n", encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
