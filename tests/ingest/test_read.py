"""Reading a file from its path to its document."""

import hashlib
import subprocess
import sys
from pathlib import Path

import ingest

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "faiss",
    "pandas",
    "pdfplumber",
    "pypdf",
    "pypdfium2",
    "trafilatura",
    "lxml",
    "openpyxl",
    "python_calamine",
)


def loaded_by(code: str) -> set[str]:
    """Run `code` in a fresh interpreter; return the heavy packages it has loaded."""
    tail = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tail}"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(eval(done.stdout))  # noqa: S307 - what we printed ourselves


def test_importing_the_package_loads_no_reader() -> None:
    assert loaded_by("import ingest, ingest.sandbox") == set()


def test_reading_text_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("วิสัยทัศน์\nเมืองน่าอยู่ คู่ธรรมชาติ\n", encoding="utf-8")
    assert loaded_by(f"import ingest; ingest.read({str(path)!r})") == set()


def test_a_document_is_named_by_its_bytes(tmp_path: Path) -> None:
    data = "วิสัยทัศน์\n“เมืองน่าอยู่ คู่ธรรมชาติ”\n".encode()
    for name in ("ก.txt", "ข.txt"):
        (tmp_path / name).write_bytes(data)
    first, second = ingest.read(tmp_path / "ก.txt"), ingest.read(str(tmp_path / "ข.txt"))
    assert first.id == second.id == hashlib.sha256(data).hexdigest()[:16]
    assert first.file == str(tmp_path / "ก.txt")
    assert first.media_type == "text/plain"
    assert [(one.kind, one.page) for one in first.statements] == [("vision", 1)]


def test_a_document_may_be_called_otherwise(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("พันธกิจ", encoding="utf-8")
    assert ingest.read(tmp_path / "x", name="รวม.zip/แผน.txt").file == "รวม.zip/แผน.txt"
